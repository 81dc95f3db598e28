//! Processes: what is announced, negotiated or under way, followed through the states that the report tells.

use dragoman_annotate::{Ancestry, Carrier};
use dragoman_codebook::{Phase, ProcessStatus};
use dragoman_doc::{ChunkId, EntityId, Evidence, PartialDate, Process, ProcessState, SentenceId, Slot, StatementId, TimeId, TimeRef};
use dragoman_events::{StatusReader, process_status};
use dragoman_lexicon::{Head, ProcessNoun};
use dragoman_span::{Id, Span};

use crate::Scene;

/// How far back "the talks" may point, in sentences, when nothing else ties two mentions.
const MAX_SENTENCES: usize = 6;

/// A mention of something that can be followed, with the state it is in here.
struct Sighting {
    chunk: ChunkId,
    sentence: SentenceId,
    kind: String,
    span: Span,
    parties: Vec<EntityId>,
    words: Vec<String>,
    state: Option<(ProcessStatus, Span)>,
}

pub(crate) fn find(scene: &Scene<'_>) -> Vec<Process> {
    let status = StatusReader::new(scene.grammar, scene.rules, &scene.links);
    let sightings: Vec<Sighting> = scene.layers.annotation.chunks.ids().filter_map(|id| sighting(scene, &status, id)).collect();
    let mut groups: Vec<Vec<Sighting>> = Vec::new();
    for sighting in sightings {
        match groups.iter_mut().rev().find(|g| g.iter().rev().any(|other| is_same(scene, other, &sighting))) {
            Some(group) => group.push(sighting),
            None => groups.push(vec![sighting]),
        }
    }
    let mut processes: Vec<Process> = groups.iter().filter_map(|g| process(scene, g)).collect();
    open_points(scene, &mut processes);
    processes
}

fn sighting(scene: &Scene<'_>, status: &StatusReader<'_>, id: ChunkId) -> Option<Sighting> {
    let chunk = scene.grammar.chunk(id);
    let noun = noun(scene, id)?;
    let carrier = Carrier::Noun(id);
    let read = status.of(carrier);
    let over = scene.links.verbs_over(id).iter().find(|(_, s)| matches!(s, Slot::Object | Slot::Subject)).map(|(v, _)| *v);
    let by = over.map_or_else(|| scene.grammar.chunk_span(id), |v| scene.layers.tokens.verb_span(scene.grammar.verb(v)));
    let real = !matches!(read.assertion, dragoman_codebook::Assertion::Negated | dragoman_codebook::Assertion::Hypothetical);
    let state = read
        .process
        .or_else(|| (read.phase != Phase::Occurred).then(|| process_status(read.phase)).flatten())
        .filter(|_| real)
        .map(|s| (s, by));
    Some(Sighting {
        chunk: id,
        sentence: chunk.sentence,
        kind: noun.kind.clone(),
        span: subject(scene, id),
        parties: parties(scene, id),
        words: content_words(scene, id),
        state,
    })
}

fn noun<'a>(scene: &Scene<'a>, id: ChunkId) -> Option<&'a ProcessNoun> {
    let chunk = scene.grammar.chunk(id);
    let mut rules = scene.rules.processes.of(scene.grammar.words.lemma(chunk.head.index()));
    rules.find(|r| scene.grammar.noun_words(chunk, &r.words).is_some())
}

/// The noun phrase with the phrases that hang on it: what is to happen.
fn subject(scene: &Scene<'_>, id: ChunkId) -> Span {
    let mut span = scene.grammar.chunk_span(id);
    if let Some(owner) = scene.grammar.chunk(id).argument(&Slot::Possessor).next() {
        span = span.cover(scene.grammar.chunk_span(owner));
    }
    let dated = |s: Span| scene.layers.times.iter().any(|t| t.span.overlaps(s));
    // "between", "of", "on" say what it is; "as a result of" does not.
    let defines = |s: &Slot| matches!(s, Slot::Preposition(p) if scene.rules.classes.meets(&Head::Class("defining".into()), p));
    let reach: Vec<ChunkId> = scene.grammar.chunk(id).arguments.iter().filter(|(s, _)| defines(s)).map(|(_, c)| *c).collect();
    for below in reach {
        let below_span = scene.grammar.chunk_span(below);
        if !dated(below_span) && below_span.start() >= span.start() {
            span = span.cover(below_span);
            for owner in scene.grammar.chunk(below).argument(&Slot::Possessor) {
                span = span.cover(scene.grammar.chunk_span(owner));
            }
            for deeper in scene.grammar.chunk(below).arguments.iter().filter(|(s, _)| *s == Slot::preposition("of")).map(|(_, c)| *c) {
                span = span.cover(scene.grammar.chunk_span(deeper));
            }
        }
    }
    span
}

