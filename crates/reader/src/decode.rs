//! The best spans of a row of labels: O, then begin, inside, end and single of each kind.

use std::ops::Range;

use crate::heads::share;

/// A span of words with its label.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labelled {
    pub(crate) words: Range<usize>,
    pub(crate) kind: usize,
    /// The model's share for the labels on the way, the lowest of them.
    pub(crate) share: f32,
}

/// Begin, inside, end, single.
const PLACES: usize = 4;

/// Scores of labels, a row a word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels {
    columns: usize,
    values: Vec<f32>,
}

impl Labels {
    pub(crate) fn new(columns: usize) -> Self {
        Self { columns, values: Vec::new() }
    }

    pub(crate) fn push(&mut self, row: &[f32]) {
        self.values.extend_from_slice(&row[..self.columns]);
    }

    fn row(&self, word: usize) -> &[f32] {
        &self.values[word * self.columns..(word + 1) * self.columns]
    }

    /// The best path in which every span is begun and ended in its own kind, over these words.
    pub(crate) fn spans(&self, words: Range<usize>) -> Vec<Labelled> {
        let path = self.path(words.clone());
        let mut found = Vec::new();
        let mut begun = words.start;
        for (word, label) in words.zip(path) {
            let Some((kind, place)) = label.checked_sub(1).map(|l| (l / PLACES, l % PLACES)) else { continue };
            if place == 0 || place == 3 {
                begun = word;
            }
            if place >= 2 {
                let share = (begun..=word).map(|w| self.share_of_kind(w, kind)).fold(1.0, f32::min);
                found.push(Labelled { words: begun..word + 1, kind, share });
            }
        }
        found
    }

    /// How much of the model's belief lies on any label of the kind.
    fn share_of_kind(&self, word: usize, kind: usize) -> f32 {
        share(self.row(word), |label| label > 0 && (label - 1) / PLACES == kind)
    }

    fn path(&self, words: Range<usize>) -> Vec<usize> {
        let kinds = (self.columns - 1) / PLACES;
        let label = |kind: usize, place: usize| 1 + kind * PLACES + place;
        // The best way to each label, and the label before it. A way is closed after O, end and single, open after begin and inside.
        let mut best = vec![f32::NEG_INFINITY; self.columns];
        let mut back: Vec<usize> = Vec::with_capacity(words.len() * self.columns);
        for word in words.clone() {
            let scores = self.row(word);
            let mut next = vec![f32::NEG_INFINITY; self.columns];
            let mut from = vec![0; self.columns];
            let first = word == words.start;
            let closed = std::iter::once(0).chain((0..kinds).flat_map(|k| [label(k, 2), label(k, 3)]));
            let (closed, closed_at) = if first { (0.0, 0) } else { highest(closed.map(|l| (best[l], l))) };
            let mut reach = |to: usize, value: f32, at: usize| {
                next[to] = value + scores[to];
                from[to] = at;
            };
            reach(0, closed, closed_at);
            for kind in 0..kinds {
                reach(label(kind, 0), closed, closed_at);
                reach(label(kind, 3), closed, closed_at);
                if !first {
                    let (open, open_at) = highest([label(kind, 0), label(kind, 1)].into_iter().map(|l| (best[l], l)));
                    reach(label(kind, 1), open, open_at);
                    reach(label(kind, 2), open, open_at);
                }
            }
            best = next;
            back.extend(from);
        }
        let ends = std::iter::once(0).chain((0..kinds).flat_map(|k| [label(k, 2), label(k, 3)]));
        let (_, mut at) = highest(ends.map(|l| (best[l], l)));
        let mut path = vec![0; words.len()];
        for word in (0..words.len()).rev() {
            path[word] = at;
            at = back[word * self.columns + at];
        }
        path
    }
}

/// The highest value, the first of equals.
fn highest(found: impl Iterator<Item = (f32, usize)>) -> (f32, usize) {
    found.fold((f32::NEG_INFINITY, 0), |best, next| if next.0 > best.0 { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that favour the given labels.
    fn favouring(columns: usize, labels: &[usize]) -> Labels {
        let mut made = Labels::new(columns);
        for label in labels {
            let mut row = vec![0.0; columns];
            row[*label] = 3.0;
            made.push(&row);
        }
        made
    }

    fn spans(columns: usize, labels: &[usize]) -> Vec<(Range<usize>, usize)> {
        favouring(columns, labels).spans(0..labels.len()).into_iter().map(|s| (s.words, s.kind)).collect()
    }

    #[test]
    fn reads_spans() {
        assert_eq!(spans(5, &[0, 1, 2, 3, 0, 4]), [(1..4, 0), (5..6, 0)]);
        assert_eq!(spans(9, &[5, 7, 8, 4]), [(0..2, 1), (2..3, 1), (3..4, 0)]);
        assert_eq!(spans(5, &[]), []);
    }

    #[test]
    fn broken_labels_become_whole_spans() {
        // inside without a beginning, and a beginning without an end
        for (words, kind) in spans(5, &[0, 2, 3, 0]).into_iter().chain(spans(5, &[0, 1, 2, 2])) {
            assert!(!words.is_empty() && kind == 0);
        }
    }

    #[test]
    fn shares_lie_between_nothing_and_all() {
        let found = favouring(5, &[0, 1, 3]).spans(0..3);
        assert!(found.iter().all(|s| s.share > 0.5 && s.share <= 1.0));
    }
}
