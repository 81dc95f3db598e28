use thiserror::Error;

use crate::attention::{Attend, HEAD};
use crate::linear::Linear;
use crate::matrix::Matrix;
use crate::norm::{AddNormalise, Norm, Normalise};
use crate::scratch::Scratch;
use crate::weights::{WeightError, Weights, under};

/// Why a sequence cannot be encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum InputError {
    /// No pieces.
    #[error("a sequence without pieces")]
    Empty,
    /// More pieces than the encoder has positions.
    #[error("a sequence of {found} pieces; the longest has {longest}")]
    TooLong {
        /// Pieces of the sequence.
        found: usize,
        /// Most pieces: [`Encoder::longest`].
        longest: usize,
    },
    /// Not one kind for each piece.
    #[error("{kinds} kinds for {ids} pieces")]
    Lengths {
        /// Number of pieces.
        ids: usize,
        /// Number of kinds.
        kinds: usize,
    },
    /// A piece outside the vocabulary.
    #[error("piece {id}, at {at} of the sequence, is not in the vocabulary")]
    UnknownPiece {
        /// Its place, from 0.
        at: usize,
        /// The piece.
        id: u32,
    },
    /// A kind that the encoder does not know.
    #[error("kind {kind}, at {at} of the sequence, is unknown")]
    UnknownKind {
        /// Its place, from 0.
        at: usize,
        /// The kind.
        kind: u8,
    },
}

/// Vectors of word pieces, each in the light of its whole sequence.
#[derive(Debug, Clone)]
pub struct Encoder {
    width: usize,
    pieces: Vec<i8>,
    piece_scales: Vec<f32>,
    positions: Matrix,
    kinds: Matrix,
    norm: Norm,
    layers: Vec<Layer>,
}

#[derive(Debug, Clone)]
struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

impl Encoder {
    /// From the entries under `prefix`: `words`, `positions`, `shapes`, `norm`, and `layers.0`, `layers.1` and so on.
    pub fn load(weights: &Weights<'_>, prefix: &str) -> Result<Self, WeightError> {
        let name = under(prefix, "words");
        let words = weights.rows(&name)?;
        let width = words.columns;
        if words.count == 0 || width == 0 || !width.is_multiple_of(HEAD) {
            return Err(WeightError::entry(&name, format!("its width must be a multiple of {HEAD}, and it must have a row")));
        }
        let pieces = words.values.iter().map(|value| value.cast_signed()).collect();
        Ok(Self {
            width,
            pieces,
            piece_scales: words.scales,
            positions: table(weights, &under(prefix, "positions"), width)?,
            kinds: table(weights, &under(prefix, "shapes"), width)?,
            norm: Norm::load(weights, &under(prefix, "norm"), width)?,
            layers: layers(weights, prefix, width)?,
        })
    }

    /// Most pieces of a sequence.
    pub fn longest(&self) -> usize {
        self.positions.rows()
    }

    /// Width of a vector.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of pieces in the vocabulary.
    pub fn vocabulary(&self) -> usize {
        self.piece_scales.len()
    }

    /// Number of kinds.
    pub fn kinds(&self) -> usize {
        self.kinds.rows()
    }

    /// Number of layers.
    pub fn layers(&self) -> usize {
        self.layers.len()
    }

    /// A vector for each piece of a sequence of one to [`Self::longest`] pieces: `ids` are numbers in the vocabulary, `kinds` say for
    /// each piece of what kind it is.
    pub fn run(&self, ids: &[u32], kinds: &[u8], scratch: &mut Scratch) -> Result<Matrix, InputError> {
        self.run_with(ids, kinds, scratch, |_, _| ())
    }

    /// As [`Self::run`], and shows the vectors after each layer. Those that go into the first are shown as layer 0.
    pub fn run_with(
        &self,
        ids: &[u32],
        kinds: &[u8],
        scratch: &mut Scratch,
        mut see: impl FnMut(usize, &Matrix),
    ) -> Result<Matrix, InputError> {
        let mut x = self.embed(ids, kinds)?;
        scratch.cpu.run(Normalise { norm: &self.norm, rows: x.values_mut(), width: self.width });
        see(0, &x);
        for (n, layer) in self.layers.iter().enumerate() {
            layer.run(&mut x, scratch);
            see(n + 1, &x);
        }
        Ok(x)
    }

