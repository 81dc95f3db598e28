//! How rules of the data files meet the words of a report.

use dragoman_doc::{Annotation, Chunk, ChunkId, Document, SentenceId, Slot, TokenId, Tokens, Upos, VerbGroup, VerbGroupId};
use dragoman_lexicon::{Classes, Condition, Frame};
use dragoman_span::{Id, Span};

use crate::WordView;

/// A report's words and their light grammar, for the stages that apply rules to them.
#[derive(Debug, Clone, Copy)]
pub struct Grammar<'a> {
    /// Words and tags.
    pub words: WordView<'a>,
    /// Noun phrases and verbs.
    pub annotation: &'a Annotation,
}

/// A phrase that fills a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filling {
    /// The words.
    pub span: Span,
    /// The word it is built on.
    pub head: TokenId,
    /// The noun phrase, if it is a whole one.
    pub chunk: Option<ChunkId>,
}

/// A verb or a noun phrase: what frames are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A verb.
    Verb(VerbGroupId),
    /// A noun phrase.
    Noun(ChunkId),
}

impl<'a> Grammar<'a> {
    /// The grammar of a report.
    pub fn new(document: &'a Document, tokens: &'a Tokens, annotation: &'a Annotation) -> Self {
        Self { words: WordView::new(&document.text, tokens, &annotation.tags), annotation }
    }

