//! Stage 1: the YAML catalogue → validated types. No data is read here.
//!
//! One file per section of the catalogue; [`spans`] keeps positions; [`load()`] reports every broken entry of a file in
//! one run; `check` follows references between sections; `schema` and `docs` are made from the same doc comments.

pub mod about;
pub mod adjust;
pub mod area;
pub mod barrier;
pub mod base;
pub mod case_system;
pub mod chance;
pub mod changes;
mod check;
pub mod cluster;
pub mod comparator;
pub mod condition;
mod council;
pub mod criterion;
pub mod dates;
pub mod disclosure;
pub mod docs;
pub mod documented;
pub mod entry;
mod errors;
mod explain;
pub mod family;
mod forms;
pub mod indicator;
pub mod initiative;
mod load;
pub mod methods;
pub mod moves;
pub mod needs;
pub mod number;
pub mod official;
pub mod outside;
mod pieces;
pub mod population;
pub mod practice;
pub mod privacy;
pub mod protection;
pub mod question;
pub mod register;
pub mod report;
pub mod rule;
pub mod rule_set;
pub mod schema;
pub mod share;
pub mod source;
pub mod spans;
pub mod sql;
pub mod text;
pub mod tool;
pub mod twins;
pub mod value;
mod written;

use std::{path::PathBuf, sync::Arc};

pub use about::{About, Appearance};
pub use adjust::Adjustment;
pub use area::{Backdrop, Covers, Layer, Meet};
pub use barrier::Barrier;
pub use base::{Base, BaseLayer, Version};
pub use case_system::{CaseSystem, PaperField};
pub use cluster::Cluster;
pub use comparator::Comparator;
pub use council::CouncilPaper;
pub use criterion::{Amounts, Criterion, Limit, Mechanism};
pub use dates::{Crs, Date, MonthDay, YearMonth};
pub use disclosure::Disclosure;
pub use documented::{Frequency, completeness};
pub use explain::explain;
pub use family::{Family, MadeBy, Status, Symbol};
pub use indicator::{HigherIs, Indicator, OfSize, Unit, Whole};
pub use initiative::{Break, Event, EventKind, Initiative};
pub use load::{load, load_partly, load_str};
pub(crate) use methods::each;
pub use methods::{
    BenchmarkPlace, Composite, Form, Method, Part, Points, PointsFrom, RelativeForm, StatusDynamics,
    Typology, Years,
};
pub use moves::{CameFrom, FlowTable, LeftFor, Moves, Supposed};
pub use number::Number;
pub use official::Official;
pub use outside::KnownOutside;
pub use population::Population;
pub use practice::{Evidence, Practice, Reference, When};
pub use privacy::{Privacy, PrivacyField, SpecialCategory};
pub use protection::{Origin, Protection, Ruled};
pub use question::Question;
pub use register::Register;
pub use report::{MapIndicator, Report, ReportKind};
pub use rule::Rule;
pub use rule_set::RuleSet;
pub use source::{Holds, LocatedBy, PeriodColumn, Sensitivity, Source};
pub use spans::{At, Section};
pub use sql::Sql;
pub use text::{Language, Text};
pub use tool::{AfterLeaving, Goal, Obliges, Tool, WhatIf, Who};
pub use twins::{Trait, Twins};
pub use value::Value;

use crate::{
    diagnostics::SourceFile,
    ids::{
        FamilyId, IndicatorId, InitiativeId, LayerId, PopulationId, PracticeId, ReportId, RuleSetId,
        SourceId, ToolId,
    },
};

/// The indicator that rules for small places, `applies-to` and `min-residents` use.
pub const RESIDENTS: &str = "residents";

/// A catalogue without mistakes: every reference in it leads somewhere.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The folder that it lies in; paths in it are relative to this one.
    pub folder: PathBuf,
    /// `catalogue:`
    pub about: About,
    /// The base that was taken in.
    pub base: Option<Base>,
    /// `adjust:` these are in the indicators already.
    pub adjust: Section<IndicatorId, Adjustment>,
    /// `theme:`
    pub appearance: Option<Appearance>,
    /// `case-system:`
    pub case_system: CaseSystem,
    /// `areas:`
    pub areas: Section<LayerId, Layer>,
    /// `backdrop:`, by role.
    pub backdrop: Section<String, Backdrop>,
    /// `sources:`
    pub sources: Section<SourceId, Source>,
    /// `populations:`
    pub populations: Section<PopulationId, Population>,
    /// `known-outside:`
    pub known_outside: Section<String, KnownOutside>,
    /// `themes:` headings, in the order printed.
    pub themes: Section<String, Text>,
    /// `indicators:`
    pub indicators: Section<IndicatorId, Indicator>,
    /// `families:`
    pub families: Section<FamilyId, Family>,
    /// `rule-sets:`
    pub rule_sets: Section<RuleSetId, RuleSet>,
    /// `tools:`
    pub tools: Section<ToolId, Tool>,
    /// `initiatives:`
    pub initiatives: Section<InitiativeId, Initiative>,
    /// `events:`
    pub events: Section<String, Event>,
    /// `breaks:`
    pub breaks: Section<String, Break>,
    /// `moves:`
    pub moves: Section<String, Moves>,
    /// Populations that [`Self::moves`] need. They are made once the areas are known, and stand in no file.
    pub flows: Section<PopulationId, Population>,
    /// `practices:`
    pub practices: Section<PracticeId, Practice>,
    /// `questions:`
    pub questions: Section<String, Question>,
    /// `barriers:`
    pub barriers: Section<String, Barrier>,
    /// `registers:`
    pub registers: Section<String, Register>,
    /// `reports:`
    pub reports: Section<ReportId, Report>,
}

