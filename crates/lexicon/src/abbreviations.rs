use std::collections::{HashMap, HashSet};

use crate::{Fault, Row, Table};

/// What is known of the spelling of English: abbreviations with their full stops, contractions, hyphens, and the words that tell
/// where a sentence begins.
#[derive(Debug, Default)]
pub struct Abbreviations {
    forms: HashMap<String, Abbreviation>,
    clitics: Vec<String>,
    clipped: HashSet<String>,
    ordinals: HashSet<String>,
    contractions: HashMap<String, Vec<String>>,
    prefixes: HashSet<String>,
    suffixes: HashSet<String>,
    domains: HashSet<String>,
    starters: HashSet<String>,
    speech_verbs: HashSet<String>,
}

/// A written abbreviation, all its readings taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// What it may stand for.
    pub kinds: Vec<AbbreviationKind>,
    /// Whether any reading can be the last word of a sentence.
    pub may_end: bool,
}

/// What an abbreviation stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words say it")]
pub enum AbbreviationKind {
    Rank,
    Title,
    Month,
    Day,
    Unit,
    Company,
    Number,
    Latin,
    Country,
    State,
    Time,
    Suffix,
    Place,
    Other,
}

/// The text of the files that make up [`Abbreviations`].
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the file of its name")]
pub struct SpellingFiles<'d> {
    pub abbreviations: &'d str,
    pub contractions: &'d str,
    pub hyphen_affixes: &'d str,
    pub domains: &'d str,
    pub sentence_starters: &'d str,
    pub speech_verbs: &'d str,
}

/// The shipped files.
pub const SPELLING_FILES: SpellingFiles<'static> = SpellingFiles {
    abbreviations: include_str!("../../../data/en/abbreviations.tsv"),
    contractions: include_str!("../../../data/en/contractions.tsv"),
    hyphen_affixes: include_str!("../../../data/en/hyphen_affixes.tsv"),
    domains: include_str!("../../../data/en/domains.tsv"),
    sentence_starters: include_str!("../../../data/en/sentence_starters.tsv"),
    speech_verbs: include_str!("../../../data/en/speech_verbs.tsv"),
};

/// Longest form that is looked up, in bytes. Longer words are in no list.
const LONGEST_FORM: usize = 32;

/// Length of an initial with its stop, which is no abbreviation in another case.
const INITIAL: usize = 2;

