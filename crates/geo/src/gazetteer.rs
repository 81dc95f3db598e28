//! All that is known of places: the compiled gazetteer and the reviewed tables, found by folded name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use dragoman_codebook::{Country, Precision};
use dragoman_lexicon::{CountryPlace, FeatureClass, PLACE_FILES, PlaceFiles, Places};

use crate::context::{Context, Hints};
use crate::fold::Folded;
use crate::ranking::Weights;
use crate::towns::{GazetteerError, Town, Towns, Walk};

/// The compiled gazetteer that is part of the program.
const SHIPPED: &[u8] = include_bytes!("../../../data/places/gazetteer.bin");

/// GeoNames' codes of the features that are told apart here.
mod feature {
    pub(super) const CAPITAL: &str = "PPLC";
    pub(super) const QUARTER: &str = "PPLX";
    pub(super) const ADMIN1: &str = "ADM1";
    pub(super) const ADMIN2: &str = "ADM2";
    pub(super) const COUNTRY: &str = "PCLI";
    /// What the codes of towns begin with.
    pub(super) const TOWNS: &str = "PPL";
    /// What the codes of divisions begin with.
    pub(super) const DIVISIONS: &str = "ADM";
    /// Waters, mountains and landscapes, which are no points.
    pub(super) const WIDE: [&str; 22] = [
        "AREA", "BAY", "CHN", "CONT", "DSRT", "GULF", "ISL", "ISLS", "LK", "LKS", "MTS", "OCN", "PEN", "PLN", "RGN", "RGNE", "RSV", "SEA",
        "STM", "STRT", "VAL", "ZN",
    ];
}

/// Names of places and the places they may mean.
pub struct Gazetteer {
    /// Compiled gazetteers, the user's before the shipped one.
    towns: Vec<Towns>,
    tables: Places,
    /// Countries, capitals, sites and aliases, by folded name.
    listed: HashMap<String, Vec<Candidate>>,
    /// Number of words of the longest listed name that begins with a word.
    longest: HashMap<String, usize>,
    demonyms: HashMap<String, Country>,
    /// Folded names of listed bodies.
    bodies: HashSet<String>,
    by_iso2: BTreeMap<String, Country>,
    weights: Weights,
}

/// What a candidate is, as far as the reading of a name depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Country,
    Capital,
    Admin1,
    Admin2,
    Town,
    Quarter,
    Site,
}

impl Kind {
    /// A town, whatever its rank, or a part of one.
    pub(crate) fn is_town(self) -> bool {
        matches!(self, Self::Capital | Self::Town | Self::Quarter)
    }

    /// Names of countries and capitals stand for their governments as well.
    pub(crate) fn is_political(self) -> bool {
        matches!(self, Self::Country | Self::Capital)
    }
}

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) country: Option<Country>,
    pub(crate) admin1: Option<String>,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) geonames_id: Option<u32>,
    pub(crate) feature: String,
    pub(crate) precision: Precision,
    pub(crate) population: u32,
    /// It bears the name by which it was found only among others.
    pub(crate) alternate: bool,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer of {} places under {} names", self.place_count(), self.name_count())
    }
}

impl Gazetteer {
    /// The gazetteer and the tables that are part of the program.
    ///
    /// # Errors
    /// If the program was built with a damaged gazetteer or faulty tables.
    pub fn shipped() -> Result<Self, GazetteerError> {
        let tables = Places::parse(PLACE_FILES).map_err(GazetteerError::Tables)?;
        Self::new(SHIPPED, tables)
    }

    /// The compiled gazetteer that is part of the program, with these tables.
    ///
    /// # Errors
    /// The faults of the tables.
    pub fn shipped_with(tables: Places) -> Result<Self, GazetteerError> {
        Self::new(SHIPPED, tables)
    }

    /// This gazetteer with these tables in the place of its own.
    ///
    /// # Errors
    /// The faults of the tables.
    pub fn with_places(self, tables: Places) -> Result<Self, GazetteerError> {
        Self::of(self.towns, tables)
    }

