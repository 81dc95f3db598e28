use std::collections::HashMap;

use crate::{Fault, Table};

/// The words of time: months, weekdays, units, numbers, relative days.
#[derive(Debug, Default)]
pub struct TimeWords {
    /// Month numbers by name and abbreviation, in the order of the file.
    pub months: Vec<(String, i8)>,
    /// Weekday numbers (1 is Monday) by name.
    pub weekdays: Vec<(String, i8)>,
    /// Abbreviated weekdays, which count only before a date.
    pub short_weekdays: Vec<(String, i8)>,
    /// Units by their singular.
    pub units: HashMap<String, TimeUnit>,
    /// Words for a day counted from the publication: offset in days, part of the day.
    pub days: HashMap<String, (i32, Option<String>)>,
    /// Numbers in words; `None` where the word gives no exact one.
    pub numbers: HashMap<String, Option<u32>>,
    /// Words before a month or year alone, with the direction they give.
    pub leads: HashMap<String, Option<Direction>>,
    /// Prepositions after which a weekday lies ahead.
    pub ahead: Vec<String>,
    /// Parts of the day with their TIMEX3 letters.
    pub parts: Vec<(String, String)>,
    /// Seasons with their TIMEX3 letters and first month.
    pub seasons: Vec<(String, String, i8)>,
}

/// A unit of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeUnit {
    /// Letters of the TIMEX3 duration, without `P`.
    pub timex: String,
    /// Length in days, if it is counted in days.
    pub days: Option<i32>,
    /// Length in months, if it is counted in months.
    pub months: Option<i32>,
}

/// Whether a date lies before or after the day it is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Direction {
    Past,
    Future,
}

macro_rules! shipped {
    ($name:literal) => {
        (concat!("en/times/", $name), include_str!(concat!("../../../data/en/times/", $name)))
    };
}

impl TimeWords {
    /// The shipped words.
    ///
    /// # Errors
    /// The faults of the first file that has any.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        let mut words = Self::default();
        words.months = named(shipped!("months.tsv"), true)?;
        let weekdays = shipped!("weekdays.tsv");
        words.weekdays = named(weekdays, false)?;
        words.short_weekdays = named(weekdays, true)?.into_iter().filter(|(n, _)| !words.weekdays.iter().any(|(w, _)| w == n)).collect();
        words.read_units()?;
        words.read_lists()?;
        Ok(words)
    }

    fn read_units(&mut self) -> Result<(), Vec<Fault>> {
        let (file, text) = shipped!("units.tsv");
        let units = Table::parse(file, text, &["unit", "timex", "days", "months"])?.read(|r| {
            let unit = TimeUnit { timex: r.text(1).to_owned(), days: r.optional_code(2, "days")?, months: r.optional_code(3, "months")? };
            Ok((r.text(0).to_owned(), unit))
        })?;
        self.units = units.into_iter().collect();
        let (file, text) = shipped!("days.tsv");
        let days = Table::parse(file, text, &["phrase", "offset", "part"])?
            .read(|r| Ok((r.text(0).to_owned(), (r.code(1, "offset")?, r.optional(2).map(str::to_owned)))))?;
        self.days = days.into_iter().collect();
        let (file, text) = shipped!("numbers.tsv");
        let numbers = Table::parse(file, text, &["word", "value"])?.read(|r| Ok((r.text(0).to_owned(), r.optional_code(1, "value")?)))?;
        self.numbers = numbers.into_iter().collect();
        Ok(())
    }

    fn read_lists(&mut self) -> Result<(), Vec<Fault>> {
        let (file, text) = shipped!("leads.tsv");
        let leads = Table::parse(file, text, &["word", "direction"])?.read(|r| {
            let direction = match r.text(1) {
                "" => None,
                "past" => Some(Direction::Past),
                "future" => Some(Direction::Future),
                other => return Err(("direction", format!("{other:?} is neither past nor future"))),
            };
            Ok((r.text(0).to_owned(), direction))
        })?;
        self.leads = leads.into_iter().collect();
        let (file, text) = shipped!("ahead.tsv");
        self.ahead = Table::parse(file, text, &["word"])?.rows().iter().map(|r| r.text(0).to_owned()).collect();
        let (file, text) = shipped!("parts.tsv");
        self.parts = Table::parse(file, text, &["word", "timex"])?.rows().iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned())).collect();
        let (file, text) = shipped!("seasons.tsv");
        let seasons = Table::parse(file, text, &["season", "timex", "first"])?;
        self.seasons = seasons.read(|r| Ok((r.text(0).to_owned(), r.text(1).to_owned(), r.code(2, "first")?)))?;
        Ok(())
    }
}

/// Names and, if asked for, abbreviations with their numbers.
fn named((file, text): (&str, &str), short: bool) -> Result<Vec<(String, i8)>, Vec<Fault>> {
    let rows = Table::parse(file, text, &["name", "number", "abbreviations"])?.read(|r| {
        let number: i8 = r.code(1, "number")?;
        let forms = std::iter::once(r.text(0)).chain(r.list(2).filter(|_| short));
        Ok(forms.map(|f| (f.to_owned(), number)).collect::<Vec<_>>())
    })?;
    Ok(rows.into_iter().flatten().collect())
}
