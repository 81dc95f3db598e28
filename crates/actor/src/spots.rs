//! Words of the tables, wherever they stand in the text.

use std::ops::Range;

use dragoman_annotate::Grammar;
use dragoman_doc::{Feat, NameKind, Syntax, TokenId, Upos};
use dragoman_lexicon::{Actors, Kind, Named, pieces, plain};
use dragoman_span::Id;

/// Names and nouns of the tables with the tokens that they cover.
#[derive(Debug)]
pub(crate) struct Spots {
    pub(crate) names: Vec<(Range<usize>, Named)>, // sorted by start; names do not overlap names
    pub(crate) nouns: Vec<(Range<usize>, Kind)>,  // sorted by start; nouns do not overlap nouns
}

impl Spots {
    pub(crate) fn find(grammar: &Grammar<'_>, syntax: &Syntax, actors: &Actors) -> Self {
        let mut names: Vec<(Range<usize>, Named)> = Vec::new();
        let mut nouns = Vec::new();
        for (_, tokens) in grammar.words.sentences() {
            let pieces = Pieces::of(grammar, &tokens);
            let mut here: Vec<(Range<usize>, Named)> = Vec::new();
            scan(&tokens, &mut here, |at| pieces.name_at(grammar, actors, at));
            let starts: Vec<usize> = here.iter().map(|(range, _)| range.start).collect();
            let known = |at: usize| starts.contains(&at) || noun_at(grammar, actors, at, tokens.end).is_some();
            // "ISLAMIC REPUBLIC OF MAURITANIA" is not Iran.
            let of_another = |range: &Range<usize>| {
                range.end < tokens.end && grammar.words.form(range.end).eq_ignore_ascii_case("of") && starts.contains(&(range.end + 1))
            };
            here.retain(|(range, named)| {
                !(matches!(named, Named::Country(_)) && of_another(range))
                    && is_whole(grammar, syntax, actors, range, *named)
                    && !goes_on(grammar, syntax, range, *named, known)
            });
            // "Quds Force commander": what stands within a body's name is no noun of its own.
            let is_body = |(r, named): &&(Range<usize>, Named)| r.len() > 1 && matches!(named, Named::Organization(_));
            let bodies: Vec<Range<usize>> = here.iter().filter(is_body).map(|(r, _)| r.clone()).collect();
            scan(&tokens, &mut nouns, |at| {
                let within = bodies.iter().any(|r| r.contains(&at));
                if within { None } else { noun_at(grammar, actors, at, tokens.end) }
            });
            names.append(&mut here);
        }
        let ends: Vec<usize> = names.iter().map(|(range, _)| range.end).collect();
        names.retain(|(range, named)| !matches!(named, Named::Demonym(_)) || !is_prefixed(grammar, range.start, &ends));
        Self { names, nouns }
    }

    /// The name that covers token `at`.
    pub(crate) fn name_over(&self, at: usize) -> Option<(Range<usize>, Named)> {
        over(&self.names, at)
    }

    /// The noun that covers token `at`.
    pub(crate) fn noun_over(&self, at: usize) -> Option<(Range<usize>, Kind)> {
        over(&self.nouns, at)
    }

    /// Names that lie wholly within these tokens.
    pub(crate) fn names_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &(Range<usize>, Named)> {
        let start = self.names.partition_point(|(r, _)| r.start < tokens.start);
        self.names[start..].iter().take_while(move |(r, _)| r.start < tokens.end).filter(move |(r, _)| r.end <= tokens.end)
    }
}

/// "Inter-American", "pro-Iranian": not of the nationality. "US-Iranian" is, since a name stands before the hyphen too.
fn is_prefixed(grammar: &Grammar<'_>, at: usize, ends: &[usize]) -> bool {
    let glued = |at: usize| grammar.token_span(at - 1).end() == grammar.token_span(at).start();
    at >= 2 && grammar.words.form(at - 1) == "-" && glued(at) && glued(at - 1) && ends.binary_search(&(at - 1)).is_err()
}

/// Whether a leader's name is not just a part of another person's: "Juan Carlos" of "Juan Carlos Jobet", "Trump" of "Ivanka Trump".
fn is_whole(grammar: &Grammar<'_>, syntax: &Syntax, actors: &Actors, range: &Range<usize>, named: Named) -> bool {
    let Named::Leader(leader) = named else { return true };
    let Some(name) = syntax.name_at(TokenId::from_index(range.start)).filter(|n| n.kind == NameKind::Person) else { return true };
    let (first, end) = (name.at.first.index(), name.at.last.index() + 1);
    let given = actors.leader(leader).name.split(' ').next().unwrap_or_default();
    end <= range.end && (first >= range.start || plain(grammar.words.form(first)).eq_ignore_ascii_case(&plain(given)))
}

