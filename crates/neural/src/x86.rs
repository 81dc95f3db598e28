//! The levels of x86-64: what a task is compiled for, and the products of bytes. The one file with `unsafe` in it.
//!
//! `unsafe` stands for two things. A function that is compiled for instructions may only be called where the machine has them: [`Cpu`]
//! and the tokens [`Avx2`] and [`Vnni`] exist only there. And vectors are loaded and stored through pointers, which come from
//! references to as many bytes.

#![expect(unsafe_code, reason = "instructions that not every machine has")]
use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32,
    _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512,
    _mm512_storeu_si512,
};

use crate::cpu::{Cpu, Level, Simd, Task};
use crate::lanes::{Lanes, PAIR, tile};
use crate::linear::{BLOCK, Panel, Sums, TILE_ROWS};

pub(crate) fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
}

pub(crate) fn has_vnni() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vnni")
}

/// Runs a task with the instructions of [`Level::Avx2`].
pub(crate) fn run_avx2<T: Task>(cpu: Cpu, task: T) -> T::Output {
    #[target_feature(enable = "avx2")]
    fn compiled<T: Task>(task: T) -> T::Output {
        task.run(Avx2 { _made_here: () })
    }
    assert_eq!(cpu.level(), Level::Avx2);
    // SAFETY: a `Cpu` of this level exists only where `has_avx2` holds.
    unsafe { compiled(task) }
}

/// Runs a task with the instructions of [`Level::Vnni`].
pub(crate) fn run_vnni<T: Task>(cpu: Cpu, task: T) -> T::Output {
    #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    fn compiled<T: Task>(task: T) -> T::Output {
        task.run(Vnni { _made_here: () })
    }
    assert_eq!(cpu.level(), Level::Vnni);
    // SAFETY: a `Cpu` of this level exists only where `has_vnni` holds.
    unsafe { compiled(task) }
}

/// Says that the machine has AVX2: only [`run_avx2`] makes one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Avx2 {
    _made_here: (),
}

/// Says that the machine has AVX-512 with VNNI: only [`run_vnni`] makes one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vnni {
    _made_here: (),
}

impl Simd for Avx2 {
    const ROWS: usize = 4;
    const MIXED_ROWS: usize = 2;

    #[inline(always)]
    fn dot(self, rows: &[u8], panels: &[Panel], sums: &mut [[Sums; BLOCK]; TILE_ROWS]) {
        // SAFETY: an `Avx2` exists only where the machine has AVX2.
        unsafe { dot_avx2::<{ Self::ROWS }>(rows, panels, sums) }
    }

    #[inline(always)]
    fn mix(self, rows: &[f32], stride: usize, columns: &[[Lanes; PAIR]], out: &mut [[Lanes; PAIR]; TILE_ROWS]) {
        tile::<{ Self::MIXED_ROWS }>(rows, stride, columns, out);
    }
}

impl Simd for Vnni {
    const ROWS: usize = 6;
    const MIXED_ROWS: usize = 6;

    #[inline(always)]
    fn dot(self, rows: &[u8], panels: &[Panel], sums: &mut [[Sums; BLOCK]; TILE_ROWS]) {
        // SAFETY: a `Vnni` exists only where the machine has AVX-512 with VNNI.
        unsafe { dot_vnni::<{ Self::ROWS }>(rows, panels, sums) }
    }

    #[inline(always)]
    fn mix(self, rows: &[f32], stride: usize, columns: &[[Lanes; PAIR]], out: &mut [[Lanes; PAIR]; TILE_ROWS]) {
        tile::<{ Self::MIXED_ROWS }>(rows, stride, columns, out);
    }
}

/// The rows of a tile, in groups of four bytes.
#[inline(always)]
fn rows_of<const R: usize>(rows: &[u8], groups: usize) -> [&[[u8; 4]]; R] {
    std::array::from_fn(|r| &rows[4 * groups * r..][..4 * groups].as_chunks().0[..groups])
}

#[target_feature(enable = "avx2")]
fn dot_avx2<const R: usize>(rows: &[u8], panels: &[Panel], sums: &mut [[Sums; BLOCK]; TILE_ROWS]) {
    let groups = panels.len() / BLOCK;
    let rows = rows_of::<R>(rows, groups);
    let ones = _mm256_set1_epi16(1);
    for p in 0..BLOCK {
        let panel = &panels[p * groups..][..groups];
        let mut total = [[_mm256_setzero_si256(); 2]; R];
        for g in 0..groups {
            let weights = load_halves(&panel[g]);
            for r in 0..R {
                let inputs = _mm256_set1_epi32(i32::from_le_bytes(rows[r][g]));
                for half in 0..2 {
                    // Two products of 255 and 63 fit into 16 bits: the sum never saturates.
                    let pairs = _mm256_maddubs_epi16(inputs, weights[half]);
                    total[r][half] = _mm256_add_epi32(total[r][half], _mm256_madd_epi16(pairs, ones));
                }
            }
        }
        for r in 0..R {
            store_halves(total[r], &mut sums[r][p]);
        }
    }
}

#[target_feature(enable = "avx512f,avx512vnni")]
fn dot_vnni<const R: usize>(rows: &[u8], panels: &[Panel], sums: &mut [[Sums; BLOCK]; TILE_ROWS]) {
    let groups = panels.len() / BLOCK;
    let rows = rows_of::<R>(rows, groups);
    let panels: [&[Panel]; BLOCK] = std::array::from_fn(|p| &panels[p * groups..][..groups]);
    let mut total = [[_mm512_setzero_si512(); BLOCK]; R];
    for g in 0..groups {
        let mut weights = [_mm512_setzero_si512(); BLOCK];
        for p in 0..BLOCK {
            weights[p] = load(&panels[p][g]);
        }
        for r in 0..R {
            let inputs = _mm512_set1_epi32(i32::from_le_bytes(rows[r][g]));
            for p in 0..BLOCK {
                total[r][p] = _mm512_dpbusd_epi32(total[r][p], inputs, weights[p]);
            }
        }
    }
    for r in 0..R {
        for p in 0..BLOCK {
            store(total[r][p], &mut sums[r][p]);
        }
    }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(panel: &Panel) -> __m512i {
    // SAFETY: the reference is to 64 bytes; any alignment is allowed.
    unsafe { _mm512_loadu_si512(panel.0.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(total: __m512i, sums: &mut Sums) {
    // SAFETY: the reference is to 64 bytes; any alignment is allowed.
    unsafe { _mm512_storeu_si512(sums.0.as_mut_ptr().cast(), total) }
}

#[inline]
#[target_feature(enable = "avx2")]
fn load_halves(panel: &Panel) -> [__m256i; 2] {
    let (low, high) = panel.0.split_at(32);
    // SAFETY: both slices have 32 bytes; any alignment is allowed.
    unsafe { [_mm256_loadu_si256(low.as_ptr().cast()), _mm256_loadu_si256(high.as_ptr().cast())] }
}

#[inline]
#[target_feature(enable = "avx2")]
fn store_halves(total: [__m256i; 2], sums: &mut Sums) {
    let (low, high) = sums.0.split_at_mut(8);
    // SAFETY: both slices have eight integers of 32 bits; any alignment is allowed.
    unsafe {
        _mm256_storeu_si256(low.as_mut_ptr().cast(), total[0]);
        _mm256_storeu_si256(high.as_mut_ptr().cast(), total[1]);
    }
}
