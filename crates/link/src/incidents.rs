//! Incidents: events that tell of one happening, and who tells it how.

use dragoman_codebook::{Assertion, Counted, EventType, Phase};
use dragoman_doc::{Account, Claim, ClaimSlot, ClaimValue, EntityId, Event, EventId, Incident, Place, PlaceId, StatementId, Upos};
use dragoman_lexicon::Head;
use dragoman_span::{Id, Span};

use crate::Scene;

/// Two tellings may place one happening this far apart, in degrees of latitude.
const MAX_DEGREES: f64 = 0.6;
/// And this far where one of them names only a province.
const MAX_DEGREES_ADMIN: f64 = 1.5;

pub(crate) fn find(scene: &Scene<'_>) -> Vec<Incident> {
    let mut groups: Vec<Vec<EventId>> = Vec::new();
    for (id, event) in scene.layers.events.iter_ids().filter(|(_, e)| is_told(e)) {
        match groups
            .iter_mut()
            .rev()
            .find(|g| g.iter().all(|other| compatible(scene, *other, event)) && g.iter().any(|o| linked(scene, *o, id)))
        {
            Some(group) => group.push(id),
            None => groups.push(vec![id]),
        }
    }
    groups.into_iter().map(|g| incident(scene, g)).collect()
}

/// Force that was used, or is said or denied to have been used.
fn is_told(event: &Event) -> bool {
    let real = matches!(event.phase, Phase::Occurred | Phase::Ongoing | Phase::Attempted | Phase::Completed);
    event.kind == EventType::Assault && real && !matches!(event.assertion, Assertion::Hypothetical)
}

fn compatible(scene: &Scene<'_>, other: EventId, event: &Event) -> bool {
    let other = &scene.layers.events[other];
    times_meet(other, event) && places_meet(scene, other.place, event.place) != Some(false) && other.background == event.background
}

fn times_meet(a: &Event, b: &Event) -> bool {
    let range = |e: &Event| e.time.and_then(|t| Some((t.begin?.date, t.end.or(t.begin)?.date)));
    match (range(a), range(b)) {
        (Some((a0, a1)), Some((b0, b1))) => a0 <= b1 && b0 <= a1,
        _ => true,
    }
}

/// Whether two mentions are of places that can be one; `None` where one of them is not known.
fn places_meet(scene: &Scene<'_>, a: Option<PlaceId>, b: Option<PlaceId>) -> Option<bool> {
    let place = |id: PlaceId| scene.layers.places[id].place.best();
    let (a_ref, b_ref) = (a?, b?);
    if words(scene, a_ref) == words(scene, b_ref) {
        return Some(true);
    }
    let (a, b) = (place(a_ref)?, place(b_ref)?);
    Some(near(a, b))
}

fn words<'a>(scene: &Scene<'a>, id: PlaceId) -> &'a str {
    scene.layers.places[id].span.of(scene.text())
}

fn near(a: &Place, b: &Place) -> bool {
    use dragoman_codebook::Precision;
    if a.name == b.name && a.country == b.country {
        return true;
    }
    let wide = |p: &Place| matches!(p.precision, Precision::Country | Precision::Region);
    if wide(a) || wide(b) {
        return a.country.is_some() && a.country == b.country;
    }
    let admin = a.precision == Precision::Admin || b.precision == Precision::Admin;
    let limit = if admin { MAX_DEGREES_ADMIN } else { MAX_DEGREES };
    (a.latitude - b.latitude).abs() <= limit && (a.longitude - b.longitude).abs() <= limit
}

/// Something ties the two beyond not contradicting each other: one place, the sentence next to it, or a word that points back.
fn linked(scene: &Scene<'_>, earlier: EventId, later: EventId) -> bool {
    let (a, b) = (&scene.layers.events[earlier], &scene.layers.events[later]);
    if places_meet(scene, a.place, b.place) == Some(true) {
        return true;
    }
    let sentence = |e: &Event| scene.layers.tokens.sentence_at(e.anchor.start()).map_or(0, Id::index);
    let apart = sentence(b).saturating_sub(sentence(a));
    let unplaced = a.place.is_none() || b.place.is_none();
    unplaced && (apart <= 1 || points_back(scene, b))
}

/// "the strike", "the attack": a definite noun without a place of its own.
fn points_back(scene: &Scene<'_>, event: &Event) -> bool {
    let first = scene.layers.tokens.within(event.anchor).start;
    let before = first.checked_sub(1).filter(|i| scene.grammar.words.upos(*i) == Upos::Det);
    before.is_some_and(|i| scene.grammar.words.lemma(i) == "the" || scene.grammar.words.lemma(i) == "this")
}

fn incident(scene: &Scene<'_>, events: Vec<EventId>) -> Incident {
    let all: Vec<&Event> = events.iter().map(|e| &scene.layers.events[*e]).collect();
    let accounts = accounts(scene, &events);
    let (agreed, disputed) = compare(scene, &accounts);
    Incident {
        kind: all[0].kind,
        place: all.iter().find_map(|e| e.place),
        time: all.iter().find_map(|e| e.time),
        events,
        accounts,
        agreed,
        disputed,
    }
}

/// One account for each source, in the order of the text; what the report says in its own voice is an account without a source.
fn accounts(scene: &Scene<'_>, events: &[EventId]) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for id in events {
        let event = &scene.layers.events[*id];
        let statements: Vec<StatementId> = event.according_to.iter().chain(&event.denied_by).copied().collect();
        let entity = statements.iter().find_map(|s| scene.layers.statements[*s].speaker.as_ref().and_then(|s| s.entity));
        let entity = entity.map(|e| principal(scene, e));
        let claims = claims(scene, event);
        match accounts.iter_mut().find(|a| a.entity == entity) {
            Some(account) => {
                account.statements.extend(statements);
                account.statements.sort();
                account.statements.dedup();
                for claim in claims {
                    if !account.claims.iter().any(|c| c.slot == claim.slot) {
                        account.claims.push(claim);
                    }
                }
                account.claims.sort_by_key(|c| (c.slot, c.span));
            }
            None => accounts.push(Account { entity, statements, claims }),
        }
    }
    accounts
}

