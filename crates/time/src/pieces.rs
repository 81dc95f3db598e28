//! A sentence cut into words, numbers and marks, finely enough that every way of writing a date can be put together again.

use dragoman_span::Span;

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
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    pub(crate) lower: String,
    /// It begins with a capital letter.
    pub(crate) capital: bool,
    /// White space stands before it, or nothing.
    pub(crate) gap: bool,
}

/// Cuts the words of `bounds`.
pub(crate) fn cut(text: &str, bounds: Span) -> Vec<Piece> {
    let inner = bounds.of(text);
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut gap = true;
    while let Some(first) = inner[at..].chars().next() {
        if first.is_whitespace() {
            gap = true;
            at += first.len_utf8();
            continue;
        }
        let (kind, length) = measure(&inner[at..], first, gap);
        let written = &inner[at..at + length];
        let start = bounds.start() + at;
        let lower = if kind == Kind::Word { written.to_lowercase().replace('’', "'") } else { written.to_owned() };
        pieces.push(Piece { span: Span::new(start, start + length), kind, lower, capital: first.is_uppercase(), gap });
        gap = false;
        at += length;
    }
    pieces
}

/// Kind and length of the piece at the head of `rest`.
fn measure(rest: &str, first: char, gap: bool) -> (Kind, usize) {
    let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
    if first.is_ascii_digit() {
        return (Kind::Digits, run(|c| c.is_ascii_digit()));
    }
    if first.is_alphabetic() {
        return (Kind::Word, stopped(rest).unwrap_or_else(|| run(char::is_alphabetic)));
    }
    match genitive(rest) {
        Some(length) if !gap => (Kind::Word, length),
        _ => (Kind::Mark, first.len_utf8()),
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

    fn words(text: &str) -> Vec<String> {
        cut(text, Span::new(0, text.len())).into_iter().map(|p| p.lower).collect()
    }

    #[test]
    fn keeps_abbreviations_and_genitives_whole() {
        assert_eq!(words("At 5:30 p.m. on Friday’s"), ["at", "5", ":", "30", "p.m.", "on", "friday", "'s"]);
        assert_eq!(words("mid-1980s, the U.S."), ["mid", "-", "1980", "s", ",", "the", "u.s."]);
        assert_eq!(words("‘s a.b"), ["‘", "s", "a.b"]);
    }
}
