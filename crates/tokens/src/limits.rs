/// Most tokens in a sentence. A longer one is cut at the best mark before the limit, and at the limit where there is none.
pub const MAX_SENTENCE_TOKENS: usize = 400;

/// Most sentences in a report. Text beyond is not read.
pub const MAX_SENTENCES: usize = 20_000;

/// Most quotations that lie within each other. Marks that open deeper ones are read as plain marks.
pub const MAX_QUOTE_DEPTH: usize = 8;

/// Most bytes of a word; a longer one is noted, since it is text without its spaces or no text.
pub const MAX_WORD_BYTES: usize = 1_000;
