//! What the extractor leaves in an article that is not its text. Careful: what may be a sentence of the report stays.

use std::collections::HashSet;
use std::sync::LazyLock;

use dragoman_lexicon::ClutterPatterns;

use crate::about::folded;
use crate::article::Paragraph;
use crate::dom::Dom;

/// Longer lines are no clutter, in bytes.
const MAX_CLUTTER: usize = 240;
/// A link of fewer words may be a line of its own in a report.
const MIN_LINK_WORDS: usize = 4;
/// A paragraph of more bytes that stands twice is a copy.
const MIN_COPY: usize = 120;

static PATTERNS: LazyLock<ClutterPatterns> = LazyLock::new(|| ClutterPatterns::shipped().expect("the shipped tables are tested"));

/// The article's text: without its title, clutter, copies, links to other reports, and headings with nothing below them.
pub(crate) fn text(paragraphs: Vec<Paragraph>, dom: &Dom, title: Option<&str>) -> String {
    let links = links(dom);
    let mut seen = HashSet::new();
    let mut kept: Vec<Paragraph> = paragraphs
        .into_iter()
        .filter(|p| !is_title(&p.text, title) && !is_clutter(&p.text))
        .filter(|p| p.heading || !links.contains(&p.text) || is_sentence(&p.text))
        .filter(|p| p.text.len() < MIN_COPY || seen.insert(p.text.clone()))
        .collect();
    while kept.last().is_some_and(|p| p.heading || links.contains(&p.text)) {
        kept.pop();
    }
    let texts: Vec<String> = kept.into_iter().map(|p| p.text).collect();
    texts.join("\n\n")
}

/// What the links of the page say.
fn links(dom: &Dom) -> HashSet<String> {
    let texts = dom.tagged("a").map(|id| folded(&dom.text(id)));
    texts.filter(|t| t.split(' ').count() >= MIN_LINK_WORDS).collect()
}

fn is_title(text: &str, title: Option<&str>) -> bool {
    let words =
        |t: &str| t.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    title.is_some_and(|t| text == t || (text.len() < 2 * t.len() && words(text) == words(t)))
}

fn is_clutter(text: &str) -> bool {
    text.len() <= MAX_CLUTTER && text.lines().all(|line| PATTERNS.is_clutter(line))
}

fn is_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', '\'']).ends_with(['.', '!', '?', '…', '。'])
}
