//! What makes sums quick to find: two numbers for every variable, and a hash that is the same in every run.

use std::hash::{BuildHasherDefault, Hasher};

use crate::compute::modulo::PRIME;

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
