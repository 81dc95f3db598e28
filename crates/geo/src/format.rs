//! The layout of `gazetteer.bin`, which [`compile`](crate::compile) writes and [`Towns`](crate::towns::Towns) reads.
//!
//! All numbers are little-endian. A header (magic, version, digest of what follows, lengths of the sections) is followed by the
//! sections: strings, countries, features, divisions, records, postings, names.

/// First bytes of the file.
pub(crate) const MAGIC: &[u8; 8] = b"DRAGOGAZ";
/// Raised when the layout changes.
pub(crate) const VERSION: u32 = 2;
/// Sections after the header.
pub(crate) const SECTIONS: usize = 7;
/// Bytes of a BLAKE3 digest.
pub(crate) const DIGEST: usize = 32;
/// Bytes before the first section.
pub(crate) const HEADER: usize = MAGIC.len() + 4 + DIGEST + 4 * SECTIONS;
/// Where the digest begins; it covers everything after itself.
pub(crate) const DIGEST_AT: usize = MAGIC.len() + 4;
/// Degrees are kept in hundred-thousandths (about a metre).
pub(crate) const DEGREE: f64 = 100_000.0;
/// A posting list is its start and, in the low bits, its length.
pub(crate) const COUNT_BITS: u32 = 8;
/// Places that one name may have; the largest are kept.
pub(crate) const MAX_POSTINGS: usize = (1 << COUNT_BITS) - 1;
/// Marks a posting whose place bears the name only among others.
pub(crate) const ALTERNATE: u32 = 1 << 31;
/// Bytes of a country code (ISO 3166-1 alpha-2).
pub(crate) const COUNTRY: usize = 2;

/// A place as the file keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) latitude: i32,
    pub(crate) longitude: i32,
    /// 0 where it is not known.
    pub(crate) geonames_id: u32,
    pub(crate) population: u32,
    /// Offset of the name in the strings.
    pub(crate) name: u32,
    /// Index of the first-level division plus 1; 0 for none.
    pub(crate) division: u16,
    pub(crate) country: u8,
    pub(crate) feature: u8,
}

impl Record {
    /// Bytes of one record.
    pub(crate) const SIZE: usize = 24;

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.latitude.to_le_bytes());
        out.extend(self.longitude.to_le_bytes());
        out.extend(self.geonames_id.to_le_bytes());
        out.extend(self.population.to_le_bytes());
        out.extend(self.name.to_le_bytes());
        out.extend(self.division.to_le_bytes());
        out.extend([self.country, self.feature]);
    }

    pub(crate) fn read(bytes: &[u8; Self::SIZE]) -> Self {
        let word = |at: usize| [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
        Self {
            latitude: i32::from_le_bytes(word(0)),
            longitude: i32::from_le_bytes(word(4)),
            geonames_id: u32::from_le_bytes(word(8)),
            population: u32::from_le_bytes(word(12)),
            name: u32::from_le_bytes(word(16)),
            division: u16::from_le_bytes([bytes[20], bytes[21]]),
            country: bytes[22],
            feature: bytes[23],
        }
    }
}
