//! From the parts of an expression to a TIMEX3 value and days of the calendar.

use dragoman_codebook::TimeType;
use dragoman_doc::{Anchor, Moment};
use dragoman_lexicon::Direction;
use jiff::civil::{Date, Weekday};
use jiff::{Span as Shift, ToSpan};

use crate::patterns::{Found, Shape};
use crate::{Scene, publication};

/// An expression on the calendar, as far as it is known.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) kind: TimeType,
    pub(crate) value: String,
    pub(crate) begin: Option<Moment>,
    pub(crate) end: Option<Moment>,
    pub(crate) anchor: Option<Anchor>,
}

impl Reading {
    fn partial(kind: TimeType, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), begin: None, end: None, anchor: None }
    }

    fn days(value: impl Into<String>, first: Date, last: Date) -> Self {
        Self { kind: TimeType::Date, value: value.into(), begin: Some(first.into()), end: Some(last.into()), anchor: None }
    }

    fn day(date: Date) -> Self {
        Self::days(date.to_string(), date, date)
    }

    fn from(mut self, anchor: Option<Anchor>) -> Self {
        self.anchor = anchor;
        self
    }

    fn in_part(mut self, timex: Option<&str>) -> Self {
        if let Some(part) = timex {
            self.value = format!("{}T{part}", self.value);
            self.kind = TimeType::Time;
        }
        self
    }
}

