//! Interval propagation: each row narrows each of its atoms by what the others leave, until nothing moves.
//!
//! Exact: quotients are rounded inward to whole numbers, in 128 bits. What is left out is impossible, so that a narrow result
//! is a proven leak; a wide one proves nothing.

use std::collections::VecDeque;

use super::{
    fraction::{ceil, floor},
    model::{Contradiction, Interval, Row},
};

/// Visits to rows before propagation stops short, as many as if each row was visited so often: bounds can creep by one at a time.
/// Stopping early is sound.
pub const VISITS: usize = 200;

/// Narrows the bounds of all atoms by all rows.
///
/// # Errors
/// A row that cannot hold.
pub fn propagate(bounds: Vec<Interval>, rows: &[Row]) -> Result<Vec<Interval>, Contradiction> {
    propagate_within(bounds, rows, VISITS)
}

/// The same with a number of visits to each row.
///
/// # Errors
/// A row that cannot hold.
pub fn propagate_within(
    bounds: Vec<Interval>,
    rows: &[Row],
    visits: usize,
) -> Result<Vec<Interval>, Contradiction> {
    propagate_telling(bounds, rows, visits, |_, _, _| ())
}

/// The same; tells by which row an atom moved, where it was before and is now, and which one.
pub(super) fn propagate_telling(
    mut bounds: Vec<Interval>,
    rows: &[Row],
    visits: usize,
    mut told: impl FnMut(usize, (Interval, Interval), usize),
) -> Result<Vec<Interval>, Contradiction> {
    let rows_of = RowsOf::of(bounds.len(), rows);
    let mut waiting: VecDeque<usize> = (0..rows.len()).collect();
    let mut queued = vec![true; rows.len()];
    // Long rows cost more, and are visited whenever one of their many atoms moves.
    let mut work = rows.iter().map(|row| row.terms.len()).sum::<usize>().saturating_mul(visits);
    while let Some(at) = waiting.pop_front().filter(|_| work > 0) {
        work = work.saturating_sub(rows[at].terms.len().max(1));
        queued[at] = false;
        for (atom, before) in narrow(&mut bounds, &rows[at])? {
            told(at, (before, bounds[atom]), atom);
            for &row in rows_of.atom(atom).iter().filter(|&&row| row != at) {
                if !std::mem::replace(&mut queued[row], true) {
                    waiting.push_back(row);
                }
            }
        }
    }
    Ok(bounds)
}

/// The rows of each atom, all in one list.
struct RowsOf {
    rows: Vec<usize>,
    /// Where each atom's begin, and where the last's end.
    starts: Vec<usize>,
}

impl RowsOf {
    fn of(atoms: usize, rows: &[Row]) -> Self {
        let mut starts = vec![0; atoms + 1];
        for &(atom, _) in rows.iter().flat_map(|row| &row.terms) {
            starts[atom + 1] += 1;
        }
        for atom in 0..atoms {
            starts[atom + 1] += starts[atom];
        }
        let mut next = starts.clone();
        let mut all = vec![0; starts[atoms]];
        for (at, row) in rows.iter().enumerate() {
            for &(atom, _) in &row.terms {
                all[next[atom]] = at;
                next[atom] += 1;
            }
        }
        Self { rows: all, starts }
    }

    fn atom(&self, atom: usize) -> &[usize] {
        &self.rows[self.starts[atom]..self.starts[atom + 1]]
    }
}

/// Narrows the atoms of one row; gives those that moved, and where they were. What the others leave is taken from sums made
/// once, before any moved.
fn narrow(bounds: &mut [Interval], row: &Row) -> Result<Vec<(usize, Interval)>, Contradiction> {
    let contradiction = Contradiction { figure: Some(row.figure) };
    let low = Total::of(row.terms.iter().map(|&(atom, by)| bounds[atom].times(by).lo));
    let high = Total::of(row.terms.iter().map(|&(atom, by)| bounds[atom].times(by).hi));
    let possible = Interval { lo: low.without(Some(0)), hi: high.without(Some(0)) };
    if row.bounds.meet(possible).is_empty() {
        return Err(contradiction);
    }
    let mut moved = Vec::new();
    for &(atom, by) in &row.terms {
        let own = bounds[atom].times(by);
        // by * x = row - others
        let lo = row.bounds.lo.zip(high.without(own.hi)).and_then(|(row, others)| row.checked_sub(others));
        let hi = row.bounds.hi.zip(low.without(own.lo)).and_then(|(row, others)| row.checked_sub(others));
        let (lo, hi) = if by > 0 { (lo, hi) } else { (hi, lo) };
        let found = Interval { lo: lo.map(|end| ceil(end, by)), hi: hi.map(|end| floor(end, by)) };
        let narrowed = bounds[atom].meet(found);
        if narrowed.is_empty() {
            return Err(contradiction);
        }
        if narrowed != bounds[atom] {
            moved.push((atom, std::mem::replace(&mut bounds[atom], narrowed)));
        }
    }
    Ok(moved)
}

/// A sum of ends of which some may be open.
pub(super) struct Total {
    closed: i128,
    open: usize,
}

impl Total {
    pub fn of(ends: impl Iterator<Item = Option<i128>>) -> Self {
        let mut total = Self { closed: 0, open: 0 };
        for end in ends {
            match end.and_then(|end| total.closed.checked_add(end)) {
                Some(sum) => total.closed = sum,
                None => total.open += 1,
            }
        }
        total
    }

    /// The sum without those of another, which are ends of it; `None` if one that is left is open.
    pub fn less(&self, ends: &Self) -> Option<i128> {
        self.closed.checked_sub(ends.closed).filter(|_| self.open == ends.open)
    }

    /// The sum; `None` if one of its ends is open.
    pub fn whole(&self) -> Option<i128> {
        Some(self.closed).filter(|_| self.open == 0)
    }

    /// The sum without one of its ends; `None` if another is open.
    pub fn without(&self, end: Option<i128>) -> Option<i128> {
        match end {
            Some(end) => self.closed.checked_sub(end).filter(|_| self.open == 0),
            None => Some(self.closed).filter(|_| self.open == 1),
        }
    }
}
