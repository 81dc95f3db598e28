//! The head of the record.

use dragoman_doc::Severity;

use crate::Scribe;
use crate::record::{Engine, Problem, Published, Report, Sentence};

const CODEBOOK: &str = "plover-2.0";

pub(crate) fn engine(model: &str) -> Engine<'_> {
    Engine { version: env!("CARGO_PKG_VERSION"), model, codebook: CODEBOOK }
}

impl<'r> Scribe<'r> {
    pub(crate) fn report(&self) -> Report<'r> {
        let document = &self.reading.document;
        Report {
            id: self.ids.report.clone(),
            source: &document.source,
            source_id: &document.source_id,
            title: document.title.as_deref(),
            outlet: document.outlet.as_deref(),
            author: document.author.as_deref(),
            language: document.language.as_deref(),
            published: self.published(),
            text: &document.text,
            text_blake3: document.text_digest().to_hex().to_string(),
            degraded: document.degraded,
            problems: self.reading.problems().map(|p| self.problem(p)).collect(),
        }
    }

    fn published(&self) -> Published {
        let published = &self.reading.document.published;
        Published {
            date: published.date.map(|d| d.to_string()),
            basis: published.basis.word(),
            earliest: published.earliest.map(|d| d.to_string()),
            latest: published.latest.map(|d| d.to_string()),
        }
    }

    fn problem(&self, problem: &'r dragoman_doc::Problem) -> Problem<'r> {
        let severity = match problem.code.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
        };
        Problem { code: problem.code.word(), severity, message: &problem.message, span: problem.span.map(|s| self.span(s)) }
    }

    pub(crate) fn sentences(&self) -> Vec<Sentence> {
        self.reading.tokens.sentences.iter().map(|s| Sentence { span: self.span(s.span) }).collect()
    }
}
