//! What the report as a whole, and the words around a name, say of the places that it may mean.

use std::collections::BTreeMap;

use dragoman_codebook::Country;
use dragoman_lexicon::FeatureClass;

use crate::features::NEAR_KM;
use crate::gazetteer::{Candidate, Kind};

/// Meanings of another name that are weighed.
const WITNESS_SENSES: usize = 30;
/// Most names that speak for others near them, which bounds the work on long reports.
const MAX_WITNESSES: usize = 40;
/// Mean radius of the earth in kilometres.
const EARTH_KM: f64 = 6_371.0;
/// Counts are divided by their sum and this much more, so that one mention alone does not decide.
const DOUBT: f64 = 1.0;
/// Places farther apart than this, in kilometres, say nothing of each other.
#[cfg(test)]
const FARTHEST_KM: f64 = 2_500.0;
/// The cosine of the angle of [`FARTHEST_KM`].
const FARTHEST_COSINE: f64 = 0.923_993;
/// A meaning less likely than this does not count as what a name likely means.
const MIN_BELIEF: f64 = 0.02;

/// What the report as a whole speaks of.
#[derive(Debug, Default)]
pub(crate) struct Context {
    countries: BTreeMap<Country, f64>,
    named_countries: Vec<Country>,
    divisions: BTreeMap<(Country, String), f64>,
    named_divisions: Vec<(Country, String)>,
    witnesses: Vec<Witness>,
    dateline: Option<(Option<Country>, Option<String>)>,
    outlet: Option<Country>,
}

/// Another name of the report and where what it may mean lies.
#[derive(Debug)]
pub(crate) struct Witness {
    name: String,
    senses: Vec<Sense>,
    /// Places that bear the name, whether or not they are among the senses.
    borne_by: usize,
    /// Sentences that it stands in, in order.
    sentences: Vec<usize>,
}

/// A place that another name may mean.
#[derive(Debug)]
struct Sense {
    /// Its direction from the middle of the earth.
    unit: [f64; 3],
    belief: f64,
    country: Option<Country>,
    admin1: Option<String>,
}

/// What the report's other names say of a candidate.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Votes {
    /// Sums of nearness at each scale of [`NEAR_KM`], each name by what it likely means.
    pub(crate) near: [f64; NEAR_KM.len()],
    /// The same by whatever a name can mean, the less the more places bear it.
    pub(crate) possible: [f64; NEAR_KM.len()],
    /// The nearest of the names that stand in one sentence with it, at the middle scale.
    pub(crate) sentence: f64,
    /// The share of the names that likely lie in its country.
    pub(crate) country: f64,
    /// The share of the names that likely lie in its first-level division.
    pub(crate) division: f64,
}

impl Context {
    /// Counts a country that is named or whose people are.
    pub(crate) fn add_country(&mut self, country: Country, times: f64) {
        *self.countries.entry(country).or_default() += times;
    }

    /// The report names the country itself.
    pub(crate) fn name_country(&mut self, country: Country) {
        if !self.named_countries.contains(&country) {
            self.named_countries.push(country);
        }
    }

    /// Counts a first-level division; `named` where its own name stands in the report.
    pub(crate) fn add_division(&mut self, country: Country, division: &str, times: f64, named: bool) {
        *self.divisions.entry((country, division.to_owned())).or_default() += times;
        if named && !self.names(country, division) {
            self.named_divisions.push((country, division.to_owned()));
        }
    }

    fn names(&self, country: Country, division: &str) -> bool {
        self.named_divisions.iter().any(|(c, d)| *c == country && d == division)
    }

    /// The country of the outlet that published the report.
    pub(crate) fn set_outlet(&mut self, country: Option<Country>) {
        self.outlet = country;
    }

    /// Whether the candidate lies in the outlet's country.
    pub(crate) fn outlet_meets(&self, candidate: &Candidate) -> bool {
        self.outlet.is_some() && self.outlet == candidate.country
    }

    /// The report comes from here.
    pub(crate) fn set_dateline(&mut self, place: &Candidate) {
        self.dateline.get_or_insert((place.country, place.admin1.clone()));
    }

    /// Adds what another name of the report may mean, each with its share of belief, and the sentences that it stands in.
    pub(crate) fn add_witness(&mut self, name: &str, senses: &[Rated], sentences: &[usize]) {
        if self.witnesses.len() >= MAX_WITNESSES {
            return;
        }
        let borne_by = senses.len();
        let senses = senses.iter().take(WITNESS_SENSES).map(|r| Sense {
            unit: unit(&r.candidate),
            belief: r.confidence,
            country: r.candidate.country,
            admin1: r.candidate.admin1.clone(),
        });
        self.witnesses.push(Witness { name: name.to_owned(), senses: senses.collect(), borne_by, sentences: sentences.to_vec() });
    }

    /// The witnesses are heard anew.
    pub(crate) fn forget_witnesses(&mut self) {
        self.witnesses.clear();
    }

    /// The share of the report's countries that is this one.
    pub(crate) fn country_share(&self, country: Option<Country>) -> f64 {
        let sum: f64 = self.countries.values().sum();
        country.and_then(|c| self.countries.get(&c)).map_or(0.0, |n| n / (sum + DOUBT))
    }

    /// Whether the report names the country itself.
    pub(crate) fn names_country(&self, country: Option<Country>) -> bool {
        country.is_some_and(|c| self.named_countries.contains(&c))
    }

