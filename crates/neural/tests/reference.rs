//! Another engine, which shares no code with ours, computes the same vectors from the same weights.
//!
//! `data/encoder.weights` and `data/encoder.onnx` are one small encoder, both written by `training/reference.py`. In the ONNX file every
//! activation is rounded by plain nodes (smallest, largest, division, rounding), and the products are those of floats.
//!
//! The engines add floats in another order and have other approximations of `exp` and `erf`, so that an activation now and then falls on
//! the other side of a rounding. There the results part by a step of the byte, and through attention all vectors of the sequence do. So
//! a good part of the sequences must agree as closely as floats allow, and the others as closely as bytes do. Each layer of the other
//! engine is given our vectors before it: else one step of a byte would grow from layer to layer.

mod common;
#[path = "common/reference.rs"]
mod reference;

use std::path::Path;

use common::Random;
use dragoman_neural::{Encoder, Level, Scratch, Weights};
use reference::{Difference, Reference, our_layers};

const WEIGHTS: &[u8] = include_bytes!("data/encoder.weights");
const ONNX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/encoder.onnx");

/// Around the sizes of tiles and blocks, and the longest.
const LENGTHS: [usize; 10] = [1, 2, 3, 7, 16, 31, 32, 33, 47, 48];
/// Sequences of each length.
const SEQUENCES: usize = 40;

/// Largest difference where no activation was rounded to another byte. Values are below 4, and up to 160 products are added: 6e-6 was
/// seen in 7,000 layers.
const CLOSE: f64 = 2e-5;
/// Largest difference where one was. A step of the byte is about 0.02, and a few of them meet in a sum: 0.05 was seen.
const APART: f64 = 0.1;
/// One sequence of so many at least is [`CLOSE`] after a layer. Seen were all of those of one piece and seven of ten of the longest; a
/// wrong computation leaves few.
const ONE_CLOSE_OF: usize = 4;

fn encoder() -> Encoder {
    Encoder::load(&Weights::parse(WEIGHTS).expect("the file is in the repository"), "encoder").expect("it is whole")
}

/// Differences after the embedding and after each layer, of each sequence of a length.
fn differences(encoder: &Encoder, reference: &Reference, scratch: &mut Scratch, length: usize) -> Vec<Vec<Difference>> {
    let random = &mut Random::new(length as u64);
    let mut one = || {
        let (ids, kinds) = common::sequence(random, length, encoder.vocabulary() as u64, encoder.kinds() as u64);
        let ours = our_layers(encoder, &ids, &kinds, scratch);
        let theirs = reference.each_layer(&ids, &kinds, &ours).expect("rten knows all nodes of the file");
        assert_eq!(ours.len(), theirs.len());
        ours.iter().zip(&theirs).map(|(ours, theirs)| Difference::between(ours.values(), theirs)).collect()
    };
    (0..SEQUENCES).map(|_| one()).collect()
}

/// Whether the differences after a layer, one of each sequence, are those that rounding explains.
fn judge(layer: usize, largest: &[f64]) -> Result<(), String> {
    let close = largest.iter().filter(|apart| **apart <= CLOSE).count();
    let most = largest.iter().fold(0.0, |most: f64, apart| most.max(*apart));
    // Nothing is rounded before the first layer.
    let least = if layer == 0 { largest.len() } else { largest.len() / ONE_CLOSE_OF };
    if close < least || most > APART {
        return Err(format!("layer {layer}: {close} of {} sequences are close, the largest difference is {most:.1e}", largest.len()));
    }
    Ok(())
}

#[test]
fn another_engine_gives_the_same_vectors_after_each_layer() {
    let (encoder, reference) = (encoder(), Reference::load(Path::new(ONNX)).expect("the file is in the repository"));
    assert_eq!(encoder.longest(), LENGTHS[LENGTHS.len() - 1]);
    for level in Level::ALL {
        let Some(mut scratch) = Scratch::at(level) else { continue };
        for length in LENGTHS {
            let sequences = differences(&encoder, &reference, &mut scratch, length);
            for layer in 0..=encoder.layers() {
                let largest: Vec<f64> = sequences.iter().map(|layers| layers[layer].largest).collect();
                judge(layer, &largest).unwrap_or_else(|fault| panic!("{level:?}, {length} pieces, {fault}"));
            }
        }
    }
}
