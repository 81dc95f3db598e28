//! The help is what most people learn the tool from; any change to it shows in review.

use assert_cmd::Command;

fn help(args: &[&str]) -> String {
    let mut command = Command::cargo_bin("dragoman").expect("the program is built");
    let output = command.args(args).env_remove("COLUMNS").env_remove("CLICOLOR_FORCE").output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

#[test]
fn the_tool() {
    insta::assert_snapshot!(help(&["--help"]));
}

#[test]
fn read() {
    insta::assert_snapshot!(help(&["read", "--help"]));
}

#[test]
fn eval() {
    insta::assert_snapshot!(help(&["eval", "--help"]));
}

#[test]
fn read_in_short() {
    insta::assert_snapshot!(help(&["read", "-h"]));
}

#[test]
fn papers_are_made() {
    assert!(help(&["man"]).contains(".TH dragoman 1"));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(help(&["completions", shell]).contains("dragoman"), "{shell}");
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    help(&["man", "--dir", folder.path().to_str().expect("an ASCII path")]);
    assert!(folder.path().join("dragoman-read.1").exists());
}
