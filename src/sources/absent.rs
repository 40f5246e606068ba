//! What is not there yet: populations over sources that are described without a file, or over columns that a file lacks.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataType, Schema};

use super::{
    data_file::DataFile,
    uses::{AGE, adders, adds, own_needs},
};
use crate::{
    catalogue::{Catalogue, Holds, LocatedBy, Source},
    ids::{PopulationId, SourceId},
};

/// What a population waits for: sources, and the columns of each that it counts with.
pub type Absent = BTreeMap<SourceId, BTreeSet<String>>;

/// The columns that a source's entry declares, as a schema.
pub(super) fn declared(source: &Source) -> Schema {
    let columns = source.columns.iter().map(|(name, holds)| {
        let dtype = match holds {
            Holds::Text => DataType::String,
            Holds::Number => DataType::Int64,
            Holds::Boolean => DataType::Boolean,
            Holds::Date => DataType::Date,
        };
        (name.value.as_str().into(), dtype)
    });
    columns.collect()
}

/// The populations that cannot be counted, with what each waits for. `columns` are the names in each one's expressions.
pub(super) fn populations(
    catalogue: &Catalogue,
    files: &BTreeMap<SourceId, DataFile>,
    columns: &BTreeMap<PopulationId, BTreeSet<String>>,
) -> BTreeMap<PopulationId, Absent> {
    let mut all = BTreeMap::new();
    for id in catalogue.populations.ids() {
        let Some(source) = catalogue.source_of(id) else { continue };
        let mut absent = Absent::new();
        if !files.contains_key(source) {
            whole(catalogue, files, source, &mut absent);
        }
        for column in columns_of(catalogue, columns, id) {
            let birth = catalogue.source(source).and_then(|source| source.age_from.as_ref());
            let Some(source) = waits_for(catalogue, files, source, &column) else { continue };
            let column = birth.filter(|_| column == AGE).map_or(column, |birth| birth.value.clone());
            absent.entry(source.clone()).or_default().insert(column);
        }
        if !absent.is_empty() {
            all.insert(id.clone(), absent);
        }
    }
    all
}

/// A source without a file is wanted with its own columns (period, place, keys) and the addresses that place its rows.
fn whole(catalogue: &Catalogue, files: &BTreeMap<SourceId, DataFile>, id: &SourceId, absent: &mut Absent) {
    let Some(source) = catalogue.source(id) else { return };
    absent.entry(id.clone()).or_default().extend(own_needs(catalogue, id, source, |_| true));
    if let Some(LocatedBy::Address(by)) = source.located_by.as_deref()
        && !files.contains_key(&by.source.value)
        && let Some(addresses) = catalogue.source(&by.source)
    {
        let needs = own_needs(catalogue, &by.source, addresses, |_| true);
        absent.entry(by.source.value.clone()).or_default().extend(needs);
    }
}

/// The source that should hold a column of a population's rows and does not; `None` if the column is there.
fn waits_for<'a>(
    catalogue: &'a Catalogue,
    files: &BTreeMap<SourceId, DataFile>,
    id: &'a SourceId,
    column: &str,
) -> Option<&'a SourceId> {
    let source = catalogue.source(id)?;
    let adders = adders(catalogue, id);
    let given = |id: &SourceId| files.get(id).is_some_and(|file| file.schema.contains(column));
    if given(id)
        || adders.iter().any(|(adder, source)| adds(source, column) && files.contains_key(id) && given(adder))
    {
        return None;
    }
    if column == AGE
        && let Some(birth) = &source.age_from
    {
        return (!files.get(id).is_some_and(|file| file.schema.contains(&birth.value))).then_some(id);
    }
    if source.columns.contains(column) {
        return Some(id);
    }
    adders
        .into_iter()
        .find(|(_, source)| source.columns.contains(column))
        .map(|(adder, _)| adder)
        .or(Some(id))
}

/// The population's columns, with what it lies within.
fn columns_of(
    catalogue: &Catalogue,
    own: &BTreeMap<PopulationId, BTreeSet<String>>,
    id: &PopulationId,
) -> BTreeSet<String> {
    let mut columns = BTreeSet::new();
    let mut at = Some(id);
    // No longer than there are populations: a circle of `within` is the catalogue's to tell.
    for _ in 0..=catalogue.populations.len() {
        let Some(id) = at else { break };
        columns.extend(own.get(id).into_iter().flatten().cloned());
        at = catalogue.population(id).and_then(|population| population.within.as_ref()).map(|id| &id.value);
    }
    columns
}
