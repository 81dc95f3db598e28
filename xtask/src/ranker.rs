//! `cargo xtask ranker`: learns the weights of `data/places/ranker.tsv`, which choose among the places that bear a name.
//!
//! Learned on every second document of LGL and TR-News (the first, the third and so on), with their toponyms given; the figures printed are
//! those of the others. The model is a conditional logit: the chance of a candidate is the exponential of its weighted features over the
//! sum of those of all; the weights make the annotated places likeliest, with a penalty on their squares, by gradient descent from nought
//! with a step for each weight (Adagrad). What a report's other names mean is weighed with the weights of the round before.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result, anyhow};
use dragoman_doc::Document;
use dragoman_engine::{Engine, Reader, Reading};
use dragoman_eval::{Gold, Records, Task, km};
use dragoman_geo::{Choice, Example, Gazetteer};
use dragoman_lexicon::{PLACE_FILES, PlaceFiles};
use dragoman_span::{CodepointIndex, Span};
use serde_json::{Value, json};

/// Rounds; in each the features are computed anew with the weights of the round before.
const ROUNDS: usize = 4;
/// Steps of a round.
const STEPS: usize = 400;
/// Length of the first step.
const RATE: f64 = 0.3;
/// Penalty on the squares of the weights, for each example.
const PENALTY: f64 = 5e-4;
/// A candidate this near to the annotated place is right, in kilometres, where none bears its id.
const RIGHT_KM: f64 = 80.0;

/// A place farther from where it is than this is an error, in kilometres: 100 miles.
const ERROR_KM: f64 = 161.0;

/// The feature of the answer that none of the candidates is meant.
const NIL: &str = "nil";

/// A document of a gold file, read by the program.
struct Known {
    id: String,
    reading: Reading,
    gold: Vec<Toponym>,
    row: Value,
    /// Learned on, not reported.
    learned: bool,
}

struct Toponym {
    span: Span,
    id: u32,
    at: (f64, f64),
    country: String,
}

