//! Datelines: "BAGHDAD, March 4 (Newsline) -", "KYIV (AP) —", "Taipei, Taiwan —".

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
    let dash = dash(inside)?;
    let (place, more) = place(&inside[..dash.start]);
    let head = Head { place, more, strong: inside[dash.start..dash.end].trim() != "-", early: n < HEAD };
    let after = inside[dash.end..].trim_start();
    let starts_anew = !after.starts_with(char::is_lowercase);
    (head.is_dateline() && starts_anew).then(|| Span::new(paragraph.start(), paragraph.start() + dash.end))
}

struct Dash {
    start: usize,
    end: usize,
}

/// The first dash that parts a dateline from its text.
fn dash(inside: &str) -> Option<Dash> {
    let mut end = LONGEST.min(inside.len());
    while !inside.is_char_boundary(end) {
        end -= 1;
    }
    let spaced = |mark: &str| inside[..end].match_indices(mark).map(|(at, m)| (at, m.len())).find(|(at, length)| is_free(inside, *at, *length));
    let found = ["--", "—", "–", "-"].into_iter().filter_map(spaced).min()?;
    Some(Dash { start: found.0, end: found.0 + found.1 })
}

/// White space or a bracket stands before the dash and white space after it; an em dash needs none.
fn is_free(inside: &str, at: usize, length: usize) -> bool {
    let before = inside[..at].ends_with(|c: char| c.is_whitespace() || c == ')');
    let after = inside[at + length..].chars().next().is_none_or(char::is_whitespace);
    (before && after) || inside[at..].starts_with('—')
}

/// What stands before the dash: the place, and what follows its first comma or bracket.
fn place(head: &str) -> (&str, &str) {
    let end = head.find([',', '(']).unwrap_or(head.len());
    (head[..end].trim(), head[end..].trim())
}

struct Head<'t> {
    place: &'t str,
    more: &'t str,
    /// The dash is more than a hyphen.
    strong: bool,
    early: bool,
}

impl Head<'_> {
    fn is_dateline(&self) -> bool {
        let has_agency = self.more.ends_with(')') && self.more.contains('(');
        let has_date = self.more.contains(|c: char| c.is_ascii_digit());
        let sure = has_agency || has_date;
        let likely = self.is_capital() || (self.more.starts_with(',') && self.more.len() > 1);
        let is_place = self.place.starts_with(char::is_alphabetic) && is_name(self.place);
        is_place && is_balanced(self.more) && is_name(outside_brackets(self.more)) && (sure || (likely && self.early))
            && (self.is_capital() || self.strong || self.early)
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
    part.split(|c: char| c.is_whitespace() || ",/".contains(c)).filter(|w| !w.is_empty()).all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
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
    }

    #[test]
    fn leaves_other_dashes() {
        for text in ["The talks — long delayed — resumed.", "FYI - See below.", "Marsh, the envoy - who left - said no.", "The US-led mission (UN) - left."] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
