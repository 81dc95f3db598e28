//! Every date of a report on the calendar, and none invented.
//!
//! A first reading: patterns made of the words in `data/en/times`, resolved against the date of publication with the direction that
//! tense and preposition give. Where nothing fixes an expression it stays partial (`XXXX-WXX-4`). The clock is never read: the result
//! is a function of the text and its date of publication. Values are TIMEX3 (TimeML 1.2.1).

#![warn(missing_docs)]

mod calendar;
mod direction;
mod patterns;

pub use patterns::Patterns;

use dragoman_annotate::Grammar;
use dragoman_doc::{Anchor, Annotation, Document, Layer, Moment, Problem, ProblemCode, Provenance, Reason, RuleId, Score, TimeId, TimeRef, Tokens};
use dragoman_lexicon::{Direction, TimeWords};
use dragoman_span::{IndexVec, Span};
use jiff::civil::Date;

use calendar::Reading;
use patterns::Found;

const MADE_BY: Provenance = Provenance { stage: "time", version: 1 };

/// Finds the time expressions of a report and puts them on the calendar.
pub fn resolve_times(document: &Document, tokens: &Tokens, annotation: &Annotation, patterns: &Patterns) -> Layer<TimeId, TimeRef> {
    let grammar = Grammar::new(document, tokens, annotation);
    let mut items: IndexVec<TimeId, TimeRef> = IndexVec::new();
    let mut problems = Vec::new();
    for (sentence, bounds) in tokens.sentences.iter_ids() {
        let found = patterns.find(&document.text, bounds.span);
        let explicit_year = found.iter().find_map(Found::year);
        for hit in found {
            let scene = Scene {
                document,
                published: document.published.day(),
                explicit_year,
                direction: direction::of(&grammar, sentence, hit.span, patterns.words()),
                previous: items.iter_ids().rev().find(|(_, t)| t.begin.is_some()).map(|(id, t)| (id, t.begin, t.end)),
                words: patterns.words(),
            };
            match scene.resolve(&hit) {
                Some(reading) => {
                    items.push(time_ref(document, &hit, reading));
                }
                None => problems.push(unreadable(document, hit.span)),
            }
        }
    }
    Layer::new(items, MADE_BY, problems)
}

/// What an expression is resolved with.
struct Scene<'a> {
    document: &'a Document,
    published: Option<Date>,
    /// A year that the same sentence names.
    explicit_year: Option<i16>,
    direction: Option<Direction>,
    /// The last expression with a place on the calendar.
    previous: Option<(TimeId, Option<Moment>, Option<Moment>)>,
    words: &'a TimeWords,
}

fn time_ref(document: &Document, hit: &Found, reading: Reading) -> TimeRef {
    TimeRef {
        span: hit.span,
        kind: reading.kind,
        value: reading.value,
        begin: reading.begin,
        end: reading.end,
        anchor: reading.anchor,
        reason: Reason { rule: RuleId::new(hit.rule), detail: hit.span.of(&document.text).to_owned(), score: Score::from_parts(8000) },
    }
}

fn unreadable(document: &Document, span: Span) -> Problem {
    let message = format!("{:?} is no day of the calendar", span.of(&document.text));
    Problem { code: ProblemCode::UnreadableDate, message, span: Some(span) }
}

/// The anchor of what is counted from the date of publication.
fn publication() -> Option<Anchor> {
    Some(Anchor::Publication)
}
