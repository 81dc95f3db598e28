//! The weight file.
//!
//! Little endian throughout:
//!
//! ```text
//! 0       8   magic "DRGWEIGH"
//! 8       4   u32 format version, 1
//! 12      4   u32 number of entries
//! 16      ..  entries, each: u16 length of the name, name (UTF-8), u8 kind, u8 number of dimensions (0 to 3),
//!             u32 each dimension, u64 offset of the data from the start of the file, u64 length of the data in bytes
//! ..      ..  data of the entries, each at a multiple of 64, zeros between
//! end-32  32  BLAKE3 digest of all bytes before it
//! ```
//!
//! Kind 0 holds f32 values, row by row. Kind 1, of dimensions `[rows, columns]`, holds `rows` f32 scales and then the i8 values row by
//! row; a value stands for `scale of its row * value`. Kind 2, without dimensions, holds UTF-8 text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use thiserror::Error;

/// The version of the format that is read and written.
pub const FORMAT_VERSION: u32 = 1;
/// Most entries in a file.
pub const MAX_ENTRIES: usize = 4096;
/// Longest name of an entry.
pub const MAX_NAME_BYTES: usize = 200;
/// Largest single dimension of an entry.
pub const MAX_SIDE: usize = 1 << 24;
/// Largest float by magnitude, scales included: far above any weight of use, and small enough that no layer can overflow.
pub const MAX_MAGNITUDE: f32 = 1e3;
/// Largest integer by magnitude in a matrix that is multiplied: two products with an 8-bit activation fit into 16 bits, signed.
pub const MAX_INTEGER: i8 = 63;

pub(crate) const MAGIC: [u8; 8] = *b"DRGWEIGH";
pub(crate) const ALIGNMENT: usize = 64;
pub(crate) const DIGEST_BYTES: usize = 32;
pub(crate) const HEAD_BYTES: usize = 16;
pub(crate) const MAX_DIMENSIONS: usize = 3;

/// Why a weight file, or an entry of it, cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WeightError {
    /// The file does not begin as a weight file.
    #[error("this is no weight file: it does not begin with \"DRGWEIGH\"")]
    Magic,
    /// Another version of the format.
    #[error("the weight file has format version {found}; this program reads version {FORMAT_VERSION}")]
    Version {
        /// What the file says.
        found: u32,
    },
    /// The file was damaged.
    #[error("the weight file is damaged: its bytes have the digest {}, at its end stands {}", hex(.found), hex(.expected))]
    Digest {
        /// Of the bytes.
        found: [u8; 32],
        /// What stands at the end of the file.
        expected: [u8; 32],
    },
    /// A whole file, but another than the one that was asked for.
    #[error("the weight file is another than expected: its digest is {}, expected was {}", hex(.found), hex(.expected))]
    Other {
        /// Of the file.
        found: [u8; 32],
        /// That was asked for.
        expected: [u8; 32],
    },
    /// The file ends too early.
    #[error("the weight file ends within its head or its list of entries")]
    Truncated,
    /// More entries than [`MAX_ENTRIES`].
    #[error("the weight file lists {found} entries; at most {MAX_ENTRIES} are read")]
    Entries {
        /// What the file says.
        found: u32,
    },
    /// An entry breaks a rule of the format, or is not what the network needs.
    #[error("entry {name:?} of the weight file: {reason}")]
    Entry {
        /// Of the entry; empty where the name itself cannot be read.
        name: String,
        /// In words.
        reason: String,
    },
    /// The network needs an entry that is not there.
    #[error("the weight file has no entry {name:?}")]
    Missing {
        /// That was looked for.
        name: String,
    },
}

impl WeightError {
    pub(crate) fn entry(name: &str, reason: impl Into<String>) -> Self {
        Self::Entry { name: name.to_owned(), reason: reason.into() }
    }
}

fn hex(digest: &[u8; 32]) -> String {
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // a String takes everything
        text
    })
}

/// What an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Floats,
    Rows,
    Text,
}

impl Kind {
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Floats => 0,
            Self::Rows => 1,
            Self::Text => 2,
        }
    }

    fn of(code: u8) -> Option<Self> {
        [Self::Floats, Self::Rows, Self::Text].into_iter().find(|kind| kind.code() == code)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Floats => "floats",
            Self::Rows => "rows of integers",
            Self::Text => "text",
        }
    }
}

