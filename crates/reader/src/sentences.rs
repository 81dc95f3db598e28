//! Where sentences start, by rule and model together.

/// The model's score from which a word opens a sentence that no rule opens.
const OPENS: f32 = 2.0;
/// The model's score below which a word does not open the sentence that a rule opens.
const JOINS: f32 = -2.0;

/// Whether a word opens a sentence. `score`: the model's, above 0 where it thinks so.
pub(crate) fn opens(by_rule: bool, score: f32) -> bool {
    if by_rule { score >= JOINS } else { score > OPENS }
}
