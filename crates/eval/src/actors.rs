//! Actors: which mentions are one, who speaks where a pronoun or a description does, and how actors are coded.
//!
//! Gold: JSON lines with `entities` and `mentions` (our own), or the actor cases of NGEC with `call`, `args` and `expect`.
//!
//! Mentions of the record are paired with those of the gold one to one, the largest share of common words first.
//!
//! * `mentions`: F1 of the pairs.
//! * `speakers`: of speakers that are a pronoun or a description, those that are joined with whom they mean. One that has stood before is
//!   right when most earlier mentions of its entity in the record belong to the same entity of the gold; one that has not is right when
//!   its entity has no earlier mention. `abstained` is the share that is no mention of the record, or stands alone although it should not;
//!   the others are the base of the accuracy.
//! * `country`, `sector`: of gold entities with a paired mention, those whose entity in the record (the one with most of its mentions)
//!   has the same country and sector; absent as absent. A sector is right when the primary one of either is among those of the other,
//!   since of a party in opposition one coder puts PTY first and another OPP; `sector_primary` asks for the same primary sector.
//!
//! A case of NGEC is a phrase; it is read as the subject of "said so", with the date of the case. It is right when country and sectors of the entity
//! that the phrase names are the expected ones. Cases on Wikipedia titles, on words that are no actors and two that contradict themselves are left out.

use serde_json::{Value, json};

use crate::figures::{Figures, Kind, Sums, Tally, counted};
use crate::records::{Records, items, rows, span};
use crate::text::{Span, Text, overlap, pairs};

#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: String,
    text: Text,
    published: Option<String>,
    gold: Gold,
}

#[derive(Debug, Clone)]
enum Gold {
    Report { entities: Vec<Entity>, mentions: Vec<Mention> },
    Case(Expected),
}

#[derive(Debug, Clone, Default)]
struct Entity {
    country: Option<String>,
    /// The primary one first.
    sectors: Vec<String>,
}

#[derive(Debug, Clone)]
struct Mention {
    span: Span,
    entity: usize,
    form: Form,
    speaks: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Name,
    Nominal,
    Pronoun,
}

/// What a case of NGEC expects; a field that it says nothing of is `None`, the empty string stands for none.
#[derive(Debug, Clone, Default)]
struct Expected {
    country: Option<String>,
    sector: Option<String>,
    second: Option<String>,
    /// No code at all.
    nothing: bool,
}

pub(crate) fn documents(text: &str) -> Vec<Document> {
    rows(text).iter().filter_map(Document::new).collect()
}

/// How the phrase of a case goes on.
const CASE_TAIL: &str = " said so.";
/// Calls of NGEC whose cases are about codes.
const CODING_CALLS: [&str; 3] = ["agent_to_code", "short_text_to_agent", "search_nat"];
/// Expected values that are no code of PLOVER.
const NO_CODES: [&str; 2] = ["JNK", "????"];
/// What NGEC writes in the place of a country for international bodies.
const INTERNATIONAL: [(&str, &str); 2] = [("EUR", "EU"), ("UNO", "UN")];

impl Document {
    fn new(row: &Value) -> Option<Self> {
        let id = row["id"].as_str()?.to_owned();
        if row["call"].is_string() {
            return Self::case(id, row);
        }
        let text = Text::new(row["text"].as_str()?);
        let ids: Vec<&str> = row["entities"].as_array()?.iter().filter_map(|e| e["id"].as_str()).collect();
        let string = |v: &Value| v.as_str().map(str::to_owned);
        let entity = |e: &Value| Entity { country: string(&e["country"]), sectors: sectors(e).map(str::to_owned).collect() };
        let entities = items(row, "entities").map(entity).collect();
        let mention = |m: &Value| {
            Some(Mention {
                span: span(&json!([m["begin"], m["end"]]))?,
                entity: ids.iter().position(|id| m["entity"] == *id)?,
                form: match m["form"].as_str()? {
                    "name" => Form::Name,
                    "pronoun" => Form::Pronoun,
                    _ => Form::Nominal,
                },
                speaks: m["speaker"] == true,
            })
        };
        let mentions = items(row, "mentions").filter_map(mention).collect();
        Some(Self { id, text, published: string(&row["published"]), gold: Gold::Report { entities, mentions } })
    }

