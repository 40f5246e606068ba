//! **Segregation**: how unevenly a group lives over the areas of a layer.
//!
//! # What it says
//! Dissimilarity: the part of the group that would have to move for all areas to be alike. Isolation: the group's share where
//! its usual member lives. Entropy: how much less mixed the areas are than the whole. A value of the municipality, not of areas.
//!
//! # Formula
//! With `x` of `n` people of area `i` in the group, `y = n - x`, and `X`, `Y`, `N` their sums over the layer: dissimilarity
//! `1/2 sum |x/X - y/Y|`; isolation `sum (x/X)(x/n)`; entropy `sum n (E - e) / (E N)` with `E` and `e` the two-group entropies of
//! the whole and of area `i` (Theil's `H`). All times 100.
//!
//! # Inputs
//! The group and everybody, in every area of the layer; people outside its areas do not count.
//!
//! # Small numbers
//! Exposes part and whole of every area: one area with one to four of the group, or of the others, hides the value, and a
//! withheld figure withholds it. Small areas differ by chance alone, so the level under chance stands beside it as the
//! comparator `chance`: the mean over 1,000 ways to share the group's members out over all places at random (multivariate
//! hypergeometric), drawn from a stream of the indicator's id and period. It is a yardstick, not a test: not judged.
//!
//! # Limits
//! Depends on the areas: smaller ones give higher values. Never compare over different layers or municipalities.
//!
//! # References
//! Massey and Denton (1988), Social Forces 67, 281-315; Reardon and Firebaugh (2002), Sociological Methodology 32, 33-67;
//! Carrington and Troske (1997), Journal of Business and Economic Statistics 15, 402-409 (level under chance).

use super::{
    super::{
        Data,
        chance::Chance,
        disclose::told::{Told, Zone},
        publication::Missing,
        random::Stream,
        ratio::Ratio,
        raw::{Exposure, Known, Scope},
    },
    Measure, Measurement, inexact,
};
use crate::{
    catalogue::methods::{Segregation, SegregationForm},
    ids::{IndicatorId, Period},
};

/// How many random distributions the level under chance is the mean of.
const DRAWS: usize = 1000;

/// How many of an area's people are in the group.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Unit {
    part: f64,
    whole: f64,
}

impl Measure for Segregation {
    fn measure(&self, data: Data, scope: Scope, period: Period) -> Known<Measurement> {
        if !matches!(scope, Scope::Municipality) {
            return Known::Missing(Missing::NoData);
        }
        counts(data, self, period).and_then(|counts| {
            let heads = |number: i128| number as f64 / 1000.0;
            let units: Vec<Unit> = counts
                .iter()
                .map(|(part, whole)| Unit { part: heads(*part), whole: heads(*whole) })
                .collect();
            let whole = counts.iter().map(|(_, whole)| whole).sum();
            Known::or(index(self.form, &units), Missing::EmptyBase).and_then(|value| {
                inexact(100.0 * value).map(|value| Measurement {
                    value,
                    base: Some(Ratio::thousandths(whole)),
                    chance: Chance::NotJudged,
                    parts: None,
                    exposes: counts
                        .iter()
                        .map(|(part, whole)| Exposure::Share { part: *part, whole: *whole })
                        .collect(),
                })
            })
        })
    }

    /// Part and whole of every area of its layer.
    fn tells(&self, data: Data, zone: &Zone, period: Period) -> Vec<Told> {
        let areas = data.raw.index.layer(&self.over).filter(|_| *zone == Zone::Municipality);
        let both = |area| {
            let zone = Scope::Area(area).into();
            [&self.group, &self.of].map(|population| Told::sum(population, &zone, period))
        };
        areas.flat_map(both).collect()
    }

    fn is_of_areas(&self) -> bool {
        false
    }

    fn under_chance(&self, data: Data, id: &IndicatorId, period: Period) -> Option<Known<Ratio>> {
        let whole =
            |number: i128| (number % 1000 == 0).then(|| usize::try_from(number / 1000).ok()).flatten();
        let level = counts(data, self, period).and_then(|counts| {
            let heads = counts.iter().map(|(part, all)| Some((whole(*part)?, whole(*all)?)));
            // Weights cannot be shared out: there are no places for parts of people.
            Known::or(heads.collect::<Option<Vec<_>>>(), Missing::NoData).and_then(|heads| {
                let mut stream = Stream::of(&[id.as_str(), &period.to_string()]);
                Known::or(level_under_chance(self.form, &heads, &mut stream), Missing::EmptyBase)
            })
        });
        Some(level.and_then(|level| inexact(100.0 * level)))
    }
}

/// The group and everybody in every area of the layer, in thousandths.
fn counts(data: Data, method: &Segregation, period: Period) -> Known<Vec<(i128, i128)>> {
    let cell = |population, area| data.raw.cell(population, Scope::Area(area), period).map(|cell| cell.sum);
    data.raw.index.layer(&method.over).fold(Known::Is(Vec::new()), |all, area| {
        all.and_then(|mut all| {
            cell(&method.group.value, area).and_then(|part| {
                cell(&method.of.value, area).map(|whole| {
                    all.push((part, whole));
                    all
                })
            })
        })
    })
}

