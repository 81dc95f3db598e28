//! What a time expression says, before it is put on the calendar.

use dragoman_lexicon::{Grain, NamedDay, Season, Shift, TimeUnit, Which};
use dragoman_span::Span;
use jiff::civil::Time;

/// An expression that was recognised.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) span: Span,
    /// Name of the rule that recognised it.
    pub(crate) rule: &'static str,
    pub(crate) expression: Expression,
    pub(crate) time: Option<TimeOfDay>,
    pub(crate) grain: Option<Grain>,
    /// The words right before it, for the direction.
    pub(crate) before: [String; 2],
}

/// The part of the day or the clock time beside a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeOfDay {
    /// TIMEX3 letters of a part of the day.
    Part(&'static str),
    /// A clock time.
    Clock(Time),
}

/// Which year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Year {
    /// The text names it.
    Named(i16),
    /// The text picks it: "March last year".
    Picked(Which),
    /// The last or next one with this month or day: "last March".
    Nth(Which),
    /// The text leaves it open.
    Open,
}

/// How many units: `None` where the text gives no exact number.
pub(crate) type Count = Option<u32>;

/// The kinds of expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Expression {
    /// "March 4, 2024", "Tuesday, 4 March".
    Day { weekday: Option<i8>, year: Year, month: i8, day: i8 },
    /// "March 3-5".
    Days { year: Year, month: i8, first: i8, last: i8 },
    /// "04/03/2024", where day and month cannot be told apart.
    Ambiguous { year: i16 },
    /// "March 2024", "last March".
    Month { year: Year, month: i8 },
    /// "2024".
    Year(i16),
    /// "2014-2017".
    Years { first: i16, last: i16 },
    /// "the 1980s".
    Decade(i16),
    /// "the second quarter of 2024", "the first half of 2024".
    Fraction { year: Year, number: i8, months: i8 },
    /// "the spring of 2024", "last winter".
    Season { year: Year, season: Season },
    /// "Thursday", "next Monday".
    Weekday { day: i8, which: Option<Which> },
    /// "yesterday".
    NamedDay(NamedDay),
    /// "last week", "the same day".
    Whole { which: Which, unit: TimeUnit },
    /// "two days ago".
    Shifted { count: Count, unit: TimeUnit, shift: Shift },
    /// "three months".
    Duration { count: Count, unit: TimeUnit },
    /// "the past three months".
    Period { which: Which, count: Count, unit: TimeUnit },
    /// "every week".
    EveryUnit(TimeUnit),
    /// "every Friday", "on Fridays".
    EveryWeekday(i8),
    /// "every morning".
    EveryPart(&'static str),
    /// "daily", "now": a word with its TIMEX3 value.
    SetWord(&'static str),
    /// "now", "recently".
    Reference(&'static str),
    /// "at 5:30 p.m."; the time stands in [`Found::time`].
    Clock,
}

impl Expression {
    /// The year that the text names.
    pub(crate) fn named_year(&self) -> Option<i16> {
        match *self {
            Self::Day { year: Year::Named(y), .. }
            | Self::Days { year: Year::Named(y), .. }
            | Self::Month { year: Year::Named(y), .. }
            | Self::Fraction { year: Year::Named(y), .. }
            | Self::Season { year: Year::Named(y), .. }
            | Self::Year(y) => Some(y),
            _ => None,
        }
    }
}