fn parties(scene: &Scene<'_>, id: ChunkId) -> Vec<EntityId> {
    let span = subject(scene, id);
    let head = scene.layers.tokens.tokens[scene.grammar.chunk(id).head].span;
    // The thing itself ("the mission") is no party to it, nor what has no code.
    let is_party = |m: &&dragoman_doc::Mention| {
        span.contains(m.span) && !m.span.contains(head) && scene.layers.entities[m.entity].actor.best().is_some()
    };
    let mut found: Vec<EntityId> = scene.layers.mentions.iter().filter(is_party).map(|m| m.entity).collect();
    if found.is_empty() {
        let events = scene.layers.events.iter().filter(|e| scene.grammar.chunk_span(id).overlaps(e.anchor));
        found = events.flat_map(|e| e.actors.iter().chain(&e.recipients)).filter_map(|p| p.entity).collect();
    }
    found.sort();
    found.dedup();
    found
}

fn content_words(scene: &Scene<'_>, id: ChunkId) -> Vec<String> {
    let span = subject(scene, id);
    let words = &scene.grammar.words;
    scene
        .layers
        .tokens
        .within(span)
        .filter(|i| words.upos(*i).is_nominal() || words.upos(*i) == dragoman_doc::Upos::Adj)
        .map(|i| words.lemma(i).to_lowercase())
        .collect()
}

/// One process: the same kind of thing, and a shared party or a shared word beside its name, or nothing said against it near by.
fn is_same(scene: &Scene<'_>, earlier: &Sighting, later: &Sighting) -> bool {
    if earlier.kind != later.kind || is_ordinal(scene, later.chunk) {
        return false;
    }
    let head = scene.grammar.words.lemma(scene.grammar.chunk(later.chunk).head.index()).to_lowercase();
    let shared = later.words.iter().filter(|w| **w != head && earlier.words.contains(w)).count();
    let parties = later.parties.iter().any(|p| earlier.parties.contains(p));
    let bare = later.words.len() <= 1 || earlier.words.len() <= 1;
    let near = later.sentence.index() - earlier.sentence.index() <= MAX_SENTENCES;
    shared > 0 || (parties && near) || (bare && near && (later.parties.is_empty() || earlier.parties.is_empty()))
}

/// "the second round" is another one than the first.
fn is_ordinal(scene: &Scene<'_>, id: ChunkId) -> bool {
    let chunk = scene.grammar.chunk(id);
    chunk.tokens().any(|i| scene.rules.classes.meets(&Head::Class("ordinal".into()), &scene.grammar.words.lemma(i).to_lowercase()))
}

fn process(scene: &Scene<'_>, group: &[Sighting]) -> Option<Process> {
    let mut states: Vec<ProcessState> = Vec::new();
    for sighting in group {
        for state in states_of(scene, sighting) {
            // Told again, it is no new state; told after another one, it is.
            let same = |s: &ProcessState| s.status == state.status && s.date == state.date && s.scheduled_for == state.scheduled_for;
            let twice = states.last().is_some_and(same) || (state.date.is_some() && states.iter().any(same));
            if !twice {
                states.push(state);
            }
        }
    }
    if states.is_empty() {
        return None;
    }
    // In the order of their dates; what has none stays where it was told.
    let named = group.iter().max_by_key(|s| (s.words.len().min(12), std::cmp::Reverse(s.span)))?;
    let mut parties: Vec<EntityId> = group.iter().flat_map(|s| s.parties.iter().copied()).collect();
    parties.sort();
    parties.dedup();
    order(&mut states);
    Some(Process { name: name(scene, named.span), parties, subject: named.span, states, open_points: Vec::new() })
}

