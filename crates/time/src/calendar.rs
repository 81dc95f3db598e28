//! From what an expression says to its place on the calendar.

use dragoman_codebook::{TimeGrain, TimeType};
use dragoman_doc::{Anchor, Interval, TimeId};
use dragoman_lexicon::{Direction, Holiday, Origin, Reference, Shift, TimeUnit, Which};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span as Step, ToSpan};

use crate::direction::Lies;
use crate::expression::{Count, Expression, Flaw, TimeOfDay, What, Whole, Year};
use crate::feasts;
use crate::reading::{
    Days, Length, Reading, duration, length, month_days, moved, on_or, reference, season, timex, unit_around, unknown_unit, year_days,
    years,
};

/// What was planned longer ago lay ahead of the publication rather than of that time.
const YEAR: i32 = 366;

/// A leap day comes again within eight years.
const YEARS_AROUND: i16 = 8;

/// Twice the days from which on a day without a year is too far away to be meant, if the other one is within [`NEAR`].
const FAR: i32 = 2 * 240;
/// Twice the days within which a day without a year is near.
const NEAR: i32 = 2 * 75;
/// A story goes forward: two steps back in it count as three forward.
const STEPS: (i32, i32) = (3, 2);
/// Days around the publication among which a date "on Friday" lies.
const WEEK: i64 = 7;

/// An expression of the report that has a place on the calendar.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) id: TimeId,
    pub(crate) days: Days,
    pub(crate) grain: TimeGrain,
    /// It stands in the same sentence.
    pub(crate) here: bool,
    /// It stands in this sentence or the one before.
    pub(crate) near: bool,
    /// The text gives its year itself, as the time of what it tells.
    pub(crate) stated: bool,
    /// Its clock time.
    pub(crate) clock: Option<DateTime>,
}

/// What an expression is resolved with.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of the sentence and the report")]
pub(crate) struct Scene<'a> {
    /// The day of publication.
    pub(crate) published: Option<Date>,
    /// The publication is not before and not after these days.
    pub(crate) published_within: (Option<Date>, Option<Date>),
    /// The report tells a story of the past: its dates are counted from one another.
    pub(crate) narrative: bool,
    /// A year that the same sentence names.
    pub(crate) sentence_year: Option<i16>,
    /// Whether an expression that leaves it open lies before or after.
    pub(crate) lies: Lies,
    /// It lies behind what the verb tells ("postponed until").
    pub(crate) firm: bool,
    /// Its sentence tells what comes again and again.
    pub(crate) habit: bool,
    /// The word "in" stands before it.
    pub(crate) within: bool,
    /// The last expression with a place on the calendar.
    pub(crate) told: Option<Told>,
    /// Where a story of the past has come to.
    pub(crate) story: Option<Told>,
    /// The last quarter of a year that was told.
    pub(crate) quarter: Option<Told>,
    /// The day that the text says D-Day is.
    pub(crate) dday: Option<Told>,
    pub(crate) holidays: &'a [Holiday],
}

/// A day that relative expressions count from.
type Base = (Date, Option<Anchor>);

