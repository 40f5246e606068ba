//! `density:` how many on a piece of ground.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form};
use crate::{
    catalogue::{At, Unit, check::Checker},
    ids::PopulationId,
};

/// How many on a hectare or a square kilometre.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Density {
    /// What is counted.
    pub of: At<PopulationId>,
    /// Per which piece of ground.
    pub per: Ground,
}

/// A piece of ground.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// 10,000 square metres.
    Hectare,
    /// 1,000,000 square metres.
    SquareKilometre,
}

impl Ground {
    /// How many square metres it is.
    pub fn square_metres(self) -> u32 {
        match self {
            Self::Hectare => 10_000,
            Self::SquareKilometre => 1_000_000,
        }
    }
}

impl Form for Density {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("of", &self.of)]
    }

    fn units(&self) -> Vec<Unit> {
        match self.per {
            Ground::Hectare => vec![Unit::PerHectare],
            Ground::SquareKilometre => vec![Unit::PerSquareKilometre],
        }
    }

    fn words(&self) -> String {
        match self.per {
            Ground::Hectare => "number per hectare".to_string(),
            Ground::SquareKilometre => "number per square kilometre".to_string(),
        }
    }
}

impl Density {
    pub(super) fn check(&self, _: &Entry, _: &mut Checker) {}
}
