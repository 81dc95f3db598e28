//! The compiled gazetteer: towns and administrative divisions, found by folded name.

use std::sync::Arc;

use thiserror::Error;

use crate::format::{ALTERNATE, COUNT_BITS, COUNTRY, DEGREE, DIGEST, DIGEST_AT, HEADER, MAGIC, MAX_POSTINGS, Record, SECTIONS, VERSION};

/// Why a gazetteer could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GazetteerError {
    /// It does not begin as a gazetteer does.
    #[error("not a gazetteer")]
    NotAGazetteer,
    /// It has a layout that this program does not know.
    #[error("gazetteer layout {0}, expected {VERSION}")]
    Version(u32),
    /// It is cut off, or its bytes were changed.
    #[error("damaged gazetteer: {0}")]
    Damaged(&'static str),
    /// A table beside it has faults.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Tables(Vec<dragoman_lexicon::Fault>),
}

/// Towns and divisions of a compiled gazetteer file.
pub(crate) struct Towns {
    bytes: Bytes,
    sections: [std::ops::Range<usize>; SECTIONS],
    names: fst::Map<Slice>,
}

/// Bytes of a gazetteer, wherever they lie.
pub(crate) type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The part of the file that holds the name index.
#[derive(Clone)]
struct Slice {
    bytes: Bytes,
    range: std::ops::Range<usize>,
}

impl AsRef<[u8]> for Slice {
    fn as_ref(&self) -> &[u8] {
        (*self.bytes).as_ref().get(self.range.clone()).unwrap_or_default()
    }
}

/// A town or division as read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Town<'a> {
    pub(crate) name: &'a str,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: &'a str,
    pub(crate) admin1: Option<&'a str>,
    pub(crate) feature: &'a str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) population: u32,
    pub(crate) geonames_id: Option<u32>,
    /// It bears the name that it was found by only among others.
    pub(crate) alternate: bool,
}

// Order of the sections.
const STRINGS: usize = 0;
const COUNTRIES: usize = 1;
const FEATURES: usize = 2;
const DIVISIONS: usize = 3;
const RECORDS: usize = 4;
const POSTINGS: usize = 5;
const NAMES: usize = 6;

impl Towns {
    /// Reads a compiled gazetteer.
    pub(crate) fn open(bytes: Bytes) -> Result<Self, GazetteerError> {
        let sections = check((*bytes).as_ref())?;
        let names = Slice { bytes: bytes.clone(), range: sections[NAMES].clone() };
        let names = fst::Map::new(names).map_err(|_| GazetteerError::Damaged("name index"))?;
        Ok(Self { bytes, sections, names })
    }

    /// Number of places.
    pub(crate) fn len(&self) -> usize {
        self.sections[RECORDS].len() / Record::SIZE
    }

    /// Number of names.
    pub(crate) fn name_count(&self) -> usize {
        self.names.len()
    }

    /// A walk down the name index.
    pub(crate) fn walk(&self) -> Walk<'_> {
        let index = self.names.as_fst();
        Walk { index, node: Some(index.root()), output: fst::raw::Output::zero() }
    }

    /// The places of a posting list, the largest first.
    pub(crate) fn places(&self, postings: u64) -> impl Iterator<Item = Town<'_>> {
        let start = usize::try_from(postings >> COUNT_BITS).unwrap_or(usize::MAX);
        let count = postings as usize & MAX_POSTINGS;
        let list = self.section(POSTINGS).chunks_exact(4).skip(start).take(count);
        list.filter_map(|p| {
            let posting = u32::from_le_bytes(p.try_into().ok()?);
            let town = self.town((posting & !ALTERNATE) as usize)?;
            Some(Town { alternate: posting & ALTERNATE != 0, ..town })
        })
    }

    /// The places of a folded name.
    pub(crate) fn named(&self, folded: &str) -> impl Iterator<Item = Town<'_>> {
        self.names.get(folded).into_iter().flat_map(|p| self.places(p))
    }

    fn section(&self, section: usize) -> &[u8] {
        (*self.bytes).as_ref().get(self.sections[section].clone()).unwrap_or_default()
    }

    fn town(&self, at: usize) -> Option<Town<'_>> {
        let start = at.checked_mul(Record::SIZE)?;
        let record = Record::read(self.section(RECORDS).get(start..start + Record::SIZE)?.try_into().ok()?);
        let division = usize::from(record.division).checked_sub(1);
        Some(Town {
            name: self.string(record.name)?,
            country: self.country(record.country)?,
            admin1: division.and_then(|d| self.listed(DIVISIONS, d)),
            feature: self.listed(FEATURES, usize::from(record.feature))?,
            latitude: f64::from(record.latitude) / DEGREE,
            longitude: f64::from(record.longitude) / DEGREE,
            population: record.population,
            geonames_id: Some(record.geonames_id).filter(|id| *id != 0),
            alternate: false,
        })
    }

    fn country(&self, index: u8) -> Option<&str> {
        let start = usize::from(index) * COUNTRY;
        std::str::from_utf8(self.section(COUNTRIES).get(start..start + COUNTRY)?).ok()
    }

    fn listed(&self, section: usize, index: usize) -> Option<&str> {
        let offset = self.section(section).get(index * 4..index * 4 + 4)?;
        self.string(u32::from_le_bytes(offset.try_into().ok()?))
    }

    fn string(&self, offset: u32) -> Option<&str> {
        let strings = self.section(STRINGS);
        let start = offset as usize;
        let length = usize::from(*strings.get(start)?);
        std::str::from_utf8(strings.get(start + 1..start + 1 + length)?).ok()
    }
}

/// A place in the name index, reached by the bytes pushed so far. Names are found in time linear in their length.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    index: &'a fst::raw::Fst<Slice>,
    node: Option<fst::raw::Node<'a>>,
    output: fst::raw::Output,
}

impl Walk<'_> {
    /// Goes on by `bytes`; whether any name begins so.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> bool {
        for byte in bytes {
            let Some(node) = self.node else { return false };
            let step = node.find_input(*byte).map(|i| node.transition(i));
            self.output = step.map_or(self.output, |t| self.output.cat(t.out));
            self.node = step.map(|t| self.index.node(t.addr));
        }
        self.node.is_some()
    }

    /// The posting list of the name that ends here.
    pub(crate) fn postings(&self) -> Option<u64> {
        let node = self.node.filter(fst::raw::Node::is_final)?;
        Some(self.output.cat(node.final_output()).value())
    }
}

/// Checks header, digest and lengths; gives where the sections lie.
fn check(bytes: &[u8]) -> Result<[std::ops::Range<usize>; SECTIONS], GazetteerError> {
    use GazetteerError::{Damaged, NotAGazetteer, Version};
    if !bytes.starts_with(MAGIC) {
        return Err(NotAGazetteer);
    }
    let number = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes).ok_or(Damaged("header"));
    match number(MAGIC.len())? {
        VERSION => {}
        other => return Err(Version(other)),
    }
    let body = bytes.get(DIGEST_AT + DIGEST..).ok_or(Damaged("header"))?;
    if bytes[DIGEST_AT..DIGEST_AT + DIGEST] != *blake3::hash(body).as_bytes() {
        return Err(Damaged("digest"));
    }
    let mut sections = [const { 0..0 }; SECTIONS];
    let mut start = HEADER;
    for (i, section) in sections.iter_mut().enumerate() {
        let length = number(DIGEST_AT + DIGEST + 4 * i)? as usize;
        let end = start.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Damaged("section"))?;
        *section = start..end;
        start = end;
    }
    if start == bytes.len() { Ok(sections) } else { Err(Damaged("length")) }
}
