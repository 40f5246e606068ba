//! `mean:` a sum divided by a number.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Years, check_has_numbers};
use crate::{
    catalogue::{At, check::Checker, forms::maybe},
    ids::PopulationId,
};

/// A sum divided by a number.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Mean {
    /// A population with `sum:` or `value:`.
    pub of: At<PopulationId>,
    /// What it is divided by; without it the number of rows of `of`.
    pub over: Option<At<PopulationId>>,
    /// Over several years; without it the period alone.
    #[serde(default, deserialize_with = "maybe")]
    pub years: Option<At<Years>>,
}

impl Form for Mean {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        std::iter::once(("of", &self.of)).chain(self.over.as_ref().map(|over| ("over", over))).collect()
    }

    fn base(&self) -> Option<&At<PopulationId>> {
        self.over.as_ref()
    }

    fn lists(&self) -> Vec<(&At<PopulationId>, Option<&At<PopulationId>>)> {
        vec![(&self.of, self.over.as_ref())]
    }

    fn years(&self) -> Option<&At<Years>> {
        self.years.as_ref()
    }

    fn words(&self) -> String {
        format!("mean{}", Years::words(self.years()))
    }
}

impl Mean {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_has_numbers(&self.of, checker);
    }
}
