//! What the columns of the labelling layer mean, and which label each number is.

use std::ops::Range;

use dragoman_doc::{NameKind, Relation, Upos, Xpos};
use dragoman_neural::Weights;

use crate::ModelError;

/// Where each head's columns stand in a row of label scores.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(crate) upos: Range<usize>,
    pub(crate) xpos: Range<usize>,
    pub(crate) start: Range<usize>,
    pub(crate) names: Range<usize>,
    pub(crate) source: Range<usize>,
    pub(crate) cue: Range<usize>,
    pub(crate) content: Range<usize>,
}

/// The labels by number, as the weight file lists them.
#[derive(Debug)]
pub(crate) struct LabelSets {
    pub(crate) upos: Vec<Upos>,
    pub(crate) xpos: Vec<Xpos>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) names: Vec<NameKind>,
}

/// O, then begin, inside, end and single of each kind.
const SPAN_LABELS: usize = 4;

impl Columns {
    pub(crate) fn read(weights: &Weights<'_>, sets: &LabelSets) -> Result<Self, ModelError> {
        let order = weights.text("labels.order")?;
        let mut at = 0;
        let mut ranges = Vec::new();
        for line in order.lines() {
            let (name, size) = line.split_once(' ').ok_or_else(|| ModelError::labels("labels.order"))?;
            let size: usize = size.parse().map_err(|_| ModelError::labels("labels.order"))?;
            ranges.push((name, at..at + size));
            at += size;
        }
        let column = |name: &'static str, size: usize| {
            let found = ranges.iter().find(|(n, r)| *n == name && r.len() == size);
            found.map(|(_, r)| r.clone()).ok_or_else(|| ModelError::labels(name))
        };
        Ok(Self {
            upos: column("upos", sets.upos.len())?,
            xpos: column("xpos", sets.xpos.len())?,
            start: column("start", 1)?,
            names: column("names", 1 + SPAN_LABELS * sets.names.len())?,
            source: column("source", 1 + SPAN_LABELS)?,
            cue: column("cue", 1 + SPAN_LABELS)?,
            content: column("content", 1 + SPAN_LABELS)?,
        })
    }

    /// One past the last column.
    pub(crate) fn end(&self) -> usize {
        [&self.upos, &self.xpos, &self.start, &self.names, &self.source, &self.cue, &self.content].iter().map(|r| r.end).max().unwrap_or(0)
    }
}

impl LabelSets {
    pub(crate) fn read(weights: &Weights<'_>) -> Result<Self, ModelError> {
        Ok(Self {
            upos: parsed(weights, "labels.upos", Upos::parse)?,
            xpos: parsed(weights, "labels.xpos", Xpos::parse)?,
            relations: parsed(weights, "labels.relations", Relation::parse)?,
            names: parsed(weights, "labels.names", NameKind::parse)?,
        })
    }
}

fn parsed<L>(weights: &Weights<'_>, name: &'static str, parse: fn(&str) -> Option<L>) -> Result<Vec<L>, ModelError> {
    weights.text(name)?.lines().map(|word| parse(word).ok_or_else(|| ModelError::labels(name))).collect()
}

/// The number of the highest score, the first of equals.
pub(crate) fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// How much of the belief lies on labels of spans that begin here (begin and single of any kind).
pub(crate) fn begins(scores: &[f32]) -> f32 {
    share(scores, |label| label > 0 && matches!((label - 1) % SPAN_LABELS, 0 | 3))
}

/// How much of the belief lies on labels of spans.
pub(crate) fn within(scores: &[f32]) -> f32 {
    share(scores, |label| label > 0)
}

/// How much of the belief lies on these labels.
pub(crate) fn share(scores: &[f32], labels: impl Fn(usize) -> bool) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weight = |label: usize| dragoman_neural::exp(scores[label] - top);
    let all: f32 = (0..scores.len()).map(weight).sum();
    (0..scores.len()).filter(|label| labels(*label)).map(weight).sum::<f32>() / all
}
