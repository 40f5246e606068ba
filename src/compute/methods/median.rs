//! **Median**: the number in the middle.
//!
//! # What it says
//! What the usual person or dwelling has. Half have less, half more.
//!
//! # Formula
//! The [`super::quantile`] at 0.5: the middle number of the rows in their order; of an even number of rows the mean of
//! the two in the middle. Rows without a number are left out.
//!
//! # Inputs
//! A population with `sum:` or `value:`, whose rows are single persons or dwellings.
//!
//! # Small numbers
//! As a quantile's: not under 20 households, nor under 30 persons where the rows are persons. The 99 per cent
//! interval is from a bootstrap over households.
//!
//! # Limits
//! Medians of parts say nothing of the median of the whole, so it cannot be made from published figures.
//!
//! # References
//! Hyndman and Fan (1996), The American Statistician 50, 361-365, type 7.

use super::{
    super::{
        Data,
        disclose::told::{Told, Zone},
        ratio::Ratio,
        raw::{Known, Scope},
    },
    Measure, Measurement, quantile,
};
use crate::{catalogue::methods::Median, ids::Period};

impl Measure for Median {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let half = Ratio::new(1, 2).unwrap_or(Ratio::ZERO);
        quantile::measure(data, &self.of, half, scope, period)
    }

    fn tells(&self, _: Data, zone: &Zone, period: Period) -> Vec<Told> {
        vec![Told::rows(&self.of, zone, period)]
    }
}
