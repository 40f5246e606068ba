//! The attack: every protected quantity through all layers, cheap to dear.
//!
//! Narrow is a leak, proven by bounds outside of which nothing is possible. Safe is proven only by two whole tables that fit every
//! row and differ by enough; what is neither counts as unsafe.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use super::{
    components::Component,
    lp::Solver,
    model::{Contradiction, Interval, Model, sum},
    narrow::{Found, Layer, Narrowed, narrow},
    near::Near,
    propagate::propagate,
    solve::Search,
};

/// How far the attack goes. Numbers and no times: a result is the same on any machine.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A component with more atoms is not solved whole.
    pub atoms: usize,
    /// A component with more rows is not solved whole.
    pub rows: usize,
    /// In a component with more atoms no table is looked for at all.
    pub near_atoms: usize,
    /// In a component with more rows no table is looked for at all.
    pub near_rows: usize,
    /// Solve for the exact interval also of what is proven to be hidden.
    pub every_interval: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { atoms: 10_000, rows: 10_000, near_atoms: 30_000, near_rows: 30_000, every_interval: false }
    }
}

/// Atoms that are moved around a quantity while all others keep their values: few first.
const NEAR: [usize; 3] = [60, 240, 900];

/// Atoms around a quantity whose rows are asked where the component is too large to be solved whole.
const AROUND: usize = 300;

/// Two tables that both give the publication. Only the atoms of the quantity's component: others do not change it.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The model's atoms.
    pub atoms: Rc<Vec<usize>>,
    /// Their values with the quantity low, and with it high.
    pub tables: [Rc<Vec<i128>>; 2],
}

/// What came out for a protected quantity.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// It stays hidden.
    Safe(Proof),
    /// It can be narrowed too far, by this layer first.
    Leak(Layer),
    /// Neither is proven within the limits: it counts as unsafe.
    Unfinished,
}

/// What was found out about a protected quantity.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Nothing outside is possible.
    pub within: Interval,
    /// Whole tables were found with these values: the least and the largest.
    pub met: Option<(i128, i128)>,
    /// The verdict.
    pub verdict: Verdict,
}

impl Finding {
    /// Is its interval known exactly?
    pub fn is_exact(&self) -> bool {
        let met = self.met.map(|(low, high)| Interval::closed(low, high));
        self.within.only().is_some() || met == Some(self.within)
    }

    /// Is it proven to stay hidden?
    pub fn is_safe(&self) -> bool {
        matches!(self.verdict, Verdict::Safe(_))
    }
}

/// What came out.
#[derive(Debug)]
pub struct Report {
    /// For each protected quantity of the model.
    pub findings: Vec<Finding>,
    /// A table of all atoms that fits, where one was found for every component.
    pub table: Option<Vec<i128>>,
}

impl Report {
    /// Two tables of all atoms that prove a quantity safe, where a table of everything else was found.
    pub fn pair(&self, protected: usize) -> Option<[Vec<i128>; 2]> {
        let Verdict::Safe(proof) = &self.findings[protected].verdict else { return None };
        let mut pair = [self.table.clone()?, self.table.clone()?];
        for (whole, own) in pair.iter_mut().zip(&proof.tables) {
            proof.atoms.iter().zip(own.iter()).for_each(|(&atom, &value)| whole[atom] = value);
        }
        Some(pair)
    }

    /// Takes back what is safe by tables that do not fit the whole: sums were found to follow from others modulo a prime only.
    fn check(&mut self, model: &Model) {
        let Some(table) = &self.table else { return };
        let mut whole = Whole::of(model, table);
        for finding in &mut self.findings {
            let Verdict::Safe(proof) = &finding.verdict else { continue };
            if !proof.tables.iter().all(|own| whole.fits_with(&proof.atoms, own)) {
                finding.verdict = Verdict::Unfinished;
            }
        }
    }
}

/// A table of all atoms, to be changed in one component at a time: only rows of changed atoms are made anew.
struct Whole<'a> {
    model: &'a Model,
    table: &'a [i128],
    /// For each atom its rows and its coefficients in them.
    rows_of: Vec<Vec<(usize, i128)>>,
    sums: Vec<i128>,
    fits: bool,
    /// Tables found to fit: many quantities share them. They live as long as the findings.
    fitting: HashSet<*const Vec<i128>>,
}

