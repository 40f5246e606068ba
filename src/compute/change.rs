//! Change over five years, or since the first period there is.
//!
//! The two values must not share a year of data. Two shares are compared as if they were of different people (Newcombe), which
//! is cautious, since most residents are the same. There is no test for trend: rolling means are not independent.

use super::{
    breaks,
    chance::differs,
    compare::verdict,
    indicators::Measured,
    methods::{self, Measurement},
    publication::{Change, Fact, Missing, Verdict, prefixed},
    ratio::Ratio,
    raw::{Known, Offer},
    small_places::Size,
    years,
};
use crate::ids::Period;

/// How far back a change goes.
const YEARS: i32 = 5;

/// The change that ends in this value, if there is an earlier one.
pub(in crate::compute) fn offer(measured: &Measured, area: usize, number: usize) -> Option<Offer> {
    // The change of a change says nothing more.
    if !measured.allowed(area) || measured.indicator.method.form().over().is_some() {
        return None;
    }
    let window = years::count(methods::of(&measured.indicator.method).window(measured.data));
    let before = earlier(&measured.periods, window, number)?;
    let (now, then) = (measured.value(area, number), measured.value(area, before));
    let fact = now.and_then(|now| then.and_then(|then| fact(measured, area, (now, number), (then, before))));
    let id = measured.value_id(area, number);
    let needs = vec![id.clone(), measured.value_id(area, before)];
    Some(Offer::new(prefixed("change", &id), fact, needs))
}

/// The period five years before, else the first one that has no year in common with the value's `window` of years.
pub(in crate::compute) fn earlier(periods: &[Period], window: i32, number: usize) -> Option<usize> {
    let now = periods[number];
    let latest = now.years_back(window);
    periods.binary_search(&now.years_back(YEARS.max(window))).ok().or_else(|| {
        (periods.first().is_some_and(|first| *first <= latest && now.years_back(YEARS) < *first)).then_some(0)
    })
}

fn fact(
    measured: &Measured,
    area: usize,
    (now, number): (&Measurement, usize),
    (then, before): (&Measurement, usize),
) -> Known<Fact> {
    let (since, until) = (measured.periods[before], measured.periods[number]);
    if breaks::between(measured.data.catalogue, measured.id, since, until) {
        return Known::Missing(Missing::Break);
    }
    let difference = now.value.minus(then.value);
    let small = measured.sizes.of((area < measured.municipality()).then_some(area)) < Size::Full;
    let judged = match differs(now, then).filter(|_| !small) {
        Some(sure) => verdict(difference, sure, Ratio::of(*measured.indicator.matters)),
        None => Verdict::NotJudged,
    };
    let change = difference
        .round(measured.places(area))
        .map(|difference| Fact::Change(Change { since, difference, verdict: judged }));
    Known::or(change, Missing::NoData)
}
