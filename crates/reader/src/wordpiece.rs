//! WordPiece as BERT's uncased vocabulary defines it: `training/wordpiece.py` in Rust.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Most characters of a run of letters; a longer one is one unknown piece.
const MAX_RUN: usize = 100;

/// Cuts words into the pieces of a vocabulary.
#[derive(Debug)]
pub struct WordPiece {
    whole: HashMap<Box<str>, u32>,
    /// Pieces that go on with a word, without their "##".
    inner: HashMap<Box<str>, u32>,
    unknown: u32,
    first: u32,
    end: u32,
}

impl WordPiece {
    /// The pieces of a vocabulary, one a line, by line number; `None` where `[UNK]`, `[CLS]` or `[SEP]` is missing.
    pub fn new(vocabulary: &str) -> Option<Self> {
        let (mut whole, mut inner) = (HashMap::new(), HashMap::new());
        for (id, piece) in (0_u32..).zip(vocabulary.split('\n')) {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => inner.insert(rest.into(), id),
                _ => whole.insert(piece.into(), id),
            };
        }
        let id = |piece: &str| whole.get(piece).copied();
        let (unknown, first, end) = (id("[UNK]")?, id("[CLS]")?, id("[SEP]")?);
        Some(Self { whole, inner, unknown, first, end })
    }

    /// The piece that opens a window.
    pub fn first(&self) -> u32 {
        self.first
    }

    /// The piece that ends a window or a paragraph.
    pub fn end(&self) -> u32 {
        self.end
    }

    /// Adds the pieces of a text to `pieces`.
    pub fn cut(&self, text: &str, pieces: &mut Vec<u32>) {
        // Most words are plain ASCII letters.
        if text.len() <= MAX_RUN && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return self.run(&text.to_ascii_lowercase(), pieces);
        }
        let mut run = String::new();
        for c in plain(text) {
            let mark = is_mark(c);
            if !c.is_whitespace() && !mark {
                run.push(c);
                continue;
            }
            self.run(&run, pieces);
            run.clear();
            if mark {
                self.run(c.encode_utf8(&mut [0; 4]), pieces);
            }
        }
        self.run(&run, pieces);
    }

    /// The pieces of one word; never none.
    pub fn word(&self, text: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        self.cut(text, pieces);
        if pieces.len() == before {
            pieces.push(self.unknown);
        }
    }

    /// The longest pieces from left to right; one unknown piece where a rest fits none.
    fn run(&self, run: &str, pieces: &mut Vec<u32>) {
        if run.is_empty() {
            return;
        }
        if let Some(id) = self.whole.get(run) {
            return pieces.push(*id);
        }
        let before = pieces.len();
        if run.chars().nth(MAX_RUN).is_some() {
            return pieces.push(self.unknown);
        }
        let mut rest = run;
        while !rest.is_empty() {
            let table = if rest.len() == run.len() { &self.whole } else { &self.inner };
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).collect::<Vec<_>>();
            let Some((end, id)) = ends.into_iter().rev().find_map(|end| Some((end, *table.get(rest.get(..end)?)?))) else {
                pieces.truncate(before);
                return pieces.push(self.unknown);
            };
            pieces.push(id);
            rest = rest.get(end..).unwrap_or_default();
        }
    }
}

/// The characters of a text, cleaned, without accents, in lower case; ideographs parted.
fn plain(text: &str) -> impl Iterator<Item = char> {
    let cleaned = text.chars().filter(|c| !is_dropped(*c)).flat_map(|c| match c {
        c if is_space(c) => [Some(' '), None, None],
        c if is_ideograph(c) => [Some(' '), Some(c), Some(' ')],
        c => [Some(c), None, None],
    });
    let parted = cleaned.flatten().nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark);
    parted.flat_map(char::to_lowercase)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r') || c.general_category() == GeneralCategory::SpaceSeparator
}

fn is_dropped(c: char) -> bool {
    use GeneralCategory::{Control, Format, PrivateUse, Unassigned};
    let control = !matches!(c, '\t' | '\n' | '\r') && matches!(c.general_category(), Control | Format | Unassigned | PrivateUse);
    control || matches!(c, '\0' | '\u{fffd}')
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<u32> {
        let vocabulary = "[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\ncafe\n.\nu\ns\n'\nt\n中\n##s\nοδοσ";
        let mut pieces = Vec::new();
        WordPiece::new(vocabulary).expect("the special pieces are there").word(text, &mut pieces);
        pieces
    }

    #[test]
    fn longest_pieces_first() {
        assert_eq!(cut("unaffable"), [3, 4, 5]);
        assert_eq!(cut("UNAFFABLES"), [3, 4, 5, 13]);
    }

    #[test]
    fn accents_marks_and_ideographs() {
        assert_eq!(cut("Café"), [6]);
        assert_eq!(cut("U.S."), [8, 7, 9, 7]);
        assert_eq!(cut("中中"), [12, 12]);
        assert_eq!(cut("t\u{200d}\u{ad}"), [11]);
    }

    #[test]
    fn a_capital_sigma_is_the_same_letter_everywhere() {
        assert_eq!(cut("ΟΔΟΣ"), [14]);
    }

    #[test]
    fn what_fits_no_piece_is_unknown() {
        assert_eq!(cut("unx"), [0]);
        assert_eq!(cut("\u{200d}"), [0]);
        assert_eq!(cut(&"s".repeat(101)), [0]);
    }

    #[test]
    fn a_vocabulary_needs_its_special_pieces() {
        assert!(WordPiece::new("a\nb").is_none());
    }
}
