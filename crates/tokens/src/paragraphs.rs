//! Paragraphs: by empty lines, and by line ends where the text is not wrapped at a fixed width.

use dragoman_span::Span;

/// A paragraph's place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// Without white space at its edges; never empty.
    pub(crate) span: Span,
    /// It begins with the mark of a list item.
    pub(crate) bullet: bool,
}

/// A line that is not empty.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
    indent: usize,
    length: usize,
    /// An empty line stands before it.
    after_gap: bool,
}

/// Lines of this many characters and more are not taken for wrapped ones.
const WIDEST_WRAP: usize = 130;
/// Capital text is taken for wrapped when its lines reach this length.
const FULL_CAPITAL_LINE: usize = 40;

/// The paragraphs of `text`, in order.
pub(crate) fn split(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut last: Option<&Line<'_>> = None;
    for line in &lines {
        let span = Span::new(line.start, line.start + line.text.len());
        match (last, blocks.last_mut()) {
            (Some(above), Some(block)) if goes_on(above, line, width) => block.span = block.span.cover(span),
            _ => blocks.push(Block { span, bullet: line.is_bullet(last) }),
        }
        last = Some(line);
    }
    blocks
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut gap = true;
    let mut start = 0;
    for raw in text.split_inclusive(ends_line) {
        let inner = raw.trim();
        if inner.is_empty() {
            // "\r\n" is one line end: its "\n" alone makes no empty line.
            gap |= start > 0 && !(raw == "\n" && text[..start].ends_with('\r'));
        } else {
            let indent = raw.len() - raw.trim_start().len();
            lines.push(Line { start: start + indent, text: inner, indent, length: inner.chars().count(), after_gap: gap });
            gap = raw.ends_with('\u{2029}');
        }
        start += raw.len();
    }
    lines
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The width at which the text is wrapped, if it is: then at least a third of its line ends fall inside a sentence.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let ends: Vec<_> = lines.windows(2).filter(|pair| !pair[1].after_gap && pair[0].length < WIDEST_WRAP).collect();
    let inside = ends.iter().filter(|pair| falls_inside(&pair[0], &pair[1])).count();
    if inside == 0 || inside * 3 < ends.len() {
        return None;
    }
    let mut lengths: Vec<usize> = ends.iter().map(|pair| pair[0].length).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied()
}

/// The line end falls inside a sentence.
fn falls_inside(above: &Line<'_>, below: &Line<'_>) -> bool {
    let capitals = || above.length >= FULL_CAPITAL_LINE && above.is_capital() && below.is_capital();
    !above.is_finished() && (below.starts_small() || capitals())
}

fn goes_on(above: &Line<'_>, line: &Line<'_>, width: Option<usize>) -> bool {
    if line.after_gap || line.is_bullet(Some(above)) || line.indent > above.indent + 1 {
        return false;
    }
    // A line that had room for the next word was ended on purpose.
    let was_full = |width: usize| above.length + 1 + line.first_word() > width * 17 / 20;
    (!above.is_finished() && line.starts_small()) || width.is_some_and(was_full)
}

impl Line<'_> {
    /// Ends as a sentence or an item of a list does.
    fn is_finished(&self) -> bool {
        let bare = self.text.trim_end_matches(|c: char| "\"'”’»)]*_".contains(c));
        bare.ends_with(|c: char| ".!?…:;".contains(c))
    }

    fn starts_small(&self) -> bool {
        self.text.trim_start_matches(|c: char| "\"'“‘«".contains(c)).starts_with(char::is_lowercase)
    }

    fn is_capital(&self) -> bool {
        self.text.contains(char::is_uppercase) && !self.text.contains(char::is_lowercase)
    }

    fn first_word(&self) -> usize {
        self.text.split_whitespace().next().map_or(0, |w| w.chars().count())
    }

    /// Begins with the mark of a list item. A dash is one only where the line above allows a new item.
    fn is_bullet(&self, above: Option<&Line<'_>>) -> bool {
        let Some((mark, rest)) = self.text.split_once(char::is_whitespace) else { return false };
        let starts_afresh = || self.after_gap || above.is_none_or(Line::is_finished) || !rest.trim_start().starts_with(char::is_lowercase);
        match mark {
            "•" | "◦" | "‣" | "▪" | "●" | "■" | "·" | "*" | "➢" | "►" => true,
            "-" | "–" | "—" | "--" => starts_afresh(),
            _ => is_item_number(mark) && (self.after_gap || above.is_none_or(Line::is_finished)),
        }
    }
}

/// "1.", "12)", "(3)", "a)", "(b)".
fn is_item_number(mark: &str) -> bool {
    let Some(inner) = mark.strip_suffix(['.', ')']) else { return false };
    let digits = inner.trim_start_matches('(');
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number || (mark.ends_with(')') && digits.len() == 1 && digits.bytes().all(|b| b.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        split(text).into_iter().map(|b| b.span.of(text)).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Talks on the border crossing were put off on Monday after both\nsides asked for time. Officials gave no new date and said that the\ncrossing stays shut.\nThe mediator left.";
        assert_eq!(shown(text).len(), 2);
    }

    #[test]
    fn one_line_may_be_one_paragraph() {
        let text = "Talks put off\nTalks on the border were put off on Monday.\nOfficials gave no date.";
        assert_eq!(shown(text).len(), 3);
    }

    #[test]
    fn list_items_and_gaps_part() {
        assert_eq!(
            shown("They agreed:\r\n- to meet\r\n- to talk\r\n\r\nNo date was set."),
            ["They agreed:", "- to meet", "- to talk", "No date was set."]
        );
        assert!(split("They agreed:\n- to meet")[1].bullet);
        assert_eq!(shown(" \n\n \u{2029}"), [""; 0]);
    }
}
