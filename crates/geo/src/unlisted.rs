//! Names in the position of a place that no table holds: they are kept, unresolved.

use dragoman_annotate::Grammar;
use dragoman_doc::{NameKind, PlaceRef, Reason, Resolved, RuleId, Score, TokenId, Upos, WhyNot};
use dragoman_lexicon::Locative;
use dragoman_span::{Id, Span};

use crate::fold::Folded;
use crate::gazetteer::Gazetteer;
use crate::mentions::{Names, is_abbreviation, is_capitalised};
use crate::resolve::Report;
use crate::usage::Use;

/// Words that an unlisted name may have.
const MAX_WORDS: usize = 4;
/// Shortest word that is taken for an unlisted name.
const MIN_LETTERS: usize = 4;
/// Confidence that such a name is a place at all.
const UNLISTED: Score = Score::from_parts(5_000);

/// Names that the reading model takes for places; where there is no model, capitalised names right after a preposition of place.
pub(crate) fn find(report: Report<'_>, names: &Names, uses: &[Option<Use>]) -> Vec<PlaceRef> {
    let Report { grammar, gazetteer, syntax, .. } = report;
    if syntax.words.is_empty() {
        return by_preposition(grammar, gazetteer, names);
    }
    let seen = syntax.names.iter().filter(|n| n.kind == NameKind::Place).map(|n| (n.at.span(grammar.words.tokens), n.score));
    // What was judged stays judged: a capital that is a government, or a place within the name.
    let judged = |span: Span| names.mentions.iter().zip(uses).any(|(m, u)| m.span.overlaps(span) && (u.is_some() || m.span == span));
    seen.filter(|(span, _)| !judged(*span) && is_placed(grammar, gazetteer, *span))
        .map(|(span, score)| unknown(span, "reader", score))
        .collect()
}

/// The words place something there: a preposition or a kind of place stands before the name, and it is no street or building.
fn is_placed(grammar: &Grammar<'_>, gazetteer: &Gazetteer, span: Span) -> bool {
    let (words, tables) = (&grammar.words, gazetteer.tables());
    let tokens = words.tokens.within(span);
    let is = |i: usize, kind: Locative| tables.is(&words.form(i).to_lowercase(), kind) || tables.is(&words.lemma(i).to_lowercase(), kind);
    let opens = words.tokens.sentences[words.sentence(tokens.start)].first_token.index();
    let Some(before) = tokens.start.checked_sub(1).filter(|i| *i >= opens) else { return false };
    let kind = |i: usize| tables.head_before(&words.lemma(i).to_lowercase()).is_some();
    let of_kind = kind(before) || (words.form(before) == "of" && before > opens && kind(before - 1));
    let facility = tokens.clone().any(|i| is(i, Locative::Facility) || words.form(i).starts_with(char::is_numeric));
    !facility && (of_kind || is(before, Locative::Settled))
}

fn unknown(span: Span, detail: &str, score: Score) -> PlaceRef {
    let reason = Reason { rule: RuleId::new("geo:unlisted"), detail: detail.to_owned(), score };
    PlaceRef { span, locative: true, place: Resolved::Unknown(WhyNot::NotListed), relative: None, reason }
}

fn by_preposition(grammar: &Grammar<'_>, gazetteer: &Gazetteer, names: &Names) -> Vec<PlaceRef> {
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
                    found.push(unknown(span, words.form(at - 1), UNLISTED));
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
