//! What hangs on what, by the model's tree: subjects, objects, prepositions, possessors, complements.
//!
//! A prepositional phrase hangs on the noun before it and on the verb: which of the two it belongs to is left to the frame that asks
//! for it, since trees err most often there.

use std::ops::Range;

use dragoman_doc::{Chunk, ChunkId, Feat, Relation, Slot, Syntax, TokenId, Upos, VerbGroup, VerbGroupId, Voice};
use dragoman_span::Id;

use crate::WordView;
use crate::attach::{attach_to_nouns, is_addressed};

pub(crate) fn attach(view: &WordView<'_>, syntax: &Syntax, chunks: &mut [Chunk], verbs: &mut [VerbGroup]) {
    attach_to_nouns(view, chunks);
    let tree = Tree::new(view, syntax, chunks, verbs);
    let own: Vec<VerbParts> = (0..verbs.len()).map(|v| tree.parts(&verbs[v], v, verbs)).collect();
    let nouns = tree.noun_arguments(chunks);
    let infinitives = tree.noun_infinitives(verbs);
    for (verb, parts) in verbs.iter_mut().zip(own) {
        verb.opener = parts.opener;
        verb.arguments = parts.arguments;
        verb.governor = parts.governor.map(|(_, v)| VerbGroupId::from_index(v));
    }
    for v in 0..verbs.len() {
        if let Some((slot, u)) = tree.governor(&verbs[v], v) {
            verbs[u].complements.push((slot, VerbGroupId::from_index(v)));
        }
    }
    for v in 0..verbs.len() {
        if let Some((u, objects)) = tree.raised(verbs, v) {
            verbs[u].arguments.extend(objects.into_iter().map(|c| (Slot::Object, c)));
        }
    }
    for v in 0..verbs.len() {
        if verbs[v].arguments.iter().all(|(s, _)| *s != surface(&verbs[v])) {
            let shared = tree.shared_subject(verbs, v);
            verbs[v].arguments.splice(0..0, shared);
        }
    }
    for (chunk, (slot, argument)) in nouns {
        if !chunks[chunk].arguments.iter().any(|(_, c)| *c == argument) {
            chunks[chunk].arguments.push((slot, argument));
        }
    }
    for (chunk, verb) in infinitives {
        chunks[chunk].infinitive = Some(verb);
    }
}

/// What the tree says of one verb.
struct VerbParts {
    opener: Option<TokenId>,
    arguments: Vec<(Slot, ChunkId)>,
    governor: Option<(Slot, usize)>,
}

struct Tree<'a, 'v> {
    view: &'a WordView<'v>,
    syntax: &'a Syntax,
    /// Words that hang on each word, in the order of the text.
    children: Vec<Vec<usize>>,
    /// The noun phrase and the verb group of each word.
    chunk_of: Vec<Option<usize>>,
    verb_of: Vec<Option<usize>>,
    /// The words and the preposition of each noun phrase.
    phrases: Vec<(Range<usize>, Option<usize>)>,
}

impl<'a, 'v> Tree<'a, 'v> {
    fn new(view: &'a WordView<'v>, syntax: &'a Syntax, chunks: &[Chunk], verbs: &[VerbGroup]) -> Self {
        let words = syntax.words.len();
        let mut children = vec![Vec::new(); words];
        for (id, word) in syntax.words.iter_ids() {
            if let Some(head) = word.head {
                children[head.index()].push(id.index());
            }
        }
        let mut chunk_of = vec![None; words];
        for (c, chunk) in chunks.iter().enumerate() {
            chunk_of[chunk.first.index()..=chunk.last.index()].fill(Some(c));
        }
        let phrases = chunks.iter().map(|c| (c.first.index()..c.last.index() + 1, c.preposition.map(Id::index))).collect();
        let mut tree = Self { view, syntax, children, chunk_of, verb_of: vec![None; words], phrases };
        for (v, verb) in verbs.iter().enumerate() {
            let node = tree.node(verb);
            tree.verb_of[verb.head.index()] = Some(v);
            tree.verb_of[node] = tree.verb_of[node].or(Some(v));
        }
        tree
    }

    fn relation(&self, at: usize) -> Relation {
        self.syntax.words[TokenId::from_index(at)].relation
    }

