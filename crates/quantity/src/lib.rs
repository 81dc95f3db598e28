//! (in the making)
use dragoman_doc::{Annotation, Document, Layer, Provenance, Quantity, QuantityId, TimeId, TimeRef, Tokens};
use dragoman_lexicon::QuantityWords;
/// Quantities.
pub fn quantities(_: &Document, _: &Tokens, _: &Annotation, _: &QuantityWords, _: &Layer<TimeId, TimeRef>) -> Layer<QuantityId, Quantity> {
    Layer::empty(Provenance { stage: "quantity", version: 0 })
}
