//! `relative:` a value relative to the same value of the country or the region.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Method, Years};
use crate::{
    catalogue::{
        At, Unit,
        check::{Checker, Kind},
        forms::maybe,
        indicator::check_benchmarks,
    },
    ids::{IndicatorId, PopulationId},
};

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

impl BenchmarkPlace {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
        }
    }
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

impl Form for Relative {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        let part = self.part.as_ref().map(|part| ("part", part));
        part.into_iter().chain(self.of.as_ref().map(|of| ("of", of))).collect()
    }

    fn base(&self) -> Option<&At<PopulationId>> {
        self.of.as_ref()
    }

    fn indicators(&self) -> Vec<&At<IndicatorId>> {
        self.indicator.iter().collect()
    }

    fn years(&self) -> Option<&At<Years>> {
        self.years.as_ref()
    }

    fn units(&self) -> Vec<Unit> {
        match self.form {
            RelativeForm::Percent => vec![Unit::Percent, Unit::Index],
            RelativeForm::Times => vec![Unit::Times, Unit::Ratio],
        }
    }

    fn words(&self) -> String {
        let form = match self.form {
            RelativeForm::Percent => "per cent of",
            RelativeForm::Times => "times",
        };
        let (place, years) = (self.to.place.word(), Years::words(self.years()));
        format!("{form} the {place}'s `{}`{years}", self.to.benchmark)
    }
}

impl Relative {
    pub(super) fn check(&self, entry: &Entry, checker: &mut Checker) {
        check_benchmarks(&self.to.benchmark.place, checker);
        match (&self.indicator, &self.part, &self.of) {
            (Some(indicator), None, None) => self.check_indicator(indicator, entry, checker),
            (None, Some(_), Some(_)) => {}
            _ => {
                let hint = "write either `indicator: …`, or `part: …` and `of: …`";
                checker.wrong("bad-relative", "it is not clear what is compared", entry.place, hint);
            }
        }
    }

    fn check_indicator(&self, indicator: &At<IndicatorId>, entry: &Entry, checker: &mut Checker) {
        checker.refer(Kind::Indicator, indicator.as_str(), &indicator.place);
        let method = checker.written.indicators.get(&indicator.value).map(|found| &found.method.value);
        let fits = matches!(method, None | Some(Method::Share(_) | Method::Mean(_) | Method::Rate(_)));
        if indicator.value == entry.id.value || !fits {
            let message = format!("`{indicator}` cannot be made relative");
            let hint = "name an indicator that is a share, a mean or a rate";
            checker.wrong("bad-relative", message, &indicator.place, hint);
        }
        if self.years.is_some() {
            let message = format!("`{indicator}` has its own years");
            let hint = "the years are those of the indicator; remove `years`";
            checker.wrong("bad-relative", message, entry.place, hint);
        }
    }
}
