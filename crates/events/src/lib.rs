//! Who did what to whom, and how far it has come.
//!
//! A word of `data/en/predicates` whose frame holds is an event of its type. Its status comes from its own verb (tense, modals,
//! negation) and from the words above it (`data/en/status.tsv`): what is postponed, planned or denied did not happen. Whose word it
//! stands on comes from the statements around it.

#![warn(missing_docs)]

mod candidates;
mod links;
mod merge;
mod roles;
mod setting;
mod status;

use dragoman_annotate::{Carrier, Grammar};
use dragoman_codebook::{Assertion, Phase, ProcessStatus, Stance};
use dragoman_doc::{
    Annotation, Document, Entity, EntityId, Event, EventId, Evidence, Layer, Mention, MentionId, PlaceId, PlaceRef, Predicate, PredicateId,
    Provenance, Quantity, QuantityId, Reason, RuleId, Score, Statement, StatementId, Syntax, TimeId, TimeRef, TokenId, Tokens, Upos,
};
use dragoman_lexicon::Rules;
use dragoman_span::{Id, Span};

pub use links::Links;
pub use status::{Status, StatusReader};

use candidates::Candidate;

const MADE_BY: Provenance = Provenance { stage: "events", version: 1 };
/// An event that ended longer ago than this, in days before publication, lies before the story's own time.
const BACKGROUND_DAYS: i32 = 31;

/// What the stage reads.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the layer of its name")]
pub struct Layers<'a> {
    pub document: &'a Document,
    pub tokens: &'a Tokens,
    pub annotation: &'a Annotation,
    /// Trees; may be empty.
    pub syntax: &'a Syntax,
    pub times: &'a Layer<TimeId, TimeRef>,
    pub places: &'a Layer<PlaceId, PlaceRef>,
    pub quantities: &'a Layer<QuantityId, Quantity>,
    pub entities: &'a Layer<EntityId, Entity>,
    pub mentions: &'a Layer<MentionId, Mention>,
    pub statements: &'a Layer<StatementId, Statement>,
}

pub(crate) struct Scene<'a> {
    pub(crate) grammar: Grammar<'a>,
    pub(crate) layers: Layers<'a>,
    pub(crate) rules: &'a Rules,
    pub(crate) links: &'a Links,
}

impl Scene<'_> {
    pub(crate) fn entity_at(&self, head: TokenId) -> Option<EntityId> {
        dragoman_doc::mention_at(self.layers.mentions.iter(), self.layers.tokens.tokens[head].span).map(|m| m.entity)
    }

    /// Statements whose content holds the span, the innermost first.
    pub(crate) fn statements_around(&self, span: Span) -> Vec<StatementId> {
        let mut around: Vec<(usize, StatementId)> = self
            .layers
            .statements
            .iter_ids()
            .filter_map(|(id, s)| s.content.spans().find(|c| c.contains(span)).map(|c| (c.len(), id)))
            .collect();
        around.sort();
        around.into_iter().map(|(_, id)| id).collect()
    }
}

/// Finds the events of a report.
pub fn events(layers: Layers<'_>, rules: &Rules) -> Layer<EventId, Event> {
    let grammar = Grammar::new(layers.document, layers.tokens, layers.annotation);
    let links = Links::new(&grammar);
    let scene = Scene { grammar, layers, rules, links: &links };
    let status = StatusReader::new(grammar, rules, &links);
    let mut found = Vec::new();
    for (sentence, _) in layers.tokens.sentences.iter_ids() {
        let here = candidates::of_sentence(&scene, sentence);
        found.extend(merge::merged(&scene, here).into_iter().filter_map(|c| event(&scene, &status, &c)));
    }
    found.sort_by_key(|e: &Event| e.anchor);
    Layer::new(found.into(), MADE_BY, Vec::new())
}

/// Every verb, and every noun of a predicate rule, with its status.
pub fn predicates(layers: Layers<'_>, rules: &Rules) -> Layer<PredicateId, Predicate> {
    let grammar = Grammar::new(layers.document, layers.tokens, layers.annotation);
    let links = Links::new(&grammar);
    let scene = Scene { grammar, layers, rules, links: &links };
    let status = StatusReader::new(grammar, rules, &links);
    let verbs = layers
        .annotation
        .verbs
        .iter_ids()
        .filter(|(_, v)| grammar.words.upos(v.head.index()) == Upos::Verb)
        .map(|(id, v)| (Carrier::Verb(id), v.head));
    let is_event_noun = |lemma: &str| rules.predicates.of(lemma).any(|r| r.pos == dragoman_lexicon::Pos::Noun);
    let nouns = layers
        .annotation
        .chunks
        .iter_ids()
        .filter(|(_, c)| is_event_noun(grammar.words.lemma(c.head.index())))
        .map(|(id, c)| (Carrier::Noun(id), c.head));
    let mut found: Vec<Predicate> = verbs
        .chain(nouns)
        .map(|(carrier, head)| {
            let read = sourced(&scene, status.of(carrier), layers.tokens.tokens[head].span);
            Predicate {
                span: layers.tokens.tokens[head].span,
                lemma: grammar.words.lemma(head.index()).to_owned(),
                phase: read.phase,
                assertion: read.assertion,
                background: false,
            }
        })
        .collect();
    found.sort_by_key(|p| p.span);
    Layer::new(found.into(), MADE_BY, Vec::new())
}

