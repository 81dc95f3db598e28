//! Words, tags, trees and sentences from raw text, from the layer of tokens of the record.
//!
//! F1 over aligned words, in the way of the CoNLL 2018 evaluation (<https://universaldependencies.org/conll18/evaluation.html>): words are
//! aligned when their spans agree, white space left out of account; words with one span are aligned in order. `uas` and `las` ask for the
//! head as well, `las` for the relation without its subtype. `lemma` folds case. `sentences`: F1 of exact spans.
//!
//! Documents are those of the treebank (`# newdoc`), or 40 sentences each where it names none; sentences are joined by one space,
//! paragraphs (`# newpar`) by an empty line.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::BadGold;
use crate::conll::{Block, blocks};
use crate::figures::{Figures, Kind, Sums, Tally, counted};
use crate::records::{Records, items, span};
use crate::text::{Span, Text};

/// Sentences of a document where the treebank names none.
const PART: usize = 40;

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    text: Text,
    sentences: Vec<Span>,
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
struct Word {
    span: Span,
    lemma: String,
    upos: String,
    /// Index in the document; none for a root.
    head: Option<usize>,
    relation: String,
}

pub(crate) fn documents(text: &str) -> Result<Vec<Document>, BadGold> {
    let blocks = blocks(text);
    let named = blocks.iter().any(|b| b.document().is_some());
    let mut groups: Vec<(String, Vec<&Block<'_>>)> = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let part = (!named && number % PART == 0).then(|| format!("part-{}", number / PART));
        if let Some(name) =
            block.document().filter(|n| !n.is_empty()).map(str::to_owned).or(part).or_else(|| groups.is_empty().then(String::new))
        {
            groups.push((name, Vec::new()));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.push(block);
        }
    }
    groups.iter().enumerate().map(|(n, (name, group))| Document::new(format!("{n}:{name}"), group)).collect()
}

