//! `share:` a part of a whole, in per cent.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Years, check_one_source};
use crate::{
    catalogue::{At, Unit, check::Checker, forms::maybe},
    ids::PopulationId,
};

/// A part of a whole, in per cent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Share {
    /// The numerator.
    pub part: At<PopulationId>,
    /// The denominator.
    pub of: At<PopulationId>,
    /// Over several years; without it the period alone.
    #[serde(default, deserialize_with = "maybe")]
    pub years: Option<At<Years>>,
}

impl Form for Share {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("part", &self.part), ("of", &self.of)]
    }

    fn quotients(&self) -> Vec<(&At<PopulationId>, &At<PopulationId>)> {
        vec![(&self.part, &self.of)]
    }

    fn years(&self) -> Option<&At<Years>> {
        self.years.as_ref()
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Percent]
    }

    fn words(&self) -> String {
        format!("share in per cent{}", Years::words(self.years()))
    }
}

impl Share {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_one_source(&self.part, &self.of, checker);
    }
}
