//! `kvarter init`: a folder to start from.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    catalogue::{changes, schema},
    demo,
    diagnostics::{At, Diagnostic, Outcome, Severity},
    templates,
};

const CATALOGUE: &str = include_str!("start/indicators.yaml");
const DATA: &str = include_str!("start/data.txt");
const COMMENTS: &str = include_str!("start/comments.txt");
/// What must not be passed on with the catalogue.
const IGNORED: &str = "data/\nout/\n";
/// The schema's name, as the first line of the catalogue has it.
const SCHEMA: &str = "indicators.schema.json";

/// Write a folder to start from: the demonstration municipality with its catalogue, templates, data and comments
#[derive(Args)]
pub struct Init {
    /// The folder; it must be new or empty
    dir: PathBuf,
    /// Instead a catalogue to fill in, with explanations and nothing of the demonstration
    #[arg(long)]
    empty: bool,
}

impl Init {
    pub(super) fn run(self) -> Outcome<String> {
        let at = || At::File(self.dir.display().to_string());
        if std::fs::read_dir(&self.dir).is_ok_and(|mut entries| entries.next().is_some()) {
            let error = Diagnostic::new(Severity::Error, "folder-not-empty", "the folder is not empty", at());
            return Err(vec![error.hint("nothing is overwritten").hint("name a new folder")]);
        }
        let written = if self.empty { start(&self.dir) } else { demonstration(&self.dir) };
        written.map_err(|error| {
            vec![Diagnostic::new(Severity::Error, "cannot-write", format!("cannot write: {error}"), at())]
        })?;
        let dir = self.dir.display();
        let next = if self.empty {
            "fill in the lines of indicators.yaml marked UDFYLD, then: kvarter check".to_string()
        } else {
            format!("cd {dir} && kvarter build")
        };
        Ok((format!("{dir} is ready. Next: {next}\n"), Vec::new()))
    }
}

fn demonstration(dir: &Path) -> io::Result<()> {
    templates::write(dir)?;
    demo::write(&dir.join("data")).map_err(io::Error::other)?;
    Ok(())
}

/// A folder without data: the catalogue, the schema that its first line names, and where data and comments go.
fn start(dir: &Path) -> io::Result<()> {
    for (name, text) in [
        ("data/LÆSMIG.txt", DATA),
        ("comments/LÆSMIG.txt", COMMENTS),
        (".gitignore", IGNORED),
        (SCHEMA, &schema::json()),
        ("indicators.yaml", &catalogue()),
    ] {
        let path = dir.join(name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, text)?;
    }
    Ok(())
}

/// The catalogue to fill in, on the base of this program and with the first edition after it.
fn catalogue() -> String {
    let base = changes::versions().into_iter().next_back();
    let year = base.map_or(2026, |base| base.year);
    let base = base.map(|base| base.to_string()).unwrap_or_default();
    CATALOGUE.replace(" BASE ", &format!(" {base} ")).replace(" EDITION ", &format!(" {year}-12 "))
}
