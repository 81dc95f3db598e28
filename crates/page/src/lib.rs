//! Web pages: the article, its title and its date of publication, whatever the page does.
//!
//! The body is taken by a kept library (`trafilatura`). No HTML library bounds its own work, so a guard goes first: it runs over the
//! page once, in linear time, counts what a parser would build, and turns pages over its limits into plain text, marked as degraded.

#![warn(missing_docs)]

mod body;
mod dates;
mod guard;
mod scan;

use std::fmt;

use dragoman_doc::{Basis, PartialDate};

pub use guard::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS};

/// What a page says.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The article, paragraphs parted by a blank line.
    pub text: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The site's name.
    pub outlet: Option<String>,
    /// The language that the page states.
    pub language: Option<String>,
    /// The address that the page gives itself.
    pub canonical_url: Option<String>,
    /// When it was published.
    pub published: Option<PageDate>,
    /// Other dates of publication that the page gives, of other days.
    pub conflicting: Vec<PageDate>,
    /// Values in the place of a date of publication that are none.
    pub unreadable_dates: Vec<String>,
    /// Why only the plain text was kept.
    pub degraded: Option<Degraded>,
}

/// A date of publication and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDate {
    /// The day as written, in its own time zone.
    pub date: PartialDate,
    /// What it rests on.
    pub basis: Basis,
    /// Where it stood, in words.
    pub source: &'static str,
}

/// Why only the plain text of a page was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degraded {
    /// Elements lie deeper than [`MAX_DEPTH`].
    TooDeep,
    /// More than [`MAX_ELEMENTS`] elements and comments.
    TooManyElements,
    /// More than [`MAX_ATTRIBUTES`] attributes on one tag.
    TooManyAttributes,
    /// The library failed on it.
    ExtractorFailed,
    /// The library found no article.
    NothingExtracted,
}

impl fmt::Display for Degraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooDeep => write!(f, "its elements lie more than {MAX_DEPTH} deep"),
            Self::TooManyElements => write!(f, "it has more than {MAX_ELEMENTS} elements"),
            Self::TooManyAttributes => write!(f, "a tag has more than {MAX_ATTRIBUTES} attributes"),
            Self::ExtractorFailed => f.write_str("the extraction library failed on it"),
            Self::NothingExtracted => f.write_str("no article was found in it"),
        }
    }
}

/// Reads a page. `url` is where it stood, if that is known.
pub fn read_page(html: &str, url: Option<&str>) -> Page {
    let plain = guard::attributes_within(html);
    let stripped = if plain { None } else { Some(guard::strip_attributes(html)) };
    let scanned = scan::scan(stripped.as_deref().unwrap_or(html));
    let over = if plain { scanned.over_limit() } else { Some(Degraded::TooManyAttributes) };
    let mut page = match over {
        Some(reason) => Page { text: scanned.text(), degraded: Some(reason), ..Page::default() },
        None => body::extract(html, url, &scanned),
    };
    page.title = page.title.or_else(|| scanned.title());
    page.outlet = page.outlet.or_else(|| scanned.meta("og:site_name"));
    page.language = scanned.language().or(page.language);
    page.canonical_url = scanned.canonical().or(page.canonical_url);
    dates::date(&mut page, html, url, &scanned, over.is_none());
    page
}

/// All text that a reader of the page sees, without scripts and styles.
pub fn visible_text(html: &str) -> String {
    scan::scan(&guard::strip_attributes(html)).text()
}
