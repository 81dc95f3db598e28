//! Any bytes as a compiled gazetteer, any text as a GeoNames file, any text as tables of the user's: each ends, and says what is wrong.

#![no_main]

use dragoman_engine::check_overlay;
use dragoman_geo::geonames::{Divisions, read};
use dragoman_geo::{Gazetteer, compile};
use dragoman_lexicon::{PLACE_FILES, Places};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let reading = read(&text, &Divisions::parse(&text).unwrap_or_default());
    if !reading.entries.is_empty() {
        let _ = compile::compile(&reading.entries);
    }
    let mut tables = Places::default();
    tables.ranker.push_str(PLACE_FILES.ranker);
    let _ = Gazetteer::new(bytes.to_vec(), tables);
    for table in ["actors/organizations.tsv", "places/sites.tsv"] {
        let _ = check_overlay(&[(table.to_owned(), text.clone().into_owned())]);
    }
});
