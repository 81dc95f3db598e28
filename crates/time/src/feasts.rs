//! Holidays, and days of the Islamic and the Persian calendar, on the Gregorian one.
//!
//! Easter after the computus, the other calendars as the Unicode project's calendar library has them (Umm al-Qura for the Islamic one).

use calendrical_calculations::rata_die::RataDie;
use dragoman_lexicon::{Holiday, HolidayCalendar};
use icu_calendar::cal::{Hebrew, Hijri};
use icu_calendar::types::Month;
use icu_calendar::{AsCalendar, Date as Foreign};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::reading::{Days, month_days};

/// When the holiday falls in a Gregorian year: never, once, or for the Islamic calendar twice.
pub(crate) fn in_year(holiday: Holiday, year: i16) -> Vec<Days> {
    let first: Vec<Date> = match holiday.calendar {
        HolidayCalendar::Gregorian => month_of(holiday).and_then(|month| Date::new(year, month, holiday.day).ok()).into_iter().collect(),
        HolidayCalendar::Weekday => nth_weekday(holiday, year).into_iter().collect(),
        HolidayCalendar::Easter => behind(calendrical_calculations::gregorian::easter(year.into()), holiday.day).into_iter().collect(),
        HolidayCalendar::OrthodoxEaster => behind(calendrical_calculations::julian::easter(year.into()), holiday.day).into_iter().collect(),
        HolidayCalendar::Hijri | HolidayCalendar::Persian | HolidayCalendar::Hebrew | HolidayCalendar::Chinese => {
            foreign_years(holiday.calendar, year).filter_map(|y| foreign(holiday, y)).filter(|d| d.year() == year).collect()
        }
    };
    first.into_iter().filter_map(|first| Some((first, last(holiday, first)?))).collect()
}

fn month_of(holiday: Holiday) -> Option<i8> {
    i8::try_from(holiday.month).ok()
}

fn nth_weekday(holiday: Holiday, year: i16) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(holiday.weekday?).ok()?;
    let (first, _) = month_days(year, month_of(holiday)?, 1)?;
    first.nth_weekday_of_month(holiday.day, weekday).ok()
}

fn behind(easter: RataDie, days: i8) -> Option<Date> {
    gregorian(easter)?.checked_add(i64::from(days).days()).ok()
}

/// The last day: of a holiday without a length that of its month.
fn last(holiday: Holiday, first: Date) -> Option<Date> {
    if holiday.days > 0 {
        return first.checked_add((i64::from(holiday.days) - 1).days()).ok();
    }
    // An Islamic month has 29 or 30 days: the day before the next one begins.
    let in_next = (29..=30).filter_map(|n| first.checked_add(i64::from(n).days()).ok());
    in_next.into_iter().find(|d| of_hijri(*d).is_some_and(|(_, _, day)| day == 1))?.yesterday().ok()
}

/// The years of a calendar that overlap a Gregorian one.
fn foreign_years(calendar: HolidayCalendar, year: i16) -> impl Iterator<Item = i32> {
    let year = i32::from(year);
    let near = match calendar {
        HolidayCalendar::Hijri => (year - 622) * 33 / 32,
        HolidayCalendar::Persian => year - 622,
        HolidayCalendar::Hebrew => year + 3760,
        _ => year - 1,
    };
    near - 1..=near + 2
}

fn foreign(holiday: Holiday, year: i32) -> Option<Date> {
    let day = u8::try_from(holiday.day).ok()?;
    match holiday.calendar {
        HolidayCalendar::Hijri => from_hijri(year, holiday.month, day),
        HolidayCalendar::Persian => from_persian(year, holiday.month, day),
        HolidayCalendar::Hebrew => moved_over(&Foreign::try_new(year.into(), Month::new(holiday.month), day, Hebrew).ok()?),
        HolidayCalendar::Chinese => moved_over(&Foreign::try_new_chinese_traditional(year, Month::new(holiday.month), day).ok()?),
        _ => None,
    }
}

/// A day of the Islamic calendar (Umm al-Qura).
pub(crate) fn from_hijri(year: i32, month: u8, day: u8) -> Option<Date> {
    moved_over(&Foreign::try_new_hijri_with_calendar(year, month, day, Hijri::new_umm_al_qura()).ok()?)
}

/// A day of the Persian calendar.
pub(crate) fn from_persian(year: i32, month: u8, day: u8) -> Option<Date> {
    moved_over(&Foreign::try_new_persian(year, month, day).ok()?)
}

/// Year, month and day of the Islamic calendar.
pub(crate) fn of_hijri(day: Date) -> Option<(i32, u8, u8)> {
    let (year, month, number) = (i32::from(day.year()), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    let found = Foreign::try_new_gregorian(year, month, number).ok()?.to_calendar(Hijri::new_umm_al_qura());
    Some((found.year().extended_year(), found.month().ordinal, found.day_of_month().0))
}

fn moved_over<A: AsCalendar>(date: &Foreign<A>) -> Option<Date> {
    gregorian(date.to_rata_die())
}

fn gregorian(day: RataDie) -> Option<Date> {
    let (year, month, number) = calendrical_calculations::gregorian::gregorian_from_fixed(day).ok()?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(number).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(calendar: HolidayCalendar, month: u8, day: i8, year: i16) -> Vec<String> {
        let holiday = Holiday { calendar, month, day, weekday: None, days: 1 };
        in_year(holiday, year).into_iter().map(|(first, _)| first.to_string()).collect()
    }

    #[test]
    fn known_days() {
        assert_eq!(dates(HolidayCalendar::Easter, 0, 0, 2024), ["2024-03-31"]);
        assert_eq!(dates(HolidayCalendar::OrthodoxEaster, 0, 0, 2024), ["2024-05-05"]);
        assert_eq!(dates(HolidayCalendar::Hijri, 10, 1, 2024), ["2024-04-10"]);
        assert_eq!(dates(HolidayCalendar::Hijri, 10, 1, 2000), ["2000-01-08", "2000-12-27"]);
        assert_eq!(dates(HolidayCalendar::Persian, 1, 1, 2024), ["2024-03-20"]);
        assert_eq!(dates(HolidayCalendar::Hebrew, 1, 10, 2024), ["2024-10-12"]);
        assert_eq!(dates(HolidayCalendar::Hebrew, 7, 15, 2024), ["2024-04-23"]);
        assert_eq!(dates(HolidayCalendar::Chinese, 1, 1, 2024), ["2024-02-10"]);
    }

    #[test]
    fn a_month_has_its_last_day() {
        let ramadan = Holiday { calendar: HolidayCalendar::Hijri, month: 9, day: 1, weekday: None, days: 0 };
        let days: Vec<(String, String)> = in_year(ramadan, 2024).into_iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        assert_eq!(days, [("2024-03-11".to_owned(), "2024-04-09".to_owned())]);
    }
}
