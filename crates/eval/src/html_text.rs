//! Article text, date and title of web pages.
//!
//! * `f1`, `precision`, `recall`: 4-gram shingles of words, as in the article-extraction-benchmark
//!   (<https://github.com/scrapinghub/article-extraction-benchmark>): precision and recall are averaged over pages, `f1` is the harmonic
//!   mean of the two averages. A text shorter than four words is one shingle; both empty is 1.
//! * `f1_page_mean`: mean of the F1 of each page; `word_f1_page_mean`: the same with single words (the measure of WCXB).
//! * `accuracy`: share of pages whose words agree exactly.
//! * `with`, `without`: share of snippets that must occur and do, and of those that must not and do not; `snippets`: both together.
//! * `date`: share of pages with a gold day whose day of publication is that day; `date_given`: share of them with any day;
//!   `date_precision`: right among these.
//! * `title`: share with the same words, case and marks aside; `title_contains`: one holds the other.

use std::collections::HashMap;
use std::hash::Hash;

use serde_json::{Value, json};

use crate::figures::{Figures, Kind, Sums, Tally, harmonic, ratio};
use crate::records::{Records, rows};
use crate::text::{is_space, words};

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    html: Value,
    url: Value,
    text: Option<String>,
    date: Option<String>,
    title: Option<String>,
    with: Vec<String>,
    without: Vec<String>,
}

pub(crate) fn documents(text: &str) -> Vec<Document> {
    rows(text).into_iter().filter(|r| r["html"].is_string()).map(Document::new).collect()
}

impl Document {
    fn new(mut row: Value) -> Self {
        let given = |name: &str| row[name].as_str().filter(|s| !s.is_empty()).map(str::to_owned);
        let list = |name: &str| match &row[name] {
            Value::String(one) => vec![one.clone()],
            other => other.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
        };
        let (id, text, date, title) = (given("id").unwrap_or_default(), given("text"), given("date").filter(|d| is_day(d)), given("title"));
        let (with, without) = (list("with"), list("without"));
        Self { id, text, date, title, with, without, url: row["url"].take(), html: row["html"].take() }
    }

    pub(crate) fn input(&self) -> Value {
        json!({"id": self.id, "html": self.html, "url": self.url})
    }

    fn sums(&self, records: &Records) -> Vec<Sums> {
        let record = records.of(&self.id);
        let report = &record["report"];
        let got = report["text"].as_str().unwrap_or_default();
        let mut sums = vec![[1.0, 0.0, 0.0], share(record.is_null(), true)];
        if let Some(gold) = &self.text {
            let (a, b) = (words(gold), words(got));
            let (four, one) = (compared(&shingles(&a, 4), &shingles(&b, 4)), compared(&shingles(&a, 1), &shingles(&b, 1)));
            let exact = a == b;
            sums.push([four.0, four.1, 1.0]);
            sums.extend([[four.0, 1.0, 0.0], [four.1, 1.0, 0.0], share(exact, true)]);
            sums.extend([[harmonic(four.0, four.1), 1.0, 0.0], [harmonic(one.0, one.1), 1.0, 0.0]]);
        } else {
            sums.extend([[0.0; 3]; 6]);
        }
        let body = folded(got);
        let with = self.with.iter().filter(|s| body.contains(&folded(s))).count() as f64;
        let without = self.without.iter().filter(|s| !body.is_empty() && !body.contains(&folded(s))).count() as f64;
        let (all_with, all_without) = (self.with.len() as f64, self.without.len() as f64);
        sums.extend([[with, all_with, 0.0], [without, all_without, 0.0], [with + without, all_with + all_without, 0.0]]);
        let day = |text: &str| text.chars().take(10).collect::<String>();
        let found = day(report["published"]["date"].as_str().unwrap_or_default());
        let (right, given) = (self.date.as_deref().map(day) == Some(found.clone()), is_day(&found));
        let dated = self.date.is_some();
        sums.extend([share(dated && right, dated), share(dated && given, dated), share(dated && right, dated && given)]);
        sums.push([f64::from(u8::from(dated)), 0.0, 0.0]);
        let (a, b) = (title_words(self.title.as_deref().unwrap_or_default()), title_words(report["title"].as_str().unwrap_or_default()));
        let titled = self.title.is_some();
        let contains = !b.is_empty() && (b.contains(&a) || a.contains(&b));
        sums.extend([share(titled && a == b, titled), share(titled && contains, titled), [f64::from(u8::from(titled)), 0.0, 0.0]]);
        sums
    }
}

fn share(is: bool, of: bool) -> Sums {
    [f64::from(u8::from(is)), f64::from(u8::from(of)), 0.0]
}

