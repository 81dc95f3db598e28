use std::collections::BTreeMap;

use dragoman_annotate::Grammar;
use dragoman_codebook::Country;
use dragoman_doc::{Annotation, Document, Layer, Place, PlaceId, PlaceRef, Provenance, Reason, Resolved, RuleId, Score, Tokens, WhyNot};
use dragoman_span::IndexVec;

use crate::fold::Folded;
use crate::gazetteer::{Candidate, Gazetteer, Kind};
use crate::mentions::{self, Names};
use crate::ranking::{Focus, Hints, Rated, holds, rank};
use crate::unlisted;
use crate::usage::{Reading, Use, judge_all};

const MADE_BY: Provenance = Provenance { stage: "geo", version: 1 };
/// Places that a record gives beside the one chosen.
const MAX_ALTERNATIVES: usize = 5;
/// An alternative less likely than this is not given.
const MIN_CONFIDENCE: f64 = 0.02;
/// Most names that speak for others near them, which bounds the work on long reports.
const MAX_WITNESSES: usize = 40;
/// How much a named town counts for its country, beside a named country's 1.
const TOWN_SHARE: f64 = 0.5;
/// How far back a demonym that tells the country stands ("the Syrian city of").
const DEMONYM_REACH: usize = 5;
/// Confidence that a name without any hint is a place.
const LOOSE: Score = Score::from_parts(6_000);
/// Confidence that a name is a place where the words say so.
const FIRM: Score = Score::from_parts(9_000);

/// The places that a report names, in the order of the text. Names that stand for a government, a person or a body are left out.
pub fn resolve_places(document: &Document, tokens: &Tokens, annotation: &Annotation, gazetteer: &Gazetteer) -> Layer<PlaceId, PlaceRef> {
    let grammar = Grammar::new(document, tokens, annotation);
    let names = mentions::find(&grammar.words, gazetteer);
    let resolver = Resolver::new(&grammar, gazetteer, &names);
    let uses = judge_all(document, &grammar, gazetteer, &names, &resolver.readings);
    let mut places = resolver.places(&uses);
    places.extend(unlisted::find(&grammar, gazetteer, &names));
    places.sort_by_key(|p| p.span);
    Layer::new(places.into_iter().collect::<IndexVec<PlaceId, PlaceRef>>(), MADE_BY, Vec::new())
}

struct Resolver<'a> {
    grammar: &'a Grammar<'a>,
    gazetteer: &'a Gazetteer,
    names: &'a Names,
    readings: Vec<Reading>,
}

impl<'a> Resolver<'a> {
    fn new(grammar: &'a Grammar<'a>, gazetteer: &'a Gazetteer, names: &'a Names) -> Self {
        let mut known: BTreeMap<&str, Vec<Candidate>> = BTreeMap::new();
        for mention in &names.mentions {
            known.entry(&mention.folded).or_insert_with(|| by_prior(&gazetteer.candidates(&mention.folded)));
        }
        let mut readings: Vec<Reading> =
            names.mentions.iter().map(|m| Reading { candidates: known[m.folded.as_str()].clone(), container: None }).collect();
        let mut resolver = Self { grammar, gazetteer, names, readings: Vec::new() };
        for at in 1..readings.len() {
            if resolver.is_listing(at - 1)
                && readings[at].candidates.iter().any(|o| readings[at - 1].candidates.iter().any(|i| holds(o, i)))
            {
                readings[at - 1].container = Some(at);
            }
        }
        resolver.readings = readings;
        resolver
    }

    /// Whether only a comma, "in" or a bracket stands between this mention and the next.
    fn is_listing(&self, at: usize) -> bool {
        let words = &self.grammar.words;
        let gap = self.names.mentions[at].tokens.end..self.names.mentions[at + 1].tokens.start;
        gap.len() == 1
            && words.sentence(gap.start) == words.sentence(gap.end)
            && matches!(words.form(gap.start), "," | "(" | "in")
            && words.sentence(self.names.mentions[at].tokens.start) == words.sentence(gap.start)
    }

    fn places(&self, uses: &[Option<Use>]) -> Vec<PlaceRef> {
        let hints: Vec<Hints> = uses.iter().enumerate().map(|(at, u)| u.as_ref().map(|u| self.hints(at, u)).unwrap_or_default()).collect();
        let shared = self.shared_hints(uses, &hints);
        let mut focus = self.focus();
        let has_own: Vec<bool> = hints.iter().map(|h| !h.is_empty()).collect();
        let general = |at: usize| shared.get(self.name(at)).unwrap_or(&hints[at]);
        let chosen: Vec<&Hints> = (0..hints.len()).map(|at| if has_own[at] { &hints[at] } else { general(at) }).collect();
        let first = self.rank_all(uses, &chosen, &focus);
        first.values().take(MAX_WITNESSES).for_each(|ranked| focus.add_witness(ranked));
        let mut known: BTreeMap<(&str, Option<usize>), Vec<Rated>> = BTreeMap::new();
        let mut places = Vec::new();
        for (at, used) in uses.iter().enumerate() {
            let Some(used) = used else { continue };
            // Mentions of a name that have no hints of their own are ranked once.
            let own = has_own[at].then_some(at);
            let ranked = known.entry((self.name(at), own)).or_insert_with(|| rank(&self.readings[at].candidates, chosen[at], &focus));
            places.push(self.place(at, used, ranked));
        }
        places
    }

