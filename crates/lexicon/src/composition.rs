//! How the parts of a noun phrase make up what its actor is.

use crate::{Fault, Table};

/// What a noun phrase is built on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Core {
    /// A kind of body or group.
    Institution,
    /// A role, with a personal name behind it or not.
    Role,
    /// A name without a role.
    Name,
    /// Anything else.
    Phrase,
}

/// Where a part stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartAt {
    /// In the phrase, before what it is built on.
    Before,
    /// It owns the phrase ("Iraq's").
    Possessor,
    /// It is tied to the phrase by this preposition.
    Preposition(Box<str>),
    /// It is the object of this verb, of which the phrase is the subject ("who leads"), or stands behind its preposition ("who speaks for").
    Verb(Box<str>, Option<Box<str>>),
    /// It is the subject of this verb, of which the phrase is the object ("Kampala sent troops").
    SubjectOf(Box<str>),
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says it")]
pub enum Part {
    Nation,
    Body,
    Institution,
    Role,
    Person,
    Place,
    Pronoun,
    Phrase,
}

/// What a part tells of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    /// Its country.
    Country,
    /// A country that counts where no other is told.
    Residence,
    /// Its sector and further sectors.
    Sector,
    /// To whom a role belongs.
    Owner,
    /// Of what a body or group is a part.
    Whole,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table says it")]
pub struct Composition {
    pub core: Core,
    pub at: PartAt,
    pub part: Part,
    pub gives: Vec<Gives>,
}

const CORES: [(&str, Core); 4] = [("institution", Core::Institution), ("role", Core::Role), ("name", Core::Name), ("phrase", Core::Phrase)];
const PARTS: [(&str, Part); 8] = [
    ("nation", Part::Nation),
    ("body", Part::Body),
    ("institution", Part::Institution),
    ("role", Part::Role),
    ("person", Part::Person),
    ("place", Part::Place),
    ("pronoun", Part::Pronoun),
    ("phrase", Part::Phrase),
];
const FACTS: [(&str, Gives); 5] = [
    ("country", Gives::Country),
    ("residence", Gives::Residence),
    ("sector", Gives::Sector),
    ("owner", Gives::Owner),
    ("whole", Gives::Whole),
];

/// The columns of the table.
pub const COMPOSITION_COLUMNS: [&str; 8] = ["core", "rank", "at", "part", "gives", "yes", "fact", "no"];

fn word<T: Copy>(words: &[(&str, T)], written: &str, column: &'static str) -> Result<T, (&'static str, String)> {
    let found = words.iter().find(|(w, _)| *w == written).map(|(_, value)| *value);
    found.ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
        (column, format!("{written:?} is none of {}", known.join(", ")))
    })
}

/// Reads the table; the rules come in the order in which they count.
pub(crate) fn compositions(text: &str) -> Result<Vec<Composition>, Vec<Fault>> {
    let table = Table::parse("actors/composition.tsv", text, &COMPOSITION_COLUMNS)?;
    let rows = table.read(|r| {
        let at = match r.text(2) {
            "" => return Err(("at", "empty".to_owned())),
            "before" => PartAt::Before,
            "possessor" => PartAt::Possessor,
            other => match other.split_once('+') {
                Some((verb, "obj")) => PartAt::Verb(verb.into(), None),
                Some((verb, "subj")) => PartAt::SubjectOf(verb.into()),
                Some((verb, preposition)) => PartAt::Verb(verb.into(), Some(preposition.into())),
                None => PartAt::Preposition(other.into()),
            },
        };
        let gives = r.list(4).map(|g| word(&FACTS, g, "gives")).collect::<Result<Vec<Gives>, _>>()?;
        if gives.is_empty() {
            return Err(("gives", "nothing".to_owned()));
        }
        let rank: u32 = r.text(1).parse().map_err(|_| ("rank", format!("{:?} is no number", r.text(1))))?;
        Ok((rank, Composition { core: word(&CORES, r.text(0), "core")?, at, part: word(&PARTS, r.text(3), "part")?, gives }))
    })?;
    let mut rows = rows;
    rows.sort_by_key(|(rank, _)| *rank);
    Ok(rows.into_iter().map(|(_, rule)| rule).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_come_at_once() {
        let text = format!(
            "#! {}\nking\t1\tof\tnation\tcountry\t\t\t\nrole\tx\tof\tnation\tcountry\t\t\t\nrole\t1\tof\tnation\t\t\t\t\n",
            COMPOSITION_COLUMNS.join("\t")
        );
        let faults = compositions(&text).unwrap_err();
        let found: Vec<(usize, Option<&str>)> = faults.iter().map(|f| (f.line, f.column.as_deref())).collect();
        assert_eq!(found, [(2, Some("core")), (3, Some("rank")), (4, Some("gives"))]);
    }

    #[test]
    fn rules_come_by_rank() {
        let text = format!(
            "#! {}\nrole\t20\tof\tnation\tcountry\t\t\t\nrole\t9\tbefore\tbody\tsector|owner\t\t\t\n",
            COMPOSITION_COLUMNS.join("\t")
        );
        let rules = compositions(&text).unwrap();
        assert_eq!(rules[0].gives, [Gives::Sector, Gives::Owner]);
        assert_eq!(rules[1].at, PartAt::Preposition("of".into()));
    }
}