    fn head(&self, at: usize) -> Option<usize> {
        self.syntax.words[TokenId::from_index(at)].head.map(Id::index)
    }

    /// The word that stands for the verb group in the tree: of "is ready" it is the adjective.
    fn node(&self, verb: &VerbGroup) -> usize {
        let head = verb.head.index();
        let helps = matches!(self.relation(head), Relation::Cop | Relation::Aux | Relation::AuxPass);
        if helps { self.head(head).unwrap_or(head) } else { head }
    }

    fn parts(&self, verb: &VerbGroup, v: usize, verbs: &[VerbGroup]) -> VerbParts {
        let node = self.node(verb);
        let mut arguments = Vec::new();
        for child in self.own_children(node, v) {
            match self.relation(child) {
                Relation::Nsubj | Relation::NsubjOuter | Relation::NsubjPass | Relation::Csubj | Relation::CsubjPass => {
                    self.subject(verb, node, child, &mut arguments);
                }
                // A phrase behind a preposition is no object, whatever the tree calls it.
                Relation::Obj | Relation::Iobj if self.preposition(child).is_some() => self.oblique(verb, child, &mut arguments),
                Relation::Obj | Relation::Iobj => self.with_conjuncts(child, &Slot::Object, &mut arguments),
                Relation::OblAgent if self.is_agent(child) => self.with_conjuncts(child, &Slot::Subject, &mut arguments),
                Relation::Obl | Relation::OblAgent | Relation::OblUnmarked | Relation::Nmod => self.oblique(verb, child, &mut arguments),
                _ => {}
            }
        }
        self.antecedent(verb, node, &mut arguments);
        self.further_phrases(verb, &mut arguments);
        arguments.sort_by_key(|(slot, c): &(Slot, ChunkId)| (*slot != surface(verb), c.index()));
        arguments.dedup();
        VerbParts { opener: self.opener(node), arguments, governor: self.governor(verb, v).filter(|(_, u)| *u < verbs.len()) }
    }

    /// The words that hang on the node; of a copula those of its predicate, but not those of another verb's.
    fn own_children(&self, node: usize, v: usize) -> Vec<usize> {
        if self.verb_of[node] == Some(v) || self.verb_of[node].is_none() { self.children[node].clone() } else { Vec::new() }
    }

    /// A subject; a relative pronoun stands for the noun before its clause.
    fn subject(&self, verb: &VerbGroup, node: usize, child: usize, found: &mut Vec<(Slot, ChunkId)>) {
        let relative = self.is_relative(child) && matches!(self.relation(node), Relation::AclRelcl);
        let means = if relative { self.head(node).unwrap_or(child) } else { child };
        self.with_conjuncts(means, &surface(verb), found);
    }

    fn is_relative(&self, at: usize) -> bool {
        use dragoman_doc::Xpos::{Wdt, Wp};
        matches!(self.syntax.words[TokenId::from_index(at)].xpos, Wdt | Wp)
    }

    /// The noun that a clause without a subject of its own describes: "troops stationed in", "the base hit".
    fn antecedent(&self, verb: &VerbGroup, node: usize, found: &mut Vec<(Slot, ChunkId)>) {
        let surface = surface(verb);
        let noun = self.head(node).filter(|_| matches!(self.relation(node), Relation::Acl | Relation::AclRelcl));
        let Some(noun) = noun.filter(|_| !verb.infinitive) else { return };
        if !found.iter().any(|(s, _)| *s == surface) {
            self.with_conjuncts(noun, &surface, found);
        } else if self.relation(node) == Relation::AclRelcl && !found.iter().any(|(s, _)| *s == Slot::Object) {
            let gap = self.children[node].iter().any(|c| self.is_relative(*c) && self.relation(*c) == Relation::Obj);
            if gap || !self.children[node].iter().any(|c| self.is_relative(*c)) {
                self.with_conjuncts(noun, &Slot::Object, found);
            }
        }
    }

