//! What has become of what was announced.

use dragoman_doc::{Process, ProcessState};

use super::ink::{BOLD, DOUBT, FAINT, PLAIN, Text};
use super::names;
use super::page::Page;
use super::passage::{Mark, Marked};

impl Page<'_> {
    pub(crate) fn processes(&mut self) {
        let reading = self.reading;
        if reading.processes.is_empty() {
            return;
        }
        self.heading("PROCESSES");
        for process in &*reading.processes {
            self.gap();
            self.process(process);
        }
    }

    fn process(&mut self, process: &Process) {
        let reading = self.reading;
        let text = &reading.document.text;
        let parties = Text::joined(process.parties.iter().map(|e| names::entity(reading, *e)), ", ");
        let current = process.states.last().map_or_else(Text::new, |s| Text::of("now ", FAINT).with(s.status.word(), BOLD));
        self.row(&Text::joined([Text::of(&process.name, BOLD), parties, current], " · "));
        for state in &process.states {
            self.state(state);
        }
        for point in &process.open_points {
            self.fact("open", &Text::of(point.of(text), DOUBT));
        }
        self.passage(&marks(process));
    }

    /// One dated line: what it became, for when, why, and who says so.
    fn state(&mut self, state: &ProcessState) {
        let reading = self.reading;
        let date = state.date.map_or_else(|| "undated".to_owned(), |d| d.to_string());
        let status = Text::of(state.status.word(), BOLD);
        let until = state.scheduled_for.map_or_else(Text::new, |d| Text::of(&format!("for {d}"), PLAIN));
        let reason = state.reason.map_or_else(Text::new, |s| Text::of(&format!("“{}”", s.of(&reading.document.text)), PLAIN));
        let source = state.according_to.map_or_else(Text::new, |s| Text::of("according to ", FAINT).and(names::speaker(reading, s)));
        self.fact(&date, &Text::joined([status, until, reason, source], " · "));
    }
}

fn marks(process: &Process) -> Vec<Marked> {
    let states = process.states.iter().flat_map(|s| s.evidence.spans()).map(|s| (s, Mark::Key));
    let reasons = process.states.iter().filter_map(|s| s.reason).map(|s| (s, Mark::Said));
    states.chain(reasons).chain([(process.subject, Mark::Who)]).collect()
}
