//! Parts of a model that have nothing to do with one another: atoms that no row joins, once what is known exactly is put in.

use std::collections::BTreeMap;

use super::{
    model::{Contradiction, Interval, Model, Row, Terms, reach},
    row_space::RowSpace,
};

/// A part of a model: its atoms are numbered anew, from 0.
#[derive(Debug, Default)]
pub struct Component {
    /// The model's atoms, in the model's order.
    pub atoms: Vec<usize>,
    /// What is known of each.
    pub bounds: Vec<Interval>,
    /// Rows that still tell something.
    pub rows: Vec<Row>,
    /// What must stay hidden.
    pub protected: Vec<Part>,
}

/// A protected quantity in a component: its terms, and what is known of the rest.
#[derive(Debug)]
pub struct Part {
    /// Its place in the model.
    pub protected: usize,
    /// The terms of atoms not known exactly.
    pub terms: Terms,
    /// The sum of the others.
    pub constant: i128,
}

/// A model in parts.
pub struct Split {
    /// The parts.
    pub components: Vec<Component>,
    /// The exact sums of all parts; its atoms are the model's.
    pub space: RowSpace,
}

/// Splits a model with narrowed bounds. Exact sums that follow from others join nothing: the municipality's total is no tie
/// between districts of which each total is known. Protected quantities of which every atom is known are in no component.
/// `elimination` is how many terms it may work through to find sums that follow from others.
///
/// # Errors
/// Exact sums contradict one another.
pub fn split(model: &Model, bounds: &[Interval], elimination: usize) -> Result<Split, Contradiction> {
    let mut joined = Joined::of(bounds.len());
    let mut rows: Vec<Row> = model.rows.iter().filter_map(|row| open_row(row, bounds)).collect();
    let space = RowSpace::within(&rows, elimination);
    if let Some(row) = space.contradicted {
        return Err(Contradiction { figure: Some(rows[row].figure) });
    }
    let mut at = 0..;
    rows.retain(|_| at.next().is_some_and(|at| !space.implied.contains(&at)));
    let parts: Vec<Part> = (0..model.protected.len()).filter_map(|at| part(model, at, bounds)).collect();
    for terms in rows.iter().map(|row| &row.terms).chain(parts.iter().map(|part| &part.terms)) {
        joined.join_all(terms);
    }
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    let mut place = vec![0; bounds.len()];
    for atom in (0..bounds.len()).filter(|&atom| bounds[atom].only().is_none()) {
        let component = components.entry(joined.root(atom)).or_default();
        place[atom] = component.atoms.len();
        component.atoms.push(atom);
        component.bounds.push(bounds[atom]);
    }
    let within = |terms: &Terms| terms.iter().map(|&(atom, by)| (place[atom], by)).collect::<Terms>();
    for row in rows {
        let Some(component) = components.get_mut(&joined.root(row.terms[0].0)) else { continue };
        component.rows.push(Row { terms: within(&row.terms), ..row });
    }
    for part in parts {
        let Some(component) = components.get_mut(&joined.root(part.terms[0].0)) else { continue };
        component.protected.push(Part { terms: within(&part.terms), ..part });
    }
    Ok(Split { components: components.into_values().collect(), space })
}

/// The terms of atoms not known exactly, and the sum of the others.
pub fn open_terms(terms: &Terms, bounds: &[Interval]) -> (Terms, i128) {
    let (mut open, mut constant) = (Terms::new(), 0);
    for &(atom, by) in terms {
        match bounds[atom].only() {
            Some(value) => constant += by * value,
            None => open.push((atom, by)),
        }
    }
    (open, constant)
}

/// A row without what is known; `None` if it tells nothing that the bounds of its atoms do not tell.
fn open_row(row: &Row, bounds: &[Interval]) -> Option<Row> {
    let (terms, constant) = open_terms(&row.terms, bounds);
    let moved = row.bounds.plus(Interval::closed(-constant, -constant));
    let told = !terms.is_empty() && !moved.covers(reach(&terms, bounds));
    told.then_some(Row { terms, bounds: moved, figure: row.figure })
}

fn part(model: &Model, protected: usize, bounds: &[Interval]) -> Option<Part> {
    let (terms, constant) = open_terms(&model.protected[protected].terms, bounds);
    (!terms.is_empty()).then_some(Part { protected, terms, constant })
}

/// Atoms joined to groups.
pub(super) struct Joined {
    above: Vec<usize>,
}

impl Joined {
    /// Each atom by itself.
    pub fn of(atoms: usize) -> Self {
        Self { above: (0..atoms).collect() }
    }

    /// The atom that stands for the group.
    pub fn root(&mut self, mut atom: usize) -> usize {
        while self.above[atom] != atom {
            self.above[atom] = self.above[self.above[atom]];
            atom = self.above[atom];
        }
        atom
    }

    /// Makes one group of the atoms of a sum.
    pub fn join_all(&mut self, terms: &Terms) {
        terms.windows(2).for_each(|pair| self.join(pair[0].0, pair[1].0));
    }

    /// Makes one group of two.
    pub fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.above[one.max(other)] = one.min(other);
    }
}
