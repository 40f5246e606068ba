//! What becomes of each source's rows: which columns are read, which figures are made from, which go to other sources.

use std::collections::{BTreeMap, BTreeSet};

use super::{absent::Absent, data_file::DataFile, sql::names};
use crate::{
    catalogue::{Catalogue, LocatedBy, Moves, PeriodColumn, Source, moves::quotient, source::BENCHMARKS},
    ids::{Period, PopulationId, SourceId},
};

/// The column that `age-from` gives.
pub const AGE: &str = "age";

/// What becomes of a source's rows.
pub(super) struct Uses {
    /// The source's own columns that populations or fixed forms use.
    pub own: BTreeSet<String>,
    /// Columns that other sources add, as far as they are used: name and source.
    pub added: BTreeMap<String, SourceId>,
    /// All columns that are read: [`Self::own`], those that other sources get, keys, period and place.
    pub reads: BTreeSet<String>,
    /// Populations that count with columns nobody has supplied.
    pub absent: BTreeSet<PopulationId>,
    /// Whether `compute` gets its rows.
    pub is_table: bool,
    /// Whether `compute` gets the points of its rows.
    pub points: bool,
}

impl Uses {
    /// `columns` are the names in expressions, by population.
    pub fn of(
        catalogue: &Catalogue,
        files: &BTreeMap<SourceId, DataFile>,
        id: &SourceId,
        columns: &BTreeMap<PopulationId, BTreeSet<String>>,
        absent: &BTreeMap<PopulationId, Absent>,
    ) -> Self {
        let counted =
            |population: &PopulationId| catalogue.source_of(population).is_some_and(|source| source == id);
        let used = columns
            .iter()
            .filter(|(population, _)| counted(population))
            .map(|(_, names)| names)
            .fold(None, |used: Option<BTreeSet<&String>>, names| {
                Some(used.into_iter().flatten().chain(names).collect())
            });
        let used = used.or_else(|| of_flow_table(catalogue, id));
        let own = files.get(id).map(|file| &file.schema);
        let is_own = |name: &str| own.is_some_and(|schema| schema.contains(name));
        let mut uses = Self {
            own: BTreeSet::new(),
            added: BTreeMap::new(),
            reads: BTreeSet::new(),
            absent: BTreeSet::new(),
            is_table: true,
            points: wants_points(catalogue, id),
        };
        uses.absent = absent.keys().filter(|population| counted(population)).cloned().collect();
        match used {
            Some(names) => {
                let adders = adders(catalogue, id);
                let gives = |name: &str, adder: &SourceId, source: &Source| {
                    adds(source, name) && files.get(adder).is_some_and(|file| file.schema.contains(name))
                };
                for name in names.into_iter().filter(|name| name.as_str() != AGE || is_own(AGE)) {
                    if is_own(name) {
                        uses.own.insert(name.clone());
                    } else if let Some((adder, _)) =
                        adders.iter().find(|(adder, source)| gives(name, adder, source))
                    {
                        uses.added.insert(name.clone(), (*adder).clone());
                    }
                }
            }
            None if is_help(catalogue, id) => uses.is_table = false,
            None if catalogue.source(id).is_some_and(|source| is_read_whole(id, source)) => uses
                .own
                .extend(own.into_iter().flat_map(|schema| schema.iter_names().map(ToString::to_string))),
            None => {}
        }
        uses.reads = uses.own.clone();
        let there = |other: &SourceId| files.contains_key(other);
        uses.reads.extend(
            catalogue.source(id).into_iter().flat_map(|source| own_needs(catalogue, id, source, there)),
        );
        uses
    }
}

/// Are all its columns read, since others look their names up in it: official lists and benchmarks?
pub(super) fn is_read_whole(id: &SourceId, source: &Source) -> bool {
    source.official.is_some() || id.as_str() == BENCHMARKS
}

/// The columns that the catalogue names anywhere for a source: for its own sake, in its entry, and in what is counted of its
/// rows or of those that it adds to. No other column of its file can be used.
pub(super) fn named(
    catalogue: &Catalogue,
    id: &SourceId,
    source: &Source,
    columns: &BTreeMap<PopulationId, BTreeSet<String>>,
) -> BTreeSet<String> {
    let mut named = own_needs(catalogue, id, source, |_| true);
    named.extend(source.columns.ids().cloned());
    if let Some(official) = &source.official {
        let values = official.values.iter().map(|(_, column)| column);
        named.extend(
            values.chain(official.limits.iter().map(|(_, column)| column)).map(|column| column.value.clone()),
        );
        named.extend(["list_date", "category"].map(ToString::to_string));
    }
    if id.as_str() == BENCHMARKS {
        named.extend(["indicator", "place", "value"].map(ToString::to_string));
    }
    let base = source.adds_to.as_ref().map(|adds| &adds.source.value);
    let of_rows = |population: &PopulationId| {
        let of = catalogue.source_of(population);
        of.is_some_and(|of| of == id || Some(of) == base)
    };
    named.extend(
        columns.iter().filter(|(population, _)| of_rows(population)).flat_map(|(_, names)| names).cloned(),
    );
    named
}

/// The columns that the expressions of each population name.
pub(super) fn by_population(catalogue: &Catalogue) -> BTreeMap<PopulationId, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (id, population) in catalogue.populations.iter() {
        if catalogue.source_of(&id.value).is_none() {
            continue;
        }
        let mut columns: BTreeSet<String> = [&population.filter, &population.weight, &population.value]
            .into_iter()
            .flatten()
            .flat_map(|sql| names(&sql.text))
            .collect();
        columns.extend(population.sum.as_ref().map(|column| column.value.clone()));
        all.insert(id.value.clone(), columns);
    }
    for (_, moves) in catalogue.moves.iter().filter(|(_, moves)| moves.table.is_none()) {
        if let Some((whole, columns)) = to_follow(catalogue, moves) {
            all.entry(whole.clone()).or_default().extend(columns);
        }
    }
    all
}

