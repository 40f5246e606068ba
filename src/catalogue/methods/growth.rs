//! `growth:` by how many per cent a number has grown.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, check_over};
use crate::{
    catalogue::{At, Unit, check::Checker},
    ids::PopulationId,
};

/// By how many per cent a number has grown over some years.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Growth {
    /// What is counted.
    pub of: At<PopulationId>,
    /// Over how many years.
    pub over: At<u8>,
}

impl Form for Growth {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("of", &self.of)]
    }

    fn over(&self) -> Option<u8> {
        Some(self.over.value)
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Percent]
    }

    fn words(&self) -> String {
        format!("growth in per cent over {} years", self.over)
    }
}

impl Growth {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_over(&self.over, checker);
    }
}
