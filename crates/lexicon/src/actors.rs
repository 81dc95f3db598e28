use std::collections::{HashMap, HashSet};

use dragoman_codebook::{Country, EntityKind, Sector};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::composition::{Composition, compositions};
use crate::{Fault, Row, Table};

/// The table of named bodies.
pub(crate) fn organizations(text: &str) -> Result<Table<'_>, Vec<Fault>> {
    Table::parse(
        "actors/organizations.tsv",
        text,
        &["name", "aliases", "kind", "country", "sector", "sectors", "label", "since", "until", "wikidata"],
    )
}

/// The tables of actors: countries, bodies, kinds of institution, roles, given names, leaders.
#[derive(Debug, Default)]
pub struct Actors {
    countries: Vec<CountryFacts>,
    organizations: Vec<Organization>,
    institutions: Vec<Institution>,
    roles: Vec<RoleNoun>,
    leaders: Vec<Leader>,
    leader_index: HashMap<String, usize>,
    given_names: HashMap<String, Gender>,
    modifiers: HashMap<String, Modifier>,
    pair_words: HashMap<String, PairOf>,
    name_words: HashMap<String, (Sector, Vec<Sector>)>,
    compositions: Vec<Composition>,
    cameo: HashMap<String, String>,
    spellings: Spellings,
    generic: HashSet<String>,
    abroad: HashSet<String>,
    ranks: HashSet<String>,
    clergy: HashSet<String>,
    noun_genders: HashMap<String, Gender>,
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
    /// First day, ISO, partial where only that is known.
    pub since: Option<String>,
    /// Last day, likewise.
    pub until: Option<String>,
    /// Wikidata id, where known.
    pub wikidata: Option<String>,
}

/// A kind of body or group, which a country or a name makes a certain one.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Institution {
    pub lemma: String,
    pub kind: EntityKind,
    pub sector: Option<Sector>,
    pub sectors: Vec<Sector>,
    /// The sector holds only where the body that they belong to says nothing else.
    pub by_default: bool,
    pub speaks: bool,
}

/// A role that a person holds.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct RoleNoun {
    pub lemma: String,
    pub sector: Option<Sector>,
    /// The sector holds only where the body that the person belongs to says nothing else.
    pub by_default: bool,
    pub sectors: Vec<Sector>,
    pub speaks_for: bool,
}

/// A known public person with the offices that made the person known.
#[derive(Debug, Clone)]
pub struct Leader {
    /// The name as news has it.
    pub name: String,
    /// The person's country, where an office tells one.
    pub country: Option<Country>,
    /// Whether a man or a woman.
    pub gender: Gender,
    /// Wikidata id, where known.
    pub wikidata: Option<String>,
    /// The offices in the order of the table.
    pub terms: Vec<Term>,
}

/// An office held for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Country of the office; none for international bodies.
    pub country: Option<Country>,
    /// Sector of the office.
    pub sector: Option<Sector>,
    /// The office.
    pub role: Option<String>,
    /// First day, ISO, partial where only that is known.
    pub since: Option<String>,
    /// Last day, likewise.
    pub until: Option<String>,
    /// A year in which the person held it, where neither day is known.
    pub seen: Option<i16>,
}

/// Whether somebody is in office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tenure {
    /// In office, as far as is known.
    Holds,
    /// No longer.
    Held,
    /// Not yet, or too long after the year for which it is known.
    Unknown,
}

/// How many years before and after a year in which somebody is known to have held an office it is taken to be held.
const SEEN_YEARS: i16 = 2;

impl Term {
    /// Whether the office was held on a day, given in ISO form.
    pub fn on(&self, day: &str) -> Tenure {
        // The end of a year or month lies after every day in it.
        let ended = self.until.as_deref().is_some_and(|until| day.get(..until.len()).is_some_and(|d| d > until));
        let begun = self.since.as_deref().is_none_or(|since| day.get(..since.len()).is_none_or(|d| d >= since));
        let year = day.get(..4).and_then(|y| y.parse::<i16>().ok());
        let far = self.since.is_none() && self.until.is_none() && self.seen.zip(year).is_some_and(|(s, y)| (s - y).abs() > SEEN_YEARS);
        match (ended, begun && !far) {
            (true, _) => Tenure::Held,
            (false, true) => Tenure::Holds,
            (false, false) => Tenure::Unknown,
        }
    }
}

