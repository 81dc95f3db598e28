//! How a report goes from one time to the next: what was told last is what the next may be counted from.

use dragoman_codebook::{TimeGrain, TimeType};
use dragoman_doc::{Anchor, TimeId};
use dragoman_lexicon::{Holiday, Origin, TimeUnit};
use jiff::civil::Date;

use crate::calendar::{Scene, Told};
use crate::direction::Lies;
use crate::expression::{Expression, Found, What};
use crate::reading::{Days, Reading, month_days};

/// Dates of years gone by from which on a report is a story of the past.
const STORY: usize = 4;
/// So many of them must stand beside each expression of the present (yesterday, Friday).
const STORY_SHARE: usize = 3;

/// The state of the telling.
#[derive(Debug)]
pub(crate) struct Story<'a> {
    published: Option<Date>,
    published_within: (Option<Date>, Option<Date>),
    narrative: bool,
    holidays: &'a [Holiday],
    /// The last expression with a place on the calendar, and its sentence.
    told: Option<(Told, usize)>,
    quarter: Option<(Told, usize)>,
    /// Where a story of the past has come to, and the sentence.
    reached: Option<(Told, usize)>,
    /// The last day or month whose year nothing fixes.
    partial: Option<(Partial, usize)>,
    dday: Option<Told>,
}

impl<'a> Story<'a> {
    /// The story of these expressions.
    pub(crate) fn new(
        published: Option<Date>,
        published_within: (Option<Date>, Option<Date>),
        found: &[Found],
        holidays: &'a [Holiday],
    ) -> Self {
        let narrative = is_narrative(found, published);
        Self { published, published_within, narrative, holidays, told: None, quarter: None, reached: None, partial: None, dday: None }
    }

    /// Resolves the next expression. `peers` are those of its sentence, `at` its place among them.
    pub(crate) fn next(&mut self, id: TimeId, sentence: usize, peers: &[Found], at: usize, lies: Lies) -> Option<Reading> {
        let found = &peers[at];
        let near = |(told, there): (Told, usize)| Told { here: there == sentence, near: there + 1 >= sentence, ..told };
        let scene = Scene {
            published: self.published,
            published_within: self.published_within,
            narrative: self.narrative,
            sentence_year: sentence_year(peers, at),
            lies,
            firm: found.led.firm,
            habit: peers.iter().any(|peer| peer.expression.is_set()),
            within: found.led.within,
            told: self.told.map(near),
            story: self.reached.map(near),
            quarter: self.quarter.map(near),
            dday: self.dday,
            holidays: self.holidays,
        };
        let reading = scene.resolve(&found.expression)?;
        let reading = self.counted_on(sentence, &scene, found, &reading).unwrap_or(reading);
        self.remember(id, sentence, peers, at, &reading, lies);
        Some(reading)
    }

    /// A length of time became the date that lies that long behind an event.
    pub(crate) fn recall(&mut self, id: TimeId, sentence: usize, reading: &Reading) {
        if let (Some(interval), Some(days)) = (reading.interval, reading.covers()) {
            let told = Told { id, days, grain: interval.grain, here: true, near: true, stated: false, clock: None };
            self.told = Some((told, sentence));
        }
    }

    /// "Patrols met on 12 October. A week later ...": counted on although nothing fixes the year.
    fn counted_on(&self, sentence: usize, scene: &Scene<'_>, found: &Found, reading: &Reading) -> Option<Reading> {
        let (partial, there) = self.partial.filter(|(_, there)| there + 1 >= sentence)?;
        let of_told = match found.expression.what {
            What::Shifted { shift, .. } => shift.from == Origin::Told,
            What::Whole { which, .. } => which.from == Origin::Told,
            _ => false,
        };
        if !of_told || reading.interval.is_some() || self.told.is_some_and(|(_, told)| told > there) {
            return None;
        }
        let counted = Scene { told: Some(partial.told(there == sentence)), ..*scene }.resolve(&found.expression)?;
        let value = partial.value(&counted)?;
        Some(Reading { value, interval: None, ..counted })
    }

    fn remember(&mut self, id: TimeId, sentence: usize, peers: &[Found], at: usize, reading: &Reading, lies: Lies) {
        let found = &peers[at];
        if let Some(partial) = Partial::of(id, &reading.value) {
            self.partial = Some((partial, sentence));
        }
        let (Some(interval), Some(days)) = (reading.interval, reading.covers()) else { return };
        if !matches!(reading.kind, TimeType::Date | TimeType::Time) {
            return;
        }
        if days.0 > days.1 {
            return;
        }
        let clock = if interval.grain == TimeGrain::Minute { interval.begin } else { None };
        let stated = reading.anchor.is_none() && (!matches!(found.expression.what, What::Year(_)) || found.led.within);
        let stated = stated || self.told.is_some_and(|(t, _)| t.stated && reading.anchor == Some(Anchor::Time(t.id)));
        let told = Told { id, days, grain: interval.grain, here: true, near: true, stated, clock };
        self.told = Some((told, sentence));
        // A year that tells things apart, a beginning long ago and a plan do not move the story on.
        let aside = lies == Lies::Ahead || found.led.direction.is_some();
        let leaps = |t: &Told| (t.days.0.year() - days.0.year()).abs() > LEAP;
        let leap = self.reached.is_some_and(|(t, _)| leaps(&t)) && !found.led.opens;
        let year_aside = matches!(found.expression.what, What::Year(_)) && (leap || !(found.led.within || found.led.opens));
        if !(aside || year_aside) || self.reached.is_none() {
            self.reached = Some((told, sentence));
        }
        // Figures are compared with those of a quarter that is over.
        let over = self.published.is_none_or(|p| days.1 < p);
        if over && interval.grain == TimeGrain::Quarter && matches!(found.expression.what, What::Fraction { .. } | What::Whole { .. }) {
            self.quarter = Some((told, sentence));
        }
        let names_dday = || peers.iter().any(|f| f.expression.what == What::DDay);
        if self.dday.is_none() && days.0 == days.1 && names_dday() {
            self.dday = Some(told);
        }
    }
}

