//! **Relative**: a value against the country's or the region's.
//!
//! # What it says
//! How an area stands when the whole country moves: income in per cent of the region's, convictions in times the nation's.
//!
//! # Formula
//! `value / benchmark`, times 100 for `percent`. The value is another indicator, or `part / of`. If it is over several years
//! the benchmark is over the same years, in the same way.
//!
//! # Inputs
//! An indicator (share, mean or rate) or two populations; a row of the benchmarks for each year. Exact when the benchmark
//! has part and whole, else as the decimal it was published with.
//!
//! # Small numbers
//! Exposes what the value exposes; the benchmark is public. No interval, so it is not judged; the share behind it can be.
//!
//! # Limits
//! The benchmark holds the area itself: negligible for a region.
//!
//! # References
//! Almenboligloven § 61 a, stk. 1, nos. 2 (three times the national mean) and 4 (55 per cent of the region's mean).

use super::{
    super::{
        Data,
        chance::Chance,
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measure, Measurement, of,
};
use crate::{
    catalogue::{Indicator, RelativeForm, Years, methods::Relative},
    ids::{IndicatorId, Period, PopulationId},
};

impl Measure for Relative {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        value(data, self, scope, period).and_then(|own| {
            benchmark(data, self, period).and_then(|benchmark| {
                let quotient =
                    own.value.over(benchmark).map(|quotient| quotient.times(Ratio::whole(scale(self.form))));
                Known::or(quotient, Missing::NoBenchmark).map(|value| Measurement {
                    value,
                    chance: Chance::NotJudged,
                    parts: None,
                    ..own
                })
            })
        })
    }

    fn window<'a>(&'a self, data: Data<'a>) -> Option<&'a Years> {
        match underlying(data, self) {
            Some((_, indicator)) => of(&indicator.method).window(data),
            None => window(self),
        }
    }

    fn populations<'a>(&'a self, data: Data<'a>) -> Vec<&'a PopulationId> {
        match underlying(data, self) {
            Some((_, indicator)) => of(&indicator.method).populations(data),
            None => super::own_populations(self),
        }
    }

    fn scale(&self) -> Option<i128> {
        Some(1)
    }
}

/// The indicator behind it, if it is relative to one.
pub(in crate::compute) fn underlying<'a>(
    data: Data<'a>,
    method: &'a Relative,
) -> Option<(&'a IndicatorId, &'a Indicator)> {
    let id = &method.indicator.as_ref()?.value;
    data.catalogue.indicator(id).map(|indicator| (id, indicator))
}

/// The benchmark, in the unit of the value behind it.
pub(in crate::compute) fn benchmark(data: Data, method: &Relative, period: Period) -> Known<Ratio> {
    let scale = match underlying(data, method) {
        Some((_, indicator)) => of(&indicator.method).scale().unwrap_or(1),
        None => 1,
    };
    let years = method.window(data);
    let place = data.place(method.to.place);
    data.raw.benchmarks.over(&method.to.benchmark.value, place, period, years, scale)
}

/// The value before it is divided.
fn value(data: Data, method: &Relative, scope: Scope, period: Period) -> Known<Measurement> {
    if let Some((_, indicator)) = underlying(data, method) {
        return of(&indicator.method).measure(data, scope, period);
    }
    let (Some(part), Some(of)) = (&method.part, &method.of) else { return Known::Missing(Missing::NoData) };
    years::years_of(data.raw, part, Some(&of.value), window(method), scope, period).and_then(|all| {
        years::quotient(&all, window(method)).map(|value| Measurement {
            value,
            base: Some(years::mean_whole(&all)),
            chance: Chance::NotJudged,
            parts: None,
            exposes: all.iter().map(|year| Exposure::Amount(year.whole.sum)).collect(),
        })
    })
}

fn window(method: &Relative) -> Option<&Years> {
    method.years.as_deref()
}

fn scale(form: RelativeForm) -> i128 {
    match form {
        RelativeForm::Percent => 100,
        RelativeForm::Times => 1,
    }
}
