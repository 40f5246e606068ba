//! **Growth**: by how many per cent a number has grown.
//!
//! # What it says
//! Whether a place grows or shrinks, whatever its size.
//!
//! # Formula
//! `100 x (now - then) / then`, where `then` is `over` years before.
//!
//! # Inputs
//! One population in both periods. Across a break of the series there is no value.
//!
//! # Small numbers
//! Exposes both numbers and their difference: who knows the growth and one of the numbers knows all three, and a difference of
//! one to four persons may be one family that moved. There is no interval: a register counts everybody.
//!
//! # Limits
//! A new or demolished block is growth like any other; small places jump.
//!
//! # References
//! Danmarks Statistik, BEV107 and FOLK1A (growth of population in per cent).

use super::{
    super::{
        Data,
        chance::Chance,
        disclose::told::{Told, Zone},
        publication::Missing,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measure, Measurement, with_earlier,
};
use crate::{catalogue::methods::Growth, ids::Period};

impl Measure for Growth {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        let number = |period| data.raw.cell(&self.of.value, scope, period).map(|cell| cell.sum);
        let earlier = period.years_back(i32::from(self.over.value));
        number(period).and_then(|now| number(earlier).and_then(|then| grown(now, then)))
    }

    fn tells(&self, _: Data, zone: &Zone, period: Period) -> Vec<Told> {
        let earlier = period.years_back(i32::from(self.over.value));
        [period, earlier].map(|period| Told::sum(&self.of, zone, period)).to_vec()
    }

    fn periods(&self, data: Data) -> Vec<Period> {
        let all = data.raw.series.get(&self.of.value).map_or(&[][..], |series| &series.periods);
        with_earlier(all, self.over.value)
    }
}

/// From one number, in thousandths, to another.
fn grown(now: i128, then: i128) -> Known<Measurement> {
    Known::or(Ratio::new(100 * (now - then), then), Missing::EmptyBase).map(|value| Measurement {
        value,
        base: Some(Ratio::thousandths(then)),
        chance: Chance::NotJudged,
        parts: None,
        exposes: vec![Exposure::Amount(now), Exposure::Amount(then), Exposure::Amount((now - then).abs())],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::Protection, compute::disclose::policy::is_too_small};

    #[test]
    fn a_difference_of_four_persons_is_too_small_and_none_at_all_is_not() {
        let hides = |now: i128, then: i128| {
            grown(now * 1000, then * 1000)
                .get()
                .is_some_and(|found| is_too_small(&found.exposes, Protection::default()))
        };
        assert!(hides(410, 406) && hides(406, 410) && hides(3, 400));
        assert!(!hides(410, 405) && !hides(410, 410) && !hides(0, 400));
    }
}
