//! Reads the words of a report with a small encoder: sentence starts, parts of speech, trees, names, and who is quoted.
//!
//! One pass over windows of whole sentences; all heads share it. The crate knows the labels and how to make the best whole of them
//! (paths, trees, links); what turns numbers into numbers is `dragoman-neural`. Training is under `training/`, which cuts text into
//! word pieces and windows in the same way.

#![warn(missing_docs)]

mod decode;
mod heads;
mod model;
mod quoting;
mod sentences;
mod tree;
mod windows;
mod wordpiece;

pub use model::{Model, ModelError};
pub use wordpiece::WordPiece;
