//! Cuts a report into paragraphs, sentences and words and pairs its quotation marks.
//!
//! Words follow the conventions of Universal Dependencies for English ("do" + "n't", "US" + "-" + "led", "U.S." whole). Sentences
//! are those of news prose: every sentence of a long quotation is one of its own, a dateline is one, the end of a paragraph always
//! ends one. All word lists are data ([`Abbreviations`]). Time is linear in the text, whatever the text is.

#![warn(missing_docs)]

mod dateline;
mod limits;
mod paragraphs;
mod quotes;
mod resplit;
mod sentences;
mod tokenize;
mod words;

pub use dragoman_lexicon::Abbreviations;
pub use limits::{MAX_QUOTE_DEPTH, MAX_SENTENCE_TOKENS, MAX_SENTENCES, MAX_WORD_BYTES};
pub use resplit::resplit;
pub use tokenize::tokenize;
