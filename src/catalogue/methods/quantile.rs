//! `quantile:` the number that a given part of the rows is below.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, check_single_rows};
use crate::{
    catalogue::{At, check::Checker, number::Number},
    ids::PopulationId,
};

/// The number that a given part of the rows is below.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Quantile {
    /// A population with `sum:` or `value:`.
    pub of: At<PopulationId>,
    /// Which part, between 0 and 1: `0.25` is the lower quartile.
    pub at: At<Number>,
}

impl Form for Quantile {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("of", &self.of)]
    }

    fn lists(&self) -> Vec<(&At<PopulationId>, Option<&At<PopulationId>>)> {
        vec![(&self.of, None)]
    }

    fn words(&self) -> String {
        format!("quantile at {}", self.at)
    }
}

impl Quantile {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_single_rows(&self.of, checker);
        let at = self.at.to_f64();
        if at <= 0.0 || at >= 1.0 {
            let message = format!("there is no quantile at {}", self.at);
            let hint = "write a number between 0 and 1, as 0.25 for the lower quartile; the lowest and the highest \
                        value are single persons' values and are not given";
            checker.wrong("bad-number", message, &self.at.place, hint);
        }
    }
}
