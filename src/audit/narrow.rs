//! The cheap layers: propagation, the exact tree, bridges and row space. What they prove narrow is a leak; for the rest they
//! give bounds outside of which nothing is possible.

use std::collections::HashMap;

use super::{
    bridges,
    components::{Component, Part, Split, open_terms, split},
    model::{Contradiction, Interval, Model, Terms, reach},
    propagate::{VISITS, propagate_within},
    row_space::WORK,
    tree::{Forest, Solved},
};

/// By what a quantity was narrowed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Layer {
    /// Interval propagation.
    Propagation,
    /// One hierarchy, exactly.
    Tree,
    /// A bridge of a two-dimensional table.
    Bridge,
    /// A combination of exact sums.
    RowSpace,
    /// Linear programming.
    Linear,
    /// Whole numbers only.
    Integer,
}

impl Layer {
    /// In a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Propagation => "propagation",
            Self::Tree => "tree",
            Self::Bridge => "bridge",
            Self::RowSpace => "row space",
            Self::Linear => "linear",
            Self::Integer => "integer",
        }
    }
}

/// Where a quantity lies, as far as it was found out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// Nothing outside is possible.
    pub within: Interval,
    /// The first layer that proves a leak.
    pub exposed_by: Option<Layer>,
}

/// What the cheap layers leave.
pub struct Narrowed {
    /// For each protected quantity.
    pub found: Vec<Found>,
    /// What is left to solve.
    pub components: Vec<Component>,
}

/// How far the cheap layers go. Numbers and no times: a result is the same on any machine.
pub struct Effort {
    /// Visits to each row in propagation.
    pub visits: usize,
    /// Terms that elimination of exact sums works through.
    pub elimination: usize,
}

impl Effort {
    /// As far as is of use.
    pub const FULL: Self = Self { visits: VISITS, elimination: WORK };

    /// In time about linear in the size of a model.
    pub fn linear(model: &Model) -> Self {
        let terms: usize = model.rows.iter().map(|row| row.terms.len()).sum();
        Self { visits: 20, elimination: 100_000 + 20 * terms }
    }
}

/// Runs the cheap layers.
///
/// # Errors
/// The publication contradicts itself.
pub fn narrow(model: &Model) -> Result<Narrowed, Contradiction> {
    narrow_within(model, &Effort::FULL)
}

/// The same with less effort: what is found holds as well, but there may be more to find.
///
/// # Errors
/// The publication contradicts itself.
pub fn narrow_within(model: &Model, effort: &Effort) -> Result<Narrowed, Contradiction> {
    let bounds = propagate_within(model.bounds(), &model.rows, effort.visits)?;
    let mut found: Vec<Found> = Vec::new();
    let same = same_rows(model);
    for protected in &model.protected {
        let said = same.get(&protected.terms).copied().unwrap_or(Interval::ANY);
        let within = reach(&protected.terms, &bounds).meet(said);
        let exposed_by = protected.is_exposed_by(within).then_some(Layer::Propagation);
        found.push(Found { within, exposed_by });
    }
    let Split { components, space } = split(model, &bounds, effort.elimination)?;
    for component in &components {
        let tree = hierarchy(component)?;
        let table = bridges::determined(component.atoms.len(), &component.rows);
        for part in &component.protected {
            let cell = part.single().and_then(|(atom, by)| Some(by * table.as_ref()?.get(&atom)?));
            let (open, _) = open_terms(&model.protected[part.protected].terms, &bounds);
            let layers = [
                (Layer::Tree, tree.as_ref().and_then(|tree| part.within(tree))),
                (Layer::Bridge, cell.map(exactly)),
                (Layer::RowSpace, space.value(&open).map(exactly)),
            ];
            for (layer, interval) in layers {
                let Some(interval) = interval else { continue };
                let known = part.shifted(interval);
                let protected = &model.protected[part.protected];
                tighten(&mut found[part.protected], known, layer, |within| protected.is_exposed_by(within));
            }
        }
    }
    match found.iter().any(|found| found.within.is_empty()) {
        true => Err(Contradiction { figure: None }),
        false => Ok(Narrowed { found, components }),
    }
}

fn exactly(value: i128) -> Interval {
    Interval::closed(value, value)
}

/// Takes in what a layer found.
pub(super) fn tighten(found: &mut Found, known: Interval, by: Layer, exposed: impl Fn(Interval) -> bool) {
    found.within = found.within.meet(known);
    if found.exposed_by.is_none() && exposed(found.within) {
        found.exposed_by = Some(by);
    }
}

/// What rows say that are about the very quantities that are protected.
fn same_rows(model: &Model) -> HashMap<&Terms, Interval> {
    let mut same: HashMap<&Terms, Interval> =
        model.protected.iter().map(|protected| (&protected.terms, Interval::ANY)).collect();
    for row in &model.rows {
        if let Some(said) = same.get_mut(&row.terms) {
            *said = said.meet(row.bounds);
        }
    }
    same
}

impl Part {
    /// The atom, if there is one only.
    fn single(&self) -> Option<(usize, i128)> {
        match self.terms[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// What it can be in a hierarchy; `None` if it is no set of it.
    fn within(&self, tree: &Solved) -> Option<Interval> {
        if let Some((atom, by)) = self.single() {
            return Some(tree.atom(atom).times(by));
        }
        let members: Vec<usize> = self.terms.iter().filter(|term| term.1 == 1).map(|term| term.0).collect();
        (members.len() == self.terms.len()).then(|| tree.set(&members)).flatten()
    }

    /// The protected quantity's interval from that of its open terms.
    pub(super) fn shifted(&self, interval: Interval) -> Interval {
        interval.plus(exactly(self.constant))
    }
}

/// The rows of a component as one hierarchy, if they are.
fn hierarchy(component: &Component) -> Result<Option<Solved>, Contradiction> {
    let set = |terms: &Terms, bounds: Interval| -> Option<(Vec<usize>, Interval)> {
        let by = terms.first()?.1;
        let same = by.abs() == 1 && terms.iter().all(|term| term.1 == by);
        same.then(|| (terms.iter().map(|term| term.0).collect(), bounds.times(by)))
    };
    let sets: Option<Vec<_>> = component.rows.iter().map(|row| set(&row.terms, row.bounds)).collect();
    sets.and_then(|sets| Forest::of(&component.bounds, &sets)).map(Forest::solve).transpose()
}
