//! Any text as a report with times, and any text as a table of rules: both end, and what is found lies in the text.

#![no_main]

use std::sync::LazyLock;

use dragoman_lexicon::{TIME_FILES, TimeWords};
use dragoman_time::Patterns;
use libfuzzer_sys::fuzz_target;

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::shipped().expect("the shipped files are sound"));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let published = "2024-08-15".parse().ok();
    let mut end = 0;
    for time in PATTERNS.read(&text, published) {
        assert!(text.get(time.span.start()..time.span.end()).is_some() && end <= time.span.start());
        end = time.span.end();
        if let Some((begin, stop)) = time.interval.and_then(|i| i.begin.zip(i.end)) {
            assert!(begin < stop, "{}", time.value);
        }
    }
    let head = "#! rule\tgroups\tpattern\tmeans\tneeds\tyes\tno\n";
    let table = format!("{head}{text}\n");
    let files: Vec<(&str, &str)> = std::iter::once(("rules.tsv", table.as_str())).chain(TIME_FILES).collect();
    if let Ok(patterns) = TimeWords::parse(&files).and_then(Patterns::new) {
        patterns.read("They met on Tuesday, 3 June, two weeks after the talks of May 2024.", published);
    }
});
