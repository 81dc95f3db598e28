//! Who said what, and who did what to whom.

use dragoman_codebook::Cameo;
use dragoman_doc::{Evidence, Reason};
use dragoman_span::Span;

use crate::Scribe;
use crate::matter::iso;
use crate::record::{Codepoints, Cue, Event, EventTime, Id, Participant, Speaker, Statement, Why};

/// All of the evidence and what lies between.
pub(crate) fn cover(evidence: &Evidence) -> Span {
    evidence.spans().fold(evidence.first(), Span::cover)
}

impl<'r> Scribe<'r> {
    pub(crate) fn spans(&self, evidence: &Evidence) -> Vec<Codepoints> {
        evidence.spans().map(|s| self.span(s)).collect()
    }

    /// The spans of words that are split; of others `span` says all.
    fn split(&self, evidence: &Evidence) -> Option<Vec<Codepoints>> {
        let spans = self.spans(evidence);
        (spans.len() > 1).then_some(spans)
    }

    pub(crate) fn statements(&self) -> Vec<Statement<'r>> {
        self.reading.statements.iter_ids().map(|(id, s)| self.statement(self.ids.statements[id].clone(), s)).collect()
    }

    fn statement(&self, id: Id, statement: &dragoman_doc::Statement) -> Statement<'r> {
        Statement {
            id,
            speaker: statement.speaker.as_ref().map(|s| self.speaker(s)),
            cue: statement.cue.as_ref().map(|c| self.cue(c)),
            content: statement.content.spans().map(|s| self.quoted(s)).collect(),
            manner: statement.manner.word(),
            addressee: statement.addressee.map(|e| self.entity_id(e)),
            time: statement.time.map(|t| self.time_id(t)),
            place: statement.place.map(|p| self.place_id(p)),
            within: statement.within.map(|s| self.ids.statements[s].clone()),
        }
    }

    fn speaker(&self, speaker: &dragoman_doc::Speaker) -> Speaker<'r> {
        let all = cover(&speaker.evidence);
        let entity = speaker.entity.map(|e| self.entity_id(e));
        Speaker { entity, text: self.text(all), span: self.span(all), spans: self.split(&speaker.evidence) }
    }

    fn cue(&self, cue: &dragoman_doc::Cue) -> Cue<'r> {
        let all = cover(&cue.evidence);
        Cue { text: self.text(all), span: self.span(all), spans: self.split(&cue.evidence), stance: cue.stance.word() }
    }

    pub(crate) fn events(&self) -> Vec<Event<'r>> {
        self.reading.events.iter_ids().map(|(id, e)| self.event(self.ids.events[id].clone(), e)).collect()
    }

    fn event(&self, id: Id, event: &'r dragoman_doc::Event) -> Event<'r> {
        Event {
            id,
            report: self.ids.report.clone(),
            kind: event.kind.word(),
            modes: event.modes.iter().map(|m| m.word()).collect(),
            contexts: event.contexts.iter().map(|c| c.word()).collect(),
            cameo: event.cameo.as_ref().map(Cameo::as_str),
            quad: event.kind.quad().number(),
            anchor: self.quoted(event.anchor),
            actors: self.participants(&event.actors),
            recipients: self.participants(&event.recipients),
            time: event.time.map(|t| self.event_time(t)),
            place: event.place.map(|p| self.place_id(p)),
            phase: event.phase.word(),
            assertion: event.assertion.word(),
            background: event.background,
            according_to: self.statement_ids(&event.according_to),
            denied_by: self.statement_ids(&event.denied_by),
            quantities: event.quantities.iter().map(|q| self.ids.quantities[*q].clone()).collect(),
            evidence: self.spans(&event.evidence),
            why: event.reasons.iter().map(why).collect(),
            confidence: event.score.share(),
        }
    }

    fn participants(&self, participants: &[dragoman_doc::Participant]) -> Vec<Participant<'r>> {
        participants
            .iter()
            .map(|p| Participant {
                entity: p.entity.map(|e| self.entity_id(e)),
                text: self.text(p.span),
                span: self.span(p.span),
                code: p.entity.and_then(|e| self.reading.entities[e].actor.best()?.code()),
            })
            .collect()
    }

    pub(crate) fn event_time(&self, time: dragoman_doc::EventTime) -> EventTime {
        let (dragoman_doc::TimeBasis::Expression(basis) | dragoman_doc::TimeBasis::Sentence(basis)) = time.basis;
        EventTime { begin: time.begin.map(iso), end: time.end.map(iso), basis: self.time_id(basis) }
    }
}

fn why(reason: &Reason) -> Why<'_> {
    Why { rule: reason.rule.as_str(), detail: &reason.detail, score: reason.score.share() }
}
