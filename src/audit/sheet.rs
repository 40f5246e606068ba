//! A sheet: everything that is told of one block of unknowns (one source and period), and what must stay hidden of it.
//!
//! Unknowns are numbers of zero or more, in whole steps of which [`Sheet::scale`] make one. What does not touch anything that must
//! stay hidden is left out of the model: whatever holds of it, the attacker learns nothing by it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

use super::{
    components::Joined,
    fraction::{ceil, divisor, floor},
    model::{Atom, Contradiction, Figure, Interval, Model, Protected, Row, Terms},
    narrow::{Effort, Layer, narrow_within},
    publish::file,
};

/// What is told of one block. No sum is empty; terms are sorted by variable, none of them zero.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Source and period: `residents 2025-01-01`.
    pub name: String,
    /// How many steps make one: 1 for counts, 1,000 where rows have weights. All numbers here are in steps, widths too.
    pub scale: i128,
    /// The unknowns, each name once.
    pub variables: Vec<String>,
    /// What holds whatever is published: each sum is zero.
    pub zero: Vec<Terms>,
    /// A part and the whole that it is at most.
    pub at_most: Vec<(Terms, Terms)>,
    /// What is taken to be known exactly.
    pub known: Vec<Known>,
    /// What is known with its rounding.
    pub between: Vec<Between>,
    /// What must stay hidden.
    pub protected: Vec<Protected>,
}

/// A sum that is known exactly.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// The number: once in its edition.
    pub id: String,
    /// The figure that tells it.
    pub place: Option<String>,
    /// The earlier edition or other publisher that tells it.
    pub edition: Option<String>,
    /// The sum.
    pub of: Terms,
    /// What it is.
    pub is: i128,
}

/// A sum that is known between two numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Between {
    /// The number: once in its edition.
    pub id: String,
    /// The figure that tells it.
    pub place: Option<String>,
    /// The earlier edition or other publisher that tells it.
    pub edition: Option<String>,
    /// The sum.
    pub of: Terms,
    /// The least that it can be.
    pub at_least: Option<i128>,
    /// The most that it can be.
    pub at_most: Option<i128>,
}

/// A protected quantity that can be worked out too closely.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exposed {
    /// Its place in [`Sheet::protected`].
    pub protected: usize,
    /// Nothing outside is possible.
    pub within: Interval,
    /// The layer that proves it.
    pub by: Layer,
}

impl Sheet {
    /// What an attacker knows of everything that must stay hidden. Protected quantities keep their places.
    pub fn model(&self) -> Model {
        let statements = self.statements();
        let kept = self.kept(&statements);
        let mut order: Vec<usize> = (0..self.variables.len()).filter(|&at| kept.variables[at]).collect();
        order.sort_unstable_by_key(|&at| &self.variables[at]);
        let mut place = vec![0; self.variables.len()];
        order.iter().enumerate().for_each(|(at, &variable)| place[variable] = at);
        let placed = |terms: &Terms| {
            let mut terms: Terms = terms.iter().map(|&(variable, by)| (place[variable], by)).collect();
            terms.sort_unstable();
            terms
        };
        let bounds = Interval { lo: Some(0), hi: None };
        let atom = |&at: &usize| Atom { name: self.variables[at].clone(), bounds };
        let atoms: Vec<Atom> = order.iter().map(atom).collect();
        let mut told = Told::default();
        for (statement, _) in statements.iter().zip(&kept.statements).filter(|(_, kept)| **kept) {
            told.add(statement, placed(&statement.of));
        }
        let protected =
            self.protected.iter().map(|own| Protected { terms: placed(&own.terms), ..own.clone() });
        let protected = protected.collect();
        Model { named: atoms.len(), atoms, figures: told.figures, rows: told.rows, protected }
    }

    /// The model as a publication file.
    pub fn json(&self) -> String {
        file(&self.name, self.scale, &self.model())
    }

    /// What the cheap layers prove to be exposed, in time about linear in the size of the sheet.
    ///
    /// # Errors
    /// What is told contradicts itself.
    pub fn exposed(&self) -> Result<Vec<Exposed>, Contradiction> {
        exposed(&self.model())
    }

