//! Zones as sums of one another: which areas are several atoms, what two areas share, what is left of one without the other.
//!
//! An unknown stands for every atom and for every area that is several atoms; the equation of such an area says so. Attackers
//! know where the areas lie, so that equations are known to all.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{super::raw::Index, told::Zone};

/// A sum of zones, each so many times: by number of the zone, none zero.
pub(in crate::compute) type Zones = Vec<(u32, i64)>;

/// The zones of one source and period.
pub(in crate::compute) struct Geometry {
    /// The zone of every area, the municipality's last; none where nobody is.
    of_area: Vec<Option<u32>>,
    /// The atoms come first.
    pub atoms: usize,
    /// Of each zone its atoms.
    pub made_of: Vec<Vec<u32>>,
    /// Sums that are zero.
    pub equations: Vec<Zones>,
    /// What areas have in common and what is left of them without others, beside the areas themselves; and what is
    /// in none of the areas of a layer.
    pub crossed: Vec<Zones>,
}

impl Geometry {
    /// The zones over these atoms: of each the areas that it lies in, the municipality (the number of areas) among them.
    pub fn new(index: &Index, atoms: &[&[u32]]) -> Self {
        let municipality = index.areas.len();
        let mut sets: Vec<Vec<u32>> = vec![Vec::new(); municipality + 1];
        for (atom, places) in atoms.iter().enumerate() {
            places.iter().for_each(|place| sets[*place as usize].push(atom as u32));
        }
        let mut made_of: Vec<Vec<u32>> = (0..atoms.len() as u32).map(|atom| vec![atom]).collect();
        let mut known: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        let of_area: Vec<Option<u32>> = sets
            .into_iter()
            .map(|set| match set[..] {
                [] => None,
                [atom] => Some(atom),
                _ => Some(*known.entry(set).or_insert_with_key(|set| {
                    made_of.push(set.clone());
                    made_of.len() as u32 - 1
                })),
            })
            .collect();
        let mut geometry =
            Self { of_area, atoms: atoms.len(), made_of, equations: Vec::new(), crossed: Vec::new() };
        geometry.equations = geometry.equations_of(index);
        geometry.crossed = geometry.crossings(index);
        geometry
    }

    /// The number of zones.
    pub fn zones(&self) -> usize {
        self.made_of.len()
    }

    /// The zone of an area, or of the municipality.
    pub fn area(&self, area: usize) -> Option<u32> {
        self.of_area[area]
    }

    /// The zone of the municipality.
    pub fn municipality(&self) -> Option<u32> {
        self.area(self.of_area.len() - 1)
    }

    /// A zone as a sum of zones; empty where nobody is.
    pub fn terms(&self, zone: &Zone) -> Zones {
        let municipality = self.of_area.len() as u32 - 1;
        let areas = zone.places(municipality).into_iter();
        added(areas.filter_map(|(area, by)| Some((self.of_area[area as usize]?, i64::from(by)))))
    }

    /// A zone of several atoms is their sum; the largest through the areas of the layer that covers most of it.
    fn equations_of(&self, index: &Index) -> Vec<Zones> {
        let own = |zone: usize| self.made_of[zone].iter().map(|atom| (*atom, -1));
        let municipality = self.of_area.last().copied().flatten().filter(|zone| *zone as usize >= self.atoms);
        let parts = (self.atoms..self.zones()).filter(|zone| Some(*zone as u32) != municipality);
        let mut equations: Vec<Zones> =
            parts.map(|zone| added(own(zone).chain([(zone as u32, 1)]))).collect();
        if let Some(zone) = municipality {
            let covers = |layer: &&Vec<usize>| layer.iter().map(|area| self.size(*area)).sum::<usize>();
            let layers: Vec<Vec<usize>> =
                index.layers.iter().map(|(_, areas)| areas.clone().collect()).collect();
            let layer = layers.iter().max_by_key(covers).map_or(&[][..], |layer| layer);
            equations.push(added(
                self.without(zone, layer).into_iter().map(|(zone, by)| (zone, -by)).chain(
                    layer.iter().filter_map(|area| Some((self.of_area[*area]?, -1))).chain([(zone, 1)]),
                ),
            ));
        }
        equations
    }

    fn size(&self, area: usize) -> usize {
        self.of_area[area].map_or(0, |zone| self.made_of[zone as usize].len())
    }

    /// The atoms of a zone that are in none of the areas.
    fn without(&self, zone: u32, areas: &[usize]) -> Zones {
        let inside: BTreeSet<u32> = areas.iter().flat_map(|area| self.atoms_of(*area)).copied().collect();
        let atoms = self.made_of[zone as usize].iter().filter(|atom| !inside.contains(atom));
        atoms.map(|atom| (*atom, 1)).collect()
    }

    fn atoms_of(&self, area: usize) -> &[u32] {
        self.of_area[area].map_or(&[], |zone| &self.made_of[zone as usize])
    }

    /// What is left of the municipality without the areas of each layer.
    fn outside_layers(&self, index: &Index) -> Vec<Zones> {
        let Some(zone) = self.municipality() else { return Vec::new() };
        let outside = |layer: Range<usize>| {
            let areas: Vec<usize> = layer.collect();
            let rest = areas.iter().filter_map(|area| Some((self.of_area[*area]?, -1)));
            shorter(self.without(zone, &areas), added(rest.chain([(zone, 1)])))
        };
        let all: BTreeSet<Zones> = index.layers.iter().map(|(_, layer)| outside(layer.clone())).collect();
        all.into_iter().filter(|zones| !zones.is_empty()).collect()
    }

