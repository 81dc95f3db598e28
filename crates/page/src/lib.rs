//! Web pages: the article, and what the page says about it, behind limits that no page can go over.
//!
//! A page is parsed once, by a parser that stops at named limits; the extractor works on what came through. A page over a limit is
//! not lost: all its visible text is kept, and it is marked.

#![warn(missing_docs)]

mod about;
mod article;
mod blocks;
mod days;
mod dom;
mod guard;
mod linked;
mod plain;
mod published;
mod tidy;

use std::fmt;

use dragoman_doc::{Basis, PartialDate};

pub use article::MAX_ELEMENTS;
pub use guard::{Limit, MAX_ATTRIBUTES, MAX_DEPTH, MAX_NODES, MAX_SEPARATORS, MAX_TIME};
pub use plain::visible_text;

/// A page, read.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The article, its paragraphs separated by blank lines, without the headline; of a degraded page, all its visible text.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The language that the page states, ISO 639-1.
    pub language: Option<String>,
    /// The address that the page gives itself.
    pub canonical_url: Option<String>,
    /// When it was published.
    pub published: Option<PageDate>,
    /// Dates of publication that contradict it.
    pub conflicting: Vec<PageDate>,
    /// What the page gives as date of publication and cannot be read as one.
    pub unreadable_dates: Vec<String>,
    /// Why only the visible text was kept.
    pub degraded: Option<Degraded>,
}

/// A date that a page gives, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDate {
    /// The date.
    pub date: PartialDate,
    /// What it rests on.
    pub basis: Basis,
    /// Where on the page it stands.
    pub source: &'static str,
}

/// Why only the visible text of a page was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degraded {
    /// The page went over a limit of parsing.
    OverLimit(Limit),
    /// No article was found in it.
    NothingExtracted,
}

impl fmt::Display for Degraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OverLimit(limit) => limit.fmt(f),
            Self::NothingExtracted => f.write_str("no article was found in it"),
        }
    }
}

/// Reads a page; `url` is its address, where that is known.
///
/// No page makes it panic, hang or overflow the stack.
pub fn read_page(html: &str, url: Option<&str>) -> Page {
    let dom = match guard::parse(html) {
        Ok(dom) => dom,
        Err(limit) => return degraded(Page::default(), html, Degraded::OverLimit(limit)),
    };
    let linked = linked::read(&dom);
    let about = about::read(&dom, &linked);
    let urls: Vec<&str> = url.into_iter().chain(about.canonical_url.as_deref()).collect();
    let dates = published::find(&dom, &linked, about.title.as_deref(), &urls);
    let mut page = Page {
        text: String::new(),
        title: about.title,
        author: about.author,
        outlet: about.outlet,
        language: about.language,
        canonical_url: about.canonical_url,
        published: dates.best,
        conflicting: dates.conflicting,
        unreadable_dates: dates.unreadable,
        degraded: None,
    };
    match article::extract(&dom) {
        Some(paragraphs) => page.text = tidy::text(paragraphs, &dom, page.title.as_deref()),
        None => return degraded(page, html, Degraded::NothingExtracted),
    }
    if page.text.is_empty() { degraded(page, html, Degraded::NothingExtracted) } else { page }
}

fn degraded(page: Page, html: &str, why: Degraded) -> Page {
    Page { text: visible_text(html), degraded: Some(why), ..page }
}
