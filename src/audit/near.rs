//! Tables near one that is known: only unknowns around a quantity are moved, all others keep their values.
//!
//! Such programs are small however large the component is, and a table that fits is one whatever way it was found. What they do not
//! find proves nothing. The other way round, what the rows around a quantity do not allow is not possible with all rows either.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    components::Component,
    lp::{Answer, Problem, Solver},
    model::{Interval, Row, Terms, sum},
};

/// Terms of a row that is left out of a bound where it leads beyond the atoms around.
const LONG: usize = 200;

/// What is known around a quantity: atoms are numbered anew.
struct Around {
    bounds: Vec<Interval>,
    rows: Vec<Row>,
    /// Of each row its number in the component.
    numbers: Vec<usize>,
    objective: Terms,
}

impl Around {
    fn problem(&self, largest: bool) -> Problem<'_> {
        let Self { bounds, rows, objective, .. } = self;
        Problem { bounds, rows, objective, asked: Interval::ANY, largest, whole: false }
    }
}

/// The rows of each atom of a component.
pub(super) struct Near<'a> {
    component: &'a Component,
    rows_of: Vec<Vec<usize>>,
}

impl<'a> Near<'a> {
    pub fn of(component: &'a Component) -> Self {
        let mut rows_of = vec![Vec::new(); component.atoms.len()];
        for (at, row) in component.rows.iter().enumerate() {
            row.terms.iter().for_each(|&(atom, _)| rows_of[atom].push(at));
        }
        Self { component, rows_of }
    }

    /// A table near another in which a sum is as small or as large as it can be there.
    pub fn end(
        &self,
        solver: &dyn Solver,
        terms: &Terms,
        table: &[i128],
        [largest, whole]: [bool; 2],
        moved: usize,
    ) -> Option<Vec<i128>> {
        let free = self.around(terms, moved);
        let place: HashMap<usize, usize> = free.iter().enumerate().map(|(at, &atom)| (atom, at)).collect();
        let within = |terms: &Terms| -> Terms {
            terms.iter().filter_map(|&(atom, by)| Some((*place.get(&atom)?, by))).collect()
        };
        let mut touched: Vec<usize> =
            free.iter().flat_map(|&atom| self.rows_of[atom].iter().copied()).collect();
        touched.sort_unstable();
        touched.dedup();
        let rows: Vec<Row> = touched
            .into_iter()
            .map(|at| {
                let row = &self.component.rows[at];
                let own = within(&row.terms);
                let own_sum: i128 = own.iter().map(|&(at, by)| by * table[free[at]]).sum();
                let others = sum(&row.terms, table) - own_sum;
                let bounds = row.bounds.plus(Interval::closed(-others, -others));
                Row { terms: own, bounds, figure: row.figure }
            })
            .collect();
        let bounds: Vec<Interval> = free.iter().map(|&atom| self.component.bounds[atom]).collect();
        let objective = within(terms);
        let problem = Problem {
            bounds: &bounds,
            rows: &rows,
            objective: &objective,
            asked: Interval::ANY,
            largest,
            whole,
        };
        let (Answer::Best(_, values) | Answer::Some(values)) = solver.solve(&problem) else { return None };
        let mut moved = table.to_vec();
        free.iter().zip(values).for_each(|(&atom, value)| moved[atom] = value);
        Some(moved)
    }

    /// The least or the largest value of a sum as far as rows around it tell, with fractions: nothing beyond is possible.
    pub fn bound(&self, solver: &dyn Solver, terms: &Terms, largest: bool, atoms: usize) -> Option<f64> {
        match solver.solve(&self.rows_around(terms, atoms).problem(largest)) {
            Answer::Best(value, _) => Some(value),
            _ => None,
        }
    }

    /// Rows around a sum, so many times each, that prove it to be at most (`largest`) or at least a number.
    pub fn proof(
        &self,
        solver: &dyn Solver,
        terms: &Terms,
        (end, largest): (i128, bool),
        atoms: usize,
    ) -> Option<Vec<(usize, f64)>> {
        let around = self.rows_around(terms, atoms);
        let proof = solver.proof(&around.problem(largest), end)?;
        Some(proof.into_iter().map(|(row, times)| (around.numbers[row], times)).collect())
    }

    /// The rows of atoms around a sum, with the atoms that they lead to beyond.
    fn rows_around(&self, terms: &Terms, atoms: usize) -> Around {
        let inner = self.around(terms, atoms);
        let mut numbers: Vec<usize> =
            inner.iter().flat_map(|&atom| self.rows_of[atom].iter().copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let is_inner: HashSet<usize> = inner.iter().copied().collect();
        let short = |&row: &usize| {
            let terms = &self.component.rows[row].terms;
            terms.len() <= LONG || terms.iter().all(|(atom, _)| is_inner.contains(atom))
        };
        numbers.retain(short);
        let mut all = inner;
        let terms_of = |&row: &usize| self.component.rows[row].terms.iter().map(|&(atom, _)| atom);
        let outer = numbers.iter().flat_map(terms_of).filter(|atom| !is_inner.contains(atom));
        all.extend(outer.collect::<BTreeSet<_>>());
        let place: HashMap<usize, usize> = all.iter().enumerate().map(|(at, &atom)| (atom, at)).collect();
        let within = |terms: &Terms| terms.iter().map(|&(atom, by)| (place[&atom], by)).collect::<Terms>();
        let row = |&at: &usize| &self.component.rows[at];
        let rows = numbers.iter().map(row).map(|row| Row { terms: within(&row.terms), ..row.clone() });
        Around {
            rows: rows.collect(),
            bounds: all.iter().map(|&atom| self.component.bounds[atom]).collect(),
            objective: within(terms),
            numbers,
        }
    }

    /// So many atoms around a sum, nearest first, over short rows before long ones.
    fn around(&self, terms: &Terms, most: usize) -> Vec<usize> {
        let mut free: Vec<usize> = terms.iter().map(|&(atom, _)| atom).collect();
        let mut seen: HashSet<usize> = free.iter().copied().collect();
        let mut at = 0;
        while let Some(&atom) = free.get(at) {
            at += 1;
            let mut rows = self.rows_of[atom].clone();
            rows.sort_by_key(|&row| self.component.rows[row].terms.len());
            for &(next, _) in rows.iter().flat_map(|&row| self.component.rows[row].terms.iter().take(most)) {
                if free.len() >= most.max(terms.len()) {
                    return free;
                }
                if seen.insert(next) {
                    free.push(next);
                }
            }
        }
        free
    }
}
