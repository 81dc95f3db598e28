//! What a report is about: times, places, quantities, entities, statements, events, processes, incidents, presence.

use dragoman_codebook::{
    Assertion, Cameo, CodeBasis, Comparison, Context, Counted, Country, EntityKind, EventType, IdentityBasis, Manner, MentionForm, Mode,
    Phase, Precision, ProcessStatus, Sector, Stance, Standing, TimeGrain, TimeMod, TimeType,
};
use dragoman_span::{Span, id_types};
use jiff::civil::{Date, DateTime, Time};

use crate::{Evidence, PartialDate, Reason, Resolved, Score};

id_types! {
    /// A time expression.
    TimeId,
    /// A place mention.
    PlaceId,
    /// A quantity.
    QuantityId,
    /// An entity.
    EntityId,
    /// A mention of an entity.
    MentionId,
    /// A statement.
    StatementId,
    /// An event.
    EventId,
    /// A process.
    ProcessId,
    /// An incident.
    IncidentId,
    /// A presence.
    PresenceId,
    /// An event-like predicate.
    PredicateId,
}

/// Distance of a time zone from UTC, in minutes east.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(pub i16);

/// A day, with the clock time where one is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The clock time.
    pub time: Option<Time>,
    /// Its zone; `None` is local to where it was written.
    pub zone: Option<Zone>,
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self { date, time: None, zone: None }
    }
}

/// What a relative time expression is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The date of publication.
    Publication,
    /// Another time expression of the report.
    Time(TimeId),
}

/// A stretch of the calendar, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Its first instant, `None` where it is open to the past.
    pub begin: Option<DateTime>,
    /// The first instant behind it, `None` where it is open to the future.
    pub end: Option<DateTime>,
    /// The unit in which it is told.
    pub grain: TimeGrain,
    /// Its ends are not sharp ("early July", "about a week ago").
    pub approximate: bool,
    /// Time zone of its clock times, where one is named.
    pub zone: Option<Zone>,
}

impl Interval {
    /// The whole days from `first` to `last`, both included; `None` at the end of the calendar.
    pub fn days(first: Date, last: Date, grain: TimeGrain) -> Option<Self> {
        let end = last.tomorrow().ok()?.to_datetime(Time::midnight());
        Some(Self { begin: Some(first.to_datetime(Time::midnight())), end: Some(end), grain, approximate: false, zone: None })
    }

    /// The first day, or the clock time, that it covers.
    pub fn first(&self) -> Option<Moment> {
        self.begin.map(|at| self.moment(at))
    }

    /// The last day that it covers; of a clock time that time itself.
    pub fn last(&self) -> Option<Moment> {
        let end = self.end?;
        if self.is_clock() {
            return Some(self.moment(self.begin.unwrap_or(end)));
        }
        Some(self.moment(end.yesterday().ok()?))
    }

    fn is_clock(&self) -> bool {
        matches!(self.grain, TimeGrain::Minute | TimeGrain::Hour)
    }

    fn moment(&self, at: DateTime) -> Moment {
        let clock = self.is_clock();
        Moment { date: at.date(), time: clock.then(|| at.time()), zone: self.zone.filter(|_| clock) }
    }
}

/// A time expression with its place on the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeRef {
    /// The words.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value, derived from the interval; partial (`XXXX-WXX-4`) where nothing fixes it.
    pub value: String,
    /// TIMEX3 modifier.
    pub modifier: Option<TimeMod>,
    /// Its place on the calendar, `None` where nothing fixes it.
    pub interval: Option<Interval>,
    /// Where nothing fixes the day: the first and the last day that it may be, as far as the text bounds it.
    pub bounds: (Option<Date>, Option<Date>),
    /// The expression that ends the range which this one begins ("from Monday to Wednesday").
    pub until: Option<TimeId>,
    /// What it was counted from, if it is relative.
    pub anchor: Option<Anchor>,
    /// The rule that read it.
    pub reason: Reason,
}

