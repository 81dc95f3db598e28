//! One happening, with its rival accounts side by side.

use dragoman_doc::{Account, Claim, ClaimSlot, Incident};

use super::ink::{BOLD, DOUBT, FAINT, PLAIN, Text, WHO};
use super::names;
use super::page::{LABEL, Page};
use super::passage::{Mark, Marked};

/// Space between columns.
const GAP: usize = 2;
/// Narrower columns are not set side by side but one below the other.
const MIN_COLUMN: usize = 16;
const NOTHING_SAID: &str = "–";

impl Page<'_> {
    pub(crate) fn incidents(&mut self) {
        let reading = self.reading;
        if reading.incidents.is_empty() {
            return;
        }
        self.heading("INCIDENTS");
        for incident in &*reading.incidents {
            self.gap();
            self.incident(incident);
        }
    }

    fn incident(&mut self, incident: &Incident) {
        let reading = self.reading;
        let place = incident.place.map_or_else(Text::new, |p| names::place(reading, p));
        let time = incident.time.map_or_else(Text::new, |t| names::event_time(reading, t));
        let accounts = match incident.accounts.len() {
            1 => Text::of("1 account", FAINT),
            several => Text::of(&format!("{several} accounts"), FAINT),
        };
        self.row(&Text::joined([Text::of(incident.kind.word(), BOLD), place, time, accounts], " · "));
        let agreed = incident.agreed.iter().map(|c| Text::of(&format!("{} ", c.slot.word()), FAINT).with(&names::claim(&c.value), PLAIN));
        self.fact("agreed", &Text::joined(agreed, " · "));
        self.disputed(incident);
        self.passage(&self.marks(incident));
    }

    /// A column for each account that takes part in a dispute, where there is room; else a line for each.
    fn disputed(&mut self, incident: &Incident) {
        let slots: Vec<ClaimSlot> = incident.disputed.iter().map(|(slot, _)| *slot).collect();
        let rivals: Vec<&Account> = incident.accounts.iter().filter(|a| a.claims.iter().any(|c| slots.contains(&c.slot))).collect();
        if slots.is_empty() || rivals.is_empty() {
            return;
        }
        self.fact("disputed", &Text::of(&slots.iter().map(|s| s.word()).collect::<Vec<_>>().join(", "), DOUBT));
        let column = (self.inner_room().saturating_sub(LABEL) / rivals.len()).saturating_sub(GAP);
        if column < MIN_COLUMN {
            self.stacked(&slots, &rivals);
        } else {
            self.side_by_side(&slots, &rivals, column);
        }
    }

    fn side_by_side(&mut self, slots: &[ClaimSlot], rivals: &[&Account], column: usize) {
        let names: Vec<Text> = rivals.iter().map(|a| self.teller(a)).collect();
        self.table_row("", &names, column);
        for slot in slots {
            let values: Vec<Text> = rivals.iter().map(|a| value(a, *slot)).collect();
            self.table_row(slot.word(), &values, column);
        }
    }

    fn table_row(&mut self, label: &str, cells: &[Text], column: usize) {
        let cells: Vec<Vec<Text>> = cells.iter().map(|c| c.wrap(column)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for n in 0..height {
            let label = format!("{:<LABEL$}", if n == 0 { label } else { "" });
            let mut line = Text::of(&label, FAINT);
            for cell in &cells {
                let part = cell.get(n).cloned().unwrap_or_default();
                let pad = " ".repeat(column.saturating_sub(part.width()) + GAP);
                line = line.and(part).with(&pad, PLAIN);
            }
            self.laid_out(&line);
        }
    }

    fn stacked(&mut self, slots: &[ClaimSlot], rivals: &[&Account]) {
        for slot in slots {
            for account in rivals.iter().filter(|a| claim(a, *slot).is_some()) {
                let told = value(account, *slot).with(" says ", FAINT).and(self.teller(account));
                self.fact(slot.word(), &told);
            }
        }
    }

    fn teller(&self, account: &Account) -> Text {
        match (account.entity, account.statements.first()) {
            (Some(id), _) => names::entity(self.reading, id),
            (None, Some(statement)) => names::speaker(self.reading, *statement),
            (None, None) => Text::of("the report itself", WHO),
        }
    }

    fn marks(&self, incident: &Incident) -> Vec<Marked> {
        let anchors = incident.events.iter().map(|e| (self.reading.events[*e].anchor, Mark::Key));
        let rivals = incident.disputed.iter().flat_map(|(_, claims)| claims).map(|c| (c.span, Mark::Said));
        let mut marks: Vec<Marked> = anchors.chain(rivals).collect();
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

fn claim(account: &Account, slot: ClaimSlot) -> Option<&Claim> {
    account.claims.iter().find(|c| c.slot == slot)
}

fn value(account: &Account, slot: ClaimSlot) -> Text {
    claim(account, slot).map_or_else(|| Text::of(NOTHING_SAID, FAINT), |c| Text::of(&names::claim(&c.value), PLAIN))
}
