//! The attacker tries what passed the gate, source by source and period by period; what he works out is closed, until he finds
//! nothing.
//!
//! What linear programming narrows too far is held by a sum that is known: that sum becomes a protected one, and the gate sees to it
//! that it does not follow from what is published, in whatever way. Where no single sum holds it, and for what the cheap layers
//! find, figures are withdrawn.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rayon::prelude::*;

use super::disclose::{
    control::{Control, Key},
    elimination::Sum,
    sheets::Attacked,
};
use crate::{
    audit::{
        attack::{self, Limits},
        close::close,
        lp::{Simplex, Solver},
        model::{Contradiction, Interval, Model, Terms},
        proof::{Proofs, whole},
        sheet::Sheet,
    },
    diagnostics::{At, Diagnostic, Severity},
    ids::ValueId,
};

/// How hard the attacker tries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Attack {
    /// Propagation, hierarchies, bridges and row space: fast, and what it finds is certain.
    Cheap,
    /// Linear programming too; what cannot be decided within its limits counts as found.
    Whole,
}

/// Nodes of branch and bound for one program.
const NODES: u64 = 20_000;

/// What the attacker worked out in one round.
#[derive(Default)]
pub(super) struct Found {
    /// Figures without which he could not.
    figures: HashSet<ValueId>,
    /// Sums that must not be known.
    sums: BTreeSet<(Key, Sum)>,
    /// Quantities that stay exposed whatever of ours is left out.
    pub open: usize,
    pub notices: Vec<Diagnostic>,
    /// The sheets in which there was nothing.
    clean: Vec<(Key, Sheet)>,
}

impl Found {
    /// Is there nothing to be closed?
    pub fn is_nothing(&self) -> bool {
        self.figures.is_empty() && self.sums.is_empty()
    }

    /// Can these stay published?
    pub fn spares(&self, own: &[ValueId]) -> bool {
        self.sums.is_empty() && own.iter().all(|id| !self.figures.contains(id))
    }

    fn plus(mut self, other: Self) -> Self {
        self.figures.extend(other.figures);
        self.sums.extend(other.sums);
        self.open += other.open;
        self.notices.extend(other.notices);
        self.clean.extend(other.clean);
        self
    }
}

/// What was closed so far.
pub(super) struct Closing {
    attack: Attack,
    withdrawn: HashSet<ValueId>,
    /// Sums that are known whatever is left out.
    known: BTreeSet<(Key, Sum)>,
    /// The last sheet of each block in which linear programming found nothing: it needs not be tried again.
    clean: BTreeMap<Key, Sheet>,
}

impl Closing {
    pub fn new(attack: Attack) -> Self {
        Self { attack, withdrawn: HashSet::new(), known: BTreeSet::new(), clean: BTreeMap::new() }
    }

    /// Figures that must not be published.
    pub fn withdrawn(&self) -> &HashSet<ValueId> {
        &self.withdrawn
    }

    /// Attacks what is told.
    pub fn found(&mut self, attacked: &mut [Attacked]) -> Found {
        let all: Vec<Found> = attacked.par_iter_mut().map(|attacked| self.found_in(attacked)).collect();
        let mut found = all.into_iter().fold(Found::default(), Found::plus);
        self.clean.extend(found.clean.drain(..));
        found
    }

    /// Sees to it that what was found cannot be worked out the next time. Takes everything back that was published if that
    /// takes a sum.
    pub fn close(&mut self, found: Found, control: &mut Control) {
        self.withdrawn.extend(found.figures);
        for (key, sum) in found.sums {
            if !control.protect(key, &sum) {
                self.known.insert((key, sum));
            }
        }
    }

    /// Attacks one sheet. Where areas' figures do not fit together they are taken by themselves, and that is told.
    fn found_in(&self, attacked: &mut Attacked) -> Found {
        if self.clean.get(&attacked.key).is_some_and(|clean| *clean == attacked.sheet) {
            return Found::default();
        }
        let found = self.closed(attacked).unwrap_or_else(|Contradiction { .. }| {
            attacked.sheet.zero.clear();
            attacked.sheet.at_most.clear();
            let message = format!("the figures of `{}` contradict one another", attacked.sheet.name);
            let hint = "how closely hidden numbers follow from them cannot be told; none follows exactly";
            let mut found = self.closed(attacked).unwrap_or_else(|Contradiction { .. }| Found::default());
            found.notices.push(warning("contradicting-figures", message, hint));
            found
        });
        self.noted(found, attacked)
    }

    /// Notes a sheet in which there was nothing, where an attack costs more than to keep one. (A sheet that was changed here has a
    /// notice.)
    fn noted(&self, mut found: Found, attacked: &Attacked) -> Found {
        let is_clean = found.is_nothing() && found.open == 0 && found.notices.is_empty();
        if is_clean && self.attack == Attack::Whole {
            found.clean.push((attacked.key, attacked.sheet.clone()));
        }
        found
    }

