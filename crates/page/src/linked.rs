//! What a page says of itself as linked data (JSON-LD).

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use crate::dom::Dom;

/// The most objects of a page that are looked at.
const MAX_OBJECTS: usize = 2_000;

/// The report as its page describes it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Linked {
    pub(crate) headline: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) published: Option<String>,
}

/// Reads the linked data of a page: of the first report in it.
pub(crate) fn read(dom: &Dom) -> Linked {
    let scripts =
        dom.tagged("script").filter(|id| dom.attribute(*id, "type").is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json")));
    let texts: Vec<String> = scripts.map(|id| dom.text(id)).collect();
    let values: Vec<Value> = texts.iter().filter_map(|t| serde_json::from_str(t.trim()).ok()).collect();
    let objects = objects(&values);
    let report =
        objects.iter().copied().find(|o| is_report(o)).or_else(|| objects.iter().copied().find(|o| o.contains_key("datePublished")));
    let mut linked = report.map(describe).unwrap_or_default();
    if linked.published.is_none() && values.len() < texts.len() {
        linked.published = texts.iter().find_map(|t| Some(PUBLISHED.captures(t)?.get(1)?.as_str().to_owned()));
    }
    linked
}

/// For linked data that is broken.
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""datePublished"\s*:\s*"([^"]{4,60})""#).expect("a fixed pattern"));

/// All objects, outer ones first.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut queue: Vec<&Value> = values.iter().collect();
    let mut objects = Vec::new();
    let mut next = 0;
    while next < queue.len().min(MAX_OBJECTS) {
        match queue[next] {
            Value::Object(object) => {
                objects.push(object);
                queue.extend(object.values());
            }
            Value::Array(list) => queue.extend(list),
            _ => {}
        }
        next += 1;
    }
    objects
}

fn is_report(object: &Map<String, Value>) -> bool {
    let is = |v: &Value| v.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting") || t.ends_with("Report"));
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(is),
        Some(one) => is(one),
        None => false,
    }
}

fn describe(report: &Map<String, Value>) -> Linked {
    let text = |key: &str| report.get(key).and_then(Value::as_str).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    Linked {
        headline: text("headline"),
        author: report.get("author").and_then(names),
        publisher: report.get("publisher").and_then(names),
        language: text("inLanguage"),
        published: text("datePublished"),
    }
}

/// The name of a person or an organisation, or of several.
fn names(value: &Value) -> Option<String> {
    let name = |v: &Value| v.as_str().or_else(|| v.get("name")?.as_str()).map(str::trim).map(str::to_owned);
    let all: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(name).collect(),
        one => name(one).into_iter().collect(),
    };
    let named: Vec<&str> = all.iter().map(String::as_str).filter(|n| !n.is_empty() && !n.contains("://")).collect();
    (!named.is_empty()).then(|| named.join(", "))
}
