//! Sentences with the quantities that a reader finds in them: `tests/cases.tsv`.

use dragoman_annotate::annotate_by_rule;
use dragoman_codebook::TimeType;
use dragoman_doc::{Document, Layer, Provenance, Quantity, QuantityId, Reason, RuleId, Score, TimeId, TimeRef};
use dragoman_lexicon::{QuantityWords, WORD_FILES, Words};
use dragoman_quantity::quantities;
use dragoman_span::Span;
use dragoman_tokens::{Abbreviations, tokenize};
use proptest::prelude::*;

const MADE_BY: Provenance = Provenance { stage: "time", version: 0 };

struct Reader {
    abbreviations: Abbreviations,
    words: Words,
    numbers: QuantityWords,
}

impl Reader {
    fn shipped() -> Self {
        Self {
            abbreviations: Abbreviations::shipped().expect("the shipped files are sound"),
            words: Words::parse(WORD_FILES).expect("the shipped files are sound"),
            numbers: QuantityWords::shipped().expect("the shipped files are sound"),
        }
    }

    fn read(&self, text: &str, times: Vec<TimeRef>) -> Layer<QuantityId, Quantity> {
        let document = Document::plain(text);
        let tokens = tokenize(&document, &self.abbreviations);
        let annotation = annotate_by_rule(&document, &tokens, &self.words);
        let times: Layer<TimeId, TimeRef> = Layer::new(times.into(), MADE_BY, Vec::new());
        quantities(&document, &tokens, &annotation, &self.numbers, &times)
    }
}

/// The text without the `<` and `>` around its time expressions, and these expressions.
fn marked(case: &str) -> (String, Vec<TimeRef>) {
    let mut text = String::new();
    let mut times = Vec::new();
    for (n, piece) in case.split(['<', '>']).enumerate() {
        let start = text.len();
        text.push_str(piece);
        if n % 2 == 1 {
            times.push(time(Span::new(start, text.len())));
        }
    }
    (text, times)
}

fn time(span: Span) -> TimeRef {
    let reason = Reason { rule: RuleId::new("test"), detail: String::new(), score: Score::ONE };
    TimeRef {
        span,
        kind: TimeType::Date,
        value: String::new(),
        modifier: None,
        interval: None,
        bounds: (None, None),
        until: None,
        anchor: None,
        reason,
    }
}

fn shown(found: &Layer<QuantityId, Quantity>, text: &str) -> String {
    let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
    let one = |q: &Quantity| {
        let of = q.of.map(|of| of.to_string()).unwrap_or_default();
        let later = q.superseded_by.map(|id| format!("|{}", found[id].span.of(text))).unwrap_or_default();
        format!("{}|{}|{}|{}|{}|{of}{later}", q.span.of(text), number(q.value), number(q.low), number(q.high), q.comparison)
    };
    let all: Vec<String> = found.iter().map(one).collect();
    if all.is_empty() { "-".to_owned() } else { all.join(" ; ") }
}

#[test]
fn cases() {
    let reader = Reader::shipped();
    let mut wrong = Vec::new();
    for line in include_str!("cases.tsv").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let (case, wanted) = line.split_once('\t').expect("a sentence, a tab, what is expected");
        let (text, times) = marked(case);
        let found = shown(&reader.read(&text, times), &text);
        if found != wanted {
            wrong.push(format!("{text}\n  wanted {wanted}\n  found  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn unit_and_rule() {
    let reader = Reader::shipped();
    let unit = |text: &str| reader.read(text, Vec::new()).iter().next().and_then(|q| q.unit.clone());
    assert_eq!(unit("They sent 2,500 soldiers.").as_deref(), Some("soldier"));
    assert_eq!(unit("It cost $1.2 billion.").as_deref(), Some("$"));
    assert_eq!(unit("Prices rose by 3.5 percent.").as_deref(), Some("percent"));
    for q in reader.read("At least four people were killed, and 12 tanks burned.", Vec::new()).iter() {
        assert!(q.reason.rule.as_str().starts_with("en/quantities.tsv:"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn every_text_is_read_and_always_alike(text in r"([0-9,.$%€–-]{1,6}|[ \n]|at least |between |from |and |to |or more|dozens of |million |killed|people |é|\PC){0,40}") {
        let found = READER.with(|r| r.read(&text, Vec::new()));
        for q in found.iter() {
            prop_assert!(text.get(q.span.start()..q.span.end()).is_some());
            prop_assert!([q.value, q.low, q.high].into_iter().flatten().all(f64::is_finite));
            prop_assert!(q.superseded_by.is_none_or(|id| found.get(id).is_some_and(|new| new.span != q.span)));
        }
        let again = Reader::shipped().read(&text, Vec::new());
        prop_assert_eq!(found.as_slice(), again.as_slice());
    }
}

thread_local! {
    static READER: Reader = Reader::shipped();
}
