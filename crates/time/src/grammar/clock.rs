//! Clock times and parts of the day.

use jiff::civil::Time;

use super::{Expression, Kind, Sentence, Shape, TimeOfDay};

impl Sentence<'_> {
    /// "5:30 p.m.", "9 a.m. EST Tuesday", "noon on Thursday": a clock time with the day behind it, if one stands there.
    pub(super) fn clock_and_day(&self, at: usize) -> Option<Shape> {
        let (end, time) = self.clock(at)?;
        let day = self.skip(self.skip(end, ","), "on");
        if let Some(shape) = self.day_alone(day) {
            return Some(Shape { time: Some(time), rule: "time:clock-day", ..shape });
        }
        // "noon" alone is as often no time.
        let is_word = self.phrase(at, &self.words.parts).is_some();
        let mut shape = (!is_word).then(|| Shape::new(end, "time:clock", Expression::Clock))??;
        shape.time = Some(time);
        Some(shape)
    }

    /// A weekday, named day or date without a part of the day of its own.
    fn day_alone(&self, at: usize) -> Option<Shape> {
        let shape = self.dated(at).or_else(|| self.weekday(at)).or_else(|| self.named_day(at))?;
        let is_day = matches!(shape.expression, Expression::Day { .. } | Expression::Weekday { .. } | Expression::NamedDay(_));
        (is_day && shape.time.is_none()).then_some(shape)
    }

    fn clock(&self, at: usize) -> Option<(usize, TimeOfDay)> {
        if let Some((end, part)) = self.phrase(at, &self.words.parts) {
            return Some((end, TimeOfDay::Clock(Time::new(part.clock?, 0, 0, 0).ok()?)));
        }
        let (end, time) = self.halved(at).or_else(|| self.hour_and_minute(at)).or_else(|| self.military(at))?;
        Some((self.phrase(end, &self.words.zones).map_or(end, |(end, ())| end), time))
    }

    /// "5 p.m.", "5:30pm".
    fn halved(&self, at: usize) -> Option<(usize, TimeOfDay)> {
        let (hour, _) = self.number(at).filter(|(h, _)| (1..=12).contains(h))?;
        let (end, minute) = self.minute(at + 1).unwrap_or((at + 1, 0));
        let (end, shift) = self.phrase(end, &self.words.halves)?;
        let time = Time::new(i8::try_from(hour % 12).ok()? + shift, minute, 0, 0).ok()?;
        Some((end, TimeOfDay::Clock(time)))
    }

    /// "17:30".
    pub(super) fn hour_and_minute(&self, at: usize) -> Option<(usize, TimeOfDay)> {
        let (hour, length) = self.number(at)?;
        let (end, minute) = self.minute(at + 1).filter(|_| length <= 2)?;
        let time = Time::new(i8::try_from(hour).ok()?, minute, 0, 0).ok()?;
        // "17:30:05"
        let end = self.minute(end).map_or(end, |(end, _)| end);
        Some((end, TimeOfDay::Clock(time)))
    }

    fn minute(&self, colon: usize) -> Option<(usize, i8)> {
        let (minute, length) = self.number(colon + 1)?;
        let joined = self.is(colon, ":") && self.is_joined(colon) && self.is_joined(colon + 1);
        (joined && length == 2 && minute < 60).then_some((colon + 2, i8::try_from(minute).ok()?))
    }

    /// "0530 GMT".
    fn military(&self, at: usize) -> Option<(usize, TimeOfDay)> {
        let (number, length) = self.number(at)?;
        self.phrase(at + 1, &self.words.zones).filter(|_| length == 4)?;
        let time = Time::new(i8::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?, 0, 0).ok()?;
        Some((at + 1, TimeOfDay::Clock(time)))
    }

    /// "night", "morning" right behind a day, and not "the Tuesday morning newspaper"'s plural.
    pub(super) fn part_behind(&self, at: usize) -> Option<(usize, TimeOfDay)> {
        let (end, part) = self.phrase(at, &self.words.parts)?;
        (self.is_kind(at, Kind::Word) && !self.is_joined(at)).then_some((end, TimeOfDay::Part(part.timex)))
    }
}
