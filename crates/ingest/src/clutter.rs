//! Page clutter in pasted text: what is cut, and what of it is kept as a field.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use dragoman_doc::{Problem, ProblemCode};
use dragoman_lexicon::{ClutterPatterns, Table};
use dragoman_span::Span;

/// Counters, bylines and the title stand within this many lines of the top.
const HEAD_LINES: usize = 12;
/// A title is not longer than this, in characters.
const MAX_TITLE: usize = 240;
/// A byline is not longer than this, in characters.
const MAX_BYLINE: usize = 120;
/// A text has a title only if this much stands below it, in bytes.
const MIN_BODY: usize = 160;
/// How many cut lines are named in the record.
const MAX_NAMED: usize = 6;

/// A line of the source: its words, without white space at the edges, and where it ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'s> {
    pub(crate) span: Span,
    pub(crate) text: &'s str,
}

/// What cleaning found: which lines are cut, and the fields that stood in them.
#[derive(Debug, Default)]
pub(crate) struct Cleaned {
    pub(crate) cut: BTreeMap<usize, &'static str>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    /// Lines that tell a date of publication.
    pub(crate) dated: Vec<String>,
}

impl Cleaned {
    /// What was removed, for the record.
    pub(crate) fn problem(&self, lines: &[Line<'_>]) -> Option<Problem> {
        if self.cut.is_empty() {
            return None;
        }
        let named: Vec<String> = self.cut.iter().take(MAX_NAMED).map(|(i, why)| format!("{why} {:?}", shortened(lines[*i].text))).collect();
        let more = self.cut.len().saturating_sub(MAX_NAMED);
        let tail = if more > 0 { format!(" and {more} more lines") } else { String::new() };
        Some(Problem { code: ProblemCode::ClutterRemoved, message: format!("removed: {}{tail}", named.join(", ")), span: None })
    }
}

fn shortened(line: &str) -> String {
    const LONG: usize = 60;
    if line.chars().count() <= LONG { line.to_owned() } else { line.chars().take(LONG - 1).chain(['…']).collect() }
}

/// Decides what of these lines is clutter. Careful: a line that may be a sentence stays.
pub(crate) fn clean(lines: &[Line<'_>], patterns: &ClutterPatterns) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let head: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].text.is_empty()).take(HEAD_LINES).collect();
    for i in (0..lines.len()).filter(|i| !lines[*i].text.is_empty()) {
        let line = lines[i].text;
        if let Some(date) = patterns.publication(line) {
            cleaned.dated.push(date);
            cleaned.cut.insert(i, "a line of dates");
        } else if patterns.is_clutter(line) {
            cleaned.cut.insert(i, "page clutter");
        } else if head.contains(&i) && is_counter(line) {
            cleaned.cut.insert(i, "a counter");
        } else if head.contains(&i) && cleaned.author.is_none() && is_byline(line) {
            cleaned.author = Some(line.get(3..).unwrap_or_default().trim().to_owned());
            cleaned.cut.insert(i, "a byline");
        }
    }
    title(lines, &head, &mut cleaned);
    cleaned
}

/// A bare number: reads, shares, comments.
fn is_counter(line: &str) -> bool {
    let digits = line.trim_end_matches(['K', 'k', 'M']);
    !digits.is_empty() && line.len() <= 8 && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
}

/// Small words between and in names.
static BYLINE_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let table = Table::parse("en/byline_words.tsv", include_str!("../../../data/en/byline_words.tsv"), &["word"]);
    table.expect("the shipped tables are tested").rows().iter().map(|r| r.text(0)).collect()
});

/// "By Jane Doe and John Roe, Newsline": names, no sentence.
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let capitals = names.split_whitespace().all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '(') || BYLINE_WORDS.contains(w));
    line.chars().count() <= MAX_BYLINE && !line.ends_with('.') && capitals && names.split_whitespace().count() >= 2
}

/// The first line that is left, if it stands as a headline; with its repetitions below.
fn title(lines: &[Line<'_>], head: &[usize], cleaned: &mut Cleaned) {
    let left: Vec<usize> = head.iter().copied().filter(|i| !cleaned.cut.contains_key(i)).collect();
    let Some(first) = left.first().copied() else { return };
    let repeated: Vec<usize> = left.iter().copied().skip(1).filter(|i| lines[*i].text == lines[first].text).collect();
    let body: usize =
        lines[first + 1..].iter().enumerate().filter(|(i, _)| !cleaned.cut.contains_key(&(first + 1 + i))).map(|(_, l)| l.text.len()).sum();
    let stands_apart = lines.get(first + 1).is_none_or(|l| l.text.is_empty()) || cleaned.cut.contains_key(&(first + 1));
    if body < MIN_BODY || !(is_headline(lines[first].text) && (stands_apart || !repeated.is_empty())) {
        return;
    }
    cleaned.title = Some(lines[first].text.to_owned());
    for i in std::iter::once(first).chain(repeated) {
        cleaned.cut.insert(i, "the title");
    }
}

/// Some words without a full stop, and no label, bullet or dateline.
fn is_headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let ends_sentence = line.ends_with(['.', ':', ';', ',']) && !line.ends_with("...");
    let opens_plain = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '‘' | '\''));
    let dateline = line.contains(" (") && line.ends_with(')') || crate::dateline::find(line).is_some();
    words >= 3 && line.chars().count() <= MAX_TITLE && !ends_sentence && opens_plain && !dateline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_and_bylines() {
        assert!(is_counter("50") && is_counter("1.2K") && is_counter("1,204"));
        assert!(!is_counter("50 dead") && !is_counter("") && !is_counter("K"));
        assert!(is_byline("By Thant Zaw Lin and Rebecca Oduya"));
        assert!(!is_byline("By Monday the road was open") && !is_byline("By Monday."));
    }

    #[test]
    fn headlines() {
        assert!(is_headline("Ministry announces postponement of talks"));
        assert!(!is_headline("The ministry said so."));
        assert!(!is_headline("ATHENS, Monday, February 16, 2026 (Agency)"));
        assert!(!is_headline("QUESTION:"));
    }
}