impl Scene<'_> {
    /// The expression's place on the calendar, as far as it can be told; `None` where its words are no time here.
    pub(crate) fn resolve(&self, expression: &Expression) -> Option<Reading> {
        let reading = match expression.what {
            What::Clock => self.clock(expression.time),
            _ => self.placed(expression)?.at(expression.time),
        };
        Some(self.bounded(reading.narrowed(expression.grain.and_then(|g| g.third)).modified(expression.modifier), expression))
    }

    fn placed(&self, expression: &Expression) -> Option<Reading> {
        Some(match expression.what {
            What::Day { weekday, year, month, day } => self.day(weekday, year, month, day),
            What::Flawed(flaw) => flawed(flaw),
            What::Month { year, month } => {
                self.unit_of_year(year, TimeGrain::Month, format!("XXXX-{month:02}"), |y| month_days(y, month, 1))
            }
            What::Year(year) => Reading::days(year_days(year)?, TimeGrain::Year)?,
            What::OtherYears { first, last } => Reading::partial(TimeType::Date, timex(years(first, last)?, TimeGrain::Year)),
            What::Decade(first) => Reading::days(years(first, first + 9)?, TimeGrain::Decade)?,
            What::OpenDecade(number) => self.open_decade(number)?,
            What::Century(first) => Reading::days(years(first, first + 99)?, TimeGrain::Century)?,
            What::Fraction { year, number, months } => self.fraction(year, number, months),
            What::SameQuarter { years, year } => self.same_quarter(years, year)?,
            What::Season { year, season: which } => {
                let (code, first) = season(which);
                self.unit_of_year(year, TimeGrain::Season, format!("XXXX-{code}"), |y| month_days(y, first, 3))
            }
            What::Weekday { day, which } => self.weekday(day, which),
            What::WeekdayOf { day, which } => self.weekday_of(day, which),
            What::Around { unit, year, month, day } => self.around(unit, year, month, day),
            What::NthOf { number, unit, of } => self.nth_of(number, unit, of)?,
            What::DayOfMonth(day) => self.day_of_month(day),
            What::NamedDay { offset } => self.named_day(offset),
            What::Whole { which, unit } => self.whole(which, unit),
            What::Shifted { count, unit, shift } => self.shifted(count, unit, shift),
            What::Duration { count, unit } => self.duration(count, unit),
            What::Period { which, count, unit } => self.period(which, count, unit),
            What::EveryUnit { count, unit } => Reading::partial(TimeType::Set, duration(Count { whole: Some(count), half: false }, unit)),
            What::EveryWeekday(day) => Reading::partial(TimeType::Set, format!("XXXX-WXX-{day}")),
            What::EveryPart(part) => Reading::partial(TimeType::Set, format!("XXXX-XX-XXT{}", part.word())),
            What::EveryMonth(month) => Reading::partial(TimeType::Set, format!("XXXX-{month:02}")),
            What::EverySeason(which) => Reading::partial(TimeType::Set, format!("XXXX-{}", season(which).0)),
            What::Reference(which) => Reading::partial(TimeType::Date, reference(which)),
            What::Holiday { holiday, year } => self.holiday(holiday, year),
            What::Hijri { year, month, day } => {
                self.foreign_day(year, (month, day), feasts::from_hijri, |d| feasts::of_hijri(d).map(|(y, _, _)| y))
            }
            What::Persian { year, month, day } => {
                const EPOCH: i32 = 622;
                self.foreign_day(year, (month, day), feasts::from_persian, |d| Some(i32::from(d.year()) - EPOCH))
            }
            What::DDay => self.dday.map(|_| self.dday(0))?,
            What::DDayAnd(days) => self.dday(days.into()),
            What::SomeDay | What::HHour => Reading::partial(TimeType::Time, "XXXX-XX-XX"),
            What::Clock => return None,
        })
    }

    /// The day of publication; in a story of the past the time told last.
    fn present(&self) -> Option<Base> {
        match self.story.filter(|_| self.narrative) {
            Some(told) => Some((told.days.0, Some(Anchor::Time(told.id)))),
            None => self.publication(),
        }
    }

    fn publication(&self) -> Option<Base> {
        self.published.map(|p| (p, Some(Anchor::Publication)))
    }

    /// The day that `which` counts from: what "the following" counts from was told before, what "last" counts from is today.
    fn base(&self, which: Which, is_day: bool) -> Option<Base> {
        let of_told = which.from != Origin::Publication || self.narrative || (is_day && which.shift != 0);
        let last = if which.from == Origin::Publication { self.story } else { self.told };
        let told = last.filter(|_| of_told).map(|t| {
            let day = if which.shift > 0 { t.days.1 } else { t.days.0 };
            (day, Some(Anchor::Time(t.id)))
        });
        let needs_told = which.from != Origin::Publication && (is_day || which.shift == 0);
        told.or_else(|| if needs_told { None } else { self.publication() })
    }

    fn day(&self, weekday: Option<i8>, year: Year, month: i8, day: i8) -> Reading {
        let make = |y: i16| Date::new(y, month, day).ok().map(|d| (d, d));
        if !exists(month, day) {
            return no_such_day(year, month);
        }
        match self.year_of_weekday(weekday, year, make).or_else(|| self.open(year, make)) {
            Some((y, anchor)) => match make(y) {
                Some((date, _)) => contradicted(day_reading(date).anchored(anchor), weekday, date),
                None => no_such_day(year, month),
            },
            None => Reading::partial(TimeType::Date, format!("XXXX-{month:02}-{day:02}")),
        }
    }

    /// "Tuesday, June 3": of the years around the publication the one in which the day falls on its weekday. Where the publication is
    /// not known, the one year within its bounds.
    fn year_of_weekday(&self, weekday: Option<i8>, year: Year, make: impl Fn(i16) -> Option<Days>) -> Option<(i16, Option<Anchor>)> {
        let weekday = weekday.filter(|_| year == Year::Open && self.sentence_year.is_none())?;
        let fits = |days: &Days| days.0.weekday().to_monday_one_offset() == weekday;
        if let Some((published, anchor)) = self.publication() {
            let around = published.year().checked_sub(1)?..=published.year().checked_add(1)?;
            let all = around.filter_map(|y| make(y).filter(fits).map(|days| (y, days)));
            return all.min_by_key(|(_, days)| distance(published, *days)).map(|(y, _)| (y, anchor));
        }
        let (Some(earliest), Some(latest)) = self.published_within else { return None };
        let mut all = (earliest.year()..=latest.year()).filter(|y| make(*y).as_ref().is_some_and(fits));
        let year = all.next()?;
        all.next().is_none().then_some((year, Some(Anchor::Publication)))
    }

    /// A month, season or other stretch that each year has.
    fn unit_of_year(&self, year: Year, grain: TimeGrain, partial: String, make: impl Fn(i16) -> Option<Days>) -> Reading {
        let resolved = self.open(year, &make).and_then(|(y, anchor)| Some(Reading::days(make(y)?, grain)?.anchored(anchor)));
        resolved.unwrap_or_else(|| Reading::partial(TimeType::Date, partial))
    }

    /// "the nineties": of the century around the time told or published, not ahead of it.
    fn open_decade(&self, number: i16) -> Option<Reading> {
        let (now, _) = self.present().or_else(|| self.told.map(|t| (t.days.0, None)))?;
        let first = now.year() - now.year().rem_euclid(100) + number;
        let first = if first > now.year() { first - 100 } else { first };
        Reading::days(years(first, first + 9)?, TimeGrain::Decade)
    }

    /// A quarter or half of a year.
    fn fraction(&self, year: Year, number: i8, months: i8) -> Reading {
        let (letter, grain) = if months == 3 { ('Q', TimeGrain::Quarter) } else { ('H', TimeGrain::Half) };
        // Reports tell of the quarter around them though they look ahead: "expects a loss for the third quarter".
        let scene = Self { lies: if self.lies == Lies::Before { Lies::Before } else { Lies::Open }, ..*self };
        scene.unit_of_year(year, grain, format!("XXXX-{letter}{number}"), |y| month_days(y, (number - 1) * months + 1, months.into()))
    }

    /// "the quarter", "the year-ago quarter": the one told before, so many years on or in that year.
    fn same_quarter(&self, shift: i16, year: Option<i16>) -> Option<Reading> {
        let Some(told) = self.quarter else { return self.last_quarter().filter(|_| shift == 0 && year.is_none()) };
        let first = told.days.0;
        let year = year.unwrap_or(first.year() + shift);
        let days = month_days(year, first.month(), 3)?;
        Some(Reading::days(days, TimeGrain::Quarter)?.anchored(Some(Anchor::Time(told.id))))
    }

    /// The last quarter that was over when the report was published.
    fn last_quarter(&self) -> Option<Reading> {
        let (published, anchor) = self.publication()?;
        Some(unit_around(moved(published, Length::Months(3), -1)?, TimeUnit::Quarter)?.anchored(anchor))
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
                Some(year) if make(year).is_some() => Some((year, self.year_here(year))),
                _ => self.nearest(make),
            },
        }
    }

    /// The expression of the sentence that gives the year, where it was told before.
    fn year_here(&self, year: i16) -> Option<Anchor> {
        self.told.filter(|t| t.here && t.days.0.year() == year).map(|t| Anchor::Time(t.id))
    }

    /// The year that fits the direction: a running period is neither past nor future and fits both.
    fn nearest(&self, make: impl Fn(i16) -> Option<Days>) -> Option<(i16, Option<Anchor>)> {
        if let Some(told) = self.story.filter(|_| self.narrative) {
            let all = around(told.days.0.year()).filter_map(|y| make(y).map(|days| (y, days)));
            let (year, _) = all.min_by_key(|(_, days)| step(told.days, *days))?;
            return Some((year, Some(Anchor::Time(told.id))));
        }
        if let Some(background) = self.background(&make) {
            return Some(background);
        }
        let (published, anchor) = self.publication()?;
        let all = || around(published.year()).filter_map(|y| make(y).map(|days| (y, days)));
        let told = self.told.filter(|t| t.near && t.days.0 <= published);
        let late = |t: &Told| (published - t.days.0).get_days() <= YEAR;
        if let (Lies::AheadThen, Some(told)) = (self.lies, told.filter(late)) {
            let year = all().find(|(_, (first, _))| *first >= told.days.0)?.0;
            return Some((year, Some(Anchor::Time(told.id))));
        }
        let closest = all().min_by_key(|(_, days)| distance(published, *days))?;
        // "talks set for 3 December were put off to the second week of January"
        let behind = self.firm && self.told.is_some_and(|t| t.here && t.days.0 > published);
        let fitting = match self.lies {
            Lies::Before if behind => all().find(|(_, (_, last))| *last >= published)?,
            Lies::Before => all().rfind(|(_, (first, _))| *first <= published)?,
            Lies::Ahead => all().find(|(_, (_, last))| *last >= published)?,
            Lies::AheadThen | Lies::Open => closest,
        };
        // A day without a year that is nearly a year away would have been given one.
        let (first, last) = closest.1;
        let far = first == last && distance(published, fitting.1).0 > FAR && distance(published, closest.1).0 < NEAR;
        Some((if far { closest.0 } else { fitting.0 }, anchor))
    }

    /// Background: "The town fell in March 2014. In May it was retaken."
    fn background(&self, make: impl Fn(i16) -> Option<Days>) -> Option<(i16, Option<Anchor>)> {
        let told = self.told.filter(|t| t.stated && t.near && matches!(self.lies, Lies::Before | Lies::Open))?;
        let year = told.days.0.year();
        // A day of the last weeks is news.
        let news = |p: Date| make(p.year()).is_some_and(|days| days.0 == days.1 && days.0 <= p && distance(p, days).0 <= NEAR);
        if self.published.is_some_and(news) {
            return None;
        }
        let gone = self.published.is_none_or(|p| told.days.1.year() < p.year());
        let behind = (year..=year.saturating_add(YEARS_AROUND))
            .filter_map(|y| make(y).map(|days| (y, days)))
            .find(|(_, (first, _))| *first >= told.days.0);
        let (year, _) = behind.filter(|(_, (_, last))| gone && self.published.is_none_or(|p| *last <= p))?;
        Some((year, Some(Anchor::Time(told.id))))
    }

    fn weekday(&self, day: i8, which: Option<Which>) -> Reading {
        let unknown = || Reading::partial(TimeType::Date, format!("XXXX-WXX-{day}"));
        let Ok(weekday) = Weekday::from_monday_one_offset(day) else { return unknown() };
        let day_told = self.told.filter(|t| t.days.0 == t.days.1);
        let resolved = if let Some(which) = which.filter(|w| w.shift != 0) {
            let told = if which.from == Origin::Told { self.base(which, true) } else { None };
            let base = told.or_else(|| self.publication());
            base.and_then(|(d, anchor)| Some((d.nth_weekday(which.shift, weekday).ok()?, anchor)))
        } else if let Some(told) = day_told.filter(|_| self.narrative) {
            on_or(told.days.0, weekday, 1).map(|d| (d, Some(Anchor::Time(told.id))))
        } else {
            let to = |d: Date| match self.lies {
                _ if which.is_some() => on_or(d, weekday, 1),
                Lies::Ahead => on_or(d, weekday, 1),
                Lies::AheadThen if self.firm => on_or(d, weekday, 1),
                // What was planned for a day may be over: the nearer one.
                Lies::AheadThen => [on_or(d, weekday, -1)?, on_or(d, weekday, 1)?].into_iter().min_by_key(|day| distance(d, (*day, *day))),
                Lies::Before | Lies::Open => on_or(d, weekday, -1),
            };
            self.publication().and_then(|(d, anchor)| Some((to(d)?, anchor)))
        };
        resolved.map_or_else(unknown, |(date, anchor)| day_reading(date).anchored(anchor))
    }

    /// "Friday last week".
    fn weekday_of(&self, day: i8, which: Which) -> Reading {
        let found = self.base(which, false).and_then(|(base, anchor)| {
            let there = moved(base, Length::Days(WEEK), which.shift.into())?;
            let monday = on_or(there, Weekday::Monday, -1)?;
            Some(day_reading(moved(monday, Length::Days(1), i64::from(day) - 1)?).anchored(anchor))
        });
        found.unwrap_or_else(|| Reading::partial(TimeType::Date, format!("XXXX-WXX-{day}")))
    }

    /// "the week of March 6".
    fn around(&self, unit: TimeUnit, year: Year, month: i8, day: i8) -> Reading {
        let reading = self.day(None, year, month, day);
        let unit_there = reading.covers().and_then(|(first, _)| unit_around(first, unit));
        unit_there.map_or_else(|| Reading::partial(TimeType::Date, unknown_unit(unit)), |r| r.anchored(reading.anchor))
    }

    /// "the third week of March"; weeks belong to the month or year that holds their Thursday, as in ISO 8601.
    fn nth_of(&self, number: i16, unit: TimeUnit, of: Whole) -> Option<Reading> {
        let whole = match of {
            Whole::Month { year, month } => self.unit_of_year(year, TimeGrain::Month, String::new(), |y| month_days(y, month, 1)),
            Whole::Year(year) => Reading::days(year_days(year)?, TimeGrain::Year)?,
            Whole::Unit { which, unit } => self.whole(which, unit),
        };
        let Some((first, last)) = whole.covers() else { return Some(Reading::partial(TimeType::Date, unknown_unit(unit))) };
        let there = match (unit, number) {
            (TimeUnit::Day, 0) => last,
            (TimeUnit::Day, n) => moved(first, Length::Days(1), i64::from(n) - 1).filter(|d| *d <= last)?,
            (_, 0) => on_or(last, Weekday::Thursday, -1)?,
            (_, n) => moved(on_or(first, Weekday::Thursday, 1)?, Length::Days(WEEK), i64::from(n) - 1).filter(|d| *d <= last)?,
        };
        Some(unit_around(there, unit)?.anchored(whole.anchor))
    }

    /// "on the 12th": of the running month, or the one before or behind it.
    fn day_of_month(&self, day: i8) -> Reading {
        // "In March of last year ... on the 3rd"
        let month = self.told.filter(|t| t.near && t.grain == TimeGrain::Month);
        let of_told = month.and_then(|t| Some((Date::new(t.days.0.year(), t.days.0.month(), day).ok()?, t.id)));
        if let Some((date, id)) = of_told {
            return day_reading(date).anchored(Some(Anchor::Time(id)));
        }
        let found = self.present().and_then(|(now, anchor)| {
            let months = (-2..=2).filter_map(|n| moved(now, Length::Months(1), n));
            let mut all = months.filter_map(|m| Date::new(m.year(), m.month(), day).ok());
            let date = match self.lies {
                Lies::Ahead | Lies::AheadThen => all.find(|d| *d >= now),
                Lies::Before | Lies::Open => all.rfind(|d| *d <= now),
            };
            Some(day_reading(date?).anchored(anchor))
        });
        found.unwrap_or_else(|| Reading::partial(TimeType::Date, format!("XXXX-XX-{day:02}")))
    }

    fn named_day(&self, offset: i32) -> Reading {
        let date = self.publication().and_then(|(d, a)| Some((moved(d, Length::Days(1), offset.into())?, a)));
        date.map_or_else(|| Reading::partial(TimeType::Date, "XXXX-XX-XX"), |(date, anchor)| day_reading(date).anchored(anchor))
    }

    fn whole(&self, which: Which, unit: TimeUnit) -> Reading {
        let is_day = unit == TimeUnit::Day;
        // "by the end of the month": that of the story, else the running one.
        let running = which.from == Origin::Event;
        let told_here = self.told.is_some_and(|t| t.near && t.grain != TimeGrain::Year && self.lies == Lies::Before);
        let base = if running && !self.narrative && !(told_here || is_day) { self.publication() } else { self.base(which, is_day) };
        let resolved = base.and_then(|(base, anchor)| {
            let there = if which.shift == 0 { base } else { moved(base, length(unit), which.shift.into())? };
            let found = unit_around(there, unit)?;
            // "over the weekend", told on a Tuesday, is over; "last weekend" is the last one even on a Saturday.
            let over = which.shift == 0
                && which.from == Origin::Publication
                && self.lies == Lies::Before
                && found.covers().is_some_and(|(first, _)| first > base);
            let found = if over { unit_around(moved(base, length(unit), -1)?, unit)? } else { found };
            Some(found.anchored(anchor))
        });
        resolved.unwrap_or_else(|| Reading::partial(TimeType::Date, unknown_unit(unit)))
    }

    fn shifted(&self, count: Count, unit: TimeUnit, shift: Shift) -> Reading {
        let past = shift.direction == Direction::Past;
        if past
            && unit == TimeUnit::Year
            && count.whole == Some(1)
            && self.quarter.is_some()
            && let Some(quarter) = self.same_quarter(-1, None)
        {
            return quarter;
        }
        let of_told = shift.from == Origin::Told || self.narrative;
        if let Some(reading) = self.told.filter(|t| of_told && t.near).and_then(|t| shifted_clock(t, count, unit, past)) {
            return reading;
        }
        let told = self.told.filter(|t| of_told && (t.near || self.narrative));
        let from_told = told.map(|t| (t.days, Some(Anchor::Time(t.id))));
        // What "later" counts from is told or not known; "earlier" may count from today.
        // Weeks ago are told by the week: they count from the week of the publication.
        let published = || self.publication().map(|(day, anchor)| (weeks_from(day, unit), anchor));
        let base = from_told.or_else(|| if past || shift.from == Origin::Publication { published() } else { None });
        let resolved = base.and_then(|(days, anchor)| Some(shifted_from(days, count, unit, shift)?.anchored(anchor)));
        resolved.unwrap_or_else(|| match count.whole {
            Some(_) => Reading::partial(TimeType::Duration, duration(count, unit)),
            None => vaguely(base, past),
        })
    }

    /// "in five years", said of what lies ahead, is a date; other lengths have no place.
    fn duration(&self, count: Count, unit: TimeUnit) -> Reading {
        let ahead = self.within && self.lies == Lies::Ahead && count.whole.is_some() && !count.half && !self.narrative;
        let shift = Shift { direction: Direction::Future, from: Origin::Publication };
        if ahead && length(unit) != Length::Short && self.published.is_some() {
            return self.shifted(count, unit, shift);
        }
        Reading::partial(TimeType::Duration, duration(count, unit))
    }

    /// "the past three months": as long as it says, up to or from the publication.
    fn period(&self, which: Which, count: Count, unit: TimeUnit) -> Reading {
        let told = Reading::partial(TimeType::Duration, duration(count, unit));
        let Some((base, anchor)) = self.base(Which { from: Origin::Publication, ..which }, false) else { return told };
        let back = which.shift < 0;
        let far = count.whole.filter(|_| !count.half).and_then(|n| moved(base, length(unit), i64::from(n) * if back { -1 } else { 1 }));
        if length(unit) == Length::Short {
            return told.anchored(anchor);
        }
        let at = |day: Date| day.to_datetime(Time::midnight());
        let behind = |day: Date| day.tomorrow().ok().map(at);
        let (begin, end) = if back { (far.map(at), behind(base)) } else { (Some(at(base)), far.and_then(behind)) };
        let interval = Interval { begin, end, grain: TimeGrain::Day, approximate: true, zone: None };
        Reading { interval: Some(interval), anchor, ..told }
    }

    /// A clock time or part of the day on the day that its sentence told.
    fn clock(&self, time: Option<TimeOfDay>) -> Reading {
        let day_told = |t: &Told| t.days.0 == t.days.1;
        let part = matches!(time, Some(TimeOfDay::Part(_)));
        let told = self.told.filter(day_told).filter(|t| t.near);
        let of_told = || told.map(|t| day_reading(t.days.0).anchored(Some(Anchor::Time(t.id))));
        // What a report tells without a day is of its own day.
        let here = told.filter(|t| t.here).map(|t| day_reading(t.days.0).anchored(Some(Anchor::Time(t.id))));
        let own = || self.publication().filter(|_| !self.narrative && !self.habit).map(|(day, anchor)| day_reading(day).anchored(anchor));
        let day = here.or_else(|| if part || self.narrative || self.lies == Lies::Before { of_told() } else { None }).or_else(own);
        day.unwrap_or_else(|| Reading::partial(TimeType::Time, "XXXX-XX-XX")).at(time)
    }

    fn holiday(&self, number: u16, year: Year) -> Reading {
        let Some(holiday) = self.holidays.get(usize::from(number)) else { return Reading::partial(TimeType::Date, "XXXX-XX-XX") };
        let days = |year: i16| feasts::in_year(*holiday, year);
        let all = |now: Date| (now.year().saturating_sub(2)..=now.year().saturating_add(2)).flat_map(days);
        let named = |year: i16, anchor| Some((days(year).into_iter().next()?, anchor));
        let found = match (year, self.sentence_year) {
            (Year::Named(year), _) => named(year, None),
            (Year::Open, Some(year)) => named(year, self.year_here(year)),
            (Year::Picked(which), _) => {
                self.base(which, false).and_then(|(base, anchor)| named(base.year() + i16::try_from(which.shift).ok()?, anchor))
            }
            (Year::Nth(which), _) => self.base(which, false).and_then(|(base, anchor)| {
                let chosen = match which.shift {
                    ..0 => all(base).rfind(|(_, last)| *last < base),
                    0 => all(base).find(|(first, _)| first.year() == base.year()),
                    1.. => all(base).find(|(first, _)| *first > base),
                };
                Some((chosen?, anchor))
            }),
            (Year::Open, None) => self.present().and_then(|(now, anchor)| {
                let chosen = match self.lies {
                    _ if self.narrative => all(now).min_by_key(|d| step((now, now), *d)),
                    Lies::Before => all(now).rfind(|(first, _)| *first <= now),
                    Lies::Ahead => all(now).find(|(_, last)| *last >= now),
                    Lies::AheadThen | Lies::Open => all(now).min_by_key(|d| distance(now, *d)),
                };
                Some((chosen?, anchor))
            }),
        };
        found
            .and_then(|(days, anchor)| Some(Reading::days(days, TimeGrain::Day)?.anchored(anchor)))
            .unwrap_or_else(|| Reading::partial(TimeType::Date, "XXXX-XX-XX"))
    }

    /// A day of another calendar; without a year the last one before the publication, or the next one ahead.
    fn foreign_day(
        &self,
        year: Option<i32>,
        (month, day): (i8, i8),
        make: impl Fn(i32, u8, u8) -> Option<Date>,
        year_of: impl Fn(Date) -> Option<i32>,
    ) -> Reading {
        let there = |y: i32| make(y, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let open = || {
            let (now, anchor) = self.present()?;
            let near = year_of(now)?;
            let mut all = (near - 2..=near + 2).filter_map(there);
            let ahead = self.lies == Lies::Ahead;
            let date = if ahead { all.find(|d| *d >= now) } else { all.filter(|d| *d <= now).last() };
            Some((date?, anchor))
        };
        let found = match year {
            Some(year) => there(year).map(|date| (date, None)),
            None => open(),
        };
        match found {
            Some((date, anchor)) => day_reading(date).anchored(anchor),
            None if year.is_some() => Reading::unreadable("XXXX-XX-XX", "there is no such day"),
            None => Reading::partial(TimeType::Date, "XXXX-XX-XX"),
        }
    }

    fn dday(&self, days: i64) -> Reading {
        let found = self.dday.and_then(|told| Some((moved(told.days.0, Length::Days(1), days)?, told.id)));
        found
            .map_or_else(|| Reading::partial(TimeType::Date, "XXXX-XX-XX"), |(date, id)| day_reading(date).anchored(Some(Anchor::Time(id))))
    }

    /// Where nothing fixes a day near the publication, the days between which that lies bound it.
    fn bounded(&self, reading: Reading, expression: &Expression) -> Reading {
        let near = matches!(expression.what, What::Weekday { .. } | What::NamedDay { .. } | What::WeekdayOf { .. });
        if reading.interval.is_some() || !near {
            return reading;
        }
        let (earliest, latest) = self.published_within;
        let ahead = matches!(self.lies, Lies::Ahead | Lies::AheadThen);
        let shifted = |day: Option<Date>, by: i64| day.and_then(|d| moved(d, Length::Days(1), by));
        let bounds = if ahead { (earliest, shifted(latest, WEEK)) } else { (shifted(earliest, -WEEK), latest) };
        Reading { bounds, ..reading }
    }
}

