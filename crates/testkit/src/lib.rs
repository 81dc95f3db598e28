//! Checks that tests share. Nothing here is shipped.
//!
//! Each check gives a list of faults, empty where all is well, so that one run shows them all:
//! `assert_eq!(check_record(&json), [""; 0])`.

#![warn(missing_docs)]

mod ids;
pub mod sample;
mod schema;
mod spans;

use serde_json::Value;

pub use ids::check_ids;
pub use schema::{SCHEMA, check_schema};
pub use spans::check_spans;

/// All checks of a written record: schema, spans, ids.
pub fn check_record(record: &Value) -> Vec<String> {
    [check_schema(record), check_spans(record), check_ids(record)].concat()
}

/// Calls `see` with each value of the tree that is an object, and its path (`/events/0/anchor`).
fn each_object<'v>(value: &'v Value, path: &str, see: &mut impl FnMut(&str, &'v serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            see(path, map);
            for (name, inner) in map {
                each_object(inner, &format!("{path}/{name}"), see);
            }
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                each_object(inner, &format!("{path}/{at}"), see);
            }
        }
        _ => {}
    }
}
