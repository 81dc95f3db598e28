//! From what a rule captured to what the expression says.

use dragoman_codebook::{DayPart, TimeMod};
use dragoman_lexicon::{Fact, Grain, Origin, Reference, SetWord, Shift, Third, TimeUnit, Which};
use jiff::civil::Time;

use crate::expression::{Count, Expression, Flaw, TimeOfDay, What, Whole, Year};
use crate::vocabulary::Class;

/// Something that a pattern read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Capture {
    /// The class; `None` for what a rule of a group read.
    pub(crate) class: Option<Class>,
    /// First piece, and one past the last.
    pub(crate) pieces: (usize, usize),
    pub(crate) value: Value,
}

/// What was read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value {
    Digits { number: i32, length: u32 },
    Fact(Fact),
    Inner(Expression),
}

/// What a rule makes of its captures: one expression, or two.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Built {
    One(Expression),
    /// The first expression, where it ends, where the second begins, the second.
    Two(Expression, usize, usize, Expression),
}

/// What a rule says: a kind of expression, and what its words alone do not tell.
#[derive(Debug)]
pub(crate) struct Means {
    kind: Kind,
    set: Vec<(String, String)>,
}

macro_rules! kinds {
    ($($kind:ident = $name:literal),+ $(,)?) => {
        /// The kinds of expression that a rule may name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Kind {
            $($kind),+
        }

        impl std::str::FromStr for Kind {
            type Err = String;

            fn from_str(name: &str) -> Result<Self, String> {
                match name {
                    $($name => Ok(Self::$kind),)+
                    _ => Err(format!("there is no kind {name}")),
                }
            }
        }
    };
}

kinds! {
    Ad = "ad",
    Around = "around",
    Bc = "bc",
    BcPair = "bc-pair",
    Century = "century",
    Clock = "clock",
    ClockDay = "clock-day",
    ClockNth = "clock-nth",
    ClockPair = "clock-pair",
    ClockToClock = "clock-to-clock",
    Day = "day",
    DayBrackets = "day-brackets",
    DayOfMonth = "day-of-month",
    DayPair = "day-pair",
    DayRange = "day-range",
    Dday = "dday",
    DdayAnd = "dday-and",
    Decade = "decade",
    DecadeBc = "decade-bc",
    DecadeShort = "decade-short",
    DecadeWord = "decade-word",
    Dotted = "dotted",
    Dtg = "dtg",
    Duration = "duration",
    DurationDecimal = "duration-decimal",
    EveryAt = "every-at",
    EveryMonth = "every-month",
    EveryPart = "every-part",
    EverySeason = "every-season",
    EveryUnit = "every-unit",
    EveryWeekday = "every-weekday",
    FlawedClock = "flawed-clock",
    FlawedYear = "flawed-year",
    Fraction = "fraction",
    Graded = "graded",
    Hhour = "hhour",
    Hijri = "hijri",
    Holiday = "holiday",
    Iso = "iso",
    Modified = "modified",
    Month = "month",
    MonthPair = "month-pair",
    Named = "named",
    NthDay = "nth-day",
    NthWeek = "nth-week",
    OtherYears = "other-years",
    Part = "part",
    PartDay = "part-day",
    PartHabit = "part-habit",
    Period = "period",
    Persian = "persian",
    Reference = "reference",
    SameQuarter = "same-quarter",
    Season = "season",
    Set = "set",
    Shifted = "shifted",
    Slashed = "slashed",
    Spoken = "spoken",
    UnitEnd = "unit-end",
    Weekday = "weekday",
    WeekdayOf = "weekday-of",
    Whole = "whole",
    Year = "year",
    YearPair = "year-pair",
}

/// "that", "the same".
const THAT: Which = Which { shift: 0, from: Origin::Told };

/// Most of "the third week of" a number may be.
const HOURS: std::ops::RangeInclusive<i32> = 0..=24;

impl Means {
    /// Reads `kind key=value ...`.
    pub(crate) fn parse(written: &str) -> Result<Self, String> {
        let mut words = written.split_whitespace();
        let name = words.next().ok_or("it means nothing")?;
        let kind = name.parse()?;
        let pairs =
            words.map(|w| w.split_once('=').map(|(k, v)| (k.to_owned(), v.to_owned())).ok_or_else(|| format!("{w} is no key=value")));
        Ok(Self { kind, set: pairs.collect::<Result<_, _>>()? })
    }

