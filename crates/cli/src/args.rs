//! The command line: what may be typed, and the help that teaches it.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::error::ErrorKind;
use clap::{Args, ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};
use dragoman_doc::PartialDate;
use dragoman_engine::Part;
use dragoman_eval::Task;
use dragoman_ingest::Cleaning;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Widest help, so that it reads alike everywhere.
const HELP_WIDTH: usize = 100;

#[derive(Debug, Parser)]
#[command(name = "dragoman", version, about, long_about = ABOUT, after_long_help = EXAMPLES)]
#[command(styles = STYLES, max_term_width = HELP_WIDTH, propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// When to use colour
    ///
    /// `auto` colours what goes to a terminal, unless NO_COLOR is set; CLICOLOR_FORCE=1 colours in any case.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "General")]
    pub(crate) color: ColorChoice,

    /// Say nothing but errors
    #[arg(short, long, global = true, help_heading = "General")]
    pub(crate) quiet: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// More workers than any machine has cores only cost memory.
const MAX_JOBS: i64 = 256;

const ABOUT: &str = "\
dragoman reads English news reports and keeps the record: who said what, who did what to whom, when, \
where and on whose word, and what has become of what was announced. Every row leads back to the words \
it came from.

It works offline. Data goes to stdout, everything else to stderr.";

const EXAMPLES: &str = "\
Examples:
  dragoman read report.txt                        look at what one report says
  dragoman read --format json report.html         the same as data
  dragoman read --format jsonl reports/ > all.jsonl
  dragoman eval ner gold.conll                    measure it

Exit codes:
  0 done   1 failed   2 usage   3 done, but some reports were refused   6 data missing or altered

`dragoman read --help` tells more.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and print their records
    #[command(long_about = READ_ABOUT, after_long_help = READ_EXAMPLES)]
    Read(ReadArgs),
    /// Measure the program on a gold file
    #[command(long_about = EVAL_ABOUT, after_long_help = EVAL_EXAMPLES)]
    Eval(EvalArgs),
    /// Check tables of your own, or see what the tables know
    #[command(subcommand)]
    Codebook(CodebookCommand),
    /// Make a larger gazetteer from GeoNames' files
    #[command(subcommand)]
    Gazetteer(GazetteerCommand),
    /// Print the manual page, or write all of them into a folder
    #[command(hide = true)]
    Man(ManArgs),
    /// Print shell completions
    #[command(hide = true)]
    Completions(CompletionsArgs),
}

