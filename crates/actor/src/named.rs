//! Names that the reading model found: where exactly a mention's name stands, and names that no table and no rule took up.

use std::collections::BTreeMap;

use dragoman_codebook::{CodeBasis, Country, EntityKind, MentionForm, Sector};
use dragoman_doc::{ActorCode, Entity, EntityId, Mention, Name, NameKind, Reason, Resolved, RuleId, WhyNot};
use dragoman_lexicon::Named;
use dragoman_span::{Id, IndexVec, Span};

use crate::Scene;
use crate::join::Pending;

/// The key of a listed body.
pub(crate) fn body_key(name: &str) -> String {
    format!("body:{name}")
}

/// The key of a country.
pub(crate) fn state_key(country: Country) -> String {
    format!("state:{country}")
}

const RULE: &str = "reader:name";

/// The kind of entity that a name of this kind names; none for what belongs to another mention (titles, demonyms).
pub(crate) fn kind_of(name: NameKind) -> Option<EntityKind> {
    match name {
        NameKind::Person => Some(EntityKind::Person),
        NameKind::Organization | NameKind::Unit => Some(EntityKind::Organization),
        NameKind::Place => Some(EntityKind::Place),
        NameKind::Operation | NameKind::Other => Some(EntityKind::Other),
        NameKind::Nationality | NameKind::Role => None,
    }
}

/// A mention as it goes into the record. A name is narrowed to its own words, without title and article; where the model sees no name
/// the mention is a description ("the Iraqi army").
pub(crate) fn mention(scene: &Scene<'_>, pending: &Pending, entity: EntityId, kind: EntityKind) -> Mention {
    let text = scene.grammar.words.text;
    let (span, form) = match pending.form {
        MentionForm::Name if !scene.syntax.words.is_empty() => match own_name(scene, pending, kind) {
            Some(name) => (name.at.span(scene.grammar.words.tokens), MentionForm::Name),
            None => (pending.span, MentionForm::Nominal),
        },
        form => (pending.span, form),
    };
    let reason = Reason { rule: RuleId::new(pending.rule), detail: span.of(text).to_owned(), score: pending.score };
    Mention { span, form, entity, acts: true, reason }
}

/// The name that a mention is built on: the one at its head, else the last within it that can name such an entity. "Bush" does not name
/// the Bush administration, nor "US" the US army.
fn own_name<'s>(scene: &'s Scene<'_>, pending: &Pending, kind: EntityKind) -> Option<&'s Name> {
    let tokens = scene.grammar.words.tokens;
    let head = scene.grammar.chunk(pending.chunk).head;
    let no_title = |n: &&Name| n.kind != NameKind::Role;
    let within = |n: &&Name| pending.span.contains(n.at.span(tokens));
    let at_head = scene.syntax.name_at(head).filter(no_title);
    at_head.or_else(|| {
        let next = scene.syntax.names.partition_point(|n| tokens.tokens[n.at.first].span.start() < pending.span.end());
        scene.syntax.names[..next]
            .iter()
            .rev()
            .take_while(|n| n.at.span(tokens).end() > pending.span.start())
            .filter(no_title)
            .find(|n| within(n) && names(n.kind, kind))
    })
}

/// Whether a name of this kind can name such an entity.
fn names(name: NameKind, kind: EntityKind) -> bool {
    match kind {
        EntityKind::State | EntityKind::Place => name == NameKind::Place,
        EntityKind::Group => kind_of(name) == Some(EntityKind::Organization),
        kind => kind_of(name) == Some(kind),
    }
}

