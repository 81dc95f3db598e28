//! Writes `gazetteer.bin` from entries (see `cargo xtask gazetteer`).

use std::collections::BTreeMap;

use thiserror::Error;

use crate::fold::Folded;
use crate::format::{ALTERNATE, COUNT_BITS, DEGREE, MAGIC, MAX_POSTINGS, Record, VERSION};

/// A place to be kept in the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The name with what may be left off it left off.
    pub aliases: Vec<String>,
    /// Other names: old ones, those of other languages and other transliterations.
    pub alternates: Vec<String>,
    /// ISO 3166-1 alpha-2 country.
    pub country: [u8; 2],
    /// First-level division.
    pub admin1: Option<String>,
    /// GeoNames feature code.
    pub feature: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Inhabitants, 0 where not known.
    pub population: u32,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
}

/// Why no gazetteer could be written.
#[derive(Debug, Error)]
pub enum CompileError {
    /// A table grew beyond what the layout can count.
    #[error("too many {0} for the layout")]
    TooMany(&'static str),
    /// The name index could not be built.
    #[error("name index: {0}")]
    Names(#[from] fst::Error),
}

/// The bytes of a gazetteer of `entries`.
///
/// # Errors
/// If there are more entries than the layout can hold.
pub fn compile(entries: &[Entry]) -> Result<Vec<u8>, CompileError> {
    let mut strings = Strings::default();
    let countries = ranks(entries.iter().map(|e| e.country));
    let features = ranks(entries.iter().map(|e| e.feature.as_str()));
    let divisions = ranks(entries.iter().filter_map(|e| e.admin1.as_deref().map(|a| (e.country, a))));

    let mut records = Vec::with_capacity(entries.len() * Record::SIZE);
    for entry in entries {
        let division = entry.admin1.as_deref().map_or(Ok(0), |a| u16::try_from(divisions[&(entry.country, a)] + 1));
        let record = Record {
            latitude: degrees(entry.latitude),
            longitude: degrees(entry.longitude),
            geonames_id: entry.geonames_id.unwrap_or(0),
            population: entry.population,
            name: strings.offset(&entry.name)?,
            division: division.map_err(|_| CompileError::TooMany("divisions"))?,
            country: u8::try_from(countries[&entry.country]).map_err(|_| CompileError::TooMany("countries"))?,
            feature: u8::try_from(features[entry.feature.as_str()]).map_err(|_| CompileError::TooMany("features"))?,
        };
        record.write(&mut records);
    }
    let offsets = |names: Vec<&str>, strings: &mut Strings| -> Result<Vec<u8>, CompileError> {
        let mut out = Vec::new();
        for name in names {
            out.extend(strings.offset(name)?.to_le_bytes());
        }
        Ok(out)
    };
    let feature_section = offsets(features.keys().copied().collect(), &mut strings)?;
    let division_section = offsets(divisions.keys().map(|(_, a)| *a).collect(), &mut strings)?;
    let (postings, names) = index(entries)?;
    let country_section: Vec<u8> = countries.keys().flatten().copied().collect();
    assemble([&strings.bytes, &country_section, &feature_section, &division_section, &records, &postings, &names])
}

/// Each value with its rank among all.
fn ranks<T: Ord>(values: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut ranks: BTreeMap<T, usize> = values.map(|v| (v, 0)).collect();
    ranks.values_mut().enumerate().for_each(|(rank, slot)| *slot = rank);
    ranks
}

fn degrees(value: f64) -> i32 {
    (value.clamp(-180.0, 180.0) * DEGREE).round() as i32
}

/// Strings, each with its length before it, none twice.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    known: BTreeMap<String, u32>,
}

impl Strings {
    fn offset(&mut self, text: &str) -> Result<u32, CompileError> {
        if let Some(offset) = self.known.get(text) {
            return Ok(*offset);
        }
        let offset = u32::try_from(self.bytes.len()).map_err(|_| CompileError::TooMany("strings"))?;
        self.bytes.push(u8::try_from(text.len()).map_err(|_| CompileError::TooMany("letters in a name"))?);
        self.bytes.extend(text.as_bytes());
        self.known.insert(text.to_owned(), offset);
        Ok(offset)
    }
}

/// Postings and the map from folded names to them; the largest place first, places that bear the name otherwise after those that bear
/// it first of all.
fn index(entries: &[Entry]) -> Result<(Vec<u8>, Vec<u8>), CompileError> {
    let mut names: Vec<(String, u32)> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let at = u32::try_from(at).ok().filter(|at| at & ALTERNATE == 0).ok_or(CompileError::TooMany("places"))?;
        names.extend(std::iter::once(&entry.name).chain(&entry.aliases).map(|n| (Folded::of(n), at)));
        names.extend(entry.alternates.iter().map(|n| (Folded::of(n), at | ALTERNATE)));
    }
    names.retain(|(name, _)| !name.is_empty());
    let place = |posting: u32| posting & !ALTERNATE;
    names.sort_by(|(a, p), (b, q)| (a, place(*p), p & ALTERNATE).cmp(&(b, place(*q), q & ALTERNATE)));
    names.dedup_by(|(a, p), (b, q)| a == b && place(*p) == place(*q));
    let mut postings = Vec::new();
    let mut map = fst::MapBuilder::memory();
    for group in names.chunk_by(|(a, _), (b, _)| a == b) {
        let mut places: Vec<u32> = group.iter().map(|(_, p)| *p).collect();
        places.sort_by_key(|p| (p & ALTERNATE, std::cmp::Reverse(entries[place(*p) as usize].population), *p));
        places.truncate(MAX_POSTINGS);
        let start = (postings.len() / 4) as u64;
        map.insert(&group[0].0, start << COUNT_BITS | places.len() as u64)?;
        postings.extend(places.into_iter().flat_map(u32::to_le_bytes));
    }
    Ok((postings, map.into_inner()?))
}

fn assemble(sections: [&[u8]; crate::format::SECTIONS]) -> Result<Vec<u8>, CompileError> {
    let mut body = Vec::new();
    for section in sections {
        body.extend(u32::try_from(section.len()).map_err(|_| CompileError::TooMany("bytes"))?.to_le_bytes());
    }
    for section in sections {
        body.extend(section);
    }
    let mut file = MAGIC.to_vec();
    file.extend(VERSION.to_le_bytes());
    file.extend(blake3::hash(&body).as_bytes());
    file.extend(body);
    Ok(file)
}
