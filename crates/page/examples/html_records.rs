//! Records of pages for the scorer of article text: JSON lines `{"id", "html", "url"?}` in, `{"report": ...}` out.

use std::io::{BufRead, Write};

use serde_json::{Value, json};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let Ok(row) = serde_json::from_str::<Value>(&line?) else { continue };
        let page = dragoman_page::read_page(row["html"].as_str().unwrap_or_default(), row["url"].as_str());
        let date = page.published.as_ref().map(|d| d.date.to_string());
        let degraded = page.degraded.map(|d| d.to_string());
        let report = json!({"source_id": row["id"], "text": page.text, "title": page.title, "published": {"date": date}, "degraded": degraded});
        writeln!(out, "{}", json!({ "report": report }))?;
    }
    Ok(())
}
