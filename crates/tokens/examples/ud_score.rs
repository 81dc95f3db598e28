//! Reads JSONL reports (`{"id", "text"}`) on standard input and prints, for each, the part of its record that
//! `shared/score/ud.py` scores: sentences and tokens by their spans in code points.
//!
//! `make_input.py ud GOLD | cargo run --release -p dragoman-tokens --example ud_score > records.jsonl; ud.py GOLD records.jsonl`

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};

use dragoman_doc::Document;
use dragoman_span::CodepointIndex;
use dragoman_tokens::{Abbreviations, tokenize};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let abbreviations = Abbreviations::shipped().map_err(|faults| faults[0].clone())?;
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        let report: Value = serde_json::from_str(&line?)?;
        writeln!(out, "{}", record(&report, &abbreviations))?;
    }
    Ok(())
}

fn record(report: &Value, abbreviations: &Abbreviations) -> Value {
    let text = report["text"].as_str().unwrap_or_default();
    let index = CodepointIndex::new(text);
    let read = tokenize(&Document::plain(text), abbreviations);
    let tokens: Vec<Value> = read.tokens.iter().map(|t| json!({"span": index.span(t.span)})).collect();
    let sentences: Vec<Value> = read.sentences.iter().map(|s| json!({"span": index.span(s.span)})).collect();
    json!({"report": {"source_id": report["id"], "text": text}, "tokens": tokens, "sentences": sentences})
}
