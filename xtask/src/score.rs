//! Scores of the release binary on gold files, with 95 % intervals by bootstrap over documents.
//!
//! `html` has the measures of article-extraction-benchmark (4-gram shingles of words; precision and recall averaged over pages; F1 of
//! the two averages) and the share of pages whose day of publication is right. `sentences` has the F1 of exact sentence spans and of
//! words from raw text, in the way of the CoNLL 2018 evaluation.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use regex::Regex;
use serde_json::{Value, json};

use crate::measure;

/// Resamples of the bootstrap.
const RESAMPLES: usize = 1000;
/// Seed of the resampling, so that a figure can be had again.
const SEED: u64 = 2026;

/// `cargo xtask score html|sentences GOLD [--only WORD,WORD]`.
pub(crate) fn run(root: &Path, task: &str, gold: &Path, options: &[&str]) -> Result<()> {
    if !gold.exists() {
        bail!("no gold file at {}; the data folder is not part of the repository (SCORES.md names the public sources)", gold.display());
    }
    let only: Vec<&str> = match options {
        [] => Vec::new(),
        ["--only", words] => words.split(',').collect(),
        _ => bail!("usage: cargo xtask score html|sentences GOLD [--only WORD,WORD]"),
    };
    let program = measure::build(root)?;
    match task {
        "html" => html(&program, gold),
        "sentences" => sentences(&program, gold, &only),
        other => bail!("no task {other}; there are html and sentences"),
    }
}

/// Runs the program on JSON lines; its records by their `source_id`.
fn records(program: &Path, input: &[Value], more: &[&str]) -> Result<BTreeMap<String, Value>> {
    let mut file = tempfile::NamedTempFile::new()?;
    for row in input {
        writeln!(file, "{row}")?;
    }
    let output = Command::new(program)
        .args(["read", "--input-format", "jsonl", "--format", "jsonl", "--quiet"])
        .args(more)
        .arg(file.path())
        .output()?;
    let text = String::from_utf8(output.stdout).context("the program prints UTF-8")?;
    let mut found = BTreeMap::new();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line)?;
        let id = record["report"]["source_id"].as_str().unwrap_or_default().to_owned();
        found.entry(id).or_insert(record);
    }
    Ok(found)
}

struct Page {
    text: Option<(f64, f64)>,
    day: Option<bool>,
}

fn html(program: &Path, gold: &Path) -> Result<()> {
    let rows = measure::rows(gold)?;
    let input: Vec<Value> = rows.iter().map(|r| json!({"id": r["id"], "html": r["html"], "url": r["url"]})).collect();
    let found = records(program, &input, &[])?;
    let word = Regex::new(r"\w+")?;
    let pages: Vec<Page> = rows
        .iter()
        .map(|row| {
            let report = found.get(row["id"].as_str().unwrap_or_default()).map_or(&Value::Null, |r| &r["report"]);
            let text = row["text"]
                .as_str()
                .filter(|t| !t.is_empty())
                .map(|gold| compared(&word, gold, report["text"].as_str().unwrap_or_default()));
            let day = row["date"].as_str().filter(|d| d.len() >= 10).and_then(|d| d.get(..10));
            Page { text, day: day.map(|d| report["published"]["date"].as_str() == Some(d)) }
        })
        .collect();
    let mean = |of: &[&Page], pick: fn(&(f64, f64)) -> f64| {
        let all: Vec<f64> = of.iter().filter_map(|p| p.text.as_ref().map(pick)).collect();
        all.iter().sum::<f64>() / all.len().max(1) as f64
    };
    let f1 = |of: &[&Page]| harmonic(mean(of, |t| t.0), mean(of, |t| t.1));
    let day = |of: &[&Page]| {
        let all: Vec<bool> = of.iter().filter_map(|p| p.day).collect();
        all.iter().filter(|d| **d).count() as f64 / all.len().max(1) as f64
    };
    println!("pages {}", pages.len());
    if pages.iter().any(|p| p.text.is_some()) {
        show("article F1", &pages, &f1);
    }
    if pages.iter().any(|p| p.day.is_some()) {
        show("day of publication right", &pages, &day);
    }
    Ok(())
}

