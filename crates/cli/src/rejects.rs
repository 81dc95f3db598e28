use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::inputs::Origin;

/// The list of what was refused: JSONL, `{"source", "line", "reason"}`.
pub(crate) struct Rejects {
    file: Option<File>,
}

impl Rejects {
    /// An empty list at `path`; without a path, none is kept.
    pub(crate) fn create(path: Option<&Path>) -> io::Result<Self> {
        Ok(Self { file: path.map(File::create).transpose()? })
    }

    /// Adds a line at once, so that it stands there even if the run is broken off.
    pub(crate) fn add(&mut self, origin: &Origin, reason: &str) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let row = serde_json::json!({ "source": origin.source, "line": origin.line, "reason": reason });
        file.write_all(format!("{row}\n").as_bytes())
    }
}
