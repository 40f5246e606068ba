//! The ways to compute an indicator, one file each.
//!
//! | method | value | interval |
//! |---|---|---|
//! | [`share`] | a part of a whole, per cent | Wilson, by households |
//! | [`count`] | a number | none |
//! | [`mean`] | a sum divided by a number | bootstrap over households, from single rows |
//! | [`median`] | the number in the middle | bootstrap over households |
//! | [`quantile`] | the number that a part of the rows is below | bootstrap over households |
//! | [`length_of_residence`] | the median of stays, with those going on | bootstrap over households |
//! | [`distance`] | metres to the nearest of something, or the share within a distance | bootstrap over households; Wilson |
//! | [`rate`] | so many per 100 or 1,000 of another | Byar or exact, where it counts events |
//! | [`ratio`] | one number over another | none |
//! | [`density`] | a number on a piece of ground | none |
//! | [`growth`] | by how many per cent a number has grown | none |
//! | [`difference`] | another indicator's value minus an earlier one | from those of both values (MOVER) |
//! | [`gap`] | a share minus another, points | Newcombe |
//! | [`relative`] | a value against the country's, region's, municipality's or an area's | none |
//! | [`turnover`] | moves, per cent of the mid-year population | none |
//! | [`diversity`] | entropy or Simpson's index over groups | none |
//! | [`segregation`] | dissimilarity, isolation or entropy over areas | none; its level under chance |
//! | [`composite`] | several indicators put together to classes of areas | none |
//!
//! A comparator is the same method over another [`Scope`]; a region or a country has its value from the benchmarks.

pub(in crate::compute) mod composite;
pub(in crate::compute) mod count;
pub(in crate::compute) mod density;
pub(in crate::compute) mod difference;
pub(in crate::compute) mod distance;
pub(in crate::compute) mod diversity;
pub(in crate::compute) mod gap;
pub(in crate::compute) mod growth;
pub(in crate::compute) mod length_of_residence;
pub(in crate::compute) mod mean;
pub(in crate::compute) mod median;
pub(in crate::compute) mod quantile;
pub(in crate::compute) mod rate;
pub(in crate::compute) mod ratio;
pub(in crate::compute) mod relative;
mod rows;
pub(in crate::compute) mod segregation;
pub(in crate::compute) mod share;
pub(in crate::compute) mod turnover;

use std::collections::BTreeSet;

use super::{
    Data,
    chance::{self, Chance},
    disclose::told::{Told, Zone, in_order},
    publication::Missing,
    ratio::Ratio,
    raw::{Exposure, Known, Scope},
    years,
};
use crate::{
    catalogue::{BenchmarkPlace, Catalogue, Form, Method, Years, each},
    ids::{AreaId, IndicatorId, Period, PopulationId, ValueId},
    numbers::Decimal,
};

/// What a method finds for one scope and period.
#[derive(Clone)]
pub(in crate::compute) struct Measurement {
    /// Exact, in the indicator's unit.
    pub value: Ratio,
    /// How many people or dwellings it is based on; decides the decimals. None for counts.
    pub base: Option<Ratio>,
    /// How far chance moves it.
    pub chance: Chance,
    /// Numerator and denominator, where there is one of each.
    pub parts: Option<(Decimal, Decimal)>,
    /// What it says about numbers of people.
    pub exposes: Vec<Exposure>,
}

impl Measurement {
    /// This minus another in the same unit, with this correlation. It is based on the smaller of the two, and exposes what
    /// both do.
    fn minus(self, other: Self, correlation: f64) -> Self {
        Self {
            value: self.value.minus(other.value),
            base: self.base.zip(other.base).map(|(one, other)| one.min(other)),
            chance: chance::paired(&self, &other, correlation)
                .map_or(Chance::NotJudged, |(low, high)| Chance::Limits { low, high }),
            parts: None,
            exposes: [self.exposes, other.exposes].concat(),
        }
    }
}

