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
//! Exposes part and whole. There is no complement: the part is not inside the whole. No interval, so it is not judged.
//!
//! # Limits
//! Numerator and denominator may be dated differently; the data declaration gives both dates.
//!
//! # References
//! OHID, Technical guide: confidence intervals for rates (not used for whole populations of households).

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
                chance: Chance::NotJudged,
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
