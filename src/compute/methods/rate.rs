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
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
        years,
    },
    Measurement,
};
use crate::{catalogue::method::Rate, ids::Period};

pub(in crate::compute) fn measure(
    data: Data,
    method: &Rate,
    scope: Scope,
    period: Period,
) -> Known<Measurement> {
    let window = method.years.as_deref();
    years::years_of(data.raw, &method.part, Some(&method.of), window, scope, period).and_then(|all| {
        years::quotient(&all, window).map(|rate| Measurement {
            value: rate.times(Ratio::whole(i128::from(method.per.value))),
            base: Some(years::mean_whole(&all)),
            heads: None,
            parts: None,
            exposes: all
                .iter()
                .flat_map(|year| [Exposure::Amount(year.part.sum), Exposure::Amount(year.whole.sum)])
                .collect(),
        })
    })
}