    /// A phrase and those joined to it by "and", each in the slot.
    fn with_conjuncts(&self, at: usize, slot: &Slot, found: &mut Vec<(Slot, ChunkId)>) {
        if let Some(c) = self.chunk_of[at] {
            found.push((slot.clone(), ChunkId::from_index(c)));
        }
        for child in self.children[at].iter().filter(|c| self.relation(**c) == Relation::Conj && self.verb_of[**c].is_none()) {
            self.with_conjuncts(*child, slot, found);
        }
    }

    fn preposition(&self, at: usize) -> Option<usize> {
        let near = self.chunk_of[at].and_then(|c| self.phrases[c].1);
        let leads = |c: &usize| self.relation(*c) == Relation::Case && matches!(self.view.upos(*c), Upos::Adp | Upos::Sconj);
        near.or_else(|| self.children[at].iter().copied().find(leads))
    }

    /// The doer of a passive stands behind "by", whatever the tree calls it.
    fn is_agent(&self, at: usize) -> bool {
        self.preposition(at).is_none_or(|p| self.view.lemma(p) == "by")
    }

    fn oblique(&self, verb: &VerbGroup, at: usize, found: &mut Vec<(Slot, ChunkId)>) {
        if let Some(preposition) = self.preposition(at) {
            let lemma = self.view.lemma(preposition);
            let agent = verb.voice == Voice::Passive && lemma == "by" && preposition > verb.head.index();
            let slot = if agent { Slot::Subject } else { Slot::Preposition(lemma.into()) };
            self.with_conjuncts(at, &slot, found);
        }
    }

    /// Phrases that the tree hangs on the verb's object or on another phrase of the verb, behind it.
    fn further_phrases(&self, verb: &VerbGroup, found: &mut Vec<(Slot, ChunkId)>) {
        let mut next = 0;
        let subject = surface(verb);
        while next < found.len() {
            let (slot, chunk) = found[next].clone();
            next += 1;
            if slot == subject {
                continue;
            }
            for child in self.phrases[chunk.index()].0.clone().flat_map(|w| &self.children[w]).copied() {
                let hangs = matches!(self.relation(child), Relation::Nmod | Relation::Obl) && child > verb.head.index();
                let Some(preposition) = self.preposition(child).filter(|_| hangs && self.chunk_of[child] != Some(chunk.index())) else {
                    continue;
                };
                let slot = Slot::Preposition(self.view.lemma(preposition).into());
                let mut more = Vec::new();
                self.with_conjuncts(child, &slot, &mut more);
                found.extend(more.into_iter().filter(|m| !found.iter().any(|f| f.1 == m.1)).collect::<Vec<_>>());
            }
        }
    }

    /// The conjunction, relative or question word that opens the verb's clause.
    fn opener(&self, node: usize) -> Option<TokenId> {
        let marks = |c: &&usize| self.relation(**c) == Relation::Mark && self.view.upos(**c) == Upos::Sconj;
        let asks = |c: &&usize| self.is_relative(**c) && **c < node;
        let found = self.children[node].iter().find(marks).or_else(|| self.children[node].iter().find(asks));
        found.map(|c| TokenId::from_index(*c))
    }

    /// The verb that this one depends on, and the slot it fills there.
    fn governor(&self, verb: &VerbGroup, v: usize) -> Option<(Slot, usize)> {
        let node = self.node(verb);
        let above = self.head(node)?;
        let u = self.verb_of[above].filter(|u| *u != v)?;
        let gerund = self.view.has(verb.head.index(), Feat::Gerund) && verb.auxiliaries.is_empty();
        let slot = match self.relation(node) {
            Relation::Xcomp | Relation::Advcl | Relation::Ccomp | Relation::Acl if verb.infinitive => Slot::Infinitive,
            Relation::Xcomp if gerund => Slot::Gerund,
            Relation::Advcl if gerund && self.is_led(node) => Slot::Gerund,
            Relation::Xcomp | Relation::Ccomp | Relation::Csubj | Relation::CsubjPass => Slot::That,
            _ => return None,
        };
        Some((slot, u))
    }

