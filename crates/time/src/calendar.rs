//! From what an expression says to its place on the calendar.

use dragoman_codebook::TimeType;
use dragoman_doc::{Anchor, Moment, TimeId};
use dragoman_lexicon::{Direction, Length, NamedDay, Origin, Shift, TimeUnit, Which};
use jiff::civil::{Date, Weekday};

use crate::direction::Lies;
use crate::expression::{Count, Expression, Found, TimeOfDay, Year};
use crate::reading::{Reading, duration, month_days, moved, on_or, quarter, unit_around, unknown_unit, year_days};

/// A leap day comes again within eight years.
const YEARS_AROUND: i16 = 8;

/// Twice the days from which on a day without a year is too far away to be meant, if the other one is within [`NEAR`].
const FAR: i32 = 2 * 240;
/// Twice the days within which a day without a year is near.
const NEAR: i32 = 2 * 75;

/// An expression of the report that has a place on the calendar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) id: TimeId,
    pub(crate) begin: Moment,
    pub(crate) end: Moment,
    /// It covers one day and stands in the same sentence.
    pub(crate) day_here: bool,
    /// It stands in this sentence or the one before.
    pub(crate) near: bool,
}

/// What an expression is resolved with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene {
    /// The day of publication.
    pub(crate) published: Option<Date>,
    /// A year that the same sentence names.
    pub(crate) sentence_year: Option<i16>,
    /// Whether an expression that leaves it open lies before or after.
    pub(crate) lies: Lies,
    /// The last expression with a place on the calendar.
    pub(crate) told: Option<Told>,
}

/// A day that relative expressions count from.
type Base = (Date, Option<Anchor>);
/// First and last day.
type Days = (Date, Date);

impl Scene {
    /// The expression's place on the calendar, as far as it can be told.
    pub(crate) fn resolve(&self, found: &Found) -> Reading {
        let reading = self.placed(found);
        let third = found.grain.and_then(|g| g.third);
        match found.expression {
            Expression::Clock => reading,
            _ => reading.narrowed(third).at(found.time),
        }
    }

    fn placed(&self, found: &Found) -> Reading {
        match found.expression {
            Expression::Day { weekday, year, month, day } => self.day(weekday, year, month, day),
            Expression::Days { year, month, first, last } => self.day_range(year, month, first, last),
            Expression::Ambiguous { year } => Reading::unreadable(format!("{year:04}-XX-XX"), "day and month cannot be told apart"),
            Expression::Month { year, month } => self.month(year, month),
            Expression::Year(year) => year_days(year).map_or_else(|| beyond(year), |days| Reading::days(format!("{year:04}"), days)),
            Expression::Years { first, last } => years(first, last),
            Expression::Decade(first) => years(first, first + 9).valued((first / 10).to_string()),
            Expression::Fraction { year, number, months } => self.fraction(year, number, months),
            Expression::Season { year, season } => {
                let make = |y| month_days(y, season.first, 3);
                let resolved = self.open(year, make).map(|(y, a)| (format!("{y:04}-{}", season.timex), make(y), a));
                dated(resolved, format!("XXXX-{}", season.timex))
            }
            Expression::Weekday { day, which } => self.weekday(day, which),
            Expression::NamedDay(day) => self.named_day(day),
            Expression::Whole { which, unit } => self.whole(which, unit),
            Expression::Shifted { count, unit, shift } => self.shifted(count, unit, shift),
            Expression::Duration { count, unit } => Reading::partial(TimeType::Duration, duration(count, unit)),
            Expression::Period { which, count, unit } => self.period(which, count, unit),
            Expression::EveryUnit(unit) => Reading::partial(TimeType::Set, duration(Some(1), unit)),
            Expression::EveryWeekday(day) => Reading::partial(TimeType::Set, format!("XXXX-WXX-{day}")),
            Expression::EveryPart(part) => Reading::partial(TimeType::Set, format!("XXXX-XX-XXT{part}")),
            Expression::SetWord(value) => Reading::partial(TimeType::Set, value),
            Expression::Reference(value) => Reading::partial(TimeType::Date, value),
            Expression::Clock => self.clock(found.time),
        }
    }

