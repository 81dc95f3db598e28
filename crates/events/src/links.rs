use dragoman_annotate::Grammar;
use dragoman_doc::{ChunkId, Slot, VerbGroupId};
use dragoman_span::Id;

/// What stands above each phrase and verb: the arguments of the grammar, turned round.
#[derive(Debug)]
pub struct Links {
    verbs_over: Vec<Vec<(VerbGroupId, Slot)>>, // by noun phrase
    nouns_over: Vec<Vec<(ChunkId, Slot)>>,     // by noun phrase
    noun_of: Vec<Option<ChunkId>>,             // by verb: the noun whose infinitive it is
    slot_in: Vec<Option<Slot>>,                // by verb: the slot it fills in its governor
}

impl Links {
    /// The links of a report.
    pub fn new(grammar: &Grammar<'_>) -> Self {
        let chunks = &grammar.annotation.chunks;
        let verbs = &grammar.annotation.verbs;
        let mut links = Self {
            verbs_over: vec![Vec::new(); chunks.len()],
            nouns_over: vec![Vec::new(); chunks.len()],
            noun_of: vec![None; verbs.len()],
            slot_in: vec![None; verbs.len()],
        };
        for (v, verb) in verbs.iter_ids() {
            for (slot, chunk) in &verb.arguments {
                links.verbs_over[chunk.index()].push((v, slot.clone()));
            }
            for (slot, below) in &verb.complements {
                links.slot_in[below.index()] = Some(slot.clone());
            }
        }
        for (c, chunk) in chunks.iter_ids() {
            for (slot, below) in &chunk.arguments {
                links.nouns_over[below.index()].push((c, slot.clone()));
            }
            if let Some(v) = chunk.infinitive {
                links.noun_of[v.index()] = Some(c);
            }
        }
        links
    }

    /// The verbs in whose slots the phrase stands.
    pub fn verbs_over(&self, chunk: ChunkId) -> &[(VerbGroupId, Slot)] {
        &self.verbs_over[chunk.index()]
    }

    /// The noun phrases in whose slots the phrase stands.
    pub fn nouns_over(&self, chunk: ChunkId) -> &[(ChunkId, Slot)] {
        &self.nouns_over[chunk.index()]
    }

    /// The noun phrase whose infinitive the verb is.
    pub fn noun_of(&self, verb: VerbGroupId) -> Option<ChunkId> {
        self.noun_of[verb.index()]
    }

    /// The slot that the verb fills in its governor.
    pub fn slot_in(&self, verb: VerbGroupId) -> Option<&Slot> {
        self.slot_in[verb.index()].as_ref()
    }
}
