//! `dragoman eval`: figures on a user's own gold file, and what is said about files that are none.

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;

const NAMES: &str = "# newdoc id = goma\n# text = Omar Deng visited Goma.\n1\tOmar\tB-PER\n2\tDeng\tI-PER\n3\tvisited\tO\n4\tGoma\tB-LOC\n5\t.\tO\n\n\
                     # newdoc id = bukavu\n# text = Nothing happened in Bukavu.\n1\tNothing\tO\n2\thappened\tO\n3\tin\tO\n4\tBukavu\tB-LOC\n5\t.\tO\n";
const TREES: &str = "# newdoc id = one\n# text = Troops left.\n1\tTroops\ttroop\tNOUN\tNNS\t_\t2\tnsubj\t_\t_\n2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\
                     3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n";
const SAID: &str =
    r#"{"id":"a","text":"“We left,” the minister said.","attributions":[{"source":[[11,23]],"cue":[[24,28]],"content":[[0,10]]}]}"#;
const PAGES: &str = r#"{"id":"p","html":"<html><head><title>Talks end</title></head><body><article><h1>Talks end</h1><p>The talks between the two states ended in Geneva on Monday without an agreement, the ministry said in a statement.</p><p>No new date was set for a further round of talks, it added, and both sides blamed the other.</p></article></body></html>","text":"The talks between the two states ended in Geneva on Monday without an agreement, the ministry said in a statement. No new date was set for a further round of talks, it added, and both sides blamed the other.","title":"Talks end"}"#;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    fn file(&self, name: &str, text: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, text).expect("the folder takes files");
        path
    }
}

fn eval(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("dragoman").expect("the program is built for its tests");
    let output = command.arg("eval").args(arguments).output().expect("it starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn figures(arguments: &[&str]) -> Value {
    let (code, out, err) = eval(&[arguments, &["--json", "--model", "rules"]].concat());
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).expect("figures are JSON")
}

#[test]
fn every_task_reads_and_compares() {
    let folder = Folder::new();
    let path = |name: &str, text: &str| folder.file(name, text.as_bytes()).display().to_string();
    let names = figures(&["ner", &path("names.iob2", NAMES)]);
    assert_eq!(names["exact"]["gold"], 3);
    assert_eq!(names["PER"]["f1"], 1.0, "{names}");
    assert!(names["intervals"]["exact"].is_array());
    let trees = figures(&["ud", &path("trees.conllu", TREES)]);
    assert_eq!((&trees["words"]["f1"], &trees["sentences"]["f1"]), (&1.0.into(), &1.0.into()), "{trees}");
    let said = figures(&["attribution", &path("said.jsonl", SAID)]);
    assert_eq!((&said["exact_source"]["f1"], &said["content_direct"]["f1"]), (&1.0.into(), &1.0.into()), "{said}");
    let pages = figures(&["html_text", &path("pages.jsonl", PAGES)]);
    assert_eq!(pages["title"], 1.0, "{pages}");
    assert!(pages["f1"].as_f64() > Some(0.9), "{pages}");
}

#[test]
fn records_of_an_earlier_run_are_scored_alike() {
    let folder = Folder::new();
    let gold = folder.file("trees.conllu", TREES.as_bytes());
    let input = folder.file("in.jsonl", br#"{"id": "0:one", "text": "Troops left."}"#);
    let mut read = Command::cargo_bin("dragoman").expect("the program is built for its tests");
    let options = ["read", "--model", "rules", "--format", "jsonl", "--layers", "tokens"];
    let records = read.args(options).arg(&input).output().expect("it starts").stdout;
    let records = folder.file("records.jsonl", &records).display().to_string();
    let gold = gold.display().to_string();
    let (code, out, _) = eval(&["ud", &gold, "--predictions", &records, "--json"]);
    assert_eq!(code, Some(0));
    assert_eq!(serde_json::from_str::<Value>(&out).expect("figures are JSON"), figures(&["ud", &gold]));
}

#[test]
fn only_some_documents_and_compressed_files() {
    let folder = Folder::new();
    let packed = zstd::encode_all(NAMES.as_bytes(), 3).expect("it can be compressed");
    let gold = folder.file("names.iob2.zst", &packed).display().to_string();
    assert_eq!(figures(&["ner", &gold, "--only", "buka,other"])["exact"]["gold"], 1);
    let (code, _, err) = eval(&["ner", &gold, "--only", "kinshasa"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("no document is left that --only, --ids and --half name"), "{err}");
}

#[test]
fn what_is_no_gold_file_is_named() {
    let folder = Folder::new();
    let text = |name: &str, text: &str| folder.file(name, text.as_bytes()).display().to_string();
    for (task, file, reason) in [
        ("ner", text("a", "no tags\nword"), "line 2: neither a comment nor a word with its tag"),
        ("ud", text("b", "1\tword\tw\tX\tX\t_\t7\troot\t_\t_\n"), "line 1: a head points outside its sentence"),
        ("attribution", text("c", "[]\n"), "no document for the task attribution in it"),
        ("html_text", folder.0.path().join("missing.jsonl").display().to_string(), "SCORES.md names their public sources"),
        ("ner", folder.file("d.zst", b"not compressed").display().to_string(), "d.zst"),
    ] {
        let (code, out, err) = eval(&[task, &file]);
        assert_eq!((code, out.as_str()), (Some(1), ""), "{err}");
        assert!(err.contains(reason), "{err}");
    }
    assert_eq!(eval(&["poetry", "x"]).0, Some(2));
}

/// Floors of the figures on our own reports with their times; they may only rise (`SCORES.md` has the figures).
const FLOORS: [(&str, f64, f64); 2] = [("times.jsonl", 0.98, 0.94), ("times-dev.jsonl", 0.98, 0.95)];

#[test]
fn times_of_our_own_reports_stay_above_their_floors() {
    for (file, strict, value) in FLOORS {
        let gold = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../gold").join(file).display().to_string();
        let (code, out, err) = eval(&["timex", &gold, "--json"]);
        assert_eq!(code, Some(0), "{err}");
        let figures: Value = serde_json::from_str(&out).expect("figures are JSON");
        let f1 = |name: &str| figures[name]["f1"].as_f64();
        assert!(f1("strict") >= Some(strict) && f1("value") >= Some(value), "{file}: {figures:#}");
    }
}

/// Floors of the figures on our own reports with their actors: speakers right, country, sector; and the most that may be abstained from.
const ACTOR_FLOORS: [(&str, f64, f64, f64, f64); 2] =
    [("actors.jsonl", 0.86, 0.855, 0.82, 0.12), ("actors-dev.jsonl", 0.90, 0.86, 0.79, 0.10)];

#[test]
fn actors_of_our_own_reports_stay_above_their_floors() {
    for (file, right, country, sector, abstained) in ACTOR_FLOORS {
        let gold = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../gold").join(file).display().to_string();
        let (code, out, err) = eval(&["actors", &gold, "--json"]);
        assert_eq!(code, Some(0), "{err}");
        let figures: Value = serde_json::from_str(&out).expect("figures are JSON");
        let speakers = &figures["speakers"];
        let kept = speakers["right"].as_f64() >= Some(right) && speakers["abstained"].as_f64() <= Some(abstained);
        assert!(kept && figures["country"].as_f64() >= Some(country) && figures["sector"].as_f64() >= Some(sector), "{file}: {figures:#}");
    }
}
