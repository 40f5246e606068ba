//! Exact sums in general: a quantity is known exactly if it is a combination of published exact sums. Gaussian elimination
//! modulo the prime 2^61 - 1, in which no count is zero that is not zero.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Row, Terms};

const PRIME: i128 = (1 << 61) - 1;

/// Terms that elimination works through before it stops: what was eliminated until then still holds.
pub const WORK: usize = 100_000_000;

/// Exact sums, eliminated.
#[derive(Default)]
pub struct RowSpace {
    /// The place of each atom in elimination: those in few rows first, so that rows stay short.
    rank: Vec<usize>,
    /// By the rank of the leading atom: the row, with 1 for that atom, and what it sums to.
    rows: BTreeMap<usize, Vector>,
    /// Terms that one quantity is reduced by at most.
    work: usize,
    /// Rows that are combinations of others, by number: they tell nothing more.
    pub implied: BTreeSet<usize>,
    /// A row that is a combination of others, but for what it sums to: no table fits.
    pub contradicted: Option<usize>,
}

#[derive(Clone)]
struct Vector {
    terms: BTreeMap<usize, i128>,
    sum: i128,
}

impl RowSpace {
    /// The exact sums among the rows; short ones first, so that a total of totals is what is implied.
    pub fn of(rows: &[Row]) -> Self {
        Self::within(rows, WORK)
    }

    /// The same, with a number of terms to work through at most.
    pub fn within(rows: &[Row], most: usize) -> Self {
        let mut space = Self { rank: rank(rows), work: most, ..Self::default() };
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&row| rows[row].terms.len());
        let mut work = 0;
        for at in order {
            let Some(sum) = rows[at].bounds.only() else { continue };
            let mut vector = Vector::of(&space.ranked(&rows[at].terms), sum);
            let (done, used) = space.reduce(&mut vector, most.saturating_sub(work));
            work += used;
            if !done {
                break;
            }
            let Some((&leading, &by)) = vector.terms.first_key_value() else {
                space.implied.insert(at);
                if vector.sum != 0 {
                    space.contradicted = Some(at);
                }
                continue;
            };
            let inverse = power(by, PRIME - 2);
            vector.terms.values_mut().for_each(|term| *term = *term * inverse % PRIME);
            vector.sum = vector.sum * inverse % PRIME;
            space.rows.insert(leading, vector);
        }
        space
    }

    /// The value of a quantity, if it is known exactly. Left out where the value could be as large as the prime.
    pub fn value(&self, terms: &Terms) -> Option<i128> {
        if terms.iter().any(|&(atom, by)| by.abs() > 10_000 || self.rank.get(atom).is_none()) {
            return None;
        }
        let mut rest = Vector::of(&self.ranked(terms), 0);
        let (done, _) = self.reduce(&mut rest, self.work);
        if !done || !rest.terms.is_empty() {
            return None;
        }
        // What was taken away is the value; a residue in the upper half stands for a negative number.
        let value = (-rest.sum).rem_euclid(PRIME);
        Some(if value > PRIME / 2 { value - PRIME } else { value })
    }

    fn ranked(&self, terms: &Terms) -> Terms {
        terms.iter().map(|&(atom, by)| (self.rank[atom], by)).collect()
    }

    /// Takes away all rows that lead an atom of the vector, if that takes no more work than is left; gives the terms it took.
    fn reduce(&self, vector: &mut Vector, left: usize) -> (bool, usize) {
        let (mut from, mut work) = (0, 0);
        while let Some((&atom, &by)) = vector.terms.range(from..).next() {
            if let Some(row) = self.rows.get(&atom) {
                work += row.terms.len();
                if work > left {
                    return (false, work);
                }
                vector.take(row, by);
            }
            from = atom + 1;
        }
        (true, work)
    }
}

/// Atoms by how many exact sums they are in.
fn rank(rows: &[Row]) -> Vec<usize> {
    let exact = rows.iter().filter(|row| row.bounds.only().is_some()).flat_map(|row| &row.terms);
    let mut uses: Vec<usize> = Vec::new();
    for &(atom, _) in exact {
        uses.resize(uses.len().max(atom + 1), 0);
        uses[atom] += 1;
    }
    let mut order: Vec<usize> = (0..uses.len()).collect();
    order.sort_by_key(|&atom| uses[atom]);
    let mut rank = vec![0; uses.len()];
    order.iter().enumerate().for_each(|(at, &atom)| rank[atom] = at);
    rank
}

impl Vector {
    fn of(terms: &Terms, sum: i128) -> Self {
        let terms = terms.iter().map(|&(atom, by)| (atom, by.rem_euclid(PRIME)));
        Self { terms: terms.filter(|&(_, by)| by != 0).collect(), sum: sum.rem_euclid(PRIME) }
    }

    fn take(&mut self, row: &Self, by: i128) {
        for (&atom, &term) in &row.terms {
            let own = self.terms.entry(atom).or_insert(0);
            *own = (*own - by * term).rem_euclid(PRIME);
            if *own == 0 {
                self.terms.remove(&atom);
            }
        }
        self.sum = (self.sum - by * row.sum).rem_euclid(PRIME);
    }
}

fn power(mut base: i128, mut exponent: i128) -> i128 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}
