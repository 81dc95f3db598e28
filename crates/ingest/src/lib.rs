//! Acquisition: bytes as received become a [`Document`] whose text never changes again.

#![warn(missing_docs)]

mod clutter;
mod dateline;
mod encoding;
mod language;
mod normalise;

use std::fmt;
use std::sync::LazyLock;

use dragoman_doc::{Basis, Document, PartialDate, ProblemCode, Published};
use dragoman_lexicon::ClutterPatterns;
use dragoman_span::Span;

/// A report as it came in.
#[derive(Debug, Clone)]
pub struct Received {
    /// The given id, else the file's name without its folder.
    pub source_id: String,
    /// Where it was read from, as the user named it.
    pub source: String,
    /// The content.
    pub content: Content,
    /// What the sender says about it.
    pub known: Known,
}

/// Content as received.
#[derive(Debug, Clone)]
pub enum Content {
    /// A file of unknown kind and encoding.
    Bytes(Vec<u8>),
    /// Text that was handed over as text (JSONL `text`).
    Text(String),
    /// A page that was handed over as text (JSONL `html`).
    Html(String),
}

/// What the sender says about a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Known {
    pub published: Option<PartialDate>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
}

/// Whether page clutter is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cleaning {
    /// Files and pages are cleaned, text handed over as text is not.
    #[default]
    ByKind,
    /// Everything is cleaned.
    Always,
    /// Nothing is cleaned: of a page, all its visible text is kept.
    Never,
}

/// Why a report was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No text in it.
    Empty,
    /// Longer than [`MAX_BYTES`].
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not text in any encoding.
    Binary,
}

/// The longest report that is read, in bytes as received.
pub const MAX_BYTES: usize = 8 << 20;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no text in it"),
            Self::TooLarge { bytes } => write!(f, "{bytes} bytes; at most {MAX_BYTES} are read"),
            Self::Binary => f.write_str("not text"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Makes a document of what was received.
///
/// # Errors
/// Why it was refused.
pub fn acquire(received: Received, cleaning: Cleaning) -> Result<Document, Refusal> {
    let size = match &received.content {
        Content::Bytes(b) => b.len(),
        Content::Text(t) | Content::Html(t) => t.len(),
    };
    if size > MAX_BYTES {
        return Err(Refusal::TooLarge { bytes: size });
    }
    let mut document = match received.content {
        Content::Bytes(bytes) => {
            let decoded = encoding::decode(&bytes).ok_or(Refusal::Binary)?;
            let mut document = if is_page(&decoded.text) {
                page(&decoded.text, &received.known, cleaning)
            } else {
                text(&decoded.text, cleaning != Cleaning::Never)
            };
            document.problems.splice(0..0, decoded.problems);
            document
        }
        Content::Html(html) => page(&html, &received.known, cleaning),
        Content::Text(given) if cleaning == Cleaning::Always => text(&given, true),
        Content::Text(given) => as_given(given),
    };
    if document.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    document.source_id = received.source_id;
    document.source = received.source;
    tell(&mut document, received.known);
    let (language, problem) = language::find(&document.text, document.language.take());
    document.language = language;
    document.problems.extend(problem);
    Ok(document)
}

/// Text that begins as a page does.
fn is_page(text: &str) -> bool {
    const HEAD: usize = 2048;
    let end = (0..=HEAD.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let head = text.get(..end).unwrap_or_default().trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']).to_ascii_lowercase();
    head.starts_with('<') && ["<html", "<!doctype html", "<head", "<body", "<article"].iter().any(|tag| head.contains(tag))
}

/// A text that is taken character for character, so that offsets fit the sender's copy.
fn as_given(given: String) -> Document {
    let mut document = Document::plain(given);
    let whole = Span::new(0, document.text.len());
    if !whole.is_empty() {
        document.origin.push(whole, whole);
    }
    document.problems = normalise::inspect(&document.text);
    let dateline = document.text.lines().find(|l| !l.trim().is_empty()).and_then(|l| dateline::find(l.trim()));
    document.published = dateline::published(dateline.as_ref(), &[]);
    document.outlet = dateline.and_then(|d| d.outlet);
    document
}

/// A plain text: normalised, and cleaned of page clutter if asked for.
fn text(source: &str, cleans: bool) -> Document {
    let lines = lines(source);
    let cleaned = if cleans { clutter::clean(&lines, patterns()) } else { clutter::Cleaned::default() };
    let mut writer = normalise::Writer::default();
    for (i, line) in lines.iter().enumerate() {
        if cleaned.cut.contains_key(&i) || (cleans && line.text.is_empty() && ends_paragraph(writer.text())) {
            continue;
        }
        let end = line.span.end();
        writer.write(source, Span::new(line.span.start(), end));
        if end < source.len() {
            writer.end_line(Span::new(end, end + 1));
        }
    }
    let (text, origin, mut problems) = writer.finish();
    problems.extend(cleaned.problem(&lines));
    let dateline = text.lines().filter(|l| !l.trim().is_empty()).take(2).find_map(|l| dateline::find(l.trim()));
    let mut document = Document::plain(text);
    document.origin = origin;
    document.published = dateline::published(dateline.as_ref(), &cleaned.dated);
    document.title = cleaned.title;
    document.author = cleaned.author;
    document.outlet = dateline.and_then(|d| d.outlet);
    document.problems = problems;
    document
}

/// Nothing is written yet, or a blank line stands there already.
fn ends_paragraph(written: &str) -> bool {
    written.is_empty() || written.ends_with("\n\n")
}

fn lines(source: &str) -> Vec<clutter::Line<'_>> {
    let mut at = 0;
    source
        .split('\n')
        .map(|raw| {
            let span = Span::new(at, at + raw.len());
            at += raw.len() + 1;
            clutter::Line { span, text: raw.trim() }
        })
        .collect()
}

static PATTERNS: LazyLock<ClutterPatterns> = LazyLock::new(|| ClutterPatterns::shipped().expect("the shipped tables are tested"));

fn patterns() -> &'static ClutterPatterns {
    &PATTERNS
}