    /// What is known of the places that bear a name, the likeliest first, a line each.
    pub fn known(&self, name: &str) -> Vec<String> {
        let candidates = self.candidates(&Folded::of(name));
        let ranked = self.weights.rank(name, &candidates, &Hints::default(), &Context::default());
        let line = |c: &Candidate| {
            let country = c.country.map_or_else(|| "no country".to_owned(), |c| c.to_string());
            let division = c.admin1.as_deref().map(|a| format!(", {a}")).unwrap_or_default();
            let id = c.geonames_id.map(|id| format!(", GeoNames {id}")).unwrap_or_default();
            format!("place {}{division}, {country}, {}, {:.2} {:.2}{id}", c.name, c.feature, c.latitude, c.longitude)
        };
        ranked.iter().map(|r| line(&r.candidate)).collect()
    }

    /// A gazetteer of these compiled bytes (see [`compile`](crate::compile)) and these tables.
    ///
    /// # Errors
    /// If the bytes are no gazetteer, are cut off or were changed.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static, tables: Places) -> Result<Self, GazetteerError> {
        Self::of(vec![Towns::open(Arc::new(bytes))?], tables)
    }

    fn of(towns: Vec<Towns>, tables: Places) -> Result<Self, GazetteerError> {
        let mut gazetteer = Self {
            towns,
            listed: HashMap::new(),
            longest: HashMap::new(),
            demonyms: HashMap::new(),
            bodies: tables.bodies.iter().map(|name| Folded::of(name)).collect(),
            weights: Weights::parse(&tables.ranker).map_err(GazetteerError::Tables)?,
            by_iso2: tables.countries.iter().map(|c| (c.iso2.clone(), c.country)).collect(),
            tables,
        };
        gazetteer.list_all();
        Ok(gazetteer)
    }

    /// A gazetteer with a user's tables in place of the shipped ones.
    ///
    /// # Errors
    /// The faults of the tables.
    pub fn with_tables(files: PlaceFiles<'_>) -> Result<Self, GazetteerError> {
        Self::new(SHIPPED, Places::parse(files).map_err(GazetteerError::Tables)?)
    }

    /// This gazetteer with a compiled one of the user's before it; a place that both hold is the user's.
    ///
    /// # Errors
    /// If the bytes are no gazetteer, are cut off or were changed.
    pub fn with_towns(mut self, bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Self, GazetteerError> {
        self.towns.insert(0, Towns::open(Arc::new(bytes))?);
        Ok(self)
    }

    /// Whether a user's compiled gazetteer lies before the shipped one.
    pub(crate) fn is_extended(&self) -> bool {
        self.towns.len() > 1
    }

    /// Number of places in the compiled gazetteer.
    pub fn place_count(&self) -> usize {
        self.towns.iter().map(Towns::len).sum()
    }

    /// Number of names in the compiled gazetteer.
    pub fn name_count(&self) -> usize {
        self.towns.iter().map(Towns::name_count).sum()
    }

    /// What the ranker has learned.
    pub(crate) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Whether a listed body bears the folded name.
    pub(crate) fn is_body(&self, folded: &str) -> bool {
        self.bodies.contains(folded)
    }

    /// The country of a code.
    pub(crate) fn country(&self, country: Country) -> Option<Candidate> {
        let facts = self.tables.countries.iter().find(|c| c.country == country)?;
        self.listed.get(&Folded::of(&facts.name))?.iter().find(|c| c.kind == Kind::Country).cloned()
    }

    /// The tables beside the gazetteer.
    pub(crate) fn tables(&self) -> &Places {
        &self.tables
    }

    /// The country whose people a folded word names.
    pub(crate) fn demonym(&self, folded: &str) -> Option<Country> {
        self.demonyms.get(folded).copied()
    }

    /// The places that a folded name may mean, the largest first within each source; listed ones before the others.
    pub(crate) fn candidates(&self, folded: &str) -> Vec<Candidate> {
        let listed = self.listed.get(folded);
        if listed.is_some_and(Vec::is_empty) {
            return Vec::new();
        }
        let mut found = listed.cloned().unwrap_or_default();
        for town in self.towns.iter().flat_map(|t| t.named(folded)) {
            let known = |c: &Candidate| c.geonames_id.is_some() && c.geonames_id == town.geonames_id;
            if !found.iter().any(known) {
                found.push(self.candidate(town));
            }
        }
        found
    }

    /// Whether the tables, not just the compiled gazetteer, hold a folded name.
    pub(crate) fn is_listed(&self, folded: &str) -> bool {
        self.listed.contains_key(folded)
    }

    /// A search for the longest name, word by word.
    pub(crate) fn search(&self) -> Search<'_> {
        Search {
            gazetteer: self,
            walks: self.towns.iter().map(Towns::walk).collect(),
            folded: Folded::default(),
            fed: 0,
            words: 0,
            listed_words: 0,
            goes_on: true,
        }
    }

    fn list_all(&mut self) {
        let tables = std::mem::take(&mut self.tables);
        for country in &tables.countries {
            self.list_country(country);
        }
        for site in &tables.sites {
            let candidate = Candidate {
                kind: Kind::Site,
                name: site.name.clone(),
                country: site.country,
                admin1: site.admin1.clone(),
                latitude: site.latitude,
                longitude: site.longitude,
                geonames_id: None,
                feature: site.kind.clone(),
                precision: site.precision,
                population: 0,
                alternate: false,
            };
            std::iter::once(&site.name).chain(&site.aliases).for_each(|n| self.list(n, candidate.clone()));
        }
        for alias in &tables.aliases {
            let wanted = |c: &Candidate| match alias.feature {
                FeatureClass::Admin1 => c.kind == Kind::Admin1,
                _ => matches!(c.kind, Kind::Town | Kind::Capital),
            };
            let found = self.candidates(&Folded::of(&alias.name)).into_iter().find(|c| c.country == Some(alias.country) && wanted(c));
            if let Some(candidate) = found {
                self.list(&alias.alias, candidate);
            }
        }
        self.tables = tables;
    }

    fn list_country(&mut self, facts: &CountryPlace) {
        for seat in &facts.seats {
            self.list_name(seat);
        }
        for demonym in &facts.demonyms {
            self.demonyms.entry(Folded::of(demonym)).or_insert(facts.country);
        }
        if let Some((latitude, longitude)) = facts.centre {
            let candidate = Candidate {
                kind: Kind::Country,
                name: facts.name.clone(),
                country: Some(facts.country),
                admin1: None,
                latitude,
                longitude,
                geonames_id: None,
                feature: feature::COUNTRY.to_owned(),
                precision: Precision::Country,
                population: 0,
                alternate: false,
            };
            std::iter::once(&facts.name).chain(&facts.aliases).for_each(|n| self.list(n, candidate.clone()));
        }
        let Some(capital) = self.capital(facts) else { return };
        facts.capital.iter().chain(&facts.capital_aliases).for_each(|n| self.list(n, capital.clone()));
    }

    /// The capital as the gazetteer has it, else as the table of countries has it.
    fn capital(&self, facts: &CountryPlace) -> Option<Candidate> {
        let name = facts.capital.as_ref()?;
        let names = std::iter::once(name).chain(&facts.capital_aliases);
        let mut towns = names.flat_map(|n| self.towns.iter().flat_map(|t| t.named(&Folded::of(n)).collect::<Vec<_>>()).collect::<Vec<_>>());
        if let Some(town) = towns.find(|t| t.feature == feature::CAPITAL && t.country == facts.iso2) {
            return Some(Candidate { name: name.clone(), ..self.candidate(town) });
        }
        let (latitude, longitude) = facts.capital_at?;
        Some(Candidate {
            kind: Kind::Capital,
            name: name.clone(),
            country: Some(facts.country),
            admin1: None,
            latitude,
            longitude,
            geonames_id: None,
            feature: feature::CAPITAL.to_owned(),
            precision: Precision::Town,
            population: 0,
            alternate: false,
        })
    }

    fn list(&mut self, name: &str, candidate: Candidate) {
        // What a reviewed table calls a place is its name.
        let candidate = Candidate { alternate: false, ..candidate };
        let known = self.list_name(name);
        if !known.contains(&candidate) {
            known.push(candidate);
        }
    }

    /// Makes a name known. One without places ("the White House") is found and read as no place.
    fn list_name(&mut self, name: &str) -> &mut Vec<Candidate> {
        let folded = Folded::of(name);
        let first = folded.split(' ').next().unwrap_or_default();
        let longest = self.longest.entry(first.to_owned()).or_default();
        *longest = folded.split(' ').count().max(*longest);
        self.listed.entry(folded).or_default()
    }

    fn candidate(&self, town: Town<'_>) -> Candidate {
        let (kind, precision) = match town.feature {
            feature::CAPITAL => (Kind::Capital, Precision::Town),
            feature::ADMIN1 => (Kind::Admin1, Precision::Admin),
            feature::ADMIN2 => (Kind::Admin2, Precision::Admin),
            feature::QUARTER => (Kind::Quarter, Precision::Town),
            code if code.starts_with(feature::TOWNS) => (Kind::Town, Precision::Town),
            code if code.starts_with(feature::DIVISIONS) => (Kind::Admin2, Precision::Admin),
            code if feature::WIDE.contains(&code) => (Kind::Site, Precision::Region),
            _ => (Kind::Site, Precision::Point),
        };
        Candidate {
            kind,
            name: town.name.to_owned(),
            country: self.by_iso2.get(town.country).copied(),
            admin1: town.admin1.map(str::to_owned),
            latitude: town.latitude,
            longitude: town.longitude,
            geonames_id: town.geonames_id,
            feature: town.feature.to_owned(),
            precision,
            population: town.population,
            alternate: town.alternate,
        }
    }
}

