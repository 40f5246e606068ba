//! `median:` the number that half of the rows are below.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, check_single_rows};
use crate::{
    catalogue::{At, check::Checker},
    ids::PopulationId,
};

/// The number in the middle: half of the rows are below it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Median {
    /// A population with `sum:` or `value:`.
    pub of: At<PopulationId>,
}

impl Form for Median {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("of", &self.of)]
    }

    fn lists(&self) -> Vec<(&At<PopulationId>, Option<&At<PopulationId>>)> {
        vec![(&self.of, None)]
    }

    fn words(&self) -> String {
        "median".to_string()
    }
}

impl Median {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_single_rows(&self.of, checker);
    }
}
