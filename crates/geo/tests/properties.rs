//! What holds for any text.

mod common;

use std::time::{Duration, Instant};

use common::places;
use proptest::prelude::*;

fn check(text: &str) {
    let places = places(text);
    let mut end = 0;
    for place in &*places {
        assert!(place.span.start() >= end && !place.span.of(text).is_empty(), "{place:?}");
        end = place.span.end();
        for best in place.place.best().into_iter().chain(place.place.others()) {
            assert!((-90.0..=90.0).contains(&best.latitude) && (-180.0..=180.0).contains(&best.longitude), "{best:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn words_of_place_names_are_read(words in prop::collection::vec(
        prop::sample::select(vec!["in", "Paris", "Texas", ",", "New", "York", "of", "the", "Al", "-", "Baghdad", "'s", "and", ".", "Iraq", "St.", "San", "north", "İ", "ß", "\n\n", "“"]),
        0..60,
    )) {
        check(&words.join(" "));
        check(&words.concat());
    }
}

/// Far above what a linear reading needs, far below what a quadratic one would.
const PATIENCE: Duration = Duration::from_mins(1);
/// Bytes of the long texts.
const LONG: usize = 1 << 20;

#[test]
fn long_texts_are_read_in_linear_time() {
    for piece in ["A", "A ", "San ", "Al-", "Paris, Texas. ", "New York and ", "in Paris of "] {
        let text = piece.repeat(LONG / piece.len());
        let start = Instant::now();
        check(&text);
        assert!(start.elapsed() < PATIENCE, "{piece:?} took {:?}", start.elapsed());
    }
}
