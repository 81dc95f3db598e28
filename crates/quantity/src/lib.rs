//! How many and how much: numbers with their bounds and what they count.
//!
//! A number counts what its noun phrase is built on; of people who are killed, wounded, detained and the like it counts that, by the
//! verb or adjective over them. Numbers in dates, names and ages are none.

#![warn(missing_docs)]

mod number;
mod unit;

use dragoman_annotate::Grammar;
use dragoman_codebook::Comparison;
use dragoman_doc::{Annotation, Document, Layer, Provenance, Quantity, QuantityId, Reason, RuleId, Score, TimeId, TimeRef, TokenId, Tokens};
use dragoman_lexicon::QuantityWords;
use dragoman_span::{Id, Span};

const MADE_BY: Provenance = Provenance { stage: "quantity", version: 1 };

struct Scene<'a> {
    grammar: Grammar<'a>,
    words: &'a QuantityWords,
    times: &'a Layer<TimeId, TimeRef>,
}

/// Finds the quantities of a report.
pub fn quantities(
    document: &Document,
    tokens: &Tokens,
    annotation: &Annotation,
    words: &QuantityWords,
    times: &Layer<TimeId, TimeRef>,
) -> Layer<QuantityId, Quantity> {
    let scene = Scene { grammar: Grammar::new(document, tokens, annotation), words, times };
    let mut found = Vec::new();
    for (_, range) in scene.grammar.words.sentences() {
        let mut at = range.start;
        while at < range.end {
            match scene.quantity(at, &range) {
                Some((quantity, next)) => {
                    found.push(quantity);
                    at = next;
                }
                None => at += 1,
            }
        }
    }
    Layer::new(found.into(), MADE_BY, Vec::new())
}

impl Scene<'_> {
    /// The quantity whose number begins at token `at`, and one past its number.
    fn quantity(&self, at: usize, sentence: &std::ops::Range<usize>) -> Option<(Quantity, usize)> {
        let number = number::read(self, at, sentence)?;
        let words = &self.grammar.words;
        let span = words.tokens.span(TokenId::from_index(at), TokenId::from_index(number.end - 1));
        if self.times.iter().any(|t| t.span.overlaps(span)) || self.is_name_part(at, number.end, span) {
            return None;
        }
        let (bound_start, comparison) = number::bound_before(self, at, sentence.start);
        let (comparison, end) = number::bound_after(self, number.end, sentence.end).map_or((comparison, number.end), |(c, e)| (Some(c), e));
        let unit = unit::of(self, at, end);
        let plain = comparison.is_none() && number.second.is_none();
        if unit.is_nothing() && (plain && number.is_small()) {
            return None;
        }
        let span = span.cover(words.tokens.span(TokenId::from_index(bound_start), TokenId::from_index(at))).cover(unit.span.unwrap_or(span));
        let (value, low, high, comparison) = number.bounded(comparison);
        let detail = span.of(words.text).to_owned();
        let reason = Reason { rule: RuleId::new(unit.rule), detail, score: Score::from_parts(8000) };
        Some((Quantity { span, value, low, high, comparison, unit: unit.lemma, of: unit.of, superseded_by: None, reason }, end.max(number.end)))
    }

    /// "F-16", "Resolution 1701", "82nd Airborne", "aged 34", "34-year-old": the number belongs to a name or a word.
    fn is_name_part(&self, at: usize, end: usize, span: Span) -> bool {
        let words = &self.grammar.words;
        let text = words.text;
        let glued = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '#' | '№'));
        let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
        let after = text.get(span.end()..).and_then(|t| t.chars().next());
        if glued(before) || glued(after) {
            return true;
        }
        let first = at == 0 || words.sentence(at - 1) != words.sentence(at);
        if first {
            // "1. ..." at the head of a line.
            return end < words.tags.len() && matches!(words.form(end), "." | ")") && words.sentence(end) == words.sentence(at);
        }
        let previous = words.lemma(at - 1).to_lowercase();
        let capital = words.upos(at - 1) == dragoman_doc::Upos::Propn && !self.noun_follows(end, at);
        capital || (self.words.names(&previous) && !self.noun_follows(end, at))
    }

    fn noun_follows(&self, end: usize, at: usize) -> bool {
        let words = &self.grammar.words;
        end < words.tags.len() && words.sentence(end) == words.sentence(at) && words.upos(end).is_nominal()
    }
}

/// What a comparison makes of a number: its value, and the bounds that the words allow.
fn bounds_of(value: Option<f64>, comparison: Comparison) -> (Option<f64>, Option<f64>) {
    match comparison {
        Comparison::Exactly => (value, value),
        Comparison::AtLeast => (value, None),
        Comparison::AtMost => (None, value),
        Comparison::About | Comparison::Between => (None, None),
    }
}
