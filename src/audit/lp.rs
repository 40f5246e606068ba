//! Linear programming behind a small trait: the least or largest value that a quantity can have, with a table that has it.

use microlp::{
    ComparisonOp, Error, OptimizationDirection, SolutionStatus, SolveOptions, SolveOutcome, Variable,
};

use super::model::{Interval, Row, Terms};

/// What to find.
pub struct Problem<'a> {
    /// What is known of each unknown.
    pub bounds: &'a [Interval],
    /// What is known of sums.
    pub rows: &'a [Row],
    /// The quantity.
    pub objective: &'a Terms,
    /// What more is asked of the quantity itself.
    pub asked: Interval,
    /// Its largest value, not its least.
    pub largest: bool,
    /// In whole numbers only.
    pub whole: bool,
}

/// What was found.
#[derive(Debug)]
pub enum Answer {
    /// The best value: nothing better is possible. The table is rounded to whole numbers; whether it then still fits is to be
    /// checked.
    Best(f64, Vec<i128>),
    /// A table, but perhaps not the best.
    Some(Vec<i128>),
    /// There is no end to it.
    Unbounded,
    /// No table fits.
    Impossible,
    /// Not found out within the limit, or not with the accuracy of the solver.
    Unfinished,
}

/// A solver.
pub trait Solver {
    /// Solves one problem.
    fn solve(&self, problem: &Problem<'_>) -> Answer;

    /// Why a quantity is at most, or at least, a number: rows that, so many times each, add up to the quantity and to what is
    /// zero or more (or taken from it). Of all such proofs one with as little beside the quantity as can be. `None` if there is
    /// none, or it was not found; `asked` and `whole` are left aside.
    fn proof(&self, problem: &Problem<'_>, end: i128) -> Option<Vec<(usize, f64)>>;
}

/// `microlp`: simplex, with branch and bound for whole numbers.
pub struct Simplex {
    /// Nodes of branch and bound after which it stops: a number and not a time, so that a result is the same on any machine.
    pub nodes: u64,
}

impl Solver for Simplex {
    fn solve(&self, problem: &Problem<'_>) -> Answer {
        let direction = match problem.largest {
            true => OptimizationDirection::Maximize,
            false => OptimizationDirection::Minimize,
        };
        let mut program = microlp::Problem::new(direction);
        let mut weights = vec![0.0; problem.bounds.len()];
        problem.objective.iter().for_each(|&(atom, by)| weights[atom] = by as f64);
        let variables: Vec<Variable> = problem
            .bounds
            .iter()
            .zip(&weights)
            .map(|(&bounds, &weight)| variable(&mut program, bounds, weight, problem.whole))
            .collect();
        for row in problem.rows {
            constrain(&mut program, &variables, &row.terms, row.bounds);
        }
        if problem.asked != Interval::ANY {
            constrain(&mut program, &variables, problem.objective, problem.asked);
        }
        let mut options = SolveOptions::default();
        options.node_limit = Some(self.nodes);
        match program.solve_with(options) {
            Ok(SolveOutcome::Solution(solution)) => {
                let table =
                    variables.iter().map(|&variable| solution.var_value(variable).round() as i128).collect();
                match solution.status() {
                    SolutionStatus::Optimal => Answer::Best(solution.objective(), table),
                    _ => Answer::Some(table),
                }
            }
            Ok(SolveOutcome::Interrupted(_)) => Answer::Unfinished,
            Err(Error::Unbounded) => Answer::Unbounded,
            Err(Error::Infeasible) => Answer::Impossible,
            Err(_) => Answer::Unfinished,
        }
    }

    /// By the dual program, of which the objective is a bound here: what is least is what the proof has beside the quantity.
    fn proof(&self, problem: &Problem<'_>, end: i128) -> Option<Vec<(usize, f64)>> {
        let sign = if problem.largest { 1.0 } else { -1.0 };
        let mut program = microlp::Problem::new(OptimizationDirection::Minimize);
        let mut columns: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); problem.bounds.len()];
        let mut said: Vec<(Variable, f64)> = Vec::new();
        let mut weights: Vec<(usize, Variable, f64)> = Vec::new();
        for (at, row) in problem.rows.iter().enumerate() {
            let cost = if row.bounds.only().is_some() { EXACT } else { 1.0 };
            for (weight, side, at_most) in sides(&mut program, row.bounds, cost) {
                row.terms.iter().for_each(|&(atom, by)| columns[atom].push((weight, side * by as f64)));
                said.push((weight, at_most));
                weights.push((at, weight, side));
            }
        }
        for (column, &bounds) in columns.iter_mut().zip(problem.bounds) {
            for (weight, side, at_most) in sides(&mut program, bounds, 1.0) {
                column.push((weight, side));
                said.push((weight, at_most));
            }
        }
        let mut wanted = vec![0.0; problem.bounds.len()];
        problem.objective.iter().for_each(|&(atom, by)| wanted[atom] = sign * by as f64);
        for (column, wanted) in columns.iter().zip(wanted) {
            program.add_constraint(column, ComparisonOp::Eq, wanted);
        }
        let slack = 1e-6 + end.abs() as f64 * 1e-9;
        program.add_constraint(&said, ComparisonOp::Le, sign * end as f64 + slack);
        let Ok(SolveOutcome::Solution(solution)) = program.solve_with(SolveOptions::default()) else {
            return None;
        };
        let mut sum = vec![0.0; problem.rows.len()];
        weights.into_iter().for_each(|(row, weight, side)| sum[row] += side * solution.var_value(weight));
        Some(sum.into_iter().enumerate().filter(|(_, weight)| weight.abs() > WEIGHT).collect())
    }
}

