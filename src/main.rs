//! The `kvarter` program: parse, run, print, exit code.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    kvarter::cli::tell_panics_by_place();
    kvarter::cli::run(kvarter::cli::Cli::parse())
}
