//! A gazetteer file that was damaged is refused, never misread.

use dragoman_geo::compile::{Entry, compile};
use dragoman_geo::{Gazetteer, GazetteerError};
use dragoman_lexicon::{PLACE_FILES, Places};

fn entry(name: &str, country: [u8; 2], population: u32) -> Entry {
    Entry {
        name: name.to_owned(),
        alternates: Vec::new(),
        aliases: vec![format!("Old {name}")],
        country,
        admin1: Some("Middle".to_owned()),
        feature: "PPL".to_owned(),
        latitude: 33.25,
        longitude: -44.5,
        population,
        geonames_id: Some(population),
    }
}

fn file() -> Vec<u8> {
    compile(&[entry("Far Ford", *b"IQ", 5_000), entry("Far Ford", *b"US", 9_000), entry("Near Ford", *b"IQ", 7_000)])
        .expect("three towns fit")
}

fn open(bytes: Vec<u8>) -> Result<Gazetteer, GazetteerError> {
    let mut tables = Places::default();
    tables.ranker.push_str(PLACE_FILES.ranker);
    Gazetteer::new(bytes, tables)
}

#[test]
fn a_whole_file_is_read() {
    let gazetteer = open(file()).unwrap();
    assert_eq!((gazetteer.place_count(), gazetteer.name_count()), (3, 4));
}

#[test]
fn the_shipped_file_is_read() {
    let gazetteer = Gazetteer::shipped().unwrap();
    assert!(gazetteer.place_count() > 40_000 && gazetteer.name_count() > 40_000);
}

#[test]
fn every_shorter_file_is_refused() {
    let whole = file();
    for length in 0..whole.len() {
        assert!(open(whole[..length].to_vec()).is_err(), "{length} bytes");
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let whole = file();
    for bit in 0..whole.len() * 8 {
        let mut damaged = whole.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(open(damaged).is_err(), "bit {bit}");
    }
}

#[test]
fn a_file_of_another_kind_is_named_as_such() {
    assert_eq!(open(b"PK\x03\x04".to_vec()).err(), Some(GazetteerError::NotAGazetteer));
    let mut newer = file();
    newer[8] = 99;
    assert_eq!(open(newer).err(), Some(GazetteerError::Version(99)));
}

#[test]
fn lengths_that_lie_are_refused_even_under_a_good_digest() {
    const DIGEST: std::ops::Range<usize> = 12..44;
    for section in 0..7 {
        for lie in [0, 1, u32::MAX] {
            let mut forged = file();
            let at = DIGEST.end + 4 * section;
            forged[at..at + 4].copy_from_slice(&lie.to_le_bytes());
            let digest = blake3::hash(&forged[DIGEST.end..]);
            forged[DIGEST].copy_from_slice(digest.as_bytes());
            assert!(open(forged).is_err(), "section {section}, {lie} bytes");
        }
    }
}
