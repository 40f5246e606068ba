//! The ways to compute an indicator, one file each.
//!
//! | method | value | interval |
//! |---|---|---|
//! | [`share`] | a part of a whole, per cent | Wilson |
//! | [`count`] | a number | none |
//! | [`mean`] | a sum divided by a number | none |
//! | [`rate`] | so many per 100 or 1,000 of another | none |
//! | [`relative`] | a value against the country's or the region's | none |
//!
//! A comparator is the same method over another [`Scope`]; a region or a country has its value from the benchmarks.

pub(in crate::compute) mod count;
pub(in crate::compute) mod mean;
pub(in crate::compute) mod rate;
pub(in crate::compute) mod relative;
pub(in crate::compute) mod share;

use super::{
    Data,
    publication::Missing,
    ratio::Ratio,
    raw::{Exposure, Known, Scope},
    years,
};
use crate::{
    catalogue::{BenchmarkPlace, Method, Years},
    ids::{IndicatorId, Period, PopulationId},
    numbers::Decimal,
};

/// What a method finds for one scope and period.
#[derive(Clone)]
pub(in crate::compute) struct Measurement {
    /// Exact, in the indicator's unit.
    pub value: Ratio,
    /// How many people or dwellings it is based on; decides the decimals. None for counts.
    pub base: Option<Ratio>,
    /// How many people an interval may count with; without it nothing is judged.
    pub heads: Option<f64>,
    /// Numerator and denominator, where there is one of each.
    pub parts: Option<(Decimal, Decimal)>,
    /// What it says about numbers of people.
    pub exposes: Vec<Exposure>,
}

/// Computes an indicator.
pub(in crate::compute) fn measure(
    data: Data,
    method: &Method,
    scope: Scope,
    period: Period,
) -> Known<Measurement> {
    match method {
        Method::Share(method) => share::measure(data, method, scope, period),
        Method::Count(method) => count::measure(data, method, scope, period),
        Method::Mean(method) => mean::measure(data, method, scope, period),
        Method::Rate(method) => rate::measure(data, method, scope, period),
        Method::Relative(method) => relative::measure(data, method, scope, period),
    }
}

/// The country's or the region's value of an indicator, over the same years: the benchmark with the indicator's id.
pub(in crate::compute) fn benchmark(
    data: Data,
    indicator: &IndicatorId,
    method: &Method,
    place: BenchmarkPlace,
    period: Period,
) -> Known<Ratio> {
    let scale = match method {
        Method::Share(_) => 100,
        Method::Count(_) => return Known::Missing(Missing::NoBenchmark),
        Method::Mean(_) | Method::Relative(_) => 1,
        Method::Rate(method) => i128::from(method.per.value),
    };
    data.raw.benchmarks.over(indicator.as_str(), data.place(place), period, years_of(data, method), scale)
}

/// The years that a value takes.
pub(in crate::compute) fn years_of<'a>(data: Data<'a>, method: &'a Method) -> Option<&'a Years> {
    let years = match method {
        Method::Count(_) => &None,
        Method::Share(method) => &method.years,
        Method::Mean(method) => &method.years,
        Method::Rate(method) => &method.years,
        Method::Relative(method) => match relative::underlying(data, method) {
            Some((_, indicator)) => return years_of(data, &indicator.method),
            None => &method.years,
        },
    };
    years.as_deref()
}

/// The populations that a value is made of, the base last.
pub(in crate::compute) fn populations<'a>(data: Data<'a>, method: &'a Method) -> Vec<&'a PopulationId> {
    match method {
        Method::Count(method) => vec![&method.of],
        Method::Share(method) => vec![&method.part, &method.of],
        Method::Rate(method) => vec![&method.part, &method.of],
        Method::Mean(method) => {
            std::iter::once(&method.of).chain(&method.over).map(|population| &population.value).collect()
        }
        Method::Relative(method) => match relative::underlying(data, method) {
            Some((_, indicator)) => populations(data, &indicator.method),
            None => method.part.iter().chain(&method.of).map(|population| &population.value).collect(),
        },
    }
}

/// The periods for which an indicator can be computed: those where every population has data in all the years it takes.
pub(in crate::compute) fn periods(data: Data, method: &Method) -> Vec<Period> {
    let series: Vec<_> =
        populations(data, method).into_iter().map(|population| data.raw.series.get(population)).collect();
    let Some(Some(first)) = series.first() else { return Vec::new() };
    let window = years::count(years_of(data, method));
    let has = |period: Period| {
        (0..window).map(|back| period.years_back(back)).all(|period| {
            series
                .iter()
                .all(|series| series.is_some_and(|series| series.periods.binary_search(&period).is_ok()))
        })
    };
    first.periods.iter().copied().filter(|period| has(*period)).collect()
}

/// A number of thousandths as it is published: whole, or with the decimals it has.
fn decimal(thousandths: i128) -> Option<Decimal> {
    let (mut units, mut places) = (i64::try_from(thousandths).ok()?, 3);
    while places > 0 && units % 10 == 0 {
        (units, places) = (units / 10, places - 1);
    }
    Some(Decimal { units, places })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_time_persons_keep_their_decimals_and_heads_have_none() {
        assert_eq!(decimal(333_000), Decimal::parse("333"));
        assert_eq!(decimal(333_250), Decimal::parse("333.25"));
        assert_eq!(decimal(0), Decimal::parse("0"));
    }
}
