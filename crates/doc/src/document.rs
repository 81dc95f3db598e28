use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;

use crate::{OriginMap, Problem};

/// One news item: its text and what was known about it before anybody read it. Nothing in it ever changes.
#[derive(Debug, Clone)]
pub struct Document {
    /// The given id, else the file's name without its folder.
    pub source_id: String,
    /// Where it was read from, as the user named it.
    pub source: String,
    /// The canonical text. All spans are spans of it.
    pub text: Arc<str>,
    /// Where the text came from in the source as received.
    pub origin: OriginMap,
    /// Headline, where it was recognised and is not part of the text.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it stood.
    pub url: Option<String>,
    /// ISO 639-1 language.
    pub language: Option<String>,
    /// When it was published.
    pub published: Published,
    /// Whether only part of the page could be kept.
    pub degraded: bool,
    /// What was odd about it.
    pub problems: Vec<Problem>,
}

impl Document {
    /// A report of plain text about which nothing else is known.
    pub fn plain(text: impl Into<Arc<str>>) -> Self {
        Self {
            source_id: String::new(),
            source: String::new(),
            text: text.into(),
            origin: OriginMap::default(),
            title: None,
            outlet: None,
            author: None,
            url: None,
            language: None,
            published: Published::unknown(),
            degraded: false,
            problems: Vec::new(),
        }
    }

    /// The same report with a date of publication that the user gave.
    #[must_use]
    pub fn published_on(mut self, date: Date) -> Self {
        self.published = Published::on(PartialDate::day(date), Basis::Given);
        self
    }

    /// BLAKE3 of the text.
    pub fn text_digest(&self) -> blake3::Hash {
        blake3::hash(self.text.as_bytes())
    }

    /// Content hash of the report: the same report has the same id wherever and whenever it is read.
    pub fn digest(&self) -> blake3::Hash {
        let mut hash = blake3::Hasher::new();
        let date = self.published.date.map(|d| d.to_string());
        let parts = [Some(&*self.text), self.title.as_deref(), self.outlet.as_deref(), self.url.as_deref(), date.as_deref()];
        for part in parts {
            let part = part.unwrap_or_default();
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize()
    }
}

/// A date of publication and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The date, at the grain that is known.
    pub date: Option<PartialDate>,
    /// What it rests on.
    pub basis: Basis,
    /// Not before this day.
    pub earliest: Option<Date>,
    /// Not after this day.
    pub latest: Option<Date>,
}

impl Published {
    /// Nothing is known.
    pub fn unknown() -> Self {
        Self { date: None, basis: Basis::Unknown, earliest: None, latest: None }
    }

    /// Known to the grain of `date`.
    pub fn on(date: PartialDate, basis: Basis) -> Self {
        Self { date: Some(date), basis, earliest: Some(date.first()), latest: Some(date.last()) }
    }

    /// The day, where it is known to the day.
    pub fn day(&self) -> Option<Date> {
        self.date.and_then(PartialDate::as_day)
    }
}

/// What a date of publication rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The user gave it.
    Given,
    /// The page's metadata.
    Metadata,
    /// The page's address.
    Url,
    /// The dateline.
    Dateline,
    /// The text.
    Text,
    /// Nothing.
    Unknown,
}

impl Basis {
    /// The written word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Metadata => "metadata",
            Self::Url => "url",
            Self::Dateline => "dateline",
            Self::Text => "text",
            Self::Unknown => "unknown",
        }
    }
}

/// A date at the grain that is known: a year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first: Date,
    last: Date,
}

impl PartialDate {
    /// A day.
    pub fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// A month; `None` if there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    /// A year; `None` outside the calendar's range.
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { first, last: first.last_of_year() })
    }

    /// First day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Last day.
    pub fn last(self) -> Date {
        self.last
    }

    /// The day, if it is one.
    pub fn as_day(self) -> Option<Date> {
        (self.first == self.last).then_some(self.first)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m) = (self.first.year(), self.first.month());
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else if self.last == self.first.last_of_month() {
            write!(f, "{y:04}-{m:02}")
        } else {
            write!(f, "{y:04}")
        }
    }
}

/// Reads "2024", "2024-03", "2024-03-05", or an ISO date-time, of which the day counts.
impl FromStr for PartialDate {
    type Err = UnreadableDate;

    fn from_str(text: &str) -> Result<Self, UnreadableDate> {
        let bad = || UnreadableDate(text.to_owned());
        let ascii = text.is_ascii().then_some(text).ok_or_else(bad)?;
        let number = |a: usize, b: usize| {
            ascii.get(a..b).filter(|s| s.bytes().all(|c| c.is_ascii_digit())).and_then(|s| s.parse::<i16>().ok()).ok_or_else(bad)
        };
        let dash = |at: usize| ascii.as_bytes().get(at) == Some(&b'-');
        let found = match ascii.len() {
            4 => Self::year(number(0, 4)?),
            7 if dash(4) => Self::month(number(0, 4)?, i8::try_from(number(5, 7)?).map_err(|_| bad())?),
            10.. if dash(4) && dash(7) => {
                let tail_ok =
                    ascii.len() == 10 || ascii.parse::<jiff::civil::DateTime>().is_ok() || ascii.parse::<jiff::Timestamp>().is_ok();
                let (m, d) = (i8::try_from(number(5, 7)?), i8::try_from(number(8, 10)?));
                match (tail_ok, m, d) {
                    (true, Ok(m), Ok(d)) => Date::new(number(0, 4)?, m, d).ok().map(Self::day),
                    _ => None,
                }
            }
            _ => None,
        };
        found.ok_or_else(bad)
    }
}

/// Text that is no ISO date, month or year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadableDate(pub String);

impl fmt::Display for UnreadableDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no date; write 2024-08-15, 2024-08 or 2024", self.0)
    }
}

impl std::error::Error for UnreadableDate {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_keep_their_grain() {
        for text in ["2024-02-29", "2024-02", "2024"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        let day: PartialDate = "2024-08-15T23:30:00+03:00".parse().unwrap();
        assert_eq!(day.to_string(), "2024-08-15", "the day as written where it was written");
        for bad in ["2023-02-29", "24-08-15", "2024-13", "yesterday", "2024-08-15x", "２０２４", "", "2024-8-1", "2024-+1"] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_same_report_has_the_same_id() {
        let a = Document::plain("Talks resumed.");
        let mut b = a.clone();
        b.source = "elsewhere.txt".into();
        assert_eq!(a.digest(), b.digest());
        b.title = Some("Talks".into());
        assert_ne!(a.digest(), b.digest());
    }
}
