//! What is known of sums, and what must not become known: Gaussian elimination modulo a prime.
//!
//! Langsrud (2024), Secondary Cell Suppression by Gaussian Elimination, Privacy in Statistical Databases, doi
//! 10.1007/978-3-031-69651-0_6: protected sums are kept reduced by everything known. A further sum is reduced too, and if a
//! protected one is a multiple of what is left, it would become known with it.
//!
//! Known sums are kept in the order in which they came, each reduced by those before it; so whatever is reduced goes through
//! them in that order. Each is solved for one variable of what is left of it: that of fewest protected sums, since these are
//! all that change. Of equals it is the sum's own last variable (so number a total after its parts: a structure then stays as
//! short as it was written), or else any, scattered: were a total of thousands solved for the very area that is offered next,
//! it would be gone through for every one.

mod prints;
#[cfg(test)]
mod tests;

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, HashSet, hash_map::Entry},
    mem,
};

use prints::{Quick, prints};

use crate::compute::modulo::{PRIME, inverse, minus, plus, residue, times};

/// Variables and their coefficients, sorted by variable, none zero.
pub(in crate::compute) type Sum = Vec<(u32, i64)>;

/// What is known, and what must not become known.
pub(in crate::compute) struct Elimination {
    /// What is known, in the order in which it came.
    known: Vec<Row>,
    /// By variable: the known sum that is solved for it.
    solved: Vec<Option<u32>>,
    /// Protected sums, reduced by all that is known.
    protected: Vec<Protected>,
    /// By variable: the protected sums that have it.
    holders: Vec<HashSet<u32, Quick>>,
    /// Protected sums by their key. No two are multiples of one another.
    by_key: HashMap<u64, Vec<u32>, Quick>,
    /// What was done to protected sums.
    done: Vec<Step>,
    /// Terms that were worked through, and that may be.
    work: usize,
    budget: usize,
}

type Terms = HashMap<u32, u64, Quick>;

/// A known sum, with 1 for the variable that it is solved for.
struct Row {
    variable: u32,
    others: Vec<(u32, u64)>,
    prints: [u64; 2],
}

#[derive(Default)]
struct Protected {
    terms: Terms,
    prints: [u64; 2],
    key: u64,
}

enum Step {
    /// A sum was protected.
    Added,
    /// A known sum, so many times, was taken from a protected one.
    Took { protected: u32, row: u32, by: u64 },
    /// A protected sum needs no care any more: it is known, or a multiple of another.
    Dropped(u32),
}

/// A state to come back to.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Mark {
    known: usize,
    done: usize,
}

impl Elimination {
    /// Nothing is known, and nothing protected.
    pub fn new() -> Self {
        Self::with_budget(usize::MAX)
    }

    /// The same with an end to the work: when so many terms were worked through, `publish` refuses what is not known already.
    pub fn with_budget(terms: usize) -> Self {
        Self {
            known: Vec::new(),
            solved: Vec::new(),
            protected: Vec::new(),
            holders: Vec::new(),
            by_key: HashMap::default(),
            done: Vec::new(),
            work: 0,
            budget: terms,
        }
    }

    /// Takes in a sum that everybody knows. Protected sums that become known with it are not protected any more.
    pub fn know(&mut self, sum: &Sum) {
        let left = self.work_off(sum);
        if let Some(variable) = self.freest(&left, sum) {
            self.solve(left, variable);
        }
    }

    /// Protects a sum. False: it is known already, and cannot be.
    pub fn protect(&mut self, sum: &Sum) -> bool {
        let left = self.work_off(sum);
        if left.is_empty() {
            return false;
        }
        let prints = prints_of(&left);
        let key = key(prints);
        if self.multiple(key, &left).is_none() {
            let number = self.protected.len() as u32;
            for &(variable, _) in &left {
                self.holders_of(variable).insert(number);
            }
            self.protected.push(Protected { terms: left.into_iter().collect(), prints, key });
            self.by_key.entry(key).or_default().push(number);
            self.done.push(Step::Added);
        }
        true
    }

    /// Publishes sums together, unless a protected sum would become known: then nothing changes, and the answer is false.
    pub fn publish(&mut self, sums: &[Sum]) -> bool {
        let before = self.mark();
        for sum in sums {
            let left = self.work_off(sum);
            let Some(variable) = self.freest(&left, sum) else { continue };
            if !self.may_solve(&left, variable) {
                self.undo(before);
                return false;
            }
            self.solve(left, variable);
        }
        true
    }

