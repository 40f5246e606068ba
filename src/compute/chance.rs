//! How far chance moves a value, and whether it can explain a difference.
//!
//! Every way to know it ends in the limits of a 99 per cent interval in the indicator's unit. The interval of a difference of
//! two values is made from theirs (MOVER); of two shares with Wilson's limits that is Newcombe's hybrid score interval. Where
//! the same persons are linked at two times their correlation makes it narrower. Without it, and for an area and a whole that
//! it is a part of, it is wider than need be: cautious.
//!
//! References: Newcombe (1998), Statistics in Medicine 17, 873-890 (method 10) and 2635-2650 (paired, method 10); Zou and
//! Donner (2008), Statistics in Medicine 27, 1693-1702 (MOVER).

use super::{
    interval::{P99, Share, poisson, wilson},
    links::Linked,
    methods::Measurement,
    ratio::Ratio,
};
use crate::catalogue::chance::Chance as Declared;

/// What is known of how far chance moves a value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(in crate::compute) enum Chance {
    /// Nothing: the value is not judged.
    NotJudged,
    /// It is a share in per cent of so many independent people.
    Share { n: f64 },
    /// It is a number of events, each of which counts so much in the unit of the value.
    Events { events: f64, each: f64 },
    /// The limits of its interval, in the unit of the value.
    Limits { low: f64, high: f64 },
}

impl Chance {
    /// With what the catalogue says of it. A design effect divides the number of people, or widens the interval by its root.
    pub fn declared(self, value: Ratio, declared: &Declared) -> Self {
        let effect = declared.design_effect.as_ref().map_or(1.0, |effect| effect.to_f64());
        match self {
            Self::NotJudged => self,
            Self::Share { n } => Self::Share { n: n / effect },
            Self::Events { .. } if !declared.events => Self::NotJudged,
            Self::Events { events, each } => Self::Events { events: events / effect, each: each * effect },
            Self::Limits { low, high } => {
                let (value, width) = (value.to_f64(), effect.sqrt());
                Self::Limits { low: value - width * (value - low), high: value + width * (high - value) }
            }
        }
    }

    /// Of the mean of several years: as of one of them, since the same people are counted every year.
    pub fn of_mean(years: &[Self], mean: Ratio) -> Self {
        let average = |of: fn(&Self) -> Option<f64>| {
            let all: Option<Vec<f64>> = years.iter().map(of).collect();
            all.filter(|all| !all.is_empty()).map(|all| all.iter().sum::<f64>() / all.len() as f64)
        };
        let share = average(|year| if let Self::Share { n } = year { Some(*n) } else { None });
        let events =
            average(|year| if let Self::Events { events, .. } = year { Some(*events) } else { None });
        let each = average(|year| if let Self::Events { each, .. } = year { Some(*each) } else { None });
        let low = average(|year| if let Self::Limits { low, .. } = year { Some(*low) } else { None });
        let high = average(|year| if let Self::Limits { high, .. } = year { Some(*high) } else { None });
        match (share, events.zip(each), low.zip(high)) {
            (Some(n), _, _) => Self::Share { n },
            (_, Some((events, each)), _) => {
                let each = if events > 0.0 { mean.to_f64() / events } else { each };
                Self::Events { events, each }
            }
            (_, _, Some((low, high))) => Self::Limits { low, high },
            _ => Self::NotJudged,
        }
    }
}

impl Measurement {
    /// The limits of the 99 per cent interval, in the unit of the value.
    pub fn limits(&self) -> Option<(f64, f64)> {
        match self.chance {
            Chance::NotJudged => None,
            Chance::Share { n } => {
                let (low, high) = wilson(Share { p: self.value.to_f64() / 100.0, n }, P99);
                Some((100.0 * low, 100.0 * high))
            }
            Chance::Events { events, each } => {
                let (low, high) = poisson(events, P99);
                Some((each * low, each * high))
            }
            Chance::Limits { low, high } => Some((low, high)),
        }
    }
}

/// Does the 99 per cent interval of a value exclude one that is taken as exact? `None`: it is not judged.
pub(in crate::compute) fn excludes(own: &Measurement, exact: f64) -> Option<bool> {
    own.limits().map(|(low, high)| exact < low || high < exact)
}

/// Does the 99 per cent interval of the difference of two values of different people exclude 0? `None`: it is not judged.
pub(in crate::compute) fn differs(a: &Measurement, b: &Measurement) -> Option<bool> {
    difference(a, b).map(|(low, high)| low > 0.0 || high < 0.0)
}

/// The limits of the 99 per cent interval of the first value minus the second, of different people.
pub(in crate::compute) fn difference(a: &Measurement, b: &Measurement) -> Option<(f64, f64)> {
    paired(a, b, 0.0)
}

/// The same of values with this correlation.
pub(in crate::compute) fn paired(a: &Measurement, b: &Measurement, correlation: f64) -> Option<(f64, f64)> {
    let one = |value: &Measurement| Some((value.value.to_f64(), value.limits()?));
    Some(mover(one(a)?, one(b)?, correlation))
}

/// A value and the limits of its interval.
pub(in crate::compute) type Limited = (f64, (f64, f64));

/// The limits of the difference `a − b` of two values with this correlation, from their own limits.
pub(in crate::compute) fn mover(
    (a, (a_low, a_high)): Limited,
    (b, (b_low, b_high)): Limited,
    correlation: f64,
) -> (f64, f64) {
    let reach =
        |of_a: f64, of_b: f64| (of_a * of_a + of_b * of_b - 2.0 * correlation * of_a * of_b).max(0.0).sqrt();
    (a - b - reach(a - a_low, b_high - b), a - b + reach(a_high - a, b - b_low))
}

