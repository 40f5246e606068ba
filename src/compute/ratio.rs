//! Exact rational numbers: values are compared with limits and rounded only from these, never from floating point.

use std::cmp::Ordering;

use crate::numbers::Decimal;

/// Denominators are cut to this many when a result would not fit into 128 bits (many years at national scale).
const FINE: i128 = 1_000_000_000_000_000;

/// An exact rational number, reduced, with a positive denominator.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::compute) struct Ratio {
    num: i128,
    den: i128,
}

impl Ratio {
    pub const ZERO: Self = Self { num: 0, den: 1 };

    /// `num / den`; `None` when the denominator is 0.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs()) as i128;
        let sign = if den < 0 { -1 } else { 1 };
        Some(Self { num: sign * num / divisor, den: sign * den / divisor })
    }

    pub fn whole(number: i128) -> Self {
        Self { num: number, den: 1 }
    }

    /// A number counted in thousandths.
    pub fn thousandths(number: i128) -> Self {
        Self::new(number, 1000).unwrap_or(Self::ZERO)
    }

    /// A decimal as written.
    pub fn of(decimal: Decimal) -> Self {
        Self::new(i128::from(decimal.units), 10i128.pow(u32::from(decimal.places))).unwrap_or(Self::ZERO)
    }

    pub fn plus(self, other: Self) -> Self {
        exact_or_fine(self, other, |a, b| {
            let num = a.num.checked_mul(b.den)?.checked_add(b.num.checked_mul(a.den)?)?;
            Self::new(num, a.den.checked_mul(b.den)?)
        })
    }

    pub fn minus(self, other: Self) -> Self {
        self.plus(Self { num: -other.num, ..other })
    }

    pub fn times(self, other: Self) -> Self {
        exact_or_fine(self, other, |a, b| {
            let (left, right) = (Self::new(a.num, b.den)?, Self::new(b.num, a.den)?);
            Self::new(left.num.checked_mul(right.num)?, left.den.checked_mul(right.den)?)
        })
    }

    /// `None` when the divisor is 0.
    pub fn over(self, other: Self) -> Option<Self> {
        (other.num != 0)
            .then(|| self.times(Self { num: other.den * other.num.signum(), den: other.num.abs() }))
    }

    /// The largest whole number that is not above it.
    pub fn floor(self) -> i128 {
        self.num.div_euclid(self.den)
    }

    pub fn abs(self) -> Self {
        Self { num: self.num.abs(), ..self }
    }

    /// Rounded once, half away from zero; `None` beyond 18 digits.
    pub fn round(self, places: u8) -> Option<Decimal> {
        Decimal::from_ratio(self.num, self.den, places)
            .or_else(|| Decimal::from_ratio(self.fine().num, self.fine().den, places))
    }

    /// For standard errors only.
    pub fn to_f64(self) -> f64 {
        self.num as f64 / self.den as f64
    }

    /// The nearest fraction with a denominator that leaves room to calculate.
    fn fine(self) -> Self {
        if self.den <= FINE {
            return self;
        }
        let (whole, rest) = (self.num.div_euclid(self.den), self.num.rem_euclid(self.den));
        let scale = self.den / FINE;
        Self::new(whole.saturating_mul(FINE).saturating_add(rest / scale), FINE).unwrap_or(self)
    }
}

/// The exact result, or the one of the nearest fractions that fit.
fn exact_or_fine(a: Ratio, b: Ratio, calculate: impl Fn(Ratio, Ratio) -> Option<Ratio>) -> Ratio {
    calculate(a, b).or_else(|| calculate(a.fine(), b.fine())).unwrap_or(a)
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Cross-multiplied; where the products do not fit, digit by digit in continued fractions, which is as exact.
impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => {
                let (a, b) = (self.num.div_euclid(self.den), other.num.div_euclid(other.den));
                a.cmp(&b).then_with(|| {
                    let (p, q) = (self.num.rem_euclid(self.den), other.num.rem_euclid(other.den));
                    match (Self::new(self.den, p), Self::new(other.den, q)) {
                        (Some(left), Some(right)) => right.cmp(&left),
                        (left, right) => left.is_some().cmp(&right.is_some()),
                    }
                })
            }
        }
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(num: i128, den: i128) -> Ratio {
        Ratio::new(num, den).unwrap_or(Ratio::ZERO)
    }

    #[test]
    fn sixty_of_a_hundred_is_sixty_per_cent_exactly() {
        let share = ratio(180, 300).times(Ratio::whole(100));
        assert!(share == Ratio::whole(60) && share <= Ratio::whole(60));
        assert!(ratio(181, 300).times(Ratio::whole(100)) > Ratio::whole(60));
    }

    #[test]
    fn the_mean_of_two_shares_is_exact() {
        let mean = ratio(166, 406).plus(ratio(171, 410)).times(ratio(1, 2));
        assert!(mean == ratio(166 * 410 + 171 * 406, 2 * 406 * 410));
        assert_eq!(mean.times(Ratio::whole(100)).round(1), Decimal::parse("41.3"));
    }

    #[test]
    fn numbers_too_long_for_cross_multiplication_compare_exactly() {
        let big = 100_000_000_000_000_000_000_000_000_000i128;
        assert!(ratio(big + 1, big) > ratio(big + 2, big + 1));
        assert!(ratio(big, big + 1) < ratio(big + 1, big + 2));
        assert!(ratio(-big, big - 1) < ratio(-big - 1, big));
        assert_eq!(ratio(big, 3).cmp(&ratio(big, 3)), Ordering::Equal);
    }

    #[test]
    fn five_years_of_a_country_stay_in_range() {
        let year = |k: i128| ratio(32_100_000 + k, 4_612_345_000 + 7 * k);
        let sum = (0..5).fold(Ratio::ZERO, |sum, k| sum.plus(year(k)));
        assert_eq!(sum.times(ratio(100, 5)).round(4), Decimal::parse("0.6960"));
    }
}