/// Dated states move before later dated ones; undated ones keep their place after what was told before them.
fn order(states: &mut [ProcessState]) {
    for i in 1..states.len() {
        let mut j = i;
        while j > 0
            && let (Some(a), Some(b)) = (states[j - 1].date, states[j].date)
            && a.first() > b.first()
        {
            states.swap(j - 1, j);
            j -= 1;
        }
    }
}

fn name(scene: &Scene<'_>, span: Span) -> String {
    let text = span.of(scene.text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let first = scene.layers.tokens.within(span).start;
    let article = scene.grammar.words.upos(first) == dragoman_doc::Upos::Det;
    match text.split_once(' ') {
        Some((_, rest)) if article || scene.grammar.words.has(first, dragoman_doc::Feat::Genitive) => rest.to_owned(),
        _ => text,
    }
}

/// One state, or one for each date that a thing is scheduled for ("rounds were scheduled for March and April").
fn states_of(scene: &Scene<'_>, sighting: &Sighting) -> Vec<ProcessState> {
    let Some((status, by)) = sighting.state else { return Vec::new() };
    let (dates, targets): (Vec<_>, Vec<_>) = own_times(scene, sighting, by).into_iter().partition(|(_, t)| !is_target(scene, t, status));
    // "postponed Friday's summit": the day of the thing is not the day of its state.
    let date =
        dates.iter().find(|(_, t)| !sighting.span.overlaps(t.span)).and_then(|(_, t)| grain(t)).or_else(|| statement_date(scene, sighting));
    let evidence = Evidence::several([sighting.span, by]).expect("two spans");
    let statement = scene.statement_around(by);
    let reason = reason(scene, sighting.sentence, by);
    let state = |scheduled_for: Option<PartialDate>| ProcessState {
        status,
        date,
        scheduled_for,
        reason,
        according_to: statement,
        evidence: evidence.clone(),
    };
    if targets.is_empty() { vec![state(None)] } else { targets.iter().map(|(_, t)| state(grain(t))).collect() }
}

/// Of the dates of the sentence those that belong to the word of status: "the exchange, planned for Thursday, was postponed until
/// November" has one of the plan and one of the postponement. All of them, where the tree parts none from it.
fn own_times<'a>(scene: &Scene<'a>, sighting: &Sighting, by: Span) -> Vec<(TimeId, &'a TimeRef)> {
    let all = times(scene, sighting);
    let Some(tree) = Ancestry::new(scene.layers.syntax, scene.layers.tokens) else { return all };
    let words: Vec<usize> = scene.layers.tokens.within(by).collect();
    let is_verb = |at: usize| scene.grammar.verbs_in(sighting.sentence).any(|(_, v)| v.head.index() == at);
    let parted = |t: &TimeRef| tree.is_parted(t.span, &words, is_verb);
    let hang: Vec<_> = all.iter().filter(|(_, t)| tree.steps_to(t.span, &words).is_some() && !parted(t)).copied().collect();
    let near: Vec<_> = all.iter().filter(|(_, t)| !parted(t)).copied().collect();
    [hang, near].into_iter().find(|own| !own.is_empty()).unwrap_or(all)
}

/// Dated expressions of the sentence on the same side of a statement.
fn times<'a>(scene: &Scene<'a>, sighting: &Sighting) -> Vec<(TimeId, &'a TimeRef)> {
    let bounds = scene.sentence_span(sighting.sentence);
    let side = scene.statement_around(sighting.span);
    scene
        .layers
        .times
        .iter_ids()
        .filter(|(_, t)| bounds.contains(t.span) && t.begin().is_some() && scene.statement_around(t.span) == side)
        .collect()
}

/// A date that lies ahead of the state: after "for", "until", "to", or later than the publication.
fn is_target(scene: &Scene<'_>, time: &TimeRef, status: ProcessStatus) -> bool {
    let plans = matches!(
        status,
        ProcessStatus::Scheduled | ProcessStatus::Postponed | ProcessStatus::Announced | ProcessStatus::Agreed | ProcessStatus::Proposed
    );
    let led = leads_in(scene, time);
    let ahead = scene.layers.document.published.day().zip(time.begin()).is_some_and(|(p, b)| b.date > p);
    plans && (led || ahead)
}

