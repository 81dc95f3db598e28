//! Two actors meant by one phrase: "both governments", "the two leaders", and "they" after "A and B".

use dragoman_codebook::{EntityKind, MentionForm, Sector};
use dragoman_doc::{ChunkId, SentenceId, Slot, Upos, VerbGroup};
use dragoman_lexicon::{Kind, PairOf};
use dragoman_span::Id;

use crate::Scene;
use crate::join::{Cast, Draft};

/// How many sentences back the two are sought.
const REACH: usize = 12;

/// How many sentences back two have been spoken of as two.
const SPOKEN_REACH: usize = 4;

/// Sectors of those who mediate, judge, help or look on, and are seldom a side of anything.
const BYSTANDERS: [Sector; 8] = [Sector::Cvl, Sector::Edu, Sector::Igo, Sector::Jrn, Sector::Jud, Sector::Med, Sector::Ngo, Sector::Ref];

/// What speaks for two actors, in points.
mod points {
    /// A sentence farther back, of persons.
    pub(super) const SENTENCE: f64 = -1.0;
    /// The same of states and bodies: the sides of a matter are its main actors, not those named last.
    pub(super) const SENTENCE_OF_BODIES: f64 = -0.3;
    /// A further mention, up to five.
    pub(super) const MENTION: f64 = 0.5;
    /// They stand in one sentence.
    pub(super) const TOGETHER: f64 = 1.0;
    /// Nothing but "and" stands between them.
    pub(super) const JOINED: f64 = 2.0;
    /// What the first two must have more than the next.
    pub(super) const MARGIN: f64 = 0.4;
    /// They are of one kind and sector.
    pub(super) const ALIKE: f64 = 1.5;
}

