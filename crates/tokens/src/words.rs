//! Words and marks of a stretch of text, as Universal Dependencies cuts English.

use dragoman_lexicon::{Abbreviation, AbbreviationKind, Abbreviations};
use dragoman_span::Span;

use crate::quotes::Mark;

/// A token, and whether it is a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) kind: WordKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordKind {
    OpeningQuote,
    ClosingQuote,
    /// A word whose full stop belongs to it.
    Abbreviation,
    Emoticon,
    Other,
}

/// The words of `part`. `marks` are the quotation marks in it, in order.
pub(crate) fn cut(text: &str, part: Span, marks: &[Mark], spelling: &Abbreviations) -> Vec<Word> {
    let mut cutter = Cutter { text, end: part.end(), spelling, words: Vec::new() };
    let mut at = part.start();
    for mark in marks {
        cutter.plain(Span::new(at, mark.span.start()));
        let kind = if mark.opens { WordKind::OpeningQuote } else { WordKind::ClosingQuote };
        cutter.words.push(Word { span: mark.span, kind });
        at = mark.span.end();
    }
    cutter.plain(Span::new(at, part.end()));
    cutter.words
}

struct Cutter<'t> {
    text: &'t str,
    end: usize,
    spelling: &'t Abbreviations,
    words: Vec<Word>,
}

impl<'t> Cutter<'t> {
    /// Cuts a stretch without quotation marks.
    fn plain(&mut self, stretch: Span) {
        let mut at = stretch.start();
        while at < stretch.end() {
            let rest = &self.text[at..stretch.end()];
            let space = rest.len() - rest.trim_start().len();
            at += if space > 0 { space } else { self.chunk(at, rest) };
        }
    }

    /// Cuts the stretch without white space at the head of `rest`; gives its length.
    fn chunk(&mut self, start: usize, rest: &'t str) -> usize {
        let chunk = rest.split(char::is_whitespace).next().unwrap_or(rest);
        let mut at = 0;
        while at < chunk.len() {
            at += self.token(start + at, &chunk[at..], chunk[..at].chars().next_back());
        }
        chunk.len()
    }

    /// Cuts one written word or mark at the head of `rest`; gives its length.
    fn token(&mut self, start: usize, rest: &'t str, before: Option<char>) -> usize {
        if let Some(length) = address(rest, before, self.spelling).or_else(|| tag(rest, before)) {
            self.push(start, length, WordKind::Other);
            return length;
        }
        if let Some(length) = emoticon(rest, before) {
            self.push(start, length, WordKind::Emoticon);
            return length;
        }
        if rest.starts_with(is_word_start) || is_fraction(rest, before) { self.word(start, rest) } else { self.symbol(start, rest) }
    }

    fn symbol(&mut self, start: usize, rest: &'t str) -> usize {
        let length = apostrophe_word(rest, self.spelling).unwrap_or_else(|| symbol(rest));
        self.push(start, length, WordKind::Other);
        length
    }

    fn word(&mut self, start: usize, rest: &'t str) -> usize {
        let bare = self.word_length(rest);
        if rest[bare..].starts_with('.') && self.owns_stop(&rest[..=bare], start) {
            self.push(start, bare + 1, WordKind::Abbreviation);
            return bare + 1;
        }
        let mut at = start;
        for length in self.pieces(&rest[..bare]) {
            self.push(at, length, WordKind::Other);
            at += length;
        }
        bare
    }

    fn word_length(&self, rest: &str) -> usize {
        if let Some(length) = number_group(rest) {
            return length;
        }
        let mut end = 0;
        while let Some(next) = self.next_part(rest, end) {
            end = next;
        }
        let currency = rest[end..].starts_with('$') && rest[..end].len() <= 3 && rest[..end].bytes().all(|b| b.is_ascii_uppercase());
        end + usize::from(currency)
    }

    /// Where the word goes on to from `end`, with the joining character between its parts.
    fn next_part(&self, rest: &str, end: usize) -> Option<usize> {
        if end == 0 {
            let point = usize::from(rest.starts_with('.'));
            return Some(point + run(&rest[point..]));
        }
        let joiner = rest[end..].chars().next()?;
        let after = end + joiner.len_utf8();
        let length = run(&rest[after..]);
        (length > 0 && joins(joiner, &rest[..end], &rest[after..after + length], self.spelling)).then_some(after + length)
    }

