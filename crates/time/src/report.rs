//! The times of a report whose words and syntax are known.

use dragoman_annotate::Grammar;
use dragoman_codebook::{TimeGrain, TimeType};
use dragoman_doc::{
    Anchor, Annotation, ChunkId, Document, Layer, Problem, ProblemCode, Provenance, Reason, RuleId, Score, SentenceId, Syntax, TimeId,
    TimeRef, Tokens, Upos,
};
use dragoman_lexicon::{Fact, Origin, Shift};
use dragoman_span::{Id, IndexVec, Span};

use crate::Patterns;
use crate::calendar::shifted_from;
use crate::direction;
use crate::expression::{Found, What};
use crate::matching::{Room, find};
use crate::reading::{Length, Reading, moved};
use crate::story::Story;

const MADE_BY: Provenance = Provenance { stage: "time", version: 3 };

/// The text says the date itself.
const STATED: Score = Score::from_parts(9500);
/// It was counted from another date.
const COUNTED: Score = Score::from_parts(8000);
/// The words are a time, but nothing places it on the calendar.
const UNPLACED: Score = Score::from_parts(7000);

/// Finds the time expressions of a report and puts them on the calendar. The trees may be empty.
pub fn resolve_times(
    document: &Document,
    tokens: &Tokens,
    annotation: &Annotation,
    syntax: &Syntax,
    patterns: &Patterns,
) -> Layer<TimeId, TimeRef> {
    let grammar = Grammar::new(document, tokens, annotation);
    let text = &*document.text;
    let mut found = Vec::new();
    let mut sentences = Vec::new();
    let mut room = Room::default();
    for (sentence, bounds) in tokens.sentences.iter_ids() {
        let from = found.len();
        find(text, bounds.span, &patterns.compiled, &|byte| counts(&grammar, sentence, byte), &mut room, &mut found);
        if found.len() > from {
            sentences.push((sentence, from..found.len()));
        }
    }
    let published = &document.published;
    let story = Story::new(published.day(), (published.earliest, published.latest), &found, &patterns.words.holidays);
    let mut times = Times { document, grammar, syntax, patterns, story, items: IndexVec::new(), problems: Vec::new() };
    for (sentence, range) in sentences {
        times.read(sentence, &found[range]);
    }
    Layer::new(times.items, MADE_BY, times.problems)
}

/// Whether the number at `byte` counts the noun behind it: it stands in a noun phrase before its head.
fn counts(grammar: &Grammar<'_>, sentence: SentenceId, byte: usize) -> bool {
    let tokens = grammar.words.tokens;
    let at = tokens.tokens.as_slice().partition_point(|t| t.span.end() <= byte);
    let before_head = |(_, c): (ChunkId, &dragoman_doc::Chunk)| c.tokens().contains(&at) && at < c.head.index();
    grammar.chunks_in(sentence).any(before_head)
}

/// The first end of a range a year earlier, if it lies behind the second as it is and before it then.
fn year_earlier(from: &TimeRef, to: &TimeRef) -> Option<Reading> {
    const YEAR: Length = Length::Months(12);
    let (begin, end) = (from.begin()?.date, from.end()?.date);
    let months = matches!(from.interval?.grain, TimeGrain::Month | TimeGrain::Season);
    let whole = from.modifier.is_none() && months && begin > to.end()?.date;
    let days = (moved(begin, YEAR, -1)?, moved(end, YEAR, -1)?.last_of_month());
    Reading::days(days, from.interval?.grain).filter(|_| whole)
}

/// The times found so far.
struct Times<'a> {
    document: &'a Document,
    grammar: Grammar<'a>,
    syntax: &'a Syntax,
    patterns: &'a Patterns,
    story: Story<'a>,
    items: IndexVec<TimeId, TimeRef>,
    problems: Vec<Problem>,
}

