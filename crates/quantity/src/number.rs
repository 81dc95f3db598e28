//! Numbers in digits and words, and the words that bound them.

use std::ops::Range;

use dragoman_codebook::Comparison;
use dragoman_doc::Upos;
use dragoman_lexicon::NumberWord;

use crate::{Scene, bounds_of};

/// Longest bounding phrase, in words.
const MAX_BOUND: usize = 5;
/// A plain number below this without a noun is no quantity.
const SMALL: f64 = 1000.0;
/// The least number that multiplies the one before it ("dozen").
const LEAST_SCALE: f64 = 12.0;
/// Plain numbers of four digits in here are years.
const YEARS: Range<f64> = 1500.0..2100.0;

/// A number or a range of two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    pub(crate) second: Option<f64>,
    /// One past its last token.
    pub(crate) end: usize,
    /// Four digits without a comma that may be a year.
    pub(crate) is_year: bool,
}

impl Number {
    fn of(word: NumberWord, end: usize) -> Self {
        Self { value: word.value, low: word.low, high: word.high, second: None, end, is_year: false }
    }

    fn plain(value: f64, end: usize) -> Self {
        Self { value: Some(value), low: None, high: None, second: None, end, is_year: false }
    }

    /// A number that says little by itself: small, or like a year.
    pub(crate) fn is_small(&self) -> bool {
        self.is_year || self.value.is_none_or(|v| v < SMALL)
    }

    /// Value, bounds and comparison as the record has them.
    pub(crate) fn bounded(&self, given: Option<Comparison>) -> (Option<f64>, Option<f64>, Option<f64>, Comparison) {
        if let Some(second) = self.second {
            return (None, self.value, Some(second), Comparison::Between);
        }
        if self.value.is_none() {
            let open = if self.high.is_some() { Comparison::Between } else { Comparison::AtLeast };
            return (None, self.low, self.high, open);
        }
        let comparison = given.unwrap_or(Comparison::Exactly);
        let (low, high) = bounds_of(self.value, comparison);
        (self.value, low, high, comparison)
    }
}

/// The number that begins at token `at`.
pub(crate) fn read(scene: &Scene<'_>, at: usize, sentence: &Range<usize>) -> Option<Number> {
    let first = one(scene, at, sentence)?;
    Some(range(scene, at, &first, sentence).unwrap_or(first))
}

/// "between 300 and 400", "300 to 400 soldiers"; not "rose from 300 to 400".
fn range(scene: &Scene<'_>, at: usize, first: &Number, sentence: &Range<usize>) -> Option<Number> {
    let link = first.end;
    if link >= sentence.end {
        return None;
    }
    let opened = at > sentence.start && opens_range(scene, &scene.lower(at - 1));
    let joins = match scene.lower(link).as_str() {
        "to" | "–" | "-" => true,
        "and" => opened,
        _ => false,
    };
    let second = if joins { one(scene, link + 1, sentence)? } else { return None };
    let changes = opened && scene.lower(link) == "to" && !scene.noun_follows(second.end, at);
    let (low, high) = (first.value?, second.value?);
    // "2 to 3 million"
    let low = if low < high && second.end > link + 2 && first.end == at + 1 && high >= SMALL && low < SMALL {
        low * scale_of(scene, second.end - 1)?
    } else {
        low
    };
    (low < high && !changes).then_some(Number { value: Some(low), second: Some(high), is_year: false, ..second })
}

/// Whether the text says that the number at `at` became the one behind it: "from 12 to 15".
pub(crate) fn changes(scene: &Scene<'_>, at: usize, end: usize, sentence: &Range<usize>) -> bool {
    at > sentence.start && end < sentence.end && opens_range(scene, &scene.lower(at - 1)) && scene.lower(end) == "to"
}

/// Whether the text says that the number at `at` came in place of the one behind it: "to 15 from 12".
pub(crate) fn changed(scene: &Scene<'_>, at: usize, end: usize, sentence: &Range<usize>) -> bool {
    at > sentence.start && end < sentence.end && scene.lower(at - 1) == "to" && opens_range(scene, &scene.lower(end))
}

/// "from", "between": words that open a range of two numbers.
fn opens_range(scene: &Scene<'_>, word: &str) -> bool {
    scene.words.bounds().longest(word, |_, _| true).is_some_and(|(_, c)| c == Comparison::Between)
}

fn one(scene: &Scene<'_>, at: usize, sentence: &Range<usize>) -> Option<Number> {
    if at >= sentence.end {
        return None;
    }
    let form = scene.grammar.words.form(at);
    if let Some(value) = digits(form) {
        if let Some((end, scale)) = joined(scene, at, sentence) {
            return Some(Number::plain(value * scale, end));
        }
        let is_year = form.len() == 4 && !form.contains(['.', ',']) && YEARS.contains(&value);
        let number = scaled(scene, value, at + 1, sentence);
        return Some(Number { is_year: is_year && number.end == at + 1, ..number });
    }
    in_words(scene, at, sentence)
}

