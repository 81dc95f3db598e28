//! Any bytes as a report: it is refused with a reason or read, every span of the record lies on the words it claims, every id leads
//! somewhere, and a second reading writes the same bytes.

#![no_main]

use std::sync::LazyLock;

use dragoman_engine::{Engine, Reader};
use dragoman_ingest::{Cleaning, Content, Known, Received, acquire};
use dragoman_json::Layers;
use dragoman_testkit::{check_ids, check_spans};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::shipped(&Reader::default()).expect("the shipped data are tested with every build"));

fuzz_target!(|bytes: &[u8]| {
    let Some(record) = read(bytes) else { return };
    assert_eq!(Some(&record), read(bytes).as_ref(), "the second time it came out differently");
    let record: Value = serde_json::from_str(&record).expect("a record is JSON");
    assert_eq!(check_spans(&record), [""; 0]);
    assert_eq!(check_ids(&record), [""; 0]);
});

/// The record as it is printed, `None` where the report is refused.
fn read(bytes: &[u8]) -> Option<String> {
    let content = Content::Bytes(bytes.to_owned());
    let received = Received { source_id: "report".into(), source: "report".into(), content, known: Known::default() };
    let document = acquire(received, Cleaning::ByKind).ok()?;
    let reading = ENGINE.read(document);
    Some(dragoman_json::line(&dragoman_json::record(&reading, Layers { tokens: true, predicates: true })))
}
