//! Whether an expression without a year or week lies before or after what it is counted from.
//!
//! News resolve such an expression against the date of publication; tense and preposition tell the direction (HeidelTime's strategy
//! for news, Strötgen and Gertz 2010). Without a sign of the future it lies in the past.

use dragoman_annotate::{Ancestry, Grammar};
use dragoman_doc::{Feat, SentenceId, Slot, Syntax, Tense, Upos, VerbGroup, Voice};
use dragoman_lexicon::{Direction, TimeWords};
use dragoman_span::{Id, Span};

use crate::expression::Found;

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

/// Without syntax: a word of the future in the sentence, or a preposition, tells that it lies ahead.
pub(crate) fn of_words(text: &str, sentence: Span, found: &Found, futures: &[String]) -> Lies {
    if let Some(direction) = found.led.direction {
        return if direction == Direction::Past { Lies::Before } else { Lies::Ahead };
    }
    let before = Span::new(sentence.start(), found.span.start()).of(text);
    let words = before.split(|c: char| !c.is_alphabetic() && c != '\'').rev();
    let ahead = words.take(REACH).any(|word| futures.iter().any(|f| f == word));
    if ahead || found.led.ahead { Lies::Ahead } else { Lies::Before }
}

/// How many words before an expression tell its direction where there is no syntax.
const REACH: usize = 12;

/// A verb behind the expression counts as that much farther away than one before it.
const BEHIND: usize = 2;

/// Where the expression lies, and the words that tell it.
pub(crate) fn of(grammar: &Grammar<'_>, syntax: &Syntax, sentence: SentenceId, found: &Found, words: &TimeWords) -> (Lies, Option<Span>) {
    if let Some(direction) = found.led.direction {
        return (if direction == Direction::Past { Lies::Before } else { Lies::Ahead }, None);
    }
    let leads_ahead = found.led.ahead;
    if is_planned(grammar, syntax, found.span, words) {
        return (Lies::Ahead, None);
    }
    let Some(governor) = governor(grammar, syntax, sentence, found.span) else {
        return (if leads_ahead { Lies::Ahead } else { Lies::Open }, None);
    };
    let verb = governor.verb;
    let plans = words.plans(grammar.words.lemma(verb.head.index()));
    let lies = match of_verb(grammar, verb, words) {
        // "asked for a truce on Friday", "set Thursday as the deadline"
        Lies::Before if governor.through == Through::Noun && plans => Lies::AheadThen,
        // "was postponed to March"
        Lies::Before if found.led.onto && plans => Lies::AheadThen,
        // "was put off until Friday", "set March 3 for the vote": the preposition tells more than the tense.
        Lies::Before if leads_ahead && verb.perfect && verb.tense != Tense::Past => Lies::Ahead,
        // "Until Thursday they had waited": what went on up to then is over.
        Lies::Before if leads_ahead && (plans || !(verb.perfect && verb.voice == Voice::Active)) => Lies::AheadThen,
        Lies::Open if leads_ahead => Lies::Ahead,
        // "The vote is on Monday".
        Lies::Open if governor.through == Through::Copula && verb.tense == Tense::Present => Lies::Ahead,
        // "set for August under the May 5 agreements"
        Lies::Ahead | Lies::AheadThen if governor.through == Through::Noun && !leads_ahead && verb.voice == Voice::Passive => Lies::Open,
        // "follows Tuesday's declaration": the verb is not that of the day.
        Lies::Ahead if governor.through == Through::Noun && verb.tense == Tense::Present => Lies::Open,
        other => other,
    };
    (lies, Some(grammar.words.tokens.verb_span(verb)))
}

/// "their summit, due on Thursday": a word of planning that is no verb stands above it.
fn is_planned(grammar: &Grammar<'_>, syntax: &Syntax, span: Span, words: &TimeWords) -> bool {
    let Some(tree) = Ancestry::new(syntax, grammar.words.tokens) else { return false };
    let Some(top) = tree.top(grammar.words.tokens.within(span)) else { return false };
    tree.above(top).take(3).any(|at| grammar.words.upos(at) != Upos::Verb && words.plans_passive(grammar.words.lemma(at)))
}

/// How an expression hangs on a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Through {
    /// By itself, or nothing tells.
    Itself,
    /// By a noun.
    Noun,
    /// It is what the verb says of its subject: "is on Monday".
    Copula,
}

struct Governor<'a> {
    verb: &'a VerbGroup,
    through: Through,
}

/// Farther up a verb has nothing to do with the expression.
const HIGHEST: usize = 6;

/// The verb that the expression hangs on: by the tree where there is one, else the nearest.
fn governor<'a>(grammar: &Grammar<'a>, syntax: &Syntax, sentence: SentenceId, span: Span) -> Option<Governor<'a>> {
    let Some(tree) = Ancestry::new(syntax, grammar.words.tokens) else {
        return nearest(grammar, sentence, span).map(|verb| Governor { verb, through: Through::Itself });
    };
    let head_of = |at: usize| tree.lifted_head(at);
    let verb_at = |at: usize| grammar.verbs_in(sentence).map(|(_, v)| v).find(|v| v.head.index() == at);
    let top = tree.top(grammar.words.tokens.within(span))?;
    let is_be = |v: &VerbGroup| grammar.words.lemma(v.head.index()) == "be";
    let copula = |at: usize| grammar.verbs_in(sentence).map(|(_, v)| v).find(|v| head_of(v.head.index()) == Some(at) && is_be(v));
    let mut at = top;
    let mut through = Through::Itself;
    for _ in 0..HIGHEST {
        let Some(up) = head_of(at) else {
            let verb = copula(at)?;
            return Some(Governor { verb, through: if at == top { Through::Copula } else { through } });
        };
        if let Some(verb) = verb_at(up) {
            return Some(Governor { verb, through });
        }
        if let Some(verb) = copula(top).filter(|_| at == top) {
            return Some(Governor { verb, through: Through::Copula });
        }
        if matches!(grammar.words.upos(up), Upos::Noun | Upos::Propn) {
            through = Through::Noun;
            // "Tuesday's vote was": the predicate noun with its verb.
            if let Some(verb) = copula(up) {
                return Some(Governor { verb, through });
            }
        }
        at = up;
    }
    nearest(grammar, sentence, span).map(|verb| Governor { verb, through })
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
        // "let the captives go on Friday": the tense is that of the verb above.
        Tense::Present if verb.auxiliaries.is_empty() && verb.argument(&Slot::Subject).next().is_none() && past_above(grammar, verb) => {
            Lies::Before
        }
        // "The deadline expires on Friday": the present of a plain verb with a date looks ahead.
        Tense::Present if verb.auxiliaries.is_empty() && grammar.words.lemma(verb.head.index()) != "be" => Lies::Ahead,
        Tense::Present => Lies::Open,
    }
}

fn past_above(grammar: &Grammar<'_>, verb: &VerbGroup) -> bool {
    verb.governor.is_some_and(|id| grammar.verb(id).tense == Tense::Past)
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
    match (verb.voice, verb.infinitive) {
        // "guidelines to be published in November"
        (Voice::Passive, true) => return Lies::Ahead,
        // "the order issued on Thursday"
        (Voice::Passive, false) if verb.reduced => return Lies::Before,
        // "they stop campaigning on Friday"
        (Voice::Active, false) if verb.reduced => {
            let above = verb.governor.map(|id| grammar.verb(id)).filter(|v| v.tense != Tense::None);
            return above.map_or(Lies::Open, |v| of_verb(grammar, v, words));
        }
        _ => {}
    }
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