    /// Whether the full stop at the end of `form` belongs to it.
    fn owns_stop(&self, form: &str, start: usize) -> bool {
        let bare = &form[..form.len() - 1];
        let after = self.text[start + form.len()..self.end].chars().next();
        if after == Some('.') {
            return false;
        }
        match self.spelling.get(form) {
            Some(listed) => self.fits(listed, start + form.len()),
            None if is_initial(bare) => self.leads_to_name(start + form.len()),
            None => is_acronym(bare) || (is_letter(bare) && self.dates_a_life(start + form.len())),
        }
    }

    /// Numbers and units are abbreviations only beside a figure: "No. 5" but "he said no."
    fn fits(&self, listed: &Abbreviation, end: usize) -> bool {
        let only = |kind| listed.kinds.iter().all(|k| *k == kind);
        let next = self.text[end..self.end].trim_start();
        if only(AbbreviationKind::Number) {
            return is_numeral(next);
        }
        !only(AbbreviationKind::Unit) || self.words.last().is_some_and(|w| w.span.of(self.text).starts_with(char::is_numeric))
    }

    /// "(b. 1950)", "(m. March 1949)": a figure follows, or a bracket stands before.
    fn dates_a_life(&self, end: usize) -> bool {
        let in_bracket = self.words.last().is_some_and(|w| w.span.of(self.text) == "(");
        in_bracket || is_numeral(self.text[end..self.end].trim_start())
    }

    /// What follows an initial: a name, not the end of the text or a new sentence.
    fn leads_to_name(&self, end: usize) -> bool {
        let next = self.text[end..self.end].trim_start();
        let word = &next[..run(next)];
        !word.is_empty() && !self.spelling.starts_sentence(word)
    }

    /// Lengths of the parts of a written word: "do" + "n't", "10" + "km".
    fn pieces(&self, word: &str) -> Vec<usize> {
        let listed = self.spelling.parts(word);
        if !listed.is_empty() {
            return listed.iter().map(String::len).collect();
        }
        if let Some(figures) = self.figures_before_unit(word) {
            return vec![figures, word.len() - figures];
        }
        let mut lengths = Vec::new();
        let mut head = word;
        while let Some(ending) = clitic(head, self.spelling) {
            lengths.push(ending);
            head = &head[..head.len() - ending];
        }
        lengths.push(head.len());
        lengths.reverse();
        lengths
    }

    /// Length of the figures in "10km", "7:30pm" and "$5m"; none in "3rd", "1990s", "4G" and "42nd".
    fn figures_before_unit(&self, word: &str) -> Option<usize> {
        const LONGEST_UNIT: usize = 3;
        let figures = word.find(char::is_alphabetic).filter(|at| *at > 0 && word[..*at].ends_with(|c: char| c.is_ascii_digit()))?;
        let unit = &word[figures..];
        let is_code = unit.len() == 1 && unit.starts_with(char::is_uppercase) && !self.follows_currency();
        let is_unit = unit.len() <= LONGEST_UNIT && unit.bytes().all(|b| b.is_ascii_alphabetic());
        (is_unit && !is_code && !self.spelling.is_ordinal_ending(unit)).then_some(figures)
    }

    fn follows_currency(&self) -> bool {
        self.words.last().is_some_and(|w| w.span.of(self.text).ends_with(['$', '€', '£', '¥']))
    }

    fn push(&mut self, start: usize, length: usize, kind: WordKind) {
        self.words.push(Word { span: Span::new(start, start + length), kind });
    }
}

/// Characters of a word, with the invisible ones that go with the character before them.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_attached(c)
}

/// ".45", the figures of a decimal number without its nought.
fn is_fraction(rest: &str, before: Option<char>) -> bool {
    let is_free = !before.is_some_and(|c| c.is_alphanumeric() || c == '.');
    is_free && rest.strip_prefix('.').is_some_and(|figures| figures.starts_with(|c: char| c.is_ascii_digit()))
}