impl Leader {
    /// The office held on a day, else the last one held before it. Without a day, the latest of all.
    pub fn on(&self, day: Option<&str>) -> Option<(&Term, Tenure)> {
        let latest = |terms: &mut dyn Iterator<Item = &'_ Term>| -> Option<usize> {
            let terms: Vec<&Term> = terms.collect();
            let best = terms.iter().max_by_key(|t| t.since.as_deref().unwrap_or_default())?;
            self.terms.iter().position(|t| t == *best)
        };
        let Some(day) = day else {
            return latest(&mut self.terms.iter()).map(|i| (&self.terms[i], Tenure::Holds));
        };
        let with = |tenure: Tenure| latest(&mut self.terms.iter().filter(|t| t.on(day) == tenure));
        with(Tenure::Holds).map(|i| (&self.terms[i], Tenure::Holds)).or_else(|| with(Tenure::Held).map(|i| (&self.terms[i], Tenure::Held)))
    }
}

/// Spellings of names that are taken for one.
#[derive(Debug, Default)]
struct Spellings {
    names: HashMap<String, String>,
    articles: HashSet<String>,
    endings: Vec<(String, String)>,
}

/// Words shorter than this keep their ending, in bytes.
const SHORTEST_ENDED: usize = 5;

impl Spellings {
    fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let table = Table::parse("actors/spellings.tsv", text, &["spelling", "kind", "for"])?;
        let mut spellings = Self::default();
        let rows = table.read(|r| match r.text(1) {
            kind @ ("name" | "article" | "ending") => Ok((r.text(0).to_owned(), kind, r.text(2).to_owned())),
            other => Err(("kind", format!("{other:?} is neither name, article nor ending"))),
        })?;
        for (spelling, kind, target) in rows {
            match kind {
                "name" => drop(spellings.names.insert(spelling, target)),
                "article" => drop(spellings.articles.insert(spelling)),
                _ => spellings.endings.push((spelling, target)),
            }
        }
        Ok(spellings)
    }

    fn key(&self, name: &str) -> String {
        let plain = plain(name).to_lowercase().replace('\'', "");
        let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !self.articles.contains(*w));
        words.map(|w| self.word(w)).collect::<Vec<_>>().join(" ")
    }

    fn word(&self, word: &str) -> String {
        if let Some(target) = self.names.get(word) {
            return target.clone();
        }
        let ended = self.endings.iter().filter(|_| word.len() >= SHORTEST_ENDED);
        let changed = ended.filter_map(|(ending, target)| Some(format!("{}{target}", word.strip_suffix(ending.as_str())?)));
        changed.into_iter().next().unwrap_or_else(|| word.to_owned())
    }
}

/// What a word beside a role or a name changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// No longer in office.
    Former,
    /// For the time being.
    Acting,
    /// Dead.
    Late,
    /// Not yet in office.
    Elect,
    /// Second to the office.
    Deputy,
    /// By nobody's word but their own.
    SelfStyled,
    /// The report gives no name.
    Unnamed,
    /// After a hyphen: a nationality that is not theirs ("US-backed").
    Backed,
}

/// The written words of [`Modifier`].
const MODIFIERS: [(&str, Modifier); 8] = [
    ("former", Modifier::Former),
    ("acting", Modifier::Acting),
    ("late", Modifier::Late),
    ("elect", Modifier::Elect),
    ("deputy", Modifier::Deputy),
    ("self-styled", Modifier::SelfStyled),
    ("unnamed", Modifier::Unnamed),
    ("backed", Modifier::Backed),
];

/// What a word says of two actors meant together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairOf {
    /// That they are two.
    Two,
    /// That the one is meant that was named first.
    First,
    /// That the one is meant that was named last.
    Last,
    /// That they are states or governments.
    State,
    /// That they are persons.
    Person,
    /// That they are bodies or groups.
    Body,
    /// That they are states, bodies or groups.
    Side,
    /// Nothing of their kind.
    Any,
}

