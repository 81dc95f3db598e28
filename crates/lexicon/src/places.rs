use std::collections::HashMap;
use std::str::FromStr;

use dragoman_codebook::{Country, Precision, UnknownWord};

use crate::actors::organizations;
use crate::{Fault, Row, Table};

/// The tables of places: countries with their capitals, own sites, other names, and the words that tell a place from its government.
#[derive(Debug, Default)]
pub struct Places {
    /// Countries, in the order of the file.
    pub countries: Vec<CountryPlace>,
    /// Bases, crossings, seas, regions: places that GeoNames' towns do not hold.
    pub sites: Vec<Site>,
    /// Other names of places in the gazetteer.
    pub aliases: Vec<PlaceAlias>,
    /// Names of bodies, some of which hold a place's ("the Washington Post").
    pub bodies: Vec<String>,
    /// The weights of the ranker, as written (`places/ranker.tsv`).
    pub ranker: String,
    beside: HashMap<String, Beside>,
    numbers: HashMap<String, f64>,
    locatives: HashMap<String, Vec<Locative>>,
    heads: HashMap<String, Vec<HeadWord>>,
    homonyms: HashMap<String, Homonym>,
    outlets: HashMap<String, Option<Country>>,
}

/// A country as a place.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct CountryPlace {
    pub country: Country,
    /// ISO 3166-1 alpha-2.
    pub iso2: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub demonyms: Vec<String>,
    pub capital: Option<String>,
    pub capital_aliases: Vec<String>,
    /// Degrees north and east.
    pub capital_at: Option<(f64, f64)>,
    /// Degrees north and east.
    pub centre: Option<(f64, f64)>,
    /// Buildings that stand for the government.
    pub seats: Vec<String>,
}

/// A place of `places/sites.tsv`.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Site {
    pub name: String,
    pub aliases: Vec<String>,
    pub country: Option<Country>,
    pub admin1: Option<String>,
    pub latitude: f64,
    pub longitude: f64,
    pub kind: String,
    pub precision: Precision,
}

/// Another name of a place in the gazetteer.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PlaceAlias {
    pub alias: String,
    pub name: String,
    pub country: Country,
    pub feature: FeatureClass,
}

/// What a word says of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Locative {
    /// Being at or near: the name is a place.
    At,
    /// Motion: a place unless a message or the like is meant.
    Toward,
    /// "on", "against": a place where something strikes.
    On,
    /// "between": places where a way lies between.
    Between,
    /// "of".
    Of,
    /// "with", "by": the government.
    Government,
    /// A part or kind of place: "outskirts of", "the city".
    Part,
    /// "northern", "downtown".
    Region,
    /// A verb whose object is a place.
    Goal,
    /// What strikes a place.
    Strike,
    /// What lies between places.
    Way,
    /// What goes to or comes from a government.
    Message,
    /// A preposition that makes a place even of a name that no table holds.
    Settled,
    /// A word of the names of streets, buildings and the like.
    Facility,
    /// A verb whose object acts or is spoken to.
    Address,
}

/// The written words of [`Locative`].
const LOCATIVES: [(&str, Locative); 15] = [
    ("address", Locative::Address),
    ("at", Locative::At),
    ("toward", Locative::Toward),
    ("on", Locative::On),
    ("between", Locative::Between),
    ("of", Locative::Of),
    ("government", Locative::Government),
    ("part", Locative::Part),
    ("region", Locative::Region),
    ("goal", Locative::Goal),
    ("strike", Locative::Strike),
    ("way", Locative::Way),
    ("message", Locative::Message),
    ("settled", Locative::Settled),
    ("facility", Locative::Facility),
];

/// What words before a name say of a place beside it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Beside {
    /// A direction, in degrees from north over east.
    Direction(f64),
    /// A unit of length, in kilometres.
    Unit(f64),
    /// Out at sea before it.
    Off,
    /// Away from it.
    From,
    /// A word between a distance and its direction that changes nothing.
    Filler,
}

/// The kind of place that a word beside a name asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeatureClass {
    /// A first-level division.
    Admin1,
    /// A second-level division.
    Admin2,
    /// A town.
    Town,
    /// An airport.
    Airport,
    /// Something in or by a town.
    Site,
    /// Waters and landscapes.
    Region,
    /// Any kind: the word tells no more than that the name is a place.
    Any,
}

