//! Time expressions as in TempEval-3, from the times of the record.
//!
//! Gold: JSON lines with `timex` (TempEval-3, WikiWars, our own), or those of Recognizers-Text with `results` and `reference`.
//!
//! * `strict`: spans agree after white space and marks at the edges are trimmed; `relaxed`: they overlap, one to one, the largest overlap
//!   first; `type`, `value`: relaxed pairs whose type or TIMEX3 value agrees, without regard to case.
//! * `errors`: how many were missed, found in vain, or have a value that is wrong in one way or another (our addition).
//! * Where the gold has them, over relaxed pairs (our addition): `days`, the first and last day agree, or neither is known; `anchor`, both
//!   are counted from the publication, from the same expression, or from nothing.
//!
//! A case of Recognizers-Text is right when every expected expression is met and nothing else is found. An expectation is met by the
//! expressions that overlap it: their TIMEX3 value is that of one of its resolutions (an `X` of which stands for anything) and the days meet;
//! or the lengths are the same; or the value is that of the year, month or day in which the expected day lies ("in two years");
//! or their first and last day are its own (of an open one only the side that it has), the last day of a range counting or not; a duration, a set, a reference or a time of day by its value.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::figures::{Figures, Kind, Sums, Tally, counted};
use crate::records::{Records, items, rows, span};
use crate::text::{EDGES, Span, Text, overlap, pairs};

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    text: Text,
    published: Option<String>,
    gold: Gold,
}

#[derive(Debug, Clone)]
enum Gold {
    /// Annotated expressions, and whether days and anchors are annotated as well.
    Timex(Vec<Value>, bool),
    /// What a case of Recognizers-Text expects.
    Case(Vec<Value>),
}

pub(crate) fn documents(text: &str) -> Vec<Document> {
    rows(text).iter().filter_map(Document::new).collect()
}

impl Document {
    fn new(row: &Value) -> Option<Self> {
        let (published, gold) = if row["timex"].is_array() {
            let timex: Vec<Value> = items(row, "timex").filter(|t| t["tid"] != "t0").cloned().collect();
            let days = timex.iter().any(|t| t.get("first").is_some());
            (row["dct"].as_str(), Gold::Timex(timex, days))
        } else {
            let is_time = row["model"].as_str().is_some_and(|m| m.starts_with("DateTime"));
            if !is_time {
                return None;
            }
            (row["reference"].as_str().and_then(|r| r.get(..DAY)), Gold::Case(items(row, "results").cloned().collect()))
        };
        Some(Self {
            id: row["id"].as_str().unwrap_or_default().to_owned(),
            text: Text::new(row["text"].as_str()?),
            published: published.filter(|d| !d.is_empty()).map(str::to_owned),
            gold,
        })
    }

    pub(crate) fn input(&self) -> Value {
        let mut row = json!({"id": self.id, "text": self.text.string()});
        if let Some(day) = &self.published {
            row["published"] = json!(day);
        }
        row
    }

    fn predicted<'r>(&self, records: &'r Records) -> Vec<(Span, &'r Value)> {
        let record = records.with_text(&self.id, &self.text.string());
        items(record, "times").filter_map(|t| Some((self.text.trim(span(t)?, EDGES)?, t))).collect()
    }
}

/// Characters of an ISO day.
const DAY: usize = 10;

const NAMES: [&str; 4] = ["strict", "relaxed", "type", "value"];
const OURS: [&str; 2] = ["days", "anchor"];
/// Counts of what went wrong (our addition), the wrong values by [`class`].
const ERRORS: [&str; 9] = [
    "errors.missed",
    "errors.spurious",
    "errors.other_place",
    "errors.other_grain",
    "errors.unplaced",
    "errors.placed",
    "errors.length",
    "errors.length_or_date",
    "errors.reference",
];

