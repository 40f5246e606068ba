//! The exact split of a change (the midpoint, or Bennet, form).
//!
//! # Formula
//! With values p₀, p₁ and bases N₀, N₁ of the two times, p̄ and N̄ their means, a group that changed the cases by dC and the base
//! by dN contributes
//!
//! ```text
//! (dC − p̄ dN) / N̄
//! ```
//!
//! The sum over all groups is (C₁ − C₀ − p̄ (N₁ − N₀)) / N̄ = p₁ − p₀, since C₁ − C₀ = p̄ (N₁ − N₀) + N̄ (p₁ − p₀). It is the only split of the
//! form α (dC − r dN), α and r made of the totals, that adds up and changes its sign with time; any part of a group has its
//! share of the group's contribution, and a group with the value p̄ has none.
//!
//! # References
//! Bennet (1920), JRSS 83, 455-464; Griliches and Regev (1995), Journal of Econometrics 65, 175-203 (the same for firms).

use super::super::ratio::Ratio;
use crate::numbers::Decimal;

/// Base and cases at two times, in thousandths.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::compute) struct Totals {
    pub base: (i128, i128),
    pub cases: (i128, i128),
}

impl Totals {
    /// The value at both times; `None` of an empty base.
    pub fn values(&self) -> Option<(Ratio, Ratio)> {
        Some((Ratio::new(self.cases.0, self.base.0)?, Ratio::new(self.cases.1, self.base.1)?))
    }

    /// The mean of the bases at both times, in persons.
    pub fn mean_base(&self) -> f64 {
        (self.base.0 + self.base.1) as f64 / 2000.0
    }

    /// What a group contributes that changed the base and the cases by so much, in thousandths. `None` of an empty base, or
    /// beyond 128 bits (a base of a hundred million persons).
    pub fn contribution(&self, base: i128, cases: i128) -> Option<Ratio> {
        let ((n0, n1), (c0, c1)) = (self.base, self.cases);
        if n0 <= 0 || n1 <= 0 {
            return None;
        }
        // p̄ = (c₀ n₁ + c₁ n₀) / 2 n₀ n₁ and N̄ = (n₀ + n₁) / 2, brought over one denominator.
        let both = n0.checked_mul(n1)?.checked_mul(2)?;
        let crossed = c0.checked_mul(n1)?.checked_add(c1.checked_mul(n0)?)?;
        let over = cases.checked_mul(both)?.checked_sub(crossed.checked_mul(base)?)?;
        Ratio::new(over, n0.checked_mul(n1)?.checked_mul(n0 + n1)?)
    }
}

