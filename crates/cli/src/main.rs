//! dragoman reads English news reports and keeps the record.

mod args;
mod codebook;
mod eval;
mod exit;
mod gazetteer;
mod inputs;
mod jsonl;
mod papers;
mod rejects;
mod run;
mod talk;
mod view;
mod work;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, CodebookCommand, Command, GazetteerCommand};
use exit::Exit;
use talk::Talk;

fn main() -> ExitCode {
    let cli = match Cli::try_parse().and_then(Cli::checked) {
        Ok(cli) => cli,
        Err(answer) => return exit::after_clap(&answer).into(),
    };
    let mut talk = Talk::new(cli.color, cli.quiet);
    work::report_panics_briefly();
    let exit: Exit = match cli.command {
        Command::Read(read) => run::read(&read, cli.color, &mut talk),
        Command::Eval(eval) => eval::eval(&eval, &mut talk),
        Command::Codebook(CodebookCommand::Check(check)) => codebook::check(&check, &mut talk),
        Command::Codebook(CodebookCommand::Show(show)) => codebook::show(&show, &mut talk),
        Command::Gazetteer(GazetteerCommand::Build(build)) => gazetteer::build(&build, &mut talk),
        Command::Man(man) => papers::man(man.dir.as_deref(), &mut talk),
        Command::Completions(completions) => papers::completions(completions.shell, &mut talk),
    };
    exit.into()
}
