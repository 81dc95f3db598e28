//! A user's tables laid over the shipped ones.

use dragoman_geo::Gazetteer;
use dragoman_lexicon::{ACTOR_FILES, ActorFiles, Actors, Fault, PLACE_FILES, PlaceFiles, Places, TIME_FILES, Table, TimeWords};
use dragoman_time::Patterns;

/// The folders below which tables can be laid over.
const TIMES: &str = "en/times/";
/// Longest name that a table may hold, in bytes.
const MAX_NAME: usize = 200;
/// What begins the line that names the columns.
const COLUMNS: &str = "#! ";

/// What a user's tables change.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    pub(crate) times: Option<Patterns>,
    pub(crate) actors: Option<Actors>,
    pub(crate) places: Option<Places>,
    /// Rows in all of the user's tables.
    pub(crate) rows: usize,
}

/// A table that can be laid over: its path below `data`, the shipped text, and whether of two rows for the same words the later counts.
struct Slot {
    path: &'static str,
    shipped: &'static str,
    last_counts: bool,
}

const fn slot(path: &'static str, shipped: &'static str, last_counts: bool) -> Slot {
    Slot { path, shipped, last_counts }
}

const ACTOR_SLOTS: [Slot; 14] = [
    slot("actors/countries.tsv", ACTOR_FILES.countries, false),
    slot("actors/institutions.tsv", ACTOR_FILES.institutions, false),
    slot("actors/leaders.tsv", ACTOR_FILES.leaders, false),
    slot("actors/modifiers.tsv", ACTOR_FILES.modifiers, true),
    slot("actors/names.tsv", ACTOR_FILES.names, true),
    slot("actors/officeholders.tsv", ACTOR_FILES.officeholders, false),
    slot("actors/organizations.tsv", ACTOR_FILES.organizations, false),
    slot("actors/nouns.tsv", ACTOR_FILES.actor_nouns, true),
    slot("actors/roles.tsv", ACTOR_FILES.roles, false),
    slot("actors/spellings.tsv", ACTOR_FILES.spellings, true),
    slot("actors/composition.tsv", ACTOR_FILES.composition, false),
    slot("actors/cameo.tsv", ACTOR_FILES.cameo, true),
    slot("actors/pairs.tsv", ACTOR_FILES.pairs, true),
    slot("actors/name_words.tsv", ACTOR_FILES.name_words, true),
];

const PLACE_SLOTS: [Slot; 6] = [
    slot("en/locatives.tsv", PLACE_FILES.locatives, false),
    slot("en/relative.tsv", PLACE_FILES.relative, true),
    slot("places/aliases.tsv", PLACE_FILES.aliases, false),
    slot("places/heads.tsv", PLACE_FILES.heads, false),
    slot("places/not_places.tsv", PLACE_FILES.not_places, true),
    slot("places/sites.tsv", PLACE_FILES.sites, false),
];

impl Overlay {
    /// Reads all files; nothing is taken over where one of them has a fault.
    pub(crate) fn read(files: &[(String, String)]) -> Result<Self, Vec<Fault>> {
        let mut overlay = Self::default();
        let mut faults = Vec::new();
        for (path, text) in files {
            let known = path.starts_with(TIMES) || ACTOR_SLOTS.iter().chain(&PLACE_SLOTS).any(|s| s.path == path);
            if known {
                faults.extend(suspicious(path, text));
            } else {
                let reason = "no table of this name can be laid over; those of actors, places and en/times can".to_owned();
                faults.push(Fault { file: path.clone(), line: 0, column: None, reason });
            }
            overlay.rows += text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).count();
        }
        overlay.times = collect(times(files), &mut faults);
        overlay.actors = collect(actors(files), &mut faults);
        overlay.places = collect(places(files), &mut faults);
        if faults.is_empty() { Ok(overlay) } else { Err(faults) }
    }
}

fn collect<T>(read: Result<Option<T>, Vec<Fault>>, faults: &mut Vec<Fault>) -> Option<T> {
    read.unwrap_or_else(|more| {
        faults.extend(more);
        None
    })
}

