//! Which of the places that bear a name is meant.
//!
//! A hand-weighted sum of what the report and the gazetteer say; its terms are named so that a learned ranker can take its place.

use std::collections::BTreeMap;

use dragoman_codebook::Country;
use dragoman_lexicon::FeatureClass;

use crate::gazetteer::{Candidate, Kind};

/// Weights of the terms of a candidate's score.
mod weight {
    /// Size, from 0 for a hamlet to 1 for the largest cities.
    pub(super) const SIZE: f64 = 3.0;
    /// Share of the report's countries that is the candidate's.
    pub(super) const COUNTRY: f64 = 3.5;
    /// Share of the report's divisions that is the candidate's.
    pub(super) const DIVISION: f64 = 4.0;
    /// The words say which country or division it lies in.
    pub(super) const WITHIN: f64 = 6.0;
    /// The word beside the name asks for this kind of place.
    pub(super) const HEAD: f64 = 3.0;
    /// Nearness to places of the report that are sure.
    pub(super) const NEAR: f64 = 2.5;
    /// A country is what a country's name means first.
    pub(super) const IS_COUNTRY: f64 = 6.5;
    pub(super) const IS_CAPITAL: f64 = 3.0;
    pub(super) const IS_SITE: f64 = 6.0;
    pub(super) const IS_ADMIN1: f64 = 1.6;
    pub(super) const IS_SEAT: f64 = 0.6;
    pub(super) const IS_ADMIN2: f64 = -1.6;
    pub(super) const IS_QUARTER: f64 = -1.0;
}

/// Population that counts as 1 on the scale of sizes.
const LARGEST: f64 = 20_000_000.0;
/// Distance at which nearness has fallen to 1/e, in kilometres.
const NEAR_KM: f64 = 150.0;
/// Nearness of many names counts no more than that of this many.
const MAX_NEARNESS: f64 = 2.0;
/// Meanings of another name that are weighed.
const WITNESS_SENSES: usize = 5;
/// Mean radius of the earth in kilometres.
const EARTH_KM: f64 = 6_371.0;
/// Feature code of a first-level seat.
const SEAT: &str = "PPLA";
/// What one score must be above another to be e times as likely.
const TEMPERATURE: f64 = 1.0;

/// What the report as a whole speaks of.
#[derive(Debug, Default)]
pub(crate) struct Focus {
    countries: BTreeMap<Country, f64>,
    divisions: BTreeMap<(Country, String), f64>,
    witnesses: Vec<Vec<Rated>>,
}

/// Counts are divided by their sum and this much more, so that one mention alone does not decide.
const DOUBT: f64 = 1.0;

impl Focus {
    /// Counts a country that is named or whose people are.
    pub(crate) fn add_country(&mut self, country: Country, times: f64) {
        *self.countries.entry(country).or_default() += times;
    }

    /// Counts a first-level division that is named.
    pub(crate) fn add_division(&mut self, country: Country, division: &str, times: f64) {
        *self.divisions.entry((country, division.to_owned())).or_default() += times;
    }

    /// Adds what another name of the report may mean.
    pub(crate) fn add_witness(&mut self, ranked: &[Rated]) {
        self.witnesses.push(ranked.iter().take(WITNESS_SENSES).filter(|r| r.candidate.kind != Kind::Country).cloned().collect());
    }

    fn country_share(&self, country: Option<Country>) -> f64 {
        let sum: f64 = self.countries.values().sum();
        country.and_then(|c| self.countries.get(&c)).map_or(0.0, |n| n / (sum + DOUBT))
    }

    fn division_share(&self, candidate: &Candidate) -> f64 {
        let (Some(country), Some(division)) = (candidate.country, &candidate.admin1) else { return 0.0 };
        let sum: f64 = self.divisions.values().sum();
        self.divisions.get(&(country, division.clone())).map_or(0.0, |n| n / (sum + DOUBT))
    }

    /// How near the other names' likely places are, at most [`MAX_NEARNESS`].
    fn nearness(&self, candidate: &Candidate) -> f64 {
        let at = (candidate.latitude, candidate.longitude);
        // A name is no witness for itself.
        let others = self.witnesses.iter().filter(|w| !w.iter().any(|r| r.candidate == *candidate));
        let near = |r: &Rated| r.confidence * (-distance_km(at, (r.candidate.latitude, r.candidate.longitude)) / NEAR_KM).exp();
        others.map(|w| w.iter().map(near).fold(0.0, f64::max)).sum::<f64>().min(MAX_NEARNESS)
    }
}

