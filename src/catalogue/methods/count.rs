//! `count:` a number of rows, or the sum of their weights.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form};
use crate::{
    catalogue::{At, Unit, check::Checker},
    ids::PopulationId,
};

/// A number of rows, or the sum of their weights.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Count {
    /// What is counted.
    pub of: At<PopulationId>,
}

impl Form for Count {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("of", &self.of)]
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Count, Unit::Persons, Unit::Dwellings, Unit::Kroner, Unit::SquareMetres]
    }

    fn words(&self) -> String {
        "count".to_string()
    }
}

impl Count {
    pub(super) fn check(&self, _: &Entry, _: &mut Checker) {}
}
