//! What hangs on what: subjects, objects, prepositions, possessors, complements.
//!
//! Each sentence is a line of noun phrases and verb groups. A subject is sought to the left of its verb, an object and prepositions
//! to the right, up to the next verb or break. A prepositional phrase hangs on the noun before it and on the verb: which of the two
//! it belongs to is left to the frame that asks for it.

use dragoman_doc::{Chunk, ChunkId, ChunkKind, Feat, Slot, TokenId, Upos, VerbGroup, VerbGroupId, Voice};
use dragoman_span::Id;

use crate::WordView;

/// How many noun phrases a chain of prepositional phrases may reach back over.
const MAX_CHAIN: usize = 4;
/// How far a subject is sought to the left, in noun phrases.
const MAX_REACH: usize = 12;

pub(crate) fn attach(view: &WordView<'_>, chunks: &mut [Chunk], verbs: &mut [VerbGroup]) {
    attach_to_nouns(view, chunks);
    let mut at = Cursor { chunk: 0, verb: 0 };
    for (sentence, _) in view.sentences() {
        let chunk_end = at.chunk + chunks[at.chunk..].iter().take_while(|c| c.sentence == sentence).count();
        let verb_end = at.verb + verbs[at.verb..].iter().take_while(|v| v.sentence == sentence).count();
        let clause = Clauses { view, chunks, chunk_base: at.chunk, chunk_end, verb_base: at.verb, verb_end };
        clause.attach(verbs);
        at = Cursor { chunk: chunk_end, verb: verb_end };
    }
    noun_infinitives(view, chunks, verbs);
}

struct Cursor {
    chunk: usize,
    verb: usize,
}

/// Genitives, names before nouns, and prepositional phrases right after a noun.
pub(crate) fn attach_to_nouns(view: &WordView<'_>, chunks: &mut [Chunk]) {
    for i in 1..chunks.len() {
        if chunks[i].sentence != chunks[i - 1].sentence {
            continue;
        }
        if is_genitive(view, &chunks[i - 1], &chunks[i]) {
            chunks[i].arguments.push((Slot::Possessor, ChunkId::from_index(i - 1)));
            // "on the army's plans": the preposition belongs to the plans.
            chunks[i].preposition = chunks[i].preposition.or(chunks[i - 1].preposition.take());
        }
        let owns_next = chunks.get(i + 1).is_some_and(|next| is_genitive(view, &chunks[i], next));
        let Some(preposition) = chunks[i].preposition.map(Id::index).filter(|_| !owns_next) else { continue };
        let slot = Slot::Preposition(view.lemma(preposition).into());
        // Possessors stand between a preposition and its noun.
        let owners = (0..i).rev().take_while(|o| chunks[*o].first.index() > preposition).count();
        let mut reach = i - owners;
        let first = reach;
        for _ in 0..MAX_CHAIN {
            let Some(onto) = reach.checked_sub(1).filter(|o| chunks[*o].sentence == chunks[i].sentence) else { break };
            let next_preposition = if reach == first { preposition } else { chunks[reach].preposition.map_or(usize::MAX, Id::index) };
            if chunks[onto].last.index() + 1 != next_preposition {
                break;
            }
            chunks[onto].arguments.push((slot.clone(), ChunkId::from_index(i)));
            if view.lemma(preposition) == "of" {
                break; // "of" belongs to the noun right before it
            }
            reach = onto;
        }
    }
    conjoin(view, chunks);
}

/// "Iraq's army", "its army": the first phrase owns the second.
fn is_genitive(view: &WordView<'_>, owner: &Chunk, owned: &Chunk) -> bool {
    let (previous, this) = (owner.last.index(), owned.first.index());
    let marked = this == previous + 2 && view.upos(this - 1) == Upos::Part && view.lemma(this - 1) != "to";
    let pronoun = this == previous + 1 && view.has(previous, Feat::Genitive) && view.upos(previous) == Upos::Pron;
    owner.sentence == owned.sentence && (marked || pronoun)
}

