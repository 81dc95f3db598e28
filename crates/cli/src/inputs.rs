//! Finding inputs and streaming the reports in them, one after the other, without holding more than one.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dragoman_doc::UnreadableDate;
use dragoman_ingest::{Cleaning, Content, Known, MAX_BYTES, Received, Refusal};

use crate::args::{InputArgs, InputFormat};
use crate::jsonl::{self, Line, MAX_LINE};

/// Endings of the files that are read when they are found in a folder.
const ENDINGS: [&str; 6] = ["txt", "html", "htm", "xhtml", "jsonl", "ndjson"];
const BULK_ENDINGS: [&str; 2] = ["jsonl", "ndjson"];
/// Characters that make a pattern of a name that is no file.
const PATTERN_MARKS: [char; 3] = ['*', '?', '['];
/// Large enough to tell bulk input from text by its beginning.
const BUFFER: usize = 64 << 10;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Where a report stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    /// File, as the user named it, or `-`.
    pub(crate) source: String,
    /// Line in it, for bulk input; counted from 1.
    pub(crate) line: Option<u64>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.source),
            None => f.write_str(&self.source),
        }
    }
}

/// One thing that came in.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) origin: Origin,
    pub(crate) what: Arrival,
}

/// What came in.
#[derive(Debug)]
pub(crate) enum Arrival {
    /// A report.
    Report {
        received: Box<Received>,
        cleaning: Cleaning,
        /// A given date of publication that could not be read.
        unreadable: Option<UnreadableDate>,
    },
    /// Something that is no report that can be read.
    Refused(String),
    /// Something that could not be got at.
    Failed { reason: String, hint: Option<String> },
}

/// A place to read reports from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    Stdin,
    File(PathBuf),
    /// Reports in bulk, made by the program itself, with a name for them.
    Rows(String, Vec<u8>),
}

/// The inputs that the paths name, in order; for a path that names none, why not.
pub(crate) fn find(paths: &[PathBuf], skip: Option<&Path>) -> Vec<Result<Input, Item>> {
    let mut found = Vec::new();
    for path in paths {
        let before = found.len();
        find_one(path, skip, &mut found);
        if found.len() == before {
            let hint = format!("folders are searched for {} files", ENDINGS.map(|e| format!(".{e}")).join(", "));
            found.push(Err(failed(path, "no reports in it".to_owned(), Some(hint))));
        }
    }
    found
}

fn failed(path: &Path, reason: String, hint: Option<String>) -> Item {
    Item { origin: Origin { source: path.display().to_string(), line: None }, what: Arrival::Failed { reason, hint } }
}

fn find_one(path: &Path, skip: Option<&Path>, found: &mut Vec<Result<Input, Item>>) {
    if path.as_os_str() == "-" {
        found.push(Ok(Input::Stdin));
        return;
    }
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => walk(path, skip, found),
        Ok(_) => found.push(Ok(Input::File(path.to_owned()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound && is_pattern(path) => expand(path, skip, found),
        Err(error) => found.push(Err(failed(path, why(&error), None))),
    }
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(PATTERN_MARKS)
}

/// Files of a quoted pattern, and of the folders that match it.
fn expand(pattern: &Path, skip: Option<&Path>, found: &mut Vec<Result<Input, Item>>) {
    let text = pattern.to_string_lossy();
    let as_shells_do = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let matches = match glob::glob_with(&text, as_shells_do) {
        Ok(matches) => matches,
        Err(error) => return found.push(Err(failed(pattern, format!("not a pattern: {}", error.msg), None))),
    };
    let before = found.len();
    for path in matches {
        match path {
            Ok(path) if path.is_dir() => walk(&path, skip, found),
            Ok(path) => found.push(Ok(Input::File(path))),
            Err(error) => found.push(Err(failed(error.path(), why(error.error()), None))),
        }
    }
    if found.len() == before {
        found.push(Err(failed(pattern, "no file matches the pattern".to_owned(), None)));
    }
}

/// All reports below a folder, by name. Links to folders are not followed, since they may lead back up.
fn walk(folder: &Path, skip: Option<&Path>, found: &mut Vec<Result<Input, Item>>) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(failed(folder, why(&error), None))),
    };
    let mut paths: Vec<PathBuf> =
        entries.into_iter().filter(|e| !e.file_name().to_string_lossy().starts_with('.')).map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if !path.is_symlink() {
                walk(&path, skip, found);
            }
        } else if has_ending(&path, &ENDINGS) && !is_same(&path, skip) {
            found.push(Ok(Input::File(path)));
        }
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|e| endings.contains(&e.as_str()))
}

