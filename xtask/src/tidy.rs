//! `cargo xtask tidy`: the house rules that no compiler checks. Names every fault with its place, in one run.

mod layers;
mod rust;
mod tables;
mod texts;
mod word_lists;

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// A text file of the repository.
#[derive(Debug)]
struct TextFile {
    /// Relative to the root, with `/`.
    path: String,
    /// Its text; bytes that are no UTF-8 are replaced.
    text: String,
    /// Whether the bytes were UTF-8 to begin with (an old page among the samples is not, on purpose).
    utf8: bool,
}

/// A house rule that is broken somewhere.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    path: String,
    /// From 1.
    line: usize,
    reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.reason)
    }
}

impl TextFile {
    fn read(root: &Path, path: &str) -> Result<Option<Self>> {
        let bytes = fs::read(root.join(path)).with_context(|| format!("reading {path}"))?;
        let is_text = !bytes.contains(&0);
        Ok(is_text.then(|| Self {
            path: path.to_owned(),
            utf8: std::str::from_utf8(&bytes).is_ok(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }))
    }

    fn fault(&self, line: usize, reason: impl Into<String>) -> Fault {
        Fault { path: self.path.clone(), line, reason: reason.into() }
    }

    /// The lines with their numbers, from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| (n + 1, line))
    }

    fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|e| e == extension)
    }
}

pub(crate) fn run(root: &Path) -> Result<()> {
    let files = text_files(root)?;
    let faults = faults(&files);
    for fault in &faults {
        println!("{fault}");
    }
    match faults.len() {
        0 => println!("tidy: {} text files, no fault", files.len()),
        n => bail!("tidy: {n} {}", if n == 1 { "fault" } else { "faults" }),
    }
    Ok(())
}

fn faults(files: &[TextFile]) -> Vec<Fault> {
    let each = |file| [tables::faults(file), word_lists::faults(file), texts::faults(file)].into_iter().flatten();
    let mut faults: Vec<Fault> = files.iter().flat_map(each).chain(layers::faults(files)).collect();
    faults.sort();
    faults
}

/// All text files that are tracked, or would be if they were added.
fn text_files(root: &Path) -> Result<Vec<TextFile>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"])
        .current_dir(root)
        .output()
        .context("running git, which knows the files of the repository")?;
    ensure!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let paths = String::from_utf8(listed.stdout).context("a file name is no UTF-8")?;
    // A file that was deleted and not yet committed is still listed.
    let existing = paths.split_terminator('\0').filter(|path| root.join(path).is_file());
    existing.filter_map(|path| TextFile::read(root, path).transpose()).collect()
}

/// For the tests of the single rules.
#[cfg(test)]
mod sample {
    use super::{Fault, TextFile};

    pub(super) fn file(path: &str, text: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: text.to_owned(), utf8: true }
    }

    pub(super) fn shown(faults: &[Fault]) -> Vec<String> {
        faults.iter().map(ToString::to_string).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::sample::{file, shown};
    use super::*;

    #[test]
    fn names_the_faults_of_all_rules_in_one_run() {
        let files = [
            file("data/en/b.tsv", "# Words.\n#! lemma\nsay\nadd\n"),
            file("crates/a/src/lib.rs", &format!("pub fn f() {{ {} {{}} }}\n", ["un", "safe"].concat())),
        ];
        let faults = shown(&faults(&files));
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].starts_with("crates/a/src/lib.rs:1: "));
        assert!(faults[1].starts_with("data/en/b.tsv:4: "));
    }
}