/// A smaller weight is the arithmetic's.
const WEIGHT: f64 = 1e-6;

/// What a row that is known exactly costs a proof: of two that have as little beside the quantity the shorter is better.
const EXACT: f64 = 1e-3;

/// For each end of a sum its weight in a proof, the sign of the terms, and what the end says.
fn sides(program: &mut microlp::Problem, bounds: Interval, cost: f64) -> Vec<(Variable, f64, f64)> {
    let ends = [(bounds.hi, 1.0), (bounds.lo, -1.0)];
    let end = |(end, side): (Option<i128>, f64)| Some((end? as f64 * side, side));
    let mut side = |(at_most, side)| (program.add_var(cost, (0.0, f64::INFINITY)), side, at_most);
    ends.into_iter().filter_map(end).map(&mut side).collect()
}

/// An unknown. The solver takes whole numbers of 32 bits: one without an end gets that end (a bound that is too narrow can only
/// make a leak of what is none), one known to be able to go beyond is left free to be a fraction.
fn variable(program: &mut microlp::Problem, bounds: Interval, weight: f64, whole: bool) -> Variable {
    let narrow = |end: Option<i128>| end.and_then(|end| i32::try_from(end).ok());
    match (narrow(bounds.lo), narrow(bounds.hi.or(Some(i32::MAX.into())))) {
        (Some(lo), Some(hi)) if whole => program.add_integer_var(weight, (lo, hi)),
        _ => {
            let lo = bounds.lo.map_or(f64::NEG_INFINITY, |lo| lo as f64);
            program.add_var(weight, (lo, bounds.hi.map_or(f64::INFINITY, |hi| hi as f64)))
        }
    }
}

fn constrain(program: &mut microlp::Problem, variables: &[Variable], terms: &Terms, bounds: Interval) {
    let sum: Vec<(Variable, f64)> = terms.iter().map(|&(atom, by)| (variables[atom], by as f64)).collect();
    match (bounds.only(), bounds.lo, bounds.hi) {
        (Some(only), _, _) => program.add_constraint(&sum, ComparisonOp::Eq, only as f64),
        (None, lo, hi) => {
            if let Some(lo) = lo {
                program.add_constraint(&sum, ComparisonOp::Ge, lo as f64);
            }
            if let Some(hi) = hi {
                program.add_constraint(&sum, ComparisonOp::Le, hi as f64);
            }
        }
    }
}
