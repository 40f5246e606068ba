//! The value that each criterion is expected to have on the next list, as it is printed, with the interval that held so many of
//! past forecasts.

use super::{Ahead, errors::STATED, figure, series::Forecast};
use crate::{
    catalogue::{Criterion, Indicator},
    compute::{
        methods::relative,
        precision,
        publication::{Fact, Missing, Value},
        ratio::Ratio,
        raw::{Known, Offer},
        rules::criteria::{Judging, Terms},
    },
    ids::CriterionId,
};

/// Every criterion's next value of one area.
pub(super) fn offers(ahead: &Ahead, row: usize, forecasts: &[Known<Forecast>]) -> Vec<Offer> {
    let offer = |(id, criterion, place): &(&CriterionId, &Criterion, usize)| {
        let fact =
            forecasts[*place].and_then(|forecast| fact(ahead, row, (id, criterion), *place, &forecast));
        let mut needs = ahead.needs(row, *place, &forecasts[*place]);
        needs.push(ahead.backtest(id));
        let tells = ahead.tells(row, *place, &forecasts[*place]);
        let id = ahead.id(&format!("{id}/expected"), ahead.data.area(ahead.areas[row]));
        Offer::new(id, fact, needs).telling(tells)
    };
    ahead.test.criteria.iter().map(offer).collect()
}

fn fact(
    ahead: &Ahead,
    row: usize,
    (id, criterion): (&CriterionId, &Criterion),
    place: usize,
    forecast: &Forecast,
) -> Known<Fact> {
    let Some(terms) = judging(ahead, row, None).and_then(|judging| judging.terms(criterion)) else {
        return Known::Missing(Missing::NoData);
    };
    let places = precision::places(terms.indicator.1, forecast.base);
    next_factor(ahead, row, ((id, criterion), &terms), forecast).and_then(|factor| {
        let interval = ahead.pool.radius(place, None).and_then(|radius| {
            let (value, half) = (forecast.value.to_f64(), radius * forecast.scale);
            let limit = |value: f64| precision::round(value * factor.to_f64(), places);
            Some((limit(value - half)?, limit(value + half)?))
        });
        let value = forecast.value.times(factor).round(places);
        let value = value.map(|value| Value { value, interval, part: None, whole: None, years: 1 });
        Known::or(value.map(Fact::Value), Missing::NoData)
    })
}

/// What a criterion's figure is multiplied by to be in the terms that it is printed in, on a list that was: so many times the
/// country's share is printed as a share.
pub(super) fn factor(
    ahead: &Ahead,
    row: usize,
    (id, criterion): (&CriterionId, &Criterion),
    list: i32,
) -> Known<Ratio> {
    let found = judging(ahead, row, Some(list)).or_else(|| judging(ahead, row, None));
    let terms = found.and_then(|judging| Some((judging, judging.terms(criterion)?)));
    Known::or(terms, Missing::NoData).and_then(|(judging, terms)| match terms.times {
        None => Known::Is(Ratio::whole(1)),
        Some(_) => {
            let period = figure::period(list - i32::from(criterion.years_back));
            let over = |limit: Ratio| limit.over(Ratio::of(***criterion.is.number()));
            judging
                .limit((id, criterion), &terms, period)
                .value
                .and_then(|limit| Known::or(over(limit), Missing::NoBenchmark))
        }
    })
}

/// The same for the next list, by the last known figure of the country.
fn next_factor(
    ahead: &Ahead,
    row: usize,
    of: ((&CriterionId, &Criterion), &Terms),
    forecast: &Forecast,
) -> Known<Ratio> {
    let (criterion, Some(times)) = (of.0, of.1.times) else { return Known::Is(Ratio::whole(1)) };
    match relative::benchmark_of_year(ahead.data, times, figure::period(forecast.from.1)) {
        Known::Is(benchmark) => Known::Is(benchmark),
        Known::Withheld | Known::Missing(_) => factor(ahead, row, criterion, ahead.latest),
    }
}

/// An area on the list of a year, or on the latest.
fn judging<'a>(ahead: &'a Ahead, row: usize, year: Option<i32>) -> Option<Judging<'a>> {
    let year = year.unwrap_or(ahead.latest);
    let list = ahead.lists.lists.iter().find(|list| i32::from(list.date.year) == year)?;
    Some(Judging { data: ahead.data, sizes: ahead.sizes, lists: &ahead.lists, list, area: ahead.areas[row] })
}

/// The indicator that a criterion is printed as.
pub(super) fn printed<'a>(ahead: &'a Ahead, criterion: &'a Criterion) -> Option<&'a Indicator> {
    let terms = judging(ahead, 0, None)?.terms(criterion)?;
    Some(terms.indicator.1)
}

/// The share of like cases that the interval is meant to hold, per cent.
pub(super) fn stated() -> i64 {
    STATED as i64
}