    /// Is a sum known?
    #[cfg(test)]
    pub fn knows(&self, sum: &Sum) -> bool {
        self.reduce(sum).0.is_empty()
    }

    /// The state now, for [`Self::undo`].
    pub fn mark(&self) -> Mark {
        Mark { known: self.known.len(), done: self.done.len() }
    }

    /// Comes back to an earlier state, also of what was protected. Marks set after it are void; work done stays counted.
    pub fn undo(&mut self, mark: Mark) {
        while self.done.len() > mark.done {
            match self.done.pop() {
                Some(Step::Added) => self.forget_last(),
                Some(Step::Took { protected, row, by }) => {
                    self.unlist(protected);
                    self.add(protected, row, by);
                    self.list(protected);
                }
                Some(Step::Dropped(protected)) => {
                    for &variable in self.protected[protected as usize].terms.keys() {
                        self.holders[variable as usize].insert(protected);
                    }
                }
                None => {}
            }
        }
        for row in self.known.drain(mark.known..) {
            self.solved[row.variable as usize] = None;
        }
    }

    fn work_off(&mut self, sum: &Sum) -> Vec<(u32, u64)> {
        let (left, work) = self.reduce(sum);
        self.work = self.work.saturating_add(work);
        left
    }

    fn solved_for(&self, variable: u32) -> Option<u32> {
        self.solved.get(variable as usize).copied().flatten()
    }

    /// What is left of a sum without everything known, and how many terms that took.
    fn reduce(&self, sum: &Sum) -> (Vec<(u32, u64)>, usize) {
        let mut work = sum.len();
        let terms = sum.iter().map(|&(variable, by)| (variable, residue(by))).filter(|term| term.1 != 0);
        if sum.iter().all(|&(variable, _)| self.solved_for(variable).is_none()) {
            return (terms.collect(), work);
        }
        let mut left: Terms = terms.collect();
        let mut due: BinaryHeap<_> =
            left.keys().filter_map(|&variable| self.solved_for(variable)).map(Reverse).collect();
        while let Some(Reverse(row)) = due.pop() {
            let row = &self.known[row as usize];
            let Some(by) = left.remove(&row.variable) else { continue };
            let by = minus(by);
            work += 1 + row.others.len();
            for &(variable, term) in &row.others {
                if increase(&mut left, variable, times(by, term)) == Change::Began {
                    due.extend(self.solved_for(variable).map(Reverse));
                }
            }
        }
        (left.into_iter().collect(), work)
    }

    /// The variable to solve what is left of a sum for.
    fn freest(&self, left: &[(u32, u64)], sum: &Sum) -> Option<u32> {
        let last = sum.last().map(|term| term.0);
        let held = |variable: u32| self.holders.get(variable as usize).map_or(0, HashSet::len);
        let variables = left.iter().map(|term| term.0);
        variables.min_by_key(|&variable| (held(variable), Some(variable) != last, prints(variable)))
    }

    /// Is there work left for it, and does no protected sum become known?
    fn may_solve(&self, left: &[(u32, u64)], variable: u32) -> bool {
        let held = self.holders.get(variable as usize).map_or(0, HashSet::len);
        let work = self.work.saturating_add(held.saturating_mul(left.len()));
        work < self.budget && (held == 0 || self.multiple(key(prints_of(left)), left).is_none())
    }

    /// Makes what is left of a sum known.
    fn solve(&mut self, mut left: Vec<(u32, u64)>, variable: u32) {
        let Some(at) = left.iter().position(|term| term.0 == variable) else { return };
        let inverse = inverse(left.swap_remove(at).1);
        left.iter_mut().for_each(|term| term.1 = times(term.1, inverse));
        let mut prints = prints(variable);
        for (print, other) in prints.iter_mut().zip(prints_of(&left)) {
            *print = plus(*print, other);
        }
        let row = self.known.len() as u32;
        if self.solved.len() <= variable as usize {
            self.solved.resize(variable as usize + 1, None);
        }
        self.solved[variable as usize] = Some(row);
        let holders = mem::take(self.holders_of(variable));
        self.work = self.work.saturating_add(holders.len().saturating_mul(1 + left.len()));
        self.known.push(Row { variable, others: left, prints });
        for protected in holders {
            let Some(&by) = self.protected[protected as usize].terms.get(&variable) else { continue };
            self.unlist(protected);
            self.add(protected, row, minus(by));
            self.done.push(Step::Took { protected, row, by });
            self.settle(protected);
        }
    }

