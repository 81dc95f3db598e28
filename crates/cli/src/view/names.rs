//! How the things of a report are called on the page.

use dragoman_codebook::{Comparison, Sector};
use dragoman_doc::{
    ActorCode, ClaimValue, EntityId, EventTime, Evidence, Moment, PartialDate, Participant, Place, PlaceId, Quantity, StatementId, TimeId,
};
use dragoman_engine::Reading;

use super::ink::{FAINT, PLAIN, Text, WHO};

/// An entity with its codes: "Zoraï (IRQ GOV)".
pub(crate) fn entity(reading: &Reading, id: EntityId) -> Text {
    let entity = &reading.entities[id];
    let codes = entity.actor.best().map(codes).filter(|c| !c.is_empty());
    let codes = codes.map_or_else(Text::new, |c| Text::of(&format!(" ({c})"), FAINT));
    Text::of(&entity.name, WHO).and(codes)
}

fn codes(code: &ActorCode) -> String {
    let country = code.country.map(|c| c.code().to_owned());
    let sector = code.sector.map(Sector::word).map(str::to_owned);
    [country, sector, code.label.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Participants by name, else by their words.
pub(crate) fn participants(reading: &Reading, all: &[Participant]) -> Text {
    let name = |p: &Participant| match p.entity {
        Some(id) => entity(reading, id),
        None => Text::of(p.span.of(&reading.document.text), WHO),
    };
    Text::joined(all.iter().map(name), ", ")
}

/// Who speaks, by name where that is known.
pub(crate) fn speaker(reading: &Reading, id: StatementId) -> Text {
    match &reading.statements[id].speaker {
        None => Text::of("unnamed source", FAINT),
        Some(speaker) => match speaker.entity {
            Some(id) => entity(reading, id),
            None => Text::of(&words(reading, &speaker.evidence), WHO),
        },
    }
}

/// The words of evidence, the gaps left out.
pub(crate) fn words(reading: &Reading, evidence: &Evidence) -> String {
    let texts: Vec<&str> = evidence.spans().map(|s| s.of(&reading.document.text)).collect();
    texts.join(" … ")
}

/// A place by its name in the gazetteer, else by its words.
pub(crate) fn place(reading: &Reading, id: PlaceId) -> Text {
    let mention = &reading.places[id];
    match mention.place.best() {
        Some(place) => Text::of(&place_name(place), PLAIN),
        None => Text::of(mention.span.of(&reading.document.text), PLAIN).with(" (not located)", FAINT),
    }
}

/// Name, division and country.
pub(crate) fn place_name(place: &Place) -> String {
    let country = place.country.map(|c| c.code().to_owned());
    let division = place.admin1.clone().filter(|a| *a != place.name);
    [Some(place.name.clone()), division, country].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The days of a time expression, else its words.
pub(crate) fn time(reading: &Reading, id: TimeId) -> Text {
    let time = &reading.times[id];
    let known = days(time.begin(), time.end());
    Text::of(known.as_deref().unwrap_or(time.span.of(&reading.document.text)), PLAIN)
}

/// The beginning of a time expression, at its grain: "2014", not "from 2014-01-01".
pub(crate) fn since(reading: &Reading, id: TimeId) -> Text {
    let time = &reading.times[id];
    let whole = time.value.parse::<PartialDate>().ok().map(|d| d.to_string());
    let first = whole.or_else(|| time.begin().map(moment));
    Text::of(first.as_deref().unwrap_or(time.span.of(&reading.document.text)), PLAIN)
}

/// The days of an event.
pub(crate) fn event_time(reading: &Reading, time: EventTime) -> Text {
    let (dragoman_doc::TimeBasis::Expression(basis) | dragoman_doc::TimeBasis::Sentence(basis)) = time.basis;
    let said = format!(" (“{}”)", reading.times[basis].span.of(&reading.document.text));
    let days = days(time.begin, time.end).unwrap_or_else(|| "not fixed".to_owned());
    Text::of(&days, PLAIN).with(&said, FAINT)
}

/// First and last day; `None` where neither is known.
pub(crate) fn days(begin: Option<Moment>, end: Option<Moment>) -> Option<String> {
    match (begin, end) {
        (Some(begin), Some(end)) if begin.date == end.date => Some(moment(if begin.time.is_some() { begin } else { end })),
        (Some(begin), Some(end)) => Some(format!("{} to {}", moment(begin), moment(end))),
        (Some(begin), None) => Some(format!("from {}", moment(begin))),
        (None, Some(end)) => Some(format!("until {}", moment(end))),
        (None, None) => None,
    }
}

fn moment(moment: Moment) -> String {
    match moment.time {
        Some(time) => format!("{} {:02}:{:02}", moment.date, time.hour(), time.minute()),
        None => moment.date.to_string(),
    }
}

/// A quantity with its bound and what it counts: "at least 12 killed".
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let of = quantity.of.map(|of| of.word().to_owned()).or_else(|| quantity.unit.clone());
    let bounded = bounded(quantity.comparison, quantity.value, quantity.low, quantity.high);
    let replaced = quantity.superseded_by.map(|_| "(superseded)".to_owned());
    [Some(bounded), of, replaced].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn bounded(comparison: Comparison, value: Option<f64>, low: Option<f64>, high: Option<f64>) -> String {
    let one = value.or(low).or(high).map_or_else(|| "?".to_owned(), number);
    match comparison {
        Comparison::Exactly => one,
        Comparison::About => format!("about {one}"),
        Comparison::AtLeast => format!("at least {one}"),
        Comparison::AtMost => format!("at most {one}"),
        Comparison::Between => range(low, high).unwrap_or(one),
    }
}

fn range(low: Option<f64>, high: Option<f64>) -> Option<String> {
    Some(format!("{} to {}", number(low?), number(high?)))
}

/// A claim's value: words, or a number within its bounds.
pub(crate) fn claim(value: &ClaimValue) -> String {
    match value {
        ClaimValue::Words(words) => words.clone(),
        ClaimValue::Number { low: Some(low), high: None, .. } => format!("{} or more", number(*low)),
        ClaimValue::Number { low: None, high: Some(high), .. } => format!("{} or fewer", number(*high)),
        ClaimValue::Number { value: Some(value), .. } => number(*value),
        ClaimValue::Number { value: None, low, high } => range(*low, *high).unwrap_or_else(|| "a number".to_owned()),
    }
}

/// A number with its thousands set apart: 2,500.
pub(crate) fn number(value: f64) -> String {
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    format!("{sign}{grouped}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        let shown = [0.0, 12.0, 2500.0, 1_234_567.5, -1000.0].map(number);
        assert_eq!(shown, ["0", "12", "2,500", "1,234,567.5", "-1,000"]);
    }

    #[test]
    fn bounds_are_told() {
        let value = |value, low, high| claim(&ClaimValue::Number { value, low, high });
        assert_eq!(value(Some(12.0), Some(12.0), None), "12 or more");
        assert_eq!(value(Some(12.0), Some(12.0), Some(12.0)), "12");
        assert_eq!(value(None, Some(10.0), Some(12.0)), "10 to 12");
    }
}