/// The written words of [`FeatureClass`].
const FEATURES: [(&str, FeatureClass); 7] = [
    ("ADM1", FeatureClass::Admin1),
    ("ADM2", FeatureClass::Admin2),
    ("PPL", FeatureClass::Town),
    ("AIRP", FeatureClass::Airport),
    ("SITE", FeatureClass::Site),
    ("REGION", FeatureClass::Region),
    ("ANY", FeatureClass::Any),
];

/// A word beside a name ("province", "Camp").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct HeadWord {
    /// It stands before the name, else after it.
    before: bool,
    /// What it asks for.
    feature: FeatureClass,
}

/// What the name of a small place usually is instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Homonym {
    /// A common word.
    Word,
    /// A given name or surname.
    Name,
    /// A part of the calendar.
    Time,
}

/// The written words of [`Homonym`].
const HOMONYMS: [(&str, Homonym); 3] = [("word", Homonym::Word), ("name", Homonym::Name), ("time", Homonym::Time)];

/// The text of the files that make up [`Places`].
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the file of its name")]
pub struct PlaceFiles<'d> {
    pub countries: &'d str,
    pub sites: &'d str,
    pub aliases: &'d str,
    pub heads: &'d str,
    pub not_places: &'d str,
    pub locatives: &'d str,
    pub ranker: &'d str,
    pub organizations: &'d str,
    pub outlets: &'d str,
    pub relative: &'d str,
    pub number_words: &'d str,
}

/// The shipped files.
pub const PLACE_FILES: PlaceFiles<'static> = PlaceFiles {
    countries: include_str!("../../../data/actors/countries.tsv"),
    sites: include_str!("../../../data/places/sites.tsv"),
    aliases: include_str!("../../../data/places/aliases.tsv"),
    heads: include_str!("../../../data/places/heads.tsv"),
    not_places: include_str!("../../../data/places/not_places.tsv"),
    locatives: include_str!("../../../data/en/locatives.tsv"),
    ranker: include_str!("../../../data/places/ranker.tsv"),
    organizations: include_str!("../../../data/actors/organizations.tsv"),
    outlets: include_str!("../../../data/places/outlets.tsv"),
    relative: include_str!("../../../data/en/relative.tsv"),
    number_words: include_str!("../../../data/en/number_words.tsv"),
};

impl Places {
    /// Reads the files.
    ///
    /// # Errors
    /// The faults of the first file that has any.
    pub fn parse(files: PlaceFiles<'_>) -> Result<Self, Vec<Fault>> {
        let mut places = Self {
            countries: read_countries(files.countries)?,
            sites: read_sites(files.sites)?,
            ranker: files.ranker.to_owned(),
            ..Self::default()
        };
        let table = Table::parse("places/aliases.tsv", files.aliases, &["alias", "name", "country", "feature"])?;
        places.aliases = table.read(|r| {
            Ok(PlaceAlias {
                alias: r.text(0).to_owned(),
                name: r.text(1).to_owned(),
                country: r.code(2, "country")?,
                feature: r.code(3, "feature")?,
            })
        })?;
        let table = Table::parse("places/heads.tsv", files.heads, &["lemma", "position", "feature"])?;
        for (lemma, head) in table.read(|r| Ok((r.text(0), HeadWord { before: before(r)?, feature: r.code(2, "feature")? })))? {
            places.heads.entry(lemma.to_owned()).or_default().push(head);
        }
        let table = Table::parse("places/not_places.tsv", files.not_places, &["name", "kind"])?;
        places.homonyms = table.read(|r| Ok((r.text(0).to_owned(), r.code(1, "kind")?)))?.into_iter().collect();
        let table = Table::parse("en/locatives.tsv", files.locatives, &["lemma", "kind"])?;
        for (lemma, kind) in table.read(|r| Ok((r.text(0), r.code(1, "kind")?)))? {
            places.locatives.entry(lemma.to_owned()).or_default().push(kind);
        }
        let table = Table::parse("en/relative.tsv", files.relative, &["form", "kind", "value"])?;
        places.beside = table.read(|r| Ok((r.text(0).to_owned(), beside(r)?)))?.into_iter().collect();
        let table = Table::parse("en/number_words.tsv", files.number_words, &["form", "value", "low", "high"])?;
        let numbers = table.read(|r| Ok((r.text(0).to_owned(), r.optional_code::<f64>(1, "value")?)))?;
        places.numbers = numbers.into_iter().filter_map(|(form, value)| Some((form, value?))).collect();
        let table = organizations(files.organizations)?;
        let media = table.rows().iter().filter(|r| r.text(4) == "JRN");
        let media = media.filter_map(|r| Some((r, r.optional_code::<Country>(3, "country").ok()??)));
        let names = media.flat_map(|(r, c)| std::iter::once(r.text(0)).chain(r.list(1)).map(move |n| (n.to_lowercase(), Some(c))));
        let endings = places.countries.iter().map(|c| (format!(".{}", c.iso2.to_lowercase()), Some(c.country)));
        let own = Table::parse("places/outlets.tsv", files.outlets, &["name", "country"])?;
        let own = own.read(|r| Ok((r.text(0).to_owned(), r.optional_code::<Country>(1, "country")?)))?;
        places.outlets = names.chain(endings).chain(own).collect();
        places.bodies = table.rows().iter().flat_map(|r| std::iter::once(r.text(0)).chain(r.list(1))).map(str::to_owned).collect();
        Ok(places)
    }

