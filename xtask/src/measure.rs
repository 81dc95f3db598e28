//! `cargo xtask measure`: speed and memory of the release binary on a body of reports, as a row for `SCORES.md`.
//!
//! The input is rewritten first to what the program asks for (an id and a text or a page), so that other fields of a gold file,
//! such as the expected text, cannot get in its way. Only the program's own run is timed, start and loading of its data included.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{env, iter};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

/// How often the memory of the program is looked at.
const LOOK: Duration = Duration::from_millis(5);
/// The program's exit code when some reports were refused.
const SOME_REFUSED: i32 = 3;

const HEADER: &str = "\
| date | reader | data | kind | jobs | reports | refused | words | reports/s | words/s | peak memory |
|---|---|---|---|---:|---:|---:|---:|---:|---:|---:|";

pub(crate) fn run(root: &Path, data: &Path, options: &[&str]) -> Result<()> {
    let options = Options::parse(options)?;
    let files = data_files(data)?;
    let program = build(root)?;
    println!("{HEADER}");
    for file in files {
        let measured = measure(&program, &file, &options).with_context(|| format!("measuring {}", file.display()))?;
        println!("{}", measured.row(&options, &label(&file)));
    }
    Ok(())
}

/// What stands behind the name of the data.
#[derive(Debug, PartialEq, Eq)]
struct Options<'a> {
    /// The day of the measurement, as the user gives it: a task never reads the clock.
    date: &'a str,
    jobs: u32,
    /// What reads the words: a model's name, or a weight file.
    reader: Reader<'a>,
}

#[derive(Debug, PartialEq, Eq)]
enum Reader<'a> {
    Model(&'a str),
    Weights(&'a str),
}

impl Reader<'_> {
    fn arguments(&self) -> [&str; 2] {
        match self {
            Self::Model(name) => ["--model", name],
            Self::Weights(path) => ["--weights", path],
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Model(name) => (*name).to_owned(),
            Self::Weights(path) => Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }
}

impl<'a> Options<'a> {
    fn parse(options: &[&'a str]) -> Result<Self> {
        let (mut date, mut jobs, mut reader) = (None, 1, Reader::Model("news"));
        for pair in options.chunks(2) {
            match pair {
                ["--date", day] => date = Some(*day),
                ["--jobs", number] => jobs = number.parse().with_context(|| format!("--jobs {number}"))?,
                ["--model", name] => reader = Reader::Model(name),
                ["--weights", path] => reader = Reader::Weights(path),
                other => bail!("unknown option {}", other.join(" ")),
            }
        }
        let date = date.context("--date YYYY-MM-DD is needed: the row states the day, and the clock is not read")?;
        ensure!(is_day(date), "--date {date}: expected YYYY-MM-DD");
        Ok(Self { date, jobs, reader })
    }
}

fn is_day(date: &str) -> bool {
    let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

/// The files to measure: the one that is named, or all of a folder.
fn data_files(data: &Path) -> Result<Vec<PathBuf>> {
    ensure!(data.exists(), "{}: no such file or folder; nothing was measured. The data are not part of the repository.", data.display());
    if data.is_file() {
        return Ok(vec![data.to_owned()]);
    }
    let entries = fs::read_dir(data)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().filter(|path| is_data(path)).collect();
    files.sort();
    ensure!(!files.is_empty(), "{}: no .jsonl or .jsonl.zst file in it; nothing was measured", data.display());
    Ok(files)
}

fn is_data(path: &Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(".jsonl") || name.ends_with(".jsonl.zst")
}

/// The name of a file in the table: with its folder, without the folders of one machine.
fn label(file: &Path) -> String {
    let folder = file.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    format!("{folder}/{}", name.trim_end_matches(".zst").trim_end_matches(".jsonl"))
}

/// Builds the release program; its path.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--release", "--locked", "--package", "dragoman", "--message-format", "json"])
        .current_dir(root)
        .stderr(Stdio::inherit())
        .output()
        .context("running cargo")?;
    ensure!(built.status.success(), "the release build failed");
    let messages = String::from_utf8_lossy(&built.stdout);
    let executable = |line: &str| serde_json::from_str::<Value>(line).ok()?["executable"].as_str().map(PathBuf::from);
    messages.lines().filter_map(executable).next_back().context("cargo named no program")
}

/// One measurement.
#[derive(Debug)]
struct Measured {
    is_html: bool,
    reports: usize,
    refused: usize,
    words: usize,
    seconds: f64,
    peak_kib: Option<u64>,
}

impl Measured {
    fn row(&self, options: &Options<'_>, data: &str) -> String {
        let Options { date, jobs, reader } = options;
        let reader = reader.name();
        let kind = if self.is_html { "pages" } else { "text" };
        let per_second = |count: usize| count as f64 / self.seconds;
        let peak = self.peak_kib.map_or_else(|| "not known".to_owned(), |kib| format!("{} MiB", kib.div_ceil(1024)));
        let Self { reports, refused, words, .. } = self;
        format!(
            "| {date} | {reader} | {data} | {kind} | {jobs} | {reports} | {refused} | {words} | {:.1} | {:.0} | {peak} |",
            per_second(*reports),
            per_second(*words),
        )
    }
}

fn measure(program: &Path, file: &Path, options: &Options<'_>) -> Result<Measured> {
    let folder = tempfile::tempdir()?;
    let (input, output) = (folder.path().join("reports.jsonl"), folder.path().join("records.jsonl"));
    let (offered, is_html) = rewrite(file, &input)?;
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(["read", "--input-format", "jsonl", "--format", "jsonl", "--jobs", &options.jobs.to_string()])
        .args(options.reader.arguments())
        .arg(&input)
        .stdin(Stdio::null())
        .stdout(File::create(&output)?)
        .spawn()
        .context("starting dragoman")?;
    let (status, peak_kib) = watch(&mut child)?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(status.success() || status.code() == Some(SOME_REFUSED), "dragoman ended with {status}");
    let (reports, words) = counts(&output)?;
    Ok(Measured { is_html, reports, refused: offered.saturating_sub(reports), words, seconds, peak_kib })
}

/// Waits for the program. Its peak memory is what the system last knew of it; none where there is no `/proc`.
fn watch(child: &mut Child) -> Result<(ExitStatus, Option<u64>)> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        peak = fs::read_to_string(&status).ok().as_deref().and_then(peak_kib).or(peak);
        if let Some(ended) = child.try_wait()? {
            return Ok((ended, peak));
        }
        thread::sleep(LOOK);
    }
}