/// What `dragoman codebook` does.
#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// Check a folder of tables as `--overlay` would take it; all faults in one run
    Check(CodebookCheckArgs),
    /// What the tables know of a name or a noun
    Show(CodebookShowArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CodebookCheckArgs {
    /// The folder with your tables
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct CodebookShowArgs {
    /// Names and nouns, such as "Quds Force" or "border guards"
    #[arg(value_name = "WORDS", required = true)]
    pub(crate) words: Vec<String>,

    #[command(flatten)]
    pub(crate) model: ModelArgs,
}

/// What `dragoman gazetteer` does.
#[derive(Debug, Subcommand)]
pub(crate) enum GazetteerCommand {
    /// Compile GeoNames' files of places for `--gazetteer`
    ///
    /// The files have 19 columns parted by tabs: `allCountries.txt`, the file of one country, `cities500.txt` and the like, from
    /// geonames.org (CC BY 4.0).
    Build(GazetteerBuildArgs),
}

#[derive(Debug, Args)]
pub(crate) struct GazetteerBuildArgs {
    /// GeoNames' files of places
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,

    /// The file to write
    #[arg(short, long, value_name = "FILE", default_value = "gazetteer.bin")]
    pub(crate) output: PathBuf,

    /// `admin1CodesASCII.txt`, for files that do not hold the first-level divisions themselves
    #[arg(long, value_name = "FILE")]
    pub(crate) divisions: Option<PathBuf>,

    /// Leave out lines that cannot be read, and say which
    #[arg(long)]
    pub(crate) skip_faults: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const READ_ABOUT: &str = "\
Read reports and print their records. Nothing is stored.

The readable record shows statements, events, places and dates, processes, incidents and presence, \
each with its sentence. In the sentence the words that matter are marked: by colour on a terminal, \
else «key words», ‹who› and [what is said].";

const READ_EXAMPLES: &str = r#"Examples:
  dragoman read report.txt
      One report, for the eye.

  dragoman read --published 2024-08-15 --outlet "Levant Wire" report.txt
      What the report does not say itself. "Last Saturday" is then a date.

  dragoman read --format jsonl reports/ > records.jsonl
      A folder with all below it; one record a line, in the order of the file names.

  dragoman read --format jsonl --rejects rejects.jsonl bulk.jsonl > records.jsonl
      Reports in bulk, one JSON object a line:
        {"id": "a-17", "text": "...", "title": "...", "published": "2024-08-15", "outlet": "..."}
      "html" may stand in the place of "text"; "url" and "author" are known too. A bad line is
      refused with its number, the lines after it are read.

  curl -s https://example.org/story.html | dragoman read -
      From stdin. Pages are told from text by their content.

  dragoman read --format json --layers tokens report.txt | jq '.events[] | {type, phase, anchor}'
      Only some fields. The schema is dragoman/1; spans count Unicode code points.

Exit codes:
  0  done
  1  a file is missing or cannot be read, or the output cannot be written; the others were read
  2  the command line was not understood
  3  done, but some reports were refused (each is named on stderr, and in the file of --rejects)
  6  data that belong to the program are missing or altered"#;

const EVAL_ABOUT: &str = "\
Measure the program on a gold file: public data, so that anyone can check our figures, or your own. \
Figures come with 95 % intervals (bootstrap over documents, 1,000 resamples, fixed seed). No gold label \
reaches the program.";

const EVAL_EXAMPLES: &str = r#"Gold files:
  attribution  PolNeAR as JSON lines: {"id", "text", "date"?, "attributions": [{"source", "cue", "content"}]},
               each a list of [begin, end] in code points
  html_text    JSON lines: {"id", "html", "url"?, "text"?, "date"?, "title"?, "with"?, "without"?}
  ner          CoNLL with a tag a word, IOB2 with texts, or CoNLL-U with Name=B-PER in MISC
  ud           CoNLL-U

Examples:
  dragoman eval ner emerging.dev.conll
  dragoman eval ud --model news --only _news_ en_gum-ud-dev.conllu
  dragoman read --format jsonl bulk.jsonl > records.jsonl
  dragoman eval attribution --predictions records.jsonl dev.jsonl

SCORES.md names the public source of every set that we measure on.

Exit codes:
  0  done   1  a file is missing or cannot be used   2  usage   6  data of the program missing or altered"#;

/// What is read, and how. Shared by all commands that read reports.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArgs {
    /// Files, folders, patterns ("2024-*/*.html"), or - for stdin
    ///
    /// Of a folder all .txt, .html, .htm, .xhtml, .jsonl and .ndjson files are read, in the order of their names, in the folders below
    /// it as well; names that begin with a dot are left out, links to folders are not followed. A file that is named is read whatever
    /// its ending.
    #[arg(value_name = "PATH", required = true, help_heading = None)]
    pub(crate) paths: Vec<PathBuf>,

    /// What the input is
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    pub(crate) input_format: InputFormat,

    #[command(flatten)]
    pub(crate) model: ModelArgs,

    /// Date of publication, where a report gives none: 2024-08-15, 2024-08 or 2024
    ///
    /// A line of JSONL with its own "published" keeps it.
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<PartialDate>,

    /// Name of the outlet, where a report gives none
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,

    /// Keep the text as it is, page clutter and all
    #[arg(long, conflicts_with = "clean")]
    pub(crate) raw: bool,

    /// Remove page clutter from JSONL "text" too
    ///
    /// Without --raw or --clean, files and pages are cleaned, and "text" is taken character for character, so that offsets fit your copy.
    #[arg(long)]
    pub(crate) clean: bool,

    /// Reports read at the same time [default: number of processor cores]
    ///
    /// The output is the same for any number.
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MAX_JOBS))]
    pub(crate) jobs: Option<u16>,

    /// Write what was refused, and why, to this file
    ///
    /// One JSON object a line: {"source", "line", "reason"}; "line" is null for a whole file.
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
}

/// What reads the words.
#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    /// What reads the words
    ///
    /// `news` is a trained model: it sees names, trees (`--layers tokens`) and statements. `rules` is the lexicon alone: many times faster,
    /// and much less is seen.
    #[arg(long, value_name = "MODEL", default_value = "news")]
    pub(crate) model: ModelName,

    /// A weight file of your own training, in place of a shipped model
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    pub(crate) weights: Option<PathBuf>,

    /// A folder with tables of your own, laid over the shipped ones
    ///
    /// The tables have the names and the form of those in the folder `data` of the source: `actors/organizations.tsv` adds bodies,
    /// `places/sites.tsv` places, `en/times/rules.tsv` ways of writing dates. A row of yours counts before a shipped one;
    /// `dragoman codebook check` tells all faults.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) overlay: Option<PathBuf>,

    /// A gazetteer made by `dragoman gazetteer build`, beside the shipped one
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Option<PathBuf>,
}

