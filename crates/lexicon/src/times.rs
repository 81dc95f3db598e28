use std::collections::{HashMap, HashSet};
use std::fmt;
use std::str::FromStr;

use crate::actors::Phrases;
use crate::{Fault, Row, Table};

/// The words of time, as the tables under `data/en/times` have them. All are looked up in lower case.
#[derive(Debug, Default)]
pub struct TimeWords {
    /// Months, 1 is January.
    pub months: Phrases<NamedNumber>,
    /// Days of the week, 1 is Monday.
    pub weekdays: Phrases<NamedNumber>,
    /// Units of time.
    pub units: Phrases<TimeUnit>,
    /// Numbers before a unit; `None` where the word gives no exact one.
    pub numbers: Phrases<Option<u32>>,
    /// Ordinal numbers.
    pub ordinals: Phrases<i8>,
    /// Words for a day counted from the publication.
    pub days: Phrases<NamedDay>,
    /// Parts of the day.
    pub parts: Phrases<PartOfDay>,
    /// Seasons.
    pub seasons: Phrases<Season>,
    /// Words that pick a day, week, month, year or season.
    pub which: Phrases<Which>,
    /// Words behind a length of time that move by it.
    pub shifts: Phrases<Shift>,
    /// Words for a part of a period.
    pub grains: Phrases<Grain>,
    /// Words for a repeated time; `None` for those that need a unit behind them.
    pub sets: Phrases<Option<&'static str>>,
    /// TIMEX3 values of words for a time without a place on the calendar.
    pub references: Phrases<&'static str>,
    /// Words that bound a length of time.
    pub mods: Phrases<()>,
    /// Names of time zones.
    pub zones: Phrases<()>,
    /// Marks of the half of the day, with the hours they add.
    pub halves: Phrases<i8>,
    /// Words behind a length of time that make an age of it.
    pub ages: Phrases<()>,
    /// Words before a month, season or year alone that make a date of it.
    pub leads: Phrases<Lead>,
    ahead: HashSet<&'static str>,
    planned: HashMap<&'static str, bool>,
}

/// A month or weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedNumber {
    /// Its number.
    pub number: i8,
    /// The name is an abbreviation.
    pub short: bool,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeUnit {
    /// Letters of the TIMEX3 duration, without `P` and `T`.
    pub timex: &'static str,
    /// It is shorter than a day.
    pub clock: bool,
    /// How long it is.
    pub length: Length,
    /// The word is a plural.
    pub plural: bool,
}

/// How long a unit is on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// So many days.
    Days(i32),
    /// So many months.
    Months(i32),
    /// Less than a day.
    Short,
}

/// A day counted from the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedDay {
    /// Days after the publication.
    pub offset: i32,
    /// TIMEX3 letters of the part of the day.
    pub part: Option<&'static str>,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOfDay {
    /// TIMEX3 letters.
    pub timex: &'static str,
    /// The hour, where the word means one.
    pub clock: Option<i8>,
}

/// A season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season {
    /// TIMEX3 letters.
    pub timex: &'static str,
    /// First month in the northern half of the earth.
    pub first: i8,
}

/// Which day, week, month, year or season is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// How many of them on.
    pub shift: i32,
    /// From where it is counted.
    pub from: Origin,
}

/// A move by a length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// Which way.
    pub direction: Direction,
    /// From where it is counted.
    pub from: Origin,
}

/// From where a relative time is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The publication.
    Publication,
    /// The time told before.
    Told,
    /// What the next words tell.
    Event,
}

/// Words for a part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grain {
    /// Which third, where it is told.
    pub third: Option<Third>,
    /// It may stand before a weekday or a named day.
    pub loose: bool,
}

/// A third of a period, TIMEX3's START, MID and END.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Third {
    Start,
    Mid,
    End,
}

/// A word before a month, season or year alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// What it says of the direction.
    pub direction: Option<Direction>,
    /// It stands before a noun, which the year tells apart from others.
    pub owns: bool,
}

