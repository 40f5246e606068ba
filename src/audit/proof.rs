//! Why a quantity is exposed, by linear programming: the sum that is known and holds it down.
//!
//! A hidden number is at most what is known of a sum that has it, if all else in the sum is zero or more: three who are children or
//! old, none of which is told, are at most three children. Such a sum follows from what is published in ever so many ways; what must
//! be prevented is that it does at all.

use std::{collections::BTreeMap, ops::RangeInclusive};

use super::{
    components::Component,
    lp::Solver,
    model::{Interval, Model, Terms},
    near::Near,
};

/// Atoms around a quantity of which the rows are asked: few first, since most of what is exposed is so by its neighbours.
const AROUND: [usize; 4] = [40, 160, 640, 2_560];

/// Weights of a proof are whole numbers, so many times.
const MULTIPLES: RangeInclusive<u32> = 1..=12;

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

    /// A sum that is known exactly and holds the quantity down to the end of its interval (or up, if that has no other end);
    /// `None` if more than one sum does it together.
    pub fn sum(&self, protected: usize, within: Interval) -> Option<Terms> {
        let end = within.hi.map(|hi| (hi, true)).or(within.lo.map(|lo| (lo, false)))?;
        let proof = self.proof(&self.model.protected[protected].terms, end)?;
        let exact = |row: &usize| self.model.rows[*row].bounds.only().is_some();
        let rows: Vec<(usize, f64)> = proof.into_iter().filter(|(row, _)| exact(row)).collect();
        let mut sum: BTreeMap<usize, i128> = BTreeMap::new();
        for (row, times) in whole_numbers(&rows)? {
            let terms = &self.model.rows[row].terms;
            terms.iter().for_each(|&(atom, by)| *sum.entry(atom).or_default() += by * times);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{
        lp::Simplex,
        model::{Atom, Protected, Row},
    };

    const CHILDREN: usize = 0;
    const ADULTS: usize = 1;
    const OLD: usize = 2;
    const ELSEWHERE: usize = 3;

    /// Twelve live in an overlap, nine of them adults, told by way of the 20 adults there and elsewhere and the eleven elsewhere.
    fn overlap() -> Model {
        let atom = |name: &str| Atom { name: name.into(), bounds: Interval { lo: Some(0), hi: None } };
        let row = |figure, terms: &[usize], is| Row {
            terms: terms.iter().map(|&atom| (atom, 1)).collect(),
            bounds: Interval::closed(is, is),
            figure,
        };
        let quantity = |atom| Protected {
            id: "few".into(),
            terms: vec![(atom, 1)],
            width: 4,
            reach: Some(5),
            hidden_by: None,
        };
        Model {
            atoms: ["children", "adults", "old", "adults elsewhere"].map(atom).to_vec(),
            named: 4,
            figures: Vec::new(),
            rows: vec![
                row(0, &[CHILDREN, ADULTS, OLD], 12),
                row(1, &[ADULTS, ELSEWHERE], 20),
                row(2, &[ELSEWHERE], 11),
            ],
            protected: vec![quantity(CHILDREN), quantity(OLD)],
        }
    }

    #[test]
    fn three_who_are_children_or_old_are_the_sum_that_holds_the_children_down() {
        let (model, solver) = (overlap(), Simplex { nodes: 100 });
        let component = whole(&model);
        let proofs = Proofs::new(&model, &component, &solver);
        let within = Interval::closed(0, 3);
        assert_eq!(proofs.sum(0, within), Some(vec![(CHILDREN, 1), (OLD, 1)]));
    }

    #[test]
    fn what_is_not_known_has_no_proof() {
        let (model, solver) = (overlap(), Simplex { nodes: 100 });
        let component = whole(&model);
        let proofs = Proofs::new(&model, &component, &solver);
        assert_eq!(proofs.sum(0, Interval::closed(0, 2)), None, "three can be children");
    }
}
