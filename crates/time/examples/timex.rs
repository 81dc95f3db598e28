//! Prints the time expressions of reports, to be compared with a gold set.
//!
//! Standard input: reports separated by the record separator (U+001E), each its publication date (or nothing), the unit separator
//! (U+001F) and its text. Standard output: one line an expression, as report number, first and last byte, type, value, rule.

use std::io::{Read, Write};

use dragoman_annotate::annotate_by_rule;
use dragoman_doc::{Document, Provenance, Syntax};
use dragoman_lexicon::{WORD_FILES, Words};
use dragoman_time::{Patterns, resolve_times};
use dragoman_tokens::{Abbreviations, tokenize};

const BY_RULE: Provenance = Provenance { stage: "example", version: 1 };

fn main() -> Result<(), Box<dyn std::error::Error>> {
    const TESTED: &str = "the shipped tables are tested";
    let (abbreviations, words) = (Abbreviations::shipped().expect(TESTED), Words::parse(WORD_FILES).expect(TESTED));
    let patterns = Patterns::shipped().expect(TESTED);
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut out = std::io::stdout().lock();
    for (n, report) in input.split('\u{1e}').enumerate() {
        let Some((date, text)) = report.split_once('\u{1f}') else { continue };
        let mut document = Document::plain(text);
        if let Ok(day) = date.trim().parse() {
            document = document.published_on(day);
        }
        let tokens = tokenize(&document, &abbreviations);
        let annotation = annotate_by_rule(&document, &tokens, &words);
        for t in resolve_times(&document, &tokens, &annotation, &Syntax::empty(BY_RULE), &patterns).iter() {
            writeln!(out, "{n}\t{}\t{}\t{}\t{}\t{}", t.span.start(), t.span.end(), t.kind, t.value, t.reason.rule.as_str())?;
        }
    }
    Ok(())
}
