//! Forces at places.

use dragoman_annotate::Carrier;
use dragoman_codebook::{Counted, EntityKind};
use dragoman_doc::{ChunkId, Evidence, PlaceId, Presence, QuantityId, Resolved, SentenceId, Slot, TimeId};
use dragoman_lexicon::{Head, Pos, Rule};
use dragoman_span::{Id, Span};

use crate::Scene;

/// How many sentences back "the soldiers" may point.
const MAX_SENTENCES: usize = 2;

/// Forces named before, for "the soldiers" after them.
struct Known {
    sentence: SentenceId,
    head: String,
    quantity: Option<QuantityId>,
    chunk: ChunkId,
    since: Option<TimeId>,
}

pub(crate) fn find(scene: &Scene<'_>) -> Vec<Presence> {
    let mut found = Vec::new();
    let mut known: Vec<Known> = Vec::new();
    for (sentence, _) in scene.layers.tokens.sentences.iter_ids() {
        for (carrier, forces) in carriers(scene, sentence) {
            let head = scene.grammar.words.lemma(scene.grammar.chunk(forces).head.index()).to_owned();
            let own = quantity(scene, forces);
            let before = known.iter().rev().find(|k| k.head == head && sentence.index() - k.sentence.index() <= MAX_SENTENCES);
            let quantity = own.or_else(|| before.and_then(|k| k.quantity));
            let actor_chunk = if own.is_none() { before.map_or(forces, |k| k.chunk) } else { forces };
            let since = since(scene, sentence).or_else(|| before.filter(|_| own.is_none()).and_then(|k| k.since));
            if own.is_some() || before.is_none() {
                known.push(Known { sentence, head, quantity: own, chunk: forces, since });
            }
            let places = places(scene, sentence, scene.carrier_head(carrier));
            let actor = actor(scene, forces).or_else(|| actor(scene, actor_chunk));
            let evidence = [scene.grammar.chunk_span(forces), span(scene, carrier)];
            let row = |place: Option<PlaceId>| Presence {
                actor,
                place,
                what: scene.grammar.chunk_span(forces),
                quantity,
                since,
                evidence: Evidence::several(evidence.into_iter().chain(place.map(|p| scene.layers.places[p].span)))
                    .expect("two spans at least"),
            };
            if places.is_empty() && quantity.is_none() {
                continue;
            }
            if places.is_empty() { found.push(row(None)) } else { found.extend(places.into_iter().map(|p| row(Some(p)))) }
        }
    }
    found
}

fn span(scene: &Scene<'_>, carrier: Carrier) -> Span {
    match carrier {
        Carrier::Verb(v) => scene.layers.tokens.verb_span(scene.grammar.verb(v)),
        Carrier::Noun(c) => scene.grammar.chunk_span(c),
    }
}

/// Presence words of a sentence with the forces in their slot.
fn carriers(scene: &Scene<'_>, sentence: SentenceId) -> Vec<(Carrier, ChunkId)> {
    let mut found = Vec::new();
    for (id, verb) in scene.grammar.verbs_in(sentence) {
        let mut rules = scene.rules.presence.of(scene.grammar.words.lemma(verb.head.index())).filter(|r| r.pos() == Pos::Verb);
        let Some(rule) = rules.find(|r| scene.grammar.verb_words(verb, r.words()).is_some()) else { continue };
        let negated = verb.negation.is_some() || verb.tense == dragoman_doc::Tense::Future || verb.infinitive;
        let slots = [rule.slot.clone(), Slot::Object, Slot::Subject];
        let forces = slots.iter().flat_map(|s| verb.argument(s)).find(|c| is_force(scene, *c));
        if let (Some(forces), false) = (forces, negated) {
            found.push((Carrier::Verb(id), forces));
        }
    }
    found
}

/// Soldiers and the like, by their noun, their count, or their codes.
fn is_force(scene: &Scene<'_>, id: ChunkId) -> bool {
    let head = scene.grammar.chunk(id).head;
    let lemma = scene.grammar.words.lemma(head.index()).to_lowercase();
    let listed = scene.rules.classes.meets(&Head::Class("troops".into()), &lemma);
    let counted = quantity(scene, id).is_some_and(|q| scene.layers.quantities[q].of == Some(Counted::Soldiers));
    listed || counted
}