/// A clock time so many hours or minutes before or behind one that was told.
fn shifted_clock(told: Told, count: Count, unit: TimeUnit, past: bool) -> Option<Reading> {
    let count = i64::from(count.whole.filter(|_| !count.half)?) * if past { -1 } else { 1 };
    let step = match unit {
        TimeUnit::Hour => Step::new().try_hours(count),
        TimeUnit::Minute => Step::new().try_minutes(count),
        _ => return None,
    };
    let there = told.clock?.checked_add(step.ok()?).ok()?;
    let day = Reading::day(there.date())?;
    Some(day.anchored(Some(Anchor::Time(told.id))).at(Some(TimeOfDay::Clock(there.time(), None))))
}

/// "several years ago", "a few days later": before or after a time, nobody says how far.
fn vaguely(base: Option<(Days, Option<Anchor>)>, past: bool) -> Reading {
    let value = reference(if past { Reference::Past } else { Reference::Future });
    let reading = Reading::partial(TimeType::Date, value);
    let Some(((first, last), anchor)) = base else { return reading };
    let at = |day: Date| day.to_datetime(Time::midnight());
    let (begin, end) = if past { (None, Some(at(first))) } else { (last.checked_add(1.day()).ok().map(at), None) };
    let interval = Interval { begin, end, grain: TimeGrain::Day, approximate: true, zone: None };
    Reading { interval: Some(interval), anchor, ..reading }
}