    /// Everything that is told: this edition's first, then each earlier one's.
    fn statements(&self) -> Vec<Statement<'_>> {
        let mut statements = Vec::new();
        let nobody =
            |id: String, of, bounds| Statement { id: id.into(), place: None, edition: None, of, bounds };
        for (at, of) in self.zero.iter().enumerate() {
            let id = format!("adds up {}", at + 1);
            statements.push(nobody(id, Cow::Borrowed(of), Interval::closed(0, 0)));
        }
        for (at, (part, whole)) in self.at_most.iter().enumerate() {
            let id = format!("part of a whole {}", at + 1);
            statements.push(nobody(id, Cow::Owned(less(whole, part)), Interval { lo: Some(0), hi: None }));
        }
        statements.extend(self.known.iter().map(|known| Statement {
            id: (&known.id).into(),
            place: known.place.as_deref(),
            edition: known.edition.as_deref(),
            of: Cow::Borrowed(&known.of),
            bounds: Interval::closed(known.is, known.is),
        }));
        statements.extend(self.between.iter().map(|between| Statement {
            id: (&between.id).into(),
            place: between.place.as_deref(),
            edition: between.edition.as_deref(),
            of: Cow::Borrowed(&between.of),
            bounds: Interval { lo: between.at_least, hi: between.at_most },
        }));
        statements.retain(|statement| !statement.of.is_empty());
        statements.sort_by_key(|statement| statement.edition);
        statements
    }

    /// What is tied to a protected quantity. What is known by itself ties nothing.
    fn kept(&self, statements: &[Statement<'_>]) -> Kept {
        let mut fixed = vec![false; self.variables.len()];
        for statement in statements.iter().filter(|statement| statement.bounds.only().is_some()) {
            if let [(variable, _)] = statement.of[..] {
                fixed[variable] = true;
            }
        }
        let open = |terms: &Terms| -> Vec<usize> {
            terms.iter().map(|&(variable, _)| variable).filter(|&variable| !fixed[variable]).collect()
        };
        let mut joined = Joined::of(self.variables.len());
        let protected = self.protected.iter().map(|protected| &protected.terms);
        for terms in statements.iter().map(|statement| &*statement.of).chain(protected.clone()) {
            open(terms).windows(2).for_each(|pair| joined.join(pair[0], pair[1]));
        }
        let mut needed = vec![false; self.variables.len()];
        for variable in protected.clone().flat_map(&open) {
            needed[joined.root(variable)] = true;
        }
        let mut variables: Vec<bool> =
            (0..self.variables.len()).map(|at| !fixed[at] && needed[joined.root(at)]).collect();
        let mut kept: Vec<bool> = statements
            .iter()
            .map(|statement| open(&statement.of).first().is_some_and(|&variable| variables[variable]))
            .collect();
        let beside = statements.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(own, _)| &*own.of);
        for (variable, _) in beside.chain(protected).flatten() {
            variables[*variable] = true;
        }
        for (kept, statement) in kept.iter_mut().zip(statements) {
            *kept |= matches!(statement.of[..], [(variable, _)] if variables[variable]);
        }
        Kept { variables, statements: kept }
    }
}

/// What the cheap layers prove to be exposed, in time about linear in the size of the model.
///
/// # Errors
/// What is told contradicts itself.
pub fn exposed(model: &Model) -> Result<Vec<Exposed>, Contradiction> {
    let found = narrow_within(model, &Effort::linear(model))?.found;
    let exposed = found.iter().enumerate().filter_map(|(protected, found)| {
        found.exposed_by.map(|by| Exposed { protected, within: found.within, by })
    });
    Ok(exposed.collect())
}

/// Something told: a sum lies in an interval.
struct Statement<'a> {
    id: Cow<'a, str>,
    place: Option<&'a str>,
    edition: Option<&'a str>,
    of: Cow<'a, Terms>,
    bounds: Interval,
}

struct Kept {
    variables: Vec<bool>,
    statements: Vec<bool>,
}

/// What is told as rows: the same of the same sum once.
#[derive(Default)]
struct Told {
    figures: Vec<Figure>,
    rows: Vec<Row>,
    rows_seen: HashSet<(Terms, Interval)>,
    ids: BTreeMap<Option<String>, HashSet<String>>,
}

impl Told {
    fn add(&mut self, statement: &Statement<'_>, mut terms: Terms) {
        let shared = terms.iter().fold(0, |shared, &(_, by)| divisor(shared, by)).max(1);
        terms.iter_mut().for_each(|(_, by)| *by /= shared);
        let Interval { lo, hi } = statement.bounds;
        let bounds = Interval { lo: lo.map(|lo| ceil(lo, shared)), hi: hi.map(|hi| floor(hi, shared)) };
        if bounds == Interval::ANY || !self.rows_seen.insert((terms.clone(), bounds)) {
            return;
        }
        let edition = statement.edition.map(str::to_string);
        let used = self.ids.entry(edition.clone()).or_default();
        let numbered = (2..).map(|number| Cow::from(format!("{} ({number})", statement.id)));
        let free = std::iter::once(statement.id.clone()).chain(numbered).find(|id| !used.contains(&**id));
        let id = free.unwrap_or_default().into_owned();
        used.insert(id.clone());
        self.rows.push(Row { terms, bounds, figure: self.figures.len() });
        self.figures.push(Figure { id, place: statement.place.map(str::to_string), edition });
    }
}

/// One sum less another.
fn less(one: &Terms, other: &Terms) -> Terms {
    let mut terms: BTreeMap<usize, i128> = one.iter().copied().collect();
    for &(variable, by) in other {
        *terms.entry(variable).or_insert(0) -= by;
    }
    terms.into_iter().filter(|&(_, by)| by != 0).collect()
}
