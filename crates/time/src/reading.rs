//! Stretches of the calendar, and the TIMEX3 values derived from them (TimeML 1.2.1).

use dragoman_codebook::{TimeGrain, TimeMod, TimeType};
use dragoman_doc::{Anchor, Interval, Zone};
use dragoman_lexicon::{Reference, Season, Third, TimeUnit};
use jiff::civil::{Date, Weekday};
use jiff::{Span as Shift, ToSpan};

use crate::expression::{Count, TimeOfDay};

/// First and last day.
pub(crate) type Days = (Date, Date);

/// An expression on the calendar, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) kind: TimeType,
    pub(crate) value: String,
    pub(crate) interval: Option<Interval>,
    pub(crate) anchor: Option<Anchor>,
    pub(crate) modifier: Option<TimeMod>,
    pub(crate) bounds: (Option<Date>, Option<Date>),
    /// Why the words cannot be read as a date.
    pub(crate) fault: Option<&'static str>,
}

impl Reading {
    /// A value without a place on the calendar.
    pub(crate) fn partial(kind: TimeType, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), interval: None, anchor: None, modifier: None, bounds: (None, None), fault: None }
    }

    /// A date that names no day of the calendar.
    pub(crate) fn unreadable(value: impl Into<String>, fault: &'static str) -> Self {
        Self { fault: Some(fault), ..Self::partial(TimeType::Date, value) }
    }

    /// Whole days, with the value that they give at this grain.
    pub(crate) fn days((first, last): Days, grain: TimeGrain) -> Option<Self> {
        let interval = Interval::days(first, last, grain)?;
        Some(Self { interval: Some(interval), ..Self::partial(TimeType::Date, timex((first, last), grain)) })
    }

    pub(crate) fn day(date: Date) -> Option<Self> {
        Self::days((date, date), TimeGrain::Day)
    }

    pub(crate) fn anchored(self, anchor: Option<Anchor>) -> Self {
        Self { anchor, ..self }
    }

    /// First and last day.
    pub(crate) fn covers(&self) -> Option<Days> {
        let interval = self.interval?;
        Some((interval.first()?.date, interval.last()?.date))
    }

    /// The same day at a part of it or at a clock time.
    pub(crate) fn at(mut self, time: Option<TimeOfDay>) -> Self {
        match time {
            None => return self,
            Some(TimeOfDay::Part(part)) => {
                self.value = format!("{}T{}", self.value, part.word());
                self.interval = self.interval.map(|i| Interval { grain: TimeGrain::Part, ..i });
            }
            Some(TimeOfDay::Clock(time, zone)) => {
                // "every morning at 9", "every day at 9"
                let day = if self.value == "P1D" { "XXXX-XX-XX" } else { self.value.split_once('T').map_or(&*self.value, |(day, _)| day) };
                self.value = format!("{day}T{:02}:{:02}", time.hour(), time.minute());
                self.interval = self.interval.and_then(|i| {
                    let begin = i.begin?.date().to_datetime(time);
                    let end = begin.checked_add(1.minute()).ok()?;
                    Some(Interval { begin: Some(begin), end: Some(end), grain: TimeGrain::Minute, zone: zone.map(Zone), ..i })
                });
            }
        }
        if self.kind != TimeType::Set {
            self.kind = TimeType::Time;
        }
        self
    }

    /// Only the first, middle or last third of the days. The value stays, as TIMEX3 has it.
    pub(crate) fn narrowed(mut self, third: Option<Third>) -> Self {
        let Some(third) = third else { return self };
        self.modifier = Some(match third {
            Third::Start => TimeMod::Start,
            Third::Mid => TimeMod::Mid,
            Third::End => TimeMod::End,
        });
        if let (Some(interval), Some(days)) = (self.interval, self.covers())
            && !matches!(interval.grain, TimeGrain::Day | TimeGrain::Part | TimeGrain::Minute)
            && let Some(part) = third_of(days, third).and_then(|(first, last)| Interval::days(first, last, interval.grain))
        {
            self.interval = Some(Interval { approximate: true, ..part });
        }
        self
    }

    /// Bounded or approximate ("about a week ago").
    pub(crate) fn modified(mut self, modifier: Option<TimeMod>) -> Self {
        if modifier.is_some() {
            self.modifier = modifier;
            self.interval = self.interval.map(|i| Interval { approximate: true, ..i });
        }
        self
    }
}

