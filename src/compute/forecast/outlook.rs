//! How likely a status is on the next list: every past vector of errors is put on the area's forecast, the whole legal test is
//! judged on each, and the times that it comes true are counted.
//!
//! Figures that miss together are moved together, so no two probabilities are ever multiplied. Each year counts the same,
//! however many areas it has, since its errors share a shock. One is added to what came and one to what did not, so that what
//! has never happened is not impossible. Only the class is published.

use std::collections::BTreeMap;

use super::errors::Vector;
use crate::compute::{ratio::Ratio, statutory::Outlook};

/// The probability of every event that `happens` tells of errors; `scales` turns a vector's errors into those of the area.
/// `None` where it cannot be told of some vector.
pub(super) fn chances<'a>(
    vectors: impl Iterator<Item = &'a Vector>,
    scales: &[f64],
    events: usize,
    mut happens: impl FnMut(&[f64]) -> Vec<Option<bool>>,
) -> Vec<Option<Ratio>> {
    let mut years: BTreeMap<i32, (i128, Vec<Option<i128>>)> = BTreeMap::new();
    for vector in vectors {
        let errors: Vec<f64> = vector.errors.iter().zip(scales).map(|(error, scale)| error * scale).collect();
        let (cases, came) = years.entry(vector.list).or_insert_with(|| (0, vec![Some(0); events]));
        *cases += 1;
        for (came, happens) in came.iter_mut().zip(happens(&errors)) {
            *came = came.zip(happens).map(|(came, happens)| came + i128::from(happens));
        }
    }
    (0..events).map(|event| chance(years.values().map(|(cases, came)| (*cases, came[event])))).collect()
}

/// The mean over years of the share that came true, with one added on either side to the number of cases.
fn chance(years: impl Iterator<Item = (i128, Option<i128>)>) -> Option<Ratio> {
    let (mut sum, mut number, mut all) = (Ratio::ZERO, 0, 0);
    for (cases, came) in years {
        sum = sum.plus(Ratio::new(came?, cases)?);
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
        assert!(found == [ratio(6, 21)]);
        assert_eq!(
            found[0].and_then(|chance| chance.round(3)).map(|chance| chance.to_string()).as_deref(),
            Some("0.286")
        );
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
            chances(vectors.iter(), &[1.0, 1.0], 3, judge).into_iter().flatten().collect();
        assert_eq!(
            found.iter().map(|chance| class(*chance)).collect::<Vec<_>>(),
            [Outlook::AboutAsLikely, Outlook::AboutAsLikely, Outlook::Unlikely]
        );
        assert_eq!(class(found[0].times(found[1])), Outlook::LessLikely);
    }

    #[test]
    fn every_year_counts_the_same_however_many_areas_it_has() {
        let year =
            |list, number| (0..number).map(move |_| Vector { list, errors: vec![f64::from(list - 2019)] });
        let vectors: Vec<Vector> = year(2019, 30).chain(year(2020, 10)).collect();
        let found = chances(vectors.iter(), &[1.0], 1, |errors| vec![Some(errors[0] > 0.0)]);
        // Half of the years, though a quarter of the cases: (40/2 + 1) of 42.
        assert!(found == [ratio(1, 2)]);
    }

    #[test]
    fn what_cannot_be_told_of_a_vector_has_no_probability() {
        let vectors = vectors(&[[0.0, 0.0], [1.0, 0.0]]);
        let found = chances(vectors.iter(), &[1.0, 1.0], 1, |errors| vec![(errors[0] > 0.0).then_some(true)]);
        assert!(found == [None]);
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