    /// Atoms; what is outside every area of a layer; what two areas of different layers share, and each without the other.
    fn crossings(&self, index: &Index) -> Vec<Zones> {
        let mut found: BTreeSet<Zones> = (0..self.atoms as u32).map(|atom| vec![(atom, 1)]).collect();
        found.extend(self.outside_layers(index));
        for (_, layer) in &index.layers {
            let areas: Vec<usize> = layer.clone().collect();
            let mut layer_of: BTreeMap<u32, usize> = BTreeMap::new();
            areas.iter().for_each(|area| {
                layer_of.extend(self.atoms_of(*area).iter().map(|atom| (*atom, *area)));
            });
            let others =
                index.layers.iter().flat_map(|(_, other)| other.clone()).filter(|area| !layer.contains(area));
            others.for_each(|area| self.cross(area, &layer_of, &mut found));
        }
        let areas: BTreeSet<Zones> = self.of_area.iter().flatten().map(|zone| vec![(*zone, 1)]).collect();
        found.into_iter().filter(|zones| !zones.is_empty() && !areas.contains(zones)).collect()
    }

    /// An area against the areas of another layer: of each atom the area that it lies in there.
    fn cross(&self, area: usize, there: &BTreeMap<u32, usize>, found: &mut BTreeSet<Zones>) {
        let Some(zone) = self.of_area[area].filter(|zone| *zone as usize >= self.atoms) else { return };
        let mut parts: BTreeMap<Option<usize>, Vec<u32>> = BTreeMap::new();
        for atom in &self.made_of[zone as usize] {
            parts.entry(there.get(atom).copied()).or_default().push(*atom);
        }
        if parts.len() == 1 {
            // It lies in one area of the other layer, or in none: that area crosses this one.
            return;
        }
        for (other, shared) in parts {
            let whole = other
                .and_then(|other| self.of_area[other])
                .filter(|_| other.is_some_and(|other| self.size(other) == shared.len()));
            let both: Zones = match whole {
                Some(other) => vec![(other, 1)],
                None => shared.iter().map(|atom| (*atom, 1)).collect(),
            };
            found.insert(added(both.iter().map(|(zone, by)| (*zone, -by)).chain([(zone, 1)])));
            found.insert(both);
        }
    }
}

/// The sum of terms, sorted, without those that cancel out.
pub(in crate::compute) fn added(terms: impl Iterator<Item = (u32, i64)>) -> Zones {
    let mut sum: BTreeMap<u32, i64> = BTreeMap::new();
    terms.for_each(|(zone, by)| *sum.entry(zone).or_default() += by);
    sum.into_iter().filter(|(_, by)| *by != 0).collect()
}

fn shorter(one: Zones, other: Zones) -> Zones {
    if one.len() <= other.len() { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two cells of 41 and 39, one of 52, and a polygon of the first and of 37 of the second (methods of geographic
    /// differencing: what one leaves of another is two persons); the municipality is number 4.
    fn cells_and_polygon() -> (Index, Geometry) {
        let index = Index {
            areas: ["c1", "c2", "c3", "p"].map(Into::into).to_vec(),
            layers: vec![("cells".into(), 0..3), ("polygons".into(), 3..4)],
            versions: BTreeMap::new(),
        };
        // In c1 and p, in c2 and p, in c2 alone, in c3.
        let atoms: [&[u32]; 4] = [&[0, 3, 4], &[1, 3, 4], &[1, 4], &[2, 4]];
        let geometry = Geometry::new(&index, &atoms);
        (index, geometry)
    }

    #[test]
    fn an_area_is_an_atom_or_the_sum_of_several() {
        let (_, geometry) = cells_and_polygon();
        assert_eq!((geometry.area(0), geometry.area(2)), (Some(0), Some(3)));
        let zone = |area| geometry.area(area).map(|zone| geometry.made_of[zone as usize].as_slice());
        assert_eq!(zone(1), Some(&[1, 2][..]));
        assert_eq!(zone(3), Some(&[0, 1][..]));
        assert_eq!(geometry.municipality().map(|zone| geometry.made_of[zone as usize].len()), Some(4));
    }

    #[test]
    fn every_equation_is_zero_whatever_the_atoms_are() {
        let (_, geometry) = cells_and_polygon();
        let atoms = [41, 37, 2, 52];
        let sum =
            |zone: u32| -> i64 { geometry.made_of[zone as usize].iter().map(|a| atoms[*a as usize]).sum() };
        assert_eq!(geometry.equations.len(), 3, "c2, the polygon and the municipality");
        for equation in &geometry.equations {
            assert_eq!(equation.iter().map(|(zone, by)| by * sum(*zone)).sum::<i64>(), 0);
        }
    }

    #[test]
    fn what_a_polygon_cuts_off_a_cell_is_a_zone() {
        let (_, geometry) = cells_and_polygon();
        let atoms = [41, 37, 2, 52];
        let sum =
            |zone: u32| -> i64 { geometry.made_of[zone as usize].iter().map(|a| atoms[*a as usize]).sum() };
        let sizes: BTreeSet<i64> = geometry
            .crossed
            .iter()
            .map(|zones| zones.iter().map(|(zone, by)| by * sum(*zone)).sum())
            .collect();
        // 2 and 37 of the second cell, the polygon without the 37, and what is outside of it.
        assert_eq!(sizes, BTreeSet::from([2, 37, 41, 54]));
    }

    #[test]
    fn an_area_where_nobody_is_is_nothing() {
        let (index, _) = cells_and_polygon();
        let geometry = Geometry::new(&index, &[&[0, 3, 4]]);
        assert_eq!(geometry.area(2), None);
        assert!(geometry.terms(&Zone::Area(2)).is_empty());
        assert!(geometry.terms(&Zone::Rest(0)).is_empty(), "all are in the first cell");
    }
}
