//! Bytes to text: byte order mark, declaration, guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dragoman_doc::{Problem, ProblemCode};
use encoding_rs::{Encoding, UTF_8};

/// How far into a page its encoding may be declared, as browsers have it.
const DECLARATION_BYTES: usize = 1024;
/// A share of control characters above one in this many makes a file binary.
const CONTROLS_ONE_IN: usize = 20;

/// Text, with what was odd about its bytes.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) problems: Vec<Problem>,
}

/// Decodes a file; `None` if it is no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<Decoded> {
    if has_binary_signature(bytes) {
        return None;
    }
    let mut problems = Vec::new();
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => declared(bytes).unwrap_or_else(|| {
            let guess = guessed(bytes);
            problems.push(problem(ProblemCode::GuessedEncoding, format!("the encoding is not stated; read as {}", guess.name())));
            guess
        }),
    };
    let (text, _, broken) = encoding.decode(bytes);
    if is_binary(&text) {
        return None;
    }
    if broken {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        problems.push(problem(ProblemCode::BrokenEncoding, format!("{count} characters are no valid {}", encoding.name())));
    }
    Some(Decoded { text: text.into_owned(), problems })
}

pub(crate) fn problem(code: ProblemCode, message: String) -> Problem {
    Problem { code, message, span: None }
}

/// The first bytes of common files that are no text.
fn has_binary_signature(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 9] =
        [b"\x89PNG", b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x28\xb5\x2f\xfd", b"SQLite format 3"];
    SIGNATURES.iter().any(|s| bytes.starts_with(s))
}

/// Many control characters, as no text has them.
fn is_binary(text: &str) -> bool {
    let sample = || text.chars().take(64 << 10);
    let controls = sample().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')).count();
    controls > 16 && controls * CONTROLS_ONE_IN > sample().count()
}

/// `charset=` in the head of a page, or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let lower: Vec<u8> = head.iter().map(u8::to_ascii_lowercase).collect();
    [&b"charset="[..], &b"encoding="[..]].iter().find_map(|key| {
        let at = lower.windows(key.len()).position(|w| w == *key)? + key.len();
        let label: Vec<u8> = lower[at..]
            .iter()
            .copied()
            .skip_while(|b| matches!(b, b'"' | b'\''))
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
            .collect();
        Encoding::for_label(&label)
    })
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}
