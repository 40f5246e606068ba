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
