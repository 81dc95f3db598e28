use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use dragoman_codebook::{DayPart, TimeMod};

use crate::{Fault, Row, Table};

/// The words and rules of time, as the tables under `data/en/times` have them.
#[derive(Debug, Default)]
pub struct TimeWords {
    /// Phrases with what they mean, those of an overlay first.
    pub phrases: Vec<TimePhrase>,
    /// How time expressions are put together.
    pub rules: Vec<TimeRule>,
    /// Holidays, in the order in which [`Fact::Holiday`] counts them.
    pub holidays: Vec<Holiday>,
    ahead: Vec<(String, bool)>,
    futures: Vec<String>,
    planned: HashMap<String, bool>,
    /// The word before the first end of a range, if it needs one, and the words between the ends.
    ranges: Vec<(String, String)>,
}

/// A phrase of time.
#[derive(Debug, Clone, PartialEq)]
pub struct TimePhrase {
    /// Its words, in lower case.
    pub words: String,
    /// What it means.
    pub fact: Fact,
}

/// How a time expression is put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRule {
    /// Its name.
    pub id: String,
    /// The names under which other rules may use it.
    pub groups: Vec<String>,
    /// Its words and classes.
    pub pattern: String,
    /// What it says.
    pub means: String,
    /// What must stand around it.
    pub needs: String,
    /// A sentence in which it must be found: the expression in square brackets, behind it `=` and its value.
    pub yes: String,
    /// A sentence in which it must not be found.
    pub no: String,
    /// File and line, for faults.
    pub at: (String, usize),
}

/// What a phrase of time means.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the fields say it")]
pub enum Fact {
    /// A month. `alone`: its name is no other word.
    Month { number: i8, short: bool, alone: bool },
    /// A day of the week, 1 is Monday.
    Weekday { number: i8, short: bool },
    /// A unit of time.
    Unit { unit: TimeUnit, plural: bool },
    /// A number before a unit; `None` where the word gives no exact one.
    Number(Option<u32>),
    /// An ordinal number.
    Ordinal(i16),
    /// A day counted from the publication.
    NamedDay { offset: i32, part: Option<DayPart> },
    /// A part of the day; `clock`: the hour, where the word means one.
    Part { part: DayPart, clock: Option<i8> },
    /// A season.
    Season(Season),
    /// A word that picks a day, week, month, year or season.
    Which(Which),
    /// A word behind a length of time that moves by it.
    Shift(Shift),
    /// Words for a part of a period.
    Grain(Grain),
    /// Words that bound a length of time.
    Mod(TimeMod),
    /// A time zone: minutes east of UTC, `None` for local time.
    Zone(Option<i16>),
    /// The half of the day behind an hour: the hours it adds.
    Half(i8),
    /// A word for a repeated time; `None` for those that need a unit behind them.
    Set(Option<SetWord>),
    /// A word for a time without a place on the calendar.
    Reference(Reference),
    /// A word before a month, season or year alone that makes a date of it.
    Lead(Lead),
    /// Words behind a length of time that make an age of it.
    Age,
    /// A holiday: its number in [`TimeWords::holidays`].
    Holiday(u16),
    /// A month of the Islamic calendar.
    HijriMonth(i8),
    /// A month of the Persian calendar.
    PersianMonth(i8),
    /// A decade of a century in words: 9 for the nineties.
    Decade(i16),
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words say it")]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    /// A year that need not begin in January: fiscal, academic.
    OtherYear,
    Decade,
    Century,
    /// A stretch of unsaid length: a while.
    Time,
}

/// A season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A word that is a repeated time by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum SetWord {
    Every(TimeUnit),
    EveryPart(DayPart),
}

/// A time without a place on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum Reference {
    Past,
    Present,
    Future,
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
    /// What the next words name.
    Event,
    /// The date right behind.
    Next,
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

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holiday {
    /// The calendar that fixes it.
    pub calendar: HolidayCalendar,
    /// Month, 1 is the first of that calendar's year; 0 where the calendar needs none.
    pub month: u8,
    /// Day of the month; days behind Easter; for [`HolidayCalendar::Weekday`] which of them in the month (-1 the last).
    pub day: i8,
    /// The day of the week, for [`HolidayCalendar::Weekday`].
    pub weekday: Option<i8>,
    /// How many days it lasts; 0 for the whole month.
    pub days: u8,
}

/// The calendars that fix holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words say it")]
pub enum HolidayCalendar {
    Gregorian,
    /// The nth day of the week in a Gregorian month.
    Weekday,
    Easter,
    OrthodoxEaster,
    Hijri,
    Persian,
    Hebrew,
    Chinese,
}