const PAIR_WORDS: [(&str, PairOf); 8] = [
    ("two", PairOf::Two),
    ("first", PairOf::First),
    ("last", PairOf::Last),
    ("state", PairOf::State),
    ("person", PairOf::Person),
    ("body", PairOf::Body),
    ("side", PairOf::Side),
    ("any", PairOf::Any),
];

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
        self.add_words(split(phrase), value);
    }

    fn add_words(&mut self, words: Vec<String>, value: V) {
        let Some(first) = words.first().cloned() else { return };
        let entries = self.by_first.entry(first).or_default();
        if !entries.iter().any(|(w, _)| *w == words) {
            let at = entries.partition_point(|(w, _)| w.len() >= words.len());
            entries.insert(at, (words, value));
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
        self.longest_whole(first, is, |_| true)
    }

    /// The longest phrase that stands at `at` and whose number of words `ends` allows.
    pub fn longest_whole(&self, first: &str, is: impl Fn(usize, &str) -> bool, ends: impl Fn(usize) -> bool) -> Option<(usize, V)> {
        let entries = self.by_first.get(first)?;
        let fits = |words: &[String]| ends(words.len()) && words.iter().enumerate().skip(1).all(|(i, w)| is(i, w));
        entries.iter().find(|(words, _)| fits(words)).map(|(words, v)| (words.len(), *v))
    }
}

/// A word as names are compared: straight apostrophes, no accents. Case stays.
pub fn plain(word: &str) -> String {
    let letter = |c: char| match c {
        '’' | '‘' | 'ʼ' => '\'',
        'đ' => 'd',
        'ł' => 'l',
        'Ł' => 'L',
        'ø' => 'o',
        'Ø' => 'O',
        'ı' => 'i',
        c => c,
    };
    if word.is_ascii() { word.to_owned() } else { word.nfd().filter(|c| !is_combining_mark(*c)).map(letter).collect() }
}

/// A name cut at every mark, so that it is found however the text is cut into tokens: "AFC/M23" is AFC, /, M23.
pub fn pieces(name: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut in_word = false;
    for letter in plain(name).chars() {
        let is_word = letter.is_alphanumeric();
        match pieces.last_mut() {
            Some(last) if in_word && is_word => last.push(letter),
            _ if letter.is_whitespace() => {}
            _ => pieces.push(letter.to_string()),
        }
        in_word = is_word;
    }
    pieces
}

