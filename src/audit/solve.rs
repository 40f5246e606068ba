//! The dear layers: the exact ends of what a protected quantity of one component can be, and whole tables that have them.
//!
//! Every table found is kept for all quantities of the component: most need no program of their own.

use std::rc::Rc;

use super::{
    components::{Component, Part},
    lp::{Answer, Problem, Solver},
    model::{Contradiction, Interval, Model, sum},
    narrow::{Found, Layer, tighten},
    near::Near,
};

/// The solver's answers are taken so much wider than they are: an end is not cut off by its arithmetic.
fn tolerance(value: f64) -> f64 {
    1e-6 + value.abs() * 1e-9
}

/// What is left by an end that the solver found.
fn beyond(value: f64, largest: bool) -> Interval {
    match largest {
        true => Interval { lo: None, hi: Some((value + tolerance(value)).floor() as i128) },
        false => Interval { lo: Some((value - tolerance(value)).ceil() as i128), hi: None },
    }
}

/// Tables with the least and the largest value of a quantity that were met, by their place in [`Witnesses::kept`].
#[derive(Clone, Copy, Default)]
pub(super) struct Met {
    low: Option<(i128, usize)>,
    high: Option<(i128, usize)>,
}

/// All tables of a component that were met.
#[derive(Default)]
pub(super) struct Witnesses {
    kept: Vec<Rc<Vec<i128>>>,
    /// For each protected quantity of the component.
    met: Vec<Met>,
}

impl Witnesses {
    /// Keeps a table that fits exactly, if it widens what is known to be possible for any quantity.
    fn keep(&mut self, component: &Component, table: Vec<i128>) {
        // Beyond that the solver's numbers are no whole numbers any more.
        if table.iter().any(|value| value.abs() > 1_000_000_000_000_000) {
            return;
        }
        let atoms = component.bounds.iter().zip(&table).all(|(bounds, &value)| bounds.holds(value));
        if !atoms || !component.rows.iter().all(|row| row.bounds.holds(sum(&row.terms, &table))) {
            return;
        }
        let (at, mut used) = (self.kept.len(), self.kept.is_empty());
        for (met, part) in self.met.iter_mut().zip(&component.protected) {
            let value = sum(&part.terms, &table) + part.constant;
            if met.low.is_none_or(|(low, _)| value < low) {
                (met.low, used) = (Some((value, at)), true);
            }
            if met.high.is_none_or(|(high, _)| value > high) {
                (met.high, used) = (Some((value, at)), true);
            }
        }
        if used {
            self.kept.push(Rc::new(table));
        }
    }

    /// The least and the largest value met.
    pub fn values(&self, part: usize) -> Option<(i128, i128)> {
        self.met[part].low.zip(self.met[part].high).map(|(low, high)| (low.0, high.0))
    }

    /// The tables that have them.
    pub fn pair(&self, part: usize) -> Option<[Rc<Vec<i128>>; 2]> {
        let (low, high) = self.met[part].low.zip(self.met[part].high)?;
        Some([self.kept[low.1].clone(), self.kept[high.1].clone()])
    }

    /// The table in which a quantity is the least or the largest so far.
    pub fn farthest(&self, part: usize, largest: bool) -> Option<Rc<Vec<i128>>> {
        let met = self.met[part];
        let (_, at) = if largest { met.high } else { met.low }?;
        Some(self.kept[at].clone())
    }

    /// Any table.
    pub fn any(&self) -> Option<&Rc<Vec<i128>>> {
        self.kept.first()
    }
}

/// A component on its way through the solver.
pub(super) struct Search<'a> {
    pub model: &'a Model,
    pub component: &'a Component,
    pub solver: &'a dyn Solver,
    pub tables: Witnesses,
}

impl<'a> Search<'a> {
    pub fn new(model: &'a Model, component: &'a Component, solver: &'a dyn Solver) -> Self {
        let met = vec![Met::default(); component.protected.len()];
        Self { model, component, solver, tables: Witnesses { kept: Vec::new(), met } }
    }

    /// Is the quantity proven to be hidden?
    pub fn is_hidden(&self, part: usize) -> bool {
        let protected = &self.model.protected[self.component.protected[part].protected];
        self.tables.values(part).is_some_and(|(low, high)| protected.is_hidden_by(low, high))
    }