    /// The country of an outlet, by its name or its address.
    pub fn outlet_country(&self, name: Option<&str>, url: Option<&str>) -> Option<Country> {
        let known = |name: &str| self.outlets.get(&name.to_lowercase()).copied();
        let host = url.and_then(|u| u.split_once("://")).and_then(|(_, rest)| rest.split(['/', ':', '?', '#']).next());
        let ending = host.and_then(|h| h.rfind('.').map(|at| &h[at..]));
        name.and_then(known).or_else(|| ending.and_then(known)).flatten()
    }

    /// Whether `lemma` is a locative of this kind.
    pub fn is(&self, lemma: &str, kind: Locative) -> bool {
        self.locatives.get(lemma).is_some_and(|kinds| kinds.contains(&kind))
    }

    /// What words before a name say of a place beside it.
    pub fn beside(&self, words: &str) -> Option<Beside> {
        self.beside.get(words).copied()
    }

    /// The value of a number word.
    pub fn number(&self, word: &str) -> Option<f64> {
        self.numbers.get(word).copied()
    }

    /// What a word right after a name asks for.
    pub fn head_after(&self, lemma: &str) -> Option<FeatureClass> {
        self.head(lemma, false)
    }

    /// What a word right before a name asks for.
    pub fn head_before(&self, lemma: &str) -> Option<FeatureClass> {
        self.head(lemma, true)
    }

    fn head(&self, lemma: &str, before: bool) -> Option<FeatureClass> {
        self.heads.get(lemma)?.iter().find(|h| h.before == before).map(|h| h.feature)
    }

    /// What a folded name usually is instead of a place.
    pub fn homonym(&self, folded: &str) -> Option<Homonym> {
        self.homonyms.get(folded).copied()
    }
}

fn beside(row: &Row<'_>) -> Result<Beside, (&'static str, String)> {
    match row.text(1) {
        "direction" => Ok(Beside::Direction(row.code(2, "value")?)),
        "unit" => Ok(Beside::Unit(row.code(2, "value")?)),
        "off" => Ok(Beside::Off),
        "from" => Ok(Beside::From),
        "filler" => Ok(Beside::Filler),
        other => Err(("kind", format!("{other:?} is none of direction, unit, off, from, filler"))),
    }
}

fn before(row: &Row<'_>) -> Result<bool, (&'static str, String)> {
    match row.text(1) {
        "before" => Ok(true),
        "after" => Ok(false),
        other => Err(("position", format!("{other:?} is neither before nor after"))),
    }
}

