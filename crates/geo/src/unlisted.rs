//! Names in the position of a place that no table holds: they are kept, unresolved.

use dragoman_annotate::Grammar;
use dragoman_doc::{PlaceRef, Reason, Resolved, RuleId, Score, TokenId, Upos, WhyNot};
use dragoman_lexicon::Locative;
use dragoman_span::Id;

use crate::fold::Folded;
use crate::gazetteer::Gazetteer;
use crate::mentions::{Names, is_abbreviation, is_capitalised};

/// Words that an unlisted name may have.
const MAX_WORDS: usize = 4;
/// Shortest word that is taken for an unlisted name.
const MIN_LETTERS: usize = 4;
/// Confidence that such a name is a place at all.
const UNLISTED: Score = Score::from_parts(5_000);

/// Capitalised names right after a preposition of place.
pub(crate) fn find(grammar: &Grammar<'_>, gazetteer: &Gazetteer, names: &Names) -> Vec<PlaceRef> {
    let words = &grammar.words;
    let mut found = Vec::new();
    for (_, tokens) in words.sentences() {
        let mut at = tokens.start + 1;
        while at < tokens.end {
            let end = (at..tokens.end).take_while(|i| is_name_word(grammar, *i)).last().map_or(at, |last| last + 1);
            if end > at
                && gazetteer.tables().is(&words.form(at - 1).to_lowercase(), Locative::Settled)
                && stands_alone(grammar, gazetteer, at, end, tokens.end)
            {
                let span = words.tokens.span(TokenId::from_index(at), TokenId::from_index(end - 1));
                let known = names.mentions.partition_point(|m| m.span.end() <= span.start());
                if !names.mentions.get(known).is_some_and(|m| m.span.overlaps(span)) {
                    let reason = Reason { rule: RuleId::new("geo:unlisted"), detail: words.form(at - 1).to_owned(), score: UNLISTED };
                    found.push(PlaceRef { span, place: Resolved::Unknown(WhyNot::NotListed), reason });
                }
            }
            at = end.max(at) + 1;
        }
    }
    found
}

fn is_name_word(grammar: &Grammar<'_>, at: usize) -> bool {
    let words = &grammar.words;
    let form = words.form(at);
    let joint = form == "-" && at + 1 < words.tags.len() && is_capitalised(words.form(at + 1));
    joint || (words.upos(at) == Upos::Propn && is_capitalised(form) && !is_abbreviation(form))
}

/// Whether the name is no listed word, demonym or title and nothing goes on after it.
fn stands_alone(grammar: &Grammar<'_>, gazetteer: &Gazetteer, at: usize, end: usize, limit: usize) -> bool {
    let words = &grammar.words;
    let is_word = |i: usize| {
        let folded = Folded::of(words.form(i));
        gazetteer.tables().homonym(&folded).is_some() || gazetteer.demonym(&folded).is_some()
    };
    let goes_on = end < limit
        && (words.upos(end).is_nominal() || words.upos(end) == Upos::Num || words.upos(end) == Upos::Part || words.form(end) == "-");
    let letters = words.form(at).chars().filter(|c| c.is_alphabetic()).count();
    words.form(at) != "-" && end - at <= MAX_WORDS && !goes_on && (letters >= MIN_LETTERS || end > at + 1) && !(at..end).any(is_word)
}
