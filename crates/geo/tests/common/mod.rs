//! What the tests of this crate share.

use std::sync::LazyLock;

use dragoman_doc::{Document, Layer, PlaceId, PlaceRef, Provenance, Syntax};
use dragoman_geo::Gazetteer;
use dragoman_lexicon::{Abbreviations, SPELLING_FILES, WORD_FILES, Words};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::parse(WORD_FILES).expect("shipped words"));
static ABBREVIATIONS: LazyLock<Abbreviations> = LazyLock::new(|| Abbreviations::parse(SPELLING_FILES).expect("shipped abbreviations"));
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::shipped().expect("shipped gazetteer"));

/// The places of a text.
pub(crate) fn places(text: &str) -> Layer<PlaceId, PlaceRef> {
    let document = Document::plain(text);
    let tokens = dragoman_tokens::tokenize(&document, &ABBREVIATIONS);
    let annotation = dragoman_annotate::annotate_by_rule(&document, &tokens, &WORDS);
    let unread = Syntax::empty(Provenance { stage: "test", version: 0 });
    dragoman_geo::resolve_places(&document, &tokens, &annotation, &unread, &GAZETTEER)
}