#[derive(Debug, Clone)]
struct Entry<'a> {
    kind: Kind,
    shape: Vec<usize>,
    data: &'a [u8],
}

/// Rows of integers with a scale each.
#[derive(Debug, Clone)]
pub(crate) struct Rows<'a> {
    pub(crate) count: usize,
    pub(crate) columns: usize,
    pub(crate) scales: Vec<f32>,
    /// `count * columns` signed bytes.
    pub(crate) values: &'a [u8],
}

/// A weight file whose digest and entries were checked.
#[derive(Debug, Clone)]
pub struct Weights<'a> {
    entries: BTreeMap<&'a str, Entry<'a>>,
    digest: [u8; 32],
}

impl<'a> Weights<'a> {
    /// Reads a weight file: everything that is wrong with it is found here, but for what a network misses in it.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, WeightError> {
        let (digest, mut head) = check_frame(bytes)?;
        let body = &bytes[..bytes.len() - DIGEST_BYTES];
        let count = head.u32()?;
        if count as usize > MAX_ENTRIES {
            return Err(WeightError::Entries { found: count });
        }
        let mut entries = BTreeMap::new();
        for _ in 0..count {
            let (name, entry) = read_entry(&mut head, body)?;
            if entries.insert(name, entry).is_some() {
                return Err(WeightError::entry(name, "the name stands twice"));
            }
        }
        Ok(Self { entries, digest })
    }

    /// Reads the one file that has this digest (the last 32 bytes of the file), and refuses another.
    pub fn parse_expecting(bytes: &'a [u8], digest: &[u8; 32]) -> Result<Self, WeightError> {
        let (found, _) = check_frame(bytes)?;
        if found != *digest {
            return Err(WeightError::Other { found, expected: *digest });
        }
        Self::parse(bytes)
    }

    /// The digest at the end of the file: the file's name, so to speak.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The names of all entries, in byte order.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.entries.keys().copied()
    }

    /// An entry of text, such as a vocabulary.
    pub fn text(&self, name: &str) -> Result<&'a str, WeightError> {
        let entry = self.entry(name, Kind::Text)?;
        str::from_utf8(entry.data).map_err(|_| WeightError::entry(name, "the text is no UTF-8"))
    }

    /// An entry of floats: its dimensions and its values, row by row.
    pub fn floats(&self, name: &str) -> Result<(Vec<usize>, Vec<f32>), WeightError> {
        let entry = self.entry(name, Kind::Floats)?;
        Ok((entry.shape.clone(), floats(entry.data).collect()))
    }

    /// An entry of floats that must have these dimensions.
    pub(crate) fn shaped(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        let (found, values) = self.floats(name)?;
        if found != shape {
            return Err(WeightError::entry(name, format!("its dimensions are {found:?}; {shape:?} are needed")));
        }
        Ok(values)
    }

    pub(crate) fn rows(&self, name: &str) -> Result<Rows<'a>, WeightError> {
        let entry = self.entry(name, Kind::Rows)?;
        let (count, columns) = (entry.shape[0], entry.shape[1]);
        let (scales, values) = entry.data.split_at(4 * count);
        Ok(Rows { count, columns, scales: floats(scales).collect(), values })
    }

    fn entry(&self, name: &str, kind: Kind) -> Result<&Entry<'a>, WeightError> {
        let entry = self.entries.get(name).ok_or_else(|| WeightError::Missing { name: name.to_owned() })?;
        if entry.kind != kind {
            return Err(WeightError::entry(name, format!("it holds {}; {} are needed", entry.kind.word(), kind.word())));
        }
        Ok(entry)
    }
}

/// The name of a part of a network that stands under `prefix`.
pub(crate) fn under(prefix: &str, part: &str) -> String {
    if prefix.is_empty() { part.to_owned() } else { format!("{prefix}.{part}") }
}

