//! What speaks for a place that bears a name: named terms, each a number of about 0 to 1, that the ranker weighs.

use crate::context::{Context, Hints, Witness, holds, is_asked_for, votes};
use crate::gazetteer::{Candidate, Kind};

/// Defines the features in the order of their written names.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// A term of a candidate's score.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Feature { $($(#[$doc])* $name),+ }

        impl Feature {
            /// All features.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The written name.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

features! {
    /// It bears the name only among others.
    Alternate = "alternate",
    /// The words say that the other name lies in it ("Texas" of "Paris, Texas").
    Around = "around",
    /// A demonym before the name names its country.
    Demonym = "demonym",
    /// Its country is named in the report.
    CountryNamed = "country_named",
    /// The share of the report's countries that is its own.
    CountryShare = "country_share",
    /// Its country is the dateline's.
    DatelineCountry = "dateline_country",
    /// Its first-level division is the dateline's.
    DatelineDivision = "dateline_division",
    /// Its first-level division is named in the report.
    DivisionNamed = "division_named",
    /// The share of the report's divisions that is its own.
    DivisionShare = "division_share",
    /// The word beside the name asks for this kind of place.
    Head = "head",
    /// The word beside the name asks for another kind of place.
    HeadOther = "head_other",
    /// It is the largest that bears the name.
    Largest = "largest",
    /// How far the others that bear the name outgrow it.
    Outgrown = "outgrown",
    /// A first-level division.
    IsAdmin1 = "is_admin1",
    /// A second-level division.
    IsAdmin2 = "is_admin2",
    /// A national capital.
    IsCapital = "is_capital",
    /// A country.
    IsCountry = "is_country",
    /// A part of a town.
    IsQuarter = "is_quarter",
    /// A seat of a first-level division.
    IsSeat = "is_seat",
    /// A site of the reviewed table.
    IsSite = "is_site",
    /// The share of the report's other names that likely lie in its country.
    CountryVotes = "country_votes",
    /// No other name of the report likely lies in its country.
    CountryAlien = "country_alien",
    /// The share of the report's other names that likely lie in its first-level division.
    DivisionVotes = "division_votes",
    /// None of the candidates: the gazetteer does not hold the place that is meant.
    Nil = "nil",
    /// A country bears the name, and this is neither one nor a first-level division.
    NotTheCountry = "not_the_country",
    /// Likely places of the report's other names lie within tens of kilometres.
    Near = "near",
    /// They lie within some hundred kilometres.
    NearRegion = "near_region",
    /// They lie within a thousand kilometres.
    NearFar = "near_far",
    /// No other name's likely place lies within some hundred kilometres.
    NearNone = "near_none",
    /// The logarithm of [`Feature::Near`].
    NearLog = "near_log",
    /// The logarithm of [`Feature::NearRegion`].
    NearRegionLog = "near_region_log",
    /// The logarithm of [`Feature::Possible`].
    PossibleLog = "possible_log",
    /// The other names can mean places within tens of kilometres.
    Possible = "possible",
    /// They can mean places within some hundred kilometres.
    PossibleRegion = "possible_region",
    /// A name of the same sentence likely lies within some hundred kilometres.
    Sentence = "sentence",
    /// Its country is the outlet's.
    OutletCountry = "outlet_country",
    /// Inhabitants, on a scale of logarithms.
    Size = "size",
    /// Inhabitants of a division, likewise.
    SizeOfDivision = "size_of_division",
    /// The words say that it lies in the other name ("Paris" of "Paris, Texas").
    Within = "within",
}

/// Number of features.
pub(crate) const FEATURES: usize = Feature::ALL.len();
/// The features of one candidate.
pub(crate) type Vector = [f64; FEATURES];

/// Population that counts as 1 on the scale of sizes.
const LARGEST: f64 = 20_000_000.0;
/// Logarithm of a ratio of populations that counts as 1.
const RATIO: f64 = 5.0;
/// Feature code of a first-level seat.
const SEAT: &str = "PPLA";
/// Distances at which nearness has fallen to 1/e, in kilometres.
pub(crate) const NEAR_KM: [f64; 3] = [40.0, 200.0, 800.0];
/// Nearness of many names counts no more than that of this many.
const MAX_NEARNESS: f64 = 3.0;

/// Sums of votes below this count as none.
const ALIEN: f64 = 0.05;
/// Added to a sum before its logarithm is taken.
const LOG_FLOOR: f64 = 0.01;

/// From 0 for nothing to 1 for a sum of 1.
fn scaled_log(sum: f64) -> f64 {
    1.0 - ((sum + LOG_FLOOR).ln() / LOG_FLOOR.ln())
}

/// The features of each candidate of a name.
pub(crate) fn vectors(name: &str, candidates: &[Candidate], hints: &Hints, context: &Context) -> Vec<Vector> {
    let sizes = Sizes::of(candidates);
    let country = candidates.iter().any(|c| c.kind == Kind::Country);
    let others = context.others(name);
    let mut vectors: Vec<Vector> = candidates.iter().enumerate().map(|(at, c)| vector(c, at, &sizes, hints, context, &others)).collect();
    for (vector, candidate) in vectors.iter_mut().zip(candidates).filter(|_| country) {
        let other = !matches!(candidate.kind, Kind::Country | Kind::Admin1);
        vector[Feature::NotTheCountry as usize] = if other { 1.0 } else { 0.0 };
    }
    vectors
}

/// The two largest populations among the candidates that are no countries, divisions or sites.
struct Sizes {
    first: (usize, f64),
    second: f64,
}

fn size(candidate: &Candidate) -> f64 {
    (1.0 + f64::from(candidate.population)).ln()
}

impl Sizes {
    fn of(candidates: &[Candidate]) -> Self {
        let mut sizes = Self { first: (usize::MAX, 0.0), second: 0.0 };
        for (at, candidate) in candidates.iter().enumerate().filter(|(_, c)| c.kind.is_town()) {
            let size = size(candidate);
            if size > sizes.first.1 {
                sizes.second = sizes.first.1;
                sizes.first = (at, size);
            } else if size > sizes.second {
                sizes.second = size;
            }
        }
        sizes
    }
}

fn vector(candidate: &Candidate, at: usize, sizes: &Sizes, hints: &Hints, context: &Context, others: &[(&Witness, bool)]) -> Vector {
    let mut vector = [0.0; FEATURES];
    let mut set = |feature: Feature, value: f64| vector[feature as usize] = value;
    let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
    match candidate.kind {
        Kind::Country => set(Feature::IsCountry, 1.0),
        Kind::Capital => set(Feature::IsCapital, 1.0),
        Kind::Site => set(Feature::IsSite, 1.0),
        Kind::Admin1 => set(Feature::IsAdmin1, 1.0),
        Kind::Admin2 => set(Feature::IsAdmin2, 1.0),
        Kind::Quarter => set(Feature::IsQuarter, 1.0),
        Kind::Town => set(Feature::IsSeat, flag(candidate.feature == SEAT)),
    }
    let logarithm = size(candidate);
    let scaled = logarithm / LARGEST.ln();
    if candidate.kind.is_town() {
        set(Feature::Size, scaled);
        set(Feature::Largest, flag(at == sizes.first.0));
        let other = if at == sizes.first.0 { sizes.second } else { sizes.first.1 };
        set(Feature::Outgrown, ((other - logarithm) / RATIO).clamp(-1.0, 1.0));
    } else if matches!(candidate.kind, Kind::Admin1 | Kind::Admin2) {
        set(Feature::SizeOfDivision, scaled);
    }
    set(Feature::Alternate, flag(candidate.alternate));
    set(Feature::Within, flag(hints.within.iter().any(|outer| holds(outer, candidate))));
    set(Feature::Around, flag(hints.around.iter().any(|inner| holds(candidate, inner))));
    set(Feature::Demonym, flag(hints.country.is_some() && hints.country == candidate.country));
    if let Some(asked) = hints.head {
        let fits = is_asked_for(candidate, asked);
        set(Feature::Head, flag(fits));
        set(Feature::HeadOther, flag(!fits));
    }
    set(Feature::CountryShare, context.country_share(candidate.country));
    set(Feature::CountryNamed, flag(context.names_country(candidate.country)));
    // A division's own name is no witness for it.
    if !matches!(candidate.kind, Kind::Country | Kind::Admin1) {
        set(Feature::DivisionShare, context.division_share(candidate));
        set(Feature::DivisionNamed, flag(context.names_division(candidate)));
    }
    let (country, division) = context.dateline_meets(candidate);
    set(Feature::DatelineCountry, flag(country));
    set(Feature::DatelineDivision, flag(division));
    set(Feature::OutletCountry, flag(context.outlet_meets(candidate)));
    let votes = votes(others, candidate);
    set(Feature::CountryVotes, votes.country);
    set(Feature::CountryAlien, flag(!others.is_empty() && votes.country < ALIEN));
    if candidate.kind != Kind::Country {
        let capped = |sum: f64| sum.min(MAX_NEARNESS) / MAX_NEARNESS;
        set(Feature::DivisionVotes, votes.division);
        set(Feature::Near, capped(votes.near[0]));
        set(Feature::NearRegion, capped(votes.near[1]));
        set(Feature::NearFar, capped(votes.near[2]));
        set(Feature::Possible, capped(votes.possible[0]));
        set(Feature::PossibleRegion, capped(votes.possible[1]));
        set(Feature::Sentence, votes.sentence);
        set(Feature::NearNone, flag(!others.is_empty() && votes.near[1] < ALIEN));
        set(Feature::NearLog, scaled_log(votes.near[0]));
        set(Feature::NearRegionLog, scaled_log(votes.near[1]));
        set(Feature::PossibleLog, scaled_log(votes.possible[0]));
    }
    vector
}
