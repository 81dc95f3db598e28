use std::collections::HashMap;

use dragoman_codebook::{Country, EntityKind, Sector};

use crate::{Fault, Table};

/// The tables of actors: countries, bodies, kinds of institution, roles, given names, leaders.
#[derive(Debug, Default)]
pub struct Actors {
    countries: Vec<CountryFacts>,
    organizations: Vec<Organization>,
    institutions: Vec<Institution>,
    roles: Vec<RoleNoun>,
    leaders: Vec<Leader>,
    given_names: HashMap<String, Gender>,
    names: Phrases<Named>,
    nouns: Phrases<Kind>,
}

/// A country.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CountryFacts {
    pub country: Country,
    pub name: String,
    pub demonyms: Vec<String>,
    pub capital: Option<String>,
}

/// A named body.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Organization {
    pub name: String,
    pub kind: EntityKind,
    pub country: Option<Country>,
    pub sector: Option<Sector>,
    pub sectors: Vec<Sector>,
    pub label: Option<String>,
}

/// A kind of body or group, which a country or a name makes a certain one.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Institution {
    pub lemma: String,
    pub kind: EntityKind,
    pub sector: Option<Sector>,
    pub speaks: bool,
}

/// A role that a person holds.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RoleNoun {
    pub lemma: String,
    pub sector: Option<Sector>,
    pub speaks_for: bool,
}

/// A known office holder.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Leader {
    pub name: String,
    pub country: Option<Country>,
    pub sector: Option<Sector>,
    pub role: Option<String>,
    pub gender: Gender,
}

/// Grammatical gender of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Gender {
    Masculine,
    Feminine,
    Unknown,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Named {
    Country(usize),
    Demonym(usize),
    Capital(usize),
    Seat(usize),
    Organization(usize),
    Leader(usize),
}

/// What a common noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Institution(usize),
    Role(usize),
}

/// Phrases of several words, found by their first word, the longest first.
#[derive(Debug)]
pub struct Phrases<V> {
    by_first: HashMap<String, Vec<(Vec<String>, V)>>,
}

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self { by_first: HashMap::new() }
    }
}

impl<V: Copy> Phrases<V> {
    /// Adds a phrase. The first one added for the same words stays.
    pub fn add(&mut self, phrase: &str, value: V) {
        let words = split(phrase);
        let Some(first) = words.first().cloned() else { return };
        let entries = self.by_first.entry(first).or_default();
        if !entries.iter().any(|(w, _)| *w == words) {
            entries.push((words, value));
            entries.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
        }
    }

    /// All phrases with their values, sorted by their words.
    pub fn entries(&self) -> Vec<(String, V)> {
        let all = self.by_first.values().flatten().map(|(words, value)| (words.join(" "), *value));
        let mut all: Vec<(String, V)> = all.collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    /// The longest phrase that stands at `at`: its number of words and its value. `is` compares word `i` of the text with a word.
    pub fn longest(&self, first: &str, is: impl Fn(usize, &str) -> bool) -> Option<(usize, V)> {
        let entries = self.by_first.get(first)?;
        entries.iter().find(|(words, _)| words.iter().enumerate().skip(1).all(|(i, w)| is(i, w))).map(|(words, v)| (words.len(), *v))
    }
}

/// Words as the tokenizer cuts them: hyphens and genitive marks stand alone.
fn split(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in phrase.replace('’', "'").split_whitespace() {
        let (stem, genitive) = match part.strip_suffix("'s") {
            Some(stem) if !stem.is_empty() => (stem, true),
            _ => (part, false),
        };
        for (n, piece) in stem.split('-').enumerate() {
            if n > 0 {
                words.push("-".to_owned());
            }
            if !piece.is_empty() {
                words.push(piece.to_owned());
            }
        }
        if genitive {
            words.push("'s".to_owned());
        }
    }
    words
}

/// The text of the files that make up [`Actors`].
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the file of its name")]
pub struct ActorFiles<'d> {
    pub countries: &'d str,
    pub organizations: &'d str,
    pub institutions: &'d str,
    pub roles: &'d str,
    pub names: &'d str,
    pub leaders: &'d str,
}

