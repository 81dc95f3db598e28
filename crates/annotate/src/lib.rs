//! Parts of speech, dictionary forms, noun phrases and verbs with what hangs on them, by lexicon and rule.
//!
//! A first, light analysis: it knows no tree, only who stands before and after a verb and which phrases follow. What it gives is
//! what frames of the data files ask for (subject, object, prepositions, complements).

#![warn(missing_docs)]

mod ancestry;
mod attach;
mod chunks;
mod classes;
mod grammar;
mod tagger;
mod tree;
mod verbs;
mod view;

pub use ancestry::Ancestry;
pub use grammar::{Carrier, Filling, Grammar};
pub use view::Words as WordView;

use dragoman_doc::{Annotation, Document, Layer, Provenance, Syntax, Tokens};
use dragoman_lexicon::Words;

const MADE_BY: Provenance = Provenance { stage: "annotate", version: 1 };

/// Tags the tokens and finds noun phrases and verbs with their arguments: from the model's classes and trees where there are any, else
/// by lexicon and rule alone.
pub fn annotate(document: &Document, tokens: &Tokens, syntax: &Syntax, words: &Words) -> Annotation {
    let read = syntax.words.len() == tokens.tokens.len();
    let tags = if read { classes::tag(&document.text, tokens, words, syntax) } else { tagger::tag(&document.text, tokens, words) };
    let view = WordView::new(&document.text, tokens, &tags);
    let mut chunks = chunks::chunks(&view);
    let mut verbs = verbs::verbs(&view);
    if read {
        tree::attach(&view, syntax, &mut chunks, &mut verbs);
    } else {
        attach::attach(&view, &mut chunks, &mut verbs);
    }
    Annotation { chunks: Layer::new(chunks.into(), MADE_BY, Vec::new()), verbs: Layer::new(verbs.into(), MADE_BY, Vec::new()), tags }
}

/// [`annotate`] by lexicon and rule alone.
pub fn annotate_by_rule(document: &Document, tokens: &Tokens, words: &Words) -> Annotation {
    annotate(document, tokens, &Syntax::empty(MADE_BY), words)
}
