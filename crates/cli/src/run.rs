//! `dragoman read`: from the inputs through the workers to stdout.
//!
//! One thread reads the inputs, several do the work, and this one prints what they made in the order of the inputs. The reader hands
//! each item to the workers together with the ticket on which its product will come, and the tickets in order to the printer; both
//! queues are short, so no more than a few reports are ever in memory.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use clap::ColorChoice;
use dragoman_engine::{Engine, Reader};
use dragoman_mapped::Mapped;

use crate::args::{Format, ModelArgs, ModelName, OutputArgs, ReadArgs};
use crate::exit::Exit;
use crate::inputs::{Briefing, Input, Item, find, is_same, stream};
use crate::rejects::Rejects;
use crate::talk::{Talk, stream_choice};
use crate::view::{Look, visible};
use crate::work::{Bench, Form, Outcome, Product};

/// Reports that may wait for the printer, for each worker.
const WINDOW: usize = 4;
/// Pages nest deeply; only what is used of it takes memory.
const WORKER_STACK: usize = 64 << 20;
/// Width of the readable record where nothing gives one.
const WIDTH: usize = 100;
/// Lines longer than this are hard to read, however wide the terminal.
const MAX_WIDTH: usize = 120;

/// Does what `dragoman read` is asked to do.
pub(crate) fn read(args: &ReadArgs, color: ColorChoice, talk: &mut Talk) -> Exit {
    let rejects = match open_rejects(args.input.rejects.as_deref(), &args.input.paths, talk) {
        Ok(rejects) => rejects,
        Err(exit) => return exit,
    };
    let engine = match engine(&args.input.model, talk) {
        Ok(engine) => engine,
        Err(exit) => return exit,
    };
    let bench = Bench { reader: Box::new(move |document| engine.read(document)), form: form(&args.output, color) };
    let skip = args.input.rejects.as_deref().and_then(|p| p.canonicalize().ok());
    let inputs = find(&args.input.paths, skip.as_deref());
    let tickets = start(inputs, Briefing::new(&args.input), bench, jobs(args.input.jobs));
    print(&tickets, &mut io::stdout().lock(), args.output.format, rejects, talk)
}

/// The engine with the model that is asked for.
pub(crate) fn engine(args: &ModelArgs, talk: &mut Talk) -> Result<Engine, Exit> {
    let reader = match (&args.weights, args.model) {
        (Some(path), _) => match fs::read(path) {
            Ok(bytes) => Reader::Weights(bytes),
            Err(error) => {
                talk.error(&format!("{}: {error}", visible(&path.display().to_string())), None);
                return Err(Exit::Data);
            }
        },
        (None, ModelName::News) => Reader::News,
        (None, ModelName::Rules) => Reader::Rules,
    };
    Engine::shipped(&reader)
        .map_err(|error| {
            match &args.weights {
                Some(path) => talk.error(
                    &format!("{}: {error}", visible(&path.display().to_string())),
                    Some("it is not a weight file of this version, or it is damaged"),
                ),
                None => talk.error(&format!("the program's own data cannot be used: {error}"), Some("build or install dragoman anew")),
            }
            Exit::Data
        })
        .and_then(|engine| match &args.overlay {
            Some(folder) => overlaid(engine, folder, talk),
            None => Ok(engine),
        })
        .and_then(|engine| match &args.gazetteer {
            Some(path) => with_gazetteer(engine, path, talk),
            None => Ok(engine),
        })
}

/// The engine with a user's gazetteer before the shipped one.
fn with_gazetteer(engine: Engine, path: &Path, talk: &mut Talk) -> Result<Engine, Exit> {
    let name = visible(&path.display().to_string());
    let mapped = Mapped::open(path).map_err(|error| {
        talk.error(&format!("{name}: {error}"), None);
        Exit::Data
    })?;
    engine.with_towns(mapped).map_err(|error| {
        talk.error(&format!("{name}: {error}"), Some("`dragoman gazetteer build` makes one of this version"));
        Exit::Data
    })
}

/// The tables of a folder, in the order of their names.
pub(crate) fn overlay_files(folder: &Path, talk: &mut Talk) -> Result<Vec<(String, String)>, Exit> {
    let mut files = Vec::new();
    if let Err(error) = tables(folder, folder, &mut files) {
        talk.error(&format!("{}: {error}", visible(&folder.display().to_string())), None);
        return Err(Exit::Data);
    }
    files.sort();
    Ok(files)
}

/// The engine with the tables of a folder laid over; every fault of them is told.
fn overlaid(engine: Engine, folder: &Path, talk: &mut Talk) -> Result<Engine, Exit> {
    let files = overlay_files(folder, talk)?;
    engine.overlaid(&files).map_err(|faults| {
        let all: Vec<String> = faults.iter().map(|fault| visible(&fault.to_string())).collect();
        talk.error(&all.join("\n"), Some("the tables in the folder `data` of the source show the form"));
        Exit::Data
    })
}

