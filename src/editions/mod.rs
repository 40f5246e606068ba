//! What was published before: the ledger of editions, one file each in the folder `editions/` beside the catalogue.
//!
//! A number that was given to others cannot be taken back, so whoever sees a later edition is taken to know the numbers of all
//! others too. A file holds the numbers that an edition's figures told (sums over whole areas, nothing of single rows) and a
//! fingerprint of each area's outline: [`today()`] reads the numbers of an area whose boundary has changed since as those of
//! the older version of it. [`read()`] reads the folder, [`write()`] adds to it and never replaces.

mod file;
mod numbers;
mod outlines;
#[cfg(test)]
mod tests;
mod today;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

pub use file::{FOLDER, inputs, is_name, may_write, read, write};
pub use today::today;

use crate::{
    ids::{AreaId, Period, PopulationId, SourceId},
    sources::Places,
};

/// All editions that are known, by name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ledger {
    /// The editions.
    pub editions: BTreeMap<String, Edition>,
}

/// What one edition told.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Edition {
    /// The numbers, sorted, each once.
    pub numbers: Vec<Number>,
    /// A fingerprint of the outline of every area that a number names.
    pub outlines: BTreeMap<AreaId, String>,
}

/// One number that an edition told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a number: an object with `of`, `zone`, `period` and `is`")]
pub struct Number {
    /// What was added up.
    pub of: Counted,
    /// Where: areas, each so many times; the municipality ([`AreaId::municipality`]), or the municipality without one area.
    #[serde(with = "numbers::zone")]
    pub zone: Vec<(AreaId, i64)>,
    /// When.
    #[serde(deserialize_with = "numbers::period")]
    pub period: Period,
    /// The number in thousandths.
    #[serde(rename = "is", with = "numbers::thousandths")]
    pub thousandths: i128,
}

/// What was added up.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// What the rows of a population count for: their number, weights or amounts.
    Sum(PopulationId),
    /// The number of a population's rows that have a number.
    Rows(PopulationId),
    /// All rows of a source.
    Every(SourceId),
}

impl Ledger {
    /// The others than the one that is made anew: what it told itself is not told before it.
    #[must_use]
    pub fn without(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            self.editions.remove(name);
        }
        self
    }
}

impl Edition {
    /// An edition that tells these numbers, of areas as they lie today.
    pub fn new(numbers: &[Number], places: &Places) -> Self {
        let named: std::collections::BTreeSet<&AreaId> =
            numbers.iter().flat_map(|number| &number.zone).map(|(area, _)| area).collect();
        let areas = places.all_layers().flat_map(|(_, areas)| areas).filter(|area| named.contains(&area.id));
        let outlines = areas.map(|area| (area.id.clone(), outlines::fingerprint(&area.geometry))).collect();
        let mut numbers = numbers.to_vec();
        numbers.iter_mut().for_each(|number| number.zone.sort());
        numbers.sort();
        numbers.dedup();
        Self { numbers, outlines }
    }
}

/// The folder of the editions of a catalogue.
pub fn folder(catalogue: &Path) -> PathBuf {
    catalogue.parent().unwrap_or(Path::new("")).join(FOLDER)
}
