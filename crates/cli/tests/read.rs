//! `dragoman read` from outside: what it does with good input, and that no bad input is silent or costs the others.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use dragoman_testkit::check_record;
use serde_json::Value;
use tempfile::TempDir;

const TEXT: &str = "Talks on the withdrawal resumed in Baghdad on Tuesday, the foreign ministry said.\n";

/// What came of a run.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn records(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    fn source_ids(&self) -> Vec<String> {
        self.records().iter().map(|r| r["report"]["source_id"].as_str().expect("every report has one").to_owned()).collect()
    }
}

fn dragoman(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("dragoman").expect("the program is built");
    command.current_dir(folder).env_remove("CLICOLOR_FORCE").env_remove("NO_COLOR");
    command
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Ran { code: output.status.code().expect("it exits"), out: text(output.stdout), err: text(output.stderr) }
}

fn read(folder: &Path, args: &[&str]) -> Ran {
    ran(dragoman(folder).arg("read").args(args))
}

fn jsonl(folder: &Path, args: &[&str]) -> Ran {
    read(folder, &[&["--format", "jsonl"], args].concat())
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("the folder")).expect("the folder can be written");
        fs::write(path, content).expect("the folder can be written");
    }
    folder
}

#[test]
fn a_file_becomes_a_record() {
    let dir = folder(&[("sub/a.txt", TEXT.as_bytes())]);
    let ran = jsonl(dir.path(), &["--published", "2024-08-15", "--outlet", "Wire", "sub/a.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let record = &ran.records()[0];
    assert_eq!(check_record(record), [""; 0]);
    assert_eq!(record["report"]["source"], "sub/a.txt");
    assert_eq!(record["report"]["source_id"], "a.txt");
    assert_eq!(record["report"]["published"]["date"], "2024-08-15");
    assert_eq!(record["report"]["published"]["basis"], "given");
    assert_eq!(record["report"]["outlet"], "Wire");
}

#[test]
fn formats_and_layers() {
    let dir = folder(&[("a.txt", TEXT.as_bytes())]);
    let json = read(dir.path(), &["--format", "json", "--layers", "tokens,predicates", "a.txt"]);
    let record: Value = serde_json::from_str(&json.out).expect("one object");
    assert!(json.out.starts_with("{\n  \"schema\": \"dragoman/1\"") && record["tokens"].is_array() && record["predicates"].is_array());
    let text = read(dir.path(), &["a.txt"]);
    assert!(text.out.starts_with("a.txt\n═════\n") && !text.out.contains('\u{1b}'), "{}", text.out);
    let color = read(dir.path(), &["--color", "always", "a.txt"]);
    assert!(color.out.contains('\u{1b}'));
}

#[test]
fn colour_obeys_the_environment() {
    let dir = folder(&[("a.txt", TEXT.as_bytes())]);
    let forced = ran(dragoman(dir.path()).env("CLICOLOR_FORCE", "1").args(["read", "a.txt"]));
    assert!(forced.out.contains('\u{1b}'));
    let never = ran(dragoman(dir.path()).env("CLICOLOR_FORCE", "1").args(["read", "--color", "never", "a.txt"]));
    assert!(!never.out.contains('\u{1b}'));
    let none = ran(dragoman(dir.path()).env("NO_COLOR", "1").args(["read", "a.txt"]));
    assert!(!none.out.contains('\u{1b}'));
}

#[test]
fn folders_are_read_in_order_and_only_reports() {
    let page: &[u8] =
        b"<!doctype html><html><body><article><p>Talks resumed in Baghdad on Tuesday, the ministry said.</p></article></body></html>";
    let dir = folder(&[
        ("r/b.txt", TEXT.as_bytes()),
        ("r/a/z.TXT", TEXT.as_bytes()),
        ("r/a/y.html", page),
        ("r/c.jsonl", br#"{"id": "c1", "text": "Talks resumed."}"#),
        ("r/README.md", b"no report"),
        ("r/.hidden.txt", TEXT.as_bytes()),
        ("r/picture.png", b"\x89PNG\x00"),
    ]);
    let ran = jsonl(dir.path(), &["r"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.source_ids(), ["y.html", "z.TXT", "b.txt", "c1"]);
    assert_eq!(jsonl(dir.path(), &["r/*.txt", "r/a"]).source_ids(), ["b.txt", "y.html", "z.TXT"]);
}

#[test]
fn stdin_is_a_report_or_many() {
    let dir = folder(&[]);
    let one = ran(dragoman(dir.path()).args(["read", "--format", "jsonl", "-"]).write_stdin(TEXT));
    assert_eq!((one.code, one.source_ids()), (0, vec!["stdin".to_owned()]));
    let two = "{\"text\": \"One.\", \"id\": 7}\n\n{\"text\": \"Two.\"}\r\n";
    let many = ran(dragoman(dir.path()).args(["read", "--format", "jsonl", "-"]).write_stdin(two));
    assert_eq!(many.source_ids(), ["7", "stdin:3"]);
}

#[test]
fn text_of_a_line_is_kept_character_for_character() {
    let text = "  “Kyïv”\u{a0}– 5,000\u{2028}men\r\n\r\nShare this  ";
    let line = serde_json::json!({"text": text, "title": "T", "published": "2024-08", "outlet": "O", "author": "A"});
    let dir = folder(&[("a.jsonl", line.to_string().as_bytes())]);
    let ran = jsonl(dir.path(), &["a.jsonl"]);
    let record = &ran.records()[0];
    assert_eq!(record["report"]["text"], text);
    assert_eq!(check_record(record), [""; 0]);
    for (field, value) in [("title", "T"), ("outlet", "O"), ("author", "A"), ("source_id", "a.jsonl:1"), ("source", "a.jsonl:1")] {
        assert_eq!(record["report"][field], value, "{field}");
    }
    assert_eq!(record["report"]["published"]["latest"], "2024-08-31");
}

#[test]
fn the_output_is_the_same_for_any_number_of_jobs() {
    let lines: Vec<String> = (0..200).map(|n| serde_json::json!({"id": n, "text": TEXT.repeat(n % 7 + 1)}).to_string()).collect();
    let dir = folder(&[("a.jsonl", lines.join("\n").as_bytes()), ("b.txt", TEXT.as_bytes()), ("bad.jsonl", b"{\n{}\n")]);
    for format in ["jsonl", "text"] {
        let with = |jobs| read(dir.path(), &["--format", format, "--jobs", jobs, "a.jsonl", "bad.jsonl", "none.txt", "b.txt"]);
        let (one, two, many) = (with("1"), with("2"), with("9"));
        assert_eq!(one.code, 1);
        assert_eq!((one.code, &one.out, &one.err), (two.code, &two.out, &two.err));
        assert_eq!((one.code, &one.out, &one.err), (many.code, &many.out, &many.err));
    }
}

#[test]
fn a_missing_file_is_named_and_the_others_are_read() {
    let dir = folder(&[("a.txt", TEXT.as_bytes())]);
    let ran = jsonl(dir.path(), &["none.txt", "a.txt"]);
    assert_eq!((ran.code, ran.records().len()), (1, 1));
    assert!(ran.err.starts_with("error: none.txt: no such file or folder\n"), "{}", ran.err);
    assert!(ran.err.ends_with("1 report read, 1 failed\n"), "{}", ran.err);
}

#[test]
fn no_reports_is_no_success() {
    let dir = folder(&[("empty/note.md", b"x")]);
    for (path, reason) in [("empty", "no reports in it\n  hint: folders are searched for .txt"), ("*.txt", "no file matches the pattern")] {
        let ran = jsonl(dir.path(), &[path]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{path}");
        assert!(ran.err.contains(reason), "{path}: {}", ran.err);
    }
}

/// The one report of a file is refused, with its reason.
fn refused(name: &str, content: &[u8], reason: &str) {
    let dir = folder(&[(name, content), ("z.txt", TEXT.as_bytes())]);
    let ran = jsonl(dir.path(), &["--rejects", "rejects", name, "z.txt"]);
    assert_eq!(ran.code, 3, "{name}: {}", ran.err);
    assert_eq!(ran.source_ids(), ["z.txt"], "{name}");
    assert!(ran.err.contains("refused: ") && ran.err.contains(reason), "{name}: {}", ran.err);
    let rejects = fs::read_to_string(dir.path().join("rejects")).expect("the list was written");
    let row: Value = serde_json::from_str(rejects.trim_end()).expect("one line of JSON");
    assert!(row["reason"].as_str().expect("a reason").contains(reason) && row["source"] == name, "{row}");
}

#[test]
fn what_is_no_report_is_refused() {
    refused("empty.txt", b"", "no text");
    refused("blank.txt", b" \n\t\n", "no text");
    refused("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "not text");
    refused("empty.jsonl", b"\n", "no reports in it");
    refused("long.jsonl", &vec![b'x'; (16 << 20) + 1], "longer than 16777216 bytes");
}

#[test]
fn a_very_large_file_is_refused_without_being_held() {
    refused("big.txt", &vec![b'x'; 50_000_000], "50000000 bytes");
    let dir = folder(&[]);
    let ran = ran(dragoman(dir.path()).args(["read", "-"]).write_stdin(vec![b'x'; 9 << 20]));
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("refused: -: more than 8388608 bytes"), "{}", ran.err);
}

#[test]
fn a_bad_line_is_refused_by_its_number() {
    let mut input = Vec::new();
    for line in [
        &br#"{"id": "a", "text": "One."}"#[..],
        b"{\"text\": ",
        b"[1, 2]",
        b"{\"text\": \"\xff\"}",
        br#"{"title": "T"}"#,
        br#"{"text": "T", "html": "H"}"#,
        br#"{"text": 5}"#,
        br#"{"text": ""}"#,
        br#"{"id": "i", "text": "Nine.", "published": "soon"}"#,
    ] {
        input.extend_from_slice(line);
        input.push(b'\n');
    }
    let dir = folder(&[("b.jsonl", &input)]);
    let ran = jsonl(dir.path(), &["b.jsonl", "--rejects", "r.jsonl"]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.source_ids(), ["a", "i"]);
    let rejects = fs::read_to_string(dir.path().join("r.jsonl")).expect("the list was written");
    let rows: Vec<Value> = rejects.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(rows.iter().map(|r| r["line"].as_u64().expect("a line")).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8]);
    for number in 2..=8 {
        assert!(ran.err.contains(&format!("refused: b.jsonl:{number}: ")), "{}", ran.err);
    }
    assert!(ran.err.ends_with("2 reports read, 7 refused\n"), "{}", ran.err);
}

#[test]
fn an_unreadable_date_costs_only_the_date() {
    let dir = folder(&[("b.jsonl", br#"{"id": "i", "text": "Talks resumed.", "published": "soon"}"#)]);
    let ran = jsonl(dir.path(), &["b.jsonl"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("warning: b.jsonl:1: the date of publication is left out: \"soon\" is no date"), "{}", ran.err);
    let problems = ran.records()[0]["report"]["problems"].clone();
    assert!(problems.as_array().expect("a list").iter().any(|p| p["code"] == "unreadable-date"), "{problems}");
    assert_eq!(jsonl(dir.path(), &["--quiet", "b.jsonl"]).err, "");
}

#[test]
fn usage_faults_tell_how_it_is_done() {
    let dir = folder(&[("a.txt", TEXT.as_bytes())]);
    let cases: [(&[&str], &str); 7] = [
        (&["--formt", "json", "a.txt"], "--format"),
        (&["--published", "yesterday", "a.txt"], "write 2024-08-15, 2024-08 or 2024"),
        (&["--format", "xml", "a.txt"], "possible values: text, json, jsonl"),
        (&["--jobs", "0", "a.txt"], "--jobs"),
        (&["--raw", "--clean", "a.txt"], "cannot be used with"),
        (&["--layers", "tokens", "a.txt"], "hint: add --format json"),
        (&[], "PATH"),
    ];
    for (args, hint) in cases {
        let ran = read(dir.path(), args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(ran.err.contains(hint), "{args:?}: {}", ran.err);
    }
}

#[test]
fn the_list_of_rejects_is_never_an_input() {
    let dir = folder(&[("a.txt", TEXT.as_bytes()), ("rejects.jsonl", b"{\"text\": \"kept\"}\n")]);
    let named = jsonl(dir.path(), &["--rejects", "rejects.jsonl", "rejects.jsonl"]);
    assert_eq!(named.code, 2);
    assert_eq!(fs::read(dir.path().join("rejects.jsonl")).expect("it is there"), b"{\"text\": \"kept\"}\n");
    let found = jsonl(dir.path(), &["--rejects", "rejects.jsonl", "."]);
    assert_eq!((found.code, found.source_ids()), (0, vec!["a.txt".to_owned()]));
    let nowhere = jsonl(dir.path(), &["--rejects", "none/rejects.jsonl", "."]);
    assert_eq!(nowhere.code, 1, "{}", nowhere.err);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let line = format!("{}\n", serde_json::json!({"text": TEXT.repeat(50)}));
    let dir = folder(&[("a.jsonl", line.repeat(500).as_bytes())]);
    let program = assert_cmd::cargo::cargo_bin("dragoman");
    let mut command = Command::new(program);
    command.args(["read", "--format", "jsonl", "a.jsonl"]).current_dir(dir.path());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn control_characters_of_names_and_texts_stay_off_the_terminal() {
    let dir = folder(&[("e\u{1b}[2J.jsonl", b"{\"text\": \"A\\u001b[2J\\u009b\\u202e strike.\"}\n{\n")]);
    for format in ["text", "json", "jsonl"] {
        let ran = read(dir.path(), &["--format", format, "."]);
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!ran.out.contains(steers), "{format}: {:?}", ran.out);
        assert!(!ran.err.contains(steers) && ran.err.contains("e␛[2J.jsonl:2"), "{format}: {:?}", ran.err);
    }
}

const OWN_RULE: &str = "#! rule\tgroups\tpattern\tmeans\tneeds\tyes\tno\nsennight\tlength\ta sennight\tduration count=1 unit=week\t\tIt lasted [a sennight]=P1W .\tIt lasted.\n";

/// A rule of the user's own reads a text that the shipped ones do not; faults of an overlay are all told, and nothing is read.
#[test]
fn tables_of_ones_own_are_laid_over() {
    let own =
        |table: &str| folder(&[("a.txt", b"The truce was signed a sennight ago." as &[u8]), ("own/en/times/rules.tsv", table.as_bytes())]);
    let arguments = ["--model", "rules", "--published", "2024-08-15", "a.txt"];
    let dir = own(OWN_RULE);
    let values = |overlay: &[&str]| {
        let record = jsonl(dir.path(), &[&arguments[..], overlay].concat()).records().remove(0);
        record["times"].as_array().into_iter().flatten().map(|t| t["value"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(values(&[]), Vec::<Value>::new());
    assert_eq!(values(&["--overlay", "own"]), ["2024-W32"]);

    let dir = own(&format!("{OWN_RULE}bad\t\tMONTHX\tday\t\t\t\nworse\t\t( a\tdayz\t\t\t\n"));
    fs::write(dir.path().join("own/verbs.tsv"), "").expect("the folder can be written");
    let out = read(dir.path(), &[&arguments[..], &["--overlay", "own"]].concat());
    assert_eq!((out.code, out.out.as_str()), (6, ""), "{}", out.err);
    for fault in ["verbs.tsv", "en/times/rules.tsv:3: pattern", "en/times/rules.tsv:4: pattern"] {
        assert!(out.err.contains(fault), "{fault}: {}", out.err);
    }
}
