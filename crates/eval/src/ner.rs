//! Names, from the mentions of the record whose form is `name`.
//!
//! Gold: CoNLL with a tag a word (Wikigold, WNUT17), IOB2 with its own text (UNER), or CoNLL-U with `Name=B-PER` in MISC. Kinds of the
//! record: person is PER, organization ORG, state and place LOC; group is ORG where it meets a gold ORG and is passed over elsewhere, as
//! is `other`. Gold: corporation and group of WNUT17 are ORG, location LOC; other kinds are not scored, nor what the record finds on them.
//!
//! * `exact`: F1 of spans and label, after `the` and `a(n)` and marks at the edges are trimmed from both sides; `untyped`: the same
//!   without the label; `relaxed`: spans overlap and labels agree, one to one; `PER`, `ORG`, `LOC`: exact, by label.
//!
//! Words without a text of their own are joined to running text. Documents are those of the file, or its sentences where it names none.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::BadGold;
use crate::figures::{Figures, Kind, Sums, Tally, counted};
use crate::records::{Records, items, span};
use crate::text::{EDGES, Span, Text, is_space, overlap, paired};

/// The labels that are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    Loc,
    Org,
    Per,
}

impl Label {
    /// The label of a gold kind; none where the kind is not scored.
    fn of_gold(kind: &str) -> Option<Self> {
        match kind.to_uppercase().as_str() {
            "PER" | "PERSON" => Some(Self::Per),
            "ORG" | "CORPORATION" | "GROUP" => Some(Self::Org),
            "LOC" | "LOCATION" => Some(Self::Loc),
            _ => None,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    text: Text,
    names: Vec<(Span, Option<Label>)>,
}

/// A sentence: its own text, where it has one, and its words with their tags.
#[derive(Debug, Default)]
struct Sentence<'t> {
    raw: Option<&'t str>,
    words: Vec<(&'t str, &'t str)>,
}

pub(crate) fn documents(text: &str) -> Result<Vec<Document>, BadGold> {
    let mut reading = Reading { one_a_sentence: !text.contains("-DOCSTART-"), ..Reading::default() };
    for (number, line) in text.split('\n').enumerate() {
        reading.line(line.trim_end_matches('\r')).map_err(|reason| BadGold::Line { line: number + 1, reason })?;
    }
    reading.document();
    Ok(reading.documents)
}

#[derive(Debug, Default)]
struct Reading<'t> {
    documents: Vec<Document>,
    name: Option<&'t str>,
    sentences: Vec<Sentence<'t>>,
    current: Sentence<'t>,
    one_a_sentence: bool,
}

impl<'t> Reading<'t> {
    fn line(&mut self, line: &'t str) -> Result<(), String> {
        if line.starts_with("# newdoc") {
            self.document();
            self.name = line.split_once('=').map(|(_, name)| name.trim());
            self.one_a_sentence = false;
        } else if let Some(raw) = line.strip_prefix("# text = ") {
            self.current.raw = Some(raw);
        } else if line.starts_with("# newpar") || (line.starts_with("# ") && !line.contains('\t') && line.contains(" = ")) {
        } else if line.starts_with("-DOCSTART-") {
            self.document();
        } else if line.trim().is_empty() {
            self.sentence();
            if self.one_a_sentence {
                self.document();
            }
        } else {
            self.current.words.extend(word(line)?);
        }
        Ok(())
    }

    fn sentence(&mut self) {
        let sentence = std::mem::take(&mut self.current);
        if !sentence.words.is_empty() {
            self.sentences.push(sentence);
        }
    }

    fn document(&mut self) {
        self.sentence();
        let sentences = std::mem::take(&mut self.sentences);
        let name = self.name.take();
        if !sentences.is_empty() {
            let id = name.map_or_else(|| format!("doc-{}", self.documents.len()), str::to_owned);
            self.documents.push(Document::new(id, &sentences));
        }
    }
}

/// Columns of CoNLL-U.
const CONLLU: usize = 10;

/// A word and its tag; nothing for a line of CoNLL-U that is no word of its own.
fn word(line: &str) -> Result<Option<(&str, &str)>, &'static str> {
    if !line.contains('\t') {
        return line.rsplit_once(' ').map(Some).ok_or("neither a comment nor a word with its tag");
    }
    let columns: Vec<&str> = line.split('\t').collect();
    let numbered = !columns[0].is_empty() && columns[0].bytes().all(|b| b.is_ascii_digit());
    if columns.len() == CONLLU {
        let tag = columns[CONLLU - 1].split('|').find_map(|m| m.strip_prefix("Name=")).unwrap_or("O");
        return Ok(numbered.then_some((columns[1], tag)));
    }
    Ok(Some(if numbered && columns.len() > 2 { (columns[1], columns[2]) } else { (columns[0], columns[1]) }))
}

