//! Random numbers without a state: every draw is a hash of what it is for.
//!
//! A draw is keyed by (column, person, year). Two columns never share a stream, so a column added later
//! changes no earlier one, and neither the order of the simulation nor the number of threads matters.
//! The column's name enters by FNV-1a, the two numbers by SplitMix64's finaliser.

/// The hash behind every draw.
pub fn hash(column: &str, subject: u64, year: i64) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in column.bytes() {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    finish(finish(h ^ finish(subject)).wrapping_add(year as u64))
}

/// SplitMix64's step and finaliser (Steele, Lea, Flood 2014).
fn finish(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number in 0 ≤ x < 1.
pub fn unit(column: &str, subject: u64, year: i64) -> f64 {
    (hash(column, subject, year) >> 11) as f64 / (1u64 << 53) as f64
}

/// True with probability `p`.
pub fn chance(p: f64, column: &str, subject: u64, year: i64) -> bool {
    unit(column, subject, year) < p
}

/// A number in `low` ≤ x < `high`.
pub fn between(low: f64, high: f64, column: &str, subject: u64, year: i64) -> f64 {
    low + (high - low) * unit(column, subject, year)
}

/// A whole number in 0..`n`; 0 when `n` is 0.
pub fn below(n: usize, column: &str, subject: u64, year: i64) -> usize {
    (unit(column, subject, year) * n as f64) as usize
}

/// The place of one of the weights, drawn in proportion to them.
pub fn weighted(weights: &[f64], column: &str, subject: u64, year: i64) -> usize {
    let mut left = unit(column, subject, year) * weights.iter().sum::<f64>();
    for (place, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return place;
        }
    }
    weights.len().saturating_sub(1)
}

/// Roughly normal, mean 0 and deviation 1 (sum of twelve uniform numbers), within ±6.
pub fn normal(column: &str, subject: u64, year: i64) -> f64 {
    let first = hash(column, subject, year);
    (0..12).map(|i| unit("normal", first, i)).sum::<f64>() - 6.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_column_person_and_year_only() {
        assert_eq!(hash("death", 7, 2019), hash("death", 7, 2019));
        assert_ne!(hash("death", 7, 2019), hash("birth", 7, 2019));
        assert_ne!(hash("death", 7, 2019), hash("death", 8, 2019));
        assert_ne!(hash("death", 7, 2019), hash("death", 7, 2020));
    }

    #[test]
    fn draws_are_spread_evenly() {
        let n = 20_000;
        let mean = (0..n).map(|i| unit("x", i, 2020)).sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
        let thirds = (0..n).filter(|&i| weighted(&[1.0, 2.0], "y", i, 0) == 0).count();
        assert!((thirds as f64 / n as f64 - 1.0 / 3.0).abs() < 0.015, "{thirds}");
    }
}
