//! The scale of a drawing beside a limit: values as fractions of its width.

use serde::Serialize;

use crate::numbers::Decimal;

/// Where the stricter limit stands in every row, as a fraction of the width: one distance for the eye to compare.
pub(super) const STRICT: f64 = 0.7;
/// Limits from so much on begin their scale at [`LEFT_SHARE`] of the limit; smaller ones (rates) at 0.
const LARGE: f64 = 40.0;
const LEFT_SHARE: f64 = 0.45;
/// Where the zone lies on the left, the scale begins so far below the limit.
const LEFT_BELOW: f64 = 33.0;

/// A value on a scale; outside it a mark at the edge.
#[derive(Serialize)]
pub(super) struct Mark {
    at: f64,
    beyond: Option<&'static str>,
}

/// A row's scale: value at the left edge, and how much the width holds.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    left: f64,
    width: f64,
}

impl Scale {
    /// The scale that puts `limit` at [`STRICT`].
    pub fn new(left: f64, limit: f64) -> Self {
        Self { left, width: (limit - left) / STRICT }
    }

    /// The scale with the limit in the middle that reaches as far to either side.
    pub fn around(limit: f64, reach: f64) -> Self {
        Self { left: limit - reach, width: 2.0 * reach }
    }

    /// The scale of a limit row: its left end follows from the limit alone.
    pub fn of_limit(limit: f64, zone_right: bool) -> Self {
        let left = match (zone_right, limit >= LARGE) {
            (true, true) => LEFT_SHARE * limit,
            (true, false) => 0.0,
            (false, _) => limit - LEFT_BELOW,
        };
        Self::new(left, limit)
    }

    /// Where a value stands, as a fraction of the width.
    pub fn at(self, value: f64) -> f64 {
        super::payload::fraction((value - self.left) / self.width)
    }

    /// A value's mark.
    pub fn mark(self, value: Decimal) -> Mark {
        let at = self.at(value.to_f64());
        let beyond = if at < 0.0 {
            Some("left")
        } else if at > 1.0 {
            Some("right")
        } else {
            None
        };
        Mark { at: at.clamp(0.0, 1.0), beyond }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_follow_from_the_limit_alone() {
        // Scale of a share with the limit 40: 45 per cent of the limit at the left edge, the limit at 70 per cent.
        let scale = Scale::of_limit(40.0, true);
        assert_eq!(
            [scale.at(18.0), scale.at(30.0), scale.at(40.0), scale.at(40.4)],
            [0.0, 0.3818, 0.7, 0.7127]
        );
        // Income counts below its limit: the scale begins 33 points under it.
        assert_eq!(Scale::of_limit(55.0, false).at(57.6), 0.7552);
        assert_eq!(Scale::of_limit(2.22, true).at(1.77), 0.5581);
    }

    #[test]
    fn a_value_outside_the_scale_is_a_mark_at_the_edge() {
        let mark = Scale::of_limit(40.0, true).mark(Decimal::whole(90));
        assert_eq!((mark.at, mark.beyond), (1.0, Some("right")));
    }
}
