//! Who said what: sources, cues and contents, direct, mixed and indirect, nested where a source quotes a source.
//!
//! The reading model marks sources, cues and contents; the cues of `data/en/cues.tsv` say what kind of saying it is, give the addressee,
//! and take up what the model passed over. Without a model the cue comes first: with a source in its grammar it opens a statement, whose
//! content is the quotation or clause that goes with it. Quotations that no cue took go to the speaker of the statement they continue.

#![warn(missing_docs)]

mod content;
mod cues;
mod model;
mod quotes;
mod turns;

use dragoman_annotate::Grammar;
use dragoman_codebook::Manner;
use dragoman_doc::{
    Annotation, Cue, Document, EntityId, Evidence, Layer, Mention, MentionId, PlaceId, PlaceRef, Provenance, Reason, RuleId, Score,
    SentenceId, Speaker, Statement, StatementId, Syntax, TimeId, TimeRef, TokenId, Tokens,
};
use dragoman_lexicon::Rules;
use dragoman_span::{Id, IndexVec, Span};

const MADE_BY: Provenance = Provenance { stage: "claims", version: 1 };

/// What the stage reads.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the layer of its name")]
pub struct Layers<'a> {
    pub document: &'a Document,
    pub tokens: &'a Tokens,
    pub annotation: &'a Annotation,
    pub syntax: &'a Syntax,
    pub mentions: &'a Layer<MentionId, Mention>,
    pub times: &'a Layer<TimeId, TimeRef>,
    pub places: &'a Layer<PlaceId, PlaceRef>,
}

/// Finds the statements of a report.
pub fn statements(layers: Layers<'_>, rules: &Rules) -> Layer<StatementId, Statement> {
    let scene = Scene { grammar: Grammar::new(layers.document, layers.tokens, layers.annotation), layers, rules };
    let mut drafts = turns::turns(&scene);
    let cued = cues::cued(&scene);
    drafts.extend(if layers.syntax.words.is_empty() { cued } else { model::read(&scene, cued, &drafts) });
    quotes::take_up(&scene, &mut drafts);
    drafts.retain(|d| !d.content.is_empty());
    drafts.sort_by_key(|d| (d.content[0].start(), std::cmp::Reverse(d.content[0].end()), d.cue.as_ref().map(|c| c.evidence.first())));
    drafts.dedup_by(|b, a| a.content == b.content && a.speaker.as_ref().map(|s| s.span) == b.speaker.as_ref().map(|s| s.span));
    let within = nesting(&drafts);
    let items: IndexVec<StatementId, Statement> = drafts.into_iter().zip(within).map(|(d, w)| scene.finish(d, w)).collect();
    Layer::new(items, MADE_BY, Vec::new())
}

/// A statement in the making.
#[derive(Debug, Clone)]
struct Draft {
    speaker: Option<Source>,
    cue: Option<Cue>,
    content: Vec<Span>, // in the order of the text
    addressee: Option<EntityId>,
    sentence: SentenceId,
    rule: RuleId,
    score: Score,
}

/// The words that name a speaker, and the word they are built on.
#[derive(Debug, Clone, Copy)]
struct Source {
    span: Span,
    head: TokenId,
}

struct Scene<'a> {
    grammar: Grammar<'a>,
    layers: Layers<'a>,
    rules: &'a Rules,
}

