//! Places: whether a report's toponyms are recognised, and whether they are put where they are.
//!
//! Gold: JSON lines with `toponyms` (LGL, TR-News, GeoVirus, GeoWebNews): `begin`, `end`, and where they are resolved `lat`, `lon` and `country`.
//!
//! * `recognition`: spans that overlap, one to one.
//! * `end_to_end161`: a true positive overlaps and its point lies within 161 km (100 miles); gold without coordinates, and predictions
//!   on it, are passed over.
//! * `acc161_matched`, `acc161_all`: the share of gold places that are put within 161 km, of those recognised and of all.
//! * `mean_km`, `median_km`, `auc`: the error of recognised places; `auc` is the area under ln(1 + km) / ln(1 + 20039) of the sorted errors.
//! * `country`: of recognised places whose gold names a country, the share in the right one.
//!
//! GeoWebNews marks what kind of toponym each is: literal ones with coordinates count, demonyms, languages and homonyms are errors where
//! they are predicted, everything else is passed over.

use std::collections::HashMap;
use std::sync::LazyLock;

use dragoman_lexicon::{PLACE_FILES, Places};
use serde_json::{Value, json};

use crate::figures::{Figure, Figures, Kind, Sums, Tally, counted, ratio};
use crate::records::{Records, items, rows, span};
use crate::text::{Span, Text, overlap, pairs};

/// Half of the earth's girth in kilometres: the error of a place without coordinates.
const FAR: f64 = 20_039.0;
/// 100 miles in kilometres.
const RIGHT_KM: f64 = 161.0;
/// Mean radius of the earth in kilometres.
const EARTH_KM: f64 = 6_371.008_8;
/// Kinds of toponym in GeoWebNews that count.
const LITERAL: [&str; 5] = ["Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"];
/// Kinds of toponym in GeoWebNews that are no places.
const ERRORS: [&str; 4] = ["Demonym", "Language", "Homonym", "Non_Toponym"];

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    text: Text,
    /// Toponyms that count.
    gold: Vec<Toponym>,
    /// Spans on which a prediction is passed over.
    passed: Vec<Span>,
}

#[derive(Debug, Clone)]
struct Toponym {
    span: Span,
    point: Option<(f64, f64)>,
    country: Option<String>,
}

/// What becomes of an annotation.
enum Role {
    Counts,
    Passed,
    Error,
}

fn role(toponym: &Value) -> Role {
    if toponym["offset_bad"] == true {
        return Role::Passed;
    }
    let Some(kind) = toponym["type"].as_str() else { return Role::Counts };
    if ERRORS.contains(&kind) {
        return Role::Error;
    }
    if toponym["lat"].is_null() || !LITERAL.contains(&kind) { Role::Passed } else { Role::Counts }
}

pub(crate) fn documents(text: &str) -> Vec<Document> {
    rows(text).iter().filter_map(Document::new).collect()
}

impl Document {
    fn new(row: &Value) -> Option<Self> {
        let text = Text::new(row["text"].as_str()?);
        row["toponyms"].as_array()?;
        let mut document = Self { id: row["id"].as_str()?.to_owned(), text, gold: Vec::new(), passed: Vec::new() };
        for toponym in items(row, "toponyms") {
            let Some(at) = span(&json!([toponym["begin"], toponym["end"]])) else { continue };
            match role(toponym) {
                Role::Counts => {
                    let point = toponym["lat"].as_f64().zip(toponym["lon"].as_f64());
                    document.gold.push(Toponym { span: at, point, country: toponym["country"].as_str().map(iso3) });
                }
                Role::Passed => document.passed.push(at),
                Role::Error => {}
            }
        }
        Some(document)
    }

    pub(crate) fn input(&self) -> Value {
        json!({"id": self.id, "text": self.text.string()})
    }
}

/// The ISO 3166-1 alpha-3 code of a country's name or code; what is neither stays as it is, in capitals.
fn iso3(name: &str) -> String {
    static CODES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
        let places = Places::parse(PLACE_FILES).unwrap_or_default();
        let mut codes = HashMap::new();
        for country in &places.countries {
            let iso3 = country.country.to_string();
            let names = [&country.name, &country.iso2, &iso3].into_iter().chain(&country.aliases);
            for name in names {
                codes.entry(name.to_lowercase()).or_insert_with(|| iso3.clone());
            }
        }
        codes
    });
    CODES.get(&name.to_lowercase()).cloned().unwrap_or_else(|| name.to_uppercase())
}

/// Great-circle distance of two points, latitude and longitude in degrees, in kilometres.
pub fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |x: f64| (x.to_radians() / 2.0).sin().powi(2);
    let h = half(b.0 - a.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(b.1 - a.1);
    2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
}

fn point(place: &Value) -> Option<(f64, f64)> {
    let (latitude, longitude) = place["latitude"].as_f64().zip(place["longitude"].as_f64())?;
    (latitude.abs() <= 90.0 && longitude.abs() <= 180.0).then_some((latitude, longitude))
}

pub(crate) fn score(documents: &[Document], records: &Records) -> Figures {
    let names = [
        ("recognition", Kind::Prf),
        ("end_to_end161", Kind::Prf),
        ("acc161_matched", Kind::Ratio),
        ("acc161_all", Kind::Ratio),
        ("mean_km", Kind::Ratio),
        ("country", Kind::Ratio),
        ("country_n", Kind::Count),
    ];
    let mut tally = Tally::new(names.map(|(n, k)| (n.to_owned(), k)));
    let mut errors = Vec::new();
    for document in documents {
        tally.add(sums(document, records, &mut errors));
    }
    let mut figures = tally.figures();
    errors.sort_by(f64::total_cmp);
    figures.0.insert(5, Figure::alone("median_km", median(&errors)));
    figures.0.insert(6, Figure::alone("auc", area(&errors)));
    figures
}