/// Words as the tokenizer cuts them: hyphens and genitive marks stand alone.
fn split(phrase: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in plain(phrase).split_whitespace() {
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

/// The columns of the table of words in names.
pub const NAME_WORD_COLUMNS: [&str; 5] = ["word", "sector", "sectors", "yes", "no"];

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
    pub officeholders: &'d str,
    pub modifiers: &'d str,
    pub composition: &'d str,
    pub cameo: &'d str,
    pub pairs: &'d str,
    pub name_words: &'d str,
    pub actor_nouns: &'d str,
    pub spellings: &'d str,
}

/// The shipped files.
pub const ACTOR_FILES: ActorFiles<'static> = ActorFiles {
    countries: include_str!("../../../data/actors/countries.tsv"),
    organizations: include_str!("../../../data/actors/organizations.tsv"),
    institutions: include_str!("../../../data/actors/institutions.tsv"),
    roles: include_str!("../../../data/actors/roles.tsv"),
    names: include_str!("../../../data/actors/names.tsv"),
    leaders: include_str!("../../../data/actors/leaders.tsv"),
    officeholders: include_str!("../../../data/actors/officeholders.tsv"),
    modifiers: include_str!("../../../data/actors/modifiers.tsv"),
    composition: include_str!("../../../data/actors/composition.tsv"),
    cameo: include_str!("../../../data/actors/cameo.tsv"),
    pairs: include_str!("../../../data/actors/pairs.tsv"),
    name_words: include_str!("../../../data/actors/name_words.tsv"),
    actor_nouns: include_str!("../../../data/actors/nouns.tsv"),
    spellings: include_str!("../../../data/actors/spellings.tsv"),
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
        actors.read_officeholders(files.officeholders)?;
        actors.read_institutions(files.institutions)?;
        actors.read_roles(files.roles)?;
        let table = Table::parse("actors/names.tsv", files.names, &["name", "gender"])?;
        actors.given_names = table.rows().iter().map(|r| (r.text(0).to_owned(), gender(r.text(1)))).collect();
        let table = Table::parse("actors/modifiers.tsv", files.modifiers, &["words", "effect"])?;
        let effect = |word: &str| MODIFIERS.iter().find(|(w, _)| *w == word).map(|(_, m)| *m);
        let rows = table.read(|r| {
            let found = effect(r.text(1)).ok_or_else(|| ("effect", format!("{:?} is no effect", r.text(1))))?;
            Ok((r.text(0).to_owned(), found))
        })?;
        actors.modifiers = rows.into_iter().collect();
        actors.compositions = compositions(files.composition)?;
        let table = Table::parse("actors/cameo.tsv", files.cameo, &["label", "cameo"])?;
        actors.cameo = table.rows().iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned())).collect();
        let table = Table::parse("actors/pairs.tsv", files.pairs, &["word", "what"])?;
        let rows = table.read(|r| {
            let found = PAIR_WORDS.iter().find(|(w, _)| *w == r.text(1)).map(|(_, of)| *of);
            Ok((
                r.text(0).to_owned(),
                found.ok_or_else(|| ("what", format!("{:?} is neither two, first, last, state, person, body, side nor any", r.text(1))))?,
            ))
        })?;
        actors.pair_words = rows.into_iter().collect();
        let table = Table::parse("actors/name_words.tsv", files.name_words, &NAME_WORD_COLUMNS)?;
        let rows = table.read(|r| Ok((r.text(0).to_owned(), (r.code(1, "sector")?, r.codes(2, "sectors")?))))?;
        actors.name_words = rows.into_iter().collect();
        actors.spellings = Spellings::parse(files.spellings)?;
        let table = Table::parse("actors/nouns.tsv", files.actor_nouns, &["lemma", "what"])?;
        let rows = table.read(|r| match r.text(1) {
            what @ ("generic" | "abroad" | "rank" | "clergy" | "m" | "f") => Ok((r.text(0).to_owned(), what)),
            other => Err(("what", format!("{other:?} is none of generic, abroad, rank, clergy, m, f"))),
        })?;
        for (lemma, what) in rows {
            match what {
                "generic" => drop(actors.generic.insert(lemma)),
                "abroad" => drop(actors.abroad.insert(lemma)),
                "rank" => drop(actors.ranks.insert(lemma)),
                "clergy" => drop(actors.clergy.insert(lemma)),
                other => drop(actors.noun_genders.insert(lemma, gender(other))),
            }
        }
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
            self.add_name(&facts.name, Named::Country(i));
            for a in &aliases {
                self.add_name(a, Named::Country(i));
            }
            for d in &facts.demonyms {
                self.add_name(d, Named::Demonym(i));
            }
            // City states: the capital bears the country's name, which stays the country.
            for c in facts.capital.iter().chain(&capital_aliases) {
                self.add_name(c, Named::Capital(i));
            }
            for s in &seats {
                self.add_name(s, Named::Seat(i));
            }
            self.countries.push(facts);
        }
        Ok(())
    }

    fn read_organizations(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = organizations(text)?;
        let organizations = table.read(|r| {
            let body = Organization {
                name: r.text(0).to_owned(),
                kind: r.code(2, "kind")?,
                country: r.optional_code(3, "country")?,
                sector: r.optional_code(4, "sector")?,
                sectors: r.codes(5, "sectors")?,
                label: r.optional(6).map(str::to_owned),
                since: r.optional(7).map(str::to_owned),
                until: r.optional(8).map(str::to_owned),
                wikidata: r.optional(9).map(str::to_owned),
            };
            Ok((body, r.list(1).map(str::to_owned).collect::<Vec<_>>()))
        })?;
        for (i, (body, aliases)) in organizations.into_iter().enumerate() {
            self.add_name(&body.name, Named::Organization(i));
            for a in &aliases {
                self.add_name(a, Named::Organization(i));
            }
            self.organizations.push(body);
        }
        Ok(())
    }

    fn read_leaders(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let columns = ["name", "aliases", "country", "sector", "role", "since", "until", "gender"];
        let table = Table::parse("actors/leaders.tsv", text, &columns)?;
        self.add_leaders(table.read(|r| leader(r, None, 7, None))?);
        Ok(())
    }

    fn read_officeholders(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse(
            "actors/officeholders.tsv",
            text,
            &["name", "aliases", "country", "sector", "role", "since", "until", "seen", "gender", "wikidata"],
        )?;
        self.add_leaders(table.read(|r| leader(r, r.optional_code(7, "seen")?, 8, r.optional(9)))?);
        Ok(())
    }

    fn add_leaders(&mut self, leaders: Vec<(Leader, Vec<String>)>) {
        for (leader, aliases) in leaders {
            // Further rows of one name are further offices of one person.
            let key = leader.name.clone();
            let known = self.leader_index.get(&key).copied();
            let at = known.unwrap_or(self.leaders.len());
            self.add_name(&leader.name, Named::Leader(at));
            for alias in &aliases {
                self.add_name(alias, Named::Leader(at));
            }
            if known.is_some() {
                let person = &mut self.leaders[at];
                person.country = person.country.or(leader.country);
                person.wikidata = person.wikidata.take().or(leader.wikidata);
                person.terms.extend(leader.terms);
            } else {
                self.leader_index.insert(key, at);
                self.leaders.push(leader);
            }
        }
    }

    /// Words with a hyphen are one token where the first part is a prefix ("co-chair"), several elsewhere.
    fn add_noun(&mut self, noun: &str, kind: Kind) {
        self.nouns.add(noun, kind);
        if noun.contains('-') {
            self.nouns.add_words(plain(noun).split_whitespace().map(str::to_owned).collect(), kind);
        }
    }

    fn add_name(&mut self, name: &str, named: Named) {
        self.names.add_words(pieces(name), named);
    }

    fn read_institutions(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table =
            Table::parse("actors/institutions.tsv", text, &["lemma", "kind", "sector", "by_default", "sectors", "speaks", "aliases"])?;
        let institutions = table.read(|r| {
            let body = Institution {
                lemma: r.text(0).to_owned(),
                kind: r.code(1, "kind")?,
                sector: r.optional_code(2, "sector")?,
                by_default: r.text(3) == "yes",
                sectors: r.codes(4, "sectors")?,
                speaks: r.text(5) == "yes",
            };
            Ok((body, r.list(6).map(str::to_owned).collect::<Vec<_>>()))
        })?;
        for (i, (body, aliases)) in institutions.into_iter().enumerate() {
            self.add_noun(&body.lemma, Kind::Institution(i));
            for a in &aliases {
                self.add_noun(&a.to_lowercase(), Kind::Institution(i));
            }
            self.institutions.push(body);
        }
        Ok(())
    }

    fn read_roles(&mut self, text: &str) -> Result<(), Vec<Fault>> {
        let table = Table::parse("actors/roles.tsv", text, &["lemma", "sector", "by_default", "sectors", "speaks_for", "kind", "aliases"])?;
        let roles = table.read(|r| {
            let role = RoleNoun {
                lemma: r.text(0).to_owned(),
                sector: r.optional_code(1, "sector")?,
                by_default: r.text(2) == "yes",
                sectors: r.codes(3, "sectors")?,
                speaks_for: r.text(4) == "yes",
            };
            Ok((role, r.list(6).map(str::to_owned).collect::<Vec<_>>()))
        })?;
        for (i, (role, aliases)) in roles.into_iter().enumerate() {
            self.add_noun(&role.lemma, Kind::Role(i));
            for a in &aliases {
                self.add_noun(&a.to_lowercase(), Kind::Role(i));
            }
            self.roles.push(role);
        }
        Ok(())
    }

    /// Names of countries, bodies and persons in [`pieces`], case as written.
    pub fn names(&self) -> &Phrases<Named> {
        &self.names
    }

    /// What is known of a name or a noun, a line each.
    pub fn known(&self, words: &str) -> Vec<String> {
        let country = |c: Option<Country>| c.map_or_else(|| "no country".to_owned(), |c| c.to_string());
        let sector = |s: Option<Sector>, more: &[Sector]| {
            let all: Vec<&str> = s.iter().chain(more).map(|s| s.word()).collect();
            if all.is_empty() { "no sector".to_owned() } else { all.join(" ") }
        };
        let mut lines = Vec::new();
        match self.named(words) {
            Some(Named::Country(i)) => lines.push(format!("country {}, {}", self.countries[i].name, self.countries[i].country)),
            Some(Named::Demonym(i)) => lines.push(format!("people of {}, {}", self.countries[i].name, self.countries[i].country)),
            Some(Named::Capital(i) | Named::Seat(i)) => {
                lines.push(format!("government of {}, {} GOV", self.countries[i].name, self.countries[i].country));
            }
            Some(Named::Organization(i)) => {
                let body = &self.organizations[i];
                let label = body.label.as_deref().map(|l| format!(", {l}")).unwrap_or_default();
                let code = sector(body.sector, &body.sectors);
                lines.push(format!("{} {}, {}, {code}{label}", body.kind.word(), body.name, country(body.country)));
            }
            Some(Named::Leader(i)) => {
                let leader = &self.leaders[i];
                for term in &leader.terms {
                    let role = term.role.as_deref().unwrap_or("no office");
                    let (since, until) = (term.since.as_deref().unwrap_or("?"), term.until.as_deref().unwrap_or("?"));
                    let code = sector(term.sector, &[]);
                    lines.push(format!("person {}, {}, {code}, {role}, {since} to {until}", leader.name, country(term.country)));
                }
            }
            None => {}
        }
        let noun = split(&words.to_lowercase());
        let same = |i: usize, word: &str| noun.get(i).is_some_and(|w| w == word);
        let found = noun.first().and_then(|first| self.nouns.longest(first, same)).filter(|(length, _)| *length == noun.len());
        match found.map(|(_, kind)| kind) {
            Some(Kind::Institution(i)) => {
                let facts = &self.institutions[i];
                lines.push(format!("{} noun {}, {}", facts.kind.word(), facts.lemma, sector(facts.sector, &facts.sectors)));
            }
            Some(Kind::Role(i)) => {
                lines.push(format!("role {}, {}", self.roles[i].lemma, sector(self.roles[i].sector, &self.roles[i].sectors)));
            }
            None => {}
        }
        lines
    }

    /// What a whole name stands for.
    pub fn named(&self, name: &str) -> Option<Named> {
        let words = pieces(name);
        let same = |i: usize, word: &str| words.get(i).is_some_and(|w| w == word);
        self.names.longest(words.first()?, same).filter(|(length, _)| *length == words.len()).map(|(_, named)| named)
    }

    /// What a word in the name of a body that no table holds tells of its sector.
    pub fn name_word(&self, word: &str) -> Option<(Sector, &[Sector])> {
        self.name_words.get(word).map(|(sector, more)| (*sector, more.as_slice()))
    }

    /// What a word, in lower case, says of two actors meant together.
    pub fn pair_word(&self, word: &str) -> Option<PairOf> {
        self.pair_words.get(word).copied()
    }

    /// CAMEO's code of an international body, by its label.
    pub fn cameo(&self, label: Option<&str>) -> Option<&str> {
        self.cameo.get(label?).map(String::as_str)
    }

    /// How parts of a phrase make up what its actor is, in the order in which the rules count.
    pub fn compositions(&self) -> &[Composition] {
        &self.compositions
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

    /// What a word, or several, in lower case, change of the role or the name beside them.
    pub fn modifier(&self, words: &str) -> Option<Modifier> {
        self.modifiers.get(words).copied()
    }

    /// The key under which a name is recognised across reports, whatever its transliteration.
    pub fn spelling_key(&self, name: &str) -> String {
        self.spellings.key(name)
    }

    /// Whether news means again by this noun whom it has named with another role.
    pub fn is_generic(&self, lemma: &str) -> bool {
        self.generic.contains(lemma)
    }

    /// Whether the noun is for people who are often not of the country in which they are ("envoy", "migrants").
    pub fn is_abroad(&self, lemma: &str) -> bool {
        self.abroad.contains(lemma)
    }

    /// Whether it is a title of the clergy where it stands with a capital before a name ("Father").
    pub fn is_clergy(&self, lemma: &str) -> bool {
        self.clergy.contains(lemma)
    }

    /// Whether it is a rank that soldiers and police share.
    pub fn is_rank(&self, lemma: &str) -> bool {
        self.ranks.contains(lemma)
    }

    /// The gender that a noun tells ("widow"), in lower case.
    pub fn noun_gender(&self, lemma: &str) -> Gender {
        self.noun_genders.get(lemma).copied().unwrap_or(Gender::Unknown)
    }

    /// The gender of a given name; `None` if it is not listed.
    pub fn given_name(&self, word: &str) -> Option<Gender> {
        self.given_names.get(word).copied()
    }
}

