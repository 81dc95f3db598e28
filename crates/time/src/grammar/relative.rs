//! Weekdays, days counted from the publication, periods, lengths of time and what is repeated.

use dragoman_lexicon::{Length, Origin, TimeUnit, Which};

use super::{Count, Expression, Sentence, Shape, Year};
use crate::expression::TimeOfDay;

/// A number of digits above this is no number of units.
const LONGEST_COUNT: usize = 4;

impl Sentence<'_> {
    /// "Thursday", "last Friday night", "Fridays".
    pub(super) fn weekday(&self, at: usize) -> Option<Shape> {
        let (from, which) = self.which_before_name(at).map_or((at, None), |(end, which)| (end, Some(which)));
        if which.is_none() && self.is_plural_weekday(at) {
            return self.plural_weekday(at);
        }
        let (end, day) = self.named(from, &self.words.weekdays).filter(|_| !self.is_short_alone(from))?;
        let (end, time) = self.part_behind(end).map_or((end, None), |(end, time)| (end, Some(time)));
        let shape = Shape::new(end, "time:weekday", Expression::Weekday { day, which })?;
        Some(Shape { time, ..shape })
    }

    /// "Sun" and "Sat" are other words where no date follows.
    fn is_short_alone(&self, at: usize) -> bool {
        self.phrase(at, &self.words.weekdays).is_some_and(|(_, name)| name.short)
    }

    fn singular_weekday(&self, at: usize) -> Option<i8> {
        let singular = self.lower(at).strip_suffix('s').filter(|_| self.is_capital(at))?;
        self.words.weekdays.longest(singular, |_, _| false).filter(|(_, n)| !n.short).map(|(_, n)| n.number)
    }

    fn is_plural_weekday(&self, at: usize) -> bool {
        self.singular_weekday(at).is_some()
    }

    fn plural_weekday(&self, at: usize) -> Option<Shape> {
        Shape::new(at + 1, "time:set", Expression::EveryWeekday(self.singular_weekday(at)?))
    }

    /// "yesterday", "tomorrow morning".
    pub(super) fn named_day(&self, at: usize) -> Option<Shape> {
        let (end, day) = self.phrase(at, &self.words.days)?;
        let behind = if day.part.is_none() { self.part_behind(end) } else { None };
        let (end, time) = behind.map_or((end, day.part.map(TimeOfDay::Part)), |(end, time)| (end, Some(time)));
        let shape = Shape::new(end, "time:named-day", Expression::NamedDay(day))?;
        Some(Shape { time, ..shape })
    }

    /// "last week", "the same day", "that night".
    pub(super) fn whole_unit(&self, at: usize) -> Option<Shape> {
        let Some((end, which)) = self.which(at) else { return self.weekend(at) };
        if let Some((end, time)) = self.part_behind(end).filter(|_| which.from == Origin::Told || which.shift > 0) {
            let shape = Shape::new(end, "time:that-part", Expression::Whole { which, unit: self.day()? })?;
            return Some(Shape { time: Some(time), ..shape });
        }
        let (end, unit) = self.unit(end).filter(|(_, u)| !u.plural && !u.clock)?;
        // "this day" and "the last day" are no date that the report fixes.
        let stands = unit.length != Length::Days(1) || which.from == Origin::Told || which.shift > 0;
        stands.then(|| Shape::new(end, "time:which-unit", Expression::Whole { which, unit }))?
    }

    /// "the weekend".
    fn weekend(&self, at: usize) -> Option<Shape> {
        let (end, unit) = self.unit(at + 1).filter(|(_, u)| self.is(at, "the") && u.timex == "WE" && !u.plural)?;
        let which = Which { shift: 0, from: Origin::Publication };
        Shape::new(end, "time:weekend", Expression::Whole { which, unit })
    }

    /// The unit of one day.
    fn day(&self) -> Option<TimeUnit> {
        self.words.units.longest("day", |_, _| false).map(|(_, unit)| unit)
    }

    /// "the past three months", "the next few days".
    pub(super) fn period(&self, at: usize) -> Option<Shape> {
        let (from, which) = self.which(at).filter(|(_, w)| w.shift != 0)?;
        let (count, unit_at) = self.count(from).map_or((None, from), |(end, count)| (count, end));
        let (end, unit) = self.unit(unit_at).filter(|(_, u)| u.plural || unit_at > from)?;
        Shape::new(end, "time:period", Expression::Period { which, count, unit })
    }

    /// "three months", "two days ago", "nearly two years later", "a three-day".
    pub(super) fn length(&self, at: usize) -> Option<Shape> {
        let from = self.definite(at).or_else(|| self.phrase(at, &self.words.mods).map(|(end, ())| end)).unwrap_or(at);
        let (unit_at, count) = self.count(from)?;
        let unit_at = self.range_behind(unit_at).unwrap_or(unit_at);
        let dashed = self.is(unit_at, "-");
        let (end, unit) = self.unit(self.skip(unit_at, "-"))?;
        // "the second time", "a second", "a quarter of": not a length.
        let is_other = self.words.ordinals.longest(self.lower(end - 1), |_, _| false).is_some() || unit.timex == "Q" && !unit.plural;
        if is_other || self.phrase(end, &self.words.ages).is_some() || self.is_money(from) {
            return None;
        }
        match self.phrase(end, &self.words.shifts).filter(|_| !dashed) {
            Some((end, shift)) if shift.from != Origin::Event => {
                Shape::new(end, "time:shifted", Expression::Shifted { count, unit, shift })
            }
            _ => Shape::new(end, "time:duration", Expression::Duration { count, unit }),
        }
    }

    /// "the nine months", "the first two years": one past the words before the number.
    fn definite(&self, at: usize) -> Option<usize> {
        let behind = at + 1;
        let ordinal = self.ordinal(behind).map_or(behind, |(end, _)| end);
        (self.is(at, "the") && self.count(ordinal).is_some_and(|(end, _)| self.unit(end).is_some_and(|(_, u)| u.plural))).then_some(ordinal)
    }

    /// "three", "12", "several".
    fn count(&self, at: usize) -> Option<(usize, Count)> {
        if let Some((number, length)) = self.number(at) {
            let whole = length <= LONGEST_COUNT && self.year(at).is_none() && !self.glued_after(at + 1);
            return whole.then_some((at + 1, u32::try_from(number).ok()));
        }
        self.phrase(at, &self.words.numbers)
    }

    /// "two to three weeks": the second number; the lower one is kept.
    fn range_behind(&self, at: usize) -> Option<usize> {
        let joins = self.is(at, "to") || self.is(at, "or") || self.is_dash(at);
        self.count(at + 1).filter(|_| joins).map(|(end, _)| end)
    }

    /// "$3 a year": a rate.
    fn is_money(&self, at: usize) -> bool {
        let is_article = matches!(self.lower(at), "a" | "an");
        is_article && at.checked_sub(1).is_some_and(|i| self.number(i).is_some())
    }

    /// "every Friday", "each week", "daily".
    pub(super) fn repeated(&self, at: usize) -> Option<Shape> {
        let (end, value) = self.phrase(at, &self.words.sets)?;
        if let Some(value) = value {
            return Shape::new(end, "time:set", Expression::SetWord(value));
        }
        if let Some((end, day)) = self.named(end, &self.words.weekdays) {
            return Shape::new(end, "time:set", Expression::EveryWeekday(day));
        }
        if let Some((end, unit)) = self.unit(end).filter(|(_, u)| !u.plural) {
            return Shape::new(end, "time:set", Expression::EveryUnit(unit));
        }
        let (end, part) = self.phrase(end, &self.words.parts)?;
        Shape::new(end, "time:set", Expression::EveryPart(part.timex))
    }

    /// "now", "recently".
    pub(super) fn reference(&self, at: usize) -> Option<Shape> {
        let (end, value) = self.phrase(at, &self.words.references)?;
        Shape::new(end, "time:reference", Expression::Reference(value))
    }

    /// "early March", "late last year", "the end of 2014", "late Tuesday".
    pub(super) fn graded(&self, at: usize, listed: bool) -> Option<Shape> {
        let (from, grain) = self.phrase(at, &self.words.grains)?;
        let period = [self.dated(from), self.graded_year(from), self.fraction(from), self.season(from), self.whole_unit(from)];
        let month = self.month(from).and_then(|_| self.month_alone(from, true));
        let loose = if grain.loose { [self.weekday(from), self.named_day(from)] } else { [None, None] };
        let inner = period.into_iter().chain([month]).chain(loose).flatten().rev().max_by_key(|s| s.end)?;
        let bare = matches!(inner.expression, Expression::Month { year: Year::Open, .. }) && grain.third.is_none();
        (!bare || listed).then_some(Shape { grain: Some(grain), ..inner })
    }

    fn graded_year(&self, at: usize) -> Option<Shape> {
        self.year_alone(at, true)
    }
}
