//! Sixteen floats at a time, and the functions of one float that the network needs.
//!
//! Everything is `#[inline(always)]`, so that it is compiled for the level of the task it stands in (see [`crate::cpu::Task`]).

use crate::linear::TILE_ROWS;

/// Lanes of every sum that is not taken in one fixed sequence.
pub(crate) const LANES: usize = 16;
/// Lanes side by side in a tile of floats.
pub(crate) const PAIR: usize = 2;
/// Columns of a tile of floats.
pub(crate) const TILE_COLUMNS: usize = LANES * PAIR;

/// Sixteen floats.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct Lanes(pub(crate) [f32; LANES]);

impl Lanes {
    pub(crate) const ZERO: Self = Self([0.0; LANES]);

    #[inline(always)]
    pub(crate) fn splat(value: f32) -> Self {
        Self([value; LANES])
    }

    /// The first values, zeros after them.
    pub(crate) fn padded(values: &[f32]) -> Self {
        let mut lanes = Self::ZERO;
        let length = values.len().min(LANES);
        lanes.0[..length].copy_from_slice(&values[..length]);
        lanes
    }

    #[inline(always)]
    pub(crate) fn map(self, f: impl Fn(f32) -> f32) -> Self {
        let mut out = Self::ZERO;
        for n in 0..LANES {
            out.0[n] = f(self.0[n]);
        }
        out
    }

    #[inline(always)]
    pub(crate) fn zip(self, other: Self, f: impl Fn(f32, f32) -> f32) -> Self {
        let mut out = Self::ZERO;
        for n in 0..LANES {
            out.0[n] = f(self.0[n], other.0[n]);
        }
        out
    }

    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }

    #[inline(always)]
    pub(crate) fn times(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }

    /// All lanes in one, by a fixed tree: the upper half onto the lower, until one is left.
    #[inline(always)]
    pub(crate) fn fold(self, f: impl Fn(f32, f32) -> f32) -> f32 {
        let mut lanes = self.0;
        let mut half = LANES / 2;
        while half > 0 {
            for n in 0..half {
                lanes[n] = f(lanes[n], lanes[n + half]);
            }
            half /= 2;
        }
        lanes[0]
    }

    #[inline(always)]
    pub(crate) fn sum(self) -> f32 {
        self.fold(|a, b| a + b)
    }
}

/// The smaller; where they are equal, `b`. (`f32::min` leaves open which zero it gives.)
#[inline(always)]
pub(crate) fn min(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The larger; where they are equal, `b`.
#[inline(always)]
pub(crate) fn max(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Zero for what is negative.
#[inline(always)]
pub(crate) fn relu(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.0 }
}

/// Added to a float below 2^22 by magnitude, it rounds it to the nearest integer, ties to even, which then stands in the lowest bits.
pub(crate) const ROUNDER: f32 = 12_582_912.0;

/// Below this, [`exp`] is zero.
const EXP_LOWEST: f32 = -87.0;
/// Above this, [`exp`] stays what it is here.
const EXP_HIGHEST: f32 = 88.0;

/// e to the power of `x`: `2^n * e^r` with the polynomial of the Cephes library for `e^r`.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let bounded = min(max(x, EXP_LOWEST), EXP_HIGHEST);
    let rounded = bounded * std::f32::consts::LOG2_E + ROUNDER;
    let n = rounded - ROUNDER;
    let r = bounded - n * LN2_HIGH - n * LN2_LOW;
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 5e-1;
    let power = p * (r * r) + r + 1.0;
    let scale = f32::from_bits((rounded.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
    if x < EXP_LOWEST { 0.0 } else { power * scale }
}

/// From here on by magnitude, [`erf`] is 1 or -1.
const ERF_END: f32 = 4.0;

/// The error function: the rational approximation of the Eigen library.
#[inline(always)]
pub(crate) fn erf(x: f32) -> f32 {
    let x = min(max(x, -ERF_END), ERF_END);
    let square = x * x;
    let mut p = -2.726_142_3e-10;
    p = p * square + 2.770_681_4e-8;
    p = p * square + -2.101_024e-6;
    p = p * square + -5.692_506_4e-5;
    p = p * square + -7.349_906_3e-4;
    p = p * square + -2.954_6e-3;
    p = p * square + -1.609_603_4e-2;
    let mut q = -1.456_607_2e-5;
    q = q * square + -2.133_740_6e-4;
    q = q * square + -1.682_827e-3;
    q = q * square + -7.373_329_2e-3;
    q = q * square + -1.426_473_9e-2;
    let inside = x * p / q;
    if x >= ERF_END {
        1.0
    } else if x <= -ERF_END {
        -1.0
    } else {
        inside
    }
}

/// The Gaussian error linear unit, `x * P(normal <= x)`.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// See [`crate::cpu::Simd::mix`].
#[inline(always)]
pub(crate) fn tile<const R: usize>(rows: &[f32], stride: usize, columns: &[[Lanes; PAIR]], out: &mut [[Lanes; PAIR]; TILE_ROWS]) {
    let rows: [&[f32]; R] = std::array::from_fn(|r| &rows[r * stride..][..columns.len()]);
    let mut sums = [[Lanes::ZERO; PAIR]; R];
    for n in 0..columns.len() {
        for r in 0..R {
            let factor = Lanes::splat(rows[r][n]);
            for c in 0..PAIR {
                sums[r][c] = sums[r][c].plus(factor.times(columns[n][c]));
            }
        }
    }
    out[..R].copy_from_slice(&sums);
}

/// The first values as lanes side by side.
#[inline(always)]
pub(crate) fn tile_pair(values: &[f32]) -> [Lanes; PAIR] {
    let (chunks, _) = values.as_chunks::<LANES>();
    std::array::from_fn(|c| Lanes(chunks[c]))
}
