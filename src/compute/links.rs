//! The same persons at two times: how much of a change is not chance because most residents are the same.
//!
//! With `y` a person's part and `m` the whole (1 for heads), the quotients `p = Σy / Σm` now and then of one area covary by
//! `Σ(y₁ − p₁ m₁)(y₀ − p₀ m₀) / (M₁ M₀)`, the sum over those who are in the whole at both times. The variance of the change is
//! `V₁ + V₀` less twice that.
//!
//! Reference: Kish (1965), Survey Sampling, section 12.4 (overlapping samples).

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use polars::prelude::PolarsResult;
use rayon::prelude::*;

use super::{
    placed::Placed,
    plan::Measure,
    single::{Groups, Rows},
};
use crate::ids::Period;

/// Two periods, the later one first.
pub(in crate::compute) type Span = (Period, Period);

/// A part, its whole and the spans over which it is compared.
pub(in crate::compute) struct Compared {
    pub part: Measure,
    pub whole: Measure,
    pub spans: BTreeSet<Span>,
}

/// Sums over the persons who are in the whole, in the same area, at both times. Of each product the first is now, the second then.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(in crate::compute) struct Linked {
    /// So many persons.
    pub persons: i64,
    /// Σ y₁ y₀, in millionths.
    pub part_part: i128,
    /// Σ y₁ m₀, in millionths.
    pub part_whole: i128,
    /// Σ m₁ y₀, in millionths.
    pub whole_part: i128,
    /// Σ m₁ m₀, in millionths.
    pub whole_whole: i128,
}

/// The links of one part and its whole, over all areas and the spans asked for.
pub(in crate::compute) struct Links {
    /// For each span, by area; the municipality last.
    spans: BTreeMap<Span, Vec<Linked>>,
}

impl Links {
    /// The links of these parts and wholes; `persons`: the rows of one person in all periods.
    pub fn of(rows: &Rows, persons: &Groups, compared: &[Compared]) -> PolarsResult<Vec<Self>> {
        let rows = rows.in_order(persons)?;
        compared.par_iter().map(|one| Self::of_one(&rows, persons, one)).collect()
    }

    fn of_one(rows: &Rows, persons: &Groups, compared: &Compared) -> PolarsResult<Self> {
        let placed = &rows.placed;
        let (part, whole) = (rows.values(compared.part)?, rows.values(compared.whole)?);
        let number = |period: Period| placed.periods().binary_search(&period).ok();
        let mut spans: Vec<_> = compared
            .spans
            .iter()
            .filter_map(|span| Some((span, number(span.0)?, number(span.1)?)))
            .map(|(span, now, then)| (*span, now, then, vec![Linked::default(); placed.municipality() + 1]))
            .collect();
        for person in persons.iter().filter(|person| person.len() > 1) {
            let times = once_in_each(placed, person);
            for (_, now, then, sums) in &mut spans {
                let row = |period: usize| {
                    times.binary_search_by_key(&period, |time| time.0).ok().map(|at| times[at].1)
                };
                let (Some(now), Some(then)) = (row(*now), row(*then)) else { continue };
                let (Some(m1), Some(m0)) = (whole.of(now), whole.of(then)) else { continue };
                let (y1, y0) = (part.of(now).unwrap_or(0), part.of(then).unwrap_or(0));
                let one = Linked::person((y1, m1), (y0, m0));
                placed.places_of_both(now, then).for_each(|place| sums[place].add(&one));
            }
        }
        Ok(Self { spans: spans.into_iter().map(|(span, _, _, sums)| (span, sums)).collect() })
    }

    /// The sums of an area, or of the municipality (`None`); nothing for a span that is not compared.
    pub fn cell(&self, area: Option<usize>, now: Period, then: Period) -> Option<Linked> {
        let sums = self.spans.get(&(now, then))?;
        Some(area.map_or(sums[sums.len() - 1], |area| sums[area]))
    }
}

/// The periods in which a person has exactly one row, ascending, with that row. A person who is there twice at one time is
/// not linked: it could be either row.
fn once_in_each(placed: &Placed, person: Range<usize>) -> Vec<(usize, usize)> {
    let time = |row: usize| Some((placed.period(row)?, row));
    let mut times: Vec<(usize, usize)> = person.filter_map(time).collect();
    times.sort_unstable();
    let twice: Vec<usize> = times.windows(2).filter(|two| two[0].0 == two[1].0).map(|two| two[0].0).collect();
    times.retain(|(period, _)| !twice.contains(period));
    times
}

impl Linked {
    /// One person: part and whole now, and then.
    fn person((y1, m1): (i64, i64), (y0, m0): (i64, i64)) -> Self {
        let product = |now: i64, then: i64| i128::from(now) * i128::from(then);
        Self {
            persons: 1,
            part_part: product(y1, y0),
            part_whole: product(y1, m0),
            whole_part: product(m1, y0),
            whole_whole: product(m1, m0),
        }
    }

    fn add(&mut self, other: &Self) {
        self.persons += other.persons;
        self.part_part += other.part_part;
        self.part_whole += other.part_whole;
        self.whole_part += other.whole_part;
        self.whole_whole += other.whole_whole;
    }

    /// Σ(y₁ − p₁ m₁)(y₀ − p₀ m₀), in persons squared; `now` and `then` are the quotients p₁ and p₀.
    pub fn shared(&self, now: f64, then: f64) -> f64 {
        let sum = |sum: i128| sum as f64 / 1e6;
        sum(self.part_part) - then * sum(self.part_whole) - now * sum(self.whole_part)
            + now * then * sum(self.whole_whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_the_sum_of_products_of_residuals() {
        // Four heads: in the part at both times, now only, then only, never; p₁ = 0.5 and p₀ = 0.25.
        let heads = [(1000, 1000), (1000, 0), (0, 1000), (0, 0)];
        let mut linked = Linked::default();
        heads.iter().for_each(|(now, then)| linked.add(&Linked::person((*now, 1000), (*then, 1000))));
        let expected = 0.5 * 0.75 + 0.5 * -0.25 + -0.5 * 0.75 + -0.5 * -0.25;
        assert_eq!(linked.persons, 4);
        assert!((linked.shared(0.5, 0.25) - expected).abs() < 1e-12);
    }
}
