//! `reports:` which pages are made, for which areas, with which indicators.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Catalogue, RESIDENTS, area,
    check::{Checker, Kind},
    council::CouncilPaper,
    family::{Family, MadeBy},
    rule_set::RuleSet,
    spans::{At, Section},
    text::Text,
};
use crate::ids::{FamilyId, IndicatorId, LayerId, ReportId, RuleSetId};

/// A kind of report.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Report {
    /// Its name.
    pub title: Option<Text>,
    /// What it is: `status` (default), of one area or of all, the `council-paper` over all areas, the `inspiration-catalogue`
    /// as a book or as a `site`, a `practice-hand-out`, `how-checked` or `worksheets`.
    #[serde(default)]
    pub kind: ReportKind,
    /// The template, in the catalogue's `templates/` or else the program's.
    pub template: At<String>,
    /// The layers that get one report per area. Without any, one report shows all areas of `layers`.
    #[serde(default)]
    pub one_per: Vec<At<LayerId>>,
    /// The layers whose areas a report over all areas shows, all under one law (default: those of the law first declared).
    #[serde(default)]
    pub layers: Vec<At<LayerId>>,
    /// Areas with fewer residents get none and are listed as too small.
    #[serde(default)]
    pub min_residents: u32,
    /// The indicators, in the order printed. Of an inspiration catalogue those with a page of their own (default: those that
    /// a report, a rule set, a question or an initiative uses).
    #[serde(default)]
    pub indicators: Vec<At<IndicatorId>>,
    /// What the map of the municipality shows.
    pub map_indicator: Option<MapIndicator>,
    /// What is known beforehand of a council paper: where it is dealt with, and the fields that people write.
    pub council: Option<CouncilPaper>,
}

/// What a report is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// Where areas stand: one area with `one-per`, else all of them.
    #[default]
    Status,
    /// The item that a committee gets: all areas, what to consider, and fields for people to write.
    CouncilPaper,
    /// What the catalogue holds, for others to take over: questions, indicators, practices, barriers.
    InspirationCatalogue,
    /// The same as pages for a browser; `template` names the folder of its templates.
    Site,
    /// Two pages on each practice, to be given away. Made only where it is asked for: by its name all, by a practice's id one.
    PracticeHandOut,
    /// One page on how the figures were checked, of no area.
    HowChecked,
    /// Sheets to fill in with a pen, on the way to a catalogue; of no area.
    Worksheets,
}

impl ReportKind {
    /// Is it about the catalogue rather than about areas?
    pub fn is_of_catalogue(self) -> bool {
        matches!(self, Self::InspirationCatalogue | Self::Site | Self::PracticeHandOut)
    }
}

/// What the map of the municipality shows.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MapIndicator {
    /// The indicator; it needs `classes`.
    pub indicator: At<IndicatorId>,
    /// The layer whose areas are coloured.
    pub layer: At<LayerId>,
}

/// Layers under a law, each with the family of rule sets that lists its areas, in the order of the rule sets.
fn listed<'a>(
    rule_sets: &'a Section<RuleSetId, RuleSet>,
    families: &'a Section<FamilyId, Family>,
) -> Vec<(&'a LayerId, &'a FamilyId)> {
    let mut listed: Vec<(&LayerId, &FamilyId)> = Vec::new();
    for (_, set) in rule_sets.iter() {
        let (layer, family) = (&set.applies_to.layer.value, &set.family.value);
        let by_law = families.get(family).is_some_and(|family| family.made_by == MadeBy::Law);
        if by_law && listed.iter().all(|(known, _)| *known != layer) {
            listed.push((layer, family));
        }
    }
    listed
}

impl Catalogue {
    /// The layers that a report over all areas shows.
    pub fn layers_of<'a>(&'a self, report: &'a Report) -> Vec<&'a LayerId> {
        if !report.layers.is_empty() {
            return report.layers.iter().map(|layer| &layer.value).collect();
        }
        let mut listed = listed(&self.rule_sets, &self.families);
        listed.retain(|(layer, _)| self.areas.contains(*layer));
        let first = listed.first().map(|(_, family)| *family);
        listed.into_iter().filter(|(_, family)| Some(*family) == first).map(|(layer, _)| layer).collect()
    }
}

/// Reports.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.reports);
    for (id, report) in written.reports.iter() {
        report.check(checker);
        if report.kind.is_of_catalogue() {
            report.check_of_catalogue(id, checker);
        } else {
            report.check_layers(id, checker);
        }
        report.check_council(id, checker);
    }
}

