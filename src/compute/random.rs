//! Random numbers that are the same in every run: a stream is begun by names (what is computed, where and when), so it depends
//! neither on the number of threads, nor on the order of rows, nor on which areas are built.
//!
//! The generator is SplitMix64: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA. The names
//! are hashed with FNV-1a: Fowler, Noll and Vo, RFC 9923.

/// A stream of random numbers.
pub(in crate::compute) struct Stream(u64);

impl Stream {
    /// The stream of these names.
    pub fn of(names: &[&str]) -> Self {
        let bytes = names.iter().flat_map(|name| name.bytes().chain([0]));
        Self(fnv1a(bytes))
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from the standard normal distribution (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let mut uniform = || ((self.next_u64() >> 11) as f64 + 0.5) / (1u64 << 53) as f64;
        (-2.0 * uniform().ln()).sqrt() * (2.0 * std::f64::consts::PI * uniform()).cos()
    }

    /// A whole number from 0 to below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next_u64()) * n as u128) >> 64) as usize
    }
}

fn fnv1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_gives_the_numbers_of_its_authors_program() {
        // splitmix64.c (Vigna, prng.di.unimi.it) with the seed 1234567.
        let mut stream = Stream(1_234_567);
        let expected = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([stream.next_u64(), stream.next_u64(), stream.next_u64()], expected);
    }

    #[test]
    fn the_hash_gives_the_values_of_its_test_suite() {
        // RFC 9923, test vectors for FNV-1a 64.
        for (text, hash) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fnv1a(text.bytes()), hash, "{text}");
        }
    }

    #[test]
    fn names_are_kept_apart() {
        assert_ne!(Stream::of(&["ab", "c"]).next_u64(), Stream::of(&["a", "bc"]).next_u64());
    }

    #[test]
    fn every_number_below_n_comes_about_as_often() {
        let (mut stream, mut counts) = (Stream::of(&["below"]), [0u32; 7]);
        (0..70_000).for_each(|_| counts[stream.below(7)] += 1);
        // Six degrees of freedom: 22.46 is exceeded once in a thousand.
        let chi: f64 = counts.iter().map(|n| (f64::from(*n) - 10_000.0).powi(2) / 10_000.0).sum();
        assert!(chi < 22.46, "{chi}");
    }
}
