//! The records of all sample reports keep the schema, in every form.

use std::path::Path;

use assert_cmd::Command;
use dragoman_testkit::check_record;
use serde_json::Value;

fn read(args: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let mut command = Command::cargo_bin("dragoman").expect("the program is built");
    let output = command.arg("read").args(args).arg(".").current_dir(folder).output().expect("the program runs");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

#[test]
fn every_record_is_sound() {
    let out = read(&["--format", "jsonl", "--layers", "tokens,predicates", "--jobs", "2"]);
    let mut faults = Vec::new();
    for line in out.lines() {
        let record: Value = serde_json::from_str(line).expect("a line is JSON");
        let source = record["report"]["source"].as_str().unwrap_or("?");
        faults.extend(check_record(&record).into_iter().map(|fault| format!("{source}: {fault}")));
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn runs_and_jobs_give_the_same_bytes() {
    for format in ["text", "jsonl"] {
        assert!(read(&["--format", format, "--jobs", "1"]) == read(&["--format", format, "--jobs", "2"]), "{format}");
    }
}

#[test]
fn no_page_is_wider_than_asked() {
    for line in read(&["--width", "72"]).lines() {
        assert!(line.chars().count() <= 72, "{line}");
    }
}
