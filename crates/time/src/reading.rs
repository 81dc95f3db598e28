//! TIMEX3 values and the days they cover.

use dragoman_codebook::TimeType;
use dragoman_doc::{Anchor, Moment};
use dragoman_lexicon::{Length, Third, TimeUnit};
use jiff::civil::{Date, Weekday};
use jiff::{Span as Shift, ToSpan};

use crate::expression::{Count, TimeOfDay};

/// An expression on the calendar, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading {
    pub(crate) kind: TimeType,
    pub(crate) value: String,
    pub(crate) begin: Option<Moment>,
    pub(crate) end: Option<Moment>,
    pub(crate) anchor: Option<Anchor>,
    /// Why the words cannot be read as a date.
    pub(crate) fault: Option<&'static str>,
}

impl Reading {
    /// A value without a place on the calendar.
    pub(crate) fn partial(kind: TimeType, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), begin: None, end: None, anchor: None, fault: None }
    }

    /// A date that names no day of the calendar.
    pub(crate) fn unreadable(value: impl Into<String>, fault: &'static str) -> Self {
        Self { fault: Some(fault), ..Self::partial(TimeType::Date, value) }
    }

    pub(crate) fn days(value: impl Into<String>, (first, last): (Date, Date)) -> Self {
        Self { begin: Some(first.into()), end: Some(last.into()), ..Self::partial(TimeType::Date, value) }
    }

    pub(crate) fn day(date: Date) -> Self {
        Self::days(date.to_string(), (date, date))
    }

    pub(crate) fn anchored(self, anchor: Option<Anchor>) -> Self {
        Self { anchor, ..self }
    }

    /// The same day at a part of it or at a clock time.
    pub(crate) fn at(mut self, time: Option<TimeOfDay>) -> Self {
        match time {
            None => return self,
            Some(TimeOfDay::Part(part)) => self.value = format!("{}T{part}", self.value),
            Some(TimeOfDay::Clock(time)) => {
                self.value = format!("{}T{:02}:{:02}", self.value, time.hour(), time.minute());
                let timed = |moment: Option<Moment>| moment.map(|m| Moment { time: Some(time), ..m });
                (self.begin, self.end) = (timed(self.begin), timed(self.end));
            }
        }
        self.kind = TimeType::Time;
        self
    }

    /// Only the first, middle or last third of the days. The value stays, as TIMEX3 has it.
    pub(crate) fn narrowed(mut self, third: Option<Third>) -> Self {
        if let (Some(third), Some(begin), Some(end)) = (third, self.begin, self.end)
            && let Some((first, last)) = third_of((begin.date, end.date), third)
        {
            (self.begin, self.end) = (Some(first.into()), Some(last.into()));
        }
        self
    }
}

/// A third of a period: in whole months where it has a number of them that three divides, else in days.
fn third_of((first, last): (Date, Date), third: Third) -> Option<(Date, Date)> {
    let (unit, units) = match whole_months(first, last) {
        Some(months) if months % 3 == 0 => (Length::Months(1), months),
        _ => (Length::Days(1), i64::from((last - first).get_days()) + 1),
    };
    let part = units / 3;
    if part == 0 {
        return Some((first, last));
    }
    let from = |n: i64| moved(first, unit, n);
    let before = |n: i64| from(n)?.yesterday().ok();
    Some(match third {
        Third::Start => (first, before(part)?),
        Third::Mid => (from(part)?, before(units - part)?),
        Third::End => (from(units - part)?, last),
    })
}

/// The months from `first` to `last`, if these are the first and the last day of a month.
fn whole_months(first: Date, last: Date) -> Option<i64> {
    let whole = first.day() == 1 && last == last.last_of_month();
    whole.then(|| (i64::from(last.year()) - i64::from(first.year())) * 12 + i64::from(last.month()) - i64::from(first.month()) + 1)
}

/// First and last day of a year.
pub(crate) fn year_days(year: i16) -> Option<(Date, Date)> {
    let first = Date::new(year, 1, 1).ok()?;
    Some((first, first.last_of_year()))
}

/// First and last day of `months` months from `month` on.
pub(crate) fn month_days(year: i16, month: i8, months: i32) -> Option<(Date, Date)> {
    let first = Date::new(year, month, 1).ok()?;
    Some((first, moved(first, Length::Months(months - 1), 1)?.last_of_month()))
}

