//! Reads GeoNames' own files: places in 19 columns (`allCountries.txt`, `cities15000.txt`, one country's file) and the names of divisions.

use std::collections::HashMap;

use crate::compile::Entry;

/// Columns of a file of places.
const COLUMNS: usize = 19;
/// Shortest alternate name that is kept, in characters; shorter ones are codes.
const MIN_ALTERNATE: usize = 4;
/// Longest name that is kept, in bytes.
const MAX_NAME: usize = 200;

/// A fault in a line of a GeoNames file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// One line of a file of places.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'l> {
    /// GeoNames id.
    pub id: u32,
    /// Name, with its accents.
    pub name: &'l str,
    /// Other names, parted by commas, of any language and script.
    pub alternates: &'l str,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Feature class: `A` divisions, `P` towns, `H` waters, and others.
    pub class: &'l str,
    /// Feature code.
    pub code: &'l str,
    /// ISO 3166-1 alpha-2; `None` for seas.
    pub country: Option<[u8; 2]>,
    /// Code of the first-level division.
    pub admin1: &'l str,
    /// Code of the second-level division.
    pub admin2: &'l str,
    /// Inhabitants, 0 where not known.
    pub population: u32,
}

impl<'l> Row<'l> {
    /// Reads a line, which has the number `line` from 1.
    ///
    /// # Errors
    /// If a column is missing or cannot be what it should be.
    pub fn parse(text: &'l str, line: usize) -> Result<Self, Fault> {
        let fault = |reason: String| Fault { line, reason };
        let columns: Vec<&str> = text.split('\t').collect();
        if columns.len() != COLUMNS {
            return Err(fault(format!("{} columns, expected {COLUMNS}", columns.len())));
        }
        let degrees = |at: usize, name: &str, most: f64| {
            let value: f64 = columns[at].parse().map_err(|_| fault(format!("{name} {:?} is no number", columns[at])))?;
            if value.is_finite() && value.abs() <= most { Ok(value) } else { Err(fault(format!("{name} {value} is out of range"))) }
        };
        let country = match columns[8].as_bytes() {
            [] => None,
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some([*a, *b]),
            _ => return Err(fault(format!("{:?} is no country code", columns[8]))),
        };
        if columns[1].is_empty() || columns[1].len() > MAX_NAME {
            return Err(fault(if columns[1].is_empty() { "no name".into() } else { format!("name longer than {MAX_NAME} bytes") }));
        }
        let population = if columns[14].is_empty() { "0" } else { columns[14] };
        Ok(Self {
            id: columns[0].parse().map_err(|_| fault(format!("{:?} is no GeoNames id", columns[0])))?,
            name: columns[1],
            alternates: columns[3],
            latitude: degrees(4, "latitude", 90.0)?,
            longitude: degrees(5, "longitude", 180.0)?,
            class: columns[6],
            code: columns[7],
            country,
            admin1: columns[10],
            admin2: columns[11],
            population: population
                .parse::<u64>()
                .map(|p| u32::try_from(p).unwrap_or(u32::MAX))
                .map_err(|_| fault(format!("population {population:?} is no number")))?,
        })
    }

    /// The alternate names in Latin letters that are no codes.
    pub fn latin_alternates(&self) -> impl Iterator<Item = &'l str> {
        self.alternates.split(',').filter(|name| is_latin_name(name))
    }

    /// The place as an entry; its first-level division has this name.
    pub fn entry(&self, admin1: Option<String>) -> Option<Entry> {
        Some(Entry {
            name: self.name.to_owned(),
            aliases: Vec::new(),
            alternates: self.latin_alternates().map(str::to_owned).collect(),
            country: self.country?,
            admin1,
            feature: self.code.to_owned(),
            latitude: self.latitude,
            longitude: self.longitude,
            population: self.population,
            geonames_id: Some(self.id),
        })
    }
}

/// A capital and further letters of the Latin script; no code ("ALV") and no piece of another script.
fn is_latin_name(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let latin = |c: char| c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c) || ('\u{1e00}'..='\u{1eff}').contains(&c) || c == '’';
    name.len() <= MAX_NAME
        && letters().count() >= MIN_ALTERNATE
        && name.chars().all(latin)
        && name.chars().next().is_some_and(char::is_uppercase)
        && letters().any(char::is_lowercase)
}

/// Names and ids of divisions by their code (`FR.11`, `US.KY.125`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Divisions {
    by_code: HashMap<String, (String, u32)>,
}

