//! The exact case of one hierarchy: sets of atoms of which any two are apart or one within the other, each known in an interval.
//!
//! Up, leaves first: a set is no less and no more than its parts together. Down, root first: a part is no less than the whole
//! less the most its siblings can be, and no more than the whole less the least. Sums and intersections of integer intervals are
//! integer intervals and siblings are independent once the whole is given, so that every number of every interval is possible.

use super::{
    model::{Contradiction, Interval},
    propagate::Total,
};

/// Sets of atoms, none crossing another.
pub struct Forest {
    /// First the atoms, then the sets; parts before what they are parts of.
    nodes: Vec<Node>,
    /// For each set given, its node.
    of_set: Vec<usize>,
}

struct Node {
    known: Interval,
    parts: Vec<usize>,
}

impl Forest {
    /// The hierarchy of sets with what is known of each; `None` if two cross. `atoms` is what is known of each atom, none
    /// negative.
    pub fn of(atoms: &[Interval], sets: &[(Vec<usize>, Interval)]) -> Option<Self> {
        let leaf = |&known: &Interval| Node { known, parts: Vec::new() };
        let mut forest = Self { nodes: atoms.iter().map(leaf).collect(), of_set: vec![0; sets.len()] };
        let mut size = vec![1; atoms.len()];
        let mut top: Vec<usize> = (0..atoms.len()).collect();
        let mut order: Vec<usize> = (0..sets.len()).collect();
        order.sort_by_key(|&set| sets[set].0.len());
        for at in order {
            let (members, known) = &sets[at];
            let mut parts: Vec<usize> = members.iter().map(|&atom| top[atom]).collect();
            parts.sort_unstable();
            parts.dedup();
            if parts.is_empty() || parts.iter().map(|&part| size[part]).sum::<usize>() != members.len() {
                return None;
            }
            if let [same] = parts[..] {
                forest.nodes[same].known = forest.nodes[same].known.meet(*known);
                forest.of_set[at] = same;
                continue;
            }
            let node = forest.nodes.len();
            forest.nodes.push(Node { known: *known, parts });
            forest.of_set[at] = node;
            size.push(members.len());
            members.iter().for_each(|&atom| top[atom] = node);
        }
        Some(forest)
    }

    /// What each atom and each set can be, exactly.
    ///
    /// # Errors
    /// No numbers fit.
    pub fn solve(&self) -> Result<(Vec<Interval>, Vec<Interval>), Contradiction> {
        let none = Contradiction { figure: None };
        let mut can = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let within = match node.parts.is_empty() {
                true => node.known,
                false => node.known.meet(total(&node.parts, &can)),
            };
            if within.is_empty() {
                return Err(none);
            }
            can.push(within);
        }
        for (at, node) in self.nodes.iter().enumerate().rev().filter(|(_, node)| !node.parts.is_empty()) {
            // Siblings count with their bounds from below: none is narrowed before all are.
            let low = Total::of(node.parts.iter().map(|&part| can[part].lo));
            let high = Total::of(node.parts.iter().map(|&part| can[part].hi));
            for &part in &node.parts {
                let lo = can[at].lo.zip(high.without(can[part].hi)).map(|(whole, others)| whole - others);
                let hi = can[at].hi.zip(low.without(can[part].lo)).map(|(whole, others)| whole - others);
                can[part] = can[part].meet(Interval { lo, hi });
            }
        }
        let atoms = self.nodes.iter().take_while(|node| node.parts.is_empty()).count();
        Ok((can[..atoms].to_vec(), self.of_set.iter().map(|&node| can[node]).collect()))
    }
}

fn total(parts: &[usize], can: &[Interval]) -> Interval {
    parts.iter().fold(Interval::closed(0, 0), |sum, &part| sum.plus(can[part]))
}