impl Document {
    fn new(id: String, blocks: &[&Block<'_>]) -> Result<Self, BadGold> {
        let (mut text, mut length, mut sentences, mut words) = (String::new(), 0, Vec::new(), Vec::new());
        for block in blocks {
            let raw = block.comment("text").unwrap_or_default();
            if !text.is_empty() {
                let gap = if block.begins_paragraph() { "\n\n" } else { " " };
                text += gap;
                length += gap.len();
            }
            let characters = Text::new(raw);
            let base = words.len();
            for word in read(block, &characters)? {
                let span = (length + word.span.0, length + word.span.1);
                words.push(Word { span, head: word.head.map(|h| base + h), ..word });
            }
            text += raw;
            sentences.push((length, length + characters.len()));
            length += characters.len();
        }
        Ok(Self { id, text: Text::new(&text), sentences, words })
    }

    pub(crate) fn input(&self) -> Value {
        json!({"id": self.id, "text": self.text.string()})
    }

    fn sums(&self, records: &Records) -> Vec<Sums> {
        let record = records.with_text(&self.id, &self.text.string());
        let squeezed = self.squeezed();
        let (mut predicted, mut new) = (Vec::new(), HashMap::new());
        for (k, token) in items(record, "tokens").enumerate() {
            if let Some(s) = span(token) {
                new.insert(k, predicted.len());
                predicted.push((s, token));
            }
        }
        let gold_keys = keys(self.words.iter().map(|w| w.span), &squeezed);
        let at: HashMap<_, _> = keys(predicted.iter().map(|p| p.0), &squeezed).into_iter().enumerate().map(|(j, k)| (k, j)).collect();
        let aligned: BTreeMap<usize, usize> = gold_keys.iter().enumerate().filter_map(|(i, k)| Some((i, *at.get(k)?))).collect();
        let mut right = [0; 5];
        for (i, j) in &aligned {
            let (gold, token) = (&self.words[*i], predicted[*j].1);
            let head_is_right = match (gold.head, token.get("head")) {
                (None, Some(Value::Null)) => true,
                (Some(head), Some(given)) => {
                    let given = given.as_u64().and_then(|h| usize::try_from(h).ok()).and_then(|h| new.get(&h));
                    given.is_some() && aligned.get(&head) == given
                }
                _ => false,
            };
            let word = |name: &str| token[name].as_str().unwrap_or("None");
            let found = [
                true,
                gold.upos == word("upos"),
                gold.lemma.to_lowercase() == word("lemma").to_lowercase(),
                head_is_right,
                head_is_right && main(&gold.relation) == main(word("deprel")),
            ];
            for (is, n) in found.into_iter().zip(&mut right) {
                *n += usize::from(is);
            }
        }
        let gold: BTreeSet<_> = self.sentences.iter().map(|s| self.text.trim(*s, "")).collect();
        let found: BTreeSet<_> = items(record, "sentences").filter_map(span).filter_map(|s| self.text.trim(s, "")).map(Some).collect();
        let mut sums: Vec<Sums> = right.iter().map(|n| counted(*n, predicted.len(), self.words.len())).collect();
        sums.push(counted(gold.intersection(&found).count(), found.len(), gold.len()));
        sums
    }

    /// For each position the number of characters before it that are not white space.
    fn squeezed(&self) -> Vec<usize> {
        let mut before = vec![0];
        for k in 0..self.text.len() {
            before.push(before[k] + usize::from(!self.text.is_space(k)));
        }
        before
    }
}

/// A relation without its subtype.
fn main(relation: &str) -> &str {
    relation.split(':').next().unwrap_or_default()
}

/// Each word's squeezed span, and its rank among the words with that span.
fn keys(spans: impl Iterator<Item = Span>, squeezed: &[usize]) -> Vec<(Span, usize)> {
    let mut seen: HashMap<Span, usize> = HashMap::new();
    let last = squeezed.len() - 1;
    spans
        .map(|(b, e)| {
            let s = (squeezed[b.min(last)], squeezed[e.min(last)]);
            let rank = seen.entry(s).or_default();
            *rank += 1;
            (s, *rank)
        })
        .collect()
}

/// A written word of several parts.
struct Parts {
    low: usize,
    high: usize,
    whole: Span,
    next: usize,
    /// Whether the parts spell the written word, so that each has a span of its own.
    spelled: bool,
}

/// The words of a sentence, with spans and heads within it.
fn read(block: &Block<'_>, raw: &Text) -> Result<Vec<Word>, BadGold> {
    let rows: Vec<_> = block.rows.iter().filter(|(_, c)| c.len() >= 8 && !c[0].contains('.')).collect();
    let number = |text: &str, line: usize| {
        text.parse::<usize>().map_err(|_| BadGold::Line { line, reason: format!("`{text}` is no number of a word") })
    };
    let (mut at, mut words, mut parts) = (0, Vec::new(), None::<Parts>);
    for (line, columns) in &rows {
        if let Some((low, high)) = columns[0].split_once('-') {
            let (low, high) = (number(low, *line)?, number(high, *line)?);
            let whole = raw.find(columns[1], at);
            at = whole.1;
            let inside = |c: &str| c.parse().is_ok_and(|n: usize| (low..=high).contains(&n));
            let spelled = rows.iter().filter(|(_, c)| inside(c[0])).map(|(_, c)| c[1]).collect::<String>() == columns[1];
            parts = Some(Parts { low, high, whole, next: whole.0, spelled });
            continue;
        }
        let index = number(columns[0], *line)?;
        let span = match &mut parts {
            Some(parts) if (parts.low..=parts.high).contains(&index) => {
                let own = (parts.next, parts.next + columns[1].chars().count());
                let span = if parts.spelled { own } else { parts.whole };
                parts.next = span.1;
                span
            }
            _ => {
                let span = raw.find(columns[1], at);
                at = span.1;
                span
            }
        };
        let head = columns[6].parse::<usize>().ok().and_then(|h| h.checked_sub(1));
        words.push(Word { span, lemma: columns[2].to_owned(), upos: columns[3].to_owned(), head, relation: columns[7].to_owned() });
    }
    let count = words.len();
    match words.iter().position(|w| w.head.is_some_and(|h| h >= count)) {
        Some(_) => Err(BadGold::Line { line: block.line, reason: "a head points outside its sentence".to_owned() }),
        None => Ok(words),
    }
}

pub(crate) fn score(documents: &[Document], records: &Records) -> Figures {
    let mut tally = Tally::new(["words", "upos", "lemma", "uas", "las", "sentences"].map(|n| (n.to_owned(), Kind::Prf)));
    for document in documents {
        tally.add(document.sums(records));
    }
    tally.figures()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# newdoc id = d\n# text = Don't go.\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_\n\n# newpar\n# text = Yes\n1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_\n";

    fn figures(record: &Value) -> Value {
        let line = record.to_string();
        score(&documents(GOLD).unwrap(), &Records::read([line.as_str()])).json()
    }

    fn token(span: [usize; 2], lemma: &str, upos: &str, head: Option<usize>, relation: &str) -> Value {
        json!({"span": span, "lemma": lemma, "upos": upos, "head": head, "deprel": relation})
    }

    #[test]
    fn gold_scores_full() {
        let gold = documents(GOLD).unwrap();
        assert_eq!(gold[0].text.string(), "Don't go.\n\nYes");
        let tokens = [
            token([0, 2], "do", "AUX", Some(2), "aux"),
            token([2, 5], "not", "PART", Some(2), "advmod:neg"),
            token([6, 8], "Go", "VERB", None, "root"),
            token([8, 9], ".", "PUNCT", Some(2), "punct"),
            token([11, 14], "yes", "INTJ", None, "root"),
        ];
        let sentences = json!([{"span": [0, 9]}, {"span": [9, 14]}]);
        let all = figures(&json!({"report": {"source_id": "0:d"}, "tokens": tokens, "sentences": sentences}));
        for name in ["words", "upos", "lemma", "uas", "las", "sentences"] {
            assert_eq!(all[name]["f1"], 1.0, "{name}: {all}");
        }
    }

    #[test]
    fn a_wrong_head_costs_the_arc_only() {
        let tokens = [token([0, 2], "do", "AUX", Some(1), "aux"), token([2, 5], "not", "PART", Some(7), "advmod"), json!({"span": [6, 8]})];
        let all = figures(&json!({"report": {"source_id": "0:d"}, "tokens": tokens}));
        assert_eq!([&all["words"]["right"], &all["upos"]["right"], &all["uas"]["right"]], [3, 2, 0]);
    }

    #[test]
    fn a_broken_treebank_is_refused_with_its_line() {
        let bad = GOLD.replace("3\tgo", "x\tgo");
        assert_eq!(documents(&bad).unwrap_err().to_string(), "line 6: `x` is no number of a word");
        let bad = GOLD.replace("\t3\tpunct", "\t9\tpunct");
        assert_eq!(documents(&bad).unwrap_err().to_string(), "line 1: a head points outside its sentence");
    }
}
