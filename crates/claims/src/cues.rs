//! Statements that a cue opens.

use dragoman_annotate::{Carrier, Filling};
use dragoman_doc::{ChunkId, Cue, Evidence, SentenceId, Slot, Upos, VerbGroup, VerbGroupId, Voice};
use dragoman_lexicon::{CueRule, Holds, Pos, Rule};
use dragoman_span::{Id, Span};

use crate::content::{self, Clause};
use crate::{Draft, Scene, Source};

/// Drafts of all cues, in the order of the text.
pub(crate) fn cued(scene: &Scene<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (sentence, _) in scene.tokens().sentences.iter_ids() {
        let mut here = phrase_cues(scene, sentence);
        here.extend(verb_cues(scene, sentence, &here));
        here.extend(noun_cues(scene, sentence, &here));
        drafts.extend(here);
    }
    drafts
}

fn cue(scene: &Scene<'_>, words: &[usize], rule: &CueRule) -> Cue {
    let spans = words.iter().map(|i| scene.grammar.token_span(*i));
    Cue { evidence: joined(scene, spans), stance: rule.stance }
}

/// Adjoining words as one span.
fn joined(scene: &Scene<'_>, spans: impl Iterator<Item = Span>) -> Evidence {
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if scene.text().get(last.end()..span.start()).is_some_and(|gap| gap.trim().is_empty()) => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    Evidence::several(merged).expect("a cue has words")
}

/// "according to X, ...", "in the words of X".
fn phrase_cues(scene: &Scene<'_>, sentence: SentenceId) -> Vec<Draft> {
    let bounds = &scene.tokens().sentences[sentence];
    let mut drafts = Vec::new();
    for at in bounds.tokens().map(Id::index) {
        let lower = scene.grammar.words.form(at).to_lowercase();
        let hit =
            scene.rules.cues.of(&lower).filter(|r| r.pos() == Pos::Phrase).find_map(|r| Some((r, scene.grammar.phrase_at(at, r.words())?)));
        let Some((rule, end)) = hit else { continue };
        // Phrases that end in no preposition ("in a statement") name no source; they go with their verb.
        if !matches!(scene.grammar.words.upos(end - 1), Upos::Adp | Upos::Verb | Upos::Part) {
            continue;
        }
        // The source is the noun phrase right after the words ("according to X").
        let Some(source) =
            scene.grammar.chunks_in(sentence).find(|(_, c)| c.first.index() >= end && c.first.index() <= end + 1).map(|(id, _)| id)
        else {
            continue;
        };
        let source = full_source(scene, source);
        // Within a clause only a known speaker makes an attribution of it ("seated according to age").
        let apart = at == bounds.first_token.index() || scene.grammar.words.is_punct(at - 1);
        if !apart && scene.entity_at(source.head).is_none() {
            continue;
        }
        let cue_span = scene.grammar.token_span(at).cover(scene.grammar.token_span(end - 1));
        let Some(content) = content::beside(scene, sentence, cue_span.cover(source.span)) else { continue };
        drafts.push(Draft {
            speaker: Some(source),
            cue: Some(Cue { evidence: Evidence::one(cue_span), stance: rule.stance }),
            content: vec![content],
            addressee: None,
            sentence,
            rule: rule.id.clone(),
            score: dragoman_doc::Score::from_parts(9000),
        });
    }
    drafts
}

/// The noun phrase with what hangs on it by "of", "for", "in" or "at": "the spokesman for the ministry of defence".
pub(crate) fn full_source(scene: &Scene<'_>, id: ChunkId) -> Source {
    let head = scene.grammar.chunk(id).head;
    let possessor = scene.grammar.chunk(id).argument(&Slot::Possessor).next();
    let mut span = scene.grammar.chunk_span(id);
    if let Some(p) = possessor {
        span = span.cover(scene.grammar.chunk_span(p));
    }
    let mut last = id;
    for _ in 0..3 {
        let next = ChunkId::from_index(last.index() + 1);
        let Some(chunk) = scene.grammar.annotation.chunks.get(next).filter(|c| c.sentence == scene.grammar.chunk(id).sentence) else {
            break;
        };
        let linked = chunk.preposition.is_some_and(|p| {
            p.index() == scene.grammar.chunk(last).last.index() + 1
                && (scene.grammar.words.lemma(p.index()) == "of" || scene.grammar.words.lemma(p.index()) == "for")
        });
        if !linked {
            break;
        }
        span = span.cover(scene.grammar.chunk_span(next));
        last = next;
    }
    Source { span, head }
}

fn verb_cues(scene: &Scene<'_>, sentence: SentenceId, before: &[Draft]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (id, verb) in scene.grammar.verbs_in(sentence) {
        let mut rules = scene.rules.cues.of(scene.grammar.words.lemma(verb.head.index())).filter(|r| r.pos() == Pos::Verb);
        let Some((rule, words)) = rules.find_map(|r| Some((r, scene.grammar.verb_words(verb, r.words())?))) else { continue };
        if let Some(draft) = verb_cue(scene, sentence, id, verb, rule, &words) {
            let taken = before.iter().any(|d| d.content == draft.content && d.speaker.is_some());
            if !taken {
                drafts.push(draft);
            }
        }
    }
    drafts
}

