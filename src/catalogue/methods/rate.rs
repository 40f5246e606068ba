//! `rate:` one number per so many of another.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Years};
use crate::{
    catalogue::{At, Unit, check::Checker, forms::maybe},
    ids::PopulationId,
};

/// One number per so many of another, which need not be part of it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rate {
    /// The numerator.
    pub part: At<PopulationId>,
    /// The denominator.
    pub of: At<PopulationId>,
    /// Per so many of the denominator, as 100 or 1000.
    pub per: At<u32>,
    /// Over several years; without it the period alone.
    #[serde(default, deserialize_with = "maybe")]
    pub years: Option<At<Years>>,
}

impl Form for Rate {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("part", &self.part), ("of", &self.of)]
    }

    fn years(&self) -> Option<&At<Years>> {
        self.years.as_ref()
    }

    fn units(&self) -> Vec<Unit> {
        match self.per.value {
            1 => vec![Unit::Ratio],
            100 => vec![Unit::Per100],
            1_000 => vec![Unit::Per1000],
            10_000 => vec![Unit::Per10000],
            _ => Vec::new(),
        }
    }

    fn words(&self) -> String {
        format!("number per {}{}", self.per, Years::words(self.years()))
    }
}

impl Rate {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        if self.per.value == 0 {
            let hint = "write `per: 100` or `per: 1000`";
            checker.wrong("bad-number", "a rate per 0 is nothing", &self.per.place, hint);
        }
    }
}