pub(crate) fn score(documents: &[Document], records: &Records) -> Figures {
    let cases = documents.iter().all(|d| matches!(d.gold, Gold::Case(_)));
    if cases {
        let mut tally = Tally::new([("cases_right".to_owned(), Kind::Ratio)]);
        for document in documents {
            let right = matches!(&document.gold, Gold::Case(expected) if is_right(expected, &document.predicted(records), document.published.as_deref()));
            tally.add(vec![[f64::from(u8::from(right)), 1.0, 0.0]]);
        }
        return tally.figures();
    }
    let ours = documents.iter().any(|d| matches!(d.gold, Gold::Timex(_, true)));
    let names = NAMES.iter().chain(if ours { &OURS[..] } else { &[] }).map(|n| ((*n).to_owned(), Kind::Prf));
    let names = names.chain([("value_accuracy_on_matched".to_owned(), Kind::Ratio)]);
    let mut tally = Tally::new(names.chain(ERRORS.map(|n| (n.to_owned(), Kind::Count))));
    for document in documents {
        let Gold::Timex(gold, _) = &document.gold else { continue };
        tally.add(sums(document, gold, &document.predicted(records), ours));
    }
    tally.figures()
}

/// What a document adds to each figure.
fn sums(document: &Document, gold: &[Value], predicted: &[(Span, &Value)], ours: bool) -> Vec<Sums> {
    let bounds = |t: &Value| {
        let number = |k: &str| t[k].as_u64().and_then(|n| usize::try_from(n).ok());
        document.text.trim((number("begin")?, number("end")?), EDGES)
    };
    let spans: Vec<Option<Span>> = gold.iter().map(bounds).collect();
    let pairs = pairs(&spans, predicted, |g, (p, _)| g.map_or(0.0, |g| (overlap(g, *p) + usize::from(g == *p)) as f64));
    let anchors: BTreeMap<&str, &str> = {
        let tid = |i: usize| gold[i]["tid"].as_str();
        pairs.iter().filter_map(|(i, j)| Some((predicted[*j].1["id"].as_str()?, tid(*i)?))).collect()
    };
    let agree = |right: &dyn Fn(usize, usize) -> bool| pairs.iter().filter(|(i, j)| right(*i, *j)).count();
    let field = |name: &'static str| move |i: usize, j: usize| same(&gold[i][name], &predicted[j].1[name]);
    let value = agree(&field("value"));
    let mut right = vec![agree(&|i, j| spans[i] == Some(predicted[j].0)), pairs.len(), agree(&field("type")), value];
    if ours {
        right.push(agree(&|i, j| covers(&gold[i], predicted[j].1)));
        right.push(agree(&|i, j| {
            let found = predicted[j].1["anchor"].as_str();
            let found = found.map(|a| anchors.get(a).copied().unwrap_or(a));
            gold[i]["anchor"].as_str() == found
        }));
    }
    let mut sums: Vec<Sums> = right.into_iter().map(|n| counted(n, predicted.len(), gold.len())).collect();
    sums.push([value as f64, pairs.len() as f64, 0.0]);
    let mut errors = [0; ERRORS.len()];
    (errors[0], errors[1]) = (gold.len() - pairs.len(), predicted.len() - pairs.len());
    for (i, j) in &pairs {
        let value = |v: &Value| v["value"].as_str().unwrap_or_default().to_uppercase();
        let (gold, found) = (value(&gold[*i]), value(predicted[*j].1));
        if gold != found {
            errors[class(&gold, &found)] += 1;
        }
    }
    sums.extend(errors.map(|n| counted(n, 0, 0)));
    sums
}

/// What is wrong with a value, as a place in [`ERRORS`]: another place on the calendar of the same grain; another grain; nothing where the
/// gold has a place, or a place where it has none; another length; a length for a date; PAST_REF and the like for something else.
fn class(gold: &str, found: &str) -> usize {
    let (length, reference) = (|v: &str| v.starts_with('P') && !v.ends_with("_REF"), |v: &str| v.ends_with("_REF"));
    match () {
        () if reference(gold) || reference(found) => 8,
        () if length(gold) && length(found) => 6,
        () if length(gold) || length(found) => 7,
        () if found.contains('X') && !gold.contains('X') => 4,
        () if gold.contains('X') && !found.contains('X') => 5,
        () if gold.len() == found.len() => 2,
        () => 3,
    }
}

fn same(gold: &Value, found: &Value) -> bool {
    let (Some(gold), Some(found)) = (gold.as_str(), found.as_str()) else { return false };
    gold.to_uppercase() == found.to_uppercase()
}

/// First and last day agree; of the clock times only the minute.
fn covers(gold: &Value, found: &Value) -> bool {
    const MINUTE: usize = 16;
    let short = |v: &Value| v.as_str().map(|s| s.chars().take(MINUTE).collect::<String>());
    short(&gold["first"]) == short(&found["begin"]) && short(&gold["last"]) == short(&found["end"])
}

