//! `relative:` a value relative to the same value of the country, the region, the municipality or another area.

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
    ids::{AreaId, IndicatorId, PopulationId},
};

/// A value relative to the same value of the country, the region, the municipality or another area.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Relative {
    /// The indicator that is compared: a share, mean, rate, ratio or density. Its years count for both sides. Either this, or
    /// `part` and `of`.
    pub indicator: Option<At<IndicatorId>>,
    /// The numerator.
    pub part: Option<At<PopulationId>>,
    /// The denominator.
    pub of: Option<At<PopulationId>>,
    /// Over several years, of `part` and `of` and of what they are compared with alike.
    #[serde(default, deserialize_with = "maybe")]
    pub years: Option<At<Years>>,
    /// What it is compared with.
    pub to: At<RelativeTo>,
    /// In which form.
    #[serde(rename = "as")]
    pub form: RelativeForm,
}

/// What a value is made relative to: a benchmark of a place, an area, or the municipality.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RelativeTo {
    /// A name in the column `indicator` of the source `benchmarks`; with `place`.
    pub benchmark: Option<At<String>>,
    /// Whose value the benchmark is.
    pub place: Option<BenchmarkPlace>,
    /// The same value of this area.
    pub area: Option<At<AreaId>>,
    /// The same value of the municipality; write `{}`.
    pub municipality: Option<Nothing>,
}

/// `{}`: there is nothing to choose.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What a value is made relative to.
#[derive(Clone, Copy, Debug)]
pub enum Reference<'a> {
    /// A row among the benchmarks.
    Benchmark(&'a At<String>, BenchmarkPlace),
    /// An area.
    Area(&'a At<AreaId>),
    /// The municipality.
    Municipality,
}

impl RelativeTo {
    /// The one thing that it names; `None` if it names none or several, which no checked catalogue does.
    pub fn reference(&self) -> Option<Reference<'_>> {
        match (&self.benchmark, self.place, &self.area, self.municipality) {
            (Some(benchmark), Some(place), None, None) => Some(Reference::Benchmark(benchmark, place)),
            (None, None, Some(area), None) => Some(Reference::Area(area)),
            (None, None, None, Some(_)) => Some(Reference::Municipality),
            _ => None,
        }
    }
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
    /// Per cent of it: 54,2.
    Percent,
    /// So many times it: 2,45.
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

    fn areas(&self) -> Vec<&At<AreaId>> {
        self.to.area.iter().collect()
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
        let years = Years::words(self.years());
        match self.to.reference() {
            Some(Reference::Benchmark(name, place)) => {
                format!("{form} the {}'s `{name}`{years}", place.word())
            }
            Some(Reference::Area(area)) => format!("{form} that of the area `{area}`{years}"),
            Some(Reference::Municipality) | None => format!("{form} that of the municipality{years}"),
        }
    }
}

impl Relative {
    pub(super) fn check(&self, entry: &Entry, checker: &mut Checker) {
        match self.to.reference() {
            Some(Reference::Benchmark(name, _)) => check_benchmarks(&name.place, checker),
            Some(Reference::Area(_) | Reference::Municipality) => {}
            None => {
                let hint =
                    "write a benchmark with its place, or `to: { area: … }`, or `to: { municipality: {} }`";
                let message = "it is not clear what it is made relative to";
                checker.wrong("bad-relative", message, &self.to.place, hint);
            }
        }
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
        let fits = matches!(
            method,
            None | Some(
                Method::Share(_) | Method::Mean(_) | Method::Rate(_) | Method::Ratio(_) | Method::Density(_)
            )
        );
        if indicator.value == entry.id.value || !fits {
            let message = format!("`{indicator}` cannot be made relative");
            let hint = "name an indicator that is a share, a mean, a rate, a ratio or a density";
            checker.wrong("bad-relative", message, &indicator.place, hint);
        }
        if self.years.is_some() {
            let message = format!("`{indicator}` has its own years");
            let hint = "the years are those of the indicator; remove `years`";
            checker.wrong("bad-relative", message, entry.place, hint);
        }
    }
}
