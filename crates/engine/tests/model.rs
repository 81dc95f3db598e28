//! What the reading model gives beyond the record.

use dragoman_doc::Document;
use dragoman_engine::{Engine, Part, Reader};
use dragoman_span::Id;

const TEXT: &str = "The envoy said the talks would resume. Militants shelled Raqqa on Friday, killing two.\n\nThe river fell.";

#[test]
fn every_sentence_has_a_vector() {
    let engine = Engine::shipped(&Reader::News).expect("the shipped model is sound");
    let reading = engine.read(Document::plain(TEXT));
    let firsts: Vec<usize> = reading.tokens.sentences.iter().map(|s| s.first_token.index()).collect();
    let vectors = &reading.syntax.vectors;
    assert_eq!(vectors.iter().map(|v| v.first.index()).collect::<Vec<_>>(), firsts);
    assert!(vectors.iter().all(|v| v.values.len() == 384 && v.values.iter().all(|x| x.is_finite())));
    // A sentence is not told by its length or place: other words, another vector.
    assert_ne!(vectors[0].values, vectors[1].values);
}

#[test]
fn a_part_that_is_left_out_is_not_seen() {
    let read =
        |parts: &[Part]| Engine::shipped(&Reader::News).expect("the shipped model is sound").without(parts).read(Document::plain(TEXT));
    let (whole, rules) = (read(&[]), Engine::shipped(&Reader::Rules).expect("the shipped data is sound").read(Document::plain(TEXT)));
    let stances = |r: &dragoman_engine::Reading| r.statements.iter().map(|s| s.reason.rule.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(stances(&whole), ["cues:say/v"]);
    assert_eq!(stances(&read(&[Part::Cues])), ["reader:attribution"]);
    assert_eq!(stances(&read(&[Part::Attribution])), stances(&rules));
}
