//! What is said to the user, always on stderr.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use clap::ColorChoice;

use crate::view::visible;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Back to the start of the line, and clear it.
const CLEAR_LINE: &str = "\r\u{1b}[K";

/// The voice of the program. It never fails: who closes stderr does not want to hear.
pub(crate) struct Talk {
    out: anstream::AutoStream<std::io::Stderr>,
    quiet: bool,
    live: bool, // A progress line may be shown
    shown: bool,
}

impl Talk {
    pub(crate) fn new(color: ColorChoice, quiet: bool) -> Self {
        let stderr = std::io::stderr();
        // On a terminal that shows the records as they come, a progress line would stand among them.
        let live = !quiet && stderr.is_terminal() && !std::io::stdout().is_terminal();
        Self { out: anstream::AutoStream::new(stderr, stream_choice(color)), quiet, live, shown: false }
    }

    /// Something failed. No full stop at the end; the hint goes on a line of its own.
    pub(crate) fn error(&mut self, what: &str, hint: Option<&str>) {
        self.say(ERROR, "error", what);
        if let Some(hint) = hint {
            self.say(HINT, "  hint", hint);
        }
    }

    /// A report was not read.
    pub(crate) fn refused(&mut self, place: &str, reason: &str) {
        self.say(ERROR, "refused", &format!("{place}: {reason}"));
    }

    /// Something is odd, but nothing was lost.
    pub(crate) fn warning(&mut self, what: &str) {
        if !self.quiet {
            self.say(WARNING, "warning", what);
        }
    }

    /// How far the work has come.
    pub(crate) fn progress(&mut self, reports: u64) {
        if self.live {
            let _ = write!(self.out, "{CLEAR_LINE}{reports} reports");
            let _ = self.out.flush();
            self.shown = true;
        }
    }

    /// What the run came to, where that is not plain from the output.
    pub(crate) fn summary(&mut self, what: &str) {
        self.clear();
        if !self.quiet {
            let _ = writeln!(self.out, "{what}");
        }
    }

    /// Takes the progress line away.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(self.out, "{CLEAR_LINE}");
        }
    }

    fn say(&mut self, style: Style, label: &str, what: &str) {
        self.clear();
        let lines: Vec<String> = what.trim_end().lines().map(visible).collect();
        let _ = writeln!(self.out, "{style}{label}{style:#}: {}", lines.join("\n    "));
    }
}

/// clap's word for it in the words of the stream that obeys it.
pub(crate) fn stream_choice(color: ColorChoice) -> anstream::ColorChoice {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
}
