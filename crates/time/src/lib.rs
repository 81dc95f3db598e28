//! Every date of a report on the calendar, and none invented.
//!
//! A first reading: a grammar over the words in `data/en/times`, resolved against the date of publication with the direction that
//! tense and preposition give, or against the time told before. Where nothing fixes an expression it stays partial (`XXXX-WXX-4`).
//! The clock is never read: the result is a function of the text and its date of publication. Values are TIMEX3 (TimeML 1.2.1).

#![warn(missing_docs)]

mod calendar;
mod direction;
mod expression;
mod grammar;
mod pieces;
mod reading;

use dragoman_annotate::Grammar;
use dragoman_codebook::TimeType;
use dragoman_doc::{
    Annotation, ChunkId, Document, Layer, Problem, ProblemCode, Provenance, Reason, RuleId, Score, SentenceId, TimeId, TimeRef, Tokens,
};
use dragoman_lexicon::TimeWords;
use dragoman_span::{Id, IndexVec, Span};

use calendar::{Scene, Told};
use expression::{Expression, Found};
use reading::Reading;

const MADE_BY: Provenance = Provenance { stage: "time", version: 2 };

/// The text says the date itself.
const STATED: Score = Score::from_parts(9500);
/// It was counted from another date.
const COUNTED: Score = Score::from_parts(8000);
/// The words are a time, but nothing places it on the calendar.
const UNPLACED: Score = Score::from_parts(7000);

/// The words of time, ready for [`resolve_times`].
#[derive(Debug)]
pub struct Patterns {
    words: TimeWords,
}

impl Patterns {
    /// Patterns of these words.
    pub fn new(words: TimeWords) -> Self {
        Self { words }
    }
}

/// Finds the time expressions of a report and puts them on the calendar.
pub fn resolve_times(document: &Document, tokens: &Tokens, annotation: &Annotation, patterns: &Patterns) -> Layer<TimeId, TimeRef> {
    let grammar = Grammar::new(document, tokens, annotation);
    let mut times = Times { document, grammar, words: &patterns.words, items: IndexVec::new(), problems: Vec::new(), told: None };
    for (sentence, bounds) in tokens.sentences.iter_ids() {
        times.read(sentence, bounds.span);
    }
    Layer::new(times.items, MADE_BY, times.problems)
}

/// The times found so far.
struct Times<'a> {
    document: &'a Document,
    grammar: Grammar<'a>,
    words: &'a TimeWords,
    items: IndexVec<TimeId, TimeRef>,
    problems: Vec<Problem>,
    /// The last expression with a place on the calendar, and its sentence.
    told: Option<(Told, SentenceId)>,
}

impl Times<'_> {
    fn read(&mut self, sentence: SentenceId, bounds: Span) {
        let found = grammar::find(&self.document.text, bounds, self.words, &|byte| self.counts(sentence, byte));
        for (at, one) in found.iter().enumerate() {
            let (lies, sign) = direction::of(&self.grammar, sentence, one, self.words);
            let scene = Scene {
                published: self.document.published.day(),
                sentence_year: sentence_year(&found, at),
                lies,
                told: self.told.map(|(told, there)| Told {
                    day_here: told.day_here && there == sentence,
                    near: there.index() + 1 >= sentence.index(),
                    ..told
                }),
            };
            let reading = scene.resolve(one);
            self.add(one, reading, sign, sentence);
        }
    }

    fn add(&mut self, found: &Found, reading: Reading, sign: Option<Span>, sentence: SentenceId) {
        let text = &*self.document.text;
        if let Some(fault) = reading.fault {
            let message = format!("{:?}: {fault}", found.span.of(text));
            self.problems.push(Problem { code: ProblemCode::UnreadableDate, message, span: Some(found.span) });
        }
        let score = match (reading.begin, reading.anchor) {
            (Some(_), None) => STATED,
            (Some(_), Some(_)) => COUNTED,
            (None, _) => UNPLACED,
        };
        let sign = sign.filter(|_| reading.anchor.is_some()).map(|s| format!(" ({})", s.of(text))).unwrap_or_default();
        let detail = format!("{}{sign}", found.span.of(text));
        let Reading { kind, value, begin, end, anchor, .. } = reading;
        let reason = Reason { rule: RuleId::new(found.rule), detail, score };
        let id = self.items.push(TimeRef { span: found.span, kind, value, begin, end, anchor, reason });
        if let (Some(begin), Some(end), TimeType::Date | TimeType::Time) = (begin, end, kind) {
            let told = Told { id, begin, end, day_here: begin.date == end.date, near: true };
            self.told = Some((told, sentence));
        }
    }

    /// Whether the number at `byte` counts the noun behind it: it stands in a noun phrase before its head.
    fn counts(&self, sentence: SentenceId, byte: usize) -> bool {
        let tokens = self.grammar.words.tokens;
        let at = tokens.tokens.as_slice().partition_point(|t| t.span.end() <= byte);
        let before_head = |(_, c): (ChunkId, &dragoman_doc::Chunk)| c.tokens().contains(&at) && at < c.head.index();
        self.grammar.chunks_in(sentence).any(before_head)
    }
}

/// Bytes between two dates of which the second gives the year of the first: "from March to May 2023".
const LINKED: usize = 9;

/// The year that the sentence's other dates name: of the one before, else of the one that ends the same range; of a year alone only
/// at the sentence's head.
fn sentence_year(found: &[Found], at: usize) -> Option<i16> {
    let (before, behind) = found.split_at(at);
    let opens = |one: &Found| !matches!(one.expression, Expression::Year(_)) || one.before[1].is_empty();
    let year_before = before.iter().rev().filter(|one| opens(one)).find_map(|one| one.expression.named_year());
    let linked = |pair: &&[Found]| pair[1].span.start() - pair[0].span.end() <= LINKED;
    year_before.or_else(|| behind.windows(2).take_while(linked).find_map(|pair| pair[1].expression.named_year()))
}
