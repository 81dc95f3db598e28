//! Scores of pairs of words, and of the labels of a pair.

use std::ops::Range;

use crate::cpu::{Cpu, Simd, Task};
use crate::lanes::{LANES, Lanes, PAIR, TILE_COLUMNS, relu};
use crate::linear::{Linear, TILE_ROWS};
use crate::matrix::Matrix;
use crate::scratch::Scratch;
use crate::weights::{WeightError, Weights, under};

/// How well each word fits each other as its head: `(d F + p) h`, with two narrow views `d` and `h` of the words.
#[derive(Debug, Clone)]
pub struct Pair {
    dependent: Linear,
    head: Linear,
    form: Columns,
    prior: Vec<f32>,
}

impl Pair {
    /// From the entries under `prefix`: `dependent` and `head` (each a [`Linear`]), `form`, `prior`.
    pub fn load(weights: &Weights<'_>, prefix: &str) -> Result<Self, WeightError> {
        let (dependent, head) = load_views(weights, prefix)?;
        let width = dependent.outputs();
        let form = weights.shaped(&under(prefix, "form"), &[width, width])?;
        let prior = weights.shaped(&under(prefix, "prior"), &[width])?;
        Ok(Self { dependent, head, form: Columns::new(width, width, |n, column| form[n * width + column]), prior })
    }

    /// What the scores of pairs of these words come from.
    ///
    /// # Panics
    /// If the words have another width than the views were trained for.
    pub fn views(&self, words: &Matrix, scratch: &mut Scratch) -> PairViews {
        let cpu = scratch.cpu;
        let dependents = view(&self.dependent, words, scratch);
        let heads = view(&self.head, words, scratch);
        let width = heads.columns();
        let mut formed = Matrix::zeros(words.rows(), width);
        for (row, out) in formed.values_mut().chunks_exact_mut(width).enumerate() {
            cpu.run(Mix { row: dependents.row(row), columns: &self.form, range: 0..width, out });
            for (value, prior) in out.iter_mut().zip(&self.prior) {
                *value += prior;
            }
        }
        PairViews { cpu, formed, heads: Columns::new(width, words.rows(), |n, word| heads.row(word)[n]) }
    }
}

/// Scores of the pairs of some words; see [`Pair`].
#[derive(Debug, Clone)]
pub struct PairViews {
    cpu: Cpu,
    formed: Matrix,
    heads: Columns,
}

impl PairViews {
    /// Number of words.
    pub fn words(&self) -> usize {
        self.formed.rows()
    }

    /// The score of each word of `heads` as the head of `dependent`.
    ///
    /// # Panics
    /// If there are no such words.
    pub fn score(&self, dependent: usize, heads: Range<usize>) -> Vec<f32> {
        let mut out = vec![0.0; heads.len()];
        self.score_into(dependent, heads, &mut out);
        out
    }

    /// As [`Self::score`], into a place for each word of `heads`.
    ///
    /// # Panics
    /// If there are no such words, or not as many places.
    pub fn score_into(&self, dependent: usize, heads: Range<usize>, out: &mut [f32]) {
        assert!(heads.start <= heads.end && heads.end <= self.words(), "heads {heads:?} of {} words", self.words());
        assert_eq!(out.len(), heads.len(), "places for heads {heads:?}");
        self.cpu.run(Mix { row: self.formed.row(dependent), columns: &self.heads, range: heads, out });
    }
}

/// Scores of each label for a given pair: `[d, 1] F [h, 1]` with a form for each label.
#[derive(Debug, Clone)]
pub struct Bilinear {
    dependent: Linear,
    head: Linear,
    labels: usize,
    form: std::sync::Arc<[Lanes]>,
}

impl Bilinear {
    /// From the entries under `prefix`: `dependent` and `head` (each a [`Linear`]) and `form`.
    pub fn load(weights: &Weights<'_>, prefix: &str) -> Result<Self, WeightError> {
        let (dependent, head) = load_views(weights, prefix)?;
        let side = dependent.outputs() + 1;
        let name = under(prefix, "form");
        let (shape, form) = weights.floats(&name)?;
        let labels = match shape[..] {
            [labels, rows, columns] if labels > 0 && rows == side && columns == side => labels,
            _ => return Err(WeightError::entry(&name, format!("its dimensions are {shape:?}; labels of {side} by {side} are needed"))),
        };
        let lanes = labels.div_ceil(LANES);
        let mut packed = vec![Lanes::ZERO; side * side * lanes];
        for (label, form) in form.chunks_exact(side * side).enumerate() {
            for (place, value) in packed.chunks_exact_mut(lanes).zip(form) {
                place[label / LANES].0[label % LANES] = *value;
            }
        }
        Ok(Self { dependent, head, labels, form: packed.into() })
    }

