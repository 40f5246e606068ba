//! How likely a status is on the next list: every past vector of errors is put on the area's forecast, the whole legal test is
//! judged on each, and the times that it comes true are counted.
//!
//! Figures that miss together are moved together, so no two probabilities are ever multiplied. Each year counts the same,
//! however many areas it has, since its errors share a shock. One is added to what came and one to what did not, so that what
//! has never happened is not impossible. Only the class is published.

use std::collections::BTreeMap;

use super::errors::Vector;
use crate::compute::{ratio::Ratio, statutory::Outlook};

/// A probability, or the two ends that it lies between when something cannot be told of some errors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Chance {
    low: Ratio,
    high: Ratio,
}

impl Chance {
    /// The probability, if everything could be told.
    pub fn exact(self) -> Option<Ratio> {
        (self.low == self.high).then_some(self.low)
    }

    /// The class, if it is the same whatever could not be told.
    pub fn class(self) -> Option<Outlook> {
        let (low, high) = (class(self.low), class(self.high));
        (low == high).then_some(low)
    }
}

/// How often an event came in one year.
#[derive(Clone, Copy, Default)]
struct Counts {
    came: i128,
    /// It came or could not be told.
    might: i128,
}

/// The probability of every event that `happens` tells of errors; `scales` turns a vector's errors into those of the area.
pub(super) fn chances<'a>(
    vectors: impl Iterator<Item = &'a Vector>,
    scales: &[f64],
    events: usize,
    mut happens: impl FnMut(&[f64]) -> Vec<Option<bool>>,
) -> Vec<Option<Chance>> {
    let mut years: BTreeMap<i32, (i128, Vec<Counts>)> = BTreeMap::new();
    for vector in vectors {
        let errors: Vec<f64> = vector.errors.iter().zip(scales).map(|(error, scale)| error * scale).collect();
        let (cases, counts) =
            years.entry(vector.list).or_insert_with(|| (0, vec![Counts::default(); events]));
        *cases += 1;
        for (counts, happens) in counts.iter_mut().zip(happens(&errors)) {
            counts.came += i128::from(happens == Some(true));
            counts.might += i128::from(happens != Some(false));
        }
    }
    let end = |event: usize, of: fn(&Counts) -> i128| {
        chance(years.values().map(|(cases, counts)| (*cases, of(&counts[event]))))
    };
    (0..events)
        .map(|event| {
            let (low, high) = (end(event, |counts| counts.came)?, end(event, |counts| counts.might)?);
            Some(Chance { low, high })
        })
        .collect()
}

/// The mean over years of the share that came true, with one added on either side to the number of cases; `None` without any.
fn chance(years: impl Iterator<Item = (i128, i128)>) -> Option<Ratio> {
    let (mut sum, mut number, mut all) = (Ratio::ZERO, 0, 0);
    for (cases, came) in years {
        sum = sum.plus(Ratio::new(came, cases)?);
        (number, all) = (number + 1, all + cases);
    }
    let mean = sum.over(Ratio::whole(number))?;
    mean.times(Ratio::whole(all)).plus(Ratio::whole(1)).over(Ratio::whole(all + 2))
}

/// The class of a probability; the classes have no gaps.
pub(super) fn class(chance: Ratio) -> Outlook {
    let below = |percent| chance.times(Ratio::whole(100)) < Ratio::whole(percent);
    if below(10) {
        Outlook::Unlikely
    } else if below(33) {
        Outlook::LessLikely
    } else if below(67) {
        Outlook::AboutAsLikely
    } else {
        Outlook::Likely
    }
}

/// Does a class warn?
pub(super) fn warns(class: Outlook) -> bool {
    matches!(class, Outlook::AboutAsLikely | Outlook::Likely)
}

#[cfg(test)]
mod tests {
    use super::{super::errors::tests::NINETEEN, *};

    fn vectors(errors: &[[f64; 2]]) -> Vec<Vector> {
        errors.iter().map(|errors| Vector { list: 2020, errors: errors.to_vec() }).collect()
    }

    fn exact(found: &[Option<Chance>]) -> Vec<Option<Ratio>> {
        found.iter().map(|chance| chance.and_then(Chance::exact)).collect()
    }

