//! Who said what.

use dragoman_doc::{Statement, StatementId};

use super::ink::{BOLD, FAINT, PLAIN, Text};
use super::names;
use super::page::Page;
use super::passage::{Mark, Marked};

impl Page<'_> {
    pub(crate) fn statements(&mut self) {
        let reading = self.reading;
        if reading.statements.is_empty() {
            return;
        }
        self.heading("STATEMENTS");
        for (id, statement) in reading.statements.iter_ids() {
            self.gap();
            self.statement(id, statement);
        }
    }

    fn statement(&mut self, id: StatementId, statement: &Statement) {
        let reading = self.reading;
        let mut head = names::speaker(reading, id);
        if let Some(cue) = &statement.cue {
            head = head.with(" ", PLAIN).with(cue.stance.word(), BOLD);
        }
        if let Some(addressee) = statement.addressee {
            head = head.with(" to ", FAINT).and(names::entity(reading, addressee));
        }
        let manner = Text::of(statement.manner.word(), PLAIN);
        let time = statement.time.map_or_else(Text::new, |t| names::time(reading, t));
        let place = statement.place.map_or_else(Text::new, |p| names::place(reading, p));
        let within = statement.within.map_or_else(Text::new, |s| Text::of("as told by ", FAINT).and(names::speaker(reading, s)));
        self.row(&Text::joined([head, manner, time, place, within], " · "));
        self.passage(&statement_marks(statement));
    }
}

/// The words of a statement: who, how, and what is said.
pub(crate) fn statement_marks(statement: &Statement) -> Vec<Marked> {
    let speaker = statement.speaker.iter().flat_map(|s| s.evidence.spans()).map(|s| (s, Mark::Who));
    let cue = statement.cue.iter().flat_map(|c| c.evidence.spans()).map(|s| (s, Mark::Key));
    let content = statement.content.spans().map(|s| (s, Mark::Said));
    speaker.chain(cue).chain(content).collect()
}
