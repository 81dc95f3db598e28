//! Products of matrices, on integers.

use crate::cpu::{Cpu, Simd, Task};
use crate::lanes::{LANES, Lanes, ROUNDER, gelu, max, min};
use crate::matrix::Matrix;
use crate::scratch::Scratch;
use crate::weights::{MAX_INTEGER, Rows, WeightError, Weights, under};

/// Panels side by side in a block of outputs.
pub(crate) const BLOCK: usize = 4;
/// Outputs of a block.
const BLOCK_OUTPUTS: usize = BLOCK * LANES;
/// Inputs that are multiplied and added in one step.
const GROUP: usize = 4;
/// Most rows of a tile, at any level.
pub(crate) const TILE_ROWS: usize = 8;
/// Most inputs of a layer: sums of products then stay within 32 bits, and sums of weights are exact as floats.
const MAX_INPUTS: usize = 1 << 16;

/// Weights of sixteen outputs by four inputs: the four of the first output, of the second, and so on.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Panel(pub(crate) [i8; LANES * GROUP]);

/// Sums of products for sixteen outputs.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Sums(pub(crate) [i32; LANES]);

/// `y = W x + b` with weights of 7 bits, each row of inputs rounded to 8 bits.
///
/// With `low` and `high` the smallest and largest value of a row of inputs and `step = max((high - low) / 255, 1e-8)`, an input becomes
/// the integer `(x - low) / step`, rounded, ties to even.
#[derive(Debug, Clone)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    groups: usize,
    /// Block by block, panel by panel, groups of inputs in order.
    panels: Vec<Panel>,
    /// Of each output, padded to whole blocks, as the following.
    scales: Vec<Lanes>,
    /// The sum of the integer weights.
    sums: Vec<Lanes>,
    bias: Vec<Lanes>,
}

impl Linear {
    /// From the entries `weight` (rows of integers) and `bias` (floats) under `prefix`.
    pub fn load(weights: &Weights<'_>, prefix: &str) -> Result<Self, WeightError> {
        let name = under(prefix, "weight");
        let rows = weights.rows(&name)?;
        if rows.count == 0 || rows.columns == 0 {
            return Err(WeightError::entry(&name, "it is empty"));
        }
        if rows.columns > MAX_INPUTS {
            return Err(WeightError::entry(&name, format!("it has more than {MAX_INPUTS} inputs")));
        }
        if rows.values.iter().any(|value| value.cast_signed().unsigned_abs() > MAX_INTEGER.unsigned_abs()) {
            return Err(WeightError::entry(&name, format!("an integer is larger than {MAX_INTEGER}")));
        }
        let bias = weights.shaped(&under(prefix, "bias"), &[rows.count])?;
        Ok(Self::pack(&rows, &bias))
    }

    fn pack(rows: &Rows<'_>, bias: &[f32]) -> Self {
        let groups = rows.columns.div_ceil(GROUP);
        let blocks = rows.count.div_ceil(BLOCK_OUTPUTS);
        let mut panels = vec![Panel([0; LANES * GROUP]); blocks * BLOCK * groups];
        let mut sums = vec![0.0; rows.count];
        for (output, row) in rows.values.chunks_exact(rows.columns).enumerate() {
            let panel = &mut panels[output / LANES * groups..][..groups];
            for (group, values) in panel.iter_mut().zip(row.chunks(GROUP)) {
                for (place, value) in group.0[output % LANES * GROUP..].iter_mut().zip(values) {
                    *place = value.cast_signed();
                }
            }
            // Exact by `MAX_INPUTS`.
            sums[output] = row.iter().map(|value| i32::from(value.cast_signed())).sum::<i32>() as f32;
        }
        let padded = |values: &[f32]| {
            let mut lanes: Vec<Lanes> = values.chunks(LANES).map(Lanes::padded).collect();
            lanes.resize(blocks * BLOCK, Lanes::ZERO);
            lanes
        };
        let (scales, sums, bias) = (padded(&rows.scales), padded(&sums), padded(bias));
        Self { inputs: rows.columns, outputs: rows.count, groups, panels, scales, sums, bias }
    }

    /// Columns of what goes in.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Columns of what comes out.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The outputs for each row of `x`.
    ///
    /// # Panics
    /// If `x` has not [`Self::inputs`] columns.
    pub fn apply(&self, x: &Matrix, scratch: &mut Scratch) -> Matrix {
        let mut out = Matrix::default();
        self.apply_into(x, scratch.cpu, &mut scratch.rounded, &mut out);
        out
    }

    pub(crate) fn apply_into(&self, x: &Matrix, cpu: Cpu, rounded: &mut Rounded, out: &mut Matrix) {
        assert_eq!(x.columns(), self.inputs, "columns of a matrix for a layer of {} inputs", self.inputs);
        cpu.run(Round { input: x.values(), columns: self.inputs, out: rounded });
        self.product(x.rows(), cpu, rounded, out);
    }

    /// As [`Self::apply_into`], with the Gaussian error linear unit before it.
    pub(crate) fn apply_gelu_into(&self, x: &mut Matrix, cpu: Cpu, rounded: &mut Rounded, out: &mut Matrix) {
        assert_eq!(x.columns(), self.inputs, "columns of a matrix for a layer of {} inputs", self.inputs);
        let rows = x.rows();
        cpu.run(GeluRound { values: x.values_mut(), columns: self.inputs, out: rounded });
        self.product(rows, cpu, rounded, out);
    }