    /// Adds a known sum, so many times, to a protected one.
    fn add(&mut self, protected: u32, row: u32, by: u64) {
        let row = &self.known[row as usize];
        let sum = &mut self.protected[protected as usize];
        for (own, print) in sum.prints.iter_mut().zip(row.prints) {
            *own = plus(*own, times(by, print));
        }
        for &(variable, term) in [(row.variable, 1)].iter().chain(&row.others) {
            // Variables of a known sum that no protected one had have no place among the holders yet.
            let holders = holders_of(&mut self.holders, variable);
            match increase(&mut sum.terms, variable, times(by, term)) {
                Change::Began => drop(holders.insert(protected)),
                Change::Ended => drop(holders.remove(&protected)),
                Change::Stayed => {}
            }
        }
    }

    /// Lists a protected sum that changed, unless it is known or a multiple of another.
    fn settle(&mut self, protected: u32) {
        let sum = &self.protected[protected as usize];
        let twin = || {
            let terms: Vec<_> = sum.terms.iter().map(|(&variable, &by)| (variable, by)).collect();
            self.multiple(key(sum.prints), &terms).is_some()
        };
        if !sum.terms.is_empty() && !twin() {
            self.list(protected);
            return;
        }
        for &variable in sum.terms.keys() {
            self.holders[variable as usize].remove(&protected);
        }
        self.done.push(Step::Dropped(protected));
    }

    fn list(&mut self, protected: u32) {
        let sum = &mut self.protected[protected as usize];
        sum.key = key(sum.prints);
        self.by_key.entry(sum.key).or_default().push(protected);
    }

    fn unlist(&mut self, protected: u32) {
        if let Entry::Occupied(mut entry) = self.by_key.entry(self.protected[protected as usize].key) {
            entry.get_mut().retain(|other| *other != protected);
            if entry.get().is_empty() {
                entry.remove();
            }
        }
    }

    /// Takes back the last sum that was protected.
    fn forget_last(&mut self) {
        let last = self.protected.len().saturating_sub(1) as u32;
        self.unlist(last);
        for variable in self.protected.pop().unwrap_or_default().terms.into_keys() {
            self.holders[variable as usize].remove(&last);
        }
    }

    /// The protected sum that some terms are a multiple of.
    fn multiple(&self, key: u64, terms: &[(u32, u64)]) -> Option<u32> {
        let &(first, by) = terms.first()?;
        self.by_key.get(&key)?.iter().copied().find(|&protected| {
            let other = &self.protected[protected as usize].terms;
            let Some(&other_by) = other.get(&first) else { return false };
            let same = |&(variable, term): &(u32, u64)| {
                other.get(&variable).is_some_and(|&own| times(own, by) == times(other_by, term))
            };
            other.len() == terms.len() && terms.iter().all(same)
        })
    }

    fn holders_of(&mut self, variable: u32) -> &mut HashSet<u32, Quick> {
        holders_of(&mut self.holders, variable)
    }
}

fn holders_of(holders: &mut Vec<HashSet<u32, Quick>>, variable: u32) -> &mut HashSet<u32, Quick> {
    if holders.len() <= variable as usize {
        holders.resize_with(variable as usize + 1, HashSet::default);
    }
    &mut holders[variable as usize]
}

#[derive(PartialEq)]
enum Change {
    Began,
    Stayed,
    Ended,
}

/// Adds to the coefficient of a variable, by what is not zero.
fn increase(terms: &mut Terms, variable: u32, by: u64) -> Change {
    match terms.entry(variable) {
        Entry::Vacant(entry) => {
            entry.insert(by);
            Change::Began
        }
        Entry::Occupied(mut entry) => {
            *entry.get_mut() = plus(*entry.get(), by);
            if *entry.get() == 0 {
                entry.remove();
                return Change::Ended;
            }
            Change::Stayed
        }
    }
}

fn prints_of(terms: &[(u32, u64)]) -> [u64; 2] {
    terms.iter().fold([0, 0], |[one, two], &(variable, by)| {
        let [first, second] = prints(variable);
        [plus(one, times(by, first)), plus(two, times(by, second))]
    })
}

/// The same for all multiples of a vector with these prints.
fn key([one, two]: [u64; 2]) -> u64 {
    if two == 0 { PRIME } else { times(one, inverse(two)) }
}
