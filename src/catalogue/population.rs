//! `populations:` named numerators and denominators, checked once and used by many indicators.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{spans::At, sql::Sql, text::Text};
use crate::ids::{PopulationId, SourceId};

/// A named set of rows and what is added up over them: the rows themselves, a weight, or a column of numbers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Population {
    /// What it is, in words.
    pub title: Option<Text>,
    /// The source whose rows it takes. Either this or `within`.
    pub from: Option<At<SourceId>>,
    /// The population that it is a part of.
    pub within: Option<At<PopulationId>>,
    /// Only these rows: an SQL expression that is true or false.
    #[serde(rename = "where")]
    pub filter: Option<Sql>,
    /// What each row counts for, between 0 and 1 of a person; without it each row counts 1.
    pub weight: Option<Sql>,
    /// The column of numbers that is added up.
    pub sum: Option<At<String>>,
    /// The SQL expression whose values are added up.
    pub value: Option<Sql>,
}
