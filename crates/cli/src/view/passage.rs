//! Sentences of the report with the words that matter marked.

use anstyle::Style;
use dragoman_engine::Reading;
use dragoman_span::Span;

use super::ink::{FAINT, KEY, PLAIN, SAID, Text, WHO};

/// More sentences than this are not shown of one row.
const MAX_SENTENCES: usize = 6;
const LEFT_OUT: &str = " … ";

/// What words are marked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// What is said.
    Said,
    /// Who speaks, acts or suffers.
    Who,
    /// The words that carry the row.
    Key,
}

impl Mark {
    fn style(self) -> Style {
        match self {
            Self::Said => SAID,
            Self::Who => WHO,
            Self::Key => KEY,
        }
    }

    /// What stands around the words where there is no colour.
    fn brackets(self) -> [&'static str; 2] {
        match self {
            Self::Said => ["[", "]"],
            Self::Who => ["‹", "›"],
            Self::Key => ["«", "»"],
        }
    }
}

/// Marked words.
pub(crate) type Marked = (Span, Mark);

/// The sentences that hold the marked words, in order, with what lies between them left out.
pub(crate) fn passage(reading: &Reading, marks: &[Marked], color: bool) -> Text {
    let all = sentences(reading, marks);
    let shown = all.iter().take(MAX_SENTENCES).copied().fold(Vec::new(), join);
    let texts = shown.into_iter().map(|span| marked(&reading.document.text, span, marks, color));
    let text = Text::joined(texts, LEFT_OUT);
    if all.len() > MAX_SENTENCES { text.with(LEFT_OUT, FAINT) } else { text }
}

/// The one line around the marked words that fits in `width`.
pub(crate) fn concordance(reading: &Reading, span: Span, width: usize, color: bool) -> Text {
    let text = &reading.document.text;
    let sentence = sentences(reading, &[(span, Mark::Key)]).into_iter().reduce(Span::cover).unwrap_or(span);
    let words = span.of(text).chars().count() + 2;
    let room = width.saturating_sub(words + 2);
    let before = Span::new(sentence.start(), span.start()).of(text);
    let after = Span::new(span.end(), sentence.end()).of(text);
    let left = room.div_euclid(2).max(room.saturating_sub(after.chars().count()));
    let (start, cut_left) = tail(before, left);
    let right = room.saturating_sub(before.chars().count().min(left));
    let (end, cut_right) = head(after, right);
    let shown = Span::new(span.start() - start, span.end() + end);
    let ends = |cut: bool| Text::of(if cut { "…" } else { "" }, FAINT);
    ends(cut_left).and(marked(text, shown, &[(span, Mark::Key)], color)).and(ends(cut_right))
}

/// Bytes of the first `limit` characters, and whether more follow.
fn head(text: &str, limit: usize) -> (usize, bool) {
    text.char_indices().nth(limit).map_or((text.len(), false), |(at, _)| (at, true))
}

/// Bytes of the last `limit` characters, and whether more stand before.
fn tail(text: &str, limit: usize) -> (usize, bool) {
    let count = text.chars().count();
    let (skipped, _) = head(text, count.saturating_sub(limit));
    (text.len() - skipped, skipped > 0)
}

/// The sentences that marks touch, in order; for words in no sentence, their line.
fn sentences(reading: &Reading, marks: &[Marked]) -> Vec<Span> {
    let mut spans: Vec<Span> = marks.iter().flat_map(|(span, _)| around(reading, *span)).collect();
    spans.sort();
    spans.dedup();
    spans
}

fn around(reading: &Reading, span: Span) -> Vec<Span> {
    let all = reading.tokens.sentences.as_slice();
    let first = all.partition_point(|s| s.span.end() <= span.start());
    let touched: Vec<Span> = all[first..].iter().map(|s| s.span).take_while(|s| s.start() < span.end()).collect();
    if touched.is_empty() { vec![line(&reading.document.text, span)] } else { touched }
}

fn line(text: &str, span: Span) -> Span {
    let start = text[..span.start()].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end()..].find('\n').map_or(text.len(), |at| span.end() + at);
    Span::new(start, end)
}