/// "talks between A and B", "strikes on A and B": the second noun phrase takes the slot of the first.
fn conjoin(view: &WordView<'_>, chunks: &mut [Chunk]) {
    for i in 1..chunks.len() {
        if !is_conjunct(view, chunks, i) {
            continue;
        }
        let first = ChunkId::from_index(i - 1);
        for chunk in &mut chunks[i.saturating_sub(MAX_REACH)..i] {
            let slot = chunk.arguments.iter().find(|(_, c)| *c == first).map(|(s, _)| s.clone());
            if let Some(slot) = slot.filter(|s| *s != Slot::Possessor) {
                chunk.arguments.push((slot, ChunkId::from_index(i)));
            }
        }
    }
}

/// Whether noun phrase `i` is joined to the one before it by "and", "or" or a comma in a list.
pub(crate) fn is_conjunct(view: &WordView<'_>, chunks: &[Chunk], i: usize) -> bool {
    if i == 0 || chunks[i].sentence != chunks[i - 1].sentence || chunks[i].preposition.is_some() {
        return false;
    }
    let between = chunks[i - 1].last.index() + 1..chunks[i].first.index();
    let joins = |at: usize| view.upos(at) == Upos::Cconj && view.lemma(at) != "but";
    match between.len() {
        1 => joins(between.start),
        2 => view.form(between.start) == "," && joins(between.start + 1),
        _ => false,
    }
}

struct Clauses<'a, 'v> {
    view: &'a WordView<'v>,
    chunks: &'a [Chunk],
    chunk_base: usize,
    chunk_end: usize,
    verb_base: usize,
    verb_end: usize,
}

impl Clauses<'_, '_> {
    fn attach(&self, verbs: &mut [VerbGroup]) {
        for v in self.verb_base..self.verb_end {
            verbs[v].opener = self.opener(verbs, v);
        }
        for v in self.verb_base..self.verb_end {
            self.govern(verbs, v);
        }
        for v in self.verb_base..self.verb_end {
            let subjects = self.subjects(verbs, v);
            let mut arguments: Vec<(Slot, ChunkId)> = Vec::new();
            let passive = verbs[v].voice == Voice::Passive;
            let right = self.right_of(verbs, v);
            for subject in subjects {
                arguments.push((if passive { Slot::Object } else { Slot::Subject }, ChunkId::from_index(subject)));
            }
            for (slot, chunk) in right {
                if arguments.iter().any(|(_, taken)| taken.index() == chunk) {
                    continue; // "..., said the envoy": a subject behind its verb
                }
                let slot = match slot {
                    Slot::Preposition(p) if passive && &*p == "by" => Slot::Subject,
                    Slot::Object if passive => continue,
                    other => other,
                };
                arguments.push((slot, ChunkId::from_index(chunk)));
            }
            verbs[v].arguments = arguments;
        }
    }

    /// The conjunction, relative or question word that opens the verb's clause.
    fn opener(&self, verbs: &[VerbGroup], v: usize) -> Option<TokenId> {
        let left = if v > self.verb_base { verbs[v - 1].head.index() + 1 } else { self.sentence_start(v, verbs) };
        (left..verbs[v].first.index())
            .rev()
            .find(|i| {
                let upos = self.view.upos(*i);
                upos == Upos::Sconj || (upos == Upos::Pron && is_relative(self.view.lemma(*i)))
            })
            .map(TokenId::from_index)
    }

    fn sentence_start(&self, v: usize, verbs: &[VerbGroup]) -> usize {
        self.view.tokens.sentences[verbs[v].sentence].first_token.index()
    }

