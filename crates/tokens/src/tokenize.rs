//! The stage: paragraphs, quotation marks, words and sentences put together.

use std::ops::Range;

use dragoman_doc::{
    Document, Paragraph, ParagraphId, ParagraphKind, Problem, ProblemCode, Provenance, Quote, Sentence, SentenceId, Token, TokenId, Tokens,
};
use dragoman_lexicon::Abbreviations;
use dragoman_span::{Id, IndexVec, Span};

use crate::limits::{MAX_SENTENCE_TOKENS, MAX_SENTENCES, MAX_WORD_BYTES};
use crate::paragraphs::Block;
use crate::quotes::{Mark, Quotations};
use crate::words::Word;
use crate::{dateline, paragraphs, quotes, sentences, words};

/// Most words of a headline.
const LONGEST_HEADLINE: usize = 25;

/// Paragraphs, sentences, tokens and quotations of a report.
pub fn tokenize(document: &Document, abbreviations: &Abbreviations) -> Tokens {
    let text = &document.text;
    let blocks = paragraphs::split(text);
    let Quotations { marks, quotes, problems } = quotes::read(text, &blocks, abbreviations);
    let mut made = Builder::new(text, abbreviations, problems);
    let mut marks = marks.as_slice();
    for block in &blocks {
        if made.is_full() {
            made.report_rest(block.span.start());
            break;
        }
        let inside = marks.partition_point(|m| m.span.start() < block.span.end());
        made.paragraph(*block, &marks[..inside]);
        marks = &marks[inside..];
    }
    made.finish(quotes)
}

struct Builder<'t> {
    text: &'t str,
    spelling: &'t Abbreviations,
    tokens: IndexVec<TokenId, Token>,
    sentences: IndexVec<SentenceId, Sentence>,
    paragraphs: IndexVec<ParagraphId, Paragraph>,
    problems: Vec<Problem>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, spelling: &'t Abbreviations, problems: Vec<Problem>) -> Self {
        Self { text, spelling, tokens: IndexVec::new(), sentences: IndexVec::new(), paragraphs: IndexVec::new(), problems }
    }

    fn is_full(&self) -> bool {
        self.sentences.len() >= MAX_SENTENCES
    }

    fn paragraph(&mut self, block: Block, marks: &[Mark]) {
        let dateline = dateline::find(self.text, block.span, self.paragraphs.len()).filter(|_| !block.bullet);
        let first = self.sentences.len();
        let parts = [dateline, Some(Span::new(dateline.map_or(block.span.start(), Span::end), block.span.end()))];
        for part in parts.into_iter().flatten() {
            self.part(part, marks);
        }
        let kind = self.kind(block, dateline, first);
        let end = self.sentences.as_slice().last().map_or(block.span.end(), |s| s.span.end());
        self.paragraphs.push(Paragraph { span: Span::new(block.span.start(), end), kind, dateline });
    }

    /// Cuts a dateline or what follows it.
    fn part(&mut self, part: Span, marks: &[Mark]) {
        let start = marks.partition_point(|m| m.span.start() < part.start());
        let end = marks.partition_point(|m| m.span.start() < part.end());
        let words = words::cut(self.text, part, &marks[start..end], self.spelling);
        self.report_long_word(&words);
        for sentence in sentences::split(self.text, &words, self.spelling) {
            self.report_long(&words[sentence.clone()]);
            for piece in sentences::cut_long(self.text, &words, sentence) {
                if self.is_full() {
                    return self.report_rest(words[piece.start].span.start());
                }
                self.sentence(&words, piece);
            }
        }
    }

    fn sentence(&mut self, words: &[Word], range: Range<usize>) {
        let id = SentenceId::from_index(self.sentences.len());
        let first_token = TokenId::from_index(self.tokens.len());
        let words = &words[range];
        for word in words {
            self.tokens.push(Token { span: word.span, sentence: id });
        }
        let span = words[0].span.cover(words[words.len() - 1].span);
        let end_token = TokenId::from_index(self.tokens.len());
        let paragraph = ParagraphId::from_index(self.paragraphs.len());
        self.sentences.push(Sentence { span, first_token, end_token, paragraph });
    }

    /// A headline is one short sentence that begins with a capital and has no stop.
    fn kind(&self, block: Block, dateline: Option<Span>, first: usize) -> ParagraphKind {
        let span = block.span.of(self.text);
        let is_short = span.split_whitespace().nth(LONGEST_HEADLINE).is_none();
        let is_one = self.sentences.len() == first + 1 && dateline.is_none();
        let has_capital = span.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
        match () {
            () if block.bullet => ParagraphKind::Bullet,
            () if is_one && is_short && has_capital && !self.ends_in_mark() => ParagraphKind::Headline,
            () => ParagraphKind::Body,
        }
    }

    /// The last token, closing marks left aside, is a stop or another mark that headlines do not end in.
    fn ends_in_mark(&self) -> bool {
        let texts = self.tokens.iter().rev().map(|t| t.span.of(self.text));
        let mut closing_left_aside = texts.skip_while(|t| t.chars().all(|c| "'’”\")»]".contains(c)));
        closing_left_aside.next().is_none_or(|last| !last.contains(char::is_alphanumeric))
    }

    fn report_long(&mut self, words: &[Word]) {
        if words.len() > MAX_SENTENCE_TOKENS {
            let span = words[0].span.cover(words[words.len() - 1].span);
            let message = format!("a sentence of {} tokens is cut at {MAX_SENTENCE_TOKENS}", words.len());
            self.problems.push(Problem { code: ProblemCode::SentenceTooLong, message, span: Some(span) });
        }
    }

    /// Text that lost its spaces, or a blob of data: one problem a report, at the first such word.
    fn report_long_word(&mut self, words: &[Word]) {
        let Some(word) = words.iter().find(|w| w.span.len() > MAX_WORD_BYTES) else { return };
        if !self.problems.iter().any(|p| p.code == ProblemCode::WordTooLong) {
            let message = format!("{} bytes without a space are taken for one word", word.span.len());
            self.problems.push(Problem { code: ProblemCode::WordTooLong, message, span: Some(word.span) });
        }
    }

    fn report_rest(&mut self, from: usize) {
        let span = Some(Span::new(from, self.text.trim_end().len().max(from)));
        let message = format!("only the first {MAX_SENTENCES} sentences are read");
        if self.problems.last().is_none_or(|p| p.code != ProblemCode::TextTooLong) {
            self.problems.push(Problem { code: ProblemCode::TextTooLong, message, span });
        }
    }

    fn finish(self, quotes: Vec<Quote>) -> Tokens {
        let end = self.tokens.as_slice().last().map_or(0, |t| t.span.end());
        let quotes = quotes.into_iter().filter_map(|q| within(q, end)).collect();
        let made_by = Provenance { stage: "tokens", version: 1 };
        let Self { tokens, sentences, paragraphs, problems, .. } = self;
        Tokens { tokens, sentences, paragraphs, quotes, made_by, problems }
    }
}

/// The part of a quotation that was read.
fn within(quote: Quote, end: usize) -> Option<Quote> {
    let cut = |span: Span| Span::new(span.start().min(end), span.end().min(end));
    let closed = quote.closed && quote.span.end() <= end;
    (quote.span.start() < end).then(|| Quote { span: cut(quote.span), inner: cut(quote.inner), closed, ..quote })
}
