//! The canonical text: NFC, one kind of line end, no control characters; with a map back to the text as received.

use dragoman_doc::{OriginMap, Problem, ProblemCode};
use dragoman_span::Span;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc};

/// A text being written, piece by piece, from spans of its source.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    text: String,
    origin: OriginMap,
    controls: usize,
    bidi: Option<Span>,
}

impl Writer {
    /// Writes `span` of `source`, normalised.
    pub(crate) fn write(&mut self, source: &str, span: Span) {
        let piece = span.of(source);
        if is_nfc(piece) && !piece.chars().any(|c| c == '\r' || is_replaced(c) || is_bidi(c)) {
            return self.push(piece, span);
        }
        let mut at = span.start();
        for cluster in clusters(piece) {
            let from = Span::new(at, at + cluster.len());
            at = from.end();
            let line_ends_behind = at == span.end() || source.get(at..).is_some_and(|rest| rest.starts_with('\n'));
            match cluster {
                "\r" if line_ends_behind => {}
                "\r" => self.push("\n", from),
                _ => self.write_cluster(cluster, from),
            }
        }
    }

    fn write_cluster(&mut self, cluster: &str, from: Span) {
        let first = cluster.chars().next().unwrap_or_default();
        if is_replaced(first) {
            self.controls += 1;
            return self.push("\u{FFFD}", from);
        }
        let start = self.text.len();
        let normal: String = cluster.nfc().collect();
        self.push(&normal, from);
        if is_bidi(first) && self.bidi.is_none() {
            self.bidi = Some(Span::new(start, self.text.len()));
        }
    }

    /// Writes the end of a line.
    pub(crate) fn end_line(&mut self, from: Span) {
        self.push("\n", from);
    }

    fn push(&mut self, piece: &str, from: Span) {
        if piece.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(piece);
        self.origin.push(Span::new(start, self.text.len()), from);
    }

    /// What has been written so far.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The finished text, its map and what was odd.
    pub(crate) fn finish(self) -> (String, OriginMap, Vec<Problem>) {
        let problems = oddities(self.controls, self.bidi);
        (self.text, self.origin, problems)
    }
}

fn oddities(controls: usize, bidi: Option<Span>) -> Vec<Problem> {
    let mut problems = Vec::new();
    if controls > 0 {
        problems.push(Problem {
            code: ProblemCode::ControlCharacters,
            message: format!("{controls} control characters were replaced"),
            span: None,
        });
    }
    if bidi.is_some() {
        let message = "the text holds invisible marks that turn the direction of writing".to_owned();
        problems.push(Problem { code: ProblemCode::BidiControls, message, span: bidi });
    }
    problems
}

/// What is odd about a text that is taken as it is.
pub(crate) fn inspect(text: &str) -> Vec<Problem> {
    let controls = text.chars().filter(|c| is_replaced(*c)).count();
    let bidi = text.char_indices().find(|(_, c)| is_bidi(*c)).map(|(i, c)| Span::new(i, i + c.len_utf8()));
    let mut problems = oddities(0, bidi);
    if controls > 0 {
        problems.push(Problem {
            code: ProblemCode::ControlCharacters,
            message: format!("the text holds {controls} control characters"),
            span: None,
        });
    }
    problems
}

/// Control characters other than tab and line feed. Databases and terminals choke on them.
fn is_replaced(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

/// Marks that change the direction of text, or isolate part of it.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// A character with the combining marks behind it. What normalisation may join stays together.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut ends = rest.char_indices().skip(1).filter(|(_, c)| canonical_combining_class(*c) == 0 && !is_jamo(*c));
        let end = ends.next().map_or(rest.len(), |(i, _)| i);
        let (cluster, tail) = rest.split_at(end);
        rest = tail;
        (!cluster.is_empty()).then_some(cluster)
    })
}

/// Vowels and finals of Hangul, which join with what stands before them though they are no combining marks.
fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{11FF}')
}