/// How a method is computed.
pub(in crate::compute) trait Measure: Form {
    /// The value of one scope in one period.
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement>;

    /// The numbers that the value of a zone tells: those it is made of.
    fn tells(&self, data: Data, zone: &Zone, period: Period) -> Vec<Told> {
        sums_over(&own_populations(self), years::count(self.window(data)), zone, period)
    }

    /// The years that a value takes.
    fn window<'a>(&'a self, _: Data<'a>) -> Option<&'a Years> {
        self.years().map(|years| &years.value)
    }

    /// The populations that a value is made of, the base last.
    fn populations<'a>(&'a self, _: Data<'a>) -> Vec<&'a PopulationId> {
        own_populations(self)
    }

    /// The periods for which it can be computed: those where every population has data in all the years it takes.
    fn periods(&self, data: Data) -> Vec<Period> {
        let series: Vec<_> =
            self.populations(data).into_iter().map(|population| data.raw.series.get(population)).collect();
        let Some(Some(first)) = series.first() else { return Vec::new() };
        let window = years::count(self.window(data));
        let has = |period: Period| {
            (0..window).map(|back| period.years_back(back)).all(|period| {
                series
                    .iter()
                    .all(|series| series.is_some_and(|series| series.periods.binary_search(&period).is_ok()))
            })
        };
        first.periods.iter().copied().filter(|period| has(*period)).collect()
    }

    /// Is its chance measured by whole households? Then a declared design effect is not used.
    fn is_clustered(&self, _: Data) -> bool {
        false
    }

    /// The correlation of an area's values now and then (`None`: the municipality's), where the same persons are linked.
    fn correlation(&self, _: Data, _area: Option<usize>, _now: Period, _then: Period) -> Option<f64> {
        None
    }

    /// The published values that an area's value is made of: it is hidden when one of them is.
    fn needs(&self, _: Data, _: &AreaId, _: Period) -> Vec<ValueId> {
        Vec::new()
    }

    /// Has every area a value, or the municipality alone?
    fn is_of_areas(&self) -> bool {
        true
    }

    /// The municipality's value if chance alone were at work; without it that says nothing.
    fn under_chance(&self, _: Data, _: &IndicatorId, _: Period) -> Option<Known<Ratio>> {
        None
    }

    /// How many times a benchmark's part / whole counts in the indicator's unit; without it nobody publishes such a value.
    fn scale(&self) -> Option<i128> {
        None
    }
}

/// A method with its computation, whichever it is.
pub(in crate::compute) fn of(method: &Method) -> &dyn Measure {
    each!(method, method => method)
}

/// Computes an indicator.
pub(in crate::compute) fn measure(
    data: Data,
    method: &Method,
    scope: Scope,
    period: Period,
) -> Known<Measurement> {
    of(method).measure(data, scope, period)
}

/// What a value exposes of single persons whose numbers it sums up, as a ratio of incomes to persons does, in every period that
/// it takes; `populations`: those of [`summed`]; `years`: of how many periods it is a mean of its own. A mean exposes them itself.
pub(in crate::compute) fn sums(
    data: Data,
    (method, populations): (&Method, &BTreeSet<PopulationId>),
    scope: Scope,
    period: Period,
    years: u8,
) -> Vec<Exposure> {
    if populations.is_empty() {
        return Vec::new();
    }
    let periods = summed_over(data, method, period, years);
    let each = |population: &PopulationId| {
        periods.iter().flat_map(|period| rows::of_sum(data, population, scope, *period)).collect::<Vec<_>>()
    };
    populations.iter().flat_map(each).collect()
}

/// The periods that a value takes in all.
fn summed_over(data: Data, method: &Method, period: Period, years: u8) -> BTreeSet<Period> {
    let window = years::count(of(method).window(data)).max(i32::from(years));
    let over = behind(data.catalogue, method).into_iter().filter_map(|method| method.form().over());
    let starts: BTreeSet<i32> = over.map(i32::from).chain([0]).collect();
    starts.iter().flat_map(|start| (0..window).map(move |back| period.years_back(start + back))).collect()
}

