//! Tables under `data/`: comment, header, sorted rows without doubles, and both sentences of every rule.

use super::{Fault, TextFile};

/// What begins the line that names the columns.
const HEADER: &str = "#! ";
/// Columns of the sentences that a rule must and must not match.
const SENTENCES: [&str; 2] = ["yes", "no"];

pub(super) fn faults(file: &TextFile) -> Vec<Fault> {
    if !file.path.starts_with("data/") || !file.has_extension("tsv") {
        return Vec::new();
    }
    let rows: Vec<(usize, &str)> = file.lines().filter(|(_, line)| is_row(line)).collect();
    let mut faults = Vec::new();
    if !file.lines().any(|(_, line)| line.starts_with("# ")) {
        faults.push(file.fault(1, "no comment says what the table holds"));
    }
    match header(file) {
        None => faults.push(file.fault(1, "no line names the columns (#! ...)")),
        Some((line, columns)) => {
            if let Some((early, _)) = rows.first().filter(|(row, _)| *row < line) {
                faults.push(file.fault(*early, "a row before the line that names the columns"));
            }
            faults.extend(rows.iter().flat_map(|(line, row)| row_faults(file, *line, row, &columns)));
        }
    }
    faults.extend(order_faults(file, &rows));
    faults
}

fn is_row(line: &str) -> bool {
    !(line.is_empty() || line == "#" || line.starts_with("# ") || line.starts_with(HEADER))
}

fn header(file: &TextFile) -> Option<(usize, Vec<&str>)> {
    file.lines().find_map(|(n, line)| Some((n, line.strip_prefix(HEADER)?.split('\t').collect())))
}

fn row_faults(file: &TextFile, line: usize, row: &str, columns: &[&str]) -> Vec<Fault> {
    let fields: Vec<&str> = row.split('\t').collect();
    if fields.len() != columns.len() {
        return vec![file.fault(line, format!("{} fields, expected {}", fields.len(), columns.len()))];
    }
    if !SENTENCES.iter().all(|sentence| columns.contains(sentence)) {
        return Vec::new();
    }
    let missing = |(column, field): &(&&str, &&str)| SENTENCES.contains(*column) && field.trim().is_empty();
    let pairs = columns.iter().zip(&fields);
    pairs.filter(missing).map(|(column, _)| file.fault(line, format!("no sentence in column {column:?}"))).collect()
}

fn order_faults<'f>(file: &'f TextFile, rows: &'f [(usize, &str)]) -> impl Iterator<Item = Fault> + use<'f> {
    rows.windows(2).filter_map(|pair| {
        let [(_, before), (line, row)] = pair else { return None };
        // Rust compares strings by their bytes, as sort does under LC_ALL=C.
        match before.cmp(row) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Equal => Some(file.fault(*line, "the row stands twice")),
            std::cmp::Ordering::Greater => Some(file.fault(*line, "not sorted by bytes (LC_ALL=C sort)")),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{file, shown};
    use super::*;

    fn check(text: &str) -> Vec<String> {
        shown(&faults(&file("data/t.tsv", text)))
    }

    #[test]
    fn a_good_table_passes() {
        assert!(check("# Cues.\n#\n\n#! lemma\tyes\tno\nadd\tHe added.\tIt adds up.\nsay\tHe said.\tHave your say.\n").is_empty());
    }

    #[test]
    fn only_tables_under_data_are_looked_at() {
        assert!(faults(&file("crates/geo/tests/cases.tsv", "b\na\n")).is_empty());
        assert!(faults(&file("data/README.md", "b\na\n")).is_empty());
    }

    #[test]
    fn comment_and_header_are_needed() {
        assert_eq!(
            check("a\nb\n"),
            ["data/t.tsv:1: no comment says what the table holds", "data/t.tsv:1: no line names the columns (#! ...)"]
        );
        assert_eq!(check("# Late.\na\n#! form\nb\n"), ["data/t.tsv:2: a row before the line that names the columns"]);
    }

    #[test]
    fn every_row_has_all_fields() {
        assert_eq!(
            check("# C.\n#! form\tkind\na\nb\tx\nc\tx\ty\n"),
            ["data/t.tsv:3: 1 fields, expected 2", "data/t.tsv:5: 3 fields, expected 2"]
        );
    }

    #[test]
    fn rows_are_sorted_by_bytes_and_single() {
        assert_eq!(
            check("# C.\n#! form\nb\na\na\n"),
            ["data/t.tsv:4: not sorted by bytes (LC_ALL=C sort)", "data/t.tsv:5: the row stands twice"]
        );
        assert!(check("# C.\n#! form\nB\na\n\u{e9}\n").is_empty(), "capitals first, letters beyond ASCII last");
    }

    #[test]
    fn a_rule_has_both_sentences() {
        assert_eq!(
            check("# C.\n#! lemma\tyes\tno\na\t\tNo.\nb\tYes.\t \n"),
            ["data/t.tsv:3: no sentence in column \"yes\"", "data/t.tsv:4: no sentence in column \"no\""]
        );
        assert!(check("# C.\n#! lemma\tno\na\t\n").is_empty(), "a table with one of the columns is no rule file");
    }
}
