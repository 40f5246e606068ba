//! **Mean**: a sum divided by a number.
//!
//! # What it says
//! The usual age, floor area or income.
//!
//! # Formula
//! `of / over`; without `over` the number of rows of `of`. Over several years as for a share.
//!
//! # Inputs
//! A population with `sum:` or `value:`, and one that counts.
//!
//! # Small numbers
//! Exposes the number it is divided by. Where rows are single persons or dwellings, it is not given under 20 households, nor
//! under 30 persons, nor of persons where one has so much of the sum that the second could reckon it out (the p%-rule); and
//! the 99 per cent interval is from a bootstrap over households; over several years it is as wide as one year's on average,
//! since the people are mostly the same. Where rows are figures of areas it is not given of fewer than 30 either, but the
//! largest contributions are unknown: there the supplier's rule holds. There, or divided by anything but rows of the same
//! source, the sum says nothing of how much people differ: there is no interval, and the mean is not judged.
//!
//! # Limits
//! A few very high values pull it up (income, floor area).
//!
//! # References
//! Danmarks Statistik, Indkomststatistik (mean gross income); Efron (1979), Annals of Statistics 7, 1-26.

use super::{
    super::{
        Data, bootstrap,
        chance::Chance,
        disclose::told::{Told, Zone},
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measure, Measurement,
    rows::{self, ScopeRows},
};
use crate::{catalogue::methods::Mean, ids::Period};

impl Measure for Mean {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let window = self.years.as_deref();
        let over = self.over.as_ref().map(|over| &over.value);
        years::years_of(data.raw, &self.of, over, window, scope, period).and_then(|all| {
            years::quotient(&all, window).map(|value| {
                let (chance, floors) = self.of_rows(data, scope, period, value);
                Measurement {
                    value,
                    base: Some(years::mean_whole(&all)),
                    chance,
                    parts: None,
                    exposes: all.iter().map(|year| self.exposure(data, year)).chain(floors).collect(),
                }
            })
        })
    }

    /// Of figures of areas the rows are no number of anybody.
    fn tells(&self, data: Data, zone: &Zone, period: Period) -> Vec<Told> {
        let years = years::count(self.years.as_deref());
        let mut all = super::sums_over(&super::own_populations(self), years, zone, period);
        if self.over.is_none() || !data.catalogue.is_by_area(&self.of) {
            all.extend((0..years).map(|back| Told::rows(&self.of, zone, period.years_back(back))));
        }
        all
    }

    fn scale(&self) -> Option<i128> {
        Some(1)
    }
}

impl Mean {
    /// What one year's mean exposes: of figures of areas, the persons that they are the mean of.
    fn exposure(&self, data: Data, year: &years::Year) -> Exposure {
        if data.catalogue.is_by_area(&self.of) {
            Exposure::Persons(year.whole.sum)
        } else {
            Exposure::Amount(year.whole.sum)
        }
    }

    /// What single rows say of chance and of small numbers, in the years that the mean takes.
    fn of_rows(&self, data: Data, scope: Scope, period: Period, value: Ratio) -> (Chance, Vec<Exposure>) {
        let years = years::count(self.years.as_deref());
        let (mut below, mut above, mut exposes) = (0.0, 0.0, Vec::new());
        let mut judged = true;
        for period in (0..years).map(|back| period.years_back(back)) {
            let Some(rows) = self.rows(data, scope, period) else { return (Chance::NotJudged, exposes) };
            exposes.extend(rows.exposes_of_sum());
            let mut stream = rows.stream(&["mean", self.of.as_str()]);
            let counted = judged && self.counts_each(data, &rows, scope, period);
            let limits =
                counted.then(|| bootstrap::of_mean(&rows.items, &rows.households, &mut stream)).flatten();
            let Some((low, high)) = limits else {
                judged = false;
                continue;
            };
            let mean = bootstrap::mean(&rows.items);
            (below, above) = (below + mean - low, above + high - mean);
        }
        if !judged {
            return (Chance::NotJudged, exposes);
        }
        let (value, years) = (value.to_f64(), f64::from(years));
        (Chance::Limits { low: value - below / years, high: value + above / years }, exposes)
    }

    /// The single rows whose numbers it sums up.
    fn rows<'a>(&self, data: Data<'a>, scope: Scope, period: Period) -> Option<ScopeRows<'a>> {
        let over = self.over.as_ref().map(|over| &over.value);
        let single = !data.catalogue.is_by_area(&self.of);
        rows::of(data, (&self.of, over), scope, period)
            .get()
            .or_else(|| rows::of(data, (&self.of, None), scope, period).get())
            .filter(|_| single)
    }

    /// Is it the mean of these rows: is each of them counted, and nothing else?
    fn counts_each(&self, data: Data, rows: &ScopeRows, scope: Scope, period: Period) -> bool {
        let Some(over) = &self.over else { return true };
        let cell = data.raw.series.get(&over.value).and_then(|series| series.cell(scope, period).get());
        let all = rows.items.len() as i128;
        cell.is_some_and(|cell| cell.sum == all * 1000) && rows.items.iter().all(|item| item.also)
    }
}
