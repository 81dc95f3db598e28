//! Reports in bulk: one JSON object a line.

use std::io::{self, BufRead};

use dragoman_doc::{PartialDate, UnreadableDate};
use dragoman_ingest::{Content, Known};
use serde_json::{Map, Value};

/// The longest line that is read, in bytes.
pub(crate) const MAX_LINE: usize = 16 << 20;

/// One line of input.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Its bytes, without the line end.
    Bytes(Vec<u8>),
    /// Longer than the limit; it was skipped without being kept.
    TooLong,
}

/// The next line, `None` at the end. Never holds more than `limit` bytes.
pub(crate) fn next_line(input: &mut impl BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let (mut any, mut long) = (false, false);
    loop {
        let chunk = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|b| *b == b'\n');
        let part = &chunk[..end.unwrap_or(chunk.len())];
        long |= line.len() + part.len() > limit;
        if !long {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(any.then_some(if long { Line::TooLong } else { Line::Bytes(line) }))
}

/// A report as a line gives it.
#[derive(Debug, Clone)]
pub(crate) struct Brief {
    /// The given id.
    pub(crate) id: Option<String>,
    /// Text or page.
    pub(crate) content: Content,
    /// What is said about it.
    pub(crate) known: Known,
    /// A date of publication that could not be read.
    pub(crate) unreadable: Option<UnreadableDate>,
}

/// Reads one line.
///
/// # Errors
/// Why the line is refused, in words for the user.
pub(crate) fn parse(line: &[u8]) -> Result<Brief, String> {
    let text = std::str::from_utf8(line).map_err(|e| format!("not UTF-8 (byte {} of the line)", e.valid_up_to() + 1))?;
    let value: Value = serde_json::from_str(text).map_err(|e| format!("not JSON: {}", reason(&e)))?;
    let Value::Object(mut row) = value else { return Err("not a JSON object".to_owned()) };
    let content = content(&mut row)?;
    let (published, unreadable) = published(&mut row)?;
    let mut take = |name| string(&mut row, name);
    let known = Known { published, title: take("title")?, outlet: take("outlet")?, url: take("url")?, author: take("author")? };
    Ok(Brief { id: id(&mut row)?, content, known, unreadable })
}

/// The fault and its column; the line is known to the caller, who has the number in the file.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    format!("{words} (column {})", error.column())
}

fn content(row: &mut Map<String, Value>) -> Result<Content, String> {
    match (string(row, "text")?, string(row, "html")?) {
        (Some(text), None) => Ok(Content::Text(text)),
        (None, Some(html)) => Ok(Content::Html(html)),
        (Some(_), Some(_)) => Err("both \"text\" and \"html\"; give one of them".to_owned()),
        (None, None) => Err("neither \"text\" nor \"html\"".to_owned()),
    }
}

fn string(row: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match row.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("\"{name}\" is not a string")),
    }
}

/// Numbers are common as ids and, as years, as dates.
fn string_or_number(row: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match row.get(name) {
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        _ => string(row, name).map_err(|e| format!("{e} or number")),
    }
}

fn id(row: &mut Map<String, Value>) -> Result<Option<String>, String> {
    string_or_number(row, "id")
}

/// A date that cannot be read costs the date, not the report.
fn published(row: &mut Map<String, Value>) -> Result<(Option<PartialDate>, Option<UnreadableDate>), String> {
    Ok(match string_or_number(row, "published")?.map(|text| text.trim().parse::<PartialDate>()) {
        None => (None, None),
        Some(Ok(date)) => (Some(date), None),
        Some(Err(unreadable)) => (None, Some(unreadable)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8], limit: usize) -> Vec<Line> {
        let mut input = io::BufReader::with_capacity(3, input);
        std::iter::from_fn(|| next_line(&mut input, limit).unwrap()).collect()
    }

    #[test]
    fn long_lines_are_skipped_to_their_end() {
        let bytes = |s: &str| Line::Bytes(s.into());
        assert_eq!(lines(b"ab\n\n0123456789\nlast", 5), [bytes("ab"), bytes(""), Line::TooLong, bytes("last")]);
        assert_eq!(lines(b"12345\n123456\n", 5), [bytes("12345"), Line::TooLong], "the limit itself is allowed");
        assert!(lines(b"", 5).is_empty());
    }

    fn refusal(line: &str) -> String {
        parse(line.as_bytes()).unwrap_err()
    }

    #[test]
    fn a_line_gives_what_it_says() {
        let brief = parse(br#"{"id": 17, "text": "T", "published": "2024-08", "outlet": "O", "extra": [1], "text": "U"}"#).unwrap();
        assert_eq!(brief.id.as_deref(), Some("17"));
        assert!(matches!(brief.content, Content::Text(t) if t == "U"), "of two keys the last counts");
        assert_eq!(brief.known.published.unwrap().to_string(), "2024-08");
        assert_eq!(brief.known.outlet.as_deref(), Some("O"));
        let page = parse(br#"{"html": "<p>P", "published": 2024, "text": null}"#).unwrap();
        assert!(matches!(page.content, Content::Html(_)));
        assert_eq!(page.known.published.unwrap().to_string(), "2024");
    }

    #[test]
    fn a_bad_date_costs_only_the_date() {
        let brief = parse(br#"{"text": "T", "published": "last week"}"#).unwrap();
        assert_eq!(brief.unreadable.unwrap().0, "last week");
    }

    #[test]
    fn refusals_say_why() {
        assert_eq!(refusal("[1]"), "not a JSON object");
        assert_eq!(refusal(r#"{"title": "T"}"#), "neither \"text\" nor \"html\"");
        assert_eq!(refusal(r#"{"text": "T", "html": "H"}"#), "both \"text\" and \"html\"; give one of them");
        assert_eq!(refusal(r#"{"text": 5}"#), "\"text\" is not a string");
        assert_eq!(refusal(r#"{"text": "T", "id": []}"#), "\"id\" is not a string or number");
        assert_eq!(refusal(r#"{"text": "T""#), "not JSON: EOF while parsing an object (column 12)");
        assert!(refusal(r#"{"text": "\ud800"}"#).starts_with("not JSON"));
        assert_eq!(parse(b"{\"text\": \"\xff\"}").unwrap_err(), "not UTF-8 (byte 11 of the line)");
        assert!(refusal(&"[".repeat(100_000)).starts_with("not JSON"), "nesting is bounded");
    }
}
