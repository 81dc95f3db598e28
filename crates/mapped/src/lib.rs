//! A file that lies in memory as it lies on the disk: large gazetteers are looked up in place instead of being read whole.

#![warn(missing_docs)]

use std::fs::File;
use std::io;
use std::path::Path;

use memmap2::Mmap;

/// The bytes of a file, mapped for reading.
#[derive(Debug)]
pub struct Mapped(Mmap);

impl Mapped {
    /// Maps the file. Its bytes must not be changed as long as the value lives; whoever reads them must expect bytes of any kind.
    ///
    /// # Errors
    /// If it cannot be opened or mapped.
    #[allow(unsafe_code, reason = "mapping a file is what this crate is for")]
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the map is read only. That nobody shortens or changes the file meanwhile cannot be made sure from here: the program
        // never writes to a gazetteer in use (`gazetteer build` writes a new file and renames it), and a change from outside gives other
        // bytes, which the reader checks by bounds and as UTF-8 wherever it uses them.
        let map = unsafe { Mmap::map(&file) }?;
        Ok(Self(map))
    }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_mapped_as_it_is() {
        let path = std::env::temp_dir().join(format!("dragoman-mapped-{}", std::process::id()));
        std::fs::write(&path, b"places").expect("a temporary file can be written");
        let mapped = Mapped::open(&path).expect("the file exists");
        assert_eq!(mapped.as_ref(), b"places");
        std::fs::remove_file(&path).expect("the file exists");
        assert!(Mapped::open(&path).is_err());
    }
}
