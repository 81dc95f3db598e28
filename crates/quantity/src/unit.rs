//! What a number counts.

use dragoman_codebook::Counted;
use dragoman_doc::{Chunk, ChunkId, Slot, Upos, VerbGroup, Voice};
use dragoman_lexicon::Pos;
use dragoman_span::{Id, Span};

use crate::Scene;
use crate::fate;

/// The counted noun, and what it stands for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit {
    pub(crate) lemma: Option<String>,
    pub(crate) of: Option<Counted>,
    pub(crate) span: Option<Span>,
    pub(crate) rule: &'static str,
}

impl Unit {
    pub(crate) fn is_nothing(&self) -> bool {
        self.lemma.is_none() && self.of.is_none()
    }
}

/// Where a number stands: from its bound on, its own tokens, and one past the words that bound it from behind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) bound: usize,
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) end: usize,
}

/// What the number at `place` counts.
pub(crate) fn of(scene: &Scene<'_>, place: Place) -> Unit {
    if let Some(unit) = mark(scene, place) {
        return unit;
    }
    let noun = noun(scene, place);
    let holder = scene.chunk_at(place.last);
    let beside = adjective(scene, noun.map_or(place.end, |n| n + 1));
    let class = noun.and_then(|n| noun_class(scene, n));
    let phrases: Vec<ChunkId> = holder.into_iter().chain(scene.chunk_at(place.first)).chain(noun.and_then(|n| scene.chunk_at(n))).collect();
    let of_fate = fate::is_possible(class)
        .then(|| beside.map(|(_, of)| of).or_else(|| phrases.iter().find_map(|id| fate::of(scene, *id, place))))
        .flatten();
    let of_toll = || if noun.is_none() { holder.and_then(|id| toll(scene, id)) } else { None };
    let (tail, lemma) = match (noun, beside) {
        (Some(n), _) => (Some(n), Some(scene.grammar.words.lemma(n).to_lowercase())),
        (None, Some((n, _))) => (Some(n), Some(scene.lower(n))),
        (None, None) => (pronoun(scene, place.end), None),
    };
    let rule = match (of_fate, class) {
        (Some(_), _) => "en/quantities.tsv:fate",
        (None, Some(_)) => "en/quantities.tsv:noun",
        (None, None) => "en/number_words.tsv:number",
    };
    Unit { lemma, of: of_fate.or(class).or_else(of_toll), span: tail.map(|n| scene.grammar.token_span(n)), rule }
}

/// "$1.2 billion", "3.5 percent": a mark or word right beside the number.
fn mark(scene: &Scene<'_>, place: Place) -> Option<Unit> {
    let words = &scene.grammar.words;
    let unit =
        |i: usize, lemma: String, of, rule| Some(Unit { lemma: Some(lemma), of: Some(of), span: Some(scene.grammar.token_span(i)), rule });
    let before = place.first.checked_sub(1).filter(|i| scene.same_sentence(*i, place.first) && words.upos(*i) == Upos::Sym);
    if let Some(i) = before.filter(|i| !scene.is_sign(*i)) {
        return unit(i, words.form(i).to_owned(), Counted::Money, "en/quantities.tsv:money");
    }
    let i = Some(place.end).filter(|i| scene.same_sentence(*i, place.first))?;
    if words.form(i) == "%" {
        return unit(i, "percent".to_owned(), Counted::Percent, "en/quantities.tsv:percent");
    }
    let lemma = words.lemma(i).to_lowercase();
    let listed = scene.words.counted(&lemma, Pos::Noun);
    let of = listed.filter(|of| matches!(of, Counted::Percent | Counted::Distance | Counted::Area))?;
    unit(i, lemma, of, "en/quantities.tsv:unit")
}

