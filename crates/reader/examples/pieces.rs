//! Cuts words into the pieces of a vocabulary and prints their ids, one word a line. Words come on standard input as JSON strings, one a
//! line, for a word of a data set may hold the end of a line.
//!
//! `training/check_wordpiece.py DATA PIECES` compares the ids with those of the `tokenizers` package.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use dragoman_reader::WordPiece;

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: pieces VOCABULARY < WORDS")?;
    let wordpiece = WordPiece::new(&std::fs::read_to_string(file)?).ok_or("the vocabulary lacks [UNK], [CLS] or [SEP]")?;
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let word: String = serde_json::from_str(&line?)?;
        let mut pieces = Vec::new();
        wordpiece.word(&word, &mut pieces);
        writeln!(out, "{}", serde_json::to_string(&pieces)?)?;
    }
    out.flush()?;
    Ok(())
}
