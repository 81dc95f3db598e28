//! Every date of a report on the calendar, and none invented.
//!
//! Rules over the words in `data/en/times` find the expressions (`pattern.rs`); what they say (`expression.rs`) is resolved against the
//! date of publication with the direction that tense and preposition give, or against the time told before (`calendar.rs`). The stretch of
//! the calendar is what is kept; its TIMEX3 value (TimeML 1.2.1) is derived from it. Where nothing fixes an expression it stays partial
//! (`XXXX-WXX-4`). The clock is never read: the result is a function of the text and its date of publication.
//!
//! [`resolve_times`] reads a document with its words and syntax; [`Patterns::read`] a plain text, at the speed of a string search.
//!
//! ```
//! use dragoman_time::Patterns;
//!
//! let patterns = Patterns::shipped().expect("the shipped tables are tested");
//! let times = patterns.read("They met on Friday and will meet again in two weeks.", "2024-08-14".parse().ok());
//! assert_eq!(times.iter().map(|t| &*t.value).collect::<Vec<_>>(), ["2024-08-09", "2024-W35"]);
//! ```
//!
//! The rules are of the kind that HeidelTime (Strötgen and Gertz 2010) and SynTime (Zhong et al. 2017) have; the strategies for news and for
//! stories of the past are HeidelTime's.

#![warn(missing_docs)]

mod build;
mod calendar;
mod dating;
mod direction;
mod expression;
mod feasts;
mod matching;
mod pattern;
mod pieces;
mod plain;
mod reading;
mod report;
mod story;
mod vocabulary;

use dragoman_lexicon::{Fault, TimeWords};

pub use dating::date_of_text;
pub use plain::PlainTime;
pub use report::resolve_times;

use matching::{Compiled, Marks};
use pattern::Rules;
use vocabulary::Vocabulary;

/// The words and rules of time, compiled.
#[derive(Debug)]
pub struct Patterns {
    words: TimeWords,
    compiled: Compiled,
}

impl Patterns {
    /// Compiles these words and rules.
    ///
    /// # Errors
    /// The faults of all rules.
    pub fn new(words: TimeWords) -> Result<Self, Vec<Fault>> {
        let mut vocabulary = Vocabulary::new(&words);
        let ahead: Vec<_> = words.ahead().iter().map(|(word, firm)| (vocabulary.learn(word)[0].0, *firm)).collect();
        let marks = Marks::new(&mut vocabulary, &ahead);
        let rules = Rules::compile(&words.rules, &mut vocabulary)?;
        Ok(Self { words, compiled: Compiled { vocabulary, rules, marks } })
    }

    /// The shipped words and rules.
    ///
    /// # Errors
    /// The faults of all files; the tests of every build rule them out.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Self::new(TimeWords::shipped()?)
    }

    /// The words and rules that they were compiled from.
    pub fn words(&self) -> &TimeWords {
        &self.words
    }
}