/// Whether `path` is the file `other`, whose path is canonical.
pub(crate) fn is_same(path: &Path, other: Option<&Path>) -> bool {
    other.is_some_and(|other| path.canonicalize().is_ok_and(|p| p == other))
}

fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// What the user said about all reports.
#[derive(Debug, Clone)]
pub(crate) struct Briefing {
    format: InputFormat,
    cleaning: Cleaning,
    known: Known,
}

impl Briefing {
    /// For rows that the program made itself: nothing is added, nothing cleaned that is given as text.
    pub(crate) fn bulk() -> Self {
        Self { format: InputFormat::Jsonl, cleaning: Cleaning::ByKind, known: Known::default() }
    }

    /// From the command line.
    pub(crate) fn new(args: &InputArgs) -> Self {
        let known = Known { published: args.published, outlet: args.outlet.clone(), ..Known::default() };
        Self { format: args.input_format, cleaning: args.cleaning(), known }
    }
}

/// Takes what comes in. Breaks when no more is wanted.
pub(crate) type Take<'t> = &'t mut dyn FnMut(Item) -> ControlFlow<()>;

/// Hands over everything in `input`, in order.
pub(crate) fn stream(input: &Input, briefing: &Briefing, take: Take<'_>) -> ControlFlow<()> {
    match input {
        Input::Stdin => {
            Stream { source: "-".to_owned(), name: "stdin".to_owned(), length: None, briefing }.run(io::stdin().lock(), false, take)
        }
        Input::Rows(name, rows) => {
            Stream { source: name.clone(), name: name.clone(), length: None, briefing }.run(rows.as_slice(), true, take)
        }
        Input::File(path) => {
            let file = match File::open(path) {
                Ok(file) => file,
                Err(error) => return take(failed(path, why(&error), None)),
            };
            let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
            let length = file.metadata().ok().filter(fs::Metadata::is_file).and_then(|m| usize::try_from(m.len()).ok());
            let stream = Stream { source: path.display().to_string(), name, length, briefing };
            stream.run(file, has_ending(path, &BULK_ENDINGS), take)
        }
    }
}

/// One input that is being read.
struct Stream<'b> {
    source: String,
    name: String,
    length: Option<usize>, // known of plain files
    briefing: &'b Briefing,
}

