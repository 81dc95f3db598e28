//! Sentences with the times that a reader finds in them: `cases.tsv`; and what must hold of every text.

use dragoman_annotate::annotate_by_rule;
use dragoman_doc::{Document, Layer, Moment, ProblemCode, Provenance, Syntax, TimeId, TimeRef};
use dragoman_lexicon::{Table, WORD_FILES, Words};
use dragoman_time::{Patterns, resolve_times};
use dragoman_tokens::{Abbreviations, tokenize};
use jiff::civil::Date;
use proptest::prelude::*;

const BY_RULE: Provenance = Provenance { stage: "test", version: 1 };

struct Reader {
    abbreviations: Abbreviations,
    words: Words,
    patterns: Patterns,
}

impl Reader {
    fn shipped() -> Self {
        Self {
            abbreviations: Abbreviations::shipped().expect("the shipped files are sound"),
            words: Words::parse(WORD_FILES).expect("the shipped files are sound"),
            patterns: Patterns::shipped().expect("the shipped files are sound"),
        }
    }

    fn read(&self, text: &str, published: Option<Date>) -> Layer<TimeId, TimeRef> {
        let document = Document::plain(text);
        let document = published.map_or(document.clone(), |day| document.published_on(day));
        let tokens = tokenize(&document, &self.abbreviations);
        let annotation = annotate_by_rule(&document, &tokens, &self.words);
        resolve_times(&document, &tokens, &annotation, &Syntax::empty(BY_RULE), &self.patterns)
    }
}

thread_local! {
    static READER: Reader = Reader::shipped();
}

fn read(text: &str, published: Option<Date>) -> Layer<TimeId, TimeRef> {
    READER.with(|reader| reader.read(text, published))
}

fn day(moment: Option<Moment>) -> String {
    moment.map(|m| m.date.to_string()).unwrap_or_default()
}

/// Expression, value, first and last day of each time.
fn told(text: &str, published: &str) -> Vec<[String; 4]> {
    let found = read(text, published.parse().ok());
    found.iter().map(|t| [t.span.of(text).to_owned(), t.value.clone(), day(t.begin()), day(t.end())]).collect()
}

