//! Words per second over the sample reports: acquisition, each stage by itself, and the whole way from bytes to the written record.
//!
//! `cargo bench -p dragoman-engine`; one element is one word of the text that was read. Peak memory and figures over larger bodies of
//! reports come from `cargo xtask measure`.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use dragoman_doc::Document;
use dragoman_engine::{Engine, Reader, Reading};
use dragoman_geo::Gazetteer;
use dragoman_ingest::{Cleaning, Content, Known, Received, acquire};
use dragoman_json::Layers;
use dragoman_lexicon::{ACTOR_FILES, Abbreviations, Actors, QuantityWords, Rules, WORD_FILES, Words};
use dragoman_time::Patterns;

const REPORTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");

criterion_group!(benches, bench);
criterion_main!(benches);

fn bench(criterion: &mut Criterion) {
    let engine = Engine::shipped(&Reader::Rules).expect("the shipped data are tested with every build");
    for (kind, extension) in [("text", "txt"), ("html", "html")] {
        let reports = samples(extension);
        bench_way(criterion, &engine, kind, &reports);
        bench_stages(criterion, &engine, kind, &reports);
    }
}

/// From bytes to the record, and what of it lies outside the stages.
fn bench_way(criterion: &mut Criterion, engine: &Engine, kind: &str, reports: &[Vec<u8>]) {
    let readings: Vec<Reading> = reports.iter().map(|report| engine.read(document(report))).collect();
    let mut group = group(criterion, kind, &readings);
    group.bench_function("whole", |b| b.iter(|| reports.iter().map(|r| written(&engine.read(document(r))).len()).sum::<usize>()));
    group.bench_function("ingest", |b| b.iter(|| reports.iter().map(|r| document(r).text.len()).sum::<usize>()));
    group.bench_function("json", |b| b.iter(|| readings.iter().map(|r| written(r).len()).sum::<usize>()));
}

/// Each stage over the layers that the stages before it made.
fn bench_stages(criterion: &mut Criterion, engine: &Engine, kind: &str, reports: &[Vec<u8>]) {
    let readings: Vec<Reading> = reports.iter().map(|report| engine.read(document(report))).collect();
    let data = Data::shipped();
    let mut group = group(criterion, kind, &readings);
    let mut stage = |name: &str, run: &dyn Fn(&Reading)| {
        group.bench_function(name, |b| b.iter(|| readings.iter().for_each(run)));
    };
    stage("tokens", &|r| drop(black_box(dragoman_tokens::tokenize(&r.document, &data.abbreviations))));
    stage("annotate", &|r| drop(black_box(dragoman_annotate::annotate(&r.document, &r.tokens, &r.syntax, &data.words))));
    stage("time", &|r| drop(black_box(dragoman_time::resolve_times(&r.document, &r.tokens, &r.annotation, &r.syntax, &data.times))));
    stage("geo", &|r| drop(black_box(dragoman_geo::resolve_places(&r.document, &r.tokens, &r.annotation, &r.syntax, &data.gazetteer))));
    stage("quantity", &|r| {
        drop(black_box(dragoman_quantity::quantities(&r.document, &r.tokens, &r.annotation, &data.quantities, &r.times)));
    });
    stage("actor", &|r| {
        drop(black_box(dragoman_actor::resolve_actors(&r.document, &r.tokens, &r.annotation, &r.syntax, data.actor_tables(), &[])));
    });
    stage("claims", &|r| drop(black_box(dragoman_claims::statements(claim_layers(r), &data.rules))));
    stage("events", &|r| drop(black_box(dragoman_events::events(event_layers(r), &data.rules))));
    stage("predicates", &|r| drop(black_box(dragoman_events::predicates(event_layers(r), &data.rules))));
    stage("processes", &|r| drop(black_box(dragoman_link::processes(link_layers(r), &data.rules))));
    stage("incidents", &|r| drop(black_box(dragoman_link::incidents(link_layers(r), &data.rules))));
    stage("presence", &|r| drop(black_box(dragoman_link::presence(link_layers(r), &data.rules))));
}

fn group<'c>(criterion: &'c mut Criterion, kind: &str, readings: &[Reading]) -> BenchmarkGroup<'c, WallTime> {
    let words: usize = readings.iter().map(|r| r.document.text.split_whitespace().count()).sum();
    let mut group = criterion.benchmark_group(kind);
    group.throughput(Throughput::Elements(words as u64));
    group
}

/// The bytes of all samples of one kind, in the order of their names.
fn samples(extension: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(REPORTS).expect("the samples are in the repository");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.retain(|file| file.extension() == Path::new(extension).file_name());
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a readable file")).collect()
}

fn document(report: &[u8]) -> Document {
    let content = Content::Bytes(report.to_owned());
    let received = Received { source_id: "sample".into(), source: "sample".into(), content, known: Known::default() };
    acquire(received, Cleaning::ByKind).expect("no sample is refused")
}

fn written(reading: &Reading) -> String {
    dragoman_json::line(&dragoman_json::record(reading, Layers::default()))
}

/// The language data, as the engine holds them.
struct Data {
    abbreviations: Abbreviations,
    words: Words,
    times: Patterns,
    quantities: QuantityWords,
    gazetteer: Gazetteer,
    actors: Actors,
    rules: Rules,
}

impl Data {
    fn shipped() -> Self {
        const TESTED: &str = "the shipped data are tested with every build";
        let rules = Rules::shipped().expect(TESTED);
        let mut words = Words::parse(WORD_FILES).expect(TESTED);
        words.learn_verbs(rules.verbs());
        Self {
            abbreviations: Abbreviations::shipped().expect(TESTED),
            words,
            times: Patterns::shipped().expect(TESTED),
            quantities: QuantityWords::shipped().expect(TESTED),
            gazetteer: Gazetteer::shipped().expect(TESTED),
            actors: Actors::parse(ACTOR_FILES).expect(TESTED),
            rules,
        }
    }

    fn actor_tables(&self) -> dragoman_actor::Tables<'_> {
        dragoman_actor::Tables { actors: &self.actors, classes: &self.rules.classes }
    }
}

fn claim_layers(r: &Reading) -> dragoman_claims::Layers<'_> {
    dragoman_claims::Layers {
        document: &r.document,
        tokens: &r.tokens,
        annotation: &r.annotation,
        syntax: &r.syntax,
        mentions: &r.mentions,
        times: &r.times,
        places: &r.places,
    }
}

fn event_layers(r: &Reading) -> dragoman_events::Layers<'_> {
    dragoman_events::Layers {
        document: &r.document,
        tokens: &r.tokens,
        annotation: &r.annotation,
        syntax: &r.syntax,
        times: &r.times,
        places: &r.places,
        quantities: &r.quantities,
        entities: &r.entities,
        mentions: &r.mentions,
        statements: &r.statements,
    }
}

fn link_layers(r: &Reading) -> dragoman_link::Layers<'_> {
    dragoman_link::Layers {
        document: &r.document,
        tokens: &r.tokens,
        annotation: &r.annotation,
        syntax: &r.syntax,
        times: &r.times,
        places: &r.places,
        quantities: &r.quantities,
        entities: &r.entities,
        mentions: &r.mentions,
        statements: &r.statements,
        events: &r.events,
    }
}