/// A year as TIMEX3 has it: year 0 is 1 BC.
fn year_value(year: i16) -> String {
    if year > 0 { format!("{year:04}") } else { format!("BC{:04}", 1 - year) }
}

/// The TIMEX3 value of whole days told at a grain.
pub(crate) fn timex((first, last): Days, grain: TimeGrain) -> String {
    let (year, month) = (year_value(first.year()), first.month());
    let day = |d: Date| format!("{}-{:02}-{:02}", year_value(d.year()), d.month(), d.day());
    let week = || {
        let iso = first.iso_week_date();
        format!("{:04}-W{:02}", iso.year(), iso.week())
    };
    match grain {
        TimeGrain::Minute | TimeGrain::Hour | TimeGrain::Part | TimeGrain::Day if first == last => day(first),
        TimeGrain::Minute | TimeGrain::Hour | TimeGrain::Part | TimeGrain::Day => format!("{}/{}", day(first), day(last)),
        TimeGrain::Weekend => format!("{}-WE", week()),
        TimeGrain::Week => week(),
        TimeGrain::Month => format!("{year}-{month:02}"),
        TimeGrain::Quarter => format!("{year}-Q{}", (month - 1) / 3 + 1),
        TimeGrain::Half => format!("{year}-H{}", (month - 1) / 6 + 1),
        TimeGrain::Season => format!("{year}-{}", season_code(month)),
        TimeGrain::Year if first.year() == last.year() => year,
        TimeGrain::Year => format!("{year}/{}", year_value(last.year())),
        TimeGrain::Decade if first.year() > 0 => format!("{:03}", first.year() / 10),
        TimeGrain::Decade => format!("BC{:03}", (1 - last.year()) / 10),
        TimeGrain::Century if first.year() >= 0 => format!("{:02}", first.year() / 100),
        TimeGrain::Century => format!("BC{:02}", (1 - last.year()) / 100),
    }
}

/// The season that begins in a month.
fn season_code(month: i8) -> &'static str {
    match month {
        3 => "SP",
        6 => "SU",
        9 => "FA",
        _ => "WI",
    }
}

/// Letters and first month of a season.
pub(crate) fn season(season: Season) -> (&'static str, i8) {
    match season {
        Season::Spring => ("SP", 3),
        Season::Summer => ("SU", 6),
        Season::Autumn => ("FA", 9),
        Season::Winter => ("WI", 12),
    }
}

pub(crate) fn reference(reference: Reference) -> &'static str {
    match reference {
        Reference::Past => "PAST_REF",
        Reference::Present => "PRESENT_REF",
        Reference::Future => "FUTURE_REF",
    }
}

/// A third of a period: ten days of a month, three or four years of a decade, else in whole months where it has a number of them that
/// three divides, else in days.
fn third_of((first, last): Days, third: Third) -> Option<Days> {
    let months = whole_months(first, last);
    let (unit, units) = match months {
        Some(months) if months % 3 == 0 => (Length::Months(1), months),
        _ => (Length::Days(1), i64::from((last - first).get_days()) + 1),
    };
    // Where the second and the last third begin.
    let (second, third_begins, unit) = match months {
        Some(1) => (10, 20, Length::Days(1)),
        Some(120) => (48, 84, Length::Months(1)),
        _ => (units / 3, units - units / 3, unit),
    };
    if second == 0 {
        return Some((first, last));
    }
    let from = |n: i64| moved(first, unit, n);
    let before = |n: i64| from(n)?.yesterday().ok();
    Some(match third {
        Third::Start => (first, before(second)?),
        Third::Mid => (from(second)?, before(third_begins)?),
        Third::End => (from(third_begins)?, last),
    })
}