    fn set<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.set.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.parse().ok())
    }

    /// The expression; `None` where the captures do not make one.
    #[expect(clippy::too_many_lines, reason = "one arm a kind")]
    pub(crate) fn build(&self, captures: &[Capture]) -> Option<Built> {
        let caps = Caps(captures);
        match self.kind {
            Kind::DayPair => return self.day_pair(caps),
            Kind::DayRange => return self.day_range(caps),
            Kind::MonthPair => return self.month_pair(caps),
            Kind::BcPair => return bc_pair(caps),
            Kind::YearPair => return year_pair(caps),
            Kind::ClockPair => return clock_pair(caps),
            Kind::ClockToClock => return clock_to_clock(caps),
            _ => {}
        }
        let what = match self.kind {
            Kind::ClockDay => return Some(Built::One(clock_day(*caps.inner(0)?, *caps.inner(1)?)?)),
            Kind::DayBrackets => return Some(Built::One(with_weekday(*caps.inner(0)?, caps.weekday()?)?)),
            Kind::EveryAt => {
                let time = caps.inner(0)?.time;
                let part = caps.part().map(|(part, _)| What::EveryPart(part));
                let what = caps.weekday().map(What::EveryWeekday).or_else(|| caps.month().map(What::EveryMonth)).or(part);
                let unit = || self.unit(caps).map(|unit| What::EveryUnit { count: 1, unit });
                return Some(Built::One(Expression { time, ..Expression::new(what.or_else(unit)?) }));
            }
            Kind::Graded => return Some(Built::One(self.graded(caps)?)),
            Kind::Modified => {
                let modifier = caps.modifier().filter(|m| *m == TimeMod::Approx || self.set::<u8>("approx").is_none())?;
                return Some(Built::One(Expression { modifier: Some(modifier), ..*caps.inner(0)? }));
            }
            Kind::PartDay => return Some(Built::One(self.part_day(caps)?)),
            Kind::Clock => return Some(Built::One(Expression { time: Some(clock(caps)?), ..Expression::new(What::Clock) })),
            Kind::PartHabit => {
                // "at night" is as often every night.
                let part = caps.part().map(|(part, _)| part).filter(|p| *p == DayPart::Night)?;
                return Some(Built::One(Expression { time: Some(TimeOfDay::Part(part)), ..Expression::new(What::SomeDay) }));
            }
            Kind::Part => return Some(Built::One(self.part(caps)?)),
            Kind::UnitEnd => return Some(Built::One(self.unit_end(caps)?)),
            Kind::Dtg => return Some(Built::One(dtg(caps)?)),
            Kind::Iso => return Some(Built::One(iso(caps)?)),
            Kind::NthWeek => What::NthOf { number: caps.ordinal().unwrap_or(0), unit: TimeUnit::Week, of: caps.whole()? },
            Kind::NthDay => What::NthOf { number: caps.ordinal().unwrap_or(0), unit: TimeUnit::Day, of: caps.whole()? },
            Kind::ClockNth => {
                let day = Expression::new(What::DayOfMonth(caps.number(Class::Nth, 0)?));
                return Some(Built::One(Expression { time: caps.inner(0)?.time, ..day }));
            }
            Kind::DayOfMonth => What::DayOfMonth(caps.number(Class::Nth, 0)?),
            Kind::Named => return Some(Built::One(named(caps)?)),
            Kind::Day => match caps.inner(0) {
                Some(day) => return Some(Built::One(with_weekday(*day, caps.weekday()?)?)),
                None => What::Day { weekday: None, year: self.year(caps)?, month: caps.month()?, day: caps.day(0)? },
            },
            Kind::Slashed | Kind::Dotted => slashed(caps, self.kind == Kind::Dotted)?,
            Kind::Month => What::Month { year: self.year(caps)?, month: caps.month()? },
            Kind::Year => What::Year(self.set("year").or_else(|| caps.number(Class::Year, 0)).or_else(|| caps.number(Class::FreeYear, 0))?),
            Kind::Ad => What::Year(caps.number(Class::AnyNumber, 0)?),
            Kind::Bc => bc(caps)?,
            Kind::Spoken => What::Year(spoken(self.set("century")?, caps)?),
            Kind::Decade => {
                let year: i16 = caps.number(Class::Year, 0)?;
                (year % 10 == 0).then_some(What::Decade(year))?
            }
            Kind::DecadeBc => {
                let number: i16 = caps.number(Class::AnyNumber, 0)?;
                (number % 10 == 0).then_some(What::Decade(-8 - number))?
            }
            Kind::DecadeShort => {
                let number: i16 = caps.number(Class::TwoDigits, 0)?;
                (number % 10 == 0).then_some(What::OpenDecade(number))?
            }
            Kind::DecadeWord => What::OpenDecade(caps.find(|f| if let Fact::Decade(n) = f { Some(n * 10) } else { None })?),
            Kind::Century => What::Century(self.century(caps)?),
            Kind::OtherYears => other_years(caps)?,
            Kind::Fraction => self.fraction(caps)?,
            Kind::SameQuarter => {
                let year = caps.number(Class::Year, 0);
                What::SameQuarter { years: self.set("years").unwrap_or(0), year }
            }
            Kind::Season => {
                What::Season { year: self.year(caps)?, season: caps.find(|f| if let Fact::Season(s) = f { Some(s) } else { None })? }
            }
            Kind::Weekday => {
                let which = caps.which();
                // "said that Monday": a clause begins there.
                which
                    .is_none_or(|w| w.shift != 0 || w.from == Origin::Publication)
                    .then_some(What::Weekday { day: caps.weekday()?, which })?
            }
            Kind::WeekdayOf => What::WeekdayOf { day: caps.weekday()?, which: caps.which()? },
            Kind::Around => match caps.inner(0)?.what {
                What::Day { year, month, day, .. } => {
                    let unit = self.unit(caps).filter(|u| matches!(u, TimeUnit::Week | TimeUnit::Weekend))?;
                    What::Around { unit, year, month, day }
                }
                _ => return None,
            },
            Kind::Whole => self.whole(caps)?,
            Kind::Shifted => {
                let modifier = caps.inner(0).and_then(|inner| inner.modifier);
                return Some(Built::One(Expression { modifier, ..Expression::new(self.shifted(caps)?) }));
            }
            Kind::Duration => {
                let singular = caps.find(|f| if let Fact::Unit { plural, .. } = f { Some(!plural) } else { None });
                let unit = self.unit(caps)?;
                // "a quarter of the crew" is no time.
                let counted = caps.capture(Class::Number, 0).is_some() && singular == Some(false);
                let short = self.set::<u8>("long").is_some() && matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour);
                (!short && (unit != TimeUnit::Quarter || counted)).then_some(What::Duration { count: self.count(caps), unit })?
            }
            Kind::DurationDecimal => {
                let count = Count { whole: caps.number::<i32>(Class::AnyNumber, 0).and_then(|n| u32::try_from(n).ok()), half: true };
                (caps.number(Class::AnyNumber, 1) == Some(5_i32)).then_some(What::Duration { count, unit: self.unit(caps)? })?
            }
            Kind::Period => {
                let which = caps.which().or_else(|| Some(Which { shift: self.set("shift")?, from: Origin::Publication }))?;
                let long = self.set::<u8>("long").is_none() || matches!(self.unit(caps)?, TimeUnit::Decade | TimeUnit::Century);
                (which.shift != 0 && long).then_some(What::Period { which, count: self.count(caps), unit: self.unit(caps)? })?
            }
            Kind::EveryUnit => {
                let counted = || self.count(caps).whole;
                What::EveryUnit { count: self.set("count").or_else(counted).unwrap_or(1), unit: self.unit(caps)? }
            }
            Kind::EveryWeekday => What::EveryWeekday(caps.weekday()?),
            Kind::EveryPart => What::EveryPart(caps.part()?.0),
            Kind::EveryMonth => What::EveryMonth(caps.month()?),
            Kind::EverySeason => What::EverySeason(caps.find(|f| if let Fact::Season(s) = f { Some(s) } else { None })?),
            Kind::Set => match caps.find(|f| if let Fact::Set(set) = f { set } else { None })? {
                SetWord::Every(unit) => What::EveryUnit { count: 1, unit },
                SetWord::EveryPart(part) => What::EveryPart(part),
            },
            Kind::Reference => {
                What::Reference(caps.find(|f| if let Fact::Reference(r) = f { Some(r) } else { None }).or_else(|| self.reference())?)
            }
            Kind::Holiday => {
                What::Holiday { holiday: caps.find(|f| if let Fact::Holiday(n) = f { Some(n) } else { None })?, year: self.year(caps)? }
            }
            Kind::Hijri => What::Hijri {
                year: caps.number(Class::FourDigits, 0),
                month: caps.find(|f| if let Fact::HijriMonth(m) = f { Some(m) } else { None })?,
                day: caps.day(0)?,
            },
            Kind::Persian => What::Persian {
                year: caps.number(Class::FourDigits, 0),
                month: caps.find(|f| if let Fact::PersianMonth(m) = f { Some(m) } else { None })?,
                day: caps.day(0)?,
            },
            Kind::Dday => What::DDay,
            Kind::DdayAnd => What::DDayAnd(self.set::<i16>("sign").unwrap_or(1) * caps.number::<i16>(Class::AnyNumber, 0)?),
            Kind::Hhour => What::HHour,
            Kind::FlawedClock => {
                let (hour, minute): (i32, i32) = (caps.number(Class::Hour, 0)?, caps.number(Class::Minute, 0)?);
                (hour > *HOURS.end() || minute > 59).then_some(What::Flawed(Flaw::NoClock))?
            }
            Kind::FlawedYear => What::Flawed(Flaw::LongYear { month: caps.month()? }),
            _ => return None,
        };
        Some(Built::One(Expression::new(what)))
    }

    /// The year: named, picked ("of last year"), or that of the next or last such month.
    fn year(&self, caps: Caps<'_>) -> Option<Year> {
        let named = [Class::Year, Class::FreeYear].into_iter().find_map(|c| caps.number(c, 0));
        let short = || caps.number::<i16>(Class::TwoDigits, 0).map(|yy| if yy < 50 { 2000 + yy } else { 1900 + yy });
        if let Some(century) = self.set("century") {
            return spoken(century, caps).map(Year::Named);
        }
        if let Some(year) = named.or_else(short) {
            return Some(Year::Named(year));
        }
        if let Some(year) = caps.number::<i16>(Class::AnyNumber, 0) {
            return Some(Year::Named(1 - year));
        }
        match caps.which() {
            None => Some(Year::Open),
            // "that spring"
            Some(which) if which == THAT && self.kind == Kind::Season => Some(Year::Picked(which)),
            Some(which) if self.set("which").is_some_and(|w: String| w == "nth") => {
                // "said that May would bring": a clause begins there.
                (which.shift != 0 || which.from == Origin::Publication).then_some(Year::Nth(which))
            }
            Some(which) => Some(Year::Picked(which)),
        }
    }

    fn day_pair(&self, caps: Caps<'_>) -> Option<Built> {
        let (year, month) = (self.year(caps)?, caps.month()?);
        let (first, last) = (caps.day(0)?, caps.day(1)?);
        let (a, b) = (caps.capture(Class::Day, 0)?, caps.capture(Class::Day, 1)?);
        let day = |day| Expression::new(What::Day { weekday: None, year, month, day });
        (first < last).then(|| Built::Two(day(first), a.pieces.1, b.pieces.0, day(last)))
    }

    /// "March 30-April 2": over the end of a year, the first day is of the year before.
    fn day_range(&self, caps: Caps<'_>) -> Option<Built> {
        let (months, year) = (caps.months()?, self.year(caps)?);
        let (first, last) = (caps.day(0)?, caps.day(1)?);
        let over = (months.1, last) < (months.0, first);
        let begins = match year {
            Year::Named(year) if over => Year::Named(year - 1),
            year => year,
        };
        let day = |year, month, day| Expression::new(What::Day { weekday: None, year, month, day });
        let ends = caps.0.get(1)?.pieces.1;
        Some(Built::Two(day(begins, months.0, first), ends, caps.0.get(2)?.pieces.0, day(year, months.1, last)))
    }

    /// "May-August 1950".
    fn month_pair(&self, caps: Caps<'_>) -> Option<Built> {
        let (months, year) = (caps.months()?, self.year(caps)?);
        let begins = match year {
            // "Nov-Feb 2017" begins in the year before.
            Year::Named(year) if months.1 < months.0 => Year::Named(year - 1),
            year => year,
        };
        let month = |year, month| Expression::new(What::Month { year, month });
        let (a, b) = (caps.capture(Class::Month, 0)?, caps.capture(Class::Month, 1)?);
        (months.0 != months.1).then(|| Built::Two(month(begins, months.0), a.pieces.1, b.pieces.0, month(year, months.1)))
    }

    /// "early March": the part may be given by the rule.
    fn graded(&self, caps: Caps<'_>) -> Option<Expression> {
        let grain = caps
            .find(|f| if let Fact::Grain(g) = f { Some(g) } else { None })
            .or_else(|| Some(Grain { third: self.set("third"), loose: false }))?;
        let inner = *caps.inner(0)?;
        let is_day = matches!(inner.what, What::Day { .. } | What::Weekday { .. } | What::NamedDay { .. } | What::WeekdayOf { .. });
        (grain.loose || !is_day).then_some(Expression { grain: Some(grain), ..inner })
    }

    fn part_day(&self, caps: Caps<'_>) -> Option<Expression> {
        let inner = *caps.inner(0)?;
        let part = self.set::<DayPart>("part").map(TimeOfDay::Part);
        let time = part.or_else(|| caps.part().map(|(part, _)| TimeOfDay::Part(part)))?;
        inner.time.is_none().then_some(Expression { time: Some(time), ..inner })
    }

    /// "that night", "the next morning", "in the morning".
    fn part(&self, caps: Caps<'_>) -> Option<Expression> {
        let part = self
            .set("part")
            .or_else(|| caps.part().filter(|(_, clock)| clock.is_none() || self.set::<u8>("plain").is_none()).map(|(part, _)| part))?;
        let given = || Some(Which { shift: self.set("shift")?, from: self.set("from")? });
        let what = match caps.which().or_else(given) {
            Some(which) if which.shift == 0 && which.from == Origin::Publication => What::NamedDay { offset: 0 },
            Some(which) => What::Whole { which, unit: TimeUnit::Day },
            None => What::Clock,
        };
        Some(Expression { time: Some(TimeOfDay::Part(part)), ..Expression::new(what) })
    }

    fn unit_end(&self, caps: Caps<'_>) -> Option<Expression> {
        if matches!(caps.unit()?, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Day) {
            return None;
        }
        let which = Which { shift: 0, from: Origin::Publication };
        let grain = Grain { third: Some(self.set("third").unwrap_or(Third::End)), loose: false };
        Some(Expression { grain: Some(grain), ..Expression::new(What::Whole { which, unit: self.unit(caps)? }) })
    }

    fn century(&self, caps: Caps<'_>) -> Option<i16> {
        let number = caps.ordinal()?;
        let before = self.set::<i16>("bc").is_some();
        (1..=21).contains(&number).then_some(if before { -100 * number + 1 } else { 100 * (number - 1) })
    }

    fn fraction(&self, caps: Caps<'_>) -> Option<What> {
        let months: i8 = self.set("months")?;
        let number = self
            .set("number")
            .or_else(|| caps.ordinal().and_then(|n| i8::try_from(n).ok()))
            .or_else(|| caps.number(Class::AnyNumber, 0))?;
        let named = [Class::Year, Class::FreeYear].into_iter().find_map(|c| caps.number(c, 0)).map(Year::Named);
        let shifted = || Some(Year::Picked(Which { shift: self.set("shift")?, from: Origin::Publication }));
        let year = named.or_else(|| caps.which().map(Year::Picked)).or_else(shifted).unwrap_or(Year::Open);
        (1..=12 / months).contains(&number).then_some(What::Fraction { year, number, months })
    }

    fn whole(&self, caps: Caps<'_>) -> Option<What> {
        let told = || Some(Which { shift: self.set("shift")?, from: self.set("from")? });
        let which = caps.which().or_else(told)?;
        let unit = self.unit(caps)?;
        if self.set::<u8>("calendar").is_some() && !matches!(unit, TimeUnit::Week | TimeUnit::Month | TimeUnit::Year) {
            return None;
        }
        // "this day" and "the last day" are no date that the report fixes.
        let stands = unit != TimeUnit::Day || which.from == Origin::Told || which.shift > 0;
        if unit == TimeUnit::Fortnight && which.shift != 0 {
            return Some(What::Period { which, count: Count { whole: Some(1), half: false }, unit });
        }
        (stands && !matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Time))
            .then_some(What::Whole { which, unit })
    }

    fn shifted(&self, caps: Caps<'_>) -> Option<What> {
        let given = || Some(Shift { direction: self.set("direction")?, from: self.set("from")? });
        let shift = caps.find(|f| if let Fact::Shift(s) = f { Some(s) } else { None }).or_else(given)?;
        let (count, unit) = match caps.inner(0).map(|e| e.what) {
            Some(What::Duration { count, unit }) => (count, unit),
            Some(_) => return None,
            None => (self.count(caps), self.unit(caps)?),
        };
        (!matches!(shift.from, Origin::Event | Origin::Next)).then_some(What::Shifted { count, unit, shift })
    }

    fn unit(&self, caps: Caps<'_>) -> Option<TimeUnit> {
        caps.unit().or_else(|| self.set("unit"))
    }

    fn reference(&self) -> Option<Reference> {
        self.set("value")
    }

    /// How many units; without a number as the rule says, else unknown.
    fn count(&self, caps: Caps<'_>) -> Count {
        let half = self.set::<u8>("half").is_some();
        let number = caps.0.iter().find_map(|c| match (c.class?, c.value) {
            (Class::Number, Value::Fact(Fact::Number(number))) => Some(number),
            (Class::Number | Class::AnyNumber | Class::TwoDigits, Value::Digits { number, .. }) => Some(u32::try_from(number).ok()),
            _ => None,
        });
        let whole = number.unwrap_or_else(|| self.set("count"));
        Count { whole, half }
    }
}

