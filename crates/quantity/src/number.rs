//! Numbers in digits and words, and the words that bound them.

use std::ops::Range;

use dragoman_codebook::Comparison;

use crate::{Scene, bounds_of};

/// Longest bounding phrase, in words.
const MAX_BOUND: usize = 5;
/// A plain number below this without a noun is no quantity.
const SMALL: f64 = 1000.0;

/// A number or a range of two.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    pub(crate) second: Option<f64>,
    pub(crate) end: usize,
}

impl Number {
    /// A number that says little by itself: small, or like a year.
    pub(crate) fn is_small(&self) -> bool {
        self.value.is_none_or(|v| v < SMALL || ((1500.0..2100.0).contains(&v)))
    }

    /// Value, bounds and comparison as the record has them.
    pub(crate) fn bounded(&self, comparison: Option<Comparison>) -> (Option<f64>, Option<f64>, Option<f64>, Comparison) {
        if let Some(second) = self.second {
            return (None, self.value, Some(second), Comparison::Between);
        }
        match (self.value, comparison) {
            (None, given) => (None, self.low, self.high, given.unwrap_or(Comparison::About)),
            (value, given) => {
                let comparison = given.unwrap_or(Comparison::Exactly);
                let (low, high) = bounds_of(value, comparison);
                (value, low, high, comparison)
            }
        }
    }
}

/// The number that begins at token `at`.
pub(crate) fn read(scene: &Scene<'_>, at: usize, sentence: &Range<usize>) -> Option<Number> {
    let first = one(scene, at, sentence)?;
    // "between 300 and 400", "300 to 400".
    let link = first.end;
    let form = |i: usize| scene.grammar.words.form(i).to_lowercase();
    let between = at > sentence.start && form(at - 1) == "between";
    let joins = link < sentence.end && (form(link) == "to" || matches!(scene.grammar.words.form(link), "–" | "-") || (between && form(link) == "and"));
    if joins
        && let Some(second) = one(scene, link + 1, sentence)
        && let (Some(a), Some(b)) = (first.value, second.value)
        && a < b
    {
        return Some(Number { value: Some(a), low: None, high: None, second: Some(b), end: second.end });
    }
    Some(first)
}

fn one(scene: &Scene<'_>, at: usize, sentence: &Range<usize>) -> Option<Number> {
    if at >= sentence.end {
        return None;
    }
    let form = |i: usize| scene.grammar.words.form(i).to_lowercase();
    if let Some(value) = digits(scene.grammar.words.form(at)) {
        let scale = (at + 1 < sentence.end).then(|| scale(scene, &form(at + 1))).flatten();
        let end = at + 1 + usize::from(scale.is_some());
        return Some(Number { value: Some(value * scale.unwrap_or(1.0)), low: None, high: None, second: None, end });
    }
    let is = |i: usize, word: &str| at + i < sentence.end && form(at + i) == word;
    let (length, word) = scene.words.numbers().longest(&form(at), is)?;
    // "one" stands for a person or thing as often as for a number.
    let lone = length == 1 && form(at) == "one" && !scene.noun_follows(at + 1, at);
    let article = length == 1 && matches!(form(at).as_str(), "a" | "an" | "no");
    if lone || article {
        return None;
    }
    Some(Number { value: word.value, low: word.low, high: word.high, second: None, end: at + length })
}

/// "million" after digits.
fn scale(scene: &Scene<'_>, word: &str) -> Option<f64> {
    let (_, number) = scene.words.numbers().longest(word, |_, _| false)?;
    number.value.filter(|v| *v >= 100.0)
}

/// "2,500", "3.5", "12000".
fn digits(form: &str) -> Option<f64> {
    let plain = form.replace(',', "");
    let grouped = form.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    let shaped = form.starts_with(|c: char| c.is_ascii_digit()) && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    (grouped && shaped).then(|| plain.parse::<f64>().ok()).flatten().filter(|v| v.is_finite())
}

/// The phrase right before a number that bounds it: its first token, and the comparison.
pub(crate) fn bound_before(scene: &Scene<'_>, at: usize, start: usize) -> (usize, Option<Comparison>) {
    let form = |i: usize| scene.grammar.words.form(i).to_lowercase();
    for first in (start.max(at.saturating_sub(MAX_BOUND))..at).rev().collect::<Vec<_>>().into_iter().rev() {
        let is = |i: usize, word: &str| first + i < at && form(first + i) == word;
        if let Some((length, comparison)) = scene.words.bounds().longest(&form(first), is)
            && first + length == at
        {
            return (first, Some(comparison).filter(|c| *c != Comparison::Between));
        }
    }
    (at, None)
}

/// "or more", "or so" behind a number: the comparison, and one past the phrase.
pub(crate) fn bound_after(scene: &Scene<'_>, end: usize, limit: usize) -> Option<(Comparison, usize)> {
    let form = |i: usize| scene.grammar.words.form(i).to_lowercase();
    if end >= limit || form(end) != "or" {
        return None;
    }
    let is = |i: usize, word: &str| end + i < limit && form(end + i) == word;
    scene.words.bounds().longest("or", is).map(|(length, comparison)| (comparison, end + length))
}