/// Whether the text begins with a day, as 2024-08-15.
fn is_day(text: &str) -> bool {
    let shape: String = text.chars().take(10).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

fn shingles<'t>(words: &[&'t str], n: usize) -> HashMap<Vec<&'t str>, usize> {
    let mut all = HashMap::new();
    if !words.is_empty() {
        for k in 0..words.len().saturating_sub(n - 1).max(1) {
            *all.entry(words[k..(k + n).min(words.len())].to_vec()).or_insert(0) += 1;
        }
    }
    all
}

/// Precision and recall.
fn compared<K: Hash + Eq>(gold: &HashMap<K, usize>, got: &HashMap<K, usize>) -> (f64, f64) {
    let right: usize = gold.iter().map(|(k, n)| n.min(got.get(k).unwrap_or(&0))).sum();
    let (gold, got): (usize, usize) = (gold.values().sum(), got.values().sum());
    if right == gold && right == got { (1.0, 1.0) } else { (ratio(right as f64, got as f64), ratio(right as f64, gold as f64)) }
}

/// White space folded to single spaces.
fn folded(text: &str) -> String {
    text.split(is_space).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

fn title_words(title: &str) -> String {
    words(&title.to_lowercase()).join(" ")
}

pub(crate) fn score(documents: &[Document], records: &Records) -> Figures {
    let ratios = |names: &'static [&str]| names.iter().map(|n| ((*n).to_owned(), Kind::Ratio));
    let mut names = vec![("pages".to_owned(), Kind::Count), ("no_record".to_owned(), Kind::Count), ("f1".to_owned(), Kind::Harmonic)];
    names.extend(ratios(&["precision", "recall", "accuracy", "f1_page_mean", "word_f1_page_mean", "with", "without", "snippets"]));
    names.extend(ratios(&["date", "date_given", "date_precision"]));
    names.push(("date_n".to_owned(), Kind::Count));
    names.extend(ratios(&["title", "title_contains"]));
    names.push(("title_n".to_owned(), Kind::Count));
    let mut tally = Tally::new(names);
    for document in documents {
        tally.add(document.sums(records));
    }
    let mut figures = tally.figures();
    // Fields that the gold file lacks have no figures.
    let has = |of: fn(&Document) -> bool| documents.iter().any(of);
    let groups = [
        (has(|d| d.text.is_some()), &["f1", "precision", "recall", "accuracy", "f1_page_mean", "word_f1_page_mean"][..]),
        (has(|d| !d.with.is_empty() || !d.without.is_empty()), &["with", "without", "snippets"]),
        (has(|d| d.date.is_some()), &["date", "date_given", "date_precision", "date_n"]),
        (has(|d| d.title.is_some()), &["title", "title_contains", "title_n"]),
    ];
    figures.0.retain(|f| groups.iter().all(|(there, names)| *there || !names.contains(&f.name.as_str())));
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id":"a","html":"<p>x","text":"The talks went on for days.","date":"2024-08-15","title":"Talks go on","with":["went  on"],"without":["Subscribe"]}
{"id":"b","html":"<p>y","date":"in May"}"#;

    fn figures(record: &Value) -> Value {
        let line = record.to_string();
        score(&documents(GOLD), &Records::read([line.as_str()])).json()
    }

    #[test]
    fn gold_scores_full() {
        let report = json!({"source_id": "a", "text": "The talks went on: for days", "title": "Talks go on | Wire", "published": {"date": "2024-08-15"}});
        let all = figures(&json!({"report": report}));
        for name in ["f1", "precision", "recall", "accuracy", "with", "without", "date", "date_precision", "title_contains"] {
            assert_eq!(all[name], 1.0, "{name}: {all}");
        }
        assert_eq!(all["title"], 0.0);
        assert_eq!([&all["pages"], &all["no_record"], &all["date_n"]], [2, 1, 1]);
    }

    #[test]
    fn a_page_without_a_record_is_a_miss() {
        let all = figures(&json!({}));
        for name in ["f1", "with", "without", "date", "date_given"] {
            assert_eq!(all[name], 0.0, "{name}: {all}");
        }
        assert_eq!(all["date_precision"], 0.0);
        let without_titles = documents(GOLD).split_off(1);
        assert!(score(&without_titles, &Records::default()).json().get("title").is_none());
    }

    #[test]
    fn short_texts_are_one_shingle() {
        assert_eq!(compared(&shingles(&["a", "b"], 4), &shingles(&["a", "b"], 4)), (1.0, 1.0));
        assert_eq!(compared(&shingles(&["a"], 4), &shingles(&[], 4)), (0.0, 0.0));
        assert_eq!(compared(&shingles(&[], 4), &shingles(&[], 4)), (1.0, 1.0));
    }
}
