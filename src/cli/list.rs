//! `kvarter list`: what there is.

use clap::{Args, ValueEnum};

use super::{Inputs, then};
use crate::{
    catalogue::{self, Catalogue},
    diagnostics::Outcome,
    sources,
};

/// List the areas, indicators, practices or reports
#[derive(Args)]
pub struct List {
    /// What to list
    what: What,
    #[command(flatten)]
    inputs: Inputs,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    Areas,
    Indicators,
    Practices,
    Reports,
}

impl List {
    pub(super) fn run(self) -> Outcome<String> {
        let mut warnings = Vec::new();
        let catalogue = then(&mut warnings, catalogue::load(&self.inputs.catalogue))?;
        let language = catalogue.about.language;
        let rows: Vec<[String; 3]> = match self.what {
            What::Areas => self.areas(&catalogue, &mut warnings)?,
            What::Indicators => catalogue
                .indicators
                .iter()
                .map(|(id, i)| [id.to_string(), i.theme.value.clone(), i.title.in_language(language).into()])
                .collect(),
            What::Practices => catalogue
                .practices
                .iter()
                .map(|(id, p)| [id.to_string(), p.municipality.clone(), p.title.in_language(language).into()])
                .collect(),
            What::Reports => catalogue
                .reports
                .iter()
                .map(|(id, report)| {
                    let layers: Vec<_> = report.one_per.iter().map(ToString::to_string).collect();
                    let title = report.title.as_ref().map(|title| title.in_language(language).to_string());
                    [id.to_string(), layers.join(", "), title.unwrap_or_default()]
                })
                .collect(),
        };
        Ok((table(&rows), warnings))
    }

    fn areas(
        &self,
        catalogue: &Catalogue,
        warnings: &mut Vec<crate::diagnostics::Diagnostic>,
    ) -> Result<Vec<[String; 3]>, Vec<crate::diagnostics::Diagnostic>> {
        let places = then(warnings, sources::places(catalogue, self.inputs.data()))?;
        Ok(places
            .layers
            .iter()
            .flat_map(|(layer, areas)| {
                areas.iter().map(move |area| [area.id.to_string(), layer.to_string(), area.name.clone()])
            })
            .collect())
    }
}

/// Rows with their columns lined up.
fn table(rows: &[[String; 3]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (first, second) = (width(0), width(1));
    rows.iter().map(|[a, b, c]| format!("{a:first$}  {b:second$}  {c}\n")).collect()
}