impl Catalogue {
    /// The indicator with this id.
    pub fn indicator(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators.get(id)
    }

    /// The indicator that is printed for a criterion: of "so many times the country's share" the share itself.
    pub fn printed_indicator<'a>(&'a self, id: &'a IndicatorId) -> Option<(&'a IndicatorId, &'a Indicator)> {
        let indicator = self.indicator(id)?;
        let inner = match &indicator.method.value {
            Method::Relative(relative)
                if relative.form == RelativeForm::Times && relative.to.benchmark.is_some() =>
            {
                relative.indicator.as_ref()
            }
            _ => None,
        };
        match inner {
            Some(inner) => Some((&inner.value, self.indicator(inner)?)),
            None => Some((id, indicator)),
        }
    }

    /// The population with this id.
    pub fn population(&self, id: &PopulationId) -> Option<&Population> {
        self.populations.get(id).or_else(|| self.flows.get(id))
    }

    /// Takes in a population that moves need; an id that is taken is left as it is.
    pub(crate) fn add_flow(&mut self, id: At<PopulationId>, population: Population) {
        let _ = self.flows.insert(id, population);
    }

    /// The source with this id.
    pub fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.get(id)
    }

    /// May anybody read a source?
    pub fn is_public(&self, source: &SourceId) -> bool {
        self.source(source).is_some_and(|source| source.sensitivity == Sensitivity::Public)
    }

    /// The source whose rows a population takes, through all the populations that it lies within.
    pub fn source_of(&self, population: &PopulationId) -> Option<&SourceId> {
        let mut at = self.population(population)?;
        while let Some(outer) = &at.within {
            at = self.population(&outer.value)?;
        }
        at.from.as_ref().map(|source| &source.value)
    }

    /// Are a population's rows figures of areas, rather than persons or dwellings?
    pub fn is_by_area(&self, population: &PopulationId) -> bool {
        let source = self.source_of(population).and_then(|id| self.sources.get(id));
        source.is_some_and(|source| matches!(source.located_by.as_deref(), Some(LocatedBy::Area(_))))
    }

    /// Are a population's rows single persons?
    pub fn is_of_persons(&self, population: &PopulationId) -> bool {
        let source = self.source_of(population).and_then(|id| self.sources.get(id));
        source.is_some_and(|source| source.sensitivity == Sensitivity::Person) && !self.is_by_area(population)
    }

    /// Does a population add up numbers rather than rows, itself or as a part of one that does?
    pub fn adds_up_numbers(&self, id: &PopulationId) -> bool {
        let mut at = self.population(id);
        while let Some(population) = at {
            if population.amount().is_some() {
                return population.has_numbers();
            }
            at = population.within.as_ref().and_then(|outer| self.population(outer));
        }
        false
    }

    /// The layer with this id.
    pub fn layer(&self, id: &LayerId) -> Option<&Layer> {
        self.areas.get(id)
    }

    /// The layer whose areas cover the municipality.
    pub fn covering_layer(&self) -> Option<&LayerId> {
        self.areas.iter().find(|(_, layer)| layer.covers == Covers::All).map(|(id, _)| &id.value)
    }

    /// The rule set of a family that the list of this date used.
    pub fn rule_set_for(&self, family: &FamilyId, list: Date) -> Option<(&RuleSetId, &RuleSet)> {
        self.rule_sets
            .iter()
            .find(|(_, set)| set.family.value == *family && set.lists.contain(list))
            .map(|(id, set)| (&id.value, set))
    }

    /// The day of a family's list of a year, where the list itself is not known.
    pub fn list_day(&self, family: &FamilyId, year: u16) -> Option<Date> {
        self.rule_sets_of(family).find_map(|(_, set)| set.lists.day(year))
    }

    /// The rule sets of a family, in the order written.
    pub fn rule_sets_of(&self, family: &FamilyId) -> impl Iterator<Item = (&RuleSetId, &RuleSet)> {
        self.rule_sets
            .iter()
            .filter(move |(_, set)| set.family.value == *family)
            .map(|(id, set)| (&id.value, set))
    }

    /// The family of the law whose lists the areas of a layer come on: the first with a rule set for the layer.
    pub fn family_of(&self, layer: &LayerId) -> Option<&FamilyId> {
        let by_law = |set: &RuleSet| {
            self.families.get(&set.family.value).is_some_and(|family| family.made_by == MadeBy::Law)
        };
        self.rule_sets
            .iter()
            .find(|(_, set)| set.applies_to.layer.value == *layer && by_law(set))
            .map(|(_, set)| &set.family.value)
    }

    /// The source with the official decisions of a family.
    pub fn official(&self, family: &FamilyId) -> Option<(&SourceId, &Source)> {
        self.sources
            .iter()
            .find(|(_, source)| {
                source.official.as_ref().is_some_and(|official| official.family.value == *family)
            })
            .map(|(id, source)| (&id.value, source))
    }

    /// The national and regional values.
    pub fn benchmarks(&self) -> Option<&Source> {
        self.sources.get(source::BENCHMARKS)
    }
}

/// The source at the end of a chain of `within`; `None` where the chain breaks or goes in a circle.
fn source_of<'a>(
    populations: &'a Section<PopulationId, Population>,
    id: &PopulationId,
) -> Option<&'a SourceId> {
    let mut at = populations.get(id)?;
    for _ in 0..=populations.len() {
        match (&at.from, &at.within) {
            (Some(source), _) => return Some(&source.value),
            (None, outer) => at = populations.get(&outer.as_ref()?.value)?,
        }
    }
    None
}
