use dragoman_doc::{
    Annotation, Document, Entity, EntityId, Event, EventId, Incident, IncidentId, Layer, Mention, MentionId, PlaceId, PlaceRef, Predicate,
    PredicateId, Presence, PresenceId, Problem, Process, ProcessId, Provenance, Quantity, QuantityId, Statement, StatementId, Syntax,
    TimeId, TimeRef, Tokens,
};
use dragoman_span::IndexVec;

/// A report with all layers that were laid over it.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the layer of its name")]
pub struct Reading {
    /// Name of the model, or of the rules, that read the words.
    pub model: Box<str>,
    pub document: Document,
    pub tokens: Tokens,
    pub syntax: Syntax,
    pub annotation: Annotation,
    pub times: Layer<TimeId, TimeRef>,
    pub places: Layer<PlaceId, PlaceRef>,
    pub quantities: Layer<QuantityId, Quantity>,
    pub entities: Layer<EntityId, Entity>,
    pub mentions: Layer<MentionId, Mention>,
    pub statements: Layer<StatementId, Statement>,
    pub predicates: Layer<PredicateId, Predicate>,
    pub events: Layer<EventId, Event>,
    pub processes: Layer<ProcessId, Process>,
    pub incidents: Layer<IncidentId, Incident>,
    pub presence: Layer<PresenceId, Presence>,
}

const NOBODY: Provenance = Provenance { stage: "none", version: 0 };

impl Reading {
    /// A reading in which nothing was found yet.
    pub fn empty(document: Document) -> Self {
        let tokens = Tokens {
            tokens: IndexVec::new(),
            sentences: IndexVec::new(),
            paragraphs: IndexVec::new(),
            quotes: IndexVec::new(),
            made_by: NOBODY,
            problems: Vec::new(),
        };
        Self {
            document,
            model: NOBODY.stage.into(),
            tokens,
            syntax: Syntax::empty(NOBODY),
            annotation: Annotation { tags: IndexVec::new(), chunks: Layer::empty(NOBODY), verbs: Layer::empty(NOBODY) },
            times: Layer::empty(NOBODY),
            places: Layer::empty(NOBODY),
            quantities: Layer::empty(NOBODY),
            entities: Layer::empty(NOBODY),
            mentions: Layer::empty(NOBODY),
            statements: Layer::empty(NOBODY),
            predicates: Layer::empty(NOBODY),
            events: Layer::empty(NOBODY),
            processes: Layer::empty(NOBODY),
            incidents: Layer::empty(NOBODY),
            presence: Layer::empty(NOBODY),
        }
    }

    /// Whether no layer holds anything that a user asks for.
    pub fn found_nothing(&self) -> bool {
        self.statements.is_empty()
            && self.events.is_empty()
            && self.processes.is_empty()
            && self.incidents.is_empty()
            && self.presence.is_empty()
    }

    /// The problems of the document and of all layers, in the order of the stages.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let layers: [&[Problem]; 12] = [
            &self.tokens.problems,
            self.times.problems(),
            self.places.problems(),
            self.quantities.problems(),
            self.entities.problems(),
            self.mentions.problems(),
            self.statements.problems(),
            self.predicates.problems(),
            self.events.problems(),
            self.processes.problems(),
            self.incidents.problems(),
            self.presence.problems(),
        ];
        self.document.problems.iter().chain(layers.into_iter().flatten())
    }
}