/// A word of a table that is none of those it may hold.
#[derive(Debug)]
pub struct UnknownWord(&'static str);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be {}", self.0)
    }
}

macro_rules! from_word {
    ($kind:ident, $all:literal, $($word:literal => $value:expr),+ $(,)?) => {
        impl FromStr for $kind {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok($value),)+
                    _ => Err(UnknownWord($all)),
                }
            }
        }
    };
}

from_word!(Direction, "past or future", "past" => Self::Past, "future" => Self::Future);
from_word!(Origin, "publication, told, event or next",
    "publication" => Self::Publication, "told" => Self::Told, "event" => Self::Event, "next" => Self::Next);
from_word!(Third, "START, MID or END", "START" => Self::Start, "MID" => Self::Mid, "END" => Self::End);
from_word!(Season, "SP, SU, FA or WI", "SP" => Self::Spring, "SU" => Self::Summer, "FA" => Self::Autumn, "WI" => Self::Winter);
from_word!(Reference, "PAST_REF, PRESENT_REF or FUTURE_REF",
    "PAST_REF" => Self::Past, "PRESENT_REF" => Self::Present, "FUTURE_REF" => Self::Future);
from_word!(HolidayCalendar, "gregorian, weekday, easter, orthodox_easter, hijri, persian, hebrew or chinese",
    "gregorian" => Self::Gregorian, "weekday" => Self::Weekday, "easter" => Self::Easter, "orthodox_easter" => Self::OrthodoxEaster,
    "hijri" => Self::Hijri, "persian" => Self::Persian, "hebrew" => Self::Hebrew, "chinese" => Self::Chinese);
from_word!(TimeUnit, "a unit of time (second to century, weekend, fortnight, other_year, time)",
    "second" => Self::Second, "minute" => Self::Minute, "hour" => Self::Hour, "day" => Self::Day, "week" => Self::Week,
    "fortnight" => Self::Fortnight, "weekend" => Self::Weekend, "month" => Self::Month, "quarter" => Self::Quarter, "year" => Self::Year,
    "other_year" => Self::OtherYear, "decade" => Self::Decade, "century" => Self::Century, "time" => Self::Time);

impl FromStr for SetWord {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let part = || word.parse().map(Self::EveryPart).map_err(|_| "must be a unit of time or a part of the day".to_owned());
        word.parse().map(Self::Every).or_else(|_| part())
    }
}

/// A table of times: its name, and the columns it must have.
const TABLES: [(&str, &[&str]); 27] = [
    ("ages.tsv", &["phrase"]),
    ("ahead.tsv", &["word", "firm"]),
    ("days.tsv", &["phrase", "offset", "part"]),
    ("decades.tsv", &["word", "decade"]),
    ("futures.tsv", &["word"]),
    ("grains.tsv", &["phrase", "third", "loose"]),
    ("halves.tsv", &["mark", "shift"]),
    ("hijri_months.tsv", &["name", "number"]),
    ("holidays.tsv", &["name", "calendar", "month", "day", "weekday", "days"]),
    ("leads.tsv", &["word", "direction", "owns"]),
    ("mods.tsv", &["phrase", "mod"]),
    ("months.tsv", &["name", "number", "abbreviations", "alone"]),
    ("numbers.tsv", &["word", "value"]),
    ("ordinals.tsv", &["word", "value"]),
    ("parts.tsv", &["word", "timex", "clock"]),
    ("persian_months.tsv", &["name", "number"]),
    ("planned.tsv", &["lemma", "passive"]),
    ("ranges.tsv", &["before", "between"]),
    ("references.tsv", &["phrase", "value"]),
    ("rules.tsv", &["rule", "groups", "pattern", "means", "needs", "yes", "no"]),
    ("seasons.tsv", &["season", "timex"]),
    ("sets.tsv", &["phrase", "value"]),
    ("shifts.tsv", &["phrase", "direction", "from"]),
    ("units.tsv", &["singular", "plural", "unit"]),
    ("weekdays.tsv", &["name", "number", "abbreviations"]),
    ("which.tsv", &["phrase", "shift", "from"]),
    ("zones.tsv", &["zone", "minutes"]),
];

macro_rules! shipped {
    ($($name:literal),+ $(,)?) => {
        [$(($name, include_str!(concat!("../../../data/en/times/", $name)))),+]
    };
}

