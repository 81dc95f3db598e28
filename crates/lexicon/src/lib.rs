//! Reads, checks and compiles the language data under `data/`.
//!
//! All words that dragoman knows stand in those files, one fact a line, never in code. A file is a table of tab-separated columns
//! (see [`Table`]); a fault is reported with file, line, column and reason, and all faults of a file come in one run. The shipped
//! files are compiled into the program; a user's overlay has the same format.

#![warn(missing_docs)]

mod table;

pub use table::{Fault, Row, Table};
