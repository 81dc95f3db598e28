//! The shapes of time expressions, made of the words in the data files.

use dragoman_lexicon::TimeWords;
use dragoman_span::Span;
use regex::{Captures, Regex};

/// A shape that was found, with its parts as written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) rule: &'static str,
    pub(crate) shape: Shape,
    pub(crate) weekday: Option<String>,
    pub(crate) month: Option<String>,
    pub(crate) day: Option<String>,
    pub(crate) day2: Option<String>,
    pub(crate) year: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) modifier: Option<String>,
    pub(crate) part: Option<String>,
    pub(crate) season: Option<String>,
    pub(crate) hour: Option<String>,
    pub(crate) minute: Option<String>,
}

impl Found {
    /// The year, if the expression names one.
    pub(crate) fn year(&self) -> Option<i16> {
        self.year.as_ref()?.parse().ok()
    }
}

/// What sort of expression a pattern finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    #[default]
    Day,
    DayRange,
    Month,
    Year,
    Decade,
    Quarter,
    Season,
    Weekday,
    RelativeDay,
    RelativeUnit,
    Shifted,
    Duration,
    Set,
    Clock,
}

/// The patterns, compiled once, in the order in which they are tried.
#[derive(Debug)]
pub struct Patterns {
    words: TimeWords,
    patterns: Vec<(&'static str, Shape, Regex)>,
}

fn alternatives<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut all: Vec<String> = words.map(regex::escape).collect();
    // Longer words first, so that "Sept" does not end in "Sep".
    all.sort_by_key(|w| (std::cmp::Reverse(w.len()), w.clone()));
    format!("(?:{})", all.join("|"))
}

impl Patterns {
    /// Patterns of these words.
    ///
    /// # Panics
    /// If the words make no valid pattern; they are escaped, so they do.
    pub fn new(words: TimeWords) -> Self {
        let month = format!("(?P<month>{}\\.?)", alternatives(words.months.iter().map(|(n, _)| n.as_str())));
        let full_weekday = alternatives(words.weekdays.iter().map(|(n, _)| n.as_str()));
        let any_weekday = alternatives(words.weekdays.iter().chain(&words.short_weekdays).map(|(n, _)| n.as_str()));
        let led = format!("(?:(?P<weekday>{any_weekday})\\.?,? (?:the )?)?");
        let day = "(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?";
        let day2 = "(?P<day2>[0-3]?[0-9])(?:st|nd|rd|th)?";
        let year = "(?P<year>(?:1[5-9]|20)[0-9]{2})";
        let mut units: Vec<&str> = words.units.keys().map(String::as_str).collect();
        units.sort_unstable();
        let unit = format!("(?P<unit>{})s?", alternatives(units.into_iter()));
        let mut numbers: Vec<&str> = words.numbers.keys().map(String::as_str).collect();
        numbers.sort_unstable();
        let number = format!("(?P<number>(?i:{})|[0-9]{{1,4}})", alternatives(numbers.into_iter()));
        let mut days: Vec<&str> = words.days.keys().map(String::as_str).collect();
        days.sort_unstable();
        let days = alternatives(days.into_iter());
        let part = format!("(?P<part>{})", alternatives(words.parts.iter().map(|(n, _)| n.as_str())));
        let season = format!("(?P<season>{})", alternatives(words.seasons.iter().map(|(n, _, _)| n.as_str())));
        let which = "(?P<modifier>(?i:last|next|this|past|coming|previous|following|same))";
        let grain = "(?P<modifier>(?i:early|mid|late))[ -]";
        let clock = "(?P<hour>[0-2]?[0-9])(?::(?P<minute>[0-5][0-9]))? ?(?P<part>[ap]\\.?m\\.?)";
        let table: Vec<(&'static str, Shape, String)> = vec![
            ("time:iso", Shape::Day, format!("{year}-(?P<number>[01][0-9])-(?P<day>[0-3][0-9])(?:T[0-9:.]+Z?)?")),
            ("time:day-range", Shape::DayRange, format!("{led}{month} {day} ?[-–—] ?{day2}(?:, ?{year})?")),
            ("time:day-range", Shape::DayRange, format!("{day} ?[-–—] ?{day2} {month}(?:,? {year})?")),
            ("time:month-day-year", Shape::Day, format!("{led}{month} {day}(?:,? |, ?){year}")),
            ("time:day-month-year", Shape::Day, format!("{led}{day} (?:of )?{month},? {year}")),
            ("time:month-day", Shape::Day, format!("{led}{month} {day}")),
            ("time:day-month", Shape::Day, format!("{led}{day} (?:of )?{month}")),
            ("time:month-year", Shape::Month, format!("(?:{grain})?{month}(?:,| of)? {year}")),
            ("time:quarter", Shape::Quarter, format!("(?:the )?(?P<number>first|second|third|fourth|Q[1-4]) ?(?:quarter)?(?: of|,)? {year}")),
            ("time:season-year", Shape::Season, format!("(?:the )?(?:{grain})?{season}(?: of|,)? {year}")),
            ("time:decade", Shape::Decade, "(?:the )?(?P<year>(?:1[5-9]|20)[0-9]0)s".to_owned()),
            ("time:relative-day", Shape::RelativeDay, format!("(?P<modifier>(?i:{days}))")),
            ("time:relative-weekday", Shape::Weekday, format!("{which} (?P<weekday>{full_weekday})(?: {part})?")),
            ("time:relative-month", Shape::Month, format!("{which} {month}")),
            ("time:period", Shape::Duration, format!("(?:the )?{which} {number} {unit}")),
            ("time:relative-season", Shape::Season, format!("{which} {season}")),
            ("time:relative-unit", Shape::RelativeUnit, format!("{which} (?P<unit>week|month|year|decade|century|weekend|day)")),
            ("time:set", Shape::Set, format!("(?i:every|each) (?P<unit>{full_weekday}|day|week|month|year|hour|morning|evening|night)")),
            ("time:shifted", Shape::Shifted, format!("{number} {unit} (?P<modifier>ago|earlier|later|before|after)")),
            ("time:duration", Shape::Duration, format!("{number}[ -]{unit}")),
            ("time:clock", Shape::Clock, clock.to_owned()),
            ("time:clock", Shape::Clock, "(?P<hour>[0-2]?[0-9]):(?P<minute>[0-5][0-9])(?: (?:GMT|UTC))?".to_owned()),
            ("time:weekday", Shape::Weekday, format!("(?P<weekday>{full_weekday})(?: {part})?")),
            ("time:month", Shape::Month, format!("(?:{grain})?{month}")),
            ("time:year", Shape::Year, year.to_owned()),
        ];
        let compiled = table.into_iter().map(|(name, shape, text)| {
            let regex = Regex::new(&format!("^(?:{text})(?:[^\\p{{L}}\\p{{N}}]|$)")).expect("the words of the data files are escaped");
            (name, shape, regex)
        });
        Self { patterns: compiled.collect(), words }
    }

