//! What a number counts.

use dragoman_codebook::Counted;
use dragoman_doc::{Chunk, ChunkId, Slot, Upos};
use dragoman_lexicon::Pos;
use dragoman_span::{Id, Span};

use crate::Scene;

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

/// What the number from token `at` up to `end` counts.
pub(crate) fn of(scene: &Scene<'_>, at: usize, end: usize) -> Unit {
    if let Some(unit) = mark(scene, at, end) {
        return unit;
    }
    let sentence = scene.grammar.words.sentence(at);
    let holder = scene.grammar.chunks_in(sentence).find(|(_, c)| c.tokens().contains(&at));
    let Some((id, chunk)) = holder else { return adjective(scene, end).unwrap_or(Unit { rule: "quantity:bare", ..Unit::default() }) };
    let noun = noun_of(scene, id, chunk, end);
    let fate = fate(scene, id).or_else(|| noun.and_then(|n| fate(scene, n))).or_else(|| adjective(scene, end).and_then(|u| u.of));
    let counted = noun.and_then(|n| counted_noun(scene, scene.grammar.chunk(n)));
    let lemma = noun.map(|n| scene.grammar.words.lemma(scene.grammar.chunk(n).head.index()).to_lowercase());
    let span = noun.map_or_else(|| adjective(scene, end).and_then(|u| u.span), |n| Some(scene.grammar.chunk_span(n)));
    let of = fate.or(counted).or_else(|| toll(scene, id));
    let rule = if fate.is_some() { "en/quantities.tsv:fate" } else { "en/quantities.tsv:noun" };
    Unit { lemma, of, span, rule }
}

/// "$1.2 billion", "3.5 percent": a mark or word right beside the number.
fn mark(scene: &Scene<'_>, at: usize, end: usize) -> Option<Unit> {
    let words = &scene.grammar.words;
    let beside = |i: usize| (i < words.tags.len() && words.sentence(i) == words.sentence(at)).then_some(i);
    let before = at.checked_sub(1).and_then(beside).filter(|i| words.upos(*i) == Upos::Sym);
    let after = beside(end);
    let listed = |i: usize| {
        let lemma = words.lemma(i).to_lowercase();
        scene.words.counted(&lemma, Pos::Noun).map(|of| (lemma, of))
    };
    if let Some(i) = before {
        let lemma = words.form(i).to_owned();
        return Some(Unit { lemma: Some(lemma), of: Some(Counted::Money), span: Some(scene.grammar.token_span(i)), rule: "quantity:currency" });
    }
    let i = after?;
    if words.form(i) == "%" {
        return Some(Unit { lemma: Some("percent".to_owned()), of: Some(Counted::Percent), span: Some(scene.grammar.token_span(i)), rule: "quantity:percent" });
    }
    let (lemma, of) = listed(i).filter(|(_, of)| matches!(of, Counted::Percent | Counted::Distance | Counted::Area))?;
    Some(Unit { lemma: Some(lemma), of: Some(of), span: Some(scene.grammar.token_span(i)), rule: "en/quantities.tsv:unit" })
}

/// The phrase of the counted noun: the number's own, or the one behind "of" ("dozens of villagers").
fn noun_of(scene: &Scene<'_>, id: ChunkId, chunk: &Chunk, end: usize) -> Option<ChunkId> {
    let head = chunk.head.index();
    if head >= end && scene.grammar.words.upos(head).is_nominal() {
        return Some(id);
    }
    scene.grammar.chunk(id).argument(&Slot::preposition("of")).next()
}

fn counted_noun(scene: &Scene<'_>, chunk: &Chunk) -> Option<Counted> {
    let words = &scene.grammar.words;
    let head = chunk.head.index();
    let lemma = words.lemma(head).to_lowercase();
    let pair = head.checked_sub(1).filter(|i| *i >= chunk.first.index()).map(|i| format!("{} {lemma}", words.lemma(i).to_lowercase()));
    pair.and_then(|p| scene.words.counted(&p, Pos::Noun)).or_else(|| scene.words.counted(&lemma, Pos::Noun))
}

/// What was done to those who are counted, by the verb of which they are the object: killed, wounded, detained ...
fn fate(scene: &Scene<'_>, id: ChunkId) -> Option<Counted> {
    let sentence = scene.grammar.chunk(id).sentence;
    scene.grammar.verbs_in(sentence).find_map(|(_, verb)| {
        let lemma = scene.grammar.words.lemma(verb.head.index());
        let of = scene.words.counted(lemma, Pos::Verb)?;
        // "died" takes them as its subject, "killed" as its object.
        let transitive = verb.argument(&Slot::Object).next().is_some();
        let slot = if transitive { Slot::Object } else { Slot::Subject };
        verb.argument(&slot).any(|c| c == id).then_some(of)
    })
}

/// "12 dead", "four wounded": an adjective or participle right behind the number.
fn adjective(scene: &Scene<'_>, end: usize) -> Option<Unit> {
    let words = &scene.grammar.words;
    if end >= words.tags.len() || words.sentence(end) != words.sentence(end - 1) {
        return None;
    }
    let by_form = scene.words.counted(&words.form(end).to_lowercase(), Pos::Adjective);
    let of = by_form.or_else(|| scene.words.counted(words.lemma(end), Pos::Adjective)).or_else(|| scene.words.counted(words.lemma(end), Pos::Verb))?;
    let lemma = Some(words.form(end).to_lowercase());
    Some(Unit { lemma, of: Some(of), span: Some(scene.grammar.token_span(end)), rule: "en/quantities.tsv:adjective" })
}

/// "a toll of 12", "the death toll rose to 12".
fn toll(scene: &Scene<'_>, id: ChunkId) -> Option<Counted> {
    let sentence = scene.grammar.chunk(id).sentence;
    let of = Slot::preposition("of");
    let owner = scene.grammar.chunks_in(sentence).find(|(_, c)| c.argument(&of).any(|a| a == id)).map(|(_, c)| c);
    if let Some(found) = owner.and_then(|c| counted_noun(scene, c)) {
        return Some(found);
    }
    let reached = [Slot::preposition("to"), Slot::preposition("at")];
    let verb = scene.grammar.verbs_in(sentence).find(|(_, v)| reached.iter().any(|s| v.argument(s).any(|a| a == id)))?.1;
    verb.argument(&Slot::Subject).chain(verb.argument(&Slot::Object)).find_map(|c| counted_noun(scene, scene.grammar.chunk(c)))
}
