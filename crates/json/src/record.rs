//! The rows of the record. The names and their order are the schema's.
#![expect(missing_docs, reason = "the schema describes each field; a second description would drift from it")]

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Number;

/// `[start, end)` in Unicode code points of `report.text`.
pub type Codepoints = [usize; 2];

/// Content hash of a report or row: see [`Ids`](crate::Ids).
pub type Id = String;

/// One report with everything that was read in it.
#[derive(Debug, Clone, Serialize)]
pub struct Record<'r> {
    pub schema: &'static str,
    pub offset_unit: &'static str,
    pub engine: Engine<'r>,
    pub report: Report<'r>,
    pub sentences: Vec<Sentence>,
    pub entities: Vec<Entity<'r>>,
    pub times: Vec<Time<'r>>,
    pub places: Vec<Place<'r>>,
    pub quantities: Vec<Quantity<'r>>,
    pub statements: Vec<Statement<'r>>,
    pub events: Vec<Event<'r>>,
    pub processes: Vec<Process<'r>>,
    pub incidents: Vec<Incident<'r>>,
    pub presence: Vec<Presence<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Vec<Token<'r>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub predicates: Option<Vec<Predicate<'r>>>,
}

/// What made the record.
#[derive(Debug, Clone, Serialize)]
pub struct Engine<'r> {
    pub version: &'static str,
    pub model: &'r str,
    pub codebook: &'static str,
}

/// The report itself.
#[derive(Debug, Clone, Serialize)]
pub struct Report<'r> {
    pub id: String,
    pub source: &'r str,
    pub source_id: &'r str,
    pub title: Option<&'r str>,
    pub outlet: Option<&'r str>,
    pub author: Option<&'r str>,
    pub language: Option<&'r str>,
    pub published: Published,
    pub text: &'r str,
    pub text_blake3: String,
    pub degraded: bool,
    pub problems: Vec<Problem<'r>>,
}

/// Date of publication, at the grain that is known.
#[derive(Debug, Clone, Serialize)]
pub struct Published {
    pub date: Option<String>,
    pub basis: &'static str,
    pub earliest: Option<String>,
    pub latest: Option<String>,
}

/// Something odd about the report.
#[derive(Debug, Clone, Serialize)]
pub struct Problem<'r> {
    pub code: &'static str,
    pub severity: &'static str,
    pub message: &'r str,
    pub span: Option<Codepoints>,
}

/// A sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Sentence {
    pub span: Codepoints,
}

/// Words of the report and where they stand.
#[derive(Debug, Clone, Serialize)]
pub struct Quoted<'r> {
    pub span: Codepoints,
    pub text: &'r str,
}

/// A person, body, state, group or other thing.
#[derive(Debug, Clone, Serialize)]
pub struct Entity<'r> {
    pub id: Id,
    pub name: &'r str,
    pub kind: &'static str,
    pub actor: Option<Actor<'r>>,
    pub role: Option<Role<'r>>,
    pub mentions: Vec<Mention<'r>>,
    pub identity: Option<Identity<'r>>,
    pub member_of: Option<Id>,
    pub members: Vec<Id>,
}

/// What makes an entity the same in every report.
#[derive(Debug, Clone, Serialize)]
pub struct Identity<'r> {
    pub key: &'r str,
    pub basis: &'static str,
    pub wikidata: Option<&'r str>,
}

/// PLOVER's identification of an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Actor<'r> {
    pub country: Option<&'r str>,
    pub sector: Option<&'static str>,
    pub sectors: Vec<&'static str>,
    pub code: Option<String>,
    pub label: Option<&'r str>,
    pub basis: &'static str,
    pub cameo: Option<&'r str>,
}

/// Office of an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Role<'r> {
    pub title: Option<&'r str>,
    pub of: Option<Id>,
    pub speaks_for: Option<Id>,
    pub standing: Option<&'static str>,
}

/// A mention of an entity.
#[derive(Debug, Clone, Serialize)]
pub struct Mention<'r> {
    pub span: Codepoints,
    pub text: &'r str,
    pub form: &'static str,
}