/// "Tuesday, June 3".
fn with_weekday(day: Expression, weekday: i8) -> Option<Expression> {
    match day.what {
        What::Day { year, month, day: number, .. } => {
            Some(Expression { what: What::Day { weekday: Some(weekday), year, month, day: number }, ..day })
        }
        _ => None,
    }
}

/// "5:30 p.m. on Friday", "Friday at 5:30 p.m.".
fn clock_day(first: Expression, second: Expression) -> Option<Expression> {
    let (clock, day) = if first.what == What::Clock { (first, second) } else { (second, first) };
    (clock.what == What::Clock && day.time.is_none()).then_some(Expression { time: clock.time, ..day })
}

/// "2014-2017", "1994-97".
fn year_pair(caps: Caps<'_>) -> Option<Built> {
    const LONGEST: i16 = 150;
    let first: i16 = caps.number(Class::Year, 0)?;
    let second = caps.capture(Class::Year, 1).or_else(|| caps.capture(Class::TwoDigits, 0)).or_else(|| caps.capture(Class::FreeYear, 0))?;
    let Value::Digits { number, length } = second.value else { return None };
    let last = i16::try_from(number).ok()?;
    let last = if length == 2 { first / 100 * 100 + last } else { last };
    let year = |year| Expression::new(What::Year(year));
    let fits = first < last && last - first <= LONGEST && (1500..2100).contains(&first);
    fits.then(|| Built::Two(year(first), caps.capture(Class::Year, 0).map_or(0, |c| c.pieces.1), second.pieces.0, year(last)))
}

