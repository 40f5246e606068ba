//! `kvarter check`: what is wrong, before anything is printed.

use std::path::PathBuf;

use clap::Args;

use super::{Inputs, privacy, then};
use crate::{
    BuildOptions,
    catalogue::Catalogue,
    compute::{Fact, Publication, State},
    diagnostics::Outcome,
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
        let mut asked = Vec::new();
        if self.privacy {
            let record = Record::new(&catalogue, &opened);
            text.push_str(&privacy::told(&catalogue, &record));
            asked = privacy::warnings(&catalogue, &record);
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