impl Document {
    fn new(id: String, sentences: &[Sentence<'_>]) -> Self {
        let (mut text, mut length, mut names) = (String::new(), 0, Vec::new());
        for sentence in sentences {
            if !text.is_empty() {
                text.push(' ');
                length += 1;
            }
            let (body, spans) = sentence.raw.map_or_else(|| joined(&sentence.words), |raw| placed(raw, &sentence.words));
            let mut last = None;
            for ((begin, end), (_, tag)) in spans.into_iter().zip(&sentence.words) {
                let kind = tag.strip_prefix("B-").or_else(|| tag.strip_prefix("I-"));
                match names.last_mut() {
                    Some((span, _)) if kind.is_some() && last == kind && tag.starts_with('I') => {
                        let span: &mut Span = span;
                        span.1 = length + end;
                    }
                    _ => names.extend(kind.map(|k| ((length + begin, length + end), Label::of_gold(k)))),
                }
                last = kind;
            }
            length += body.chars().count();
            text += &body;
        }
        Self { id, text: Text::new(&text), names }
    }

    pub(crate) fn input(&self) -> Value {
        json!({"id": self.id, "text": self.text.string()})
    }

    /// A span without marks and a leading article.
    fn tidy(&self, span: Span) -> Option<Span> {
        let (begin, end) = self.text.trim(span, EDGES)?;
        let words = self.text.slice((begin, end));
        let first = words.iter().position(|c| is_space(*c)).unwrap_or(words.len());
        let article: String = words[..first].iter().collect::<String>().to_lowercase();
        let next = words[first..].iter().position(|c| !is_space(*c)).map(|n| begin + first + n);
        match next {
            Some(next) if next < end && ["the", "a", "an"].contains(&article.as_str()) => Some((next, end)),
            _ => Some((begin, end)),
        }
    }

    fn predicted(&self, records: &Records, gold: &BTreeSet<(Span, Label)>) -> BTreeSet<(Span, Label)> {
        let record = records.with_text(&self.id, &self.text.string());
        let unscored: Vec<Span> = self.names.iter().filter(|(_, label)| label.is_none()).map(|(s, _)| *s).collect();
        let mut found = BTreeSet::new();
        for entity in items(record, "entities") {
            for mention in items(entity, "mentions").filter(|m| m["form"] == "name") {
                let Some(s) = span(mention).and_then(|s| self.tidy(s)) else { continue };
                if unscored.iter().any(|u| overlap(s, *u) > 0) {
                    continue;
                }
                let meets_organization = || gold.iter().any(|(g, label)| *label == Label::Org && overlap(s, *g) > 0);
                let label = match entity["kind"].as_str() {
                    Some("person") => Some(Label::Per),
                    Some("organization") => Some(Label::Org),
                    Some("state" | "place") => Some(Label::Loc),
                    Some("group") if meets_organization() => Some(Label::Org),
                    _ => None,
                };
                found.extend(label.map(|l| (s, l)));
            }
        }
        found
    }

    fn sums(&self, records: &Records) -> Vec<Sums> {
        let gold: BTreeSet<(Span, Label)> = self.names.iter().filter_map(|(s, label)| Some((self.tidy(*s)?, (*label)?))).collect();
        let predicted = self.predicted(records, &gold);
        let spans = |all: &BTreeSet<(Span, Label)>| all.iter().map(|(s, _)| *s).collect::<BTreeSet<_>>();
        let only = |all: &BTreeSet<(Span, Label)>, label| all.iter().filter(|(_, l)| *l == label).copied().collect::<BTreeSet<_>>();
        let lists = (gold.iter().collect::<Vec<_>>(), predicted.iter().collect::<Vec<_>>());
        let near = paired(&lists.0, &lists.1, |g, p| if g.1 == p.1 { overlap(g.0, p.0) as f64 } else { 0.0 });
        let mut sums =
            vec![shared(&gold, &predicted), shared(&spans(&gold), &spans(&predicted)), counted(near, predicted.len(), gold.len())];
        sums.extend([Label::Per, Label::Org, Label::Loc].map(|l| shared(&only(&gold, l), &only(&predicted, l))));
        sums
    }
}

fn shared<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Sums {
    counted(gold.intersection(predicted).count(), predicted.len(), gold.len())
}

/// The words where they stand in their sentence's own text.
fn placed(raw: &str, words: &[(&str, &str)]) -> (String, Vec<Span>) {
    let text = Text::new(raw);
    let mut at = 0;
    let spans = words.iter().map(|(form, _)| {
        let span = text.find(form, at);
        at = span.1;
        span
    });
    (raw.to_owned(), spans.collect())
}

/// Running text from words. Straight quotation marks open and close by turns.
fn joined(words: &[(&str, &str)]) -> (String, Vec<Span>) {
    let (mut text, mut length, mut glue, mut open) = (String::new(), 0, true, false);
    let mut spans = Vec::new();
    for (form, _) in words {
        let (mut closes, mut opens) = (closes(form), opens(form));
        if *form == "\"" {
            (closes, opens) = (open, !open);
            open = !open;
        }
        if !glue && !closes {
            text.push(' ');
            length += 1;
        }
        text += form;
        let end = length + form.chars().count();
        spans.push((length, end));
        length = end;
        glue = opens;
    }
    (text, spans)
}

/// Whether a word stands without a space after the one before it.
fn closes(form: &str) -> bool {
    const MARKS: &str = ".,;:!?%)]}…";
    const SHORT: [&str; 7] = ["s", "re", "ve", "ll", "d", "m", "t"];
    let short = form.strip_prefix('\'').is_some_and(|s| s == "S" || SHORT.contains(&s));
    let curly = form.strip_prefix('’').is_some_and(|s| SHORT.contains(&s));
    let marks = !form.is_empty() && form.chars().all(|c| MARKS.contains(c));
    marks || short || curly || ["'", "''", "”", "’", "n't", "-RRB-"].contains(&form)
}

/// Whether the next word stands without a space after this one.
fn opens(form: &str) -> bool {
    ["(", "[", "{", "$", "£", "€", "#", "@", "“", "‘", "``", "-LRB-"].contains(&form)
}

pub(crate) fn score(documents: &[Document], records: &Records) -> Figures {
    let mut tally = Tally::new(["exact", "untyped", "relaxed", "PER", "ORG", "LOC"].map(|n| (n.to_owned(), Kind::Prf)));
    for document in documents {
        tally.add(document.sums(records));
    }
    tally.figures()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONLL: &str = "The B-ORG\nOmdurman I-ORG\nGazette I-ORG\n, O\nOmar B-PER\n'S O\npaper O\n\n\" O\nNile B-MISC\n\" O\n. O\n";

    fn figures(gold: &str, entities: &Value) -> Value {
        let documents = documents(gold).unwrap();
        let line = json!({"report": {"source_id": documents[0].id}, "entities": entities}).to_string();
        score(&documents, &Records::read([line.as_str()])).json()
    }

    fn entity(kind: &str, spans: &[[usize; 2]]) -> Value {
        let mentions: Vec<_> = spans.iter().map(|s| json!({"form": "name", "span": s})).collect();
        json!({"kind": kind, "mentions": mentions})
    }

    #[test]
    fn gold_scores_full() {
        let all = documents(CONLL).unwrap();
        assert_eq!(all.len(), 2, "without names of documents each sentence is one");
        assert_eq!((all[0].text.string(), all[1].text.string()), ("The Omdurman Gazette, Omar'S paper".into(), "\"Nile\".".into()));
        let all = figures(CONLL, &json!([entity("group", &[[4, 20]]), entity("person", &[[22, 26]]), entity("group", &[[30, 34]])]));
        for name in ["exact", "untyped", "relaxed", "PER", "ORG"] {
            assert_eq!(all[name]["f1"], 1.0, "{name}: {all}");
        }
    }

    #[test]
    fn a_wrong_kind_is_right_without_its_label() {
        let all =
            figures(CONLL, &json!([entity("place", &[[4, 20]]), {"kind": "person", "mentions": [{"form": "pronoun", "span": [22, 26]}]}]));
        assert_eq!([&all["exact"]["right"], &all["untyped"]["right"], &all["exact"]["predicted"]], [0, 1, 1]);
    }

    #[test]
    fn conllu_gives_names_in_its_last_column() {
        let row = |n, form, misc| format!("{n}\t{form}\t_\tPROPN\tNNP\t_\t0\troot\t_\t{misc}\n");
        let sentence = row(1, "Omar", "Name=B-PER") + &row(2, "left", "_") + &row(3, "Lagos", "SpaceAfter=No|Name=B-LOC");
        let all = documents(&format!("# newdoc id = a\n# newpar\n# sent_id = a-1\n# text = Omar left Lagos\n{sentence}\n")).unwrap();
        assert_eq!((all.len(), all[0].text.string()), (1, "Omar left Lagos".into()));
        assert_eq!(all[0].names, [((0, 4), Some(Label::Per)), ((10, 15), Some(Label::Loc))]);
    }

    #[test]
    fn unscored_kinds_neither_help_nor_harm() {
        let gold = format!("-DOCSTART- O\n\n{CONLL}");
        let all = figures(&gold, &json!([entity("person", &[[22, 26], [36, 40]])]));
        assert_eq!([&all["exact"]["right"], &all["exact"]["predicted"], &all["exact"]["gold"]], [1, 1, 2]);
    }

    #[test]
    fn the_other_formats_are_read() {
        let iob = "# newdoc id = n\n# sent_id = 1\n# text = In Goma\n1\tIn\tO\t-\t-\n2\tGoma\tB-LOC\t-\t-\n";
        let conllu = "# newdoc id = n\n# text = In Goma\n1\tIn\tin\tADP\tIN\t_\t2\tcase\t_\t_\n2\tGoma\tGoma\tPROPN\tNNP\t_\t0\troot\t_\tSpaceAfter=No|Name=B-LOC\n";
        for gold in [iob, conllu] {
            let all = documents(gold).unwrap();
            assert_eq!((all[0].id.as_str(), &all[0].names), ("n", &vec![((3, 7), Some(Label::Loc))]));
        }
        assert_eq!(documents("word\n").unwrap_err().to_string(), "line 1: neither a comment nor a word with its tag");
    }
}
