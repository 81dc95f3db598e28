//! Networks of random weights from a generator of our own, so that they are the same for ever.

#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]

use dragoman_neural::WeightsWriter;

/// Numbers without a pattern: the SplitMix64 generator.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// From -1 to below 1; every value is exact.
    pub fn float(&mut self) -> f32 {
        (self.below(1 << 24) as f32) / (1 << 23) as f32 - 1.0
    }

    pub fn floats(&mut self, count: usize, scale: f32) -> Vec<f32> {
        (0..count).map(|_| self.float() * scale).collect()
    }

    /// From `-most` to `most`.
    pub fn integers(&mut self, count: usize, most: i8) -> Vec<i8> {
        let most = i64::from(most);
        (0..count).map(|_| (self.below(2 * most.unsigned_abs() + 1).cast_signed() - most) as i8).collect()
    }
}

/// Rows of integers as the network holds them.
#[derive(Debug, Clone)]
pub struct Rows {
    pub shape: [usize; 2],
    pub scales: Vec<f32>,
    pub values: Vec<i8>,
}

impl Rows {
    /// Values of about 1 / sqrt(columns), as in a trained network.
    pub fn random(random: &mut Random, shape: [usize; 2], most: i8) -> Self {
        let size = 1.5 / (shape[1] as f32).sqrt() / f32::from(most);
        let scales = (0..shape[0]).map(|_| size * (1.0 + 0.3 * random.float())).collect();
        Self { shape, scales, values: random.integers(shape[0] * shape[1], most) }
    }

    /// What row `row`, column `column` stands for.
    pub fn value(&self, row: usize, column: usize) -> f32 {
        self.scales[row] * f32::from(self.values[row * self.shape[1] + column])
    }

    /// All that they stand for, row by row.
    pub fn dequantised(&self) -> Vec<f32> {
        self.values
            .chunks(self.shape[1])
            .zip(&self.scales)
            .flat_map(|(row, scale)| row.iter().map(move |v| scale * f32::from(*v)))
            .collect()
    }
}

/// A linear layer.
#[derive(Debug, Clone)]
pub struct Layer {
    pub weight: Rows,
    pub bias: Vec<f32>,
}

impl Layer {
    pub fn random(random: &mut Random, outputs: usize, inputs: usize) -> Self {
        Self { weight: Rows::random(random, [outputs, inputs], 63), bias: random.floats(outputs, 0.1) }
    }

    pub fn write(&self, writer: &mut WeightsWriter, prefix: &str) {
        writer.rows(&format!("{prefix}.weight"), self.weight.shape, &self.weight.scales, &self.weight.values);
        writer.floats(&format!("{prefix}.bias"), &[self.bias.len()], &self.bias);
    }
}

/// A layer of normalisation.
#[derive(Debug, Clone)]
pub struct Norm {
    pub weight: Vec<f32>,
    pub bias: Vec<f32>,
}

impl Norm {
    fn random(random: &mut Random, width: usize) -> Self {
        let weight = random.floats(width, 0.2).iter().map(|w| 1.0 + w).collect();
        Self { weight, bias: random.floats(width, 0.1) }
    }

    fn write(&self, writer: &mut WeightsWriter, prefix: &str) {
        writer.floats(&format!("{prefix}.weight"), &[self.weight.len()], &self.weight);
        writer.floats(&format!("{prefix}.bias"), &[self.bias.len()], &self.bias);
    }
}

#[derive(Debug, Clone)]
pub struct EncoderLayer {
    pub qkv: Layer,
    pub out: Layer,
    pub up: Layer,
    pub down: Layer,
    pub norm1: Norm,
    pub norm2: Norm,
}

/// A whole network.
#[derive(Debug, Clone)]
pub struct Network {
    pub width: usize,
    pub words: Rows,
    pub positions: Vec<f32>,
    pub shapes: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<EncoderLayer>,
}

pub const KINDS: usize = 7;

impl Network {
    pub fn random(seed: u64, layers: usize, width: usize, inner: usize, vocabulary: usize, positions: usize) -> Self {
        let random = &mut Random::new(seed);
        Self {
            width,
            words: Rows::random(random, [vocabulary, width], 127),
            positions: random.floats(positions * width, 0.05),
            shapes: random.floats(KINDS * width, 0.05),
            norm: Norm::random(random, width),
            layers: (0..layers)
                .map(|_| EncoderLayer {
                    qkv: Layer::random(random, 3 * width, width),
                    out: Layer::random(random, width, width),
                    up: Layer::random(random, inner, width),
                    down: Layer::random(random, width, inner),
                    norm1: Norm::random(random, width),
                    norm2: Norm::random(random, width),
                })
                .collect(),
        }
    }

    pub fn write(&self, writer: &mut WeightsWriter) {
        let Self { width, words, .. } = self;
        writer.rows("encoder.words", words.shape, &words.scales, &words.values);
        writer.floats("encoder.positions", &[self.positions.len() / width, *width], &self.positions);
        writer.floats("encoder.shapes", &[KINDS, *width], &self.shapes);
        self.norm.write(writer, "encoder.norm");
        for (n, layer) in self.layers.iter().enumerate() {
            let prefix = format!("encoder.layers.{n}");
            for (part, linear) in [("qkv", &layer.qkv), ("out", &layer.out), ("up", &layer.up), ("down", &layer.down)] {
                linear.write(writer, &format!("{prefix}.{part}"));
            }
            layer.norm1.write(writer, &format!("{prefix}.norm1"));
            layer.norm2.write(writer, &format!("{prefix}.norm2"));
        }
    }

    pub fn file(&self) -> Vec<u8> {
        let mut writer = WeightsWriter::new();
        self.write(&mut writer);
        writer.finish()
    }

    /// A sequence of random pieces.
    pub fn sequence(&self, random: &mut Random, length: usize) -> (Vec<u32>, Vec<u8>) {
        sequence(random, length, self.words.shape[0] as u64, KINDS as u64)
    }
}

/// A sequence of random pieces and kinds of so many.
pub fn sequence(random: &mut Random, length: usize, pieces: u64, kinds: u64) -> (Vec<u32>, Vec<u8>) {
    (0..length).map(|_| (random.below(pieces) as u32, random.below(kinds) as u8)).unzip()
}