impl<'a> Whole<'a> {
    fn of(model: &'a Model, table: &'a [i128]) -> Self {
        let mut rows_of = vec![Vec::new(); model.atoms.len()];
        for (at, row) in model.rows.iter().enumerate() {
            row.terms.iter().for_each(|&(atom, by)| rows_of[atom].push((at, by)));
        }
        let sums = model.rows.iter().map(|row| sum(&row.terms, table)).collect();
        Self { model, table, rows_of, sums, fits: model.allows(table), fitting: HashSet::new() }
    }

    /// Does the table fit with other values of some atoms?
    fn fits_with(&mut self, atoms: &[usize], values: &Rc<Vec<i128>>) -> bool {
        if !self.fits || self.fitting.contains(&Rc::as_ptr(values)) {
            return self.fits;
        }
        let mut moved: HashMap<usize, i128> = HashMap::new();
        for (&atom, &value) in atoms.iter().zip(values.iter()) {
            let by = value - self.table[atom];
            for &(row, times) in self.rows_of[atom].iter().filter(|_| by != 0) {
                *moved.entry(row).or_insert(0) += by * times;
            }
        }
        let holds = |(&row, by): (&usize, &i128)| self.model.rows[row].bounds.holds(self.sums[row] + by);
        let bounds = |(&atom, &value): (&usize, &i128)| self.model.atoms[atom].bounds.holds(value);
        let fits = moved.iter().all(holds) && atoms.iter().zip(values.iter()).all(bounds);
        if fits {
            self.fitting.insert(Rc::as_ptr(values));
        }
        fits
    }
}

/// Attacks a publication.
///
/// # Errors
/// The publication contradicts itself.
pub fn attack(model: &Model, limits: &Limits, solver: &dyn Solver) -> Result<Report, Contradiction> {
    let Narrowed { found, components } = narrow(model)?;
    let bounds = propagate(model.bounds(), &model.rows)?;
    let mut table: Vec<Option<i128>> = bounds.iter().map(|bounds| bounds.only()).collect();
    let mut findings: Vec<Finding> = found.iter().map(without_solving).collect();
    for component in &components {
        let is_within = |atoms, rows| component.atoms.len() <= atoms && component.rows.len() <= rows;
        let whole = is_within(limits.atoms, limits.rows);
        if !whole && !is_within(limits.near_atoms, limits.near_rows) {
            continue;
        }
        let atoms = Rc::new(component.atoms.clone());
        let mut search = Search::new(model, component, solver);
        search.any()?;
        let near = Near::of(component);
        for (at, part) in component.protected.iter().enumerate() {
            let mut known = found[part.protected];
            for moved in NEAR.into_iter().filter(|_| known.exposed_by.is_none()) {
                search.near(at, &near, moved);
            }
            if whole {
                search.ends(at, &mut known, limits.every_interval)?;
            } else if known.exposed_by.is_none() && !search.is_hidden(at) {
                search.around(at, &near, AROUND, &mut known);
            }
            findings[part.protected] = without_solving(&known);
        }
        conclude(&search, component, &atoms, &mut findings);
        if let Some(any) = search.tables.any() {
            component.atoms.iter().zip(any.iter()).for_each(|(&atom, &value)| table[atom] = Some(value));
        }
    }
    let mut report = Report { findings, table: table.into_iter().collect() };
    report.check(model);
    Ok(report)
}

fn without_solving(found: &Found) -> Finding {
    let verdict = found.exposed_by.map_or(Verdict::Unfinished, Verdict::Leak);
    Finding { within: found.within, met: None, verdict }
}

/// Takes in the tables that were met: also those met for the sake of another quantity.
fn conclude(search: &Search<'_>, component: &Component, atoms: &Rc<Vec<usize>>, findings: &mut [Finding]) {
    for (at, part) in component.protected.iter().enumerate() {
        let finding = &mut findings[part.protected];
        finding.met = search.tables.values(at);
        let Some(tables) = search.tables.pair(at).filter(|_| search.is_hidden(at)) else { continue };
        // Proven narrow and proven wide at once would be an error of the solver: the leak stands.
        if matches!(finding.verdict, Verdict::Unfinished) {
            finding.verdict = Verdict::Safe(Proof { atoms: atoms.clone(), tables });
        }
    }
}