    /// The verb before, if this one is its complement.
    fn govern(&self, verbs: &mut [VerbGroup], v: usize) {
        let Some(u) = (self.verb_base..v).rev().find(|u| verbs[*u].head < verbs[v].first) else { return };
        let gap = verbs[u].head.index() + 1..verbs[v].first.index();
        let broken = gap.clone().any(|i| self.view.is_punct(i) && !matches!(self.view.form(i), "“" | "\"" | "‘" | "-"));
        let Some(slot) = self.complement_slot(verbs, u, v, &gap, broken) else { return };
        verbs[v].governor = Some(VerbGroupId::from_index(u));
        let complement = (slot, VerbGroupId::from_index(v));
        verbs[u].complements.push(complement);
    }

    /// Which slot of verb `u` verb `v` fills, if any.
    fn complement_slot(&self, verbs: &[VerbGroup], u: usize, v: usize, gap: &std::ops::Range<usize>, broken: bool) -> Option<Slot> {
        let verb = &verbs[v];
        if verb.infinitive {
            return (!broken).then_some(Slot::Infinitive);
        }
        if verb.reduced {
            let adjoins = gap.clone().all(|i| matches!(self.view.upos(i), Upos::Adv | Upos::Part));
            let gerund = self.view.has(verb.head.index(), Feat::Gerund);
            return (gerund && (adjoins || self.leads_to_gerund(gap))).then_some(Slot::Gerund);
        }
        let with_that = verb.opener.is_some_and(|o| self.view.lemma(o.index()) == "that" && o > verbs[u].head);
        // "said he would": no conjunction.
        let bare = verb.opener.is_none_or(|o| o < verbs[u].head) && !broken && self.chunk_between(gap);
        (with_that || bare).then_some(Slot::That)
    }

    /// "refrained from shelling", "were very close to announcing".
    fn leads_to_gerund(&self, gap: &std::ops::Range<usize>) -> bool {
        let Some((last, before)) = gap.clone().collect::<Vec<_>>().split_last().map(|(l, b)| (*l, b.to_vec())) else { return false };
        self.view.upos(last) == Upos::Adp && before.iter().all(|i| matches!(self.view.upos(*i), Upos::Adv | Upos::Adj))
    }

    fn chunk_between(&self, gap: &std::ops::Range<usize>) -> bool {
        self.chunk_range().any(|c| gap.contains(&self.chunks[c].first.index()) && self.chunks[c].preposition.is_none())
    }

    fn chunk_range(&self) -> std::ops::Range<usize> {
        self.chunk_base..self.chunk_end
    }

    fn subjects(&self, verbs: &[VerbGroup], v: usize) -> Vec<usize> {
        let group = &verbs[v];
        if group.infinitive || (group.reduced && self.view.has(group.head.index(), Feat::Gerund)) {
            return self.governed_subject(verbs, v);
        }
        let first = group.first.index();
        if group.reduced {
            // "troops stationed in": the noun right before.
            return self
                .chunk_range()
                .rev()
                .find(|c| self.chunks[*c].last.index() + 1 == first || self.comma_before(*c, first))
                .into_iter()
                .collect();
        }
        if let Some(opener) = group.opener.map(Id::index)
            && self.view.upos(opener) == Upos::Pron
            && !self.chunk_range().any(|c| self.chunks[c].first.index() > opener && self.chunks[c].last.index() < first)
        {
            // "fighters in the province of Babil who": a place behind a preposition is passed over.
            let person = self.view.lemma(opener) == "who";
            let is_place = |c: &usize| self.chunks[*c].preposition.is_some() && self.view.upos(self.chunks[*c].head.index()) == Upos::Propn;
            let is_of_place = |c: &usize| {
                self.chunks.get(c + 1).is_some_and(|n| is_place(&(c + 1)) && n.first.index() < opener)
                    && self.chunks[*c].preposition.is_some()
            };
            let before = || self.chunk_range().rev().filter(|c| self.chunks[*c].last.index() < opener);
            let antecedent = before().find(|c| !(person && (is_place(c) || is_of_place(c)))).or_else(|| before().next());
            return antecedent.into_iter().collect();
        }
        match self.seek_subject(verbs, v).filter(|found| !self.goes_on_from_verb(verbs, v, *found)) {
            Some(found) => self.with_conjuncts(found),
            None => self.shared_subject(verbs, v).or_else(|| self.inverted_subject(verbs, v).map(|c| vec![c])).unwrap_or_default(),
        }
    }