/// Precision and recall of 4-gram shingles.
fn compared(word: &Regex, gold: &str, got: &str) -> (f64, f64) {
    let shingles = |text: &str| -> BTreeMap<Vec<String>, usize> {
        let words: Vec<String> = word.find_iter(text).map(|m| m.as_str().to_owned()).collect();
        let mut all = BTreeMap::new();
        if words.is_empty() {
            return all;
        }
        for i in 0..words.len().saturating_sub(3).max(1) {
            *all.entry(words[i..(i + 4).min(words.len())].to_vec()).or_insert(0) += 1;
        }
        all
    };
    let (a, b) = (shingles(gold), shingles(got));
    let shared: usize = a.iter().map(|(k, n)| n.min(b.get(k).unwrap_or(&0))).sum();
    let (gold, got): (usize, usize) = (a.values().sum(), b.values().sum());
    if gold == shared && got == shared {
        return (1.0, 1.0);
    }
    (shared as f64 / got.max(1) as f64, shared as f64 / gold.max(1) as f64)
}

fn harmonic(p: f64, r: f64) -> f64 {
    if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
}

/// Right, predicted and gold counts of one document.
#[derive(Default)]
struct Counts {
    sentences: [usize; 3],
    words: [usize; 3],
}

fn sentences(program: &Path, gold: &Path, only: &[&str]) -> Result<()> {
    let documents: Vec<Document> =
        documents(&measure::text(gold)?).into_iter().filter(|d| only.is_empty() || only.iter().any(|w| d.name.contains(w))).collect();
    let input: Vec<Value> = documents.iter().map(|d| json!({"id": d.name, "text": d.text})).collect();
    let found = records(program, &input, &["--layers", "tokens"])?;
    let counts: Vec<Counts> = documents.iter().map(|d| d.counts(found.get(&d.name).unwrap_or(&Value::Null))).collect();
    let f1 = |pick: fn(&Counts) -> &[usize; 3]| {
        move |of: &[&Counts]| {
            let sum = |i: usize| of.iter().map(|c| pick(c)[i]).sum::<usize>() as f64;
            harmonic(sum(0) / sum(1).max(1.0), sum(0) / sum(2).max(1.0))
        }
    };
    println!("documents {}, gold sentences {}", documents.len(), counts.iter().map(|c| c.sentences[2]).sum::<usize>());
    show("sentences F1", &counts, &f1(|c| &c.sentences));
    show("words F1", &counts, &f1(|c| &c.words));
    Ok(())
}

struct Document {
    name: String,
    text: String,
    sentences: BTreeSet<(usize, usize)>,
    words: Vec<(usize, usize)>,
}

impl Document {
    fn counts(&self, record: &Value) -> Counts {
        let span = |v: &Value| Some((usize::try_from(v["span"][0].as_u64()?).ok()?, usize::try_from(v["span"][1].as_u64()?).ok()?));
        let list = |name: &str| record[name].as_array().into_iter().flatten().filter_map(span).collect::<Vec<_>>();
        let predicted: BTreeSet<(usize, usize)> = list("sentences").into_iter().collect();
        let words = list("tokens");
        // Parts of one written word may share its span: the n-th of a span meets the n-th.
        let count = |all: &[(usize, usize)]| {
            all.iter().fold(BTreeMap::new(), |mut m: BTreeMap<_, usize>, s| {
                *m.entry(*s).or_default() += 1;
                m
            })
        };
        let (gold_words, got_words) = (count(&self.words), count(&words));
        let shared = gold_words.iter().map(|(s, n)| n.min(got_words.get(s).unwrap_or(&0))).sum();
        Counts {
            sentences: [self.sentences.intersection(&predicted).count(), predicted.len(), self.sentences.len()],
            words: [shared, words.len(), self.words.len()],
        }
    }
}