/// "499-493 BC", "496 and 495 BC".
fn bc_pair(caps: Caps<'_>) -> Option<Built> {
    let (first, last): (i16, i16) = (caps.number(Class::AnyNumber, 0)?, caps.number(Class::AnyNumber, 1)?);
    let year = |number: i16| Expression::new(What::Year(1 - number));
    let (a, b) = (caps.capture(Class::AnyNumber, 0)?, caps.capture(Class::AnyNumber, 1)?);
    (first > last).then(|| Built::Two(year(first), a.pieces.1, b.pieces.0, year(last)))
}

/// "9-11 a.m.", "9 to 11 a.m. on Friday": the half of the day and the day count for both.
fn clock_pair(caps: Caps<'_>) -> Option<Built> {
    let hour = caps.capture(Class::Hour, 0)?;
    let second = caps.0.iter().find(|c| c.class.is_none())?;
    let Value::Inner(last) = second.value else { return None };
    let TimeOfDay::Clock(end, zone) = last.time? else { return None };
    let hour_number = caps.number::<i8>(Class::Hour, 0)?;
    let shifted = if end.hour() >= 12 && hour_number < 12 { hour_number + 12 } else { hour_number };
    let minute = caps.number::<i8>(Class::Minute, 0).unwrap_or(0);
    let start = Time::new(shifted, minute, 0, 0).ok()?;
    let end_piece = caps.capture(Class::Minute, 0).unwrap_or(hour).pieces.1;
    (start < end).then_some(Built::Two(Expression { time: Some(TimeOfDay::Clock(start, zone)), ..last }, end_piece, second.pieces.0, last))
}

