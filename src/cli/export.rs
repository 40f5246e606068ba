//! `kvarter export`: an entry of the catalogue as a file for another municipality.

use std::path::PathBuf;

use clap::Args;

use super::{Inputs, then, write};
use crate::{
    catalogue::{self, share},
    diagnostics::Outcome,
};

/// Write an entry of the catalogue (indicator, practice, barrier, question …) with all it refers to, for another catalogue
#[derive(Args)]
pub struct Export {
    /// The entry's id, or `section/id`
    entry: String,
    /// The file to write [default: print it]
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    #[command(flatten)]
    inputs: Inputs,
}

impl Export {
    pub(super) fn run(self) -> Outcome<String> {
        let mut warnings = Vec::new();
        let catalogue = then(&mut warnings, catalogue::load(&self.inputs.catalogue))?;
        let exported = share::export(&catalogue, &self.entry).map_err(|error| vec![error])?;
        let Some(to) = &self.to else { return Ok((exported.text, warnings)) };
        write::new(to, &exported.text).map_err(|error| vec![error])?;
        let file = to.display();
        let mut text = format!("{} is in {file}. In the other catalogue: kvarter add {file}\n", exported.id);
        if !exported.layers.is_empty() {
            text.push_str(&format!("it needs areas there: {}\n", exported.layers.join(", ")));
        }
        Ok((text, warnings))
    }
}
