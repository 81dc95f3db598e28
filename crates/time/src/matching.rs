//! Finds the expressions of a sentence: the longest match at each place, of equally long ones that of the first rule.

use std::cell::Cell;

use dragoman_lexicon::{Direction, Fact, Lead};
use dragoman_span::Span;

use crate::build::{Built, Capture, Value};
use crate::expression::{Expression, Found, Led};
use crate::pattern::{Heads, Need, RuleNumber, Rules, Step};
use crate::pieces::{Kind, Piece, cut};
use crate::vocabulary::{Class, Vocabulary, WordId};

/// Years that may be written as four digits alone.
const YEARS: std::ops::RangeInclusive<i32> = 1500..=2199;

/// The words whose place in the grammar is part of the program: lists, brackets and genitives.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    and: WordId,
    or: WordId,
    to: WordId,
    comma: WordId,
    semicolon: WordId,
    stop: WordId,
    colon: WordId,
    slash: WordId,
    percent: WordId,
    open: WordId,
    close: WordId,
    genitive: WordId,
    within: WordId,
    dashes: Vec<WordId>,
    opening: Vec<WordId>,
    ahead: Vec<(WordId, bool)>,
}

impl Marks {
    pub(crate) fn new(vocabulary: &mut Vocabulary, ahead: &[(WordId, bool)]) -> Self {
        let mut one = |word: &str| vocabulary.learn(word)[0].0;
        Self {
            and: one("and"),
            or: one("or"),
            to: one("to"),
            comma: one(","),
            semicolon: one(";"),
            stop: one("."),
            colon: one(":"),
            slash: one("/"),
            percent: one("%"),
            open: one("("),
            close: one(")"),
            genitive: one("'s"),
            within: one("in"),
            dashes: ["-", "–", "—"].map(&mut one).to_vec(),
            opening: ["(", "[", "\"", "'", "“", "‘", "«", "`", "–", "—", "_", "…"].map(&mut one).to_vec(),
            ahead: ahead.to_vec(),
        }
    }
}

/// The compiled tables.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) rules: Rules,
    pub(crate) marks: Marks,
}

/// A match: one past its last piece, and what it says.
#[derive(Debug, Clone, Copy)]
struct Match {
    end: usize,
    rule: RuleNumber,
    built: Built,
}

/// Pieces that a rule may read before the first that carries a time ("no more than two hundred and twenty days").
const LONGEST_HEAD: usize = 7;

/// Groups within groups.
const DEEPEST: usize = 6;

/// Room that is used again from sentence to sentence.
#[derive(Debug, Default)]
pub(crate) struct Room {
    pieces: Vec<Piece>,
    captures: Vec<Capture>,
}

/// The pieces of a sentence with the tables.
struct Sentence<'a> {
    tables: &'a Compiled,
    pieces: &'a [Piece],
    /// Whether the number at this byte counts the noun behind it.
    counts: &'a dyn Fn(usize) -> bool,
    /// Where the member of a list begins, if what was read before goes on there.
    list: Option<usize>,
    /// How many groups are being read within one another.
    depth: Cell<usize>,
}

/// Adds the expressions of a sentence, in order, none within another.
pub(crate) fn find(text: &str, bounds: Span, tables: &Compiled, counts: &dyn Fn(usize) -> bool, room: &mut Room, found: &mut Vec<Found>) {
    let Room { pieces, captures } = room;
    if !cut(text, bounds, &tables.vocabulary, pieces) {
        return;
    }
    let mut sentence = Sentence { tables, pieces, counts, list: None, depth: Cell::new(0) };
    let before = found.len();
    let mut at = 0;
    let mut carrier = 0;
    while at < pieces.len() {
        // A rule reads a word that carries times, or digits, before long.
        let carries = |p: &Piece| p.kind == Kind::Digits || tables.vocabulary.carries(p.word);
        while carrier < pieces.len() && (carrier < at || !carries(&pieces[carrier])) {
            carrier += 1;
        }
        if carrier == pieces.len() {
            return;
        }
        at = at.max(carrier.saturating_sub(LONGEST_HEAD));
        let Some(best) = sentence.longest(at, captures) else {
            at += 1;
            continue;
        };
        let rule = &tables.rules.all[best.rule as usize];
        let led = match found[before..].last().filter(|_| sentence.list == Some(at)) {
            // "for March and April": the preposition of the first counts for all.
            Some(first) if at.checked_sub(1).is_none_or(|i| pieces[i].word != tables.marks.to) => Led { listed: true, ..first.led },
            _ => sentence.led(at),
        };
        let mut add = |from: usize, to: usize, expression: Expression| {
            let span = pieces[from].span().cover(pieces[to - 1].span());
            found.push(Found { span, rule: rule.id, expression, led });
        };
        match best.built {
            Built::One(expression) => add(at, best.end, expression),
            Built::Two(first, first_end, second_start, second) => {
                add(at, first_end, first);
                add(second_start, best.end, second);
            }
        }
        // "in March and April": a list goes on behind what was read.
        sentence.list = sentence.list_goes_on(best.end);
        at = best.end;
    }
}

