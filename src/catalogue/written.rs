//! A catalogue as it is written: the sections of one file, and how the files of the base and the municipality's own file
//! become one catalogue.

use std::{path::Path, sync::Arc};

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    About, Adjustment, Appearance, Backdrop, Barrier, Base, BaseLayer, Break, CaseSystem, Catalogue, Event,
    Family, Indicator, Initiative, KnownOutside, Layer, Moves, Population, Practice, Question, Register,
    Report, RuleSet, Section, Source, Text, Tool, disclosure::decides_by_law,
};
use crate::{
    diagnostics::SourceFile,
    ids::{
        FamilyId, IndicatorId, InitiativeId, LayerId, PopulationId, PracticeId, ReportId, RuleSetId,
        SourceId, ToolId,
    },
};

/// Calls a method of every section that a base and a municipality's own file both may have.
macro_rules! in_sections {
    ($into:ident, $from:ident, $method:ident) => {
        $into.areas.$method($from.areas);
        $into.backdrop.$method($from.backdrop);
        $into.sources.$method($from.sources);
        $into.populations.$method($from.populations);
        $into.known_outside.$method($from.known_outside);
        $into.themes.$method($from.themes);
        $into.layers.$method($from.layers);
        $into.indicators.$method($from.indicators);
        $into.adjust.$method($from.adjust);
        $into.families.$method($from.families);
        $into.rule_sets.$method($from.rule_sets);
        $into.tools.$method($from.tools);
        $into.initiatives.$method($from.initiatives);
        $into.events.$method($from.events);
        $into.breaks.$method($from.breaks);
        $into.moves.$method($from.moves);
        $into.practices.$method($from.practices);
        $into.questions.$method($from.questions);
        $into.barriers.$method($from.barriers);
        $into.registers.$method($from.registers);
        $into.reports.$method($from.reports);
    };
}

/// The catalogue as it is written.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Written {
    /// Whose catalogue it is.
    pub catalogue: Option<About>,
    /// How the pages look.
    pub theme: Option<Appearance>,
    /// How the council paper is laid in the fields of the municipality's case system.
    pub case_system: Option<CaseSystem>,
    /// Layers of delimited areas.
    #[serde(default)]
    pub areas: Section<LayerId, Layer>,
    /// The map under the areas, by role.
    #[serde(default)]
    pub backdrop: Section<String, Backdrop>,
    /// Tables of data.
    #[serde(default)]
    pub sources: Section<SourceId, Source>,
    /// Named numerators and denominators.
    #[serde(default)]
    pub populations: Section<PopulationId, Population>,
    /// What others publish of the same people: everybody is taken to know it.
    #[serde(default)]
    pub known_outside: Section<String, KnownOutside>,
    /// Headings of indicators, in the order printed.
    #[serde(default)]
    pub themes: Section<String, Text>,
    /// What is measured.
    #[serde(default)]
    pub indicators: Section<IndicatorId, Indicator>,
    /// Single choices about indicators of the base: every field here takes the place of the base's.
    #[serde(default)]
    pub adjust: Section<IndicatorId, Adjustment>,
    /// Families of rule sets with their statuses.
    #[serde(default)]
    pub families: Section<FamilyId, Family>,
    /// Law as dated data.
    #[serde(default)]
    pub rule_sets: Section<RuleSetId, RuleSet>,
    /// What the law lets be done, asks for or forbids.
    #[serde(default)]
    pub tools: Section<ToolId, Tool>,
    /// What was done.
    #[serde(default)]
    pub initiatives: Section<InitiativeId, Initiative>,
    /// What happened to the buildings.
    #[serde(default)]
    pub events: Section<String, Event>,
    /// Changes of definition, boundary or law.
    #[serde(default)]
    pub breaks: Section<String, Break>,
    /// Figures whose change is split by what happened to the persons.
    #[serde(default)]
    pub moves: Section<String, Moves>,
    /// Examples from other municipalities.
    #[serde(default)]
    pub practices: Section<PracticeId, Practice>,
    /// What planners ask.
    #[serde(default)]
    pub questions: Section<String, Question>,
    /// What stands in the way.
    #[serde(default)]
    pub barriers: Section<String, Barrier>,
    /// Where data come from: access, delay and hours, told once for all indicators.
    #[serde(default)]
    pub registers: Section<String, Register>,
    /// Kinds of report.
    #[serde(default)]
    pub reports: Section<ReportId, Report>,
    /// Only in the files of the base: which it is.
    pub base: Option<Base>,
    /// Only in the files of the base: layers that its entries are about. A municipality declares those it has under `areas`.
    #[serde(default)]
    pub layers: Section<LayerId, BaseLayer>,
}

