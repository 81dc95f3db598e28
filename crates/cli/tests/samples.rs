//! The sample reports as an analyst sees them. A change here is a change of the reading: each line is better or worse than before.

use assert_cmd::Command;

/// The page of one sample, without colour, 100 columns wide.
fn page(name: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let output = Command::cargo_bin("dragoman")
        .expect("the binary is built")
        .current_dir(root)
        .args(["read", "--width", "100", "--color", "never", "--jobs", "1"])
        .arg(format!("examples/reports/{name}"))
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the view is text")
}

macro_rules! samples {
    ($($test:ident: $file:literal),* $(,)?) => {$(
        #[test]
        fn $test() {
            insta::assert_snapshot!(page($file));
        }
    )*};
}

samples! {
    adre_aid_convoy: "adre-aid-convoy.txt",
    arauca_river_incident: "arauca-river-incident.html",
    belarus_sanctions: "belarus-sanctions.txt",
    bulk: "bulk.jsonl",
    corfu_summit_postponed: "corfu-summit-postponed.txt",
    iraq_base_handover: "iraq-base-handover.txt",
    kurram_ceasefire_talks: "kurram-ceasefire-talks.txt",
    ministry_statement_nouakchott: "ministry-statement-nouakchott.txt",
    mombasa_dock_strike: "mombasa-dock-strike.txt",
    naval_exercise_cp1252: "naval-exercise-cp1252.html",
    ras_jedir_crossing_translated: "ras-jedir-crossing-translated.txt",
    sagaing_clinic_strike: "sagaing-clinic-strike.txt",
    state_department_briefing: "state-department-briefing.txt",
}
