//! Why propagation has narrowed a sum: the rows that moved its atoms last, those that moved the atoms of these, and so on. A
//! short list of suspects, whom a proof has yet to confirm: an atom can have been moved by what it moved itself.

use std::collections::BTreeSet;

use super::{
    model::{Interval, Model, Terms},
    propagate::{VISITS, propagate_telling},
};

/// The rows that narrowed a sum, by number; `None` if the publication contradicts itself.
pub fn reasons(model: &Model, sum: &Terms) -> Option<BTreeSet<usize>> {
    // For each atom the row that last moved its lower and its upper end.
    let mut last = vec![[None; 2]; model.atoms.len()];
    let told = |row: usize, (before, now): (Interval, Interval), atom: usize| {
        if before.lo != now.lo {
            last[atom][0] = Some(row);
        }
        if before.hi != now.hi {
            last[atom][1] = Some(row);
        }
    };
    propagate_telling(model.bounds(), &model.rows, VISITS, told).ok()?;
    let mut rows: BTreeSet<usize> =
        (0..model.rows.len()).filter(|&row| model.rows[row].terms == *sum).collect();
    let mut waiting: Vec<(usize, usize)> = sum.iter().flat_map(|&(atom, _)| [(atom, 0), (atom, 1)]).collect();
    let mut seen: BTreeSet<(usize, usize)> = waiting.iter().copied().collect();
    while let Some((atom, end)) = waiting.pop() {
        let Some(row) = last[atom][end] else { continue };
        rows.insert(row);
        let terms = &model.rows[row].terms;
        let Some(&(_, own)) = terms.iter().find(|term| term.0 == atom) else { continue };
        // A lower end comes from the upper ends of what is added to it, an upper end from the lower ones.
        let others_high = (end == 0) == (own > 0);
        for &(other, by) in terms.iter().filter(|term| term.0 != atom) {
            let needed = (other, usize::from(others_high == (by > 0)));
            if seen.insert(needed) {
                waiting.push(needed);
            }
        }
    }
    Some(rows)
}