impl<'a> Scene<'a> {
    fn text(&self) -> &'a str {
        &self.layers.document.text
    }

    fn tokens(&self) -> &'a Tokens {
        self.layers.tokens
    }

    /// The entity mentioned by the longest mention built on this word.
    fn entity_at(&self, head: TokenId) -> Option<EntityId> {
        dragoman_doc::mention_at(self.layers.mentions.iter(), self.tokens().tokens[head].span).map(|m| m.entity)
    }

    fn finish(&self, draft: Draft, within: Option<StatementId>) -> Statement {
        let content = Evidence::several(draft.content.iter().copied()).expect("drafts without content were dropped");
        let manner = self.manner(&draft);
        let sentence = self.tokens().sentences[draft.sentence].span;
        let outside = |span: Span| sentence.contains(span) && !draft.content.iter().any(|c| c.overlaps(span));
        let time = draft.cue.as_ref().and_then(|_| self.layers.times.iter_ids().find(|(_, t)| outside(t.span) && t.begin().is_some()));
        let place =
            draft.cue.as_ref().and_then(|_| self.layers.places.iter_ids().find(|(_, p)| outside(p.span) && self.is_locative(p.span)));
        let detail = draft.cue.as_ref().map_or_else(|| "a quotation".to_owned(), |c| c.evidence.first().of(self.text()).to_owned());
        Statement {
            speaker: draft.speaker.map(|s| Speaker { entity: self.entity_at(s.head), evidence: Evidence::one(s.span) }),
            cue: draft.cue,
            content,
            manner,
            addressee: draft.addressee,
            time: time.map(|(id, _)| id),
            place: place.map(|(id, _)| id),
            within,
            reason: Reason { rule: draft.rule, detail, score: draft.score },
        }
    }

    /// A place right after a preposition: where something was said, not who.
    fn is_locative(&self, span: Span) -> bool {
        let before = self.text().get(..span.start()).unwrap_or_default().trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        self.rules.classes.meets(&dragoman_lexicon::Head::Class("locative".into()), &word.to_lowercase())
    }

    fn manner(&self, draft: &Draft) -> Manner {
        let quotes = &self.tokens().quotes;
        let letters = |span: Span| span.of(self.text()).chars().filter(|c| c.is_alphanumeric()).count();
        let total: usize = draft.content.iter().map(|c| letters(*c)).sum();
        let quoted: usize = draft
            .content
            .iter()
            .map(|c| {
                let inside: Vec<Span> = quotes.iter().filter(|q| q.inner.overlaps(*c)).map(|q| intersect(q.inner, *c)).collect();
                outermost(&inside).into_iter().map(letters).sum::<usize>()
            })
            .sum();
        match () {
            () if draft.rule.as_str() == turns::RULE => Manner::Direct,
            () if quoted == 0 => Manner::Indirect,
            () if quoted * 20 >= total * 19 => Manner::Direct,
            () => Manner::Mixed,
        }
    }
}

fn intersect(a: Span, b: Span) -> Span {
    Span::new(a.start().max(b.start()), a.end().min(b.end()))
}

/// Spans that lie in no other of the list.
fn outermost(spans: &[Span]) -> Vec<Span> {
    let inside = |i: usize| spans.iter().enumerate().any(|(j, other)| j != i && other.contains(spans[i]) && (*other != spans[i] || j < i));
    (0..spans.len()).filter(|i| !inside(*i)).map(|i| spans[i]).collect()
}

/// For each draft the innermost other draft whose content holds its cue and content.
fn nesting(drafts: &[Draft]) -> Vec<Option<StatementId>> {
    let holds = |outer: &Draft, inner: &Draft| {
        let Some(cue) = inner.cue.as_ref().map(|c| c.evidence.first()) else { return false };
        outer.content.iter().any(|c| c.contains(cue) && inner.content.iter().any(|i| c.contains(*i) && *c != *i))
    };
    drafts
        .iter()
        .enumerate()
        .map(|(i, inner)| {
            let first = drafts[..i].partition_point(|d| d.sentence.index() + 200 < inner.sentence.index());
            (first..drafts.len())
                .take_while(|j| drafts[*j].content[0].start() <= inner.content[0].start())
                .filter(|j| *j != i && holds(&drafts[*j], inner))
                .min_by_key(|j| drafts[*j].content.iter().map(|c| c.len()).sum::<usize>())
                .map(StatementId::from_index)
        })
        .collect()
}
