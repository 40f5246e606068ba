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
//! variance; ordered tables of full-time persons give no variance, so they count as heads, which is cautious. Where the source
//! names households, n is the number of heads at which the share would vary as it does between whole households, and never
//! more than those counted; else a declared design effect divides it.
//!
//! # Limits
//! Without households and without a design effect people are taken as independent. Members of a household are not, so traits
//! of whole households (children of lone parents, moves, origin) then swing more than the interval says.
//!
//! # References
//! Almenboligloven § 61 a (means of two years); Wilson (1927), JASA 22, 209-212; Kish (1965), Survey Sampling (design effect).

use super::{
    super::{
        Data,
        chance::{self, Chance},
        interval,
        ratio::Ratio,
        raw::{Known, Scope},
        years::{self, Year},
    },
    Measure, Measurement, decimal,
};
use crate::{
    catalogue::methods::Share,
    ids::{Period, PopulationId},
};

impl Measure for Share {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let window = self.years.as_deref();
        let all = years::years_of(data.raw, &self.part, Some(&self.of), window, scope, period);
        all.and_then(|all| {
            years::quotient(&all, window).map(|share| Measurement {
                value: share.times(Ratio::whole(100)),
                base: Some(years::mean_whole(&all)),
                chance: Chance::Share { n: self.people(data, &all, scope, period, share.to_f64()) },
                parts: parts(&all),
                exposes: years::shares(&all),
            })
        })
    }

    fn scale(&self) -> Option<i128> {
        Some(100)
    }

    fn is_clustered(&self, data: Data) -> bool {
        data.raw.clusters.contains_key(&self.quotient())
    }

    /// The mean over the years of a value, each with the year at the same place in the earlier one.
    fn correlation(&self, data: Data, area: Option<usize>, now: Period, then: Period) -> Option<f64> {
        let links = data.raw.links.get(&self.quotient())?;
        let scope = area.map_or(Scope::Municipality, Scope::Area);
        let years = years::count(self.years.as_deref());
        let one = |back: i32| {
            let (now, then) = (now.years_back(back), then.years_back(back));
            let linked = links.cell(area, now, then)?;
            let (now, then) = (self.year(data, scope, now).get()?, self.year(data, scope, then).get()?);
            Some(chance::correlation(&linked, now.0, then.0, (now.1.people(), then.1.people())))
        };
        let all: Option<Vec<f64>> = (0..years).map(one).collect();
        all.map(|all| all.iter().sum::<f64>() / f64::from(years))
    }
}

impl Share {
    fn quotient(&self) -> (PopulationId, PopulationId) {
        (self.part.value.clone(), self.of.value.clone())
    }

    /// The share of a single year, with the number of people that an interval counts with, and what it is made of.
    pub(in crate::compute) fn year(
        &self,
        data: Data,
        scope: Scope,
        period: Period,
    ) -> Known<(interval::Share, Year)> {
        years::years_of(data.raw, &self.part, Some(&self.of), None, scope, period).and_then(|all| {
            years::quotient(&all, None).map(|share| {
                let p = share.to_f64();
                (interval::Share { p, n: self.people(data, &all, scope, period, p) }, all[0])
            })
        })
    }

    /// One year's mean number of people that the interval counts with: by households where the source names them.
    fn people(&self, data: Data, all: &[Year], scope: Scope, period: Period, p: f64) -> f64 {
        let heads = heads(all, p);
        let Some(clusters) = data.raw.clusters.get(&self.quotient()) else { return heads };
        let years = all.len() as f64;
        let (mut spread, mut households) = (0.0, 0.0);
        for back in 0..all.len() as i32 {
            let Known::Is(moments) = clusters.cell(scope, period.years_back(back)) else { return heads };
            spread += moments.spread(p);
            households += moments.households as f64 / years;
        }
        let people: f64 = all.iter().map(Year::people).sum();
        let variance = years * spread / (people * people);
        interval::clustered(interval::Share { p, n: heads }, variance, households)
    }
}

/// One year's mean number of heads, or of people whose weights vary as these do.
fn heads(all: &[Year], p: f64) -> f64 {
    let (whole, squares) = all
        .iter()
        .fold((0, 0), |(whole, squares), year| (whole + year.whole.sum, squares + year.part.squares));
    let n = whole as f64 / 1000.0 / all.len() as f64;
    let mean_square = squares as f64 / 1e6 / (whole as f64 / 1000.0);
    interval::effective(interval::Share { p, n }, mean_square)
}

/// Numerator and denominator of a single year.
fn parts(all: &[Year]) -> Option<(crate::numbers::Decimal, crate::numbers::Decimal)> {
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
            Year { part: cell(n / 4), whole: cell(n) }
        };
        assert!((heads(&[year(400), year(800)], 0.25) - 600.0).abs() < 1e-9);
    }
}
