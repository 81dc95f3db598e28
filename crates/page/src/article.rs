//! The article of a page: found by the extractor, on a tree that has gone through the guard.

use std::thread;

use trafilatura::{HtmlDateMode, Options};

use crate::blocks::{self, Break, Writer};
use crate::dom::{Data, Dom, NodeId, Step};
use crate::guard;

/// The most elements that the extractor is given. Its time grows faster than the page.
pub const MAX_ELEMENTS: usize = 60_000;
/// A caption is not longer than this, in bytes.
const MAX_CAPTION: usize = 600;
/// Stack of the extractor's thread: it calls itself for each level of the page.
const STACK: usize = 64 << 20;

/// The article as paragraphs, headings among them; `None` if the extractor found nothing, or failed.
pub(crate) fn extract(dom: &Dom) -> Option<Vec<Paragraph>> {
    if dom.elements(Dom::ROOT).count() > MAX_ELEMENTS {
        return None;
    }
    let page = write(dom);
    let found = on_large_stack(|| article(&page))??;
    let paragraphs = paragraphs(&guard::parse(&found).ok()?);
    (!paragraphs.is_empty()).then_some(paragraphs)
}

/// A paragraph of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    pub(crate) text: String,
    /// Whether it is a heading.
    pub(crate) heading: bool,
}

fn article(page: &str) -> Option<String> {
    let options = Options::default().with_fallback(true).with_exclude_comments(true).with_html_date_mode(HtmlDateMode::Disabled);
    trafilatura::extract(page, &options).ok().map(|found| found.content_html)
}

/// Runs `work` where deep recursion does no harm; `None` if it panicked.
fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok()?.join().ok())
}

/// The tree as a page again, without what the extractor would only throw away.
fn write(dom: &Dom) -> String {
    let mut page = String::from("<!doctype html>");
    for step in dom.walk(Dom::ROOT, is_left_out) {
        match step {
            Step::Enter(id) => open(dom, id, &mut page),
            Step::Leave(id) => close(dom, id, &mut page),
        }
    }
    page
}

fn is_left_out(dom: &Dom, id: NodeId) -> bool {
    match dom.tag(id) {
        "p" | "div" | "span" => {
            dom.attribute(id, "class").is_some_and(|c| c.to_lowercase().contains("caption")) && dom.text(id).len() <= MAX_CAPTION
        }
        "script" => dom.attribute(id, "type") != Some("application/ld+json"),
        tag => shows_nothing(tag) || is_no_markup(tag),
    }
}

fn shows_nothing(tag: &str) -> bool {
    matches!(tag, "style" | "svg" | "math" | "noscript" | "iframe" | "template")
}

/// Its content is no markup; written again, the parser may swallow what follows.
fn is_no_markup(tag: &str) -> bool {
    matches!(tag, "xmp" | "noembed" | "noframes" | "plaintext")
}

fn open(dom: &Dom, id: NodeId, page: &mut String) {
    match &dom.nodes[id].data {
        Data::Holder => {}
        Data::Text(text) if dom.nodes[id].parent.is_some_and(|p| dom.tag(p) == "script") => page.push_str(text),
        Data::Text(text) => escape(text, page),
        Data::Element(name, attributes) => {
            page.push('<');
            page.push_str(name);
            for attribute in attributes {
                page.push(' ');
                page.push_str(&attribute.name.local);
                page.push_str("=\"");
                escape(&attribute.value, page);
                page.push('"');
            }
            page.push('>');
        }
    }
}

fn close(dom: &Dom, id: NodeId, page: &mut String) {
    let tag = dom.tag(id);
    let stands_alone = is_void(tag) && dom.nodes[id].children.is_empty();
    if !tag.is_empty() && !stands_alone {
        page.push_str("</");
        page.push_str(tag);
        page.push('>');
    }
}

fn is_void(tag: &str) -> bool {
    const FLOW: [&str; 8] = ["area", "br", "col", "embed", "hr", "img", "input", "wbr"];
    const OTHER: [&str; 6] = ["base", "link", "meta", "param", "source", "track"];
    FLOW.contains(&tag) || OTHER.contains(&tag)
}

fn escape(text: &str, page: &mut String) {
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            c => page.push(c),
        }
    }
}

/// The text of the extractor's answer, block by block.
fn paragraphs(dom: &Dom) -> Vec<Paragraph> {
    let mut all = Vec::new();
    let mut writer = Writer::default();
    let mut heading = false;
    let mut finish = |writer: &mut Writer, heading: bool| {
        for text in std::mem::take(writer).finish().split("\n\n").filter(|t| !t.is_empty()) {
            all.push(Paragraph { text: text.to_owned(), heading });
        }
    };
    for step in dom.walk(Dom::ROOT, |dom, id| blocks::is_hidden(dom.tag(id))) {
        let (Step::Enter(id) | Step::Leave(id)) = step;
        match &dom.nodes[id].data {
            Data::Text(text) if step == Step::Enter(id) => writer.text(text),
            Data::Element(name, _) => match Break::of(name) {
                Break::Paragraph => {
                    finish(&mut writer, heading);
                    heading = is_heading(name) && step == Step::Enter(id);
                }
                within => writer.end(within),
            },
            _ => {}
        }
    }
    finish(&mut writer, heading);
    all
}

fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