/// What a value tells, or the mean of so many single periods. Whoever sees a sum of what persons have is taken to know how many
/// they are. The arguments are those of [`sums`].
pub(in crate::compute) fn tells(
    data: Data,
    (method, populations): (&Method, &BTreeSet<PopulationId>),
    zone: &Zone,
    period: Period,
    years: u8,
) -> Vec<Told> {
    let mut all = match years {
        0 | 1 => of(method).tells(data, zone, period),
        _ => {
            let single = method.with_years(None);
            let periods = (0..i32::from(years)).map(|back| period.years_back(back));
            periods.flat_map(|period| of(&single).tells(data, zone, period)).collect()
        }
    };
    if !populations.is_empty() {
        let periods = summed_over(data, method, period, years);
        let rows = |population| periods.iter().map(move |period| Told::rows(population, zone, *period));
        all.extend(populations.iter().flat_map(rows));
    }
    in_order(all)
}

/// The sums of populations in so many years that end in `period`.
fn sums_over(populations: &[&PopulationId], years: i32, zone: &Zone, period: Period) -> Vec<Told> {
    let year = |back| populations.iter().map(move |id| Told::sum(id, zone, period.years_back(back)));
    (0..years).flat_map(year).collect()
}

/// What a population's sum over a scope exposes of the persons whose numbers it adds up.
pub(in crate::compute) fn contributions(
    data: Data,
    of: &PopulationId,
    scope: Scope,
    period: Period,
) -> Vec<Exposure> {
    rows::of_sum(data, of, scope, period)
}

/// The populations that add up numbers which persons have, of a method that sums, and of those that it builds on.
pub(in crate::compute) fn summed(catalogue: &Catalogue, method: &Method) -> BTreeSet<PopulationId> {
    let sums = |method: &&Method| {
        !matches!(
            method,
            Method::Mean(_)
                | Method::Median(_)
                | Method::Quantile(_)
                | Method::LengthOfResidence(_)
                | Method::Distance(_)
        )
    };
    let roles = behind(catalogue, method).into_iter().filter(sums).flat_map(|method| method.form().roles());
    let adds_up = |id: &PopulationId| catalogue.adds_up_numbers(id) && catalogue.is_of_persons(id);
    roles.map(|(_, population)| population.value.clone()).filter(adds_up).collect()
}

/// A method, and those of the indicators that it builds on.
pub(in crate::compute) fn behind<'a>(catalogue: &'a Catalogue, method: &'a Method) -> Vec<&'a Method> {
    let others = method.form().indicators().into_iter().filter_map(|id| catalogue.indicator(id));
    std::iter::once(method).chain(others.flat_map(|other| behind(catalogue, &other.method))).collect()
}

/// The country's or the region's value of an indicator, over the same years: the benchmark with the indicator's id.
pub(in crate::compute) fn benchmark(
    data: Data,
    indicator: &IndicatorId,
    method: &Method,
    place: BenchmarkPlace,
    period: Period,
) -> Known<Ratio> {
    let method = of(method);
    let Some(scale) = method.scale() else { return Known::Missing(Missing::NoBenchmark) };
    data.raw.benchmarks.over(indicator.as_str(), data.place(place), period, method.window(data), scale)
}

/// The populations that a method counts itself.
fn own_populations<M: Form + ?Sized>(method: &M) -> Vec<&PopulationId> {
    method.roles().into_iter().map(|(_, population)| &population.value).collect()
}

/// The periods that have one so many years before.
fn with_earlier(periods: &[Period], over: u8) -> Vec<Period> {
    let has = |period: &Period| periods.binary_search(&period.years_back(i32::from(over))).is_ok();
    periods.iter().copied().filter(has).collect()
}

/// A value that was not computed in whole numbers, to nine decimals.
fn inexact(value: f64) -> Known<Ratio> {
    Known::or(Decimal::from_f64(value, 9).map(Ratio::of), Missing::NoData)
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