fn read_countries(text: &str) -> Result<Vec<CountryPlace>, Vec<Fault>> {
    const COLUMNS: [&str; 12] =
        ["iso3", "iso2", "name", "aliases", "demonyms", "capital", "capital_aliases", "capital_lat", "capital_lon", "lat", "lon", "seat"];
    let strings = |r: &Row<'_>, i: usize| r.list(i).map(str::to_owned).collect::<Vec<_>>();
    Table::parse("actors/countries.tsv", text, &COLUMNS)?.read(|r| {
        Ok(CountryPlace {
            country: r.code(0, "iso3")?,
            iso2: r.text(1).to_owned(),
            name: r.text(2).to_owned(),
            aliases: strings(r, 3),
            demonyms: strings(r, 4),
            capital: r.optional(5).map(str::to_owned),
            capital_aliases: strings(r, 6),
            capital_at: position(r, 7, ["capital_lat", "capital_lon"])?,
            centre: position(r, 9, ["lat", "lon"])?,
            seats: strings(r, 11),
        })
    })
}

fn read_sites(text: &str) -> Result<Vec<Site>, Vec<Fault>> {
    const COLUMNS: [&str; 8] = ["name", "aliases", "country", "admin1", "lat", "lon", "kind", "precision"];
    Table::parse("places/sites.tsv", text, &COLUMNS)?.read(|r| {
        let (latitude, longitude) = position(r, 4, ["lat", "lon"])?.ok_or_else(|| ("lat", "a site has a position".to_owned()))?;
        Ok(Site {
            name: r.text(0).to_owned(),
            aliases: r.list(1).map(str::to_owned).collect(),
            country: r.optional_code(2, "country")?,
            admin1: r.optional(3).map(str::to_owned),
            latitude,
            longitude,
            kind: r.text(6).to_owned(),
            precision: r.code(7, "precision")?,
        })
    })
}

/// Latitude and longitude from two columns; both or neither.
fn position(row: &Row<'_>, at: usize, columns: [&'static str; 2]) -> Result<Option<(f64, f64)>, (&'static str, String)> {
    let latitude: Option<f64> = row.optional_code(at, columns[0])?;
    let longitude: Option<f64> = row.optional_code(at + 1, columns[1])?;
    match (latitude, longitude) {
        (None, None) => Ok(None),
        (Some(lat), Some(_)) if !(-90.0..=90.0).contains(&lat) => Err((columns[0], format!("{lat} is no latitude"))),
        (Some(_), Some(lon)) if !(-180.0..=180.0).contains(&lon) => Err((columns[1], format!("{lon} is no longitude"))),
        (Some(lat), Some(lon)) => Ok(Some((lat, lon))),
        _ => Err((columns[0], "one of latitude and longitude is missing".to_owned())),
    }
}

/// The value of a written word.
fn listed<T: Copy>(words: &[(&str, T)], word: &str, kind: &'static str) -> Result<T, UnknownWord> {
    words.iter().find(|(w, _)| *w == word).map(|(_, v)| *v).ok_or_else(|| UnknownWord { kind, word: word.to_owned() })
}

impl FromStr for Locative {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        listed(&LOCATIVES, word, "kind of locative")
    }
}

impl FromStr for FeatureClass {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        listed(&FEATURES, word, "feature")
    }
}

impl FromStr for Homonym {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        listed(&HOMONYMS, word, "kind of homonym")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_files_are_in_order() {
        Places::parse(PLACE_FILES).unwrap();
        let files: [(&str, &str, &[&str]); 4] = [
            ("places/aliases.tsv", PLACE_FILES.aliases, &["alias", "name", "country", "feature"]),
            ("places/heads.tsv", PLACE_FILES.heads, &["lemma", "position", "feature"]),
            ("places/not_places.tsv", PLACE_FILES.not_places, &["name", "kind"]),
            ("en/locatives.tsv", PLACE_FILES.locatives, &["lemma", "kind"]),
        ];
        for (file, text, columns) in files {
            assert_eq!(Table::parse(file, text, columns).unwrap().order_faults(), [], "{file}");
        }
    }

    #[test]
    fn a_position_is_whole_or_absent() {
        let sites = |row: &str| read_sites(&format!("#! name\taliases\tcountry\tadmin1\tlat\tlon\tkind\tprecision\n{row}\n"));
        assert!(sites("Far Ford\t\tIRQ\t\t33.5\t44.5\tford\tpoint").is_ok());
        for bad in
            ["Far Ford\t\tIRQ\t\t33.5\t\tford\tpoint", "Far Ford\t\tIRQ\t\t133.5\t44.5\tford\tpoint", "Far Ford\t\tIRQ\t\t\t\tford\tpoint"]
        {
            assert!(sites(bad).is_err(), "{bad}");
        }
    }
}