pub(crate) fn run(root: &Path, data: &Path, list_errors: bool) -> Result<()> {
    let folder = data.join("geoparsing");
    let engine = Engine::shipped(&Reader::default()).map_err(|e| anyhow!("{e}"))?;
    let mut sets = Vec::new();
    for set in ["lgl", "trnews"] {
        let text = read(&folder, set).with_context(|| format!("reading {set} in {}", folder.display()))?;
        let rows: Vec<Value> = text.split('\n').filter(|l| !l.is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
        let known = rows.into_iter().enumerate().filter_map(|(at, row)| Known::new(&engine, row, at % 2 == 0)).collect::<Vec<_>>();
        eprintln!("{set}: {} documents read", known.len());
        sets.push((set, known));
    }
    let names = dragoman_geo::feature_names();
    let mut gazetteer = Gazetteer::shipped()?;
    let mut table = String::new();
    for round in 1..=ROUNDS {
        let learned = sets.iter().flat_map(|(_, known)| known).filter(|k| k.learned);
        let examples: Vec<(Example, Vec<usize>)> = learned.flat_map(|k| k.examples(&gazetteer)).collect();
        let weights = learn(&examples, &names);
        table = written(&names, &weights);
        let ranker: &'static str = table.clone().leak();
        gazetteer = Gazetteer::with_tables(PlaceFiles { ranker, ..PLACE_FILES })?;
        eprintln!("round {round}: {} examples", examples.len());
    }
    fs::write(root.join("data/places/ranker.tsv"), table)?;
    for (set, known) in &sets {
        for (part, learned) in [("learned on", true), ("held out", false)] {
            let part_of: Vec<&Known> = known.iter().filter(|k| k.learned == learned).collect();
            println!("{set}, {part}, {} documents, toponyms given", part_of.len());
            print!("{}", figures(&part_of, &gazetteer)?);
            // What was held out is not looked at.
            if learned && list_errors {
                for document in &part_of {
                    document.print_errors(&gazetteer);
                }
            }
        }
    }
    Ok(())
}

fn read(folder: &Path, set: &str) -> Result<String> {
    let packed = folder.join(format!("{set}.jsonl.zst"));
    if packed.exists() {
        return Ok(io::read_to_string(zstd::Decoder::new(fs::File::open(packed)?)?)?);
    }
    Ok(fs::read_to_string(folder.join(format!("{set}.jsonl")))?)
}

impl Known {
    fn new(engine: &Engine, row: Value, learned: bool) -> Option<Self> {
        let text = row["text"].as_str()?;
        let reading = engine.read(Document::plain(text));
        let index = CodepointIndex::new(text);
        let gold = row["toponyms"].as_array()?.iter().filter_map(|t| Toponym::new(t, &index)).collect();
        Some(Self { id: row["id"].as_str()?.to_owned(), reading, gold, row, learned })
    }

    fn ranked(&self, gazetteer: &Gazetteer) -> Vec<Example> {
        let r = &self.reading;
        let spans: Vec<Span> = self.gold.iter().map(|t| t.span).collect();
        dragoman_geo::examples(&r.document, &r.tokens, &r.annotation, &r.syntax, gazetteer, &spans)
    }

    /// Each toponym that is put elsewhere: document, words, whether a candidate is right, the distance, the right country, the one taken.
    fn print_errors(&self, gazetteer: &Gazetteer) {
        for (example, toponym) in self.ranked(gazetteer).iter().zip(&self.gold) {
            let best = example.chosen.map(|c| &example.choices[c]);
            let error = best.map(|c| km(toponym.at, (c.latitude, c.longitude)));
            if error.is_none_or(|km| km > ERROR_KM) {
                let known = example.choices.iter().any(|c| km(toponym.at, (c.latitude, c.longitude)) <= ERROR_KM);
                let words = toponym.span.of(&self.reading.document.text);
                let taken = best.and_then(|c| c.country).map(|c| c.to_string());
                println!("{}\t{words}\t{}\t{error:.0?}\t{}\t{taken:?}", self.id, if known { "known" } else { "unknown" }, toponym.country);
            }
        }
    }

    /// The toponyms that have candidates, with the right ones; where none is right, that is the answer, which stands behind the others.
    fn examples(&self, gazetteer: &Gazetteer) -> Vec<(Example, Vec<usize>)> {
        let pairs = self.ranked(gazetteer).into_iter().zip(&self.gold);
        let nil = dragoman_geo::feature_names().iter().map(|n| if *n == NIL { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
        let with_right = pairs.filter(|(example, _)| !example.choices.is_empty()).map(|(mut example, toponym)| {
            let right = toponym.right(&example.choices);
            let none = example.choices.len();
            example.choices.push(Choice { geonames_id: None, latitude: 0.0, longitude: 0.0, country: None, features: nil.clone() });
            (example, if right.is_empty() { vec![none] } else { right })
        });
        with_right.collect()
    }
}

impl Toponym {
    fn new(row: &Value, index: &CodepointIndex<'_>) -> Option<Self> {
        let offset = |name: &str| row[name].as_u64().and_then(|n| usize::try_from(n).ok());
        let id = row["geonameid"].as_u64().or_else(|| row["geonameid"].as_str()?.parse().ok())?;
        Some(Self {
            span: Span::new(index.byte(offset("begin")?), index.byte(offset("end")?)),
            id: u32::try_from(id).ok()?,
            at: row["lat"].as_f64().zip(row["lon"].as_f64())?,
            country: row["country"].as_str().unwrap_or_default().to_owned(),
        })
    }

    /// The candidates that are the place: by id, else the nearest if it is near.
    fn right(&self, choices: &[Choice]) -> Vec<usize> {
        let same: Vec<usize> = (0..choices.len()).filter(|c| choices[*c].geonames_id == Some(self.id)).collect();
        if !same.is_empty() {
            return same;
        }
        let far = |c: usize| km(self.at, (choices[c].latitude, choices[c].longitude));
        let nearest = (0..choices.len()).min_by(|a, b| far(*a).total_cmp(&far(*b)));
        nearest.filter(|c| far(*c) <= RIGHT_KM).into_iter().collect()
    }
}

/// Weights that are set, not learned: what stands in the table of sites was put there because news means it, and local news, of which
/// the corpora mostly are, hardly names sites and means other towns by the names of capitals. The outlet's was learned from the addresses of the
/// corpora, without which their texts are read.
const SET: [(&str, f64); 3] = [("is_capital", 3.5), ("is_site", 3.0), ("outlet_country", 2.668)];

fn learn(examples: &[(Example, Vec<usize>)], names: &[&str]) -> Vec<f64> {
    let set = |name: &str| SET.iter().find(|(n, _)| *n == name).map(|(_, w)| *w);
    let learned: Vec<bool> = names.iter().map(|n| set(n).is_none()).collect();
    let mut weights: Vec<f64> = names.iter().map(|n| set(n).unwrap_or(0.0)).collect();
    let features = names.len();
    let mut squares = vec![1e-8; features];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().map(|w| 2.0 * PENALTY * w).collect();
        for (example, right) in examples {
            let share = 1.0 / examples.len() as f64;
            let scores: Vec<f64> = example.choices.iter().map(|c| c.features.iter().zip(&weights).map(|(f, w)| f * w).sum()).collect();
            let most = scores.iter().copied().fold(f64::MIN, f64::max);
            let odds: Vec<f64> = scores.iter().map(|s| (s - most).exp()).collect();
            let (all, hit) = (odds.iter().sum::<f64>(), right.iter().map(|r| odds[*r]).sum::<f64>());
            for (at, choice) in example.choices.iter().enumerate() {
                let wanted = if right.contains(&at) { odds[at] / hit } else { 0.0 };
                let pull = share * (odds[at] / all - wanted);
                gradient.iter_mut().zip(&choice.features).for_each(|(g, f)| *g += pull * f);
            }
        }
        for (((w, g), s), _) in weights.iter_mut().zip(&gradient).zip(&mut squares).zip(&learned).filter(|(_, learned)| **learned) {
            *s += g * g;
            *w -= RATE * g / s.sqrt();
        }
    }
    weights
}

fn written(names: &[&str], weights: &[f64]) -> String {
    let mut rows: Vec<(&str, f64)> = names.iter().copied().zip(weights.iter().copied()).collect();
    rows.sort_by_key(|(name, _)| *name);
    let mut table = String::from(
        "# Weights of the ranker that chooses among the places that bear a name.\n# Learned by `cargo xtask ranker`; features: crates/geo/src/features.rs.\n#! feature\tweight\n",
    );
    for (name, weight) in rows {
        let _ = writeln!(table, "{name}\t{weight:.3}");
    }
    table
}

/// The figures of `dragoman eval places` where each gold toponym is given and put where the ranker puts it.
fn figures(known: &[&Known], gazetteer: &Gazetteer) -> Result<String> {
    let mut gold = String::new();
    let mut records = Vec::new();
    for document in known {
        writeln!(gold, "{}", document.row)?;
        let index = CodepointIndex::new(&document.reading.document.text);
        let places: Vec<Value> = document
            .ranked(gazetteer)
            .iter()
            .zip(&document.gold)
            .map(|(example, toponym)| {
                let best = example.chosen.map(|c| &example.choices[c]);
                json!({"span": index.span(toponym.span), "latitude": best.map(|c| c.latitude), "longitude": best.map(|c| c.longitude),
                       "country": best.and_then(|c| c.country).map(|c| c.to_string())})
            })
            .collect();
        records.push(json!({"report": {"source_id": document.id}, "places": places}).to_string());
    }
    let gold = Gold::parse(Task::Places, &gold)?;
    Ok(gold.score(&Records::read(records.iter().map(String::as_str))).to_string())
}
