//! What a page says about its report: title, author, outlet, language, address.

use crate::dom::{Dom, NodeId};
use crate::linked::Linked;

/// Words that headline and page title must share for one to be the other, of ten.
const SHARED_OF_TEN: usize = 6;
/// The longest author's line, in bytes.
const MAX_AUTHOR: usize = 120;

/// What a page says about its report.
#[derive(Debug, Default)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) canonical_url: Option<String>,
}

pub(crate) fn read(dom: &Dom, linked: &Linked) -> About {
    let outlet = meta(dom, &["og:site_name"]).or_else(|| linked.publisher.clone());
    About {
        title: title(dom, linked, outlet.as_deref()),
        author: linked.author.clone().or_else(|| author(dom)),
        language: language(dom).or_else(|| linked.language.clone()).map(|l| primary(&l)),
        canonical_url: canonical(dom),
        outlet,
    }
}

/// The content of the first `<meta>` that has one of these names, in the order of the names.
pub(crate) fn meta(dom: &Dom, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let named = |id: &NodeId| {
            let keys = ["property", "name", "itemprop"].into_iter().filter_map(|key| dom.attribute(*id, key));
            keys.into_iter().any(|k| k.eq_ignore_ascii_case(name))
        };
        dom.tagged("meta").filter(named).find_map(|id| dom.attribute(id, "content")).map(folded)
    })
}

pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headline as it stands above the report, if what the page calls itself agrees with it.
fn title(dom: &Dom, linked: &Linked, outlet: Option<&str>) -> Option<String> {
    let stated = meta(dom, &["og:title", "twitter:title"]).or_else(|| linked.headline.as_deref().map(folded));
    let window = dom.tagged("title").next().map(|id| folded(&dom.text(id))).filter(|t| !t.is_empty());
    let name = stated.or(window).map(|t| without_outlet(&t, outlet));
    let headlines: Vec<String> = dom.tagged("h1").map(|id| folded(&dom.text(id))).filter(|t| !t.is_empty()).collect();
    match name {
        Some(name) => headlines.into_iter().find(|h| agree(h, &name)).or(Some(name)),
        None => headlines.into_iter().next(),
    }
    .filter(|t| !t.is_empty())
}

/// The element of the headline, as far as one can tell.
pub(crate) fn headline(dom: &Dom, title: Option<&str>) -> Option<NodeId> {
    let headings = |tags: &[&str]| dom.elements(Dom::ROOT).filter(|id| tags.contains(&dom.tag(*id))).collect::<Vec<_>>();
    let agreeing = |id: &NodeId| title.is_some_and(|t| agree(&dom.text(*id), t));
    let first = headings(&["h1"]);
    first.iter().copied().find(agreeing).or_else(|| headings(&["h2", "h3", "h4"]).into_iter().find(agreeing)).or(first.last().copied())
}

/// Whether most words of the shorter one stand in the other.
fn agree(one: &str, other: &str) -> bool {
    let words =
        |t: &str| -> Vec<String> { t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect() };
    let (mut short, mut long) = (words(one), words(other));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let shared = short.iter().filter(|w| long.contains(w)).count();
    short.len() > 1 && shared * 10 >= short.len() * SHARED_OF_TEN
}

/// "Talks resume | Newsline" is the title of a window, not of a report.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some((head, tail)) =
        [" | ", " - ", " – ", " — ", " :: "].iter().filter_map(|bar| title.rsplit_once(bar)).max_by_key(|(h, _)| h.len())
    else {
        return title.to_owned();
    };
    let names_outlet = outlet.is_some_and(|o| agree(o, tail) || o.eq_ignore_ascii_case(tail));
    let short = tail.split_whitespace().count() * 2 <= head.split_whitespace().count() && title.contains(" | ");
    if names_outlet || short { head.trim().to_owned() } else { title.to_owned() }
}

fn author(dom: &Dom) -> Option<String> {
    let marked = dom.elements(Dom::ROOT).filter(|id| {
        dom.attribute(*id, "rel") == Some("author") || dom.attribute(*id, "itemprop").is_some_and(|p| p.eq_ignore_ascii_case("author"))
    });
    let marked = marked.map(|id| folded(dom.attribute(id, "content").unwrap_or(&dom.text(id))));
    meta(dom, &["author", "parsely-author", "sailthru.author", "dc.creator", "article:author"])
        .into_iter()
        .chain(marked)
        .find(|a| !a.is_empty() && a.len() <= MAX_AUTHOR && !a.contains("://"))
}

fn language(dom: &Dom) -> Option<String> {
    let stated = dom.tagged("html").next().and_then(|id| dom.attribute(id, "lang"));
    stated.map(str::to_owned).or_else(|| meta(dom, &["og:locale", "language"]))
}

/// "en-GB" and "en_US" are "en".
fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

fn canonical(dom: &Dom) -> Option<String> {
    let link = dom.tagged("link").find(|id| dom.attribute(*id, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")));
    let stated = link.and_then(|id| dom.attribute(id, "href")).map(str::to_owned).or_else(|| meta(dom, &["og:url"]));
    stated.filter(|u| u.starts_with("http://") || u.starts_with("https://"))
}