    fn product(&self, rows: usize, cpu: Cpu, rounded: &Rounded, out: &mut Matrix) {
        out.reshape(rows, self.outputs);
        cpu.run(Product { linear: self, rounded, out: out.values_mut() });
    }
}

/// Rows of activations as bytes.
#[derive(Debug, Default)]
pub(crate) struct Rounded {
    /// Rows of whole groups, and zero rows up to a whole tile.
    bytes: Vec<u8>,
    /// For each row what a step of the byte stands for, and what zero does.
    ranges: Vec<Range>,
}

#[derive(Debug, Clone, Copy)]
struct Range {
    step: f32,
    low: f32,
}

impl Rounded {
    #[inline(always)]
    fn clear<S: Simd>(&mut self, rows: usize, columns: usize) {
        self.bytes.resize(rows.next_multiple_of(S::ROWS) * columns.next_multiple_of(GROUP), 0);
        self.ranges.clear();
    }
}

const LEVELS: f32 = 255.0;
const SMALLEST_STEP: f32 = 1e-8;

#[inline(always)]
fn round_row(row: &[f32], bytes: &mut [u8]) -> Range {
    let (chunks, rest) = row.as_chunks::<LANES>();
    let mut lows = Lanes::splat(row[0]);
    let mut highs = lows;
    for chunk in chunks {
        lows = Lanes(*chunk).zip(lows, min);
        highs = Lanes(*chunk).zip(highs, max);
    }
    let (mut low, mut high) = (lows.fold(min), highs.fold(max));
    for value in rest {
        low = min(*value, low);
        high = max(*value, high);
    }
    let range = Range { step: max((high - low) / LEVELS, SMALLEST_STEP), low };
    // The quotient is from 0 to 255, or it is no number.
    let byte = |value: f32| ((value - range.low) / range.step + ROUNDER).to_bits() as u8;
    let (whole, last) = bytes.split_at_mut(LANES * chunks.len());
    for (chunk, bytes) in chunks.iter().zip(whole.as_chunks_mut::<LANES>().0) {
        for n in 0..LANES {
            bytes[n] = byte(chunk[n]);
        }
    }
    for (value, place) in rest.iter().zip(last) {
        *place = byte(*value);
    }
    range
}

struct Round<'a> {
    input: &'a [f32],
    columns: usize,
    out: &'a mut Rounded,
}

impl Task for Round<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        self.out.clear::<S>(self.input.len() / self.columns, self.columns);
        let bytes = self.out.bytes.chunks_exact_mut(self.columns.next_multiple_of(GROUP));
        for (row, bytes) in self.input.chunks_exact(self.columns).zip(bytes) {
            let range = round_row(row, bytes);
            self.out.ranges.push(range);
        }
    }
}

struct GeluRound<'a> {
    values: &'a mut [f32],
    columns: usize,
    out: &'a mut Rounded,
}

impl Task for GeluRound<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        self.out.clear::<S>(self.values.len() / self.columns, self.columns);
        let bytes = self.out.bytes.chunks_exact_mut(self.columns.next_multiple_of(GROUP));
        for (row, bytes) in self.values.chunks_exact_mut(self.columns).zip(bytes) {
            let (chunks, rest) = row.as_chunks_mut::<LANES>();
            for chunk in chunks {
                *chunk = Lanes(*chunk).map(gelu).0;
            }
            for value in rest {
                *value = gelu(*value);
            }
            let range = round_row(row, bytes);
            self.out.ranges.push(range);
        }
    }
}

struct Product<'a> {
    linear: &'a Linear,
    rounded: &'a Rounded,
    out: &'a mut [f32],
}

impl Task for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Linear { outputs, groups, panels, .. } = self.linear;
        let mut sums = [[Sums([0; LANES]); BLOCK]; TILE_ROWS];
        for (block, panels) in panels.chunks_exact(BLOCK * groups).enumerate() {
            let first = block * BLOCK_OUTPUTS;
            let width = BLOCK_OUTPUTS.min(outputs - first);
            let tiles = self.rounded.bytes.chunks_exact(S::ROWS * GROUP * groups);
            let ranges = self.rounded.ranges.chunks(S::ROWS);
            for ((bytes, ranges), out) in tiles.zip(ranges).zip(self.out.chunks_mut(S::ROWS * outputs)) {
                simd.dot(bytes, panels, &mut sums);
                for ((range, sums), out) in ranges.iter().zip(&sums).zip(out.chunks_exact_mut(*outputs)) {
                    self.linear.scale_back(*range, block, sums, &mut out[first..first + width]);
                }
            }
        }
    }
}

impl Linear {
    /// From sums of integers to outputs of one row, those of a block.
    #[inline(always)]
    fn scale_back(&self, range: Range, block: usize, sums: &[Sums; BLOCK], out: &mut [f32]) {
        let mut lanes = [Lanes::ZERO; BLOCK];
        for p in 0..BLOCK {
            let at = block * BLOCK + p;
            let (scale, sum, bias) = (&self.scales[at].0, &self.sums[at].0, &self.bias[at].0);
            for n in 0..LANES {
                lanes[p].0[n] = scale[n] * (range.step * sums[p].0[n] as f32 + range.low * sum[n]) + bias[n];
            }
        }
        if let Ok(out) = <&mut [f32; BLOCK_OUTPUTS]>::try_from(&mut *out) {
            let (chunks, _) = out.as_chunks_mut::<LANES>();
            for p in 0..BLOCK {
                chunks[p] = lanes[p].0;
            }
        } else {
            for (out, lanes) in out.chunks_mut(LANES).zip(&lanes) {
                out.copy_from_slice(&lanes.0[..out.len()]);
            }
        }
    }
}