fn times(files: &[(String, String)]) -> Result<Option<Patterns>, Vec<Fault>> {
    let own: Vec<(&str, &str)> = files.iter().filter_map(|(path, text)| Some((path.strip_prefix(TIMES)?, text.as_str()))).collect();
    if own.is_empty() {
        return Ok(None);
    }
    let all: Vec<(&str, &str)> = own.into_iter().chain(TIME_FILES).collect();
    TimeWords::parse(&all).and_then(Patterns::new).map(Some)
}

/// The user's text of a table, if there is one.
fn own<'f>(files: &'f [(String, String)], path: &str) -> Option<&'f str> {
    files.iter().find(|(p, _)| p == path).map(|(_, text)| text.as_str())
}

/// Tables with the user's rows, by path.
type Laid = Vec<(&'static str, String)>;

/// The user's rows beside the shipped ones.
fn laid_over(slot: &Slot, own: &str) -> String {
    let rows = |text: &str| -> Vec<String> { text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).map(str::to_owned).collect() };
    let header = slot.shipped.lines().find(|l| l.starts_with(COLUMNS)).unwrap_or_default();
    let (first, second) = if slot.last_counts { (rows(slot.shipped), rows(own)) } else { (rows(own), rows(slot.shipped)) };
    [vec![header.to_owned()], first, second].concat().join("\n")
}

/// The texts of tables with the user's laid over each: first alone, so that faults name the user's lines, then together.
fn texts<'s>(
    slots: &'s [Slot],
    files: &'s [(String, String)],
    parse: impl Fn(&dyn Fn(&str) -> String) -> Result<(), Vec<Fault>>,
) -> Result<Option<Laid>, Vec<Fault>> {
    let changed: Vec<(&Slot, &str)> = slots.iter().filter_map(|s| Some((s, own(files, s.path)?))).collect();
    if changed.is_empty() {
        return Ok(None);
    }
    let shipped = |path: &str| slots.iter().find(|s| s.path == path).map_or_else(String::new, |s| s.shipped.to_owned());
    let mut faults = Vec::new();
    for (slot, text) in &changed {
        let alone = |path: &str| if path == slot.path { (*text).to_owned() } else { shipped(path) };
        faults.extend(parse(&alone).err().into_iter().flatten());
    }
    if faults.is_empty() { Ok(Some(changed.iter().map(|(slot, text)| (slot.path, laid_over(slot, text))).collect())) } else { Err(faults) }
}

fn actors(files: &[(String, String)]) -> Result<Option<Actors>, Vec<Fault>> {
    let parse = |of: &dyn Fn(&str) -> String| {
        let text: Vec<String> = ACTOR_SLOTS.iter().map(|s| of(s.path)).collect();
        Actors::parse(actor_files(&text))
    };
    let Some(laid) = texts(&ACTOR_SLOTS, files, |of| parse(of).map(drop))? else { return Ok(None) };
    let of = |path: &str| of_laid(&laid, &ACTOR_SLOTS, path);
    parse(&of).map(Some)
}