    fn publication(&self) -> Option<Base> {
        self.published.map(|p| (p, Some(Anchor::Publication)))
    }

    /// The day that `which` counts from: what "the following" counts from was told before, what "last" counts from is today.
    fn base(&self, which: Which, is_day: bool) -> Option<Base> {
        let of_told = which.from == Origin::Told || (is_day && which.shift != 0);
        let told = self.told.filter(|_| of_told).map(|t| {
            let day = if which.shift > 0 { t.end } else { t.begin };
            (day.date, Some(Anchor::Time(t.id)))
        });
        let needs_told = of_told && (is_day || which.shift == 0);
        told.or_else(|| if needs_told { None } else { self.publication() })
    }

    fn day(&self, weekday: Option<i8>, year: Year, month: i8, day: i8) -> Reading {
        let make = |y: i16| Date::new(y, month, day).ok().map(|d| (d, d));
        if !exists(month, day) {
            return no_such_day(year, month);
        }
        match self.year_of_weekday(weekday, year, make).or_else(|| self.open(year, make)) {
            Some((y, anchor)) => make(y).map_or_else(|| no_such_day(year, month), |(d, _)| Reading::day(d).anchored(anchor)),
            None => Reading::partial(TimeType::Date, format!("XXXX-{month:02}-{day:02}")),
        }
    }

    /// "Tuesday, June 3": of the years around the publication the one in which the day falls on its weekday.
    fn year_of_weekday(&self, weekday: Option<i8>, year: Year, make: impl Fn(i16) -> Option<Days>) -> Option<(i16, Option<Anchor>)> {
        let weekday = weekday.filter(|_| year == Year::Open && self.sentence_year.is_none())?;
        let (published, anchor) = self.publication()?;
        let fits = |days: &Days| days.0.weekday().to_monday_one_offset() == weekday;
        let years = published.year().checked_sub(1)?..=published.year().checked_add(1)?;
        let all = years.filter_map(|y| make(y).filter(fits).map(|days| (y, days)));
        all.min_by_key(|(_, days)| distance(published, *days)).map(|(y, _)| (y, anchor))
    }

    fn day_range(&self, year: Year, month: i8, first: i8, last: i8) -> Reading {
        let make = |y: i16| Date::new(y, month, first).ok().zip(Date::new(y, month, last).ok());
        if !exists(month, last) {
            return no_such_day(year, month);
        }
        match self.open(year, make) {
            Some((y, anchor)) => {
                make(y).map_or_else(|| no_such_day(year, month), |(a, b)| Reading::days(format!("{a}/{b}"), (a, b)).anchored(anchor))
            }
            None => Reading::partial(TimeType::Date, format!("XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}")),
        }
    }

    fn month(&self, year: Year, month: i8) -> Reading {
        let make = |y| month_days(y, month, 1);
        let resolved = self.open(year, make).map(|(y, anchor)| (format!("{y:04}-{month:02}"), make(y), anchor));
        dated(resolved, format!("XXXX-{month:02}"))
    }

    /// A quarter or half of a year.
    fn fraction(&self, year: Year, number: i8, months: i8) -> Reading {
        let letter = if months == 3 { 'Q' } else { 'H' };
        let make = |y| month_days(y, (number - 1) * months + 1, i32::from(months));
        // Reports tell of the quarter around them, whatever the tense: "expects a loss for the third quarter".
        let scene = Self { lies: Lies::Open, ..*self };
        let resolved = scene.open(year, make).map(|(y, anchor)| {
            let value = if months == 3 { quarter(y, number).map(|q| q.value) } else { None };
            (value.unwrap_or_else(|| format!("{y:04}-{letter}{number}")), make(y), anchor)
        });
        dated(resolved, format!("XXXX-{letter}{number}"))
    }

