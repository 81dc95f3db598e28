//! Whom a pronoun means: the last fitting one that spoke or acted.

use dragoman_codebook::EntityKind;
use dragoman_doc::{ChunkId, Feat, Slot};
use dragoman_lexicon::Gender;
use dragoman_span::Id;

use crate::Scene;
use crate::join::{Cast, Draft};

/// How many sentences back an antecedent is sought.
const MAX_SENTENCES: usize = 4;

/// The entity that a pronoun refers to, if one fits.
pub(crate) fn antecedent(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<usize> {
    let chunk = scene.grammar.chunk(id);
    let tag = scene.grammar.words.tag(chunk.head.index());
    if !tag.has(Feat::Third) || tag.has(Feat::First) || tag.has(Feat::Second) {
        return relative(scene, cast, id);
    }
    let number = |plural: bool| move |d: &Draft| d.reading.plural == plural;
    if tag.has(Feat::Feminine) {
        return recent(scene, cast, id, |d| is_person(d) && d.reading.gender != Gender::Masculine)
            .or_else(|| speaking_body(scene, cast, id));
    }
    if tag.has(Feat::Masculine) {
        return recent(scene, cast, id, |d| is_person(d) && d.reading.gender != Gender::Feminine)
            .or_else(|| speaking_body(scene, cast, id));
    }
    if tag.has(Feat::Plural) {
        return recent(scene, cast, id, number(true));
    }
    recent(scene, cast, id, |d| {
        matches!(d.reading.kind, EntityKind::Organization | EntityKind::State | EntityKind::Group) && !d.reading.plural
    })
}

fn is_person(draft: &Draft) -> bool {
    draft.reading.kind == EntityKind::Person && !draft.reading.plural
}

/// "who", "which": the noun phrase right before.
fn relative(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<usize> {
    let chunk = scene.grammar.chunk(id);
    if !matches!(scene.grammar.words.lemma(chunk.head.index()), "who" | "which" | "whose" | "whom") {
        return None;
    }
    let before = ChunkId::from_index(id.index().checked_sub(1)?);
    let near = scene.grammar.chunk(before).last.index() + 3 > chunk.first.index();
    (near && scene.grammar.chunk(before).sentence == chunk.sentence).then(|| cast.of_chunk[before.index()]).flatten()
}

/// The last fitting entity; a subject before another of the same sentence.
fn recent(scene: &Scene<'_>, cast: &Cast, id: ChunkId, fits: impl Fn(&Draft) -> bool) -> Option<usize> {
    let here = scene.grammar.chunk(id).sentence.index();
    let mut best: Option<((usize, bool, usize), usize)> = None;
    for (i, draft) in cast.drafts.iter().enumerate().filter(|(_, d)| fits(d)) {
        for mention in &draft.mentions {
            let sentence = mention.sentence.index();
            if sentence + MAX_SENTENCES < here {
                continue;
            }
            let rank = (sentence, is_subject(scene, mention.chunk), mention.span.start());
            if best.is_none_or(|(r, _)| rank > r) {
                best = Some((rank, i));
            }
        }
    }
    best.map(|(_, i)| i)
}

fn is_subject(scene: &Scene<'_>, id: ChunkId) -> bool {
    let chunk = scene.grammar.chunk(id);
    let subject = scene.grammar.verbs_in(chunk.sentence).any(|(_, v)| v.argument(&Slot::Subject).any(|c| c == id));
    // "according to the ministry": a source speaks as a subject does.
    let source =
        chunk.preposition.is_some_and(|p| p.index() > 0 && scene.grammar.words.form(p.index() - 1).eq_ignore_ascii_case("according"));
    subject || source
}

/// In translated reports a ministry is "she": the last body that spoke, where no person fits.
fn speaking_body(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<usize> {
    recent(scene, cast, id, |d| d.reading.speaks && matches!(d.reading.kind, EntityKind::Organization | EntityKind::State))
}
