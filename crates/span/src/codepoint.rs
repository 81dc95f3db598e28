use crate::Span;

/// Turns byte offsets of one text into Unicode code point offsets and back.
///
/// Keeps the code point count at every 64th byte, so a lookup scans at most 63 bytes.
#[derive(Debug, Clone)]
pub struct CodepointIndex<'t> {
    text: &'t str,
    marks: Vec<u32>, // code points before byte 64 * i
}

const STEP: usize = 64;

fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

impl<'t> CodepointIndex<'t> {
    /// Index of `text`.
    pub fn new(text: &'t str) -> Self {
        let mut seen = 0;
        let marks = text
            .as_bytes()
            .chunks(STEP)
            .map(|chunk| {
                let before = seen;
                seen += chunk.iter().filter(|b| starts_character(**b)).count() as u32;
                before
            })
            .collect();
        Self { text, marks }
    }

    /// Code points before byte `at` (clamped to the end of the text).
    pub fn codepoint(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = (at / STEP).min(self.marks.len().saturating_sub(1));
        let base = self.marks.get(block).copied().unwrap_or(0) as usize;
        let bytes = &self.text.as_bytes()[(block * STEP).min(at)..at];
        base + bytes.iter().filter(|b| starts_character(**b)).count()
    }

    /// Byte of code point `at`, the text's length where it has no such code point.
    pub fn byte(&self, at: usize) -> usize {
        let block = self.marks.partition_point(|m| *m as usize <= at).saturating_sub(1);
        let base = self.marks.get(block).copied().unwrap_or(0) as usize;
        let start = block * STEP;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        rest.iter().enumerate().filter(|(_, b)| starts_character(**b)).nth(at - base).map_or(self.text.len(), |(i, _)| start + i)
    }

    /// A span of bytes as `[start, end)` in code points.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.codepoint(span.start()), self.codepoint(span.end())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let text = "Kyiv – “Здравствуйте”, 北京 said 😀. ".repeat(20);
        let index = CodepointIndex::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.codepoint(byte), n);
            assert_eq!(index.byte(n), byte);
        }
        assert_eq!(index.codepoint(text.len()), text.chars().count());
        assert_eq!(index.byte(text.chars().count()), text.len());
    }

    #[test]
    fn empty_text() {
        let index = CodepointIndex::new("");
        assert_eq!(index.span(Span::new(0, 0)), [0, 0]);
        assert_eq!(index.byte(3), 0);
    }
}