/// "$40bn": a scale joined to the digits, of money only; one past it and what it multiplies with.
fn joined(scene: &Scene<'_>, at: usize, sentence: &Range<usize>) -> Option<(usize, f64)> {
    let next = at + 1;
    let is_money = at > sentence.start && scene.grammar.words.upos(at - 1) == Upos::Sym;
    let glued = is_money && next < sentence.end && scene.grammar.token_span(at).end() == scene.grammar.token_span(next).start();
    let (_, scale) = glued.then(|| scene.words.numbers().longest(&scene.lower(next), |_, _| false)).flatten()?;
    Some((next + 1, scale.value.filter(|v| *v >= SMALL)?))
}

fn in_words(scene: &Scene<'_>, at: usize, sentence: &Range<usize>) -> Option<Number> {
    let (end, word) = word_at(scene, at, sentence)?;
    let Some(value) = word.value else { return Some(Number::of(word, end)) };
    let lone = end == at + 1;
    let counts = !lone || scene.grammar.words.upos(at) == Upos::Num || is_scale(scene, &scene.lower(at));
    let number = scaled(scene, value, end, sentence);
    // "one" stands for a person or thing as often as for a number.
    let stands_for = number.end == at + 1 && value < 2.0 && !scene.noun_follows(number.end, at);
    (counts && !stands_for).then_some(number)
}

/// A number with what multiplies it and is added to it: "two hundred and fifty thousand".
fn scaled(scene: &Scene<'_>, first: f64, end: usize, sentence: &Range<usize>) -> Number {
    let (mut total, mut group, mut end) = (0.0, first, end);
    let mut last_scale = f64::INFINITY;
    while end < sentence.end {
        let and = usize::from(scene.lower(end) == "and" && group + total >= SMALL / 10.0 && last_scale.is_finite());
        let Some((next, value)) = word_at(scene, end + and, sentence).and_then(|(n, w)| Some((n, w.value?))) else { break };
        if and == 0 && is_scale(scene, &scene.lower(end)) {
            let multiplied = group * value;
            if value >= SMALL {
                total += multiplied;
                group = 0.0;
            } else {
                group = multiplied;
            }
            last_scale = value;
        } else if value < last_scale && last_scale.is_finite() && value >= 1.0 && scene.grammar.words.upos(end + and) == Upos::Num {
            group += value;
            last_scale = f64::INFINITY;
        } else {
            break;
        }
        end = next;
    }
    Number::plain(total + group, end)
}

/// The number word or phrase at token `at`, and one past it.
fn word_at(scene: &Scene<'_>, at: usize, sentence: &Range<usize>) -> Option<(usize, NumberWord)> {
    if at >= sentence.end {
        return None;
    }
    let is = |i: usize, word: &str| at + i < sentence.end && scene.lower(at + i) == word;
    let (length, word) = scene.words.numbers().longest(&scene.lower(at), is)?;
    // "dozens of villagers": the noun's phrase begins with "of".
    let end = at + length - usize::from(length > 1 && scene.lower(at + length - 1) == "of");
    Some((end, word))
}

/// A word that multiplies: one that can stand behind "a" ("a hundred").
fn is_scale(scene: &Scene<'_>, word: &str) -> bool {
    let known = scene.words.numbers().longest(word, |_, _| false).is_some();
    let behind_article = scene.words.numbers().longest("a", |i, w| i == 1 && w == word);
    known && behind_article.is_some_and(|(length, n)| length == 2 && n.value.is_some_and(|v| v >= LEAST_SCALE))
}

fn scale_of(scene: &Scene<'_>, at: usize) -> Option<f64> {
    let word = scene.lower(at);
    let value = scene.words.numbers().longest(&word, |_, _| false)?.1.value?;
    Some(if is_scale(scene, &word) { value } else { 1.0 })
}

/// "2,500", "3.5", "12000".
fn digits(form: &str) -> Option<f64> {
    let grouped = form.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    let shaped = form.starts_with(|c: char| c.is_ascii_digit()) && form.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    (grouped && shaped).then(|| form.replace(',', "").parse::<f64>().ok()).flatten().filter(|v| v.is_finite())
}

/// The phrase right before a number that bounds it: its first token, and the comparison.
pub(crate) fn bound_before(scene: &Scene<'_>, at: usize, start: usize) -> (usize, Option<Comparison>) {
    for first in start.max(at.saturating_sub(MAX_BOUND))..at {
        let word = scene.lower(first);
        let is = |i: usize, word: &str| first + i < at && scene.lower(first + i) == word;
        if let Some((length, comparison)) = scene.words.bounds().longest(&word, is)
            && first + length == at
        {
            return (first, Some(comparison).filter(|c| *c != Comparison::Between));
        }
    }
    (at, None)
}

/// As [`bound_before`], but "from 300 soldiers" names only where something comes from.
pub(crate) fn bound(scene: &Scene<'_>, at: usize, number: &Number, start: usize) -> (usize, Option<Comparison>) {
    let (first, comparison) = bound_before(scene, at, start);
    let only_opens = first + 1 == at && number.second.is_none() && opens_range(scene, &scene.lower(first));
    if only_opens { (at, None) } else { (first, comparison) }
}

/// "or more", "or so" behind a number: the comparison, and one past the phrase.
pub(crate) fn bound_after(scene: &Scene<'_>, end: usize, limit: usize) -> Option<(Comparison, usize)> {
    if end >= limit || scene.lower(end) != "or" {
        return None;
    }
    let is = |i: usize, word: &str| end + i < limit && scene.lower(end + i) == word;
    scene.words.bounds().longest("or", is).map(|(length, comparison)| (comparison, end + length))
}