    /// The year of an expression whose days in a year `make` gives; `None` where nothing fixes it.
    fn open(&self, year: Year, make: impl Fn(i16) -> Option<Days>) -> Option<(i16, Option<Anchor>)> {
        match year {
            Year::Named(year) => Some((year, None)),
            Year::Picked(which) => {
                let (base, anchor) = self.base(which, false)?;
                Some((base.year().checked_add(i16::try_from(which.shift).ok()?)?, anchor))
            }
            Year::Nth(which) => {
                let (base, anchor) = self.base(which, false)?;
                Some((nth(base, which.shift, make)?, anchor))
            }
            Year::Open => match self.sentence_year {
                Some(year) if make(year).is_some() => Some((year, None)),
                _ => self.nearest(make),
            },
        }
    }

    /// The year that fits the direction: a running period is neither past nor future and fits both.
    fn nearest(&self, make: impl Fn(i16) -> Option<Days>) -> Option<(i16, Option<Anchor>)> {
        let (published, anchor) = self.publication()?;
        let all = || around(published.year()).filter_map(|y| make(y).map(|days| (y, days)));
        let told = self.told.filter(|t| t.near && t.begin.date <= published);
        if let (Lies::AheadThen, Some(told)) = (self.lies, told) {
            let year = all().find(|(_, (first, _))| *first >= told.begin.date)?.0;
            return Some((year, Some(Anchor::Time(told.id))));
        }
        let closest = all().min_by_key(|(_, days)| distance(published, *days))?;
        let fitting = match self.lies {
            Lies::Before => all().rfind(|(_, (first, _))| *first <= published)?,
            Lies::Ahead => all().find(|(_, (_, last))| *last >= published)?,
            Lies::AheadThen | Lies::Open => closest,
        };
        // A day without a year that is nearly a year away would have been given one.
        let (first, last) = closest.1;
        let far = first == last && distance(published, fitting.1).0 > FAR && distance(published, closest.1).0 < NEAR;
        Some((if far { closest.0 } else { fitting.0 }, anchor))
    }

    fn weekday(&self, day: i8, which: Option<Which>) -> Reading {
        let unknown = || Reading::partial(TimeType::Date, format!("XXXX-WXX-{day}"));
        let Ok(weekday) = Weekday::from_monday_one_offset(day) else { return unknown() };
        let resolved = if let Some(which) = which.filter(|w| w.shift != 0) {
            self.base(which, false).and_then(|(d, anchor)| Some((d.nth_weekday(which.shift, weekday).ok()?, anchor)))
        } else {
            let ahead = which.is_some() || matches!(self.lies, Lies::Ahead | Lies::AheadThen);
            let direction = if ahead { 1 } else { -1 };
            self.publication().and_then(|(d, anchor)| Some((on_or(d, weekday, direction)?, anchor)))
        };
        resolved.map_or_else(unknown, |(date, anchor)| Reading::day(date).anchored(anchor))
    }

    fn named_day(&self, day: NamedDay) -> Reading {
        let unknown = if day.offset == 0 && day.part.is_none() { "PRESENT_REF" } else { "XXXX-XX-XX" };
        let date = self.publication().and_then(|(d, a)| Some((moved(d, Length::Days(1), day.offset.into())?, a)));
        date.map_or_else(|| Reading::partial(TimeType::Date, unknown), |(date, anchor)| Reading::day(date).anchored(anchor))
    }

    fn whole(&self, which: Which, unit: TimeUnit) -> Reading {
        let is_day = unit.length == Length::Days(1);
        let resolved = self.base(which, is_day).and_then(|(base, anchor)| {
            let there = if which.shift == 0 { base } else { moved(base, unit.length, which.shift.into())? };
            let found = unit_around(there, unit)?;
            // "over the weekend", told on a Tuesday, is over; "last weekend" is the last one even on a Saturday.
            let over = which.shift == 0 && self.lies == Lies::Before && found.begin.is_some_and(|m| m.date > base);
            let found = if over { unit_around(moved(base, unit.length, -1)?, unit)? } else { found };
            Some(found.anchored(anchor))
        });
        resolved.unwrap_or_else(|| Reading::partial(TimeType::Date, unknown_unit(unit)))
    }

