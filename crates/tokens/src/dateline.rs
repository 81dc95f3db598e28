//! Datelines: "BAGHDAD, March 4 (Newsline) -", "KYIV (AP) —", "Taipei, Taiwan —".

use std::ops::Range;

use dragoman_span::Span;

/// Longest dateline, in bytes.
const LONGEST: usize = 100;
/// Only the first paragraphs can begin with a dateline that has neither agency nor date.
const HEAD: usize = 4;
/// Shortest place name in capitals: shorter ones are abbreviations ("FYI - see below").
const SHORTEST_CAPITAL: usize = 4;

/// The dateline at the head of paragraph number `n`, with its dash.
pub(crate) fn find(text: &str, paragraph: Span, n: usize) -> Option<Span> {
    let inside = paragraph.of(text);
    let end = before_dash(inside, n).or_else(|| before_colon(inside)).or_else(|| alone(inside))?;
    Some(Span::new(paragraph.start(), paragraph.start() + end))
}

fn before_dash(inside: &str, n: usize) -> Option<usize> {
    let dash = dash(inside)?;
    let head = Head::new(&inside[..dash.start]);
    let is_strong = &inside[dash.clone()] != "-";
    let is_likely = n < HEAD && (head.is_capital() || head.more.len() > 1);
    let is_dateline = head.is_name() && (is_likely || (head.is_dated() && (is_strong || head.is_capital())));
    (is_dateline && starts_anew(&inside[dash.end..])).then_some(dash.end)
}

/// "ISLAMABAD, April 17: Talks resumed."
fn before_colon(inside: &str) -> Option<usize> {
    let colon = inside.find(": ").filter(|at| *at <= LONGEST)?;
    let head = Head::new(&inside[..colon]);
    (head.is_name() && head.is_capital() && head.is_dated() && starts_anew(&inside[colon + 1..])).then_some(colon + 1)
}

/// A dateline that is a paragraph of its own: "ATHENS, February 16 (Newsline)".
fn alone(inside: &str) -> Option<usize> {
    let head = Some(inside).filter(|i| i.len() <= LONGEST).map(Head::new)?;
    (head.is_name() && head.is_capital() && head.is_dated() && !inside.ends_with('.')).then_some(inside.len())
}

fn starts_anew(after: &str) -> bool {
    !after.trim_start().starts_with(char::is_lowercase)
}

/// The first dash that parts a dateline from its text.
fn dash(inside: &str) -> Option<Range<usize>> {
    let mut end = LONGEST.min(inside.len());
    while !inside.is_char_boundary(end) {
        end -= 1;
    }
    let first =
        |mark: &str| inside[..end].match_indices(mark).map(|(at, m)| (at, m.len())).find(|(at, length)| is_free(inside, *at, *length));
    let (at, length) = ["--", "—", "–", "-"].into_iter().filter_map(first).min_by_key(|(at, length)| (*at, usize::MAX - length))?;
    Some(at..at + length)
}

/// White space or a bracket stands before the dash and white space after it; an em dash needs none.
fn is_free(inside: &str, at: usize, length: usize) -> bool {
    let before = inside[..at].ends_with(|c: char| c.is_whitespace() || c == ')');
    let after = inside[at + length..].chars().next().is_none_or(char::is_whitespace);
    (before && after) || inside[at..].starts_with('—')
}

/// What stands before the dash.
struct Head<'t> {
    place: &'t str,
    /// From the first comma or bracket on.
    more: &'t str,
}

impl<'t> Head<'t> {
    fn new(head: &'t str) -> Self {
        let end = head.find([',', '(']).unwrap_or(head.len());
        Self { place: head[..end].trim(), more: head[end..].trim() }
    }

    /// All of it outside brackets is names and numbers.
    fn is_name(&self) -> bool {
        self.place.starts_with(char::is_alphabetic) && is_name(self.place) && is_balanced(self.more) && is_name(outside_brackets(self.more))
    }

    /// An agency or a date stands in it.
    fn is_dated(&self) -> bool {
        let has_agency = self.more.ends_with(')') && self.more.contains('(');
        has_agency || self.more.contains(|c: char| c.is_ascii_digit())
    }

    /// The place is written in capitals.
    fn is_capital(&self) -> bool {
        self.place.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_CAPITAL && !self.place.contains(char::is_lowercase)
    }
}

fn outside_brackets(more: &str) -> &str {
    more.split('(').next().unwrap_or(more)
}

fn is_balanced(more: &str) -> bool {
    more.matches('(').count() == more.matches(')').count()
}

/// Every word has a capital or is a number.
fn is_name(part: &str) -> bool {
    part.split(|c: char| c.is_whitespace() || ",/".contains(c))
        .filter(|w| !w.is_empty())
        .all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<&str> {
        find(text, Span::new(0, text.len()), 0).map(|s| s.of(text))
    }

    #[test]
    fn finds_datelines() {
        assert_eq!(shown("BAGHDAD, March 4 (Newsline) - Talks resumed."), Some("BAGHDAD, March 4 (Newsline) -"));
        assert_eq!(shown("KYIV (AP) — Talks resumed."), Some("KYIV (AP) —"));
        assert_eq!(shown("NEW DELHI — Talks resumed."), Some("NEW DELHI —"));
        assert_eq!(shown("Taipei, Taiwan — The festival opened."), Some("Taipei, Taiwan —"));
        assert_eq!(shown("PORT-AU-PRINCE, Haiti, Sept. 3 -- Talks resumed."), Some("PORT-AU-PRINCE, Haiti, Sept. 3 --"));
        assert_eq!(shown("PARACHINAR, April 17: Border forces stopped firing."), Some("PARACHINAR, April 17:"));
        assert_eq!(
            shown("ATHENS/TIRANA, Monday, February 16, 2026 (Ionian News)"),
            Some("ATHENS/TIRANA, Monday, February 16, 2026 (Ionian News)")
        );
    }

    #[test]
    fn leaves_other_dashes() {
        for text in [
            "The talks — long delayed — resumed.",
            "FYI - See below.",
            "Marsh, the envoy - who left - said no.",
            "The US-led mission (UN) - left.",
            "QUESTION: Will he go?",
            "LONDON",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
