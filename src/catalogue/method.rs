//! The ways to compute an indicator. Each has its formula in one file `compute/methods/NAME.rs`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{forms::maybe, spans::At};
use crate::ids::{IndicatorId, PopulationId};

/// A way to compute.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// A part of a whole, in per cent.
    Share(Share),
    /// A number of rows.
    Count(Count),
    /// A sum divided by a number.
    Mean(Mean),
    /// One number per so many of another.
    Rate(Rate),
    /// A value relative to the country's or the region's.
    Relative(Relative),
}

impl Method {
    /// The populations that it counts, through the indicator that a relative value compares.
    pub fn populations(&self, catalogue: &super::Catalogue) -> Vec<PopulationId> {
        let named: Vec<Option<&At<PopulationId>>> = match self {
            Self::Share(share) => vec![Some(&share.part), Some(&share.of)],
            Self::Count(count) => vec![Some(&count.of)],
            Self::Mean(mean) => vec![Some(&mean.of), mean.over.as_ref()],
            Self::Rate(rate) => vec![Some(&rate.part), Some(&rate.of)],
            Self::Relative(relative) => {
                let other = relative.indicator.as_ref().and_then(|id| catalogue.indicator(id));
                if let Some(other) = other {
                    return other.method.value.populations(catalogue);
                }
                vec![relative.part.as_ref(), relative.of.as_ref()]
            }
        };
        named.into_iter().flatten().map(|id| id.value.clone()).collect()
    }
}

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

/// A number of rows, or the sum of their weights.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Count {
    /// What is counted.
    pub of: At<PopulationId>,
}

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

/// A value relative to the same value of the country or the region.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Relative {
    /// The indicator that is compared: a share, mean or rate. Its years count for the benchmark too. Either this, or `part` and `of`.
    pub indicator: Option<At<IndicatorId>>,
    /// The numerator.
    pub part: Option<At<PopulationId>>,
    /// The denominator.
    pub of: Option<At<PopulationId>>,
    /// Over several years, of `part` and `of` and of the benchmark alike.
    #[serde(default, deserialize_with = "maybe")]
    pub years: Option<At<Years>>,
    /// What it is compared with.
    pub to: Benchmark,
    /// In which form.
    #[serde(rename = "as")]
    pub form: RelativeForm,
}

/// A row among the benchmarks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Benchmark {
    /// Its name in the column `indicator` of the source `benchmarks`.
    pub benchmark: At<String>,
    /// Whose value.
    pub place: BenchmarkPlace,
}

/// Whose value a benchmark is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BenchmarkPlace {
    /// The country's: rows with `country` in the column `place`.
    Country,
    /// The region's: rows with the catalogue's region number in the column `place`.
    Region,
}

/// The form of a relative value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RelativeForm {
    /// Per cent of the benchmark: 54,2.
    Percent,
    /// So many times the benchmark: 2,45.
    Times,
}

/// How several years become one value.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Years {
    /// The mean of the last n years' values, each year with the same weight.
    MeanOf(At<u8>),
    /// The numerators of the last n years over their denominators.
    Pooled(At<u8>),
}

impl Years {
    /// How many years.
    pub fn count(&self) -> u8 {
        match self {
            Self::MeanOf(n) | Self::Pooled(n) => n.value,
        }
    }
}
