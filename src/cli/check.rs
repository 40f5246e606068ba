//! `kvarter check`: what is wrong, before anything is printed.

use std::{path::PathBuf, sync::Arc};

use clap::Args;

use super::{Inputs, privacy, then};
use crate::{
    BuildOptions,
    catalogue::Catalogue,
    compute::{Fact, Publication, State},
    diagnostics::{Diagnostic, Outcome, Place},
    ids::AreaId,
    reports::privacy::Record,
};

/// Look for mistakes in the catalogue and, with --data, in the data
#[derive(Args)]
pub struct Check {
    /// The catalogue
    #[arg(long, value_name = "FILE", default_value = "indicators.yaml")]
    catalogue: PathBuf,
    /// Also read all data, from DIR or the catalogue's own folder, and show the account of every row
    #[arg(long, value_name = "DIR", num_args = 0..=1)]
    data: Option<Option<PathBuf>>,
    /// Show which columns of each source are read and for what, what the record of processing says of it, and what is missing
    #[arg(long)]
    privacy: bool,
    /// Also write that as a draft page in Danish (Markdown) for the record of processing or a DPIA
    #[arg(long, value_name = "FILE", requires = "privacy")]
    out: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self) -> Outcome<String> {
        let mut warnings = Vec::new();
        let inputs = Inputs { catalogue: self.catalogue, data: self.data.clone().flatten() };
        let (catalogue, opened) = then(&mut warnings, crate::check(&inputs.catalogue, inputs.data()))?;
        let mut text = format!(
            "{} indicators, {} sources and {} layers of areas: no mistake found in the catalogue\n",
            catalogue.indicators.len(),
            catalogue.sources.len(),
            catalogue.areas.len()
        );
        text.push_str(&next(&catalogue));
        let mut asked = unfilled(&catalogue);
        if self.privacy {
            let record = Record::new(&catalogue, &opened);
            text.push_str(&privacy::told(&catalogue, &record));
            asked.extend(privacy::warnings(&catalogue, &record));
            if let Some(path) = &self.out {
                let page = crate::reports::privacy::page(&catalogue, &record)?;
                privacy::write(path, &page).map_err(|error| vec![error])?;
            }
        }
        if self.data.is_some() {
            let options = BuildOptions {
                data: inputs.data().to_path_buf(),
                catalogue: inputs.catalogue,
                ..BuildOptions::default()
            };
            // The catalogue is read again: its warnings are not told twice.
            warnings.clear();
            let computed = then(&mut warnings, crate::compute(&options, &|_| ()))?;
            text.push_str(&account(&computed.catalogue, &computed.publication));
        }
        warnings.extend(asked);
        Ok((text, warnings))
    }
}

/// The word that marks a line of a new catalogue to be filled in.
const TO_FILL: &str = "UDFYLD";

/// The lines of the catalogue that still are as `kvarter init --empty` wrote them.
fn unfilled(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in catalogue.file.text.split_inclusive('\n') {
        let marked = line
            .split_once('#')
            .filter(|(field, comment)| !field.trim().is_empty() && comment.trim_start().starts_with(TO_FILL));
        if let Some((field, _)) = marked {
            let start = field.len() - field.trim_start().len();
            let place =
                Place { file: Arc::clone(&catalogue.file), offset: offset + start, len: field.trim().len() };
            let name = field.trim().split(':').next().unwrap_or_default();
            let message = format!("`{name}` is not filled in");
            found.push(
                Diagnostic::warning("not-filled-in", message, &place)
                    .hint(format!("write your own, and remove the comment with {TO_FILL}")),
            );
        }
        offset += line.len();
    }
    found
}

/// What a catalogue lacks before it gives a report.
fn next(catalogue: &Catalogue) -> String {
    let files = catalogue.sources.iter().any(|(_, source)| source.file.is_some());
    let lacks = [
        (
            catalogue.areas.is_empty(),
            "areas: no layer of areas; declare one under `areas:`, with a file of outlines",
        ),
        (
            !files,
            "sources: no source has a file; `kvarter list indicators --missing` tells what each figure needs",
        ),
        (catalogue.reports.is_empty(), "reports: none is declared; write one under `reports:`"),
    ];
    let lacks: String =
        lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| format!("  {what}\n")).collect();
    if lacks.is_empty() { lacks } else { format!("before the first report:\n{lacks}") }
}

/// The published account: rows read and not placed, by source and period. Small counts are not shown here either.
fn account(catalogue: &Catalogue, publication: &Publication) -> String {
    let municipality = AreaId::municipality();
    let mut text = String::from("\nsource               period   rows read   not placed\n");
    for source in catalogue.sources.ids() {
        let rows = format!("rows/{source}");
        for period in publication.periods(&rows, &municipality) {
            let shown = |what: &str| {
                let id = crate::ids::ValueId::own(format!("{what}/{source}"), &municipality, period);
                match publication.get(&id) {
                    State::Shown(Fact::Count(count)) => count.to_string(),
                    State::Hidden => "1 to 4".to_string(),
                    _ => "0".to_string(),
                }
            };
            let (read, unplaced) = (shown("rows"), shown("unplaced"));
            text.push_str(&format!(
                "{:<20} {:<8} {read:>9}   {unplaced:>10}\n",
                source.to_string(),
                period.to_string()
            ));
        }
    }
    text
}
