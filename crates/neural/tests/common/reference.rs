//! The encoder as another engine runs it, from an ONNX file of `training/reference.py`, and how far two results lie apart.

#![allow(dead_code, unreachable_pub, reason = "each user needs a part of it")]

use std::path::Path;
use std::sync::Arc;

use dragoman_neural::{Encoder, Matrix, Scratch};
use rten::{LoadError, Model, ModelOptions, NodeId, RunError, RunOptions, ThreadPool, Value, ValueOrView};

/// An encoder in rten, on one thread.
pub struct Reference {
    model: Model,
    ids: NodeId,
    kinds: NodeId,
    layers: Vec<NodeId>,
    options: RunOptions,
}

impl Reference {
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true); // as ours are
        let model = options.load_file(path)?;
        let node = |name: &str| model.node_id(name).expect("`training/reference.py` gives it this name");
        let (ids, kinds) = (node("ids"), node("kinds"));
        let layers = model.output_ids().to_vec();
        let one_thread = Arc::new(ThreadPool::with_num_threads(1));
        let options = RunOptions::default().with_thread_pool(Some(one_thread));
        Ok(Self { model, ids, kinds, layers, options })
    }

    /// The vectors after the embedding and after each layer, row by row.
    pub fn all_layers(&self, ids: &[u32], kinds: &[u8]) -> Result<Vec<Vec<f32>>, RunError> {
        self.run(self.pieces(ids, kinds), &self.layers)
    }

    /// As [`Self::all_layers`], but each layer is given our vectors before it, so that differences do not pile up.
    pub fn each_layer(&self, ids: &[u32], kinds: &[u8], ours: &[Matrix]) -> Result<Vec<Vec<f32>>, RunError> {
        let mut found = self.run(self.pieces(ids, kinds), &self.layers[..1])?;
        for (ours, layers) in ours.iter().zip(self.layers.windows(2)) {
            let shape = [ours.rows(), ours.columns()];
            let vectors = Value::from_shape(shape, ours.values().to_vec()).expect("as many values as a matrix has");
            found.extend(self.run(vec![(layers[0], vectors.into())], &layers[1..])?);
        }
        Ok(found)
    }

    /// The vectors after the last layer alone.
    pub fn last_layer(&self, ids: &[u32], kinds: &[u8]) -> Result<Vec<f32>, RunError> {
        let last = self.layers.len() - 1;
        Ok(self.run(self.pieces(ids, kinds), &self.layers[last..])?.remove(0))
    }

    fn pieces(&self, ids: &[u32], kinds: &[u8]) -> Vec<(NodeId, ValueOrView<'static>)> {
        let input = |values: Vec<i32>| Value::from_shape([values.len()], values).expect("as many values as its one side says");
        let kinds = kinds.iter().map(|kind| i32::from(*kind)).collect();
        vec![(self.ids, input(ids.iter().map(|id| id.cast_signed()).collect()).into()), (self.kinds, input(kinds).into())]
    }

    fn run(&self, inputs: Vec<(NodeId, ValueOrView<'_>)>, outputs: &[NodeId]) -> Result<Vec<Vec<f32>>, RunError> {
        let values = self.model.run(inputs, outputs, Some(self.options.clone()))?;
        Ok(values.into_iter().map(|value| value.into_shape_vec::<f32, 2>().expect("a matrix of floats").1).collect())
    }
}

/// The vectors after the embedding and after each layer, from our encoder.
pub fn our_layers(encoder: &Encoder, ids: &[u32], kinds: &[u8], scratch: &mut Scratch) -> Vec<Matrix> {
    let mut layers = Vec::new();
    encoder.run_with(ids, kinds, scratch, |_, x| layers.push(x.clone())).expect("a sequence that the encoder knows");
    layers
}

/// How far vectors lie apart.
#[derive(Debug, Default, Clone, Copy)]
pub struct Difference {
    pub largest: f64,
    sum: f64,
    values: usize,
    ours_theirs: f64,
    ours: f64,
    theirs: f64,
}

impl Difference {
    pub fn between(ours: &[f32], theirs: &[f32]) -> Self {
        let mut difference = Self::default();
        difference.add(ours, theirs);
        difference
    }

    pub fn add(&mut self, ours: &[f32], theirs: &[f32]) {
        assert_eq!(ours.len(), theirs.len(), "values of a layer");
        for (a, b) in ours.iter().map(|v| f64::from(*v)).zip(theirs.iter().map(|v| f64::from(*v))) {
            // Written so that NaN counts as far away.
            let apart = if (a - b).is_nan() { f64::INFINITY } else { (a - b).abs() };
            self.largest = self.largest.max(apart);
            self.sum += apart;
            self.values += 1;
            self.ours_theirs += a * b;
            self.ours += a * a;
            self.theirs += b * b;
        }
    }

    pub fn mean(&self) -> f64 {
        self.sum / self.values as f64
    }

    /// The cosine between all of ours and all of theirs.
    pub fn cosine(&self) -> f64 {
        self.ours_theirs / (self.ours * self.theirs).sqrt()
    }
}
