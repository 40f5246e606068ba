//! Why a quantity is exposed, by linear programming: the figures that prove it, and the sum that is known and holds it down.
//!
//! A hidden number is at most what is known of a sum that has it, if all else in the sum is zero or more: three who are children or
//! old, none of which is told, are at most three children. Such a sum follows from what is published in ever so many ways; what must
//! be prevented is that it does at all.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    components::Component,
    lp::Solver,
    model::{Interval, Model, Terms},
    near::Near,
};

/// Atoms around a quantity of which the rows are asked: few first, since most of what is exposed is so by its neighbours.
const AROUND: [usize; 4] = [40, 160, 640, 2_560];

/// Weights of a proof are whole numbers, so many times.
const MULTIPLES: std::ops::RangeInclusive<u32> = 1..=12;

/// What a weight may be beside a whole number.
const ROUNDING: f64 = 1e-4;

/// A model as one component of which nothing is known yet.
pub fn whole(model: &Model) -> Component {
    let atoms = (0..model.atoms.len()).collect();
    Component { atoms, bounds: model.bounds(), rows: model.rows.clone(), protected: Vec::new() }
}

/// Where proofs are looked for.
pub struct Proofs<'a> {
    model: &'a Model,
    near: Near<'a>,
    solver: &'a dyn Solver,
}

impl<'a> Proofs<'a> {
    /// `component`: the model as a [`whole`].
    pub fn new(model: &'a Model, component: &'a Component, solver: &'a dyn Solver) -> Self {
        Self { model, near: Near::of(component), solver }
    }

    /// Figures that prove a quantity to lie in an interval.
    pub fn figures(&self, protected: usize, within: Interval) -> Option<BTreeSet<usize>> {
        let terms = &self.model.protected[protected].terms;
        let ends = [(within.lo, false), (within.hi, true)];
        let ends = ends.into_iter().filter_map(|(end, largest)| Some((end?, largest)));
        let proofs: Option<Vec<_>> = ends.map(|end| self.proof(terms, end)).collect();
        let rows = proofs?.into_iter().flatten();
        Some(rows.map(|(row, _)| self.model.rows[row].figure).collect())
    }

    /// A sum that is known exactly and holds the quantity down to the end of its interval (or up, if that has no other end);
    /// `None` if more than one sum does it together.
    pub fn sum(&self, protected: usize, within: Interval) -> Option<Terms> {
        let quantity = &self.model.protected[protected];
        let end = within.hi.map(|hi| (hi, true)).or(within.lo.map(|lo| (lo, false)))?;
        let proof = self.proof(&quantity.terms, end)?;
        let exact = |row: &usize| self.model.rows[*row].bounds.only().is_some();
        let rows: Vec<(usize, f64)> = proof.into_iter().filter(|(row, _)| exact(row)).collect();
        let mut sum: BTreeMap<usize, i128> = BTreeMap::new();
        for (row, times) in whole_numbers(&rows)? {
            self.model.rows[row]
                .terms
                .iter()
                .for_each(|&(atom, by)| *sum.entry(atom).or_default() += by * times);
        }
        let terms: Terms = sum.into_iter().filter(|(_, by)| *by != 0).collect();
        (!terms.is_empty()).then_some(terms)
    }

    fn proof(&self, terms: &Terms, end: (i128, bool)) -> Option<Vec<(usize, f64)>> {
        let all = self.model.atoms.len();
        let sizes = AROUND.into_iter().take_while(|size| *size < all).chain([all]);
        sizes.take(AROUND.len()).find_map(|atoms| self.near.proof(self.solver, terms, end, atoms))
    }
}

/// Weights as whole numbers, all so many times.
fn whole_numbers(weights: &[(usize, f64)]) -> Option<Vec<(usize, i128)>> {
    let is_whole = |weight: f64| (weight - weight.round()).abs() < ROUNDING;
    let times =
        MULTIPLES.map(f64::from).find(|times| weights.iter().all(|(_, weight)| is_whole(weight * times)))?;
    Some(weights.iter().map(|(row, weight)| (*row, (weight * times).round() as i128)).collect())
}
