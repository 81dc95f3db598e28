//! Forces that are somewhere.

use dragoman_doc::Presence;

use super::ink::{BOLD, FAINT, Text};
use super::names;
use super::page::Page;
use super::passage::Mark;

impl Page<'_> {
    pub(crate) fn presence(&mut self) {
        let reading = self.reading;
        if reading.presence.is_empty() {
            return;
        }
        self.heading("PRESENCE");
        for presence in &*reading.presence {
            self.gap();
            self.one_presence(presence);
        }
    }

    fn one_presence(&mut self, presence: &Presence) {
        let reading = self.reading;
        let what = presence.what.of(&reading.document.text);
        let counted = presence.quantity.map(|q| names::quantity(&reading.quantities[q]));
        let what = Text::of(counted.as_deref().unwrap_or(what), BOLD);
        let actor = presence.actor.map_or_else(Text::new, |e| names::entity(reading, e));
        let place = presence.place.map_or_else(Text::new, |p| names::place(reading, p));
        let since = presence.since.map_or_else(Text::new, |t| Text::of("since ", FAINT).and(names::since(reading, t)));
        self.row(&Text::joined([what, actor, place, since], " · "));
        let evidence = presence.evidence.spans().map(|s| (s, Mark::Said));
        let marks: Vec<_> = evidence.chain([(presence.what, Mark::Key)]).collect();
        self.passage(&marks);
    }
}