/// "for March and April": the preposition before the first of a series counts for all.
fn leads_in(scene: &Scene<'_>, time: &TimeRef) -> bool {
    let words = &scene.grammar.words;
    let mut at = scene.layers.tokens.within(time.span).start;
    for _ in 0..6 {
        let Some(before) = at.checked_sub(1) else { return false };
        match words.upos(before) {
            dragoman_doc::Upos::Adp | dragoman_doc::Upos::Sconj | dragoman_doc::Upos::Part => {
                return scene.rules.classes.meets(&Head::Class("target_date".into()), words.lemma(before));
            }
            dragoman_doc::Upos::Cconj
            | dragoman_doc::Upos::Punct
            | dragoman_doc::Upos::Propn
            | dragoman_doc::Upos::Noun
            | dragoman_doc::Upos::Num => at = before,
            _ => return false,
        }
    }
    false
}

fn grain(time: &TimeRef) -> Option<PartialDate> {
    time.value
        .get(..10)
        .or(time.value.get(..7))
        .unwrap_or(&time.value)
        .parse()
        .ok()
        .or_else(|| time.begin().filter(|b| time.end().is_none_or(|e| e.date == b.date)).map(|b| PartialDate::day(b.date)))
}

/// What is announced is announced when it is said.
fn statement_date(scene: &Scene<'_>, sighting: &Sighting) -> Option<PartialDate> {
    let statement: StatementId = scene.statement_around(sighting.span)?;
    let time = scene.layers.statements[statement].time?;
    grain(&scene.layers.times[time])
}

/// "due to recent developments": the words after a phrase of reason in the same sentence.
fn reason(scene: &Scene<'_>, sentence: SentenceId, by: Span) -> Option<Span> {
    let bounds = &scene.layers.tokens.sentences[sentence];
    let (start, end) = phrase_in(scene, sentence, &scene.rules.reasons)?;
    // One word alone ("over", "amid") gives a reason only right behind the word of the state.
    let by_end = scene.layers.tokens.within(by).end;
    if end - start == 1 && start != by_end && scene.grammar.words.upos(start) == dragoman_doc::Upos::Adp {
        return None;
    }
    let verb_after = scene
        .grammar
        .verbs_in(sentence)
        .find(|(_, v)| v.first.index() > end && !v.reduced && scene.layers.tokens.verb_span(v).start() == by.start());
    let stop = (end..bounds.end_token.index()).find(|i| scene.grammar.words.is_punct(*i)).unwrap_or(bounds.end_token.index());
    let stop = verb_after.map_or(stop, |(_, v)| stop.min(v.first.index()));
    (stop > end).then(|| scene.grammar.token_span(end).cover(scene.grammar.token_span(stop - 1)))
}

/// Where a listed phrase stands in a sentence: its first token and one past its last.
fn phrase_in(
    scene: &Scene<'_>,
    sentence: SentenceId,
    rules: &dragoman_lexicon::RuleSet<dragoman_lexicon::PhraseRule>,
) -> Option<(usize, usize)> {
    let bounds = &scene.layers.tokens.sentences[sentence];
    bounds.tokens().map(Id::index).find_map(|at| {
        let lower = scene.grammar.words.form(at).to_lowercase();
        rules
            .of(&lower)
            .find_map(|r| scene.grammar.phrase_at(at, &r.words))
            .filter(|end| *end <= bounds.end_token.index())
            .map(|end| (at, end))
    })
}

/// What the report says is still open goes to the process told last before it.
fn open_points(scene: &Scene<'_>, processes: &mut [Process]) {
    for (sentence, bounds) in scene.layers.tokens.sentences.iter_ids() {
        let Some((_, end)) = phrase_in(scene, sentence, &scene.rules.open_points) else { continue };
        if end >= bounds.end_token.index() {
            continue;
        }
        let last = (end..bounds.end_token.index()).rev().find(|i| !scene.grammar.words.is_punct(*i)).unwrap_or(end);
        let point = scene.grammar.token_span(end).cover(scene.grammar.token_span(last));
        let distance =
            |p: &Process| p.states.iter().flat_map(|s| s.evidence.spans()).map(|s| s.start().abs_diff(bounds.span.start())).min();
        if let Some(process) = processes.iter_mut().min_by_key(|p| distance(p)) {
            process.open_points.push(point);
        }
    }
}