/// Documents of a CoNLL-U file as running text: sentences joined by a space, paragraphs by an empty line.
fn documents(conllu: &str) -> Vec<Document> {
    let mut all: Vec<Document> = Vec::new();
    for (n, block) in conllu.split("\n\n").filter(|b| !b.trim().is_empty()).enumerate() {
        let named = block.lines().find_map(|l| l.strip_prefix("# newdoc id = "));
        if let Some(name) = named.or_else(|| all.is_empty().then_some("part")) {
            all.push(Document { name: format!("{n}:{name}"), text: String::new(), sentences: BTreeSet::new(), words: Vec::new() });
        }
        let raw = block.lines().find_map(|l| l.strip_prefix("# text = ")).unwrap_or_default();
        let Some(document) = all.last_mut() else { continue };
        if !document.text.is_empty() {
            document.text.push_str(if block.lines().any(|l| l.starts_with("# newpar")) { "\n\n" } else { " " });
        }
        let start = document.text.chars().count();
        document.text.push_str(raw);
        let trimmed = raw.trim();
        let lead = raw.chars().take_while(|c| c.is_whitespace()).count();
        document.sentences.insert((start + lead, start + lead + trimmed.chars().count()));
        document.words.extend(words(block, raw).into_iter().map(|(a, b)| (start + a, start + b)));
    }
    all
}

/// Spans of the words of a sentence, in characters; parts of a written word have spans of their own where they spell it out.
fn words(block: &str, raw: &str) -> Vec<(usize, usize)> {
    let characters: Vec<char> = raw.chars().collect();
    let find = |form: &str, from: usize| {
        let form: Vec<char> = form.chars().collect();
        let at = (from..=characters.len().saturating_sub(form.len())).find(|i| characters[*i..*i + form.len()] == form[..]).unwrap_or(from);
        (at, at + form.len())
    };
    let rows: Vec<Vec<&str>> =
        block.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).filter(|r: &Vec<&str>| r.len() > 7).collect();
    let (mut at, mut spans, mut part) = (0, Vec::new(), None::<(u32, u32, usize, (usize, usize), bool)>);
    for row in &rows {
        if let Some((low, high)) = row[0].split_once('-') {
            let (low, high): (u32, u32) = (low.parse().unwrap_or(0), high.parse().unwrap_or(0));
            let span = find(row[1], at);
            at = span.1;
            let inner: String =
                rows.iter().filter(|r| r[0].parse::<u32>().is_ok_and(|i| (low..=high).contains(&i))).map(|r| r[1]).collect();
            part = Some((low, high, span.0, span, inner == row[1]));
        } else if let Ok(index) = row[0].parse::<u32>() {
            match &mut part {
                Some((low, high, next, whole, spelled)) if (*low..=*high).contains(&index) => {
                    let span = if *spelled { (*next, *next + row[1].chars().count()) } else { *whole };
                    *next = span.1;
                    spans.push(span);
                }
                _ => {
                    let span = find(row[1], at);
                    at = span.1;
                    spans.push(span);
                }
            }
        }
    }
    spans
}

/// Prints a figure with its interval.
fn show<T>(name: &str, items: &[T], figure: &dyn Fn(&[&T]) -> f64) {
    let all: Vec<&T> = items.iter().collect();
    let mut state = SEED;
    let mut resampled: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let sample: Vec<&T> = (0..items.len()).map(|_| &items[next(&mut state) % items.len()]).collect();
            figure(&sample)
        })
        .collect();
    resampled.sort_by(f64::total_cmp);
    let (low, high) = (resampled[RESAMPLES * 25 / 1000], resampled[RESAMPLES * 975 / 1000 - 1]);
    println!("{name:<26} {:.4}   95 % [{low:.4}, {high:.4}]", figure(&all));
}

/// The next number of a fixed sequence (splitmix64).
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: &str = "# newdoc id = d\n# text = Don't go.\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_";

    #[test]
    fn gold_scores_full() {
        let all = documents(BLOCK);
        assert_eq!((all[0].text.as_str(), all[0].words.clone()), ("Don't go.", vec![(0, 2), (2, 5), (6, 8), (8, 9)]));
        let tokens: Vec<Value> = all[0].words.iter().map(|(a, b)| json!({"span": [a, b]})).collect();
        let counts = all[0].counts(&json!({"sentences": [{"span": [0, 9]}], "tokens": tokens}));
        assert_eq!((counts.sentences, counts.words), ([1, 1, 1], [4, 4, 4]));
    }

    #[test]
    fn shingles_are_counted() {
        let word = Regex::new(r"\w+").unwrap();
        assert_eq!(compared(&word, "a b c d e", "a b c d e"), (1.0, 1.0));
        assert_eq!(compared(&word, "a b c d e", "a b c d"), (1.0, 0.5));
        assert_eq!(compared(&word, "a b", ""), (0.0, 0.0));
    }
}
