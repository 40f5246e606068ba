//! Change over five years, or since the first period there is.
//!
//! The two values must not share a year of data. Where persons are linked over time, two shares are compared with the
//! correlation of those who are counted at both times; otherwise as if they were of different people (Newcombe), which is
//! cautious, since most residents are the same.

use super::{
    breaks,
    chance::paired,
    compare::verdict,
    indicators::Measured,
    publication::{Change, Fact, Missing, Verdict, prefixed},
    ratio::Ratio,
    raw::{Known, Offer},
    small_places::Size,
};
use crate::ids::Period;

/// How far back a change goes.
pub(in crate::compute) const YEARS: i32 = 5;

/// The change that ends in this value, if there is an earlier one.
pub(in crate::compute) fn offer(measured: &Measured, area: usize, number: usize) -> Option<Offer> {
    // The change of a change says nothing more.
    if !measured.allowed(area) || measured.indicator.method.form().over().is_some() {
        return None;
    }
    let before = earlier(&measured.periods, measured.window(), number)?;
    let change = judge(measured, area, number, before).and_then(|judged| {
        let since = measured.periods[before];
        let difference = judged.difference.round(measured.places(area));
        let fact =
            difference.map(|difference| Fact::Change(Change { since, difference, verdict: judged.verdict }));
        Known::or(fact, Missing::NoData)
    });
    let id = measured.value_id(area, number);
    let needs = vec![id.clone(), measured.value_id(area, before)];
    Some(Offer::new(prefixed("change", &id), change, needs))
}

/// The period five years before, else the first one that has no year in common with the value's `window` of years.
pub(in crate::compute) fn earlier(periods: &[Period], window: i32, number: usize) -> Option<usize> {
    let now = periods[number];
    let latest = now.years_back(window);
    periods.binary_search(&now.years_back(YEARS.max(window))).ok().or_else(|| {
        (periods.first().is_some_and(|first| *first <= latest && now.years_back(YEARS) < *first)).then_some(0)
    })
}

/// A change and what is to be thought of it.
pub(in crate::compute) struct Judged {
    /// Now minus then, exact.
    pub difference: Ratio,
    pub verdict: Verdict,
}

/// Judges the change of an area's value between two periods. Values that share years are not judged.
pub(in crate::compute) fn judge(
    measured: &Measured,
    area: usize,
    number: usize,
    before: usize,
) -> Known<Judged> {
    let (since, until) = (measured.periods[before], measured.periods[number]);
    let values = measured.value(area, number).and_then(|now| {
        let then = measured.value(area, before);
        then.map(|then| (now, then))
    });
    values.and_then(|(now, then)| {
        if breaks::between(measured.data.catalogue, measured.id, since, until) {
            return Known::Missing(Missing::Break);
        }
        let difference = now.value.minus(then.value);
        let inside = (area < measured.municipality()).then_some(area);
        let small = measured.sizes.of(inside) < Size::Full;
        let apart = since <= until.years_back(measured.window());
        let linked = measured.method().correlation(measured.data, inside, until, since);
        let limits = paired(now, then, linked.unwrap_or(0.0)).filter(|_| apart && !small);
        let verdict = limits.map_or(Verdict::NotJudged, |(low, high)| {
            verdict(difference, low > 0.0 || high < 0.0, Ratio::of(*measured.indicator.matters))
        });
        Known::Is(Judged { difference, verdict })
    })
}
