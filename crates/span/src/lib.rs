//! Positions in a text: byte offsets, spans, typed ids and the vectors they index.
//!
//! Everything dragoman says about a report is said about a [`Span`] of its text. Spans count **UTF-8 bytes**; the edges of the
//! program convert them to code points (JSON, Python) or UTF-16 (browser) with a [`CodepointIndex`].

#![warn(missing_docs)]

mod codepoint;
mod ids;
mod offset;

pub use codepoint::CodepointIndex;
pub use ids::{Id, IndexVec};
pub use offset::{Offset, Span};