/// Whether a date lies before or after the day it is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Direction {
    Past,
    Future,
}

/// A word of a table that is none of those it may hold.
#[derive(Debug)]
pub struct UnknownWord(&'static str);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be {}", self.0)
    }
}

impl FromStr for Direction {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "past" => Ok(Self::Past),
            "future" => Ok(Self::Future),
            _ => Err(UnknownWord("past or future")),
        }
    }
}

impl FromStr for Origin {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "publication" => Ok(Self::Publication),
            "told" => Ok(Self::Told),
            "event" => Ok(Self::Event),
            _ => Err(UnknownWord("publication, told or event")),
        }
    }
}

impl FromStr for Third {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match word {
            "START" => Ok(Self::Start),
            "MID" => Ok(Self::Mid),
            "END" => Ok(Self::End),
            _ => Err(UnknownWord("START, MID or END")),
        }
    }
}

macro_rules! table {
    ($name:literal, $columns:expr) => {
        Table::parse(concat!("en/times/", $name), include_str!(concat!("../../../data/en/times/", $name)), &$columns)
    };
}

impl TimeWords {
    /// Names and abbreviations of the months with their numbers, capitalised and sorted.
    pub fn month_names(&self) -> Vec<(String, i8)> {
        let capitalised = |name: String| {
            let mut letters = name.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
        };
        let mut all: Vec<(String, i8)> = self.months.entries().into_iter().map(|(name, month)| (capitalised(name), month.number)).collect();
        // Longer names first, so that "Sept" does not end in "Sep".
        all.sort_by_key(|(name, _)| (std::cmp::Reverse(name.len()), name.clone()));
        all
    }

    /// The shipped words.
    ///
    /// # Errors
    /// The faults of the first file that has any.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        let listed = |table: Table<'static>| table.rows().iter().map(|r| r.text(0)).collect();
        Ok(Self {
            months: named(&table!("months.tsv", ["name", "number", "abbreviations"])?)?,
            weekdays: named(&table!("weekdays.tsv", ["name", "number", "abbreviations"])?)?,
            units: units(&table!("units.tsv", ["singular", "plural", "timex", "days", "months"])?)?,
            numbers: phrases(&table!("numbers.tsv", ["word", "value"])?, |r| r.optional_code(1, "value"))?,
            ordinals: phrases(&table!("ordinals.tsv", ["word", "value"])?, |r| r.code(1, "value"))?,
            days: phrases(&table!("days.tsv", ["phrase", "offset", "part"])?, |r| {
                Ok(NamedDay { offset: r.code(1, "offset")?, part: r.optional(2) })
            })?,
            parts: phrases(&table!("parts.tsv", ["word", "timex", "clock"])?, |r| {
                Ok(PartOfDay { timex: r.text(1), clock: r.optional_code(2, "clock")? })
            })?,
            seasons: phrases(&table!("seasons.tsv", ["season", "timex", "first"])?, |r| {
                Ok(Season { timex: r.text(1), first: r.code(2, "first")? })
            })?,
            which: phrases(&table!("which.tsv", ["phrase", "shift", "from"])?, |r| {
                Ok(Which { shift: r.code(1, "shift")?, from: r.code(2, "from")? })
            })?,
            shifts: phrases(&table!("shifts.tsv", ["phrase", "direction", "from"])?, |r| {
                Ok(Shift { direction: r.code(1, "direction")?, from: r.code(2, "from")? })
            })?,
            grains: phrases(&table!("grains.tsv", ["phrase", "third", "loose"])?, |r| {
                Ok(Grain { third: r.optional_code(1, "third")?, loose: r.optional(2).is_some() })
            })?,
            sets: phrases(&table!("sets.tsv", ["phrase", "value"])?, |r| Ok(r.optional(1)))?,
            references: phrases(&table!("references.tsv", ["phrase", "value"])?, |r| Ok(r.text(1)))?,
            mods: phrases(&table!("mods.tsv", ["phrase"])?, |_| Ok(()))?,
            zones: phrases(&table!("zones.tsv", ["zone"])?, |_| Ok(()))?,
            halves: phrases(&table!("halves.tsv", ["mark", "shift"])?, |r| r.code(1, "shift"))?,
            ages: phrases(&table!("ages.tsv", ["phrase"])?, |_| Ok(()))?,
            leads: phrases(&table!("leads.tsv", ["word", "direction", "owns"])?, |r| {
                Ok(Lead { direction: r.optional_code(1, "direction")?, owns: r.optional(2).is_some() })
            })?,
            ahead: listed(table!("ahead.tsv", ["word"])?),
            planned: table!("planned.tsv", ["lemma", "passive"])?.rows().iter().map(|r| (r.text(0), r.optional(1).is_some())).collect(),
        })
    }

    /// Whether a date lies ahead behind this preposition.
    pub fn leads_ahead(&self, word: &str) -> bool {
        self.ahead.contains(word)
    }

    /// Whether a date behind the infinitive of this verb lies ahead.
    pub fn plans(&self, lemma: &str) -> bool {
        self.planned.contains_key(lemma)
    }

    /// Whether a date beside the passive of this verb is that of what is planned.
    pub fn plans_passive(&self, lemma: &str) -> bool {
        self.planned.get(lemma).copied().unwrap_or_default()
    }
}

