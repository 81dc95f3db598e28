//! The country in which a report plays, for actors of which it says no country: "the army" in a report from Mali.

use std::collections::BTreeMap;

use dragoman_codebook::Country;
use dragoman_doc::{SentenceId, Upos};
use dragoman_lexicon::Named;
use dragoman_span::{Id, Span};

use crate::Scene;
use crate::phrase::is_backed;

/// How much a country named in a dateline counts beside one named in the text.
const DATELINE: f64 = 4.0;
/// How much the second of two in a dateline counts ("WARSAW/LVIV").
const SECOND_DATELINE: f64 = 1.5;
/// How much a capital or a body of a country counts beside the country's own name.
const PART: f64 = 0.5;
/// How much a town or district counts in which something is.
const PLACE: f64 = 0.6;
/// How much one counts that is only named.
const MENTION: f64 = 0.4;
/// How many times as much a name counts in the sentence that opens the report.
const LEAD: f64 = 1.5;
/// How much a place of that sentence counts besides.
const LEAD_PLACE: f64 = 1.0;
/// Share of all from which on a country is the report's.
const MIN_SHARE: f64 = 0.45;
/// Share of all that a country must have to count where it is named.
const MIN_NEAR: f64 = 0.15;
/// How far the first must lie before the second.
const MIN_LEAD: f64 = 1.3;

/// Which countries a report names, and where.
#[derive(Debug, Default)]
pub(crate) struct Home {
    /// The report's own country, where one stands out.
    pub(crate) country: Option<Country>,
    /// Countries that more than a word of the report speaks of.
    weighty: Vec<Country>,
    /// Countries named in each sentence, once each.
    by_sentence: BTreeMap<SentenceId, Vec<Country>>,
    /// Countries of places with which a sentence opens ("In Beijing,").
    fronted: BTreeMap<SentenceId, Country>,
}

/// The sentence that opens the report, after its dateline.
fn lead(scene: &Scene<'_>) -> Option<SentenceId> {
    let tokens = scene.grammar.words.tokens;
    let after = tokens.paragraphs.iter().find_map(|p| p.dateline).map_or(0, Span::end);
    tokens.tokens.as_slice().iter().find(|t| t.span.start() >= after).map(|t| t.sentence)
}

impl Home {
    pub(crate) fn find(scene: &Scene<'_>) -> Self {
        let (tokens, spots, actors) = (scene.grammar.words.tokens, &scene.spots, scene.tables.actors);
        let mut weights: BTreeMap<Country, f64> = BTreeMap::new();
        let mut home = Self::default();
        let mut dateline = DATELINE;
        let lead = lead(scene);
        let in_dateline = |sentence: SentenceId, span: Span| {
            tokens.paragraphs[tokens.sentences[sentence].paragraph].dateline.is_some_and(|d| d.contains(span))
        };
        for (range, named) in spots.names.iter().filter(|(range, _)| !is_backed(scene, range.end)) {
            let (country, weight) = match named {
                Named::Country(i) | Named::Demonym(i) => (Some(actors.country(*i).country), 1.0),
                Named::Capital(i) | Named::Seat(i) => (Some(actors.country(*i).country), PART),
                Named::Organization(i) => (actors.organization(*i).country, PART),
                Named::Leader(i) => (actors.leader(*i).on(scene.published).and_then(|(term, _)| term.country), PART),
            };
            let Some(country) = country else { continue };
            let token = &tokens.tokens.as_slice()[range.start];
            let times = if lead == Some(token.sentence) { LEAD } else { 1.0 };
            let dated = in_dateline(token.sentence, token.span);
            *weights.entry(country).or_default() += if dated { std::mem::replace(&mut dateline, SECOND_DATELINE) } else { times * weight };
            home.note(token.sentence, country);
        }
        let placed = scene.located.iter().filter_map(|p| Some((p.span, p.country?, p.locative)));
        for (span, country, locative) in placed {
            let at = tokens.within(span).start;
            let Some(token) = tokens.tokens.as_slice().get(at) else { continue };
            // "In Beijing, a spokesman said": what follows is there.
            let first = tokens.sentences[token.sentence].first_token.index();
            if at == first + 1 && locative && scene.grammar.words.upos(first) == Upos::Adp {
                home.fronted.insert(token.sentence, country);
            }
            let dated = in_dateline(token.sentence, token.span);
            // "in northern Burkina Faso": where the lead has it happen.
            if locative && !dated && lead == Some(token.sentence) {
                *weights.entry(country).or_default() += LEAD_PLACE;
            }
            // What the tables name was counted.
            if spots.name_over(at).is_none() {
                let weight = if locative { PLACE } else { MENTION };
                *weights.entry(country).or_default() += if dated { std::mem::replace(&mut dateline, SECOND_DATELINE) } else { weight };
                home.note(token.sentence, country);
            }
        }
        let sum: f64 = weights.values().sum();
        let mut ranked: Vec<(f64, Country)> = weights.into_iter().map(|(c, w)| (w, c)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        if let Some((weight, country)) = ranked.first().copied() {
            let lead = ranked.get(1).is_none_or(|(second, _)| weight >= MIN_LEAD * second);
            home.country = (weight >= MIN_SHARE * sum && lead).then_some(country);
            home.weighty = ranked.iter().filter(|(w, _)| *w >= MIN_NEAR * sum).map(|(_, c)| *c).collect();
        }
        home
    }

    fn note(&mut self, sentence: SentenceId, country: Country) {
        let here = self.by_sentence.entry(sentence).or_default();
        if !here.contains(&country) {
            here.push(country);
        }
    }

    /// The country of an actor of which nothing is said, first named in this sentence: that of the place with which the sentence opens, the report's own, else the only one named there or in the sentence before.
    pub(crate) fn of(&self, sentence: SentenceId) -> Option<Country> {
        let only = |at: &usize| self.by_sentence.get(&SentenceId::from_index(*at)).filter(|all| all.len() == 1).map(|all| all[0]);
        let near = sentence.index().saturating_sub(1)..=sentence.index();
        let fronted = self.fronted.get(&sentence).copied();
        fronted.or(self.country).or_else(|| near.rev().find_map(|at| only(&at).filter(|c| self.weighty.contains(c))))
    }
}