    /// Number of labels.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// What the scores of pairs of these words come from.
    ///
    /// # Panics
    /// If the words have another width than the views were trained for.
    pub fn views(&self, words: &Matrix, scratch: &mut Scratch) -> BilinearViews {
        let dependents = with_one(&view(&self.dependent, words, scratch));
        let heads = with_one(&view(&self.head, words, scratch));
        BilinearViews { cpu: scratch.cpu, dependents, heads, labels: self.labels, form: self.form.clone() }
    }
}

/// Scores of the labels of pairs of some words; see [`Bilinear`].
#[derive(Debug, Clone)]
pub struct BilinearViews {
    cpu: Cpu,
    dependents: Matrix,
    heads: Matrix,
    labels: usize,
    /// For each dimension of the dependent and each of the head: all labels, in whole lanes.
    form: std::sync::Arc<[Lanes]>,
}

impl BilinearViews {
    /// Number of words.
    pub fn words(&self) -> usize {
        self.dependents.rows()
    }

    /// The score of each label for a pair.
    ///
    /// # Panics
    /// If there are no such words.
    pub fn score(&self, dependent: usize, head: usize) -> Vec<f32> {
        let lanes = self.labels.div_ceil(LANES);
        let mut out = vec![Lanes::ZERO; lanes];
        self.cpu.run(Labels { dependent: self.dependents.row(dependent), head: self.heads.row(head), form: &self.form, out: &mut out });
        out.iter().flat_map(|lanes| lanes.0).take(self.labels).collect()
    }
}

fn load_views(weights: &Weights<'_>, prefix: &str) -> Result<(Linear, Linear), WeightError> {
    let (dependent, head) = (Linear::load(weights, &under(prefix, "dependent"))?, Linear::load(weights, &under(prefix, "head"))?);
    if (head.inputs(), head.outputs()) != (dependent.inputs(), dependent.outputs()) {
        return Err(WeightError::entry(&under(prefix, "head.weight"), "its dimensions are not those of the dependent's view"));
    }
    Ok((dependent, head))
}

fn view(linear: &Linear, words: &Matrix, scratch: &mut Scratch) -> Matrix {
    let mut view = linear.apply(words, scratch);
    for value in view.values_mut() {
        *value = relu(*value);
    }
    view
}

/// A one after each row.
fn with_one(view: &Matrix) -> Matrix {
    let columns = view.columns();
    let values = view.values().chunks_exact(columns).flat_map(|row| row.iter().copied().chain([1.0])).collect();
    Matrix::new(view.rows(), columns + 1, values)
}

/// A matrix whose columns are multiplied, in blocks of [`TILE_COLUMNS`]: each block row by row.
#[derive(Debug, Clone)]
struct Columns {
    rows: usize,
    blocks: Vec<[Lanes; PAIR]>,
}

impl Columns {
    fn new(rows: usize, columns: usize, value: impl Fn(usize, usize) -> f32) -> Self {
        let mut blocks = vec![[Lanes::ZERO; PAIR]; columns.div_ceil(TILE_COLUMNS) * rows];
        for column in 0..columns {
            let (block, lane) = (column / TILE_COLUMNS, column % TILE_COLUMNS);
            for (n, place) in blocks[block * rows..][..rows].iter_mut().enumerate() {
                place[lane / LANES].0[lane % LANES] = value(n, column);
            }
        }
        Self { rows, blocks }
    }
}

/// The product of a row with a range of columns.
struct Mix<'a> {
    row: &'a [f32],
    columns: &'a Columns,
    range: Range<usize>,
    out: &'a mut [f32],
}

impl Task for Mix<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        let Self { row, columns, range, out } = self;
        let mut tile = [[Lanes::ZERO; PAIR]; TILE_ROWS];
        let mut at = range.start;
        while at < range.end {
            let block = at / TILE_COLUMNS;
            let end = range.end.min((block + 1) * TILE_COLUMNS);
            crate::lanes::tile::<1>(row, 0, &columns.blocks[block * columns.rows..][..columns.rows], &mut tile);
            for column in at..end {
                let lane = column % TILE_COLUMNS;
                out[column - range.start] = tile[0][lane / LANES].0[lane % LANES];
            }
            at = end;
        }
    }
}

struct Labels<'a> {
    dependent: &'a [f32],
    head: &'a [f32],
    form: &'a [Lanes],
    out: &'a mut [Lanes],
}

impl Task for Labels<'_> {
    type Output = ();

    /// What a view has as zero, about half of it, adds nothing and is passed over.
    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        let lanes = self.out.len();
        for (d, form) in self.dependent.iter().zip(self.form.chunks_exact(self.head.len() * lanes)) {
            if *d == 0.0 {
                continue;
            }
            for (h, form) in self.head.iter().zip(form.chunks_exact(lanes)) {
                if *h == 0.0 {
                    continue;
                }
                let factor = Lanes::splat(d * h);
                for (out, form) in self.out.iter_mut().zip(form) {
                    *out = out.plus(factor.times(*form));
                }
            }
        }
    }
}
