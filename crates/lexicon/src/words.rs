use std::collections::{HashMap, HashSet};

use dragoman_doc::{Feat, Upos};

use crate::{Fault, Table};

/// The general words of English: closed classes, verbs with their forms, adjectives, irregular plurals.
#[derive(Debug, Default)]
pub struct Words {
    closed: HashMap<String, Vec<WordReading>>,
    verbs: HashMap<String, Vec<VerbReading>>,
    preferred: HashMap<String, Upos>,
    adjectives: HashSet<String>,
    singulars: HashMap<String, String>,
    bounding: HashSet<String>,
    adjective_endings: Vec<String>,
}

/// One reading of a closed-class word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordReading {
    /// Dictionary form.
    pub lemma: String,
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Vec<Feat>,
}

/// One reading of a word form as a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbReading {
    /// Infinitive.
    pub lemma: String,
    /// Which form it is.
    pub form: VerbForm,
}

/// The forms of an English verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the words say it")]
pub enum VerbForm {
    Base,
    Third,
    Past,
    Participle,
    Gerund,
}

/// The text of the files that make up [`Words`].
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the file of its name")]
pub struct WordFiles<'d> {
    pub closed: &'d str,
    pub verbs: &'d str,
    pub noun_verbs: &'d str,
    pub adjectives: &'d str,
    pub nouns_irregular: &'d str,
    pub bounds: &'d str,
    pub adjective_endings: &'d str,
}

/// The shipped files.
pub const WORD_FILES: WordFiles<'static> = WordFiles {
    closed: include_str!("../../../data/en/closed.tsv"),
    verbs: include_str!("../../../data/en/verbs.tsv"),
    noun_verbs: include_str!("../../../data/en/noun_verbs.tsv"),
    adjectives: include_str!("../../../data/en/adjectives.tsv"),
    nouns_irregular: include_str!("../../../data/en/nouns_irregular.tsv"),
    bounds: include_str!("../../../data/en/bounds.tsv"),
    adjective_endings: include_str!("../../../data/en/adjective_endings.tsv"),
};

