//! What becomes of things announced, what is told of one happening, and who stands where.

use dragoman_doc::{ClaimValue, PartialDate, TimeRef};

use crate::acts::cover;
use crate::record::{Account, Claim, Incident, Presence, Process, Rival, Source, State, Value};
use crate::{Number, Scribe};

impl<'r> Scribe<'r> {
    pub(crate) fn processes(&self) -> Vec<Process<'r>> {
        self.reading.processes.iter_ids().map(|(id, p)| self.process(self.ids.processes[id].clone(), p)).collect()
    }

    fn process(&self, id: String, process: &'r dragoman_doc::Process) -> Process<'r> {
        Process {
            id,
            name: &process.name,
            parties: process.parties.iter().map(|e| self.entity_id(*e)).collect(),
            subject: self.quoted(process.subject),
            states: process.states.iter().map(|s| self.state(s)).collect(),
            open_points: process.open_points.iter().map(|s| self.quoted(*s)).collect(),
            current: process.states.last().map(|s| s.status.word()),
        }
    }

    fn state(&self, state: &dragoman_doc::ProcessState) -> State<'r> {
        State {
            status: state.status.word(),
            date: state.date.map(|d| d.to_string()),
            scheduled_for: state.scheduled_for.map(|d| d.to_string()),
            report: self.ids.report.clone(),
            reason: state.reason.map(|s| self.quoted(s)),
            according_to: state.according_to.map(|s| self.ids.statements[s].clone()),
            evidence: self.spans(&state.evidence),
        }
    }

    pub(crate) fn incidents(&self) -> Vec<Incident<'r>> {
        self.reading.incidents.iter_ids().map(|(id, i)| self.incident(self.ids.incidents[id].clone(), i)).collect()
    }

    fn incident(&self, id: String, incident: &'r dragoman_doc::Incident) -> Incident<'r> {
        Incident {
            id,
            events: incident.events.iter().map(|e| self.ids.events[*e].clone()).collect(),
            kind: incident.kind.word(),
            place: incident.place.map(|p| self.place_id(p)),
            time: incident.time.map(|t| self.event_time(t)),
            accounts: incident.accounts.iter().map(|a| self.account(a)).collect(),
            agreed: incident.agreed.iter().map(|c| (c.slot.word(), self.claim(c))).collect(),
            disputed: incident
                .disputed
                .iter()
                .map(|(slot, claims)| (slot.word(), claims.iter().map(|c| self.rival(incident, c)).collect()))
                .collect(),
        }
    }

    fn account(&self, account: &'r dragoman_doc::Account) -> Account<'r> {
        let claims = account.claims.iter().map(|c| (c.slot.word(), self.claim(c))).collect();
        Account { according_to: self.source(account), claims }
    }

    fn source(&self, account: &dragoman_doc::Account) -> Source<'r> {
        let known = account.entity.map(|e| self.reading.entities[e].name.as_str());
        let speaker = account.statements.iter().find_map(|s| self.reading.statements[*s].speaker.as_ref());
        Source {
            entity: account.entity.map(|e| self.entity_id(e)),
            name: known.or_else(|| speaker.map(|s| self.text(s.evidence.first()))),
            statements: self.statement_ids(&account.statements),
        }
    }

    fn claim(&self, claim: &'r dragoman_doc::Claim) -> Claim<'r> {
        let value = match &claim.value {
            ClaimValue::Words(words) => Value::Words { value: words },
            ClaimValue::Number { low, high, value } => {
                Value::Number { value: value.map(Number), low: low.map(Number), high: high.map(Number) }
            }
        };
        Claim { value, span: self.span(claim.span) }
    }

    /// A disputed value with the account that gives it.
    fn rival(&self, incident: &'r dragoman_doc::Incident, claim: &'r dragoman_doc::Claim) -> Rival<'r> {
        let account = incident.accounts.iter().find(|a| a.claims.contains(claim));
        Rival { claim: self.claim(claim), according_to: account.map(|a| self.source(a)) }
    }

    pub(crate) fn presence(&self) -> Vec<Presence<'r>> {
        self.reading.presence.iter_ids().map(|(id, p)| self.one_presence(self.ids.presence[id].clone(), p)).collect()
    }

    fn one_presence(&self, id: String, presence: &dragoman_doc::Presence) -> Presence<'r> {
        let quantity = presence.quantity.map(|q| &self.reading.quantities[q]);
        Presence {
            id,
            actor: presence.actor.map(|e| self.entity_id(e)),
            place: presence.place.map(|p| self.place_id(p)),
            what: self.text(presence.what),
            value: quantity.and_then(|q| q.value).map(Number),
            low: quantity.and_then(|q| q.low).map(Number),
            high: quantity.and_then(|q| q.high).map(Number),
            since: presence.since.and_then(|t| since(&self.reading.times[t])),
            span: self.span(cover(&presence.evidence)),
        }
    }
}

/// The date at the grain of its expression ("since 2014" is "2014"), else its first day.
fn since(time: &TimeRef) -> Option<String> {
    let whole = time.value.parse::<PartialDate>().ok().map(|d| d.to_string());
    whole.or_else(|| time.begin().map(|m| m.date.to_string()))
}
