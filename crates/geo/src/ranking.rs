//! Which of the places that bear a name is meant: a conditional logit over the features of each, with learned weights.
//!
//! The weights stand in `data/places/ranker.tsv`; `cargo xtask ranker` learns them from texts whose places are known.

use dragoman_lexicon::{Fault, Table};

use crate::context::{Context, Hints, Rated};
use crate::features::{FEATURES, Feature, Vector, vectors};
use crate::gazetteer::Candidate;

/// The table's name.
const FILE: &str = "places/ranker.tsv";

/// What each feature weighs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights(Vector);

impl Weights {
    /// Reads the table; every feature must stand in it once.
    pub(crate) fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        let table = Table::parse(FILE, text, &["feature", "weight"])?;
        let rows = table.read(|r| {
            let feature = Feature::ALL.iter().find(|f| f.word() == r.text(0));
            let feature = feature.ok_or_else(|| ("feature", format!("{:?} is no feature", r.text(0))))?;
            let weight: f64 = r.code(1, "weight")?;
            if weight.is_finite() { Ok((*feature, weight)) } else { Err(("weight", format!("{weight} is not finite"))) }
        })?;
        let mut weights = [f64::NAN; FEATURES];
        for (feature, weight) in rows {
            weights[feature as usize] = weight;
        }
        match Feature::ALL.iter().find(|f| weights[**f as usize].is_nan()) {
            None => Ok(Self(weights)),
            Some(missing) => {
                let reason = format!("no weight for {}", missing.word());
                Err(vec![Fault { file: FILE.to_owned(), line: 0, column: None, reason }])
            }
        }
    }

    fn score(&self, vector: &Vector) -> f64 {
        self.0.iter().zip(vector).map(|(w, v)| w * v).sum()
    }

    /// The candidates of a name, best first, each with its chance; what is missing to 1 is the chance of none of them.
    pub(crate) fn rank(&self, name: &str, candidates: &[Candidate], hints: &Hints, context: &Context) -> Vec<Rated> {
        let scores = vectors(name, candidates, hints, context).iter().map(|v| self.score(v)).collect::<Vec<f64>>();
        let mut scored: Vec<(f64, &Candidate)> = scores.into_iter().zip(candidates).collect();
        // Ties keep the order of the gazetteer, which is fixed.
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let none = self.0[Feature::Nil as usize];
        let best = scored.first().map_or(none, |(s, _)| s.max(none));
        let odds: Vec<f64> = scored.iter().map(|(s, _)| (s - best).exp()).collect();
        let sum: f64 = odds.iter().sum::<f64>() + (none - best).exp();
        scored.into_iter().zip(odds).map(|((_, c), odd)| Rated { candidate: c.clone(), confidence: odd / sum }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_one_weight() {
        let all: Vec<String> = Feature::ALL.iter().map(|f| format!("{}\t1", f.word())).collect();
        assert!(Weights::parse(&format!("#! feature\tweight\n{}\n", all.join("\n"))).is_ok());
        for (bad, reason) in [("near\t1\n", "no weight for"), ("nearer\t1\n", "is no feature"), ("near\tinf\n", "not finite")] {
            let faults = Weights::parse(&format!("#! feature\tweight\n{bad}")).unwrap_err();
            assert!(faults[0].to_string().contains(reason), "{faults:?}");
        }
    }
}