    /// Taking figures out only widens what is possible: what is not exposed has no part in closing what is.
    fn closed(&self, attacked: &Attacked) -> Result<Found, Contradiction> {
        let sheet = &attacked.sheet;
        let solver = Simplex { nodes: NODES };
        let solver: Option<&dyn Solver> = (self.attack == Attack::Whole).then_some(&solver);
        let exposed = exposed(sheet, solver)?;
        if exposed.is_empty() {
            return Ok(Found::default());
        }
        let of = |protected: &(usize, Interval)| sheet.protected[protected.0].clone();
        let model = Sheet { protected: exposed.iter().map(of).collect(), ..sheet.clone() }.model();
        let within: Vec<Interval> = exposed.into_iter().map(|(_, within)| within).collect();
        let sums = solver.map_or_else(BTreeSet::new, |solver| self.sums(attacked, &model, &within, solver));
        if !sums.is_empty() {
            return Ok(Found { sums, ..Found::default() });
        }
        let tellers = |figure: usize| {
            let figure = &model.figures[figure];
            attacked.tellers.get(&figure.id).filter(|_| figure.edition.is_none())
        };
        let closed = close(&model, |figure| tellers(figure).is_some(), &Limits::default(), solver)?;
        let figures =
            closed.removed.iter().filter_map(|figure| tellers(*figure)).flatten().cloned().collect();
        let open = closed.left.len();
        let found = Found { figures, ..Found::default() };
        let outside = sheet.known.iter().any(|known| known.edition.is_some()) || !sheet.between.is_empty();
        if open == 0 || !outside {
            return Ok(Found { open, ..found });
        }
        let message =
            format!("of `{}` {open} hidden numbers follow from what others have published", sheet.name);
        let hint = "they stay hidden here; nothing that is published here adds to it";
        Ok(Found { notices: vec![warning("known-outside", message, hint)], ..found })
    }

    /// The sums that hold exposed quantities, but for those that are known in any case.
    fn sums(
        &self,
        attacked: &Attacked,
        model: &Model,
        within: &[Interval],
        solver: &dyn Solver,
    ) -> BTreeSet<(Key, Sum)> {
        let variables = attacked.sheet.variables.iter().zip(0_u32..);
        let numbers: HashMap<&str, u32> = variables.map(|(name, number)| (name.as_str(), number)).collect();
        let component = whole(model);
        let proofs = Proofs::new(model, &component, solver);
        let (mut sums, mut held): (BTreeSet<(Key, Sum)>, Vec<Terms>) = (BTreeSet::new(), Vec::new());
        for (at, within) in within.iter().enumerate() {
            let quantity = &model.protected[at].terms;
            if held.iter().any(|sum| is_more(sum, quantity)) {
                continue;
            }
            let Some(terms) = proofs.sum(at, *within) else { continue };
            let of = |&(atom, by): &(usize, i128)| {
                Some((*numbers.get(model.atoms[atom].name.as_str())?, i64::try_from(by).ok()?))
            };
            let Some(mut sum) = terms.iter().map(of).collect::<Option<Sum>>() else { continue };
            sum.sort_unstable();
            let sum = (attacked.key, sum);
            if !self.known.contains(&sum) {
                sums.insert(sum);
                held.push(terms);
            }
        }
        sums
    }
}

/// Is a sum another and else only what is zero or more?
fn is_more(sum: &Terms, other: &Terms) -> bool {
    let mut left: BTreeMap<usize, i128> = sum.iter().copied().collect();
    other.iter().for_each(|&(atom, by)| *left.entry(atom).or_default() -= by);
    left.values().all(|by| *by >= 0)
}

/// The protected quantities of a sheet that are exposed, and where they lie: without a solver those that the cheap layers prove to
/// be.
fn exposed(sheet: &Sheet, solver: Option<&dyn Solver>) -> Result<Vec<(usize, Interval)>, Contradiction> {
    let Some(solver) = solver else {
        let exposed = sheet.exposed()?.into_iter();
        return Ok(exposed.map(|exposed| (exposed.protected, exposed.within)).collect());
    };
    let report = attack::attack(&sheet.model(), &Limits::default(), solver)?;
    let not_safe = report.findings.iter().enumerate().filter(|(_, finding)| !finding.is_safe());
    Ok(not_safe.map(|(protected, finding)| (protected, finding.within)).collect())
}

fn warning(code: &'static str, message: String, hint: &str) -> Diagnostic {
    Diagnostic::new(Severity::Warning, code, message, At::Nowhere).hint(hint)
}
