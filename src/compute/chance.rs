//! How far chance moves a value, and whether it can explain a difference.
//!
//! Every way to know it ends in the limits of a 99 per cent interval in the indicator's unit. The interval of a difference of
//! two values is made from theirs (MOVER); of two shares with Wilson's limits that is Newcombe's hybrid score interval. For the
//! same area at two times, where most people are the same, and for an area and a whole that it is a part of, it is wider than
//! need be: cautious.
//!
//! References: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Zou and Donner (2008), Statistics in Medicine
//! 27, 1693-1702 (MOVER).

use super::{
    interval::{Share, Z99, wilson},
    methods::Measurement,
};

/// What is known of how far chance moves a value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::compute) enum Chance {
    /// Nothing: the value is not judged.
    NotJudged,
    /// It is a share in per cent of so many independent people.
    Share { n: f64 },
}

impl Measurement {
    /// The limits of the 99 per cent interval, in the unit of the value.
    pub fn limits(&self) -> Option<(f64, f64)> {
        match self.chance {
            Chance::NotJudged => None,
            Chance::Share { n } => {
                let (low, high) = wilson(Share { p: self.value.to_f64() / 100.0, n }, Z99);
                Some((100.0 * low, 100.0 * high))
            }
        }
    }
}

/// Does the 99 per cent interval of a value exclude one that is taken as exact? `None`: it is not judged.
pub(in crate::compute) fn excludes(own: &Measurement, exact: f64) -> Option<bool> {
    own.limits().map(|(low, high)| exact < low || high < exact)
}

/// Does the 99 per cent interval of the difference of two values exclude 0? `None`: it is not judged.
pub(in crate::compute) fn differs(a: &Measurement, b: &Measurement) -> Option<bool> {
    let ((a_low, a_high), (b_low, b_high)) = (a.limits()?, b.limits()?);
    let (a, b) = (a.value.to_f64(), b.value.to_f64());
    let (low, high) = (a - b - (a - a_low).hypot(b_high - b), a - b + (a_high - a).hypot(b - b_low));
    Some(low > 0.0 || high < 0.0)
}