/// The shipped files.
pub const ACTOR_FILES: ActorFiles<'static> = ActorFiles {
    countries: include_str!("../../../data/actors/countries.tsv"),
    organizations: include_str!("../../../data/actors/organizations.tsv"),
    institutions: include_str!("../../../data/actors/institutions.tsv"),
    roles: include_str!("../../../data/actors/roles.tsv"),
    names: include_str!("../../../data/actors/names.tsv"),
    leaders: include_str!("../../../data/actors/leaders.tsv"),
};

impl Actors {
    /// Reads the files.
    ///
    /// # Errors
    /// The faults of the first file that has any.
    pub fn parse(files: ActorFiles<'_>) -> Result<Self, Vec<Fault>> {
        let mut actors = Self::default();
        actors.read_organizations(files.organizations)?;
        actors.read_countries(files.countries)?;
        actors.read_leaders(files.leaders)?;
        actors.read_institutions(files.institutions)?;
        actors.read_roles(files.roles)?;
        let table = Table::parse("actors/names.tsv", files.names, &["name", "gender"])?;
        actors.given_names = table.rows().iter().map(|r| (r.text(0).to_owned(), gender(r.text(1)))).collect();
        Ok(actors)
    }

    fn read_countries(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let columns = [
            "iso3",
            "iso2",
            "name",
            "aliases",
            "demonyms",
            "capital",
            "capital_aliases",
            "capital_lat",
            "capital_lon",
            "lat",
            "lon",
            "seat",
        ];
        let table = Table::parse("actors/countries.tsv", text, &columns)?;
        let countries = table.read(|r| {
            let facts = CountryFacts {
                country: r.code(0, "iso3")?,
                name: r.text(2).to_owned(),
                demonyms: r.list(4).map(str::to_owned).collect(),
                capital: r.optional(5).map(str::to_owned),
            };
            let strings = |i: usize| r.list(i).map(str::to_owned).collect::<Vec<_>>();
            Ok((facts, strings(3), strings(6), strings(11)))
        })?;
        for (i, (facts, aliases, capital_aliases, seats)) in countries.into_iter().enumerate() {
            self.names.add(&facts.name, Named::Country(i));
            for a in &aliases {
                self.names.add(a, Named::Country(i));
            }
            for d in &facts.demonyms {
                self.names.add(d, Named::Demonym(i));
            }
            // City states: the capital bears the country's name, which stays the country.
            for c in facts.capital.iter().chain(&capital_aliases) {
                self.names.add(c, Named::Capital(i));
            }
            for s in &seats {
                self.names.add(s, Named::Seat(i));
            }
            self.countries.push(facts);
        }
        Ok(())
    }

    fn read_organizations(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("actors/organizations.tsv", text, &["name", "aliases", "kind", "country", "sector", "sectors", "label"])?;
        let organizations = table.read(|r| {
            let body = Organization {
                name: r.text(0).to_owned(),
                kind: r.code(2, "kind")?,
                country: r.optional_code(3, "country")?,
                sector: r.optional_code(4, "sector")?,
                sectors: r.codes(5, "sectors")?,
                label: r.optional(6).map(str::to_owned),
            };
            Ok((body, r.list(1).map(str::to_owned).collect::<Vec<_>>()))
        })?;
        for (i, (body, aliases)) in organizations.into_iter().enumerate() {
            self.names.add(&body.name, Named::Organization(i));
            for a in &aliases {
                self.names.add(a, Named::Organization(i));
            }
            self.organizations.push(body);
        }
        Ok(())
    }

