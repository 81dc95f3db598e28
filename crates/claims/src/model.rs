//! Statements that the reading model marks, explained and repaired by the cues of the tables.

use dragoman_codebook::Stance;
use dragoman_doc::{Attribution, Cue, Evidence, Quote, Relation, RuleId, TokenId, TokenRange, Upos};
use dragoman_lexicon::{CueRule, Pos, Rule};
use dragoman_span::{Id, Span};

use crate::{Draft, Scene, Source};

/// The rule of a statement whose cue no table lists.
const RULE: &str = "reader:attribution";

/// Drafts of the model's attributions, then those of the rules that it passed over. `cued`: what the rules found; `taken`: drafts that
/// stand already.
pub(crate) fn read(scene: &Scene<'_>, cued: Vec<Draft>, taken: &[Draft]) -> Vec<Draft> {
    let found = scene.layers.syntax.attributions.iter().filter_map(|a| draft(scene, a, &cued));
    let mut drafts: Vec<Draft> = found.filter(|d| !taken.iter().any(|t| meets(t, d))).collect();
    let apart = |d: &Draft, rule: &Draft| !meets(d, rule) || (believed(scene, rule) >= BELIEVED_WITHIN && holds(d, rule));
    let stands = |rule: &Draft| !drafts.iter().all(|d| apart(d, rule)) || taken.iter().any(|t| meets(t, rule));
    let missed: Vec<Draft> = cued.into_iter().filter(|rule| is_sure(scene, rule) && !stands(rule)).collect();
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

/// From which belief of the model in its cue a rule's statement stands that the model passed over.
const HALF_BELIEVED: f64 = 0.05;

/// The same for a statement in the content of another, where most cues of the tables are words of the story.
const BELIEVED_WITHIN: f64 = 0.3;

/// A statement in the content of another: "he confirmed that, according to survivors, it had stopped".
fn holds(outer: &Draft, inner: &Draft) -> bool {
    let cue = inner.cue.as_ref().map(|c| c.evidence.first());
    let within = |s: &Span| outer.content.iter().any(|c| c.contains(*s) && c != s);
    cue.is_some_and(|c| within(&c)) && inner.content.iter().all(within)
}

/// A rule's statement that stands without the model's: one with a speaker that is a quotation, or is opened by a noun ("the nurse's
/// account that"), or whose cue the model half believes in (the ablation in `SCORES.md` shows what the rules give).
fn is_sure(scene: &Scene<'_>, draft: &Draft) -> bool {
    let quoted = |c: &Span| scene.tokens().quotes.iter().any(|q| q.inner.contains(*c) || *c == q.span);
    let noun = || scene.rules.cues.iter().any(|r| r.id == draft.rule && r.pos() == Pos::Noun);
    draft.speaker.is_some() && (draft.content.iter().all(quoted) || noun() || believed(scene, draft) >= HALF_BELIEVED)
}

/// How far the model believes in the cue of a rule's statement: in the word of it that it believes in most.
fn believed(scene: &Scene<'_>, draft: &Draft) -> f64 {
    let Some(cue) = draft.cue.as_ref().map(|c| c.evidence.first()) else { return 0.0 };
    let words = scene.tokens().within(cue).map(TokenId::from_index);
    words.map(|t| scene.layers.syntax.cue_belief[t].share()).fold(0.0, f64::max)
}

fn draft(scene: &Scene<'_>, found: &Attribution, cued: &[Draft]) -> Option<Draft> {
    let tokens = scene.tokens();
    let several = found.content.len() > 1;
    let content: Vec<Span> = found
        .content
        .iter()
        .filter(|c| !(several && is_pronoun(scene, **c)))
        .filter_map(|c| tidy(scene, whole(scene, found, *c)))
        .collect();
    let first = found.content.first()?.first;
    let cue = found.cue.map(|c| c.span(tokens));
    let rule = found.cue.and_then(|c| listed(scene, c));
    let same = cued.iter().find(|d| d.cue.as_ref().zip(cue).is_some_and(|(x, y)| x.evidence.first().overlaps(y)));
    let stance = same.and_then(|d| d.cue.as_ref()).map(|c| c.stance).or(rule.map(|r| r.stance)).unwrap_or(Stance::Says);
    let explained = same.map(|d| d.rule.clone()).or_else(|| rule.map(|r| r.id.clone()));
    (!content.is_empty()).then(|| Draft {
        speaker: found.source.filter(|s| !is_expletive(scene, *s)).map(|s| source(scene, s)).or_else(|| same.and_then(|d| d.speaker)),
        cue: cue.map(|span| Cue { evidence: Evidence::one(span), stance }),
        content,
        addressee: same.and_then(|d| d.addressee),
        sentence: tokens.tokens[found.cue.map_or(first, |c| c.first)].sentence,
        rule: explained.unwrap_or_else(|| RuleId::new(RULE)),
        score: found.score,
    })
}

/// "It was reported": a word that stands for nobody.
fn is_expletive(scene: &Scene<'_>, at: TokenRange) -> bool {
    at.first == at.last && scene.layers.syntax.words[at.first].relation == Relation::Expl
}

/// One word that says nothing by itself: the "it" of "It was reported that".
fn is_pronoun(scene: &Scene<'_>, at: TokenRange) -> bool {
    at.first == at.last && scene.layers.syntax.words[at.first].upos == Upos::Pron
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

/// The source's words, without marks at their edges, and the word that they are built on: the one whose head in the tree lies outside
/// them.
fn source(scene: &Scene<'_>, at: TokenRange) -> Source {
    let at = bare(scene, at).unwrap_or(at);
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
    let quotes = &scene.tokens().quotes;
    let span = bare(scene, at)?.span(scene.tokens());
    let ends_here = |q: &&Quote| q.inner.end() == span.end() || is_left(scene, q, span);
    let whole = quotes.iter().find(|q| q.span == span || (q.span.start() == span.start() && ends_here(q)));
    let span = whole.map_or(span, |q| crate::content::inner(scene, q));
    Some(span).filter(|s| !s.is_empty())
}

/// A content before its cue that begins in the middle of its sentence, with words that hang on what stands before them, begins with the
/// sentence: "[the summit was put off, at which they were to sign], both said".
fn whole(scene: &Scene<'_>, found: &Attribution, at: TokenRange) -> TokenRange {
    let words = &scene.layers.syntax.words;
    let first = scene.tokens().sentences[scene.tokens().tokens[at.first].sentence].first_token;
    let before_cue = found.cue.is_some_and(|c| at.last < c.first);
    let alone = found.content.len() == 1;
    let hangs = || {
        let inside = (at.first.index()..=at.last.index()).map(TokenId::from_index);
        inside.clone().any(|t| words[t].head.is_some_and(|h| h < at.first && h >= first))
            && inside.clone().all(|t| words[t].head.is_some_and(|h| h <= at.last))
    };
    let free = |r: TokenRange| r.last < first || r.first >= at.first;
    let spoken = || scene.layers.syntax.attributions.iter().all(|a| a.cue.is_none_or(free) && a.source.is_none_or(free));
    if before_cue && alone && first < at.first && hangs() && spoken() { TokenRange { first, ..at } } else { at }
}

/// "'Don't you do it,' until shots are heard": behind the comma in a quotation's last place, the speaker's words are over.
fn is_left(scene: &Scene<'_>, quote: &Quote, content: Span) -> bool {
    let goes_on = content.end() > quote.span.end();
    let rest = || Span::new(quote.span.end(), content.end());
    goes_on && quote.inner.of(scene.text()).trim_end().ends_with(',') && !scene.tokens().quotes.iter().any(|q| q.span.overlaps(rest()))
}

/// The words of a range without marks at its edges; nothing if it has none but marks.
fn bare(scene: &Scene<'_>, at: TokenRange) -> Option<TokenRange> {
    let is_mark = |i: &usize| matches!(scene.grammar.words.form(*i), "," | ":" | ";" | "-" | "–" | "—" | ".");
    let mut inside = (at.first.index()..=at.last.index()).filter(|i| !is_mark(i)).map(TokenId::from_index);
    let first = inside.next()?;
    Some(TokenRange { first, last: inside.next_back().unwrap_or(first) })
}
