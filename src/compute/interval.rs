//! Intervals of shares and of numbers of events. Registers are complete, so an interval is not about sampling: it says how
//! far a figure of this many people swings from year to year by chance.
//!
//! References: Wilson (1927), JASA 22, 209-212; Breslow and Day (1987), Statistical Methods in Cancer Research II, page 69
//! (Byar's approximation); OHID, Technical guide: confidence intervals (exact limits below 10 events).

/// How sure an interval is.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Level {
    /// The standard normal quantile of its upper end.
    pub z: f64,
    /// The probability beyond one of its ends.
    pub tail: f64,
}

/// The 99 per cent interval: every interval that is drawn or published.
pub(in crate::compute) const P99: Level = Level { z: 2.575_829_303_548_900_4, tail: 0.005 };

/// Events from which Byar's approximation holds.
const BYAR: f64 = 10.0;
/// Halvings that find a quantile among floating-point numbers of any size met here.
const HALVINGS: usize = 80;

/// A share between 0 and 1 and the number of people an interval may count with.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Share {
    pub p: f64,
    pub n: f64,
}

/// Wilson's score interval.
pub(in crate::compute) fn wilson(share: Share, level: Level) -> (f64, f64) {
    let Share { p, n } = share;
    let (z, z2) = (level.z, level.z * level.z);
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

/// The number of people an interval of a share may count with when whole households are the units of chance: the number at
/// which a share of heads would have this `variance`, and never more than the share's own. Where nobody or everybody has the
/// trait there is no variance to go by: then each of the households counts as one.
pub(in crate::compute) fn clustered(share: Share, variance: f64, households: f64) -> f64 {
    let heads = share.p * (1.0 - share.p);
    if heads <= 0.0 || variance <= 0.0 { share.n.min(households) } else { share.n.min(heads / variance) }
}

/// The interval of a number of events that happen by themselves (Poisson): exact below 10 events, Byar's from there.
pub(in crate::compute) fn poisson(events: f64, level: Level) -> (f64, f64) {
    if events >= BYAR {
        let limit = |x: f64, z: f64| x * (1.0 - 1.0 / (9.0 * x) + z / (3.0 * x.sqrt())).powi(3);
        return (limit(events, -level.z), limit(events + 1.0, level.z));
    }
    let low = if events <= 0.0 { 0.0 } else { gamma_quantile(events, level.tail) };
    (low, gamma_quantile(events + 1.0, 1.0 - level.tail))
}

/// The quantile of a gamma distribution of this shape and scale 1: half that of chi-square with twice as many degrees of
/// freedom.
fn gamma_quantile(shape: f64, probability: f64) -> f64 {
    let (mut low, mut high) = (0.0, 8.0 * (shape + 4.0));
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if gamma(shape, middle) < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The regularised lower incomplete gamma function, by its series (Abramowitz and Stegun 6.5.29): all terms are positive.
fn gamma(shape: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut next) = (1.0, 1.0, shape + 1.0);
    while term > sum * f64::EPSILON {
        term *= x / next;
        sum += term;
        next += 1.0;
    }
    if x <= 0.0 { 0.0 } else { sum * (shape * x.ln() - x - ln_gamma(shape + 1.0)).exp() }
}

/// The logarithm of the gamma function, by Stirling's series from 15 upwards (Abramowitz and Stegun 6.1.41).
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0);
    while x < 15.0 {
        product *= x;
        x += 1.0;
    }
    let series = 1.0 / (12.0 * x) - 1.0 / (360.0 * x.powi(3)) + 1.0 / (1260.0 * x.powi(5));
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series - f64::ln(product)
}

#[cfg(test)]
mod tests {
    use super::*;

    const P95: Level = Level { z: 1.959_963_984_540_054, tail: 0.025 };

    fn share(x: f64, n: f64) -> Share {
        Share { p: x / n, n }
    }

    fn assert_interval(found: (f64, f64), expected: (f64, f64)) {
        let near = |a: f64, b: f64| (a - b).abs() < 6e-7;
        assert!(near(found.0, expected.0) && near(found.1, expected.1), "{found:?}, expected {expected:?}");
    }

