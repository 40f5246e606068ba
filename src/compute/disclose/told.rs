//! Which numbers a figure tells: whoever sees it is taken to know them exactly, to the last person.
//!
//! A share is taken to tell its part and its whole, a mean its sum and how many it is of, a value over several years those
//! numbers in each of them. That is more than is printed, so that what stays hidden from such an attacker stays hidden from
//! every other one.

use std::sync::Arc;

use super::super::raw::Scope;
use crate::ids::{Period, PopulationId, SourceId};

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

/// Where something is added up. Areas are numbered as in [`super::super::raw::Index`].
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
