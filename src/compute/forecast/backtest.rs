//! What came of forecasts of past lists: each made with what was known the year before, its errors taken from all years but its
//! own, for every list with at least three before it. The figures are numbers of areas and lists, and means over all of them.
//!
//! Brier (1950), Monthly Weather Review 78, 1-3: the mean squared difference of a probability and what came. "No change"
//! forecasts the status that the present test gives on the list before, for certain.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{
    Ahead,
    errors::{Case, Tried},
    expected,
    legal::Before,
    outlook,
};
use crate::{
    catalogue::Criterion,
    compute::{
        precision,
        publication::{Fact, Missing},
        ratio::Ratio,
        raw::{Known, Offer},
        statutory::{Backtest, Tested},
    },
    ids::{CriterionId, StatusId, ValueId},
    numbers::Decimal,
};

/// Decimals of a Brier score.
const BRIER_PLACES: u8 = 3;

/// What came of the forecasts of each criterion and status.
pub(super) fn offers(ahead: &Ahead) -> Vec<Offer> {
    let criteria = ahead.test.criteria.iter();
    let statuses = ahead.test.statuses.iter();
    if !ahead.pool.is_enough() {
        let ids = criteria.map(|(id, ..)| ahead.backtest(id)).chain(statuses.map(|id| ahead.backtest(id)));
        return ids.map(|id| Offer::new(id, Known::Missing(Missing::TooFewYears), Vec::new())).collect();
    }
    let judged = judged(ahead);
    let all: BTreeSet<ValueId> =
        (0..ahead.test.figures.len()).flat_map(|figure| needs(ahead, figure)).collect();
    let criteria = criteria.map(|(id, criterion, place)| {
        let fact = Known::or(value(ahead, (id, criterion), *place).map(Fact::Backtest), Missing::NoData);
        Offer::new(ahead.backtest(id), fact, needs(ahead, *place).into_iter().collect())
    });
    let statuses = statuses.enumerate().map(|(number, id)| {
        let cases = judged.iter().filter_map(|(list, statuses)| Some((*list, statuses[number]?)));
        let fact = Known::or(status(id, &cases.collect::<Vec<_>>()).map(Fact::Backtest), Missing::NoData);
        Offer::new(ahead.backtest(id), fact, all.iter().cloned().collect())
    });
    criteria.chain(statuses).collect()
}

/// The published values that the past forecasts of a figure, and what came, are made from.
fn needs(ahead: &Ahead, figure: usize) -> BTreeSet<ValueId> {
    let of = |case: &Case| {
        let series = &ahead.series[case.area][figure];
        let first = case.figures[figure].forecast(ahead.past.slopes[figure]).from.0;
        let span = (first, case.list - series.years_back);
        ahead.test.figures[figure].ids(ahead.data, series, ahead.areas[case.area], span)
    };
    ahead.past.cases.iter().flat_map(of).collect()
}

/// How the forecasts of a criterion came out.
fn value(ahead: &Ahead, (id, criterion): (&CriterionId, &Criterion), figure: usize) -> Option<Backtest> {
    let slope = ahead.past.slopes[figure];
    let radii = ahead.pool.radii(figure, &ahead.past.tested);
    let (mut lists, mut forecasts, mut inside) = (BTreeSet::new(), 0, 0);
    let (mut error, mut unchanged_error) = (0.0, 0.0);
    for case in ahead.past.tested() {
        let Known::Is(factor) = expected::factor(ahead, case.area, (id, criterion), case.list) else {
            continue;
        };
        let Some(radius) = radii.get(&case.list) else { continue };
        let tried = &case.figures[figure];
        error += tried.error(slope).abs() * factor.to_f64();
        unchanged_error += tried.error(false).abs() * factor.to_f64();
        inside += i64::from(tried.is_inside(slope, *radius));
        forecasts += 1;
        lists.insert(case.list);
    }
    let printed = expected::printed(ahead, criterion)?;
    let mean = |sum: f64| precision::round(sum / forecasts as f64, precision::places(printed, None) + 1);
    Some(Backtest {
        forecasts,
        lists: lists.len() as i64,
        of: Tested::Value {
            error: mean(error)?,
            unchanged_error: mean(unchanged_error)?,
            slope,
            inside: Decimal::from_ratio(100 * i128::from(inside), i128::from(forecasts), 0)?,
            stated: Decimal::whole(expected::stated()),
        },
    })
}