impl Words {
    /// Reads the files.
    ///
    /// # Errors
    /// All faults of the first file that has any.
    pub fn parse(files: WordFiles<'_>) -> Result<Self, Vec<Fault>> {
        let mut words = Self::default();
        words.read_closed(files.closed)?;
        words.read_verbs(files.verbs)?;
        let table = Table::parse("en/noun_verbs.tsv", files.noun_verbs, &["form", "prefers"])?;
        let prefers = table.read(|r| {
            let upos = Upos::parse(r.text(1)).ok_or_else(|| ("prefers", format!("{:?} is no part of speech", r.text(1))))?;
            Ok((r.text(0).to_owned(), upos))
        })?;
        words.preferred = prefers.into_iter().collect();
        let table = Table::parse("en/adjectives.tsv", files.adjectives, &["lemma"])?;
        words.adjectives = table.rows().iter().map(|r| r.text(0).to_owned()).collect();
        let table = Table::parse("en/nouns_irregular.tsv", files.nouns_irregular, &["plural", "singular"])?;
        words.singulars = table.rows().iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned())).collect();
        let table = Table::parse("en/adjective_endings.tsv", files.adjective_endings, &["ending"])?;
        words.adjective_endings = table.rows().iter().map(|r| r.text(0).to_owned()).collect();
        let table = Table::parse("en/bounds.tsv", files.bounds, &["phrase", "comparison"])?;
        words.bounding = table.rows().iter().map(|r| r.text(0)).filter(|p| !p.contains(' ')).map(str::to_owned).collect();
        Ok(words)
    }

    fn read_closed(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("en/closed.tsv", text, &["form", "lemma", "upos", "feats", "rank"])?;
        let mut rows = table.read(|r| {
            let upos = Upos::parse(r.text(2)).ok_or_else(|| ("upos", format!("{:?} is no part of speech", r.text(2))))?;
            let reading = WordReading { lemma: r.text(1).to_owned(), upos, feats: r.list(3).filter_map(feat).collect() };
            Ok((r.text(0).to_owned(), r.code::<u8>(4, "rank")?, reading))
        })?;
        rows.sort_by_key(|(_, rank, _)| *rank);
        for (form, _, reading) in rows {
            self.closed.entry(form).or_default().push(reading);
        }
        Ok(())
    }

    fn read_verbs(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("en/verbs.tsv", text, &["lemma", "past", "participle", "gerund", "third"])?;
        for row in table.rows() {
            let listed = |column: usize| row.list(column).collect::<Vec<_>>();
            self.add_verb(row.text(0), [&listed(1), &listed(2), &listed(3), &listed(4)]);
        }
        Ok(())
    }

    /// Adds a verb: past, participle, gerund and third person where they are irregular, none where the spelling rules give them.
    fn add_verb(&mut self, lemma: &str, [past_forms, participles, gerunds, thirds]: [&[&str]; 4]) {
        let (past, gerund, third) = (past(lemma), gerund(lemma), third(lemma));
        let or = |listed: &[&str], regular: &str| {
            if listed.is_empty() { vec![regular.to_owned()] } else { listed.iter().map(|f| (*f).to_owned()).collect() }
        };
        let pasts = or(past_forms, &past);
        let participles = if participles.is_empty() { pasts.clone() } else { or(participles, &past) };
        let kinds = [
            (VerbForm::Base, vec![lemma.to_owned()]),
            (VerbForm::Past, pasts),
            (VerbForm::Participle, participles),
            (VerbForm::Gerund, or(gerunds, &gerund)),
            (VerbForm::Third, or(thirds, &third)),
        ];
        for (form, words) in kinds {
            for word in words {
                self.verbs.entry(word).or_default().push(VerbReading { lemma: lemma.to_owned(), form });
            }
        }
    }

    /// Adds the verbs of rules that the general list lacks, as regular verbs.
    pub fn learn_verbs<'r>(&mut self, lemmas: impl Iterator<Item = &'r str>) {
        for lemma in lemmas {
            let known = self.verbs.get(lemma).is_some_and(|v| v.iter().any(|r| r.form == VerbForm::Base && r.lemma == lemma));
            if !known && lemma.chars().all(char::is_alphabetic) {
                self.add_verb(lemma, [&[], &[], &[], &[]]);
            }
        }
    }

    /// Readings of `form` (lower case) in the closed classes, the most frequent first.
    pub fn closed(&self, form: &str) -> &[WordReading] {
        self.closed.get(form).map_or(&[], Vec::as_slice)
    }

    /// Readings of `form` (lower case) as a verb.
    pub fn verbs(&self, form: &str) -> &[VerbReading] {
        self.verbs.get(form).map_or(&[], Vec::as_slice)
    }

    /// What `form` is taken for when the context does not decide between noun and verb.
    pub fn preferred(&self, form: &str) -> Option<Upos> {
        self.preferred.get(form).copied()
    }

    /// Whether `form` ends as adjectives do.
    pub fn ends_as_adjective(&self, form: &str) -> bool {
        self.adjective_endings.iter().any(|end| form.ends_with(end.as_str()))
    }

    /// Whether `form` bounds the number that stands right behind it ("about 900").
    pub fn is_bound(&self, form: &str) -> bool {
        self.bounding.contains(form)
    }

    /// Whether `form` is a listed adjective.
    pub fn is_adjective(&self, form: &str) -> bool {
        self.adjectives.contains(form)
    }

    /// The singular of a noun form (lower case), which may be the form itself.
    pub fn singular(&self, form: &str) -> String {
        if let Some(listed) = self.singulars.get(form) {
            return listed.clone();
        }
        regular_singular(form)
    }

    /// The infinitive of an unlisted verb form, by its ending.
    pub fn base_of(&self, form: &str, is: VerbForm) -> String {
        let ending = match is {
            VerbForm::Third => return regular_singular(form),
            VerbForm::Gerund => "ing",
            VerbForm::Past | VerbForm::Participle => "ed",
            VerbForm::Base => "",
        };
        let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 1 && !ending.is_empty()) else { return form.to_owned() };
        without_ending(stem)
    }

    /// The positive of a regular comparative or superlative.
    pub fn positive(&self, form: &str) -> String {
        let Some(stem) = form.strip_suffix("est").or_else(|| form.strip_suffix("er")).filter(|stem| stem.len() > 1) else {
            return form.to_owned();
        };
        let guess = without_ending(stem);
        let with_e = format!("{stem}e");
        [with_e, stem.to_owned()].into_iter().find(|c| self.is_adjective(c)).unwrap_or(guess)
    }

    /// Whether `form` is a plural, by list or by its ending.
    pub fn is_plural(&self, form: &str) -> bool {
        self.singulars.get(form).map_or_else(|| regular_singular(form) != form, |singular| singular != form)
    }
}

