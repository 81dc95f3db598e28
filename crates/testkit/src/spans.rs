use serde_json::{Map, Value};

use crate::each_object;

/// Fields that hold one span.
const ONE: &str = "span";
/// Fields that hold several.
const MANY: [&str; 2] = ["spans", "evidence"];

/// Spans of a record that do not lie in its text, and texts that are not the words under the span beside them.
///
/// A text beside several spans is the words under the one `span` that covers them.
pub fn check_spans(record: &Value) -> Vec<String> {
    let Some(text) = record.pointer("/report/text").and_then(Value::as_str) else {
        return vec!["/report/text: missing".to_owned()];
    };
    let text: Vec<char> = text.chars().collect();
    let mut faults = Vec::new();
    each_object(record, "", &mut |path, row| {
        faults.extend(row_faults(row, &text).into_iter().map(|fault| format!("{path}: {fault}")));
    });
    faults
}

fn row_faults(row: &Map<String, Value>, text: &[char]) -> Vec<String> {
    let many = MANY.iter().filter_map(|name| row.get(*name)?.as_array()).flatten();
    let one = row.get(ONE).filter(|s| !s.is_null());
    let mut faults: Vec<String> =
        one.into_iter().chain(many).filter(|s| under(s, text).is_none()).map(|s| format!("span {s} lies outside the text")).collect();
    if let (Some(words), Some(span)) = (row.get("text").and_then(Value::as_str), one)
        && let Some(found) = under(span, text)
        && found != words
    {
        faults.push(format!("text {words:?}, but under {span} stands {found:?}"));
    }
    faults
}

/// The words under a span.
fn under(span: &Value, text: &[char]) -> Option<String> {
    let edge = |at: usize| span.get(at)?.as_u64().and_then(|n| usize::try_from(n).ok());
    let (start, end) = (edge(0)?, edge(1)?);
    text.get(start..end).map(|chars| chars.iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn bad_spans_are_found_by_code_point() {
        let record = json!({
            "report": {"text": "Été à Kyïv"},
            "events": [
                {"anchor": {"span": [6, 10], "text": "Kyïv"}, "evidence": [[0, 3], [4, 99]]},
                {"anchor": {"span": [0, 5], "text": "Été"}},
                {"anchor": {"span": [3, 2], "text": ""}},
            ],
        });
        let faults = check_spans(&record);
        assert_eq!(faults.len(), 3, "{faults:#?}");
        assert!(faults[0].starts_with("/events/0: span [4,99]"));
        assert!(faults[1].contains("stands \"Été à\""));
        assert!(faults[2].contains("[3,2]"));
    }

    #[test]
    fn a_record_without_text_is_at_fault() {
        assert_eq!(check_spans(&json!({})), ["/report/text: missing"]);
    }
}
