//! Whatever the text, `text[span] == text` in code points.

use dragoman_codebook::{Manner, Stance, TimeType};
use dragoman_doc::{Cue, Document, Evidence, Layer, Provenance, Reason, RuleId, Score, Statement, TimeRef};
use dragoman_engine::Reading;
use dragoman_json::{Layers, line, record};
use dragoman_span::{IndexVec, Span};
use dragoman_testkit::check_record;
use proptest::prelude::*;

const HAND: Provenance = Provenance { stage: "hand", version: 1 };

/// The span between the characters `a` and `b` of `text`, in either order.
fn between(text: &str, a: usize, b: usize) -> Span {
    let edges: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let (a, b) = (edges[a % edges.len()], edges[b % edges.len()]);
    Span::new(a.min(b), a.max(b))
}

fn reason() -> Reason {
    Reason { rule: RuleId::new("test"), detail: String::new(), score: Score::ONE }
}

fn reading(text: &str, cuts: &[(usize, usize)]) -> Reading {
    let spans: Vec<Span> = cuts.iter().map(|(a, b)| between(text, *a, *b)).collect();
    let time = |span| TimeRef {
        span,
        kind: TimeType::Date,
        value: "XXXX".into(),
        modifier: None,
        interval: None,
        bounds: (None, None),
        until: None,
        anchor: None,
        reason: reason(),
    };
    let all = Evidence::several(spans.iter().copied()).expect("at least one cut");
    let statement = Statement {
        speaker: None,
        cue: Some(Cue { evidence: all.clone(), stance: Stance::Says }),
        content: all,
        manner: Manner::Indirect,
        addressee: None,
        time: None,
        place: None,
        within: None,
        reason: reason(),
    };
    let mut reading = Reading::empty(Document::plain(text));
    reading.times = Layer::new(spans.into_iter().map(time).collect(), HAND, Vec::new());
    reading.statements = Layer::new(IndexVec::from(vec![statement]), HAND, Vec::new());
    reading
}

proptest! {
    #[test]
    fn text_is_what_stands_under_its_span(
        text in "[a-zéüß–“”Ж北京😀👩‍🚀\u{301}\u{202e}\u{85}\n ]{0,200}",
        cuts in prop::collection::vec((0_usize..300, 0_usize..300), 1..12),
    ) {
        let reading = reading(&text, &cuts);
        let json = line(&record(&reading, Layers::default()));
        prop_assert!(!json.chars().any(char::is_control), "{json}");
        let record: serde_json::Value = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(record["report"]["text"].as_str().unwrap(), text);
        prop_assert_eq!(check_record(&record), Vec::<String>::new());
    }
}
