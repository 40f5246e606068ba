//! `kvarter add`: entries of another catalogue, taken into this one.

use std::path::PathBuf;

use clap::Args;

use super::{Inputs, list, write};
use crate::{
    catalogue::share::{self, Added},
    diagnostics::{At, Diagnostic, Outcome, Severity},
    sources,
};

/// Add the entries of a file that `kvarter export` made; what is in the catalogue stays as it is written
#[derive(Args)]
pub struct Add {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    inputs: Inputs,
}

impl Add {
    pub(super) fn run(self) -> Outcome<String> {
        let read = |path: &PathBuf| {
            std::fs::read_to_string(path).map_err(|error| {
                let at = At::File(path.display().to_string());
                vec![Diagnostic::new(Severity::Error, "cannot-read", format!("cannot read: {error}"), at)]
            })
        };
        let catalogue = &self.inputs.catalogue;
        let (own, entries) = (read(catalogue)?, read(&self.file)?);
        let names = (catalogue.display().to_string(), self.file.display().to_string());
        let (added, warnings) = share::add((&names.0, &own), (&names.1, &entries))?;
        let mut text = String::new();
        for (section, id) in &added.new {
            text.push_str(&format!("added     {section}/{id}\n"));
        }
        for (section, id) in &added.kept {
            text.push_str(&format!("kept      {section}/{id}: it was there\n"));
        }
        if added.new.is_empty() {
            text.push_str(&format!("{} has all of it already\n", names.0));
            return Ok((text, warnings));
        }
        write::over(catalogue, &added.text).map_err(|error| vec![error])?;
        text.push_str(&self.waits(&added));
        Ok((text, warnings))
    }

    /// What the new indicators wait for, and how to go on.
    fn waits(&self, added: &Added) -> String {
        let new = |id: &str| added.new.iter().any(|(section, known)| section == "indicators" && known == id);
        let text = match sources::open(&added.catalogue, self.inputs.data()) {
            Ok((opened, _)) => list::waiting(&added.catalogue, &opened, &new),
            Err(_) => String::new(),
        };
        format!("{text}next: kvarter check --catalogue {}\n", self.inputs.catalogue.display())
    }
}