/// "8 a.m. to 6 p.m. on Monday": the day counts for both.
fn clock_to_clock(caps: Caps<'_>) -> Option<Built> {
    let (first, last) = (*caps.inner(0)?, *caps.inner(1)?);
    let time = first.time.filter(|_| first.what == What::Clock)?;
    Some(Built::Two(Expression { time: Some(time), ..last }, caps.0.first()?.pieces.1, caps.0.get(1)?.pieces.0, last))
}

/// "264 BC", "April 480 BC".
fn bc(caps: Caps<'_>) -> Option<What> {
    let year = 1 - caps.number::<i16>(Class::AnyNumber, 0)?;
    match caps.month() {
        None => Some(What::Year(year)),
        Some(month) => match caps.day(0) {
            Some(day) => Some(What::Day { weekday: None, year: Year::Named(year), month, day }),
            None => Some(What::Month { year: Year::Named(year), month }),
        },
    }
}

/// "nineteen ninety-six".
fn spoken(century: i16, caps: Caps<'_>) -> Option<i16> {
    let number = caps.find(|f| if let Fact::Number(n) = f { n } else { None })?;
    (10..100).contains(&number).then(|| century * 100 + number as i16)
}

/// "fiscal 2024", "the 2023-24 academic year".
fn other_years(caps: Caps<'_>) -> Option<What> {
    let first: i16 = caps.number(Class::Year, 0)?;
    let last =
        caps.number::<i16>(Class::TwoDigits, 0).map(|yy| first / 100 * 100 + yy).or_else(|| caps.number(Class::Year, 1)).unwrap_or(first);
    (first <= last).then_some(What::OtherYears { first, last })
}

