//! The façade: a report in, its reading out. The order of the stages stands here and nowhere else.

#![warn(missing_docs)]

mod reading;

pub use reading::Reading;

use dragoman_doc::Document;
use dragoman_lexicon::Fault;

/// Reads reports. Holds the language data; long-lived, shared between threads.
#[derive(Debug)]
pub struct Engine {}

impl Engine {
    /// An engine with the shipped data.
    ///
    /// # Errors
    /// The faults of the data files, which the tests of every build rule out for the shipped ones.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Ok(Self {})
    }

    /// Reads one report. Never fails: what goes wrong in a stage is a problem in the reading.
    pub fn read(&self, document: Document) -> Reading {
        Reading::empty(document)
    }
}