    /// "asked the minister to resign": the subject of an infinitive, behind the verb that governs it, is that verb's object as well. The
    /// verb, and what it has so for an object.
    fn raised(&self, verbs: &[VerbGroup], v: usize) -> Option<(usize, Vec<ChunkId>)> {
        let verb = &verbs[v];
        let u = self.governor(verb, v).filter(|(slot, _)| *slot == Slot::Infinitive)?.1;
        let has_object = verbs[u].voice == Voice::Passive || verbs[u].arguments.iter().any(|(s, _)| *s == Slot::Object);
        let between = |c: &ChunkId| self.phrases[c.index()].0.clone().all(|w| w > verbs[u].head.index() && w < verb.first.index());
        let subjects = verb.arguments.iter().filter(|(s, c)| *s == surface(verb) && between(c)).map(|(_, c)| *c);
        (!has_object).then(|| (u, subjects.collect()))
    }

    /// "refrained from shelling": a preposition leads the gerund.
    fn is_led(&self, node: usize) -> bool {
        self.children[node].iter().any(|c| matches!(self.relation(*c), Relation::Mark | Relation::Case) && *c < node)
    }

    /// The subject of a verb without one of its own: of the verb it is joined to, or of the verb that governs it.
    fn shared_subject(&self, verbs: &[VerbGroup], v: usize) -> Vec<(Slot, ChunkId)> {
        let verb = &verbs[v];
        let node = self.node(verb);
        let Some(u) = self.head(node).and_then(|above| self.verb_of[above]).filter(|u| *u != v) else { return Vec::new() };
        let of = |slot: &Slot| verbs[u].arguments.iter().filter(|(s, _)| s == slot).map(|(_, c)| *c).collect::<Vec<_>>();
        let chunks = match self.relation(node) {
            Relation::Conj => of(&surface(&verbs[u])),
            Relation::Xcomp | Relation::Advcl | Relation::Ccomp if verb.infinitive || verb.reduced => {
                let between = |c: &ChunkId| self.phrases[c.index()].0.clone().all(|w| w > verbs[u].head.index() && w < verb.first.index());
                let object: Vec<ChunkId> =
                    verbs[u].arguments.iter().filter(|(s, c)| is_addressed(s) && between(c)).map(|(_, c)| *c).collect();
                let controls =
                    verb.infinitive && verbs[u].voice == Voice::Active && !object.is_empty() && self.relation(node) != Relation::Advcl;
                if controls { object } else { of(&surface(&verbs[u])) }
            }
            _ => Vec::new(),
        };
        chunks.into_iter().map(|c| (surface(verb), c)).collect()
    }

    /// Phrases that the tree hangs on a noun phrase.
    fn noun_arguments(&self, chunks: &[Chunk]) -> Vec<(usize, (Slot, ChunkId))> {
        let mut found = Vec::new();
        for (c, chunk) in chunks.iter().enumerate() {
            for child in chunk.tokens().flat_map(|w| self.children[w].clone()) {
                if self.chunk_of[child].is_none_or(|other| other == c) {
                    continue;
                }
                let slot = match self.relation(child) {
                    Relation::Nmod => self.preposition(child).map(|p| Slot::Preposition(self.view.lemma(p).into())),
                    Relation::NmodPoss => Some(Slot::Possessor),
                    _ => None,
                };
                let Some(slot) = slot else { continue };
                let mut all = Vec::new();
                self.with_conjuncts(child, &slot, &mut all);
                found.extend(all.into_iter().filter(|(_, a)| a.index() != c).map(|a| (c, a)));
            }
        }
        found
    }

    /// "plans to withdraw": an infinitive that the tree hangs on a noun.
    fn noun_infinitives(&self, verbs: &[VerbGroup]) -> Vec<(usize, VerbGroupId)> {
        let infinitives = verbs.iter().enumerate().filter(|(_, verb)| verb.infinitive);
        let on_noun = infinitives.filter_map(|(v, verb)| {
            let node = self.node(verb);
            let adjoining = verb.first.index().checked_sub(1).and_then(|before| self.chunk_of[before]);
            let noun = self.head(node).filter(|_| self.relation(node) == Relation::Acl).and_then(|h| self.chunk_of[h]);
            Some((noun.or(adjoining)?, VerbGroupId::from_index(v)))
        });
        on_noun.collect()
    }
}

/// The slot in which the surface subject stands.
fn surface(verb: &VerbGroup) -> Slot {
    if verb.voice == Voice::Passive { Slot::Object } else { Slot::Subject }
}