/// The two that a phrase means by a number and a noun ("both sides"), if it is such a phrase and there are two that fit.
pub(crate) fn described(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<[usize; 2]> {
    let chunk = scene.grammar.chunk(id);
    let words = &scene.grammar.words;
    if chunk.first == chunk.last {
        // "both say so": two of whom it has spoken as two, else any two.
        let both = scene.tables.actors.pair_word(&words.form(chunk.head.index()).to_lowercase()) == Some(PairOf::Two);
        return (both && words.upos(chunk.head.index()) != Upos::Num)
            .then(|| best(cast, chunk.sentence, |d| fits(d, PairOf::Side)))
            .flatten();
    }
    let is_two = |i: usize| scene.tables.actors.pair_word(&words.form(i).to_lowercase()) == Some(PairOf::Two);
    let number = chunk.tokens().find(|i| is_two(*i))?;
    // "two leaders" are new ones, "the two leaders" and "both leaders" are not.
    let numeral = words.upos(number) == Upos::Num;
    let definite = chunk.tokens().take_while(|i| *i < number).any(|i| words.upos(i) == Upos::Det && words.lemma(i) != "a");
    if numeral && !definite {
        return None;
    }
    let head = chunk.head.index();
    let listed = scene.tables.actors.pair_word(&words.lemma(head).to_lowercase()).filter(|of| *of != PairOf::Two);
    // "both broadcasters", "the two journalists": two of the noun's own kind and sector.
    let (of, sector) = match (listed, scene.spots.noun_over(head)) {
        (Some(of), _) => (of, None),
        (None, Some((_, Kind::Institution(i)))) => (PairOf::Body, scene.tables.actors.institution(i).sector),
        (None, Some((_, Kind::Role(i)))) => (PairOf::Person, scene.tables.actors.role(i).sector),
        (None, None) => return None,
    };
    let fits = |d: &Draft| {
        let own = d.code.as_ref().into_iter().flat_map(|c| c.sector.into_iter().chain(c.sectors.iter().copied()));
        let bystander = listed == Some(PairOf::Side) && d.code.as_ref().and_then(|c| c.sector).is_some_and(|s| BYSTANDERS.contains(&s));
        fits(d, of) && !bystander && (listed.is_some() || (sector.is_some() && own.into_iter().any(|s| Some(s) == sector)))
    };
    // Two of whom it has spoken as two.
    let spoken = cast.drafts.iter().filter(|d| !d.members.is_empty() && d.members.iter().all(|m| fits(&cast.drafts[*m])));
    let near = spoken.filter(|d| d.mentions.last().is_some_and(|m| m.sentence.index() + SPOKEN_REACH >= chunk.sentence.index()));
    if let Some(pair) = near.max_by_key(|d| d.mentions.last().map(|m| m.span)) {
        return pair.members.clone().try_into().ok();
    }
    // "Borrell spoke to both leaders": who does something to the two is none of them.
    let takes = |v: &VerbGroup| v.arguments.iter().any(|(slot, c)| *c == id && *slot != Slot::Subject);
    let doers: Vec<ChunkId> = scene
        .grammar
        .verbs_in(chunk.sentence)
        .filter(|(_, v)| takes(v))
        .flat_map(|(_, v)| v.argument(&Slot::Subject).collect::<Vec<_>>())
        .collect();
    let outside = |d: &Draft| !d.mentions.iter().any(|m| doers.contains(&m.chunk));
    best(cast, chunk.sentence, |d| fits(d) && outside(d))
}

/// Which of two a phrase means ("the former", "the latter").
pub(crate) fn one_of(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<usize> {
    let chunk = scene.grammar.chunk(id);
    let words = &scene.grammar.words;
    let head = chunk.head.index();
    let alone = chunk.first.index() + 1 == head && words.upos(chunk.first.index()) == Upos::Det && chunk.last.index() == head;
    let which = scene.tables.actors.pair_word(&words.form(head).to_lowercase()).filter(|_| alone)?;
    let two = || {
        let persons = best(cast, chunk.sentence, |d| fits(d, PairOf::Person));
        let bodies = best(cast, chunk.sentence, |d| fits(d, PairOf::Side));
        let joined = |pair: &[usize; 2]| together(&cast.drafts[pair[0]], &cast.drafts[pair[1]]);
        let near = coordinated(scene, cast, id).map(|(pair, _)| pair);
        near.or_else(|| [persons, bodies].into_iter().flatten().max_by(|a, b| joined(a).total_cmp(&joined(b))))
    };
    let last = |i: usize| cast.drafts[i].mentions.iter().rev().find(|m| m.form == MentionForm::Name).map(|m| m.span);
    match which {
        PairOf::First => two().and_then(|pair| pair.into_iter().min_by_key(|i| last(*i))),
        PairOf::Last => two().and_then(|pair| pair.into_iter().max_by_key(|i| last(*i))),
        _ => None,
    }
}

fn fits(draft: &Draft, of: PairOf) -> bool {
    if draft.reading.plural || !draft.members.is_empty() {
        return false;
    }
    let code = draft.code.as_ref();
    let kind = draft.reading.kind;
    let governs = code.is_some_and(|c| c.country.is_some() && c.sector == Some(Sector::Gov));
    match of {
        PairOf::State => kind == EntityKind::State || (kind == EntityKind::Organization && governs),
        PairOf::Person => kind == EntityKind::Person,
        PairOf::Body => matches!(kind, EntityKind::Organization | EntityKind::Group),
        PairOf::Side => matches!(kind, EntityKind::Organization | EntityKind::Group | EntityKind::State),
        PairOf::Any => matches!(kind, EntityKind::Organization | EntityKind::Group | EntityKind::State | EntityKind::Person),
        PairOf::Two | PairOf::First | PairOf::Last => false,
    }
}

fn best(cast: &Cast, here: SentenceId, fits: impl Fn(&Draft) -> bool) -> Option<[usize; 2]> {
    let near = |d: &Draft| d.mentions.last().is_some_and(|m| m.sentence.index() + REACH >= here.index());
    let found: Vec<usize> = (0..cast.drafts.len()).filter(|i| near(&cast.drafts[*i]) && fits(&cast.drafts[*i])).collect();
    let country = |i: usize| cast.drafts[i].code.as_ref().and_then(|c| c.country);
    let mut pairs: Vec<(f64, [usize; 2])> = Vec::new();
    for (n, a) in found.iter().enumerate() {
        for b in &found[n + 1..] {
            let (first, second) = (&cast.drafts[*a], &cast.drafts[*b]);
            // A person and a body are not two.
            if (first.reading.kind == EntityKind::Person) != (second.reading.kind == EntityKind::Person) {
                continue;
            }
            // A government and its state are not two.
            let states = [first, second].iter().all(|d| d.reading.kind != EntityKind::Person) && country(*a).is_some();
            if states && country(*a) == country(*b) && first.reading.kind != second.reading.kind {
                continue;
            }
            let sector = |d: &Draft| d.code.as_ref().and_then(|c| c.sector);
            let alike = first.reading.kind == second.reading.kind && sector(first) == sector(second);
            let points = weight(first, here) + weight(second, here) + together(first, second) + if alike { points::ALIKE } else { 0.0 };
            pairs.push((points, [*a, *b]));
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0));
    let clear = pairs.get(1).is_none_or(|second| pairs[0].0 - second.0 > points::MARGIN);
    pairs.first().filter(|_| clear).map(|(_, pair)| *pair)
}

fn weight(draft: &Draft, here: SentenceId) -> f64 {
    let last = draft.mentions.last().map_or(0, |m| m.sentence.index());
    let sentence = if draft.reading.kind == EntityKind::Person { points::SENTENCE } else { points::SENTENCE_OF_BODIES };
    sentence * (here.index() - last) as f64 + points::MENTION * draft.mentions.len().min(5) as f64
}

fn together(first: &Draft, second: &Draft) -> f64 {
    let mut most: f64 = 0.0;
    for a in &first.mentions {
        for b in second.mentions.iter().filter(|b| b.sentence == a.sentence && b.form != MentionForm::Pronoun) {
            let adjoining = a.chunk.index().abs_diff(b.chunk.index()) == 1;
            most = most.max(if adjoining { points::JOINED } else { points::TOGETHER });
        }
    }
    most
}

/// "A and B" right before: two actors of one kind, joined by "and", in the sentence of the pronoun or the one before.
pub(crate) fn coordinated(scene: &Scene<'_>, cast: &Cast, id: ChunkId) -> Option<([usize; 2], ChunkId)> {
    let here = scene.grammar.chunk(id).sentence;
    let chunks = &scene.grammar.annotation.chunks;
    let words = &scene.grammar.words;
    let mut near = (1..id.index()).rev().map(ChunkId::from_index).take_while(|c| chunks[*c].sentence.index() + 1 >= here.index());
    near.find_map(|second| {
        let first = ChunkId::from_index(second.index() - 1);
        let (a, b) = (cast.of_chunk[first.index()]?, cast.of_chunk[second.index()]?);
        let and = chunks[first].last.index() + 1;
        let joined = chunks[first].sentence == chunks[second].sentence
            && chunks[second].first.index() == and + 1
            && words.upos(and) == Upos::Cconj
            && words.lemma(and) == "and";
        let kinds = [a, b].map(|i| cast.drafts[i].reading.kind == EntityKind::Person);
        let single = [a, b].iter().all(|i| !cast.drafts[*i].reading.plural);
        (joined && a != b && kinds[0] == kinds[1] && single).then_some(([a, b], second))
    })
}
