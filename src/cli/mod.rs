//! The command line: one file per verb. The only place that prints, with `diagnostics`.

mod add;
mod audit;
mod backtest;
mod build;
mod check;
mod codes;
mod completions;
mod explain;
mod export;
mod init;
mod list;
mod man;
mod manual;
mod privacy;
mod schema;
mod watch;
mod write;

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};

use crate::diagnostics::{Diagnostic, Outcome, draw};

pub use codes::{Code, codes, errors};
pub use manual::markdown;

/// Reports for boligsocial monitorering, from one YAML catalogue.
#[derive(Parser)]
#[command(name = "kvarter", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Build),
    Watch(watch::Watch),
    Check(check::Check),
    List(list::List),
    Explain(explain::Explain),
    Backtest(backtest::Backtest),
    Init(init::Init),
    Schema(schema::Schema),
    Audit(audit::Audit),
    Export(export::Export),
    Add(add::Add),
    Completions(completions::Completions),
    Manual(man::Manual),
}

/// Where the catalogue and the data are.
#[derive(Args)]
struct Inputs {
    /// The catalogue
    #[arg(long, value_name = "FILE", default_value = "indicators.yaml")]
    catalogue: PathBuf,
    /// The folder that `file:` entries start from [default: the catalogue's own folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Inputs {
    fn data(&self) -> &Path {
        let own = || self.catalogue.parent().filter(|folder| !folder.as_os_str().is_empty());
        self.data.as_deref().or_else(own).unwrap_or(Path::new("."))
    }
}

/// Runs the command. Exit code 0: all done; 1: something is wrong in catalogue, data or a report (2, a wrong command line, is
/// given while parsing).
pub fn run(cli: Cli) -> ExitCode {
    let outcome = match cli.command {
        Command::Build(command) => command.run(),
        Command::Watch(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::List(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Backtest(command) => command.run(),
        Command::Init(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Audit(command) => command.run(),
        Command::Export(command) => command.run(),
        Command::Add(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Manual(command) => command.run(),
    };
    let (text, diagnostics) = match outcome {
        Ok((text, warnings)) => (text, warnings),
        Err(errors) => (String::new(), errors),
    };
    diagnostics.iter().for_each(print_diagnostic);
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    if !text.is_empty() {
        print(&text);
    }
    if failed {
        let (errors, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|d| d.is_error());
        print_error(&format!("{} errors, {} warnings", errors.len(), warnings.len()));
        if let [first, ..] = errors.as_slice() {
            print_error(&format!("`kvarter explain {}` says more", first.code));
        }
    }
    ExitCode::from(u8::from(failed))
}

/// What a panic says can quote what was being read, a person's row among it: only the place in the program is told.
pub fn tell_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line())).unwrap_or_default();
        print_error(&format!("the program met something that it does not know{place}"));
    }));
}

#[expect(clippy::print_stdout, reason = "results go to standard output")]
fn print(text: &str) {
    print!("{text}");
}

#[expect(clippy::print_stderr, reason = "diagnostics and progress go to standard error")]
fn print_error(text: &str) {
    eprintln!("{text}");
}

fn print_diagnostic(diagnostic: &Diagnostic) {
    print_error(draw(diagnostic, std::io::stderr().is_terminal()).trim_end());
}

/// Runs the next step and gathers its warnings with those so far.
fn then<T>(warnings: &mut Vec<Diagnostic>, outcome: Outcome<T>) -> Result<T, Vec<Diagnostic>> {
    match outcome {
        Ok((value, more)) => {
            warnings.extend(more);
            Ok(value)
        }
        Err(errors) => Err(warnings.drain(..).chain(errors).collect()),
    }
}
