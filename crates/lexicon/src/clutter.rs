use regex::{RegexSet, RegexSetBuilder};

use crate::{Fault, Table};

/// Patterns of whole lines that are page clutter, not text.
#[derive(Debug)]
pub struct ClutterPatterns {
    patterns: RegexSet,
}

impl ClutterPatterns {
    /// The shipped patterns.
    ///
    /// # Errors
    /// The faults of the file.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Self::parse("en/clutter.tsv", include_str!("../../../data/en/clutter.tsv"))
    }

    /// Reads patterns; each must match its own example.
    ///
    /// # Errors
    /// The faults of the file.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let table = Table::parse(file, text, &["pattern", "kind", "example"])?;
        let patterns = table.read(|r| {
            let one = set(&[r.text(0).to_owned()]).map_err(|e| ("pattern", e.to_string()))?;
            let matches = one.is_match(r.text(2));
            if matches { Ok(r.text(0).to_owned()) } else { Err(("example", "its pattern does not match it".to_owned())) }
        })?;
        let fault = |e: regex::Error| vec![Fault { file: file.to_owned(), line: 0, column: None, reason: e.to_string() }];
        Ok(Self { patterns: set(&patterns).map_err(fault)? })
    }

    /// Whether the line is clutter.
    pub fn is_clutter(&self, line: &str) -> bool {
        self.patterns.is_match(line)
    }

    /// The date part of a line that tells when a report was published ("Published: 4 March 2024"); not of one that tells when it was
    /// changed.
    pub fn publication(&self, line: &str) -> Option<String> {
        let lower = line.to_lowercase();
        let rest = ["first published", "published on", "published", "posted on", "posted", "date"]
            .iter()
            .find_map(|key| lower.strip_prefix(key))?;
        let date = line.get(line.len() - rest.len()..)?.trim_start_matches([':', '|', ' ']).to_owned();
        (self.is_clutter(line) && date.chars().any(|c| c.is_ascii_digit())).then_some(date)
    }
}

fn set(patterns: &[String]) -> Result<RegexSet, regex::Error> {
    RegexSetBuilder::new(patterns).case_insensitive(true).size_limit(64 << 20).build()
}