    #[test]
    fn wilson_gives_the_limits_of_ohids_own_test_file() {
        assert_interval(wilson(share(1.0, 100.0), P95), (0.001767, 0.054486));
        assert_interval(wilson(share(5.0, 100.0), P95), (0.021544, 0.111750));
        assert_interval(wilson(share(65.0, 100.0), P95), (0.552544, 0.736358));
        assert_interval(wilson(share(222.0, 3215.0), P95), (0.060792, 0.078340));
        let p998 = Level { z: 3.090_232_306, tail: 0.001 };
        assert_interval(wilson(share(1.0, 100.0), p998), (0.000873, 0.104554));
    }

    #[test]
    fn wilson_stays_between_nobody_and_everybody() {
        assert_interval(wilson(share(0.0, 40.0), P95), (0.0, 0.087622));
        assert_interval(wilson(share(3.0, 40.0), P95), (0.025836, 0.198642));
        assert_interval(wilson(share(166.0, 406.0), P95), (0.362117, 0.457325));
        assert_interval(wilson(share(41.0, 180.0), P95), (0.172575, 0.294357));
        assert!((wilson(share(40.0, 40.0), P95).1 - 1.0).abs() < 1e-12);
    }

    /// R, PHEindicatormethods `phe_rate`; 65 and 1,045 stand in OHID's own test file.
    #[test]
    fn from_ten_events_the_limits_are_byars() {
        assert_interval(poisson(10.0, P95), (4.787450, 18.391459));
        assert_interval(poisson(65.0, P95), (50.163188, 82.849139));
        let (low, high) = poisson(1045.0, P95);
        assert!((low - 982.593).abs() < 1e-3 && (high - 1110.331).abs() < 1e-3);
        let (low, high) = poisson(12.0, P95);
        assert!((100.0 * low / 940.0 - 0.6589).abs() < 1e-4 && (100.0 * high / 940.0 - 2.2301).abs() < 1e-4);
    }

    /// R, `qchisq(0.025, 2 * x) / 2` and `qchisq(0.975, 2 * x + 2) / 2`.
    #[test]
    fn below_ten_events_the_limits_are_exact() {
        assert_interval(poisson(0.0, P95), (0.0, 3.688879));
        assert_interval(poisson(3.0, P95), (0.618672, 8.767273));
        assert_interval(poisson(5.0, P95), (1.623486, 11.668332));
        assert_interval(poisson(9.0, P95), (4.115373, 17.084803));
        let (low, high) = poisson(3.0, P95);
        assert!((low - 0.618_672_122_9).abs() < 1e-9 && (high - 8.767_273_069_7).abs() < 1e-9);
    }

    #[test]
    fn heads_are_weights_of_one_and_lighter_weights_vary_less() {
        let heads = Share { p: 0.3, n: 200.0 };
        assert!((effective(heads, 0.3) - 200.0).abs() < 1e-9);
        // 200 people, 120 of them with weight 0.5: the variance is 0.15 - 0.09.
        assert!((effective(heads, 0.15) - 200.0 * 0.21 / 0.06).abs() < 1e-9);
        assert!((effective(Share { p: 0.0, n: 200.0 }, 0.0) - 200.0).abs() < 1e-9);
    }

    #[test]
    fn households_that_share_a_trait_count_as_one_and_never_as_more_than_their_heads() {
        // 50 households of 4, alike within each, 15 of them with the trait: p = 0.3, and n is the number of households.
        // Σ(y − p m)² = 15 (4 − 1.2)² + 35 (1.2)² = 168, over 200².
        let heads = Share { p: 0.3, n: 200.0 };
        assert!((clustered(heads, 168.0 / 40_000.0, 50.0) - 50.0).abs() < 1e-9);
        assert!((clustered(heads, 0.0005, 50.0) - 200.0).abs() < 1e-9);
        assert!((clustered(Share { p: 0.0, n: 200.0 }, 0.0, 50.0) - 50.0).abs() < 1e-9);
    }
}
