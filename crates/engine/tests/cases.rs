//! Cases that a political scientist can review: a text, and what the record must hold. They stand in `cases/*.tsv`.

use std::path::Path;

use dragoman_codebook::Phase;
use dragoman_doc::{ClaimSlot, Document, Event, Participant};
use dragoman_engine::{Engine, Reader, Reading};
use dragoman_lexicon::Table;

fn rows(name: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    let text = std::fs::read_to_string(path).expect("the cases stand beside the test");
    let table = Table::parse(name, &text, columns).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert!(table.order_faults().is_empty(), "{:#?}", table.order_faults());
    table.rows().iter().map(|r| (0..columns.len()).map(|i| r.text(i).to_owned()).collect()).collect()
}

/// Reads every row and lists all that fail, not only the first.
fn check(name: &str, columns: &[&str], fails: impl Fn(&Reading, &[String]) -> Option<String>) {
    let engine = Engine::shipped(&Reader::default()).expect("the shipped data is sound");
    let day = "2024-08-15".parse().expect("a date");
    let all = rows(name, columns);
    assert!(!all.is_empty());
    let failed: Vec<String> = all
        .iter()
        .filter_map(|row| {
            let reading = engine.read(Document::plain(row[0].as_str()).published_on(day));
            fails(&reading, row).map(|why| format!("{}\n    {why}", row[0]))
        })
        .collect();
    assert!(failed.is_empty(), "{} of {} cases of {name} fail:\n{}", failed.len(), all.len(), failed.join("\n"));
}

#[test]
fn statements() {
    check("statements.tsv", &["text", "speaker", "cue", "content", "manner"], |reading, row| {
        let text = &*reading.document.text;
        let told: Vec<[String; 4]> = reading
            .statements
            .iter()
            .map(|s| {
                let speaker = s.speaker.as_ref().map_or("", |x| x.evidence.first().of(text));
                let cue = s.cue.as_ref().map_or("", |c| c.evidence.first().of(text));
                let content: Vec<&str> = s.content.spans().map(|c| c.of(text)).collect();
                [speaker.to_owned(), cue.to_owned(), content.join(" // "), s.manner.to_string()]
            })
            .collect();
        (!told.iter().any(|t| t[..] == row[1..])).then(|| format!("found {told:?}"))
    });
}

/// Too long for a row: each paragraph of a quoted transcript opens with a mark, and only the last one closes.
#[test]
fn quoted_transcripts() {
    let text = "The exchange went on as follows:\n\n\"MARSH: Will she be there on Monday?\n\n\"KOLA: Look, this is serious. She will not.\n\n\
                \"MARSH: So it is off?\n\n\"(CROSSTALK.)\n\n\"KOLA: It never was on, whatever the “Gazette” wrote.\"\n";
    for reader in [Reader::News, Reader::Rules] {
        let reading = Engine::shipped(&reader).expect("the shipped data is sound").read(Document::plain(text));
        let turns = reading.statements.iter().filter(|s| s.reason.rule.as_str() == "claims:transcript");
        let told: Vec<[&str; 2]> =
            turns.map(|s| [s.speaker.as_ref().map_or("", |x| x.evidence.first().of(text)), s.content.first().of(text)]).collect();
        let wanted = [
            ["MARSH", "Will she be there on Monday?"],
            ["KOLA", "Look, this is serious. She will not."],
            ["MARSH", "So it is off?"],
            ["KOLA", "It never was on, whatever the “Gazette” wrote."],
        ];
        assert_eq!(told, wanted);
    }
}

#[test]
fn events() {
    check("events.tsv", &["text", "type", "phase", "assertion", "actors", "recipients"], |reading, row| {
        let text = &*reading.document.text;
        let words = |p: &[Participant]| p.iter().map(|p| p.span.of(text)).collect::<Vec<_>>().join(" + ");
        let told: Vec<[String; 5]> = reading
            .events
            .iter()
            .map(|e| [e.kind.to_string(), e.phase.to_string(), e.assertion.to_string(), words(&e.actors), words(&e.recipients)])
            .collect();
        if row[1] == "-" {
            let happened = |e: &&Event| e.phase == Phase::Occurred && e.assertion == dragoman_codebook::Assertion::Asserted;
            return reading.events.iter().find(happened).map(|_| format!("found {told:?}"));
        }
        let meets = |t: &[String; 5]| t.iter().zip(&row[1..]).all(|(found, wanted)| wanted == "*" || found == wanted);
        (!told.iter().any(meets)).then(|| format!("found {told:?}"))
    });
}

#[test]
fn processes() {
    check("processes.tsv", &["text", "name", "statuses", "scheduled_for", "reason"], |reading, row| {
        let text = &*reading.document.text;
        let told: Vec<[String; 4]> = reading
            .processes
            .iter()
            .map(|p| {
                let statuses: Vec<&str> = p.states.iter().map(|s| s.status.word()).collect();
                let last = p.states.last().unwrap();
                let scheduled = last.scheduled_for.map(|d| d.to_string()).unwrap_or_default();
                [p.name.clone(), statuses.join(" "), scheduled, last.reason.map_or("", |r| r.of(text)).to_owned()]
            })
            .collect();
        let meets = |t: &[String; 4]| {
            t[0].contains(&row[1]) && t[1] == row[2] && (row[3].is_empty() || t[2] == row[3]) && (row[4].is_empty() || t[3] == row[4])
        };
        (!told.iter().any(meets)).then(|| format!("found {told:?}"))
    });
}

#[test]
fn presence() {
    check("presence.tsv", &["text", "what", "quantity", "places"], |reading, row| {
        let text = &*reading.document.text;
        let places: Vec<&str> = reading.presence.iter().filter_map(|p| p.place).map(|p| reading.places[p].span.of(text)).collect();
        let first = reading.presence.iter().next();
        if row[1] == "-" {
            return first.map(|p| format!("found {}", p.what.of(text)));
        }
        let number = first.and_then(|p| p.quantity).and_then(|q| reading.quantities[q].value).map(|v| v.to_string());
        let told = (first.map(|p| p.what.of(text).to_owned()), number, places.join(" + "));
        let wanted = (Some(row[1].clone()), Some(row[2].clone()), row[3].clone());
        (told != wanted).then(|| format!("found {told:?}"))
    });
}

#[test]
fn incidents() {
    check("incidents.tsv", &["text", "accounts", "disputed", "agreed"], |reading, row| {
        let slots = |of: &[ClaimSlot]| of.iter().map(|s| s.word()).collect::<Vec<_>>();
        let told: Vec<(String, Vec<&str>, Vec<&str>)> = reading
            .incidents
            .iter()
            .map(|i| {
                let disputed: Vec<ClaimSlot> = i.disputed.iter().map(|(s, _)| *s).collect();
                let agreed: Vec<ClaimSlot> = i.agreed.iter().map(|c| c.slot).collect();
                (i.accounts.len().to_string(), slots(&disputed), slots(&agreed))
            })
            .collect();
        let holds = |found: &[&str], wanted: &str| wanted.split(' ').filter(|w| !w.is_empty()).all(|w| found.contains(&w));
        let meets = |t: &(String, Vec<&str>, Vec<&str>)| t.0 == row[1] && holds(&t.1, &row[2]) && holds(&t.2, &row[3]);
        (!told.iter().any(meets)).then(|| format!("found {told:?}"))
    });
}
