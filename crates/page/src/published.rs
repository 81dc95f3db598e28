//! When a page was published: every date it gives of that, the best first.

use dragoman_doc::{Basis, PartialDate};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::PageDate;
use crate::about::{self, folded, meta};
use crate::days::{Order, day_in, day_in_url, universal_hour};
use crate::dom::{Dom, NodeId};
use crate::linked::Linked;

/// How long a line is that says when it was published, in bytes.
const MAX_LINE: usize = 120;
/// How many elements above a date may tell what it is the date of.
const REACH: usize = 3;
/// How many elements behind the headline are looked at for a date; and before it, a quarter of that.
const NEAR: usize = 120;
/// Up to this hour in Greenwich it is still the day before somewhere.
const STILL_YESTERDAY: i8 = 12;
/// From this hour on it is the next day somewhere.
const ALREADY_TOMORROW: i8 = 10;

/// The dates of a page.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    /// The best one.
    pub(crate) best: Option<PageDate>,
    /// Others that contradict it.
    pub(crate) conflicting: Vec<PageDate>,
    /// What should have been one.
    pub(crate) unreadable: Vec<String>,
}

/// A date as it is written somewhere on the page.
struct Stated {
    source: &'static str,
    written: String,
}

/// Finds the dates of a page; `urls` are its addresses.
pub(crate) fn find(dom: &Dom, linked: &Linked, title: Option<&str>, urls: &[&str]) -> Dates {
    let headline = about::headline(dom, title);
    let order = order(dom);
    let stated = stated(dom, linked, headline);
    let mut dates = Dates::default();
    let mut found = Vec::new();
    for Stated { source, written } in &stated {
        match day_in(written, order) {
            Some(day) => found.push(page_date(day, Basis::Metadata, source)),
            None if is_meant_as_date(written) => dates.unreadable.push(written.clone()),
            None => {}
        }
    }
    found.extend(urls.iter().find_map(|u| day_in_url(u)).map(|day| page_date(day, Basis::Url, "address")));
    let universal = stated.iter().find(|s| day_in(&s.written, order).is_some()).and_then(|s| universal_hour(&s.written));
    if found.is_empty() || universal.is_some() {
        found.extend(shown(dom, headline, order).map(|day| page_date(day, Basis::Text, "line near the headline")));
    }
    let local: Vec<Date> =
        stated.iter().filter(|s| universal_hour(&s.written).is_none()).filter_map(|s| day_in(&s.written, order)).collect();
    settle(found, local, universal, &mut dates);
    dates
}

/// Takes the first date, moved to the local day if it is given in universal time and the page gives that day too.
fn settle(found: Vec<PageDate>, local: Vec<Date>, universal: Option<i8>, dates: &mut Dates) {
    let mut found = found.into_iter();
    let Some(mut best) = found.next() else { return };
    let others: Vec<PageDate> = found.collect();
    if let Some(hour) = universal {
        let elsewhere = others.iter().filter(|o| o.basis != Basis::Metadata).map(|o| o.date.first());
        let stated = best.date.first();
        let possible = |day: &Date| *day == stated || is_local_day(stated, hour, *day);
        if let Some(day) = local.into_iter().chain(elsewhere).find(possible) {
            best.date = PartialDate::day(day);
        }
    }
    dates.conflicting = others.into_iter().filter(|other| other.basis != Basis::Text && contradict(&best, other)).collect();
    dates.best = Some(best);
}

fn is_local_day(day: Date, hour: i8, local: Date) -> bool {
    let before = day.checked_sub(1.day()).is_ok_and(|d| d == local) && hour < STILL_YESTERDAY;
    let behind = day.checked_add(1.day()).is_ok_and(|d| d == local) && hour >= ALREADY_TOMORROW;
    before || behind
}

fn page_date(day: Date, basis: Basis, source: &'static str) -> PageDate {
    PageDate { date: PartialDate::day(day), basis, source }
}

/// A day's difference is one of time zones.
fn contradict(one: &PageDate, other: &PageDate) -> bool {
    let days = one.date.first().since(other.date.first()).map_or(i32::MAX, |span| span.get_days());
    days.abs() > 1
}

/// A year or more than one number; a link or a word is none.
fn is_meant_as_date(written: &str) -> bool {
    !written.contains("://") && written.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// How the page's country writes dates in numbers.
fn order(dom: &Dom) -> Order {
    let stated = dom.tagged("html").next().and_then(|id| dom.attribute(id, "lang")).map(str::to_owned);
    match stated.into_iter().chain(meta(dom, &["og:locale"])).find_map(|l| Some(l.split_once(['-', '_'])?.1.to_lowercase())).as_deref() {
        Some("us") => Order::MonthFirst,
        Some(_) => Order::DayFirst,
        None => Order::Unknown,
    }
}

/// What the page states as its date of publication, for machines, the best first.
fn stated(dom: &Dom, linked: &Linked, headline: Option<NodeId>) -> Vec<Stated> {
    let mut all = Vec::new();
    let mut add = |source, written: Option<String>| all.extend(written.map(|written| Stated { source, written }));
    add("linked data", linked.published.clone());
    add("article:published_time", meta(dom, &["article:published_time", "og:article:published_time", "og:published_time"]));
    let itemprop = |id: &NodeId| dom.attribute(*id, "itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"));
    add("itemprop", dom.elements(Dom::ROOT).find(itemprop).and_then(|id| written(dom, id).next()));
    add("meta", other_meta(dom));
    if let Some(time) = time(dom, headline) {
        for written in written(dom, time) {
            add("time", Some(written));
        }
    }
    all
}

