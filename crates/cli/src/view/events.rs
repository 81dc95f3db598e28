//! Who did what to whom, how far it has come, and on whose word it stands.

use dragoman_codebook::{Assertion, Context, Mode};
use dragoman_doc::{Event, StatementId};

use super::ink::{BOLD, DOUBT, FAINT, PLAIN, Text};
use super::names;
use super::page::Page;
use super::passage::{Mark, Marked};

impl Page<'_> {
    pub(crate) fn events(&mut self) {
        let reading = self.reading;
        if reading.events.is_empty() {
            return;
        }
        self.heading("EVENTS");
        for event in &*reading.events {
            self.gap();
            self.event(event);
        }
    }

    fn event(&mut self, event: &Event) {
        let reading = self.reading;
        self.row(&headline(event));
        self.fact("who", &self.sides(event));
        self.fact("when", &event.time.map_or_else(Text::new, |t| names::event_time(reading, t)));
        self.fact("where", &event.place.map_or_else(Text::new, |p| names::place(reading, p)));
        let counts: Vec<String> = event.quantities.iter().map(|q| names::quantity(&reading.quantities[*q])).collect();
        self.fact("count", &Text::of(&counts.join(" · "), PLAIN));
        let contexts: Vec<&str> = event.contexts.iter().copied().map(Context::word).collect();
        self.fact("about", &Text::of(&contexts.join(", "), PLAIN));
        self.fact("says", &self.speakers(&event.according_to));
        self.fact("denies", &self.speakers(&event.denied_by));
        self.passage(&marks(event));
    }

    fn sides(&self, event: &Event) -> Text {
        let actors = names::participants(self.reading, &event.actors);
        let recipients = names::participants(self.reading, &event.recipients);
        match (actors.is_empty(), recipients.is_empty()) {
            (_, true) => actors,
            (true, _) => Text::of("? → ", FAINT).and(recipients),
            _ => actors.with(" → ", FAINT).and(recipients),
        }
    }

    fn speakers(&self, statements: &[StatementId]) -> Text {
        let mut names: Vec<Text> = Vec::new();
        for name in statements.iter().map(|s| names::speaker(self.reading, *s)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Text::joined(names, ", ")
    }
}

/// Type, modes, and status.
fn headline(event: &Event) -> Text {
    let modes = Text::joined(event.modes.iter().copied().map(|m| Text::of(Mode::word(m), PLAIN)), ", ");
    let kind = Text::joined([Text::of(event.kind.word(), BOLD), modes], " ");
    let phase = Text::of(event.phase.word(), PLAIN);
    let assertion = match event.assertion {
        Assertion::Asserted => Text::new(),
        doubtful => Text::of(doubtful.word(), DOUBT),
    };
    let background = if event.background { Text::of("background", FAINT) } else { Text::new() };
    Text::joined([kind, phase, assertion, background], " · ")
}

fn marks(event: &Event) -> Vec<Marked> {
    let sides = event.actors.iter().chain(&event.recipients).map(|p| (p.span, Mark::Who));
    sides.chain([(event.anchor, Mark::Key)]).collect()
}
