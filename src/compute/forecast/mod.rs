//! Early warning: where the figures of the law are heading by the next list, and how likely a status is there.
//!
//! For each family of rule sets with lists, under the rule set in force for the next list:
//!
//! | file | step |
//! |---|---|
//! | [`figure`] | what the test reads of an area, and what is known of it |
//! | [`series`], [`point`] | a list's value, forecast with what was known a year before |
//! | [`errors`] | the same forecast for every past list and area: whole vectors of errors |
//! | [`legal`], [`outlook`] | the whole test on the forecast moved by each past vector, counted into classes |
//! | [`expected`] | each criterion's next value, with an interval of past errors |
//! | [`backtest`] | what came of the forecasts of past lists, each made without its own year |
//!
//! Lists here are all years of which the test's figures are known, also those before the rule set: the question put to them is
//! what the present test says. Without six years and thirty errors nothing is forecast.
//!
//! Figures that may not be shown are not used, so what is forecast of one area hides nothing of another; what it hangs on of
//! its own hides it. Probabilities are never published, only their classes.

mod backtest;
mod errors;
mod expected;
mod figure;
mod legal;
mod outlook;
mod point;
mod series;
#[cfg(test)]
mod simulated;

use std::{collections::BTreeSet, fmt::Display};

use rayon::prelude::*;

pub use errors::{ENOUGH_ERRORS, ENOUGH_YEARS};

use super::{
    Data,
    disclose::told::{Told, in_order},
    publication::{Fact, Missing},
    ratio::Ratio,
    raw::{Known, Offer},
    rules::{History, Year, criteria::Judging, lists::Lists},
    small_places::{Size, Sizes},
};
use crate::{
    catalogue::{Date, Family},
    ids::{AreaId, FamilyId, StatusId, ValueId},
};
use errors::{Past, Pool};
use legal::{Before, Earlier, Given, Test};
use outlook::Chance;
use series::{Forecast, Series};

/// Everything that the forecasts of one family take.
struct Ahead<'a> {
    data: Data<'a>,
    sizes: &'a Sizes,
    lists: Lists<'a>,
    test: Test<'a>,
    /// The latest list's year.
    latest: i32,
    /// The areas that are forecast.
    areas: Vec<usize>,
    /// Each area's figures.
    series: Vec<Vec<Series>>,
    /// What each area was on the lists so far.
    histories: Vec<Earlier>,
    past: Past,
    pool: Pool,
}

/// Everything that is forecast of a family, and what came of such forecasts.
pub(in crate::compute) fn offers(data: Data, sizes: &Sizes, family: &FamilyId) -> Vec<Offer> {
    let Some((id, declared)) = data.catalogue.families.get_key_value(family) else { return Vec::new() };
    let lists = Lists::new(data, &id.value);
    let Some(latest) = lists.lists.last().map(|list| list.date) else { return Vec::new() };
    let next = Date { year: latest.year.saturating_add(1), ..latest };
    let Some((_, set)) = data.catalogue.rule_set_for(family, next) else { return Vec::new() };
    let layer = data.raw.index.layer(&set.applies_to.layer);
    let (areas, small): (Vec<usize>, Vec<usize>) =
        layer.partition(|area| sizes.of(Some(*area)) == Size::Full);
    let test = Test::new(data, declared, set);
    let year = i32::from(next.year);
    let series: Vec<Vec<Series>> = areas
        .par_iter()
        .map(|area| {
            test.figures.iter().map(|figure| figure.series(data, sizes, &lists, *area, year)).collect()
        })
        .collect();
    let histories = areas.par_iter().map(|area| history(data, sizes, &lists, declared, *area)).collect();
    let latest = i32::from(latest.year);
    let past = Past::new(&series, latest);
    let pool = past.pool();
    let ahead = Ahead { data, sizes, lists, test, latest, areas, series, histories, past, pool };
    let mut offers = ahead.counts();
    offers.extend(backtest::offers(&ahead));
    offers.extend(
        (0..ahead.areas.len()).into_par_iter().flat_map_iter(|row| ahead.area(row)).collect::<Vec<_>>(),
    );
    offers.extend(small.into_iter().flat_map(|area| ahead.nothing(area, Missing::TooSmall)));
    offers
}

/// What an area was on every list.
fn history(data: Data, sizes: &Sizes, lists: &Lists, family: &Family, area: usize) -> Earlier {
    let mut history = History::new();
    for list in &lists.lists {
        let year = Judging { data, sizes, lists, list, area }.judge(family, &history, &mut Vec::new());
        history.insert(list.date.year, year);
    }
    let given = |(list, year): (u16, Year)| (list, Given { statuses: year.statuses, own: year.own });
    history.into_iter().map(given).collect()
}

