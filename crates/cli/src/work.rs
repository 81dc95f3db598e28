//! What is done with one thing that came in.

use std::any::Any;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dragoman_doc::{Document, Problem, ProblemCode};
use dragoman_engine::Reading;
use dragoman_ingest::{Cleaning, Received, acquire};
use dragoman_json::{Layers, line, pretty, record};

use crate::args::Format;
use crate::inputs::{Arrival, Item, Origin};
use crate::view::{self, Look, visible};

/// What became of one thing that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Product {
    pub(crate) origin: Origin,
    pub(crate) outcome: Outcome,
    /// What the user should hear, though the report was read.
    pub(crate) warnings: Vec<String>,
}

/// The three ways it may end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The record, as it is to be printed.
    Record(String),
    /// Not read, and why.
    Refused(String),
    /// Could not be got at.
    Failed { reason: String, hint: Option<String> },
}

/// Reads one document.
pub(crate) type Reader = dyn Fn(Document) -> Reading + Send + Sync;

/// Where the work is done: a reader, and the form of the records.
pub(crate) struct Bench {
    pub(crate) reader: Box<Reader>,
    pub(crate) form: Form,
}

/// The form in which records are printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) format: Format,
    pub(crate) layers: Layers,
    pub(crate) look: Look,
}

impl Bench {
    /// Does it all, whatever happens.
    pub(crate) fn work(&self, item: Item) -> Product {
        let Item { origin, what } = item;
        let mut warnings = Vec::new();
        let outcome = match what {
            Arrival::Refused(reason) => Outcome::Refused(reason),
            Arrival::Failed { reason, hint } => Outcome::Failed { reason, hint },
            Arrival::Report { received, cleaning, unreadable } => {
                warnings.extend(unreadable.map(|date| format!("the date of publication is left out: {date}")));
                self.guarded(*received, cleaning, &warnings)
            }
        };
        Product { origin, outcome, warnings }
    }

    /// A fault of ours on one report must not cost the others.
    fn guarded(&self, received: Received, cleaning: Cleaning, dates: &[String]) -> Outcome {
        // Nothing that the closure could leave half-changed is seen after a panic.
        let read = catch_unwind(AssertUnwindSafe(|| self.report(received, cleaning, dates)));
        read.unwrap_or_else(|cause| Outcome::Refused(format!("internal error: {}", words(cause.as_ref()))))
    }

    fn report(&self, received: Received, cleaning: Cleaning, dates: &[String]) -> Outcome {
        let mut document = match acquire(received, cleaning) {
            Ok(document) => document,
            Err(refusal) => return Outcome::Refused(refusal.to_string()),
        };
        let unreadable = |message: &String| Problem { code: ProblemCode::UnreadableDate, message: message.clone(), span: None };
        document.problems.extend(dates.iter().map(unreadable));
        Outcome::Record(self.form.written(&(self.reader)(document)))
    }
}

impl Form {
    fn written(&self, reading: &Reading) -> String {
        match self.format {
            Format::Text => view::page(reading, self.look),
            Format::Json => pretty(&record(reading, self.layers)) + "\n",
            Format::Jsonl => line(&record(reading, self.layers)) + "\n",
        }
    }
}

fn words(cause: &(dyn Any + Send)) -> &str {
    cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no reason given")
}

/// One line for a panic instead of Rust's several: the report that met it is named where its refusal is.
pub(crate) fn report_panics_briefly() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
        let line = format!("internal error{place}: {}", words(info.payload()));
        let _ = writeln!(std::io::stderr(), "{}", visible(&line));
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use dragoman_ingest::{Content, Known};

    fn item(text: &str) -> Item {
        let received =
            Received { source_id: "a".into(), source: "a.txt".into(), content: Content::Text(text.into()), known: Known::default() };
        let what = Arrival::Report { received: Box::new(received), cleaning: Cleaning::ByKind, unreadable: None };
        Item { origin: Origin { source: "a.txt".into(), line: None }, what }
    }

    #[test]
    fn a_panic_costs_one_report() {
        let reader = |document: Document| {
            assert!(!document.text.contains("poison"), "no such month");
            Reading::empty(document)
        };
        let form = Form { format: Format::Jsonl, layers: Layers::default(), look: Look { width: 80, color: false } };
        let bench = Bench { reader: Box::new(reader), form };
        assert_eq!(bench.work(item("poison")).outcome, Outcome::Refused("internal error: no such month".into()));
        assert!(matches!(bench.work(item("bread")).outcome, Outcome::Record(_)));
    }
}
