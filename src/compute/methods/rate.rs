//! **Rate**: so many of one thing per 100 or 1,000 of another, which need not be a part of it.
//!
//! # What it says
//! How common something is where no share can be formed, as residents per 100 dwellings.
//!
//! # Formula
//! `per x part / of`. Over several years as for a share.
//!
//! # Inputs
//! Two populations, also from two sources, with the same kind of period.
//!
//! # Small numbers
//! Exposes part and whole. There is no complement: the part is not inside the whole. Where the part is declared a number of
//! events (`chance: { events: true }`) the 99 per cent interval is Byar's from 10 events and exact below, of one year's mean
//! number; any other rate is not judged.
//!
//! # Limits
//! Numerator and denominator may be dated differently; the data declaration gives both dates. Events that come in clusters
//! (one burglar, many reports) swing more than the interval says.
//!
//! # References
//! Breslow and Day (1987), Statistical Methods in Cancer Research II; OHID, Technical guide: confidence intervals.

use super::{
    super::{
        Data,
        chance::Chance,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measure, Measurement,
};
use crate::{catalogue::methods::Rate, ids::Period};

impl Measure for Rate {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let window = self.years.as_deref();
        years::years_of(data.raw, &self.part, Some(&self.of), window, scope, period).and_then(|all| {
            years::quotient(&all, window).map(|rate| Measurement {
                value: rate.times(Ratio::whole(i128::from(self.per.value))),
                base: Some(years::mean_whole(&all)),
                chance: events(&all, rate.to_f64(), self.per.value),
                parts: None,
                exposes: all
                    .iter()
                    .flat_map(|year| [Exposure::Amount(year.part.sum), Exposure::Amount(year.whole.sum)])
                    .collect(),
            })
        })
    }

    fn scale(&self) -> Option<i128> {
        Some(i128::from(self.per.value))
    }
}

/// One year's mean number of events, and what one of them counts.
fn events(all: &[years::Year], rate: f64, per: u32) -> Chance {
    let mean =
        |of: fn(&years::Year) -> i128| all.iter().map(of).sum::<i128>() as f64 / 1000.0 / all.len() as f64;
    let (events, whole) = (mean(|year| year.part.sum), mean(|year| year.whole.sum));
    let one = if events > 0.0 { rate / events } else { 1.0 / whole };
    Chance::Events { events, each: f64::from(per) * one }
}
