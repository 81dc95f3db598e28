//! Attribution in the format of PolNeAR: who says what, from the statements of the record.
//!
//! Gold lines with `"primary": false` are passed over. A statement gives `speaker` (source), `cue` and `content`. A unit is one contiguous
//! piece; equal pieces count once a document.
//!
//! * `exact`: units are compared after white space, quotation marks and punctuation are trimmed from both edges (a cue that is only a
//!   mark, such as a colon, stays); `strict`: only white space is trimmed; `begin`: as exact, but only the left boundary has to agree.
//! * `jaccard`: words and marks with the role in gold and record, divided by those with it in either; `jaccard_chars`: the same over
//!   characters that are not white space.
//! * `linked`: F1 over whole attributions, one to one: contents with a character Jaccard of at least 0.5, and sources that overlap or are
//!   absent on both sides.
//! * `content_direct`, `_mixed`, `_indirect`: exact content F1 by the quotation marks in and around a piece; `speaker_direct`: F1 of exact
//!   sources among the attributions whose content is direct (our addition).

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::figures::{Figures, Kind, Sums, Tally, counted};
use crate::records::{Records, items, rows, span};
use crate::text::{EDGES, Span, Text, overlap, paired};

const ROLES: [&str; 3] = ["source", "cue", "content"];
const CONTENT: usize = 2;
/// The kinds of content, by its quotation marks.
const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];
/// Least share of characters that linked contents have in common.
const LINKED: f64 = 0.5;

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    text: Text,
    published: Option<String>,
    attributions: Vec<Attribution>,
}

/// The spans of source, cue and content.
type Attribution = [Vec<Span>; 3];

pub(crate) fn documents(text: &str) -> Vec<Document> {
    let primary = |row: &Value| row.get("primary").is_none_or(|p| p != &Value::Bool(false));
    rows(text).iter().filter(|r| primary(r) && r["text"].is_string() && r["attributions"].is_array()).map(Document::new).collect()
}

impl Document {
    fn new(row: &Value) -> Self {
        let spans = |a: &Value, role: &str| a[role].as_array().into_iter().flatten().filter_map(span).collect();
        Self {
            id: row["id"].as_str().unwrap_or_default().to_owned(),
            text: Text::new(row["text"].as_str().unwrap_or_default()),
            published: row["date"].as_str().filter(|d| !d.is_empty()).map(str::to_owned),
            attributions: items(row, "attributions").map(|a| ROLES.map(|role| spans(a, role))).collect(),
        }
    }

    pub(crate) fn input(&self) -> Value {
        let mut row = json!({"id": self.id, "text": self.text.string()});
        if let Some(day) = &self.published {
            row["published"] = json!(day);
        }
        row
    }

    fn predicted(&self, records: &Records) -> Vec<Attribution> {
        let record = records.with_text(&self.id, &self.text.string());
        let of = |s: &Value| {
            let content = items(s, "content").filter_map(span).collect();
            [span(&s["speaker"]).into_iter().collect(), span(&s["cue"]).into_iter().collect(), content]
        };
        items(record, "statements").map(of).collect()
    }

    fn units(&self, all: &[Attribution], role: usize, edges: &str) -> BTreeSet<Span> {
        let unit = |s: &Span| self.text.trim(*s, edges).or_else(|| self.text.trim(*s, ""));
        all.iter().flat_map(|a| &a[role]).filter_map(unit).collect()
    }

    /// The positions in `spans` that are not white space.
    fn characters(&self, spans: &[Span]) -> BTreeSet<usize> {
        spans.iter().flat_map(|(b, e)| *b..(*e).min(self.text.len())).filter(|k| !self.text.is_space(*k)).collect()
    }

    fn linked(&self, gold: &[Attribution], predicted: &[Attribution]) -> usize {
        paired(gold, predicted, |g, p| {
            let (a, b) = (self.characters(&g[CONTENT]), self.characters(&p[CONTENT]));
            let [shared, either, _] = jaccard(&a, &b);
            let share = if either == 0.0 { 0.0 } else { shared / either };
            let sources = g[0].iter().any(|x| p[0].iter().any(|y| overlap(*x, *y) > 0)) || (g[0].is_empty() && p[0].is_empty());
            if share >= LINKED && sources { share } else { 0.0 }
        })
    }

    /// Stretches in quotation marks; one that is not closed ends with its line.
    fn quoted(&self) -> Vec<Span> {
        let (chars, mut found, mut at) = (self.text.chars(), Vec::new(), 0);
        while at < chars.len() {
            let close = match chars[at] {
                '"' => '"',
                '“' => '”',
                _ => {
                    at += 1;
                    continue;
                }
            };
            let end = (at + 1..chars.len()).find(|k| chars[*k] == close || chars[*k] == '\n').unwrap_or(chars.len());
            let end = if chars.get(end) == Some(&close) { end + 1 } else { end };
            found.push((at, end));
            at = end;
        }
        found
    }

