/// What a resolver found for a mention: one answer, several, or none, and then why.
///
/// A default never stands in a value's place: *unknown* is an answer of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved<T> {
    /// One answer.
    One(T),
    /// Several, best first.
    Several(Ranked<T>),
    /// None.
    Unknown(WhyNot),
}

impl<T> Resolved<T> {
    /// The answer to use: the one, or the first of several.
    pub fn best(&self) -> Option<&T> {
        match self {
            Self::One(t) => Some(t),
            Self::Several(r) => Some(r.best()),
            Self::Unknown(_) => None,
        }
    }

    /// The answers that were not chosen.
    pub fn others(&self) -> &[T] {
        match self {
            Self::Several(r) => &r.rest,
            Self::One(_) | Self::Unknown(_) => &[],
        }
    }

    /// From answers sorted best first.
    pub fn from_ranked(answers: Vec<T>, why_not: WhyNot) -> Self {
        let mut answers = answers.into_iter();
        match (answers.next(), answers.collect::<Vec<T>>()) {
            (None, _) => Self::Unknown(why_not),
            (Some(one), rest) if rest.is_empty() => Self::One(one),
            (Some(best), rest) => Self::Several(Ranked { best, rest }),
        }
    }
}

/// At least two answers, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked<T> {
    best: T,
    rest: Vec<T>,
}

impl<T> Ranked<T> {
    /// The best answer.
    pub fn best(&self) -> &T {
        &self.best
    }
}

/// Why a resolver has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNot {
    /// No table holds the name.
    NotListed,
    /// Candidates tie, and nothing in the report decides.
    Tied,
    /// The report gives nothing to resolve against.
    NoAnchor,
}
