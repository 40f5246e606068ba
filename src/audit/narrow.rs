//! The cheap layers: propagation, the exact tree, bridges and row space. What they prove narrow is a leak; for the rest they
//! give bounds outside of which nothing is possible.

use super::{
    bridges,
    components::{Component, Part, Split, open_terms, split},
    model::{Contradiction, Interval, Model, Terms, reach},
    propagate::propagate,
    tree::Forest,
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

/// Runs the cheap layers.
///
/// # Errors
/// The publication contradicts itself.
pub fn narrow(model: &Model) -> Result<Narrowed, Contradiction> {
    let bounds = propagate(model.bounds(), &model.rows)?;
    let mut found: Vec<Found> = Vec::new();
    for protected in &model.protected {
        let within = same_row(model, &protected.terms).fold(reach(&protected.terms, &bounds), Interval::meet);
        let exposed_by = protected.is_exposed_by(within).then_some(Layer::Propagation);
        found.push(Found { within, exposed_by });
    }
    let Split { components, space } = split(model, &bounds)?;
    for component in &components {
        let forest = Family::of(component);
        let table = bridges::determined(component.atoms.len(), &component.rows);
        for part in &component.protected {
            let cell = part.single().and_then(|(atom, by)| Some(by * table.as_ref()?.get(&atom)?));
            let (open, _) = open_terms(&model.protected[part.protected].terms, &bounds);
            let layers = [
                (Layer::Tree, forest.can(component, part)?),
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

/// What rows say that are about this very quantity.
fn same_row<'a>(model: &'a Model, terms: &'a Terms) -> impl Iterator<Item = Interval> + 'a {
    model.rows.iter().filter(move |row| row.terms == *terms).map(|row| row.bounds)
}

impl Part {
    /// The atom, if there is one only.
    fn single(&self) -> Option<(usize, i128)> {
        match self.terms[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The protected quantity's interval from that of its open terms.
    pub(super) fn shifted(&self, interval: Interval) -> Interval {
        interval.plus(exactly(self.constant))
    }
}

/// The rows of a component as one hierarchy, if they are.
struct Family {
    sets: Option<Vec<(Vec<usize>, Interval)>>,
    atoms: Vec<Interval>,
}

impl Family {
    fn of(component: &Component) -> Self {
        let set = |terms: &Terms, bounds: Interval| -> Option<(Vec<usize>, Interval)> {
            let by = terms.first()?.1;
            let same = by.abs() == 1 && terms.iter().all(|term| term.1 == by);
            same.then(|| (terms.iter().map(|term| term.0).collect(), bounds.times(by)))
        };
        let sets: Option<Vec<_>> = component.rows.iter().map(|row| set(&row.terms, row.bounds)).collect();
        let sets = sets.filter(|sets| Forest::of(&component.bounds, sets).is_some());
        let solved = sets.as_ref().and_then(|sets| Forest::of(&component.bounds, sets)?.solve().ok());
        Self { sets, atoms: solved.map(|(atoms, _)| atoms).unwrap_or_default() }
    }

    /// What a protected quantity can be; `None` if it or the rows are no sets of one hierarchy.
    fn can(&self, component: &Component, part: &Part) -> Result<Option<Interval>, Contradiction> {
        let Some(sets) = &self.sets else { return Ok(None) };
        if let Some((atom, by)) = part.single() {
            let known = self.atoms.get(atom).ok_or(Contradiction { figure: None })?;
            return Ok(Some(known.times(by)));
        }
        if part.terms.iter().any(|&(_, by)| by != 1) {
            return Ok(None);
        }
        let own = (part.terms.iter().map(|term| term.0).collect(), Interval::ANY);
        let sets: Vec<_> = sets.iter().cloned().chain([own]).collect();
        let Some(forest) = Forest::of(&component.bounds, &sets) else { return Ok(None) };
        let (_, can) = forest.solve()?;
        Ok(can.last().copied())
    }
}
