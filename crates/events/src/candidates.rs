//! Which words are events.

use dragoman_annotate::{Carrier, Filling};
use dragoman_codebook::{EventType, Mode};
use dragoman_doc::{ChunkId, RuleId, SentenceId, Slot, VerbGroupId};
use dragoman_lexicon::{LightVerb, Pos, PredicateRule, Rule};
use dragoman_span::{Id, Span};

use crate::Scene;

/// A word that may be an event, with the words that carry it.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'r> {
    pub(crate) rule: &'r PredicateRule,
    /// The carrier of the rule first; then those that were merged into it.
    pub(crate) carriers: Vec<Carrier>,
    pub(crate) light: Option<Light<'r>>,
    pub(crate) anchor: Span,
    pub(crate) modes: Vec<Mode>,
    pub(crate) sentence: SentenceId,
    /// Events merged into this one, for their roles.
    pub(crate) merged: Vec<Candidate<'r>>,
}

/// The light verb over an event noun.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Light<'r> {
    pub(crate) verb: VerbGroupId,
    pub(crate) rule: &'r LightVerb,
}

/// Events of these types are recorded even where nobody is named: a bombing by unknown hands is one.
pub(crate) fn stands_alone(kind: EventType) -> bool {
    matches!(kind, EventType::Assault | EventType::Protest)
}

pub(crate) fn of_sentence<'r>(scene: &Scene<'r>, sentence: SentenceId) -> Vec<Candidate<'r>> {
    let verbs = scene.grammar.verbs_in(sentence).filter_map(|(id, _)| of_verb(scene, sentence, id));
    let nouns = scene.grammar.chunks_in(sentence).filter_map(|(id, _)| of_noun(scene, sentence, id));
    let mut found: Vec<Candidate<'r>> = verbs.chain(nouns).collect();
    found.sort_by_key(|c| c.anchor);
    found
}

/// All rules of predicates that are met in a sentence.
pub(crate) fn fitting(scene: &Scene<'_>, sentence: SentenceId) -> Vec<RuleId> {
    let verbs = scene.grammar.verbs_in(sentence).flat_map(|(id, _)| verb_rules(scene, id));
    let nouns = scene.grammar.chunks_in(sentence).flat_map(|(id, _)| noun_rules(scene, id));
    verbs.chain(nouns).map(|(r, _)| r.id.clone()).collect()
}

/// The verbs and nouns of a sentence that are an event or a process.
pub(crate) fn carriers(scene: &Scene<'_>, sentence: SentenceId) -> Vec<Carrier> {
    let verbs = scene.grammar.verbs_in(sentence).filter(|(id, _)| !verb_rules(scene, *id).is_empty()).map(|(id, _)| Carrier::Verb(id));
    let is_process = |id: ChunkId| {
        let chunk = scene.grammar.chunk(id);
        scene
            .rules
            .processes
            .of(scene.grammar.words.lemma(chunk.head.index()))
            .any(|r| scene.grammar.noun_words(chunk, r.words()).is_some())
    };
    let nouns = scene
        .grammar
        .chunks_in(sentence)
        .filter(|(id, _)| is_process(*id) || !noun_rules(scene, *id).is_empty())
        .map(|(id, _)| Carrier::Noun(id));
    verbs.chain(nouns).collect()
}

fn verb_rules<'r>(scene: &Scene<'r>, id: VerbGroupId) -> Vec<(&'r PredicateRule, Vec<usize>)> {
    let verb = scene.grammar.verb(id);
    let rules = scene.rules.predicates.of(scene.grammar.words.lemma(verb.head.index())).filter(|r| r.pos() == Pos::Verb);
    let met = rules.filter_map(|r| {
        let words = scene.grammar.verb_words(verb, r.words())?;
        scene
            .grammar
            .meets(&r.frame, &scene.rules.classes, &|slot| scene.grammar.fillings_of(Carrier::Verb(id), slot, r.words()))
            .then_some((r, words))
    });
    met.collect()
}

