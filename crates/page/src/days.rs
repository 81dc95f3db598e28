//! Days as pages write them.

use std::sync::LazyLock;

use dragoman_lexicon::TimeWords;
use jiff::civil::{Date, date};
use regex::{Captures, Regex};

/// Dates up to this day are what a program writes that knows none.
const EPOCH: Date = date(1970, 1, 1);
/// A date with more text than this around it is not the date of a line, in bytes.
const MAX_DATE: usize = 160;

/// Which of two numbers is the month, where both may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    MonthFirst,
    DayFirst,
    /// Such a date cannot be read.
    Unknown,
}

static MONTHS: LazyLock<Vec<(String, i8)>> = LazyLock::new(|| {
    let words = TimeWords::shipped().expect("the shipped tables are tested");
    words.month_names().into_iter().map(|(name, number)| (name.to_lowercase(), number)).collect()
});

/// Forms that begin with the year, forms with the name of the month, forms of three numbers.
static FORMS: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    let names: Vec<String> = MONTHS.iter().map(|(name, _)| regex::escape(name.trim_end_matches('.'))).collect();
    let month = format!(r"(?P<name>{})[a-z]{{0,2}}\.?", names.join("|"));
    let day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?";
    let year = r"(?P<year>(?:19|20)\d\d)";
    let number = r"(?P<month>\d{1,2})";
    let patterns = [
        format!(r"(?:^|\D){year}(?:[-/.]|年)\s?{number}(?:[-/.]|月)\s?(?P<day>\d{{1,2}})(?:\D|$)"),
        format!(r"(?:^|\D){year}(?P<month>[01]\d)(?P<day>[0-3]\d)(?:t|\d{{6}}\b|\b)"),
        format!(r"\b{month}[\s-]{{1,3}}{day},?[\s-]{{0,3}}(?:at \d+:\d+(?: ?[ap]m)?,? )?{year}\b"),
        format!(r"\b{day}[\s-]{{0,3}}(?:of )?{month},?[\s/-]{{0,3}}{year}\b"),
        format!(r"(?:^|\D)(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.]{year}(?:\D|$)"),
    ];
    patterns.map(|p| Regex::new(&p).expect("names of months are escaped"))
});

/// The first full date of a short text, as written there: an offset from Greenwich does not move it.
pub(crate) fn day_in(text: &str, order: Order) -> Option<Date> {
    if text.len() > MAX_DATE {
        return None;
    }
    let text = text.to_lowercase();
    let found = FORMS.iter().filter_map(|form| form.captures(&text));
    found.filter_map(|captures| day(&captures, order)).find(|day| *day > EPOCH)
}

fn day(found: &Captures<'_>, order: Order) -> Option<Date> {
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    let small = |name: &str| number(name).and_then(|n| i8::try_from(n).ok());
    let year = number("year")?;
    if let (Some(one), Some(two)) = (small("one"), small("two")) {
        let (month_first, day_first) = (Date::new(year, one, two).ok(), Date::new(year, two, one).ok());
        return match (month_first, day_first) {
            (Some(a), Some(b)) if a != b && order == Order::Unknown => None,
            (Some(_), b @ Some(_)) if order == Order::DayFirst => b,
            (a, b) => a.or(b),
        };
    }
    let month = match found.name("name") {
        Some(name) => MONTHS.iter().find(|(n, _)| n.trim_end_matches('.') == name.as_str()).map(|(_, number)| *number),
        None => small("month"),
    };
    Date::new(year, month?, small("day")?).ok()
}

/// The hour of a time of day that is given in universal time, "2024-03-05T02:11:03Z".
pub(crate) fn universal_hour(written: &str) -> Option<i8> {
    let found = UNIVERSAL.captures(written)?;
    found.get(1)?.as_str().parse().ok()
}

static UNIVERSAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\d\d[t ]([012]\d):[0-5]\d(?::\d\d(?:\.\d+)?)?\s?(?:z|utc|gmt|[+-]00:?00)$").expect("a fixed pattern")
});

static IN_URL: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    let patterns = [
        r"[/_-](?P<year>(?:19|20)\d\d)[/_-](?P<month>[01]?\d)[/_-](?P<day>[0-3]?\d)(?:\D|$)",
        r"[/_-](?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?:\D|$)",
        r"/(?P<year>(?:19|20)\d\d)/?(?P<name>[a-z]{3,9})/?(?P<day>[0-3]?\d)(?:/|$)",
    ];
    patterns.map(|p| Regex::new(p).expect("a fixed pattern"))
});

/// The day that stands in an address.
pub(crate) fn day_in_url(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?.to_lowercase();
    let found = IN_URL.iter().filter_map(|form| form.captures(&path));
    found.filter_map(|captures| day(&captures, Order::Unknown)).find(|day| *day > EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Order) -> String {
        day_in(text, order).map(|d| d.to_string()).unwrap_or_default()
    }

    #[test]
    fn the_day_as_written() {
        for (text, day) in [
            ("2024-03-05T23:30:00-08:00", "2024-03-05"),
            ("20240305T101112Z", "2024-03-05"),
            ("2024/3/5 10:00", "2024-03-05"),
            ("Published: Tuesday, March 5th, 2024 at 9:00 am", "2024-03-05"),
            ("5 Mar. 2024", "2024-03-05"),
            ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05"),
            ("25/12/2023", "2023-12-25"),
            ("12/25/2023", "2023-12-25"),
            ("05/05/2023", "2023-05-05"),
            ("Sept. 9, 2021", "2021-09-09"),
            ("5-Mar-2024", "2024-03-05"),
            ("0001-01-01T00:00:00Z", ""),
            ("1970-01-01", ""),
            ("2023-02-29", ""),
            ("Talks of 2024", ""),
            ("120240305", ""),
            ("", ""),
        ] {
            assert_eq!(read(text, Order::Unknown), day, "{text}");
        }
    }

    #[test]
    fn numbers_that_may_be_day_or_month_are_not_guessed() {
        assert_eq!(read("05/03/2024", Order::Unknown), "");
        assert_eq!(read("05/03/2024", Order::DayFirst), "2024-03-05");
        assert_eq!(read("05/03/2024", Order::MonthFirst), "2024-05-03");
    }

    #[test]
    fn universal_time() {
        for (text, hour) in
            [("2023-11-09T02:11:03+00:00", Some(2)), ("2023-11-09T23:11:03.123Z", Some(23)), ("2023-11-09T02:11:03-05:00", None)]
        {
            assert_eq!(universal_hour(text), hour, "{text}");
        }
    }

    #[test]
    fn days_in_addresses() {
        let day = |url: &str| day_in_url(url).map(|d| d.to_string()).unwrap_or_default();
        assert_eq!(day("https://news.example/2024/03/05/talks"), "2024-03-05");
        assert_eq!(day("https://news.example/world/2024/mar/05/talks"), "2024-03-05");
        assert_eq!(day("https://news.example/talks-2024-03-05.html"), "2024-03-05");
        assert_eq!(day("https://news.example/world-20240305/x"), "2024-03-05");
        assert_eq!(day("https://news.example/2024/03/talks"), "");
        assert_eq!(day("https://news.example/a?d=2024-03-05"), "");
        assert_eq!(day("https://news.example/id/1020240305"), "");
    }
}
