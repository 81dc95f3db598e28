//! A sentence cut into words, numbers and marks, finely enough that every way of writing a date can be put together again.

use dragoman_span::Span;

use crate::vocabulary::{Vocabulary, WordId};

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters; an abbreviation with inner stops ("p.m.") and a genitive ("'s") are one word.
    Word,
    /// ASCII digits.
    Digits,
    /// One other character.
    Mark,
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: Kind,
    /// Its word in the vocabulary.
    pub(crate) word: WordId,
    /// Digits as a number, -1 for more than nine.
    pub(crate) number: i32,
    /// It begins with a capital letter.
    pub(crate) capital: bool,
    /// White space stands before it, or nothing.
    pub(crate) gap: bool,
}

impl Piece {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Length in bytes.
    pub(crate) fn len(&self) -> u32 {
        self.end - self.start
    }
}

/// More digits than a number of our own holds.
const MOST_DIGITS: usize = 9;

/// Cuts the words of `bounds`. Whether one of them can carry a time expression is told as well.
pub(crate) fn cut(text: &str, bounds: Span, vocabulary: &Vocabulary, pieces: &mut Vec<Piece>) -> bool {
    pieces.clear();
    let inner = bounds.of(text);
    let bytes = inner.as_bytes();
    let mut at = 0;
    let mut gap = true;
    let mut carries = false;
    while at < bytes.len() {
        let first = bytes[at];
        if first == b' ' || first == b'\n' || first == b'\t' || first == b'\r' {
            gap = true;
            at += 1;
            continue;
        }
        let (kind, length, capital) = if first.is_ascii() {
            measure_ascii(inner, bytes, at, gap)
        } else {
            let first = inner[at..].chars().next().expect("a byte that begins a character");
            if first.is_whitespace() {
                gap = true;
                at += first.len_utf8();
                continue;
            }
            measure(&inner[at..], first, gap)
        };
        let written = &inner[at..at + length];
        let start = bounds.start() + at;
        let number = match kind {
            Kind::Digits if length <= MOST_DIGITS => written.bytes().fold(0, |n, b| n * 10 + i32::from(b - b'0')),
            _ => -1,
        };
        let word = if kind == Kind::Digits { WordId::UNKNOWN } else { vocabulary.word(written) };
        carries |= kind == Kind::Digits || vocabulary.carries(word);
        pieces.push(Piece { start: start as u32, end: (start + length) as u32, kind, word, number, capital, gap });
        gap = false;
        at += length;
    }
    carries
}

/// Kind, length and capital of the piece at an ASCII byte.
fn measure_ascii(inner: &str, bytes: &[u8], at: usize, gap: bool) -> (Kind, usize, bool) {
    let first = bytes[at];
    let run = |is: fn(&u8) -> bool| bytes[at..].iter().position(|b| !is(b)).unwrap_or(bytes.len() - at);
    if first.is_ascii_digit() {
        return (Kind::Digits, run(u8::is_ascii_digit), false);
    }
    if first.is_ascii_alphabetic() {
        let length = run(u8::is_ascii_alphabetic);
        let plain = bytes.get(at + length).is_none_or(|b| b.is_ascii() && (*b != b'.' || length > 1));
        if plain {
            return (Kind::Word, length, first.is_ascii_uppercase());
        }
        return measure(&inner[at..], char::from(first), gap);
    }
    if first == b'\'' { measure(&inner[at..], '\'', gap) } else { (Kind::Mark, 1, false) }
}

/// Kind, length and capital of the piece at the head of `rest`.
fn measure(rest: &str, first: char, gap: bool) -> (Kind, usize, bool) {
    let capital = first.is_uppercase();
    if first.is_alphabetic() {
        let run = || rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        return (Kind::Word, stopped(rest).unwrap_or_else(run), capital);
    }
    match genitive(rest) {
        Some(length) if !gap => (Kind::Word, length, false),
        _ => (Kind::Mark, first.len_utf8(), false),
    }
}

/// Length of single letters with stops between them: "p.m.", "U.S."; the last stop may be that of the sentence.
fn stopped(rest: &str) -> Option<usize> {
    let mut length = 0;
    let mut letters = 0;
    let mut chars = rest.chars().peekable();
    while let Some(letter) = chars.next().filter(|c| c.is_alphabetic()) {
        if chars.peek().is_some_and(|c| c.is_alphabetic()) {
            return None;
        }
        letters += 1;
        length += letter.len_utf8();
        if chars.next_if_eq(&'.').is_none() {
            break;
        }
        length += 1;
    }
    (letters > 1).then_some(length)
}

/// Length of a genitive's mark and letter.
fn genitive(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix(['\'', '’'])?;
    let letter = after.strip_prefix(['s', 'S'])?;
    (!letter.starts_with(char::is_alphanumeric)).then(|| rest.len() - letter.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut pieces = Vec::new();
        cut(text, Span::new(0, text.len()), &Vocabulary::default(), &mut pieces);
        pieces.iter().map(|p| p.span().of(text)).collect()
    }

    #[test]
    fn keeps_abbreviations_and_genitives_whole() {
        assert_eq!(words("At 5:30 p.m. on Friday’s"), ["At", "5", ":", "30", "p.m.", "on", "Friday", "’s"]);
        assert_eq!(words("mid-1980s, the U.S."), ["mid", "-", "1980", "s", ",", "the", "U.S."]);
        assert_eq!(words("‘s a.b é.x 12\u{a0}Mai"), ["‘", "s", "a.b", "é.x", "12", "Mai"]);
    }
}
