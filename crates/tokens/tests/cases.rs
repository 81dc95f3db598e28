//! Cases that a reader of news can review: `tests/cases/*.txt`, each with its format at its head.

use dragoman_doc::{Document, Paragraph, ParagraphKind, Tokens};
use dragoman_tokens::{Abbreviations, tokenize};

fn read(text: &str) -> Tokens {
    tokenize(&Document::plain(text), &Abbreviations::shipped().expect("the shipped files are sound"))
}

fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}

#[test]
fn sentences() {
    for case in lines(include_str!("cases/sentences.txt")) {
        let text = case.replace(" ¶ ", "\n\n").replace(" | ", " ").replace('|', "");
        let found: Vec<&str> = read(&text).sentences.iter().map(|s| s.span.of(&text)).collect();
        let wanted: Vec<&str> = case.split(['|', '¶']).map(str::trim).collect();
        assert_eq!(found, wanted);
    }
}

#[test]
fn tokens() {
    let mut text = "";
    for line in lines(include_str!("cases/tokens.txt")) {
        let Some(wanted) = line.strip_prefix("= ") else {
            text = line;
            continue;
        };
        let found: Vec<&str> = read(text).tokens.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(found.join(" "), wanted);
    }
}

#[test]
fn quotes() {
    for block in include_str!("cases/quotes.txt").split("\n\n").skip(1) {
        let (case, wanted) = block.trim_end().split_once('\n').unwrap_or((block.trim_end(), ""));
        let text = case.replace(" ¶ ", "\n\n");
        let shown = |q: &dragoman_doc::Quote| {
            let notes = [(!q.closed, " <open>"), (q.continues, " <goes on>")];
            let notes: String = notes.into_iter().filter_map(|(holds, note)| holds.then_some(note)).collect();
            format!("> {}{notes}", q.inner.of(&text))
        };
        let found: Vec<String> = read(&text).quotes.iter().map(shown).collect();
        assert_eq!(found.join("\n"), wanted, "{case}");
    }
}

#[test]
fn paragraphs() {
    let file: Vec<&str> = include_str!("cases/paragraphs.txt").lines().skip_while(|l| l.starts_with('#')).collect();
    for block in file.split(|l| *l == "====") {
        let is_wanted = |line: &&&str| ["H= ", "B= ", "L= "].iter().any(|kind| line.starts_with(kind));
        let wanted: Vec<&str> = block.iter().filter(is_wanted).copied().collect();
        let text: Vec<&str> = block.iter().filter(|l| !is_wanted(l)).copied().collect();
        let text = text.join("\n");
        let found: Vec<String> = read(&text).paragraphs.iter().map(|p| paragraph(p, &text)).collect();
        assert_eq!(found, wanted);
    }
}

fn paragraph(paragraph: &Paragraph, text: &str) -> String {
    let kind = match paragraph.kind {
        ParagraphKind::Headline => 'H',
        ParagraphKind::Body => 'B',
        ParagraphKind::Bullet => 'L',
    };
    format!("{kind}= {}", paragraph.span.of(text).replace('\n', " "))
}