/// The tables below a folder: path below it, and text.
fn tables(top: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            tables(top, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "tsv") {
            let below = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push((below, fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// As many workers as asked for, else one for each core.
pub(crate) fn jobs(asked: Option<u16>) -> usize {
    asked.map_or_else(|| thread::available_parallelism().map_or(1, Into::into), Into::into)
}

fn form(args: &OutputArgs, color: ColorChoice) -> Form {
    let color = match stream_choice(color) {
        anstream::ColorChoice::Auto => anstream::AutoStream::choice(&io::stdout()),
        choice => choice,
    };
    let look = Look { width: args.width.map_or_else(width, Into::into), color: color != anstream::ColorChoice::Never };
    Form { format: args.format, layers: args.layers(), look }
}

/// The terminal's width, where there is one.
fn width() -> usize {
    let terminal = io::stdout().is_terminal().then(|| terminal_size::terminal_size_of(io::stdout())).flatten();
    terminal.map_or(WIDTH, |(width, _)| usize::from(width.0).min(MAX_WIDTH))
}

/// The list must not be one of the inputs: it would be emptied before it is read.
fn open_rejects(path: Option<&Path>, inputs: &[PathBuf], talk: &mut Talk) -> Result<Rejects, Exit> {
    let existing = path.and_then(|p| p.canonicalize().ok());
    if inputs.iter().any(|input| is_same(input, existing.as_deref())) {
        talk.error("the file of --rejects is an input as well", Some("name another file"));
        return Err(Exit::Usage);
    }
    Rejects::create(path).map_err(|error| {
        let name = path.map_or_else(String::new, |p| p.display().to_string());
        talk.error(&format!("cannot write {name}: {error}"), None);
        Exit::Failed
    })
}

/// Where a product will come.
pub(crate) type Ticket = Receiver<Product>;
/// Work, and where its product goes.
type Task = (Item, SyncSender<Product>);

/// Starts the reader and the workers. The tickets come in the order of the inputs.
///
/// The threads are left to themselves: where the printer stops early, the process ends under them, even if one waits for stdin.
pub(crate) fn start(inputs: Vec<Result<Input, Item>>, briefing: Briefing, bench: Bench, jobs: usize) -> Receiver<Ticket> {
    let (tasks, queue) = sync_channel::<Task>(jobs);
    let (tickets, printer) = sync_channel::<Ticket>(jobs.saturating_mul(WINDOW));
    let (queue, bench) = (Arc::new(Mutex::new(queue)), Arc::new(bench));
    for started in 0..jobs {
        let (queue, bench) = (Arc::clone(&queue), Arc::clone(&bench));
        let worker = thread::Builder::new().stack_size(WORKER_STACK).spawn(move || work(&queue, &bench));
        // With fewer workers than asked for, the work takes longer; without any, it is never done.
        assert!(worker.is_ok() || started > 0, "the system can start a thread");
    }
    thread::spawn(move || {
        // An error on either queue means that nobody prints any more.
        let mut take = |item: Item| {
            let (product, ticket) = sync_channel(1);
            let sent = tickets.send(ticket).is_ok() && tasks.send((item, product)).is_ok();
            if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        for input in inputs {
            let go_on = match input {
                Ok(input) => stream(&input, &briefing, &mut take),
                Err(missing) => take(missing),
            };
            if go_on.is_break() {
                return;
            }
        }
    });
    printer
}

fn work(queue: &Mutex<Receiver<Task>>, bench: &Bench) {
    loop {
        // A worker that holds the lock only takes from the queue, which a panic cannot leave half done.
        let task = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, product)) = task else { return };
        let _ = product.send(bench.work(item));
    }
}

/// What a run came to.
#[derive(Debug, Default)]
struct Tally {
    read: u64,
    refused: u64,
    failed: u64,
}

impl Tally {
    fn exit(&self) -> Exit {
        match (self.failed, self.refused) {
            (0, 0) => Exit::Done,
            (0, _) => Exit::Refused,
            _ => Exit::Failed,
        }
    }

    fn words(&self) -> String {
        let mut words = format!("{} {} read", self.read, if self.read == 1 { "report" } else { "reports" });
        for (count, what) in [(self.refused, "refused"), (self.failed, "failed")] {
            if count > 0 {
                write!(words, ", {count} {what}").expect("a string takes any writing");
            }
        }
        words
    }
}

/// Prints the products in order.
fn print(tickets: &Receiver<Ticket>, out: &mut impl Write, format: Format, rejects: Rejects, talk: &mut Talk) -> Exit {
    let mut printer = Printer { out, format, rejects, talk, tally: Tally::default() };
    for ticket in tickets {
        let product = ticket.recv().expect("a worker answers every ticket");
        if let Err(error) = printer.print(product) {
            return printer.stopped(&error);
        }
    }
    if printer.tally.refused + printer.tally.failed > 0 {
        printer.talk.summary(&printer.tally.words());
    }
    printer.talk.clear();
    printer.tally.exit()
}

struct Printer<'p, W> {
    out: &'p mut W,
    format: Format,
    rejects: Rejects,
    talk: &'p mut Talk,
    tally: Tally,
}

impl<W: Write> Printer<'_, W> {
    fn print(&mut self, product: Product) -> io::Result<()> {
        let place = product.origin.to_string();
        for warning in product.warnings {
            self.talk.warning(&format!("{place}: {warning}"));
        }
        match product.outcome {
            Outcome::Record(record) => self.record(&record)?,
            Outcome::Refused(reason) => {
                self.tally.refused += 1;
                self.talk.refused(&place, &reason);
                self.rejects.add(&product.origin, &reason)?;
            }
            Outcome::Failed { reason, hint } => {
                self.tally.failed += 1;
                self.talk.error(&format!("{place}: {reason}"), hint.as_deref());
                self.rejects.add(&product.origin, &reason)?;
            }
        }
        Ok(())
    }

    /// Readable records are set apart by an empty line.
    fn record(&mut self, record: &str) -> io::Result<()> {
        if self.format == Format::Text && self.tally.read > 0 {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(record.as_bytes())?;
        self.out.flush()?;
        self.tally.read += 1;
        self.talk.progress(self.tally.read);
        Ok(())
    }

    /// Nobody reading any more is a wish to stop (`| head`); anything else is a failure.
    fn stopped(&mut self, error: &io::Error) -> Exit {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Exit::Done;
        }
        self.talk.error(&format!("cannot write: {error}"), None);
        Exit::Failed
    }
}