/// Combining marks, joiners and variation selectors.
fn is_attached(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_word_start(c: char) -> bool {
    is_word_char(c) && !is_attached(c)
}

/// Length of the word characters at the head of `rest`.
fn run(rest: &str) -> usize {
    rest.find(|c| !is_word_char(c)).unwrap_or(rest.len())
}

/// Whether `joiner` joins what stands before and after it to one token.
fn joins(joiner: char, before: &str, after: &str, spelling: &Abbreviations) -> bool {
    let between_digits = || before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
    match joiner {
        '\'' | '’' | '‘' => after.starts_with(char::is_alphabetic),
        '.' => between_digits() || joins_letters(before, after) || is_listed_start(before, after, spelling),
        ',' | ':' | '/' => between_digits(),
        '&' => last_part(before).chars().all(char::is_uppercase) && after.chars().all(char::is_uppercase),
        '-' | '\u{2010}' | '\u{2011}' => spelling.is_prefix(before) || spelling.is_suffix(after),
        _ => false,
    }
}

/// "U" + "S", "p" + "m".
fn joins_letters(before: &str, after: &str) -> bool {
    is_letter(last_part(before)) && is_letter(after)
}

/// "Ph" + "D", as "Ph.D." is listed.
fn is_listed_start(before: &str, after: &str, spelling: &Abbreviations) -> bool {
    const LONGEST: usize = 4;
    before.len() <= LONGEST && after.len() <= LONGEST && spelling.get(&format!("{before}.{after}.")).is_some()
}

fn last_part(word: &str) -> &str {
    let start = word.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + word[at..].chars().next().map_or(0, char::len_utf8));
    &word[start..]
}

fn is_letter(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn is_initial(word: &str) -> bool {
    is_letter(word) && word.starts_with(char::is_uppercase)
}

fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(is_letter)
}

/// Figures or a Roman number.
fn is_numeral(next: &str) -> bool {
    let word = &next[..run(next)];
    next.starts_with(|c: char| c.is_ascii_digit() || c == '#') || (word.len() > 1 && word.bytes().all(|b| b"IVXLC".contains(&b)))
}

/// Telephone numbers and dates in figures, whose hyphens do not cut them; ranges ("2-3", "1990-95") are cut.
fn number_group(rest: &str) -> Option<usize> {
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
    let group = rest[..end].trim_end_matches('-');
    let mut lengths = group.split('-').map(str::len);
    let (first, second) = (lengths.next()?, lengths.next()?);
    let is_one = lengths.next().is_some() || (first == 3 && second == 4);
    (is_one && first > 0 && !group.contains("--")).then_some(group.len())
}

/// Length of the clitic at the end of `word`, if something stands before it.
fn clitic(word: &str, spelling: &Abbreviations) -> Option<usize> {
    let bare = word.trim_end_matches(is_apostrophe);
    if bare.len() < word.len() {
        return (!bare.is_empty()).then(|| word.len() - bare.len());
    }
    let length = spelling.clitics().find_map(|clitic| ends_with_clitic(word, clitic))?;
    let head = &word[..word.len() - length];
    (!head.is_empty() && !is_decade(head)).then_some(length)
}