/// Whether a case of Recognizers-Text is met.
fn is_right(expected: &[Value], predicted: &[(Span, &Value)], published: Option<&str>) -> bool {
    let mut used = 0;
    let met = expected.iter().all(|e| {
        let number = |k: &str| e[k].as_u64().and_then(|n| usize::try_from(n).ok());
        let (Some(begin), Some(end)) = (number("begin"), number("end")) else { return false };
        let inside: Vec<&Value> = predicted.iter().filter(|(s, _)| overlap(*s, (begin, end)) > 0).map(|(_, t)| *t).collect();
        used += inside.len();
        let kind = e["type"].as_str().and_then(|t| t.rsplit('.').next()).unwrap_or_default();
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return false };
        items(&e["resolution"], "values").any(|value| resolves(kind, value, first, last, inside.len() > 1, published))
    });
    met && used == predicted.len()
}

fn resolves(kind: &str, value: &Value, first: &Value, last: &Value, is_range: bool, published: Option<&str>) -> bool {
    let timex = value["timex"].as_str().unwrap_or_default();
    let day = |v: &Value| v.as_str().and_then(|s| s.get(..DAY)?.parse::<Date>().ok());
    // "between May 2019 and now"
    let now = (is_range && last["value"] == "PRESENT_REF").then(|| published.map_or(Value::Null, Value::from));
    let last = &now.map_or_else(|| last.clone(), |day| json!({"begin": day, "end": day}));
    let (begin, end, last_begins) = (day(&first["begin"]), day(&last["end"]), day(&last["begin"]));
    let found = first["value"].as_str().unwrap_or_default();
    // The length of "(begin,end,length)", or the value itself.
    let expected_length = timex.rsplit(',').next().and_then(|l| length(l.trim_end_matches(')')));
    if expected_length.is_some() && expected_length == length(found) && (begin.is_none() || overlaps(value, begin, end)) {
        return true;
    }
    // A time of day without a day: "TMO", "T09".
    if timex.starts_with('T') {
        return found.find('T').is_some_and(|at| found[at..].starts_with(timex));
    }
    if matches!(kind, "duration" | "set") || timex.ends_with("_REF") || value["value"] == "not resolved" {
        return same(&value["timex"], &first["value"]) || timex.get(2..).is_some_and(|rest| first["value"] == rest);
    }
    if fits(timex, found) && (begin.is_none() || overlaps(value, begin, end)) {
        return true;
    }
    if kind == "date" || kind == "datetime" {
        let wanted = day(&value["value"]);
        // "in two years" is told by the year.
        let coarser = !found.is_empty() && !found.contains('X') && timex.starts_with(found);
        return wanted.is_some() && (coarser || (begin == wanted && end == wanted));
    }
    let (start, stop) = (day(&value["start"]), day(&value["end"]));
    let ends = |stop: Date| end == Some(stop) || end == stop.yesterday().ok() || (is_range && last_begins == Some(stop));
    (start.is_some() || stop.is_some()) && (start.is_none() || begin == start) && stop.is_none_or(ends)
}

