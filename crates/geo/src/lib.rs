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
mod fold;
mod format;
mod gazetteer;
mod mentions;
mod ranking;
mod resolve;
mod towns;
mod unlisted;
mod usage;

pub use gazetteer::Gazetteer;
pub use resolve::resolve_places;
pub use towns::GazetteerError;