/// The columns that an ordered table of movers and stayers is counted by.
fn of_flow_table<'a>(catalogue: &'a Catalogue, id: &SourceId) -> Option<BTreeSet<&'a String>> {
    let tables = catalogue.moves.iter().filter_map(|(_, moves)| moves.table.as_ref());
    let here = tables.filter(|table| table.source.value == *id);
    let columns: BTreeSet<&String> =
        here.flat_map(|table| [&table.flow.value, &table.persons.value, &table.cases.value]).collect();
    (!columns.is_empty()).then_some(columns)
}

/// The columns that are needed to follow the persons of a split's population, beside the population's own.
fn to_follow<'a>(catalogue: &'a Catalogue, moves: &'a Moves) -> Option<(&'a PopulationId, BTreeSet<String>)> {
    let (_, whole) = quotient(&catalogue.indicators, &moves.indicator.value)?;
    let source = catalogue.source(catalogue.source_of(whole)?)?;
    let letting = moves.letting.as_ref().map(|letting| &letting.column.value);
    let came = source.came_from.as_ref().map(|came| &came.column.value);
    let left = source.left_for.as_ref().map(|left| &left.column.value);
    let events =
        moves.without.iter().filter_map(|event| catalogue.events.get(&event.value)?.dwellings.as_ref());
    let columns = [letting, came, left].into_iter().flatten().cloned();
    Some((whole, columns.chain(events.flat_map(|sql| names(&sql.text))).collect()))
}

/// Sources that add columns to this one, in the order of the catalogue.
pub(super) fn adders<'a>(catalogue: &'a Catalogue, id: &SourceId) -> Vec<(&'a SourceId, &'a Source)> {
    let adds_to = |source: &Source| source.adds_to.as_ref().is_some_and(|adds| adds.source.value == *id);
    catalogue
        .sources
        .iter()
        .filter(|(_, source)| adds_to(source))
        .map(|(id, source)| (&id.value, source))
        .collect()
}

/// Does an adding source give this column away? Its key and its period stay behind.
pub(super) fn adds(source: &Source, column: &str) -> bool {
    let key = source.adds_to.as_ref().is_some_and(|adds| adds.by.value == column);
    let period = source.period.as_ref().is_some_and(|period| period.column().value == column);
    !key && !period
}

/// Does a method ask for the points of a source's rows?
fn wants_points(catalogue: &Catalogue, id: &SourceId) -> bool {
    let methods = catalogue.indicators.iter().map(|(_, indicator)| indicator.method.form());
    methods.flat_map(|form| form.points()).any(|population| catalogue.source_of(population) == Some(id))
}

/// Is a source only there for others, as addresses or added columns?
fn is_help(catalogue: &Catalogue, id: &SourceId) -> bool {
    let addresses = |source: &Source| match source.located_by.as_ref().map(|located| &located.value) {
        Some(LocatedBy::Address(by)) => by.source.value == *id,
        _ => false,
    };
    let adds = catalogue.source(id).is_some_and(|source| source.adds_to.is_some());
    adds || catalogue.sources.iter().any(|(_, source)| addresses(source))
}

/// The kind of a source's periods.
pub(super) fn period_kind(source: &Source) -> Option<Period> {
    source.period.as_ref().map(|period| match period.value {
        PeriodColumn::Year(_) => Period::Year(0),
        PeriodColumn::HalfYear(_) => Period::Half(0, 1),
        PeriodColumn::Quarter(_) => Period::Quarter(0, 1),
        PeriodColumn::Month(_) => Period::Month(0, 1),
    })
}

/// The columns that a source must be read with for its own sake: the filter's, the period's, the place's, the keys'; of keys
/// that others ask for those of sources that are `there`.
pub(super) fn own_needs(
    catalogue: &Catalogue,
    id: &SourceId,
    source: &Source,
    there: impl Fn(&SourceId) -> bool,
) -> BTreeSet<String> {
    let mut needs: BTreeSet<String> = source.filter.as_ref().map(|sql| names(&sql.text)).unwrap_or_default();
    needs.extend(source.period.as_ref().map(|period| period.column().value.clone()));
    let of_rows = [&source.age_from, &source.household, &source.person];
    needs.extend(of_rows.into_iter().flatten().map(|column| column.value.clone()));
    match source.located_by.as_ref().map(|located| &located.value) {
        Some(LocatedBy::Address(by)) => drop(needs.insert(by.key.value.clone())),
        Some(LocatedBy::Point(by)) => needs.extend([by.x.value.clone(), by.y.value.clone()]),
        Some(LocatedBy::Cell(column) | LocatedBy::Area(column)) => drop(needs.insert(column.value.clone())),
        None => {}
    }
    needs.extend(source.adds_to.as_ref().map(|adds| adds.by.value.clone()));
    needs.extend(
        adders(catalogue, id)
            .into_iter()
            .filter(|(adder, _)| there(adder))
            .filter_map(|(_, adder)| Some(adder.adds_to.as_ref()?.by.value.clone())),
    );
    let others = catalogue.sources.iter().filter(|(other, _)| there(other));
    let serves = others.filter_map(|(_, other)| match &other.located_by.as_ref()?.value {
        LocatedBy::Address(by) if by.source.value == *id => Some(by.key.value.clone()),
        _ => None,
    });
    needs.extend(serves);
    needs
}
