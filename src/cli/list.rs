//! `kvarter list`: what there is, what waits for data, and what a newer base alters.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::{Inputs, then};
use crate::{
    catalogue::{
        self, Catalogue, Indicator, Method, Practice, Text, Tool,
        changes::{Change, What as Happened},
    },
    diagnostics::{At, Diagnostic, Outcome, Severity},
    ids::{IndicatorId, PracticeId, SourceId, ToolId},
    sources::{self, Absent, Opened},
};

/// List the areas, indicators, tools, practices or reports, or what a newer base changes
#[derive(Args)]
pub struct List {
    /// What to list
    what: What,
    /// Of indicators only those that wait for data, with the source and the columns that each needs
    #[arg(long)]
    missing: bool,
    #[command(flatten)]
    inputs: Inputs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The areas of all layers.
    Areas,
    /// The indicators, by theme: method, sources, and whether they are computed.
    Indicators,
    /// What the law lets be done about an area, asks for and forbids.
    Tools,
    /// What others publish of the same people, so that everybody is taken to know it.
    KnownOutside,
    /// Examples from other municipalities: when, for which areas, how well their effect is known.
    Practices,
    /// The kinds of report.
    Reports,
    /// What the base in this program alters since the version that the catalogue names.
    Changes,
}

impl List {
    pub(super) fn run(self) -> Outcome<String> {
        if self.missing && self.what != What::Indicators {
            let message = "only indicators wait for data";
            let error = Diagnostic::new(Severity::Error, "wrong-option", message, At::Nowhere);
            return Err(vec![error.hint("write `kvarter list indicators --missing`")]);
        }
        let mut warnings = Vec::new();
        let catalogue = then(&mut warnings, catalogue::load(&self.inputs.catalogue))?;
        let said = |text: Option<&Text>| said(&catalogue, text);
        let rows: Vec<Vec<String>> = match self.what {
            What::Areas => self.areas(&catalogue, &mut warnings)?,
            What::Indicators => {
                let opened = sources::open(&catalogue, self.inputs.data());
                if self.missing {
                    let opened = then(&mut warnings, opened)?;
                    return Ok((missing(&catalogue, &opened), warnings));
                }
                // A catalogue can be read without its data.
                let opened = opened.ok().map(|(opened, _)| opened);
                let row = |(id, one)| indicator(&catalogue, opened.as_ref(), id, one);
                catalogue.indicators.iter().map(|(id, one)| row((&id.value, one))).collect()
            }
            What::Tools => catalogue.tools.iter().map(|(id, one)| tool(&catalogue, &id.value, one)).collect(),
            What::KnownOutside => known_outside(&catalogue),
            What::Practices => {
                catalogue.practices.iter().map(|(id, one)| practice(&catalogue, &id.value, one)).collect()
            }
            What::Reports => catalogue
                .reports
                .iter()
                .map(|(id, report)| {
                    let layers: Vec<_> = report.one_per.iter().map(ToString::to_string).collect();
                    let layers = if layers.is_empty() { "one over all".into() } else { layers.join(", ") };
                    vec![id.to_string(), layers, said(report.title.as_ref())]
                })
                .collect(),
            What::Changes => return Ok((changes(&catalogue), warnings)),
        };
        Ok((table(&rows), warnings))
    }