impl TimeRef {
    /// First day or clock time that it covers, `None` where unknown or open.
    pub fn begin(&self) -> Option<Moment> {
        self.interval.and_then(|i| i.first())
    }

    /// Last day that it covers (inclusive), `None` where unknown or open.
    pub fn end(&self) -> Option<Moment> {
        self.interval.and_then(|i| i.last())
    }
}

/// A place on earth.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Name in the gazetteer.
    pub name: String,
    /// Country, `None` for seas and disputed regions.
    pub country: Option<Country>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// Kind of feature, a GeoNames feature code or a word of `data/places`.
    pub feature: String,
    /// How finely it is known.
    pub precision: Precision,
    /// How sure the choice is.
    pub score: Score,
}

/// A place that is told by another one: "15 km south of X".
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// All the words, the other place's among them.
    pub span: Span,
    /// Direction from the other place, in degrees from north over east.
    pub bearing: Option<f64>,
    /// Distance from it.
    pub kilometres: Option<f64>,
    /// The second place of "between X and Y".
    pub other: Option<PlaceId>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// A point where distance and direction are told, else a region.
    pub precision: Precision,
}

/// A mention of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRef {
    /// The words.
    pub span: Span,
    /// The words place something there; else the place is only named, as a country that acts is.
    pub locative: bool,
    /// The place or places it may be.
    pub place: Resolved<Place>,
    /// The place that the words before tell by this one.
    pub relative: Option<Relative>,
    /// Why.
    pub reason: Reason,
}

/// A counted or measured quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Number, bound and unit.
    pub span: Span,
    /// The number, where the text gives one.
    pub value: Option<f64>,
    /// Lowest value the words allow.
    pub low: Option<f64>,
    /// Highest value the words allow.
    pub high: Option<f64>,
    /// How the number bounds the quantity.
    pub comparison: Comparison,
    /// The unit or counted noun, as a lemma.
    pub unit: Option<String>,
    /// What is counted.
    pub of: Option<Counted>,
    /// The later number of the same source that replaces it.
    pub superseded_by: Option<QuantityId>,
    /// Why it counts what it counts.
    pub reason: Reason,
}

/// PLOVER's identification of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorCode {
    /// Country; `None` for international bodies and where unknown.
    pub country: Option<Country>,
    /// Primary sector.
    pub sector: Option<Sector>,
    /// Further sectors.
    pub sectors: Vec<Sector>,
    /// An international body's own label (UN, EU, NATO).
    pub label: Option<String>,
    /// What it rests on.
    pub basis: CodeBasis,
}

impl ActorCode {
    /// Country and sector run together, for show. `None` if neither is known.
    pub fn code(&self) -> Option<String> {
        let parts = [self.country.as_ref().map(Country::code), self.sector.map(Sector::word)];
        let code: String = parts.into_iter().flatten().collect();
        (!code.is_empty()).then_some(code)
    }

    /// The actor string of CAMEO: country or kind of international body, then up to two roles; `---` for no country, as PETRARCH writes it.
    /// `body` is CAMEO's code of the international body ("UNO"). `None` if nothing is known.
    pub fn cameo(&self, body: Option<&str>) -> Option<String> {
        let roles = self.sector.iter().chain(&self.sectors);
        let country = self.country.as_ref().map(Country::code);
        let string = if let Some(kind) = self.sector.filter(|s| s.is_international()) {
            let further = self.sectors.iter().filter_map(|s| s.cameo());
            [kind.word()].into_iter().chain(body.or(country)).chain(further.take(CAMEO_ROLES - 1)).collect::<String>()
        } else {
            [country.unwrap_or("---")].into_iter().chain(roles.filter_map(|s| s.cameo()).take(CAMEO_ROLES)).collect()
        };
        (self.country.is_some() || self.sector.is_some()).then_some(string)
    }
}

/// How many role codes CAMEO gives an actor.
const CAMEO_ROLES: usize = 2;

