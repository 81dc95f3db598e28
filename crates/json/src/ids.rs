use std::collections::{BTreeMap, BTreeSet};

use dragoman_doc::{EntityId, EventId, IncidentId, PlaceId, PresenceId, ProcessId, QuantityId, StatementId, TimeId};
use dragoman_engine::Reading;
use dragoman_span::{IndexVec, Span};

/// The written ids of a reading's rows: content hashes, the same wherever and whenever the report is read.
///
/// A report's id is `r` and 16 hexadecimal digits, a row's is the letter of its kind and 12. A row is hashed from its report, its kind and
/// its words, so that it keeps its id when other rows come or go. An entity with an identity is hashed from that alone: it has one id in all
/// reports.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field holds the ids of the layer of its name")]
pub struct Ids {
    pub report: String,
    pub entities: IndexVec<EntityId, String>,
    pub times: IndexVec<TimeId, String>,
    pub places: IndexVec<PlaceId, String>,
    pub quantities: IndexVec<QuantityId, String>,
    pub statements: IndexVec<StatementId, String>,
    pub events: IndexVec<EventId, String>,
    pub processes: IndexVec<ProcessId, String>,
    pub incidents: IndexVec<IncidentId, String>,
    pub presence: IndexVec<PresenceId, String>,
}

const REPORT_DIGITS: usize = 16;
const ROW_DIGITS: usize = 12;

impl Ids {
    /// The ids of all rows.
    pub fn new(reading: &Reading) -> Self {
        let report = format!("r{}", &reading.document.digest().to_hex()[..REPORT_DIGITS]);
        let mut mint = Mint { report: &report, seen: BTreeMap::new(), identities: BTreeSet::new() };
        let first_mention = |e: &dragoman_doc::Entity| e.mentions.first().map(|m| reading.mentions[*m].span).into_iter().collect();
        let anchors = |i: &dragoman_doc::Incident| i.events.iter().map(|e| reading.events[*e].anchor).collect();
        Self {
            entities: reading.entities.iter().map(|e| mint.entity(e, first_mention(e))).collect(),
            times: reading.times.iter().map(|t| mint.id('t', vec![t.span])).collect(),
            places: reading.places.iter().map(|p| mint.id('p', vec![p.span])).collect(),
            quantities: reading.quantities.iter().map(|q| mint.id('q', vec![q.span])).collect(),
            statements: reading.statements.iter().map(|s| mint.id('s', s.content.spans().collect())).collect(),
            events: reading.events.iter().map(|e| mint.id('v', vec![e.anchor])).collect(),
            processes: reading.processes.iter().map(|p| mint.id('c', vec![p.subject])).collect(),
            incidents: reading.incidents.iter().map(|i| mint.id('i', anchors(i))).collect(),
            presence: reading.presence.iter().map(|p| mint.id('n', p.evidence.spans().collect())).collect(),
            report,
        }
    }
}

/// Makes the ids of one report's rows.
struct Mint<'r> {
    report: &'r str,
    seen: BTreeMap<(char, Vec<Span>), u32>,
    identities: BTreeSet<String>,
}

impl Mint<'_> {
    /// An entity that is the same in every report has the same id in every report; of two with one identity in one report the second has
    /// an id of its own.
    fn entity(&mut self, entity: &dragoman_doc::Entity, spans: Vec<Span>) -> String {
        let key = entity.identity.as_ref().map(|i| i.key.as_str()).filter(|key| self.identities.insert((*key).to_owned()));
        key.map_or_else(
            || self.id('e', spans),
            |key| format!("e{}", &blake3::hash(format!("identity\n{key}").as_bytes()).to_hex()[..ROW_DIGITS]),
        )
    }

    /// Rows of one kind over the same words are told apart by their order.
    fn id(&mut self, kind: char, spans: Vec<Span>) -> String {
        let mut hash = blake3::Hasher::new();
        hash.update(self.report.as_bytes());
        hash.update(&[kind as u8]);
        for span in &spans {
            hash.update(&(span.start() as u64).to_le_bytes());
            hash.update(&(span.end() as u64).to_le_bytes());
        }
        let equals = self.seen.entry((kind, spans)).or_default();
        hash.update(&equals.to_le_bytes());
        *equals += 1;
        format!("{kind}{}", &hash.finalize().to_hex()[..ROW_DIGITS])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_over_the_same_words_differ_and_keep_their_ids() {
        let ids = |spans: &[(usize, usize)]| -> Vec<String> {
            let mut mint = Mint { report: "r0", seen: BTreeMap::new(), identities: BTreeSet::new() };
            spans.iter().map(|(a, b)| mint.id('v', vec![Span::new(*a, *b)])).collect()
        };
        let all = ids(&[(0, 4), (0, 4), (5, 9)]);
        assert_ne!(all[0], all[1]);
        assert_eq!(ids(&[(5, 9)])[0], all[2], "a row keeps its id when others go");
        assert!(all[0].len() == 13 && all[0].starts_with('v'));
    }
}
