//! Each piece's mixture of all pieces of its sequence.

use crate::cpu::{Simd, Task};
use crate::lanes::{LANES, Lanes, PAIR, TILE_COLUMNS, exp, max, tile_pair};
use crate::linear::TILE_ROWS;

/// Width of a head.
pub(crate) const HEAD: usize = 32;

/// Memory of [`Attend`].
#[derive(Debug, Default)]
pub(crate) struct AttentionScratch {
    /// Keys of a head: blocks of `TILE_COLUMNS` pieces; in a block, each dimension of the head for all its pieces.
    keys: Vec<[Lanes; PAIR]>,
    /// Values of a head, piece by piece.
    values: Vec<[Lanes; PAIR]>,
    /// Scores of the pieces of a tile of rows, then the shares of their mixture.
    shares: Vec<f32>,
}

/// Attention of all heads over one sequence. `input` has for each piece all queries, then all keys, then all values.
pub(crate) struct Attend<'a> {
    pub(crate) input: &'a [f32],
    pub(crate) width: usize,
    pub(crate) scratch: &'a mut AttentionScratch,
    pub(crate) out: &'a mut [f32],
}

impl Task for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Self { input, width, scratch, out } = self;
        let pieces = out.len() / width;
        let blocks = pieces.div_ceil(TILE_COLUMNS);
        scratch.keys.resize(blocks * HEAD, [Lanes::ZERO; PAIR]);
        scratch.values.resize(pieces, [Lanes::ZERO; PAIR]);
        scratch.shares.resize(S::MIXED_ROWS * blocks * TILE_COLUMNS, 0.0);
        for head in 0..width / HEAD {
            scratch.take_head(input, width, head);
            for (n, out) in out.chunks_mut(S::MIXED_ROWS * width).enumerate() {
                let queries = queries(&input[n * S::MIXED_ROWS * 3 * width..], width, head, out.len() / width);
                scratch.attend(simd, &queries, pieces, out, width, head);
            }
        }
    }
}

/// The queries of a head for some rows, scaled; zeros for rows that are not there.
#[inline(always)]
fn queries(input: &[f32], width: usize, head: usize, rows: usize) -> [f32; TILE_ROWS * HEAD] {
    // The square root is exact to the last bit, as is the division.
    let scale = 1.0 / (HEAD as f32).sqrt();
    let mut queries = [0.0; TILE_ROWS * HEAD];
    for (query, row) in queries.chunks_exact_mut(HEAD).zip(input.chunks_exact(3 * width)).take(rows) {
        for (place, value) in query.iter_mut().zip(&row[head * HEAD..][..HEAD]) {
            *place = value * scale;
        }
    }
    queries
}

impl AttentionScratch {
    #[inline(always)]
    fn take_head(&mut self, input: &[f32], width: usize, head: usize) {
        for (piece, row) in input.chunks_exact(3 * width).enumerate() {
            let key = &row[width + head * HEAD..][..HEAD];
            let (block, lane) = (piece / TILE_COLUMNS, piece % TILE_COLUMNS);
            let columns = &mut self.keys[block * HEAD..][..HEAD];
            for n in 0..HEAD {
                columns[n][lane / LANES].0[lane % LANES] = key[n];
            }
            self.values[piece] = tile_pair(&row[2 * width + head * HEAD..]);
        }
    }

    /// A tile of rows for one head.
    #[inline(always)]
    fn attend<S: Simd>(&mut self, simd: S, queries: &[f32], pieces: usize, out: &mut [f32], width: usize, head: usize) {
        let stride = pieces.next_multiple_of(TILE_COLUMNS);
        let mut tile = [[Lanes::ZERO; PAIR]; TILE_ROWS];
        for (block, keys) in self.keys.chunks_exact(HEAD).enumerate() {
            simd.mix(queries, HEAD, keys, &mut tile);
            for (scores, row) in tile.iter().zip(self.shares.chunks_exact_mut(stride)) {
                let (chunks, _) = row[block * TILE_COLUMNS..].as_chunks_mut::<LANES>();
                for c in 0..PAIR {
                    chunks[c] = scores[c].0;
                }
            }
        }
        let mut sums = [0.0; TILE_ROWS];
        for (sum, row) in sums.iter_mut().zip(self.shares.chunks_exact_mut(stride)) {
            row[pieces..].fill(f32::NEG_INFINITY);
            *sum = exponentials(row);
        }
        simd.mix(&self.shares, stride, &self.values, &mut tile);
        for ((row, mixture), sum) in out.chunks_exact_mut(width).zip(&tile).zip(sums) {
            let (chunks, _) = row[head * HEAD..][..HEAD].as_chunks_mut::<LANES>();
            for c in 0..PAIR {
                chunks[c] = mixture[c].map(|x| x / sum).0;
            }
        }
    }
}

/// Replaces each score by its exponential, relative to the largest, and gives their sum.
#[inline(always)]
fn exponentials(row: &mut [f32]) -> f32 {
    let (chunks, _) = row.as_chunks_mut::<LANES>();
    let mut highs = Lanes::splat(f32::NEG_INFINITY);
    for chunk in &*chunks {
        highs = Lanes(*chunk).zip(highs, max);
    }
    let high = highs.fold(max);
    let mut sum = Lanes::ZERO;
    for chunk in chunks {
        let share = Lanes(*chunk).map(|x| exp(x - high));
        sum = sum.plus(share);
        *chunk = share.0;
    }
    sum.sum()
}