impl Times<'_> {
    fn read(&mut self, sentence: SentenceId, found: &[Found]) {
        let first = self.items.len();
        let mut of_item = Vec::new();
        let mut before = None;
        for (at, one) in found.iter().enumerate() {
            let own = || direction::of(&self.grammar, self.syntax, sentence, one, &self.patterns.words);
            let (lies, sign) = before.filter(|_| one.led.listed).unwrap_or_else(own);
            before = Some((lies, sign));
            let id = TimeId::from_index(self.items.len());
            if let Some(reading) = self.story.next(id, sentence.index(), found, at, lies) {
                self.add(one, reading, sign);
                of_item.push(one);
                self.count_from_event(id, one, sentence);
            }
        }
        // "two days after the ceasefire of 3 March": the date stands behind.
        for (n, one) in of_item.into_iter().enumerate() {
            self.count_from_event(TimeId::from_index(first + n), one, sentence);
        }
        self.link_ranges(first);
    }

    fn add(&mut self, found: &Found, reading: Reading, sign: Option<Span>) {
        let text = &*self.document.text;
        if let Some(fault) = reading.fault {
            let message = format!("{:?}: {fault}", found.span.of(text));
            self.problems.push(Problem { code: ProblemCode::UnreadableDate, message, span: Some(found.span) });
        }
        let score = match (reading.interval, reading.anchor) {
            (Some(_), None) => STATED,
            (Some(_), Some(_)) => COUNTED,
            (None, _) => UNPLACED,
        };
        let sign = sign.filter(|_| reading.anchor.is_some()).map(|s| format!(" ({})", s.of(text))).unwrap_or_default();
        let detail = format!("{}{sign}", found.span.of(text));
        let Reading { kind, value, interval, anchor, modifier, bounds, .. } = reading;
        let reason = Reason { rule: RuleId::new(found.rule), detail, score };
        self.items.push(TimeRef { span: found.span, kind, value, modifier, interval, bounds, until: None, anchor, reason });
    }

    /// "two days after the ceasefire": counted from the day that the report gives for it.
    fn count_from_event(&mut self, id: TimeId, found: &Found, sentence: SentenceId) {
        let What::Duration { count, unit } = found.expression.what else { return };
        if self.items[id].anchor.is_some() {
            return;
        }
        let Some((shift, from)) = self.event_shift(found.span, sentence) else { return };
        let Some(event) = self.dated_event(id, from, sentence, shift.from == Origin::Next) else { return };
        let told = &self.items[event];
        let Some(days) = told.begin().zip(told.end()).map(|(a, b)| (a.date, b.date)) else { return };
        let Some(reading) = shifted_from(days, count, unit, shift) else { return };
        let item = &mut self.items[id];
        (item.kind, item.value, item.interval, item.anchor) =
            (TimeType::Date, reading.value.clone(), reading.interval, Some(Anchor::Time(event)));
        self.story.recall(id, sentence.index(), &reading);
        item.reason.rule = RuleId::new("time:from-event");
        item.reason.score = COUNTED;
    }

    /// The word behind a length that moves by it from an event, and the token behind that word.
    fn event_shift(&self, span: Span, sentence: SentenceId) -> Option<(Shift, usize)> {
        let tokens = self.grammar.words.tokens;
        let at = tokens.within(span).end;
        let word = tokens.tokens.as_slice().get(at)?.span;
        if word.end() > tokens.sentences[sentence].span.end() {
            return None;
        }
        let word = word.of(&self.document.text).to_lowercase();
        let shifts = self.patterns.words.phrases.iter().filter(|p| p.words == word);
        let shift = shifts
            .filter_map(|p| if let Fact::Shift(s) = p.fact { Some(s) } else { None })
            .find(|s| matches!(s.from, Origin::Event | Origin::Next))?;
        Some((shift, at + 1))
    }

    /// The day-long time of the event whose name begins at token `from`: one in the same noun phrase's part of the sentence, else that of
    /// the last sentence before with the same word and a date.
    fn dated_event(&self, counted: TimeId, from: usize, sentence: SentenceId, next: bool) -> Option<TimeId> {
        /// Words between "after" and the date of the event.
        const REACH: usize = 8;
        let reach = if next { 1 } else { REACH };
        let tokens = self.grammar.words.tokens;
        let is_day = |t: &TimeRef| t.begin().is_some() && t.begin().map(|m| m.date) == t.end().map(|m| m.date);
        let behind = self.items.iter_ids().filter(|(id, t)| *id > counted && is_day(t));
        // "after the ceasefire of 3 March", not "after the ceasefire shelling resumed, and two days later".
        let verb = self.grammar.verbs_in(sentence).map(|(_, v)| v.head.index()).find(|head| *head >= from).unwrap_or(usize::MAX);
        let reached = from..(from + reach).min(verb);
        let near = behind.filter(|(_, t)| reached.contains(&tokens.within(t.span).start)).map(|(id, _)| id).next();
        let named = || {
            let (_, chunk) = self.grammar.chunks_in(sentence).find(|(_, c)| c.tokens().contains(&from))?;
            let words = &self.grammar.words;
            let nouns = chunk.tokens().filter(|at| matches!(words.upos(*at), Upos::Noun | Upos::Propn));
            let events: Vec<&str> = nouns.map(|at| words.lemma(at)).collect();
            let tells = |t: &TimeRef| {
                let there = tokens.sentences.iter().find(|s| s.span.contains(t.span))?;
                tokens.within(there.span).find(|i| *i < from && events.contains(&words.lemma(*i)))
            };
            self.items.iter_ids().filter(|(id, t)| *id < counted && is_day(t) && tells(t).is_some()).map(|(id, _)| id).next_back()
        };
        near.or_else(|| if next { None } else { named() })
    }

    /// "from Monday to Wednesday", "between 2014 and 2017": the first expression begins a range that the second ends.
    fn link_ranges(&mut self, first: usize) {
        let text = &*self.document.text;
        for n in first..self.items.len().saturating_sub(1) {
            let (a, b) = (TimeId::from_index(n), TimeId::from_index(n + 1));
            let (from, to) = (&self.items[a], &self.items[b]);
            let between = text[from.span.end()..to.span.start()].trim();
            let before = text[..from.span.start()].split_whitespace().next_back().unwrap_or_default();
            let range = self.patterns.words.links_range(before, between);
            // "from November to March": it begins before it ends.
            let open = range && from.anchor == Some(Anchor::Publication) && to.anchor == Some(Anchor::Publication);
            if let Some(earlier) = year_earlier(from, to).filter(|_| open) {
                let item = &mut self.items[a];
                (item.value, item.interval) = (earlier.value, earlier.interval);
            }
            let (from, to) = (&self.items[a], &self.items[b]);
            let orderly = from.interval.zip(to.interval).is_some_and(|(x, y)| x.begin.zip(y.end).is_some_and(|(begin, end)| begin < end));
            if range && orderly {
                self.items[a].until = Some(b);
            }
        }
    }
}
