//! Two-dimensional tables with exact margins: rows and columns are the vertices of a graph, hidden cells its edges. But for signs,
//! a cell is known exactly if and only if its edge is a bridge (Gusfield 1988): what hangs on the bridge has as much in its rows
//! as in its columns, but for the bridge.

use std::collections::BTreeMap;

use super::model::Row;

/// The cells known exactly, by atom. `None` if the exact sums of the rows are no two-dimensional table: an atom in three of them,
/// or margins that cannot be told apart as rows and columns.
pub fn determined(atoms: usize, rows: &[Row]) -> Option<BTreeMap<usize, i128>> {
    let graph = Graph::of(atoms, rows)?;
    let sides = graph.sides()?;
    let mut found = BTreeMap::new();
    let mut walk = Walk { graph: &graph, sides: &sides, seen: vec![None; graph.edges.len()], clock: 0 };
    for root in 0..graph.edges.len() {
        if walk.seen[root].is_none() {
            walk.bridges(root, &mut found);
        }
    }
    Some(found)
}

/// Margins joined by cells. The last vertex stands for the margins that are not published; what it holds is not known.
struct Graph {
    /// For each vertex: the neighbour and the cell between them.
    edges: Vec<Vec<(usize, usize)>>,
    margins: Vec<Option<i128>>,
}

impl Graph {
    fn of(atoms: usize, rows: &[Row]) -> Option<Self> {
        let mut margins = Vec::new();
        let mut vertices_of = vec![Vec::new(); atoms];
        let is_margin = |row: &&Row| row.bounds.only().is_some() && row.terms.iter().all(|&(_, by)| by == 1);
        for row in rows.iter().filter(is_margin) {
            row.terms.iter().for_each(|&(atom, _)| vertices_of[atom].push(margins.len()));
            margins.push(row.bounds.only());
        }
        let outside = margins.len();
        margins.push(None);
        let mut edges = vec![Vec::new(); margins.len()];
        for (atom, vertices) in vertices_of.iter().enumerate() {
            let (one, other) = match vertices[..] {
                [] => continue,
                [one] => (one, outside),
                [one, other] => (one, other),
                _ => return None,
            };
            edges[one].push((other, atom));
            edges[other].push((one, atom));
        }
        Some(Self { edges, margins })
    }

    /// Which margins are rows and which are columns, if they can be told apart.
    fn sides(&self) -> Option<Vec<bool>> {
        let mut sides = vec![None; self.edges.len()];
        for root in 0..self.edges.len() {
            let mut waiting = vec![(root, sides[root].unwrap_or(true))];
            while let Some((vertex, side)) = waiting.pop() {
                match sides[vertex] {
                    Some(known) if known == side => {}
                    Some(_) => return None,
                    None => {
                        sides[vertex] = Some(side);
                        waiting.extend(self.edges[vertex].iter().map(|&(next, _)| (next, !side)));
                    }
                }
            }
        }
        sides.into_iter().collect()
    }
}

/// A depth-first walk. What is below a vertex: rows less columns, seen from one side.
struct Walk<'a> {
    graph: &'a Graph,
    sides: &'a [bool],
    /// When a vertex was entered.
    seen: Vec<Option<usize>>,
    clock: usize,
}

/// A vertex on the way from the root.
struct Step {
    vertex: usize,
    /// The cell by which it was entered.
    by: Option<usize>,
    next: usize,
    /// The earliest vertex that can be reached from below without that cell.
    earliest: usize,
    /// Margins of the one side less margins of the other, of all that is below.
    balance: i128,
    /// Is the margin below that is not published?
    outside: bool,
}

impl Walk<'_> {
    fn enter(&mut self, vertex: usize, by: Option<usize>) -> Step {
        let at = self.clock;
        self.seen[vertex] = Some(at);
        self.clock += 1;
        let margin = self.graph.margins[vertex];
        let sign = if self.sides[vertex] { 1 } else { -1 };
        let balance = sign * margin.unwrap_or(0);
        Step { vertex, by, next: 0, earliest: at, balance, outside: margin.is_none() }
    }

    /// The bridges of all that can be reached from a vertex not seen before.
    fn bridges(&mut self, root: usize, found: &mut BTreeMap<usize, i128>) {
        let mut path = vec![self.enter(root, None)];
        // (cell, balance below, side of its lower end, is the unpublished margin below)
        let mut bridges = Vec::new();
        let mut total = 0;
        while let Some(step) = path.last_mut() {
            let Some(&(next, cell)) = self.graph.edges[step.vertex].get(step.next) else {
                let Some(done) = path.pop() else { break };
                let Some(above) = path.last_mut() else {
                    total = done.balance;
                    break;
                };
                above.balance += done.balance;
                above.outside |= done.outside;
                above.earliest = above.earliest.min(done.earliest);
                if let Some(cell) = done.by.filter(|_| Some(done.earliest) == self.seen[done.vertex]) {
                    bridges.push((cell, done.balance, self.sides[done.vertex], done.outside));
                }
                continue;
            };
            step.next += 1;
            match self.seen[next] {
                _ if step.by == Some(cell) => {}
                Some(at) => step.earliest = step.earliest.min(at),
                None => {
                    let entered = self.enter(next, Some(cell));
                    path.push(entered);
                }
            }
        }
        for (cell, below, side, outside) in bridges {
            // If what is not published hangs below, the rest above is balanced instead.
            let (balance, side) = if outside { (total - below, !side) } else { (below, side) };
            found.insert(cell, if side { balance } else { -balance });
        }
    }
}
