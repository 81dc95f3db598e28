//! Running a stage so that its failure costs one layer of one report, never the report and never the others.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dragoman_doc::{Layer, Problem, ProblemCode, Provenance};
use dragoman_span::Id;

/// Who made the layer of a stage that failed.
pub(crate) const FAILED: Provenance = Provenance { stage: "failed", version: 0 };

/// Who made a layer that a stage is not to see.
pub(crate) const LEFT_OUT: Provenance = Provenance { stage: "left out", version: 0 };

/// Runs a stage. A panic in it becomes a problem, and `None`.
pub(crate) fn guarded<T>(stage: &str, problems: &mut Vec<Problem>, run: impl FnOnce() -> T) -> Option<T> {
    // A stage only reads what it is given, so nothing half-changed can be seen after a panic.
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(layer) => Some(layer),
        Err(cause) => {
            let message = format!("the {stage} stage failed on this report: {}", words(cause.as_ref()));
            problems.push(Problem { code: ProblemCode::StageFailed, message, span: None });
            None
        }
    }
}

/// [`guarded`] for a stage of two layers.
pub(crate) fn guarded_pair<I: Id, T, J: Id, U>(
    stage: &str,
    problems: &mut Vec<Problem>,
    run: impl FnOnce() -> (Layer<I, T>, Layer<J, U>),
) -> (Layer<I, T>, Layer<J, U>) {
    guarded(stage, problems, run).unwrap_or_else(|| (Layer::empty(FAILED), Layer::empty(FAILED)))
}

fn words(cause: &(dyn std::any::Any + Send)) -> &str {
    cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no reason given")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_problem() {
        let mut problems = Vec::new();
        let failed: Option<u8> = guarded("time", &mut problems, || panic!("no such month"));
        assert_eq!((failed, guarded("time", &mut problems, || 7_u8)), (None, Some(7)));
        assert_eq!(problems.len(), 1);
        assert!(problems[0].message.contains("time stage") && problems[0].message.contains("no such month"));
    }
}