/// A page: its article, or all its visible text where nothing is to be cleaned.
fn page(html: &str, known: &Known, cleaning: Cleaning) -> Document {
    let page = dragoman_page::read_page(html, known.url.as_deref());
    let body = if cleaning == Cleaning::Never { dragoman_page::visible_text(html) } else { page.text };
    let mut writer = normalise::Writer::default();
    writer.write(&body, Span::new(0, body.len()));
    let (text, _, mut problems) = writer.finish();
    if let Some(reason) = &page.degraded {
        problems.push(encoding::problem(ProblemCode::DegradedPage, format!("only the plain text of the page was kept: {reason}")));
    }
    for date in &page.unreadable_dates {
        problems
            .push(encoding::problem(ProblemCode::UnreadableDate, format!("the page gives a date of publication that is none: {date:?}")));
    }
    if let Some(first) = page.published.as_ref().filter(|_| !page.conflicting.is_empty()) {
        let others: Vec<String> = page.conflicting.iter().map(|d| format!("{} ({})", d.date, d.source)).collect();
        problems.push(encoding::problem(
            ProblemCode::ConflictingDates,
            format!("{} ({}) was taken; the page also gives {}", first.date, first.source, others.join(", ")),
        ));
    }
    let dateline = text.lines().filter(|l| !l.trim().is_empty()).take(2).find_map(|l| dateline::find(l.trim()));
    let mut document = Document::plain(text);
    document.published = match page.published {
        Some(found) => Published::on(found.date, found.basis),
        None => dateline::published(dateline.as_ref(), &[]),
    };
    document.title = page.title;
    document.author = page.author;
    document.outlet = page.outlet.or_else(|| dateline.and_then(|d| d.outlet));
    document.url = page.canonical_url;
    document.language = page.language;
    document.degraded = page.degraded.is_some();
    document.problems = problems;
    document
}

/// What the sender says goes before what the report says of itself.
fn tell(document: &mut Document, known: Known) {
    if let Some(date) = known.published {
        document.published = Published::on(date, Basis::Given);
    }
    document.title = known.title.or(document.title.take());
    document.outlet = known.outlet.or(document.outlet.take());
    document.author = known.author.or(document.author.take());
    document.url = known.url.or(document.url.take());
    if document.published.date.is_none() {
        document.problems.push(encoding::problem(
            ProblemCode::NoPublicationDate,
            "no date of publication is known; relative dates stay partial".to_owned(),
        ));
    }
}