    fn comma_before(&self, chunk: usize, first: usize) -> bool {
        self.chunks[chunk].last.index() + 2 == first && self.view.form(first - 1) == ","
    }

    /// To the left: the nearest noun phrase without a preposition, relative clauses skipped, up to a finite verb.
    fn seek_subject(&self, verbs: &[VerbGroup], v: usize) -> Option<usize> {
        let opener = verbs[v].opener.map_or(0, Id::index);
        let mut limit = verbs[v].first.index();
        let mut barrier = (self.verb_base..v).rev().peekable();
        for c in self.chunk_range().rev().filter(|c| self.chunks[*c].last.index() < verbs[v].first.index()).take(MAX_REACH) {
            let chunk = &self.chunks[c];
            if chunk.first.index() >= limit {
                continue;
            }
            while let Some(u) = barrier.peek().copied().filter(|u| verbs[*u].head > chunk.last) {
                barrier.next();
                match self.skip_clause(verbs, u) {
                    Skip::Stop => return None,
                    Skip::To(at) => limit = limit.min(at),
                    Skip::Over => {}
                }
            }
            if chunk.first.index() >= limit {
                continue;
            }
            if chunk.last.index() < opener || self.quote_closes_between(chunk.last.index(), verbs[v].first.index()) {
                return None;
            }
            let possessor = self.chunks.get(c + 1).is_some_and(|next| next.arguments.contains(&(Slot::Possessor, ChunkId::from_index(c))));
            if chunk.preposition.is_none() && !possessor && !self.is_bracketed_time(c) && !self.is_in_prepositional_series(c) {
                return Some(c);
            }
        }
        None
    }

    /// A quotation ends between the two: what stands in it is no subject of what follows it.
    fn quote_closes_between(&self, from: usize, to: usize) -> bool {
        let span = |at: usize| self.view.tokens.tokens[TokenId::from_index(at)].span;
        let (start, end) = (span(from).end(), span(to).start());
        (from + 1..to).any(|i| self.view.is_punct(i))
            && self.view.tokens.quotes.iter().any(|q| q.inner.contains(span(from)) && q.span.end() > start && q.span.end() <= end)
    }

    /// "committed a crime and pledged": what stands before "and" is the object of the verb before, and the verbs share a subject.
    fn goes_on_from_verb(&self, verbs: &[VerbGroup], v: usize, found: usize) -> bool {
        let first = verbs[v].first.index();
        let before = (self.sentence_start(v, verbs)..first).rev().find(|i| self.view.upos(*i) != Upos::Adv);
        let joined = before.is_some_and(|i| self.view.upos(i) == Upos::Cconj && i > self.chunks[found].last.index());
        joined && v > self.verb_base && verbs[v - 1].head < self.chunks[found].first
    }

    /// "talks between Baghdad and Washington resumed": the second of a series that a preposition opened.
    fn is_in_prepositional_series(&self, c: usize) -> bool {
        let mut first = c;
        while first > self.chunk_base && is_conjunct(self.view, self.chunks, first) {
            first -= 1;
        }
        first != c && self.chunks[first].preposition.is_some()
    }

    /// A bare noun phrase between commas that a preposition opened earlier is no subject; only list members are.
    fn is_bracketed_time(&self, c: usize) -> bool {
        let head = self.chunks[c].head.index();
        self.view.upos(head) == Upos::Num && self.chunks[c].kind == ChunkKind::Nominal && self.chunks[c].first == self.chunks[c].last
    }