/// Length of `clitic` at the end of `word`, whatever its apostrophe and case.
fn ends_with_clitic(word: &str, clitic: &str) -> Option<usize> {
    let mut length = 0;
    let mut letters = word.chars().rev();
    for expected in clitic.chars().rev() {
        let found = letters.next().filter(|c| c.eq_ignore_ascii_case(&expected) || (expected == '\'' && is_apostrophe(*c)))?;
        length += found.len_utf8();
    }
    Some(length)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// "1990" and "80", whose 's makes the decade.
fn is_decade(figures: &str) -> bool {
    matches!(figures.len(), 2 | 4) && figures.ends_with('0') && figures.bytes().all(|b| b.is_ascii_digit())
}

/// A word that begins with an apostrophe: "'s" after a closing mark, "'em", "'90s".
fn apostrophe_word(rest: &str, spelling: &Abbreviations) -> Option<usize> {
    const LONGEST: usize = 8;
    let mark = rest.chars().next().filter(|c| is_apostrophe(*c))?.len_utf8();
    let word = &rest[mark..mark + run(&rest[mark..])];
    let spelled = (1..=LONGEST).contains(&word.len()).then(|| format!("'{word}"))?;
    let is_clitic = spelling.clitics().any(|c| c.eq_ignore_ascii_case(&spelled));
    (is_clitic || spelling.is_clipped(&spelled) || word.starts_with(|c: char| c.is_ascii_digit())).then_some(mark + word.len())
}

/// Length of the mark or sign at the head of `rest`; equal signs in a row are one.
fn symbol(rest: &str) -> usize {
    const JOINER: char = '\u{200d}';
    let first = rest.chars().next();
    let mut before = first;
    let mut others = rest.char_indices().skip(1);
    let end = others.find(|(_, c)| {
        let goes_on = is_attached(*c) || before == Some(JOINER) || first.is_some_and(|first| runs_together(first, *c));
        before = Some(*c);
        !goes_on
    });
    end.map_or(rest.len(), |(at, _)| at)
}

/// "...", "?!", "--" and rows of signs.
fn runs_together(first: char, next: char) -> bool {
    match first {
        '.' | '…' => matches!(next, '.' | '…'),
        '!' | '?' => matches!(next, '!' | '?'),
        '-' | '=' | '*' | '~' | '#' | '+' | '<' | '>' | '–' | '—' => next == first,
        _ => false,
    }
}

/// "#talks", "@ministry".
fn tag(rest: &str, before: Option<char>) -> Option<usize> {
    let name = rest.strip_prefix(['#', '@']).filter(|name| name.starts_with(char::is_alphabetic))?;
    (!before.is_some_and(char::is_alphanumeric)).then(|| 1 + run(name))
}

/// ":-)" and its like, where they stand for themselves.
fn emoticon(rest: &str, before: Option<char>) -> Option<usize> {
    let eyes = rest.strip_prefix([':', ';', '=']).filter(|_| before.is_none())?;
    let mouth = eyes.strip_prefix(['-', '\'', 'o']).unwrap_or(eyes);
    let after = mouth.strip_prefix([')', '(', 'D', 'P', 'p', '/', '|', ']', '['])?;
    (!after.starts_with(char::is_alphanumeric)).then(|| rest.len() - after.len())
}

/// Length of the web or mail address or file name at the head of `rest`.
fn address(rest: &str, before: Option<char>, spelling: &Abbreviations) -> Option<usize> {
    if before.is_some_and(is_address_char) || !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let name = rest.find(|c| !is_address_char(c)).unwrap_or(rest.len());
    let is_link = rest[name..].starts_with("://") || rest.starts_with("www.") || rest.starts_with("mailto:");
    if is_link {
        return Some(path_end(rest, 0));
    }
    if rest[name..].starts_with('@') {
        return mail_host(&rest[name + 1..]).map(|host| name + 1 + host);
    }
    let host = host(&rest[..name], spelling)?;
    Some(if rest[host..].starts_with('/') { path_end(rest, host) } else { host })
}

fn is_address_char(c: char) -> bool {
    c.is_alphanumeric() || "._-%+".contains(c)
}

/// End of an address that begins with `rest`: brackets, quotation marks and the stops after it are no part of it.
fn path_end(rest: &str, from: usize) -> usize {
    let end = rest[from..].find(['<', '>', '"', '(', ')', '[', ']', '{', '}', '|']).map_or(rest.len(), |at| from + at);
    let bare = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’']).len();
    bare.max(from)
}

fn mail_host(rest: &str) -> Option<usize> {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '.' && c != '-').unwrap_or(rest.len());
    let host = rest[..end].trim_end_matches(['.', '-']);
    host.contains('.').then_some(host.len())
}

/// "alt.religion.scientology": three parts and more, all small letters.
fn is_newsgroup(name: &str) -> bool {
    const FEWEST: usize = 3;
    let is_part = |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase());
    name.split('.').count() >= FEWEST && name.split('.').all(is_part)
}

/// Length of the host or file name in `name`, which ends in a known part in small letters.
fn host(name: &str, spelling: &Abbreviations) -> Option<usize> {
    let name = name.trim_end_matches('.');
    if is_newsgroup(name) {
        return Some(name.len());
    }
    let dot = name.rfind('.').filter(|at| *at > 0)?;
    let last = &name[dot + 1..];
    let last = &last[..last.find(|c: char| !c.is_alphanumeric()).unwrap_or(last.len())];
    let is_known = spelling.is_domain(last) && (last.starts_with(char::is_lowercase) || !name.contains(char::is_lowercase));
    (is_known && !name[..dot].ends_with('.') && !is_acronym(&name[..dot])).then_some(dot + 1 + last.len())
}