impl Written {
    /// Takes in another part of the same catalogue: a second entry of an id is left out.
    pub fn absorb(&mut self, other: Self) {
        self.catalogue = self.catalogue.take().or(other.catalogue);
        self.theme = self.theme.take().or(other.theme);
        self.case_system = self.case_system.take().or(other.case_system);
        self.base = self.base.take().or(other.base);
        in_sections!(self, other, absorb);
    }

    /// Lays a municipality's own catalogue over the base: an entry with the id of one of the base's takes its place, others
    /// follow. Sources keep the columns that the base asks for, and the contract, unless they name their own.
    pub fn overlay(&mut self, mut own: Self) {
        for (id, source) in self.sources.iter() {
            let Some(own) = own.sources.get_mut(&id.value) else { continue };
            if own.columns.is_empty() {
                own.columns = source.columns.clone();
            }
            own.disclosure = own.disclosure.take().or_else(|| source.disclosure.clone());
            own.privacy = own.privacy.take().or_else(|| source.privacy.clone());
        }
        self.catalogue = own.catalogue.take();
        self.theme = own.theme.take();
        self.case_system = own.case_system.take();
        in_sections!(self, own, overlay);
        let themes = &self.themes;
        self.indicators.sort_by_key(|indicator| themes.position(&indicator.theme.value));
    }

    /// The catalogue, once it has passed every check.
    pub fn into_catalogue(mut self, about: About, file: Arc<SourceFile>, folder: &Path) -> Catalogue {
        let by_law: Vec<IndicatorId> =
            self.indicators.ids().filter(|id| decides_by_law(&self, id)).cloned().collect();
        for id in by_law {
            if let Some(indicator) = self.indicators.get_mut(&id) {
                indicator.by_law = true;
            }
        }
        Catalogue {
            file,
            folder: folder.to_path_buf(),
            about,
            base: self.base,
            adjust: self.adjust,
            appearance: self.theme,
            case_system: self.case_system.unwrap_or_default(),
            areas: self.areas,
            backdrop: self.backdrop,
            sources: self.sources,
            populations: self.populations,
            known_outside: self.known_outside,
            themes: self.themes,
            indicators: self.indicators,
            families: self.families,
            rule_sets: self.rule_sets,
            tools: self.tools,
            initiatives: self.initiatives,
            events: self.events,
            breaks: self.breaks,
            moves: self.moves,
            flows: Section::default(),
            practices: self.practices,
            questions: self.questions,
            barriers: self.barriers,
            registers: self.registers,
            reports: self.reports,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::load::read;

    fn written(text: &str) -> Written {
        read(&Arc::new(SourceFile { name: "a.yaml".into(), text: text.into() })).written
    }

    #[test]
    fn a_source_that_gets_a_file_keeps_the_contract_of_the_base_unless_it_names_its_own() {
        let base = "sources:\n  s: { title: A, columns: { n: number }, disclosure: { at-least: 12 } }\n";
        let least = |own: &str| {
            let mut all = written(base);
            all.overlay(written(&format!("sources:\n  s: {{ title: B, file: s.csv{own} }}\n")));
            let source = all.sources.get("s").filter(|source| source.file.is_some())?;
            source.disclosure.as_ref()?.at_least.as_ref().map(|least| least.value)
        };
        assert_eq!(least(""), Some(12));
        assert_eq!(least(", disclosure: { at-least: 20 }"), Some(20));
    }
}