impl Divisions {
    /// Reads `admin1CodesASCII.txt` or `admin2Codes.txt`: code, name, plain name, GeoNames id.
    ///
    /// # Errors
    /// All lines that have another form.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let mut divisions = Self::default();
        let mut faults = Vec::new();
        for (at, line) in text.lines().enumerate().filter(|(_, l)| !l.is_empty()) {
            match line.split('\t').collect::<Vec<_>>()[..] {
                [code, name, _, id] if id.parse::<u32>().is_ok() && !name.is_empty() => {
                    divisions.by_code.insert(code.to_owned(), (name.to_owned(), id.parse().unwrap_or_default()));
                }
                _ => faults.push(Fault { line: at + 1, reason: "not code, name, plain name and GeoNames id".to_owned() }),
            }
        }
        if faults.is_empty() { Ok(divisions) } else { Err(faults) }
    }

    /// Adds a division.
    pub fn add(&mut self, code: String, name: &str, id: u32) {
        self.by_code.insert(code, (name.to_owned(), id));
    }

    /// Name and GeoNames id of a code.
    pub fn get(&self, code: &str) -> Option<(&str, u32)> {
        self.by_code.get(code).map(|(name, id)| (name.as_str(), *id))
    }

    /// All divisions: code, name, id; in no certain order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, u32)> {
        self.by_code.iter().map(|(code, (name, id))| (code.as_str(), name.as_str(), *id))
    }
}

/// What a file of places holds, as far as it can be read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The places, with the names of their first-level divisions where the file tells them.
    pub entries: Vec<Entry>,
    /// Lines that could not be read.
    pub faults: Vec<Fault>,
    /// Places of the sea and of no country, which are left out.
    pub without_country: usize,
}

/// Reads a file of places in 19 columns. The names of divisions are those of its own rows of code `ADM1`; `divisions` gives those that
/// are missing.
pub fn read(text: &str, divisions: &Divisions) -> Reading {
    let mut reading = Reading::default();
    let mut own = Divisions::default();
    let rows: Vec<Row<'_>> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
        .filter_map(|(at, line)| Row::parse(line, at + 1).map_err(|fault| reading.faults.push(fault)).ok())
        .collect();
    let code = |row: &Row<'_>| Some(format!("{}.{}", std::str::from_utf8(&row.country?).ok()?, row.admin1));
    for row in rows.iter().filter(|r| r.code == ADMIN1) {
        if let Some(code) = code(row) {
            own.add(code, row.name, row.id);
        }
    }
    // Countries stand in the tables.
    for row in rows.iter().filter(|r| !r.code.starts_with(COUNTRIES)) {
        let name = code(row).and_then(|c| own.get(&c).or_else(|| divisions.get(&c)).map(|(name, _)| name.to_owned()));
        match row.entry(name) {
            Some(entry) => reading.entries.push(entry),
            None => reading.without_country += 1,
        }
    }
    reading
}

/// What the codes of countries begin with.
const COUNTRIES: &str = "PCL";
/// GeoNames' code of a first-level division.
const ADMIN1: &str = "ADM1";

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str =
        "1\tHärnville\tHarnville\tHRN,Harnvil,Гарнвиль,harnvil'\t12.5\t-3.25\tP\tPPL\tXX\t\t07\t\t\t\t1200\t\t5\tNowhere\t2020-01-01";

    #[test]
    fn a_line_is_read() {
        let row = Row::parse(LINE, 1).unwrap();
        assert_eq!((row.id, row.name, row.population, row.admin1), (1, "Härnville", 1200, "07"));
        assert_eq!(row.latin_alternates().collect::<Vec<_>>(), ["Harnvil"]);
    }

    #[test]
    fn a_file_names_its_own_divisions() {
        let division =
            LINE.replace("\tP\tPPL\t", "\tA\tADM1\t").replacen('1', "2", 1).replace("Härnville\tHarnville", "Upper Harn\tUpper Harn");
        let sea = LINE.replace("\tXX\t", "\t\t");
        let reading = read(&format!("{LINE}\n{division}\nnothing\n{sea}\n"), &Divisions::default());
        assert_eq!(reading.entries.iter().map(|e| e.admin1.as_deref()).collect::<Vec<_>>(), [Some("Upper Harn"); 2]);
        assert_eq!((reading.faults.len(), reading.faults[0].line, reading.without_country), (1, 3, 1));
    }

    #[test]
    fn faults_name_their_line_and_reason() {
        let with = |at: usize, value: &str| {
            let mut columns: Vec<&str> = LINE.split('\t').collect();
            columns[at] = value;
            Row::parse(&columns.join("\t"), 7).map(|_| ()).map_err(|f| f.to_string())
        };
        for (at, value) in [(0, "x"), (1, ""), (4, "91"), (4, "NaN"), (5, "-181"), (8, "xxx"), (14, "many")] {
            let fault = with(at, value).unwrap_err();
            assert!(fault.starts_with("line 7: "), "{fault}");
        }
        assert!(Row::parse("1\tA", 1).is_err());
        assert!(with(8, "").is_ok(), "a sea has no country");
    }
}
