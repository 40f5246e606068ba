//! Complementary suppression: figures are published in the order of their importance, and each only if no protected number
//! follows from all that are published then.
//!
//! The method is Gaussian elimination of the published sums (Langsrud 2024, PSD, doi 10.1007/978-3-031-69651-0_6), source by
//! source and period by period. It leaves no protected number exactly determined; how far one can be narrowed the attacker
//! finds out afterwards ([`crate::audit`]).
//!
//! Importance: the municipality's figures first, then the values that the law asks for, then the layers in the order in which
//! the catalogue declares them; within each the latest period, and the area with most residents; comparators and what else is told
//! come after all areas' own values.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;

use super::{
    super::{Data, outside::Outside},
    block::{Block, Layout},
    elimination::{Mark, Sum},
    geometry::Geometry,
    rules::{of_moves, rules},
    told::Told,
};
use crate::ids::{LayerId, Period, SourceId};

/// A block's layout and period.
pub(in crate::compute) type Key = (usize, Period);

/// What was counted, and of it so far published.
pub(in crate::compute) struct Control<'a> {
    data: Data<'a>,
    /// Which layout a source is in.
    numbers: BTreeMap<(&'a SourceId, Option<&'a LayerId>), usize>,
    blocks: BTreeMap<Key, Block<'a>>,
    /// What was published, to be looked up.
    told: HashSet<Told>,
    /// Before anything was published.
    before: Marks,
}

/// What was published so far, to come back to.
#[derive(Clone)]
pub(in crate::compute) struct Marks {
    told: HashSet<Told>,
    blocks: BTreeMap<Key, Mark>,
}

