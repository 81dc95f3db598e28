//! The codes dragoman writes: PLOVER 2.0 event types, modes, contexts and sectors, countries, and the words of status.
//!
//! Every code is a type. It is parsed once at the edge where it comes in and printed once where it goes out; nothing in between
//! compares strings. The codebook is PLOVER 2.0 (CC BY-SA 4.0, restated in our own words); names of draft 1.3 are accepted.

#![warn(missing_docs)]

mod country;
mod plover;
mod status;
mod words;

pub use country::Country;
pub use plover::{Cameo, Context, EventType, Mode, Quad, Sector};
pub use status::{
    Assertion, CodeBasis, Comparison, Counted, DayPart, EntityKind, IdentityBasis, Manner, MentionForm, Phase, Precision, ProcessStatus,
    Stance, Standing, TimeGrain, TimeMod, TimeType,
};
pub use words::UnknownWord;