    fn skip_clause(&self, verbs: &[VerbGroup], u: usize) -> Skip {
        let verb = &verbs[u];
        match verb.opener {
            _ if verb.reduced || verb.infinitive => Skip::Over,
            Some(o) if self.view.upos(o.index()) == Upos::Pron => Skip::To(o.index()),
            Some(_) if self.comma_after(verb.head.index()) => Skip::Stop,
            _ => Skip::Stop,
        }
    }

    fn comma_after(&self, at: usize) -> bool {
        at + 1 < self.view.tags.len() && self.view.form(at + 1) == ","
    }

    fn with_conjuncts(&self, found: usize) -> Vec<usize> {
        let mut all = vec![found];
        let mut c = found;
        while c > self.chunk_base && is_conjunct(self.view, self.chunks, c) {
            c -= 1;
            all.push(c);
        }
        all.reverse();
        all
    }

    /// The subject of the verb that governs this one, or of the verb before in a series.
    fn governed_subject(&self, verbs: &[VerbGroup], v: usize) -> Vec<usize> {
        let Some(u) = verbs[v].governor.map(Id::index).or_else(|| (v > self.verb_base).then(|| v - 1)) else { return Vec::new() };
        let of = |slot: Slot| verbs[u].arguments.iter().filter(|(s, _)| *s == slot).map(|(_, c)| c.index()).collect::<Vec<_>>();
        let object: Vec<usize> = verbs[u].arguments.iter().filter(|(s, _)| is_addressed(s)).map(|(_, c)| c.index()).collect();
        let between = |c: &usize| self.chunks[*c].first > verbs[u].head && self.chunks[*c].last < verbs[v].first;
        if verbs[v].infinitive && verbs[v].governor.is_some() && verbs[u].voice == Voice::Active && object.iter().any(between) {
            return object;
        }
        if verbs[u].voice == Voice::Passive { of(Slot::Object) } else { of(Slot::Subject) }
    }

    /// "met the envoy and signed": no noun phrase of its own, the verb before has one.
    fn shared_subject(&self, verbs: &[VerbGroup], v: usize) -> Option<Vec<usize>> {
        let mut u = v.checked_sub(1).filter(|u| *u >= self.verb_base)?;
        let gap = verbs[u].head.index() + 1..verbs[v].first.index();
        if self.quote_closes_between(verbs[u].head.index(), verbs[v].first.index()) {
            return None;
        }
        // "said the visit had been put off, and denied": the series goes on with the verb of the same tense above.
        let alike = |u: usize| verbs[u].tense == verbs[v].tense && verbs[u].perfect == verbs[v].perfect && !verbs[u].infinitive;
        while let Some(above) = verbs[u].governor.map(Id::index).filter(|_| !alike(u)) {
            u = above;
        }
        gap.clone().any(|i| self.view.upos(i) == Upos::Cconj || self.view.form(i) == ",").then(|| {
            let slot = if verbs[u].voice == Voice::Passive { Slot::Object } else { Slot::Subject };
            verbs[u].arguments.iter().filter(|(s, _)| *s == slot).map(|(_, c)| c.index()).collect()
        })
    }

    /// "..., said the minister": the noun phrase right after the verb.
    fn inverted_subject(&self, verbs: &[VerbGroup], v: usize) -> Option<usize> {
        let before = verbs[v].first.index().checked_sub(1).filter(|i| self.view.sentence(*i) == verbs[v].sentence)?;
        if !self.view.is_punct(before) {
            return None;
        }
        let after = verbs[v].head.index() + 1;
        self.chunk_range().find(|c| self.chunks[*c].first.index() == after && self.chunks[*c].preposition.is_none())
    }