impl Scene<'_> {
    /// The expression's place on the calendar; `None` for what is no date ("30 February").
    pub(crate) fn resolve(&self, hit: &Found) -> Option<Reading> {
        match hit.shape {
            Shape::Day => self.day(hit),
            Shape::DayRange => self.day_range(hit),
            Shape::Month => self.month(hit),
            Shape::Year => year(hit.year()?),
            Shape::Decade => decade(hit.year()?),
            Shape::Quarter => quarter(hit.year()?, hit.number.as_deref()?),
            Shape::Season => self.season(hit),
            Shape::Weekday => self.weekday(hit),
            Shape::RelativeDay => self.relative_day(hit),
            Shape::RelativeUnit => self.relative_unit(hit),
            Shape::Shifted => self.shifted(hit),
            Shape::Duration => self.duration(hit),
            Shape::Set => Some(self.set(hit)),
            Shape::Clock => self.clock(hit),
        }
    }

    fn month_number(&self, hit: &Found) -> Option<i8> {
        let name = hit.month.as_deref()?;
        self.words.months.iter().find(|(n, _)| n == name).map(|(_, m)| *m)
    }

    fn day(&self, hit: &Found) -> Option<Reading> {
        let day: i8 = hit.day.as_deref()?.parse().ok()?;
        let month = match hit.rule {
            "time:iso" => hit.number.as_deref()?.parse().ok()?,
            _ => self.month_number(hit)?,
        };
        if let Some(year) = hit.year() {
            return Date::new(year, month, day).ok().map(Reading::day);
        }
        if Date::new(2000, month, day).is_err() {
            return None; // no such day in any year
        }
        match self.year_of(|y| Date::new(y, month, day).ok()) {
            Some(date) => Some(Reading::day(date).from(self.year_anchor())),
            None => Some(Reading::partial(TimeType::Date, format!("XXXX-{month:02}-{day:02}"))),
        }
    }

    fn day_range(&self, hit: &Found) -> Option<Reading> {
        let month = self.month_number(hit)?;
        let (first, last): (i8, i8) = (hit.day.as_deref()?.parse().ok()?, hit.day2.as_deref()?.parse().ok()?);
        let make = |y: i16| Date::new(y, month, first).ok().zip(Date::new(y, month, last).ok()).filter(|(a, b)| a <= b);
        make(2000)?;
        let found = match hit.year() {
            Some(year) => make(year),
            None => self.year_of(|y| make(y).map(|(a, _)| a)).and_then(|d| make(d.year())),
        };
        Some(match found {
            Some((a, b)) => Reading::days(format!("{a}/{b}"), a, b).from(hit.year.is_none().then(|| self.year_anchor()).flatten()),
            None => Reading::partial(TimeType::Date, format!("XXXX-{month:02}-{first:02}/XXXX-{month:02}-{last:02}")),
        })
    }

    /// The date that fits the direction, or the nearest one; a year named in the sentence goes first.
    fn year_of(&self, make: impl Fn(i16) -> Option<Date>) -> Option<Date> {
        if let Some(year) = self.explicit_year {
            return make(year);
        }
        let published = self.published?;
        let all = (-4..=4).filter_map(|d| make(published.year().checked_add(d)?));
        match self.direction {
            Some(Direction::Past) => all.filter(|d| *d <= published).max(),
            Some(Direction::Future) => all.filter(|d| *d >= published).min(),
            None => all.min_by_key(|d| ((*d - published).get_days().abs(), *d > published)),
        }
    }

    fn year_anchor(&self) -> Option<Anchor> {
        if self.explicit_year.is_some() { None } else { publication() }
    }

    fn month(&self, hit: &Found) -> Option<Reading> {
        let month = self.month_number(hit)?;
        let year = hit.year().or_else(|| self.year_of_month(month, hit.modifier.as_deref()));
        let Some(year) = year else { return Some(Reading::partial(TimeType::Date, format!("XXXX-{month:02}"))) };
        let first = Date::new(year, month, 1).ok()?;
        let (a, b) = third_of_month(first, hit.modifier.as_deref());
        let anchor = if hit.year.is_none() { self.year_anchor() } else { None };
        Some(Reading::days(format!("{year:04}-{month:02}"), a, b).from(anchor))
    }

    fn year_of_month(&self, month: i8, modifier: Option<&str>) -> Option<i16> {
        let published = self.published;
        match modifier {
            Some("last" | "past" | "previous") => {
                let p = published?;
                Some(if month < p.month() { p.year() } else { p.year() - 1 })
            }
            Some("next" | "coming" | "following") => {
                let p = published?;
                Some(if month > p.month() { p.year() } else { p.year() + 1 })
            }
            Some("this") => Some(published?.year()),
            _ => {
                // A month counts by its middle, so that the running month is neither past nor future.
                let middle = |y: i16| Date::new(y, month, 15).ok();
                if published.is_some_and(|p| p.month() == month) && self.explicit_year.is_none() {
                    return published.map(Date::year);
                }
                self.year_of(middle).map(Date::year)
            }
        }
    }

    fn season(&self, hit: &Found) -> Option<Reading> {
        let name = hit.season.as_deref()?;
        let (_, timex, first) = self.words.seasons.iter().find(|(n, _, _)| n == name)?;
        let year = hit.year().or_else(|| {
            let p = self.published?;
            let start = Date::new(p.year(), *first, 1).ok()?;
            match hit.modifier.as_deref()? {
                "last" | "past" | "previous" => Some(if start.checked_add(3.months()).ok()? <= p { p.year() } else { p.year() - 1 }),
                "next" | "coming" | "following" => Some(if start > p { p.year() } else { p.year() + 1 }),
                _ => Some(p.year()),
            }
        });
        let Some(year) = year else { return Some(Reading::partial(TimeType::Date, format!("XXXX-{timex}"))) };
        let begin = Date::new(year, *first, 1).ok()?;
        let end = begin.checked_add(2.months()).ok()?.last_of_month();
        let anchor = hit.year.is_none().then(publication).flatten();
        Some(Reading::days(format!("{year:04}-{timex}"), begin, end).from(anchor))
    }

    fn weekday(&self, hit: &Found) -> Option<Reading> {
        let name = hit.weekday.as_deref()?;
        let number = self.words.weekdays.iter().find(|(n, _)| n == name).map(|(_, d)| *d)?;
        let part = hit.part.as_deref().and_then(|p| self.words.parts.iter().find(|(w, _)| w == p)).map(|(_, t)| t.as_str());
        let Some(published) = self.published else {
            return Some(Reading::partial(TimeType::Date, format!("XXXX-WXX-{number}")).in_part(part));
        };
        let weekday = Weekday::from_monday_one_offset(number).ok()?;
        let date = match (hit.modifier.as_deref(), self.direction) {
            (Some("last" | "past" | "previous"), _) => published.nth_weekday(-1, weekday).ok()?,
            (Some("next" | "coming" | "following"), _) => published.nth_weekday(1, weekday).ok()?,
            (_, Some(Direction::Future)) => on_or(published, weekday, 1)?,
            // "was set for Friday": the words before tell that it lies ahead, the tense that it was said before.
            (_, None) if self.is_ahead(hit) => on_or(published, weekday, 1)?,
            (_, Some(Direction::Past) | None) => on_or(published, weekday, -1)?,
        };
        Some(Reading::day(date).in_part(part).from(publication()))
    }

    fn is_ahead(&self, hit: &Found) -> bool {
        let before = self.document.text.get(..hit.span.start()).unwrap_or_default();
        let word = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
        self.words.ahead.contains(&word)
    }

    fn relative_day(&self, hit: &Found) -> Option<Reading> {
        let (offset, part) = self.words.days.get(hit.modifier.as_deref()?)?;
        let Some(published) = self.published else {
            let value = if *offset == 0 { "PRESENT_REF" } else { "XXXX-XX-XX" };
            return Some(Reading::partial(TimeType::Date, value));
        };
        let date = published.checked_add(Shift::new().days(*offset)).ok()?;
        Some(Reading::day(date).in_part(part.as_deref()).from(publication()))
    }

    fn relative_unit(&self, hit: &Found) -> Option<Reading> {
        let unit = hit.unit.as_deref()?;
        let shift = match hit.modifier.as_deref()? {
            "last" | "past" | "previous" => -1,
            "next" | "coming" | "following" => 1,
            _ => 0,
        };
        let follows = matches!(hit.modifier.as_deref(), Some("following" | "previous" | "same"));
        let from = if follows { self.previous.and_then(|(id, b, _)| b.map(|b| (Some(Anchor::Time(id)), b.date))) } else { None };
        let Some((anchor, base)) = from.or_else(|| self.published.map(|p| (publication(), p))) else {
            return Some(Reading::partial(TimeType::Date, unknown_unit(unit)));
        };
        Some(whole_unit(unit, base, shift)?.from(anchor))
    }

    fn shifted(&self, hit: &Found) -> Option<Reading> {
        let unit = self.words.units.get(hit.unit.as_deref()?)?;
        let number = self.number(hit);
        let back = matches!(hit.modifier.as_deref(), Some("ago" | "earlier" | "before"));
        let from = match hit.modifier.as_deref() {
            Some("ago") => self.published.map(|p| (publication(), p)),
            // "two days earlier", "three weeks after": from the day told before.
            _ => self.previous.and_then(|(id, b, e)| e.or(b).map(|m| (Some(Anchor::Time(id)), m.date))),
        };
        let duration = || Reading::partial(TimeType::Duration, format!("P{}{}", number.map_or("X".to_owned(), |n| n.to_string()), unit.timex));
        let (Some((anchor, base)), Some(number)) = (from, number) else { return Some(duration()) };
        let count = i64::from(number) * if back { -1 } else { 1 };
        let moved = match (unit.days, unit.months) {
            (Some(days), _) => base.checked_add(Shift::new().try_days(count * i64::from(days)).ok()?).ok(),
            (_, Some(months)) => base.checked_add(Shift::new().try_months(count * i64::from(months)).ok()?).ok(),
            _ => return Some(duration()),
        };
        let Some(date) = moved else { return Some(duration()) };
        Some(match (unit.days, unit.months) {
            (Some(1), _) => Reading::day(date),
            (Some(_), _) => week(date)?,
            (_, Some(1)) => Reading::days(format!("{:04}-{:02}", date.year(), date.month()), date.first_of_month(), date.last_of_month()),
            _ => year(date.year())?,
        }
        .from(anchor))
    }

    fn number(&self, hit: &Found) -> Option<u32> {
        let words = hit.number.as_deref()?.to_lowercase();
        words.parse().ok().or_else(|| self.words.numbers.get(&words).copied().flatten())
    }

    fn duration(&self, hit: &Found) -> Option<Reading> {
        let unit = self.words.units.get(hit.unit.as_deref()?)?;
        let count = self.number(hit).map_or("X".to_owned(), |n| n.to_string());
        let letters = unit.timex.strip_prefix('T').filter(|_| unit.timex.len() > 1);
        let value = letters.map_or_else(|| format!("P{count}{}", unit.timex), |t| format!("PT{count}{t}"));
        Some(Reading::partial(TimeType::Duration, value))
    }

    fn set(&self, hit: &Found) -> Reading {
        let unit = hit.unit.as_deref().unwrap_or_default();
        let value = match self.words.weekdays.iter().find(|(n, _)| n == unit) {
            Some((_, day)) => format!("XXXX-WXX-{day}"),
            None => self.words.units.get(unit).map_or_else(|| "P1D".to_owned(), |u| match u.timex.strip_prefix('T') {
                Some(t) if u.timex.len() > 1 => format!("PT1{t}"),
                _ => format!("P1{}", u.timex),
            }),
        };
        Reading::partial(TimeType::Set, value)
    }

    fn clock(&self, hit: &Found) -> Option<Reading> {
        let hour: i8 = hit.hour.as_deref()?.parse().ok()?;
        let minute: i8 = hit.minute.as_deref().unwrap_or("0").parse().ok()?;
        let after_noon = hit.part.as_deref().map(|p| p.starts_with('p'));
        let hour = match after_noon {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(true) => hour % 12 + 12,
            Some(false) => hour % 12,
            None if hour > 23 => return None,
            None => hour,
        };
        Some(Reading::partial(TimeType::Time, format!("XXXX-XX-XXT{hour:02}:{minute:02}")))
    }
}

