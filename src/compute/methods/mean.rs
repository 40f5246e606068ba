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
//! Exposes the number it is divided by. No interval is given, since the sum says nothing of how much people differ: a mean
//! is not judged.
//!
//! # Limits
//! A few very high values pull it up (income, floor area).
//!
//! # References
//! Danmarks Statistik, Indkomststatistik (mean gross income).

use super::{
    super::{
        Data,
        chance::Chance,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measure, Measurement,
};
use crate::{catalogue::methods::Mean, ids::Period};

impl Measure for Mean {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let window = self.years.as_deref();
        let over = self.over.as_ref().map(|over| &over.value);
        years::years_of(data.raw, &self.of, over, window, scope, period).and_then(|all| {
            years::quotient(&all, window).map(|value| Measurement {
                value,
                base: Some(years::mean_whole(&all)),
                chance: Chance::NotJudged,
                parts: None,
                exposes: all.iter().map(|year| Exposure::Amount(year.whole.sum)).collect(),
            })
        })
    }

    fn scale(&self) -> Option<i128> {
        Some(1)
    }
}