    fn case(id: String, row: &Value) -> Option<Self> {
        let call = row["call"].as_str()?;
        let phrase = row["args"][0].as_str()?;
        let mut expected = Expected::default();
        for check in row["expect"].as_array()? {
            let (field, value) = (check[0].as_str()?, check[2].as_str());
            match (field, check[1].as_str()?, value) {
                ("code", "Is", None) => expected.nothing = true,
                ("code['country']" | "cc", "Eq", Some(country)) => expected.country = Some(country.to_owned()),
                ("code['code_1']", "Eq", Some(sector)) => expected.sector = Some(sector.to_owned()),
                ("code['code_2']", "Eq", Some(sector)) => expected.second = Some(sector.to_owned()),
                _ => {}
            }
        }
        // "Feliciano Valencia" expects country and sector the wrong way round.
        let swapped = expected.country.as_deref() == Some("LEG");
        let no_code = expected.sector.as_deref().is_some_and(|s| NO_CODES.contains(&s));
        let says_nothing = expected.country.is_none() && expected.sector.is_none() && !expected.nothing;
        if !CODING_CALLS.contains(&call) || swapped || no_code || says_nothing {
            return None;
        }
        let date = row["kwargs"]["query_date"].as_str().or_else(|| row["args"][2].as_str());
        let published = date.filter(|d| d.len() == ISO_DAY && d.as_bytes()[4] == b'-').map(str::to_owned);
        Some(Self { id, text: Text::new(&format!("{phrase}{CASE_TAIL}")), published, gold: Gold::Case(expected) })
    }

    pub(crate) fn input(&self) -> Value {
        let mut row = json!({"id": self.id, "text": self.text.string()});
        if let Some(day) = &self.published {
            row["published"] = json!(day);
        }
        row
    }
}

/// Characters of a day in ISO form.
const ISO_DAY: usize = 10;

const NAMES: [(&str, Kind); 10] = [
    ("mentions", Kind::Prf),
    ("speakers.right", Kind::Ratio),
    ("speakers.abstained", Kind::Ratio),
    ("speakers.pronoun_right", Kind::Ratio),
    ("speakers.pronoun_abstained", Kind::Ratio),
    ("speakers.nominal_right", Kind::Ratio),
    ("speakers.nominal_abstained", Kind::Ratio),
    ("country", Kind::Ratio),
    ("sector", Kind::Ratio),
    ("sector_primary", Kind::Ratio),
];

pub(crate) fn score(documents: &[Document], records: &Records) -> Figures {
    if documents.iter().all(|d| matches!(d.gold, Gold::Case(_))) {
        let mut tally =
            Tally::new([("cases_right", Kind::Ratio), ("country", Kind::Ratio), ("sector", Kind::Ratio)].map(|(n, k)| (n.to_owned(), k)));
        for document in documents {
            let Gold::Case(expected) = &document.gold else { continue };
            tally.add(case(expected, document, records));
        }
        return tally.figures();
    }
    let mut tally = Tally::new(NAMES.map(|(n, k)| (n.to_owned(), k)));
    for document in documents {
        if let Gold::Report { entities, mentions } = &document.gold {
            tally.add(report(document, entities, mentions, records));
        }
    }
    tally.figures()
}

/// A mention of the record: where it stands, and the index of its entity.
type Found = (Span, usize);