/// The weekday on the day itself, or the next one in the direction.
fn on_or(day: Date, weekday: Weekday, direction: i32) -> Option<Date> {
    if day.weekday() == weekday { Some(day) } else { day.nth_weekday(direction, weekday).ok() }
}

fn year(year: i16) -> Option<Reading> {
    let first = Date::new(year, 1, 1).ok()?;
    Some(Reading::days(format!("{year:04}"), first, first.last_of_year()))
}

fn decade(first: i16) -> Option<Reading> {
    let (a, b) = (Date::new(first, 1, 1).ok()?, Date::new(first + 9, 12, 31).ok()?);
    Some(Reading::days(format!("{}", first / 10), a, b))
}

fn quarter(year: i16, which: &str) -> Option<Reading> {
    let number: i8 = match which {
        "first" | "Q1" => 1,
        "second" | "Q2" => 2,
        "third" | "Q3" => 3,
        _ => 4,
    };
    let first = Date::new(year, number * 3 - 2, 1).ok()?;
    let last = Date::new(year, number * 3, 1).ok()?.last_of_month();
    Some(Reading::days(format!("{year:04}-Q{number}"), first, last))
}

fn third_of_month(first: Date, modifier: Option<&str>) -> (Date, Date) {
    let day = |d: i8| first.with().day(d).build().unwrap_or(first);
    match modifier {
        Some("early") => (first, day(10)),
        Some("mid") => (day(11), day(20)),
        Some("late") => (day(21), first.last_of_month()),
        _ => (first, first.last_of_month()),
    }
}

