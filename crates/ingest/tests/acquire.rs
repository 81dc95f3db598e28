//! Bytes become documents: encodings, refusals, clutter, and the way back to the source.

use dragoman_doc::{Basis, Document, ProblemCode};
use dragoman_ingest::{Cleaning, Content, Known, MAX_BYTES, Received, Refusal, acquire};
use dragoman_span::Span;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const BODY: &str = "The two delegations met in the capital on Monday and agreed to resume talks next week, officials said. It was the third \
                    round of the talks this year.\n\nA spokesman for the ministry said that the date was not yet known.\n";

fn read(content: Content, cleaning: Cleaning) -> Result<Document, Refusal> {
    acquire(Received { source_id: "r".into(), source: "r".into(), content, known: Known::default() }, cleaning)
}

fn file(bytes: impl Into<Vec<u8>>) -> Result<Document, Refusal> {
    read(Content::Bytes(bytes.into()), Cleaning::ByKind)
}

fn has(document: &Document, code: ProblemCode) -> bool {
    document.problems.iter().any(|p| p.code == code)
}

#[test]
fn encodings() {
    let utf16 =
        |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| [mark.to_vec(), "Zürich – talks".encode_utf16().flat_map(bytes).collect()].concat();
    for (bytes, text, problem) in [
        (b"\xef\xbb\xbfPlain.".to_vec(), "Plain.", None),
        (utf16([0xff, 0xfe], u16::to_le_bytes), "Zürich – talks", None),
        (utf16([0xfe, 0xff], u16::to_be_bytes), "Zürich – talks", None),
        (b"Z\xfcrich, \x93talks\x94 in a caf\xe9.".to_vec(), "Zürich, “talks” in a café.", Some(ProblemCode::GuessedEncoding)),
        (b"\xef\xbb\xbfok \xff ok".to_vec(), "ok \u{FFFD} ok", Some(ProblemCode::BrokenEncoding)),
        (b"one\0two\x07".to_vec(), "one\u{FFFD}two\u{FFFD}", Some(ProblemCode::ControlCharacters)),
        ("one \u{202E}owt\u{202C}".as_bytes().to_vec(), "one \u{202E}owt\u{202C}", Some(ProblemCode::BidiControls)),
        (b"One.\r\n\r\nTwo.\r\n".to_vec(), "One.\n\nTwo.\n", None),
        (b"One.\rTwo.".to_vec(), "One.\nTwo.", None),
        ("cafe\u{301}".as_bytes().to_vec(), "café", None),
    ] {
        let document = file(bytes).unwrap();
        assert_eq!(&*document.text, text);
        assert!(problem.is_none_or(|code| has(&document, code)), "{text}: {:?}", document.problems);
    }
}

#[test]
fn a_page_in_an_old_encoding() {
    let page = b"<html><head><meta charset=windows-1251></head><body><p>\xcf\xf0\xe8\xe2\xe5\xf2</p></body></html>";
    assert!(file(page.to_vec()).unwrap().text.contains("Привет"));
}

#[test]
fn refusals() {
    assert_eq!(file("").unwrap_err(), Refusal::Empty);
    assert_eq!(file(" \r\n\t ").unwrap_err(), Refusal::Empty);
    for binary in [&b"\x89PNG\r\n\x1a\n"[..], b"%PDF-1.7 text", b"PK\x03\x04 text", b"\x1f\x8b text", &[0; 400]] {
        assert_eq!(file(binary).unwrap_err(), Refusal::Binary);
    }
    assert!(file(vec![b'a'; MAX_BYTES]).is_ok());
    assert_eq!(file(vec![b'a'; MAX_BYTES + 1]).unwrap_err(), Refusal::TooLarge { bytes: MAX_BYTES + 1 });
}

#[test]
fn text_is_taken_character_for_character() {
    let text = "Headline\n\n0\nShare\r\ncafe\u{301} \0 and\u{202E} so on";
    for cleaning in [Cleaning::ByKind, Cleaning::Never] {
        let document = read(Content::Text(text.into()), cleaning).unwrap();
        assert_eq!(&*document.text, text);
        let all = Span::new(0, text.len());
        assert_eq!(document.origin.source(all), Some(all));
    }
}

#[test]
fn clutter_goes_into_fields() {
    let head = "Talks resume after a pause\nBy Jane Doe and John Roe, Newsline\nShare\n\n0\n112\nTalks resume after a pause\n\n";
    let source = format!("{head}BAGHDAD, March 4, 2024 (Newsline) - {BODY}\nRead also: Ferry freed from the ice\n");
    let document = file(source.as_str()).unwrap();
    assert_eq!(document.title.as_deref(), Some("Talks resume after a pause"));
    assert_eq!(document.author.as_deref(), Some("Jane Doe and John Roe, Newsline"));
    assert_eq!(document.outlet.as_deref(), Some("Newsline"));
    assert_eq!((document.published.date.unwrap().to_string().as_str(), document.published.basis), ("2024-03-04", Basis::Dateline));
    assert!(document.text.starts_with("BAGHDAD, March 4, 2024 (Newsline) - The two"), "{}", document.text);
    assert!(document.text.trim_end().ends_with("not yet known."));
    assert!(has(&document, ProblemCode::ClutterRemoved));
    let kept = read(Content::Bytes(source.clone().into()), Cleaning::Never).unwrap();
    assert_eq!(&*kept.text, source);
}

#[test]
fn sentences_stay() {
    for first in ["The talks resumed.", "\"We will be there,\" she said.", "0.5 percent of the voters said no."] {
        let document = file(format!("{first}\n\n{BODY}")).unwrap();
        assert!(document.text.starts_with(first), "{first}");
        assert_eq!(document.title, None);
    }
}

#[test]
fn a_date_of_change_is_no_date_of_publication() {
    let document = file(format!("Talks resume after a pause\n\nUpdated: 9 March 2024\n\n{BODY}")).unwrap();
    assert_eq!(document.published.date, None);
    assert!(has(&document, ProblemCode::NoPublicationDate));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_end_in_a_document_or_a_refusal(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = file(bytes);
    }

    #[test]
    fn the_map_leads_back_to_the_source(lines in proptest::collection::vec("[a-zé\u{301}\u{1100}\u{1161}\u{202E}\r\u{7} ]{0,12}|Share|0|By Jane Doe", 1..12)) {
        let source = format!("{}\n{BODY}", lines.join("\n"));
        let document = file(source.as_str()).unwrap();
        for (at, c) in document.text.char_indices() {
            let here = Span::new(at, at + c.len_utf8());
            let from = document.origin.source(here).expect("each character came from somewhere");
            let normal: String = from.of(&source).nfc().collect();
            prop_assert!(normal.contains(c) || c == '\u{FFFD}' || (c == '\n' && normal == "\r"), "{:?} came from {:?}", c, from.of(&source));
        }
    }
}