/// "Social Democratic Party" is not the Democratic Party: the model sees a longer name of a body, of which the word before is no title, demonym or
/// kind of body.
fn goes_on(grammar: &Grammar<'_>, syntax: &Syntax, range: &Range<usize>, named: Named, known: impl Fn(usize) -> bool) -> bool {
    let name = syntax.name_at(TokenId::from_index(range.start)).filter(|n| n.kind != NameKind::Person);
    let Some(name) = name.filter(|_| matches!(named, Named::Organization(_))) else { return false };
    let first = name.at.first.index();
    let capital = |i: usize| grammar.words.form(i).starts_with(char::is_uppercase) && grammar.words.upos(i) != Upos::Det;
    first < range.start && capital(range.start - 1) && !(first..range.start).any(known)
}

fn over<V: Copy>(spots: &[(Range<usize>, V)], at: usize) -> Option<(Range<usize>, V)> {
    let next = spots.partition_point(|(r, _)| r.start <= at);
    let (range, value) = spots.get(next.checked_sub(1)?)?;
    range.contains(&at).then(|| (range.clone(), *value))
}

fn scan<V>(tokens: &Range<usize>, found: &mut Vec<(Range<usize>, V)>, hit: impl Fn(usize) -> Option<(usize, V)>) {
    let mut at = tokens.start;
    while at < tokens.end {
        match hit(at) {
            Some((length, value)) => {
                found.push((at..at + length, value));
                at += length;
            }
            None => at += 1,
        }
    }
}

/// The words of a sentence cut as names are in the tables.
struct Pieces {
    text: Vec<String>,
    /// For each token of the sentence its first piece; one more for the end.
    starts: Vec<usize>,
    first: usize,
}

impl Pieces {
    fn of(grammar: &Grammar<'_>, tokens: &Range<usize>) -> Self {
        let (mut text, mut starts) = (Vec::new(), Vec::with_capacity(tokens.len() + 1));
        for at in tokens.clone() {
            starts.push(text.len());
            text.extend(pieces(grammar.words.form(at)));
        }
        starts.push(text.len());
        Self { text, starts, first: tokens.start }
    }

    /// The name of the tables that begins with the token: its number of tokens, and what it names.
    fn name_at(&self, grammar: &Grammar<'_>, actors: &Actors, at: usize) -> Option<(usize, Named)> {
        let from = self.starts[at - self.first];
        let word = self.text.get(from)?;
        if !word.starts_with(char::is_uppercase) && !word.starts_with(char::is_numeric) {
            return self.longest(actors, at, str::to_owned);
        }
        let hit = self.longest(actors, at, str::to_owned).or_else(|| self.shouted(actors, at, word))?;
        // "Will", "May": a name of one word that the sentence uses as a verb or pronoun is none.
        let common = hit.0 == 1 && matches!(grammar.words.upos(at), Upos::Pron | Upos::Aux | Upos::Verb | Upos::Adp);
        (!common).then_some(hit)
    }

    /// Headlines and datelines in capitals: "BAGHDAD", "UNITED NATIONS".
    fn shouted(&self, actors: &Actors, at: usize, word: &str) -> Option<(usize, Named)> {
        let upper = word.chars().count() > 3 && !word.chars().any(char::is_lowercase);
        let title = |word: &str| {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
        };
        if upper { self.longest(actors, at, title) } else { None }
    }

    /// The longest name that begins with the token and ends with one; `written` gives a piece as the tables write it.
    fn longest(&self, actors: &Actors, at: usize, written: impl Fn(&str) -> String) -> Option<(usize, Named)> {
        let from = self.starts[at - self.first];
        let same = |i: usize, word: &str| self.text.get(from + i).is_some_and(|p| written(p) == word);
        let end = |length: usize| self.starts.binary_search(&(from + length)).ok();
        let (length, named) = actors.names().longest_whole(&written(self.text.get(from)?), same, |n| end(n).is_some())?;
        Some((end(length)? - (at - self.first), named))
    }
}

fn noun_at(grammar: &Grammar<'_>, actors: &Actors, at: usize, end: usize) -> Option<(usize, Kind)> {
    let lower = |i: usize| plain(grammar.words.form(i)).to_lowercase();
    let same = |i: usize, word: &str| {
        let i = at + i;
        i < end
            && (lower(i) == word
                || (grammar.words.has(i, Feat::Plural) && grammar.words.lemma(i) == word)
                || lower(i).strip_suffix('s') == Some(word))
    };
    let first = lower(at);
    let by_form = actors.nouns().longest(&first, same);
    let singular = first.strip_suffix('s').unwrap_or(&first).to_owned();
    let lemma = grammar.words.lemma(at).to_lowercase();
    let others = [lemma, singular]
        .into_iter()
        .filter(|w| *w != first && grammar.words.upos(at).is_nominal())
        .filter_map(|w| actors.nouns().longest(&w, same));
    by_form
        .into_iter()
        .chain(others)
        .max_by_key(|(length, _)| *length)
        .filter(|_| !matches!(grammar.words.upos(at), Upos::Verb | Upos::Aux | Upos::Adv | Upos::Adp))
}
