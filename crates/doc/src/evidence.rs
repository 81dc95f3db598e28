use std::borrow::Cow;

use dragoman_span::Span;

/// The spans of text that support a value. Never empty, by construction: what has no words in the report cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    first: Span,
    rest: Vec<Span>,
}

impl Evidence {
    /// Evidence of one span.
    pub fn one(span: Span) -> Self {
        Self { first: span, rest: Vec::new() }
    }

    /// Evidence of several spans, in the order of the text; `None` if there are none.
    pub fn several(spans: impl IntoIterator<Item = Span>) -> Option<Self> {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort();
        spans.dedup();
        let mut spans = spans.into_iter();
        Some(Self { first: spans.next()?, rest: spans.collect() })
    }

    /// The first span.
    pub fn first(&self) -> Span {
        self.first
    }

    /// All spans.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        std::iter::once(self.first).chain(self.rest.iter().copied())
    }
}

impl From<Span> for Evidence {
    fn from(span: Span) -> Self {
        Self::one(span)
    }
}

/// A confidence between 0 and 1, kept in ten-thousandths so that it compares and prints alike on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(u16);

impl Score {
    /// Certain.
    pub const ONE: Self = Self(10_000);

    /// From a share of one; values outside 0..=1 are clamped, NaN is 0.
    pub fn new(share: f64) -> Self {
        let rounded = (share.clamp(0.0, 1.0) * 10_000.0).round();
        #[expect(clippy::cast_sign_loss, reason = "clamped to 0..=10000 above; a NaN casts to 0")]
        Self(rounded as u16)
    }

    /// From ten-thousandths.
    pub const fn from_parts(parts: u16) -> Self {
        Self(if parts > 10_000 { 10_000 } else { parts })
    }

    /// As a share of one.
    pub fn share(self) -> f64 {
        f64::from(self.0) / 10_000.0
    }
}

/// The name of a rule: the data file and its key, e.g. `cues:say/v`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    /// The rule `name` of this stage.
    pub fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self(name.into())
    }

    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a value was chosen: one rule that spoke, with what it saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub rule: RuleId,
    /// What it saw, in words of the report.
    pub detail: String,
    /// How sure it is.
    pub score: Score,
}
