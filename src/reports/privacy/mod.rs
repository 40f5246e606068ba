//! What a data protection officer asks, source by source: what is read and for what, what the municipality has filled in, and
//! which rule holds for what is published. [`Record`] gathers it, [`page()`] writes it as a draft in Danish.

mod page;

use std::collections::{BTreeMap, BTreeSet};

pub use page::page;

use crate::{
    catalogue::{
        Catalogue, Population, PrivacyField, Protection, Sensitivity, Source, SpecialCategory,
        source::BENCHMARKS,
    },
    ids::{IndicatorId, PopulationId, ReportId, SourceId},
    sources::{Opened, Reading},
};

/// What there is to tell of all sources.
pub struct Record<'a> {
    /// Source by source, in the order of the catalogue.
    pub sources: Vec<Entry<'a>>,
    /// Populations that no indicator counts: their columns are read for nothing.
    pub idle: Vec<&'a PopulationId>,
}

/// A rule of disclosure control.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// What holds outside the law's areas.
    pub usual: Protection,
    /// The smallest number that is shown in areas whose value the law asks for; 0 without such an exception.
    pub by_law: u32,
}

/// What there is to tell of one source.
pub struct Entry<'a> {
    /// Its id.
    pub id: &'a SourceId,
    /// Its entry.
    pub source: &'a Source,
    /// What is read; `None` for a source that is described only.
    pub reading: Option<Reading>,
    /// What is counted in it.
    pub populations: Vec<&'a PopulationId>,
    /// The indicators that are made of that.
    pub indicators: Vec<&'a IndicatorId>,
    /// The reports that print some of them.
    pub reports: Vec<&'a ReportId>,
    /// Special categories that names suggest and nobody declares, with those names.
    pub undeclared: BTreeMap<SpecialCategory, BTreeSet<String>>,
    /// Texts that are not filled in and should be.
    pub missing: Vec<PrivacyField>,
    /// The rules that hold for its indicators, each with the number of indicators.
    pub rules: Vec<(Rule, usize)>,
}

impl<'a> Record<'a> {
    /// Gathers it.
    pub fn new(catalogue: &'a Catalogue, opened: &Opened) -> Self {
        let mut readings = opened.readings(catalogue);
        let by_indicator: BTreeMap<&IndicatorId, BTreeSet<PopulationId>> = catalogue
            .indicators
            .iter()
            .map(|(id, one)| (&id.value, one.method.populations(catalogue).into_iter().collect()))
            .collect();
        // What is counted with a column of another source is that source's to declare.
        let own = |id: &SourceId, populations: &[&'a PopulationId]| -> Vec<&'a PopulationId> {
            let adds = |source: &Source| source.adds_to.as_ref().is_some_and(|adds| adds.source.value == *id);
            let added: BTreeSet<&PopulationId> = catalogue
                .sources
                .iter()
                .filter(|(_, source)| adds(source))
                .flat_map(|(adder, _)| opened.counted(catalogue, &adder.value))
                .collect();
            populations.iter().filter(|one| !added.contains(**one)).copied().collect()
        };
        let entry = |(id, source): (&'a crate::catalogue::At<SourceId>, &'a Source)| {
            let populations = opened.counted(catalogue, &id.value);
            let takes = |of: &BTreeSet<PopulationId>| {
                of.iter().all(|one| !opened.absent().contains_key(one))
                    && populations.iter().any(|one| of.contains(*one))
            };
            let indicators: Vec<&IndicatorId> =
                catalogue.indicators.ids().filter(|one| by_indicator.get(one).is_some_and(takes)).collect();
            let reports = catalogue
                .reports
                .iter()
                .filter(|(_, report)| report.indicators.iter().any(|one| indicators.contains(&&one.value)));
            let reading = readings.remove(&id.value);
            Entry {
                id: &id.value,
                source,
                undeclared: undeclared(catalogue, source, reading.as_ref(), &own(&id.value, &populations)),
                missing: missing(source),
                rules: rules(catalogue, &indicators),
                reports: reports.map(|(id, _)| &id.value).collect(),
                reading,
                populations,
                indicators,
            }
        };
        let sources = catalogue.sources.iter().map(entry).collect();
        Self { sources, idle: idle(catalogue, opened, &by_indicator) }
    }
}

impl Entry<'_> {
    /// Is it read at all?
    pub fn is_read(&self) -> bool {
        self.reading.is_some()
    }

