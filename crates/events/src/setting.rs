//! When and where an event is, and which numbers belong to it.

use dragoman_annotate::Ancestry;
use dragoman_codebook::{Counted, EventType, Precision, TimeType};
use dragoman_doc::{EventTime, Place, PlaceId, PlaceRef, QuantityId, TimeBasis, TimeId, TimeRef};
use dragoman_span::{Id, Span};

use crate::Scene;
use crate::candidates::{Candidate, position};

/// The time expression that belongs to an event: nearest in its own part of the sentence, inside or outside a statement as it is.
pub(crate) fn time(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Option<EventTime> {
    let sentence = scene.layers.tokens.sentences[candidate.sentence].span;
    let dated = |t: &TimeRef| t.begin().is_some() && matches!(t.kind, TimeType::Date | TimeType::Time);
    let ends_range = |id: TimeId| scene.layers.times.iter().any(|t| t.until == Some(id));
    let here = |(id, t): &(TimeId, &TimeRef)| sentence.contains(t.span) && dated(t) && !ends_range(*id);
    let in_sentence: Vec<(TimeId, &TimeRef)> = scene.layers.times.iter_ids().filter(here).collect();
    // By syntax: one that hangs on the event's own words; else by proximity.
    let tree = Ancestry::new(scene.layers.syntax, scene.layers.tokens);
    let carriers: Vec<usize> = candidate.carriers.iter().map(|c| position(scene, *c)).collect();
    let hangs = |t: &TimeRef| tree.and_then(|tree| tree.steps_to(t.span, &carriers));
    let near = |t: &TimeRef| hangs(t).map_or((usize::MAX, distance(scene, candidate, t.span)), |steps| (steps, 0));
    let same_side = |t: &TimeRef| scene.statements_around(t.span) == scene.statements_around(candidate.anchor);
    let (id, found) = in_sentence.iter().filter(|(_, t)| same_side(t)).min_by_key(|(_, t)| near(t)).copied()?;
    // "from Monday to Wednesday": up to the end of the range.
    let end = found.until.map_or(found, |id| &scene.layers.times[id]).end();
    let clause = hangs(found).is_some() || breaks_between(scene, candidate, found.span) == 0;
    Some(EventTime { begin: found.begin(), end, basis: if clause { TimeBasis::Expression(id) } else { TimeBasis::Sentence(id) } })
}

/// Words between an event and a span; another verb between counts as many words, since it starts a clause of its own.
fn distance(scene: &Scene<'_>, candidate: &Candidate<'_>, span: Span) -> usize {
    const CLAUSE: usize = 12;
    let range = scene.layers.tokens.within(span);
    let at = position(scene, candidate.carriers[0]);
    let words = if range.start > at { range.start - at } else { at.saturating_sub(range.end) };
    words + CLAUSE * breaks_between(scene, candidate, span)
}

fn breaks_between(scene: &Scene<'_>, candidate: &Candidate<'_>, span: Span) -> usize {
    let range = scene.layers.tokens.within(span);
    let at = position(scene, candidate.carriers[0]);
    let (from, to) = if range.start > at { (at + 1, range.start) } else { (range.end, at) };
    let carriers: Vec<usize> = candidate.carriers.iter().map(|c| position(scene, *c)).collect();
    scene
        .grammar
        .verbs_in(candidate.sentence)
        .filter(|(_, v)| (from..to).contains(&v.head.index()) && !carriers.contains(&v.head.index()))
        .count()
}

/// The place mention nearest to the event in its sentence that no entity speaks or acts through.
pub(crate) fn place(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Option<PlaceId> {
    let sentence = scene.layers.tokens.sentences[candidate.sentence].span;
    let same_side = |span: Span| scene.statements_around(span) == scene.statements_around(candidate.anchor);
    let here = || scene.layers.places.iter_ids().filter(|(_, p)| p.locative && sentence.contains(p.span) && same_side(p.span));
    // A place that is known before one that is not: "the village of X in Y" is in Y.
    let (id, nearest) = here().min_by_key(|(_, p)| (p.place.best().is_none(), distance(scene, candidate, p.span), p.span))?;
    let finer = here().filter(|(_, p)| lies_within(scene, p, nearest)).map(|(id, _)| id).next();
    Some(finer.unwrap_or(id))
}

/// Most words between a place and the country named beside it: "Myanmar's Sagaing region", "Kunming, in southern China".
const MAX_BESIDE: usize = 4;

/// A place beside the name of its country.
fn lies_within(scene: &Scene<'_>, place: &PlaceRef, country: &PlaceRef) -> bool {
    let (Some(inner), Some(outer)) = (place.place.best(), country.place.best()) else { return false };
    let wide = |p: &Place| matches!(p.precision, Precision::Country | Precision::Region);
    let (first, second) = if place.span < country.span { (place.span, country.span) } else { (country.span, place.span) };
    let between = || scene.layers.tokens.within(Span::new(first.end(), second.start())).len();
    wide(outer)
        && !wide(inner)
        && inner.country.is_some()
        && inner.country == outer.country
        && first.end() <= second.start()
        && between() <= MAX_BESIDE
}

/// The quantities of an event: tolls and detentions of its clause, numbers of those who take part.
pub(crate) fn quantities(scene: &Scene<'_>, candidate: &Candidate<'_>) -> Vec<QuantityId> {
    let sentence = scene.layers.tokens.sentences[candidate.sentence].span;
    let toll = |of: Option<Counted>| match candidate.rule.kind {
        EventType::Assault => matches!(of, Some(Counted::Killed | Counted::Wounded | Counted::Missing)),
        EventType::Coerce => matches!(of, Some(Counted::Detained)),
        EventType::Retreat => matches!(of, Some(Counted::Soldiers | Counted::People | Counted::Fighters)),
        EventType::Aid => matches!(of, Some(Counted::Aid | Counted::Money | Counted::People)),
        EventType::Mobilize => {
            matches!(of, Some(Counted::Soldiers | Counted::Vehicles | Counted::Ships | Counted::Aircraft | Counted::Police))
        }
        EventType::Protest => matches!(of, Some(Counted::Protesters | Counted::People)),
        _ => false,
    };
    scene
        .layers
        .quantities
        .iter_ids()
        .filter(|(_, q)| sentence.contains(q.span) && toll(q.of) && q.superseded_by.is_none())
        .map(|(id, _)| id)
        .collect()
}
