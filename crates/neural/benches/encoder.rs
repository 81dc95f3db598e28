//! The encoder of a weight file beside the same encoder in rten: whether they agree, layer by layer, and pieces per second of each.
//!
//! ```text
//! python training/reference.py --weights models/news.weights --out target/reference
//! cargo bench -p dragoman-neural                              # or, with paths from the root on: -- WEIGHTS FOLDER
//! ```
//!
//! Everything runs on one thread, a sequence at a time. The engines take turns, and of each sequence the best time counts: what else the
//! machine does then disturbs all alike, and little. So this is no benchmark of criterion, which measures one engine after the other.

#![allow(clippy::print_stdout, reason = "printing is its purpose")]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/reference.rs"]
mod reference;

use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use common::Random;
use dragoman_neural::{Encoder, Level, Matrix, Scratch, Weights};
use reference::{Difference, Reference, our_layers};
use rten::{LoadError, RunError};

/// Lengths of sequences are spread evenly from here to the longest: 150 pieces in the mean, as paragraphs of reports have.
const SHORTEST: usize = 44;
const LONGEST: usize = 256;
/// Sequences of a turn.
const SEQUENCES: usize = 16;
/// Turns of each engine.
const TURNS: usize = 9;

/// The graphs of `training/reference.py`, each with what it is.
const GRAPHS: [(&str, &str); 3] = [("rounded", "rten, rounded as ours"), ("plain", "rten, floats"), ("integers", "rten, integers")];

/// Pieces and kinds.
type Sequence = (Vec<u32>, Vec<u8>);

fn main() -> Result<(), Box<dyn Error>> {
    let (weights, folder) = paths();
    let graphs = GRAPHS.map(|(file, name)| (name, folder.join(file).with_extension("onnx")));
    if let Some(missing) = graphs.iter().map(|(_, path)| path).chain([&weights]).find(|path| !path.is_file()) {
        println!("nothing is measured: there is no {}", missing.display());
        println!("python training/reference.py --weights WEIGHTS --out FOLDER makes the graphs of a weight file;");
        println!("cargo bench -p dragoman-neural -- WEIGHTS FOLDER, with paths from the root of the repository, measures them");
        return Ok(());
    }
    let bytes = fs::read(&weights)?;
    let encoder = Encoder::load(&Weights::parse(&bytes)?, "encoder")?;
    let references = graphs.iter().map(|(name, path)| Ok((*name, Reference::load(path)?))).collect::<Result<Vec<_>, LoadError>>()?;
    let sequences = sequences(&encoder);
    print_agreements(&encoder, &references, &sequences)?;
    print_speed(&encoder, &references[1..], &sequences)
}

/// The weight file and the folder of graphs.
fn paths() -> (PathBuf, PathBuf) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // Cargo adds options of its own.
    let mut given = env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let mut path = |default: &str| root.join(given.next().unwrap_or_else(|| default.to_owned()));
    (path("models/news.weights"), path("target/reference"))
}

fn sequences(encoder: &Encoder) -> Vec<Sequence> {
    let random = &mut Random::new(1);
    let spread = |n| SHORTEST + n * (LONGEST - SHORTEST) / (SEQUENCES - 1);
    let mut one = |length| common::sequence(random, length, encoder.vocabulary() as u64, encoder.kinds() as u64);
    (0..SEQUENCES).map(|n| one(spread(n))).collect()
}

/// What another engine gives for a sequence, given our vectors.
type Run = fn(&Reference, &Sequence, &[Matrix]) -> Result<Vec<Vec<f32>>, RunError>;

fn print_agreements(encoder: &Encoder, references: &[(&str, Reference)], sequences: &[Sequence]) -> Result<(), RunError> {
    let each: Run = |reference, (ids, kinds), ours| reference.each_layer(ids, kinds, ours);
    let all: Run = |reference, (ids, kinds), _| reference.all_layers(ids, kinds);
    let (name, rounded) = &references[0];
    print_agreement(&format!("{name}, each layer from our vectors before it"), &differences(encoder, rounded, each, sequences)?);
    for (name, reference) in references {
        print_agreement(&format!("{name}, all layers in a row"), &differences(encoder, reference, all, sequences)?);
    }
    Ok(())
}

/// After the embedding and after each layer.
fn differences(encoder: &Encoder, reference: &Reference, run: Run, sequences: &[Sequence]) -> Result<Vec<Difference>, RunError> {
    let mut layers = vec![Difference::default(); encoder.layers() + 1];
    let scratch = &mut Scratch::default();
    for sequence in sequences {
        let ours = our_layers(encoder, &sequence.0, &sequence.1, scratch);
        let theirs = run(reference, sequence, &ours)?;
        for ((layer, ours), theirs) in layers.iter_mut().zip(&ours).zip(&theirs) {
            layer.add(ours.values(), theirs);
        }
    }
    Ok(layers)
}

fn print_agreement(title: &str, layers: &[Difference]) {
    println!("ours and {title}\n  layer  largest difference  mean difference  cosine");
    for (n, layer) in layers.iter().enumerate() {
        println!("  {n:>5}  {:>18.1e}  {:>15.1e}  {:.8}", layer.largest, layer.mean(), layer.cosine());
    }
}

/// Encodes a sequence and gives a value of the result, so that nothing is left out.
type Encode<'a> = Box<dyn FnMut(&Sequence) -> Result<f32, Box<dyn Error>> + 'a>;

/// What is measured, and its best time for each sequence.
struct Engine<'a> {
    name: String,
    run: Encode<'a>,
    best: Vec<Duration>,
}

impl<'a> Engine<'a> {
    fn new(name: String, run: impl FnMut(&Sequence) -> Result<f32, Box<dyn Error>> + 'a) -> Self {
        Self { name, run: Box::new(run), best: vec![Duration::MAX; SEQUENCES] }
    }

    fn ours(encoder: &'a Encoder, level: Level) -> Option<Self> {
        let mut scratch = Scratch::at(level)?;
        Some(Self::new(format!("ours, {level:?}"), move |(ids, kinds)| Ok(encoder.run(ids, kinds, &mut scratch)?.values()[0])))
    }

    fn theirs(name: &str, reference: &'a Reference) -> Self {
        Self::new(name.to_owned(), |(ids, kinds)| Ok(reference.last_layer(ids, kinds)?[0]))
    }

    fn take_turn(&mut self, sequences: &[Sequence]) -> Result<(), Box<dyn Error>> {
        for (sequence, best) in sequences.iter().zip(&mut self.best) {
            let start = Instant::now();
            black_box((self.run)(sequence)?);
            *best = start.elapsed().min(*best);
        }
        Ok(())
    }
}

fn print_speed(encoder: &Encoder, references: &[(&str, Reference)], sequences: &[Sequence]) -> Result<(), Box<dyn Error>> {
    let ours = Level::ALL.into_iter().filter_map(|level| Engine::ours(encoder, level));
    let mut engines: Vec<Engine<'_>> = ours.chain(references.iter().map(|(name, reference)| Engine::theirs(name, reference))).collect();
    for _ in 0..TURNS {
        for engine in &mut engines {
            engine.take_turn(sequences)?;
        }
    }
    let pieces: usize = sequences.iter().map(|(ids, _)| ids.len()).sum();
    println!("pieces per second, {SEQUENCES} sequences, {} pieces in the mean, each the best of {TURNS}", pieces / SEQUENCES);
    for engine in &engines {
        println!("  {:<22} {:>7.0}", engine.name, pieces as f64 / engine.best.iter().sum::<Duration>().as_secs_f64());
    }
    Ok(())
}