/// "14/03/2024", "14.3.2024": day and month are told apart by their size, with stops by custom.
fn slashed(caps: Caps<'_>, dotted: bool) -> Option<What> {
    let part = |n| {
        caps.capture(Class::AnyNumber, n)
            .and_then(|c| if let Value::Digits { number, length } = c.value { Some((number, length)) } else { None })
    };
    let ((a, la), (b, lb), (y, ly)) = (part(0)?, part(1)?, part(2)?);
    let year = match ly {
        4 if (1500..2200).contains(&y) => y as i16,
        2 if !dotted => (if y < 50 { 2000 + y } else { 1900 + y }) as i16,
        _ => return None,
    };
    if la > 2 || lb > 2 || a == 0 || b == 0 || a > 31 || b > 31 || (a > 12 && b > 12) {
        return None;
    }
    let day = |day: i32, month: i32| What::Day { weekday: None, year: Year::Named(year), month: month as i8, day: day as i8 };
    Some(match (a > 12, b > 12) {
        _ if dotted || a == b => day(a, b),
        (true, _) => day(a, b),
        (_, true) => day(b, a),
        (false, false) => What::Flawed(Flaw::DayOrMonth { year }),
    })
}

/// "2024-03-04", "2024-03-04T17:30".
fn iso(caps: Caps<'_>) -> Option<Expression> {
    let day = What::Day {
        weekday: None,
        year: Year::Named(caps.number(Class::Year, 0)?),
        month: caps.number(Class::TwoDigits, 0)?,
        day: caps.number(Class::TwoDigits, 1)?,
    };
    let time = caps.capture(Class::Hour, 0).and_then(|_| clock(caps));
    Some(Expression { time, ..Expression::new(day) })
}

