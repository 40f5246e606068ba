//! **Ratio**: one number over another.
//!
//! # What it says
//! How two numbers stand to one another, as children to elderly or residents to dwellings.
//!
//! # Formula
//! `part / of`. Over several years as for a share.
//!
//! # Inputs
//! Two populations, also from two sources, with the same kind of period.
//!
//! # Small numbers
//! Exposes part and whole. There is no complement: the part is not inside the whole. No interval, so it is not judged.
//!
//! # Limits
//! Says nothing of size: 2 of 4 and 200 of 400 are alike. Numerator and denominator may be dated differently.
//!
//! # References
//! United Nations, World Population Prospects: dependency ratios.

use super::{
    super::{
        Data,
        chance::Chance,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measure, Measurement,
};
use crate::{catalogue::methods::Ratio, ids::Period};

impl Measure for Ratio {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let window = self.years.as_deref();
        years::years_of(data.raw, &self.part, Some(&self.of), window, scope, period).and_then(|all| {
            years::quotient(&all, window).map(|value| Measurement {
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

    fn scale(&self) -> Option<i128> {
        Some(1)
    }
}