/// The week around a day, Monday to Sunday.
fn week_days(day: Date) -> Option<(Date, Date)> {
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
        Length::Days(days) => Shift::new().try_days(count.checked_mul(i64::from(days))?),
        Length::Months(months) => Shift::new().try_months(count.checked_mul(i64::from(months))?),
        Length::Short => return None,
    };
    day.checked_add(shift.ok()?).ok()
}

/// The whole unit around `day`: its day, week, month, quarter, year, decade or century.
pub(crate) fn unit_around(day: Date, unit: TimeUnit) -> Option<Reading> {
    const DECADE: i16 = 10;
    const CENTURY: i16 = 100;
    let (year, month) = (day.year(), day.month());
    let years = |length: i16| -> Option<Reading> {
        let first = year - year.rem_euclid(length);
        let days = (Date::new(first, 1, 1).ok()?, Date::new(first + length - 1, 12, 31).ok()?);
        Some(Reading::days((first / length).to_string(), days))
    };
    match unit.length {
        Length::Days(1) => Some(Reading::day(day)),
        Length::Days(_) if unit.timex == "WE" => weekend(day),
        Length::Days(_) => week(day),
        Length::Months(1) => Some(Reading::days(format!("{year:04}-{month:02}"), month_days(year, month, 1)?)),
        Length::Months(3) => quarter(year, (month - 1) / 3 + 1),
        Length::Months(12) => Some(Reading::days(format!("{year:04}"), year_days(year)?)),
        Length::Months(120) => years(DECADE),
        Length::Months(1200) => years(CENTURY),
        Length::Months(_) | Length::Short => None,
    }
}

/// The week around a day.
fn week(day: Date) -> Option<Reading> {
    let iso = day.iso_week_date();
    Some(Reading::days(format!("{:04}-W{:02}", iso.year(), iso.week()), week_days(day)?))
}

/// Saturday and Sunday of the week around a day.
fn weekend(day: Date) -> Option<Reading> {
    let iso = day.iso_week_date();
    let (_, sunday) = week_days(day)?;
    Some(Reading::days(format!("{:04}-W{:02}-WE", iso.year(), iso.week()), (sunday.yesterday().ok()?, sunday)))
}

pub(crate) fn quarter(year: i16, number: i8) -> Option<Reading> {
    let month = number.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
    Some(Reading::days(format!("{year:04}-Q{number}"), month_days(year, month, 3)?))
}

/// The value of a unit of which nothing is known.
pub(crate) fn unknown_unit(unit: TimeUnit) -> &'static str {
    match unit.length {
        Length::Days(7) if unit.timex == "WE" => "XXXX-WXX-WE",
        Length::Days(7) => "XXXX-WXX",
        Length::Months(1) => "XXXX-XX",
        Length::Months(3) => "XXXX-QX",
        Length::Months(12) => "XXXX",
        _ => "XXXX-XX-XX",
    }
}

/// TIMEX3 value of a length: "P3M", "PT2H", "PXY".
pub(crate) fn duration(count: Count, unit: TimeUnit) -> String {
    let count = count.map_or_else(|| "X".to_owned(), |n| n.to_string());
    let clock = if unit.clock { "T" } else { "" };
    format!("P{clock}{count}{}", unit.timex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_cover_a_period_without_overlap() {
        for length in 1..40 {
            let first = Date::constant(2024, 7, 1);
            let last = moved(first, Length::Days(1), length - 1).unwrap();
            let [start, mid, end] = [Third::Start, Third::Mid, Third::End].map(|t| third_of((first, last), t).unwrap());
            assert_eq!((start.0, end.1), (first, last));
            assert!(mid.0 <= mid.1, "{length}");
            assert!(length < 3 || (start.1 < mid.0 && mid.1 < end.0), "{length}: {start:?} {mid:?} {end:?}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_give_nothing() {
        assert_eq!(moved(Date::MAX, Length::Days(1), 1), None);
        assert_eq!(moved(Date::MIN, Length::Months(12), -1), None);
        assert_eq!(moved(Date::MIN, Length::Months(1200), i64::MAX), None);
        let day = TimeUnit { timex: "W", clock: false, length: Length::Days(7), plural: false };
        assert_eq!(unit_around(Date::MAX, day), None);
    }
}
