//! The page: headings, facts and passages, each indented and wrapped.

use dragoman_engine::Reading;

use super::Look;
use super::ink::{FAINT, HEADING, Text};
use super::passage::{Marked, passage};

/// Facts are indented by this much, what belongs to them by more.
const INDENT: usize = 2;
const INNER: usize = 4;
/// Width of a fact's label with the space after it: a date fits.
pub(crate) const LABEL: usize = 12;
const BAR: &str = "│ ";

/// A page in the making.
pub(crate) struct Page<'r> {
    pub(crate) reading: &'r Reading,
    pub(crate) look: Look,
    out: String,
}

impl<'r> Page<'r> {
    pub(crate) fn new(reading: &'r Reading, look: Look) -> Self {
        Self { reading, look, out: String::new() }
    }

    /// The finished page.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// The heading of a section.
    pub(crate) fn heading(&mut self, name: &str) {
        self.gap();
        self.line(0, &Text::of(name, HEADING));
    }

    /// The title of the page.
    pub(crate) fn title(&mut self, text: &Text) {
        self.line(0, text);
        let rule = "═".repeat(text.width().min(self.look.width));
        self.put(0, &Text::of(&rule, FAINT));
    }

    /// First line of a row.
    pub(crate) fn row(&mut self, text: &Text) {
        self.line(INDENT, text);
    }

    /// A fact of a row, behind its label. Nothing is printed where there is none.
    pub(crate) fn fact(&mut self, label: &str, text: &Text) {
        if !text.is_empty() {
            let label = format!("{label:<LABEL$}");
            self.lines(INNER, &Text::of(&label, FAINT), LABEL, text);
        }
    }

    /// The sentences of a row.
    pub(crate) fn passage(&mut self, marks: &[Marked]) {
        let text = passage(self.reading, marks, self.look.color);
        self.quoted(&text);
    }

    /// Words of the report, with a bar at their left.
    pub(crate) fn quoted(&mut self, text: &Text) {
        let bar = Text::of(BAR, FAINT);
        for line in text.wrap(self.room(INNER + BAR.chars().count())) {
            self.put(INNER, &bar.clone().and(line));
        }
    }

    /// A paragraph at an indent.
    pub(crate) fn line(&mut self, indent: usize, text: &Text) {
        for line in text.wrap(self.room(indent)) {
            self.put(indent, &line);
        }
    }

    /// A line at the inner indent that is laid out already.
    pub(crate) fn laid_out(&mut self, text: &Text) {
        self.put(INNER, text);
    }

    /// Room for text that is laid out at the inner indent.
    pub(crate) fn inner_room(&self) -> usize {
        self.room(INNER)
    }

    fn room(&self, indent: usize) -> usize {
        self.look.width.saturating_sub(indent).max(1)
    }

    /// Wrapped text whose first line begins with `lead` and whose others are indented as far.
    fn lines(&mut self, indent: usize, lead: &Text, lead_width: usize, text: &Text) {
        for (n, line) in text.wrap(self.room(indent + lead_width)).into_iter().enumerate() {
            match n {
                0 => self.put(indent, &lead.clone().and(line)),
                _ => self.put(indent + lead_width, &line),
            }
        }
    }

    fn put(&mut self, indent: usize, text: &Text) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(text.printed(self.look.color).trim_end());
        self.out.push('\n');
    }
}