/// A time expression.
#[derive(Debug, Clone, Serialize)]
pub struct Time<'r> {
    pub id: Id,
    pub span: Codepoints,
    pub text: &'r str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub value: &'r str,
    #[serde(rename = "mod")]
    pub modifier: Option<&'static str>,
    pub begin: Option<String>,
    pub end: Option<String>,
    pub grain: Option<&'static str>,
    pub approximate: bool,
    pub earliest: Option<String>,
    pub latest: Option<String>,
    pub until: Option<Id>,
    pub anchor: Option<Id>,
    pub rule: &'r str,
}

/// A place mention with the place that was chosen for it.
#[derive(Debug, Clone, Serialize)]
pub struct Place<'r> {
    pub id: Id,
    pub span: Codepoints,
    pub text: &'r str,
    #[serde(flatten)]
    pub spot: Spot<'r>,
    pub alternatives: Vec<Candidate<'r>>,
    pub confidence: Option<f64>,
    pub r#use: &'static str,
    pub relative: Option<Relative<'r>>,
}

/// A place told by another one ("15 km south of X").
#[derive(Debug, Clone, Serialize)]
pub struct Relative<'r> {
    pub span: Codepoints,
    pub text: &'r str,
    pub bearing: Option<f64>,
    pub kilometres: Option<f64>,
    pub between: Option<Id>,
    pub latitude: f64,
    pub longitude: f64,
    pub precision: &'static str,
}

/// A place on earth; all `null` where none is known.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Spot<'r> {
    pub name: Option<&'r str>,
    pub country: Option<&'r str>,
    pub admin1: Option<&'r str>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub geonames_id: Option<u32>,
    pub feature: Option<&'r str>,
    pub precision: Option<&'static str>,
}

/// A place that was not chosen.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate<'r> {
    #[serde(flatten)]
    pub spot: Spot<'r>,
    pub confidence: f64,
}

/// A counted or measured quantity.
#[derive(Debug, Clone, Serialize)]
pub struct Quantity<'r> {
    pub id: Id,
    pub span: Codepoints,
    pub text: &'r str,
    pub value: Option<Number>,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub comparison: &'static str,
    pub unit: Option<&'r str>,
    pub of: Option<&'static str>,
    pub superseded_by: Option<Id>,
}

/// Who said what.
#[derive(Debug, Clone, Serialize)]
pub struct Statement<'r> {
    pub id: Id,
    pub speaker: Option<Speaker<'r>>,
    pub cue: Option<Cue<'r>>,
    pub content: Vec<Quoted<'r>>,
    pub manner: &'static str,
    pub addressee: Option<Id>,
    pub time: Option<Id>,
    pub place: Option<Id>,
    pub within: Option<Id>,
}

/// Who says it. `spans` only where the words are split; `span` then covers them all.
#[derive(Debug, Clone, Serialize)]
pub struct Speaker<'r> {
    pub entity: Option<Id>,
    pub text: &'r str,
    pub span: Codepoints,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spans: Option<Vec<Codepoints>>,
}

/// The words that make a statement of it. `spans` only where they are split; `span` then covers them all.
#[derive(Debug, Clone, Serialize)]
pub struct Cue<'r> {
    pub text: &'r str,
    pub span: Codepoints,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spans: Option<Vec<Codepoints>>,
    pub stance: &'static str,
}

/// Who did what to whom.
#[derive(Debug, Clone, Serialize)]
pub struct Event<'r> {
    pub id: Id,
    pub report: Id,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub modes: Vec<&'static str>,
    pub contexts: Vec<&'static str>,
    pub cameo: Option<&'r str>,
    pub quad: u8,
    pub anchor: Quoted<'r>,
    pub actors: Vec<Participant<'r>>,
    pub recipients: Vec<Participant<'r>>,
    pub time: Option<EventTime>,
    pub place: Option<Id>,
    pub phase: &'static str,
    pub assertion: &'static str,
    pub background: bool,
    pub according_to: Vec<Id>,
    pub denied_by: Vec<Id>,
    pub quantities: Vec<Id>,
    pub evidence: Vec<Codepoints>,
    pub why: Vec<Why<'r>>,
    pub confidence: f64,
}

