//! **Relative**: a value against that of the country, the region, the municipality or another area.
//!
//! # What it says
//! How an area stands when the whole country moves: income in per cent of the region's, convictions in times the nation's.
//!
//! # Formula
//! `value / reference`, times 100 for `percent`. The value is another indicator, or `part / of`. The reference is a benchmark, or
//! the same value of the municipality or of one area. If the value is over several years so is the reference, in the same way.
//!
//! # Inputs
//! An indicator (share, mean, rate, ratio or density) or two populations; of a benchmark a row for each year. Exact when the
//! benchmark has part and whole, else as the decimal it was published with.
//!
//! # Small numbers
//! Exposes what the value exposes. A benchmark is public; the municipality or an area exposes its own numbers too, and hides
//! the value when its own is hidden. No interval, so it is not judged; the share behind it can be.
//!
//! # Limits
//! The reference holds the area itself: negligible for a region, not in a small municipality.
//!
//! # References
//! Almenboligloven § 61 a, stk. 1, nos. 2 (three times the national mean) and 4 (55 per cent of the region's mean).

use super::{
    super::{
        Data,
        chance::Chance,
        disclose::told::{Told, Zone},
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measure, Measurement, of,
};
use crate::{
    catalogue::{
        Indicator, Method, RelativeForm, Years,
        methods::{Reference, Relative},
    },
    ids::{AreaId, IndicatorId, Period, PopulationId, ValueId},
};

impl Measure for Relative {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        value(data, self, scope, period).and_then(|own| {
            reference(data, self, period).and_then(|(reference, exposed)| {
                let quotient = own.value.over(reference).map(|q| q.times(Ratio::whole(scale(self.form))));
                Known::or(quotient, Missing::NoBenchmark).map(|value| Measurement {
                    value,
                    base: own.base,
                    chance: Chance::NotJudged,
                    parts: None,
                    exposes: [own.exposes, exposed].concat(),
                })
            })
        })
    }

    fn tells(&self, data: Data, zone: &Zone, period: Period) -> Vec<Told> {
        let one = |zone: &Zone| match underlying(data, self) {
            Some((_, indicator)) => of(&indicator.method).tells(data, zone, period),
            None => {
                let years = years::count(window(self));
                super::sums_over(&super::own_populations(self), years, zone, period)
            }
        };
        let reference = other(data, self).map(|scope| one(&scope.into()));
        [one(zone), reference.unwrap_or_default()].concat()
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

    fn needs(&self, _: Data, area: &AreaId, period: Period) -> Vec<ValueId> {
        let municipality = AreaId::municipality();
        let reference = match self.to.reference() {
            Some(Reference::Area(area)) => Some(&area.value),
            Some(Reference::Municipality) => Some(&municipality),
            Some(Reference::Benchmark(..)) | None => None,
        };
        let of = |area: &AreaId| {
            self.indicator.as_ref().map(|indicator| ValueId::own(indicator.as_str(), area, period))
        };
        [Some(area), reference].into_iter().flatten().filter_map(of).collect()
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

/// A benchmark, in the unit of the value behind it.
pub(in crate::compute) fn benchmark(data: Data, method: &Relative, period: Period) -> Known<Ratio> {
    benchmark_over(data, method, period, method.window(data))
}

/// What a quotient of single periods is multiplied by at the ends of each span: the scale of a method, and of a value relative
/// to a benchmark that scale over the benchmark.
pub(in crate::compute) fn factors(
    data: Data,
    method: &Method,
    spans: &[(Period, Period)],
) -> Known<Vec<(Ratio, Ratio)>> {
    let Method::Relative(relative) = method else {
        let scale = Ratio::whole(of(method).scale().unwrap_or(1));
        return Known::Is(vec![(scale, scale); spans.len()]);
    };
    let inner =
        underlying(data, relative).and_then(|(_, indicator)| of(&indicator.method).scale()).unwrap_or(1);
    let factor = |period: Period| {
        benchmark_over(data, relative, period, None).and_then(|benchmark| {
            let factor = Ratio::whole(inner * scale(relative.form)).over(benchmark);
            Known::or(factor, Missing::NoBenchmark)
        })
    };
    spans.iter().fold(Known::Is(Vec::new()), |all, (since, until)| {
        all.and_then(|mut all| {
            factor(*since).and_then(|then| factor(*until).map(|now| (then, now))).map(|both| {
                all.push(both);
                all
            })
        })
    })
}

fn benchmark_over(data: Data, method: &Relative, period: Period, years: Option<&Years>) -> Known<Ratio> {
    let Some(Reference::Benchmark(name, place)) = method.to.reference() else {
        return Known::Missing(Missing::NoBenchmark);
    };
    let scale = match underlying(data, method) {
        Some((_, indicator)) => of(&indicator.method).scale().unwrap_or(1),
        None => 1,
    };
    data.raw.benchmarks.over(&name.value, data.place(place), period, years, scale)
}

/// The indicator behind it in a single year, and what it is multiplied by to be relative.
pub(in crate::compute) fn single_year(
    data: Data,
    method: &Relative,
    scope: Scope,
    period: Period,
) -> Known<(Measurement, Ratio)> {
    let Some((_, indicator)) = underlying(data, method) else { return Known::Missing(Missing::NoData) };
    let single = indicator.method.with_years(None);
    let one = |scope| of(&single).measure(data, scope, period);
    let reference = match (method.to.reference(), other(data, method)) {
        (Some(Reference::Benchmark(..)), _) => {
            benchmark_of_year(data, method, period).map(|benchmark| (benchmark, Vec::new()))
        }
        (_, other) => {
            Known::or(other, Missing::NoData).and_then(one).map(|other| (other.value, other.exposes))
        }
    };
    one(scope).and_then(|own| {
        reference.and_then(|(reference, exposed)| {
            let factor = Ratio::whole(scale(method.form)).over(reference);
            let exposes = [own.exposes.as_slice(), &exposed].concat();
            Known::or(factor, Missing::NoBenchmark).map(|factor| (Measurement { exposes, ..own }, factor))
        })
    })
}

/// What [`single_year`] tells.
pub(in crate::compute) fn single_year_tells(
    data: Data,
    method: &Relative,
    zone: &Zone,
    period: Period,
) -> Vec<Told> {
    let Some((_, indicator)) = underlying(data, method) else { return Vec::new() };
    let single = indicator.method.with_years(None);
    let reference = other(data, method).map(|scope| of(&single).tells(data, &scope.into(), period));
    [of(&single).tells(data, zone, period), reference.unwrap_or_default()].concat()
}

/// The benchmark of a single year, in the unit of the value behind it.
pub(in crate::compute) fn benchmark_of_year(data: Data, method: &Relative, period: Period) -> Known<Ratio> {
    benchmark_over(data, method, period, None)
}

/// The area or the municipality that it is relative to.
fn other(data: Data, method: &Relative) -> Option<Scope<'static>> {
    match method.to.reference() {
        Some(Reference::Area(id)) => {
            data.raw.index.areas.iter().position(|area| *area == id.value).map(Scope::Area)
        }
        Some(Reference::Municipality) => Some(Scope::Municipality),
        Some(Reference::Benchmark(..)) | None => None,
    }
}

/// What the value is divided by, and what that exposes.
fn reference(data: Data, method: &Relative, period: Period) -> Known<(Ratio, Vec<Exposure>)> {
    if matches!(method.to.reference(), Some(Reference::Benchmark(..)) | None) {
        return benchmark(data, method, period).map(|benchmark| (benchmark, Vec::new()));
    }
    Known::or(other(data, method), Missing::NoData)
        .and_then(|scope| value(data, method, scope, period))
        .map(|other| (other.value, other.exposes))
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
            exposes: all
                .iter()
                .flat_map(|year| [Exposure::Amount(year.part.sum), Exposure::Amount(year.whole.sum)])
                .collect(),
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