    fn sums(&self, records: &Records) -> Vec<Sums> {
        let (gold, predicted) = (&self.attributions, &self.predicted(records));
        let quoted = self.quoted();
        let kind = |s: &Span| {
            if quoted.iter().any(|q| q.0 <= s.0 && s.1 <= q.1) {
                0
            } else if quoted.iter().any(|q| overlap(*q, *s) > 0) {
                1
            } else {
                2
            }
        };
        let mut sums = vec![[1.0, 0.0, 0.0]];
        for (edges, begin) in [(EDGES, false), ("", false), (EDGES, true)] {
            for role in 0..ROLES.len() {
                let (g, p) = (self.units(gold, role, edges), self.units(predicted, role, edges));
                sums.push(if begin { shared(&begins(&g), &begins(&p)) } else { shared(&g, &p) });
            }
        }
        let spans = |all: &[Attribution], role: usize| all.iter().flat_map(|a| a[role].clone()).collect::<Vec<_>>();
        let tokens = self.text.tokens();
        let marked = |spans: &[Span]| -> BTreeSet<usize> {
            spans.iter().flat_map(|(b, e)| &tokens[tokens.partition_point(|k| k < b)..tokens.partition_point(|k| k < e)]).copied().collect()
        };
        sums.extend((0..ROLES.len()).map(|role| jaccard(&marked(&spans(gold, role)), &marked(&spans(predicted, role)))));
        sums.extend((0..ROLES.len()).map(|r| jaccard(&self.characters(&spans(gold, r)), &self.characters(&spans(predicted, r)))));
        sums.push(counted(self.linked(gold, predicted), predicted.len(), gold.len()));
        let (g, p) = (self.units(gold, CONTENT, EDGES), self.units(predicted, CONTENT, EDGES));
        let of_kind = |all: &BTreeSet<Span>, wanted: usize| all.iter().filter(|s| kind(s) == wanted).copied().collect::<BTreeSet<_>>();
        sums.extend((0..KINDS.len()).map(|k| shared(&of_kind(&g, k), &of_kind(&p, k))));
        let direct = |all: &[Attribution]| -> Vec<Attribution> {
            let is_direct = |a: &&Attribution| a[CONTENT].iter().filter_map(|s| self.text.trim(*s, EDGES)).any(|s| kind(&s) == 0);
            all.iter().filter(is_direct).cloned().collect()
        };
        sums.push(shared(&self.units(&direct(gold), 0, EDGES), &self.units(&direct(predicted), 0, EDGES)));
        sums
    }
}

fn begins(spans: &BTreeSet<Span>) -> BTreeSet<usize> {
    spans.iter().map(|s| s.0).collect()
}

fn shared<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Sums {
    counted(gold.intersection(predicted).count(), predicted.len(), gold.len())
}

fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> Sums {
    [a.intersection(b).count() as f64, a.union(b).count() as f64, 0.0]
}

pub(crate) fn score(documents: &[Document], records: &Records) -> Figures {
    let mut names = vec![("documents".to_owned(), Kind::Count)];
    names.extend(["exact", "strict", "begin"].iter().flat_map(|n| ROLES.map(|r| (format!("{n}_{r}"), Kind::Prf))));
    names.extend(["jaccard", "jaccard_chars"].iter().flat_map(|n| ROLES.map(|r| (format!("{n}.{r}"), Kind::Ratio))));
    names.push(("linked".to_owned(), Kind::Prf));
    names.extend(KINDS.map(|k| (format!("content_{k}"), Kind::Prf)));
    names.push(("speaker_direct".to_owned(), Kind::Prf));
    let mut tally = Tally::new(names);
    for document in documents {
        tally.add(document.sums(records));
    }
    tally.figures()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id":"a","text":"“We left,” Omar said. He said that it rains.","attributions":[{"source":[[11,15]],"cue":[[16,20]],"content":[[0,10]]},{"source":[[22,24]],"cue":[[25,29]],"content":[[30,44]]}]}
{"id":"a","primary":false,"text":"x","attributions":[]}"#;

    fn figures(statements: &str) -> Value {
        let line = format!(r#"{{"report":{{"source_id":"a"}},"statements":{statements}}}"#);
        score(&documents(GOLD), &Records::read([line.as_str()])).json()
    }

    #[test]
    fn gold_scores_full() {
        let all = figures(
            r#"[{"speaker":{"span":[11,15]},"cue":{"span":[16,20]},"content":[{"span":[1,8]}]},{"speaker":{"span":[22,24]},"cue":{"span":[25,29]},"content":[{"span":[30,43]}]}]"#,
        );
        for name in [
            "exact_source",
            "exact_cue",
            "exact_content",
            "begin_content",
            "linked",
            "content_direct",
            "content_indirect",
            "speaker_direct",
        ] {
            assert_eq!(all[name]["f1"], 1.0, "{name}: {all}");
        }
        assert_eq!(all["documents"], 1);
        assert_eq!(all["strict_content"]["right"], 0, "quotation marks and full stops matter here");
        assert_eq!(all["jaccard"]["cue"], 1.0);
        assert!(all["jaccard"]["content"].as_f64().unwrap() < 1.0);
    }

    #[test]
    fn nothing_scores_nothing() {
        for broken in ["[]", "null", r#"[{"speaker":5,"cue":{"span":["a",2]},"content":{}}]"#] {
            let all = figures(broken);
            assert_eq!(all["exact_content"]["right"], 0, "{broken}");
            assert_eq!(all["exact_content"]["gold"], 2);
            assert_eq!(all["linked"]["f1"], 0.0);
        }
    }

    #[test]
    fn a_wrong_speaker_is_not_linked() {
        let all = figures(r#"[{"speaker":{"span":[22,24]},"cue":{"span":[16,20]},"content":[{"span":[0,10]}]}]"#);
        assert_eq!(all["exact_content"]["right"], 1);
        assert_eq!(all["linked"]["right"], 0);
    }
}
