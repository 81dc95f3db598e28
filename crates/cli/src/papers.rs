//! Papers made from the command line's definition: manual pages and shell completions.

use std::io::{self, Write};
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::exit::Exit;
use crate::talk::Talk;

/// The manual page on stdout, or one for each command in `folder`.
pub(crate) fn man(folder: Option<&Path>, talk: &mut Talk) -> Exit {
    let done = folder.map_or_else(first_page, |folder| clap_mangen::generate_to(Cli::command(), folder));
    finish(done, talk)
}

fn first_page() -> io::Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)
}

/// Completions for `shell` on stdout.
pub(crate) fn completions(shell: Shell, talk: &mut Talk) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "dragoman", &mut script);
    finish(print(&script), talk)
}

fn print(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

fn finish(done: io::Result<()>, talk: &mut Talk) -> Exit {
    match done {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            talk.error(&format!("cannot write: {error}"), None);
            Exit::Failed
        }
        _ => Exit::Done,
    }
}
