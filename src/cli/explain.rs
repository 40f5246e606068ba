//! `kvarter explain`: what an id means, or how a printed figure was made.

use clap::Args;

use super::{Inputs, then};
use crate::{
    catalogue,
    diagnostics::{At, Diagnostic, Outcome, Severity},
    ids::ValueId,
};

/// Explain an id of the catalogue, or how a printed figure was made (no-work@gronnevang@2024)
#[derive(Args)]
pub struct Explain {
    /// The id
    id: String,
    #[command(flatten)]
    inputs: Inputs,
}
