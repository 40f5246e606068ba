//! Arithmetic modulo the prime 2^61 - 1, in which no count is zero that is not zero.

/// The prime.
pub(in crate::compute) const PRIME: u64 = (1 << 61) - 1;

/// The number that stands for a coefficient.
pub(in crate::compute) fn residue(number: i64) -> u64 {
    let size = number.unsigned_abs() % PRIME;
    if number < 0 { minus(size) } else { size }
}

/// The sum of two.
pub(in crate::compute) fn plus(one: u64, other: u64) -> u64 {
    let sum = one + other;
    if sum >= PRIME { sum - PRIME } else { sum }
}

/// The number that gives zero with this one.
pub(in crate::compute) fn minus(number: u64) -> u64 {
    if number == 0 { 0 } else { PRIME - number }
}

/// The product of two.
pub(in crate::compute) fn times(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    plus((product as u64) & PRIME, (product >> 61) as u64)
}

/// The number that gives one with this one, which is not zero: its power PRIME - 2 (Fermat).
pub(in crate::compute) fn inverse(number: u64) -> u64 {
    if number == 1 || number == PRIME - 1 {
        return number;
    }
    let (mut base, mut exponent, mut result) = (number, PRIME - 2, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}
