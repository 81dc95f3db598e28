use dragoman_span::{Offset, Span};

/// Where each part of a report's text came from in the text as received (decoded, before cleaning and normalisation).
///
/// A list of runs: text from `at` on came from `from` on in the source, one to one, until the next run. Runs whose lengths differ
/// (a normalised character) are mapped as a whole. An HTML page has no such map, since extraction libraries give none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OriginMap {
    runs: Vec<Run>, // Invariant: sorted by `text`, disjoint, in the order of the text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    text: Span,
    source: Span,
}

impl OriginMap {
    /// Records that `text` (a span of the report's text) came from `source` (a span of the decoded source).
    ///
    /// # Panics
    /// If runs are added out of order.
    pub fn push(&mut self, text: Span, source: Span) {
        if let Some(last) = self.runs.last_mut() {
            assert!(last.text.end() <= text.start(), "origin runs are added in the order of the text");
            let adjoining = last.text.end() == text.start() && last.source.end() == source.start();
            if adjoining && last.text.len() == last.source.len() && text.len() == source.len() {
                last.text = last.text.cover(text);
                last.source = last.source.cover(source);
                return;
            }
        }
        self.runs.push(Run { text, source });
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The span of the decoded source from which `span` of the text came; `None` where that is not known.
    pub fn source(&self, span: Span) -> Option<Span> {
        let hit = |run: &&Run| run.text.overlaps(span) || (span.is_empty() && run.text.contains_byte(span.start()));
        let first = self.runs.iter().find(hit)?;
        let last = self.runs.iter().rev().find(hit)?;
        let start = first.to_source(Offset::new(span.start().max(first.text.start()))).start();
        let end = last.to_source(Offset::new(span.end().min(last.text.end()))).end();
        (start <= end).then(|| Span::new(start, end))
    }
}

impl Run {
    fn to_source(self, at: Offset) -> Span {
        if self.text.len() == self.source.len() {
            let same = self.source.start() + (at.get() - self.text.start());
            Span::new(same, same)
        } else {
            self.source
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_through_a_cut_and_a_changed_character() {
        // source: "HEAD\ncafe\u{301} ok", text: "café ok"
        let source = "HEAD\ncafe\u{301} ok";
        let text = "café ok";
        let mut map = OriginMap::default();
        map.push(Span::new(0, 3), Span::new(5, 8));
        map.push(Span::new(3, 5), Span::new(8, 11));
        map.push(Span::new(5, 8), Span::new(11, 14));
        let word = map.source(Span::new(0, 5)).unwrap();
        assert_eq!(word.of(source), "cafe\u{301}");
        let ok = map.source(Span::new(6, 8)).unwrap();
        assert_eq!((ok.of(source), Span::new(6, 8).of(text)), ("ok", "ok"));
        assert_eq!(OriginMap::default().source(Span::new(0, 1)), None);
    }
}
