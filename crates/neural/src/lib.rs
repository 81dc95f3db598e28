//! A small transformer encoder and its heads, run on integers: from numbers of word pieces to vectors, labels and scores of pairs.
//!
//! Knows no language: pieces, labels and words are numbers here. [`Weights`] reads the weight file, whose format is described there.
//!
//! **The same input gives the same bytes on every machine**, at every [`Level`] of instructions. Sums of integers are exact. Floats go
//! through one order of operations with plain `+ - * /` and square roots, which IEEE 754 defines to the last bit: nothing is fused,
//! sums have a fixed number of lanes that are folded in a fixed tree, and `exp` and `erf` are polynomials of our own. The float code is
//! written once and compiled for each level; only the products of integers have a kernel for each.

#![warn(missing_docs)]

mod attention;
mod cpu;
mod encoder;
mod lanes;
mod linear;
mod matrix;
mod norm;
mod pairs;
mod scratch;
mod weights;
mod writer;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use cpu::Level;
pub use encoder::{Encoder, InputError};
pub use lanes::exp;
pub use linear::Linear;
pub use matrix::Matrix;
pub use pairs::{Bilinear, BilinearViews, Pair, PairViews};
pub use scratch::Scratch;
pub use weights::{FORMAT_VERSION, MAX_ENTRIES, MAX_INTEGER, MAX_MAGNITUDE, MAX_NAME_BYTES, MAX_SIDE, WeightError, Weights};
pub use writer::WeightsWriter;
