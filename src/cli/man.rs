//! `kvarter manual`: the man pages, from the same words as `--help`.

use std::{io, path::PathBuf};

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::diagnostics::{At, Diagnostic, Outcome, Severity};

/// Print the man page, or write one for the program and one for each command
#[derive(Args)]
pub struct Manual {
    /// Write the pages to DIR, which is made if it is not there, instead of printing the first
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

impl Manual {
    pub(super) fn run(self) -> Outcome<String> {
        let Some(dir) = &self.to else {
            let page = first().map_err(|error| vec![cannot("kvarter.1", &error)])?;
            return Ok((page, Vec::new()));
        };
        let name = dir.display().to_string();
        std::fs::create_dir_all(dir)
            .and_then(|()| clap_mangen::generate_to(super::Cli::command(), dir))
            .map_err(|error| vec![cannot(&name, &error)])?;
        Ok((format!("the manual is in {name}: man -l {}\n", dir.join("kvarter.1").display()), Vec::new()))
    }
}

fn cannot(what: &str, error: &io::Error) -> Diagnostic {
    let at = At::File(what.to_string());
    Diagnostic::new(Severity::Error, "cannot-write", format!("cannot write: {error}"), at)
}

/// The page of the program itself.
fn first() -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(super::Cli::command()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
