//! Figures from counts that add up over documents, with 95 % intervals by bootstrap over documents.

use std::fmt;

use serde_json::{Map, Value, json};

/// Resamples of the bootstrap.
pub const RESAMPLES: usize = 1000;
/// Seed of the resampling, so that a figure can be had again.
const SEED: u64 = 2026;

/// How a figure comes from its three sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Right, predicted, gold: precision, recall and F1.
    Prf,
    /// A sum, and what it is divided by.
    Ratio,
    /// Sum of precisions, sum of recalls, number: the harmonic mean of the two averages.
    Harmonic,
    /// A count, printed as it is.
    Count,
}

/// What one document adds to a figure.
pub(crate) type Sums = [f64; 3];

/// The sums of right, predicted and gold.
pub(crate) fn counted(right: usize, predicted: usize, gold: usize) -> Sums {
    [right as f64, predicted as f64, gold as f64]
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its name; a dot stands between a group and its member.
    pub name: String,
    kind: Kind,
    sums: Sums,
    /// The 95 % interval; none for a count, or where a single document leaves nothing to resample.
    pub interval: Option<(f64, f64)>,
}

/// All figures of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures(pub Vec<Figure>);

/// Collects what the documents add, document by document.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    names: Vec<(String, Kind)>,
    documents: Vec<Vec<Sums>>,
}

impl Tally {
    /// The figures in the order of printing.
    pub(crate) fn new(names: impl IntoIterator<Item = (String, Kind)>) -> Self {
        Self { names: names.into_iter().collect(), documents: Vec::new() }
    }

    /// What one document adds, in the order of the names.
    pub(crate) fn add(&mut self, sums: Vec<Sums>) {
        assert_eq!(sums.len(), self.names.len(), "a document adds to every figure");
        self.documents.push(sums);
    }

    /// The sums become figures.
    pub(crate) fn figures(self) -> Figures {
        let mut state = SEED;
        let count = self.documents.len();
        let samples: Vec<Vec<usize>> = (0..RESAMPLES).map(|_| (0..count).map(|_| next(&mut state) % count.max(1)).collect()).collect();
        let figure = |(at, (name, kind)): (usize, &(String, Kind))| {
            let over = |documents: &mut dyn Iterator<Item = usize>| {
                documents.fold([0.0; 3], |a: Sums, d| {
                    let b = self.documents[d][at];
                    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
                })
            };
            let sums = over(&mut (0..count));
            let interval = (*kind != Kind::Count && count > 1).then(|| {
                let mut all: Vec<f64> = samples.iter().map(|s| kind.value(over(&mut s.iter().copied()))).collect();
                all.sort_by(f64::total_cmp);
                (all[RESAMPLES * 25 / 1000], all[RESAMPLES * 975 / 1000 - 1])
            });
            Figure { name: name.clone(), kind: *kind, sums, interval }
        };
        Figures(self.names.iter().enumerate().map(figure).collect())
    }
}

/// a / b, or 0 where b is 0.
pub(crate) fn ratio(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { a / b }
}

/// A count that was kept as a sum.
#[allow(clippy::cast_sign_loss, reason = "counts are whole and not negative")]
fn whole(count: f64) -> u64 {
    count as u64
}

/// The harmonic mean of precision and recall.
pub(crate) fn harmonic(p: f64, r: f64) -> f64 {
    ratio(2.0 * p * r, p + r)
}

impl Kind {
    fn value(self, [a, b, c]: Sums) -> f64 {
        match self {
            Self::Prf => harmonic(ratio(a, b), ratio(a, c)),
            Self::Ratio => ratio(a, b),
            Self::Harmonic => harmonic(ratio(a, c), ratio(b, c)),
            Self::Count => a,
        }
    }
}

impl Figure {
    /// A figure that does not add up over documents, and so has no interval.
    pub(crate) fn alone(name: &str, value: f64) -> Self {
        Self { name: name.to_owned(), kind: Kind::Ratio, sums: [value, 1.0, 0.0], interval: None }
    }

    /// F1, the ratio, or the count.
    pub fn value(&self) -> f64 {
        self.kind.value(self.sums)
    }

