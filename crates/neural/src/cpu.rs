//! Which instructions a computation may use, and how code that is written once is compiled for each of them.

#[cfg(target_arch = "x86_64")]
use crate::x86;

use crate::lanes::{Lanes, PAIR, tile};
use crate::linear::{BLOCK, Panel, Sums, TILE_ROWS};

/// A set of instructions. All give the same bytes; they differ in speed alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// What every machine has that the program was built for.
    Scalar,
    /// AVX2, on x86-64.
    Avx2,
    /// AVX-512 with VNNI, on x86-64.
    Vnni,
}

impl Level {
    /// All levels, the slowest first.
    pub const ALL: [Self; 3] = [Self::Scalar, Self::Avx2, Self::Vnni];

    /// The fastest level of this machine.
    pub fn detect() -> Self {
        Self::ALL.into_iter().rev().find(|level| level.is_available()).unwrap_or(Self::Scalar)
    }

    /// Whether this machine has the instructions.
    pub fn is_available(self) -> bool {
        match self {
            Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => x86::has_avx2(),
            #[cfg(target_arch = "x86_64")]
            Self::Vnni => x86::has_vnni(),
            #[cfg(not(target_arch = "x86_64"))]
            Self::Avx2 | Self::Vnni => false,
        }
    }
}

/// A level that this machine has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cpu {
    level: Level,
}

impl Cpu {
    pub(crate) fn new(level: Level) -> Option<Self> {
        level.is_available().then_some(Self { level })
    }

    pub(crate) fn level(self) -> Level {
        self.level
    }

    /// Runs a task that is compiled for the level.
    pub(crate) fn run<T: Task>(self, task: T) -> T::Output {
        match self.level {
            Level::Scalar => task.run(Plain),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => x86::run_avx2(self, task),
            #[cfg(target_arch = "x86_64")]
            Level::Vnni => x86::run_vnni(self, task),
            #[cfg(not(target_arch = "x86_64"))]
            Level::Avx2 | Level::Vnni => task.run(Plain),
        }
    }
}

impl Default for Cpu {
    fn default() -> Self {
        Self { level: Level::detect() }
    }
}

/// A computation that is compiled once for each level. `run` and all that it calls is to be `#[inline(always)]`: only then does it get
/// the instructions of the level. Were something left out, it would be slower and its result the same.
pub(crate) trait Task {
    type Output;
    fn run<S: Simd>(self, simd: S) -> Self::Output;
}

/// What differs from level to level: kernels and the sizes of tiles. None of it changes a result, because every sum keeps its order.
pub(crate) trait Simd: Copy {
    /// Rows of a tile of [`Self::dot`].
    const ROWS: usize;
    /// Rows of a tile of [`Self::mix`].
    const MIXED_ROWS: usize;

    /// Products of `ROWS` rows of unsigned bytes, which lie `4 * groups` bytes apart, with one block of outputs, which is `panels`.
    fn dot(self, rows: &[u8], panels: &[Panel], sums: &mut [[Sums; BLOCK]; TILE_ROWS]);

    /// `out[r] = sum over n of rows[r][n] * columns[n]` for `MIXED_ROWS` rows that lie `stride` apart; each sum in the order of n.
    fn mix(self, rows: &[f32], stride: usize, columns: &[[Lanes; PAIR]], out: &mut [[Lanes; PAIR]; TILE_ROWS]);
}

/// Code for every machine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plain;

impl Simd for Plain {
    const ROWS: usize = 1;
    const MIXED_ROWS: usize = 1;

    #[inline(always)]
    fn dot(self, rows: &[u8], panels: &[Panel], sums: &mut [[Sums; BLOCK]; TILE_ROWS]) {
        let groups = panels.len() / BLOCK;
        let (row, _) = rows[..4 * groups].as_chunks::<4>();
        for (sums, panels) in sums[0].iter_mut().zip(panels.chunks_exact(groups)) {
            let mut total = [0_i32; 16];
            for (inputs, panel) in row.iter().zip(panels) {
                let (outputs, _) = panel.0.as_chunks::<4>();
                for (total, weights) in total.iter_mut().zip(outputs) {
                    for (input, weight) in inputs.iter().zip(weights) {
                        *total += i32::from(*input) * i32::from(*weight);
                    }
                }
            }
            sums.0 = total;
        }
    }

    #[inline(always)]
    fn mix(self, rows: &[f32], stride: usize, columns: &[[Lanes; PAIR]], out: &mut [[Lanes; PAIR]; TILE_ROWS]) {
        tile::<{ Self::MIXED_ROWS }>(rows, stride, columns, out);
    }
}