/// Adds the names that no mention has yet: to the entity of that name, or as entities of their own.
pub(crate) fn further(
    scene: &Scene<'_>,
    acronyms: &BTreeMap<String, usize>,
    entities: &mut IndexVec<EntityId, Entity>,
    mentions: &mut Vec<Mention>,
) {
    let text = scene.grammar.words.text;
    // What a rule has read as a description ("Rakhine rebels") is no further name.
    let mut taken: Vec<Span> = mentions.iter().map(|m| m.span).collect();
    taken.sort();
    for name in &scene.syntax.names {
        let span = whole_name(scene, name);
        let crosses = crate::phrase::crosses_dateline(scene, &(name.at.first.index()..name.at.last.index() + 1));
        let Some(kind) = kind_of(name.kind).filter(|_| !crosses && taken.binary_search(&span).is_err()) else { continue };
        let kind = if is_agency(scene, name) { EntityKind::Organization } else { kind };
        let (kind, written, code, key) = listed(scene, name).unwrap_or_else(|| (kind, span.of(text).to_owned(), None, None));
        let same = |e: &Entity| e.kind == kind && (e.name == written || (kind == EntityKind::Person && is_last_name(&e.name, &written)));
        let own = acronyms.get(span.of(text)).map(|e| EntityId::from_index(*e));
        let entity = own.or_else(|| entities.iter_ids().find(|(_, e)| same(e)).map(|(id, _)| id));
        let entity = entity.unwrap_or_else(|| {
            let cameo = code.as_ref().and_then(|c| c.cameo(scene.tables.actors.cameo(c.label.as_deref())));
            let actor = code.map_or(Resolved::Unknown(WhyNot::NotListed), Resolved::One);
            let identity = crate::identity::of(scene, &written, kind, key.as_deref());
            entities.push(Entity {
                identity,
                name: written,
                kind,
                actor,
                cameo,
                role: None,
                member_of: None,
                members: Vec::new(),
                mentions: Vec::new(),
            })
        });
        let reason = Reason { rule: RuleId::new(RULE), detail: span.of(text).to_owned(), score: name.score };
        let acts = matches!(kind, EntityKind::Person | EntityKind::Organization);
        mentions.push(Mention { span, form: MentionForm::Name, entity, acts, reason });
    }
}

/// The words of a name, of a known body's up to the last one with a capital: "accused the Interior Ministry of silence".
fn whole_name(scene: &Scene<'_>, name: &Name) -> Span {
    let tokens = name.at.first.index()..name.at.last.index() + 1;
    let proper = |i: &usize| scene.grammar.words.form(*i).contains(|c: char| c.is_uppercase() || c.is_numeric());
    let end = tokens.clone().rev().find(proper).map_or(tokens.end, |last| last + 1);
    // Only what the tables know to end there: other names do end in small letters.
    let known = scene.spots.noun_over(end - 1).is_some_and(|(r, _)| r.end == end)
        || scene.spots.name_over(end - 1).is_some_and(|(r, _)| r.end == end);
    scene.span_of(&(tokens.start..if known { end } else { tokens.end }))
}

/// "OSLO (Meridian) -": in the brackets of a dateline stands the agency.
fn is_agency(scene: &Scene<'_>, name: &Name) -> bool {
    let tokens = scene.grammar.words.tokens;
    let span = name.at.span(tokens);
    let paragraph = tokens.sentences[tokens.tokens[name.at.first].sentence].paragraph;
    let dateline = tokens.paragraphs[paragraph].dateline.filter(|d| d.contains(span));
    dateline.is_some_and(|d| Span::new(d.start(), span.start()).of(scene.grammar.words.text).trim_end().ends_with('('))
}

fn is_last_name(full: &str, last: &str) -> bool {
    full.strip_suffix(last).is_some_and(|rest| rest.ends_with(' '))
}

/// What the tables know of a name, with its key: a body, or a country (as a place, since no rule read it as an actor).
fn listed(scene: &Scene<'_>, name: &Name) -> Option<(EntityKind, String, Option<ActorCode>, Option<String>)> {
    let tables = scene.tables.actors;
    let (range, named) = scene.spots.name_over(name.at.last.index())?;
    if range != (name.at.first.index()..name.at.last.index() + 1) {
        return None;
    }
    match (named, name.kind) {
        (Named::Organization(i), NameKind::Organization | NameKind::Unit) => {
            let body = tables.organization(i);
            let code = ActorCode {
                country: body.country,
                sector: body.sector,
                sectors: body.sectors.clone(),
                label: body.label.clone(),
                basis: CodeBasis::Stated,
            };
            Some((body.kind, body.name.clone(), Some(code), Some(body_key(&body.name))))
        }
        (Named::Country(i), NameKind::Place) => {
            let facts = tables.country(i);
            let code = ActorCode {
                country: Some(facts.country),
                sector: Some(Sector::Gov),
                sectors: Vec::new(),
                label: None,
                basis: CodeBasis::Stated,
            };
            Some((EntityKind::State, facts.name.clone(), Some(code), Some(state_key(facts.country))))
        }
        _ => None,
    }
}
