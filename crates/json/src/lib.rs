//! The written form of a reading: schema `dragoman/1`.
//!
//! The types in [`record`](mod@record) are the schema, field by field and in its order; `schema/dragoman-1.schema.json` states it for
//! other languages. Spans become Unicode code points here and nowhere before. Absent is `null`.
//!
//! ```
//! use dragoman_doc::Document;
//! use dragoman_engine::Reading;
//! use dragoman_json::{Layers, line, record};
//!
//! let reading = Reading::empty(Document::plain("Talks resumed."));
//! assert!(line(&record(&reading, Layers::default())).starts_with(r#"{"schema":"dragoman/1","offset_unit":"codepoint""#));
//! ```

#![warn(missing_docs)]

mod acts;
mod escape;
mod ids;
mod linked;
mod matter;
mod number;
pub mod record;
mod report;
mod words;

use dragoman_engine::Reading;
use dragoman_span::{CodepointIndex, Span};

pub use escape::{line, pretty};
pub use ids::Ids;
pub use number::Number;
pub use record::Record;

/// Version of the schema, the first field of every record.
pub const SCHEMA: &str = "dragoman/1";

/// What is written beside the record proper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layers {
    /// Every token with its lemma and part of speech.
    pub tokens: bool,
    /// Every event-like predicate, in PLOVER or not.
    pub predicates: bool,
}

/// The record of a reading.
pub fn record(reading: &Reading, layers: Layers) -> Record<'_> {
    let scribe = Scribe { reading, ids: Ids::new(reading), index: CodepointIndex::new(&reading.document.text) };
    Record {
        schema: SCHEMA,
        offset_unit: "codepoint",
        engine: report::engine(&reading.model),
        report: scribe.report(),
        sentences: scribe.sentences(),
        entities: scribe.entities(),
        times: scribe.times(),
        places: scribe.places(),
        quantities: scribe.quantities(),
        statements: scribe.statements(),
        events: scribe.events(),
        processes: scribe.processes(),
        incidents: scribe.incidents(),
        presence: scribe.presence(),
        tokens: layers.tokens.then(|| scribe.tokens()),
        predicates: layers.predicates.then(|| scribe.predicates()),
    }
}

/// What is needed to write any part of a reading: its text by code points, and the ids of its rows.
struct Scribe<'r> {
    reading: &'r Reading,
    ids: Ids,
    index: CodepointIndex<'r>,
}

impl<'r> Scribe<'r> {
    fn span(&self, span: Span) -> record::Codepoints {
        self.index.span(span)
    }

    fn text(&self, span: Span) -> &'r str {
        span.of(&self.reading.document.text)
    }

    fn quoted(&self, span: Span) -> record::Quoted<'r> {
        record::Quoted { span: self.span(span), text: self.text(span) }
    }
}