fn verb_cue(scene: &Scene<'_>, sentence: SentenceId, id: VerbGroupId, verb: &VerbGroup, rule: &CueRule, words: &[usize]) -> Option<Draft> {
    let speaker = speaker(scene, id, verb);
    let clause = Clause::of(scene, sentence, verb, speaker, words);
    let content = content::of_verb(scene, &clause, rule)?;
    if speaker.is_none() && !is_impersonal(scene, verb) {
        return None;
    }
    Some(Draft {
        speaker,
        cue: Some(cue(scene, words, rule)),
        content: vec![content],
        addressee: addressee(scene, id),
        sentence,
        rule: rule.id.clone(),
        score: dragoman_doc::Score::from_parts(if speaker.is_some() { 8500 } else { 6000 }),
    })
}

/// "it was reported that", "is believed to": nobody is named.
fn is_impersonal(_: &Scene<'_>, verb: &VerbGroup) -> bool {
    verb.voice == Voice::Passive && !verb.reduced
}

fn speaker(scene: &Scene<'_>, id: VerbGroupId, verb: &VerbGroup) -> Option<Source> {
    let subject = scene.grammar.fillings(Carrier::Verb(id), &Slot::Subject);
    // Of a series the last is nearest; the whole series is the source.
    let chunks: Vec<ChunkId> = subject.iter().filter_map(|f| f.chunk).collect();
    let first = chunks.first().copied()?;
    let last = chunks.last().copied()?;
    let source = full_source(scene, first);
    let expletive = scene.grammar.words.lemma(source.head.index()) == "it" && verb.voice == Voice::Passive;
    let relative = scene.grammar.words.upos(source.head.index()) == Upos::Pron && scene.grammar.words.lemma(source.head.index()) == "which";
    if expletive || relative {
        return None;
    }
    Some(Source { span: source.span.cover(full_source(scene, last).span), head: source.head })
}

/// "told reporters", "told Iran's envoy".
fn addressee(scene: &Scene<'_>, id: VerbGroupId) -> Option<dragoman_doc::EntityId> {
    let object = scene.grammar.fillings(Carrier::Verb(id), &Slot::Object).first().copied()?;
    let to = scene.grammar.fillings(Carrier::Verb(id), &Slot::preposition("to")).first().copied();
    let tells = scene.grammar.words.lemma(scene.grammar.verb(id).head.index()) == "tell";
    let head = if tells { Some(object.head) } else { to.map(|f| f.head) };
    head.and_then(|h| scene.entity_at(h))
}

/// "his claim that ...", "a warning that ...".
fn noun_cues(scene: &Scene<'_>, sentence: SentenceId, before: &[Draft]) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (id, chunk) in scene.grammar.chunks_in(sentence) {
        let head = chunk.head.index();
        let mut rules =
            scene.rules.cues.of(scene.grammar.words.lemma(head)).filter(|r| r.pos() == Pos::Noun && r.holds.contains(&Holds::That));
        let Some((rule, first)) = rules.find_map(|r| Some((r, scene.grammar.noun_words(chunk, r.words())?))) else { continue };
        let that = chunk.last.index() + 1;
        let limit = scene.tokens().sentences[sentence].end_token.index();
        if that >= limit || scene.grammar.words.lemma(that) != "that" || scene.grammar.words.upos(that) != Upos::Sconj {
            continue;
        }
        let Some(content) = content::of_noun(scene, sentence, that) else { continue };
        // "statements that the ministry responded to": a relative clause, its preposition left at the end.
        let last = scene.tokens().within(content).end - 1;
        if scene.grammar.words.upos(last) == Upos::Adp {
            continue;
        }
        let covered = before.iter().any(|d| d.content.contains(&content));
        let owner =
            scene.grammar.fillings(Carrier::Noun(id), &Slot::Possessor).first().copied().or_else(|| subject_over(scene, sentence, id));
        let Some(owner) = owner.filter(|_| !covered) else { continue };
        drafts.push(Draft {
            speaker: Some(Source { span: owner.span, head: owner.head }),
            cue: Some(cue(scene, &(first..=head).collect::<Vec<_>>(), rule)),
            content: vec![content],
            addressee: None,
            sentence,
            rule: rule.id.clone(),
            score: dragoman_doc::Score::from_parts(7000),
        });
    }
    drafts
}

/// "The envoy voiced concern that ...": the subject of the verb that carries the noun.
fn subject_over(scene: &Scene<'_>, sentence: SentenceId, noun: ChunkId) -> Option<Filling> {
    let over = scene.grammar.verbs_in(sentence).find(|(_, v)| v.argument(&Slot::Object).any(|c| c == noun) && v.voice == Voice::Active);
    over.and_then(|(id, _)| scene.grammar.fillings(Carrier::Verb(id), &Slot::Subject).first().copied())
}
