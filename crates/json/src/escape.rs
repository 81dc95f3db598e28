//! JSON as text, with every character that could act on a terminal or break a line written as an escape.

use std::fmt::Write;

use crate::Record;

/// The record on one line, without a line end.
pub fn line(record: &Record<'_>) -> String {
    escaped(serde_json::to_string(record).expect("a record has only string keys"))
}

/// The record over many lines, for the eye, without a line end.
pub fn pretty(record: &Record<'_>) -> String {
    escaped(serde_json::to_string_pretty(record).expect("a record has only string keys"))
}

/// JSON leaves these bare although they steer terminals (DEL, C1, direction marks) or end lines for some readers (NEL, U+2028, U+2029).
fn needs_escape(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Such characters stand only within strings, since all of JSON's own marks are ASCII; all of them fit in one `\u`.
fn escaped(json: String) -> String {
    if !json.contains(needs_escape) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if needs_escape(c) {
            write!(out, "\\u{:04x}", u32::from(c)).expect("a string takes any writing");
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_escaped_and_comes_back() {
        let text = "a\u{9b}31m \u{202e}b\u{2028}c\u{7f}\u{85} “é” 😀";
        let json = escaped(serde_json::to_string(text).unwrap());
        assert!(!json.contains(needs_escape), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
