//! Who takes part: the slots that a rule names, read off the grammar.

use dragoman_annotate::{Carrier, Filling};
use dragoman_doc::{EntityId, Participant, Slot, Upos};
use dragoman_lexicon::Filler;
use dragoman_span::Id;

use crate::Scene;
use crate::candidates::{Candidate, light_fillings};

/// Actors and recipients of an event. One who acts does not also receive.
pub(crate) fn participants(scene: &Scene<'_>, candidate: &Candidate<'_>) -> (Vec<Participant>, Vec<Participant>) {
    let mut actors = filled(scene, candidate, Role::Actor);
    let mut recipients = filled(scene, candidate, Role::Recipient);
    for other in &candidate.merged {
        let (more_actors, more_recipients) = participants(scene, other);
        if actors.is_empty() {
            actors = more_actors;
        }
        if recipients.is_empty() {
            recipients = more_recipients;
        }
    }
    if actors.is_empty() && recipients.is_empty() {
        actors = by_status_verb(scene, candidate);
    }
    recipients.retain(|r| !actors.iter().any(|a| a.span == r.span || (a.entity.is_some() && a.entity == r.entity)));
    (actors, recipients)
}

/// "The two navies suspended the exercise": who puts off or calls off a thing of nobody else's is its actor.
fn by_status_verb(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Vec<Participant> {
    let Carrier::Noun(noun) = candidate.carriers[0] else { return Vec::new() };
    let changes = |v: dragoman_doc::VerbGroupId| {
        let lemma = scene.grammar.words.lemma(scene.grammar.verb(v).head.index());
        scene.rules.status.of(lemma).any(|r| r.pos == dragoman_lexicon::Pos::Verb && r.phase.is_some())
    };
    let over = scene.links.verbs_over(noun).iter().find(|(v, slot)| *slot == Slot::Object && changes(*v));
    let subjects = over.map(|(v, _)| scene.grammar.fillings(Carrier::Verb(*v), &Slot::Subject)).unwrap_or_default();
    subjects.iter().filter_map(|f| participant(scene, f)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Actor,
    Recipient,
}

fn filled(scene: &Scene<'_>, candidate: &Candidate<'_>, role: Role) -> Vec<Participant> {
    let own = if role == Role::Actor { &candidate.rule.actor } else { &candidate.rule.recipient };
    let carrier = candidate.carriers[0];
    let found = fill(scene, own, |slot| {
        let mut fillings = scene.grammar.fillings_of(carrier, slot, &candidate.rule.words);
        if fillings.is_empty()
            && let Some(light) = candidate.light
        {
            fillings = light_fillings(scene, light, slot);
            fillings.retain(|f| !is_carrier(scene, carrier, f));
        }
        fillings
    });
    if !found.is_empty() {
        return found;
    }
    let Some(light) = candidate.light else { return found };
    let by_light = if role == Role::Actor { &light.rule.actor } else { &light.rule.recipient };
    fill(scene, by_light, |slot| {
        let mut fillings = light_fillings(scene, light, slot);
        fillings.retain(|f| !is_carrier(scene, carrier, f));
        fillings
    })
}

fn is_carrier(scene: &Scene<'_>, carrier: Carrier, filling: &Filling) -> bool {
    matches!(carrier, Carrier::Noun(c) if scene.grammar.chunk(c).head == filling.head)
}

fn fill(scene: &Scene<'_>, filler: &Filler, fillings: impl Fn(&Slot) -> Vec<Filling>) -> Vec<Participant> {
    for alternative in &filler.alternatives {
        let mut found: Vec<Participant> = Vec::new();
        for participant in alternative.iter().flat_map(&fillings).filter_map(|f| participant(scene, &f)) {
            if !found.iter().any(|p| p.span == participant.span || (p.entity.is_some() && p.entity == participant.entity)) {
                found.push(participant);
            }
        }
        if !found.is_empty() {
            found.sort_by_key(|p| p.span);
            return found;
        }
    }
    Vec::new()
}

/// A filling that can act: not a time, not a place that stands for itself, not a bare number.
fn participant(scene: &Scene<'_>, filling: &Filling) -> Option<Participant> {
    let head = scene.layers.tokens.tokens[filling.head].span;
    let upos = scene.grammar.words.upos(filling.head.index());
    let is_time = scene.layers.times.iter().any(|t| t.span.overlaps(head));
    if is_time || matches!(upos, Upos::Verb | Upos::Aux | Upos::Adv) || (upos == Upos::Det) {
        return None;
    }
    let entity: Option<EntityId> = scene.entity_at(filling.head);
    let is_thing = entity.is_none() && (upos == Upos::Adj || is_event_word(scene, filling.head.index()));
    (!is_thing).then_some(Participant { entity, span: filling.span })
}

/// "the attack" is no actor, whatever it stands in.
fn is_event_word(scene: &Scene<'_>, at: usize) -> bool {
    scene.rules.predicates.of(scene.grammar.words.lemma(at)).any(|r| r.pos == dragoman_lexicon::Pos::Noun)
}