impl Tried {
    /// Did the interval of this half width (in units of the scale) hold what came?
    pub fn is_inside(&self, slope: bool, radius: f64) -> bool {
        self.error(slope).abs() <= radius * self.forecast(slope).scale
    }
}

/// One status of one area on one list.
#[derive(Clone, Copy)]
struct Judged {
    chance: Ratio,
    came: bool,
    /// Had the area it by the figures of the list before?
    had: bool,
}

/// Every status on every tested list and area, by its list; `None` where something cannot be told.
fn judged(ahead: &Ahead) -> Vec<(i32, Vec<Option<Judged>>)> {
    let cases: Vec<&Case> = ahead.past.tested().collect();
    cases.par_iter().map(|case| (case.list, judge(ahead, case))).collect()
}

fn judge(ahead: &Ahead, case: &Case) -> Vec<Option<Judged>> {
    let slopes = &ahead.past.slopes;
    let forecasts = || case.figures.iter().zip(slopes).map(|(tried, slope)| tried.forecast(*slope));
    let values: Vec<Known<Ratio>> = forecasts().map(|forecast| Known::Is(forecast.value)).collect();
    let scales: Vec<f64> = forecasts().map(|forecast| forecast.scale).collect();
    let margins = ahead.test.margins(&values);
    let before = |list| Before { history: &ahead.histories[case.area], list };
    let others = ahead.pool.without(Some(case.list));
    let judge = ahead.test.judge(&margins, before(case.list));
    let chances = outlook::chances(others, &scales, ahead.test.statuses.len(), judge);
    // What the present test says of the figures of a list.
    let told = |list: i32| {
        let figures = ahead.series[case.area].iter();
        let missing = Known::Missing(Missing::NoData);
        let values: Vec<Known<Ratio>> =
            figures.map(|series| series.values.get(&list).copied().unwrap_or(missing)).collect();
        let margins = ahead.test.margins(&values);
        ahead.test.judge(&margins, before(list))(&vec![0.0; values.len()])
    };
    let (came, had) = (told(case.list), told(case.list - 1));
    let all = chances.into_iter().zip(came).zip(had);
    all.map(|((chance, came), had)| Some(Judged { chance: chance?.exact()?, came: came?, had: had? }))
        .collect()
}

/// How the outlooks of a status came out.
fn status(id: &StatusId, cases: &[(i32, Judged)]) -> Option<Backtest> {
    let squared = |forecast: f64, came: bool| (forecast - f64::from(u8::from(came))).powi(2);
    let (mut brier, mut unchanged) = (0.0, 0.0);
    let mut table = [[0; 2]; 2];
    for (_, judged) in cases {
        brier += squared(judged.chance.to_f64(), judged.came);
        unchanged += squared(f64::from(u8::from(judged.had)), judged.came);
        let warned = outlook::warns(outlook::class(judged.chance));
        table[usize::from(warned)][usize::from(judged.came)] += 1;
    }
    let mean = |sum: f64| precision::round(sum / cases.len() as f64, BRIER_PLACES);
    let [[rightly_quiet, misses], [false_alarms, hits]] = table;
    Some(Backtest {
        forecasts: cases.len() as i64,
        lists: cases.iter().map(|(list, _)| *list).collect::<BTreeSet<_>>().len() as i64,
        of: Tested::Status {
            status: id.clone(),
            brier: mean(brier)?,
            unchanged_brier: mean(unchanged)?,
            hits,
            false_alarms,
            misses,
            rightly_quiet,
        },
    })
}
