//! Acquisition: bytes as received become a [`Document`] whose text never changes again.

#![warn(missing_docs)]

use std::fmt;

use dragoman_doc::{Document, PartialDate};

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
pub fn acquire(received: Received, _cleaning: Cleaning) -> Result<Document, Refusal> {
    let text = match received.content {
        Content::Bytes(b) => String::from_utf8(b).map_err(|_| Refusal::Binary)?,
        Content::Text(t) | Content::Html(t) => t,
    };
    let mut document = Document::plain(text);
    document.source_id = received.source_id;
    document.source = received.source;
    Ok(document)
}
