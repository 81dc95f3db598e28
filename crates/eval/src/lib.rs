//! Measures records against gold annotations, so that anyone can check our claims or measure dragoman on their own data.
//!
//! A gold file is parsed into [`Gold`]; its [`inputs`](Gold::inputs) are what the program is given to read, without any gold label; its
//! [`score`](Gold::score) compares the records with the gold. A record that is missing, or a field that is absent or malformed, counts as
//! a miss. All offsets are Unicode code points.
//!
//! | task | gold | what is measured |
//! |---|---|---|
//! | `actors` | JSON lines with entities and mentions (our own), cases of NGEC | who speaks, which mentions are one, codes |
//! | `attribution` | PolNeAR JSON lines | F1 of the spans of source, cue and content, linked attributions |
//! | `ner` | CoNLL, IOB2, or CoNLL-U with `Name=` | F1 of names of persons, organisations and places |
//! | `timex` | JSON lines of TempEval-3, of Recognizers-Text | F1 of time expressions, their types and TIMEX3 values |
//! | `ud` | CoNLL-U | words, tags, lemmas, trees and sentences from raw text, in the way of CoNLL 2018 |
//! | `places` | JSON lines of LGL, TR-News, GeoWebNews | recognised places, and those put within 161 km |
//! | `html_text` | JSON lines with pages | article text, date and title of web pages |

mod actors;
mod attribution;
mod conll;
mod figures;
mod html_text;
mod ner;
mod places;
mod records;
mod text;
mod timex;
mod ud;

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

pub use figures::{Figure, Figures, RESAMPLES};
pub use places::km;
pub use records::Records;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Who is meant, and their codes.
    Actors,
    /// Who says what.
    Attribution,
    /// Names.
    Ner,
    /// Places.
    Places,
    /// Time expressions.
    Timex,
    /// Words, tags, trees and sentences.
    Ud,
    /// Article text, date and title of web pages.
    HtmlText,
}

impl Task {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Actors, Self::Attribution, Self::HtmlText, Self::Ner, Self::Places, Self::Timex, Self::Ud];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actors => "actors",
            Self::Attribution => "attribution",
            Self::Ner => "ner",
            Self::Places => "places",
            Self::Timex => "timex",
            Self::Ud => "ud",
            Self::HtmlText => "html_text",
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Task {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|t| t.name() == name).ok_or_else(|| format!("no task {name}"))
    }
}

/// Why a gold file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadGold {
    /// Nothing in it is a document of the task.
    #[error("no document for the task {0} in it")]
    Empty(Task),
    /// A line does not follow the format.
    #[error("line {line}: {reason}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// One half of the documents of a gold file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The first, the third and so on.
    First,
    /// The second, the fourth and so on.
    Second,
}

/// The documents of a gold file.
#[derive(Debug, Clone)]
pub struct Gold(Documents);

#[derive(Debug, Clone)]
enum Documents {
    Actors(Vec<actors::Document>),
    Attribution(Vec<attribution::Document>),
    Ner(Vec<ner::Document>),
    Places(Vec<places::Document>),
    Timex(Vec<timex::Document>),
    Ud(Vec<ud::Document>),
    HtmlText(Vec<html_text::Document>),
}

impl Gold {
    /// Reads the text of a gold file.
    ///
    /// # Errors
    /// When it holds no document of the task, or breaks the format.
    pub fn parse(task: Task, text: &str) -> Result<Self, BadGold> {
        let gold = match task {
            Task::Actors => Documents::Actors(actors::documents(text)),
            Task::Attribution => Documents::Attribution(attribution::documents(text)),
            Task::Ner => Documents::Ner(ner::documents(text)?),
            Task::Places => Documents::Places(places::documents(text)),
            Task::Timex => Documents::Timex(timex::documents(text)),
            Task::Ud => Documents::Ud(ud::documents(text)?),
            Task::HtmlText => Documents::HtmlText(html_text::documents(text)),
        };
        let gold = Self(gold);
        if gold.is_empty() { Err(BadGold::Empty(task)) } else { Ok(gold) }
    }

