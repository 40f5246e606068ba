//! `initiatives:`, `events:` and `breaks:` what was done or happened, where and when.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{dates::YearMonth, spans::At, text::Text};
use crate::ids::{AreaId, IndicatorId};

/// Something the municipality or a housing organisation did.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Initiative {
    /// Its name.
    pub title: Text,
    /// Its kind, as `helhedsplan`.
    pub kind: String,
    /// Where.
    pub areas: Vec<At<AreaId>>,
    /// The first month.
    pub from: At<YearMonth>,
    /// The last month.
    pub to: Option<At<YearMonth>>,
    /// What it should change.
    #[serde(default)]
    pub aims: Vec<At<IndicatorId>>,
    /// Areas that it is fair to compare with.
    #[serde(default)]
    pub compare_with: Vec<At<AreaId>>,
}

/// What happened to the buildings: what moves mean in those years.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Event {
    /// What happened.
    pub title: Text,
    /// Its kind.
    pub kind: EventKind,
    /// Where.
    pub areas: Vec<At<AreaId>>,
    /// The first month.
    pub from: At<YearMonth>,
    /// The last month.
    pub to: Option<At<YearMonth>>,
}

/// What happened to the buildings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Renovation, with or without rehousing.
    Renovation,
    /// New dwellings.
    NewBuilding,
    /// Demolition.
    Demolition,
}

/// A definition, a boundary or a law changed: no line is drawn across.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Break {
    /// What changed.
    pub title: Text,
    /// The indicators whose series it breaks.
    pub indicators: Vec<At<IndicatorId>>,
    /// The first period after the break, as 2021 or 2021K2.
    pub from: At<String>,
}