    fn embed(&self, ids: &[u32], kinds: &[u8]) -> Result<Matrix, InputError> {
        if ids.len() != kinds.len() {
            return Err(InputError::Lengths { ids: ids.len(), kinds: kinds.len() });
        }
        if ids.is_empty() {
            return Err(InputError::Empty);
        }
        if ids.len() > self.longest() {
            return Err(InputError::TooLong { found: ids.len(), longest: self.longest() });
        }
        let mut values = Vec::with_capacity(ids.len() * self.width);
        for (at, (id, kind)) in ids.iter().zip(kinds).enumerate() {
            let row = *id as usize;
            let scale = self.piece_scales.get(row).ok_or(InputError::UnknownPiece { at, id: *id })?;
            if usize::from(*kind) >= self.kinds.rows() {
                return Err(InputError::UnknownKind { at, kind: *kind });
            }
            let piece = &self.pieces[row * self.width..][..self.width];
            let parts = piece.iter().zip(self.positions.row(at)).zip(self.kinds.row(usize::from(*kind)));
            values.extend(parts.map(|((piece, position), kind)| scale * f32::from(*piece) + position + kind));
        }
        Ok(Matrix::new(ids.len(), self.width, values))
    }
}

impl Layer {
    fn load(weights: &Weights<'_>, prefix: &str, width: usize) -> Result<Self, WeightError> {
        let linear = |part: &str| Linear::load(weights, &under(prefix, part));
        let norm = |part: &str| Norm::load(weights, &under(prefix, part), width);
        let (qkv, out, up, down) = (linear("qkv")?, linear("out")?, linear("up")?, linear("down")?);
        let inner = up.outputs();
        for (part, layer, shape) in
            [("qkv", &qkv, (3 * width, width)), ("out", &out, (width, width)), ("up", &up, (inner, width)), ("down", &down, (width, inner))]
        {
            let found = (layer.outputs(), layer.inputs());
            if found != shape {
                let name = under(&under(prefix, part), "weight");
                return Err(WeightError::entry(&name, format!("its dimensions are {found:?}; {shape:?} are needed")));
            }
        }
        Ok(Self { qkv, out, norm1: norm("norm1")?, up, down, norm2: norm("norm2")? })
    }

    fn run(&self, x: &mut Matrix, scratch: &mut Scratch) {
        let width = x.columns();
        let Scratch { cpu, rounded, attention, wide, mixed, change } = scratch;
        self.qkv.apply_into(x, *cpu, rounded, wide);
        mixed.reshape(x.rows(), width);
        cpu.run(Attend { input: wide.values(), width, scratch: attention, out: mixed.values_mut() });
        self.out.apply_into(mixed, *cpu, rounded, change);
        cpu.run(AddNormalise { norm: &self.norm1, rows: x.values_mut(), change: change.values(), width });
        self.up.apply_into(x, *cpu, rounded, wide);
        self.down.apply_gelu_into(wide, *cpu, rounded, change);
        cpu.run(AddNormalise { norm: &self.norm2, rows: x.values_mut(), change: change.values(), width });
    }
}

/// A table of floats with rows of `width`.
fn table(weights: &Weights<'_>, name: &str, width: usize) -> Result<Matrix, WeightError> {
    let (shape, values) = weights.floats(name)?;
    match shape[..] {
        [rows, columns] if rows > 0 && columns == width => Ok(Matrix::new(rows, columns, values)),
        _ => Err(WeightError::entry(name, format!("its dimensions are {shape:?}; rows of {width} are needed"))),
    }
}

/// The layers, numbered from 0 without a gap.
fn layers(weights: &Weights<'_>, prefix: &str, width: usize) -> Result<Vec<Layer>, WeightError> {
    let all = under(prefix, "layers.");
    let numbers = weights.names().filter_map(|name| name.strip_prefix(&*all)?.split('.').next()?.parse().ok());
    let last: usize = numbers.max().unwrap_or(0);
    (0..=last).map(|n| Layer::load(weights, &format!("{all}{n}"), width)).collect()
}