#[test]
fn cases() {
    let table = Table::parse("cases.tsv", include_str!("cases.tsv"), &["text", "published", "expression", "value", "begin", "end"]);
    let table = table.unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(table.order_faults().is_empty(), "{:#?}", table.order_faults());
    let mut wrong = Vec::new();
    for row in table.rows() {
        let [text, published, expression] = [row.text(0), row.text(1), row.text(2)];
        let found = told(text, published);
        let wanted = [2, 3, 4, 5].map(|i| row.text(i).to_owned());
        let right = if expression == "-" { found.is_empty() } else { found.contains(&wanted) };
        if !right {
            wrong.push(format!("{text} [{published}]\n  wanted {wanted:?}\n  found  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong\n{}", wrong.len(), table.rows().len(), wrong.join("\n"));
}

/// The day on which the sentences of the rules are read: a Thursday.
const DAY: &str = "2024-08-15";

/// Every rule reads its words in the one sentence as it says, and nothing in the other; one that is only a part of others, as their part.
#[test]
fn rules_meet_their_sentences() {
    let patterns = Patterns::shipped().expect("the shipped files are sound");
    let mut wrong = Vec::new();
    for rule in &patterns.words().rules {
        let id = format!("time:{}", rule.id);
        let inner = rule.needs.split(' ').any(|need| need == "inner");
        let (before, rest) = rule.yes.split_once('[').unwrap_or_else(|| panic!("{id}: no words in brackets"));
        let (words, rest) = rest.split_once("]=").unwrap_or_else(|| panic!("{id}: no value"));
        let at = rest.find([' ', '~']).unwrap_or(rest.len());
        let (value, behind) = (&rest[..at], rest[at..].trim_start_matches('~'));
        let text = format!("{before}{words}{behind}").replace(" .", ".");
        let found = read(&text, DAY.parse().ok());
        let at = (before.len(), before.len() + words.len());
        if !found.iter().any(|t| (t.span.start(), t.span.end()) == at && t.value == value && (inner || t.reason.rule.as_str() == id)) {
            let all: Vec<_> = found.iter().map(|t| (t.span.of(&text), &t.value, t.reason.rule.as_str())).collect();
            wrong.push(format!("{id}: {text}\n  wanted {words:?} = {value}, found {all:?}"));
        }
        let silent = read(&rule.no, DAY.parse().ok());
        if let Some(t) = silent.iter().find(|t| t.reason.rule.as_str() == id) {
            wrong.push(format!("{id}: {}\n  reads {:?}", rule.no, t.span.of(&rule.no)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_cannot_be_read_is_a_problem() {
    for text in ["It is dated 04/03/2024.", "He fled on 30 February 2024.", "He fled on February 30."] {
        let found = read(text, None);
        let codes: Vec<ProblemCode> = found.problems().iter().map(|p| p.code).collect();
        assert_eq!(codes, [ProblemCode::UnreadableDate], "{text}");
        assert!(found.problems()[0].span.is_some());
    }
    assert!(read("He fled on March 3.", None).problems().is_empty());
}

#[test]
fn anchors_are_kept() {
    use dragoman_doc::Anchor;
    let found = read("The pact of March 3, 2024 failed. It broke down two days later, and on Monday war began.", "2024-08-15".parse().ok());
    let anchors: Vec<Option<Anchor>> = found.iter().map(|t| t.anchor).collect();
    let first = found.ids().next().expect("three times stand there");
    assert_eq!(anchors, [None, Some(Anchor::Time(first)), Some(Anchor::Publication)]);
}

/// The result is a function of the text and its date of publication, so no crate on the way of the data may ask what day it is.
#[test]
fn the_clock_is_never_read() {
    // Without `page`: its guard measures how long a page takes, and tells no day.
    const CRATES: [&str; 16] = [
        "actor", "annotate", "claims", "codebook", "doc", "engine", "events", "geo", "ingest", "lexicon", "link", "quantity", "reader",
        "span", "time", "tokens",
    ];
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<_> = CRATES.iter().map(|name| crates.join(name).join("src")).collect();
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).unwrap();
            for clock in ["std::time", "SystemTime", "Instant", "Zoned::now", "Timestamp::now", "now()", "std::env"] {
                assert!(!text.contains(clock), "{} has {clock}", entry.path().display());
            }
            files += 1;
        }
    }
    assert!(files > 90, "{files}");
}

/// What could make the reading long or deep: it ends, and soon.
#[test]
fn hostile_texts_end() {
    let start = std::time::Instant::now();
    let repeated = [
        "nearly ",
        "the ",
        "the night of ",
        "5 p.m. on ",
        "early ",
        "12:",
        "3-",
        "March ",
        "two or ",
        "about 5 to ",
        "between 3 and ",
        "9",
    ];
    for piece in repeated {
        let text = piece.repeat(5_000);
        READER.with(|reader| reader.patterns.read(&text, DAY.parse().ok()));
    }
    // Twelve texts of 5,000 pieces: less than a second each on a slow machine without optimisation.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Pieces that time expressions are made of, and others.
const PIECES: &str = r"([0-9]{1,5}|[-/.,:'’()$ \n]|January|Feb\.|March|Tuesday|Sat|last |next |the |this |of |in |by |every |days|week|year|months|century|ago|later|p\.m\.|GMT|first|quarter|half|early |mid-|the end of |several |will meet |met |was scheduled for |yesterday|weekend|s |é|\PC){0,30}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_text_is_read(text in PIECES, year in -9999_i16..=9999, ordinal in 1_i16..=365) {
        let published = Date::new(year, 1, 1).and_then(|d| d.with().day_of_year(ordinal).build()).ok();
        let found = read(&text, published);
        let mut end = 0;
        for time in found.iter() {
            prop_assert!(text.get(time.span.start()..time.span.end()).is_some_and(|words| !words.trim().is_empty()));
            prop_assert!(end <= time.span.start(), "expressions overlap or are out of order");
            end = time.span.end();
            prop_assert!(!time.value.is_empty());
            if let (Some(begin), Some(end)) = (time.begin(), time.end()) {
                prop_assert!(begin.date <= end.date, "{} {begin:?} {end:?}", time.value);
            }
        }
    }

    #[test]
    fn plain_texts_are_read(text in PIECES, year in -9999_i16..=9999) {
        let patterns = READER.with(|reader| reader.patterns.read(&text, Date::new(year, 2, 28).ok()));
        let mut end = 0;
        for time in patterns {
            prop_assert!(text.get(time.span.start()..time.span.end()).is_some_and(|words| !words.trim().is_empty()));
            prop_assert!(end <= time.span.start(), "expressions overlap or are out of order");
            end = time.span.end();
            if let Some((begin, behind)) = time.interval.and_then(|i| i.begin.zip(i.end)) {
                prop_assert!(begin < behind, "{} {begin} {behind}", time.value);
            }
        }
    }

    #[test]
    fn the_same_text_and_date_give_the_same_times(text in PIECES) {
        let published = "2024-08-15".parse().ok();
        let [first, second] = [Reader::shipped().read(&text, published), read(&text, published)];
        prop_assert_eq!(first.as_slice(), second.as_slice());
    }

    #[test]
    fn without_a_date_of_publication_nothing_is_counted_from_it(text in PIECES) {
        for time in read(&text, None).iter() {
            prop_assert!(time.anchor != Some(dragoman_doc::Anchor::Publication));
        }
    }
}
