//! Words a second on one core, beside the `duckling` crate on the same text: `cargo bench -p dragoman-time`.
//!
//! Dense: the reports of `gold/times.jsonl`, written to hold dates. Sparse: the sentences of `gold/news.conllu` without one.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dragoman_time::Patterns;
use duckling::{Context, DimensionKind, Lang, Locale, Options, parse};
use jiff::civil::Date;

const DAY: Date = Date::constant(2024, 8, 15);

/// The reports with many dates.
fn dense() -> Vec<String> {
    let field = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str().map(str::to_owned);
    include_str!("../../../gold/times.jsonl").lines().filter_map(field).collect()
}

/// Sentences without a date, joined to reports of ten.
fn sparse(patterns: &Patterns) -> Vec<String> {
    let sentences = include_str!("../../../gold/news.conllu").lines().filter_map(|l| l.strip_prefix("# text = "));
    let free: Vec<&str> = sentences.filter(|s| patterns.read(s, Some(DAY)).is_empty()).collect();
    free.chunks(10).map(|c| c.join(" ")).collect()
}

fn words(texts: &[String]) -> u64 {
    texts.iter().map(|t| t.split_whitespace().count() as u64).sum()
}

fn times(c: &mut Criterion) {
    let patterns = Patterns::shipped().expect("the shipped files are sound");
    for (name, texts) in [("sparse", sparse(&patterns)), ("dense", dense())] {
        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Elements(words(&texts)));
        group.bench_function("dragoman", |b| {
            b.iter(|| texts.iter().map(|t| black_box(patterns.read(t, Some(DAY))).len()).sum::<usize>());
        });
        group.sample_size(10);
        let (locale, context, options) = (Locale::new(Lang::EN, None), Context::default(), Options::default());
        group.bench_function("duckling", |b| {
            b.iter(|| texts.iter().map(|t| black_box(parse(t, &locale, &[DimensionKind::Time], &context, &options)).len()).sum::<usize>());
        });
    }
}

criterion_group!(benches, times);
criterion_main!(benches);
