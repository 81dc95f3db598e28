//! Words of the language are data, reviewed line by line; code holds none. A list of them is known by its length.

use super::rust::{Piece, Token, tokens, without};
use super::{Fault, TextFile};

/// The longest run of words that is still taken for names of options, formats or codes.
const MAX_RUN: usize = 8;

/// The codebook is the one crate that is made of written codes: each of its words is the name of a code, not a word to look for.
const EXEMPT: &str = "crates/codebook/";

/// What is not looked at: tests, and the names of columns where a table is opened, which are codes.
const LEFT_OUT: [&str; 2] = ["#[cfg(test)]", "Table::parse"];

pub(super) fn faults(file: &TextFile) -> Vec<Fault> {
    if !is_shipped_code(file) || file.path.starts_with(EXEMPT) {
        return Vec::new();
    }
    let tokens = LEFT_OUT.iter().fold(tokens(&file.text), |tokens, opening| without(&tokens, opening));
    let long = runs(&tokens).into_iter().filter(|run| run.words > MAX_RUN);
    long.map(|run| file.fault(run.line, format!("a list of {} words in code: words are data, see data/", run.words))).collect()
}

/// `crates/*/src`.
fn is_shipped_code(file: &TextFile) -> bool {
    let mut folders = file.path.split('/');
    folders.next() == Some("crates") && folders.nth(1) == Some("src") && file.has_extension("rs")
}

/// Words that stand one after the other.
#[derive(Debug, Default, Clone, Copy)]
struct Run {
    line: usize,
    words: usize,
}

/// Runs of literals with commas or bars between them, and of words with bars between them in one literal.
fn runs(tokens: &[Token<'_>]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open = Run::default();
    for token in tokens {
        match token.piece {
            Piece::Text(text) if is_word(text) => {
                let line = if open.words == 0 { token.line } else { open.line };
                open = Run { line, words: open.words + 1 };
            }
            Piece::Mark(',' | '|') => {}
            other => {
                runs.push(std::mem::take(&mut open));
                if let Piece::Text(text) = other {
                    runs.push(Run { line: token.line, words: longest_alternation(text) });
                }
            }
        }
    }
    runs.push(open);
    runs
}

/// A word or a phrase, in lower case but perhaps for its first letter.
fn is_word(text: &str) -> bool {
    let part_of_word = |c: char| c.is_lowercase() || matches!(c, ' ' | '-' | '\'' | '\u{2019}');
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.all(part_of_word)
}

/// Words with bars between them, as in a regular expression.
fn longest_alternation(text: &str) -> usize {
    let mut longest = 0;
    let mut length = 0;
    for part in text.split('|') {
        let bare = part.trim_matches(|c: char| !c.is_alphabetic());
        length = if is_word(bare) { length + 1 } else { 0 };
        longest = longest.max(length);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, shown};
    use super::*;

    fn check(path: &str, source: &str) -> Vec<String> {
        shown(&faults(&file(path, source)))
    }

    /// Source with `n` words and `separator` between them.
    fn list(n: usize, separator: &str) -> String {
        format!("\nconst X: [&str; {n}] = [{}];", vec!["\"say\""; n].join(separator))
    }

    #[test]
    fn a_long_list_is_a_fault() {
        let found = ["crates/claims/src/a.rs:2: a list of 9 words in code: words are data, see data/"];
        assert_eq!(check("crates/claims/src/a.rs", &list(9, ", ")), found);
        assert_eq!(check("crates/claims/src/a.rs", &list(9, " | ")), found);
        assert_eq!(check("crates/claims/src/a.rs", &list(9, ",\n// and\n")), found);
        assert!(check("crates/claims/src/a.rs", &list(8, ", ")).is_empty());
    }

    #[test]
    fn a_pattern_is_a_list_too() {
        let pattern = |n| format!("let p = r\"(?:{})\\b\";", vec!["may"; n].join("|"));
        assert_eq!(check("crates/time/src/a.rs", &pattern(12)).len(), 1);
        assert!(check("crates/time/src/a.rs", &pattern(8)).is_empty());
    }

    #[test]
    fn what_breaks_a_run() {
        assert!(check("crates/a/src/a.rs", &list(20, ", 1, ")).is_empty());
        assert!(check("crates/a/src/a.rs", &list(20, ", \"og:title\", ")).is_empty());
        assert!(check("crates/a/src/a.rs", &list(20, ", \"%d\", ")).is_empty());
    }

    #[test]
    fn tests_columns_the_codebook_and_tools_are_exempt() {
        let list = list(9, ", ");
        assert!(check("crates/a/src/a.rs", &format!("let t = Table::parse(file, &[{}])?;", ["\"say\""; 9].join(", "))).is_empty());
        assert!(check("crates/a/src/a.rs", &format!("#[cfg(test)]\nmod tests {{ {list} }}")).is_empty());
        assert!(check("crates/codebook/src/a.rs", &list).is_empty());
        assert!(check("crates/a/tests/a.rs", &list).is_empty());
        assert!(check("xtask/src/a.rs", &list).is_empty());
    }
}
