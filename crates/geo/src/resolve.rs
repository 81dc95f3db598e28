use std::collections::{BTreeMap, BTreeSet};

use dragoman_annotate::Grammar;
use dragoman_codebook::Country;
use dragoman_doc::{
    Annotation, Document, Layer, Place, PlaceId, PlaceRef, Provenance, Reason, Resolved, RuleId, Score, Syntax, Tokens, WhyNot,
};
use dragoman_span::{Id, IndexVec, Span};

use crate::context::{Context, Hints, Rated, holds};
use crate::features::{Feature, Vector, vectors};
use crate::fold::Folded;
use crate::gazetteer::{Candidate, Gazetteer, Kind};
use crate::mentions::{self, Names};
use crate::usage::{Reading, Use, judge_all};
use crate::{relative, unlisted};

/// Inhabitants from which on a name in a dateline is surely that town.
const DATELINE_TOWN: u32 = 10_000;
const MADE_BY: Provenance = Provenance { stage: "geo", version: 1 };
/// Places that a record gives beside the one chosen.
const MAX_ALTERNATIVES: usize = 5;
/// An alternative less likely than this is not given.
const MIN_CONFIDENCE: f64 = 0.02;
/// How often the names of a report are weighed in the light of each other.
const HEARINGS: usize = 2;
/// How much a named town counts for its country, beside a named country's 1.
const TOWN_SHARE: f64 = 0.5;
/// How far back a demonym that tells the country stands ("the Syrian city of").
const DEMONYM_REACH: usize = 5;
/// Confidence that a name without any hint is a place.
const LOOSE: Score = Score::from_parts(6_000);
/// Confidence that a name is a place where the words say so.
const FIRM: Score = Score::from_parts(9_000);

/// What the stage reads of a report.
#[derive(Clone, Copy)]
pub(crate) struct Report<'a> {
    pub(crate) document: &'a Document,
    pub(crate) grammar: &'a Grammar<'a>,
    pub(crate) syntax: &'a Syntax,
    pub(crate) gazetteer: &'a Gazetteer,
}

/// The places that a report names, in the order of the text. Capitals and buildings that stand for a government, names of persons and of
/// bodies are left out.
pub fn resolve_places(
    document: &Document,
    tokens: &Tokens,
    annotation: &Annotation,
    syntax: &Syntax,
    gazetteer: &Gazetteer,
) -> Layer<PlaceId, PlaceRef> {
    let grammar = Grammar::new(document, tokens, annotation);
    let report = Report { document, grammar: &grammar, syntax, gazetteer };
    let names = mentions::find(&grammar.words, gazetteer);
    let resolver = Resolver::new(report, &names);
    let uses = judge_all(report, &names, &resolver.readings);
    let mut places = resolver.places(&uses);
    places.extend(unlisted::find(report, &names, &uses));
    places.sort_by_key(|p| p.span);
    let mut places: IndexVec<PlaceId, PlaceRef> = places.into_iter().collect();
    relative::tell(&grammar.words, gazetteer.tables(), &mut places);
    Layer::new(places, MADE_BY, Vec::new())
}

/// A name whose place is known, with what the ranker sees of each place that it may mean.
#[derive(Debug, Clone)]
pub struct Example {
    /// The candidates.
    pub choices: Vec<Choice>,
    /// Index of the one that the ranker takes.
    pub chosen: Option<usize>,
}

/// A place that a name may mean.
#[derive(Debug, Clone)]
pub struct Choice {
    /// GeoNames id, where known.
    pub geonames_id: Option<u32>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Its country.
    pub country: Option<Country>,
    /// The features, in the order of [`feature_names`].
    pub features: Vec<f64>,
}

/// The names of the ranker's features.
pub fn feature_names() -> Vec<&'static str> {
    Feature::ALL.iter().map(|f| f.word()).collect()
}

/// For names that are known to be places at these spans: what the ranker sees and takes. Other names of the report are found as always.
/// Demonyms are read as their country.
pub fn examples(
    document: &Document,
    tokens: &Tokens,
    annotation: &Annotation,
    syntax: &Syntax,
    gazetteer: &Gazetteer,
    spans: &[Span],
) -> Vec<Example> {
    let grammar = Grammar::new(document, tokens, annotation);
    let report = Report { document, grammar: &grammar, syntax, gazetteer };
    let mut names = mentions::find(&grammar.words, gazetteer);
    names.mentions.retain(|m| !spans.iter().any(|s| s.overlaps(m.span)));
    names.mentions.extend(spans.iter().filter_map(|s| mentions::given(&grammar.words, *s)));
    names.mentions.sort_by_key(|m| m.span);
    let resolver = Resolver::new(report, &names);
    let mut uses = judge_all(report, &names, &resolver.readings);
    for (mention, used) in names.mentions.iter().zip(&mut uses).filter(|(m, _)| spans.contains(&m.span)) {
        used.get_or_insert_with(|| Use::given(mention));
    }
    let ranked = resolver.ranked(&uses);
    let at = |span: &Span| names.mentions.iter().position(|m| m.span == *span);
    spans.iter().map(|s| at(s).map_or(Example { choices: Vec::new(), chosen: None }, |at| resolver.example(at, &ranked))).collect()
}

