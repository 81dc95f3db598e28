//! Who is quoted: spans of sources, cues and contents put together by the links between them.

use dragoman_doc::{Attribution, Score, TokenId, TokenRange};
use dragoman_span::Id;

use crate::decode::Labelled;

/// Spans of the three roles, and what links them.
#[derive(Debug, Default)]
pub(crate) struct Quoting {
    pub(crate) sources: Vec<Labelled>,
    pub(crate) cues: Vec<Labelled>,
    pub(crate) contents: Vec<Labelled>,
    /// For the first word of each cue the scores of the words around it as its source's first word; itself stands for no source.
    pub(crate) sources_of: Vec<Scores>,
    /// For the first word of each content the scores of the words around it as its cue's first word.
    pub(crate) cues_of: Vec<Scores>,
}

/// Scores of the words from `from` on.
#[derive(Debug)]
pub(crate) struct Scores {
    pub(crate) from: usize,
    pub(crate) values: Vec<f32>,
}

impl Scores {
    fn of(&self, word: usize) -> Option<f32> {
        self.values.get(word.checked_sub(self.from)?).copied()
    }

    /// Which of the spans begins with the word of the highest score.
    fn best(&self, spans: &[Labelled]) -> Option<usize> {
        let scored = spans.iter().enumerate().filter_map(|(i, s)| Some((i, self.of(s.words.start)?)));
        scored.max_by(|(i, a), (j, b)| a.total_cmp(b).then(j.cmp(i))).map(|(i, _)| i)
    }
}

impl Quoting {
    /// One attribution a cue, then those of contents without a cue.
    pub(crate) fn attributions(&self) -> Vec<Attribution> {
        let mut found: Vec<Attribution> = self.cues.iter().zip(&self.sources_of).map(|(cue, scores)| self.of_cue(cue, scores)).collect();
        for (content, scores) in self.contents.iter().zip(&self.cues_of) {
            match scores.best(&self.cues) {
                Some(cue) => found[cue].content.push(range(content)),
                None => found.push(Attribution { source: None, cue: None, content: vec![range(content)], score: score(content) }),
            }
        }
        found
    }

    fn of_cue(&self, cue: &Labelled, scores: &Scores) -> Attribution {
        let none = scores.of(cue.words.start);
        let source = scores.best(&self.sources).map(|i| &self.sources[i]);
        let source = source.filter(|s| scores.of(s.words.start) > none);
        Attribution { source: source.map(range), cue: Some(range(cue)), content: Vec::new(), score: score(cue) }
    }
}

fn range(span: &Labelled) -> TokenRange {
    TokenRange { first: TokenId::from_index(span.words.start), last: TokenId::from_index(span.words.end - 1) }
}

fn score(span: &Labelled) -> Score {
    Score::new(f64::from(span.share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(words: std::ops::Range<usize>) -> Labelled {
        Labelled { words, kind: 0, share: 0.9 }
    }

    #[test]
    fn contents_go_to_their_cue_and_cues_to_their_source() {
        // 0 source, 2 cue, 3..6 content, 8 cue without source, 10..12 content
        let quoting = Quoting {
            sources: vec![span(0..2)],
            cues: vec![span(2..3), span(8..9)],
            contents: vec![span(3..6), span(10..12)],
            sources_of: vec![
                Scores { from: 0, values: vec![2.0, 0.0, 1.0] },
                Scores { from: 0, values: vec![0.5, 0., 0., 0., 0., 0., 0., 0., 1.5] },
            ],
            cues_of: vec![Scores { from: 2, values: vec![3.0, 0., 0., 0., 0., 0., 1.0] }, Scores { from: 8, values: vec![1.0] }],
        };
        let found = quoting.attributions();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].source, Some(range(&span(0..2))));
        assert_eq!(found[0].content, [range(&span(3..6))]);
        assert_eq!((found[1].source, found[1].content.as_slice()), (None, [range(&span(10..12))].as_slice()));
    }

    #[test]
    fn a_content_far_from_any_cue_stands_alone() {
        let quoting = Quoting {
            contents: vec![span(3..6)],
            cues: vec![span(90..91)],
            sources_of: vec![Scores { from: 80, values: vec![] }],
            cues_of: vec![Scores { from: 0, values: vec![0.0; 10] }],
            ..Quoting::default()
        };
        let found = quoting.attributions();
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].cue, None);
    }
}
