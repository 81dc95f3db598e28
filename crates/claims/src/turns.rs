//! Transcripts: "QUESTION: ...", "MR. ADLER: ...". A label in capitals at the head of a paragraph speaks until the next one. A report
//! that quotes a transcript opens each of its paragraphs with a quotation mark, before the label.

use dragoman_doc::{Evidence, RuleId, Score, TokenId};
use dragoman_span::{Id, Span};

use crate::{Draft, Scene, Source};

pub(crate) const RULE: &str = "claims:transcript";
/// A label is short.
const MAX_LABEL_TOKENS: usize = 6;
/// A label or two may be a heading; a transcript has more.
const MIN_TURNS: usize = 3;

pub(crate) fn turns(scene: &Scene<'_>) -> Vec<Draft> {
    let tokens = scene.tokens();
    let labels: Vec<Option<(Span, usize, usize)>> = tokens.paragraphs.iter().map(|p| label(scene, p.span)).collect();
    if labels.iter().flatten().count() < MIN_TURNS {
        return Vec::new();
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for (paragraph, label) in tokens.paragraphs.iter().zip(labels) {
        match (label, drafts.last_mut()) {
            (Some((name, head, after)), _) => {
                let start = tokens.tokens[TokenId::from_index(after)].span.start();
                let content = Span::new(start, unquoted(scene.text(), paragraph.span).end());
                let sentence = tokens.tokens[TokenId::from_index(head)].sentence;
                drafts.push(Draft {
                    speaker: Some(Source { span: name, head: TokenId::from_index(head) }),
                    cue: None,
                    content: vec![content],
                    addressee: None,
                    sentence,
                    rule: RuleId::new(RULE),
                    score: Score::from_parts(9500),
                });
            }
            // "(Laughter.)", "(The briefing ended at 2:31 p.m.)": the transcriber's.
            (None, Some(_)) if unquoted(scene.text(), paragraph.span).of(scene.text()).starts_with(['(', '[']) => {}
            (None, Some(last)) => last.content.push(unquoted(scene.text(), paragraph.span)),
            (None, None) => {}
        }
    }
    drafts
}

/// The label's words, the position of its last word and of the first word after the colon.
fn label(scene: &Scene<'_>, paragraph: Span) -> Option<(Span, usize, usize)> {
    let range = scene.tokens().within(unquoted(scene.text(), paragraph));
    let form = |i: usize| scene.grammar.words.form(i);
    let colon = range.clone().take(MAX_LABEL_TOKENS).find(|i| form(*i) == ":")?;
    let named = colon > range.start
        && colon + 1 < range.end
        && (range.start..colon).all(|i| form(i).chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\'' | '’')));
    let evidence = Evidence::one(scene.tokens().span(TokenId::from_index(range.start), TokenId::from_index(colon.checked_sub(1)?)));
    named.then(|| (evidence.first(), colon - 1, colon + 1))
}

/// A paragraph without the double quotation mark that opens it, and the one that then closes it.
fn unquoted(text: &str, paragraph: Span) -> Span {
    let mark = |c: char| matches!(c, '"' | '“' | '”');
    let paragraph = paragraph.trim(text);
    if paragraph.of(text).starts_with(mark) { paragraph.trim_matches(text, mark).trim(text) } else { paragraph }
}
