//! `families:` and `rule-sets:` law as dated data, with its strictness exactly as the law writes it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    dates::Date,
    forms::form,
    number::Number,
    rule::Rule,
    spans::{At, Section},
    text::Text,
};
use crate::ids::{CriterionId, FamilyId, IndicatorId, LayerId, StatusId};

/// A family of rule sets: the statuses that they share, so that years in a row cross rule sets.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Family {
    /// Its name.
    pub title: Text,
    /// Whether the criterion on origin is printed among the others (default yes).
    #[serde(default = "yes")]
    pub show_origin: bool,
    /// What is printed in place of the criterion on origin when it is not shown.
    pub origin_note: Option<Text>,
    /// The statuses, mildest first: an area that meets several has the last of them.
    pub statuses: Section<StatusId, Status>,
}

/// The default of `show-origin`.
fn yes() -> bool {
    true
}

/// How a status is printed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Status {
    /// The full name, as `Udsat boligområde`.
    pub name: Text,
    /// Shorter names, longest first, as `[Forebyggelse, Forebyg.]`.
    #[serde(default)]
    pub short: Vec<Text>,
    /// The mark beside the name.
    pub symbol: Symbol,
    /// What the law ties to the status, in about three lines.
    pub follows: Option<Text>,
    /// Lists that used another name.
    pub named: Option<Named>,
    /// The status that this one counts as in years in a row. It is only known from official lists and never printed as that status.
    pub counts_as: Option<At<StatusId>>,
}

/// Lists on which a status had another name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Named {
    /// Lists of the years before this one.
    pub before: At<u16>,
    /// The note that says so.
    pub note: Text,
}

/// The mark of a status: shape and fill, so that it never hangs on colour alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Symbol {
    /// An open circle.
    Open,
    /// A circle, left half filled.
    Half,
    /// A filled circle.
    Full,
    /// A filled square.
    Square,
    /// A filled diamond with a white eye.
    Diamond,
    /// A circle with a bar: other criteria, another name.
    Barred,
}

/// A rule set: what one version of a law says.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleSet {
    /// The law and its paragraphs.
    pub law: Text,
    /// The family that it belongs to.
    pub family: At<FamilyId>,
    /// The lists that used it, by their dates; chosen by list date, never by today's.
    pub lists: Lists,
    /// The areas that it can apply to.
    pub applies_to: AppliesTo,
    /// The criteria. Distances and results hang on their ids.
    pub criteria: Section<CriterionId, Criterion>,
    /// When each status is given. A rule names criteria, and statuses above it.
    pub statuses: Section<StatusId, StatusRule>,
}

/// Dates of lists, both included.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lists {
    /// The first list.
    pub from: At<Date>,
    /// The last list; without it the rule set is in force.
    pub to: Option<At<Date>>,
}

impl Lists {
    /// Did the list of this date use the rule set?
    pub fn contain(&self, list: Date) -> bool {
        self.from.value <= list && self.to.as_ref().is_none_or(|to| list <= to.value)
    }
}

/// The areas that a rule set can apply to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AppliesTo {
    /// The layer.
    pub layer: At<LayerId>,
    /// How many residents an area must have.
    pub residents: Option<Residents>,
}

/// A number of residents on 1 January of the list's year.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Residents {
    /// So many or more.
    pub at_least: At<u32>,
}

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
    /// The unit in which the distance to the limit is also printed.
    pub unit_of_distance: Option<DistanceUnit>,
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

/// A unit of distance to a limit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DistanceUnit {
    /// Points of the indicator's unit.
    Points,
    /// Full-time persons.
    FullTimePersons,
    /// Danish kroner.
    Kroner,
}

/// When a status is given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StatusRule {
    /// The rule.
    pub when: Rule,
    /// The authority leaves an area out of this list when it has that status; both are computed.
    pub published_unless: Option<At<StatusId>>,
}
