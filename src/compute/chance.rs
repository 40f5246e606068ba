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
    /// The limits of its 99 per cent interval, in its unit.
    Limits { low: f64, high: f64 },
}

impl Measurement {
    /// The limits of the 99 per cent interval, in the unit of the value.
    pub fn limits(&self) -> Option<(f64, f64)> {
        match self.chance {
            Chance::NotJudged => None,
            Chance::Limits { low, high } => Some((low, high)),
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
    difference(a, b).map(|(low, high)| low > 0.0 || high < 0.0)
}

/// The limits of the 99 per cent interval of the first value minus the second.
pub(in crate::compute) fn difference(a: &Measurement, b: &Measurement) -> Option<(f64, f64)> {
    Some(mover((a.value.to_f64(), a.limits()?), (b.value.to_f64(), b.limits()?)))
}

/// The limits of a difference, from two values with their limits.
fn mover((a, (a_low, a_high)): (f64, (f64, f64)), (b, (b_low, b_high)): (f64, (f64, f64))) -> (f64, f64) {
    (a - b - (a - a_low).hypot(b_high - b), a - b + (a_high - a).hypot(b - b_low))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 95 per cent interval of the difference of two shares of heads.
    fn newcombe(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
        let share = |(x, n): (f64, f64)| (x / n, wilson(Share { p: x / n, n }, 1.959_963_984_540_054));
        mover(share(a), share(b))
    }

    fn assert_near(found: (f64, f64), expected: (f64, f64), places: i32) {
        let near = |a: f64, b: f64| (a - b).abs() < 0.6 * 10f64.powi(-places);
        assert!(near(found.0, expected.0) && near(found.1, expected.1), "{found:?}, expected {expected:?}");
    }

    #[test]
    fn the_difference_of_two_shares_has_newcombes_limits() {
        // Newcombe (1998), table II, method 10.
        assert_near(newcombe((56.0, 70.0), (48.0, 80.0)), (0.0524, 0.3339), 4);
        assert_near(newcombe((9.0, 10.0), (3.0, 10.0)), (0.1705, 0.8090), 4);
        assert_near(newcombe((5.0, 56.0), (0.0, 29.0)), (-0.0381, 0.1926), 4);
        // statsmodels 0.15.0, confint_proportions_2indep(171, 410, 166, 406, method="newcomb").
        assert_near(newcombe((171.0, 410.0), (166.0, 406.0)), (-0.059121, 0.075412), 6);
    }
}