    fn shifted(&self, count: Count, unit: TimeUnit, shift: Shift) -> Reading {
        let past = shift.direction == Direction::Past;
        let told = self.told.filter(|t| t.near && shift.from == Origin::Told);
        let from_told = told.map(|t| (if past { t.begin.date } else { t.end.date }, Some(Anchor::Time(t.id))));
        // What "later" counts from is told or not known; "earlier" may count from today.
        let base = from_told.or_else(|| if past || shift.from == Origin::Publication { self.publication() } else { None });
        let resolved = base.zip(count).and_then(|((base, anchor), count)| {
            let there = moved(base, unit.length, i64::from(count) * if past { -1 } else { 1 })?;
            Some(unit_around(there, unit)?.anchored(anchor))
        });
        resolved.unwrap_or_else(|| Reading::partial(TimeType::Duration, duration(count, unit)))
    }

    /// "the past three months": as long as it says, up to or from the publication.
    fn period(&self, which: Which, count: Count, unit: TimeUnit) -> Reading {
        let length = Reading::partial(TimeType::Duration, duration(count, unit));
        let Some((base, anchor)) = self.base(which, false) else { return length };
        let far = count.and_then(|n| moved(base, unit.length, i64::from(n) * i64::from(which.shift.signum()))).map(Moment::from);
        let near = (unit.length != Length::Short).then(|| Moment::from(base));
        let (begin, end) = if which.shift < 0 { (far, near) } else { (near, far) };
        Reading { begin, end, anchor, ..length }
    }

    /// A clock time on the day that its sentence told.
    fn clock(&self, time: Option<TimeOfDay>) -> Reading {
        let day = self.told.filter(|t| t.day_here).map(|t| Reading::day(t.begin.date).anchored(Some(Anchor::Time(t.id))));
        day.unwrap_or_else(|| Reading::partial(TimeType::Time, "XXXX-XX-XX")).at(time)
    }
}

impl Reading {
    fn valued(self, value: String) -> Self {
        Self { value, ..self }
    }
}

fn around(year: i16) -> impl DoubleEndedIterator<Item = i16> + Clone {
    year.saturating_sub(YEARS_AROUND)..=year.saturating_add(YEARS_AROUND)
}

/// The year of the last (`shift` below 0), next or running one.
fn nth(base: Date, shift: i32, make: impl Fn(i16) -> Option<Days>) -> Option<i16> {
    let mut all = around(base.year()).filter_map(|y| make(y).map(|days| (y, days)));
    let found = match shift {
        ..0 => all.rfind(|(_, (_, last))| *last < base),
        0 => all.find(|(y, _)| *y == base.year()),
        1.. => all.find(|(_, (first, _))| *first > base),
    };
    found.map(|(y, _)| y)
}

/// Twice the days between `day` and the middle of a period; of two as far, the past one comes first.
fn distance(day: Date, (first, last): Days) -> (i32, bool) {
    let doubled = (first - day).get_days() + (last - day).get_days();
    (doubled.abs(), doubled > 0)
}

/// Whether there is such a day in any year.
fn exists(month: i8, day: i8) -> bool {
    const LEAP: i16 = 2000;
    Date::new(LEAP, month, day).is_ok()
}

fn no_such_day(year: Year, month: i8) -> Reading {
    let year = if let Year::Named(year) = year { format!("{year:04}") } else { "XXXX".to_owned() };
    let month = if (1..=12).contains(&month) { format!("{month:02}") } else { "XX".to_owned() };
    Reading::unreadable(format!("{year}-{month}-XX"), "there is no such day")
}

fn beyond(year: i16) -> Reading {
    Reading::unreadable(format!("{year:04}"), "there is no such year")
}

fn years(first: i16, last: i16) -> Reading {
    let days = year_days(first).zip(year_days(last)).map(|((a, _), (_, b))| (a, b));
    days.map_or_else(|| beyond(first), |days| Reading::days(format!("{first:04}/{last:04}"), days))
}

/// A value with its days, or the partial value.
fn dated(resolved: Option<(String, Option<Days>, Option<Anchor>)>, partial: String) -> Reading {
    match resolved {
        Some((value, Some(days), anchor)) => Reading::days(value, days).anchored(anchor),
        _ => Reading::partial(TimeType::Date, partial),
    }
}
