//! How time expressions are written: a small typed grammar over the pieces of a sentence.
//!
//! Each rule reads one shape from a piece on and gives where it ends; the longest reading wins, of equally long ones the first in
//! the list. The rules are those of the news handled by HeidelTime (Strötgen and Gertz 2010) and SynTime (Zhong et al. 2017).

mod clock;
mod dates;
mod relative;

use dragoman_lexicon::{Direction, Grain, Lead, NamedNumber, Origin, Phrases, TimeUnit, TimeWords, Which};
use dragoman_span::Span;

use crate::expression::{Count, Expression, Found, TimeOfDay, Year};
use crate::pieces::{Kind, Piece, cut};

/// Years that may be written as four digits alone.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2099;

/// A shape that was read: one past its last piece, and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    end: usize,
    rule: &'static str,
    expression: Expression,
    time: Option<TimeOfDay>,
    grain: Option<Grain>,
}

impl Shape {
    #[expect(clippy::unnecessary_wraps, reason = "the rules end in it, and they may find nothing")]
    fn new(end: usize, rule: &'static str, expression: Expression) -> Option<Self> {
        Some(Self { end, rule, expression, time: None, grain: None })
    }
}

/// The pieces of a sentence with the words of time.
pub(crate) struct Sentence<'a> {
    words: &'a TimeWords,
    pieces: Vec<Piece>,
    /// Whether the number at this byte counts the noun behind it.
    counts: &'a dyn Fn(usize) -> bool,
}

/// The expressions of a sentence, in order, none within another.
pub(crate) fn find(text: &str, bounds: Span, words: &TimeWords, counts: &dyn Fn(usize) -> bool) -> Vec<Found> {
    let sentence = Sentence { words, pieces: cut(text, bounds), counts };
    let mut found: Vec<Found> = Vec::new();
    let (mut at, mut list_end) = (0, None);
    while at < sentence.pieces.len() {
        let Some(shape) = sentence.longest(at, list_end) else {
            at += 1;
            continue;
        };
        let mut one = sentence.found(at, &shape);
        // "for March and April": the preposition of the first counts for all.
        if let Some(first) = found.last().filter(|_| list_end == Some(at)) {
            one.before.clone_from(&first.before);
        }
        found.push(one);
        // "in March and April": a list goes on behind what was read.
        list_end = sentence.list_goes_on(shape.end);
        at = shape.end;
    }
    found
}