/// A spokesman tells his principal's account.
fn principal(scene: &Scene<'_>, entity: EntityId) -> EntityId {
    scene.layers.entities[entity].role.as_ref().and_then(|r| r.speaks_for).unwrap_or(entity)
}

fn claims(scene: &Scene<'_>, event: &Event) -> Vec<Claim> {
    let text = scene.text();
    let mut claims = Vec::new();
    let mut words = |slot: ClaimSlot, span: Span, value: String| claims.push(Claim { slot, value: ClaimValue::Words(value), span });
    let name =
        |p: &dragoman_doc::Participant| p.entity.map_or_else(|| p.span.of(text).to_owned(), |e| scene.layers.entities[e].name.clone());
    if let Some(actor) = event.actors.first() {
        words(ClaimSlot::Agent, actor.span, name(actor));
    }
    if let Some(target) = event.recipients.first() {
        words(ClaimSlot::Target, target.span, name(target));
    }
    words(ClaimSlot::Type, event.anchor, event.kind.word().to_owned());
    if let Some(span) = intent(scene, event) {
        words(ClaimSlot::Intent, span, span.of(text).to_lowercase());
    }
    if let Some(mode) = event.modes.first() {
        words(ClaimSlot::Means, event.anchor, mode.word().to_owned());
    }
    if let Some(place) = event.place.map(|p| &scene.layers.places[p]) {
        let value = place.place.best().map_or_else(|| place.span.of(text).to_owned(), |p| p.name.clone());
        words(ClaimSlot::Place, place.span, value);
    }
    if let Some((time, begin)) = event.time.and_then(|t| Some((t.basis, t.begin?))) {
        let (dragoman_doc::TimeBasis::Expression(id) | dragoman_doc::TimeBasis::Sentence(id)) = time;
        words(ClaimSlot::Time, scene.layers.times[id].span, begin.date.to_string());
    }
    for id in &event.quantities {
        let quantity = &scene.layers.quantities[*id];
        let slot = match quantity.of {
            Some(Counted::Killed) => ClaimSlot::Killed,
            Some(Counted::Wounded) => ClaimSlot::Wounded,
            Some(Counted::Detained) => ClaimSlot::Detained,
            Some(Counted::Missing) => ClaimSlot::Missing,
            _ => continue,
        };
        let value = ClaimValue::Number { low: quantity.low, high: quantity.high, value: quantity.value };
        claims.push(Claim { slot, value, span: quantity.span });
    }
    claims.sort_by_key(|c| (c.slot, c.span));
    claims.dedup_by_key(|c| c.slot);
    claims
}

/// A word that judges the act, right before its noun: "a defensive strike", "a blatant attack".
fn intent(scene: &Scene<'_>, event: &Event) -> Option<Span> {
    let sentence = scene.layers.tokens.sentence_at(event.anchor.start())?;
    let judges = |i: usize| scene.rules.classes.meets(&Head::Class("intent".into()), &scene.grammar.words.lemma(i).to_lowercase());
    let evidence: Vec<Span> = event.evidence.spans().collect();
    let chunks = scene.grammar.chunks_in(sentence).filter(|(id, _)| evidence.iter().any(|e| e.overlaps(scene.grammar.chunk_span(*id))));
    chunks.flat_map(|(_, c)| c.tokens()).find(|i| judges(*i)).map(|i| scene.grammar.token_span(i))
}

/// Slots that at least two accounts fill: those that agree, and those that differ with each value.
fn compare(scene: &Scene<'_>, accounts: &[Account]) -> (Vec<Claim>, Vec<(ClaimSlot, Vec<Claim>)>) {
    let mut agreed = Vec::new();
    let mut disputed = Vec::new();
    let mut slots: Vec<ClaimSlot> = accounts.iter().flat_map(|a| a.claims.iter().map(|c| c.slot)).collect();
    slots.sort_unstable();
    slots.dedup();
    for slot in slots {
        let told: Vec<Claim> = accounts.iter().filter_map(|a| a.claims.iter().find(|c| c.slot == slot)).cloned().collect();
        if told.len() < 2 {
            continue;
        }
        if told.iter().all(|c| agree(scene, slot, &told[0], c)) {
            agreed.push(told[0].clone());
        } else {
            disputed.push((slot, told));
        }
    }
    (agreed, disputed)
}

fn agree(scene: &Scene<'_>, slot: ClaimSlot, a: &Claim, b: &Claim) -> bool {
    if slot == ClaimSlot::Place {
        let of = |c: &Claim| scene.layers.places.iter_ids().find(|(_, p)| p.span == c.span).map(|(id, _)| id);
        if places_meet(scene, of(a), of(b)) == Some(true) {
            return true;
        }
    }
    match (&a.value, &b.value) {
        (ClaimValue::Words(x), ClaimValue::Words(y)) => {
            let (x, y) = (x.to_lowercase(), y.to_lowercase());
            x == y || x.contains(&y) || y.contains(&x)
        }
        (ClaimValue::Number { low: a0, high: a1, .. }, ClaimValue::Number { low: b0, high: b1, .. }) => {
            a0.is_none_or(|l| b1.is_none_or(|h| l <= h)) && b0.is_none_or(|l| a1.is_none_or(|h| l <= h))
        }
        _ => false,
    }
}
