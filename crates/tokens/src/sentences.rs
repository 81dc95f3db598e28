//! Where sentences end: decided from the words, one paragraph at a time.

use std::ops::Range;

use dragoman_lexicon::{AbbreviationKind, Abbreviations};

use crate::limits::MAX_SENTENCE_TOKENS;
use crate::words::{Word, WordKind};

/// The sentences of a paragraph as ranges of its words.
pub(crate) fn split(text: &str, words: &[Word], spelling: &Abbreviations) -> Vec<Range<usize>> {
    let paragraph = Paragraph { text, words, spelling };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        let end = paragraph.stop_end(at);
        if at > start && paragraph.is_unstopped_start(at) {
            sentences.push(start..at);
            start = at;
        }
        if end.is_some_and(|end| end < words.len() && paragraph.ends(start, at, end)) {
            let end = end.unwrap_or(at);
            sentences.push(start..end);
            start = end;
        }
        at = end.unwrap_or(at + 1);
    }
    if start < words.len() {
        sentences.push(start..words.len());
    }
    sentences
}

/// Cuts a sentence that is longer than the limit; each cut falls after the best mark of the last quarter before it.
pub(crate) fn cut_long(text: &str, words: &[Word], sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > MAX_SENTENCE_TOKENS {
        let limit = start + MAX_SENTENCE_TOKENS;
        let window = limit - MAX_SENTENCE_TOKENS / 4..limit;
        let best = window.max_by_key(|at| (cut_rank(words[*at].span.of(text)), *at)).unwrap_or(limit - 1);
        parts.push(start..best + 1);
        start = best + 1;
    }
    parts.push(start..sentence.end);
    parts
}

/// How well a sentence can be cut after this word.
fn cut_rank(word: &str) -> u8 {
    match word.chars().next() {
        Some('.' | '!' | '?' | '…') => 4,
        Some(';') => 3,
        Some(':' | '—' | '–') => 2,
        Some(',') => 1,
        _ => 0,
    }
}

/// What may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    /// "?" and "!", alone or in a row.
    Loud,
    Ellipsis,
    /// An abbreviation with its stop.
    Abbreviation,
    Emoticon,
}

/// The number of an item or section: "3", "12", "4.1".
fn is_number(word: &str) -> bool {
    let is_part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    word.split('.').all(is_part)
}

struct Paragraph<'t> {
    text: &'t str,
    words: &'t [Word],
    spelling: &'t Abbreviations,
}

