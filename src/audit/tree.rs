//! The exact case of one hierarchy: sets of atoms of which any two are apart or one within the other, each known in an interval.
//!
//! Up, leaves first: a set is no less and no more than its parts together. Down, root first: a part is no less than the whole
//! less the most its siblings can be, and no more than the whole less the least. Sums and intersections of integer intervals are
//! integer intervals and siblings are independent once the whole is given, so that every number of every interval is possible.
//! The same holds for some siblings together, which is how sets are answered that are in the hierarchy without being named in it.

use std::collections::HashMap;

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
    /// How many atoms there are.
    atoms: usize,
}

/// A hierarchy with what each of its nodes can be.
pub struct Solved {
    forest: Forest,
    /// The node that each is part of.
    above: Vec<Option<usize>>,
    /// How many atoms each has.
    size: Vec<usize>,
    /// What each can be as far as its parts tell.
    below: Vec<Interval>,
    /// For each with parts: the sums of their least and of their largest values, as far as their own parts tell.
    totals: Vec<[Total; 2]>,
    /// What each can be.
    can: Vec<Interval>,
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
        let nodes = atoms.iter().map(leaf).collect();
        let mut forest = Self { nodes, of_set: vec![0; sets.len()], atoms: atoms.len() };
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
    pub fn solve(self) -> Result<Solved, Contradiction> {
        let mut below: Vec<Interval> = Vec::with_capacity(self.nodes.len());
        let mut above = vec![None; self.nodes.len()];
        let mut size = vec![1; self.nodes.len()];
        let mut totals = Vec::with_capacity(self.nodes.len());
        for (at, node) in self.nodes.iter().enumerate() {
            let total = sums(&node.parts, &below);
            let parts = Interval { lo: total[0].whole(), hi: total[1].whole() };
            let within = if node.parts.is_empty() { node.known } else { node.known.meet(parts) };
            if within.is_empty() {
                return Err(Contradiction { figure: None });
            }
            if !node.parts.is_empty() {
                size[at] = node.parts.iter().map(|&part| size[part]).sum();
            }
            node.parts.iter().for_each(|&part| above[part] = Some(at));
            below.push(within);
            totals.push(total);
        }
        let mut can = below.clone();
        for (at, node) in self.nodes.iter().enumerate().rev() {
            // Siblings count with their bounds from below: none is narrowed before all are.
            for &part in &node.parts {
                can[part] = some_of(&[part], &totals[at], can[at], &below);
            }
        }
        Ok(Solved { forest: self, above, size, below, totals, can })
    }
}

impl Solved {
    /// What an atom can be.
    pub fn atom(&self, atom: usize) -> Interval {
        self.can[atom]
    }

    /// What each atom and each set can be.
    pub fn all(&self) -> (Vec<Interval>, Vec<Interval>) {
        let sets = self.forest.of_set.iter().map(|&node| self.can[node]);
        (self.can[..self.forest.atoms].to_vec(), sets.collect())
    }

    /// What a set of atoms can be together; `None` if it crosses a set of the hierarchy.
    pub fn set(&self, members: &[usize]) -> Option<Interval> {
        let mut whole: Vec<usize> = members.to_vec();
        let mut covered: HashMap<usize, usize> = HashMap::new();
        let mut at = 0;
        while let Some(&node) = whole.get(at) {
            at += 1;
            let Some(above) = self.above[node] else { continue };
            let atoms = covered.entry(above).or_insert(0);
            *atoms += self.size[node];
            if *atoms == self.size[above] {
                whole.push(above);
            }
        }
        let is_whole = |node: usize| covered.get(&node) == Some(&self.size[node]);
        whole.retain(|&node| self.above[node].is_none_or(|above| !is_whole(above)));
        let above = self.above[*whole.first()?];
        if whole.iter().any(|&node| self.above[node] != above) {
            return None;
        }
        Some(match above {
            Some(above) => some_of(&whole, &self.totals[above], self.can[above], &self.below),
            None => {
                let [lo, hi] = sums(&whole, &self.can);
                Interval { lo: lo.whole(), hi: hi.whole() }
            }
        })
    }
}

/// What some siblings can be together: what their own parts tell, and what the others leave of the whole.
fn some_of(parts: &[usize], [least, most]: &[Total; 2], whole: Interval, below: &[Interval]) -> Interval {
    let [low, high] = sums(parts, below);
    let lo = whole.lo.zip(most.less(&high)).map(|(whole, others)| whole - others);
    let hi = whole.hi.zip(least.less(&low)).map(|(whole, others)| whole - others);
    Interval { lo: low.whole(), hi: high.whole() }.meet(Interval { lo, hi })
}

fn sums(parts: &[usize], can: &[Interval]) -> [Total; 2] {
    [Total::of(parts.iter().map(|&part| can[part].lo)), Total::of(parts.iter().map(|&part| can[part].hi))]
}
