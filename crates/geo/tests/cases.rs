//! Sentences with the places that they name.

mod common;

use common::places;
use dragoman_lexicon::Table;

/// The places of a sentence as the table writes them.
fn written(sentence: &str) -> String {
    let places = places(sentence);
    let one = |p: &dragoman_doc::PlaceRef| {
        let country = p.place.best().map_or("?".to_owned(), |b| b.country.map_or("-".to_owned(), |c| c.to_string()));
        let place = format!("{}@{country}", p.span.of(sentence));
        if p.locative { place } else { format!("({place})") }
    };
    let found: Vec<String> = places.iter().map(one).collect();
    if found.is_empty() { "none".to_owned() } else { found.join(" ") }
}

/// Compares a table's second column with what is found in the sentences of the first; all that differ are listed.
fn check(name: &str, text: &str, columns: &[&str], found: impl Fn(&str) -> String) {
    let table = Table::parse(name, text, columns).expect("the table is sound");
    assert_eq!(table.order_faults(), []);
    let wrong: Vec<String> = table
        .rows()
        .iter()
        .map(|r| (r.text(0), r.text(1), found(r.text(0))))
        .filter(|(_, expected, found)| expected != found)
        .map(|(sentence, expected, found)| format!("{sentence}\n  expected {expected}\n  found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), table.rows().len(), wrong.join("\n"));
}

#[test]
fn sentences_name_their_places() {
    check("cases.tsv", include_str!("cases.tsv"), &["sentence", "places"], written);
}

#[test]
fn a_report_lends_its_sense_to_a_bare_name() {
    let text = "A man was shot in Paris, Texas, on Monday. Police in Paris said that they had no suspect.";
    let countries: Vec<String> = places(text).iter().filter_map(|p| p.place.best()?.country).map(|c| c.to_string()).collect();
    assert_eq!(countries, ["USA", "USA", "USA"]);
}

#[test]
fn a_dateline_is_a_place() {
    let found = places("BAGHDAD, March 4 (Newsline) - The council met on Sunday.");
    assert_eq!(found.iter().next().and_then(|p| p.place.best()).map(|p| p.name.as_str()), Some("Baghdad"));
}

#[test]
fn an_agency_in_a_dateline_is_no_place() {
    let found = places("PORT SUDAN, Nov. 18, 2025 (Meridian) - The market was closed on Monday.");
    let named: Vec<_> = found.iter().filter_map(|p| p.place.best()).map(|p| p.name.as_str()).collect();
    assert_eq!(named, ["Port Sudan"]);
}

#[test]
fn what_was_not_chosen_is_kept() {
    let found = places("The storm reached Springfield in the evening. People in Springfield lost power.");
    let place = &found.iter().next().expect("one place").place;
    assert!((1..=5).contains(&place.others().len()));
    assert!(place.best().unwrap().score < dragoman_doc::Score::ONE);
}

/// A place told by another, as the table writes it: words, bearing, kilometres, point and precision.
fn told(sentence: &str) -> String {
    let places = places(sentence);
    let one = |r: &dragoman_doc::Relative| {
        let number = |n: Option<f64>| n.map_or("-".to_owned(), |n| format!("{n:.0}"));
        let (bearing, kilometres) = (number(r.bearing), number(r.kilometres));
        format!("{} | {bearing} | {kilometres} | {:.1} {:.1} | {}", r.span.of(sentence), r.latitude, r.longitude, r.precision.word())
    };
    let found: Vec<String> = places.iter().filter_map(|p| p.relative.as_ref()).map(one).collect();
    if found.is_empty() { "none".to_owned() } else { found.join(" ; ") }
}

#[test]
fn sentences_tell_places_by_others() {
    check("relative.tsv", include_str!("relative.tsv"), &["sentence", "told"], told);
}
