//! Text with styles, and how it is wrapped.

use anstyle::{AnsiColor, Style};

use super::visible;

/// Headings.
pub(crate) const HEADING: Style = Style::new().bold().underline();
/// Titles and the keys of rows.
pub(crate) const BOLD: Style = Style::new().bold();
/// The words that carry a row: anchors, cues, places, dates.
pub(crate) const KEY: Style = AnsiColor::Yellow.on_default().bold();
/// Those who speak, act or suffer.
pub(crate) const WHO: Style = AnsiColor::Cyan.on_default();
/// What is said.
pub(crate) const SAID: Style = Style::new().italic();
/// What helps the eye but is not said by the report.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// What must not be read as plain fact.
pub(crate) const DOUBT: Style = AnsiColor::Red.on_default();
/// Everything else.
pub(crate) const PLAIN: Style = Style::new();

/// Text with styles. What goes in is made safe for a terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Text {
    runs: Vec<(String, Style)>,
}

impl Text {
    /// No text.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Text in one style.
    pub(crate) fn of(text: &str, style: Style) -> Self {
        Self::new().with(text, style)
    }

    /// This text and then `text`.
    #[must_use]
    pub(crate) fn with(mut self, text: &str, style: Style) -> Self {
        self.push(text, style);
        self
    }

    /// Adds `text`.
    pub(crate) fn push(&mut self, text: &str, style: Style) {
        if !text.is_empty() {
            self.runs.push((visible(text), style));
        }
    }

    /// This text and then `other`.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.runs.extend(other.runs);
        self
    }

    /// All texts with `between` them.
    pub(crate) fn joined(texts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::new();
        for text in texts.into_iter().filter(|t| !t.is_empty()) {
            if !all.is_empty() {
                all.push(between, FAINT);
            }
            all = all.and(text);
        }
        all
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Its width in characters.
    pub(crate) fn width(&self) -> usize {
        self.runs.iter().map(|(text, _)| text.chars().count()).sum()
    }

    /// The text broken into lines of at most `width` characters, at spaces where that can be. Spaces in a row count as one.
    pub(crate) fn wrap(&self, width: usize) -> Vec<Self> {
        let mut lines = Wrapped { width: width.max(1), lines: Vec::new(), line: Vec::new(), word: Vec::new(), space: None };
        for (text, style) in &self.runs {
            for c in text.chars() {
                if c == ' ' { lines.space(*style) } else { lines.word.push((c, *style)) }
            }
        }
        lines.finish()
    }

    /// The text as it is printed, with its styles as escape codes if `color`.
    pub(crate) fn printed(&self, color: bool) -> String {
        let run = |(text, style): &(String, Style)| if color { format!("{style}{text}{style:#}") } else { text.clone() };
        self.runs.iter().map(run).collect()
    }
}

type Cell = (char, Style);

/// Lines in the making.
struct Wrapped {
    width: usize,
    lines: Vec<Text>,
    line: Vec<Cell>,
    word: Vec<Cell>,
    space: Option<Style>, // between line and word
}

impl Wrapped {
    fn space(&mut self, style: Style) {
        self.word_ends();
        self.space = self.space.or(Some(style));
    }

    fn word_ends(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let gap = usize::from(!self.line.is_empty());
        if self.line.len() + gap + self.word.len() > self.width && !self.line.is_empty() {
            self.line_ends();
        }
        match self.space.take() {
            Some(style) if !self.line.is_empty() => self.line.push((' ', style)),
            _ => {}
        }
        self.line.append(&mut self.word);
        while self.line.len() > self.width {
            let rest = self.line.split_off(self.width);
            self.line_ends();
            self.line = rest;
        }
    }

    fn line_ends(&mut self) {
        let mut text = Text::new();
        for (c, style) in self.line.drain(..) {
            match text.runs.last_mut() {
                Some((run, same)) if *same == style => run.push(c),
                _ => text.runs.push((c.to_string(), style)),
            }
        }
        self.lines.push(text);
    }

    fn finish(mut self) -> Vec<Text> {
        self.word_ends();
        if !self.line.is_empty() {
            self.line_ends();
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        Text::of(text, PLAIN).wrap(width).iter().map(|t| t.printed(false)).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_long_words_anywhere() {
        assert_eq!(wrapped("the talks in Genève resumed", 10), ["the talks", "in Genève", "resumed"]);
        assert_eq!(wrapped("a bbbbbbbbbbbb c", 5), ["a", "bbbbb", "bbbbb", "bb c"]);
        assert_eq!(wrapped("  a   b ", 80), ["a b"]);
        assert!(wrapped("", 5).is_empty());
    }

    #[test]
    fn styles_hold_within_a_word_and_over_a_break() {
        let text = Text::of("an ", PLAIN).with("air strike", KEY).with(".", PLAIN);
        let lines: Vec<String> = text.wrap(8).iter().map(|t| t.printed(true)).collect();
        let (on, off) = (KEY.render(), KEY.render_reset());
        assert_eq!(lines, [format!("an {on}air{off}"), format!("{on}strike{off}.")]);
    }
}
