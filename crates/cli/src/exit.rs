use std::process::ExitCode;

/// How a run ended. The numbers are a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All was done.
    Done = 0,
    /// Something could not be read or written.
    Failed = 1,
    /// The command line could not be understood.
    Usage = 2,
    /// All was done but for some reports, which were refused.
    Refused = 3,
    /// Data that belong to the program are missing or altered.
    Data = 6,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Prints clap's answer: help and version on stdout, faults of usage on stderr.
pub(crate) fn after_clap(answer: &clap::Error) -> Exit {
    // Nobody may be reading any more (`dragoman --help | head -1`); that is no failure.
    let _ = answer.print();
    if answer.use_stderr() { Exit::Usage } else { Exit::Done }
}