impl Ahead<'_> {
    /// The id of something about the latest list or the one after it.
    fn id(&self, what: &str, area: &AreaId) -> ValueId {
        ValueId::own(format!("{}/{what}", self.lists.family), area, figure::period(self.latest))
    }

    /// The id of what came of the forecasts of a criterion or status. It needs every value that its errors are taken from, so what
    /// needs it is hidden with any of them.
    fn backtest(&self, what: &dyn Display) -> ValueId {
        self.id(&format!("{what}/backtest"), &AreaId::municipality())
    }

    /// What past forecasts there are to learn from.
    fn counts(&self) -> Vec<Offer> {
        let count = |what: &str, number: i64| {
            let id = self.id(&format!("backtest/{what}"), &AreaId::municipality());
            Offer::new(id, Known::Is(Fact::Count(number)), Vec::new())
        };
        let areas: BTreeSet<usize> = self.past.tested().map(|case| case.area).collect();
        let lists: BTreeSet<i32> = self.past.tested().map(|case| case.list).collect();
        vec![
            count("years", self.pool.years()),
            count("errors", self.pool.vectors.len() as i64),
            count("lists", lists.len() as i64),
            count("areas", areas.len() as i64),
        ]
    }

    /// The forecasts of one area.
    fn area(&self, row: usize) -> Vec<Offer> {
        if !self.pool.is_enough() {
            return self.nothing(self.areas[row], Missing::TooFewYears);
        }
        let figures = self.series[row].iter().zip(&self.past.slopes);
        let forecasts: Vec<Known<Forecast>> =
            figures.map(|(series, slope)| series.forecast(self.latest + 1, *slope)).collect();
        let mut offers = self.outlook(row, &forecasts);
        offers.extend(expected::offers(self, row, &forecasts));
        offers
    }

    /// How likely each status, or a stricter one, is for an area.
    fn outlook(&self, row: usize, forecasts: &[Known<Forecast>]) -> Vec<Offer> {
        let values: Vec<Known<Ratio>> =
            forecasts.iter().map(|forecast| forecast.map(|forecast| forecast.value)).collect();
        let scales: Vec<f64> =
            forecasts.iter().map(|forecast| forecast.get().map_or(0.0, |forecast| forecast.scale)).collect();
        let margins = self.test.margins(&values);
        let before = Before { history: &self.histories[row], list: self.latest + 1 };
        let judge = self.test.judge(&margins, before);
        let chances = outlook::chances(self.pool.without(None), &scales, self.test.statuses.len(), judge);
        let only = self.test.residents().filter(|residents| {
            let errors =
                self.pool.vectors.iter().map(|vector| vector.errors[*residents] * scales[*residents]);
            self.test.is_too_small(&margins, errors)
        });
        let needs = self.outlook_needs(row, forecasts, only);
        let used = (0..forecasts.len()).filter(|figure| only.is_none_or(|only| only == *figure));
        let tells = in_order(used.flat_map(|figure| self.tells(row, figure, &forecasts[figure])));
        let offer = |(status, chance): (&&StatusId, Option<Chance>)| {
            let id = self.id(&format!("{status}/outlook"), self.data.area(self.areas[row]));
            let fact = match chance.and_then(Chance::class) {
                Some(class) => Known::Is(Fact::Outlook(class)),
                None => figure::why_none(forecasts),
            };
            let tells = fact.as_ref().get().map(|_| tells.clone()).unwrap_or_default();
            Offer::new(id, fact, [needs.as_slice(), &[self.backtest(status)]].concat()).telling(tells)
        };
        self.test.statuses.iter().zip(chances).map(offer).collect()
    }

    /// What an outlook hangs on: with too few residents whatever comes (`only`) nothing but those.
    fn outlook_needs(&self, row: usize, forecasts: &[Known<Forecast>], only: Option<usize>) -> Vec<ValueId> {
        let used = (0..forecasts.len()).filter(|figure| only.is_none_or(|only| only == *figure));
        let mut needs: BTreeSet<ValueId> =
            used.flat_map(|figure| self.needs(row, figure, &forecasts[figure])).collect();
        if only.is_none() {
            let before = |back: i32| u16::try_from(self.latest + 1 - back).ok();
            let history = &self.histories[row];
            let years = (1..=self.test.looks_back()).filter_map(|back| history.get(&before(back)?));
            needs.extend(years.filter_map(|year| year.own.clone()));
        }
        needs.into_iter().collect()
    }

    /// The published values that a forecast of an area's figure is made from.
    fn needs(&self, row: usize, figure: usize, forecast: &Known<Forecast>) -> Vec<ValueId> {
        let Some(forecast) = forecast.as_ref().get() else { return Vec::new() };
        self.test.figures[figure].ids(self.data, &self.series[row][figure], self.areas[row], forecast.from)
    }

    /// The single years that it is made from: not every one of them need be part of a published value.
    fn tells(&self, row: usize, figure: usize, forecast: &Known<Forecast>) -> Vec<Told> {
        let Some(forecast) = forecast.as_ref().get() else { return Vec::new() };
        let series = &self.series[row][figure];
        self.test.figures[figure].tells(self.data, series, self.areas[row], forecast.from)
    }

    /// That an area is not forecast.
    fn nothing(&self, area: usize, why: Missing) -> Vec<Offer> {
        let statuses = self.test.statuses.iter().map(|status| format!("{status}/outlook"));
        let criteria = self.test.criteria.iter().map(|(id, ..)| format!("{id}/expected"));
        let offer =
            |what: String| Offer::new(self.id(&what, self.data.area(area)), Known::Missing(why), Vec::new());
        statuses.chain(criteria).map(offer).collect()
    }
}