/// "151430Z AUG 24".
fn dtg(caps: Caps<'_>) -> Option<Expression> {
    let number: i32 = caps.number(Class::SixDigits, 0)?;
    let (day, hour, minute) = (number / 10_000, number / 100 % 100, number % 100);
    let time = Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?;
    let short = || caps.number::<i16>(Class::TwoDigits, 0).map(|yy| 2000 + yy);
    let year = caps.number(Class::Year, 0).or_else(short).map_or(Year::Open, Year::Named);
    let what = What::Day { weekday: None, year, month: caps.month()?, day: i8::try_from(day).ok().filter(|d| (1..=31).contains(d))? };
    Some(Expression { time: Some(TimeOfDay::Clock(time, Some(caps.zone().unwrap_or(0)))), ..Expression::new(what) })
}

/// "yesterday", "last night".
fn named(caps: Caps<'_>) -> Option<Expression> {
    let (offset, part) = caps.find(|f| if let Fact::NamedDay { offset, part } = f { Some((offset, part)) } else { None })?;
    Some(Expression { time: part.map(TimeOfDay::Part), ..Expression::new(What::NamedDay { offset }) })
}

/// "5:30 p.m.", "17:30", "0530 GMT", "noon", "4 in the morning".
fn clock(caps: Caps<'_>) -> Option<TimeOfDay> {
    let zone = caps.zone();
    if let Some(number) = caps.number::<i32>(Class::FourDigits, 0).or_else(|| caps.number(Class::ZeroTime, 0)) {
        return time(number / 100, number % 100, zone);
    }
    let part = caps.part();
    let Some(hour) = caps.number::<i32>(Class::Hour, 0) else {
        return time(i32::from(part?.1?), 0, zone);
    };
    let minute = caps.number::<i32>(Class::Minute, 0).unwrap_or(0);
    let half = caps.find(|f| if let Fact::Half(shift) = f { Some(i32::from(shift)) } else { None });
    let shift = half.or_else(|| part.map(|(part, _)| if matches!(part, DayPart::Afternoon | DayPart::Evening) { 12 } else { 0 }));
    match shift {
        Some(_) if hour == 0 || hour > 12 => None,
        Some(shift) => time(hour % 12 + shift, minute, zone),
        None => time(hour, minute, zone),
    }
}