/// The office or function of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Title as written.
    pub title: Option<String>,
    /// The body it belongs to.
    pub of: Option<EntityId>,
    /// The body whose words its holder speaks.
    pub speaks_for: Option<EntityId>,
    /// Whether its holder holds it, where the report or the tables say otherwise.
    pub standing: Option<Standing>,
}

/// What makes an entity the same in every report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The key that all its names have in common.
    pub key: String,
    /// What the key rests on.
    pub basis: IdentityBasis,
    /// Wikidata id, where the tables have it.
    pub wikidata: Option<String>,
}

/// A person, body, state, group or other thing that the report names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What makes it the same in every report; `None` for what is only described ("a senior official").
    pub identity: Option<Identity>,
    /// The fullest name in the report, or the table's.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Its codes. *Unknown* for what is no actor or not to be told.
    pub actor: Resolved<ActorCode>,
    /// Its actor string of CAMEO, for older tools.
    pub cameo: Option<String>,
    /// Its office, if it is told.
    pub role: Option<Role>,
    /// The body or group of which it is a part, if that is told ("the army's fifth brigade").
    pub member_of: Option<EntityId>,
    /// The two that it means together ("both governments"); empty for all else.
    pub members: Vec<EntityId>,
    /// Its mentions, in order. At least one.
    pub mentions: Vec<MentionId>,
}

/// A place in the text where an entity is named or meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Name, description or pronoun.
    pub form: MentionForm,
    /// What is mentioned.
    pub entity: EntityId,
    /// Whether it may act or be acted upon here; a place that is only named may not.
    pub acts: bool,
    /// Why it was joined to this entity.
    pub reason: Reason,
}

/// The actor mentioned by the word at `word`: of all mentions that hold it, one that ends with it, and of these the longest.
pub fn mention_at<'m>(mentions: impl IntoIterator<Item = &'m Mention>, word: Span) -> Option<&'m Mention> {
    let around = mentions.into_iter().filter(|m| m.acts && m.span.contains(word));
    around.max_by_key(|m| (m.span.end() == word.end(), m.span.len()))
}

/// Who says a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The entity, where it is known who speaks.
    pub entity: Option<EntityId>,
    /// The words that name the speaker here.
    pub evidence: Evidence,
}

/// The words that make a statement of it, and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// The words.
    pub evidence: Evidence,
    /// What the speaker does by them.
    pub stance: Stance,
}

/// Who said what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The source; `None` where the report names none.
    pub speaker: Option<Speaker>,
    /// The cue; `None` for a quotation that stands alone.
    pub cue: Option<Cue>,
    /// What is said, without outer quotation marks. Several spans where the words are split.
    pub content: Evidence,
    /// How the words are given.
    pub manner: Manner,
    /// To whom.
    pub addressee: Option<EntityId>,
    /// When it was said.
    pub time: Option<TimeId>,
    /// Where it was said.
    pub place: Option<PlaceId>,
    /// The statement that reports this one.
    pub within: Option<StatementId>,
    /// Why it was read so.
    pub reason: Reason,
}

/// One who takes part in an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// The entity, where it is known.
    pub entity: Option<EntityId>,
    /// The words.
    pub span: Span,
}

/// On what an event's time rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeBasis {
    /// A time expression of its own clause.
    Expression(TimeId),
    /// A time expression of its sentence.
    Sentence(TimeId),
}

/// When an event happened or is to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventTime {
    /// First day.
    pub begin: Option<Moment>,
    /// Last day, inclusive.
    pub end: Option<Moment>,
    /// What that rests on.
    pub basis: TimeBasis,
}

/// Who did what to whom.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER modes.
    pub modes: Vec<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// CAMEO code, for older tools.
    pub cameo: Option<Cameo>,
    /// The words that carry the event.
    pub anchor: Span,
    /// Who does it.
    pub actors: Vec<Participant>,
    /// To whom it is done.
    pub recipients: Vec<Participant>,
    /// When.
    pub time: Option<EventTime>,
    /// Where.
    pub place: Option<PlaceId>,
    /// How far it has come.
    pub phase: Phase,
    /// How the report stands to it.
    pub assertion: Assertion,
    /// It lies before the story's own time.
    pub background: bool,
    /// On whose word it stands.
    pub according_to: Vec<StatementId>,
    /// Who denies it.
    pub denied_by: Vec<StatementId>,
    /// Its numbers.
    pub quantities: Vec<QuantityId>,
    /// The words that support it.
    pub evidence: Evidence,
    /// Why it was read so, one reason for each decision.
    pub reasons: Vec<Reason>,
    /// How sure that is.
    pub score: Score,
}

