//! `kvarter schema`: the JSON Schema of the catalogue, for editors.

use clap::Args;

use crate::{catalogue, diagnostics::Outcome};

/// Print the JSON Schema of the catalogue, for completion and checks in an editor
#[derive(Args)]
pub struct Schema {}

impl Schema {
    pub(super) fn run(self) -> Outcome<String> {
        Ok((catalogue::schema::json(), Vec::new()))
    }
}
