//! Days, months, years, decades, quarters and seasons.

use dragoman_lexicon::Direction;

use super::{Expression, Kind, Sentence, Shape, Year};

impl Sentence<'_> {
    /// A date that names a day, in any of its usual forms.
    pub(super) fn dated(&self, at: usize) -> Option<Shape> {
        let read = [
            self.iso(at),
            self.slashed(at),
            self.month_and_days(at),
            self.month_and_day(at),
            self.days_and_month(at),
            self.day_and_month(at),
            self.month_and_year(at),
        ];
        read.into_iter().chain([self.weekday_and_day(at)]).flatten().rev().max_by_key(|s| s.end)
    }

    /// "Tuesday, June 3", "Thurs. the 4th of March".
    fn weekday_and_day(&self, at: usize) -> Option<Shape> {
        let (end, number) = self.named(at, &self.words.weekdays)?;
        let from = self.skip(self.skip(end, ","), "the");
        let mut shape = self.month_and_day(from).or_else(|| self.day_and_month(from))?;
        if let Expression::Day { weekday, .. } = &mut shape.expression {
            *weekday = Some(number);
        }
        Some(shape)
    }

    /// "2024-03-04", "2024-03-04T17:30Z".
    fn iso(&self, at: usize) -> Option<Shape> {
        let (dash, year) = self.year(at)?;
        let (month, month_length) = self.number(dash + 1)?;
        let (day, day_length) = self.number(dash + 3)?;
        let joined = (dash..dash + 4).all(|i| self.is_joined(i));
        let dashes = self.is(dash, "-") && self.is(dash + 2, "-");
        if !(joined && dashes && month_length == 2 && day_length == 2) {
            return None;
        }
        let expression =
            Expression::Day { weekday: None, year: Year::Named(year), month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? };
        let mut shape = Shape::new(dash + 4, "time:iso", expression)?;
        if self.is(shape.end, "t")
            && self.is_joined(shape.end)
            && let Some((end, clock)) = self.hour_and_minute(shape.end + 1)
        {
            shape.end = if self.is(end, "z") && self.is_joined(end) { end + 1 } else { end };
            shape.time = Some(clock);
        }
        Some(shape)
    }

    /// "14/03/2024", "03/14/24" is not read; "14.3.2024". Day and month are told apart by their size, with stops by custom.
    fn slashed(&self, at: usize) -> Option<Shape> {
        let (first, second) = (self.number(at)?, self.number(at + 2)?);
        let (end, year) = self.year(at + 4)?;
        let mark = self.lower(at + 1);
        let same = mark == self.lower(at + 3) && matches!(mark, "/" | ".");
        let small = |(number, length): (i16, usize)| (length <= 2).then_some(number).and_then(|n| i8::try_from(n).ok());
        let (a, b) = (small(first)?, small(second)?);
        if !same || !(at + 1..at + 5).all(|i| self.is_joined(i)) {
            return None;
        }
        let day = |day, month| Expression::Day { weekday: None, year: Year::Named(year), month, day };
        let expression = match (a > 12, b > 12) {
            _ if mark == "." || a == b => day(a, b),
            (true, _) => day(a, b),
            (_, true) => day(b, a),
            (false, false) => Expression::Ambiguous { year },
        };
        Shape::new(end, "time:slashed", expression)
    }

    /// "March 3-5, 2024".
    fn month_and_days(&self, at: usize) -> Option<Shape> {
        let (from, month) = self.month(at)?;
        let (end, first, last) = self.two_days(from)?;
        let (end, year) = self.year_behind_day(end);
        Shape::new(end, "time:day-range", Expression::Days { year, month, first, last })
    }

    /// "3-5 March 2024".
    fn days_and_month(&self, at: usize) -> Option<Shape> {
        let (end, first, last) = self.two_days(at)?;
        let (end, month) = self.month(end)?;
        let (end, year) = self.year_behind_day(end);
        Shape::new(end, "time:day-range", Expression::Days { year, month, first, last })
    }

    fn two_days(&self, at: usize) -> Option<(usize, i8, i8)> {
        let (dash, first) = self.day_of_month(at)?;
        let (end, last) = self.day_of_month(dash + 1).filter(|_| self.is_dash(dash))?;
        (first < last).then_some((end, first, last))
    }

    /// "March 4", "Sept. 3, 2024", "March the 4th".
    fn month_and_day(&self, at: usize) -> Option<Shape> {
        let (end, month) = self.month(at)?;
        let (end, day) = self.day_of_month(self.skip(end, "the")).filter(|(end, _)| !self.glued_after(*end))?;
        let (end, year) = self.year_behind_day(end);
        Shape::new(end, "time:month-day", Expression::Day { weekday: None, year, month, day })
    }

    /// "4 March", "the 4th of March 2024".
    fn day_and_month(&self, at: usize) -> Option<Shape> {
        let (end, day) = self.day_of_month(self.skip(at, "the"))?;
        let (end, month) = self.month(self.skip(end, "of"))?;
        let (end, year) = self.year_behind_day(end);
        Shape::new(end, "time:day-month", Expression::Day { weekday: None, year, month, day })
    }

    fn year_behind_day(&self, at: usize) -> (usize, Year) {
        let (end, year) = self.year_behind(at);
        match year {
            Year::Named(_) if self.counts_something(end - 1) && !self.is(at, ",") => (at, Year::Open),
            _ => (end, year),
        }
    }

    /// "March 2024", "March of last year", "last March".
    fn month_and_year(&self, at: usize) -> Option<Shape> {
        if let Some((from, which)) = self.which_before_name(at) {
            return self.which_month(from, Year::Nth(which));
        }
        let (end, month) = self.month(at)?;
        let (end, year) = self.year_behind(end);
        (year != Year::Open).then(|| Shape::new(end, "time:month-year", Expression::Month { year, month }))?
    }

    /// "Jan", which without its stop is a name as well.
    fn is_short_month(&self, at: usize) -> bool {
        self.phrase(at, &self.words.months).is_some_and(|(_, name)| name.short)
    }

    /// "March", "Oct. 23" behind "last".
    fn which_month(&self, at: usize, year: Year) -> Option<Shape> {
        let (end, month) = self.month(at)?;
        match self.day_of_month(end) {
            Some((end, day)) => Shape::new(end, "time:which-day", Expression::Day { weekday: None, year, month, day }),
            None => Shape::new(end, "time:which-month", Expression::Month { year, month }),
        }
    }

    /// "in March", "the March attack"; "and April" behind it.
    pub(super) fn month_alone(&self, at: usize, listed: bool) -> Option<Shape> {
        let (end, month) = self.month(at).filter(|(end, _)| !self.is_short_month(at) || self.is(*end - 1, "."))?;
        let led = listed || self.is(end, "'s") || self.lead(at).is_some_and(|l| !l.owns || self.tells_apart(at));
        led.then(|| Shape::new(end, "time:month", Expression::Month { year: Year::Open, month }))?
    }

    /// "2014-2017", "1994-97".
    pub(super) fn years(&self, at: usize) -> Option<Shape> {
        let (dash, first) = self.year(at)?;
        if !self.is_dash(dash) || self.is_dash(dash + 2) {
            return None;
        }
        let last = match self.number(dash + 1)? {
            (last, 4) => last,
            (last, 2) => first / 100 * 100 + last,
            _ => return None,
        };
        let stands = self.lead(at).is_some() || at.checked_sub(1).is_some_and(|i| self.is(i, "("));
        (stands && first < last && super::YEARS.contains(&last))
            .then(|| Shape::new(dash + 2, "time:years", Expression::Years { first, last }))?
    }

    /// "in 2014", "the 2015 deal", "the 1980s".
    pub(super) fn year_alone(&self, at: usize, listed: bool) -> Option<Shape> {
        if let Some(decade) = self.decade(at) {
            return Some(decade);
        }
        let (end, year) = self.year(at)?;
        let stands = match self.lead(at) {
            Some(lead) if lead.owns => self.tells_apart(at),
            Some(lead) => !self.counts_something(at) || lead.direction == Some(Direction::Past) || self.is_capital(at - 1),
            None => (listed || self.stands_alone(at)) && !self.counts_something(at),
        };
        stands.then(|| Shape::new(end, "time:year", Expression::Year(year)))?
    }

    /// "the 1980s", "1990s".
    fn decade(&self, at: usize) -> Option<Shape> {
        let from = self.skip(at, "the");
        let (end, year) = self.year(from)?;
        let plural = self.is_joined(end) && matches!(self.lower(end), "s" | "'s");
        (plural && year % 10 == 0).then(|| Shape::new(end + 1, "time:decade", Expression::Decade(year)))?
    }

    /// The number belongs to the noun behind it: "2003 troops".
    pub(super) fn counts_something(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| (self.counts)(p.span.start()))
    }

    /// "the 2015 deal": a year before a lower-case noun; not "a 2,000" or "the 1701".
    fn tells_apart(&self, at: usize) -> bool {
        self.counts_something(at) && self.is_kind(at + 1, Kind::Word) && !self.is_joined(at + 1)
    }

    /// "(2014)", or alone between commas.
    fn stands_alone(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return self.is(at + 1, ":") };
        (self.is(before, "(") && matches!(self.lower(at + 1), ")" | "," | ";")) || (self.is(before, ",") && self.is(at + 1, ","))
    }

    /// "the second quarter of 2024", "Q3 2024", "the first half of the year".
    pub(super) fn fraction(&self, at: usize) -> Option<Shape> {
        let from = self.skip(at, "the");
        if let Some((end, number)) = self.short_quarter(from) {
            let (end, year) = self.year_behind(end);
            return Shape::new(end, "time:quarter", Expression::Fraction { year, number, months: 3 });
        }
        let (start, picked) = self.year_before(at).unwrap_or((from, Year::Open));
        let (end, number) = self.ordinal(start)?;
        let end = self.skip(end, "-");
        let (months, limit) = match self.lower(end) {
            "quarter" => (3, 4),
            "half" => (6, 2),
            _ => return None,
        };
        let (end, year) = if picked == Year::Open { self.year_behind(end + 1) } else { (end + 1, picked) };
        let stands = months == 3 || year != Year::Open;
        (stands && number <= limit).then(|| Shape::new(end, "time:quarter", Expression::Fraction { year, number, months }))?
    }

    /// "this year's third quarter", "the 1988 second quarter".
    fn year_before(&self, at: usize) -> Option<(usize, Year)> {
        let from = self.skip(at, "the");
        let named = self.year(from).map(|(end, year)| (end, Year::Named(year)));
        let genitive = || self.picked_year(at).filter(|(end, _)| self.is(*end, "'s")).map(|(end, year)| (end + 1, year));
        named.or_else(genitive)
    }

    /// "Q3".
    fn short_quarter(&self, at: usize) -> Option<(usize, i8)> {
        let (number, _) = self.number(at + 1).filter(|(n, _)| (1..=4).contains(n))?;
        (self.is(at, "q") && self.is_joined(at + 1)).then_some((at + 2, i8::try_from(number).ok()?))
    }

    /// "the spring of 2024", "last winter", "in the summer".
    pub(super) fn season(&self, at: usize) -> Option<Shape> {
        if let Some((from, which)) = self.which_before_name(at)
            && let Some((end, season)) = self.phrase(from, &self.words.seasons)
        {
            return Shape::new(end, "time:which-season", Expression::Season { year: Year::Nth(which), season });
        }
        let (end, season) = self.phrase(self.skip(at, "the"), &self.words.seasons)?;
        let (end, year) = self.year_behind(end);
        // "fall" and "spring" are verbs as well, and "the fall of Kabul" is no season.
        let led = self.lead(at).is_some_and(|l| !l.owns) && self.is(at, "the") && !self.is(end, "of");
        (year != Year::Open || led).then(|| Shape::new(end, "time:season", Expression::Season { year, season }))?
    }
}