/// The counted noun: the head of the number's own phrase, or of the one behind it ("dozens of villagers", "20 or more men").
fn noun(scene: &Scene<'_>, place: Place) -> Option<usize> {
    let holder = scene.chunk_at(place.last)?;
    let head = counted_head(scene, scene.grammar.chunk(holder), place.end);
    head.or_else(|| {
        let behind = if scene.same_sentence(place.end, place.first) && scene.lower(place.end) == "of" { place.end + 1 } else { place.end };
        let next = Some(behind).filter(|i| scene.same_sentence(*i, place.first)).and_then(|i| scene.chunk_at(i))?;
        counted_head(scene, scene.grammar.chunk(next), behind)
    })
}

/// The noun a phrase is built on from token `from` on; the listed one in "refugees live", where a verb was read as a noun.
fn counted_head(scene: &Scene<'_>, chunk: &Chunk, from: usize) -> Option<usize> {
    let head = chunk.head.index();
    if head < from || !scene.grammar.words.upos(head).is_nominal() {
        return None;
    }
    let is_counted = |i: usize| noun_class(scene, i).is_some();
    if is_counted(head) {
        return Some(head);
    }
    let plural = |i: usize| scene.grammar.words.has(i, dragoman_doc::Feat::Plural);
    (from..head).rev().find(|i| is_counted(*i) && plural(*i)).or(Some(head))
}

/// What the noun at `at` stands for, with the word before it where both are listed ("aid worker").
pub(crate) fn noun_class(scene: &Scene<'_>, at: usize) -> Option<Counted> {
    let words = &scene.grammar.words;
    let lemma = words.lemma(at).to_lowercase();
    let before = at.checked_sub(1).filter(|i| scene.same_sentence(*i, at));
    let pair = before.map(|i| format!("{} {lemma}", words.lemma(i).to_lowercase()));
    pair.and_then(|p| scene.words.counted(&p, Pos::Noun)).or_else(|| scene.words.counted(&lemma, Pos::Noun))
}

/// "12 dead", "four people wounded": an adjective or participle right behind. Its position, and what it says.
fn adjective(scene: &Scene<'_>, at: usize) -> Option<(usize, Counted)> {
    let inside = at > 0 && scene.same_sentence(at, at - 1);
    let of = inside.then(|| fate::adjective(scene, at)).flatten().filter(|_| !fate::takes_object(scene, at))?;
    Some((at, of))
}

/// "29 of them": the last word.
fn pronoun(scene: &Scene<'_>, end: usize) -> Option<usize> {
    let next = end + 1;
    let stands = scene.same_sentence(next, end) && scene.lower(end) == "of" && scene.grammar.words.upos(next) == Upos::Pron;
    stands.then_some(next)
}

/// "a death toll of 12", "the death toll rose to 12".
fn toll(scene: &Scene<'_>, id: ChunkId) -> Option<Counted> {
    let sentence = scene.grammar.chunk(id).sentence;
    let of = Slot::preposition("of");
    let owner = scene.grammar.chunks_in(sentence).find(|(_, c)| c.argument(&of).any(|a| a == id)).map(|(_, c)| c);
    if let Some(found) = owner.and_then(|c| named(scene, c)) {
        return Some(found);
    }
    // "from 12 to 15": what hangs on the verb is the second number.
    let later = scene.grammar.chunk(id).argument(&Slot::preposition("to")).next();
    let has = |v: &VerbGroup| {
        v.arguments.iter().any(|(s, a)| (*a == id || Some(*a) == later) && matches!(s, Slot::Preposition(_) | Slot::Object))
    };
    let verb = scene.grammar.verbs_in(sentence).find(|(_, v)| has(v))?.1;
    let passive = verb.voice == Voice::Passive;
    let mut others = verb.argument(&Slot::Subject).filter(|_| !passive).chain(verb.argument(&Slot::Object)).filter(|c| *c != id);
    others.find_map(|c| named(scene, scene.grammar.chunk(c)))
}

/// The fate that any noun of a phrase names: "death toll", "casualties".
fn named(scene: &Scene<'_>, chunk: &Chunk) -> Option<Counted> {
    let nominal = |i: &usize| scene.grammar.words.upos(*i).is_nominal();
    chunk.tokens().rev().filter(nominal).find_map(|i| noun_class(scene, i).filter(|of| fate::is_fate(*of)))
}