struct Resolver<'a> {
    report: Report<'a>,
    names: &'a Names,
    readings: Vec<Reading>,
}

/// The answers for each mention that is a place.
struct Ranked<'a> {
    context: Context,
    hints: Vec<Hints>,
    answers: BTreeMap<usize, Vec<Rated>>,
    names: &'a Names,
}

impl<'a> Resolver<'a> {
    fn new(report: Report<'a>, names: &'a Names) -> Self {
        let gazetteer = report.gazetteer;
        let mut known: BTreeMap<&str, Vec<Candidate>> = BTreeMap::new();
        for mention in &names.mentions {
            known.entry(&mention.folded).or_insert_with(|| by_prior(gazetteer, &mention.folded));
        }
        let mut readings: Vec<Reading> =
            names.mentions.iter().map(|m| Reading { candidates: known[m.folded.as_str()].clone(), container: None }).collect();
        let mut resolver = Self { report, names, readings: Vec::new() };
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
        let words = &self.report.grammar.words;
        let gap = self.names.mentions[at].tokens.end..self.names.mentions[at + 1].tokens.start;
        gap.len() == 1
            && words.sentence(gap.start) == words.sentence(gap.end)
            && matches!(words.form(gap.start), "," | "(" | "in")
            && words.sentence(self.names.mentions[at].tokens.start) == words.sentence(gap.start)
    }

    fn places(&self, uses: &[Option<Use>]) -> Vec<PlaceRef> {
        let ranked = self.ranked(uses);
        let used = uses.iter().enumerate().filter_map(|(at, u)| u.as_ref().map(|u| (at, u)));
        used.map(|(at, used)| self.place(at, used, &ranked.answers[&at])).collect()
    }

