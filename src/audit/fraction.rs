//! Exact fractions for turning printed numbers into bounds. Every step is checked: a number too large gives `None`.

/// A fraction in lowest terms, with a positive denominator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fraction {
    /// Over the line.
    pub over: i128,
    /// Under the line.
    pub under: i128,
}

/// The greatest common divisor, never negative.
pub fn divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The quotient rounded down.
pub fn floor(over: i128, under: i128) -> i128 {
    let quotient = over.div_euclid(under);
    // `div_euclid` rounds up for a negative divisor.
    if under < 0 && over.rem_euclid(under) != 0 { quotient - 1 } else { quotient }
}

/// The quotient rounded up.
pub fn ceil(over: i128, under: i128) -> i128 {
    -floor(-over, under)
}

impl Fraction {
    /// Zero.
    pub const ZERO: Self = Self { over: 0, under: 1 };

    /// `over / under`; `None` for a zero under the line.
    pub fn new(over: i128, under: i128) -> Option<Self> {
        if under == 0 {
            return None;
        }
        let by = divisor(over, under) * under.signum();
        Some(Self { over: over / by, under: under / by })
    }

    /// A whole number.
    pub fn whole(number: i128) -> Self {
        Self { over: number, under: 1 }
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Self::new(left.checked_add(right)?, self.under.checked_mul(other.under)?)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negative())
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    /// The other sign.
    pub fn negative(self) -> Self {
        Self { over: -self.over, under: self.under }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_rounded_down_and_up_for_every_sign() {
        for (over, under, down, up) in
            [(7, 2, 3, 4), (-7, 2, -4, -3), (7, -2, -4, -3), (-7, -2, 3, 4), (6, -2, -3, -3)]
        {
            assert_eq!((floor(over, under), ceil(over, under)), (down, up), "{over}/{under}");
        }
    }

    #[test]
    fn a_fraction_is_kept_in_lowest_terms_and_overflow_is_told() {
        assert_eq!(Fraction::new(6, -4), Some(Fraction { over: -3, under: 2 }));
        assert_eq!(Fraction::new(1, 0), None);
        assert_eq!(Fraction::whole(i128::MAX).times(Fraction::whole(2)), None);
    }
}