    fn areas(
        &self,
        catalogue: &Catalogue,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Vec<Vec<String>>, Vec<Diagnostic>> {
        let places = then(warnings, sources::places(catalogue, self.inputs.data()))?;
        let row = |layer: &str, area: &sources::Area| {
            vec![area.id.to_string(), layer.to_string(), area.name.clone()]
        };
        Ok(places
            .layers
            .iter()
            .flat_map(|(layer, areas)| areas.iter().map(|area| row(layer.as_str(), area)))
            .collect())
    }
}

/// A text in the catalogue's language; nothing if there is none.
fn said(catalogue: &Catalogue, text: Option<&Text>) -> String {
    text.map(|text| text.in_language(catalogue.about.language).to_string()).unwrap_or_default()
}

/// Theme, id, title, method, sources, and whether it is computed; `opened`: the data, where they could be opened.
fn indicator(
    catalogue: &Catalogue,
    opened: Option<&Opened>,
    id: &IndicatorId,
    indicator: &Indicator,
) -> Vec<String> {
    let populations = indicator.method.populations(catalogue);
    let sources: BTreeSet<&SourceId> = populations.iter().filter_map(|id| catalogue.source_of(id)).collect();
    let sources: Vec<&str> = sources.into_iter().map(SourceId::as_str).collect();
    let state = match opened.map(|opened| is_waiting(catalogue, opened, indicator)) {
        Some(true) => "missing",
        Some(false) => "computed",
        None => "data not found",
    };
    vec![
        indicator.theme.value.clone(),
        id.to_string(),
        said(catalogue, Some(indicator.short_title())),
        indicator.method.form().words(),
        sources.join(", "),
        state.into(),
    ]
}

/// Id, what others publish, which of our numbers that is, how it is rounded, title; and the official lists, which need no
/// declaration.
fn known_outside(catalogue: &Catalogue) -> Vec<Vec<String>> {
    let declared = catalogue.known_outside.iter().map(|(id, known)| {
        vec![
            id.to_string(),
            known.publishes.to_string(),
            known.counts.to_string(),
            known.rounding(),
            said(catalogue, Some(&known.title)),
        ]
    });
    let lists = catalogue.sources.iter().filter_map(|(id, source)| {
        let official = source.official.as_ref()?;
        let (numbers, title) = ("numbers of its criteria".into(), said(catalogue, Some(&source.title)));
        Some(vec![id.to_string(), official.family.to_string(), numbers, "as they are".into(), title])
    });
    declared.chain(lists).collect()
}

/// Id, paragraph, whether it must be done, where, and from when to when its words are in force.
fn tool(catalogue: &Catalogue, id: &ToolId, tool: &Tool) -> Vec<String> {
    let statuses: Vec<_> = tool.applies.iter().map(|at| at.status.as_str()).collect();
    let day = |word: &str, day: Option<String>| day.map(|day| format!("{word} {day}"));
    let from = day("from", tool.from.as_ref().map(ToString::to_string));
    let to = day("to", tool.to.as_ref().map(ToString::to_string));
    let dates: Vec<String> = from.into_iter().chain(to).collect();
    vec![
        id.to_string(),
        said(catalogue, Some(&tool.law)),
        tool.obliges.word().into(),
        if statuses.is_empty() { "every area".into() } else { statuses.join(", ") },
        dates.join(" "),
        said(catalogue, Some(&tool.title)),
    ]
}

/// Id, who did it, when, for which areas, how well its effect is known, on how many conditions it fits, title.
fn practice(catalogue: &Catalogue, id: &PracticeId, practice: &Practice) -> Vec<String> {
    let places: Vec<_> = practice.places.iter().map(ToString::to_string).collect();
    vec![
        id.to_string(),
        practice.municipality.clone(),
        practice.span(),
        if places.is_empty() { "whole municipality".into() } else { places.join(", ") },
        practice.evidence.word().into(),
        match practice.fits_when.len() {
            0 => "general".into(),
            1 => "1 condition".into(),
            n => format!("{n} conditions"),
        },
        said(catalogue, Some(&practice.title)),
    ]
}

/// What an indicator waits for.
fn waits(catalogue: &Catalogue, opened: &Opened, indicator: &Indicator) -> Absent {
    let mut all = Absent::new();
    for population in indicator.method.populations(catalogue) {
        for (source, columns) in opened.absent().get(&population).into_iter().flatten() {
            all.entry(source.clone()).or_default().extend(columns.iter().cloned());
        }
    }
    all
}

/// The layers of the map that an indicator waits for.
fn map<'a>(catalogue: &Catalogue, indicator: &'a Indicator) -> Vec<&'a str> {
    let Method::Distance(distance) = &indicator.method.value else { return Vec::new() };
    let layers = distance.map_layers().map(|layer| layer.as_str());
    layers.filter(|layer| !catalogue.backdrop.contains(*layer)).collect()
}

/// The indicators that wait for data, each with what to ask for.
fn missing(catalogue: &Catalogue, opened: &Opened) -> String {
    let waiting = waiting(catalogue, opened, &|_| true);
    let count = catalogue.indicators.iter().filter(|(_, one)| is_waiting(catalogue, opened, one)).count();
    format!("{waiting}{count} of {} indicators wait for data\n", catalogue.indicators.len())
}