/// Sentences that follow one another closely are one piece of text.
fn join(mut pieces: Vec<Span>, next: Span) -> Vec<Span> {
    /// Between sentences stand a space or two, or a line break.
    const CLOSE: usize = 4;
    match pieces.last_mut() {
        Some(last) if next.start() <= last.end() + CLOSE => *last = last.cover(next),
        _ => pieces.push(next),
    }
    pieces
}

/// The text under `piece` with its marks, by colour or by brackets.
fn marked(text: &str, piece: Span, marks: &[Marked], color: bool) -> Text {
    let inside: Vec<Marked> = marks.iter().filter_map(|(span, mark)| Some((clip(*span, piece)?, *mark))).collect();
    let mut edges: Vec<usize> = inside.iter().flat_map(|(s, _)| [s.start(), s.end()]).chain([piece.start(), piece.end()]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut shown = Text::new();
    for (at, next) in edges.iter().zip(edges.iter().skip(1).map(Some).chain([None])) {
        if !color {
            shown = shown.and(brackets(&inside, *at));
        }
        if let Some(next) = next {
            let segment = Span::new(*at, *next);
            shown.push(segment.of(text), if color { style(&inside, segment) } else { PLAIN });
        }
    }
    shown
}

fn clip(span: Span, piece: Span) -> Option<Span> {
    span.overlaps(piece).then(|| Span::new(span.start().max(piece.start()), span.end().min(piece.end())))
}

/// The styles of all marks over `segment`, the strongest last.
fn style(marks: &[Marked], segment: Span) -> Style {
    let mut over: Vec<Mark> = marks.iter().filter(|(span, _)| span.contains(segment)).map(|(_, mark)| *mark).collect();
    over.sort_unstable();
    over.into_iter().map(Mark::style).fold(PLAIN, |all, style| {
        let effects = all.get_effects() | style.get_effects();
        all.fg_color(style.get_fg_color().or(all.get_fg_color())).effects(effects)
    })
}

/// The brackets that close and open at `at`: the inner close first, the outer open first.
fn brackets(marks: &[Marked], at: usize) -> Text {
    let mut closing: Vec<&Marked> = marks.iter().filter(|(span, _)| span.end() == at).collect();
    closing.sort_by_key(|(span, mark)| (std::cmp::Reverse(span.start()), std::cmp::Reverse(*mark)));
    let mut opening: Vec<&Marked> = marks.iter().filter(|(span, _)| span.start() == at).collect();
    opening.sort_by_key(|(span, mark)| (std::cmp::Reverse(span.end()), *mark));
    let close = closing.into_iter().map(|(_, mark)| mark.brackets()[1]);
    let open = opening.into_iter().map(|(_, mark)| mark.brackets()[0]);
    Text::of(&close.chain(open).collect::<String>(), PLAIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dragoman_doc::Document;

    const LINE: &str = "The army denied that it had shelled Dür; talks go on.";

    fn at(words: &str) -> Span {
        let start = LINE.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn brackets_nest() {
        let marks =
            [(at("The army"), Mark::Who), (at("denied"), Mark::Key), (at("that it had shelled Dür"), Mark::Said), (at("Dür"), Mark::Key)];
        let reading = Reading::empty(Document::plain(LINE));
        let shown = passage(&reading, &marks, false).printed(false);
        assert_eq!(shown, "‹The army› «denied» [that it had shelled «Dür»]; talks go on.");
        assert_eq!(passage(&reading, &marks, true).printed(false), LINE, "with colour, no brackets");
    }

    #[test]
    fn a_concordance_line_fits() {
        let reading = Reading::empty(Document::plain(LINE));
        for width in [8, 20, 30, 80] {
            let shown = concordance(&reading, at("shelled"), width, false);
            assert!(shown.width() <= width.max(11), "{width}: {}", shown.printed(false));
            assert!(shown.printed(false).contains("«shelled»"));
        }
        assert_eq!(concordance(&reading, at("shelled"), 30, false).printed(false), "…t it had «shelled» Dür; talk…");
    }
}