/// Rounds numbers so that they add up to a total that is itself rounded: each down, and the largest remainders up.
pub(in crate::compute) fn rounded(numbers: &[Ratio], total: Decimal) -> Option<Vec<Decimal>> {
    let scale = Ratio::whole(10i128.pow(u32::from(total.places)));
    let scaled: Vec<Ratio> = numbers.iter().map(|number| number.times(scale)).collect();
    let mut units: Vec<i128> = scaled.iter().map(|number| number.floor()).collect();
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    let rest = |at: &usize| scaled[*at].minus(Ratio::whole(scaled[*at].floor()));
    order.sort_by(|a, b| rest(b).cmp(&rest(a)).then(a.cmp(b)));
    let mut missing = i128::from(total.units) - units.iter().sum::<i128>();
    if order.is_empty() {
        return (missing == 0).then(Vec::new);
    }
    let mut next = 0;
    while missing != 0 {
        let at =
            if missing > 0 { order[next % order.len()] } else { order[order.len() - 1 - next % order.len()] };
        units[at] += missing.signum();
        missing -= missing.signum();
        next += 1;
    }
    let decimal = |units: i128| Some(Decimal { units: i64::try_from(units).ok()?, places: total.places });
    units.into_iter().map(decimal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::random::Stream;

    /// Persons and cases then, and now.
    type Flow = ((i128, i128), (i128, i128));

    fn totals(flows: &[Flow]) -> Totals {
        let sum = |number: fn(&Flow) -> i128| flows.iter().map(number).sum::<i128>() * 1000;
        Totals {
            base: (sum(|flow| flow.0.0), sum(|flow| flow.1.0)),
            cases: (sum(|flow| flow.0.1), sum(|flow| flow.1.1)),
        }
    }

    fn contributions(flows: &[Flow]) -> Vec<Ratio> {
        let totals = totals(flows);
        let one = |flow: &Flow| {
            totals.contribution((flow.1.0 - flow.0.0) * 1000, (flow.1.1 - flow.0.1) * 1000).expect("people")
        };
        flows.iter().map(one).collect()
    }

    /// The flows of the worked example in `tests/methods/moves.csv`, worked out in exact fractions by another program.
    const EXAMPLE: [Flow; 8] = [
        ((0, 0), (62, 33)),
        ((58, 20), (0, 0)),
        ((0, 0), (15, 5)),
        ((11, 7), (0, 0)),
        ((4, 3), (0, 0)),
        ((21, 0), (21, 21)),
        ((24, 24), (24, 0)),
        ((288, 112), (288, 112)),
    ];

    #[test]
    fn the_worked_example_to_the_sixth_decimal() {
        let expected = [1.812710, 0.968692, -0.292782, -0.602287, -0.330421, 5.147059, -5.882353, 0.0];
        for (found, expected) in contributions(&EXAMPLE).iter().zip(expected) {
            assert!((found.to_f64() * 100.0 - expected).abs() < 5e-7, "{}", found.to_f64() * 100.0);
        }
        let sum = contributions(&EXAMPLE).into_iter().fold(Ratio::ZERO, Ratio::plus);
        let (then, now) = totals(&EXAMPLE).values().expect("people");
        assert!(sum == now.minus(then));
        assert!((sum.to_f64() * 100.0 - 0.820618).abs() < 5e-7);
    }

    fn random(seed: usize) -> Vec<Flow> {
        let mut stream = Stream::of(&["flows", &seed.to_string()]);
        let mut flow = || {
            let (n0, n1) = (stream.below(900) as i128 + 1, stream.below(900) as i128 + 1);
            ((n0, stream.below(n0 as usize + 1) as i128), (n1, stream.below(n1 as usize + 1) as i128))
        };
        (0..7).map(|_| flow()).collect()
    }

    #[test]
    fn on_random_populations_the_terms_are_the_change_exactly() {
        for seed in 0..500 {
            let flows = random(seed);
            let found = contributions(&flows);
            let (then, now) = totals(&flows).values().expect("people");
            assert!(found.iter().copied().fold(Ratio::ZERO, Ratio::plus) == now.minus(then), "{seed}");
            let floats: f64 = found.iter().map(|one| one.to_f64()).sum();
            assert!((floats - now.minus(then).to_f64()).abs() < 1e-12, "{seed}");
        }
    }

    #[test]
    fn parts_of_a_flow_contribute_what_the_flow_does() {
        for seed in 0..200 {
            let flows = random(seed);
            let (((a, b), (c, d)), rest) = (flows[0], &flows[1..]);
            let halves = [((a / 2, b / 3), (c / 4, d / 5)), ((a - a / 2, b - b / 3), (c - c / 4, d - d / 5))];
            let split: Vec<Flow> = halves.into_iter().chain(rest.iter().copied()).collect();
            let found = contributions(&split);
            assert!(found[0].plus(found[1]) == contributions(&flows)[0], "{seed}");
        }
    }

    #[test]
    fn time_turned_round_turns_every_sign() {
        for seed in 0..200 {
            let flows = random(seed);
            let back: Vec<Flow> = flows.iter().map(|flow| (flow.1, flow.0)).collect();
            let minus = |found: Vec<Ratio>| found.into_iter().map(|one| Ratio::ZERO.minus(one));
            assert!(contributions(&back).into_iter().eq(minus(contributions(&flows))), "{seed}");
        }
    }

    #[test]
    fn a_group_with_the_areas_own_share_contributes_nothing() {
        // 40 per cent at both times, and of those who come as well.
        let flows = [((0, 0), (50, 20)), ((100, 40), (0, 0)), ((400, 160), (400, 160))];
        assert!(contributions(&flows).iter().all(|one| *one == Ratio::ZERO));
    }

    #[test]
    fn rounded_terms_add_up_to_the_rounded_change() {
        let found = contributions(&EXAMPLE);
        let points: Vec<Ratio> = found.iter().map(|one| one.times(Ratio::whole(100))).collect();
        let total = Decimal { units: 8, places: 1 };
        let rounded = rounded(&points, total).expect("they fit");
        let units: Vec<i64> = rounded.iter().map(|one| one.units).collect();
        assert_eq!(units, [18, 10, -3, -6, -3, 51, -59, 0]);
        assert_eq!(units.iter().sum::<i64>(), 8);
        for seed in 0..200 {
            let found = contributions(&random(seed));
            let total = found.iter().copied().fold(Ratio::ZERO, Ratio::plus).round(2).expect("it fits");
            let units: i64 =
                super::rounded(&found, total).expect("they fit").iter().map(|one| one.units).sum();
            assert_eq!(units, total.units, "{seed}");
        }
    }
}