fn is_waiting(catalogue: &Catalogue, opened: &Opened, indicator: &Indicator) -> bool {
    !waits(catalogue, opened, indicator).is_empty() || !map(catalogue, indicator).is_empty()
}

/// Those of the `wanted` indicators that wait for data, each with what to ask for.
pub(super) fn waiting(catalogue: &Catalogue, opened: &Opened, wanted: &dyn Fn(&str) -> bool) -> String {
    let mut text = String::new();
    let all = catalogue.indicators.iter().filter(|(id, _)| wanted(id.as_str()));
    for (id, indicator) in all.filter(|(_, indicator)| is_waiting(catalogue, opened, indicator)) {
        text.push_str(&format!("{id}: {}\n", said(catalogue, Some(&indicator.title))));
        for (source, columns) in &waits(catalogue, opened, indicator) {
            text.push_str(&asked(catalogue, source, columns));
        }
        for layer in map(catalogue, indicator) {
            text.push_str(&format!("  map       the layer `{layer}` under `backdrop:`\n"));
        }
        let register = said(catalogue, indicator.register.as_ref());
        if !register.is_empty() {
            text.push_str(&format!("  register  {register}\n"));
        }
        text.push('\n');
    }
    text
}

/// A source with its provider, and the columns that are needed of it.
fn asked(catalogue: &Catalogue, id: &SourceId, columns: &BTreeSet<String>) -> String {
    let Some(source) = catalogue.source(id) else { return String::new() };
    let provider = source.provider.as_ref().map(|provider| format!(", {}", said(catalogue, Some(provider))));
    let columns: Vec<String> = columns
        .iter()
        .map(|name| match source.columns.get(name) {
            Some(holds) => format!("{name} ({})", holds.word()),
            None => name.clone(),
        })
        .collect();
    let file = source.file.as_ref().map_or("", |_| ", its file lacks the columns");
    format!(
        "  source    {id}: {}{}{file}\n  columns   {}\n",
        said(catalogue, Some(&source.title)),
        provider.unwrap_or_default(),
        columns.join(", ")
    )
}

/// What the base in the program alters since the version that the catalogue names.
fn changes(catalogue: &Catalogue) -> String {
    let Some((since, now, changes)) = catalogue::changes::changes(catalogue) else {
        return "the catalogue takes in no base: `catalogue: { base: … }`\n".into();
    };
    if changes.is_empty() {
        return format!("the base is {now}: nothing changed since {since}\n");
    }
    let mut text = format!("the base is {now}; the catalogue names {since}\n");
    let mut section = "";
    for change in &changes {
        if change.section != section {
            section = &change.section;
            text.push_str(&format!("\n{section}\n"));
        }
        text.push_str(&altered(catalogue, change));
    }
    text.push_str(&format!("\nwhen you have read this, write `base: {now}`\n"));
    text
}

/// One entry that changed, field by field.
fn altered(catalogue: &Catalogue, change: &Change) -> String {
    let own = if change.replaced { " (you have an entry of your own: this does not reach it)" } else { "" };
    let title = catalogue.indicators.get(change.id.as_str()).filter(|_| change.section == "indicators");
    let title = title.map(|indicator| format!(": {}", said(catalogue, Some(&indicator.title))));
    let title = title.unwrap_or_default();
    match &change.what {
        Happened::Added => format!("  new      {}{title}{own}\n", change.id),
        Happened::Removed => format!("  removed  {}{own}\n", change.id),
        Happened::Changed(fields) => {
            let mut text = format!("  changed  {}{title}{own}\n", change.id);
            for (field, new) in fields {
                let kept = if change.adjusted.contains(&field.as_str()) { " (you adjust it)" } else { "" };
                let name = if field.is_empty() { "text" } else { field };
                text.push_str(&format!(
                    "    {name}{kept}: {}\n",
                    new.as_deref().unwrap_or("no longer given")
                ));
            }
            text
        }
    }
}

/// Rows with their columns lined up.
fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().enumerate().map(|(i, cell)| format!("{cell:0$}", width(i)));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
