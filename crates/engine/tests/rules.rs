//! Every rule speaks in its own sentence and is silent in the other.
//!
//! What the reading of today cannot tell apart is listed, in `unmet-news.tsv` for the model and in `unmet-rules.tsv` for the rules alone.
//! The lists may only shrink: a rule that is listed but met fails the test as well.

use std::collections::BTreeSet;

use dragoman_doc::Document;
use dragoman_engine::{Engine, Reader};
use dragoman_lexicon::{Examples, Rule};

/// What a sentence must show for a rule of its file.
fn met(engine: &Engine, file: &str, id: &str, examples: &Examples) -> [bool; 2] {
    let yes = spoken(engine, file, &examples.yes, false);
    let no = spoken(engine, file, &examples.no, true);
    // For an event, the type is what counts: another rule of the same type may be the better one.
    let wanted = |found: &BTreeSet<String>| match file {
        "cues" | "status" => found.contains(id),
        _ => found.iter().any(|f| f.starts_with(&format!("{file}:"))),
    };
    [wanted(&yes), !wanted(&no)]
}

fn spoken(engine: &Engine, file: &str, sentence: &str, of_event: bool) -> BTreeSet<String> {
    let reading = engine.read(Document::plain(sentence));
    if file == "cues" {
        return reading.statements.iter().map(|s| s.reason.rule.as_str().to_owned()).collect();
    }
    let found = engine.spoken(&reading);
    found.into_iter().filter(|s| s.of_event || !of_event).map(|s| s.rule.as_str().to_owned()).collect()
}

#[test]
fn rules_meet_their_sentences_read_by_the_model() {
    check_list(&Reader::News, "tests/unmet-news.tsv");
}

#[test]
fn rules_meet_their_sentences_read_by_rules() {
    check_list(&Reader::Rules, "tests/unmet-rules.tsv");
}

/// Compares what is unmet with the list of `name`; `UPDATE_UNMET=1 cargo test` rewrites the list.
fn check_list(reader: &Reader, name: &str) {
    let engine = Engine::shipped(reader).expect("the shipped data is sound");
    let rules = engine.rules();
    let mut unmet = BTreeSet::new();
    let mut check = |id: &str, examples: &Examples| {
        let file = id.split(':').next().expect("a split has a first part");
        let [yes, no] = met(&engine, file, id, examples);
        if !yes {
            unmet.insert(format!("{id}\tyes"));
        }
        if !no {
            unmet.insert(format!("{id}\tno"));
        }
    };
    rules.predicates.iter().for_each(|r| check(r.id().as_str(), r.examples()));
    rules.cues.iter().for_each(|r| check(r.id().as_str(), r.examples()));
    rules.status.iter().for_each(|r| check(r.id().as_str(), r.examples()));

    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let header = "# Rules whose sentence is not yet read as meant. The list may only shrink.\n#! rule\tsentence\n";
    if std::env::var_os("UPDATE_UNMET").is_some() {
        let rows: Vec<&str> = unmet.iter().map(String::as_str).collect();
        std::fs::write(&path, format!("{header}{}\n", rows.join("\n"))).expect("the list stands beside the test");
    }
    let listed: BTreeSet<String> = std::fs::read_to_string(&path)
        .expect("the list stands beside the test")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let new: Vec<&String> = unmet.difference(&listed).collect();
    let met_now: Vec<&String> = listed.difference(&unmet).collect();
    assert!(new.is_empty(), "rules that their sentences do not meet: {new:#?}");
    assert!(met_now.is_empty(), "met by now, take them off {name}: {met_now:#?}");
}
