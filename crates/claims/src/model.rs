//! Statements that the reading model marks, explained and repaired by the cues of the tables.

use dragoman_codebook::Stance;
use dragoman_doc::{Attribution, Cue, Evidence, RuleId, TokenId, TokenRange};
use dragoman_lexicon::CueRule;
use dragoman_span::{Id, Span};

use crate::{Draft, Scene, Source};

/// The rule of a statement whose cue no table lists.
const RULE: &str = "reader:attribution";

/// Drafts of the model's attributions, then those of the rules that it passed over. `cued`: what the rules found; `taken`: drafts that
/// stand already.
pub(crate) fn read(scene: &Scene<'_>, cued: Vec<Draft>, taken: &[Draft]) -> Vec<Draft> {
    let found = scene.layers.syntax.attributions.iter().filter_map(|a| draft(scene, a, &cued));
    let mut drafts: Vec<Draft> = found.filter(|d| !taken.iter().any(|t| meets(t, d))).collect();
    let missed: Vec<Draft> = cued.into_iter().filter(|rule| is_sure(scene, rule) && !drafts.iter().any(|d| meets(d, rule))).collect();
    drafts.extend(missed);
    drafts
}

/// The two have words of content or their cue in common.
fn meets(a: &Draft, b: &Draft) -> bool {
    let same_cue = match (&a.cue, &b.cue) {
        (Some(x), Some(y)) => x.evidence.first().overlaps(y.evidence.first()),
        _ => false,
    };
    same_cue || a.content.iter().any(|x| b.content.iter().any(|y| x.overlaps(*y)))
}

/// A rule's statement that stands without the model: a quotation with a speaker.
fn is_sure(scene: &Scene<'_>, draft: &Draft) -> bool {
    let quoted = |c: &Span| scene.tokens().quotes.iter().any(|q| q.inner.contains(*c) || *c == q.span);
    draft.speaker.is_some() && draft.content.iter().all(quoted)
}

fn draft(scene: &Scene<'_>, found: &Attribution, cued: &[Draft]) -> Option<Draft> {
    let tokens = scene.tokens();
    let content: Vec<Span> = found.content.iter().filter_map(|c| tidy(scene, *c)).collect();
    let first = found.content.first()?.first;
    let cue = found.cue.map(|c| c.span(tokens));
    let rule = found.cue.and_then(|c| listed(scene, c));
    let same = cued.iter().find(|d| d.cue.as_ref().zip(cue).is_some_and(|(x, y)| x.evidence.first().overlaps(y)));
    let stance = same.and_then(|d| d.cue.as_ref()).map(|c| c.stance).or(rule.map(|r| r.stance)).unwrap_or(Stance::Says);
    let explained = same.map(|d| d.rule.clone()).or_else(|| rule.map(|r| r.id.clone()));
    (!content.is_empty()).then(|| Draft {
        speaker: found.source.map(|s| source(scene, s)),
        cue: cue.map(|span| Cue { evidence: Evidence::one(span), stance }),
        content,
        addressee: same.and_then(|d| d.addressee),
        sentence: tokens.tokens[found.cue.map_or(first, |c| c.first)].sentence,
        rule: explained.unwrap_or_else(|| RuleId::new(RULE)),
        score: found.score,
    })
}

/// The cue of the tables among these words: the longest of the first word that has one.
fn listed<'s>(scene: &Scene<'s>, cue: TokenRange) -> Option<&'s CueRule> {
    let words = &scene.grammar.words;
    let range = cue.first.index()..cue.last.index() + 1;
    range.clone().find_map(|at| {
        let by_lemma = scene.rules.cues.of(words.lemma(at));
        let lower = words.form(at).to_lowercase();
        let by_form = scene.rules.cues.of(&lower);
        let holds = |r: &&'s CueRule| r.words.iter().enumerate().skip(1).all(|(i, w)| at + i < range.end && scene.grammar.is(at + i, w));
        by_lemma.chain(by_form).filter(holds).max_by_key(|r| r.words.len())
    })
}

/// The source's words and the word that they are built on: the one whose head in the tree lies outside them.
fn source(scene: &Scene<'_>, at: TokenRange) -> Source {
    let words = &scene.layers.syntax.words;
    let range = at.first.index()..at.last.index() + 1;
    let top = range.map(TokenId::from_index).find(|t| words[*t].head.is_none_or(|h| !at.contains(h))).unwrap_or(at.last);
    // A name is known by its last word, the noun phrase by its noun.
    let phrase = scene.grammar.chunks_in(scene.tokens().tokens[top].sentence).find(|(_, c)| c.first <= top && top <= c.last);
    let head = phrase.map(|(_, c)| c.head).filter(|h| at.contains(*h)).unwrap_or(top);
    Source { span: at.span(scene.tokens()), head }
}

/// The words of a content without marks at its edges, and without quotation marks that lie around them all.
fn tidy(scene: &Scene<'_>, at: TokenRange) -> Option<Span> {
    let words = &scene.grammar.words;
    let quotes = &scene.tokens().quotes;
    let (mut first, mut last) = (at.first.index(), at.last.index());
    let bare = |i: usize| matches!(words.form(i), "," | ":" | ";" | "-" | "–" | "—" | ".");
    while first <= last && bare(first) {
        first += 1;
    }
    while last >= first && bare(last) && last > 0 {
        last -= 1;
    }
    if first > last {
        return None;
    }
    let span = scene.tokens().span(TokenId::from_index(first), TokenId::from_index(last));
    let whole = quotes.iter().find(|q| q.span == span || (q.span.start() == span.start() && q.inner.end() == span.end()));
    let span = whole.map_or(span, |q| crate::content::inner(scene, q));
    Some(span).filter(|s| !s.is_empty())
}
