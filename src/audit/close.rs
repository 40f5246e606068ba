//! Closes leaks: takes figures out until nothing protected is exposed, the least important first, and gives back what turns out
//! not to have been needed.
//!
//! The order of a model's figures is their importance. With a solver the whole attack decides, and what is not proven to stay
//! hidden counts as exposed; without one the cheap layers do, and what they do not prove narrow passes.

use std::collections::BTreeSet;

use super::{
    attack::{Limits, Verdict, attack},
    blame::{blame, part},
    components::Joined,
    lp::{Answer, Problem, Solver},
    model::{Contradiction, Interval, Model, Terms},
    narrow::{Found, narrow},
};

/// What came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closed {
    /// Figures that must not be published, in the order in which they were taken out.
    pub removed: Vec<usize>,
    /// Protected quantities that stay exposed: by figures that could not be taken out, or by what is known of the atoms.
    pub left: Vec<usize>,
}

/// Takes out figures until nothing is exposed.
///
/// # Errors
/// The publication contradicts itself.
pub fn close(
    model: &Model,
    removable: impl Fn(usize) -> bool,
    limits: &Limits,
    solver: Option<&dyn Solver>,
) -> Result<Closed, Contradiction> {
    let removable = (0..model.figures.len()).map(removable).collect();
    let mut closing =
        Closing { model, removable, limits, solver, out: BTreeSet::new(), hopeless: BTreeSet::new() };
    let mut order = Vec::new();
    let mut coarser = 1;
    let left: Vec<usize> = loop {
        let without = closing.without(&closing.out);
        let exposed = closing.exposed(&without)?;
        let mut more = closing.round(&without, &exposed);
        if more.is_empty() {
            more = closing.around_unproven(&without, &exposed, coarser);
            coarser *= 2;
        }
        if more.is_empty() {
            break exposed.iter().map(|exposed| exposed.protected).collect();
        }
        closing.out.extend(&more);
        order.extend(more);
    };
    let removed: Vec<usize> = closing.out.iter().copied().collect();
    closing.give_back(&removed, &left)?;
    order.retain(|figure| closing.out.contains(figure));
    let rest = closing.exposed(&closing.without(&closing.out))?;
    Ok(Closed { removed: order, left: rest.iter().map(|exposed| exposed.protected).collect() })
}

struct Closing<'a> {
    model: &'a Model,
    /// By figure.
    removable: Vec<bool>,
    limits: &'a Limits,
    solver: Option<&'a dyn Solver>,
    /// Figures that are taken out.
    out: BTreeSet<usize>,
    /// Protected quantities that figures which have to stay give away.
    hopeless: BTreeSet<usize>,
}

/// A protected quantity that is exposed, or (not proven) perhaps is.
struct Exposed {
    protected: usize,
    within: Interval,
    proven: bool,
}

impl Closing<'_> {
    /// The model without some figures.
    fn without(&self, figures: &BTreeSet<usize>) -> Model {
        let rows = self.model.rows.iter().filter(|row| !figures.contains(&row.figure)).cloned().collect();
        Model { rows, ..self.model.clone() }
    }

    fn exposed(&self, model: &Model) -> Result<Vec<Exposed>, Contradiction> {
        let Some(solver) = self.solver else {
            let found = narrow(model)?.found.into_iter().enumerate();
            let narrowed = found.filter(|(_, found)| found.exposed_by.is_some());
            let exposed = |(protected, found): (usize, Found)| Exposed {
                protected,
                within: found.within,
                proven: true,
            };
            return Ok(narrowed.map(exposed).collect());
        };
        let findings = attack(model, self.limits, solver)?.findings;
        let exposed = findings.iter().enumerate().filter(|(_, finding)| !finding.is_safe());
        let exposed = exposed.map(|(protected, finding)| {
            let proven = matches!(finding.verdict, Verdict::Leak(_));
            Exposed { protected, within: finding.within, proven }
        });
        Ok(exposed.collect())
    }

    /// The least important figure that takes part in exposing each quantity, unless what others are exposed by helps it too.
    fn round(&mut self, model: &Model, exposed: &[Exposed]) -> Vec<usize> {
        let mut more = Vec::new();
        for exposed in exposed.iter().filter(|exposed| exposed.proven) {
            if self.hopeless.contains(&exposed.protected) {
                continue;
            }
            let by = self.solver.unwrap_or(&NoSolver);
            let figures = blame(model, exposed.protected, exposed.within, self.limits, by);
            if figures.iter().any(|figure| more.contains(figure)) {
                continue;
            }
            match figures.into_iter().filter(|&figure| self.removable[figure]).max() {
                Some(least) => more.push(least),
                None => drop(self.hopeless.insert(exposed.protected)),
            }
        }
        more
    }

    /// So many of the least important figures that have to do with quantities of which nothing could be proven.
    fn around_unproven(&self, model: &Model, exposed: &[Exposed], many: usize) -> Vec<usize> {
        let unproven = exposed.iter().filter(|exposed| !exposed.proven);
        let terms = unproven.flat_map(|exposed| &model.protected[exposed.protected].terms);
        let mut near = Near::of(model, terms.map(|term| term.0));
        let rows = model.rows.iter().filter(|row| self.removable[row.figure] && near.has(&row.terms));
        let figures: BTreeSet<usize> = rows.map(|row| row.figure).collect();
        figures.into_iter().rev().take(many).collect()
    }

    /// Gives figures back, the most important first, as far as nothing more is exposed by it. Halves are tried where all at once
    /// are too many.
    fn give_back(&mut self, figures: &[usize], left: &[usize]) -> Result<(), Contradiction> {
        if figures.is_empty() {
            return Ok(());
        }
        let out: BTreeSet<usize> =
            self.out.iter().copied().filter(|figure| !figures.contains(figure)).collect();
        let with = self.without(&out);
        let back = with.rows.iter().filter(|row| figures.binary_search(&row.figure).is_ok());
        let mut near = Near::of(&with, back.flat_map(|row| row.terms.iter().map(|term| term.0)));
        let protected: Vec<usize> =
            (0..with.protected.len()).filter(|&at| near.has(&with.protected[at].terms)).collect();
        let around = part(&with, &protected, |row| near.has(&row.terms));
        if self.exposed(&around)?.iter().all(|exposed| left.contains(&protected[exposed.protected])) {
            self.out = out;
        } else if figures.len() > 1 {
            let (first, second) = figures.split_at(figures.len() / 2);
            self.give_back(first, left)?;
            self.give_back(second, left)?;
        }
        Ok(())
    }
}

/// What has to do with some atoms, however far.
struct Near {
    joined: Joined,
    groups: BTreeSet<usize>,
}

impl Near {
    fn of(model: &Model, atoms: impl Iterator<Item = usize>) -> Self {
        let mut joined = Joined::of(model.atoms.len());
        model.rows.iter().for_each(|row| joined.join_all(&row.terms));
        model.protected.iter().for_each(|protected| joined.join_all(&protected.terms));
        let groups = atoms.map(|atom| joined.root(atom)).collect();
        Self { joined, groups }
    }

    /// Is a sum of atoms among it?
    fn has(&mut self, terms: &Terms) -> bool {
        terms.first().is_some_and(|&(atom, _)| self.groups.contains(&self.joined.root(atom)))
    }
}

/// Solves nothing: what the cheap layers find is all.
struct NoSolver;

impl Solver for NoSolver {
    fn solve(&self, _: &Problem<'_>) -> Answer {
        Answer::Unfinished
    }

    fn proof(&self, _: &Problem<'_>, _: i128) -> Option<Vec<(usize, f64)>> {
        None
    }
}
