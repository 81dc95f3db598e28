//! Windows of word pieces: `training/windows.py` in Rust.
//!
//! A window is `[CLS]`, the pieces of its words with `[SEP]` before each new paragraph, `[SEP]`. Windows hold whole sentences and
//! overlap, so that every word is read with words before and after it; each word belongs to one of them.

use std::ops::Range;

use dragoman_doc::Tokens;

use crate::WordPiece;

/// Most pieces of a window.
pub(crate) const MAX_PIECES: usize = 256;
/// Pieces that a window shares with the one before it, at most.
const OVERLAP: usize = 48;
/// Most pieces of a word; a longer one (an address, a hash) is read by its first pieces.
const MAX_WORD_PIECES: usize = 12;
/// Shapes of words; see [`shape`].
const SHAPES: u8 = 9;

/// All words of a report in pieces.
#[derive(Debug)]
pub(crate) struct Pieces {
    ids: Vec<u32>,
    /// One past the last piece of each word.
    ends: Vec<usize>,
    /// The feature of each word's first piece.
    kinds: Vec<u8>,
    /// Words that begin a paragraph.
    paragraph: Vec<bool>,
}

/// Words that are read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window {
    /// All of its words.
    pub(crate) words: Range<usize>,
    /// Those that are read here and in no other window.
    pub(crate) own: Range<usize>,
}

impl Pieces {
    /// Cuts the words of a report.
    pub(crate) fn of(text: &str, tokens: &Tokens, wordpiece: &WordPiece) -> Self {
        let (mut ids, mut ends, mut kinds) = (Vec::new(), Vec::new(), Vec::new());
        let paragraph = paragraph_starts(tokens);
        let mut quoted = false;
        for (token, fresh) in tokens.tokens.iter().zip(&paragraph) {
            let word = token.span.of(text);
            let (within, open) = quoting(word, quoted && !fresh);
            quoted = open;
            kinds.push(shape(word) + if within { 2 * SHAPES } else { 0 });
            let before = ids.len();
            wordpiece.word(word, &mut ids);
            ids.truncate(before + MAX_WORD_PIECES);
            ends.push(ids.len());
        }
        Self { ids, ends, kinds, paragraph }
    }

    fn of_word(&self, word: usize) -> Range<usize> {
        word.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[word]
    }

    /// Pieces that a word adds to a window.
    fn cost(&self, word: usize) -> usize {
        self.of_word(word).len() + usize::from(self.paragraph[word])
    }

    /// Whether the word begins a paragraph.
    pub(crate) fn begins_paragraph(&self, word: usize) -> bool {
        self.paragraph[word]
    }

    /// The window's pieces, their features, and where each word's first piece stands.
    pub(crate) fn window(&self, words: Range<usize>, wordpiece: &WordPiece) -> (Vec<u32>, Vec<u8>, Vec<usize>) {
        let (mut ids, mut kinds, mut at) = (vec![wordpiece.first()], vec![0], Vec::with_capacity(words.len()));
        for word in words.clone() {
            if self.paragraph[word] && word > words.start {
                ids.push(wordpiece.end());
                kinds.push(0);
            }
            at.push(ids.len());
            let pieces = &self.ids[self.of_word(word)];
            ids.extend(pieces);
            kinds.push(self.kinds[word]);
            kinds.extend(std::iter::repeat_n(self.kinds[word] + SHAPES, pieces.len() - 1));
        }
        ids.push(wordpiece.end());
        kinds.push(0);
        (ids, kinds, at)
    }

    /// Windows over all words. `starts`: words that begin a sentence, the first among them.
    pub(crate) fn windows(&self, starts: &[usize]) -> Vec<Window> {
        let blocks = self.blocks(starts);
        let price = |block: &Range<usize>| block.clone().map(|w| self.cost(w)).sum::<usize>();
        let (mut windows, mut next): (Vec<Window>, usize) = (Vec::new(), 0);
        while next < blocks.len() {
            let mut cost = 2;
            let mut first = next;
            while first > 0 && next > 0 && cost + price(&blocks[first - 1]) <= OVERLAP + 2 {
                first -= 1;
                cost += price(&blocks[first]);
            }
            let mut end = next;
            while end < blocks.len() && (end == next || cost + price(&blocks[end]) <= MAX_PIECES) {
                cost += price(&blocks[end]);
                end += 1;
            }
            // A block that is long on its own is read without what stands before it.
            let first = if cost > MAX_PIECES { next } else { first };
            windows.push(Window { words: blocks[first].start..blocks[end - 1].end, own: blocks[next].start..blocks[end - 1].end });
            next = end;
        }
        share(&mut windows, &blocks);
        windows
    }

    /// Sentences, long ones cut to what fits into a window.
    fn blocks(&self, starts: &[usize]) -> Vec<Range<usize>> {
        let ends = starts.iter().skip(1).copied().chain([self.ends.len()]);
        let mut blocks = Vec::new();
        for (start, end) in starts.iter().copied().zip(ends) {
            let (mut from, mut cost) = (start, 2);
            for word in start..end {
                if cost + self.cost(word) > MAX_PIECES {
                    blocks.push(from..word);
                    (from, cost) = (word, 2);
                }
                cost += self.cost(word);
            }
            if from < end {
                blocks.push(from..end);
            }
        }
        blocks
    }
}

/// What two windows share goes half to each: a sentence is read where more of its neighbours are.
fn share(windows: &mut [Window], blocks: &[Range<usize>]) {
    for i in 1..windows.len() {
        let shared = windows[i].words.start..windows[i - 1].words.end;
        let middle = shared.start + shared.len().div_ceil(2);
        let cut = blocks.iter().map(|b| b.start).find(|s| *s >= middle).filter(|s| *s < shared.end).unwrap_or(shared.end);
        windows[i - 1].own.end = cut;
        windows[i].own.start = cut;
    }
}

fn paragraph_starts(tokens: &Tokens) -> Vec<bool> {
    let mut fresh = vec![false; tokens.tokens.len()];
    let mut last = None;
    for sentence in &tokens.sentences {
        let first = dragoman_span::Id::index(sentence.first_token);
        if last != Some(sentence.paragraph) && first < fresh.len() {
            fresh[first] = true;
        }
        last = Some(sentence.paragraph);
    }
    fresh
}

/// Whether a word stands within double quotation marks, and whether the words after it do. The marks count as within.
fn quoting(word: &str, quoted: bool) -> (bool, bool) {
    let straight = matches!(word, "\"" | "''");
    let opens = matches!(word, "“" | "``" | "«" | "„") || (straight && !quoted);
    let closes = !opens && (straight || matches!(word, "”" | "»"));
    (quoted || opens, (quoted || opens) && !closes)
}

/// 1 lower case, 2 Capitalised, 3 CAPITALS, 4 mIxed, 5 one capital, 6 number, 7 letters and digits, 8 marks and all else.
fn shape(word: &str) -> u8 {
    let (mut letters, mut upper, mut first_upper, mut digits) = (0, 0, false, false);
    for c in word.chars() {
        digits |= c.is_numeric() && !c.is_alphabetic();
        if c.is_alphabetic() {
            first_upper |= letters == 0 && c.is_uppercase();
            letters += 1;
            upper += usize::from(c.is_uppercase());
        }
    }
    match (letters, upper) {
        (0, _) if digits => 6,
        (0, _) => 8,
        _ if digits => 7,
        (_, 0) => 1,
        (1, 1) => 5,
        (l, u) if l == u => 3,
        (_, 1) if first_upper => 2,
        _ => 4,
    }
}