/// One who takes part in an event.
#[derive(Debug, Clone, Serialize)]
pub struct Participant<'r> {
    pub entity: Option<Id>,
    pub text: &'r str,
    pub span: Codepoints,
    pub code: Option<String>,
}

/// When an event happened. `basis` is the time expression that says so.
#[derive(Debug, Clone, Serialize)]
pub struct EventTime {
    pub begin: Option<String>,
    pub end: Option<String>,
    pub basis: Id,
}

/// One reason for a reading.
#[derive(Debug, Clone, Serialize)]
pub struct Why<'r> {
    pub rule: &'r str,
    pub detail: &'r str,
    pub score: f64,
}

/// Something announced that is followed through its states.
#[derive(Debug, Clone, Serialize)]
pub struct Process<'r> {
    pub id: Id,
    pub name: &'r str,
    pub parties: Vec<Id>,
    pub subject: Quoted<'r>,
    pub states: Vec<State<'r>>,
    pub open_points: Vec<Quoted<'r>>,
    pub current: Option<&'static str>,
}

/// One state of a process.
#[derive(Debug, Clone, Serialize)]
pub struct State<'r> {
    pub status: &'static str,
    pub date: Option<String>,
    pub scheduled_for: Option<String>,
    pub report: Id,
    pub reason: Option<Quoted<'r>>,
    pub according_to: Option<Id>,
    pub evidence: Vec<Codepoints>,
}

/// One happening with its rival accounts.
#[derive(Debug, Clone, Serialize)]
pub struct Incident<'r> {
    pub id: Id,
    pub events: Vec<Id>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub place: Option<Id>,
    pub time: Option<EventTime>,
    pub accounts: Vec<Account<'r>>,
    pub agreed: Slots<Claim<'r>>,
    pub disputed: Slots<Vec<Rival<'r>>>,
}

/// Values by claim slot.
pub type Slots<T> = BTreeMap<&'static str, T>;

/// One telling of an incident.
#[derive(Debug, Clone, Serialize)]
pub struct Account<'r> {
    pub according_to: Source<'r>,
    pub claims: Slots<Claim<'r>>,
}

/// Whose telling it is; all empty for the report's own.
#[derive(Debug, Clone, Serialize)]
pub struct Source<'r> {
    pub entity: Option<Id>,
    pub name: Option<&'r str>,
    pub statements: Vec<Id>,
}

/// What an account says of one slot.
#[derive(Debug, Clone, Serialize)]
pub struct Claim<'r> {
    #[serde(flatten)]
    pub value: Value<'r>,
    pub span: Codepoints,
}

/// One of the values that accounts give for a slot on which they differ.
#[derive(Debug, Clone, Serialize)]
pub struct Rival<'r> {
    #[serde(flatten)]
    pub claim: Claim<'r>,
    pub according_to: Option<Source<'r>>,
}

/// A claim's value: words, or a number with the bounds that its words allow.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Value<'r> {
    Words { value: &'r str },
    Number { value: Option<Number>, low: Option<Number>, high: Option<Number> },
}

/// Forces that are somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct Presence<'r> {
    pub id: Id,
    pub actor: Option<Id>,
    pub place: Option<Id>,
    pub what: &'r str,
    pub value: Option<Number>,
    pub low: Option<Number>,
    pub high: Option<Number>,
    pub since: Option<String>,
    pub span: Codepoints,
}

/// A word or mark, with the columns of CoNLL-U. Without a model `xpos`, `head` and `deprel` are not known.
#[derive(Debug, Clone, Serialize)]
pub struct Token<'r> {
    pub span: Codepoints,
    pub lemma: Option<&'r str>,
    pub upos: Option<&'static str>,
    pub xpos: Option<&'static str>,
    pub feats: Option<String>,
    pub head: Option<usize>,
    pub deprel: Option<&'static str>,
}

/// An event-like predicate with its status.
#[derive(Debug, Clone, Serialize)]
pub struct Predicate<'r> {
    pub span: Codepoints,
    pub lemma: &'r str,
    pub phase: &'static str,
    pub assertion: &'static str,
    pub background: bool,
}