/// The measures of every source that has any to protect. Tables of areas' figures are one: a file for each group of ages and
/// one for everybody count the same people. A source that anybody can read has nothing to protect.
pub(in crate::compute) fn layouts(data: Data<'_>) -> Vec<Layout<'_>> {
    let covering: Vec<usize> =
        data.catalogue.covering_layer().map_or_else(Vec::new, |layer| data.raw.index.layer(layer).collect());
    let (tables, rows): (Vec<_>, Vec<_>) = data
        .raw
        .atoms
        .iter()
        .filter(|(id, _)| !data.catalogue.is_public(id))
        .partition(|(_, atoms)| atoms.by_key);
    let tables: Vec<&SourceId> = tables.into_iter().map(|(id, _)| id).collect();
    let together = data.raw.tables.as_ref().map(|atoms| (tables, atoms));
    let groups = rows.into_iter().map(|(id, atoms)| (vec![id], atoms)).chain(together);
    let layout = |(sources, atoms)| Layout::new(sources, atoms, rules(data, atoms), covering.clone());
    let moves = data.raw.flows.iter().map(|((id, layer), atoms)| {
        let mut layout = Layout::new(vec![id], atoms, of_moves(data, atoms), Vec::new());
        layout.layer = Some(layer);
        layout
    });
    groups.map(layout).chain(moves).filter(|layout| !layout.rules.is_empty()).collect()
}

fn marks(blocks: &BTreeMap<Key, Block>) -> BTreeMap<Key, Mark> {
    blocks.iter().map(|(key, block)| (*key, block.elimination.mark())).collect()
}

impl<'a> Control<'a> {
    /// Protects what must not become known; `outside`: what everybody knows already.
    pub fn new(data: Data<'a>, layouts: &'a [Layout<'a>], outside: &[Outside]) -> Self {
        let ground = ground(data);
        let mut known: BTreeMap<Period, Vec<&Told>> = BTreeMap::new();
        outside.iter().for_each(|outside| known.entry(outside.told.period).or_default().push(&outside.told));
        let of = |number: usize| (0..layouts[number].atoms.periods.len()).map(move |period| (number, period));
        let keys: Vec<(usize, usize)> = (0..layouts.len()).flat_map(of).collect();
        let block = |(number, period): (usize, usize)| {
            let layout = &layouts[number];
            let key = (number, layout.atoms.periods[period]);
            let (geometry, atoms) = geometry(data, layout, period, &ground);
            let mut block = Block::new(layout, period, geometry, atoms);
            for told in known.get(&key.1).into_iter().flatten() {
                block.told(told).into_iter().for_each(|sum| block.elimination.know(&sum));
            }
            block.know_of_whom();
            block.protect(data, known.contains_key(&key.1));
            (key, block)
        };
        let blocks: BTreeMap<Key, Block> = keys.into_par_iter().map(block).collect();
        let before = Marks { told: HashSet::new(), blocks: marks(&blocks) };
        let numbers = layouts.iter().enumerate();
        let numbers = numbers
            .flat_map(|(number, layout)| layout.sources.iter().map(move |id| ((*id, layout.layer), number)));
        Self { data, numbers: numbers.collect(), blocks, told: HashSet::new(), before }
    }

    /// Takes everything back that was published.
    pub fn reset(&mut self) {
        self.back_to(&self.before.clone());
    }

    /// Takes everything back that was published, and protects one more sum of a block's unknowns. False: it is known already,
    /// and cannot be.
    pub fn protect(&mut self, key: Key, sum: &Sum) -> bool {
        self.reset();
        let Some(block) = self.blocks.get_mut(&key) else { return false };
        let is_protected = block.elimination.protect(sum);
        self.before.blocks.insert(key, block.elimination.mark());
        is_protected
    }

    /// What was published so far.
    pub fn marks(&self) -> Marks {
        Marks { told: self.told.clone(), blocks: marks(&self.blocks) }
    }

    /// Takes back what was published since.
    pub fn back_to(&mut self, marks: &Marks) {
        self.told.clone_from(&marks.told);
        for (key, block) in &mut self.blocks {
            block.elimination.undo(marks.blocks[key]);
        }
    }

    /// Publishes numbers together, unless a protected one would follow.
    pub fn publish(&mut self, tells: &[Told]) -> bool {
        let sums = self.sums(tells);
        let mut done: Vec<(Key, _)> = Vec::new();
        for (key, sums) in &sums {
            let Some(block) = self.blocks.get_mut(key) else { continue };
            let mark = block.elimination.mark();
            if !block.elimination.publish(sums) {
                for (key, mark) in done {
                    self.blocks.get_mut(&key).into_iter().for_each(|block| block.elimination.undo(mark));
                }
                return false;
            }
            done.push((*key, mark));
        }
        self.told.extend(tells.iter().cloned());
        true
    }

    /// The numbers as sums of unknowns, block by block.
    fn sums(&self, tells: &[Told]) -> BTreeMap<Key, Vec<Sum>> {
        let mut sums: BTreeMap<Key, Vec<Sum>> = BTreeMap::new();
        for told in tells.iter().filter(|told| !self.told.contains(*told)) {
            let Some(key) = self.key(told) else { continue };
            let sum = self.blocks.get(&key).and_then(|block| block.told(told));
            if let Some(sum) = sum.filter(|sum| !sum.is_empty()) {
                sums.entry(key).or_default().push(sum);
            }
        }
        sums
    }

    /// All blocks.
    pub fn blocks(&self) -> impl Iterator<Item = (Key, &Block<'a>)> {
        self.blocks.iter().map(|(key, block)| (*key, block))
    }

    /// One block.
    pub fn block(&self, key: Key) -> Option<&Block<'a>> {
        self.blocks.get(&key)
    }

    /// The block of a number.
    pub fn key(&self, told: &Told) -> Option<Key> {
        let catalogue = self.data.catalogue;
        let source = told.source(catalogue)?;
        self.numbers.get(&(source, told.layer(catalogue))).map(|number| (*number, told.period))
    }

    /// The blocks of a number: of how many there are those too in which it is told who of them came and went.
    pub fn keys<'t>(&'t self, told: &'t Told) -> impl Iterator<Item = Key> + 't {
        let own = self.key(told);
        let source = told.source(self.data.catalogue);
        let others =
            self.numbers.iter().filter(move |((of, layer), _)| Some(*of) == source && layer.is_some());
        let keys = others.map(|(_, number)| (*number, told.period)).filter(move |key| {
            let block = self.blocks.get(key);
            Some(*key) != own && block.is_some_and(|block| block.layout.atoms.measures.contains_key(&told.of))
        });
        own.into_iter().chain(keys)
    }
}

/// The patterns of areas that any row lies in: where figures of areas overlap is known from persons and dwellings alone.
fn ground(data: Data<'_>) -> BTreeSet<&[u32]> {
    let rows = data.raw.atoms.values().filter(|atoms| !atoms.by_key);
    rows.flat_map(|atoms| atoms.places.iter().map(Vec::as_slice)).collect()
}

/// The zones of one source and period, and which atom of the source each of their atoms is.
fn geometry(
    data: Data,
    layout: &Layout,
    period: usize,
    ground: &BTreeSet<&[u32]>,
) -> (Geometry, Vec<Option<usize>>) {
    let (index, atoms) = (&data.raw.index, layout.atoms);
    if !atoms.by_key {
        let all = atoms.places.len();
        let present: Vec<usize> = (0..all).filter(|atom| atoms.rows[period * all + atom] > 0).collect();
        let places: Vec<&[u32]> = present.iter().map(|atom| atoms.places[*atom].as_slice()).collect();
        return (Geometry::new(index, &places), present.into_iter().map(Some).collect());
    }
    // An area where nobody was counted by rows is by itself, and in the municipality.
    let seen: HashSet<u32> = ground.iter().flat_map(|places| places.iter().copied()).collect();
    let municipality = index.areas.len() as u32;
    let alone: Vec<[u32; 2]> =
        (0..municipality).filter(|area| !seen.contains(area)).map(|area| [area, municipality]).collect();
    let mut places: Vec<&[u32]> = ground.iter().copied().collect();
    places.extend(alone.iter().map(<[u32; 2]>::as_slice));
    let elsewhere = [municipality];
    if data.catalogue.covering_layer().is_none() && !places.contains(&&elsewhere[..]) {
        places.push(&elsewhere);
    }
    let known = vec![None; places.len()];
    (Geometry::new(index, &places), known)
}
