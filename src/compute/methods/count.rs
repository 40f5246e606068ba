//! **Count**: how many.
//!
//! # What it says
//! A number of people or dwellings, at the date of the source.
//!
//! # Formula
//! The number of rows, or the sum of a weight or a column.
//!
//! # Inputs
//! One population.
//!
//! # Small numbers
//! Exposes the number itself. There is no interval: a register counts everybody.
//!
//! # Limits
//! Sizes differ between areas, so a count is never compared between them.
//!
//! # References
//! Danmarks Statistik, Befolkningen 1. januar (FOLK).

use super::{
    super::{
        Data,
        chance::Chance,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measure, Measurement,
};
use crate::{catalogue::methods::Count, ids::Period};

impl Measure for Count {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        data.raw.cell(&self.of.value, scope, period).map(|cell| Measurement {
            value: Ratio::thousandths(cell.sum),
            base: None,
            chance: Chance::NotJudged,
            parts: None,
            exposes: vec![Exposure::Amount(cell.sum)],
        })
    }
}
