//! Intervals of shares. Registers are complete, so an interval is not about sampling: it says how far a share of this many
//! people swings from year to year by chance.
//!
//! Reference: Wilson (1927), JASA 22, 209-212.

/// The standard normal quantile of the 99 per cent interval: every interval that is drawn or published.
pub(in crate::compute) const Z99: f64 = 2.575_829_303_548_900_4;

/// A share between 0 and 1 and the number of people an interval may count with.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Share {
    pub p: f64,
    pub n: f64,
}

/// Wilson's score interval.
pub(in crate::compute) fn wilson(share: Share, z: f64) -> (f64, f64) {
    let Share { p, n } = share;
    let z2 = z * z;
    let centre = 2.0 * n * p + z2;
    let reach = z * (z2 + 4.0 * n * p * (1.0 - p)).max(0.0).sqrt();
    let scale = 2.0 * (n + z2);
    (((centre - reach) / scale).max(0.0), ((centre + reach) / scale).min(1.0))
}

/// The number of people an interval of a weighted share may count with: the number at which a share of heads would have the
/// variance of these weights. Weights between 0 and 1 vary less than heads, so it is never below `n`.
///
/// `squares` is the mean of the squared weights.
pub(in crate::compute) fn effective(share: Share, squares: f64) -> f64 {
    let (heads, weights) = (share.p * (1.0 - share.p), squares - share.p * share.p);
    if heads <= 0.0 || weights <= 0.0 { share.n } else { share.n * (heads / weights).max(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const Z95: f64 = 1.959_963_984_540_054;

    fn share(x: f64, n: f64) -> Share {
        Share { p: x / n, n }
    }

    fn assert_interval(found: (f64, f64), expected: (f64, f64)) {
        let near = |a: f64, b: f64| (a - b).abs() < 6e-7;
        assert!(near(found.0, expected.0) && near(found.1, expected.1), "{found:?}, expected {expected:?}");
    }

    #[test]
    fn wilson_gives_the_limits_of_ohids_own_test_file() {
        assert_interval(wilson(share(1.0, 100.0), Z95), (0.001767, 0.054486));
        assert_interval(wilson(share(5.0, 100.0), Z95), (0.021544, 0.111750));
        assert_interval(wilson(share(65.0, 100.0), Z95), (0.552544, 0.736358));
        assert_interval(wilson(share(222.0, 3215.0), Z95), (0.060792, 0.078340));
        assert_interval(wilson(share(1.0, 100.0), 3.090_232_306), (0.000873, 0.104554));
    }

    #[test]
    fn wilson_stays_between_nobody_and_everybody() {
        assert_interval(wilson(share(0.0, 40.0), Z95), (0.0, 0.087622));
        assert_interval(wilson(share(3.0, 40.0), Z95), (0.025836, 0.198642));
        assert_interval(wilson(share(166.0, 406.0), Z95), (0.362117, 0.457325));
        assert_interval(wilson(share(41.0, 180.0), Z95), (0.172575, 0.294357));
        assert!((wilson(share(40.0, 40.0), Z95).1 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn heads_are_weights_of_one_and_lighter_weights_vary_less() {
        let heads = Share { p: 0.3, n: 200.0 };
        assert!((effective(heads, 0.3) - 200.0).abs() < 1e-9);
        // 200 people, 120 of them with weight 0.5: the variance is 0.15 - 0.09.
        assert!((effective(heads, 0.15) - 200.0 * 0.21 / 0.06).abs() < 1e-9);
        assert!((effective(Share { p: 0.0, n: 200.0 }, 0.0) - 200.0).abs() < 1e-9);
    }
}