/// An event-like predicate, in PLOVER or not, with its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// The words.
    pub span: Span,
    /// Dictionary form.
    pub lemma: String,
    /// How far it has come.
    pub phase: Phase,
    /// How the report stands to it.
    pub assertion: Assertion,
    /// It lies before the story's own time.
    pub background: bool,
}

/// One state in the life of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessState {
    /// The state.
    pub status: ProcessStatus,
    /// When it came about.
    pub date: Option<PartialDate>,
    /// For when the thing is scheduled.
    pub scheduled_for: Option<PartialDate>,
    /// The reason that the report gives.
    pub reason: Option<Span>,
    /// On whose word.
    pub according_to: Option<StatementId>,
    /// The words.
    pub evidence: Evidence,
}

/// Something announced, negotiated or under way that is followed through its states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// What it is called.
    pub name: String,
    /// Who takes part.
    pub parties: Vec<EntityId>,
    /// The words that say what is to happen.
    pub subject: Span,
    /// Its states, in the order of their dates. At least one.
    pub states: Vec<ProcessState>,
    /// What is still open.
    pub open_points: Vec<Span>,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the words say it")]
pub enum ClaimSlot {
    Agent,
    Target,
    Type,
    Means,
    Intent,
    Place,
    Time,
    Killed,
    Wounded,
    Detained,
    Missing,
    Damage,
}

impl ClaimSlot {
    /// The written word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Target => "target",
            Self::Type => "type",
            Self::Means => "means",
            Self::Intent => "intent",
            Self::Place => "place",
            Self::Time => "time",
            Self::Killed => "killed",
            Self::Wounded => "wounded",
            Self::Detained => "detained",
            Self::Missing => "missing",
            Self::Damage => "damage",
        }
    }
}

/// What a source says of one slot of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The slot.
    pub slot: ClaimSlot,
    /// The value, for comparison.
    pub value: ClaimValue,
    /// The words.
    pub span: Span,
}

/// A claim's value.
#[derive(Debug, Clone, PartialEq)]
pub enum ClaimValue {
    /// Words.
    Words(String),
    /// A number, with the bounds its words allow.
    Number {
        /// Lowest.
        low: Option<f64>,
        /// Highest.
        high: Option<f64>,
        /// As written, where one number is written.
        value: Option<f64>,
    },
}

/// One telling of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Whose telling it is; `None` for the report's own.
    pub entity: Option<EntityId>,
    /// The statements it stands in.
    pub statements: Vec<StatementId>,
    /// What it says, in the order of the slots.
    pub claims: Vec<Claim>,
}

/// One happening, with all its tellings side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// The events that tell of it. At least one.
    pub events: Vec<EventId>,
    /// PLOVER type.
    pub kind: EventType,
    /// Where.
    pub place: Option<PlaceId>,
    /// When.
    pub time: Option<EventTime>,
    /// The tellings.
    pub accounts: Vec<Account>,
    /// Slots in which all tellings that fill them agree.
    pub agreed: Vec<Claim>,
    /// Slots in which they differ, with each value told.
    pub disputed: Vec<(ClaimSlot, Vec<Claim>)>,
}

/// Forces that are somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Presence {
    /// Whose.
    pub actor: Option<EntityId>,
    /// Where.
    pub place: Option<PlaceId>,
    /// What is there.
    pub what: Span,
    /// How many.
    pub quantity: Option<QuantityId>,
    /// Since when.
    pub since: Option<TimeId>,
    /// The words.
    pub evidence: Evidence,
}
