//! Whether an expression without a year or week lies before or after what it is counted from.
//!
//! News resolve such an expression against the date of publication; tense and preposition tell the direction (HeidelTime's strategy
//! for news, Strötgen and Gertz 2010). Without a sign of the future it lies in the past.

use dragoman_annotate::Grammar;
use dragoman_doc::{Feat, SentenceId, Tense, VerbGroup, Voice};
use dragoman_lexicon::{Direction, TimeWords};
use dragoman_span::{Id, Span};

use crate::expression::Found;
use crate::grammar::led;

/// Where an expression lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lies {
    /// At or before the publication.
    Before,
    /// At or after the publication.
    Ahead,
    /// After what was told, which itself is past: "talks were scheduled for March".
    AheadThen,
    /// No word tells.
    Open,
}

/// A verb behind the expression counts as that much farther away than one before it.
const BEHIND: usize = 2;

/// Where the expression lies, and the words that tell it.
pub(crate) fn of(grammar: &Grammar<'_>, sentence: SentenceId, found: &Found, words: &TimeWords) -> (Lies, Option<Span>) {
    if let Some(direction) = led(words, &found.before) {
        return (if direction == Direction::Past { Lies::Before } else { Lies::Ahead }, None);
    }
    let leads_ahead = words.leads_ahead(&found.before[0]);
    let Some(verb) = nearest(grammar, sentence, found.span) else {
        return (if leads_ahead { Lies::Ahead } else { Lies::Open }, None);
    };
    let lies = match of_verb(grammar, verb, words) {
        // "was put off until Friday", "set March 3 for the vote": the preposition tells more than the tense.
        Lies::Before if leads_ahead && !verb.perfect => Lies::AheadThen,
        Lies::Open if leads_ahead => Lies::Ahead,
        other => other,
    };
    (lies, Some(grammar.words.tokens.verb_span(verb)))
}

/// The verb that the expression most likely belongs to: the nearest, one before it rather than one behind.
fn nearest<'a>(grammar: &Grammar<'a>, sentence: SentenceId, span: Span) -> Option<&'a VerbGroup> {
    let at = grammar.words.tokens.within(span).start;
    let far = |verb: &VerbGroup| {
        let head = verb.head.index();
        if head < at { at - head } else { (head - at) * BEHIND }
    };
    grammar.verbs_in(sentence).map(|(_, verb)| verb).min_by_key(|verb| far(verb))
}

fn of_verb(grammar: &Grammar<'_>, verb: &VerbGroup, words: &TimeWords) -> Lies {
    let is_past = verb.tense == Tense::Past;
    if verb.voice == Voice::Passive && words.plans_passive(grammar.words.lemma(verb.head.index())) {
        return if is_past { Lies::AheadThen } else { Lies::Ahead };
    }
    match verb.tense {
        _ if verb.perfect => Lies::Before,
        Tense::Future => Lies::Ahead,
        _ if is_modal(grammar, verb) => Lies::Ahead,
        Tense::None => of_governed(grammar, verb, words),
        Tense::Past => Lies::Before,
        // "The deadline expires on Friday": the present of a plain verb with a date looks ahead.
        Tense::Present if verb.auxiliaries.is_empty() && grammar.words.lemma(verb.head.index()) != "be" => Lies::Ahead,
        Tense::Present => Lies::Open,
    }
}

/// "would meet", "may meet": an auxiliary without a tense of its own.
fn is_modal(grammar: &Grammar<'_>, verb: &VerbGroup) -> bool {
    verb.auxiliaries.first().is_some_and(|a| {
        let tag = grammar.words.tag(a.index());
        tag.has(Feat::Finite) && !tag.has(Feat::Past) && !tag.has(Feat::Present)
    })
}

/// "agreed to meet" lies ahead, "began to meet" does not; a participle is where its verb is.
fn of_governed(grammar: &Grammar<'_>, verb: &VerbGroup, words: &TimeWords) -> Lies {
    let Some(governor) = verb.governor.map(|id| grammar.verb(id)) else {
        return if verb.infinitive { Lies::Ahead } else { Lies::Open };
    };
    let planned = words.plans(grammar.words.lemma(governor.head.index()));
    match governor.tense {
        _ if planned && verb.infinitive => Lies::Ahead,
        Tense::Future => Lies::Ahead,
        Tense::Past => Lies::Before,
        Tense::Present | Tense::None if verb.infinitive && !governor.perfect => Lies::Ahead,
        Tense::Present | Tense::None => Lies::Open,
    }
}
