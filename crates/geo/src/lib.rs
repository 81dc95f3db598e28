//! Finds the names of places in a report and says which places they are.
//!
//! A name is taken for a place only where its words are one: "troops in Baghdad" names a place, "Baghdad rejected the offer" its
//! government, "Jack London" a man. What a name means is chosen by what the report says around it and as a whole; what was not
//! chosen stays beside it, and a name that no table holds stays unknown.
//!
//! Towns and divisions come from GeoNames (CC BY 4.0, see `data/places/README.md`), bases, waters and regions from
//! `data/places/sites.tsv`, countries and capitals from `data/actors/countries.tsv`.

#![warn(missing_docs)]

pub mod compile;
mod context;
mod features;
mod fold;
mod format;
mod gazetteer;
pub mod geonames;
mod mentions;
mod ranking;
mod relative;
mod resolve;
mod towns;
mod unlisted;
mod usage;

/// A name as the gazetteer compares it: lower case, without accents, apostrophes and hyphens.
pub fn folded(name: &str) -> String {
    fold::Folded::of(name)
}

pub use gazetteer::Gazetteer;
pub use resolve::{Choice, Example, examples, feature_names, resolve_places};
pub use towns::GazetteerError;
