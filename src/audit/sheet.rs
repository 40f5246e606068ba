//! A sheet: everything that is told of one block of unknowns (one source and period), and what must stay hidden of it.
//!
//! Unknowns are numbers of zero or more, in whole steps of which [`Sheet::scale`] make one. What does not touch anything that must
//! stay hidden is left out of the model: whatever holds of it, the attacker learns nothing by it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasher, RandomState},
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
        let mut ids = Ids::default();
        self.modelled(|at| self.variables[at].clone(), |statement| ids.figure(statement))
    }

    /// The model with names of unknowns and with figures as they are made here; it has a row for each figure.
    fn modelled(
        &self,
        name: impl Fn(usize) -> String,
        mut figure: impl FnMut(&Statement<'_>) -> Figure,
    ) -> Model {
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
        let atoms: Vec<Atom> = order.iter().map(|&at| Atom { name: name(at), bounds }).collect();
        let mut told = Told::default();
        for (statement, _) in statements.iter().zip(&kept.statements).filter(|(_, kept)| **kept) {
            told.add(placed(&statement.of), statement.bounds, || figure(statement));
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
        // Nothing is told by name here, and names are half of the work.
        let nameless = |_: &Statement<'_>| Figure { id: String::new(), place: None, edition: None };
        exposed(&self.modelled(|_| String::new(), nameless))
    }

    /// Everything that is told: this edition's first, then each earlier one's.
    fn statements(&self) -> Vec<Statement<'_>> {
        let mut statements = Vec::new();
        for (at, of) in self.zero.iter().enumerate() {
            let (by, of) = (By::Structure("adds up", at + 1), Cow::Borrowed(of));
            statements.push(Statement { by, of, bounds: Interval::closed(0, 0) });
        }
        for (at, (part, whole)) in self.at_most.iter().enumerate() {
            let (by, of) = (By::Structure("part of a whole", at + 1), Cow::Owned(less(whole, part)));
            statements.push(Statement { by, of, bounds: Interval { lo: Some(0), hi: None } });
        }
        statements.extend(self.known.iter().map(|known| Statement {
            by: By::Told { id: &known.id, place: &known.place, edition: &known.edition },
            of: Cow::Borrowed(&known.of),
            bounds: Interval::closed(known.is, known.is),
        }));
        statements.extend(self.between.iter().map(|between| Statement {
            by: By::Told { id: &between.id, place: &between.place, edition: &between.edition },
            of: Cow::Borrowed(&between.of),
            bounds: Interval { lo: between.at_least, hi: between.at_most },
        }));
        statements.retain(|statement| !statement.of.is_empty());
        statements.sort_by_key(|statement| statement.by.edition());
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
        fn open<'t>(terms: &'t Terms, fixed: &'t [bool]) -> impl Iterator<Item = usize> + 't {
            terms.iter().map(|&(variable, _)| variable).filter(|&variable| !fixed[variable])
        }
        let mut joined = Joined::of(self.variables.len());
        let protected = self.protected.iter().map(|protected| &protected.terms);
        for terms in statements.iter().map(|statement| &*statement.of).chain(protected.clone()) {
            let mut tied = open(terms, &fixed);
            if let Some(first) = tied.next() {
                tied.for_each(|variable| joined.join(first, variable));
            }
        }
        let mut needed = vec![false; self.variables.len()];
        for variable in protected.clone().flat_map(|terms| open(terms, &fixed)) {
            needed[joined.root(variable)] = true;
        }
        let mut variables: Vec<bool> =
            (0..self.variables.len()).map(|at| !fixed[at] && needed[joined.root(at)]).collect();
        let mut kept: Vec<bool> = statements
            .iter()
            .map(|statement| open(&statement.of, &fixed).next().is_some_and(|variable| variables[variable]))
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
    by: By<'a>,
    of: Cow<'a, Terms>,
    bounds: Interval,
}

/// What tells it.
enum By<'a> {
    /// Nothing: it holds anyway. What kind it is, and which one.
    Structure(&'static str, usize),
    /// A figure.
    Told { id: &'a str, place: &'a Option<String>, edition: &'a Option<String> },
}

impl<'a> By<'a> {
    fn edition(&self) -> Option<&'a str> {
        match self {
            Self::Structure(..) => None,
            Self::Told { edition, .. } => edition.as_deref(),
        }
    }
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
    /// The first row with the same hash.
    seen: HashMap<u64, usize>,
    hasher: RandomState,
}

impl Told {
    fn add(&mut self, mut terms: Terms, Interval { lo, hi }: Interval, figure: impl FnOnce() -> Figure) {
        let shared = terms.iter().fold(0, |shared, &(_, by)| divisor(shared, by)).max(1);
        terms.iter_mut().for_each(|(_, by)| *by /= shared);
        let bounds = Interval { lo: lo.map(|lo| ceil(lo, shared)), hi: hi.map(|hi| floor(hi, shared)) };
        let first = *self.seen.entry(self.hasher.hash_one((&terms, bounds))).or_insert(self.rows.len());
        let same = |row: &Row| row.terms == terms && row.bounds == bounds;
        if bounds == Interval::ANY || self.rows.get(first).is_some_and(same) {
            return;
        }
        self.rows.push(Row { terms, bounds, figure: self.figures.len() });
        self.figures.push(figure());
    }
}

/// Ids of figures, each once in its edition: a figure may tell several numbers.
#[derive(Default)]
struct Ids {
    used: BTreeMap<Option<String>, HashSet<String>>,
}

impl Ids {
    fn figure(&mut self, statement: &Statement<'_>) -> Figure {
        let (id, place, edition) = match statement.by {
            By::Structure(kind, number) => (format!("{kind} {number}"), None, None),
            By::Told { id, place, edition } => (id.to_string(), place.clone(), edition.clone()),
        };
        let used = self.used.entry(edition.clone()).or_default();
        let numbered = (2..).map(|number| format!("{id} ({number})"));
        let free = std::iter::once(id.clone()).chain(numbered).find(|id| !used.contains(id)).unwrap_or(id);
        used.insert(free.clone());
        Figure { id: free, place, edition }
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
