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
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measurement,
};
use crate::{catalogue::method::Count, ids::Period};

pub(in crate::compute) fn measure(
    data: Data,
    method: &Count,
    scope: Scope,
    period: Period,
) -> Known<Measurement> {
    let series = Known::or(data.raw.series.get(&method.of.value), Missing::NoData);
    series.and_then(|series| series.cell(scope, period)).map(|cell| Measurement {
        value: Ratio::thousandths(cell.sum),
        base: None,
        heads: None,
        parts: None,
        exposes: vec![Exposure::Amount(cell.sum)],
    })
}
