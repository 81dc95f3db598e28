//! Whether an expression without a year or week lies before or after the publication.

use dragoman_annotate::Grammar;
use dragoman_doc::{SentenceId, Tense};
use dragoman_lexicon::{Direction, TimeWords};
use dragoman_span::{Id, Span};

/// From the preposition before it and the tense of the verb nearest to it; `None` where neither tells.
pub(crate) fn of(grammar: &Grammar<'_>, sentence: SentenceId, span: Span, words: &TimeWords) -> Option<Direction> {
    let range = grammar.words.tokens.within(span);
    let nearest = grammar.verbs_in(sentence).min_by_key(|(_, v)| {
        let head = v.head.index();
        if head < range.start { range.start - head } else { head - range.start.min(head) + 1 }
    });
    let tense = nearest.and_then(|(_, v)| match v.tense {
        Tense::Past => Some(Direction::Past),
        Tense::Future => Some(Direction::Future),
        Tense::None if v.infinitive => Some(Direction::Future),
        Tense::None if v.reduced => None,
        Tense::None | Tense::Present if v.perfect => Some(Direction::Past),
        Tense::None | Tense::Present => None,
    });
    let before = range.start.checked_sub(1).map(|i| grammar.words.form(i).to_lowercase());
    let lies_ahead = before.as_ref().is_some_and(|b| words.ahead.contains(b));
    let led = before.and_then(|b| words.leads.get(&b).copied().flatten());
    // "was scheduled for March": said of the past, and only the past fits a month that far; "for Friday" lies ahead.
    match (led, lies_ahead, tense) {
        (Some(direction), _, _) => Some(direction),
        (None, true, Some(Direction::Past)) => None,
        (None, true, _) => Some(Direction::Future),
        (None, false, tense) => tense,
    }
}
