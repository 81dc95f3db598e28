//! What becomes of things and how they are told: processes with their states, incidents with their accounts, forces at places.
//!
//! All within one report; joining across reports is the ledger's work.

#![warn(missing_docs)]

mod incidents;
mod presence;
mod processes;

use dragoman_annotate::{Carrier, Grammar};
use dragoman_doc::{
    Annotation, Document, Entity, EntityId, Event, EventId, Incident, IncidentId, Layer, Mention, MentionId, PlaceId, PlaceRef, Presence,
    PresenceId, Process, ProcessId, Provenance, Quantity, QuantityId, SentenceId, Statement, StatementId, Syntax, TimeId, TimeRef, TokenId,
    Tokens,
};
use dragoman_events::Links;
use dragoman_lexicon::Rules;
use dragoman_span::{Id, Span};

const MADE_BY: Provenance = Provenance { stage: "link", version: 1 };

/// What the stage reads.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the layer of its name")]
pub struct Layers<'a> {
    pub document: &'a Document,
    pub tokens: &'a Tokens,
    pub annotation: &'a Annotation,
    /// Trees; may be empty.
    pub syntax: &'a Syntax,
    pub times: &'a Layer<TimeId, TimeRef>,
    pub places: &'a Layer<PlaceId, PlaceRef>,
    pub quantities: &'a Layer<QuantityId, Quantity>,
    pub entities: &'a Layer<EntityId, Entity>,
    pub mentions: &'a Layer<MentionId, Mention>,
    pub statements: &'a Layer<StatementId, Statement>,
    pub events: &'a Layer<EventId, Event>,
}

struct Scene<'a> {
    grammar: Grammar<'a>,
    layers: Layers<'a>,
    rules: &'a Rules,
    links: Links,
}

impl<'a> Scene<'a> {
    fn new(layers: Layers<'a>, rules: &'a Rules) -> Self {
        let grammar = Grammar::new(layers.document, layers.tokens, layers.annotation);
        let links = Links::new(&grammar);
        Self { grammar, layers, rules, links }
    }

    fn text(&self) -> &'a str {
        &self.layers.document.text
    }

    fn sentence_span(&self, id: SentenceId) -> Span {
        self.layers.tokens.sentences[id].span
    }

    fn entity_at(&self, head: TokenId) -> Option<EntityId> {
        dragoman_doc::mention_at(self.layers.mentions.iter(), self.layers.tokens.tokens[head].span).map(|m| m.entity)
    }

    /// The innermost statement whose content holds the span.
    fn statement_around(&self, span: Span) -> Option<StatementId> {
        let around =
            self.layers.statements.iter_ids().filter_map(|(id, s)| s.content.spans().find(|c| c.contains(span)).map(|c| (c.len(), id)));
        around.min().map(|(_, id)| id)
    }

    /// The word right before a span.
    fn word_before(&self, span: Span) -> Option<usize> {
        self.layers.tokens.within(span).start.checked_sub(1)
    }

    fn carrier_head(&self, carrier: Carrier) -> usize {
        match carrier {
            Carrier::Verb(v) => self.grammar.verb(v).head.index(),
            Carrier::Noun(c) => self.grammar.chunk(c).head.index(),
        }
    }
}

/// Finds what is announced, negotiated or under way, with its states.
pub fn processes(layers: Layers<'_>, rules: &Rules) -> Layer<ProcessId, Process> {
    Layer::new(processes::find(&Scene::new(layers, rules)).into(), MADE_BY, Vec::new())
}

/// Finds violent happenings, with the accounts that the sources give of each.
pub fn incidents(layers: Layers<'_>, rules: &Rules) -> Layer<IncidentId, Incident> {
    Layer::new(incidents::find(&Scene::new(layers, rules)).into(), MADE_BY, Vec::new())
}

/// Finds forces that are said to be at a place.
pub fn presence(layers: Layers<'_>, rules: &Rules) -> Layer<PresenceId, Presence> {
    Layer::new(presence::find(&Scene::new(layers, rules)).into(), MADE_BY, Vec::new())
}