    fn json(&self) -> Value {
        let [a, b, c] = self.sums;
        let [right, predicted, gold] = self.sums.map(whole);
        match self.kind {
            Kind::Prf => {
                json!({"p": ratio(a, b), "r": ratio(a, c), "f1": self.value(), "right": right, "predicted": predicted, "gold": gold})
            }
            Kind::Count => json!(right),
            Kind::Ratio | Kind::Harmonic => json!(self.value()),
        }
    }
}

impl Figures {
    /// All figures as data; groups are objects, and `intervals` holds the 95 % intervals by name.
    pub fn json(&self) -> Value {
        let (mut all, mut intervals) = (Map::new(), Map::new());
        for figure in &self.0 {
            match figure.name.split_once('.') {
                Some((group, member)) => all.entry(group).or_insert_with(|| json!({}))[member] = figure.json(),
                None => drop(all.insert(figure.name.clone(), figure.json())),
            }
            if let Some((low, high)) = figure.interval {
                intervals.insert(figure.name.clone(), json!([low, high]));
            }
        }
        all.insert("intervals".to_owned(), Value::Object(intervals));
        Value::Object(all)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for figure in &self.0 {
            figure.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([right, predicted, gold], name) = (self.sums, &self.name);
        match (self.kind, self.interval) {
            (Kind::Count, _) => writeln!(f, "{name:<28} {right}"),
            (Kind::Prf, interval) => {
                let percent = |x: f64| 100.0 * x;
                let (p, r) = (percent(ratio(right, predicted)), percent(ratio(right, gold)));
                write!(f, "{name:<28} P {p:6.2}  R {r:6.2}  F1 {:6.2}", percent(self.value()))?;
                if let Some((low, high)) = interval {
                    write!(f, " [{:.2}, {:.2}]", percent(low), percent(high))?;
                }
                writeln!(f, "   ({right} right, {predicted} predicted, {gold} gold)")
            }
            (_, interval) => {
                write!(f, "{name:<28} {:.4}", self.value())?;
                if let Some((low, high)) = interval {
                    write!(f, " [{low:.4}, {high:.4}]")?;
                }
                writeln!(f)
            }
        }
    }
}

/// The next number of a fixed sequence (splitmix64).
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 1) as usize
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "the sums are small whole numbers and fractions that both sides round alike")]
mod tests {
    use super::*;

    fn figures(documents: &[Sums], kind: Kind) -> Figures {
        let mut tally = Tally::new([("it".to_owned(), kind)]);
        for document in documents {
            tally.add(vec![*document]);
        }
        tally.figures()
    }

    #[test]
    fn sums_are_pooled_before_they_are_divided() {
        let all = figures(&[[1.0, 1.0, 1.0], [1.0, 3.0, 5.0]], Kind::Prf);
        assert_eq!(all.0[0].value(), 2.0 * 0.5 * (1.0 / 3.0) / (0.5 + 1.0 / 3.0));
        assert!(all.to_string().starts_with("it                           P  50.00  R  33.33  F1  40.00 ["), "{all}");
        assert!(all.to_string().ends_with("(2 right, 4 predicted, 6 gold)\n"));
    }

    #[test]
    fn an_interval_is_as_wide_as_the_documents_differ() {
        let same = figures(&[[3.0, 4.0, 0.0]; 20], Kind::Ratio);
        assert_eq!(same.0[0].interval, Some((0.75, 0.75)));
        let mixed = figures(&(0..100).map(|n| [f64::from(n % 2), 1.0, 0.0]).collect::<Vec<_>>(), Kind::Ratio);
        let (low, high) = mixed.0[0].interval.unwrap();
        // The normal approximation: 0.5 ± 1.96 * 0.05.
        assert!((low - 0.402).abs() < 0.03 && (high - 0.598).abs() < 0.03, "{low} {high}");
    }

    #[test]
    fn nothing_divided_by_nothing_is_nought() {
        assert_eq!(figures(&[[0.0; 3]], Kind::Prf).0[0].value(), 0.0);
        assert_eq!(figures(&[[0.0; 3]], Kind::Ratio).0[0].value(), 0.0);
        assert_eq!(figures(&[[0.5, 1.0, 1.0]], Kind::Harmonic).0[0].value(), 2.0 * 0.5 / 1.5);
        assert_eq!(figures(&[[1.0, 1.0, 1.0]], Kind::Prf).0[0].interval, None, "one document cannot be resampled");
    }
}