fn time(hour: i32, minute: i32, zone: Option<i16>) -> Option<TimeOfDay> {
    let hour = if hour == 24 && minute == 0 { 0 } else { hour };
    Some(TimeOfDay::Clock(Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()?, zone))
}

/// What a pattern read, in order.
#[derive(Clone, Copy)]
struct Caps<'a>(&'a [Capture]);

impl<'a> Caps<'a> {
    /// The `n`th capture of a class.
    fn capture(self, class: Class, n: usize) -> Option<&'a Capture> {
        self.0.iter().filter(|c| c.class == Some(class)).nth(n)
    }

    fn number<T: TryFrom<i32>>(self, class: Class, n: usize) -> Option<T> {
        match self.capture(class, n)?.value {
            Value::Digits { number, .. } => T::try_from(number).ok(),
            _ => None,
        }
    }

    fn fact(self, class: Class, n: usize) -> Option<Fact> {
        match self.capture(class, n)?.value {
            Value::Fact(fact) => Some(fact),
            _ => None,
        }
    }

    /// The first fact of which `read` makes something.
    fn find<T>(self, read: impl Fn(Fact) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(|c| if let Value::Fact(fact) = c.value { read(fact) } else { None })
    }

    /// The `n`th expression that a group read.
    fn inner(self, n: usize) -> Option<&'a Expression> {
        self.0.iter().filter_map(|c| if let Value::Inner(e) = &c.value { Some(e) } else { None }).nth(n)
    }

    /// The period that a group read.
    fn whole(self) -> Option<Whole> {
        match self.inner(0)?.what {
            What::Month { year, month } => Some(Whole::Month { year, month }),
            What::Year(year) => Some(Whole::Year(year)),
            What::Whole { which, unit } if matches!(unit, TimeUnit::Month | TimeUnit::Year) => Some(Whole::Unit { which, unit }),
            _ => None,
        }
    }

    /// The `n`th day of the month, in digits or as an ordinal number.
    fn day(self, n: usize) -> Option<i8> {
        let days = self.0.iter().filter_map(|c| match (c.class?, c.value) {
            (Class::Day, Value::Digits { number, .. }) | (Class::Ordinal, Value::Digits { number, .. }) => i8::try_from(number).ok(),
            (Class::Ordinal, Value::Fact(Fact::Ordinal(number))) => i8::try_from(number).ok(),
            _ => None,
        });
        days.filter(|d| (1..=31).contains(d)).nth(n)
    }

    fn month(self) -> Option<i8> {
        self.find(|f| if let Fact::Month { number, .. } = f { Some(number) } else { None })
    }

    /// The two months that were read.
    fn months(self) -> Option<(i8, i8)> {
        let month = |n| self.fact(Class::Month, n).and_then(|f| if let Fact::Month { number, .. } = f { Some(number) } else { None });
        Some((month(0)?, month(1)?))
    }

    fn weekday(self) -> Option<i8> {
        self.find(|f| if let Fact::Weekday { number, .. } = f { Some(number) } else { None })
    }

    fn which(self) -> Option<Which> {
        self.find(|f| if let Fact::Which(which) = f { Some(which) } else { None })
    }

    fn unit(self) -> Option<TimeUnit> {
        self.find(|f| if let Fact::Unit { unit, .. } = f { Some(unit) } else { None })
    }

    fn part(self) -> Option<(DayPart, Option<i8>)> {
        self.find(|f| if let Fact::Part { part, clock } = f { Some((part, clock)) } else { None })
    }

    fn modifier(self) -> Option<TimeMod> {
        self.find(|f| if let Fact::Mod(modifier) = f { Some(modifier) } else { None })
    }

    /// A named zone that lies a known distance from UTC.
    fn zone(self) -> Option<i16> {
        self.find(|f| if let Fact::Zone(zone) = f { zone } else { None })
    }

    fn ordinal(self) -> Option<i16> {
        let digits = || self.number(Class::Ordinal, 0);
        self.find(|f| if let Fact::Ordinal(n) = f { Some(n) } else { None }).or_else(digits)
    }
}