/// A measure, from 0 to 1; `None` where all people or none are in the group.
fn index(form: SegregationForm, units: &[Unit]) -> Option<f64> {
    let (part, whole) = units.iter().fold((0.0, 0.0), |(x, n), unit| (x + unit.part, n + unit.whole));
    if part <= 0.0 || part >= whole {
        return None;
    }
    let lived_in = units.iter().filter(|unit| unit.whole > 0.0);
    Some(match form {
        SegregationForm::Dissimilarity => {
            let others = whole - part;
            lived_in.map(|unit| (unit.part / part - (unit.whole - unit.part) / others).abs()).sum::<f64>()
                / 2.0
        }
        SegregationForm::Isolation => lived_in.map(|unit| unit.part / part * (unit.part / unit.whole)).sum(),
        SegregationForm::Entropy => {
            let all = entropy(part / whole);
            lived_in.map(|unit| unit.whole * (all - entropy(unit.part / unit.whole))).sum::<f64>()
                / (all * whole)
        }
    })
}

/// The entropy of a group's share and that of the others.
fn entropy(share: f64) -> f64 {
    [share, 1.0 - share].into_iter().filter(|p| *p > 0.0).map(|p| -p * p.ln()).sum()
}

/// The mean of a measure over random distributions of the group's members over everybody's places.
fn level_under_chance(form: SegregationForm, heads: &[(usize, usize)], stream: &mut Stream) -> Option<f64> {
    let mut places: Vec<u32> = Vec::new();
    for (unit, (_, whole)) in heads.iter().enumerate() {
        places.resize(places.len() + whole, unit as u32);
    }
    let members: usize = heads.iter().map(|(part, _)| part).sum();
    let others = places.len().checked_sub(members)?;
    let mut sum = 0.0;
    for _ in 0..DRAWS {
        // The smaller of the two is drawn; the other has the places that are left.
        let drawn = draw(members.min(others), &mut places, heads.len(), stream);
        let unit = |(drawn, (_, whole)): (usize, &(usize, usize))| {
            let part = if members <= others { drawn } else { whole - drawn };
            Unit { part: part as f64, whole: *whole as f64 }
        };
        let units: Vec<Unit> = drawn.into_iter().zip(heads).map(unit).collect();
        sum += index(form, &units)?;
    }
    Some(sum / DRAWS as f64)
}

/// Draws so many places without replacement (Fisher and Yates' shuffle, as far as needed) and counts them by unit. The places
/// stay the same ones in another order, so they serve the next draw too.
fn draw(number: usize, places: &mut [u32], units: usize, stream: &mut Stream) -> Vec<usize> {
    let mut counts = vec![0; units];
    for next in 0..number {
        let other = next + stream.below(places.len() - next);
        places.swap(next, other);
        counts[places[next] as usize] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five units; expected values by the Python package segregation 2.5.4 (Dissim, Isolation, Entropy).
    const UNITS: [(usize, usize); 5] = [(60, 100), (30, 120), (10, 90), (20, 200), (5, 150)];

    fn assert_index(form: SegregationForm, expected: f64) {
        let units = UNITS.map(|(part, whole)| Unit { part: part as f64, whole: whole as f64 });
        let found = index(form, &units).unwrap_or_default();
        assert!((found - expected).abs() < 1e-10, "{found}, expected {expected}");
    }

    #[test]
    fn the_three_measures_are_those_of_the_python_package_segregation() {
        assert_index(SegregationForm::Dissimilarity, 0.477_009_345_794_392_6);
        assert_index(SegregationForm::Isolation, 0.374_222_222_222_222_2);
        assert_index(SegregationForm::Entropy, 0.209_822_832_5);
    }

    #[test]
    fn sixty_units_of_25_with_a_tenth_in_the_group_are_27_apart_by_chance() {
        let heads: Vec<(usize, usize)> = (0..60).map(|unit| (2 + unit % 2, 25)).collect();
        let level = |form| level_under_chance(form, &heads, &mut Stream::of(&["x", "2024"]));
        let dissimilarity = level(SegregationForm::Dissimilarity).unwrap_or_default();
        assert!((dissimilarity - 0.27).abs() < 0.005, "{dissimilarity}");
        assert_eq!(level(SegregationForm::Isolation), level(SegregationForm::Isolation));
    }

    #[test]
    fn a_group_and_the_others_are_as_far_apart_by_chance_as_the_others_and_the_group() {
        let others: Vec<_> = UNITS.iter().map(|(part, whole)| (whole - part, *whole)).collect();
        let level = |heads: &[(usize, usize)]| {
            level_under_chance(SegregationForm::Dissimilarity, heads, &mut Stream::of(&["x"]))
                .unwrap_or_default()
        };
        assert!((level(&UNITS) - level(&others)).abs() < 1e-12);
    }

    #[test]
    fn nobody_and_everybody_in_the_group_have_no_segregation() {
        let all = |part| [Unit { part, whole: 10.0 }; 3];
        assert_eq!(index(SegregationForm::Entropy, &all(0.0)), None);
        assert_eq!(index(SegregationForm::Dissimilarity, &all(10.0)), None);
        assert_eq!(index(SegregationForm::Dissimilarity, &all(5.0)), Some(0.0));
    }
}