fn quantity(scene: &Scene<'_>, id: ChunkId) -> Option<QuantityId> {
    let span = scene.grammar.chunk_span(id);
    let counts = |of: Option<Counted>| !matches!(of, Some(Counted::Killed | Counted::Wounded | Counted::Duration | Counted::Distance));
    scene.layers.quantities.iter_ids().find(|(_, q)| q.span.overlaps(span) && counts(q.of)).map(|(id, _)| id)
}

fn actor(scene: &Scene<'_>, id: ChunkId) -> Option<dragoman_doc::EntityId> {
    let entity = scene.entity_at(scene.grammar.chunk(id).head)?;
    let coded = matches!(scene.layers.entities[entity].actor, Resolved::One(_) | Resolved::Several(_))
        || scene.layers.entities[entity].kind != EntityKind::Other;
    coded.then_some(entity)
}

/// The places of the sentence after the presence word, else before it. Where finer ones stand, the country around them is left out.
fn places(scene: &Scene<'_>, sentence: SentenceId, at: usize) -> Vec<PlaceId> {
    use dragoman_codebook::Precision;
    let bounds = scene.sentence_span(sentence);
    let all: Vec<PlaceId> =
        scene.layers.places.iter_ids().filter(|(_, p)| p.locative && bounds.contains(p.span)).map(|(id, _)| id).collect();
    let after: Vec<PlaceId> =
        all.iter().copied().filter(|p| scene.layers.places[*p].span.start() >= scene.grammar.token_span(at).start()).collect();
    // "Camp X, which is close to Y": what stands in a relative clause says where the camp is, not where the forces are.
    let aside = |p: &PlaceId| {
        let start = scene.layers.places[*p].span.start();
        let before = scene.grammar.verbs_in(sentence).map(|(_, v)| v).rfind(|v| scene.grammar.token_span(v.head.index()).end() <= start);
        before.is_some_and(|v| {
            v.head.index() != at
                && v.opener.is_some_and(|o| scene.grammar.words.upos(o.index()) == dragoman_doc::Upos::Pron)
                && !comma_between(scene, v.head.index(), start)
        })
    };
    let chosen: Vec<PlaceId> = if after.is_empty() { all } else { after }.into_iter().filter(|p| !aside(p)).collect();
    let precision = |p: &PlaceId| scene.layers.places[*p].place.best().map(|p| p.precision);
    let points: Vec<PlaceId> = chosen.iter().copied().filter(|p| precision(p) == Some(Precision::Point)).collect();
    if !points.is_empty() {
        return points;
    }
    let fine: Vec<PlaceId> = chosen.iter().copied().filter(|p| precision(p) != Some(Precision::Country)).collect();
    if fine.is_empty() { chosen } else { fine }
}

/// A comma between a word and a place ends the clause of the word.
fn comma_between(scene: &Scene<'_>, from: usize, start: usize) -> bool {
    (from + 1..scene.grammar.words.tags.len())
        .take_while(|i| scene.grammar.token_span(*i).end() <= start)
        .any(|i| scene.grammar.words.form(i) == ",")
}

/// "since September 2014".
fn since(scene: &Scene<'_>, sentence: SentenceId) -> Option<TimeId> {
    let bounds = scene.sentence_span(sentence);
    scene
        .layers
        .times
        .iter_ids()
        .find(|(_, t)| {
            bounds.contains(t.span)
                && (is_since(scene, scene.word_before(t.span)) || is_since(scene, Some(scene.layers.tokens.within(t.span).start)))
        })
        .map(|(id, _)| id)
}

fn is_since(scene: &Scene<'_>, at: Option<usize>) -> bool {
    at.is_some_and(|i| i < scene.grammar.words.tags.len() && scene.grammar.words.lemma(i).eq_ignore_ascii_case("since"))
}