/// The search for a name from one word on. Each further word costs time linear in its length.
pub(crate) struct Search<'g> {
    gazetteer: &'g Gazetteer,
    walks: Vec<Walk<'g>>,
    folded: Folded,
    /// Bytes of the folded name that the walk has taken.
    fed: usize,
    words: usize,
    /// Words of the longest listed name that begins like this one.
    listed_words: usize,
    goes_on: bool,
}

impl Search<'_> {
    /// Takes the next piece of text; `spaced` where white space stands before it. Whether a longer name may follow.
    pub(crate) fn push(&mut self, piece: &str, spaced: bool) -> bool {
        if spaced {
            self.folded.space();
        }
        self.folded.push(piece);
        let bytes = self.folded.as_str().as_bytes();
        let fresh = &bytes[self.fed..];
        let mut in_gazetteer = false;
        for walk in &mut self.walks {
            in_gazetteer |= walk.push(fresh);
        }
        self.fed = bytes.len();
        let first = self.folded.as_str().split(' ').next().unwrap_or_default();
        self.words = self.folded.as_str().matches(' ').count() + 1;
        self.listed_words = self.gazetteer.longest.get(first).copied().unwrap_or(0).max(self.listed_words);
        // A listed name may go on within a word ("N'" of "N'Djamena"), which is found once the word is whole.
        self.goes_on = in_gazetteer || self.words <= self.listed_words || self.words == 1;
        self.goes_on
    }

    /// The folded name so far, if a place bears it.
    pub(crate) fn found(&self) -> Option<&str> {
        let folded = self.folded.as_str();
        (self.walks.iter().any(|w| w.postings().is_some()) || self.gazetteer.listed.contains_key(folded)).then_some(folded)
    }
}
