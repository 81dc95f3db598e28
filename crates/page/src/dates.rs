//! When a page was published: its metadata, its address, its text. A date of change is never a date of publication.

use std::sync::LazyLock;

use dragoman_doc::{Basis, PartialDate};
use dragoman_lexicon::Table;
use htmldate_rs::DateOptions;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use regex::Regex;
use serde_json::Value;

use crate::scan::Scanned;
use crate::{Page, PageDate};

/// Linked data is searched to this depth.
const MAX_LINKED_DEPTH: usize = 32;
/// No page is older than the web, as far as its date can be trusted.
const FIRST_YEAR: i16 = 1990;

/// Names of `<meta>` elements with their rank.
static METAS: LazyLock<Vec<(&'static str, u8)>> = LazyLock::new(|| {
    let text = include_str!("../../../data/ingest/date_meta.tsv");
    let table = Table::parse("ingest/date_meta.tsv", text, &["name", "rank"]).expect("the shipped tables are tested");
    table.read(|r| Ok((r.text(0), r.code(1, "rank")?))).expect("the shipped tables are tested")
});

/// Finds the date of publication of a page.
pub(crate) fn date(page: &mut Page, html: &str, url: Option<&str>, scanned: &Scanned, parse: bool) {
    let mut found: Vec<PageDate> = Vec::new();
    let mut stated: Vec<(String, &'static str)> = linked(scanned).into_iter().map(|d| (d, "linked data")).collect();
    let mut metas: Vec<(u8, String)> =
        scanned.metas.iter().filter_map(|(name, content)| METAS.iter().find(|(n, _)| n == name).map(|(_, rank)| (*rank, content.clone()))).collect();
    metas.sort_by_key(|(rank, _)| *rank);
    stated.extend(metas.into_iter().map(|(_, content)| (content, "a meta element")));
    stated.extend(scanned.times.iter().filter(|t| t.published && !t.modified).map(|t| (t.datetime.clone(), "a time element")));
    let addresses = [url.map(str::to_owned), page.canonical_url.clone()];
    let address = addresses.iter().flatten().find_map(|u| in_address(u));
    let offset = own_offset(scanned);
    for (text, source) in stated {
        match day(&text).map(|d| local(d, &text, address, offset)) {
            Some(date) => found.push(PageDate { date, basis: Basis::Metadata, source }),
            None if text.trim().is_empty() => {}
            None => page.unreadable_dates.push(text.chars().take(60).collect()),
        }
    }
    found.extend(address.map(|date| PageDate { date, basis: Basis::Url, source: "the address" }));
    if found.is_empty() {
        let unmarked = scanned.times.iter().find(|t| !t.modified).and_then(|t| day(&t.datetime));
        found.extend(unmarked.map(|date| PageDate { date, basis: Basis::Metadata, source: "a time element" }));
    }
    if found.is_empty() && parse {
        let options = DateOptions::default();
        let guess = htmldate_rs::find_date(html, &options).and_then(|d| day(&d));
        found.extend(guess.map(|date| PageDate { date, basis: Basis::Text, source: "the page's text" }));
    }
    if found.is_empty() {
        found.extend(dotted(&page.text).or_else(|| dotted(&scanned.text())).map(|date| PageDate { date, basis: Basis::Text, source: "the page's text" }));
    }
    let Some(first) = found.first().cloned() else { return };
    let mut others: Vec<PageDate> = found.into_iter().skip(1).filter(|d| d.date != first.date).collect();
    others.dedup();
    page.conflicting = others;
    page.published = Some(first);
}

/// A time in UTC may lie on the neighbouring day of the newsroom's own: the day in the address is the day as published, else the
/// day by the offset that the page uses elsewhere.
fn local(day: PartialDate, text: &str, address: Option<PartialDate>, offset: Option<Offset>) -> PartialDate {
    let text = text.trim();
    let utc = text.ends_with(['Z', 'z']) || text.contains("+00:00") || text.contains("+0000");
    if !utc {
        return day;
    }
    let there = address.filter(|a| (a.first() - day.first()).get_days().abs() == 1);
    let here = || text.parse::<Timestamp>().ok().zip(offset).map(|(t, o)| PartialDate::day(o.to_datetime(t).date()));
    there.or_else(here).unwrap_or(day)
}

/// The offset from UTC that the page's linked data gives with its other times, if it is one.
fn own_offset(scanned: &Scanned) -> Option<Offset> {
    static TIME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?([+-])(\d\d):(\d\d)").expect("the pattern is fixed"));
    let texts = scanned.linked_data.iter().map(String::as_str).chain(scanned.metas.iter().map(|(_, c)| c.as_str()));
    let mut offsets: Vec<i32> = texts
        .flat_map(|t| TIME.captures_iter(t))
        .filter_map(|c| {
            let number = |i: usize| c.get(i)?.as_str().parse::<i32>().ok();
            let sign = if c.get(1)?.as_str() == "-" { -1 } else { 1 };
            Some(sign * (number(2)? * 3600 + number(3)? * 60))
        })
        .filter(|seconds| *seconds != 0)
        .collect();
    offsets.sort_unstable();
    offsets.dedup();
    let [only] = offsets[..] else { return None };
    Offset::from_seconds(only).ok()
}

/// `datePublished` of articles in linked data.
fn linked(scanned: &Scanned) -> Vec<String> {
    let mut dates = Vec::new();
    for text in &scanned.linked_data {
        // The parser refuses deep nesting by itself.
        if let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) {
            gather(&value, MAX_LINKED_DEPTH, &mut dates);
        } else if let Some(date) = written(text) {
            dates.push(date);
        }
    }
    dates
}

