use crate::weights::{ALIGNMENT, FORMAT_VERSION, HEAD_BYTES, Kind, MAGIC};

/// Builds a weight file. What it is given is written as it is: whether it can be read is for [`Weights`](crate::Weights) to say.
#[derive(Debug, Clone, Default)]
pub struct WeightsWriter {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    kind: Kind,
    shape: Vec<usize>,
    data: Vec<u8>,
}

impl WeightsWriter {
    /// An empty file.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds floats, row by row.
    pub fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) -> &mut Self {
        self.push(name, Kind::Floats, shape, values.iter().flat_map(|v| v.to_le_bytes()).collect())
    }

    /// Adds rows of integers: a scale for each row, and the values row by row.
    pub fn rows(&mut self, name: &str, shape: [usize; 2], scales: &[f32], values: &[i8]) -> &mut Self {
        let scales = scales.iter().flat_map(|v| v.to_le_bytes());
        self.push(name, Kind::Rows, &shape, scales.chain(values.iter().map(|v| v.cast_unsigned())).collect())
    }

    /// Adds text.
    pub fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.push(name, Kind::Text, &[], text.as_bytes().to_vec())
    }

    /// The file.
    ///
    /// # Panics
    /// If a name or dimension does not fit the format's integers.
    pub fn finish(&self) -> Vec<u8> {
        let head = HEAD_BYTES + self.entries.iter().map(Entry::head_bytes).sum::<usize>();
        let mut file = MAGIC.to_vec();
        file.extend(FORMAT_VERSION.to_le_bytes());
        file.extend(number(self.entries.len()).to_le_bytes());
        let mut at = head;
        for entry in &self.entries {
            at = at.next_multiple_of(ALIGNMENT);
            entry.write_head(at, &mut file);
            at += entry.data.len();
        }
        for entry in &self.entries {
            file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
            file.extend(&entry.data);
        }
        let digest = blake3::hash(&file);
        file.extend(digest.as_bytes());
        file
    }

    fn push(&mut self, name: &str, kind: Kind, shape: &[usize], data: Vec<u8>) -> &mut Self {
        self.entries.push(Entry { name: name.to_owned(), kind, shape: shape.to_vec(), data });
        self
    }
}

impl Entry {
    fn head_bytes(&self) -> usize {
        2 + self.name.len() + 2 + 4 * self.shape.len() + 16
    }

    fn write_head(&self, offset: usize, file: &mut Vec<u8>) {
        let length = u16::try_from(self.name.len()).expect("names are far shorter");
        file.extend(length.to_le_bytes());
        file.extend(self.name.as_bytes());
        file.extend([self.kind.code(), u8::try_from(self.shape.len()).expect("three dimensions at most")]);
        file.extend(self.shape.iter().flat_map(|side| number(*side).to_le_bytes()));
        file.extend((offset as u64).to_le_bytes());
        file.extend((self.data.len() as u64).to_le_bytes());
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("counts and dimensions are far below 2^32")
}