/// Phrases of the first column, in lower case, with what `read` makes of the row.
fn phrases<V: Copy>(
    table: &Table<'static>,
    read: impl Fn(&Row<'static>) -> Result<V, (&'static str, String)>,
) -> Result<Phrases<V>, Vec<Fault>> {
    let mut all = Phrases::default();
    for (phrase, value) in table.read(|r| Ok((r.text(0), read(r)?)))? {
        all.add(&phrase.to_lowercase(), value);
    }
    Ok(all)
}

/// Names and abbreviations with their numbers.
fn named(table: &Table<'static>) -> Result<Phrases<NamedNumber>, Vec<Fault>> {
    let mut all = Phrases::default();
    for (name, number, short) in table.read(|r| Ok((r.text(0), r.code(1, "number")?, r.list(2))))? {
        all.add(&name.to_lowercase(), NamedNumber { number, short: false });
        for abbreviation in short {
            all.add(&abbreviation.to_lowercase(), NamedNumber { number, short: true });
        }
    }
    Ok(all)
}

fn units(table: &Table<'static>) -> Result<Phrases<TimeUnit>, Vec<Fault>> {
    let rows = table.read(|r| {
        let length = match (r.optional_code(3, "days")?, r.optional_code(4, "months")?) {
            (Some(_), Some(_)) => return Err(("months", "a unit is counted in days or in months".to_owned())),
            (Some(days), None) => Length::Days(days),
            (None, Some(months)) => Length::Months(months),
            (None, None) => Length::Short,
        };
        let clock = length == Length::Short;
        let timex = if clock { r.text(2).trim_start_matches('T') } else { r.text(2) };
        Ok(([r.text(0), r.text(1)], TimeUnit { timex, clock, length, plural: false }))
    })?;
    let mut all = Phrases::default();
    for ([singular, plural], unit) in rows {
        all.add(singular, unit);
        all.add(plural, TimeUnit { plural: true, ..unit });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_are_sound() {
        let words = TimeWords::shipped().unwrap_or_else(|faults| panic!("{faults:#?}"));
        let unit = |word| words.units.longest(word, |_, _| false).map(|(_, u)| u);
        assert_eq!(unit("centuries").map(|u| (u.timex, u.plural)), Some(("CE", true)));
        assert_eq!(unit("hour").map(|u| (u.timex, u.clock)), Some(("H", true)));
        assert!(words.plans("agree") && !words.plans_passive("agree") && words.leads_ahead("until"));
    }
}