    /// The words the patterns are made of.
    pub(crate) fn words(&self) -> &TimeWords {
        &self.words
    }

    /// The expressions of one sentence, in order, none within another.
    pub(crate) fn find(&self, text: &str, sentence: Span) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        let mut free = sentence.start();
        for (offset, _) in word_starts(sentence.of(text)) {
            let at = sentence.start() + offset;
            if at < free {
                continue;
            }
            let rest = Span::new(at, sentence.end()).of(text);
            let hit = self.patterns.iter().find_map(|(rule, shape, regex)| regex.captures(rest).map(|c| captured(rule, *shape, &c, at)));
            if let Some(hit) = hit.filter(|h| self.stands(text, sentence, h, found.last())) {
                free = hit.span.end();
                found.push(hit);
            }
        }
        found
    }

    /// Whether an expression that is also something else (a year, a month's name) stands as a time here.
    fn stands(&self, text: &str, sentence: Span, hit: &Found, last: Option<&Found>) -> bool {
        let before = Span::new(sentence.start(), hit.span.start()).of(text);
        let after = Span::new(hit.span.end(), sentence.end()).of(text);
        if before.ends_with(['$', '€', '£', '-', '/', '#', '.']) && !before.ends_with(". ") {
            return false;
        }
        match hit.shape {
            Shape::Year => self.is_led(before) && !after.starts_with(['-', '/', '%', ',']) | after.starts_with(", ") && !counts(after),
            Shape::Month if hit.year.is_none() && hit.modifier.is_none() => self.is_led(before) || continues(before, last, hit.span),
            Shape::RelativeUnit => hit.unit.as_deref() != Some("day") || hit.modifier.as_deref().is_some_and(|m| !m.eq_ignore_ascii_case("this")),
            Shape::Duration if hit.rule == "time:duration" => hit.unit.as_deref() != Some("second") || hit.number.as_deref().is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit())),
            Shape::Day => hit.day.as_deref().is_some_and(|d| d.len() <= 2) && !after.starts_with(|c: char| c == ':' || c == '.' && after.len() > 1 && after[1..].starts_with(|d: char| d.is_ascii_digit())),
            _ => true,
        }
    }

    /// A preposition or the like stands before: "in", "since", "by the end of".
    fn is_led(&self, before: &str) -> bool {
        let mut words = before.split_whitespace().rev();
        let (last, previous) = (words.next().unwrap_or_default().to_lowercase(), words.next().unwrap_or_default().to_lowercase());
        let ends_open = before.ends_with(char::is_whitespace) || before.ends_with("mid-");
        ends_open && (self.words.leads.contains_key(&last) || self.words.leads.contains_key(&format!("{previous} {last}")))
    }
}

/// "March and April", "in 2014, 2015": the list goes on.
fn continues(before: &str, last: Option<&Found>, span: Span) -> bool {
    let near = last.is_some_and(|l| span.start() - l.span.end() <= 6);
    near && (before.ends_with("and ") || before.ends_with(", ") || before.ends_with("or "))
}

/// "2003 troops": a number that counts what follows.
fn counts(after: &str) -> bool {
    let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    after.starts_with(' ') && next.len() > 3 && next.ends_with('s') && next.chars().all(char::is_lowercase) && !matches!(next, "was" | "this" | "its")
}

fn captured(rule: &'static str, shape: Shape, captures: &Captures<'_>, at: usize) -> Found {
    let part = |name: &str| captures.name(name).map(|m| m.as_str().to_owned());
    let whole = captures.get(0).expect("a match has a whole").as_str();
    // The pattern takes in the mark after it, to see that the word ends; an abbreviation keeps its own stop.
    let length = whole.char_indices().next_back().filter(|(_, c)| !c.is_alphanumeric()).map_or(whole.len(), |(i, _)| i);
    Found {
        span: Span::new(at, at + length),
        rule,
        shape,
        weekday: part("weekday"),
        month: part("month").map(|m| m.trim_end_matches('.').to_owned()),
        day: part("day"),
        day2: part("day2"),
        year: part("year"),
        number: part("number"),
        unit: part("unit"),
        modifier: part("modifier").map(|m| m.to_lowercase()),
        part: part("part"),
        season: part("season"),
        hour: part("hour"),
        minute: part("minute"),
    }
}

/// Byte offsets at which a word or number begins.
fn word_starts(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut inside = false;
    text.char_indices().filter(move |(_, c)| {
        let starts = c.is_alphanumeric() && !inside;
        inside = c.is_alphanumeric();
        starts
    })
}
