//! Quotation marks: which ones open, which close, which are apostrophes, and the quotations that they enclose.

use dragoman_doc::{Problem, ProblemCode, Quote};
use dragoman_lexicon::Abbreviations;
use dragoman_span::Span;

use crate::limits::MAX_QUOTE_DEPTH;
use crate::paragraphs::Block;

/// A quotation mark; apostrophes are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) span: Span,
    pub(crate) opens: bool,
}

/// All quotation marks and quotations of a report, in the order of the text.
#[derive(Debug, Default)]
pub(crate) struct Quotations {
    pub(crate) marks: Vec<Mark>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) problems: Vec<Problem>,
}

/// Marks of one family close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    Chevron,
}

/// What the shape of a mark alone says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opening,
    Closing,
    /// The same for both.
    Straight,
}

/// A mark that may be a quotation mark, with what stands around it.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    span: Span,
    family: Family,
    shape: Shape,
    /// The nearest characters that are no marks themselves; none at the paragraph's edge.
    left: Option<char>,
    right: Option<char>,
}

/// A quotation that is open while a paragraph is read.
#[derive(Debug, Clone, Copy)]
struct Open {
    mark: Candidate,
    /// Its place among the quotes.
    quote: usize,
}

/// Reads the marks of all paragraphs.
pub(crate) fn read(text: &str, blocks: &[Block], words: &Abbreviations) -> Quotations {
    let mut reader = Reader { text, found: Quotations::default(), carried: None };
    for block in blocks {
        reader.paragraph(block.span, &candidates(text, block.span, words));
    }
    reader.drop_carried();
    reader.found
}

struct Reader<'t> {
    text: &'t str,
    found: Quotations,
    /// The outermost quotation that the paragraph before left open.
    carried: Option<(Family, usize)>,
}

impl Reader<'_> {
    fn paragraph(&mut self, span: Span, candidates: &[Candidate]) {
        let mut open: Vec<Open> = Vec::new();
        let closers_after = closers_after(candidates);
        for (candidate, closes_later) in candidates.iter().zip(closers_after) {
            match role(candidate, &open, closes_later) {
                Role::Opens => self.open(*candidate, &mut open, span),
                Role::Closes => self.close(*candidate, &mut open, span),
                Role::Apostrophe => {}
            }
        }
        self.drop_carried();
        self.carried = open.first().map(|first| (first.mark.family, first.quote));
        for inner in open.iter().skip(1) {
            self.report_unclosed(inner.quote);
        }
        for left in &open {
            self.end_unclosed(left.quote, span.end());
        }
    }

    fn open(&mut self, mark: Candidate, open: &mut Vec<Open>, paragraph: Span) {
        self.found.marks.push(Mark { span: mark.span, opens: true });
        // Two straight marks that both open: the first one was never closed.
        if let Some(last) = open.pop_if(|last| last.mark.family == mark.family && last.mark.shape == Shape::Straight) {
            self.end_unclosed(last.quote, mark.span.start());
            self.report_unclosed(last.quote);
        }
        if open.len() < MAX_QUOTE_DEPTH {
            let continues = mark.span.start() == paragraph.start() && self.carried.take_if(|c| c.0 == mark.family).is_some();
            let inner = Span::new(mark.span.end(), mark.span.end());
            open.push(Open { mark, quote: self.found.quotes.len() });
            self.found.quotes.push(Quote { span: mark.span.cover(inner), inner, continues, closed: false });
        }
    }

    fn close(&mut self, mark: Candidate, open: &mut Vec<Open>, paragraph: Span) {
        self.found.marks.push(Mark { span: mark.span, opens: false });
        let Some(level) = open.iter().rposition(|o| o.mark.family == mark.family) else {
            return self.close_carried(mark, open, paragraph);
        };
        for inner in open.drain(level + 1..).collect::<Vec<_>>() {
            self.end_unclosed(inner.quote, mark.span.start());
            self.report_unclosed(inner.quote);
        }
        if let Some(closed) = open.pop() {
            let quote = &mut self.found.quotes[closed.quote];
            *quote = Quote {
                span: quote.span.cover(mark.span),
                inner: Span::new(quote.inner.start(), mark.span.start()),
                closed: true,
                ..*quote
            };
        }
    }

    /// A closing mark without an opening one ends what the paragraph before left open, though nothing re-opened it here.
    fn close_carried(&mut self, mark: Candidate, open: &[Open], paragraph: Span) {
        let begins = self.found.quotes.last().is_none_or(|q| q.span.start() < paragraph.start());
        if open.is_empty() && begins && self.carried.take_if(|c| c.0 == mark.family).is_some() {
            let span = Span::new(paragraph.start(), mark.span.end());
            let inner = Span::new(paragraph.start(), mark.span.start());
            self.found.quotes.push(Quote { span, inner, continues: true, closed: true });
        }
    }

    fn end_unclosed(&mut self, quote: usize, end: usize) {
        let quote = &mut self.found.quotes[quote];
        let inner = Span::new(quote.inner.start(), end.max(quote.inner.start()));
        let end = quote.inner.start() + inner.of(self.text).trim_end().len();
        quote.span = Span::new(quote.span.start(), end);
        quote.inner = Span::new(quote.inner.start(), end);
    }

    fn drop_carried(&mut self) {
        if let Some((_, quote)) = self.carried.take() {
            self.report_unclosed(quote);
        }
    }

    fn report_unclosed(&mut self, quote: usize) {
        let span = self.found.quotes[quote].span;
        let message = "a quotation is opened and not closed".to_owned();
        self.found.problems.push(Problem { code: ProblemCode::UnclosedQuote, message, span: Some(span) });
    }
}