/// The months from `first` to `last`, if these are the first and the last day of a month.
fn whole_months(first: Date, last: Date) -> Option<i64> {
    let whole = first.day() == 1 && last == last.last_of_month();
    whole.then(|| (i64::from(last.year()) - i64::from(first.year())) * 12 + i64::from(last.month()) - i64::from(first.month()) + 1)
}

/// How long a unit is on the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    Days(i64),
    Months(i64),
    /// Less than a day, or not known.
    Short,
}

pub(crate) fn length(unit: TimeUnit) -> Length {
    match unit {
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Time => Length::Short,
        TimeUnit::Day => Length::Days(1),
        TimeUnit::Week | TimeUnit::Weekend => Length::Days(7),
        TimeUnit::Fortnight => Length::Days(14),
        TimeUnit::Month => Length::Months(1),
        TimeUnit::Quarter => Length::Months(3),
        TimeUnit::Year | TimeUnit::OtherYear => Length::Months(12),
        TimeUnit::Decade => Length::Months(120),
        TimeUnit::Century => Length::Months(1200),
    }
}

/// First and last day of a year.
pub(crate) fn year_days(year: i16) -> Option<Days> {
    years(year, year)
}

/// First day of the one and last day of the other year.
pub(crate) fn years(first: i16, last: i16) -> Option<Days> {
    Some((Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

/// First and last day of `months` months from `month` on.
pub(crate) fn month_days(year: i16, month: i8, months: i64) -> Option<Days> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, moved(first, Length::Months(months - 1), 1)?.last_of_month()))
}

/// The week around a day, Monday to Sunday.
fn week_days(day: Date) -> Option<Days> {
    let monday = on_or(day, Weekday::Monday, -1)?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

/// The day itself if it is this weekday, else the nearest one in that direction.
pub(crate) fn on_or(day: Date, weekday: Weekday, direction: i32) -> Option<Date> {
    if day.weekday() == weekday { Some(day) } else { day.nth_weekday(direction, weekday).ok() }
}

/// `day` moved by `count` units; `None` for units below a day and beyond the calendar.
pub(crate) fn moved(day: Date, length: Length, count: i64) -> Option<Date> {
    let shift = match length {
        Length::Days(days) => Shift::new().try_days(count.checked_mul(days)?),
        Length::Months(months) => Shift::new().try_months(count.checked_mul(months)?),
        Length::Short => return None,
    };
    day.checked_add(shift.ok()?).ok()
}

/// The whole unit around `day`: its day, week, month, quarter, year, decade or century.
pub(crate) fn unit_around(day: Date, unit: TimeUnit) -> Option<Reading> {
    let (year, month) = (day.year(), day.month());
    let block = |length: i16| {
        let first = year - year.rem_euclid(length);
        years(first, first + length - 1)
    };
    let (days, grain) = match unit {
        TimeUnit::Day => ((day, day), TimeGrain::Day),
        TimeUnit::Weekend => {
            let (_, sunday) = week_days(day)?;
            ((sunday.yesterday().ok()?, sunday), TimeGrain::Weekend)
        }
        TimeUnit::Week | TimeUnit::Fortnight => (week_days(day)?, TimeGrain::Week),
        TimeUnit::Month => (month_days(year, month, 1)?, TimeGrain::Month),
        TimeUnit::Quarter => (month_days(year, (month - 1) / 3 * 3 + 1, 3)?, TimeGrain::Quarter),
        TimeUnit::Year => (year_days(year)?, TimeGrain::Year),
        TimeUnit::Decade => (block(10)?, TimeGrain::Decade),
        TimeUnit::Century => (block(100)?, TimeGrain::Century),
        TimeUnit::OtherYear => return Some(Reading::partial(TimeType::Date, year_value(year))),
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour | TimeUnit::Time => return None,
    };
    Reading::days(days, grain)
}

/// The value of a unit of which nothing is known.
pub(crate) fn unknown_unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Weekend => "XXXX-WXX-WE",
        TimeUnit::Week | TimeUnit::Fortnight => "XXXX-WXX",
        TimeUnit::Month => "XXXX-XX",
        TimeUnit::Quarter => "XXXX-QX",
        TimeUnit::Year | TimeUnit::OtherYear => "XXXX",
        TimeUnit::Decade => &"XXXX"[..3],
        TimeUnit::Century => "XX",
        _ => "XXXX-XX-XX",
    }
}