    fn name(&self, at: usize) -> &str {
        &self.names.mentions[at].folded
    }

    /// What the report as a whole speaks of, from the names whose meaning hardly anything could change.
    fn focus(&self) -> Focus {
        let mut focus = Focus::default();
        self.names.demonyms.iter().for_each(|c| focus.add_country(*c, 1.0));
        for (mention, reading) in self.names.mentions.iter().zip(&self.readings) {
            let Some(first) = reading.candidates.first() else { continue };
            let (Some(country), false) = (first.country, mention.in_longer_name && first.kind == Kind::Town) else { continue };
            let alone = reading.candidates.iter().all(|c| c.country == Some(country));
            match first.kind {
                Kind::Country => focus.add_country(country, 1.0),
                _ if alone || first.kind.is_political() || first.kind == Kind::Admin1 => focus.add_country(country, TOWN_SHARE),
                _ => {}
            }
            if let Some(division) = first.admin1.as_ref().filter(|_| first.kind == Kind::Admin1 || alone) {
                focus.add_division(country, division, if first.kind == Kind::Admin1 { 1.0 } else { TOWN_SHARE });
            }
        }
        focus
    }

    fn hints(&self, at: usize, used: &Use) -> Hints {
        let candidates = |other: Option<usize>| other.map(|o| self.readings[o].candidates.clone()).unwrap_or_default();
        Hints { within: candidates(used.within), around: candidates(used.around), country: self.demonym_before(at), head: used.head }
    }

    fn demonym_before(&self, at: usize) -> Option<Country> {
        let words = &self.grammar.words;
        let first = self.names.mentions[at].tokens.start;
        let sentence = words.sentence(first);
        let before = (0..first).rev().take(DEMONYM_REACH).take_while(|i| words.sentence(*i) == sentence && !words.is_punct(*i));
        let mut near = before.take_while(|i| {
            matches!(words.upos(*i), dragoman_doc::Upos::Adj | dragoman_doc::Upos::Noun | dragoman_doc::Upos::Propn)
                || words.form(*i) == "of"
        });
        near.find_map(|i| self.gazetteer.demonym(&Folded::of(words.form(i))))
    }

    /// One sense a report: what the words say of one mention holds for those of the same name of which they say nothing.
    fn shared_hints(&self, uses: &[Option<Use>], hints: &[Hints]) -> BTreeMap<&str, Hints> {
        let mut shared = BTreeMap::new();
        for (at, hint) in hints.iter().enumerate().filter(|(at, h)| uses[*at].is_some() && !h.is_empty()) {
            let general = Hints { head: None, ..hint.clone() };
            if !general.is_empty() {
                shared.entry(self.name(at)).or_insert(general);
            }
        }
        shared
    }

    fn rank_all(&self, uses: &[Option<Use>], hints: &[&Hints], focus: &Focus) -> BTreeMap<&str, Vec<Rated>> {
        let mut ranked = BTreeMap::new();
        for (at, reading) in self.readings.iter().enumerate().filter(|(at, _)| uses[*at].is_some()) {
            ranked.entry(self.name(at)).or_insert_with(|| rank(&reading.candidates, hints[at], focus));
        }
        ranked
    }

    fn place(&self, at: usize, used: &Use, ranked: &[Rated]) -> PlaceRef {
        let answers = ranked
            .iter()
            .enumerate()
            .filter(|(n, r)| *n == 0 || r.confidence >= MIN_CONFIDENCE)
            .take(1 + MAX_ALTERNATIVES)
            .map(|(_, r)| place(&r.candidate, r.confidence))
            .collect();
        let reason = Reason {
            rule: RuleId::new(format!("geo:{}", used.rule)),
            detail: used.detail.clone(),
            score: if used.firm { FIRM } else { LOOSE },
        };
        PlaceRef { span: self.names.mentions[at].span, place: Resolved::from_ranked(answers, WhyNot::NotListed), reason }
    }
}

/// The candidates in the order in which a reader who knows nothing of the report would think of them.
fn by_prior(candidates: &[Candidate]) -> Vec<Candidate> {
    rank(candidates, &Hints::default(), &Focus::default()).into_iter().map(|r| r.candidate).collect()
}

fn place(candidate: &Candidate, confidence: f64) -> Place {
    Place {
        name: candidate.name.clone(),
        country: candidate.country,
        admin1: candidate.admin1.clone(),
        latitude: candidate.latitude,
        longitude: candidate.longitude,
        geonames_id: candidate.geonames_id,
        feature: candidate.feature.clone(),
        precision: candidate.precision,
        score: Score::new(confidence),
    }
}
