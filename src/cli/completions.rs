//! `kvarter completions`: what a shell offers when a command is half typed.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::diagnostics::Outcome;

/// Print the completions of a shell; docs/install.md tells where to put them
#[derive(Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Outcome<String> {
        let mut text = Vec::new();
        clap_complete::generate(self.shell, &mut super::Cli::command(), "kvarter", &mut text);
        Ok((String::from_utf8_lossy(&text).into_owned(), Vec::new()))
    }
}
