//! `reports:` which pages are made, for which areas, with which indicators.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    RESIDENTS, area,
    check::{Checker, Kind},
    spans::At,
    text::Text,
};
use crate::ids::{IndicatorId, LayerId};

/// A kind of report.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Report {
    /// Its name.
    pub title: Option<Text>,
    /// The template, in the catalogue's `templates/` or else the program's.
    pub template: At<String>,
    /// The layers that get one report per area.
    #[serde(default)]
    pub one_per: Vec<At<LayerId>>,
    /// Areas with fewer residents get none and are listed as too small.
    #[serde(default)]
    pub min_residents: u32,
    /// The indicators, in the order printed.
    #[serde(default)]
    pub indicators: Vec<At<IndicatorId>>,
    /// What the map of the municipality shows.
    pub map_indicator: Option<MapIndicator>,
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

/// Reports.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.reports);
    for (_, report) in written.reports.iter() {
        report.check(checker);
    }
}

impl Report {
    /// One report: its template, layers and indicators.
    fn check(&self, checker: &mut Checker) {
        if !self.template.ends_with(".typ") || self.template.contains(['/', '\\']) {
            let hint = "templates are Typst files in the folder `templates`; name the file alone, as `area-status.typ`";
            checker.wrong(
                "bad-template",
                format!("`{}` is not a template", self.template),
                &self.template.place,
                hint,
            );
        }
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