/// What a report adds.
fn report(document: &Document, entities: &[Entity], mentions: &[Mention], records: &Records) -> Vec<Sums> {
    let record = records.with_text(&document.id, &document.text.string());
    let all: Vec<&Value> = items(record, "entities").collect();
    let mut found: Vec<Found> =
        all.iter().enumerate().flat_map(|(e, entity)| items(entity, "mentions").filter_map(move |m| Some((span(m)?, e)))).collect();
    found.sort_unstable();
    let pairs = pairs(mentions, &found, |g, f| share(g.span, f.0));
    let of_gold: Vec<Option<usize>> = (0..mentions.len()).map(|i| pairs.iter().find(|(g, _)| *g == i).map(|(_, f)| *f)).collect();
    let of_found: Vec<Option<usize>> = (0..found.len()).map(|j| pairs.iter().find(|(_, f)| *f == j).map(|(g, _)| *g)).collect();
    let mut speakers = [[0usize; 3]; 2];
    for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| m.speaks && m.form != Form::Name) {
        let stood_before = mentions[..i].iter().any(|m| m.entity == mention.entity && m.span.0 < mention.span.0);
        let outcome = of_gold[i].map_or(Outcome::Abstained, |j| {
            let earlier = (0..found.len()).filter(|k| found[*k].1 == found[j].1 && found[*k].0.0 < found[j].0.0 && *k != j);
            judged(&earlier.filter_map(|k| of_found[k]).map(|g| mentions[g].entity).collect::<Vec<_>>(), mention.entity, stood_before)
        });
        speakers[usize::from(mention.form == Form::Pronoun)][outcome as usize] += 1;
    }
    let (mut matched, mut country, mut sector, mut primary) = (0, 0, 0, 0);
    for (e, entity) in entities.iter().enumerate() {
        let theirs = (0..mentions.len()).filter(|i| mentions[*i].entity == e).filter_map(|i| of_gold[i]).map(|j| found[j].1);
        let Some(best) = most(theirs) else { continue };
        let actor = &all[best]["actor"];
        matched += 1;
        country += usize::from(actor["country"].as_str() == entity.country.as_deref());
        let ours: Vec<&str> = sectors(actor).collect();
        let (first, theirs) = (entity.sectors.first().map(String::as_str), &entity.sectors);
        primary += usize::from(ours.first().copied() == first);
        let either = ours.first().is_some_and(|o| theirs.iter().any(|t| t == o)) || first.is_some_and(|t| ours.contains(&t));
        sector += usize::from(either || (ours.is_empty() && theirs.is_empty()));
    }
    let ratio = |a: usize, b: usize| [a as f64, b as f64, 0.0];
    let right = |s: [usize; 3]| ratio(s[0], s[0] + s[1]);
    let abstained = |s: [usize; 3]| ratio(s[2], s.iter().sum());
    let [nominal, pronoun] = speakers;
    let both = [0, 1, 2].map(|k| nominal[k] + pronoun[k]);
    vec![
        counted(pairs.len(), found.len(), mentions.len()),
        right(both),
        abstained(both),
        right(pronoun),
        abstained(pronoun),
        right(nominal),
        abstained(nominal),
        ratio(country, matched),
        ratio(sector, matched),
        ratio(primary, matched),
    ]
}

/// The primary sector and the further ones of an actor.
fn sectors(actor: &Value) -> impl Iterator<Item = &str> {
    actor["sector"].as_str().into_iter().chain(actor["sectors"].as_array().into_iter().flatten().filter_map(Value::as_str))
}

/// What became of a speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Right,
    Wrong,
    Abstained,
}

/// From the gold entities of the earlier mentions that the record joins it with.
fn judged(earlier: &[usize], entity: usize, stood_before: bool) -> Outcome {
    match (earlier.is_empty(), stood_before) {
        (true, true) => Outcome::Abstained,
        (true, false) => Outcome::Right,
        (false, _) if 2 * earlier.iter().filter(|e| **e == entity).count() > earlier.len() => Outcome::Right,
        (false, _) => Outcome::Wrong,
    }
}

/// The share of the words of both spans that they have in common.
fn share(a: Span, b: Span) -> f64 {
    let common = overlap(a, b) as f64;
    common / ((a.1 - a.0) as f64 + (b.1 - b.0) as f64 - common)
}

/// What comes most often; the smallest of several.
fn most(values: impl Iterator<Item = usize>) -> Option<usize> {
    let mut all: Vec<usize> = values.collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).max_by_key(|group| (group.len(), std::cmp::Reverse(group[0]))).map(|group| group[0])
}

