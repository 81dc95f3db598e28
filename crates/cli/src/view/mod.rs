//! The readable record: what an analyst looks at.
//!
//! Each row has its facts first, then its sentences with the words that matter marked.

mod events;
mod head;
mod incidents;
mod ink;
mod names;
mod page;
mod passage;
mod places;
mod presence;
mod processes;
mod statements;
#[cfg(test)]
mod tests;
mod visible;

use dragoman_engine::Reading;

use ink::{FAINT, Text};
use page::Page;

pub(crate) use visible::visible;

/// How the page is to look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// Characters in a line.
    pub(crate) width: usize,
    /// Marks are made by colour.
    pub(crate) color: bool,
}

/// The page of one report.
pub(crate) fn page(reading: &Reading, look: Look) -> String {
    let mut page = Page::new(reading, look);
    page.head();
    if reading.found_nothing() {
        page.gap();
        page.row(&Text::of("nothing found", FAINT));
    }
    page.statements();
    page.events();
    page.places_and_dates();
    page.processes();
    page.incidents();
    page.presence();
    page.finish()
}