    fn read_leaders(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table =
            Table::parse("actors/leaders.tsv", text, &["name", "aliases", "country", "sector", "role", "since", "until", "gender"])?;
        let leaders = table.read(|r| {
            let leader = Leader {
                name: r.text(0).to_owned(),
                country: r.optional_code(2, "country")?,
                sector: r.optional_code(3, "sector")?,
                role: r.optional(4).map(str::to_owned),
                gender: gender(r.text(7)),
            };
            Ok((leader, r.list(1).map(str::to_owned).collect::<Vec<_>>()))
        })?;
        for (i, (leader, aliases)) in leaders.into_iter().enumerate() {
            self.names.add(&leader.name, Named::Leader(i));
            for a in &aliases {
                self.names.add(a, Named::Leader(i));
            }
            self.leaders.push(leader);
        }
        Ok(())
    }

    fn read_institutions(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("actors/institutions.tsv", text, &["lemma", "kind", "sector", "speaks", "aliases"])?;
        let institutions = table.read(|r| {
            let body = Institution {
                lemma: r.text(0).to_owned(),
                kind: r.code(1, "kind")?,
                sector: r.optional_code(2, "sector")?,
                speaks: r.text(3) == "yes",
            };
            Ok((body, r.list(4).map(str::to_owned).collect::<Vec<_>>()))
        })?;
        for (i, (body, aliases)) in institutions.into_iter().enumerate() {
            self.nouns.add(&body.lemma, Kind::Institution(i));
            for a in &aliases {
                self.nouns.add(&a.to_lowercase(), Kind::Institution(i));
            }
            self.institutions.push(body);
        }
        Ok(())
    }

    fn read_roles(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("actors/roles.tsv", text, &["lemma", "sector", "speaks_for", "kind", "aliases"])?;
        let roles = table.read(|r| {
            let role = RoleNoun { lemma: r.text(0).to_owned(), sector: r.optional_code(1, "sector")?, speaks_for: r.text(2) == "yes" };
            Ok((role, r.list(4).map(str::to_owned).collect::<Vec<_>>()))
        })?;
        for (i, (role, aliases)) in roles.into_iter().enumerate() {
            self.nouns.add(&role.lemma, Kind::Role(i));
            for a in &aliases {
                self.nouns.add(&a.to_lowercase(), Kind::Role(i));
            }
            self.roles.push(role);
        }
        Ok(())
    }

    /// Names of countries, bodies and persons, case as written.
    pub fn names(&self) -> &Phrases<Named> {
        &self.names
    }

    /// Kinds of institution and roles, in lower case.
    pub fn nouns(&self) -> &Phrases<Kind> {
        &self.nouns
    }

    /// A country by its index.
    pub fn country(&self, index: usize) -> &CountryFacts {
        &self.countries[index]
    }

    /// All countries, in the order of the file.
    pub fn countries(&self) -> &[CountryFacts] {
        &self.countries
    }

    /// A body by its index.
    pub fn organization(&self, index: usize) -> &Organization {
        &self.organizations[index]
    }

    /// A kind of institution by its index.
    pub fn institution(&self, index: usize) -> &Institution {
        &self.institutions[index]
    }

    /// A role by its index.
    pub fn role(&self, index: usize) -> &RoleNoun {
        &self.roles[index]
    }

    /// An office holder by its index.
    pub fn leader(&self, index: usize) -> &Leader {
        &self.leaders[index]
    }

    /// The gender of a given name; `None` if it is not listed.
    pub fn given_name(&self, word: &str) -> Option<Gender> {
        self.given_names.get(word).copied()
    }
}

fn gender(word: &str) -> Gender {
    match word {
        "m" => Gender::Masculine,
        "f" => Gender::Feminine,
        _ => Gender::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_cut_as_tokens_are() {
        assert_eq!(split("Ain al-Asad"), ["Ain", "al", "-", "Asad"]);
        assert_eq!(split("People's Republic of China"), ["People", "'s", "Republic", "of", "China"]);
    }

    #[test]
    fn the_longest_phrase_wins() {
        let mut phrases = Phrases::default();
        phrases.add("United States", 1);
        phrases.add("United States Congress", 2);
        let text = ["United", "States", "Congress"];
        assert_eq!(phrases.longest("United", |i, w| text.get(i) == Some(&w)), Some((3, 2)));
        assert_eq!(phrases.longest("Congress", |_, _| true), None);
    }
}