impl Sentence<'_> {
    fn longest(&self, at: usize, captures: &mut Vec<Capture>) -> Option<Match> {
        let heads = self.rules_at(&self.tables.rules.heads, at);
        if heads.is_empty() || self.glued_before(at) {
            return None;
        }
        let mut best: Option<Match> = None;
        for number in heads {
            let rule = &self.tables.rules.all[*number as usize];
            captures.clear();
            let Some(end) = self.run(&rule.steps, 0, at, captures, true) else { continue };
            if best.is_some_and(|b| b.end >= end) || !rule.needs.iter().all(|need| self.meets(need, at, end)) {
                continue;
            }
            if let Some(built) = rule.means.build(captures) {
                best = Some(Match { end, rule: *number, built });
            }
        }
        best
    }

    fn rules_at<'h>(&self, heads: &'h Heads, at: usize) -> &'h [RuleNumber] {
        match self.pieces.get(at) {
            Some(piece) if piece.kind == Kind::Digits => heads.of_digits(),
            Some(piece) if piece.word != WordId::UNKNOWN => heads.of_word(piece.word),
            _ => &[],
        }
    }

    /// Where the program ends that begins at `at`.
    fn run(&self, steps: &[Step], mut step: usize, mut at: usize, captures: &mut Vec<Capture>, whole: bool) -> Option<usize> {
        loop {
            let joined = match steps[step] {
                Step::Word(_, joined) | Step::Class(_, joined) | Step::Group(_, joined) => joined,
                Step::Split(first, second) => {
                    let mark = captures.len();
                    if let Some(end) = self.run(steps, first as usize, at, captures, whole) {
                        return Some(end);
                    }
                    captures.truncate(mark);
                    step = second as usize;
                    continue;
                }
                Step::Jump(to) => {
                    step = to as usize;
                    continue;
                }
                Step::Accept => return (!whole || !self.glued_after(at)).then_some(at),
            };
            let piece = self.pieces.get(at).filter(|p| !(joined && p.gap))?;
            match steps[step] {
                Step::Word(word, _) if piece.word == word => at += 1,
                Step::Class(class, _) => {
                    let (end, value) = self.class(class, at)?;
                    captures.push(Capture { class: Some(class), pieces: (at, end), value });
                    at = end;
                }
                Step::Group(group, _) => {
                    let (end, expression) = self.group(group as usize, at, captures)?;
                    captures.push(Capture { class: None, pieces: (at, end), value: Value::Inner(expression) });
                    at = end;
                }
                _ => return None,
            }
            step += 1;
        }
    }

    /// The longest that a rule of a group reads at `at`.
    fn group(&self, group: usize, at: usize, captures: &mut Vec<Capture>) -> Option<(usize, Expression)> {
        // "nearly nearly nearly": groups within groups end somewhere.
        if self.depth.get() == DEEPEST {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        let best = self.longest_of_group(group, at, captures);
        self.depth.set(self.depth.get() - 1);
        best
    }

    fn longest_of_group(&self, group: usize, at: usize, captures: &mut Vec<Capture>) -> Option<(usize, Expression)> {
        let mut best: Option<(usize, Expression)> = None;
        let mark = captures.len();
        for number in self.rules_at(&self.tables.rules.groups[group], at) {
            let rule = &self.tables.rules.all[*number as usize];
            let end = self.run(&rule.steps, 0, at, captures, false);
            if let Some(end) = end.filter(|end| best.is_none_or(|(longest, _)| *end > longest))
                && let Some(Built::One(expression)) = rule.means.build(&captures[mark..])
            {
                best = Some((end, expression));
            }
            captures.truncate(mark);
        }
        best
    }

    /// A word or number of a class at `at`.
    fn class(&self, class: Class, at: usize) -> Option<(usize, Value)> {
        let piece = &self.pieces[at];
        if piece.kind == Kind::Digits {
            let (number, length) = (piece.number, piece.len());
            let suffixed = self.pieces.get(at + 1).is_some_and(|p| self.tables.vocabulary.is_suffix(p));
            let digits = Value::Digits { number, length };
            return match class {
                Class::Ordinal => (suffixed && length <= 2).then_some((at + 2, digits)),
                Class::Nth if !suffixed => None,
                Class::Day | Class::Nth if suffixed => class.holds(number, length).then_some((at + 2, digits)),
                Class::FreeYear => (class.holds(number, length) && !self.counts_something(at)).then_some((at + 1, digits)),
                // "2003 weeks" are rarer than a year before a length.
                Class::Number => (class.holds(number, length) && !(length == 4 && YEARS.contains(&number))).then_some((at + 1, digits)),
                _ => class.holds(number, length).then_some((at + 1, digits)),
            };
        }
        let (length, fact) = self.tables.vocabulary.phrase(class, &self.pieces[at..])?;
        let short = matches!(fact, Fact::Month { short: true, .. } | Fact::Weekday { short: true, .. });
        let end = at + length;
        let stop = short && self.pieces.get(end).is_some_and(|p| !p.gap && p.word == self.tables.marks.stop);
        Some((end + usize::from(stop), Value::Fact(fact)))
    }

    fn meets(&self, need: &Need, at: usize, end: usize) -> bool {
        let is = |at: Option<usize>, words: &[WordId]| {
            at.and_then(|i| self.pieces.get(i)).is_some_and(|p| p.word != WordId::UNKNOWN && words.contains(&p.word))
        };
        match need {
            Need::Inner => false,
            Need::Led => self.is_led(at, end),
            Need::MonthLike => match self.class(Class::Month, at) {
                Some((_, Value::Fact(Fact::Month { short, alone, .. }))) => {
                    let stopped = !short || self.word(end - 1) == self.tables.marks.stop;
                    stopped && ((alone && !short && !self.names(end)) || self.is_led(at, end))
                }
                _ => false,
            },
            Need::YearLike => self.is_year(at),
            Need::Rate(wanted) => at.checked_sub(1).is_some_and(|i| self.pieces[i].kind == Kind::Digits) == *wanted,
            Need::Free => !self.counts_something(at),
            Need::NoAge => self.tables.vocabulary.phrase(Class::Age, &self.pieces[end..]).is_none(),
            Need::Full => !matches!(self.class(Class::Weekday, at), Some((_, Value::Fact(Fact::Weekday { short: true, .. })))),
            Need::NoName => !self.names(end),
            Need::Capital => self.pieces[at].capital,
            Need::Before(words, wanted) => is(at.checked_sub(1), words) == *wanted,
            // The end of the sentence is as good as a full stop, and no word.
            Need::Behind(..) if end == self.pieces.len() => true,
            Need::Behind(words, wanted) => is(Some(end), words) == *wanted,
        }
    }

    /// A capitalised word follows, so that the month is part of a name: "July Fourth Square"; not where a sentence ends in between.
    fn names(&self, end: usize) -> bool {
        self.pieces.get(end).is_some_and(|p| p.kind == Kind::Word && p.capital)
    }

    /// Where the next member of a list would begin: behind ", ", " and ", " or ", " to ".
    fn list_goes_on(&self, end: usize) -> Option<usize> {
        let marks = &self.tables.marks;
        let behind_comma = end + usize::from(self.word(end) == marks.comma);
        let links = [marks.and, marks.or, marks.to].contains(&self.word(behind_comma));
        (behind_comma > end || links).then_some(behind_comma + usize::from(links))
    }

    fn word(&self, at: usize) -> WordId {
        self.pieces.get(at).map_or(WordId::UNKNOWN, |p| p.word)
    }

    fn is_dash(&self, at: usize) -> bool {
        self.tables.marks.dashes.contains(&self.word(at))
    }

    /// The piece belongs to a longer word or number: "F-16", "$2024", "3.2024".
    fn glued_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| !self.pieces[at].gap) else { return false };
        if self.pieces[before].kind != Kind::Mark {
            return true;
        }
        let opens = self.tables.marks.opening.contains(&self.word(before));
        let own_mark = self.pieces[at].kind == Kind::Mark;
        // "said.Monday" lacks a space; "Monday-Friday" are two days.
        let word = self.pieces[at].kind == Kind::Word && (self.pieces[at].capital || !self.is_dash(before));
        !opens && !word && !own_mark
    }

    /// What follows without white space makes another word or number of it: "2024mm", "March 4.5", "10%".
    fn glued_after(&self, end: usize) -> bool {
        let marks = &self.tables.marks;
        let Some(piece) = self.pieces.get(end).filter(|p| !p.gap) else { return false };
        let digits_before = end > 0 && self.pieces[end - 1].kind == Kind::Digits;
        let joins = [marks.stop, marks.comma, marks.colon, marks.slash, marks.dashes[0]].contains(&piece.word);
        let digits_behind = self.pieces.get(end + 1).is_some_and(|p| !p.gap && p.kind == Kind::Digits);
        match piece.kind {
            Kind::Word => piece.word != marks.genitive,
            Kind::Digits => true,
            Kind::Mark => digits_before && (piece.word == marks.percent || (joins && digits_behind)),
        }
    }

    /// The number belongs to the noun behind it: "2003 troops".
    fn counts_something(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| (self.counts)(p.start as usize))
    }

    /// "the 2015 deal": a year or month before a lower-case noun or a quoted name; not "a 2,000" or "the 1701".
    fn tells_apart(&self, at: usize, end: usize) -> bool {
        let behind = self.pieces.get(end).filter(|p| p.gap);
        let word = behind.is_some_and(|p| p.kind == Kind::Word) && (self.counts_something(at) || self.pieces[at].kind == Kind::Word);
        word || behind.is_some_and(|p| p.kind == Kind::Mark && self.tables.marks.opening[2..9].contains(&p.word))
    }

    fn is_led(&self, at: usize, end: usize) -> bool {
        let led = self.lead(at).is_some_and(|lead| !lead.owns || self.tells_apart(at, end));
        led || self.list == Some(at) || self.word(end) == self.tables.marks.genitive
    }

    /// The words before, where they lead a month, season or year.
    fn lead(&self, at: usize) -> Option<Lead> {
        match self.tables.vocabulary.phrase_before(Class::Lead, self.pieces, at)? {
            Fact::Lead(lead) => Some(lead),
            _ => None,
        }
    }

    /// "in 2014", "the 2015 deal", "(2014)".
    fn is_year(&self, at: usize) -> bool {
        if !YEARS.contains(&self.pieces[at].number) {
            return false;
        }
        match self.lead(at) {
            Some(lead) if lead.owns => self.tells_apart(at, at + 1),
            Some(lead) => !self.counts_something(at) || lead.direction == Some(Direction::Past) || self.pieces[at - 1].capital,
            None => (self.list == Some(at) || self.stands_alone(at)) && !self.counts_something(at),
        }
    }

    /// "(2014)", alone between commas, at the end of a heading, or at the head of a sentence.
    fn stands_alone(&self, at: usize) -> bool {
        let marks = &self.tables.marks;
        let Some(before) = at.checked_sub(1).map(|i| self.word(i)) else {
            return !self.pieces.get(at + 1).is_some_and(|p| p.kind == Kind::Digits);
        };
        let behind = self.word(at + 1);
        let ends = self.pieces.len() == at + 1;
        (before == marks.open && [marks.close, marks.comma, marks.semicolon].contains(&behind))
            || ([marks.comma, marks.colon].contains(&before) && (ends || behind == marks.comma || behind == marks.stop))
    }

    /// What the words before an expression say of it.
    fn led(&self, at: usize) -> Led {
        let marks = &self.tables.marks;
        // "by late March", "until about noon" - the word before a modifier is not looked at; modifiers are part of the expression.
        let before = at.checked_sub(1).map_or(WordId::UNKNOWN, |i| self.word(i));
        Led {
            direction: self.lead(at).and_then(|lead| lead.direction),
            ahead: marks.ahead.iter().any(|(word, _)| *word == before),
            firm: before == marks.to || marks.ahead.iter().any(|(word, firm)| *word == before && *firm),
            onto: before == marks.to,
            within: before == marks.within,
            opens: at == 0,
            listed: self.list == Some(at) && at.checked_sub(1).is_none_or(|i| self.word(i) != marks.to),
        }
    }
}
