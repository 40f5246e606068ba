//! The finest sums there are of a source: of the rows of one period that lie in exactly the same areas (an *atom*). The sum of
//! every area, rest and difference of areas is made of them.

use std::collections::BTreeMap;

use super::{disclose::told::Counted, raw::Known};
use crate::ids::Period;

/// What is added up over one source, atom by atom.
pub(in crate::compute) struct Atoms {
    /// Ascending.
    pub periods: Vec<Period>,
    /// Of each atom the numbers of the areas that it lies in, as in [`super::raw::Index`], ascending; the municipality's last.
    /// Where rows are figures of areas, each area (and the municipality) is an atom by itself.
    pub places: Vec<Vec<u32>>,
    /// The rows are figures of areas: an area's figure tells nothing of its parts.
    pub by_key: bool,
    /// The number of each measure. What is the same for all rows has one number.
    pub measures: BTreeMap<Counted, usize>,
    /// By measure, period and atom, in thousandths; zero where there are no such rows.
    pub sums: Vec<Known<i128>>,
    /// The rows of every atom, by period and atom.
    pub rows: Vec<i64>,
    /// What holds for the measures in every atom.
    pub relations: Vec<Relation>,
}

/// A sum of measures, each so many times, that is zero in every atom of every period: children and adults are everybody.
pub(in crate::compute) type Relation = Vec<(usize, i64)>;

impl Atoms {
    /// The sum of a measure in one period and atom.
    pub fn sum(&self, measure: usize, period: usize, atom: usize) -> Known<i128> {
        self.sums[(measure * self.periods.len() + period) * self.places.len() + atom]
    }
}
