//! The article, by the library, on a thread that may fail.

use trafilatura::Options;

use crate::scan::Scanned;
use crate::{Degraded, Page};

/// Stack of the extraction thread: the library recurses with the depth of the page, which the guard bounds.
const STACK_BYTES: usize = 64 << 20;

/// The article of a page that is within all limits.
pub(crate) fn extract(html: &str, url: Option<&str>, scanned: &Scanned) -> Page {
    let mut options = Options::default().with_fallback(true).with_exclude_comments(true);
    options.original_url = url.and_then(|u| url::Url::parse(u).ok());
    // A thread of its own: it has the stack it needs, and its panic is its own.
    let result = std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, || trafilatura::extract(html, &options));
        worker.ok().and_then(|w| w.join().ok())
    });
    match result {
        Some(Ok(found)) => from_library(&found, scanned),
        Some(Err(_)) => plain(scanned, Degraded::NothingExtracted),
        None => plain(scanned, Degraded::ExtractorFailed),
    }
}

fn plain(scanned: &Scanned, reason: Degraded) -> Page {
    Page { text: scanned.text(), degraded: Some(reason), ..Page::default() }
}

fn from_library(found: &trafilatura::ExtractResult, scanned: &Scanned) -> Page {
    let given = |s: &str| Some(s.trim().to_owned()).filter(|s| !s.is_empty());
    let title = given(&found.metadata.title);
    let text = paragraphs(&found.content_text, title.as_deref(), scanned.headline().as_deref());
    if text.is_empty() {
        return plain(scanned, Degraded::NothingExtracted);
    }
    Page {
        text,
        title,
        author: given(&found.metadata.author),
        outlet: given(&found.metadata.sitename),
        language: given(&found.metadata.language),
        canonical_url: given(&found.metadata.url),
        ..Page::default()
    }
}

/// One blank line between blocks, and no headline at the top, which is a field of its own.
fn paragraphs(text: &str, title: Option<&str>, headline: Option<&str>) -> String {
    let lines: Vec<String> = text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|l| !l.is_empty()).collect();
    let repeats = |line: &String| [title, headline].into_iter().flatten().any(|t| t.eq_ignore_ascii_case(line));
    let skip = usize::from(lines.len() > 1 && lines.first().is_some_and(repeats));
    lines[skip..].join("\n\n")
}