enum Role {
    Opens,
    Closes,
    Apostrophe,
}

fn role(mark: &Candidate, open: &[Open], closes_later: bool) -> Role {
    let innermost = open.iter().rfind(|o| o.mark.family == mark.family);
    match mark.family {
        Family::Single => single_role(mark, innermost.is_some(), closes_later),
        _ if mark.opens(innermost.is_some()) => Role::Opens,
        // 5'11" and 6" are measures.
        Family::Double if mark.shape == Shape::Straight && innermost.is_none() && mark.left.is_some_and(char::is_numeric) => {
            Role::Apostrophe
        }
        _ => Role::Closes,
    }
}

fn single_role(mark: &Candidate, is_open: bool, closes_later: bool) -> Role {
    let after_word = mark.left.is_some_and(char::is_alphanumeric);
    match mark.shape {
        Shape::Opening if mark.opens(is_open) => Role::Opens,
        _ if mark.opens(is_open) && !after_word => {
            if closes_later {
                Role::Opens
            } else {
                Role::Apostrophe
            }
        }
        _ if !is_open => Role::Apostrophe,
        // "the soldiers' camp" within single marks: the true end is still to come.
        _ if mark.left == Some('s') && closes_later && mark.leads_on() => Role::Apostrophe,
        _ => Role::Closes,
    }
}

impl Candidate {
    /// Whether it opens, by its shape and by what stands around it. `is_open`: a quotation of its family is open.
    fn opens(&self, is_open: bool) -> bool {
        let may_open = self.left.is_none_or(opens_after) && self.right.is_some_and(|c| !c.is_whitespace());
        let may_close = self.left.is_some_and(|c| !c.is_whitespace()) && self.right.is_none_or(closes_before);
        let is_pointed = matches!(self.family, Family::Guillemet | Family::Chevron);
        match self.shape {
            // “ closes in German, and in careless typing.
            Shape::Opening if !is_pointed => may_open || !may_close || !is_open,
            // Some languages open with ” as well.
            Shape::Closing if !is_pointed => may_open && !may_close && !is_open,
            // » opens in German, and « stands apart from its words in French.
            _ if may_open != may_close => may_open,
            Shape::Closing => false,
            Shape::Opening | Shape::Straight => !is_open,
        }
    }

    /// A word follows as if the phrase went on.
    fn leads_on(&self) -> bool {
        self.right.is_some_and(char::is_whitespace)
    }

    /// Ends a quotation beyond doubt: it is no possessive of a word in -s.
    fn surely_closes(&self) -> bool {
        self.may_close() && !(self.left == Some('s') && self.leads_on())
    }

    fn may_close(&self) -> bool {
        self.shape != Shape::Opening && self.left.is_some_and(|c| !c.is_whitespace()) && self.right.is_none_or(closes_before)
    }
}

fn opens_after(c: char) -> bool {
    c.is_whitespace() || "([{<—–-/=:…".contains(c)
}

fn closes_before(c: char) -> bool {
    c.is_whitespace() || ".,;:!?)]}>—–-…/*".contains(c)
}