impl<'t> Paragraph<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.words[at].span.of(self.text)
    }

    fn stop(&self, at: usize) -> Option<Stop> {
        let word = self.word(at);
        match word.chars().next()? {
            _ if self.words[at].kind == WordKind::Abbreviation => Some(Stop::Abbreviation),
            _ if self.words[at].kind == WordKind::Emoticon => Some(Stop::Emoticon),
            '.' | '。' | '．' | '۔' if word.chars().count() == 1 => Some(Stop::Full),
            '.' | '…' => Some(Stop::Ellipsis),
            '!' | '?' | '！' | '？' | '؟' => Some(Stop::Loud),
            _ => None,
        }
    }

    /// If a stop stands at `at`: one past it and the closing marks and further stops that belong to it.
    fn stop_end(&self, at: usize) -> Option<usize> {
        self.stop(at)?;
        let end = (at + 1..self.words.len()).find(|next| !self.belongs_to_stop(*next)).unwrap_or(self.words.len());
        Some(self.references_end(end))
    }

    /// One past the numbers of references that follow a stop: `... in 2014. [3] [4]`.
    fn references_end(&self, from: usize) -> usize {
        let is_reference = |at: usize| {
            let number = self.words.get(at + 1).is_some_and(|w| w.span.of(self.text).bytes().all(|b| b.is_ascii_digit()));
            self.word(at) == "[" && number && at + 2 < self.words.len() && self.word(at + 2) == "]"
        };
        let mut end = from;
        while end < self.words.len() && is_reference(end) {
            end += 3;
        }
        end
    }

    /// A sentence begins here though no stop stands before it: the second of two web addresses, the date below a headline.
    fn is_unstopped_start(&self, at: usize) -> bool {
        let is_link = |at: usize| self.word(at).contains("://");
        (is_link(at) && is_link(at - 1)) || (self.is_weekday(at) && self.is_date_stamp(at))
    }

    /// "Tuesday", as "Tue." is a listed day.
    fn is_weekday(&self, at: usize) -> bool {
        let short = self.word(at).strip_suffix("day").and_then(|stem| stem.get(..3));
        let listed = short.and_then(|short| self.spelling.get(&format!("{short}.")));
        listed.is_some_and(|l| l.kinds.contains(&AbbreviationKind::Day))
    }

    /// "Tuesday, September 1, 2015" and nothing more follows.
    fn is_date_stamp(&self, at: usize) -> bool {
        const LENGTH: usize = 6;
        let is_figure = |at: usize| self.word(at).bytes().all(|b| b.is_ascii_digit());
        self.words.len() == at + LENGTH && self.word(at + 1) == "," && is_figure(at + 5) && (is_figure(at + 2) || is_figure(at + 3))
    }

    /// A closing mark or a further stop; those that white space parts from it only where they can be nothing else.
    fn belongs_to_stop(&self, at: usize) -> bool {
        let is_free = matches!(self.words[at].kind, WordKind::ClosingQuote | WordKind::Emoticon);
        let is_bound = || self.closes(at) || self.stop(at).is_some_and(|s| s != Stop::Abbreviation);
        is_free || (self.touches(at) && is_bound())
    }

    /// No white space stands before it.
    fn touches(&self, at: usize) -> bool {
        self.words[at].span.start() == self.words[at - 1].span.end()
    }

    fn closes(&self, at: usize) -> bool {
        self.words[at].kind == WordKind::ClosingQuote || matches!(self.word(at), ")" | "]" | "}" | "*")
    }

    /// Whether the sentence from `start` ends with the stop at `at`, whose closing marks reach to `end`.
    fn ends(&self, start: usize, at: usize, end: usize) -> bool {
        let last = (at..end).rev().find_map(|i| self.stop(i)).unwrap_or(Stop::Full);
        let closed = (at + 1..end).any(|i| self.closes(i));
        let Some(head) = self.head(end) else { return false };
        let small = self.word(head).starts_with(char::is_lowercase);
        match last {
            _ if small && closed => false,
            Stop::Full if self.is_item_number(start, at) => false,
            Stop::Full if small => self.is_plain_word(at),
            Stop::Full => true,
            Stop::Emoticon | Stop::Ellipsis if small => false,
            Stop::Loud | Stop::Emoticon | Stop::Ellipsis => !(closed && self.names_speaker(head)),
            Stop::Abbreviation => self.may_end(at) && self.spelling.starts_sentence(self.word(head)),
        }
    }

    /// The first word of what follows, past opening marks; none where a mark follows that goes on with the sentence.
    fn head(&self, end: usize) -> Option<usize> {
        let head = (end..self.words.len()).find(|i| !self.opens(*i))?;
        let word = self.word(head);
        let is_word = word.starts_with(|c: char| c.is_alphanumeric() || "'’$€£¥#@*•+~&<>".contains(c));
        (is_word || word.starts_with(|c: char| !c.is_ascii() && !"–—…”»›".contains(c))).then_some(head)
    }

    fn opens(&self, at: usize) -> bool {
        self.words[at].kind == WordKind::OpeningQuote || matches!(self.word(at), "(" | "[" | "{")
    }

    /// The sentence is so far nothing but the number of an item: "1.", "* 2."
    fn is_item_number(&self, start: usize, at: usize) -> bool {
        at > start
            && at - start <= 2
            && is_number(self.word(at - 1))
            && (start..at - 1).all(|i| !self.word(i).contains(char::is_alphanumeric))
    }

    /// The word before the stop looks like no abbreviation: it has a vowel and some length, or is a number or mark.
    fn is_plain_word(&self, at: usize) -> bool {
        const SHORTEST: usize = 4;
        let Some(before) = at.checked_sub(1) else { return false };
        let word = self.word(before);
        let is_long = word.len() >= SHORTEST && word.contains(|c: char| "aeiouyAEIOUY".contains(c));
        is_long || !word.contains(char::is_alphabetic)
    }

    /// `"Who ordered this?" Marsh asked`: a speaker and a verb of saying follow.
    fn names_speaker(&self, head: usize) -> bool {
        const LONGEST_NAME: usize = 6;
        let name = head..self.words.len().min(head + LONGEST_NAME);
        let verb = name.clone().find(|i| self.spelling.is_speech_verb(self.word(*i)));
        let is_name = |at: usize| (head..at).all(|i| self.word(i).starts_with(char::is_alphabetic));
        !self.spelling.starts_sentence(self.word(head)) && verb.is_some_and(|at| at > head && is_name(at))
    }

    fn may_end(&self, at: usize) -> bool {
        self.spelling.get(self.word(at)).is_none_or(|listed| listed.may_end) && self.word(at).chars().count() > 2
    }
}
