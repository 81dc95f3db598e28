//! How many and how much: numbers with their bounds and what they count.
//!
//! A number counts what its noun phrase is built on; of people who are killed, wounded, detained and the like it counts that, by the
//! verb or adjective over them. Numbers in dates, names and ages are none.

#![warn(missing_docs)]

mod fate;
mod number;
mod unit;

use std::ops::Range;

use dragoman_annotate::Grammar;
use dragoman_codebook::Comparison;
use dragoman_doc::{
    Annotation, ChunkId, Document, Layer, Provenance, Quantity, QuantityId, Reason, RuleId, Score, TimeId, TimeRef, TokenId, Tokens, Upos,
};
use dragoman_lexicon::QuantityWords;
use dragoman_span::{Id, Span};

use crate::unit::Place;

/// All rules of this stage are about as sure.
const SCORE: Score = Score::from_parts(8000);
const MADE_BY: Provenance = Provenance { stage: "quantity", version: 1 };

struct Scene<'a> {
    grammar: Grammar<'a>,
    words: &'a QuantityWords,
    times: &'a Layer<TimeId, TimeRef>,
}

/// A quantity, where its number ends, and whether the text says that the next number replaces it.
struct Found {
    quantity: Quantity,
    end: usize,
    replaced: bool,
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
    let mut all = Vec::new();
    for (_, sentence) in scene.grammar.words.sentences() {
        scene.find_in(&sentence, &mut all);
    }
    Layer::new(all.into(), MADE_BY, Vec::new())
}

impl Scene<'_> {
    /// Adds the quantities of a sentence to `all`.
    fn find_in(&self, sentence: &Range<usize>, all: &mut Vec<Quantity>) {
        // One past the number that the next one replaces, and one past the number that replaces the next one.
        let (mut replaced, mut replacing) = (None, None);
        let mut at = sentence.start;
        while at < sentence.end {
            let Some(mut found) = self.quantity(at, sentence) else {
                at += 1;
                continue;
            };
            if replaced.is_some_and(|end| end + 1 == at) {
                let id = QuantityId::from_index(all.len());
                all.iter_mut().last().filter(|old| old.of == found.quantity.of).into_iter().for_each(|old| old.superseded_by = Some(id));
            }
            if replacing.is_some_and(|end| end + 1 == at) && all.last().is_some_and(|new| new.of == found.quantity.of) {
                found.quantity.superseded_by = all.len().checked_sub(1).map(QuantityId::from_index);
            }
            replaced = found.replaced.then_some(found.end);
            replacing = number::changed(self, at, found.end, sentence).then_some(found.end);
            at = found.end;
            all.push(found.quantity);
        }
    }

    /// The quantity whose number begins at token `at`.
    fn quantity(&self, at: usize, sentence: &Range<usize>) -> Option<Found> {
        let number = number::read(self, at, sentence)?;
        let words = &self.grammar.words;
        let span = words.tokens.span(TokenId::from_index(at), TokenId::from_index(number.end - 1));
        if self.times.iter().any(|t| t.span.overlaps(span)) || self.is_name_part(at, number.end, span) {
            return None;
        }
        let (bound, before) = number::bound(self, at, &number, sentence.start);
        let (after, end) = number::bound_after(self, number.end, sentence.end).map_or((None, number.end), |(c, e)| (Some(c), e));
        let given = after.or(before);
        let unit = unit::of(self, Place { bound, first: at, last: number.end - 1, end });
        let bare = given.is_none_or(|c| c == Comparison::Exactly) && number.second.is_none();
        let is_year = number.is_year && !unit.rule.ends_with(":money");
        if bare && (is_year || (unit.is_nothing() && number.is_small() && unit.span.is_none())) {
            return None;
        }
        let first = words.tokens.span(TokenId::from_index(bound), TokenId::from_index(end - 1));
        let span = first.cover(unit.span.unwrap_or(first));
        let (value, low, high, comparison) = number.bounded(given);
        let reason = Reason { rule: RuleId::new(unit.rule), detail: span.of(words.text).to_owned(), score: SCORE };
        let quantity = Quantity { span, value, low, high, comparison, unit: unit.lemma, of: unit.of, superseded_by: None, reason };
        Some(Found { quantity, end, replaced: number::changes(self, at, number.end, sentence) })
    }

    /// "F-16", "Resolution 1701", "82nd Airborne", "aged 34", "34-year-old": the number belongs to a name or a word.
    fn is_name_part(&self, at: usize, end: usize, span: Span) -> bool {
        let words = &self.grammar.words;
        let text = words.text;
        let before = text.get(..span.start()).and_then(|t| t.chars().next_back());
        let after = text.get(span.end()..).and_then(|t| t.chars().next());
        if is_glue(before) || is_glue(after) {
            return true;
        }
        if at == 0 || !self.same_sentence(at - 1, at) {
            // "1. ..." at the head of a line.
            return self.same_sentence(end, at) && matches!(words.form(end), "." | ")");
        }
        let previous = words.lemma(at - 1).to_lowercase();
        let named = words.upos(at - 1) == Upos::Propn || self.words.names(&previous) || self.words.names(&format!("{previous}."));
        named && !self.noun_follows(end, at)
    }

    fn noun_follows(&self, end: usize, at: usize) -> bool {
        let adjectives = (end..self.grammar.words.tags.len())
            .take_while(|i| self.same_sentence(*i, at) && self.grammar.words.upos(*i) == Upos::Adj)
            .count();
        let next = end + adjectives;
        self.same_sentence(next, at) && self.grammar.words.upos(next).is_nominal()
    }

    fn lower(&self, at: usize) -> String {
        self.grammar.words.form(at).to_lowercase()
    }

    /// Whether token `a`, if there is one, stands in the sentence of token `b`.
    fn same_sentence(&self, a: usize, b: usize) -> bool {
        let count = self.grammar.words.tags.len();
        a < count && b < count && self.grammar.words.sentence(a) == self.grammar.words.sentence(b)
    }

    /// Whether the mark at `at` is no currency: "+", "~", "#".
    fn is_sign(&self, at: usize) -> bool {
        self.grammar.words.form(at).chars().all(|c| c.is_ascii() && c != '$')
    }

    /// The noun phrase around token `at`.
    fn chunk_at(&self, at: usize) -> Option<ChunkId> {
        self.grammar.chunks_in(self.grammar.words.sentence(at)).find(|(_, c)| c.tokens().contains(&at)).map(|(id, _)| id)
    }
}

fn is_glue(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '#' | '№'))
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