    /// Ranks what each used mention may mean.
    fn ranked(&self, uses: &[Option<Use>]) -> Ranked<'a> {
        let own: Vec<Hints> = uses.iter().enumerate().map(|(at, u)| u.as_ref().map(|u| self.hints(at, u)).unwrap_or_default()).collect();
        let shared = self.shared_hints(uses, &own);
        let has_own: Vec<bool> = own.iter().map(|h| !h.is_empty()).collect();
        let choose = |at: usize| if has_own[at] { own[at].clone() } else { shared.get(self.name(at)).unwrap_or(&own[at]).clone() };
        let hints: Vec<Hints> = (0..own.len()).map(choose).collect();
        let context = self.context(uses, &hints);
        let weights = self.report.gazetteer.weights();
        let mut known: BTreeMap<(&str, Option<usize>), Vec<Rated>> = BTreeMap::new();
        let mut answers = BTreeMap::new();
        for at in (0..uses.len()).filter(|at| uses[*at].is_some()) {
            // Mentions of a name that have no hints of their own are ranked once.
            let own = has_own[at].then_some(at);
            let rank = || weights.rank(self.name(at), &self.readings[at].candidates, &hints[at], &context);
            answers.insert(at, known.entry((self.name(at), own)).or_insert_with(rank).clone());
        }
        Ranked { context, hints, answers, names: self.names }
    }

    fn example(&self, at: usize, ranked: &Ranked<'_>) -> Example {
        let candidates = &self.readings[at].candidates;
        let features = vectors(&ranked.names.mentions[at].folded, candidates, &ranked.hints[at], &ranked.context);
        let choice = |(c, f): (&Candidate, Vector)| Choice {
            geonames_id: c.geonames_id,
            latitude: c.latitude,
            longitude: c.longitude,
            country: c.country,
            features: f.to_vec(),
        };
        let best = ranked.answers[&at].first().filter(|_| !is_none(&ranked.answers[&at]));
        Example {
            choices: candidates.iter().zip(features).map(choice).collect(),
            chosen: best.and_then(|b| candidates.iter().position(|c| *c == b.candidate)),
        }
    }

    fn name(&self, at: usize) -> &'a str {
        &self.names.mentions[at].folded
    }

    /// The first used mention of each name.
    fn first_uses<'u>(&'u self, uses: &'u [Option<Use>]) -> impl Iterator<Item = usize> + 'u {
        let mut known = BTreeSet::new();
        (0..uses.len()).filter(|at| uses[*at].is_some()).filter(move |at| known.insert(self.name(*at)))
    }

    /// The sentences that a name stands in.
    fn sentences(&self, name: &str) -> Vec<usize> {
        let words = &self.report.grammar.words;
        let mut all: Vec<usize> =
            self.names.mentions.iter().filter(|m| m.folded == name).map(|m| words.sentence(m.tokens.start).index()).collect();
        all.dedup();
        all
    }

    /// What the report as a whole speaks of.
    fn context(&self, uses: &[Option<Use>], hints: &[Hints]) -> Context {
        let mut context = Context::default();
        let Document { outlet, url, .. } = self.report.document;
        context.set_outlet(self.report.gazetteer.tables().outlet_country(outlet.as_deref(), url.as_deref()));
        self.names.demonyms.iter().for_each(|c| context.add_country(*c, 1.0));
        for (at, reading) in self.readings.iter().enumerate() {
            let Some(first) = reading.candidates.first() else { continue };
            let heard = uses[at].is_some() || first.kind.is_political() || first.kind == Kind::Admin1;
            let Some(country) = first.country.filter(|_| heard) else { continue };
            let alone = reading.candidates.iter().all(|c| c.country == Some(country));
            match first.kind {
                Kind::Country => {
                    context.add_country(country, 1.0);
                    context.name_country(country);
                }
                _ if alone || first.kind.is_political() || first.kind == Kind::Admin1 => context.add_country(country, TOWN_SHARE),
                _ => {}
            }
            if let Some(division) = first.admin1.as_ref().filter(|_| first.kind == Kind::Admin1 || alone) {
                let named = first.kind == Kind::Admin1;
                context.add_division(country, division, if named { 1.0 } else { TOWN_SHARE }, named);
            }
        }
        let weights = self.report.gazetteer.weights();
        let rank = |at: usize, context: &Context| weights.rank(self.name(at), &self.readings[at].candidates, &hints[at], context);
        if let Some(at) = uses.iter().position(|u| u.as_ref().is_some_and(|u| u.rule == "dateline"))
            && let Some(best) = rank(at, &context).first()
        {
            context.set_dateline(&best.candidate);
        }
        // Twice: first each name by itself, then each in the light of the others.
        for _ in 0..HEARINGS {
            let senses: Vec<(&str, Vec<Rated>)> = self.first_uses(uses).map(|at| (self.name(at), rank(at, &context))).collect();
            context.forget_witnesses();
            for (name, senses) in &senses {
                context.add_witness(name, senses, &self.sentences(name));
            }
        }
        context
    }

    fn hints(&self, at: usize, used: &Use) -> Hints {
        let candidates = |other: Option<usize>| other.map(|o| self.readings[o].candidates.clone()).unwrap_or_default();
        Hints { within: candidates(used.within), around: candidates(used.around), country: self.demonym_before(at), head: used.head }
    }

    fn demonym_before(&self, at: usize) -> Option<Country> {
        let words = &self.report.grammar.words;
        let first = self.names.mentions[at].tokens.start;
        let sentence = words.sentence(first);
        let before = (0..first).rev().take(DEMONYM_REACH).take_while(|i| words.sentence(*i) == sentence && !words.is_punct(*i));
        let mut near = before.take_while(|i| {
            matches!(words.upos(*i), dragoman_doc::Upos::Adj | dragoman_doc::Upos::Noun | dragoman_doc::Upos::Propn)
                || words.form(*i) == "of"
        });
        near.find_map(|i| self.report.gazetteer.demonym(&Folded::of(words.form(i))))
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

    fn place(&self, at: usize, used: &Use, ranked: &[Rated]) -> PlaceRef {
        // How often the shipped gazetteer lacks what is meant was learned; a user's larger one is taken to hold it.
        // A dateline names a town that the outlet's readers know ("Nov." in it is none).
        let town = used.rule == "dateline" && ranked.first().is_some_and(|r| r.candidate.population >= DATELINE_TOWN);
        let none = !self.report.gazetteer.is_extended() && !town && is_none(ranked);
        let ranked = if none { &[] } else { ranked };
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
        PlaceRef {
            span: self.names.mentions[at].span,
            locative: used.locative,
            place: Resolved::from_ranked(answers, WhyNot::NotListed),
            relative: None,
            reason,
        }
    }
}

/// Whether it is likelier that none of the places is meant than any of them. What the reviewed tables hold is always meant.
fn is_none(ranked: &[Rated]) -> bool {
    const EVEN: f64 = 0.5;
    let reviewed = ranked.iter().any(|r| matches!(r.candidate.kind, Kind::Country | Kind::Capital | Kind::Site));
    !ranked.is_empty() && !reviewed && ranked.iter().map(|r| r.confidence).sum::<f64>() < EVEN
}

/// What a name may mean, in the order in which a reader who knows nothing of the report would think of it.
fn by_prior(gazetteer: &Gazetteer, folded: &str) -> Vec<Candidate> {
    let mut candidates = gazetteer.candidates(folded);
    // A demonym is a mention only where the place of one is asked for.
    candidates.extend(gazetteer.demonym(folded).and_then(|c| gazetteer.country(c)));
    gazetteer.weights().rank(folded, &candidates, &Hints::default(), &Context::default()).into_iter().map(|r| r.candidate).collect()
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
