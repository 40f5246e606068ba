//! What gave a quantity away: a set of published figures that alone give the same interval, of which none can be left out.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    attack::{Limits, attack},
    lp::Solver,
    model::{Interval, Model, Protected, Row},
    reasons::reasons,
};

/// Attacks that are made at most to find the figures that matter.
const ATTEMPTS: usize = 400;

/// Figures beyond which none is tried to be left out.
const FIGURES: usize = 400;

/// The figures, by number. If there are too many to tell, all from which the interval follows.
pub fn blame(
    model: &Model,
    protected: usize,
    within: Interval,
    limits: &Limits,
    solver: &dyn Solver,
) -> Vec<usize> {
    let mut trial = Trial { model, protected, within, limits, solver, left: ATTEMPTS };
    let mut figures = trial.suspects().unwrap_or_else(|| trial.near());
    if figures.len() > FIGURES {
        return figures;
    }
    let around = part(model, &[protected], |row| figures.binary_search(&row.figure).is_ok());
    let mut trial = Trial { model: &around, protected: 0, ..trial };
    let mut size = figures.len().div_ceil(2);
    while size > 0 && trial.left > 0 {
        let mut at = 0;
        while at < figures.len() {
            let without: Vec<usize> = figures
                .iter()
                .enumerate()
                .filter(|(i, _)| !(at..at + size).contains(i))
                .map(|(_, &f)| f)
                .collect();
            if trial.gives(&without) { figures = without } else { at += size }
        }
        size /= 2;
    }
    figures
}

struct Trial<'a> {
    model: &'a Model,
    protected: usize,
    within: Interval,
    limits: &'a Limits,
    solver: &'a dyn Solver,
    left: usize,
}

impl Trial<'_> {
    /// Figures by which propagation narrowed the quantity, if they are enough.
    fn suspects(&mut self) -> Option<Vec<usize>> {
        let rows = reasons(self.model, &self.model.protected[self.protected].terms)?;
        let figures: BTreeSet<usize> = rows.into_iter().map(|row| self.model.rows[row].figure).collect();
        let figures: Vec<usize> = figures.into_iter().collect();
        self.gives(&figures).then_some(figures)
    }

    /// Figures around the quantity that are enough: first by short rows only, since a total of everything leads everywhere.
    fn near(&mut self) -> Vec<usize> {
        let longest = self.model.rows.iter().map(|row| row.terms.len()).max().unwrap_or(0);
        let mut most = 4;
        while most < longest {
            if let Ok(figures) = self.steps(most, FIGURES) {
                return figures;
            }
            most *= 4;
        }
        self.steps(longest, usize::MAX).unwrap_or_else(|all| all)
    }

    /// Figures around the quantity, by rows of so many terms, one step further until they are enough; those that were reached
    /// if they are not, or too many.
    fn steps(&mut self, most: usize, many: usize) -> Result<Vec<usize>, Vec<usize>> {
        let mut atoms = vec![false; self.model.atoms.len()];
        self.model.protected[self.protected].terms.iter().for_each(|&(atom, _)| atoms[atom] = true);
        let mut before = 0;
        loop {
            let near = |row: &&Row| row.terms.len() <= most && row.terms.iter().any(|&(atom, _)| atoms[atom]);
            let figures: BTreeSet<usize> =
                self.model.rows.iter().filter(near).map(|row| row.figure).collect();
            let all: Vec<usize> = figures.iter().copied().collect();
            if all.len() > many {
                return Err(all);
            }
            if self.gives(&all) {
                return Ok(all);
            }
            if all.len() == before {
                return Err(all);
            }
            before = all.len();
            let told =
                self.model.rows.iter().filter(|row| row.terms.len() <= most && figures.contains(&row.figure));
            told.flat_map(|row| &row.terms).for_each(|&(atom, _)| atoms[atom] = true);
        }
    }

    /// Do these figures alone give the interval?
    fn gives(&mut self, figures: &[usize]) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let model = part(self.model, &[self.protected], |row| figures.binary_search(&row.figure).is_ok());
        let report = attack(&model, self.limits, self.solver);
        report.is_ok_and(|report| report.findings.iter().all(|finding| self.within.covers(finding.within)))
    }
}

/// The model of some rows and protected quantities, with the atoms of these only.
pub(super) fn part(model: &Model, protected: &[usize], mut near: impl FnMut(&Row) -> bool) -> Model {
    let mut rows: Vec<Row> = model.rows.iter().filter(|row| near(row)).cloned().collect();
    let mut protected: Vec<Protected> = protected.iter().map(|&at| model.protected[at].clone()).collect();
    let all = rows.iter().map(|row| &row.terms).chain(protected.iter().map(|protected| &protected.terms));
    let atoms: BTreeSet<usize> = all.flatten().map(|&(atom, _)| atom).collect();
    let place: BTreeMap<usize, usize> =
        atoms.iter().enumerate().map(|(place, &atom)| (atom, place)).collect();
    let terms = rows.iter_mut().map(|row| &mut row.terms);
    for term in terms.chain(protected.iter_mut().map(|protected| &mut protected.terms)).flatten() {
        term.0 = place[&term.0];
    }
    let atoms = atoms.iter().map(|&atom| model.atoms[atom].clone()).collect();
    Model { atoms, named: place.len(), figures: Vec::new(), rows, protected }
}
