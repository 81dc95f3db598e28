//! Reading with a model: what it adds, that it is the same however it is run, and weight files that cannot be used.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn dragoman(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("dragoman").expect("the program is built for its tests");
    command.current_dir(repository()).args(arguments);
    command
}

fn read(arguments: &[&str]) -> String {
    let arguments = [&["read", "--model", "news", "--format", "jsonl"], arguments].concat();
    let output = dragoman(&arguments).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("records are UTF-8")
}

#[test]
fn every_sentence_is_a_tree() {
    for line in read(&["--layers", "tokens", "examples/reports"]).lines() {
        let record: Value = serde_json::from_str(line).expect("a record is JSON");
        assert_eq!(record["engine"]["model"], "news-3");
        let tokens = record["tokens"].as_array().expect("the layer was asked for");
        let starts: Vec<u64> = tokens.iter().map(|t| t["span"][0].as_u64().expect("an offset")).collect();
        for sentence in record["sentences"].as_array().expect("sentences are an array") {
            let bound = |i: usize| sentence["span"][i].as_u64().expect("an offset");
            let inside: Vec<usize> = (0..tokens.len()).filter(|t| starts[*t] >= bound(0) && starts[*t] < bound(1)).collect();
            let roots = inside.iter().filter(|t| tokens[**t]["head"].is_null()).count();
            assert_eq!(roots, 1, "{sentence}");
            for token in &inside {
                let mut at = *token;
                for _ in 0..inside.len() {
                    at = tokens[at]["head"].as_u64().map_or(at, |head| usize::try_from(head).expect("an index"));
                }
                assert!(tokens[at]["head"].is_null() && inside.contains(&at), "token {token} hangs on no root");
            }
        }
    }
}

#[test]
fn the_passive_stands_on_the_participle() {
    let input = r#"{"id": "a", "text": "Three soldiers were killed by rebels near the northern border on Monday."}"#;
    let arguments = ["read", "--model", "news", "--input-format", "jsonl", "--format", "jsonl", "--layers", "tokens", "-"];
    let output = dragoman(&arguments).write_stdin(input).output().expect("it starts");
    let record: Value = serde_json::from_slice(&output.stdout).expect("a record is JSON");
    let passive = |t: &&Value| t["feats"].as_str().is_some_and(|f| f.contains("Voice=Pass"));
    let found: Vec<&str> =
        record["tokens"].as_array().expect("the layer was asked for").iter().filter(passive).filter_map(|t| t["lemma"].as_str()).collect();
    assert_eq!(found, ["kill"]);
}

#[test]
fn the_number_of_workers_changes_nothing() {
    assert_eq!(read(&["--jobs", "1", "examples/reports"]), read(&["--jobs", "3", "examples/reports"]));
}

#[test]
fn weights_that_were_altered_are_refused() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let shipped = fs::read(repository().join("models/news.weights")).expect("the weights are in the repository");
    let mut altered = shipped.clone();
    altered[shipped.len() / 2] ^= 1;
    for (name, bytes) in [("cut", &shipped[..shipped.len() / 2]), ("altered", &altered), ("empty", &[])] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("the folder can be written to");
        let path = path.to_str().expect("a name in UTF-8");
        dragoman(&["read", "--weights", path, "examples/reports"]).assert().code(6).stdout("");
    }
    let whole = folder.path().join("whole");
    fs::write(&whole, &shipped).expect("the folder can be written to");
    let whole = whole.to_str().expect("a name in UTF-8");
    dragoman(&["read", "--quiet", "--format", "jsonl", "--weights", whole, "examples/reports"]).assert().success();
}