    /// The share of the report's divisions that is the candidate's.
    pub(crate) fn division_share(&self, candidate: &Candidate) -> f64 {
        let (Some(country), Some(division)) = (candidate.country, &candidate.admin1) else { return 0.0 };
        let sum: f64 = self.divisions.values().sum();
        self.divisions.get(&(country, division.clone())).map_or(0.0, |n| n / (sum + DOUBT))
    }

    /// Whether the report names the candidate's first-level division.
    pub(crate) fn names_division(&self, candidate: &Candidate) -> bool {
        candidate.country.zip(candidate.admin1.as_ref()).is_some_and(|(c, d)| self.names(c, d))
    }

    /// Whether the candidate lies in the country and in the division that the report comes from.
    pub(crate) fn dateline_meets(&self, candidate: &Candidate) -> (bool, bool) {
        let Some((country, division)) = &self.dateline else { return (false, false) };
        let same = country.is_some() && *country == candidate.country;
        (same, same && division.is_some() && *division == candidate.admin1)
    }

    /// The names other than this one, which is no witness for itself, with whether they stand in one sentence with it.
    pub(crate) fn others<'c>(&'c self, name: &str) -> Vec<(&'c Witness, bool)> {
        let own = self.witnesses.iter().find(|w| w.name == name).map_or(&[][..], |w| &w.sentences);
        let beside = |w: &Witness| own.iter().any(|s| w.sentences.binary_search(s).is_ok());
        self.witnesses.iter().filter(|w| w.name != name).map(|w| (w, beside(w))).collect()
    }
}

/// What other names say of a candidate.
pub(crate) fn votes(others: &[(&Witness, bool)], candidate: &Candidate) -> Votes {
    let at = unit(candidate);
    let mut votes = Votes::default();
    for (witness, beside) in others {
        let (near, country, division) = witness.near(at, candidate);
        let possible = witness.possible(at);
        let weight = 1.0 / (witness.borne_by.max(1) as f64);
        for scale in 0..NEAR_KM.len() {
            votes.near[scale] += near[scale];
            votes.possible[scale] += possible[scale] * weight;
        }
        if *beside {
            votes.sentence = votes.sentence.max(near[1]);
        }
        votes.country += country;
        votes.division += division;
    }
    if !others.is_empty() {
        votes.country /= others.len() as f64;
        votes.division /= others.len() as f64;
    }
    votes
}

impl Witness {
    /// How near what it likely means lies at each scale, and how likely it lies in the candidate's country and division.
    fn near(&self, at: [f64; 3], candidate: &Candidate) -> ([f64; NEAR_KM.len()], f64, f64) {
        let mut best = [0.0f64; NEAR_KM.len()];
        let (mut country, mut division) = (0.0, 0.0);
        for sense in &self.senses {
            if sense.country.is_some() && sense.country == candidate.country {
                country += sense.belief;
                if sense.admin1.is_some() && sense.admin1 == candidate.admin1 {
                    division += sense.belief;
                }
            }
            if sense.belief > MIN_BELIEF
                && let Some(km) = distance(at, sense.unit)
            {
                best.iter_mut().zip(NEAR_KM).for_each(|(slot, scale)| *slot = slot.max(sense.belief * (-km / scale).exp()));
            }
        }
        (best, country, division)
    }

    /// How near any of its meanings lies at each scale.
    fn possible(&self, at: [f64; 3]) -> [f64; NEAR_KM.len()] {
        let nearest = self.senses.iter().filter_map(|s| distance(at, s.unit)).min_by(f64::total_cmp);
        nearest.map_or([0.0; NEAR_KM.len()], |km| NEAR_KM.map(|scale| (-km / scale).exp()))
    }
}

/// The distance of two directions in kilometres, if it is less than [`FARTHEST_KM`].
fn distance(a: [f64; 3], b: [f64; 3]) -> Option<f64> {
    let cosine = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    // cos(FARTHEST_KM / EARTH_KM), which spares most pairs the arc cosine.
    (cosine > FARTHEST_COSINE).then(|| EARTH_KM * cosine.min(1.0).acos())
}

/// The candidate's direction from the middle of the earth.
fn unit(candidate: &Candidate) -> [f64; 3] {
    let (latitude, longitude) = (candidate.latitude.to_radians(), candidate.longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
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

/// A candidate with the probability that the ranker gives it.
#[derive(Debug, Clone)]
pub(crate) struct Rated {
    pub(crate) candidate: Candidate,
    pub(crate) confidence: f64,
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

/// Whether the candidate is of the kind asked for.
pub(crate) fn is_asked_for(candidate: &Candidate, feature: FeatureClass) -> bool {
    match feature {
        FeatureClass::Admin1 => candidate.kind == Kind::Admin1,
        FeatureClass::Admin2 => candidate.kind == Kind::Admin2,
        FeatureClass::Town => candidate.kind.is_town(),
        FeatureClass::Airport | FeatureClass::Site | FeatureClass::Region => candidate.kind == Kind::Site,
        FeatureClass::Any => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let at = |latitude: f64, longitude: f64| {
            let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
            [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
        };
        let (baghdad, mosul) = (at(33.34, 44.40), at(36.34, 43.12));
        assert!((distance(baghdad, mosul).unwrap() - 354.0).abs() < 5.0);
        assert!(distance(baghdad, baghdad).unwrap() < 1e-3);
        assert_eq!(distance(at(0.0, 0.0), at(0.0, 180.0)), None);
        assert!(((FARTHEST_KM / EARTH_KM).cos() - FARTHEST_COSINE).abs() < 1e-6);
    }
}