    fn ratio(num: i128, den: i128) -> Option<Ratio> {
        Ratio::new(num, den)
    }

    #[test]
    fn five_of_nineteen_errors_carry_it_over_the_limit() {
        // Last year 39.3 and a drift of 0.35; the mean of two years is over 40 when next year is over 40.7.
        let vectors: Vec<Vector> =
            NINETEEN.iter().map(|error| Vector { list: 2020, errors: vec![*error] }).collect();
        let over = |errors: &[f64]| vec![Some(39.3 + 0.35 + errors[0] > 40.7)];
        assert_eq!(vectors.iter().filter(|vector| over(&vector.errors)[0] == Some(true)).count(), 5);
        let found = chances(vectors.iter(), &[1.0], 1, over);
        assert!(exact(&found) == [ratio(6, 21)]);
        let printed = ratio(6, 21).and_then(|chance| chance.round(3));
        assert_eq!(printed.map(|chance| chance.to_string()).as_deref(), Some("0.286"));
    }

    #[test]
    fn figures_that_miss_in_turn_are_never_over_together() {
        // Each is over its limit in half of the cases; multiplied that would be a quarter, but they are never over at once.
        let turns: Vec<[f64; 2]> =
            (0..40).map(|n| if n % 2 == 0 { [1.0, -1.0] } else { [-1.0, 1.0] }).collect();
        let vectors = vectors(&turns);
        let judge = |errors: &[f64]| {
            let (one, other) = (errors[0] > 0.0, errors[1] > 0.0);
            vec![Some(one), Some(other), Some(one && other)]
        };
        let found: Vec<Ratio> =
            exact(&chances(vectors.iter(), &[1.0, 1.0], 3, judge)).into_iter().flatten().collect();
        let classes: Vec<Outlook> = found.iter().map(|chance| class(*chance)).collect();
        assert_eq!(classes, [Outlook::AboutAsLikely, Outlook::AboutAsLikely, Outlook::Unlikely]);
        assert_eq!(class(found[0].times(found[1])), Outlook::LessLikely);
    }

    #[test]
    fn every_year_counts_the_same_however_many_areas_it_has() {
        let year =
            |list, number| (0..number).map(move |_| Vector { list, errors: vec![f64::from(list - 2019)] });
        let vectors: Vec<Vector> = year(2019, 30).chain(year(2020, 10)).collect();
        let found = chances(vectors.iter(), &[1.0], 1, |errors| vec![Some(errors[0] > 0.0)]);
        // Half of the years, though a quarter of the cases: (40/2 + 1) of 42.
        assert!(exact(&found) == [ratio(1, 2)]);
    }

    #[test]
    fn what_cannot_be_told_of_some_errors_leaves_a_class_only_where_it_does_not_matter() {
        let vectors: Vec<Vector> =
            (0..98).map(|number| Vector { list: 2020, errors: vec![f64::from(number)] }).collect();
        let class_of = |came: f64, open: f64| {
            let judge = |errors: &[f64]| {
                vec![(errors[0] < came || errors[0] >= came + open).then_some(errors[0] < came)]
            };
            let found = chances(vectors.iter(), &[1.0], 1, judge);
            (found[0].and_then(Chance::exact).is_some(), found[0].and_then(Chance::class))
        };
        assert_eq!(class_of(70.0, 0.0), (true, Some(Outlook::Likely)));
        assert_eq!(class_of(70.0, 20.0), (false, Some(Outlook::Likely)));
        assert_eq!(class_of(50.0, 20.0), (false, None));
    }

    #[test]
    fn the_classes_have_no_gaps_at_10_33_and_67() {
        let class_of = |num, den| ratio(num, den).map(class);
        assert_eq!(class_of(9_999, 100_000), Some(Outlook::Unlikely));
        assert_eq!(class_of(10, 100), Some(Outlook::LessLikely));
        assert_eq!(class_of(32_999, 100_000), Some(Outlook::LessLikely));
        assert_eq!(class_of(33, 100), Some(Outlook::AboutAsLikely));
        assert_eq!(class_of(66_999, 100_000), Some(Outlook::AboutAsLikely));
        assert_eq!(class_of(67, 100), Some(Outlook::Likely));
    }
}
