//! Scales: round lengths, classes, and positions on an axis.

use crate::numbers::Decimal;

/// A straight scale from values to millimetres.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// Values from `from.0` to `from.1` fall on `to.0` to `to.1`. An empty span falls on the middle.
    pub fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        Self { from, to }
    }

    /// The position of a value.
    pub fn at(&self, value: f64) -> f64 {
        let span = self.from.1 - self.from.0;
        let share = if span == 0.0 { 0.5 } else { (value - self.from.0) / span };
        self.to.0 + share * (self.to.1 - self.to.0)
    }
}

/// The longest round length (1, 2, 5, else 1.5, 2.5, 3, 4, 7.5 times a power of ten) that is printed between `min` and
/// `max` millimetres when a metre is printed as `scale` millimetres.
pub fn round_length(scale: f64, min: f64, max: f64) -> f64 {
    let tens = 10f64.powf((max / scale).log10().floor());
    let fits = |step: &f64| {
        let printed = step * tens * scale;
        printed >= min && printed <= max
    };
    let first = [10.0, 5.0, 2.0, 1.0, 0.5].into_iter().find(fits);
    let step = first.or_else(|| [4.0, 3.0, 1.5, 2.5, 7.5].into_iter().find(fits));
    step.unwrap_or(1.0) * tens
}

/// The class of a value (0-3) among four, given their three limits. A value on a limit belongs to the class below.
pub fn class_of(value: Decimal, limits: &[Decimal; 3]) -> usize {
    limits.iter().filter(|limit| over(value, **limit)).count()
}

fn over(value: Decimal, limit: Decimal) -> bool {
    let places = value.places.max(limit.places);
    let widen = |d: Decimal| i128::from(d.units) * 10i128.pow(u32::from(places - d.places));
    widen(value) > widen(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_a_limit_belongs_to_the_class_below() {
        let limits = [10, 20, 30].map(Decimal::whole);
        let class = |text: &str| Decimal::parse(text).map(|value| class_of(value, &limits));
        let cases =
            [("0", 0), ("10", 0), ("10.0", 0), ("10.1", 1), ("20.0", 1), ("30", 2), ("30.1", 3), ("99", 3)];
        for (value, expected) in cases {
            assert_eq!(class(value), Some(expected), "{value}");
        }
    }

    #[test]
    fn the_scale_bar_is_a_round_length_between_15_and_25_millimetres_at_every_scale() {
        for denominator in
            [1_000.0, 2_750.0, 7_777.0, 10_000.0, 27_800.0, 33_000.0, 104_000.0, 250_000.0, 1e6]
        {
            let scale = 1000.0 / denominator;
            let printed = round_length(scale, 15.0, 25.0) * scale;
            assert!((15.0..=25.0).contains(&printed), "1:{denominator} {printed}");
        }
        assert_eq!(round_length(1000.0 / 27_800.0, 15.0, 25.0), 500.0);
    }

    #[test]
    fn a_series_without_variation_lies_in_the_middle() {
        assert_eq!(Scale::new((7.0, 7.0), (0.0, 10.0)).at(7.0), 5.0);
    }
}