    /// Does it hold what others have published: official lists, benchmarks?
    pub fn is_published(&self) -> bool {
        self.source.official.is_some() || self.id.as_str() == BENCHMARKS
    }

    /// The special categories that are declared.
    pub fn special(&self) -> BTreeSet<SpecialCategory> {
        self.source.privacy.as_ref().map(crate::catalogue::Privacy::special).unwrap_or_default()
    }
}

/// Populations that neither an indicator nor another population takes.
fn idle<'a>(
    catalogue: &'a Catalogue,
    opened: &Opened,
    by_indicator: &BTreeMap<&IndicatorId, BTreeSet<PopulationId>>,
) -> Vec<&'a PopulationId> {
    let around = |population: &Population| population.within.as_ref().map(|outer| outer.value.clone());
    let mut taken: BTreeSet<PopulationId> = by_indicator.values().flatten().cloned().collect();
    taken.extend(catalogue.populations.iter().filter_map(|(_, population)| around(population)));
    taken.insert(PopulationId::from(crate::catalogue::RESIDENTS));
    let what_ifs = catalogue.tools.iter().filter_map(|(_, tool)| tool.what_if.as_ref());
    taken.extend(what_ifs.flat_map(|one| [one.lettings.value.clone(), one.dwellings.value.clone()]));
    let is_read = |id: &PopulationId| !opened.absent().contains_key(id) && catalogue.source_of(id).is_some();
    catalogue.populations.ids().filter(|id| is_read(id) && !taken.contains(*id)).collect()
}

/// What the record of processing should say of a source and does not. Of public rows it need not say anything.
fn missing(source: &Source) -> Vec<PrivacyField> {
    let persons = source.sensitivity == Sensitivity::Person;
    if source.sensitivity == Sensitivity::Public {
        return Vec::new();
    }
    let given = |field: PrivacyField| source.privacy.as_ref().is_some_and(|it| it.given(field).is_some());
    PrivacyField::ALL
        .into_iter()
        .filter(|field| *field != PrivacyField::PseudonymisedBy || persons)
        .filter(|field| !given(*field))
        .collect()
}

/// Special categories that the names of what is read and counted suggest, while the entry does not declare them.
fn undeclared(
    catalogue: &Catalogue,
    source: &Source,
    reading: Option<&Reading>,
    populations: &[&PopulationId],
) -> BTreeMap<SpecialCategory, BTreeSet<String>> {
    let mut found: BTreeMap<SpecialCategory, BTreeSet<String>> = BTreeMap::new();
    if source.sensitivity == Sensitivity::Public {
        return found;
    }
    let declared = source.privacy.as_ref().map(crate::catalogue::Privacy::special).unwrap_or_default();
    let columns = reading.into_iter().flat_map(|reading| reading.columns.keys());
    let mut names: Vec<(String, String)> = columns.map(|name| (name.clone(), name.clone())).collect();
    names.extend(populations.iter().filter_map(|id| {
        let filter =
            catalogue.population(id)?.filter.as_ref().map(|sql| sql.text.as_str()).unwrap_or_default();
        Some((id.to_string(), format!("{id} {filter}")))
    }));
    for (name, text) in names {
        for category in SpecialCategory::suggested_by(&text) {
            if !declared.contains(&category) {
                found.entry(category).or_default().insert(name.clone());
            }
        }
    }
    found
}

/// The rules of some indicators, each with how many have it; the most common first.
fn rules(catalogue: &Catalogue, indicators: &[&IndicatorId]) -> Vec<(Rule, usize)> {
    let mut rules: Vec<(Rule, usize)> = Vec::new();
    for ruled in indicators.iter().filter_map(|id| catalogue.ruled(id)) {
        let rule = Rule { usual: ruled.usual(), by_law: ruled.by_law().map_or(0, |rule| rule.at_least) };
        match rules.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, number)) => *number += 1,
            None => rules.push((rule, 1)),
        }
    }
    rules.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
    rules
}