fn case(expected: &Expected, document: &Document, records: &Records) -> Vec<Sums> {
    let record = records.with_text(&document.id, &document.text.string());
    let phrase = (0, document.text.len() - CASE_TAIL.len());
    // The entity whose mention covers most of the phrase; "Peru" of "Peru's displaced" owns it.
    let letters: Vec<char> = document.text.string().chars().collect();
    let owns = |s: Span| letters.get(s.1..s.1 + 2).is_some_and(|g| matches!(g, ['\'' | '\u{2019}', 's']));
    let spans = |entity: &&Value| items(entity, "mentions").filter_map(span).filter(|s| !owns(*s)).collect::<Vec<Span>>();
    let covers = |entity: &&Value| spans(entity).into_iter().map(|s| overlap(s, phrase)).max().unwrap_or(0);
    let actor = items(record, "entities").filter(|e| covers(e) > 0).max_by_key(covers).map_or(&Value::Null, |e| &e["actor"]);
    let (country, sector) = (actor["country"].as_str().unwrap_or_default(), actor["sector"].as_str().unwrap_or_default());
    let sectors: Vec<&str> = actor["sectors"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let label = actor["label"].as_str().unwrap_or_default();
    let international = |code: &str| INTERNATIONAL.iter().any(|(c, l)| *c == code && *l == label) || (code == "IGO" && sector == "IGO");
    let country_right = expected.country.as_deref().is_none_or(|c| c == country || international(c));
    // A state by itself has no sector there and is its government here.
    let is_state = |s: &str| s.is_empty() && sector == "GOV" && !country.is_empty();
    let sector_right = expected.sector.as_deref().is_none_or(|s| s == sector || is_state(s) || sectors.contains(&s));
    let second_right = expected.second.as_deref().is_none_or(|s| s == sector || sectors.contains(&s));
    let right = if expected.nothing { country.is_empty() && sector.is_empty() } else { country_right && sector_right && second_right };
    let flag = |right: bool, counts: bool| [f64::from(u8::from(right && counts)), f64::from(u8::from(counts)), 0.0];
    vec![flag(right, true), flag(country_right, expected.country.is_some()), flag(sector_right && second_right, expected.sector.is_some())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_are_judged_by_what_stands_before() {
        assert_eq!(judged(&[], 1, true), Outcome::Abstained);
        assert_eq!(judged(&[], 1, false), Outcome::Right);
        assert_eq!(judged(&[1, 1, 2], 1, true), Outcome::Right);
        assert_eq!(judged(&[2, 1], 1, true), Outcome::Wrong);
        assert_eq!(judged(&[2], 1, false), Outcome::Wrong);
    }

    #[test]
    fn a_report_is_scored() {
        let gold = json!({"id": "a", "text": "The ministry spoke. It said no.", "published": "2024-01-01",
            "entities": [{"id": "e1", "country": "IRQ", "sector": "GOV"}],
            "mentions": [{"begin": 0, "end": 12, "entity": "e1", "form": "nominal", "speaker": false}, {"begin": 20, "end": 22, "entity": "e1", "form": "pronoun", "speaker": true}]});
        let record = json!({"report": {"source_id": "a", "text": gold["text"]}, "entities": [
            {"actor": {"country": "IRQ", "sector": "MIL", "sectors": []}, "mentions": [{"span": [4, 12]}, {"span": [20, 22]}]}]});
        let figures = score(&documents(&gold.to_string()), &Records::read([record.to_string().as_str()]));
        let value = |name: &str| figures.0.iter().find(|f| f.name == name).unwrap().value();
        let expected = [("mentions", 1.0), ("speakers.right", 1.0), ("speakers.abstained", 0.0), ("country", 1.0), ("sector", 0.0)];
        for (name, wanted) in expected {
            assert!((value(name) - wanted).abs() < 1e-9, "{name}");
        }
    }

    #[test]
    fn a_case_is_right_by_its_codes() {
        let gold = json!({"id": "c", "call": "agent_to_code", "args": ["Slovak soldiers"], "kwargs": {}, "expect": [["code['country']", "Eq", "SVK"], ["code['code_1']", "Eq", "MIL"]]});
        let all = documents(&gold.to_string());
        let right = |country: &str| {
            let record = json!({"report": {"source_id": "c", "text": "Slovak soldiers said so."}, "entities": [{"actor": {"country": country, "sector": "MIL", "sectors": []}, "mentions": [{"span": [0, 15]}]}]});
            score(&all, &Records::read([record.to_string().as_str()])).0[0].value()
        };
        assert!((right("SVK") - 1.0).abs() < 1e-9 && right("SVN") < 0.5);
    }
}
