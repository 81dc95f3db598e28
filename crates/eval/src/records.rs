//! The records that a program printed, read with tolerance: what is absent or of an unexpected shape is a miss, never an error.

use std::collections::HashMap;

use serde_json::Value;

use crate::text::Span;

/// Records by the id that was given to their report; of several with one id the first counts.
#[derive(Debug, Default)]
pub struct Records(HashMap<String, Value>);

impl Records {
    /// From printed lines; what is no JSON object is passed over, since a program may have been cut off.
    pub fn read<'l>(lines: impl IntoIterator<Item = &'l str>) -> Self {
        let mut found = HashMap::new();
        for line in lines {
            let Ok(record @ Value::Object(_)) = serde_json::from_str::<Value>(line) else { continue };
            let report = &record["report"];
            let id = ["source_id", "source", "id"].iter().find_map(|k| report[*k].as_str().filter(|s| !s.is_empty()));
            let id = id.map_or_else(|| format!("#{}", found.len()), str::to_owned);
            found.entry(id).or_insert(record);
        }
        Self(found)
    }

    /// The record of a document: by its id, else by the name of a file without its ending.
    pub(crate) fn of(&self, id: &str) -> &Value {
        let by_file = || {
            let mut names: Vec<&String> = self.0.keys().filter(|n| stem(n) == id).collect();
            names.sort();
            names.first().map(|n| &self.0[*n])
        };
        self.0.get(id).or_else(by_file).unwrap_or(&Value::Null)
    }

    /// The record of a document with this text. Spans in a record of another text cannot be compared: it counts as missing.
    pub(crate) fn with_text(&self, id: &str, text: &str) -> &Value {
        let record = self.of(id);
        match record["report"]["text"].as_str() {
            Some(other) if other != text => &Value::Null,
            _ => record,
        }
    }
}

fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem })
}

/// The objects of a list; anything else is an empty list.
pub(crate) fn items<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten().filter(|v| v.is_object())
}

/// A span from `{"span": [b, e]}` or `[b, e]`.
pub(crate) fn span(value: &Value) -> Option<Span> {
    let value = if value.is_object() { &value["span"] } else { value };
    let [begin, end] = value.as_array()?.as_slice() else { return None };
    let (begin, end) = (usize::try_from(begin.as_u64()?).ok()?, usize::try_from(end.as_u64()?).ok()?);
    (begin < end).then_some((begin, end))
}

/// The JSON objects of a gold file with a line each; other lines are passed over.
pub(crate) fn rows(text: &str) -> Vec<Value> {
    text.split('\n').filter_map(|l| serde_json::from_str::<Value>(l.trim()).ok()).filter(Value::is_object).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_by_id_or_file() {
        let lines = [
            r#"{"report":{"source_id":"a","n":1}}"#,
            r#"{"report":{"source_id":"a","n":2}}"#,
            r#"{"report":{"source":"x/b.txt","n":3}}"#,
            "[]",
            r#"{"rep"#,
        ];
        let records = Records::read(lines);
        assert_eq!(records.of("a")["report"]["n"], 1);
        assert_eq!(records.of("b")["report"]["n"], 3);
        assert_eq!(records.of("c"), &Value::Null);
    }

    #[test]
    fn a_record_of_another_text_is_a_miss() {
        let records = Records::read([r#"{"report":{"source_id":"a","text":"One."}}"#]);
        assert!(records.with_text("a", "One.").is_object());
        assert!(records.with_text("a", "Two.").is_null());
    }

    #[test]
    fn only_proper_spans_are_spans() {
        let of = |text: &str| span(&serde_json::from_str(text).unwrap());
        assert_eq!(of(r#"{"span":[1,3]}"#), Some((1, 3)));
        assert_eq!(of("[0,2]"), Some((0, 2)));
        for bad in ["null", "[2,2]", "[-1,2]", "[1,2,3]", "[1.0,2]", r#"{"span":"1-2"}"#, "[true,2]"] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }
}