fn week(day: Date) -> Option<Reading> {
    let iso = day.iso_week_date();
    let monday = on_or(day, Weekday::Monday, -1)?;
    let sunday = monday.checked_add(6.days()).ok()?;
    Some(Reading::days(format!("{:04}-W{:02}", iso.year(), iso.week()), monday, sunday))
}

fn whole_unit(unit: &str, base: Date, shift: i32) -> Option<Reading> {
    Some(match unit {
        "day" => Reading::day(base.checked_add(Shift::new().days(shift)).ok()?),
        "week" => week(base.checked_add(Shift::new().weeks(shift)).ok()?)?,
        "weekend" => {
            // The weekend before a day is over on that day's Monday; "this weekend" is the next one.
            let saturday = if shift < 0 { base.nth_weekday(-1, Weekday::Saturday).ok()? } else { on_or(base, Weekday::Saturday, 1)? };
            let sunday = saturday.checked_add(1.days()).ok()?;
            Reading::days(format!("{saturday}/{sunday}"), saturday, sunday)
        }
        "month" => {
            let day = base.first_of_month().checked_add(Shift::new().months(shift)).ok()?;
            Reading::days(format!("{:04}-{:02}", day.year(), day.month()), day, day.last_of_month())
        }
        "year" => year(base.year().checked_add(i16::try_from(shift).ok()?)?)?,
        "decade" => decade((base.year() / 10 + i16::try_from(shift).ok()?) * 10)?,
        _ => return None,
    })
}

fn unknown_unit(unit: &str) -> &'static str {
    match unit {
        "week" => "XXXX-WXX",
        "weekend" => "XXXX-WXX-WE",
        "month" => "XXXX-XX",
        "year" => "XXXX",
        _ => "XXXX-XX-XX",
    }
}