/// A day or month whose year or week nothing fixes, as it lies in a year of our choice.
#[derive(Debug, Clone, Copy)]
struct Partial {
    id: TimeId,
    days: Days,
    grain: TimeGrain,
    of_week: bool,
}

/// The year in which days without a year are counted: it begins with a Monday and has no leap day.
const ANY_YEAR: i16 = 2001;

impl Partial {
    /// `XXXX-10-12`, `XXXX-10`, `XXXX-WXX-5`.
    fn of(id: TimeId, value: &str) -> Option<Self> {
        let rest = value.strip_prefix("XXXX-")?;
        let number = |at: std::ops::Range<usize>| rest.get(at).and_then(|n| n.parse::<i8>().ok());
        let day = |date: Date, of_week| Self { id, days: (date, date), grain: TimeGrain::Day, of_week };
        if let Some(weekday) = rest.strip_prefix("WXX-").and_then(|d| d.get(..1)?.parse::<i8>().ok()) {
            return Date::new(ANY_YEAR, 6, 3 + weekday).ok().map(|date| day(date, true));
        }
        let month = number(0..2)?;
        match rest.get(2..3) {
            Some("-") => Date::new(ANY_YEAR, month, number(3..5)?).ok().map(|date| day(date, false)),
            _ => Some(Self { id, days: month_days(ANY_YEAR, month, 1)?, grain: TimeGrain::Month, of_week: false }),
        }
    }

    fn told(self, here: bool) -> Told {
        Told { id: self.id, days: self.days, grain: self.grain, here, near: true, stated: false, clock: None }
    }

    /// The value of what was counted from it, again without its year or week.
    fn value(self, counted: &Reading) -> Option<String> {
        let (first, _) = counted.covers()?;
        let part = counted.value.find('T').map_or("", |at| &counted.value[at..]);
        if self.of_week {
            let day = matches!(counted.interval?.grain, TimeGrain::Day | TimeGrain::Part | TimeGrain::Minute);
            return day.then(|| format!("XXXX-WXX-{}{part}", first.weekday().to_monday_one_offset()));
        }
        let rest = counted.value.get(4..).filter(|rest| rest.starts_with('-') && !rest.contains(['W', 'Q']))?;
        Some(format!("XXXX{rest}"))
    }
}

/// A year named within a sentence and so many years away from where the story is does not move it on.
const LEAP: i16 = 10;

/// Whether a report tells a story of the past: most of its dates name years gone by, and few count from the day of publication.
fn is_narrative(found: &[Found], published: Option<Date>) -> bool {
    let gone = |y: i16| published.is_none_or(|p| y < p.year());
    let past = found.iter().filter(|f| f.expression.named_year().is_some_and(gone)).count();
    let present = found.iter().filter(|f| counts_from_publication(&f.expression)).count();
    past >= STORY && past >= STORY_SHARE * present
}

fn counts_from_publication(expression: &Expression) -> bool {
    match expression.what {
        What::Weekday { .. } | What::WeekdayOf { .. } => true,
        What::NamedDay { offset } => offset != 0 || expression.time.is_some(),
        What::Whole { which, unit } => which.from == Origin::Publication && unit != TimeUnit::Century,
        What::Shifted { shift, .. } => shift.from == Origin::Publication,
        _ => false,
    }
}

/// Bytes between two dates of which the second gives the year of the first: "from March to May 2023".
const LINKED: usize = 9;

/// The year that the sentence's other dates name: of the one before, else of the one that ends the same range; of a year alone only
/// at the sentence's head.
pub(crate) fn sentence_year(found: &[Found], at: usize) -> Option<i16> {
    let (before, behind) = found.split_at(at);
    let opens = |one: &Found| !matches!(one.expression.what, What::Year(_)) || one.led.opens || one.led.within;
    let year_before = before.iter().rev().filter(|one| opens(one)).find_map(|one| one.expression.named_year());
    let linked = |pair: &&[Found]| pair[1].span.start() - pair[0].span.end() <= LINKED;
    year_before.or_else(|| behind.windows(2).take_while(linked).find_map(|pair| pair[1].expression.named_year()))
}