    /// Keeps the documents whose id holds one of the words.
    pub fn keep(&mut self, words: &[String]) {
        let wanted = |id: &str| words.is_empty() || words.iter().any(|w| id.contains(w.as_str()));
        match &mut self.0 {
            Documents::Actors(all) => all.retain(|d| wanted(&d.id)),
            Documents::Attribution(all) => all.retain(|d| wanted(&d.id)),
            Documents::Ner(all) => all.retain(|d| wanted(&d.id)),
            Documents::Places(all) => all.retain(|d| wanted(&d.id)),
            Documents::Timex(all) => all.retain(|d| wanted(&d.id)),
            Documents::Ud(all) => all.retain(|d| wanted(&d.id)),
            Documents::HtmlText(all) => all.retain(|d| wanted(&d.id)),
        }
    }

    /// Keeps the documents with these ids.
    pub fn keep_ids(&mut self, ids: &[String]) {
        let wanted = |id: &String| ids.contains(id);
        match &mut self.0 {
            Documents::Actors(all) => all.retain(|d| wanted(&d.id)),
            Documents::Attribution(all) => all.retain(|d| wanted(&d.id)),
            Documents::Ner(all) => all.retain(|d| wanted(&d.id)),
            Documents::Places(all) => all.retain(|d| wanted(&d.id)),
            Documents::Timex(all) => all.retain(|d| wanted(&d.id)),
            Documents::Ud(all) => all.retain(|d| wanted(&d.id)),
            Documents::HtmlText(all) => all.retain(|d| wanted(&d.id)),
        }
    }

    /// Keeps every second document, from the first or the second on: one half to tune on and one to report.
    pub fn keep_half(&mut self, half: Half) {
        fn every_second<T>(all: &mut Vec<T>, half: Half) {
            let mut at = 0;
            all.retain(|_| {
                at += 1;
                (at % 2 == 1) == (half == Half::First)
            });
        }
        match &mut self.0 {
            Documents::Actors(all) => every_second(all, half),
            Documents::Attribution(all) => every_second(all, half),
            Documents::Ner(all) => every_second(all, half),
            Documents::Places(all) => every_second(all, half),
            Documents::Timex(all) => every_second(all, half),
            Documents::Ud(all) => every_second(all, half),
            Documents::HtmlText(all) => every_second(all, half),
        }
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        match &self.0 {
            Documents::Actors(all) => all.len(),
            Documents::Attribution(all) => all.len(),
            Documents::Ner(all) => all.len(),
            Documents::Places(all) => all.len(),
            Documents::Timex(all) => all.len(),
            Documents::Ud(all) => all.len(),
            Documents::HtmlText(all) => all.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the program is given to read, one JSON line a document; it holds nothing of the gold labels.
    pub fn inputs(&self) -> Vec<Value> {
        match &self.0 {
            Documents::Actors(all) => all.iter().map(actors::Document::input).collect(),
            Documents::Attribution(all) => all.iter().map(attribution::Document::input).collect(),
            Documents::Ner(all) => all.iter().map(ner::Document::input).collect(),
            Documents::Places(all) => all.iter().map(places::Document::input).collect(),
            Documents::Timex(all) => all.iter().map(timex::Document::input).collect(),
            Documents::Ud(all) => all.iter().map(ud::Document::input).collect(),
            Documents::HtmlText(all) => all.iter().map(html_text::Document::input).collect(),
        }
    }

    /// The figures of these records.
    pub fn score(&self, records: &Records) -> Figures {
        match &self.0 {
            Documents::Actors(all) => actors::score(all, records),
            Documents::Attribution(all) => attribution::score(all, records),
            Documents::Ner(all) => ner::score(all, records),
            Documents::Places(all) => places::score(all, records),
            Documents::Timex(all) => timex::score(all, records),
            Documents::Ud(all) => ud::score(all, records),
            Documents::HtmlText(all) => html_text::score(all, records),
        }
    }
}
