//! Any bytes as a page: acquisition ends, does not panic, and does the same thing twice.

#![no_main]

use dragoman_doc::Document;
use dragoman_ingest::{Cleaning, Content, Known, Received, Refusal, acquire};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = String::from_utf8_lossy(bytes);
    for cleaning in [Cleaning::ByKind, Cleaning::Never] {
        let documents = [read(&page, cleaning), read(&page, cleaning)];
        assert_eq!(outline(&documents[0]), outline(&documents[1]), "the second time it came out differently");
    }
});

fn read(page: &str, cleaning: Cleaning) -> Result<Document, Refusal> {
    let content = Content::Html(page.to_owned());
    acquire(Received { source_id: "page".into(), source: "page".into(), content, known: Known::default() }, cleaning)
}

/// All that came of a page, except whether it was the deadline that ended the work: that may differ from run to run.
fn outline(document: &Result<Document, Refusal>) -> String {
    match document {
        Ok(document) => format!("{:?} {:?} {:?}", document.text, document.title, document.published),
        Err(refusal) => refusal.to_string(),
    }
}
