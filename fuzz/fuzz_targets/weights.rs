//! Any bytes as a weight file with a right digest: it is read or refused, and a model is made of it or not, without a panic.

#![no_main]

use dragoman_neural::Weights;
use dragoman_reader::Model;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert!(Weights::parse(bytes).is_err() || bytes.len() >= DIGEST, "a file without a digest was taken");
    // The digest would stop nearly everything at the door: with a right one the parser behind it is reached.
    let mut sealed = bytes.to_vec();
    sealed.extend_from_slice(blake3::hash(bytes).as_bytes());
    if let Ok(weights) = Weights::parse(&sealed) {
        let _ = Model::load(&weights);
    }
});

/// Bytes of the digest at the end.
const DIGEST: usize = 32;
