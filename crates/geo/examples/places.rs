//! Prints the places of each report of a JSONL file (`id`, `text`) as records, for the scorer of places.

use std::io::{BufRead, BufReader, Write};
use std::{env, fs};

use anyhow::{Context, Result};
use dragoman_doc::{Document, Place, PlaceRef};
use dragoman_geo::Gazetteer;
use dragoman_lexicon::{Abbreviations, SPELLING_FILES, WORD_FILES, Words};
use dragoman_span::CodepointIndex;
use serde_json::{Value, json};

fn main() -> Result<()> {
    let path = env::args().nth(1).context("usage: places REPORTS.jsonl")?;
    let abbreviations = Abbreviations::parse(SPELLING_FILES).map_err(|f| anyhow::anyhow!("{f:?}"))?;
    let words = Words::parse(WORD_FILES).map_err(|f| anyhow::anyhow!("{f:?}"))?;
    let gazetteer = Gazetteer::shipped()?;
    let mut out = std::io::stdout().lock();
    for line in BufReader::new(fs::File::open(path)?).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().context("a report has a text")?;
        let document = Document::plain(text);
        let tokens = dragoman_tokens::tokenize(&document, &abbreviations);
        let annotation = dragoman_annotate::annotate_by_rule(&document, &tokens, &words);
        let places = dragoman_geo::resolve_places(&document, &tokens, &annotation, &gazetteer);
        let index = CodepointIndex::new(text);
        let places: Vec<Value> = places.iter().map(|p| record(p, text, &index)).collect();
        writeln!(out, "{}", json!({"report": {"source_id": row["id"], "text": text}, "places": places}))?;
    }
    Ok(())
}

fn record(mention: &PlaceRef, text: &str, index: &CodepointIndex<'_>) -> Value {
    let best = mention.place.best();
    json!({
        "span": index.span(mention.span),
        "text": mention.span.of(text),
        "name": best.map(|p| &p.name),
        "country": best.and_then(|p| p.country).map(|c| c.to_string()),
        "admin1": best.and_then(|p| p.admin1.as_ref()),
        "latitude": best.map(|p| p.latitude),
        "longitude": best.map(|p| p.longitude),
        "geonames_id": best.and_then(|p| p.geonames_id),
        "feature": best.map(|p| &p.feature),
        "precision": best.map(|p| p.precision.word()),
        "alternatives": mention.place.others().iter().map(alternative).collect::<Vec<_>>(),
        "confidence": best.map(|p| p.score.share()),
        "why": format!("{} {}", mention.reason.rule.as_str(), mention.reason.detail),
    })
}

fn alternative(place: &Place) -> Value {
    json!({"name": place.name, "country": place.country.map(|c| c.to_string()), "admin1": place.admin1, "confidence": place.score.share()})
}
