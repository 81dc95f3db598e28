//! Reads, checks and compiles the language data under `data/`.
//!
//! All words that dragoman knows stand in those files, one fact a line, never in code. A file is a table of tab-separated columns
//! (see [`Table`]); a fault is reported with file, line, column and reason, and all faults of a file come in one run. The shipped
//! files are compiled into the program; a user's overlay has the same format.

#![warn(missing_docs)]

mod abbreviations;
mod actors;
mod clutter;
mod composition;
mod frame;
mod places;
mod quantities;
mod rules;
mod table;
mod times;
mod words;

pub use abbreviations::{Abbreviation, AbbreviationKind, Abbreviations, SPELLING_FILES, SpellingFiles};
pub use actors::{
    ACTOR_FILES, ActorFiles, Actors, CountryFacts, Gender, Institution, Kind, Leader, Modifier, NAME_WORD_COLUMNS, Named, Organization,
    PairOf, Phrases, RoleNoun, Tenure, Term, pieces, plain,
};
pub use clutter::ClutterPatterns;
pub use composition::{COMPOSITION_COLUMNS, Composition, Core, Gives, Part, PartAt};
pub use frame::{Classes, Condition, Examples, Filler, Frame, Head, Pos, slot};
pub use places::{Beside, CountryPlace, FeatureClass, Homonym, Locative, PLACE_FILES, PlaceAlias, PlaceFiles, Places, Site};
pub use quantities::{NumberWord, QuantityWords};
pub use rules::{CueRule, Holds, LightVerb, PhraseRule, PredicateRule, PresenceRule, ProcessNoun, Rule, RuleSet, Rules, Scope, StatusRule};
pub use table::{Fault, Row, Table};
pub use times::{
    Direction, Fact, Grain, Holiday, HolidayCalendar, Lead, Origin, Reference, Season, SetWord, Shift, TIME_FILES, Third, TimePhrase,
    TimeRule, TimeUnit, TimeWords, UnknownWord, Which,
};
pub use words::{VerbForm, VerbReading, WORD_FILES, WordFiles, WordReading, Words};