/// The dates on an element: in its attributes, and as text.
fn written(dom: &Dom, id: NodeId) -> impl Iterator<Item = String> {
    let attributes = ["datetime", "content", "title"].into_iter().filter_map(move |key| dom.attribute(id, key)).map(folded);
    let text = std::iter::once_with(move || folded(&dom.text(id)));
    attributes.chain(text).filter(|t| t.len() <= MAX_LINE && is_meant_as_date(t) && !is_of_change(&t.to_lowercase()))
}

/// Any other `<meta>` whose name speaks of publishing, then one that speaks of a date.
fn other_meta(dom: &Dom) -> Option<String> {
    let named = |is: fn(&str) -> bool| {
        dom.tagged("meta").find_map(|id| {
            let name = ["property", "name", "itemprop"].into_iter().find_map(|key| dom.attribute(id, key))?.to_lowercase();
            let content = dom.attribute(id, "content").filter(|c| is_meant_as_date(c))?;
            (is(&name) && !is_of_change(&name) && !name.ends_with("published_time")).then(|| folded(content))
        })
    };
    named(|n| n.contains("publish") || n.contains("pubdate") || n.contains("pub-date") || n.contains("pub_date"))
        .or_else(|| named(|n| n.ends_with("date") || n.ends_with("created") || n.ends_with("issued") || n.ends_with("release_date")))
}

/// Names of dates that are not those of publication.
fn is_of_change(name: &str) -> bool {
    ["modif", "updat", "expir", "revis", "access", "copyright", "event"].iter().any(|word| name.contains(word))
}

/// The `<time>` of the report: one that is said to be it, else the first below the headline that is not of something else.
fn time(dom: &Dom, headline: Option<NodeId>) -> Option<NodeId> {
    let dated = |id: &NodeId| written(dom, *id).next().is_some() && !says(dom, *id, is_of_change) && !is_elsewhere(dom, *id);
    let times: Vec<NodeId> = dom.tagged("time").filter(dated).collect();
    let said = times.iter().copied().find(|id| dom.has(*id, "pubdate") || says(dom, *id, is_of_publishing));
    let near = headline.and_then(|h| times.iter().copied().find(|id| *id > h));
    said.or(near).or(times.first().copied())
}

/// Whether a name of an element, or of one just above it, is such a name.
fn says(dom: &Dom, id: NodeId, is: fn(&str) -> bool) -> bool {
    std::iter::once(id).chain(dom.ancestors(id).take(REACH)).any(|id| says_itself(dom, id, is))
}

fn says_itself(dom: &Dom, id: NodeId, is: fn(&str) -> bool) -> bool {
    let names = ["class", "id", "itemprop", "data-testid"].into_iter().filter_map(|key| dom.attribute(id, key));
    names.into_iter().any(|name| is(&name.to_lowercase()))
}

fn is_of_publishing(name: &str) -> bool {
    ["publi", "posted", "pubdate", "entry-date", "created"].iter().any(|word| name.contains(word))
}

fn is_of_date(name: &str) -> bool {
    ["date", "time", "publi", "posted", "byline", "meta"].iter().any(|word| name.contains(word))
}

/// In a list of other reports, a comment, the page's frame.
fn is_elsewhere(dom: &Dom, id: NodeId) -> bool {
    let other =
        |name: &str| ["related", "comment", "sidebar", "recommend", "latest", "popular", "trending"].iter().any(|w| name.contains(w));
    dom.ancestors(id).any(|id| matches!(dom.tag(id), "aside" | "nav" | "footer") || says_itself(dom, id, other))
}

/// A date that readers see: in an element that is made for one, else in the lines next to the headline.
fn shown(dom: &Dom, headline: Option<NodeId>, order: Order) -> Option<Date> {
    let day = |id: NodeId| {
        let line = folded(&dom.text(id));
        let is_line = line.len() <= MAX_LINE && is_meant_as_date(&line) && !is_of_change(&line.to_lowercase());
        is_line.then(|| day_in(&line, order)).flatten()
    };
    let made_for = |id: &NodeId| says_itself(dom, *id, is_of_date) && !says(dom, *id, is_of_change) && !is_elsewhere(dom, *id);
    let marked: Vec<NodeId> = dom.elements(Dom::ROOT).filter(made_for).collect();
    let (before, behind) = marked.split_at(marked.partition_point(|id| headline.is_some_and(|h| *id < h)));
    let below = behind.iter().copied().find_map(day);
    below.or_else(|| before.iter().rev().copied().find_map(day)).or_else(|| near(dom, headline?).into_iter().find_map(day))
}

/// The elements behind the headline, then those before it, nearest first.
fn near(dom: &Dom, headline: NodeId) -> Vec<NodeId> {
    let ids: Vec<NodeId> = dom.elements(Dom::ROOT).collect();
    let at = ids.iter().position(|id| *id == headline).unwrap_or(0);
    let (before, behind) = ids.split_at(at);
    behind.iter().take(NEAR).chain(before.iter().rev().take(NEAR / 4)).copied().collect()
}
