//! Datelines: "BAGHDAD, March 4, 2024 (Newsline) -". The town, perhaps a date, perhaps the agency; they stay in the text.

use std::sync::LazyLock;

use dragoman_doc::{Basis, PartialDate, Published};
use dragoman_lexicon::TimeWords;
use jiff::civil::Date;
use regex::Regex;

/// What a dateline tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    pub(crate) date: Option<PartialDate>,
    pub(crate) outlet: Option<String>,
}

/// A dateline stands within this many bytes of its line's start.
const MAX_BYTES: usize = 140;

static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    let town = r"\p{Lu}[\p{Lu}\p{M}'’. /-]{2,60}";
    let agency = r"\((?P<agency>[^()]{2,50})\)";
    let pattern = format!(r"^(?P<town>{town})(?:,\s*(?P<rest>[^()–—]{{3,70}}?))?\s*(?:{agency})?\s*(?:[-–—:]|$)");
    Regex::new(&pattern).expect("the pattern is fixed")
});

/// The dateline at the head of a line.
pub(crate) fn find(line: &str) -> Option<Dateline> {
    let end = (0..=MAX_BYTES.min(line.len())).rev().find(|i| line.is_char_boundary(*i))?;
    let found = SHAPE.captures(line.get(..end)?)?;
    let rest = found.name("rest").map(|m| m.as_str());
    let agency = found.name("agency").map(|m| m.as_str().trim().to_owned());
    let date = rest.and_then(day_in);
    // A town alone and a hyphen is a heading; a date or an agency makes a dateline of it.
    (date.is_some() || agency.is_some() || rest.is_some_and(has_month)).then_some(Dateline { date, outlet: agency })
}

static MONTHS: LazyLock<Vec<(String, i8)>> = LazyLock::new(|| TimeWords::shipped().expect("the shipped tables are tested").month_names());

static DAY: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let names: Vec<String> = MONTHS.iter().map(|(n, _)| regex::escape(n)).collect();
    let month = format!(r"(?P<month>{})\.?", names.join("|"));
    let year = r"(?P<year>(?:19|20)\d\d)";
    let patterns = [
        format!(r"\b{month} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {year}\b"),
        format!(r"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {month},? {year}\b"),
        format!(r"\b{year}-(?P<number>\d\d)-(?P<day>\d\d)\b"),
    ];
    patterns.map(|p| Regex::new(&p).expect("the words of the data files are escaped"))
});

fn has_month(text: &str) -> bool {
    MONTHS.iter().any(|(name, _)| text.split(|c: char| !c.is_alphabetic()).any(|w| w == name))
}

/// The first full date of a text.
pub(crate) fn day_in(text: &str) -> Option<PartialDate> {
    DAY.iter().find_map(|pattern| {
        let found = pattern.captures(text)?;
        let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
        let month = match found.name("month") {
            Some(name) => MONTHS.iter().find(|(n, _)| n == name.as_str()).map(|(_, m)| *m)?,
            None => i8::try_from(number("number")?).ok()?,
        };
        Date::new(number("year")?, month, i8::try_from(number("day")?).ok()?).ok().map(PartialDate::day)
    })
}

/// The date of publication that a text tells itself: in its dateline, else on a line that says so.
pub(crate) fn published(dateline: Option<&Dateline>, dated: &[String]) -> Published {
    if let Some(date) = dateline.and_then(|d| d.date) {
        return Published::on(date, Basis::Dateline);
    }
    match dated.iter().find_map(|line| day_in(line)) {
        Some(date) => Published::on(date, Basis::Text),
        None => Published::unknown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_with_and_without_dates() {
        let full = find("ATHENS/TIRANA, Monday, February 16, 2026 (Ionian News Agency)").unwrap();
        assert_eq!(full.date.unwrap().to_string(), "2026-02-16");
        assert_eq!(full.outlet.as_deref(), Some("Ionian News Agency"));
        let short = find("BAGHDAD, March 4 (Newsline) - The U.S. handed over a base").unwrap();
        assert_eq!((short.date, short.outlet.as_deref()), (None, Some("Newsline")));
        assert!(find("PARACHINAR, April 17: Border forces stopped firing").is_some());
        assert!(find("NATO - an alliance").is_none());
        assert!(find("The ministry said (on Monday) - yes").is_none());
        assert!(find("").is_none());
    }

    #[test]
    fn days() {
        assert_eq!(day_in("on 4 March 2024").unwrap().to_string(), "2024-03-04");
        assert_eq!(day_in("2024-02-30"), None);
        assert_eq!(day_in("March 4"), None);
    }
}
