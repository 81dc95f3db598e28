//! Layer normalisation.

use crate::cpu::{Simd, Task};
use crate::lanes::{LANES, Lanes};
use crate::weights::{WeightError, Weights, under};

const EPSILON: f32 = 1e-12;

/// Scale and shift of a row that was brought to mean 0 and variance 1.
#[derive(Debug, Clone)]
pub(crate) struct Norm {
    weight: Vec<Lanes>,
    bias: Vec<Lanes>,
}

impl Norm {
    /// For rows of `width`, a multiple of [`LANES`].
    pub(crate) fn load(weights: &Weights<'_>, prefix: &str, width: usize) -> Result<Self, WeightError> {
        let lanes = |part| {
            let values = weights.shaped(&under(prefix, part), &[width])?;
            Ok(values.chunks(LANES).map(Lanes::padded).collect())
        };
        Ok(Self { weight: lanes("weight")?, bias: lanes("bias")? })
    }

    #[inline(always)]
    fn apply(&self, row: &mut [f32]) {
        let count = row.len() as f32;
        let (chunks, _) = row.as_chunks_mut::<LANES>();
        let mut sum = Lanes::ZERO;
        for chunk in &*chunks {
            sum = sum.plus(Lanes(*chunk));
        }
        let mean = sum.sum() / count;
        let mut squares = Lanes::ZERO;
        for chunk in &*chunks {
            let apart = Lanes(*chunk).map(|x| x - mean);
            squares = squares.plus(apart.times(apart));
        }
        let inverse = 1.0 / (squares.sum() / count + EPSILON).sqrt();
        for ((chunk, weight), bias) in chunks.iter_mut().zip(&self.weight).zip(&self.bias) {
            *chunk = Lanes(*chunk).map(|x| (x - mean) * inverse).times(*weight).plus(*bias).0;
        }
    }
}

/// Normalises each row.
pub(crate) struct Normalise<'a> {
    pub(crate) norm: &'a Norm,
    pub(crate) rows: &'a mut [f32],
    pub(crate) width: usize,
}

impl Task for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        for row in self.rows.chunks_exact_mut(self.width) {
            self.norm.apply(row);
        }
    }
}

/// Adds the change to each row, then normalises it.
pub(crate) struct AddNormalise<'a> {
    pub(crate) norm: &'a Norm,
    pub(crate) rows: &'a mut [f32],
    pub(crate) change: &'a [f32],
    pub(crate) width: usize,
}

impl Task for AddNormalise<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        for (row, change) in self.rows.chunks_exact_mut(self.width).zip(self.change.chunks_exact(self.width)) {
            for (value, change) in row.iter_mut().zip(change) {
                *value += *change;
            }
            self.norm.apply(row);
        }
    }
}