fn noun_rules<'r>(scene: &Scene<'r>, id: ChunkId) -> Vec<(&'r PredicateRule, Vec<usize>)> {
    let chunk = scene.grammar.chunk(id);
    let light = light_verb(scene, id);
    let fillings = |slot: &Slot| {
        let mut found = scene.grammar.fillings(Carrier::Noun(id), slot);
        found.extend(light.into_iter().flat_map(|l| light_fillings(scene, l, slot)));
        found
    };
    let rules = scene.rules.predicates.of(scene.grammar.words.lemma(chunk.head.index())).filter(|r| r.pos() == Pos::Noun);
    let met = rules.filter_map(|r| {
        let first = scene.grammar.noun_words(chunk, r.words())?;
        scene.grammar.meets(&r.frame, &scene.rules.classes, &fillings).then(|| (r, vec![first, chunk.head.index()]))
    });
    met.collect()
}

fn of_verb<'r>(scene: &Scene<'r>, sentence: SentenceId, id: VerbGroupId) -> Option<Candidate<'r>> {
    let verb = scene.grammar.verb(id);
    let (rule, words) = best(verb_rules(scene, id))?;
    let last = words.last().copied().unwrap_or(verb.head.index());
    let anchor = scene.grammar.token_span(verb.first.index()).cover(scene.grammar.token_span(last));
    Some(Candidate {
        rule,
        carriers: vec![Carrier::Verb(id)],
        light: None,
        anchor,
        modes: rule.modes.clone(),
        sentence,
        merged: Vec::new(),
    })
}

fn of_noun<'r>(scene: &Scene<'r>, sentence: SentenceId, id: ChunkId) -> Option<Candidate<'r>> {
    let (rule, words) = best(noun_rules(scene, id))?;
    let light = light_verb(scene, id);
    let anchor = scene.grammar.token_span(words[0]).cover(scene.grammar.token_span(words[1]));
    Some(Candidate { rule, carriers: vec![Carrier::Noun(id)], light, anchor, modes: rule.modes.clone(), sentence, merged: Vec::new() })
}

/// The rule that says most: the most words, then the most conditions, then the order of the files.
fn best(fitting: Vec<(&PredicateRule, Vec<usize>)>) -> Option<(&PredicateRule, Vec<usize>)> {
    fitting.into_iter().rev().max_by_key(|(r, _)| (r.words.len(), r.frame.conditions.iter().filter(|c| !c.negated).count()))
}

/// The light verb of which the noun is the object, or the subject of its passive.
pub(crate) fn light_verb<'r>(scene: &Scene<'r>, id: ChunkId) -> Option<Light<'r>> {
    scene.links.verbs_over(id).iter().filter(|(_, slot)| *slot == Slot::Object || matches!(slot, Slot::Preposition(_))).find_map(
        |(v, slot)| {
            let verb = scene.grammar.verb(*v);
            let rules = scene.rules.light.of(scene.grammar.words.lemma(verb.head.index()));
            let fits = |r: &&LightVerb| {
                let words = scene.grammar.verb_words(verb, &r.words)?;
                let last = words.last().copied()?;
                // "come under fire": the particle is the preposition.
                let by_particle = matches!(slot, Slot::Preposition(p) if r.words.last().is_some_and(|w| *w == **p));
                (*slot == Slot::Object || (by_particle && last > verb.head.index())).then_some(())
            };
            rules.filter(|r| fits(r).is_some()).map(|rule| Light { verb: *v, rule }).next()
        },
    )
}

/// What fills a slot of the light verb.
pub(crate) fn light_fillings(scene: &Scene<'_>, light: Light<'_>, slot: &Slot) -> Vec<Filling> {
    scene.grammar.fillings(Carrier::Verb(light.verb), slot)
}

/// Sentence-wide order of a carrier, for merging.
pub(crate) fn position(scene: &Scene<'_>, carrier: Carrier) -> usize {
    match carrier {
        Carrier::Verb(v) => scene.grammar.verb(v).head.index(),
        Carrier::Noun(c) => scene.grammar.chunk(c).head.index(),
    }
}