fn peak_kib(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// Writes the reports as the program takes them; how many there are, and whether they are pages.
fn rewrite(file: &Path, to: &Path) -> Result<(usize, bool)> {
    let mut writer = BufWriter::new(File::create(to)?);
    let (mut count, mut is_html) = (0, false);
    for line in lines(file)? {
        let report: Value = serde_json::from_str(&line?)?;
        let kind = if report["html"].is_string() { "html" } else { "text" };
        let mut bare = json!({ "id": report["id"], kind: report[kind] });
        if let Some(day) = report["date"].as_str().filter(|day| kind == "text" && is_day(day)) {
            bare["published"] = json!(day);
        }
        writeln!(writer, "{bare}")?;
        count += 1;
        is_html |= kind == "html";
    }
    writer.flush()?;
    Ok((count, is_html))
}

fn lines(file: &Path) -> Result<Box<dyn Iterator<Item = Result<String>>>> {
    let reader: Box<dyn BufRead> = match file.extension() {
        Some(extension) if extension == "zst" => Box::new(BufReader::new(zstd::Decoder::new(File::open(file)?)?)),
        _ => Box::new(BufReader::new(File::open(file)?)),
    };
    let mut lines = reader.lines();
    Ok(Box::new(iter::from_fn(move || Some(lines.next()?.map_err(Into::into)))))
}

/// Records, and words of the texts that were read.
fn counts(output: &Path) -> Result<(usize, usize)> {
    let (mut reports, mut words) = (0, 0);
    for line in lines(output)? {
        let record: Value = serde_json::from_str(&line?)?;
        reports += 1;
        words += record["report"]["text"].as_str().map_or(0, |text| text.split_whitespace().count());
    }
    Ok((reports, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_asked_for() {
        let two_jobs = Options { date: "2026-11-24", jobs: 2, reader: Reader::Model("news") };
        assert_eq!(Options::parse(&["--date", "2026-11-24", "--jobs", "2"]).unwrap(), two_jobs);
        assert!(Options::parse(&[]).is_err());
        assert!(Options::parse(&["--date", "today"]).is_err());
        assert!(Options::parse(&["--date"]).is_err());
    }

    #[test]
    fn missing_data_are_named() {
        let missing = data_files("no/such/folder".as_ref()).unwrap_err().to_string();
        assert!(missing.starts_with("no/such/folder: no such file or folder; nothing was measured"), "{missing}");
        let empty = tempfile::tempdir().unwrap();
        assert!(data_files(empty.path()).unwrap_err().to_string().contains("nothing was measured"));
    }

    #[test]
    fn input_is_rewritten() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a.jsonl"), folder.path().join("b.jsonl"));
        fs::write(&from, "{\"id\":\"1\",\"text\":\"A b.\",\"date\":\"2024-08-15\"}\n{\"id\":\"2\",\"text\":\"gold\",\"html\":\"<p>x\"}\n")
            .unwrap();
        assert_eq!(rewrite(&from, &to).unwrap(), (2, true));
        let written = fs::read_to_string(&to).unwrap();
        assert_eq!(written, "{\"id\":\"1\",\"text\":\"A b.\",\"published\":\"2024-08-15\"}\n{\"id\":\"2\",\"html\":\"<p>x\"}\n");
    }

    #[test]
    fn records_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("records.jsonl");
        fs::write(&output, "{\"report\":{\"text\":\"one two\"}}\n{\"report\":{\"text\":\"three\"}}\n").unwrap();
        assert_eq!(counts(&output).unwrap(), (2, 3));
    }

    #[test]
    fn a_row_is_a_row() {
        let measured = Measured { is_html: false, reports: 10, refused: 1, words: 4000, seconds: 2.0, peak_kib: Some(2049) };
        let options = Options::parse(&["--date", "2026-11-24", "--weights", "made/three.weights"]).unwrap();
        assert_eq!(
            measured.row(&options, "newswire/docs"),
            "| 2026-11-24 | three | newswire/docs | text | 1 | 10 | 1 | 4000 | 5.0 | 2000 | 3 MiB |"
        );
    }

    #[test]
    fn peak_memory_is_read() {
        assert_eq!(peak_kib("Name:\tx\nVmHWM:\t   12345 kB\nVmRSS:\t 1 kB\n"), Some(12345));
        assert_eq!(peak_kib("Name:\tx\n"), None);
    }

    #[test]
    fn labels_name_no_machine() {
        assert_eq!(label("some/data/newswire/docs.jsonl.zst".as_ref()), "newswire/docs");
    }
}