fn event(scene: &Scene<'_>, status: &StatusReader<'_>, candidate: &Candidate<'_>) -> Option<Event> {
    let anchor = candidate.anchor;
    let (actors, recipients) = roles::participants(scene, candidate);
    if actors.is_empty() && recipients.is_empty() && !candidates::stands_alone(candidate.rule.kind) {
        return None;
    }
    let own = candidate.carriers.iter().map(|c| status.of(*c)).reduce(Status::stronger)?;
    let mut read = sourced(scene, own, anchor);
    let (according_to, denied_by) = sources(scene, anchor, read.assertion);
    let time = setting::time(scene, candidate);
    if read.phase == Phase::Planned && time.is_some_and(|t| t.begin.is_some()) {
        read.phase = Phase::Scheduled;
    }
    let background = is_background(scene, time);
    let mut reasons = vec![Reason {
        rule: candidate.rule.id.clone(),
        detail: anchor.of(&scene.layers.document.text).to_owned(),
        score: Score::from_parts(7000),
    }];
    reasons.extend(read.reasons);
    let evidence = candidate.carriers.iter().map(|c| carrier_span(scene, *c)).chain(actors.iter().chain(&recipients).map(|p| p.span));
    Some(Event {
        kind: candidate.rule.kind,
        modes: candidate.modes.clone(),
        contexts: Vec::new(),
        cameo: candidate.rule.cameo,
        anchor,
        time,
        place: setting::place(scene, candidate),
        phase: read.phase,
        assertion: read.assertion,
        background,
        according_to,
        denied_by,
        quantities: setting::quantities(scene, candidate),
        evidence: Evidence::several(evidence).unwrap_or_else(|| Evidence::one(anchor)),
        reasons,
        score: Score::from_parts(if actors.is_empty() { 5500 } else { 7000 }),
        actors,
        recipients,
    })
}

pub(crate) fn carrier_span(scene: &Scene<'_>, carrier: Carrier) -> Span {
    match carrier {
        Carrier::Verb(v) => scene.layers.tokens.verb_span(scene.grammar.verb(v)),
        Carrier::Noun(c) => scene.grammar.chunk_span(c),
    }
}

/// What the innermost statement around an event makes of it: a denied charge, a promise, a claim.
fn sourced(scene: &Scene<'_>, own: Status, anchor: Span) -> Status {
    let Some(id) = scene.statements_around(anchor).first().copied() else { return own };
    let statement = &scene.layers.statements[id];
    let Some(cue) = &statement.cue else { return own };
    own.under(cue.stance, &statement.reason, cue.evidence.first().of(&scene.layers.document.text))
}

/// On whose word it stands, and who denies it.
fn sources(scene: &Scene<'_>, anchor: Span, assertion: Assertion) -> (Vec<StatementId>, Vec<StatementId>) {
    let around = scene.statements_around(anchor);
    let denies =
        |id: &StatementId| scene.layers.statements[*id].cue.as_ref().is_some_and(|c| matches!(c.stance, Stance::Denies | Stance::Rejects));
    if assertion == Assertion::Denied { around.into_iter().partition(|id| !denies(id)) } else { (around, Vec::new()) }
}

fn is_background(scene: &Scene<'_>, time: Option<dragoman_doc::EventTime>) -> bool {
    let published = scene.layers.document.published.day();
    let end = time.and_then(|t| t.end.or(t.begin)).map(|m| m.date);
    match (published, end) {
        (Some(p), Some(e)) => (p - e).get_days() > BACKGROUND_DAYS,
        _ => false,
    }
}

/// The state of a process that a phase stands for.
pub fn process_status(phase: Phase) -> Option<ProcessStatus> {
    Some(match phase {
        Phase::Planned => ProcessStatus::Announced,
        Phase::Scheduled => ProcessStatus::Scheduled,
        Phase::Ongoing => ProcessStatus::Underway,
        Phase::Postponed => ProcessStatus::Postponed,
        Phase::Suspended => ProcessStatus::Suspended,
        Phase::Resumed => ProcessStatus::Resumed,
        Phase::Cancelled => ProcessStatus::Cancelled,
        Phase::Completed => ProcessStatus::Completed,
        Phase::Attempted | Phase::Occurred => return None,
    })
}

/// A rule that speaks in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The rule.
    pub rule: RuleId,
    /// It speaks of an event or process, not of any other verb or noun.
    pub of_event: bool,
}

/// The rules that speak in a report, whether or not an event comes of it: those whose words and frame are met, and those that
/// change the status of a verb or noun. For checking rules against their sentences.
pub fn spoken(layers: Layers<'_>, rules: &Rules) -> Vec<Spoken> {
    let grammar = Grammar::new(layers.document, layers.tokens, layers.annotation);
    let links = Links::new(&grammar);
    let scene = Scene { grammar, layers, rules, links: &links };
    let status = StatusReader::new(grammar, rules, &links);
    let mut found: Vec<Spoken> = Vec::new();
    let mut events: Vec<Carrier> = Vec::new();
    for (sentence, _) in layers.tokens.sentences.iter_ids() {
        found.extend(candidates::fitting(&scene, sentence).into_iter().map(|rule| Spoken { rule, of_event: true }));
        events.extend(candidates::carriers(&scene, sentence));
    }
    let verbs = layers.annotation.verbs.ids().map(Carrier::Verb);
    let nouns = layers.annotation.chunks.ids().map(Carrier::Noun);
    for carrier in verbs.chain(nouns) {
        let of_event = events.contains(&carrier);
        found.extend(status.of(carrier).reasons.into_iter().map(|r| Spoken { rule: r.rule, of_event }));
    }
    found
}
