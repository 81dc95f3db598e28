//! The times of a plain text, without words or syntax: for programs that need nothing else, and for speed.

use dragoman_codebook::{TimeMod, TimeType};
use dragoman_doc::{Anchor, Interval, TimeId};
use dragoman_span::{Id, Span};
use jiff::civil::Date;

use crate::Patterns;
use crate::direction::of_words;
use crate::matching::{Room, find};
use crate::story::Story;

/// A time expression of a plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainTime {
    /// The words, in bytes of the text.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value; partial where nothing fixes it.
    pub value: String,
    /// TIMEX3 modifier.
    pub modifier: Option<TimeMod>,
    /// Its place on the calendar.
    pub interval: Option<Interval>,
    /// What it was counted from: a [`TimeId`] is a place in the list.
    pub anchor: Option<Anchor>,
    /// The rule that read it.
    pub rule: &'static str,
    /// Why the words cannot be read as a date.
    pub fault: Option<&'static str>,
}

impl Patterns {
    /// The times of a text that was published on a day, in order.
    ///
    /// Sentences end at a full stop before a capital letter and at the end of a line; the direction of a weekday or month is told by the
    /// words around it. With syntax ([`crate::resolve_times`]) both are better.
    pub fn read(&self, text: &str, published: Option<Date>) -> Vec<PlainTime> {
        let mut found = Vec::new();
        let mut sentences = Vec::new();
        let mut room = Room::default();
        for bounds in cut_sentences(text) {
            let from = found.len();
            find(text, bounds, &self.compiled, &|byte| counts(text, byte), &mut room, &mut found);
            if found.len() > from {
                sentences.push((bounds, from..found.len()));
            }
        }
        let mut story = Story::new(published, (published, published), &found, &self.words.holidays);
        let mut times = Vec::with_capacity(found.len());
        for (n, (bounds, range)) in sentences.into_iter().enumerate() {
            let peers = &found[range];
            for (at, one) in peers.iter().enumerate() {
                let lies = of_words(text, bounds, one, self.words.futures());
                let Some(reading) = story.next(TimeId::from_index(times.len()), n, peers, at, lies) else { continue };
                times.push(PlainTime {
                    span: one.span,
                    kind: reading.kind,
                    value: reading.value,
                    modifier: reading.modifier,
                    interval: reading.interval,
                    anchor: reading.anchor,
                    rule: one.rule,
                    fault: reading.fault,
                });
            }
        }
        times
    }
}

/// Letters of an abbreviation before a full stop: "Sept.", "Gen.".
const SHORT: usize = 4;

/// The sentences of a text.
fn cut_sentences(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut word = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let ends = match byte {
            b'\n' => true,
            b'.' | b'!' | b'?' => {
                let abbreviation = *byte == b'.' && at - word <= SHORT && bytes[word].is_ascii_uppercase();
                !abbreviation && bytes.get(at + 1).is_some_and(|b| *b == b' ') && bytes.get(at + 2).is_some_and(|b| !b.is_ascii_lowercase())
            }
            _ => false,
        };
        if byte.is_ascii_whitespace() {
            word = (at + 1).min(bytes.len() - 1);
        }
        if ends {
            if at + 1 > start {
                sentences.push(Span::new(start, at + 1));
            }
            start = at + 1;
        }
    }
    if start < bytes.len() {
        sentences.push(Span::new(start, bytes.len()));
    }
    sentences
}

/// "2003 troops": a plural noun in small letters behind the number.
fn counts(text: &str, byte: usize) -> bool {
    let rest = text[byte..].trim_start_matches(|c: char| c.is_ascii_digit());
    let Some(rest) = rest.strip_prefix(' ') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len());
    let word = &rest[..end];
    word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_lines() {
        let text = "He left Sept. 3. Was it so? Yes\nNo.";
        let sentences: Vec<&str> = cut_sentences(text).iter().map(|s| s.of(text).trim()).collect();
        assert_eq!(sentences, ["He left Sept. 3.", "Was it so?", "Yes", "No."]);
    }
}
