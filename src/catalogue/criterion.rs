//! `criteria:` of a rule set: an indicator, its limit exactly as the law writes it, and what can move it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    dates::Date,
    forms::form,
    number::Number,
    spans::{At, Section},
    text::Text,
};
use crate::ids::IndicatorId;

/// A criterion: an indicator and a limit.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Criterion {
    /// Its name, where it is not the indicator's.
    pub title: Option<Text>,
    /// The indicator.
    pub indicator: At<IndicatorId>,
    /// The limit.
    #[serde(deserialize_with = "form")]
    pub is: At<Limit>,
    /// How many years before the list's year the data is from: the last year, if the indicator is over several.
    #[serde(default)]
    pub years_back: u8,
    /// The criterion on origin.
    #[serde(default)]
    pub origin: bool,
    /// Of a limit that follows the country's mean: what it came to on a list, by the list's date, as it was published with it.
    /// It counts where neither the official list nor benchmarks give the limit.
    #[serde(default)]
    pub published: Section<Date, At<Number>>,
    /// What can move it, where a distance may be counted in its own unit; none for convictions and origin.
    #[serde(default)]
    pub mechanisms: Vec<Mechanism>,
    /// What such a distance is counted in (default persons).
    #[serde(default)]
    pub counts: Amounts,
}

impl Criterion {
    /// The limit published with the list of a year.
    pub fn published_limit(&self, year: u16) -> Option<Number> {
        self.published.iter().rev().find(|(date, _)| date.year == year).map(|(_, limit)| limit.value)
    }
}

/// What can move a criterion.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// A resident's state changes, and nobody moves.
    StateChange,
    /// A resident's education from abroad is approved: a change of state.
    Approval,
    /// One moves out and another moves in, who differ in the trait.
    Replacement,
    /// Residents with the trait move out (or, to meet the criterion, those without it), and nobody moves in.
    MovesOut,
    /// Residents without the trait move in (or, to meet the criterion, those with it), and nobody moves out.
    MovesIn,
    /// Residents grow into or out of the age group.
    Ageing,
    /// Incomes rise or fall.
    Income,
}

impl Mechanism {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::StateChange => "state-change",
            Self::Approval => "approval",
            Self::Replacement => "replacement",
            Self::MovesOut => "moves-out",
            Self::MovesIn => "moves-in",
            Self::Ageing => "ageing",
            Self::Income => "income",
        }
    }
}

/// What a distance is counted in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Amounts {
    /// Persons.
    #[default]
    Persons,
    /// Full-time persons: not heads.
    FullTimePersons,
    /// Kroner a year for each person of the base.
    Kroner,
    /// Residents.
    Residents,
}

/// A limit. The value is exactly as written; comparisons are made on unrounded values.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// More than (`overstiger`).
    Over(At<Number>),
    /// This much or more (`mindst`).
    AtLeast(At<Number>),
    /// Less than (`under`).
    Under(At<Number>),
    /// This much or less (`højst`).
    AtMost(At<Number>),
}

impl Limit {
    /// The number.
    pub fn number(&self) -> &At<Number> {
        match self {
            Self::Over(number) | Self::AtLeast(number) | Self::Under(number) | Self::AtMost(number) => number,
        }
    }

    /// Is the criterion met above the limit (and not below it)?
    pub fn is_upper(&self) -> bool {
        matches!(self, Self::Over(_) | Self::AtLeast(_))
    }

    /// Is the criterion not met exactly at the limit?
    pub fn is_strict(&self) -> bool {
        matches!(self, Self::Over(_) | Self::Under(_))
    }
}
