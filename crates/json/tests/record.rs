//! The record of readings made by hand: schema, spans, ids, and the promises of the design.

use dragoman_codebook::{Assertion, Context, Counted, EventType, Mode, Phase, ProcessStatus, Sector, Stance};
use dragoman_doc::{ClaimSlot, Document, Upos};
use dragoman_engine::Reading;
use dragoman_json::{Ids, Layers, line, pretty, record};
use dragoman_testkit::{SCHEMA, check_record, sample};
use serde_json::{Value, json};

const ALL: Layers = Layers { tokens: true, predicates: true };

fn written(reading: &Reading, layers: Layers) -> Value {
    serde_json::from_str(&line(&record(reading, layers))).expect("a record is JSON")
}

#[test]
fn a_rich_reading_keeps_the_schema() {
    let record = written(&sample::rich(), ALL);
    assert_eq!(check_record(&record), [""; 0], "{record:#}");
}

#[test]
fn an_empty_reading_keeps_the_schema() {
    let record = written(&Reading::empty(Document::plain("")), Layers::default());
    assert_eq!(check_record(&record), [""; 0]);
    assert_eq!(record["report"]["published"], json!({"date": null, "basis": "unknown", "earliest": null, "latest": null}));
}

#[test]
fn layers_are_written_on_demand() {
    let reading = sample::rich();
    let plain = written(&reading, Layers::default());
    assert!(plain.get("tokens").is_none() && plain.get("predicates").is_none());
    let all = written(&reading, ALL);
    let soldiers = all["tokens"].as_array().unwrap().iter().find(|t| t["lemma"] == "soldiers").unwrap();
    assert_eq!(soldiers["feats"], "Number=Plur|Person=3");
    assert_eq!(soldiers["head"], Value::Null);
    assert_eq!(all["predicates"][0]["lemma"], "kill");
}

#[test]
fn fields_stand_in_the_order_of_the_design() {
    let record = written(&sample::rich(), Layers::default());
    let names = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(
        names(&record),
        "schema offset_unit engine report sentences entities times places quantities statements events processes incidents presence"
    );
    assert_eq!(
        names(&record["events"][0]),
        "id report type modes contexts cameo quad anchor actors recipients time place phase assertion background according_to denied_by \
         quantities evidence why confidence"
    );
    assert_eq!(
        names(&record["places"][0]),
        "id span text name country admin1 latitude longitude geonames_id feature precision alternatives confidence use relative"
    );
}

#[test]
fn spans_count_code_points() {
    let record = written(&sample::rich(), Layers::default());
    let text: Vec<char> = record["report"]["text"].as_str().unwrap().chars().collect();
    let anchor = &record["events"][1]["anchor"];
    let edge = |i: usize| usize::try_from(anchor["span"][i].as_u64().unwrap()).unwrap();
    assert_eq!(text[edge(0)..edge(1)].iter().collect::<String>(), "struck");
    assert_ne!(edge(0), sample::TEXT.find("struck").unwrap(), "the sample has wide characters before it");
}

#[test]
fn dates_and_numbers_keep_their_grain() {
    let record = written(&sample::rich(), Layers::default());
    assert_eq!(record["times"][0]["begin"], "2024-08-10T21:30:00");
    assert_eq!(record["times"][0]["anchor"], "publication");
    assert_eq!(record["times"][1]["anchor"], record["times"][0]["id"]);
    assert_eq!(record["processes"][0]["states"][0]["date"], "2024-03");
    assert_eq!(record["processes"][0]["current"], "postponed");
    assert_eq!(record["presence"][0]["since"], "2014");
    assert_eq!(record["presence"][0]["value"].to_string(), "2500");
    assert_eq!(record["presence"][0]["high"].to_string(), "2750.5");
}

#[test]
fn words_that_are_split_carry_all_their_spans() {
    let record = written(&sample::rich(), Layers::default());
    let cue = &record["statements"][2]["cue"];
    assert_eq!(cue["spans"].as_array().unwrap().len(), 2);
    assert_eq!(cue["text"], "told reporters");
    assert!(record["statements"][0]["cue"].get("spans").is_none());
}

#[test]
fn rival_values_name_their_sources() {
    let record = written(&sample::rich(), Layers::default());
    let killed = record["incidents"][0]["disputed"]["killed"].as_array().unwrap();
    let told: Vec<_> = killed.iter().map(|r| (r["value"].as_f64().unwrap(), r["according_to"]["name"].as_str().unwrap())).collect();
    assert_eq!(told, [(12.0, "Lebanese Health Ministry"), (0.0, "Israeli army")]);
    assert_eq!(record["incidents"][0]["agreed"]["type"]["value"], "air strike");
}

#[test]
fn ids_are_unique_and_stay_the_same() {
    let reading = sample::rich();
    let ids = Ids::new(&reading);
    let events: Vec<&String> = ids.events.iter().collect();
    assert_ne!(events[2], events[3], "two events over the same words");
    assert_eq!(format!("{ids:?}"), format!("{:?}", Ids::new(&reading)));
    let mut elsewhere = sample::rich();
    elsewhere.document.source = "other/place.txt".into();
    assert_eq!(Ids::new(&elsewhere).report, ids.report);
    let mut other = sample::rich();
    other.document.text = format!("{} ", sample::TEXT).into();
    assert_ne!(Ids::new(&other).events.as_slice()[0], ids.events.as_slice()[0], "another report, other rows");
}

#[test]
fn pretty_and_line_say_the_same() {
    let reading = sample::rich();
    let record = record(&reading, ALL);
    assert!(!line(&record).contains('\n'));
    assert_eq!(serde_json::from_str::<Value>(&pretty(&record)).unwrap(), serde_json::from_str::<Value>(&line(&record)).unwrap());
}

#[test]
fn the_schema_lists_the_words_of_the_codebook() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let listed = |name: &str| -> Vec<String> {
        let words = schema["$defs"][name]["enum"].as_array().unwrap_or_else(|| panic!("{name} has no enum"));
        words.iter().filter_map(|w| w.as_str().map(str::to_owned)).collect()
    };
    macro_rules! same {
        ($($name:literal $type:ident),*) => {$(
            assert_eq!(listed($name), $type::ALL.iter().map(|w| w.word().to_owned()).collect::<Vec<_>>(), $name);
        )*};
    }
    same!("event_type" EventType, "mode" Mode, "context" Context, "sector" Sector, "phase" Phase, "assertion" Assertion);
    same!("process_status" ProcessStatus, "stance" Stance, "counted" Counted);
    let tags = schema["$defs"]["token"]["properties"]["upos"]["enum"].as_array().unwrap();
    assert_eq!(tags.iter().filter_map(Value::as_str).collect::<Vec<_>>(), Upos::ALL.iter().map(|u| u.word()).collect::<Vec<_>>());
    assert!(listed("slot").contains(&ClaimSlot::Damage.word().to_owned()));
}