fn gather(value: &Value, depth: usize, dates: &mut Vec<String>) {
    match value {
        _ if depth == 0 => {}
        Value::Object(map) => {
            if let Some(Value::String(date)) = map.get("datePublished") {
                dates.push(date.clone());
            }
            map.values().for_each(|v| gather(v, depth - 1, dates));
        }
        Value::Array(all) => all.iter().for_each(|v| gather(v, depth - 1, dates)),
        _ => {}
    }
}

/// `"datePublished": "..."` in linked data that is no valid JSON, as it often is not.
fn written(text: &str) -> Option<String> {
    let rest = text.split("\"datePublished\"").nth(1)?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    value.split('"').next().map(str::to_owned)
}

/// The day of a written date: ISO at its head, else as htmldate reads it.
fn day(text: &str) -> Option<PartialDate> {
    let trimmed = text.trim();
    let iso = trimmed.get(..10).and_then(|d| d.replace(['/', '.'], "-").parse::<PartialDate>().ok());
    let packed = || trimmed.get(..8).filter(|d| d.bytes().all(|b| b.is_ascii_digit())).and_then(|d| format!("{}-{}-{}", &d[..4], &d[4..6], &d[6..]).parse().ok());
    let words = || {
        let page = format!("<html><head><meta property=\"article:published_time\" content=\"{}\"></head></html>", trimmed.replace(['"', '<', '>'], " "));
        htmldate_rs::find_date(&page, &DateOptions::default()).and_then(|d| d.parse().ok())
    };
    iso.or_else(packed).or_else(words).filter(|d| d.first().year() >= FIRST_YEAR && d.as_day().is_some())
}

/// A line of its own that is a day in dots, "23.01.2019", as pages on the continent write it.
fn dotted(text: &str) -> Option<PartialDate> {
    text.lines().map(str::trim).filter(|l| l.len() == 10).find_map(|line| {
        let mut parts = line.split('.').map(str::parse::<i16>);
        let (d, m, y) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
        Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok().filter(|d| d.year() >= FIRST_YEAR).map(PartialDate::day)
    })
}

/// "/2024/03/04/", "/2024-03-04-", "/20240304/" in an address.
fn in_address(url: &str) -> Option<PartialDate> {
    let parts: Vec<&str> = url.split(['/', '-', '_', '.', '?', '&', '=']).collect();
    let number = |s: &str, len: usize| (s.len() == len && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i16>().ok()).flatten();
    let date = |y: i16, m: i16, d: i16| Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok().filter(|d| (FIRST_YEAR..2100).contains(&d.year()));
    let spread = parts.windows(3).find_map(|w| {
        let (m, d) = (number(w[1], 2).or_else(|| number(w[1], 1))?, number(w[2], 2).or_else(|| number(w[2], 1))?);
        date(number(w[0], 4)?, m, d)
    });
    let packed = || parts.iter().filter(|p| p.len() == 8).find_map(|p| date(number(p.get(..4)?, 4)?, number(p.get(4..6)?, 2)?, number(p.get(6..)?, 2)?));
    spread.or_else(packed).map(PartialDate::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let day = |u: &str| in_address(u).map(|d| d.to_string());
        assert_eq!(day("https://news.example/world/2024/03/04/talks").as_deref(), Some("2024-03-04"));
        assert_eq!(day("https://news.example/a-2024-03-04-b").as_deref(), Some("2024-03-04"));
        assert_eq!(day("https://news.example/20240304/x").as_deref(), Some("2024-03-04"));
        assert_eq!(day("https://news.example/2024/13/04"), None);
        assert_eq!(day("https://news.example/id/12345678"), None);
    }

    #[test]
    fn written_dates() {
        assert_eq!(day("2024-03-04T23:30:00+03:00").unwrap().to_string(), "2024-03-04");
        assert_eq!(day("20240304").unwrap().to_string(), "2024-03-04");
        assert_eq!(day("soon"), None);
    }
}
