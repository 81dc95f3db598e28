//! Rust source in pieces, as far as the house rules look at it: comments are gone, literals are whole.

/// A piece of source and the line that it begins on, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'s> {
    pub(super) line: usize,
    pub(super) piece: Piece<'s>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'s> {
    /// What stands between the quotation marks of a string literal, as written.
    Text(&'s str),
    /// An identifier, keyword or number.
    Word(&'s str),
    /// Any other character.
    Mark(char),
}

/// The tokens of a source file. Source that does not compile gives tokens all the same.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { rest: source, line: 1 };
    let mut tokens = Vec::new();
    while !lexer.rest.is_empty() {
        let line = lexer.line;
        if let Some(piece) = lexer.step() {
            tokens.push(Token { line, piece });
        }
    }
    tokens
}

/// The tokens without what begins with `opening` (source as well): up to a semicolon, or the brace that closes it.
pub(super) fn without<'s>(tokens: &[Token<'s>], opening: &str) -> Vec<Token<'s>> {
    let opening = self::tokens(opening);
    let opens = |rest: &[Token<'_>]| rest.len() >= opening.len() && rest.iter().zip(&opening).all(|(a, b)| a.piece == b.piece);
    let mut kept = Vec::new();
    let mut rest = tokens;
    while let Some((first, after)) = rest.split_first() {
        if opens(rest) {
            rest = &rest[opening.len()..];
            rest = &rest[item_length(rest)..];
        } else {
            kept.push(*first);
            rest = after;
        }
    }
    kept
}

/// How many tokens the item at the start has.
fn item_length(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (n, token) in tokens.iter().enumerate() {
        match token.piece {
            Piece::Mark('(' | '[' | '{') => depth += 1,
            Piece::Mark(')' | ']') => depth = depth.saturating_sub(1),
            Piece::Mark('}') if depth <= 1 => return n + 1,
            Piece::Mark('}') => depth -= 1,
            Piece::Mark(';') if depth == 0 => return n + 1,
            _ => {}
        }
    }
    tokens.len()
}

struct Lexer<'s> {
    rest: &'s str,
    line: usize,
}

impl<'s> Lexer<'s> {
    /// Takes one piece, or what lies between pieces.
    fn step(&mut self) -> Option<Piece<'s>> {
        let rest = self.rest;
        let first = rest.chars().next()?;
        if first.is_whitespace() {
            self.take(first.len_utf8());
            None
        } else if rest.starts_with("//") {
            self.take(rest.find('\n').unwrap_or(rest.len()));
            None
        } else if rest.starts_with("/*") {
            self.take(block_comment_length(rest));
            None
        } else if let Some(opening) = Opening::of(rest) {
            self.take(opening.length);
            Some(Piece::Text(self.literal(&opening)))
        } else if first == '\'' {
            let piece = self.take(char_literal_length(rest));
            Some(piece.chars().next().map_or(Piece::Mark('\''), Piece::Mark))
        } else if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            Some(Piece::Word(self.take(end)))
        } else {
            self.take(first.len_utf8());
            Some(Piece::Mark(first))
        }
    }

    /// The inside of a string literal, whose opening was taken.
    fn literal(&mut self, opening: &Opening) -> &'s str {
        let end = if opening.raw { self.rest.find(&opening.closing) } else { closing_quote(self.rest) };
        let inside = self.take(end.unwrap_or(self.rest.len()));
        self.take(opening.closing.len().min(self.rest.len()));
        inside
    }

    fn take(&mut self, length: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// How a string literal begins, and with what it must therefore end.
struct Opening {
    length: usize,
    raw: bool,
    closing: String,
}

impl Opening {
    fn of(source: &str) -> Option<Self> {
        let letters = source.find(|c| !matches!(c, 'b' | 'c' | 'r'))?;
        let raw = source[..letters].contains('r');
        let hashes = source[letters..].find(|c| c != '#').filter(|_| raw).unwrap_or(0);
        let length = letters + hashes + 1;
        source[letters + hashes..].starts_with('"').then(|| Self { length, raw, closing: format!("\"{}", "#".repeat(hashes)) })
    }
}

fn closing_quote(inside: &str) -> Option<usize> {
    let mut escaped = false;
    inside.bytes().position(|b| {
        let closes = b == b'"' && !escaped;
        escaped = b == b'\\' && !escaped;
        closes
    })
}

/// The length of a character literal; 1 for the apostrophe of a lifetime.
fn char_literal_length(source: &str) -> usize {
    let mut chars = source.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let after = at + escaped.len_utf8();
            source[after..].find('\'').map_or(1, |end| after + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// The length of a block comment, with those inside it.
fn block_comment_length(source: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < source.len() {
        let rest = &source.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    source.len()
}

#[cfg(test)]
mod tests {
    use super::Piece::{Mark, Text, Word};
    use super::*;

    fn pieces(source: &str) -> Vec<Piece<'_>> {
        tokens(source).into_iter().map(|t| t.piece).collect()
    }

    #[test]
    fn literals_are_whole() {
        assert_eq!(pieces(r#""a" "a\"b" "a\\""#), [Text("a"), Text(r#"a\"b"#), Text(r"a\\")]);
        assert_eq!(pieces("r\"a\\\" r#\"a\"b\"# b\"c\" br\"d\""), [Text("a\\"), Text("a\"b"), Text("c"), Text("d")]);
        assert_eq!(pieces(r#"'"' '\'' '\u{1F}' 'é' "x""#), [Mark('\''), Mark('\''), Mark('\''), Mark('\''), Text("x")]);
        assert_eq!(pieces("&'s str"), [Mark('&'), Mark('\''), Word("s"), Word("str")]);
        assert_eq!(pieces("r#type"), [Word("r"), Mark('#'), Word("type")]);
    }

    #[test]
    fn comments_are_gone() {
        assert_eq!(pieces("a // \"b\"\n/* \" /* nested */ \" */ c"), [Word("a"), Word("c")]);
        assert_eq!(pieces("// no end"), []);
        assert_eq!(pieces("/* no end"), []);
        assert_eq!(pieces("\"no end"), [Text("no end")]);
    }

    #[test]
    fn lines_are_counted() {
        let lines: Vec<usize> = tokens("a\n\"b\nc\"\n/*\n*/ d").into_iter().map(|t| t.line).collect();
        assert_eq!(lines, [1, 2, 5]);
    }

    #[test]
    fn items_are_left_out() {
        let source = "fn a() {} #[cfg(test)] mod tests { fn b() { c[0]; } } #[cfg(test)] use d; #[cfg(test)] mod e; fn f() {}";
        let kept = without(&tokens(source), "#[cfg(test)]");
        let words: Vec<_> = kept.iter().filter(|t| matches!(t.piece, Word(_))).map(|t| t.piece).collect();
        assert_eq!(words, [Word("fn"), Word("a"), Word("fn"), Word("f")]);
        let statement = tokens("a(b, [c; 1])?; d");
        assert_eq!(without(&statement, "a"), statement[12..]);
    }
}