    /// A verb group.
    pub fn verb(&self, id: VerbGroupId) -> &'a VerbGroup {
        &self.annotation.verbs[id]
    }

    /// A noun phrase.
    pub fn chunk(&self, id: ChunkId) -> &'a Chunk {
        &self.annotation.chunks[id]
    }

    /// The words of a noun phrase.
    pub fn chunk_span(&self, id: ChunkId) -> Span {
        self.words.tokens.chunk_span(self.chunk(id))
    }

    /// The words of a token.
    pub fn token_span(&self, at: usize) -> Span {
        self.words.tokens.tokens[TokenId::from_index(at)].span
    }

    /// Verb groups of a sentence.
    pub fn verbs_in(&self, sentence: SentenceId) -> impl DoubleEndedIterator<Item = (VerbGroupId, &'a VerbGroup)> {
        let all = self.annotation.verbs.as_slice();
        let start = all.partition_point(|v| v.sentence < sentence);
        let end = all.partition_point(|v| v.sentence <= sentence);
        (start..end).map(move |i| (VerbGroupId::from_index(i), &all[i]))
    }

    /// Noun phrases of a sentence.
    pub fn chunks_in(&self, sentence: SentenceId) -> impl DoubleEndedIterator<Item = (ChunkId, &'a Chunk)> {
        let all = self.annotation.chunks.as_slice();
        let start = all.partition_point(|c| c.sentence < sentence);
        let end = all.partition_point(|c| c.sentence <= sentence);
        (start..end).map(move |i| (ChunkId::from_index(i), &all[i]))
    }

    /// Where the words of a verb rule stand: the head, then particles in order, each at most two words on.
    pub fn verb_words(&self, verb: &VerbGroup, words: &[String]) -> Option<Vec<usize>> {
        let head = verb.head.index();
        let (first, particles) = words.split_first()?;
        if self.words.lemma(head) != first {
            return None;
        }
        let limit = self.words.tokens.sentences[verb.sentence].end_token.index();
        let mut at = vec![head];
        let mut next = head + 1;
        for particle in particles {
            let found = (next..limit.min(next + 3)).find(|i| self.is(*i, particle) && (next..*i).all(|j| !self.words.is_punct(j)))?;
            at.push(found);
            next = found + 1;
        }
        Some(at)
    }

    /// Whether token `at` is `word`, by dictionary form or as written.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.words.lemma(at) == word || self.words.form(at).eq_ignore_ascii_case(word)
    }

    /// First token of a noun rule's words, which end at the phrase's head.
    pub fn noun_words(&self, chunk: &Chunk, words: &[String]) -> Option<usize> {
        self.words_ending(chunk.first.index(), chunk.head.index(), words)
    }

    /// First token of `words` if they end at token `last` and do not begin before `first`; hyphens between them do not count.
    pub fn words_ending(&self, first: usize, last: usize, words: &[String]) -> Option<usize> {
        let mut at = last;
        for (n, word) in words.iter().rev().enumerate() {
            if n > 0 {
                at = at.checked_sub(1).filter(|i| *i >= first)?;
                if self.words.form(at) == "-" {
                    at = at.checked_sub(1).filter(|i| *i >= first)?;
                }
            }
            let lower = self.words.form(at).to_lowercase();
            if self.words.lemma(at) != word && lower != *word && lower.strip_suffix('s') != Some(word) {
                return None;
            }
        }
        Some(at)
    }

    /// One past the last token of `words` if they stand as written from token `at` on.
    pub fn phrase_at(&self, at: usize, words: &[String]) -> Option<usize> {
        let end = at + words.len();
        (end <= self.words.tags.len() && words.iter().enumerate().all(|(i, w)| self.words.form(at + i).to_lowercase() == *w)).then_some(end)
    }

    /// What fills a slot of a rule's words: the object of "call off" stands after "off".
    pub fn fillings_of(&self, carrier: Carrier, slot: &Slot, words: &[String]) -> Vec<Filling> {
        let mut found = self.fillings(carrier, slot);
        if let (Carrier::Verb(v), Slot::Object, [_, .., particle]) = (carrier, slot, words) {
            let behind = Slot::preposition(particle);
            let voice = self.verb(v).voice;
            if found.is_empty() || voice == dragoman_doc::Voice::Active {
                found.extend(self.fillings(carrier, &behind));
            }
        }
        found
    }

    /// What fills a slot of a verb or noun.
    pub fn fillings(&self, carrier: Carrier, slot: &Slot) -> Vec<Filling> {
        match (carrier, slot) {
            (Carrier::Verb(v), Slot::Infinitive | Slot::Gerund | Slot::That) => {
                self.verb(v).complement(slot).map(|c| self.verb_filling(c)).collect()
            }
            (Carrier::Verb(v), _) => self.verb(v).argument(slot).map(|c| self.chunk_filling(c)).collect(),
            (Carrier::Noun(c), Slot::Infinitive) => self.chunk(c).infinitive.map(|v| self.verb_filling(v)).into_iter().collect(),
            (Carrier::Noun(c), Slot::Modifier) => self.modifiers(c),
            (Carrier::Noun(c), Slot::Possessor) => {
                let genitive: Vec<Filling> = self.chunk(c).argument(slot).map(|p| self.chunk_filling(p)).collect();
                if genitive.is_empty() { self.naming_modifier(c).into_iter().collect() } else { genitive }
            }
            (Carrier::Noun(c), _) => self.chunk(c).argument(slot).map(|p| self.chunk_filling(p)).collect(),
        }
    }

    fn chunk_filling(&self, id: ChunkId) -> Filling {
        Filling { span: self.chunk_span(id), head: self.chunk(id).head, chunk: Some(id) }
    }

    fn verb_filling(&self, id: VerbGroupId) -> Filling {
        Filling { span: self.words.tokens.verb_span(self.verb(id)), head: self.verb(id).head, chunk: None }
    }

    fn modifiers(&self, id: ChunkId) -> Vec<Filling> {
        let chunk = self.chunk(id);
        (chunk.first.index()..chunk.head.index())
            .map(|i| Filling { span: self.token_span(i), head: TokenId::from_index(i), chunk: None })
            .collect()
    }

    /// Names and capitalised adjectives before the head: "Israeli air strike", "NATO mission".
    fn naming_modifier(&self, id: ChunkId) -> Option<Filling> {
        let chunk = self.chunk(id);
        let is_name = |i: &usize| self.words.upos(*i) == Upos::Propn;
        let range = chunk.first.index()..chunk.head.index();
        let first = range.clone().find(is_name)?;
        let last = (first..range.end).take_while(is_name).last().unwrap_or(first);
        let span = self.words.tokens.span(TokenId::from_index(first), TokenId::from_index(last));
        Some(Filling { span, head: TokenId::from_index(last), chunk: None })
    }

    /// Whether all conditions of a frame hold. `fillings` gives what fills a slot.
    pub fn meets(&self, frame: &Frame, classes: &Classes, fillings: &dyn Fn(&Slot) -> Vec<Filling>) -> bool {
        frame.conditions.iter().all(|c| self.condition(c, classes, fillings) != c.negated)
    }

    fn condition(&self, condition: &Condition, classes: &Classes, fillings: &dyn Fn(&Slot) -> Vec<Filling>) -> bool {
        let fillings = fillings(&condition.slot);
        let head_meets = |f: &Filling| {
            let lemma = self.words.lemma(f.head.index());
            let lower = lemma.to_lowercase();
            condition.heads.iter().any(|h| classes.meets(h, &lower) || self.ends_compound(f, h, classes))
        };
        if condition.heads.is_empty() { !fillings.is_empty() } else { fillings.iter().any(head_meets) }
    }

    /// Heads of two words ("prime minister") are looked up as such too.
    fn ends_compound(&self, filling: &Filling, head: &dragoman_lexicon::Head, classes: &Classes) -> bool {
        let at = filling.head.index();
        let Some(before) = at.checked_sub(1).filter(|i| self.words.sentence(*i) == self.words.sentence(at)) else { return false };
        let pair = format!("{} {}", self.words.lemma(before).to_lowercase(), self.words.lemma(at).to_lowercase());
        classes.meets(head, &pair)
    }
}
