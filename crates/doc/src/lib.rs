//! The report and what is said about it: a text that never changes, and typed layers laid over it.
//!
//! A stage is a function from the layers it needs to a new [`Layer`]; it edits no other. Every item carries the spans that
//! support it; what was odd is kept beside the result as a [`Problem`], never as a failure. See `ARCHITECTURE.md`.

#![warn(missing_docs)]

mod annotation;
mod document;
mod evidence;
mod layer;
mod matter;
mod origin;
mod resolved;
mod syntax;

pub use annotation::{
    Annotation, Chunk, ChunkId, ChunkKind, Feat, Paragraph, ParagraphId, ParagraphKind, Quote, QuoteId, Sentence, SentenceId, Slot, Tag,
    Tense, Token, TokenId, Tokens, Upos, VerbGroup, VerbGroupId, Voice,
};
pub use document::{Basis, Document, PartialDate, Published, UnreadableDate};
pub use evidence::{Evidence, Reason, RuleId, Score};
pub use layer::{Layer, Problem, ProblemCode, Provenance, Severity};
pub use matter::{
    Account, ActorCode, Anchor, Claim, ClaimSlot, ClaimValue, Cue, Entity, EntityId, Event, EventId, EventTime, Identity, Incident,
    IncidentId, Interval, Mention, MentionId, Moment, Participant, Place, PlaceId, PlaceRef, Predicate, PredicateId, Presence, PresenceId,
    Process, ProcessId, ProcessState, Quantity, QuantityId, Relative, Role, Speaker, Statement, StatementId, TimeBasis, TimeId, TimeRef,
    Zone, mention_at,
};
pub use origin::OriginMap;
pub use resolved::{Ranked, Resolved, WhyNot};
pub use syntax::{Attribution, Name, NameKind, Relation, SentenceVector, Syntax, TokenRange, Word, Xpos};
