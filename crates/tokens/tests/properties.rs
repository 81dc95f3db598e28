//! What holds for every text, and the limits.

use std::fmt::Write;
use std::time::{Duration, Instant};

use dragoman_doc::{Document, ProblemCode, Tokens};
use dragoman_span::{Id, Span};
use dragoman_tokens::{Abbreviations, MAX_SENTENCE_TOKENS, MAX_SENTENCES, MAX_WORD_BYTES, tokenize};
use proptest::prelude::*;

fn read(text: &str) -> Tokens {
    tokenize(&Document::plain(text), &Abbreviations::shipped().expect("the shipped files are sound"))
}

fn is_ordered(spans: impl Iterator<Item = Span>) -> bool {
    let spans: Vec<Span> = spans.collect();
    spans.windows(2).all(|pair| pair[0].end() <= pair[1].start())
}

/// Everything that a reader of the layer relies on.
fn check(text: &str) {
    let read = read(text);
    assert!(read.tokens.iter().all(|t| !t.span.is_empty() && !t.span.of(text).contains(char::is_whitespace)));
    assert!(is_ordered(read.tokens.iter().map(|t| t.span)));
    assert!(is_ordered(read.sentences.iter().map(|s| s.span)));
    assert!(is_ordered(read.paragraphs.iter().map(|p| p.span)));
    let written: String = read.tokens.iter().map(|t| t.span.of(text)).collect();
    assert_eq!(written, text.split_whitespace().collect::<String>(), "every character belongs to one token");
    let mut next = 0;
    for (id, sentence) in read.sentences.iter_ids() {
        assert_eq!(sentence.first_token.index(), next);
        next = sentence.end_token.index();
        assert!(sentence.tokens().all(|t| read.tokens[t].sentence == id && sentence.span.contains(read.tokens[t].span)));
        assert!((1..=MAX_SENTENCE_TOKENS).contains(&sentence.tokens().count()));
        assert!(read.paragraphs[sentence.paragraph].span.contains(sentence.span));
    }
    assert_eq!(next, read.tokens.len());
    for quote in &read.quotes {
        assert!(quote.span.contains(quote.inner));
        let _ = (quote.span.of(text), quote.inner.of(text));
    }
    assert!(read.quotes.as_slice().windows(2).all(|pair| pair[0].span.start() <= pair[1].span.start()));
}

/// Pieces that news is made of and those that trouble cutters.
fn piece() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        ".",
        ".",
        "?",
        "!",
        "...",
        "…",
        "\"",
        "'",
        "’",
        "‘",
        "“",
        "”",
        "«",
        "»",
        "„",
        "``",
        "''",
        "(",
        ")",
        "[1]",
        "U.S.",
        "Gen.",
        "No.",
        "J.",
        "5",
        "3.5",
        "2,500",
        "don't",
        "cannot",
        "soldiers'",
        "'90s",
        "The",
        "the",
        "said",
        "- ",
        "— ",
        "KYIV (AP)",
        "http://a.b/c",
        "a@b.c",
        "www.",
        "#x",
        ":-)",
        "\u{200d}",
        "\u{301}",
        "😀",
        "\u{a0}",
        "Ελλάς",
        "北京",
        "$",
        ".5",
        "-",
        "&",
        "/",
        ":",
        "1. ",
    ]);
    prop_oneof![8 => words.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn any_text_is_cut_whole(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_news_is_cut_whole(pieces in prop::collection::vec(piece(), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn the_same_text_is_cut_the_same_way(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        prop_assert_eq!(format!("{:?}", read(&text)), format!("{:?}", read(&text)));
    }
}

#[test]
fn nothing_to_read() {
    for text in ["", " ", "\n\n \u{2029}\t"] {
        assert!(read(text).paragraphs.is_empty());
    }
}

#[test]
fn a_sentence_at_the_limit_is_whole() {
    let text = "word ".repeat(MAX_SENTENCE_TOKENS);
    let at_limit = read(&text);
    assert_eq!((at_limit.sentences.len(), at_limit.problems.len()), (1, 0));
}

#[test]
fn a_longer_sentence_is_cut_at_its_best_mark() {
    let text = format!("{}; {}", "word ".repeat(MAX_SENTENCE_TOKENS - 20).trim_end(), "word ".repeat(100));
    let over = read(&text);
    assert_eq!(over.problems[0].code, ProblemCode::SentenceTooLong);
    assert_eq!(over.sentences.len(), 2);
    assert!(over.sentences.as_slice()[0].span.of(&text).ends_with(';'));
    check(&text);
}

#[test]
fn text_without_spaces_is_noted_once() {
    let word = "x".repeat(MAX_WORD_BYTES);
    assert!(read(&format!("{word} {word}")).problems.is_empty());
    let over = read(&format!("{word}x {word}x\n\n{word}x"));
    assert_eq!(over.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [ProblemCode::WordTooLong]);
}

#[test]
fn text_beyond_the_last_sentence_is_not_read() {
    let text = "Go. ".repeat(MAX_SENTENCES);
    assert!(read(&text).problems.is_empty());
    for more in ["Stop.", "\n\nStop \"here\"."] {
        let text = format!("{text}{more}");
        let over = read(&text);
        assert_eq!((over.sentences.len(), over.quotes.len()), (MAX_SENTENCES, 0));
        assert_eq!(over.problems.last().unwrap().code, ProblemCode::TextTooLong);
    }
}

#[test]
fn hostile_text_takes_linear_time() {
    const LENGTH: usize = 300_000;
    const LONGEST: Duration = Duration::from_secs(20);
    let mut numbered = String::new();
    for n in 0..LENGTH / 8 {
        write!(numbered, "{n}-").unwrap();
    }
    let patterns = [
        "\"", "'", "“", "‘a", "a' ", "''", ".", ". ", "…", "a", "a.", "a-", "a/", "a@", "(a", "@a", "www.", "http://", "1-", "1.", "1,",
        "$", "((.", "[1]", "\n", "a\n", "- ", "\u{301}", "\u{200d}", "s' ", "!\" ", "A. ", "No. ", "A— ", "😀", "x'x", "n't", "\"a\" ",
        "?\" A ", "'s", "A&", "A.", "a\"", ".(", "x-y.", "a: ",
    ];
    let began = Instant::now();
    for pattern in patterns {
        let _ = read(&pattern.repeat(LENGTH / pattern.len()));
    }
    let _ = read(&numbered);
    assert!(began.elapsed() < LONGEST, "{:?}", began.elapsed());
}