    /// Object and prepositional phrases after the verb, up to the next clause.
    fn right_of(&self, verbs: &[VerbGroup], v: usize) -> Vec<(Slot, usize)> {
        let head = verbs[v].head.index();
        let end = self.clause_end(verbs, v);
        let mut found = Vec::new();
        let mut object: Option<usize> = None;
        for c in self.chunk_range() {
            let chunk = &self.chunks[c];
            if chunk.first.index() <= head || chunk.first.index() >= end {
                continue;
            }
            match chunk.preposition {
                Some(p) if p.index() > head => found.push((Slot::Preposition(self.view.lemma(p.index()).into()), c)),
                _ if self.is_possessor(c) => {}
                _ if is_conjunct(self.view, self.chunks, c) => {
                    if let Some(slot) =
                        found.iter().rev().find(|(_, before)| before + 1 == c || self.possessed_by_next(*before, c)).map(|(s, _)| s.clone())
                    {
                        found.push((slot, c));
                    }
                }
                _ if object.is_none() && self.reaches(head, c) => {
                    object = Some(c);
                    found.push((Slot::Object, c));
                }
                // "gave Iraq the list": two noun phrases in a row.
                _ if object.is_some_and(|o| self.chunks[o].last.index() + 1 == chunk.first.index()) => found.push((Slot::Object, c)),
                _ => {}
            }
        }
        found
    }

    fn possessed_by_next(&self, before: usize, c: usize) -> bool {
        before + 2 == c && self.is_possessor(before + 1)
    }

    fn is_possessor(&self, c: usize) -> bool {
        self.chunks.get(c + 1).is_some_and(|next| next.arguments.contains(&(Slot::Possessor, ChunkId::from_index(c))))
    }

    /// Only particles, adverbs or a possessor stand between the verb and the noun phrase.
    fn reaches(&self, head: usize, c: usize) -> bool {
        let from = head + 1;
        let to = self.chunks[c].first.index();
        (from..to).all(|i| {
            matches!(self.view.upos(i), Upos::Adv | Upos::Adj | Upos::Adp | Upos::Part | Upos::Sconj)
                || self.in_possessor(i)
                || matches!(self.view.form(i), "“" | "‘" | "\"" | "'")
        })
    }

    fn in_possessor(&self, at: usize) -> bool {
        self.chunk_range().any(|c| self.is_possessor(c) && (self.chunks[c].first.index()..=self.chunks[c].last.index()).contains(&at))
    }

    /// One past the last token that may hang on the verb.
    fn clause_end(&self, verbs: &[VerbGroup], v: usize) -> usize {
        let sentence_end = self.view.tokens.sentences[verbs[v].sentence].end_token.index();
        let head = verbs[v].head.index();
        let next = (v + 1..self.verb_end).find(|u| !verbs[*u].reduced && verbs[*u].first.index() > head);
        let next_at = next.map_or(sentence_end, |u| {
            // What stands right before the next finite verb is its subject.
            let own = (!verbs[u].infinitive).then(|| verbs[u].opener).flatten().map(Id::index).filter(|o| *o > head);
            own.unwrap_or_else(|| verbs[u].first.index())
        });
        let mark = (head + 1..next_at).find(|i| matches!(self.view.form(*i), ";" | ":" | "”" | "—" | "–"));
        mark.unwrap_or(next_at)
    }
}

/// "urged Iran to stop", "called on Iran to stop": who stands there acts in the infinitive.
pub(crate) fn is_addressed(slot: &Slot) -> bool {
    *slot == Slot::Object || matches!(slot, Slot::Preposition(p) if matches!(&**p, "on" | "for" | "upon"))
}

enum Skip {
    Stop,
    To(usize),
    Over,
}

fn is_relative(lemma: &str) -> bool {
    matches!(lemma, "who" | "which" | "that" | "whom" | "what")
}

/// "plans to withdraw": the infinitive right after a noun.
fn noun_infinitives(_: &WordView<'_>, chunks: &mut [Chunk], verbs: &[VerbGroup]) {
    for (v, verb) in verbs.iter().enumerate().filter(|(_, v)| v.infinitive) {
        let first = verb.first.index();
        if let Some(chunk) = chunks.iter_mut().rev().find(|c| c.last.index() + 1 == first) {
            chunk.infinitive = Some(VerbGroupId::from_index(v));
        }
    }
}