/// What is measured, and on what.
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// What is measured: actors, attribution, html_text, ner, places, timex or ud
    #[arg(value_name = "TASK", value_parser = PossibleValuesParser::new(Task::ALL.map(Task::name)).try_map(|t| t.parse::<Task>()))]
    pub(crate) task: Task,

    /// The gold file; plain or compressed with zstd (.zst)
    #[arg(value_name = "GOLD")]
    pub(crate) gold: PathBuf,

    /// Score these records (as `dragoman read --format jsonl` prints them) in place of reading the texts now
    #[arg(long, value_name = "FILE", conflicts_with_all = ["model", "weights", "jobs"])]
    pub(crate) predictions: Option<PathBuf>,

    /// Only documents whose id holds one of these words
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Only documents whose id is a line of this file
    #[arg(long, value_name = "FILE")]
    pub(crate) ids: Option<PathBuf>,

    /// Only every second document, from the first (1) or the second (2) on: one half to tune on and one to report
    #[arg(long, value_name = "HALF", value_parser = clap::value_parser!(u8).range(1..=2))]
    pub(crate) half: Option<u8>,

    /// Read without a part, to see what it gives; may be given several times
    #[arg(long, value_name = "PART", value_delimiter = ',', conflicts_with = "predictions")]
    pub(crate) without: Vec<PartName>,

    /// Print the figures as JSON
    #[arg(long)]
    pub(crate) json: bool,

    #[command(flatten)]
    pub(crate) model: ModelArgs,

    /// Reports read at the same time [default: number of processor cores]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=MAX_JOBS))]
    pub(crate) jobs: Option<u16>,
}

/// How records are printed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// How to print the records, on a terminal and in a pipe alike
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,

    /// Print further layers: tokens, predicates (only with --format json or jsonl)
    #[arg(long, value_name = "LAYER", value_delimiter = ',', hide_possible_values = true)]
    pub(crate) layers: Vec<Layer>,

    /// Width of the readable record, in characters [default: the terminal's, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..))]
    pub(crate) width: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelName {
    /// The reading model
    News,
    /// Lexicon and rules alone
    Rules,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PartName {
    /// The model's names
    Names,
    /// The model's parts of speech and trees
    Trees,
    /// The model's sources, cues and contents
    Attribution,
    /// The cues of the tables
    Cues,
}

impl From<PartName> for Part {
    fn from(name: PartName) -> Self {
        match name {
            PartName::Names => Self::Names,
            PartName::Trees => Self::Trees,
            PartName::Attribution => Self::Attribution,
            PartName::Cues => Self::Cues,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// By the file's ending, else by its content
    Auto,
    /// Plain text, one report a file
    Text,
    /// A web page
    Html,
    /// One report a line
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A readable record
    Text,
    /// One indented JSON object for each report
    Json,
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layer {
    /// Every token with its lemma and part of speech
    Tokens,
    /// Every event-like predicate with its status
    Predicates,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Write a page for each command into this folder
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

impl Cli {
    /// What clap's rules cannot say.
    pub(crate) fn checked(self) -> Result<Self, clap::Error> {
        if let Command::Read(read) = &self.command
            && read.output.format == Format::Text
            && !read.output.layers.is_empty()
        {
            let why = "--layers shows only in data\n\n  hint: add --format json or --format jsonl";
            let mut all = Self::command();
            all.build();
            let read = all.find_subcommand_mut("read").expect("it was just parsed");
            return Err(read.error(ErrorKind::ArgumentConflict, why));
        }
        Ok(self)
    }
}

impl InputArgs {
    /// Whether page clutter is removed.
    pub(crate) fn cleaning(&self) -> Cleaning {
        match (self.raw, self.clean) {
            (true, _) => Cleaning::Never,
            (_, true) => Cleaning::Always,
            _ => Cleaning::ByKind,
        }
    }
}

impl OutputArgs {
    /// The layers as the record's writer knows them.
    pub(crate) fn layers(&self) -> dragoman_json::Layers {
        let has = |layer| self.layers.contains(&layer);
        dragoman_json::Layers { tokens: has(Layer::Tokens), predicates: has(Layer::Predicates) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}