/// What a number of units ago is counted from: the day, and for weeks the week.
fn weeks_from(day: Date, unit: TimeUnit) -> Days {
    let weeks = matches!(unit, TimeUnit::Week | TimeUnit::Fortnight);
    unit_around(day, TimeUnit::Week).and_then(|week| week.covers()).filter(|_| weeks).unwrap_or((day, day))
}

/// The date that lies a length of time before or behind days that are known; from a day on, weeks lead to a day.
pub(crate) fn shifted_from((first, last): Days, count: Count, unit: TimeUnit, shift: Shift) -> Option<Reading> {
    let past = shift.direction == Direction::Past;
    let count = i64::from(count.whole.filter(|_| !count.half)?);
    let there = moved(if past { first } else { last }, length(unit), if past { -count } else { count })?;
    let unit = if first == last && matches!(unit, TimeUnit::Week | TimeUnit::Fortnight) { TimeUnit::Day } else { unit };
    unit_around(there, unit)
}

fn day_reading(date: Date) -> Reading {
    // The last day of the calendar has no morrow and so no interval.
    Reading::day(date).unwrap_or_else(|| Reading::partial(TimeType::Date, timex((date, date), TimeGrain::Day)))
}

/// A weekday that the date does not have is a fault of the text; the date counts.
fn contradicted(reading: Reading, weekday: Option<i8>, date: Date) -> Reading {
    let wrong = weekday.is_some_and(|w| date.weekday().to_monday_one_offset() != w);
    if wrong { Reading { fault: Some("the date is another day of the week"), ..reading } } else { reading }
}

fn flawed(flaw: Flaw) -> Reading {
    match flaw {
        Flaw::DayOrMonth { year } => Reading::unreadable(format!("{year:04}-XX-XX"), "day and month cannot be told apart"),
        Flaw::LongYear { month } => Reading::unreadable(format!("XXXX-{month:02}"), "the year has five digits"),
        Flaw::NoClock => Reading { kind: TimeType::Time, ..Reading::unreadable("XXXX-XX-XX", "there is no such time of day") },
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

/// How far a story goes from what was told to the next days: none where they overlap, forward rather than back.
fn step(told: Days, next: Days) -> i32 {
    if next.0 <= told.1 && told.0 <= next.1 {
        return 0;
    }
    let (back, forward) = STEPS;
    if next.0 > told.1 { forward * (next.0 - told.1).get_days() } else { back * (told.0 - next.1).get_days() }
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