/// A TIMEX3 length in months and seconds: `P1.5Y`, `P3Q`, `PT1H30M`.
fn length(value: &str) -> Option<(i64, i64)> {
    const DAY: f64 = 86_400.0;
    let mut rest = value.strip_prefix('P')?;
    let (mut months, mut seconds, mut clock) = (0.0, 0.0, false);
    while !rest.is_empty() {
        if let Some(behind) = rest.strip_prefix('T') {
            (rest, clock) = (behind, true);
            continue;
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        let unit = &rest[digits..digits + rest[digits..].find(|c: char| c.is_ascii_digit() || c == 'T').unwrap_or(rest.len() - digits)];
        rest = &rest[digits + unit.len()..];
        match (unit, clock) {
            ("Y", _) => months += number * 12.0,
            ("DE", _) => months += number * 120.0,
            ("CE", _) => months += number * 1200.0,
            ("Q", _) => months += number * 3.0,
            ("M", false) => months += number,
            ("W", _) => seconds += number * 7.0 * DAY,
            ("D", _) => seconds += number * DAY,
            ("H", _) => seconds += number * 3600.0,
            ("M", true) => seconds += number * 60.0,
            ("S", _) => seconds += number,
            _ => return None,
        }
    }
    Some((months as i64, seconds as i64))
}

/// Whether a value is an expected one, of which `X` stands for anything.
fn fits(expected: &str, found: &str) -> bool {
    expected.len() == found.len() && expected.chars().zip(found.chars()).all(|(e, f)| e == f || e == 'X')
}

/// Whether days meet those of a resolution.
fn overlaps(value: &Value, begin: Option<Date>, end: Option<Date>) -> bool {
    let day = |k: &str| value[k].as_str().and_then(|s| s.get(..DAY)?.parse::<Date>().ok());
    let (start, stop) = (day("start").or_else(|| day("value")), day("end").or_else(|| day("value")));
    end.zip(start).is_none_or(|(e, s)| e >= s) && begin.zip(stop).is_none_or(|(b, s)| b <= s)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures in thousandths.
    fn figures(gold: &str, record: &str) -> BTreeMap<String, i64> {
        let figures = score(&documents(gold), &Records::read([record]));
        figures.0.iter().map(|f| (f.name.clone(), (f.value() * 1000.0).round() as i64)).collect()
    }

    const GOLD: &str = r#"{"id":"a","dct":"2024-08-15","text":"Éva left on Friday, not in May 2023.","timex":[
        {"tid":"t1","begin":12,"end":18,"type":"DATE","value":"2024-08-09","first":"2024-08-09","last":"2024-08-09","anchor":"publication"},
        {"tid":"t2","begin":27,"end":35,"type":"DATE","value":"2023-05","first":"2023-05-01","last":"2023-05-31","anchor":null}]}"#;

    #[test]
    fn spans_values_days_and_anchors() {
        let gold = GOLD.replace('\n', " ");
        let record = r#"{"report":{"source_id":"a"},"times":[
            {"id":"x","span":[9,19],"type":"DATE","value":"2024-08-09","begin":"2024-08-09","end":"2024-08-09","anchor":"publication"},
            {"id":"y","span":[27,30],"type":"DATE","value":"2024-05","begin":"2024-05-01","end":"2024-05-31","anchor":"publication"}]}"#;
        let found = figures(&gold, &record.replace('\n', " "));
        let of = |name: &str| found[name];
        assert_eq!((of("strict"), of("relaxed"), of("type")), (0, 1000, 1000));
        assert_eq!((of("value"), of("days"), of("anchor")), (500, 500, 500));
        assert_eq!(of("value_accuracy_on_matched"), 500);
    }

    #[test]
    fn a_missing_record_is_a_miss() {
        assert_eq!(figures(&GOLD.replace('\n', " "), "{}")["relaxed"], 0);
    }

    #[test]
    fn lengths_are_compared_by_what_they_are() {
        assert_eq!(length("P3Q"), length("P9M"));
        assert_eq!(length("PT1.5H"), length("PT1H30M"));
        assert_eq!(length("P1DE"), length("P10Y"));
        assert_ne!(length("P1M"), length("PT1M"));
        assert_eq!((length("PXM"), length("2024"), length("P"), length("P1")), (None, None, Some((0, 0)), None));
    }

    #[test]
    fn cases_are_met_by_days_or_values() {
        let case = r#"{"id":"c","model":"DateTimeModel","reference":"2018-10-24T00:00:00","text":"It ran Nov 18-Dec 19, 2015","results":[
            {"begin":7,"end":26,"type":"datetimeV2.daterange","resolution":{"values":[{"timex":"(2015-11-18,2015-12-19,P31D)","start":"2015-11-18","end":"2015-12-19"}]}}]}"#;
        let record = r#"{"report":{"source_id":"c"},"times":[{"span":[7,13],"begin":"2015-11-18","end":"2015-11-18"},{"span":[14,26],"begin":"2015-12-19","end":"2015-12-19"}]}"#;
        let case = case.replace('\n', " ");
        assert_eq!(figures(&case, record)["cases_right"], 1000);
        assert_eq!(figures(&case, &record.replace("2015-12-19", "2016-12-19"))["cases_right"], 0);
        assert_eq!(figures(&case, r#"{"report":{"source_id":"c"},"times":[]}"#)["cases_right"], 0);
    }
}
