//! Damaged weight files are refused, whatever the damage; nothing panics.

mod common;

use common::Network;
use dragoman_neural::{Encoder, WeightError, Weights};
use proptest::prelude::*;

fn file() -> Vec<u8> {
    Network::random(5, 1, 32, 32, 6, 4).file()
}

#[test]
fn every_cut_is_refused() {
    let file = file();
    for length in 0..file.len() {
        assert!(Weights::parse(&file[..length]).is_err(), "{length} of {} bytes", file.len());
    }
    assert!(Weights::parse(&file).is_ok());
}

#[test]
fn another_file_than_expected_is_refused_with_both_digests() {
    let file = file();
    let digest = Weights::parse(&file).expect("it is whole").digest();
    assert!(Weights::parse_expecting(&file, &digest).is_ok());
    let error = Weights::parse_expecting(&file, &[0; 32]).expect_err("its digest is another").to_string();
    assert!(error.contains(&"00".repeat(32)), "{error}");
}

#[test]
fn each_fault_is_named() {
    let file = file();
    let altered = |at: usize, byte: u8| {
        let mut file = file.clone();
        file[at] = byte;
        Weights::parse(&file).expect_err("it was altered").to_string()
    };
    assert!(altered(0, b'X').contains("weight file"));
    assert!(altered(8, 9).contains('9'));
    assert!(altered(file.len() - 40, 77).contains("digest"));
    let weights = Weights::parse(&file).expect("it is whole");
    assert!(matches!(Encoder::load(&weights, "other"), Err(WeightError::Missing { .. })));
}

proptest! {
    #[test]
    fn no_bytes_panic(at in 0_usize..4000, bytes in proptest::collection::vec(any::<u8>(), 1..40)) {
        let mut file = file();
        let at = at.min(file.len() - 1);
        for (target, byte) in file[at..].iter_mut().zip(&bytes) {
            *target = *byte;
        }
        // With a right digest, so that the table is read.
        let body = file.len() - 32;
        let digest = *blake3::hash(&file[..body]).as_bytes();
        file[body..].copy_from_slice(&digest);
        if let Ok(weights) = Weights::parse(&file) {
            let _ = Encoder::load(&weights, "encoder");
        }
    }
}