impl Report {
    /// A report is one per area, or over all areas of layers under one law.
    fn check_layers(&self, id: &At<ReportId>, checker: &mut Checker) {
        if matches!(self.kind, ReportKind::HowChecked | ReportKind::Worksheets) {
            return self.check_of_none(id, checker);
        }
        for layer in &self.layers {
            checker.refer(Kind::Layer, layer.as_str(), &layer.place);
        }
        if let (Some(layer), false) = (self.layers.first(), self.one_per.is_empty()) {
            let hint = "remove `layers:` for one report per area, or `one-per:` for one over all areas";
            checker.wrong(
                "two-kinds-of-report",
                format!("`{id}` has `one-per` and `layers`"),
                &layer.place,
                hint,
            );
            return;
        }
        if !self.one_per.is_empty() {
            return;
        }
        let of_areas = self.indicators.first().map(|indicator| &indicator.place);
        let map = self.map_indicator.as_ref().filter(|_| self.kind == ReportKind::Status);
        if let Some(place) = of_areas.or(map.map(|map| &map.indicator.place)) {
            let hint = "a report over all areas shows their statuses; for one report per area name the layers: `one-per: [estates]`";
            checker.wrong("not-over-all", format!("`{id}` has indicators and no `one-per`"), place, hint);
            return;
        }
        let written = checker.written;
        let listed = listed(&written.rule_sets, &written.families);
        if self.layers.is_empty()
            && !listed.iter().any(|(layer, _)| checker.knows(Kind::Layer, layer.as_str()))
        {
            let hint = "name the layers that get one report per area: `one-per: [estates]`";
            checker.wrong("report-without-layer", format!("`{id}` is a report of no layer"), &id.place, hint);
        }
        let mut first = None;
        for layer in &self.layers {
            if !checker.knows(Kind::Layer, layer.as_str()) {
                continue;
            }
            let family = listed.iter().find(|(known, _)| **known == layer.value).map(|(_, family)| *family);
            let hint = "a report over all areas shows where they stand on the lists of one law";
            match (family, first) {
                (None, _) => {
                    let message = format!("no rule set of an act lists the areas of `{layer}`");
                    checker.wrong("layer-without-law", message, &layer.place, hint);
                }
                (Some(family), Some(other)) if family != other => {
                    let message =
                        format!("`{layer}` is listed by `{family}`, the layers before it by `{other}`");
                    checker.wrong("two-laws", message, &layer.place, hint);
                }
                (family, _) => first = family,
            }
        }
    }

    /// A report about the catalogue is of no area.
    fn check_of_catalogue(&self, id: &At<ReportId>, checker: &mut Checker) {
        let map = self.map_indicator.as_ref().map(|map| &map.layer);
        if let Some(layer) = self.one_per.first().or(self.layers.first()).or(map) {
            let hint =
                "it is about what the catalogue holds; remove `one-per:`, `layers:` and `map-indicator:`";
            checker.wrong("two-kinds-of-report", format!("`{id}` is of no area"), &layer.place, hint);
        }
    }

    /// Some reports are about no area.
    fn check_of_none(&self, id: &At<ReportId>, checker: &mut Checker) {
        let of_areas = self.one_per.first().or(self.layers.first()).map(|layer| &layer.place);
        if let Some(place) = of_areas.or(self.indicators.first().map(|indicator| &indicator.place)) {
            let hint = "it shows no single figures: remove `one-per:`, `layers:` and `indicators:`";
            checker.wrong("not-of-areas", format!("`{id}` is about no area"), place, hint);
        }
    }

    /// A council paper is over all areas, and only it has the fields of one.
    fn check_council(&self, id: &At<ReportId>, checker: &mut Checker) {
        if self.kind != ReportKind::CouncilPaper {
            if self.council.is_some() {
                let message = format!("`{id}` has `council` and is none");
                let hint = "add `kind: council-paper`, or remove `council:`";
                checker.wrong("not-a-council-paper", message, &id.place, hint);
            }
            return;
        }
        if let Some(layer) = self.one_per.first() {
            let message = format!("`{id}` is a council paper and has `one-per`");
            let hint = "remove `one-per:`; for a page of one area name it: `council: { annex: [AREA] }`";
            checker.wrong("two-kinds-of-report", message, &layer.place, hint);
        }
        if let Some(council) = &self.council {
            council.check(checker);
        }
    }

    /// A file of Typst, or of a site a folder, by its name alone.
    fn check_template(&self, checker: &mut Checker) {
        let is_name = !self.template.is_empty() && !self.template.contains(['/', '\\']);
        let (is_right, hint) = if self.kind == ReportKind::Site {
            let hint = "a site has many templates; name their folder inside `templates`, as `site`";
            (!self.template.contains('.'), hint)
        } else {
            let hint = "templates are Typst files in the folder `templates`; name the file alone, as `area-status.typ`";
            (self.template.ends_with(".typ"), hint)
        };
        if !is_name || !is_right {
            let message = format!("`{}` is not a template", self.template);
            checker.wrong("bad-template", message, &self.template.place, hint);
        }
    }

    /// One report: its template, layers and indicators.
    fn check(&self, checker: &mut Checker) {
        self.check_template(checker);
        for layer in &self.one_per {
            area::refer(layer, checker);
        }
        if let Some(layer) = self.one_per.first()
            && !checker.knows(Kind::Indicator, RESIDENTS)
        {
            let hint =
                "pages and rules for small places need them; declare `residents: { method: { count: … } }`";
            checker.wrong("no-residents", "residents are not counted", &layer.place, hint);
        }
        checker.refer_indicators(&self.indicators);
        for (i, indicator) in self.indicators.iter().enumerate() {
            if self.indicators[..i].iter().any(|before| before.value == indicator.value) {
                let hint = "each indicator has one row; remove one of the two";
                checker.wrong("named-twice", format!("`{indicator}` is named twice"), &indicator.place, hint);
            }
        }
        let Some(map) = &self.map_indicator else { return };
        area::refer(&map.layer, checker);
        checker.refer_indicators([&map.indicator]);
        if checker
            .written
            .indicators
            .get(&map.indicator.value)
            .is_some_and(|indicator| indicator.classes.is_none())
        {
            let hint = "the map colours areas by four classes; give the indicator `classes: [10, 20, 30]`";
            checker.wrong(
                "no-classes",
                format!("`{}` has no classes", map.indicator),
                &map.indicator.place,
                hint,
            );
        }
    }
}
