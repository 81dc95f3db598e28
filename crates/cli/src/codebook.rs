//! `dragoman codebook`: the user's own tables, checked, and what the tables know of a name.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use crate::args::{CodebookCheckArgs, CodebookShowArgs};
use crate::exit::Exit;
use crate::run::{engine, overlay_files};
use crate::talk::Talk;
use crate::view::visible;

/// Checks all tables of a folder as an overlay; every fault is told with file, line and column.
pub(crate) fn check(args: &CodebookCheckArgs, talk: &mut Talk) -> Exit {
    let files = match overlay_files(&args.folder, talk) {
        Ok(files) => files,
        Err(exit) => return exit,
    };
    match dragoman_engine::check_overlay(&files) {
        Err(faults) => {
            let all: Vec<String> = faults.iter().map(|fault| visible(&fault.to_string())).collect();
            let hint = "the tables in the folder `data` of the source show the form";
            talk.error(&format!("{}\n{} faults in {} tables", all.join("\n"), faults.len(), files.len()), Some(hint));
            Exit::Data
        }
        Ok(rows) => {
            talk.summary(&format!("{rows} rows in {} tables, no fault", files.len()));
            Exit::Done
        }
    }
}

/// Prints what the tables know of a name or a noun.
pub(crate) fn show(args: &CodebookShowArgs, talk: &mut Talk) -> Exit {
    let engine = match engine(&args.model, talk) {
        Ok(engine) => engine,
        Err(exit) => return exit,
    };
    let mut out = String::new();
    for words in &args.words {
        let known = engine.known(words);
        if known.is_empty() {
            let _ = writeln!(out, "{}: not in the tables", visible(words));
        }
        for line in known {
            let _ = writeln!(out, "{}: {}", visible(words), visible(&line));
        }
    }
    let mut stdout = io::stdout().lock();
    match stdout.write_all(out.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            talk.error(&format!("stdout: {error}"), None);
            Exit::Failed
        }
        _ => Exit::Done,
    }
}
