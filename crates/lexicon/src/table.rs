use std::fmt;
use std::str::FromStr;

/// A data file: comment lines (`# `), one line that names the columns (`#! lemma<TAB>pos`), then one fact a line.
///
/// Every row has exactly as many fields as there are columns; an empty field means *not known* or *none*. Several values in one
/// field are separated by `|`.
#[derive(Debug, Clone)]
pub struct Table<'d> {
    file: &'d str,
    columns: Vec<&'d str>,
    rows: Vec<Row<'d>>,
}

/// One line of a [`Table`].
#[derive(Debug, Clone)]
pub struct Row<'d> {
    line: usize,
    fields: Vec<&'d str>,
}

/// Something wrong with a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, relative to `data/`.
    pub file: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column's name, where it is one column's fault.
    pub column: Option<String>,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.file, self.line)?;
        if let Some(column) = &self.column {
            write!(f, "{column}: ")?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Fault {}

impl<'d> Table<'d> {
    /// Reads a table whose columns must be `columns`, in this order. `file` is its name for fault messages.
    ///
    /// # Errors
    /// All faults of the file's form.
    pub fn parse(file: &'d str, text: &'d str, columns: &[&str]) -> Result<Self, Vec<Fault>> {
        let mut table = Self { file, columns: Vec::new(), rows: Vec::new() };
        let mut faults = Vec::new();
        for (n, line) in text.lines().enumerate().map(|(n, l)| (n + 1, l)) {
            if let Some(header) = line.strip_prefix("#! ") {
                table.columns = header.split('\t').collect();
                if table.columns != columns {
                    faults.push(table.fault(n, None, format!("columns are {}, expected {}", table.columns.join(" "), columns.join(" "))));
                    return Err(faults);
                }
            } else if line.is_empty() || line == "#" || line.starts_with("# ") {
                // a comment
            } else if table.columns.is_empty() {
                faults.push(table.fault(n, None, "a row before the line that names the columns (#! ...)".into()));
                return Err(faults);
            } else {
                let fields: Vec<&str> = line.split('\t').collect();
                if fields.len() == table.columns.len() {
                    table.rows.push(Row { line: n, fields });
                } else {
                    faults.push(table.fault(n, None, format!("{} fields, expected {}", fields.len(), table.columns.len())));
                }
            }
        }
        if table.columns.is_empty() {
            faults.push(table.fault(0, None, "no line names the columns (#! ...)".into()));
        }
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }

    /// Reads each row into a value; `read` gives the column's name and the reason where a field is bad.
    ///
    /// # Errors
    /// The faults of all rows.
    pub fn read<T>(&self, mut read: impl FnMut(&Row<'d>) -> Result<T, (&'static str, String)>) -> Result<Vec<T>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut values = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            match read(row) {
                Ok(value) => values.push(value),
                Err((column, reason)) => faults.push(self.fault(row.line, Some(column), reason)),
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(faults) }
    }

    /// The rows as they stand.
    pub fn rows(&self) -> &[Row<'d>] {
        &self.rows
    }

    /// Faults of the house's order: rows are sorted bytewise and none stands twice.
    pub fn order_faults(&self) -> Vec<Fault> {
        self.rows
            .windows(2)
            .filter(|pair| pair[0].fields.join("\t") >= pair[1].fields.join("\t"))
            .map(|pair| self.fault(pair[1].line, None, "not sorted, or there twice".into()))
            .collect()
    }

    fn fault(&self, line: usize, column: Option<&str>, reason: String) -> Fault {
        Fault { file: self.file.to_owned(), line, column: column.map(str::to_owned), reason }
    }
}

impl<'d> Row<'d> {
    /// Line in the file, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The field of column `index`, as written.
    pub fn text(&self, index: usize) -> &'d str {
        self.fields[index]
    }

    /// The field, `None` if it is empty.
    pub fn optional(&self, index: usize) -> Option<&'d str> {
        Some(self.fields[index]).filter(|f| !f.is_empty())
    }

    /// The values of a field, separated by `|`; none if it is empty.
    pub fn list(&self, index: usize) -> impl Iterator<Item = &'d str> + use<'d> {
        self.fields[index].split('|').filter(|v| !v.is_empty())
    }

    /// The field read as a code.
    ///
    /// # Errors
    /// The column's name and why it is no such code.
    pub fn code<T: FromStr<Err: fmt::Display>>(&self, index: usize, column: &'static str) -> Result<T, (&'static str, String)> {
        self.fields[index].parse().map_err(|e: T::Err| (column, e.to_string()))
    }

    /// The field read as a code, `None` if it is empty.
    ///
    /// # Errors
    /// As [`Row::code`].
    pub fn optional_code<T: FromStr<Err: fmt::Display>>(
        &self,
        index: usize,
        column: &'static str,
    ) -> Result<Option<T>, (&'static str, String)> {
        self.optional(index).map(|_| self.code(index, column)).transpose()
    }

    /// The values of a field read as codes.
    ///
    /// # Errors
    /// As [`Row::code`].
    pub fn codes<T: FromStr<Err: fmt::Display>>(&self, index: usize, column: &'static str) -> Result<Vec<T>, (&'static str, String)> {
        self.list(index).map(|v| v.parse().map_err(|e: T::Err| (column, e.to_string()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use dragoman_codebook::Stance;

    use super::*;

    const GOOD: &str = "# Cues.\n#! lemma\tstance\nadd\tadds\nsay\tsays\n";

    #[test]
    fn reads_rows() {
        let table = Table::parse("cues.tsv", GOOD, &["lemma", "stance"]).unwrap();
        let rows = table.read(|r| Ok((r.text(0), r.code::<Stance>(1, "stance")?))).unwrap();
        assert_eq!(rows, [("add", Stance::Adds), ("say", Stance::Says)]);
        assert!(table.order_faults().is_empty());
    }

    #[test]
    fn names_every_fault_in_one_run() {
        let text = "#! lemma\tstance\nsay\tsays\nadd\nadd\tadds\tmore\n";
        let faults = Table::parse("cues.tsv", text, &["lemma", "stance"]).unwrap_err();
        let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["cues.tsv:3: 1 fields, expected 2", "cues.tsv:4: 3 fields, expected 2"]);

        let table = Table::parse("cues.tsv", "#! lemma\tstance\nsay\tsays\nadd\tblurts\n", &["lemma", "stance"]).unwrap();
        let faults = table.read(|r| r.code::<Stance>(1, "stance")).unwrap_err();
        assert_eq!(faults[0].to_string(), "cues.tsv:3: stance: \"blurts\" is no stance");
        assert_eq!(table.order_faults()[0].line, 3);
    }

    #[test]
    fn a_table_without_a_header_is_refused() {
        assert!(Table::parse("x.tsv", "say\tsays\n", &["lemma"]).is_err());
        assert!(Table::parse("x.tsv", "", &["lemma"]).is_err());
    }
}
