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
//! under 30 persons where the source says who lives together, and the 99 per cent interval is from a bootstrap over
//! households; over several years it is as wide as one year's on average, since the people are mostly the same. Where rows are
//! figures of areas, or it is divided by anything but rows of the same source, the sum says nothing of how much people differ:
//! there is no interval, and the mean is not judged.
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
        lists::{Need, are_rows, counts_rows},
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measure, Measurement, rows,
};
use crate::{
    catalogue::{Catalogue, methods::Mean},
    ids::Period,
};

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
                    exposes: all
                        .iter()
                        .map(|year| Exposure::Amount(year.whole.sum))
                        .chain(floors)
                        .collect(),
                }
            })
        })
    }

    fn lists(&self, catalogue: &Catalogue) -> Vec<Need> {
        self.need(catalogue).into_iter().collect()
    }

    fn scale(&self) -> Option<i128> {
        Some(1)
    }
}

impl Mean {
    /// The rows behind it, if they are at hand.
    fn need(&self, catalogue: &Catalogue) -> Option<Need> {
        let of = self.of.value.clone();
        let need = match &self.over {
            None => Need::Values(of),
            Some(over) => {
                let one_source = catalogue.source_of(&of) == catalogue.source_of(over);
                (one_source && counts_rows(catalogue, over)).then(|| Need::Quotient { of, also: over.value.clone() })?
            }
        };
        are_rows(catalogue, &self.of).then_some(need)
    }

    /// What single rows say of chance and of small numbers.
    fn of_rows(&self, data: Data, scope: Scope, period: Period, value: Ratio) -> (Chance, Vec<Exposure>) {
        let Some(need) = self.need(data.catalogue) else { return (Chance::NotJudged, Vec::new()) };
        let window = years::count(self.years.as_deref());
        let (mut reaches, mut exposes) = (Vec::new(), Vec::new());
        for period in (0..window).map(|back| period.years_back(back)) {
            let Some(rows) = rows::of(data, &need, scope, period).get() else { continue };
            exposes.extend(rows.exposes());
            let over = self.over.as_ref().unwrap_or(&self.of);
            let limits = bootstrap::of_mean(&rows.items, &mut rows.stream(&["mean", self.of.as_str(), over.as_str()]));
            reaches.extend(limits.zip(bootstrap::mean(&rows.items)));
        }
        if reaches.len() != window as usize {
            return (Chance::NotJudged, exposes);
        }
        let mean = |of: fn(&((f64, f64), f64)) -> f64| reaches.iter().map(of).sum::<f64>() / reaches.len() as f64;
        let (below, above) = (mean(|((low, _), mean)| mean - low), mean(|((_, high), mean)| high - mean));
        let value = value.to_f64();
        (Chance::Limits { low: value - below, high: value + above }, exposes)
    }
}