fn of_laid(laid: &[(&'static str, String)], slots: &[Slot], path: &str) -> String {
    let over = laid.iter().find(|(p, _)| *p == path).map(|(_, text)| text.clone());
    over.unwrap_or_else(|| slots.iter().find(|s| s.path == path).map_or_else(String::new, |s| s.shipped.to_owned()))
}

/// The files in the order of [`ACTOR_SLOTS`].
fn actor_files(text: &[String]) -> ActorFiles<'_> {
    ActorFiles {
        countries: &text[0],
        institutions: &text[1],
        leaders: &text[2],
        modifiers: &text[3],
        names: &text[4],
        officeholders: &text[5],
        organizations: &text[6],
        actor_nouns: &text[7],
        roles: &text[8],
        spellings: &text[9],
        composition: &text[10],
        cameo: &text[11],
        pairs: &text[12],
        name_words: &text[13],
    }
}

fn places(files: &[(String, String)]) -> Result<Option<Places>, Vec<Fault>> {
    // The tables of bodies and countries tell places from actors as well.
    let bodies = own(files, "actors/organizations.tsv").map(|text| laid_over(&ACTOR_SLOTS[6], text));
    let parse = |of: &dyn Fn(&str) -> String| {
        let text: Vec<String> = PLACE_SLOTS.iter().map(|s| of(s.path)).collect();
        Places::parse(PlaceFiles {
            locatives: &text[0],
            relative: &text[1],
            aliases: &text[2],
            heads: &text[3],
            not_places: &text[4],
            sites: &text[5],
            organizations: bodies.as_deref().unwrap_or(PLACE_FILES.organizations),
            ..PLACE_FILES
        })
    };
    let Some(laid) = texts(&PLACE_SLOTS, files, |of| parse(of).map(drop))? else { return Ok(None) };
    parse(&|path: &str| of_laid(&laid, &PLACE_SLOTS, path)).map(Some)
}

/// Names that are empty, too long, or written in letters of two scripts that look alike.
fn suspicious(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let header: Vec<&str> = text.lines().find_map(|l| l.strip_prefix(COLUMNS)).unwrap_or_default().split('\t').collect();
    let Ok(table) = Table::parse(path, text, &header) else { return faults };
    for row in table.rows() {
        let mut fault = |column: &str, reason: String| {
            faults.push(Fault { file: path.to_owned(), line: row.line(), column: Some(column.to_owned()), reason });
        };
        if row.text(0).trim().is_empty() {
            fault(header[0], "is empty".to_owned());
        }
        for (at, column) in header.iter().enumerate().filter(|(at, c)| *at == 0 || **c == "aliases") {
            for name in row.list(at) {
                if name.len() > MAX_NAME {
                    fault(column, format!("longer than {MAX_NAME} bytes"));
                }
                if let Some(word) = name.split_whitespace().find(|w| mixes_scripts(w)) {
                    fault(column, format!("{word:?} mixes Latin letters with letters of another script that look like them"));
                }
            }
        }
    }
    faults
}

fn mixes_scripts(word: &str) -> bool {
    let latin = word.chars().any(|c| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c));
    let other = word.chars().any(|c| ('\u{370}'..='\u{52f}').contains(&c));
    latin && other
}

/// Rows of the tables, if none of them has a fault.
///
/// # Errors
/// All faults of all files.
pub fn check_overlay(files: &[(String, String)]) -> Result<usize, Vec<Fault>> {
    let overlay = Overlay::read(files)?;
    if let Some(places) = overlay.places {
        Gazetteer::shipped_with(places)
            .map_err(|e| vec![Fault { file: "places".to_owned(), line: 0, column: None, reason: e.to_string() }])?;
    }
    Ok(overlay.rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITES: &str = "#! name\taliases\tcountry\tadmin1\tlat\tlon\tkind\tprecision\n";

    fn check(path: &str, text: &str) -> Result<usize, String> {
        let one = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        check_overlay(&[(path.to_owned(), text.to_owned())]).map_err(one)
    }

    #[test]
    fn good_tables_are_counted() {
        assert_eq!(check("places/sites.tsv", &format!("{SITES}Camp Farwell\t\tIRQ\t\t33.1\t44.2\tbase\tpoint\n")), Ok(1));
        assert_eq!(check("actors/names.tsv", "#! name\tgender\nTolmid\tm\n"), Ok(1));
    }

    #[test]
    fn every_fault_of_every_file_is_told_with_its_line() {
        let files = [
            (
                "places/sites.tsv".to_owned(),
                format!("{SITES}Camp Farwell\t\tIRQ\t\t133.1\t44.2\tbase\tpoint\n\t\tIRQ\t\t3\t4\tbase\tpoint\n"),
            ),
            ("actors/names.tsv".to_owned(), "#! name\tgender\nTolmid\n".to_owned()),
            ("verbs.tsv".to_owned(), String::new()),
        ];
        let faults: Vec<String> = check_overlay(&files).unwrap_err().iter().map(ToString::to_string).collect();
        for expected in [
            "places/sites.tsv:3: name: is empty",
            "places/sites.tsv:2: lat: 133.1 is no latitude",
            "actors/names.tsv:2: 1 fields",
            "verbs.tsv:0:",
        ] {
            assert!(faults.iter().any(|f| f.starts_with(expected)), "{expected} in {faults:?}");
        }
    }

    #[test]
    fn letters_that_look_alike_are_noticed() {
        let fault = check("actors/names.tsv", "#! name\tgender\nAlе\u{441}ia\tf\n").unwrap_err();
        assert!(fault.contains("mixes Latin letters"), "{fault}");
        assert!(check("actors/names.tsv", "#! name\tgender\nАлеся\tf\n").is_ok(), "a name in another script is one");
    }
}