/// Checks all that does not depend on entries, and gives the digest and the reader at the number of entries.
fn check_frame(bytes: &[u8]) -> Result<([u8; 32], Reader<'_>), WeightError> {
    let mut head = Reader(bytes);
    let magic = head.take(MAGIC.len());
    if magic.is_some_and(|found| found != MAGIC) || magic.is_none() && !MAGIC.starts_with(bytes) {
        return Err(WeightError::Magic);
    }
    if bytes.len() < HEAD_BYTES + DIGEST_BYTES {
        return Err(WeightError::Truncated);
    }
    let found = head.u32()?;
    if found != FORMAT_VERSION {
        return Err(WeightError::Version { found });
    }
    let (body, expected) = bytes.split_at(bytes.len() - DIGEST_BYTES);
    let expected: [u8; DIGEST_BYTES] = expected.try_into().expect("split off at this length");
    let found = *blake3::hash(body).as_bytes();
    if found != expected {
        return Err(WeightError::Digest { found, expected });
    }
    head.0 = &body[MAGIC.len() + 4..];
    Ok((found, head))
}

fn read_entry<'a>(head: &mut Reader<'a>, body: &'a [u8]) -> Result<(&'a str, Entry<'a>), WeightError> {
    let length = usize::from(head.u16()?);
    let name = head.take(length).ok_or(WeightError::Truncated)?;
    let name = str::from_utf8(name).map_err(|_| WeightError::entry("", "its name is no UTF-8"))?;
    let fault = |reason: &str| WeightError::entry(name, reason);
    if length > MAX_NAME_BYTES {
        return Err(fault("its name is too long"));
    }
    let [code, dimensions] = head.array()?;
    let kind = Kind::of(code).ok_or_else(|| WeightError::entry(name, format!("kind {code} is unknown")))?;
    if usize::from(dimensions) > MAX_DIMENSIONS {
        return Err(fault("it has too many dimensions"));
    }
    let shape = (0..dimensions).map(|_| head.u32().map(|side| side as usize)).collect::<Result<Vec<_>, _>>()?;
    if shape.iter().any(|side| *side > MAX_SIDE) {
        return Err(fault("a dimension is too large"));
    }
    let (offset, length) = (head.u64()?, head.u64()?);
    let data = range(offset, length).and_then(|range| body.get(range)).ok_or_else(|| fault("its data lie outside the file"))?;
    if !offset.is_multiple_of(ALIGNMENT as u64) {
        return Err(fault("its data do not begin at a multiple of 64"));
    }
    check_data(kind, &shape, data).map_err(fault)?;
    Ok((name, Entry { kind, shape, data }))
}

fn range(offset: u64, length: u64) -> Option<std::ops::Range<usize>> {
    let end = offset.checked_add(length)?;
    Some(usize::try_from(offset).ok()?..usize::try_from(end).ok()?)
}

/// Whether the data are what kind and dimensions say, and every float can be computed with.
fn check_data(kind: Kind, shape: &[usize], data: &[u8]) -> Result<(), &'static str> {
    const LENGTH: &str = "its length does not match its kind and dimensions";
    let values = shape.iter().try_fold(1_usize, |product, side| product.checked_mul(*side)).ok_or("its dimensions overflow")?;
    let checked = match (kind, shape) {
        (Kind::Floats, _) if Some(data.len()) == values.checked_mul(4) => data,
        (Kind::Rows, [rows, _]) if Some(data.len()) == rows.checked_mul(4).and_then(|n| n.checked_add(values)) => &data[..4 * rows],
        (Kind::Text, []) => return str::from_utf8(data).map(|_| ()).map_err(|_| "the text is no UTF-8"),
        (Kind::Floats, _) | (Kind::Rows, [_, _]) => return Err(LENGTH),
        (Kind::Rows, _) => return Err("rows of integers have two dimensions"),
        (Kind::Text, _) => return Err("text has no dimensions"),
    };
    // Written so that NaN is refused as well.
    if floats(checked).all(|value| value.abs() <= MAX_MAGNITUDE) { Ok(()) } else { Err("a float is no number or too large") }
}

fn floats(data: &[u8]) -> impl Iterator<Item = f32> {
    data.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes))
}

/// Takes numbers off the front of bytes.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], WeightError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(WeightError::Truncated)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u16(&mut self) -> Result<u16, WeightError> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, WeightError> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, WeightError> {
        self.array().map(u64::from_le_bytes)
    }
}
