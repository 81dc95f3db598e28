//! What a time expression says, before it is put on the calendar.

use dragoman_codebook::{DayPart, TimeMod};
use dragoman_lexicon::{Grain, Reference, Season, Shift, TimeUnit, Which};
use dragoman_span::Span;
use jiff::civil::Time;

/// An expression that was recognised.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) span: Span,
    /// Name of the rule that recognised it.
    pub(crate) rule: &'static str,
    pub(crate) expression: Expression,
    /// What stands right before it.
    pub(crate) led: Led,
}

/// What the words right before an expression say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of the words before")]
pub(crate) struct Led {
    /// They tell the direction: "since", "as early as".
    pub(crate) direction: Option<dragoman_lexicon::Direction>,
    /// They are a preposition after which a date lies ahead: "until".
    pub(crate) ahead: bool,
    /// It lies behind what the verb tells: "until", "to".
    pub(crate) firm: bool,
    /// "to": what is postponed to it lies ahead.
    pub(crate) onto: bool,
    /// "in": a length behind it may be counted from now.
    pub(crate) within: bool,
    /// It opens its sentence.
    pub(crate) opens: bool,
    /// It goes on a list, and lies where the one before lies.
    pub(crate) listed: bool,
}

/// A time expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Expression {
    pub(crate) what: What,
    /// The part of the day or the clock time beside it.
    pub(crate) time: Option<TimeOfDay>,
    /// Only a part of it is meant.
    pub(crate) grain: Option<Grain>,
    pub(crate) modifier: Option<TimeMod>,
}

impl Expression {
    pub(crate) fn new(what: What) -> Self {
        Self { what, time: None, grain: None, modifier: None }
    }

    /// It comes again and again.
    pub(crate) fn is_set(&self) -> bool {
        matches!(
            self.what,
            What::EveryUnit { .. } | What::EveryWeekday(_) | What::EveryPart(_) | What::EveryMonth(_) | What::EverySeason(_)
        )
    }

    /// The year that the text names.
    pub(crate) fn named_year(&self) -> Option<i16> {
        match self.what {
            What::Day { year: Year::Named(y), .. }
            | What::Month { year: Year::Named(y), .. }
            | What::Fraction { year: Year::Named(y), .. }
            | What::Season { year: Year::Named(y), .. }
            | What::Holiday { year: Year::Named(y), .. }
            | What::Year(y) => Some(y),
            _ => None,
        }
    }
}

/// The part of the day or the clock time beside a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeOfDay {
    /// A part of the day.
    Part(DayPart),
    /// A clock time, with the minutes its zone lies east of UTC where one is named.
    Clock(Time, Option<i16>),
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

/// A month or year that a week or day is one of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Whole {
    Month { year: Year, month: i8 },
    Year(i16),
    Unit { which: Which, unit: TimeUnit },
}

/// How many units: `None` where the text gives no exact number. In halves, so that "two and a half years" has its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    /// Whole units.
    pub(crate) whole: Option<u32>,
    /// And a half.
    pub(crate) half: bool,
}

/// Why words of the form of a date are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// "04/03/2024".
    DayOrMonth { year: i16 },
    /// "March 3, 20245".
    LongYear { month: i8 },
    /// "25:99".
    NoClock,
}

/// The kinds of expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum What {
    /// "March 4, 2024", "Tuesday, 4 March".
    Day { weekday: Option<i8>, year: Year, month: i8, day: i8 },
    /// Words that cannot be a date.
    Flawed(Flaw),
    /// "March 2024", "last March".
    Month { year: Year, month: i8 },
    /// "2024"; 0 is 1 BC.
    Year(i16),
    /// "fiscal 2024", "the 2023-24 academic year": years that need not begin in January.
    OtherYears { first: i16, last: i16 },
    /// "the 1980s": its first year.
    Decade(i16),
    /// "the nineties", of the century that the text leaves open.
    OpenDecade(i16),
    /// "the 19th century": its first year.
    Century(i16),
    /// "the second quarter of 2024", "the first half of 2024".
    Fraction { year: Year, number: i8, months: i8 },
    /// The quarter told before, so many years on: "the quarter", "a year earlier" behind a quarter.
    SameQuarter { years: i16, year: Option<i16> },
    /// "the spring of 2024", "last winter".
    Season { year: Year, season: Season },
    /// "Thursday", "next Monday".
    Weekday { day: i8, which: Option<Which> },
    /// "Friday last week".
    WeekdayOf { day: i8, which: Which },
    /// "the week of March 6".
    Around { unit: TimeUnit, year: Year, month: i8, day: i8 },
    /// "the third week of March": which (0 is the last), of the period that stands in [`Expression`]'s other fields.
    NthOf { number: i16, unit: TimeUnit, of: Whole },
    /// "on the 12th".
    DayOfMonth(i8),
    /// "yesterday".
    NamedDay { offset: i32 },
    /// "last week", "the same day".
    Whole { which: Which, unit: TimeUnit },
    /// "two days ago".
    Shifted { count: Count, unit: TimeUnit, shift: Shift },
    /// "three months".
    Duration { count: Count, unit: TimeUnit },
    /// "the past three months".
    Period { which: Which, count: Count, unit: TimeUnit },
    /// "every week", "every two weeks".
    EveryUnit { count: u32, unit: TimeUnit },
    /// "every Friday", "on Fridays".
    EveryWeekday(i8),
    /// "every morning".
    EveryPart(DayPart),
    /// "every March".
    EveryMonth(i8),
    /// "each autumn".
    EverySeason(Season),
    /// "now", "recently".
    Reference(Reference),
    /// "Easter": its number in the table.
    Holiday { holiday: u16, year: Year },
    /// "10 Muharram 1446", a day of the Islamic calendar.
    Hijri { year: Option<i32>, month: i8, day: i8 },
    /// "25 Khordad 1403", a day of the Persian calendar.
    Persian { year: Option<i32>, month: i8, day: i8 },
    /// A day that nothing tells: "at night".
    SomeDay,
    /// "D-Day".
    DDay,
    /// "D-Day + 3".
    DDayAnd(i16),
    /// "H-hour + 2": the hour is told nowhere.
    HHour,
    /// "at 5:30 p.m."; the time stands in [`Expression::time`].
    Clock,
}