/// For each single mark, whether a later one can close it: for one that follows a word in -s, only an undoubted end counts.
fn closers_after(candidates: &[Candidate]) -> Vec<bool> {
    let (mut sure, mut any) = (false, false);
    let mut found: Vec<bool> = candidates
        .iter()
        .rev()
        .map(|mark| {
            let answer = if mark.left == Some('s') { sure } else { any };
            if mark.family == Family::Single {
                let opens = mark.shape != Shape::Closing && !mark.may_close();
                sure = mark.surely_closes() || (sure && !opens);
                any = mark.may_close() || (any && !opens);
            }
            answer
        })
        .collect();
    found.reverse();
    found
}

/// The marks of a paragraph that are no apostrophes beyond doubt.
fn candidates(text: &str, paragraph: Span, words: &Abbreviations) -> Vec<Candidate> {
    let inside = paragraph.of(text);
    let mut found: Vec<Candidate> = Vec::new();
    let mut left = None;
    let mut skip_to = 0;
    for (at, c) in inside.char_indices() {
        if at < skip_to {
            continue;
        }
        match mark_at(&inside[at..]) {
            Some((length, ..)) if is_apostrophe(&inside[at..at + length], left, inside, at + length, words) => left = Some(c),
            Some((length, family, shape)) => {
                let span = Span::new(paragraph.start() + at, paragraph.start() + at + length);
                found.push(Candidate { span, family, shape, left, right: None });
                skip_to = at + length;
            }
            None => {
                settle_right(&mut found, c);
                left = Some(c);
            }
        }
    }
    found
}

/// Tells the marks just before `c` what stands to their right.
fn settle_right(found: &mut [Candidate], c: char) {
    for mark in found.iter_mut().rev().take_while(|m| m.right.is_none()) {
        mark.right = Some(c);
    }
}

/// The mark at the head of `rest`: its length, family and shape.
fn mark_at(rest: &str) -> Option<(usize, Family, Shape)> {
    let c = rest.chars().next()?;
    let (family, shape) = match c {
        '"' | '＂' => (Family::Double, Shape::Straight),
        '“' | '„' | '‟' => (Family::Double, Shape::Opening),
        '”' => (Family::Double, Shape::Closing),
        '\'' if rest.starts_with("''") => return Some((2, Family::Double, Shape::Closing)),
        '’' if rest.starts_with("’’") => return Some(("’’".len(), Family::Double, Shape::Closing)),
        '‘' if rest.starts_with("‘‘") => return Some(("‘‘".len(), Family::Double, Shape::Opening)),
        '`' if rest.starts_with("``") => return Some((2, Family::Double, Shape::Opening)),
        '\'' => (Family::Single, Shape::Straight),
        '‘' | '‛' | '‚' => (Family::Single, Shape::Opening),
        '’' => (Family::Single, Shape::Closing),
        '«' => (Family::Guillemet, Shape::Opening),
        '»' => (Family::Guillemet, Shape::Closing),
        '‹' => (Family::Chevron, Shape::Opening),
        '›' => (Family::Chevron, Shape::Closing),
        _ => return None,
    };
    Some((c.len_utf8(), family, shape))
}

/// Within a word, before a decade ('90s), or at the head of a clipped word ('em).
fn is_apostrophe(mark: &str, left: Option<char>, inside: &str, after: usize, words: &Abbreviations) -> bool {
    if !matches!(mark, "'" | "’" | "‘") {
        return false;
    }
    let rest = &inside[after..];
    let next = rest.chars().next();
    let joined = left.is_some_and(|c| !c.is_whitespace() && !opens_after(c)) && inside[..after - mark.len()].ends_with(|c| Some(c) == left);
    if joined && left.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) {
        return true;
    }
    let word = leading_word(rest);
    (!joined && next.is_some_and(|c| c.is_ascii_digit()) && is_short_year(word))
        || is_listed(word, joined, inside, after - mark.len(), words)
}

/// A word that begins with an apostrophe: clipped, or a clitic after a closing mark or bracket ("the 'Anonymous''s").
fn is_listed(word: &str, joined: bool, inside: &str, at: usize, words: &Abbreviations) -> bool {
    const LONGEST: usize = 8;
    if word.is_empty() || word.len() > LONGEST {
        return false;
    }
    let spelled = format!("'{word}");
    let glued = at > 0 && !inside[..at].ends_with(|c: char| c.is_whitespace() || opens_after(c));
    (!joined && !glued && words.is_clipped(&spelled)) || (glued && words.clitics().any(|c| c.eq_ignore_ascii_case(&spelled)))
}

/// "90s", "08".
fn is_short_year(word: &str) -> bool {
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn leading_word(rest: &str) -> &str {
    const LONGEST: usize = 16;
    let end = rest.char_indices().take(LONGEST).find(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
    &rest[..end.unwrap_or_else(|| rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at))]
}
