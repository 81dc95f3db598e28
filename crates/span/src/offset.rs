use std::fmt;
use std::ops::Range;

/// A byte offset into a report's text. Texts are at most 4 GiB long; acquisition refuses longer ones far earlier.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Offset(u32);

impl Offset {
    /// Offset of `byte`.
    ///
    /// # Panics
    /// If `byte` does not fit in 32 bits: acquisition bounds every text well below that.
    pub fn new(byte: usize) -> Self {
        Self(u32::try_from(byte).expect("acquisition keeps texts below 4 GiB"))
    }

    /// The offset as an index.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A half-open range of bytes `[start, end)` of a text.
///
/// Invariant: `start <= end`. That both lie on character boundaries of the text is kept by those who make spans and tested as a
/// property of every record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// If `start > end`.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start: Offset::new(start), end: Offset::new(end) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start.get()
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end.get()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text under the span.
    ///
    /// # Panics
    /// If the span does not belong to `text` (out of range or inside a character).
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).expect("the span was made for this text")
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `at` lies inside.
    pub fn contains_byte(self, at: usize) -> bool {
        (self.start()..self.end()).contains(&at)
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its edges.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        self.trim_matches(text, char::is_whitespace)
    }

    /// The span without the characters at its edges for which `drop` holds.
    #[must_use]
    pub fn trim_matches(self, text: &str, drop: impl Fn(char) -> bool) -> Self {
        let inner = self.of(text);
        let left = inner.len() - inner.trim_start_matches(&drop).len();
        let kept = inner.trim_matches(&drop).len();
        Self::new(self.start() + left, self.start() + left + kept)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start(), self.end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_at_character_boundaries() {
        let text = "  « Été »  ";
        let all = Span::new(0, text.len());
        assert_eq!(all.trim(text).of(text), "« Été »");
        assert_eq!(all.trim_matches(text, |c| !c.is_alphabetic()).of(text), "Été");
        assert!(Span::new(0, 2).trim(text).is_empty());
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert_eq!(Span::new(0, 3).cover(Span::new(7, 9)), Span::new(0, 9));
    }

    #[test]
    #[should_panic(expected = "ends before it starts")]
    fn refuses_a_reversed_span() {
        let _ = Span::new(3, 2);
    }
}
