//! Who, when, where and how many.

use dragoman_codebook::{Counted, Country, Sector, Standing};
use dragoman_doc::{ActorCode, Anchor, EntityId, Moment, PlaceId, StatementId, TimeId, Zone};

use crate::record::{Actor, Candidate, Entity, Id, Identity, Mention, Place, Quantity, Relative, Role, Spot, Time};
use crate::{Number, Scribe};

/// An ISO date, with the clock time where one is given.
pub(crate) fn iso(moment: Moment) -> String {
    let zone = moment.zone.map(zone).unwrap_or_default();
    moment.time.map_or_else(|| moment.date.to_string(), |time| format!("{}T{time}{zone}", moment.date))
}

/// A time zone as ISO 8601 has it.
fn zone(Zone(minutes): Zone) -> String {
    let (sign, distance) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    if minutes == 0 { "Z".to_owned() } else { format!("{sign}{:02}:{:02}", distance / 60, distance % 60) }
}

/// Ids of rows that other rows point to.
impl Scribe<'_> {
    pub(crate) fn entity_id(&self, id: EntityId) -> Id {
        self.ids.entities[id].clone()
    }

    pub(crate) fn time_id(&self, id: TimeId) -> Id {
        self.ids.times[id].clone()
    }

    pub(crate) fn place_id(&self, id: PlaceId) -> Id {
        self.ids.places[id].clone()
    }

    pub(crate) fn statement_ids(&self, ids: &[StatementId]) -> Vec<Id> {
        ids.iter().map(|s| self.ids.statements[*s].clone()).collect()
    }
}

impl<'r> Scribe<'r> {
    pub(crate) fn entities(&self) -> Vec<Entity<'r>> {
        self.reading.entities.iter_ids().map(|(id, e)| self.entity(self.entity_id(id), e)).collect()
    }

    fn entity(&self, id: Id, entity: &'r dragoman_doc::Entity) -> Entity<'r> {
        Entity {
            id,
            name: &entity.name,
            kind: entity.kind.word(),
            actor: entity.actor.best().map(|code| actor(code, entity.cameo.as_deref())),
            role: entity.role.as_ref().map(|role| Role {
                title: role.title.as_deref(),
                of: role.of.map(|e| self.entity_id(e)),
                speaks_for: role.speaks_for.map(|e| self.entity_id(e)),
                standing: role.standing.map(Standing::word),
            }),
            identity: entity.identity.as_ref().map(|i| Identity { key: &i.key, basis: i.basis.word(), wikidata: i.wikidata.as_deref() }),
            member_of: entity.member_of.map(|e| self.entity_id(e)),
            members: entity.members.iter().map(|e| self.entity_id(*e)).collect(),
            mentions: entity.mentions.iter().map(|m| self.mention(&self.reading.mentions[*m])).collect(),
        }
    }

    fn mention(&self, mention: &dragoman_doc::Mention) -> Mention<'r> {
        Mention { span: self.span(mention.span), text: self.text(mention.span), form: mention.form.word() }
    }

    pub(crate) fn times(&self) -> Vec<Time<'r>> {
        self.reading.times.iter_ids().map(|(id, t)| self.time(self.time_id(id), t)).collect()
    }

    fn time(&self, id: Id, time: &'r dragoman_doc::TimeRef) -> Time<'r> {
        Time {
            id,
            span: self.span(time.span),
            text: self.text(time.span),
            kind: time.kind.word(),
            value: &time.value,
            modifier: time.modifier.map(dragoman_codebook::TimeMod::word),
            begin: time.begin().map(iso),
            end: time.end().map(iso),
            grain: time.interval.map(|i| i.grain.word()),
            approximate: time.interval.is_some_and(|i| i.approximate),
            earliest: time.bounds.0.map(|d| d.to_string()),
            latest: time.bounds.1.map(|d| d.to_string()),
            until: time.until.map(|other| self.time_id(other)),
            anchor: time.anchor.map(|anchor| match anchor {
                Anchor::Publication => "publication".to_owned(),
                Anchor::Time(other) => self.time_id(other),
            }),
            rule: time.reason.rule.as_str(),
        }
    }

    pub(crate) fn places(&self) -> Vec<Place<'r>> {
        self.reading.places.iter_ids().map(|(id, p)| self.place(self.place_id(id), p)).collect()
    }

    fn place(&self, id: Id, place: &'r dragoman_doc::PlaceRef) -> Place<'r> {
        let best = place.place.best();
        let candidate = |p: &'r dragoman_doc::Place| Candidate { spot: spot(p), confidence: p.score.share() };
        Place {
            id,
            span: self.span(place.span),
            text: self.text(place.span),
            spot: best.map(spot).unwrap_or_default(),
            r#use: if place.locative { "location" } else { "mention" },
            relative: place.relative.as_ref().map(|r| self.relative(r)),
            alternatives: place.place.others().iter().map(candidate).collect(),
            confidence: best.map(|p| p.score.share()),
        }
    }

    fn relative(&self, told: &dragoman_doc::Relative) -> Relative<'r> {
        Relative {
            span: self.span(told.span),
            text: self.text(told.span),
            bearing: told.bearing,
            kilometres: told.kilometres.map(|km| rounded(km, TENTHS)),
            between: told.other.map(|id| self.place_id(id)),
            latitude: rounded(told.latitude, METRES),
            longitude: rounded(told.longitude, METRES),
            precision: told.precision.word(),
        }
    }

    pub(crate) fn quantities(&self) -> Vec<Quantity<'r>> {
        self.reading.quantities.iter_ids().map(|(id, q)| self.quantity(self.ids.quantities[id].clone(), q)).collect()
    }

    fn quantity(&self, id: Id, quantity: &'r dragoman_doc::Quantity) -> Quantity<'r> {
        Quantity {
            id,
            span: self.span(quantity.span),
            text: self.text(quantity.span),
            value: quantity.value.map(Number),
            low: quantity.low.map(Number),
            high: quantity.high.map(Number),
            comparison: quantity.comparison.word(),
            unit: quantity.unit.as_deref(),
            of: quantity.of.map(Counted::word),
            superseded_by: quantity.superseded_by.map(|q| self.ids.quantities[q].clone()),
        }
    }
}

/// Kilometres are written in tenths.
const TENTHS: f64 = 10.0;
/// Degrees that were computed are written in hundred-thousandths, about a metre.
const METRES: f64 = 100_000.0;

fn rounded(value: f64, grain: f64) -> f64 {
    (value * grain).round() / grain
}

fn actor<'r>(code: &'r ActorCode, cameo: Option<&'r str>) -> Actor<'r> {
    Actor {
        country: code.country.as_ref().map(Country::code),
        sector: code.sector.map(Sector::word),
        sectors: code.sectors.iter().map(|s| s.word()).collect(),
        code: code.code(),
        label: code.label.as_deref(),
        basis: code.basis.word(),
        cameo,
    }
}

fn spot(place: &dragoman_doc::Place) -> Spot<'_> {
    Spot {
        name: Some(&place.name),
        country: place.country.as_ref().map(Country::code),
        admin1: place.admin1.as_deref(),
        latitude: Some(place.latitude),
        longitude: Some(place.longitude),
        geonames_id: place.geonames_id,
        feature: Some(&place.feature),
        precision: Some(place.precision.word()),
    }
}
