//! Reads pages as JSON lines (`{"id", "html", "url"}`) and prints what was found in them, in the words of the record; with `--bare`, what
//! the extractor alone finds, to compare cost and reach. The figures come last, on standard error.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the developer")]

use std::io::BufRead;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bare = std::env::args().any(|a| a == "--bare");
    let (mut pages, mut total, mut worst) = (0, Duration::ZERO, Duration::ZERO);
    for line in std::io::stdin().lock().lines() {
        let page: Value = serde_json::from_str(&line?)?;
        let html = page["html"].as_str().unwrap_or_default();
        let start = Instant::now();
        let report = if bare { extracted(html) } else { read(html, page["url"].as_str()) };
        let took = start.elapsed();
        (pages, total, worst) = (pages + 1, total + took, worst.max(took));
        let mut report = report;
        report["source_id"] = page["id"].clone();
        println!("{}", json!({ "report": report }));
    }
    let rate = f64::from(pages) / total.as_secs_f64();
    eprintln!("{pages} pages, {rate:.1} pages/s, the slowest took {worst:.2?}");
    Ok(())
}

fn read(html: &str, url: Option<&str>) -> Value {
    let page = dragoman_page::read_page(html, url);
    let date = page.published.as_ref().map(|d| d.date.to_string());
    json!({ "text": page.text, "title": page.title, "published": { "date": date }, "degraded": page.degraded.is_some() })
}

fn extracted(html: &str) -> Value {
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    match trafilatura::extract(html, &options) {
        Ok(found) => {
            json!({ "text": found.content_text, "title": found.metadata.title, "published": { "date": found.metadata.date.map(|d| d.to_string()) } })
        }
        Err(_) => json!({ "text": "" }),
    }
}
