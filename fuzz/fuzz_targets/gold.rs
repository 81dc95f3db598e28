//! Any text as a gold file and as records: measuring ends, and no figure is out of its range.

#![no_main]

use dragoman_eval::{Gold, Records, Task};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (gold, records) = text.split_once('\u{1}').unwrap_or((&text, ""));
    let records = Records::read(records.lines());
    for task in Task::ALL {
        let Ok(gold) = Gold::parse(task, gold) else { continue };
        assert_eq!(gold.inputs().len(), gold.len());
        for figure in gold.score(&records).0 {
            let value = figure.value();
            assert!(value.is_finite() && value >= 0.0, "{} is {value}", figure.name);
        }
    }
});
