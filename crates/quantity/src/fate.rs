//! What was done to those who are counted: killed, wounded, detained, displaced, missing.

use dragoman_codebook::Counted;
use dragoman_doc::{ChunkId, Feat, Slot, Upos, VerbGroup, Voice};
use dragoman_lexicon::Pos;
use dragoman_span::Id;

use crate::Scene;
use crate::unit::{Place, noun_class};

/// Whether `of` says what was done to people.
pub(crate) fn is_fate(of: Counted) -> bool {
    matches!(of, Counted::Killed | Counted::Wounded | Counted::Detained | Counted::Displaced | Counted::Missing)
}

/// Whether it can be done to what is counted: a rifle is not detained.
pub(crate) fn is_possible(class: Option<Counted>) -> bool {
    class.is_none_or(|of| is_person(of) || is_fate(of) || of == Counted::Other)
}

fn is_person(of: Counted) -> bool {
    use Counted::{Civilians, Fighters, People, Police, Protesters, Soldiers};
    matches!(of, Soldiers | Police | Fighters | Civilians | People | Protesters)
}

/// Whether the word at `at` is a verb with an object behind it: "soldiers wounded a man".
pub(crate) fn takes_object(scene: &Scene<'_>, at: usize) -> bool {
    let mut verbs = scene.grammar.verbs_in(scene.grammar.words.sentence(at)).filter(|(_, v)| v.head.index() == at);
    verbs.any(|(_, v)| v.argument(&Slot::Object).any(|o| scene.grammar.chunk(o).first.index() > at))
}

/// What an adjective or participle says: "dead", "wounded".
pub(crate) fn adjective(scene: &Scene<'_>, at: usize) -> Option<Counted> {
    let words = &scene.grammar.words;
    let form = scene.words.counted(&scene.lower(at), Pos::Adjective);
    form.or_else(|| scene.words.counted(&words.lemma(at).to_lowercase(), Pos::Adjective).filter(|_| words.upos(at) == Upos::Adj))
        .filter(|of| is_fate(*of))
}

/// What is done to those of the phrase `id`, by the verbs of its sentence.
pub(crate) fn of(scene: &Scene<'_>, id: ChunkId, place: Place) -> Option<Counted> {
    let sentence = scene.grammar.chunk(id).sentence;
    let direct = scene.grammar.verbs_in(sentence).find_map(|(_, verb)| by_verb(scene, verb, id, place));
    direct.or_else(|| by_noun(scene, place)).or_else(|| {
        scene.grammar.verbs_in(sentence).find(|(_, v)| v.head.index() > place.last).and_then(|(_, v)| next_verb(scene, v, id, place))
    })
}

/// "killing at least 31 people", where the participle was read as a noun.
fn by_noun(scene: &Scene<'_>, place: Place) -> Option<Counted> {
    let before = place.bound.checked_sub(1).filter(|i| scene.same_sentence(*i, place.first))?;
    let gerund = scene.grammar.words.upos(before) == Upos::Noun && !scene.grammar.words.has(before, Feat::Plural);
    gerund.then(|| noun_class(scene, before)).flatten().filter(|of| is_fate(*of))
}

fn by_verb(scene: &Scene<'_>, verb: &VerbGroup, id: ChunkId, place: Place) -> Option<Counted> {
    match role(scene, verb, id, place)? {
        Slot::Object => verb_fate(scene, verb).or_else(|| predicate(scene, verb)),
        _ => as_subject(scene, verb, id),
    }
}

/// Subject or object; a phrase whose preposition only bounds the number ("at least") counts as one of them.
fn role(scene: &Scene<'_>, verb: &VerbGroup, id: ChunkId, place: Place) -> Option<Slot> {
    let slot = verb.arguments.iter().find(|(_, a)| *a == id).map(|(s, _)| s)?;
    if matches!(slot, Slot::Subject | Slot::Object) {
        return Some(slot.clone());
    }
    let chunk = scene.grammar.chunk(id);
    let bounds = chunk.preposition.is_some_and(|p| (place.bound..place.first).contains(&p.index()));
    let before = verb.head.index() < chunk.first.index();
    let object = before || verb.voice == Voice::Passive;
    (bounds && matches!(slot, Slot::Preposition(_))).then_some(if object { Slot::Object } else { Slot::Subject })
}

/// The verb behind a phrase that nothing took as its argument.
fn next_verb(scene: &Scene<'_>, verb: &VerbGroup, id: ChunkId, place: Place) -> Option<Counted> {
    let slot = if verb.voice == Voice::Passive { Slot::Object } else { Slot::Subject };
    let chunk = scene.grammar.chunk(id);
    let bounds = chunk.preposition.is_none_or(|p| (place.bound..place.first).contains(&p.index()));
    let free = bounds && verb.argument(&slot).all(|a| a < id) && chunk.last.index() + 1 == verb.first.index();
    if !free {
        return None;
    }
    if slot == Slot::Object { verb_fate(scene, verb) } else { as_subject(scene, verb, id) }
}

/// "18 civilians died", "thousands fled the city", "60 are missing"; not "two soldiers killed a man".
fn as_subject(scene: &Scene<'_>, verb: &VerbGroup, id: ChunkId) -> Option<Counted> {
    match (verb_fate(scene, verb), verb.argument(&Slot::Object).find(|o| *o != id)) {
        (found, None) => found.or_else(|| predicate(scene, verb)),
        (found, Some(object)) => found.filter(|of| *of == Counted::Displaced && is_place(scene, object)),
    }
}

fn is_place(scene: &Scene<'_>, object: ChunkId) -> bool {
    let head = scene.grammar.chunk(object).head.index();
    scene.grammar.words.upos(head) == Upos::Propn || matches!(noun_class(scene, head), Some(Counted::Other | Counted::Buildings))
}

fn verb_fate(scene: &Scene<'_>, verb: &VerbGroup) -> Option<Counted> {
    scene.words.counted(scene.grammar.words.lemma(verb.head.index()), Pos::Verb).filter(|of| is_fate(*of))
}

/// "are missing", "were left homeless".
fn predicate(scene: &Scene<'_>, verb: &VerbGroup) -> Option<Counted> {
    let head = verb.head.index();
    let next = head + 1;
    adjective(scene, head).or_else(|| scene.same_sentence(next, head).then(|| adjective(scene, next)).flatten())
}
