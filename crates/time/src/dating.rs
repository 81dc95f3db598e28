//! When a report was published, where only its text can tell.

use dragoman_doc::{Basis, PartialDate, Published, Tokens};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::Patterns;
use crate::direction::{Lies, of_words};
use crate::expression::{Found, What, Year};
use crate::matching::{Room, find};

/// Years behind the last dated thing in which a day of the week is looked for: within five years no date has the same one twice.
const YEARS: i16 = 4;
/// A day told with its weekday and without a year lies in the week of the publication.
const WEEK: i64 = 6;

/// The bounds that a text gives of its publication.
///
/// A day told with its weekday and without a year ("on Tuesday, 3 June") fixes the year, if another date of the text says from when on to
/// look. What is told as past came before the publication.
pub fn date_of_text(text: &str, tokens: &Tokens, patterns: &Patterns) -> Published {
    let mut room = Room::default();
    let mut told: Vec<(Found, Lies)> = Vec::new();
    for bounds in &tokens.sentences {
        let mut found = Vec::new();
        find(text, bounds.span, &patterns.compiled, &|_| false, &mut room, &mut found);
        for one in found {
            let lies = of_words(text, bounds.span, &one, patterns.words.futures());
            told.push((one, lies));
        }
    }
    let past = told.iter().filter(|(_, lies)| *lies == Lies::Before);
    let Some(earliest) = past.filter_map(|(one, _)| first_day(one)).max() else { return Published::unknown() };
    match told.iter().find_map(|(one, lies)| weekday_of(one, earliest.year()).map(|day| (day, *lies))) {
        Some((day, lies)) => around(day, lies),
        None => Published { earliest: Some(earliest), ..Published::unknown() },
    }
}

/// The first day of what the text dates itself.
fn first_day(found: &Found) -> Option<Date> {
    match found.expression.what {
        What::Day { year: Year::Named(year), month, day, .. } => Date::new(year, month, day).ok(),
        What::Month { year: Year::Named(year), month } => Date::new(year, month, 1).ok(),
        What::Year(year) => Date::new(year, 1, 1).ok(),
        _ => None,
    }
}

/// "Tuesday, 3 June": the first such day in the years from `from` on.
fn weekday_of(found: &Found, from: i16) -> Option<Date> {
    let What::Day { weekday: Some(weekday), year: Year::Open, month, day } = found.expression.what else { return None };
    let mut all = (from..=from.checked_add(YEARS)?).filter_map(|year| Date::new(year, month, day).ok());
    all.find(|d| d.weekday().to_monday_one_offset() == weekday)
}

/// The week in which a report speaks of that day as past or as ahead.
fn around(day: Date, lies: Lies) -> Published {
    let (from, to) = if matches!(lies, Lies::Ahead | Lies::AheadThen) { (-WEEK, 0) } else { (0, WEEK) };
    let moved = |by: i64| day.checked_add(by.days()).ok();
    let (earliest, latest) = (moved(from), moved(to));
    let both = earliest.zip(latest).filter(|(a, b)| a.year() == b.year());
    let date =
        both.and_then(|(a, b)| if a.month() == b.month() { PartialDate::month(a.year(), a.month()) } else { PartialDate::year(a.year()) });
    Published { date, basis: if date.is_some() { Basis::Text } else { Basis::Unknown }, earliest, latest }
}
