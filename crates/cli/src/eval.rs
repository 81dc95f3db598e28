//! `dragoman eval`: reads the texts of a gold file and compares the records with the gold.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use dragoman_engine::Part;
use dragoman_eval::{Gold, Half, Records, Task};
use dragoman_json::Layers;

use crate::args::{EvalArgs, Format};
use crate::exit::Exit;
use crate::inputs::{Briefing, Input};
use crate::run::{engine, jobs, start};
use crate::talk::Talk;
use crate::view::{Look, visible};
use crate::work::{Bench, Form, Outcome};

/// Does what `dragoman eval` is asked to do.
pub(crate) fn eval(args: &EvalArgs, talk: &mut Talk) -> Exit {
    match measured(args, talk) {
        Ok(figures) => match io::stdout().lock().write_all(figures.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                talk.error(&format!("cannot write: {error}"), None);
                Exit::Failed
            }
            _ => Exit::Done,
        },
        Err(exit) => exit,
    }
}

fn measured(args: &EvalArgs, talk: &mut Talk) -> Result<String, Exit> {
    let text = file(&args.gold, talk)?;
    let failed = |reason: &str, talk: &mut Talk| {
        let place = visible(&args.gold.display().to_string());
        talk.error(&format!("{place}: {reason}"), Some("`dragoman eval --help` describes the gold files; SCORES.md names the public sets"));
        Exit::Failed
    };
    let mut gold = Gold::parse(args.task, &text).map_err(|e| failed(&e.to_string(), talk))?;
    gold.keep(&args.only);
    if let Some(path) = &args.ids {
        let ids: Vec<String> = file(path, talk)?.lines().map(|l| l.trim().to_owned()).collect();
        gold.keep_ids(&ids);
    }
    if let Some(half) = args.half {
        gold.keep_half(if half == 1 { Half::First } else { Half::Second });
    }
    if gold.is_empty() {
        return Err(failed("no document is left that --only, --ids and --half name", talk));
    }
    let records = match &args.predictions {
        Some(path) => Records::read(file(path, talk)?.lines()),
        None => read(args, &gold, talk)?,
    };
    let figures = gold.score(&records);
    Ok(if args.json { format!("{:#}\n", figures.json()) } else { figures.to_string() })
}

/// The text of a file, taken out of its compression where its name says that it is compressed.
fn file(path: &Path, talk: &mut Talk) -> Result<String, Exit> {
    let plain = || -> io::Result<String> {
        if path.extension().is_none_or(|e| e != "zst") {
            return fs::read_to_string(path);
        }
        let mut text = String::new();
        zstd::Decoder::new(File::open(path)?)?.read_to_string(&mut text)?;
        Ok(text)
    };
    plain().map_err(|error| {
        let hint = (error.kind() == io::ErrorKind::NotFound)
            .then_some("gold data are not part of the program; SCORES.md names their public sources");
        talk.error(&format!("{}: {error}", visible(&path.display().to_string())), hint);
        Exit::Failed
    })
}

/// The program's own records of the texts.
fn read(args: &EvalArgs, gold: &Gold, talk: &mut Talk) -> Result<Records, Exit> {
    let parts: Vec<Part> = args.without.iter().map(|p| Part::from(*p)).collect();
    let engine = engine(&args.model, talk)?.without(&parts);
    let layers = Layers { tokens: args.task == Task::Ud, ..Layers::default() };
    let form = Form { format: Format::Jsonl, layers, look: Look { width: 0, color: false } };
    let bench = Bench { reader: Box::new(move |document| engine.read(document)), form };
    let rows: Vec<u8> = gold.inputs().iter().flat_map(|row| format!("{row}\n").into_bytes()).collect();
    let name = args.gold.display().to_string();
    let (mut lines, mut count) = (Vec::new(), 0);
    for ticket in start(vec![Ok(Input::Rows(name, rows))], Briefing::bulk(), bench, jobs(args.jobs)) {
        let product = ticket.recv().expect("a worker answers every ticket");
        match product.outcome {
            Outcome::Record(record) => lines.push(record),
            Outcome::Refused(reason) | Outcome::Failed { reason, .. } => talk.refused(&product.origin.to_string(), &reason),
        }
        count += 1;
        talk.progress(count);
    }
    talk.clear();
    Ok(Records::read(lines.iter().map(String::as_str)))
}