/// The shipped files: name and text.
pub const TIME_FILES: [(&str, &str); 27] = shipped!(
    "ages.tsv",
    "ahead.tsv",
    "days.tsv",
    "decades.tsv",
    "futures.tsv",
    "grains.tsv",
    "halves.tsv",
    "hijri_months.tsv",
    "holidays.tsv",
    "leads.tsv",
    "mods.tsv",
    "months.tsv",
    "numbers.tsv",
    "ordinals.tsv",
    "parts.tsv",
    "persian_months.tsv",
    "planned.tsv",
    "ranges.tsv",
    "references.tsv",
    "rules.tsv",
    "seasons.tsv",
    "sets.tsv",
    "shifts.tsv",
    "units.tsv",
    "weekdays.tsv",
    "which.tsv",
    "zones.tsv",
);

type Bad = (&'static str, String);

impl TimeWords {
    /// The shipped words.
    ///
    /// # Errors
    /// The faults of all files.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Self::parse(&TIME_FILES)
    }

    /// The words of these files, each a name and a text. Of two rows for the same words, or two rules of one name, the first counts: an
    /// overlay's files stand before the shipped ones.
    ///
    /// # Errors
    /// The faults of all files, and files of an unknown name.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        let mut words = Self::default();
        let mut faults = Vec::new();
        for (name, text) in files {
            let file = format!("en/times/{name}");
            match TABLES.iter().find(|(known, _)| known == name) {
                Some((_, columns)) => {
                    let read = Table::parse(&file, text, columns).and_then(|table| words.take(name, &file, &table));
                    faults.extend(read.err().into_iter().flatten());
                }
                None => faults.push(Fault { file, line: 0, column: None, reason: "there is no such table of times".to_owned() }),
            }
        }
        if faults.is_empty() { Ok(words) } else { Err(faults) }
    }

    /// Takes over one table.
    fn take(&mut self, name: &str, file: &str, table: &Table<'_>) -> Result<(), Vec<Fault>> {
        match name {
            "ahead.tsv" => self.ahead.extend(table.rows().iter().map(|r| (r.text(0).to_owned(), r.optional(1).is_some()))),
            "futures.tsv" => self.futures.extend(table.rows().iter().map(|r| r.text(0).to_owned())),
            "planned.tsv" => {
                for row in table.rows() {
                    self.planned.entry(row.text(0).to_owned()).or_insert(row.optional(1).is_some());
                }
            }
            "ranges.tsv" => self.ranges.extend(table.rows().iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned()))),
            "rules.tsv" => {
                for row in table.rows() {
                    let rule = rule(row, file);
                    if self.rules.iter().all(|r| r.id != rule.id) {
                        self.rules.push(rule);
                    }
                }
            }
            "holidays.tsv" => {
                for (words, holiday) in table.read(|r| Ok((r.text(0), holiday(r)?)))? {
                    let number = u16::try_from(self.holidays.len()).unwrap_or(u16::MAX);
                    self.holidays.push(holiday);
                    self.add(words, Fact::Holiday(number));
                }
            }
            _ => {
                for facts in table.read(|r| facts(name, r))? {
                    for (words, fact) in facts {
                        self.add(words, fact);
                    }
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, words: &str, fact: Fact) {
        self.phrases.push(TimePhrase { words: words.to_lowercase(), fact });
    }

    /// Names and abbreviations of the months with their numbers, capitalised and sorted.
    pub fn month_names(&self) -> Vec<(String, i8)> {
        let capitalised = |name: &str| {
            let mut letters = name.chars();
            letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
        };
        let month = |p: &TimePhrase| match p.fact {
            Fact::Month { number, .. } => Some((capitalised(&p.words), number)),
            _ => None,
        };
        let mut all: Vec<(String, i8)> = self.phrases.iter().filter_map(month).collect();
        // Longer names first, so that "Sept" does not end in "Sep".
        all.sort_by_key(|(name, _)| (std::cmp::Reverse(name.len()), name.clone()));
        all
    }

    /// Prepositions behind which a date lies ahead, and whether it lies behind what the verb tells.
    pub fn ahead(&self) -> &[(String, bool)] {
        &self.ahead
    }

    /// Whether two expressions with these words before and between them are the ends of a range ("from Monday to Wednesday").
    pub fn links_range(&self, before: &str, between: &str) -> bool {
        let is = |row: &(String, String)| row.1 == between && (row.0.is_empty() || row.0.eq_ignore_ascii_case(before));
        self.ranges.iter().any(is)
    }

    /// Words that put their clause into the future, for a reading without syntax.
    pub fn futures(&self) -> &[String] {
        &self.futures
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

fn rule(row: &Row<'_>, file: &str) -> TimeRule {
    let text = |i: usize| row.text(i).to_owned();
    TimeRule {
        id: text(0),
        groups: row.text(1).split_whitespace().map(str::to_owned).collect(),
        pattern: text(2),
        means: text(3),
        needs: text(4),
        yes: text(5),
        no: text(6),
        at: (file.to_owned(), row.line()),
    }
}

fn holiday(row: &Row<'_>) -> Result<Holiday, Bad> {
    let calendar: HolidayCalendar = row.code(1, "calendar")?;
    let weekday: Option<i8> = row.optional_code(4, "weekday")?;
    if (calendar == HolidayCalendar::Weekday) != weekday.is_some() {
        return Err(("weekday", "stands where the calendar is weekday, and only there".to_owned()));
    }
    let month = row.optional_code(2, "month")?.unwrap_or(0);
    Ok(Holiday { calendar, month, day: row.code(3, "day")?, weekday, days: row.code(5, "days")? })
}

/// The phrases of a row with what they mean.
fn facts<'d>(table: &str, row: &Row<'d>) -> Result<Vec<(&'d str, Fact)>, Bad> {
    let one = |fact: Fact| Ok(vec![(row.text(0), fact)]);
    match table {
        "ages.tsv" => one(Fact::Age),
        "days.tsv" => one(Fact::NamedDay { offset: row.code(1, "offset")?, part: row.optional_code(2, "part")? }),
        "decades.tsv" => one(Fact::Decade(row.code(1, "decade")?)),
        "grains.tsv" => one(Fact::Grain(Grain { third: row.optional_code(1, "third")?, loose: row.optional(2).is_some() })),
        "halves.tsv" => one(Fact::Half(row.code(1, "shift")?)),
        "hijri_months.tsv" => one(Fact::HijriMonth(row.code(1, "number")?)),
        "leads.tsv" => one(Fact::Lead(Lead { direction: row.optional_code(1, "direction")?, owns: row.optional(2).is_some() })),
        "mods.tsv" => one(Fact::Mod(row.code(1, "mod")?)),
        "months.tsv" => {
            let (number, alone) = (row.code(1, "number")?, row.optional(3).is_some());
            let mut all = vec![(row.text(0), Fact::Month { number, short: false, alone })];
            all.extend(row.list(2).map(|short| (short, Fact::Month { number, short: true, alone })));
            Ok(all)
        }
        "numbers.tsv" => one(Fact::Number(row.optional_code(1, "value")?)),
        "ordinals.tsv" => one(Fact::Ordinal(row.code(1, "value")?)),
        "parts.tsv" => one(Fact::Part { part: row.code(1, "timex")?, clock: row.optional_code(2, "clock")? }),
        "persian_months.tsv" => one(Fact::PersianMonth(row.code(1, "number")?)),
        "references.tsv" => one(Fact::Reference(row.code(1, "value")?)),
        "seasons.tsv" => one(Fact::Season(row.code(1, "timex")?)),
        "sets.tsv" => one(Fact::Set(row.optional_code(1, "value")?)),
        "shifts.tsv" => one(Fact::Shift(Shift { direction: row.code(1, "direction")?, from: row.code(2, "from")? })),
        "units.tsv" => {
            let unit = row.code(2, "unit")?;
            let singular = row.optional(0).map(|word| (word, Fact::Unit { unit, plural: false }));
            Ok(singular.into_iter().chain(row.optional(1).map(|word| (word, Fact::Unit { unit, plural: true }))).collect())
        }
        "weekdays.tsv" => {
            let number = row.code(1, "number")?;
            let mut all = vec![(row.text(0), Fact::Weekday { number, short: false })];
            all.extend(row.list(2).map(|short| (short, Fact::Weekday { number, short: true })));
            Ok(all)
        }
        "which.tsv" => one(Fact::Which(Which { shift: row.code(1, "shift")?, from: row.code(2, "from")? })),
        _ => one(Fact::Zone(row.optional_code(1, "minutes")?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_are_sound() {
        let words = TimeWords::shipped().unwrap_or_else(|faults| panic!("{faults:#?}"));
        let fact = |phrase: &str| words.phrases.iter().find(|p| p.words == phrase).map(|p| p.fact);
        assert_eq!(fact("centuries"), Some(Fact::Unit { unit: TimeUnit::Century, plural: true }));
        assert!(words.plans("agree") && !words.plans_passive("agree") && words.ahead().iter().any(|(w, firm)| w == "until" && *firm));
    }

    #[test]
    fn an_overlay_comes_first_and_its_faults_are_told() {
        let words =
            TimeWords::parse(&[("days.tsv", "#! phrase\toffset\tpart\nyestreen\t-1\tEV\n"), TIME_FILES[2]]).expect("both are sound");
        assert_eq!(words.phrases[0].words, "yestreen");
        let faults = TimeWords::parse(&[("days.tsv", "#! phrase\toffset\tpart\nyestreen\tx\t\n"), ("day.tsv", "")]).unwrap_err();
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 0]);
    }
}
