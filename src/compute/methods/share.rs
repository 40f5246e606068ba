//! **Share**: which part of a whole, in per cent.
//!
//! # What it says
//! How many of the people (or dwellings) in question have a trait. Over several years: what is usual, not the latest year.
//!
//! # Formula
//! `100 x part / of`. `mean-of: n` is the mean of the last n years' shares, each year with the same weight (the statutory
//! way); `pooled: n` is the sum of the years' parts over the sum of their wholes.
//!
//! # Inputs
//! Two populations, the first a part of the second; the part may be weighted (full-time persons). Every year must be there.
//!
//! # Small numbers
//! Exposes part, whole and whole − part of each of its years. The 99 per cent interval is Wilson's. Its n is one year's mean
//! whole, never the sum of years: the same people are counted each year. Where rows have weights, n follows from their
//! variance; ordered tables of full-time persons give no variance, so they count as heads, which is cautious.
//!
//! # Limits
//! The interval takes people as independent. Members of a household are not, so traits of whole households (children of lone
//! parents, moves, origin) swing more than it says.
//!
//! # References
//! Almenboligloven § 61 a (means of two years); Wilson (1927), JASA 22, 209-212.

use super::{
    super::{
        Data,
        chance::Chance,
        interval,
        ratio::Ratio,
        raw::{Known, Scope},
        years,
    },
    Measure, Measurement, decimal,
};
use crate::{catalogue::methods::Share, ids::Period};

impl Measure for Share {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let window = self.years.as_deref();
        let all = years::years_of(data.raw, &self.part, Some(&self.of), window, scope, period);
        all.and_then(|all| {
            years::quotient(&all, window).map(|share| Measurement {
                value: share.times(Ratio::whole(100)),
                base: Some(years::mean_whole(&all)),
                chance: Chance::Share { n: heads(&all, share.to_f64()) },
                parts: parts(&all),
                exposes: years::shares(&all),
            })
        })
    }

    fn scale(&self) -> Option<i128> {
        Some(100)
    }
}

/// One year's mean number of people that the interval counts with.
fn heads(all: &[years::Year], p: f64) -> f64 {
    let (whole, squares) = all
        .iter()
        .fold((0, 0), |(whole, squares), year| (whole + year.whole.sum, squares + year.part.squares));
    let n = whole as f64 / 1000.0 / all.len() as f64;
    let mean_square = squares as f64 / 1e6 / (whole as f64 / 1000.0);
    interval::effective(interval::Share { p, n }, mean_square)
}

/// Numerator and denominator of a single year.
fn parts(all: &[years::Year]) -> Option<(crate::numbers::Decimal, crate::numbers::Decimal)> {
    match all {
        [year] => Some((decimal(year.part.sum)?, decimal(year.whole.sum)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::raw::Cell;

    #[test]
    fn the_interval_counts_with_one_years_mean_base() {
        let year = |n: i128| {
            let cell = |n: i128| Cell { sum: n * 1000, squares: n * 1_000_000, rows: 0 };
            years::Year { part: cell(n / 4), whole: cell(n) }
        };
        assert!((heads(&[year(400), year(800)], 0.25) - 600.0).abs() < 1e-9);
    }
}
