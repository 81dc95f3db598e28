//! Quotations that no cue of their own sentence took: they continue a statement, or stand alone.

use dragoman_doc::{Quote, RuleId, Score, SentenceId};
use dragoman_span::Span;

use crate::{Draft, Scene};

/// Fewer words than this in quotation marks are a name or a word held at a distance, not a statement.
const MIN_WORDS: usize = 5;

/// Adds each free quotation to the statement it continues, or as a statement of its own.
pub(crate) fn take_up(scene: &Scene<'_>, drafts: &mut Vec<Draft>) {
    for quote in &scene.tokens().quotes {
        let inner = crate::content::inner(scene, quote);
        let nested = scene.tokens().quotes.iter().any(|q| q.inner.contains(quote.span));
        let taken = drafts.iter().any(|d| d.content.iter().any(|c| c.overlaps(inner)));
        if nested || inner.is_empty() {
            continue;
        }
        if taken {
            widen(drafts, quote, inner);
            continue;
        }
        let Some(sentence) = scene.tokens().sentence_at(inner.start()) else { continue };
        match followed(scene, drafts, quote).or_else(|| continued(scene, drafts, quote, sentence)) {
            Some(i) => {
                drafts[i].content.push(inner);
                drafts[i].content.sort();
            }
            None if scene.tokens().within(inner).len() >= MIN_WORDS && has_verb(scene, inner) => drafts.push(alone(inner, sentence)),
            None => {}
        }
    }
}

/// A quotation of several sentences of which a cue took only the one it stands in. A turn of a transcript has its extent.
fn widen(drafts: &mut [Draft], quote: &Quote, inner: Span) {
    for draft in drafts.iter_mut().filter(|d| d.rule.as_str() != crate::turns::RULE) {
        for content in &mut draft.content {
            let touches = content.overlaps(inner) && !content.contains(inner);
            let inside_only = inner.contains(*content) || (content.start() <= quote.span.start() && content.end() < inner.end());
            if touches && inside_only && draft.cue.as_ref().is_none_or(|c| !inner.contains(c.evidence.first())) {
                *content = content.cover(inner);
            }
        }
    }
}

/// "'He is welcome,' he said, 'but ...'": the statement whose speaker and cue stand right behind the quotation.
fn followed(scene: &Scene<'_>, drafts: &[Draft], quote: &Quote) -> Option<usize> {
    let begins = |d: &Draft| {
        let cue = d.cue.as_ref()?.evidence.first();
        Some(d.speaker.map_or(cue, |s| if s.span.end() <= cue.start() { s.span.cover(cue) } else { cue }))
    };
    drafts.iter().position(|d| {
        let direct = d.content.iter().any(|c| scene.tokens().quotes.iter().any(|q| q.inner.contains(*c)));
        direct
            && begins(d).is_some_and(|b| {
                b.start() >= quote.span.end() && scene.text().get(quote.span.end()..b.start()).is_some_and(|gap| gap.trim().is_empty())
            })
    })
}

/// The statement that a quotation goes on with: the one whose quotation was left open, or the last one of the same paragraph whose
/// speaker was named right before.
fn continued(scene: &Scene<'_>, drafts: &[Draft], quote: &Quote, sentence: SentenceId) -> Option<usize> {
    let before = |d: &Draft| d.content.iter().any(|c| c.end() <= quote.span.start());
    let last = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| before(d))
        .max_by_key(|(_, d)| d.content.iter().map(|c| c.end()).filter(|e| *e <= quote.span.start()).max());
    let (i, draft) = last?;
    let paragraph = scene.tokens().sentences[sentence].paragraph;
    let same_paragraph = scene.tokens().sentences[draft.sentence].paragraph == paragraph;
    let end = draft.content.iter().map(|c| c.end()).filter(|e| *e <= quote.span.start()).max()?;
    let gap = scene.tokens().within(Span::new(end, quote.span.start()));
    let direct = draft.content.iter().any(|c| scene.tokens().quotes.iter().any(|q| q.inner.overlaps(*c)));
    let long = scene.tokens().within(quote.inner).len() >= MIN_WORDS;
    (quote.continues || (same_paragraph && direct && long && gap.len() <= 24)).then_some(i)
}

fn has_verb(scene: &Scene<'_>, span: Span) -> bool {
    scene.tokens().within(span).any(|i| matches!(scene.grammar.words.upos(i), dragoman_doc::Upos::Verb | dragoman_doc::Upos::Aux))
}

fn alone(inner: Span, sentence: SentenceId) -> Draft {
    Draft {
        speaker: None,
        cue: None,
        content: vec![inner],
        addressee: None,
        sentence,
        rule: RuleId::new("claims:bare-quotation"),
        score: Score::from_parts(4000),
    }
}
