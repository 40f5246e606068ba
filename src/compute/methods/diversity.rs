//! **Diversity**: how evenly people are spread over groups.
//!
//! # What it says
//! Whether a place is mixed, by age, household, tenure or origin: 0 when all belong to one group.
//!
//! # Formula
//! With `p` the groups' shares and `k` their number: entropy `100 x -sum(p ln p) / ln k`, which is 100 when all groups are as
//! large; Simpson `100 x (1 - sum(p²))`, which is the chance in per cent that two people drawn with replacement are of
//! different groups.
//!
//! # Inputs
//! At least two populations that share everybody out: nobody in two of them. Groups without people count towards `k`.
//!
//! # Small numbers
//! Exposes every group as a share of all, so one group of one to four hides the value. There is no interval: a register counts
//! everybody.
//!
//! # Limits
//! Depends on how people are grouped, so values over different groups cannot be compared. It does not say which group is large.
//!
//! # References
//! Shannon (1948), Bell System Technical Journal 27, 379-423; Pielou (1966), Journal of Theoretical Biology 13, 131-144;
//! Simpson (1949), Nature 163, 688.

use super::{
    super::{
        Data,
        chance::Chance,
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measure, Measurement, inexact,
};
use crate::{
    catalogue::methods::{Diversity, DiversityForm},
    ids::Period,
};

impl Measure for Diversity {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let counts = self.among.iter().fold(Known::Is(Vec::new()), |counts, group| {
            let cell = data.raw.cell(&group.value, scope, period);
            counts.and_then(|mut counts| {
                cell.map(|cell| {
                    counts.push(cell.sum);
                    counts
                })
            })
        });
        counts.and_then(|counts| {
            let whole: i128 = counts.iter().sum();
            if whole <= 0 {
                return Known::Missing(Missing::EmptyBase);
            }
            let value = match self.form {
                DiversityForm::Entropy => inexact(100.0 * evenness(&counts, whole)),
                DiversityForm::Simpson => Known::or(simpson(&counts, whole), Missing::EmptyBase),
            };
            value.map(|value| Measurement {
                value,
                base: Some(Ratio::thousandths(whole)),
                chance: Chance::NotJudged,
                parts: None,
                exposes: counts.iter().map(|part| Exposure::Share { part: *part, whole }).collect(),
            })
        })
    }
}

/// Shannon's entropy over the largest possible.
fn evenness(counts: &[i128], whole: i128) -> f64 {
    let shares = counts.iter().filter(|count| **count > 0).map(|count| *count as f64 / whole as f64);
    let entropy: f64 = shares.map(|p| -p * p.ln()).sum();
    entropy / (counts.len() as f64).ln()
}

/// The chance in per cent that two people drawn with replacement are of different groups.
fn simpson(counts: &[i128], whole: i128) -> Option<Ratio> {
    let alike: i128 = counts.iter().map(|count| count * count).sum();
    Ratio::new(100 * (whole * whole - alike), whole * whole)
}