    /// Finds the ends of one quantity: with fractions first, in whole numbers where no whole table has the end that was found.
    /// `every`: the exact ends also of what is proven to be hidden.
    pub fn ends(&mut self, at: usize, found: &mut Found, every: bool) -> Result<(), Contradiction> {
        for (whole, layer) in [(false, Layer::Linear), (true, Layer::Integer)] {
            for largest in [false, true] {
                let done = self.is_hidden(at) && !every;
                if !done && !self.is_met(at, found.within, largest) {
                    self.end(at, found, largest, whole, layer)?;
                }
            }
        }
        Ok(())
    }

    /// Looks for tables near one that was met, in which a quantity is far enough from what it was there.
    pub fn near(&mut self, at: usize, near: &Near<'_>, moved: usize) {
        for whole in [false, true] {
            for largest in [false, true] {
                if self.is_hidden(at) {
                    return;
                }
                let Some(table) = self.tables.farthest(at, largest) else { return };
                let terms = &self.component.protected[at].terms;
                if let Some(found) = near.end(self.solver, terms, &table, [largest, whole], moved) {
                    self.tables.keep(self.component, found);
                }
            }
        }
    }

    /// Narrows a quantity by the rows around it alone.
    pub fn around(&self, at: usize, near: &Near<'_>, atoms: usize, found: &mut Found) {
        let part = &self.component.protected[at];
        let protected = &self.model.protected[part.protected];
        for largest in [false, true] {
            if let Some(value) = near.bound(self.solver, &part.terms, largest, atoms) {
                let end = part.shifted(beyond(value, largest));
                tighten(found, end, Layer::Linear, |within| protected.is_exposed_by(within));
            }
        }
    }

    /// Any whole table at all, where none was met yet.
    pub fn any(&mut self) -> Result<(), Contradiction> {
        let nothing = Vec::new();
        for whole in [false, true] {
            if self.tables.kept.is_empty() {
                match self.solver.solve(&self.problem(&nothing, Interval::ANY, false, whole)) {
                    Answer::Best(_, table) | Answer::Some(table) => self.tables.keep(self.component, table),
                    Answer::Impossible => return Err(Contradiction { figure: None }),
                    Answer::Unbounded | Answer::Unfinished => {}
                }
            }
        }
        Ok(())
    }

    /// Does a whole table have the end that is known?
    fn is_met(&self, at: usize, within: Interval, largest: bool) -> bool {
        let met = self.tables.met[at];
        match largest {
            true => within.hi.is_some() && within.hi == met.high.map(|(high, _)| high),
            false => within.lo.is_some() && within.lo == met.low.map(|(low, _)| low),
        }
    }

    fn problem<'p>(
        &'p self,
        terms: &'p Vec<(usize, i128)>,
        asked: Interval,
        largest: bool,
        whole: bool,
    ) -> Problem<'p> {
        let Component { bounds, rows, .. } = self.component;
        Problem { bounds, rows, objective: terms, asked, largest, whole }
    }

    fn end(
        &mut self,
        at: usize,
        found: &mut Found,
        largest: bool,
        whole: bool,
        layer: Layer,
    ) -> Result<(), Contradiction> {
        let component = self.component;
        let part = &component.protected[at];
        let protected = &self.model.protected[part.protected];
        let far = protected.width + protected.reach.unwrap_or(0);
        let open = if largest { found.within.hi.is_none() } else { found.within.lo.is_none() };
        if whole && open {
            // Whole numbers have an end in the solver, which would be taken for one of the quantity.
            self.far(part, largest, whole, far);
            return Ok(());
        }
        match self.solver.solve(&self.problem(&part.terms, Interval::ANY, largest, whole)) {
            Answer::Best(value, table) => {
                tighten(found, part.shifted(beyond(value, largest)), layer, |within| {
                    protected.is_exposed_by(within)
                });
                self.tables.keep(component, table);
            }
            Answer::Some(table) => self.tables.keep(component, table),
            Answer::Unbounded => self.far(part, largest, whole, far),
            Answer::Impossible => return Err(Contradiction { figure: None }),
            Answer::Unfinished => {}
        }
        if found.within.is_empty() { Err(Contradiction { figure: None }) } else { Ok(()) }
    }

    /// There is no end: a table far enough out.
    fn far(&mut self, part: &Part, largest: bool, whole: bool, far: i128) {
        let met = self.tables.any().map_or(0, |table| sum(&part.terms, table));
        let asked = match largest {
            true => Interval { lo: Some(met.max(0) + far), hi: None },
            false => Interval { lo: None, hi: Some(met.min(0) - far) },
        };
        let problem = self.problem(&part.terms, asked, !largest, whole);
        match self.solver.solve(&problem) {
            Answer::Best(_, table) | Answer::Some(table) => self.tables.keep(self.component, table),
            _ => {}
        }
    }
}
