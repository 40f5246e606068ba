//! Which numbers a figure tells: whoever sees it is taken to know them exactly, to the last person.
//!
//! A share is taken to tell its part and its whole, a mean its sum and how many it is of, a value over several years those
//! numbers in each of them. That is more than is printed, so that what stays hidden from such an attacker stays hidden from
//! every other one.

use std::{collections::BTreeSet, sync::Arc};

use super::super::raw::Scope;
use crate::{
    catalogue::Catalogue,
    ids::{LayerId, Period, PopulationId, SourceId},
};

/// A number that a figure tells.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::compute) struct Told {
    /// What is added up.
    pub of: Counted,
    /// Where.
    pub zone: Zone,
    /// When.
    pub period: Period,
}

impl Told {
    /// The source that it is counted from.
    pub fn source<'a>(&'a self, catalogue: &'a Catalogue) -> Option<&'a SourceId> {
        match &self.of {
            Counted::Sum(population) | Counted::Rows(population) => catalogue.source_of(population),
            Counted::Every(source) => Some(source),
        }
    }
}

/// What is added up.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::compute) enum Counted {
    /// What the rows of a population count for: their number, weights or amounts.
    Sum(PopulationId),
    /// The number of a population's rows that have a number.
    Rows(PopulationId),
    /// All rows of a source.
    Every(SourceId),
}

/// Where something is added up. Areas are numbered as in [`super::super::raw::Index`], the municipality after the last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::compute) enum Zone {
    /// One area.
    Area(u32),
    /// The municipality.
    Municipality,
    /// The municipality without one area.
    Rest(u32),
    /// Several areas together, each so many times (a difference has −1).
    Areas(Arc<[(u32, i8)]>),
    /// These areas together without one of them. One list serves every area of a layer.
    Without(Arc<[u32]>, u32),
}

impl Told {
    /// The layer in whose areas persons come and go, of a number of those who do.
    pub fn layer<'a>(&self, catalogue: &'a Catalogue) -> Option<&'a LayerId> {
        match &self.of {
            Counted::Sum(population) | Counted::Rows(population) => {
                catalogue.flows.get(population)?.layer.as_ref()
            }
            Counted::Every(_) => None,
        }
    }

    /// What the rows of a population count for.
    pub fn sum(population: &PopulationId, zone: &Zone, period: Period) -> Self {
        Self { of: Counted::Sum(population.clone()), zone: zone.clone(), period }
    }

    /// How many rows of a population have a number.
    pub fn rows(population: &PopulationId, zone: &Zone, period: Period) -> Self {
        Self { of: Counted::Rows(population.clone()), zone: zone.clone(), period }
    }
}

/// Each number once, in order.
pub(in crate::compute) fn in_order(all: impl IntoIterator<Item = Told>) -> Vec<Told> {
    all.into_iter().collect::<BTreeSet<Told>>().into_iter().collect()
}

impl Zone {
    /// How many times each area is part of it, and the municipality under its number.
    pub fn places(&self, municipality: u32) -> Vec<(u32, i8)> {
        match self {
            Self::Area(area) => vec![(*area, 1)],
            Self::Municipality => vec![(municipality, 1)],
            Self::Rest(area) => vec![(*area, -1), (municipality, 1)],
            Self::Areas(areas) => areas.to_vec(),
            Self::Without(all, area) => {
                all.iter().filter(|other| *other != area).map(|other| (*other, 1)).collect()
            }
        }
    }
}

impl From<Scope<'_>> for Zone {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Area(area) => Self::Area(area as u32),
            Scope::Municipality => Self::Municipality,
            Scope::Rest(area) => Self::Rest(area as u32),
            Scope::Sum(areas) => Self::Areas(areas.iter().map(|area| (*area as u32, 1)).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_is_the_municipality_without_the_area_and_others_are_a_layer_without_it() {
        let areas: Arc<[u32]> = [2, 3, 5].into();
        assert_eq!(Zone::Rest(3).places(7), [(3, -1), (7, 1)]);
        assert_eq!(Zone::Without(areas.clone(), 3).places(7), [(2, 1), (5, 1)]);
        assert_eq!(Zone::Without(areas, 4).places(7), [(2, 1), (3, 1), (5, 1)]);
        assert_eq!(Zone::from(Scope::Sum(&[0, 4])).places(7), [(0, 1), (4, 1)]);
        assert_eq!(Zone::from(Scope::Municipality).places(7), [(7, 1)]);
    }
}