/// The correlation of an area's share now and then, from the persons who are counted at both times. `people` are the real
/// numbers counted; the n of a share is what its interval counts with.
pub(in crate::compute) fn correlation(linked: &Linked, now: Share, then: Share, people: (f64, f64)) -> f64 {
    let covariance = linked.shared(now.p, then.p) / (people.0 * people.1);
    let variance = |share: Share| share.p * (1.0 - share.p) / share.n;
    let product = variance(now) * variance(then);
    if product > 0.0 { (covariance / product.sqrt()).clamp(-1.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Wilson's limits at 95 per cent, as the published examples have them.
    fn limited(x: f64, n: f64) -> Limited {
        use super::super::interval::Level;
        let p95 = Level { z: 1.959_963_984_540_054, tail: 0.025 };
        (x / n, wilson(Share { p: x / n, n }, p95))
    }

    fn assert_interval(found: (f64, f64), expected: (f64, f64), within: f64) {
        let near = |a: f64, b: f64| (a - b).abs() < within;
        assert!(near(found.0, expected.0) && near(found.1, expected.1), "{found:?}, expected {expected:?}");
    }

    /// Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10; and statsmodels 0.15.0,
    /// `confint_proportions_2indep(171, 410, 166, 406, method="newcomb")`.
    #[test]
    fn the_difference_of_two_shares_has_newcombes_interval() {
        assert_interval(
            mover(limited(171.0, 410.0), limited(166.0, 406.0), 0.0),
            (-0.059121, 0.075412),
            6e-7,
        );
        assert_interval(mover(limited(56.0, 70.0), limited(48.0, 80.0), 0.0), (0.0524, 0.3339), 6e-5);
        assert_interval(mover(limited(9.0, 10.0), limited(3.0, 10.0), 0.0), (0.1705, 0.8090), 6e-5);
        assert_interval(mover(limited(5.0, 56.0), limited(0.0, 29.0), 0.0), (-0.0381, 0.1926), 6e-5);
    }

    /// Newcombe (1998), Statistics in Medicine 17, 2635-2650 (score limits and φ), by hand: of 100 persons 20 in the part at
    /// both times, 12 then only, 2 now only, 66 never; p₁ = 0.22, p₀ = 0.32, φ = (20·66 − 12·2) / √(22·78·32·68), Wilson's
    /// limits 0.150013 to 0.310704 and 0.236691 to 0.416626.
    #[test]
    fn the_change_of_the_same_people_has_the_paired_interval() {
        let (now, then) = (limited(22.0, 100.0), limited(32.0, 100.0));
        let phi = (20.0 * 66.0 - 12.0 * 2.0) / f64::sqrt(22.0 * 78.0 * 32.0 * 68.0);
        assert!((phi - 0.670_682).abs() < 1e-6);
        assert_interval(mover(now, then, phi), (-0.171_859, -0.029_066), 1e-6);
        assert_interval(mover(now, then, 0.0), (-0.219_309, 0.023_156), 1e-6);
    }

    #[test]
    fn the_correlation_of_linked_heads_is_phi() {
        // The same hundred: Σy₁y₀ = 20, Σy₁m₀ = 22, Σm₁y₀ = 32, Σm₁m₀ = 100, in millionths.
        let sum = |n: i128| n * 1_000_000;
        let linked = Linked {
            persons: 100,
            part_part: sum(20),
            part_whole: sum(22),
            whole_part: sum(32),
            whole_whole: sum(100),
        };
        let (now, then) = (Share { p: 0.22, n: 100.0 }, Share { p: 0.32, n: 100.0 });
        assert!((correlation(&linked, now, then, (100.0, 100.0)) - 0.670_682).abs() < 1e-6);
        // Half the people moved: the others of both times share nothing.
        assert!((correlation(&linked, now, then, (200.0, 200.0)) - 0.167_671).abs() < 1e-6);
    }

    #[test]
    fn a_design_effect_divides_people_and_events_and_widens_limits_by_its_root() {
        let file =
            std::sync::Arc::new(crate::diagnostics::SourceFile { name: String::new(), text: String::new() });
        let place = crate::diagnostics::Place { file, offset: 0, len: 0 };
        let value = crate::catalogue::Number(crate::numbers::Decimal::whole(4));
        let declared = Declared { design_effect: Some(crate::catalogue::At { value, place }), events: false };
        let told = |chance: Chance| chance.declared(Ratio::whole(10), &declared);
        assert_eq!(told(Chance::Share { n: 200.0 }), Chance::Share { n: 50.0 });
        assert_eq!(told(Chance::Limits { low: 9.0, high: 12.0 }), Chance::Limits { low: 8.0, high: 14.0 });
        assert_eq!(told(Chance::Events { events: 10.0, each: 1.0 }), Chance::NotJudged);
        let events = Declared { events: true, ..declared.clone() };
        let found = Chance::Events { events: 10.0, each: 1.0 }.declared(Ratio::whole(10), &events);
        assert_eq!(found, Chance::Events { events: 2.5, each: 4.0 });
    }

    #[test]
    fn the_mean_of_years_swings_as_one_of_them() {
        let shares = [Chance::Share { n: 100.0 }, Chance::Share { n: 200.0 }];
        assert_eq!(Chance::of_mean(&shares, Ratio::whole(20)), Chance::Share { n: 150.0 });
        let events = [Chance::Events { events: 2.0, each: 5.0 }, Chance::Events { events: 6.0, each: 5.0 }];
        assert_eq!(Chance::of_mean(&events, Ratio::whole(20)), Chance::Events { events: 4.0, each: 5.0 });
        assert_eq!(Chance::of_mean(&[shares[0], Chance::NotJudged], Ratio::ZERO), Chance::NotJudged);
    }
}