/// TIMEX3 value of a length: "P3M", "PT2H", "PXY", "P2Y6M".
pub(crate) fn duration(count: Count, unit: TimeUnit) -> String {
    if unit == TimeUnit::Time {
        return "PXX".to_owned();
    }
    let (clock, letters) = letters(unit);
    let times = if unit == TimeUnit::Fortnight { 2 } else { 1 };
    let whole = count.whole.map(|n| n * times);
    if count.half
        && let Some(whole) = whole
    {
        // Half of it in the next smaller unit.
        let half = match unit {
            TimeUnit::Year | TimeUnit::OtherYear => Some("6M"),
            TimeUnit::Hour => Some("30M"),
            TimeUnit::Minute => Some("30S"),
            TimeUnit::Day => Some("T12H"),
            _ => None,
        };
        return match half {
            Some(half) if whole > 0 => format!("P{clock}{whole}{letters}{half}"),
            Some(half) => format!("P{clock}{half}"),
            None => format!("P{clock}{whole}.5{letters}"),
        };
    }
    let count = whole.map_or_else(|| "X".to_owned(), |n| n.to_string());
    format!("P{clock}{count}{letters}")
}

/// Letters of TIMEX3 for a unit, with the `T` before units of the clock.
fn letters(unit: TimeUnit) -> (&'static str, &'static str) {
    match unit {
        TimeUnit::Second => ("T", "S"),
        TimeUnit::Minute => ("T", "M"),
        TimeUnit::Hour => ("T", "H"),
        TimeUnit::Day => ("", "D"),
        TimeUnit::Week | TimeUnit::Fortnight => ("", "W"),
        TimeUnit::Weekend => ("", "WE"),
        TimeUnit::Month => ("", "M"),
        TimeUnit::Quarter => ("", "Q"),
        TimeUnit::Year | TimeUnit::OtherYear => ("", "Y"),
        TimeUnit::Decade => ("", "DE"),
        TimeUnit::Century => ("", "CE"),
        TimeUnit::Time => ("", "X"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_cover_a_period_without_overlap() {
        for length in 1..400 {
            let first = Date::constant(2024, 7, 1);
            let last = moved(first, Length::Days(1), length - 1).unwrap();
            let [start, mid, end] = [Third::Start, Third::Mid, Third::End].map(|t| third_of((first, last), t).unwrap());
            assert_eq!((start.0, end.1), (first, last));
            assert!(mid.0 <= mid.1, "{length}");
            assert!(
                length < 3 || (start.1.tomorrow().unwrap() == mid.0 && mid.1.tomorrow().unwrap() == end.0),
                "{length}: {start:?} {mid:?} {end:?}"
            );
        }
    }

    #[test]
    fn the_ends_of_the_calendar_give_nothing() {
        assert_eq!(moved(Date::MAX, Length::Days(1), 1), None);
        assert_eq!(moved(Date::MIN, Length::Months(12), -1), None);
        assert_eq!(moved(Date::MIN, Length::Months(1200), i64::MAX), None);
        assert_eq!(unit_around(Date::MAX, TimeUnit::Week), None);
    }

    #[test]
    fn years_before_christ_have_their_own_form() {
        let value = |first, last, grain| timex(years(first, last).unwrap(), grain);
        assert_eq!(value(0, 0, TimeGrain::Year), "BC0001");
        assert_eq!(value(-498, -498, TimeGrain::Year), "BC0499");
        assert_eq!(value(-488, -479, TimeGrain::Decade), "BC048");
        assert_eq!(value(-399, -300, TimeGrain::Century), "BC03");
        assert_eq!(value(1800, 1899, TimeGrain::Century), "18");
        assert_eq!(value(2014, 2017, TimeGrain::Year), "2014/2017");
    }
}