impl Sentence<'_> {
    fn longest(&self, at: usize, list: Option<usize>) -> Option<Shape> {
        if self.glued_before(at) {
            return None;
        }
        let listed = list == Some(at);
        let read = [
            self.clock_and_day(at),
            self.dated(at),
            self.month_alone(at, listed),
            self.years(at),
            self.year_alone(at, listed),
            self.fraction(at),
            self.season(at),
            self.weekday(at),
            self.named_day(at),
            self.whole_unit(at),
            self.period(at),
            self.length(at),
            self.repeated(at),
            self.reference(at),
            self.graded(at, listed),
        ];
        // Of equally long ones `max_by_key` would give the last.
        read.into_iter().flatten().rev().filter(|s| !self.glued_after(s.end)).max_by_key(|s| s.end)
    }

    fn found(&self, at: usize, shape: &Shape) -> Found {
        let before = |n: usize| at.checked_sub(n).map(|i| self.pieces[i].lower.clone()).unwrap_or_default();
        Found {
            span: self.pieces[at].span.cover(self.pieces[shape.end - 1].span),
            rule: shape.rule,
            expression: shape.expression,
            time: shape.time,
            grain: shape.grain,
            before: [before(1), before(2)],
        }
    }

    /// Where the next member of a list would begin: behind ", ", " and ", " or ", " to ".
    fn list_goes_on(&self, end: usize) -> Option<usize> {
        let behind_comma = end + usize::from(self.is(end, ","));
        let links = self.is(behind_comma, "and") || self.is(behind_comma, "or") || self.is(behind_comma, "to");
        (behind_comma > end || links).then_some(behind_comma + usize::from(links))
    }

    // What stands at a piece.

    fn lower(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |p| &p.lower)
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.lower(at) == word
    }

    fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.pieces.get(at).is_some_and(|p| p.kind == kind)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| p.capital)
    }

    /// Whether no white space stands before the piece.
    fn is_joined(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| !p.gap)
    }

    /// Position behind an optional word or mark.
    fn skip(&self, at: usize, word: &str) -> usize {
        at + usize::from(self.is(at, word))
    }

    fn is_dash(&self, at: usize) -> bool {
        matches!(self.lower(at), "-" | "–" | "—")
    }

    /// The longest phrase of a table at `at`.
    fn phrase<V: Copy>(&self, at: usize, phrases: &Phrases<V>) -> Option<(usize, V)> {
        let first = self.pieces.get(at)?;
        phrases.longest(&first.lower, |i, word| self.is(at + i, word)).map(|(length, value)| (at + length, value))
    }

    /// Digits as a number, with their count.
    fn number(&self, at: usize) -> Option<(i16, usize)> {
        let piece = self.pieces.get(at).filter(|p| p.kind == Kind::Digits)?;
        Some((piece.lower.parse().ok()?, piece.lower.len()))
    }

    /// The piece belongs to a longer word or number: "F-16", "$2024", "3.2024".
    fn glued_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.is_joined(at)) else { return false };
        if self.pieces[before].kind != Kind::Mark {
            return true;
        }
        let opens = matches!(self.lower(before), "(" | "[" | "\"" | "'" | "“" | "‘" | "«" | "`" | "–" | "—" | "_" | "…");
        // "said.Monday" lacks a space; "Monday-Friday" are two days.
        let word = self.is_kind(at, Kind::Word) && (self.is_capital(at) || !self.is_dash(before));
        !opens && !word
    }

    /// What follows without white space makes another word or number of it: "2024mm", "March 4.5", "10%".
    fn glued_after(&self, end: usize) -> bool {
        if !self.is_joined(end) {
            return false;
        }
        let digits_before = end > 0 && self.is_kind(end - 1, Kind::Digits);
        let joins = matches!(self.lower(end), "." | "," | ":" | "/" | "-") && self.is_joined(end + 1);
        match self.pieces[end].kind {
            Kind::Word => !self.is(end, "'s"),
            Kind::Digits => true,
            Kind::Mark => digits_before && (self.is(end, "%") || (joins && self.is_kind(end + 1, Kind::Digits))),
        }
    }

    // The words of time.

    fn month(&self, at: usize) -> Option<(usize, i8)> {
        self.named(at, &self.words.months)
    }

    /// A month or weekday, which is capitalised, with the full stop of an abbreviation.
    fn named(&self, at: usize, names: &Phrases<NamedNumber>) -> Option<(usize, i8)> {
        let (end, name) = self.phrase(at, names).filter(|_| self.is_capital(at))?;
        let stop = name.short && self.is(end, ".") && self.is_joined(end);
        Some((end + usize::from(stop), name.number))
    }

    fn day_of_month(&self, at: usize) -> Option<(usize, i8)> {
        if let Some((number, length)) = self.number(at).filter(|(n, _)| (1..=31).contains(n)) {
            let ordinal = self.is_joined(at + 1) && self.is_kind(at + 1, Kind::Word);
            if ordinal {
                return self.ordinal(at);
            }
            return (length <= 2).then_some((at + 1, i8::try_from(number).ok()?));
        }
        None
    }

    /// "third", "3rd": as a number.
    fn ordinal(&self, at: usize) -> Option<(usize, i8)> {
        if self.is_kind(at, Kind::Digits) && self.is_joined(at + 1) {
            let written = format!("{}{}", self.lower(at), self.lower(at + 1));
            return self.words.ordinals.longest(&written, |_, _| false).map(|(_, value)| (at + 2, value));
        }
        self.phrase(at, &self.words.ordinals)
    }

    fn year(&self, at: usize) -> Option<(usize, i16)> {
        let (year, length) = self.number(at)?;
        (length == 4 && YEARS.contains(&year)).then_some((at + 1, year))
    }

    fn unit(&self, at: usize) -> Option<(usize, TimeUnit)> {
        self.phrase(at, &self.words.units)
    }

    /// "this", "the following".
    fn which(&self, at: usize) -> Option<(usize, Which)> {
        self.phrase(at, &self.words.which)
    }

    /// "2024", ", 2024", "of 2024", "of this year", "last year": the year behind a month, season or quarter.
    fn year_behind(&self, at: usize) -> (usize, Year) {
        let from = self.skip(self.skip(at, ","), "of");
        // "in May, 1500 people left"
        let counts = self.is(at, ",") && self.counts_something(from);
        if let Some((end, year)) = self.year(from).filter(|(end, _)| !counts && !self.glued_after(*end)) {
            return (end, Year::Named(year));
        }
        self.picked_year(self.skip(at, "of")).unwrap_or((at, Year::Open))
    }

    /// As [`Sentence::which`], before a name: "that" opens a clause there ("said that Monday ...").
    fn which_before_name(&self, at: usize) -> Option<(usize, Which)> {
        self.which(at).filter(|(_, w)| w.shift != 0 || w.from == Origin::Publication)
    }

    /// "last year", "this year".
    fn picked_year(&self, at: usize) -> Option<(usize, Year)> {
        let (end, which) = self.which(at)?;
        let (end, unit) = self.unit(end).filter(|(_, u)| !u.plural)?;
        (unit.timex == "Y").then_some((end, Year::Picked(which)))
    }

    /// The word before, where it leads a month, season or year.
    fn lead(&self, at: usize) -> Option<Lead> {
        let before = at.checked_sub(1)?;
        self.words.leads.longest(self.lower(before), |_, _| false).map(|(_, lead)| lead).or_else(|| self.long_lead(at))
    }

    /// A lead of several words: "as early as".
    fn long_lead(&self, at: usize) -> Option<Lead> {
        const LONGEST: usize = 3;
        (2..=LONGEST).filter_map(|n| at.checked_sub(n)).find_map(|from| {
            let (end, lead) = self.phrase(from, &self.words.leads)?;
            (end == at).then_some(lead)
        })
    }
}

/// What the words before an expression say of its direction.
pub(crate) fn led(words: &TimeWords, before: &[String; 2]) -> Option<Direction> {
    let [last, previous] = before;
    let two = words.leads.longest(previous, |i, w| i == 1 && w == last).filter(|(length, _)| *length == 2);
    two.or_else(|| words.leads.longest(last, |_, _| false)).and_then(|(_, lead)| lead.direction)
}