/// What the words around one mention say of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Hints {
    /// The places that it lies in one of.
    pub(crate) within: Vec<Candidate>,
    /// The places of which one lies in it.
    pub(crate) around: Vec<Candidate>,
    /// The country whose demonym stands before it ("the Syrian city of").
    pub(crate) country: Option<Country>,
    /// The kind of place asked for.
    pub(crate) head: Option<FeatureClass>,
}

impl Hints {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A candidate with the probability that the score gives it.
#[derive(Debug, Clone)]
pub(crate) struct Rated {
    pub(crate) candidate: Candidate,
    pub(crate) confidence: f64,
}

/// The candidates, best first.
pub(crate) fn rank(candidates: &[Candidate], hints: &Hints, focus: &Focus) -> Vec<Rated> {
    let mut scored: Vec<(f64, &Candidate)> = candidates.iter().map(|c| (score(c, hints, focus), c)).collect();
    // Ties keep the order of the gazetteer, which is fixed.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = scored.first().map_or(0.0, |(s, _)| *s);
    let odds: Vec<f64> = scored.iter().map(|(s, _)| ((s - best) / TEMPERATURE).exp()).collect();
    let sum: f64 = odds.iter().sum();
    scored.into_iter().zip(odds).map(|((_, c), odd)| Rated { candidate: c.clone(), confidence: odd / sum }).collect()
}

fn score(candidate: &Candidate, hints: &Hints, focus: &Focus) -> f64 {
    let within = hints.within.iter().any(|outer| holds(outer, candidate))
        || hints.around.iter().any(|inner| holds(candidate, inner))
        || (hints.country.is_some() && hints.country == candidate.country);
    let head = hints.head.is_some_and(|h| is_asked_for(candidate, h));
    kind_prior(candidate)
        + weight::SIZE * (1.0 + f64::from(candidate.population)).ln() / LARGEST.ln()
        + weight::COUNTRY * focus.country_share(candidate.country)
        + weight::DIVISION * focus.division_share(candidate)
        + weight::NEAR * focus.nearness(candidate)
        + if within { weight::WITHIN } else { 0.0 }
        + if head { weight::HEAD } else { 0.0 }
}

fn kind_prior(candidate: &Candidate) -> f64 {
    match candidate.kind {
        Kind::Country => weight::IS_COUNTRY,
        Kind::Capital => weight::IS_CAPITAL,
        Kind::Site => weight::IS_SITE,
        Kind::Admin1 => weight::IS_ADMIN1,
        Kind::Admin2 => weight::IS_ADMIN2,
        Kind::Quarter => weight::IS_QUARTER,
        Kind::Town if candidate.feature == SEAT => weight::IS_SEAT,
        Kind::Town => 0.0,
    }
}

/// Whether the outer place holds the inner one.
pub(crate) fn holds(outer: &Candidate, inner: &Candidate) -> bool {
    if outer.country.is_none() || outer.country != inner.country {
        return false;
    }
    match outer.kind {
        Kind::Country => inner.kind != Kind::Country,
        Kind::Admin1 => outer.admin1 == inner.admin1 && !matches!(inner.kind, Kind::Country | Kind::Admin1),
        _ => false,
    }
}

fn is_asked_for(candidate: &Candidate, feature: FeatureClass) -> bool {
    match feature {
        FeatureClass::Admin1 => candidate.kind == Kind::Admin1,
        FeatureClass::Admin2 => candidate.kind == Kind::Admin2,
        FeatureClass::Town => matches!(candidate.kind, Kind::Town | Kind::Capital | Kind::Quarter),
        FeatureClass::Airport | FeatureClass::Site | FeatureClass::Region => candidate.kind == Kind::Site,
        FeatureClass::Any => false,
    }
}

/// Great-circle distance of two points in degrees.
pub(crate) fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let h = half(lat_b - lat_a) + lat_a.cos() * lat_b.cos() * half((b.1 - a.1).to_radians());
    2.0 * EARTH_KM * h.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let (baghdad, mosul) = ((33.34, 44.40), (36.34, 43.12));
        assert!((distance_km(baghdad, mosul) - 354.0).abs() < 5.0);
        assert!(distance_km(baghdad, baghdad).abs() < 1e-9);
        assert!((distance_km((0.0, 0.0), (0.0, 180.0)) - 20_015.0).abs() < 1.0);
    }
}
