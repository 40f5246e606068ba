//! `ratio:` one number over another.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Years};
use crate::{
    catalogue::{At, Unit, check::Checker, forms::maybe},
    ids::PopulationId,
};

/// One number over another, which it need not be part of.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ratio {
    /// The numerator.
    pub part: At<PopulationId>,
    /// The denominator.
    pub of: At<PopulationId>,
    /// Over several years; without it the period alone.
    #[serde(default, deserialize_with = "maybe")]
    pub years: Option<At<Years>>,
}

impl Form for Ratio {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("part", &self.part), ("of", &self.of)]
    }

    fn years(&self) -> Option<&At<Years>> {
        self.years.as_ref()
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Ratio]
    }

    fn words(&self) -> String {
        format!("one number over another{}", Years::words(self.years()))
    }
}

impl Ratio {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        if self.part.value == self.of.value {
            let hint = "the ratio of a number to itself is always 1; name another population";
            checker.wrong("named-twice", format!("`{}` is named twice", self.of), &self.of.place, hint);
        }
    }
}
