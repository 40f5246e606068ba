//! `kvarter check`: what is wrong, before anything is computed.

use clap::Args;

use super::{Inputs, then};
use crate::{catalogue, diagnostics::Outcome, sources};

/// Look for mistakes in the catalogue and, with --data, in the data
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    inputs: Inputs,
    /// Also read all data and show the account of every row
    #[arg(long)]
    data: bool,
    /// Show which columns are read of which source, and how sensitive each source is
    #[arg(long)]
    privacy: bool,
}
