//! Arithmetic modulo the prime 2^61 - 1, in which no count is zero that is not zero.

use std::hash::{BuildHasherDefault, Hasher};

/// The prime.
pub const PRIME: u64 = (1 << 61) - 1;

/// The number that stands for a coefficient.
pub fn residue(number: i64) -> u64 {
    let size = number.unsigned_abs() % PRIME;
    if number < 0 { minus(size) } else { size }
}

/// The sum of two.
pub fn plus(one: u64, other: u64) -> u64 {
    let sum = one + other;
    if sum >= PRIME { sum - PRIME } else { sum }
}

/// The number that gives zero with this one.
pub fn minus(number: u64) -> u64 {
    if number == 0 { 0 } else { PRIME - number }
}

/// The product of two.
pub fn times(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    plus((product as u64) & PRIME, (product >> 61) as u64)
}

/// The number that gives one with this one, which is not zero: its power PRIME - 2 (Fermat).
pub fn inverse(number: u64) -> u64 {
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

/// Two numbers of a variable that look random. With them a vector has two that go along with every change of it, and whose
/// ratio is the same for all its multiples.
pub fn prints(variable: u32) -> [u64; 2] {
    [scatter(u64::from(variable)), scatter(u64::from(variable) | 1 << 32)].map(|bits| bits % PRIME)
}

fn scatter(number: u64) -> u64 {
    let bits = (number ^ 0x5851_f42d_4c95_7f2d).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bits = (bits ^ (bits >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    bits ^ (bits >> 29)
}

/// Hashes numbers quickly, and alike in every run.
#[derive(Default)]
pub struct Scatter(u64);

/// For maps of numbers.
pub type Quick = BuildHasherDefault<Scatter>;

impl Hasher for Scatter {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = scatter(self.0 ^ number);
    }
}