fn sums(document: &Document, records: &Records, errors: &mut Vec<f64>) -> Vec<Sums> {
    let record = records.with_text(&document.id, &document.text.string());
    let predicted: Vec<(Span, &Value)> = items(record, "places").filter_map(|p| Some((span(p)?, p))).collect();
    let weight = |g: &Toponym, p: &(Span, &Value)| {
        let shared = overlap(g.span, p.0) as f64;
        if shared > 0.0 && g.span == p.0 { shared + 1.0 } else { shared }
    };
    let pairs = pairs(&document.gold, &predicted, weight);
    let is_paired = |at: usize| pairs.iter().any(|(_, j)| *j == at);
    let is_passed = |at: usize| document.passed.iter().any(|s| overlap(*s, predicted[at].0) > 0);
    let kept = (0..predicted.len()).filter(|at| is_paired(*at) || !is_passed(*at)).count();
    let (mut points, mut right, mut distance) = (0, 0, 0.0);
    let (mut named, mut named_right) = (0, 0);
    for (i, j) in &pairs {
        let (gold, place) = (&document.gold[*i], predicted[*j].1);
        if let Some(truth) = gold.point {
            let error = point(place).map_or(FAR, |p| km(truth, p));
            points += 1;
            distance += error;
            right += usize::from(error <= RIGHT_KM);
            errors.push(error);
        }
        if let Some(country) = &gold.country {
            named += 1;
            named_right += usize::from(place["country"].as_str().is_some_and(|c| iso3(c) == *country));
        }
    }
    let resolved = document.gold.iter().filter(|g| g.point.is_some()).count();
    let without_point = pairs.iter().filter(|(i, _)| document.gold[*i].point.is_none()).count();
    let of = |a: usize, b: usize| [a as f64, b as f64, 0.0];
    vec![
        counted(pairs.len(), kept, document.gold.len()),
        counted(right, kept - without_point, resolved),
        of(right, points),
        of(right, resolved),
        [distance, points as f64, 0.0],
        of(named_right, named),
        of(named, 0),
    ]
}

fn median(sorted: &[f64]) -> f64 {
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

/// The area under the sorted errors on a scale of logarithms, by trapezia.
fn area(sorted: &[f64]) -> f64 {
    let logs: Vec<f64> = sorted.iter().map(|d| d.ln_1p() / FAR.ln_1p()).collect();
    match logs.as_slice() {
        [] => 0.0,
        [one] => *one,
        _ => ratio(logs.windows(2).map(|w| f64::midpoint(w[0], w[1])).sum(), (logs.len() - 1) as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(gold: &Value, places: &Value) -> Figures {
        let record = json!({"report": {"source_id": "a", "text": gold["text"]}, "places": places}).to_string();
        score(&documents(&gold.to_string()), &Records::read([record.as_str()]))
    }

    fn value(figures: &Figures, name: &str) -> f64 {
        figures.0.iter().find(|f| f.name == name).unwrap().value()
    }

    #[test]
    fn a_place_is_right_within_a_hundred_miles() {
        let gold = json!({"id": "a", "text": "Basra and Hilla and Nowhere",
            "toponyms": [{"begin": 0, "end": 5, "lat": 30.5, "lon": 47.8, "country": "IQ"}, {"begin": 10, "end": 15, "lat": 32.5, "lon": 44.4, "country": "Iraq"}, {"begin": 20, "end": 27}]});
        let places = json!([{"span": [0, 5], "latitude": 30.6, "longitude": 47.7, "country": "IRQ"}, {"span": [10, 15], "latitude": 40.0, "longitude": 44.4, "country": "TUR"}, {"span": [20, 27]}]);
        let all = figures(&gold, &places);
        assert!((value(&all, "recognition") - 1.0).abs() < 1e-9);
        assert!((value(&all, "end_to_end161") - 0.5).abs() < 1e-9, "what gold does not resolve is passed over");
        assert!((value(&all, "country") - 0.5).abs() < 1e-9);
        assert!((value(&all, "median_km") - value(&all, "mean_km")).abs() < 1e-9);
    }

    #[test]
    fn a_demonym_is_an_error_and_an_embedded_noun_is_passed_over() {
        let gold = json!({"id": "a", "text": "Iraqi hotel Basra", "toponyms": [{"begin": 0, "end": 5, "type": "Demonym", "lat": 33, "lon": 44}, {"begin": 6, "end": 11, "type": "Embedded_Non_Lit", "lat": 33, "lon": 44}, {"begin": 12, "end": 17, "type": "Literal", "lat": 30.5, "lon": 47.8}]});
        let places = json!([{"span": [0, 5]}, {"span": [6, 11]}, {"span": [12, 17], "latitude": 30.5, "longitude": 47.8}]);
        let all = figures(&gold, &places);
        assert!((value(&all, "recognition") - 2.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn the_area_is_that_of_trapezia() {
        assert!((area(&[0.0, 0.0]) - 0.0).abs() < 1e-12);
        assert!((area(&[0.0, FAR]) - 0.5).abs() < 1e-12);
        assert!((area(&[FAR]) - 1.0).abs() < 1e-12);
    }
}
