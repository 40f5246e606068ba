//! `reports:` which pages are made, for which areas, with which indicators.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{spans::At, text::Text};
use crate::ids::{IndicatorId, LayerId};

/// A kind of report.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Report {
    /// Its name.
    pub title: Option<Text>,
    /// The template, in the catalogue's `templates/` or else the program's.
    pub template: At<String>,
    /// The layers that get one report per area; without it there is one report for all.
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