type Faulty<T> = Result<T, (&'static str, String)>;

impl Abbreviations {
    /// The shipped data.
    ///
    /// # Errors
    /// The faults of the files, which the tests of every build rule out.
    pub fn shipped() -> Result<Self, Vec<Fault>> {
        Self::parse(SPELLING_FILES)
    }

    /// Reads the files.
    ///
    /// # Errors
    /// All faults of the first file that has any.
    pub fn parse(files: SpellingFiles<'_>) -> Result<Self, Vec<Fault>> {
        let mut read = Self::default();
        read.read_abbreviations(files.abbreviations)?;
        read.read_contractions(files.contractions)?;
        read.read_affixes(files.hyphen_affixes)?;
        let table = Table::parse("en/domains.tsv", files.domains, &["form", "kind"])?;
        table.read(|r| one_of(r, 1, "kind", &["host", "file"]))?;
        read.domains = forms(&table);
        read.starters = forms(&Table::parse("en/sentence_starters.tsv", files.sentence_starters, &["form"])?);
        read.speech_verbs = forms(&Table::parse("en/speech_verbs.tsv", files.speech_verbs, &["form"])?);
        Ok(read)
    }

    fn read_abbreviations(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("en/abbreviations.tsv", text, &["form", "kind", "ends"])?;
        let rows = table.read(|r| Ok((r.text(0), kind(r.text(1))?, one_of(r, 2, "ends", &["never", "may"])? == "may")))?;
        for (form, kind, may_end) in rows {
            let entry = self.forms.entry(form.to_owned()).or_insert(Abbreviation { kinds: Vec::new(), may_end: false });
            entry.kinds.push(kind);
            entry.may_end |= may_end;
        }
        Ok(())
    }

    fn read_contractions(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("en/contractions.tsv", text, &["form", "kind", "parts"])?;
        table.read(|r| {
            let form = r.text(0).to_owned();
            match one_of(r, 1, "kind", &["clitic", "whole", "clipped", "ordinal"])? {
                "clitic" => self.clitics.push(form),
                "clipped" => drop(self.clipped.insert(form)),
                "ordinal" => drop(self.ordinals.insert(form)),
                _ => drop(self.contractions.insert(form, parts(r)?)),
            }
            Ok(())
        })?;
        Ok(())
    }

    fn read_affixes(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("en/hyphen_affixes.tsv", text, &["form", "side"])?;
        table.read(|r| {
            let side = if one_of(r, 1, "side", &["prefix", "suffix"])? == "prefix" { &mut self.prefixes } else { &mut self.suffixes };
            side.insert(r.text(0).to_owned());
            Ok(())
        })?;
        Ok(())
    }

    /// The abbreviation written as `form`, which ends in its full stop. A capital at the head of a sentence ("Approx.") and a line
    /// in capitals ("GEN.") do not hide it.
    pub fn get(&self, form: &str) -> Option<&Abbreviation> {
        let form = Some(form).filter(|f| f.len() <= LONGEST_FORM)?;
        let in_capitals = || !form.contains(char::is_lowercase);
        let other = || if in_capitals() { capitalised(form) } else { form.to_lowercase() };
        self.forms.get(form).or_else(|| self.forms.get(&other()).filter(|_| form.len() > INITIAL))
    }

    /// Endings that are cut off a word ("'s"), with upright apostrophes.
    pub fn clitics(&self) -> impl Iterator<Item = &str> {
        self.clitics.iter().map(String::as_str)
    }

    /// The parts into which the word is cut ("can", "not"), none if it stays whole.
    pub fn parts(&self, word: &str) -> &[String] {
        listed(word).and_then(|form| self.contractions.get(&form)).map_or(&[], Vec::as_slice)
    }

    /// Whether the word begins with an apostrophe that is no quotation mark ("'em"). It is given with an upright one.
    pub fn is_clipped(&self, word: &str) -> bool {
        listed(word).is_some_and(|form| self.clipped.contains(&form))
    }

    /// Whether the letters belong to the digits before them ("3rd", "1990s").
    pub fn is_ordinal_ending(&self, letters: &str) -> bool {
        listed(letters).is_some_and(|form| self.ordinals.contains(&form))
    }

    /// Whether a hyphen after this part does not cut the word ("non-aligned").
    pub fn is_prefix(&self, part: &str) -> bool {
        listed(part).is_some_and(|form| self.prefixes.contains(&form))
    }

    /// Whether a hyphen before this part does not cut the word.
    pub fn is_suffix(&self, part: &str) -> bool {
        listed(part).is_some_and(|form| self.suffixes.contains(&form))
    }

    /// Whether a host or file name can end in this part.
    pub fn is_domain(&self, part: &str) -> bool {
        listed(part).is_some_and(|form| self.domains.contains(&form))
    }

    /// Whether the word, with its capital, begins a sentence after an abbreviation.
    pub fn starts_sentence(&self, word: &str) -> bool {
        word.starts_with(char::is_uppercase) && word.len() <= LONGEST_FORM && self.starters.contains(&capitalised(word))
    }

    /// Whether the word follows a quotation to name who speaks.
    pub fn is_speech_verb(&self, word: &str) -> bool {
        self.speech_verbs.contains(word)
    }
}

fn forms(table: &Table<'_>) -> HashSet<String> {
    table.rows().iter().map(|r| r.text(0).to_owned()).collect()
}

/// The form under which a word stands in the lists.
fn listed(word: &str) -> Option<String> {
    (word.len() <= LONGEST_FORM).then(|| word.to_lowercase())
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().into_iter().chain(rest.flat_map(char::to_lowercase)).collect()
}

fn one_of<'d>(row: &Row<'d>, column: usize, name: &'static str, words: &[&str]) -> Faulty<&'d str> {
    let word = row.text(column);
    if words.contains(&word) { Ok(word) } else { Err((name, format!("{word:?} is none of {}", words.join(" ")))) }
}

fn parts(row: &Row<'_>) -> Faulty<Vec<String>> {
    let parts: Vec<String> = row.list(2).map(str::to_owned).collect();
    if parts.concat() == row.text(0) { Ok(parts) } else { Err(("parts", "the parts do not make up the form".into())) }
}

fn kind(word: &str) -> Faulty<AbbreviationKind> {
    Ok(match word {
        "rank" => AbbreviationKind::Rank,
        "title" => AbbreviationKind::Title,
        "month" => AbbreviationKind::Month,
        "day" => AbbreviationKind::Day,
        "unit" => AbbreviationKind::Unit,
        "company" => AbbreviationKind::Company,
        "number" => AbbreviationKind::Number,
        "latin" => AbbreviationKind::Latin,
        "country" => AbbreviationKind::Country,
        "state" => AbbreviationKind::State,
        "time" => AbbreviationKind::Time,
        "suffix" => AbbreviationKind::Suffix,
        "place" => AbbreviationKind::Place,
        "other" => AbbreviationKind::Other,
        _ => return Err(("kind", format!("{word:?} is no kind of abbreviation"))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_are_sound() {
        let files = [
            ("abbreviations", SPELLING_FILES.abbreviations, &["form", "kind", "ends"][..]),
            ("contractions", SPELLING_FILES.contractions, &["form", "kind", "parts"]),
            ("hyphen_affixes", SPELLING_FILES.hyphen_affixes, &["form", "side"]),
            ("domains", SPELLING_FILES.domains, &["form", "kind"]),
            ("sentence_starters", SPELLING_FILES.sentence_starters, &["form"]),
            ("speech_verbs", SPELLING_FILES.speech_verbs, &["form"]),
        ];
        for (name, text, columns) in files {
            assert_eq!(Table::parse(name, text, columns).unwrap().order_faults(), []);
        }
        Abbreviations::shipped().unwrap();
    }

    #[test]
    fn readings_of_one_form_are_taken_together() {
        let read = Abbreviations::shipped().unwrap();
        assert_eq!(read.get("Gen."), Some(&Abbreviation { kinds: vec![AbbreviationKind::Rank], may_end: false }));
        assert_eq!(read.get("GEN."), read.get("Gen."));
        assert!(read.get("U.S.").unwrap().may_end);
        assert_eq!(read.get("table."), None);
        assert_eq!(read.parts("Cannot"), ["can", "not"]);
    }

    #[test]
    fn faults_name_the_column() {
        let faults = Abbreviations::parse(SpellingFiles { abbreviations: "#! form\tkind\tends\nGen.\tfish\tnever\n", ..SPELLING_FILES });
        assert_eq!(faults.unwrap_err()[0].to_string(), "en/abbreviations.tsv:2: kind: \"fish\" is no kind of abbreviation");
    }
}
