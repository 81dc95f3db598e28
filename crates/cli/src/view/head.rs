//! What is known of the report as a whole.

use dragoman_doc::{Basis, Problem, Severity};

use super::ink::{BOLD, DOUBT, FAINT, PLAIN, Text};
use super::page::Page;

impl Page<'_> {
    pub(crate) fn head(&mut self) {
        let document = &self.reading.document;
        let title = document.title.as_deref().unwrap_or(&document.source_id);
        self.title(&Text::of(title, BOLD));
        let plain = |text: Option<&str>| text.map_or_else(Text::new, |t| Text::of(t, PLAIN));
        let source = Text::of(document.title.as_ref().map_or(&document.source, |_| &document.source_id), FAINT);
        let parts = [plain(document.outlet.as_deref()), plain(document.author.as_deref()), self.published(), source];
        self.row(&Text::joined(parts, " · "));
        for problem in self.reading.problems() {
            self.problem(problem);
        }
    }

    fn published(&self) -> Text {
        let published = &self.reading.document.published;
        match published.date {
            Some(date) if published.basis == Basis::Given => Text::of(&date.to_string(), PLAIN),
            Some(date) => Text::of(&date.to_string(), PLAIN).with(&format!(" (from {})", basis(published.basis)), FAINT),
            None => Text::of("no date", FAINT),
        }
    }

    fn problem(&mut self, problem: &Problem) {
        let (label, style) = match problem.code.severity() {
            Severity::Note => ("note: ", FAINT),
            Severity::Warning => ("warning: ", DOUBT),
        };
        self.row(&Text::of(label, style).with(&problem.message, FAINT));
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Metadata => "the page's metadata",
        Basis::Url => "its address",
        Basis::Dateline => "the dateline",
        Basis::Text => "the text",
        Basis::Given | Basis::Unknown => basis.word(),
    }
}
