//! The scale of an example: over everything that must be seen on it.

use serde::Serialize;

use crate::{
    numbers::Decimal,
    reports::{context::Context, payload::fraction},
};

/// Room at both ends of the scale, as a part of what it must show.
const MARGIN: f64 = 0.08;

/// A number on the scale.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::reports) struct Tick {
    pub at: f64,
    pub text: String,
}

/// A scale over everything that must be seen on it.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    left: f64,
    width: f64,
}

impl Scale {
    /// Over all these numbers.
    pub fn over(numbers: impl Iterator<Item = f64>) -> Self {
        let (low, high) = numbers.fold((f64::MAX, f64::MIN), |(low, high), n| (low.min(n), high.max(n)));
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        let left = low - MARGIN * span;
        // What cannot be negative does not begin below zero.
        let left = if low >= 0.0 { left.max(0.0) } else { left };
        Self { left, width: high + MARGIN * span - left }
    }

    /// Where a number stands, as a fraction of the width.
    pub fn at(self, number: Decimal) -> f64 {
        fraction((number.to_f64() - self.left) / self.width)
    }

    /// Three to six round numbers.
    pub fn ticks(self, context: &Context) -> Vec<Tick> {
        let rough = self.width / 4.0;
        let power = rough.log10().floor();
        let base = 10f64.powf(power);
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * base).find(|step| *step >= rough).unwrap_or(base);
        let places = if step >= 1.0 { 0 } else { (-step.log10()).ceil() as u8 };
        let first = (self.left / step).ceil() as i64;
        let last = ((self.left + self.width) / step).floor() as i64;
        let numbers = (first..=last).filter_map(|n| Decimal::from_f64(n as f64 * step, places));
        numbers.map(|n| Tick { at: self.at(n), text: context.words.number(n) }).collect()
    }
}
