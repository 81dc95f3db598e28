use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::each_object;

/// Fields that hold ids of other rows: one, or a list.
const REFERENCES: [&str; 18] = [
    "entity",
    "of",
    "speaks_for",
    "anchor",
    "superseded_by",
    "addressee",
    "time",
    "place",
    "within",
    "according_to",
    "denied_by",
    "quantities",
    "basis",
    "parties",
    "events",
    "statements",
    "actor",
    "report",
];

/// Ids that two rows share, and references to rows that the record does not have.
pub fn check_ids(record: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut known = BTreeSet::new();
    each_object(record, "", &mut |path, row| {
        if let Some(id) = row.get("id").and_then(Value::as_str)
            && !known.insert(id)
        {
            faults.push(format!("{path}: a second row with id {id}"));
        }
    });
    each_object(record, "", &mut |path, row| {
        let missing = references(row).filter(|id| !known.contains(id));
        faults.extend(missing.map(|id| format!("{path}: no row has id {id}")));
    });
    faults
}

fn references(row: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let values = REFERENCES.iter().filter_map(|name| row.get(*name));
    let flat = values.flat_map(|v| v.as_array().map_or_else(|| std::slice::from_ref(v), Vec::as_slice));
    flat.filter_map(Value::as_str).filter(|word| looks_like_id(word))
}

/// A letter and 12 or 16 hexadecimal digits; the fields above hold words too ("publication", "killed").
fn looks_like_id(word: &str) -> bool {
    let digits = word.get(1..).unwrap_or_default();
    matches!(digits.len(), 12 | 16) && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dangling_and_doubled_ids_are_found() {
        let record = json!({
            "entities": [{"id": "e0123456789ab"}, {"id": "e0123456789ab"}],
            "times": [{"id": "t0123456789ab", "anchor": "publication"}],
            "events": [{"id": "v0123456789ab", "actors": [{"entity": "effffffffffff"}], "according_to": ["s0123456789ab"]}],
        });
        let faults = check_ids(&record);
        assert_eq!(faults.len(), 3, "{faults:#?}");
        assert!(faults[0].contains("second row"));
    }
}