/// A row of leaders or of office holders; `gender_at` is the column of the gender.
fn leader(
    r: &Row<'_>,
    seen: Option<i16>,
    gender_at: usize,
    wikidata: Option<&str>,
) -> Result<(Leader, Vec<String>), (&'static str, String)> {
    let day = |at: usize| r.optional(at).map(str::to_owned);
    let country = r.optional_code(2, "country")?;
    let term =
        Term { country, sector: r.optional_code(3, "sector")?, role: r.optional(4).map(str::to_owned), since: day(5), until: day(6), seen };
    let leader = Leader {
        name: r.text(0).to_owned(),
        country,
        gender: gender(r.text(gender_at)),
        wikidata: wikidata.map(str::to_owned),
        terms: vec![term],
    };
    Ok((leader, r.list(1).map(str::to_owned).collect()))
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
        assert_eq!(pieces("AFC/M23 (U.S.)"), ["AFC", "/", "M23", "(", "U", ".", "S", ".", ")"]);
        assert_eq!(split("Ain al-Asad"), ["Ain", "al", "-", "Asad"]);
        assert_eq!(split("People's Republic of China"), ["People", "'s", "Republic", "of", "China"]);
    }

    #[test]
    fn an_office_has_its_days() {
        let term = |since: Option<&str>, until: Option<&str>, seen| Term {
            country: None,
            sector: None,
            role: None,
            since: since.map(str::to_owned),
            until: until.map(str::to_owned),
            seen,
        };
        let dated = term(Some("2005-11-22"), Some("2021-12-08"), None);
        assert_eq!(dated.on("2010-01-01"), Tenure::Holds);
        assert_eq!(dated.on("2021-12-08"), Tenure::Holds);
        assert_eq!(dated.on("2022-01-10"), Tenure::Held);
        assert_eq!(dated.on("2001-01-10"), Tenure::Unknown);
        assert_eq!(term(None, Some("2022"), None).on("2022-12-31"), Tenure::Holds, "a year ends with its last day");
        let seen = term(None, None, Some(2019));
        assert_eq!((seen.on("2021-05-01"), seen.on("2023-01-01")), (Tenure::Holds, Tenure::Unknown));
        assert_eq!(term(None, None, None).on("2023-01-01"), Tenure::Holds);
        let terms = vec![term(Some("2017-01-20"), Some("2021-01-20"), None), term(Some("2025-01-20"), None, None)];
        let twice = Leader { name: String::new(), country: None, gender: Gender::Unknown, wikidata: None, terms };
        let on = |day: &str| twice.on(Some(day)).map(|(term, tenure)| (term.since.as_deref().unwrap_or_default().to_owned(), tenure));
        assert_eq!(on("2019-04-01"), Some(("2017-01-20".to_owned(), Tenure::Holds)));
        assert_eq!(on("2022-04-01"), Some(("2017-01-20".to_owned(), Tenure::Held)));
        assert_eq!(on("2026-04-01"), Some(("2025-01-20".to_owned(), Tenure::Holds)));
        assert_eq!(on("2012-04-01"), None);
    }

    #[test]
    fn transliterations_have_one_key() {
        let actors = Actors::parse(ACTOR_FILES).unwrap();
        for (a, b) in [
            ("Muhammad al-Hasan", "Mohamed El Hassan"),
            ("Volodymyr Zelenskyy", "Vladimir Zelensky"),
            ("Abdel-Fattah Youssef", "Abdul Fattah Yusuf"),
            ("Saïd Bouzid", "Saeed Bouzid"),
            ("Serhiy Petrovskiy", "Sergei Petrovsky"),
        ] {
            assert_eq!(actors.spelling_key(a), actors.spelling_key(b), "{a}");
        }
        assert_ne!(actors.spelling_key("Ali Hassan"), actors.spelling_key("Ali Hussein"));
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