fn feat(written: &str) -> Option<Feat> {
    const ALL: [Feat; 15] = [
        Feat::Plural,
        Feat::Singular,
        Feat::Past,
        Feat::Present,
        Feat::Finite,
        Feat::Infinitive,
        Feat::Participle,
        Feat::Gerund,
        Feat::First,
        Feat::Second,
        Feat::Third,
        Feat::Masculine,
        Feat::Feminine,
        Feat::Neuter,
        Feat::Genitive,
    ];
    let (name, value) = written.split_once('=')?;
    ALL.into_iter().find(|f| f.written() == (name, value))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Ends in a consonant and y, whose y becomes i before an ending.
fn turns_y(lemma: &str) -> Option<&str> {
    lemma.strip_suffix('y').filter(|stem| stem.chars().last().is_some_and(|c| !is_vowel(c)))
}

fn past(lemma: &str) -> String {
    match turns_y(lemma) {
        Some(stem) => format!("{stem}ied"),
        None if lemma.ends_with('e') => format!("{lemma}d"),
        None => format!("{lemma}ed"),
    }
}

fn gerund(lemma: &str) -> String {
    match lemma.strip_suffix('e') {
        Some(stem) if !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
        _ => format!("{lemma}ing"),
    }
}

fn third(lemma: &str) -> String {
    const HISSING: [&str; 6] = ["s", "x", "z", "ch", "sh", "o"];
    match turns_y(lemma) {
        Some(stem) => format!("{stem}ies"),
        None if HISSING.iter().any(|end| lemma.ends_with(end)) => format!("{lemma}es"),
        None => format!("{lemma}s"),
    }
}

/// What is left of a word without its ending, spelled as a word: "carri" is "carry", "stopp" is "stop", "brok" is "broke".
fn without_ending(stem: &str) -> String {
    if let Some(start) = stem.strip_suffix('i').filter(|s| s.len() > 1) {
        return format!("{start}y");
    }
    let last: Vec<char> = stem.chars().rev().take(3).collect();
    match last.as_slice() {
        [a, b, ..] if a == b && !is_vowel(*a) && !matches!(a, 's' | 'l' | 'f' | 'z') => {
            stem.get(..stem.len() - a.len_utf8()).unwrap_or(stem).to_owned()
        }
        // One consonant after a single vowel, or an ending that English never leaves bare.
        [a, b, c] if !is_vowel(*a) && is_vowel(*b) && !is_vowel(*c) && !matches!(a, 'w' | 'x' | 'y' | 'n' | 'r' | 't' | 'l') => {
            format!("{stem}e")
        }
        ['v' | 'c' | 'u' | 'z', ..] => format!("{stem}e"),
        ['s' | 'g', b, ..] if matches!(b, 'r' | 'n' | 'd') || is_vowel(*b) => format!("{stem}e"),
        _ => stem.to_owned(),
    }
}

fn regular_singular(form: &str) -> String {
    const ES: [&str; 5] = ["sses", "xes", "zzes", "ches", "shes"];
    const NOT_PLURAL: [&str; 4] = ["ss", "us", "is", "ics"];
    if form.len() < 4 || NOT_PLURAL.iter().any(|end| form.ends_with(end)) {
        return form.to_owned();
    }
    if let Some(stem) = form.strip_suffix("ies").filter(|s| s.len() > 1) {
        return format!("{stem}y");
    }
    if ES.iter().any(|end| form.ends_with(end)) {
        return form.strip_suffix("es").unwrap_or(form).to_owned();
    }
    form.strip_suffix('s').unwrap_or(form).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        assert_eq!(
            (past("deny"), past("agree"), past("attack"), past("play")),
            ("denied".into(), "agreed".into(), "attacked".into(), "played".into())
        );
        assert_eq!((gerund("make"), gerund("agree"), gerund("die")), ("making".into(), "agreeing".into(), "diing".into()));
        assert_eq!((third("deny"), third("clash"), third("go")), ("denies".into(), "clashes".into(), "goes".into()));
        assert_eq!(
            (regular_singular("ministries"), regular_singular("clashes"), regular_singular("crisis")),
            ("ministry".into(), "clash".into(), "crisis".into())
        );
        assert_eq!(
            (regular_singular("forces"), regular_singular("politics"), regular_singular("bus")),
            ("force".into(), "politics".into(), "bus".into())
        );
    }

    #[test]
    fn forms_of_unlisted_words_lead_back() {
        let words = Words::default();
        let base = |form: &str, is| words.base_of(form, is);
        assert_eq!(base("tweeted", VerbForm::Past), "tweet");
        assert_eq!(base("stopped", VerbForm::Past), "stop");
        assert_eq!(base("carried", VerbForm::Participle), "carry");
        assert_eq!(base("moving", VerbForm::Gerund), "move");
        assert_eq!(base("tweets", VerbForm::Third), "tweet");
        assert_eq!(base("tweet", VerbForm::Base), "tweet");
        assert_eq!((words.positive("bigger"), words.positive("earliest")), ("big".into(), "early".into()));
    }
}