impl Stream<'_> {
    fn run(&self, input: impl Read, bulk_by_name: bool, take: Take<'_>) -> ControlFlow<()> {
        let mut input = BufReader::with_capacity(BUFFER, input);
        let bulk = match self.briefing.format {
            InputFormat::Jsonl => true,
            InputFormat::Text | InputFormat::Html => false,
            InputFormat::Auto => bulk_by_name || input.fill_buf().is_ok_and(looks_like_bulk),
        };
        if bulk { self.bulk(&mut input, take) } else { take(self.whole(input)) }
    }

    fn item(&self, line: Option<u64>, what: Arrival) -> Item {
        Item { origin: Origin { source: self.source.clone(), line }, what }
    }

    /// The whole input as one report.
    fn whole(&self, input: impl Read) -> Item {
        let mut bytes = Vec::new();
        if let Some(length) = self.length.filter(|n| *n > MAX_BYTES) {
            return self.item(None, Arrival::Refused(Refusal::TooLarge { bytes: length }.to_string()));
        }
        if let Err(error) = input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes) {
            return self.item(None, Arrival::Failed { reason: why(&error), hint: None });
        }
        if bytes.len() > MAX_BYTES {
            return self.item(None, Arrival::Refused(format!("more than {MAX_BYTES} bytes; at most {MAX_BYTES} are read")));
        }
        let (content, cleaning) = self.content(bytes);
        let received = Received { source_id: self.name.clone(), source: self.source.clone(), content, known: self.briefing.known.clone() };
        self.item(None, Arrival::Report { received: Box::new(received), cleaning, unreadable: None })
    }

    /// Where the user says what it is, and the encoding leaves no doubt, the content is handed over as that; else acquisition finds out.
    fn content(&self, bytes: Vec<u8>) -> (Content, Cleaning) {
        let cleaning = self.briefing.cleaning;
        match (self.briefing.format, String::from_utf8(bytes)) {
            // Text of a file is cleaned by default, unlike text that was handed over as text.
            (InputFormat::Text, Ok(text)) if cleaning == Cleaning::ByKind => (Content::Text(text), Cleaning::Always),
            (InputFormat::Text, Ok(text)) => (Content::Text(text), cleaning),
            (InputFormat::Html, Ok(page)) => (Content::Html(page), cleaning),
            (_, Ok(text)) => (Content::Bytes(text.into_bytes()), cleaning),
            (_, Err(error)) => (Content::Bytes(error.into_bytes()), cleaning),
        }
    }

    /// One report a line; empty lines are passed over.
    fn bulk(&self, input: &mut impl BufRead, take: Take<'_>) -> ControlFlow<()> {
        let mut any = false;
        for number in 1.. {
            let line = match jsonl::next_line(input, MAX_LINE) {
                Ok(None) => break,
                Ok(Some(line)) => line,
                Err(error) => return take(self.item(Some(number), Arrival::Failed { reason: why(&error), hint: None })),
            };
            let what = match line {
                Line::TooLong => Arrival::Refused(format!("the line is longer than {MAX_LINE} bytes")),
                Line::Bytes(bytes) => {
                    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).filter(|_| number == 1).unwrap_or(&bytes);
                    if bytes.trim_ascii().is_empty() {
                        continue;
                    }
                    jsonl::parse(bytes).map_or_else(Arrival::Refused, |brief| self.report(brief, number))
                }
            };
            any = true;
            take(self.item(Some(number), what))?;
        }
        if any { ControlFlow::Continue(()) } else { take(self.item(None, Arrival::Refused("no reports in it".to_owned()))) }
    }

    fn report(&self, brief: jsonl::Brief, line: u64) -> Arrival {
        let (general, mut known) = (&self.briefing.known, brief.known);
        if brief.unreadable.is_none() {
            known.published = known.published.or(general.published);
        }
        known.outlet = known.outlet.or_else(|| general.outlet.clone());
        let received = Received {
            source_id: brief.id.unwrap_or_else(|| format!("{}:{line}", self.name)),
            source: format!("{}:{line}", self.source),
            content: brief.content,
            known,
        };
        Arrival::Report { received: Box::new(received), cleaning: self.briefing.cleaning, unreadable: brief.unreadable }
    }
}

/// Whether the input begins with an object of JSON.
fn looks_like_bulk(beginning: &[u8]) -> bool {
    let rest = beginning.strip_prefix(BYTE_ORDER_MARK).unwrap_or(beginning).trim_ascii_start();
    rest.strip_prefix(b"{").is_some_and(|r| r.trim_ascii_start().first() == Some(&b'"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_is_known_by_its_beginning() {
        for yes in ["{\"text\"", "\u{feff}{ \"id\": 1", "\n {\"a"] {
            assert!(looks_like_bulk(yes.as_bytes()), "{yes}");
        }
        for no in ["", "{", "{title}", "[{\"text\"", "<html>", "Talks"] {
            assert!(!looks_like_bulk(no.as_bytes()), "{no}");
        }
    }
}
