//! `open`: every declared file found, every column and expression of the catalogue checked against it. No figure is computed
//! before all of it is right, and all mistakes are found in one run.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use polars::prelude::{DataType, Field, Schema, SchemaExt};

use super::{
    areas::{self, OpenPlaces},
    data_file::DataFile,
    files::InputFile,
    sql::{Expression, Wanted, check, listed, names, type_words},
};
use crate::{
    catalogue::{At, Catalogue, LocatedBy, PeriodColumn, Population, Source, Sql, source::BENCHMARKS},
    diagnostics::{Diagnostic, Outcome},
    ids::{Period, SourceId},
};

/// The column that `age-from` gives.
pub(super) const AGE: &str = "age";

/// Files found and checked, rows (of Parquet files and GeoPackages) not read yet.
pub struct Opened {
    pub(super) places: OpenPlaces,
    pub(super) sources: BTreeMap<SourceId, OpenSource>,
    inputs: Vec<InputFile>,
}

impl Opened {
    /// All files that the catalogue names, sorted by name, each once.
    pub fn inputs(&self) -> &[InputFile] {
        &self.inputs
    }

    /// The columns that will be read of each source, sorted: nothing else of a file is looked at.
    pub fn columns(&self) -> BTreeMap<SourceId, Vec<String>> {
        self.sources.iter().map(|(id, source)| (id.clone(), source.used.iter().cloned().collect())).collect()
    }
}

/// A source whose file is known to have the columns that the catalogue names.
pub(super) struct OpenSource {
    pub file: DataFile,
    pub uses: Uses,
}

/// What becomes of a source's rows.
pub(super) struct Uses {
    /// The source's own columns that populations or fixed forms use.
    pub own: BTreeSet<String>,
    /// Columns that other sources add, as far as they are used: name and source.
    pub added: BTreeMap<String, SourceId>,
    /// Whether `compute` gets its rows.
    pub is_table: bool,
}

/// Finds the files of a catalogue below `folder` and checks every column and expression. Errors: a missing or broken file, a
/// wrong coordinate system, an unknown column, an expression that is not a condition; each at its place in the catalogue.
pub fn open(catalogue: &Catalogue, folder: &Path) -> Outcome<Opened> {
    let mut problems = Vec::new();
    let mut files = BTreeMap::new();
    for (id, source) in catalogue.sources.iter() {
        let counted =
            catalogue.populations.ids().any(|population| catalogue.source_of(population) == Some(&id.value));
        let written = !counted && (source.official.is_some() || id.value.as_str() == BENCHMARKS);
        match DataFile::open(source, folder, written) {
            Ok(file) => drop(files.insert(id.value.clone(), file)),
            Err(found) => problems.extend(found),
        }
    }
    let places = areas::open(catalogue, folder).map_err(|found| problems.extend(found)).ok();
    let mut checks = Checks { catalogue, files: &files, problems };
    for (id, source) in catalogue.sources.iter() {
        checks.source(&id.value, source);
    }
    let used = checks.populations();
    let problems = checks.problems;
    let Some((places, mut inputs)) = places.filter(|_| problems.is_empty()) else { return Err(problems) };
    inputs.extend(files.values().flat_map(|file| file.files.iter().cloned()));
    inputs.sort();
    inputs.dedup();
    let uses: Vec<Uses> = files.keys().map(|id| Uses::of(catalogue, &files, id, &used)).collect();
    let sources =
        files.into_iter().zip(uses).map(|((id, file), uses)| (id, OpenSource { file, uses })).collect();
    Ok((Opened { places, sources, inputs }, Vec::new()))
}

impl Uses {
    fn of(
        catalogue: &Catalogue,
        files: &BTreeMap<SourceId, DataFile>,
        id: &SourceId,
        used: &BTreeMap<SourceId, BTreeSet<String>>,
    ) -> Self {
        let own = files.get(id).map(|file| &file.schema);
        let is_own = |name: &str| own.is_some_and(|schema| schema.contains(name));
        let mut uses = Self { own: BTreeSet::new(), added: BTreeMap::new(), is_table: true };
        match used.get(id) {
            Some(names) => {
                let adders = adders(catalogue, id);
                let gives = |name: &str, adder: &SourceId, source: &Source| {
                    adds(source, name) && files.get(adder).is_some_and(|file| file.schema.contains(name))
                };
                for name in names.iter().filter(|name| name.as_str() != AGE || is_own(AGE)) {
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
            None => uses
                .own
                .extend(own.into_iter().flat_map(|schema| schema.iter_names().map(ToString::to_string))),
        }
        uses
    }
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
fn adds(source: &Source, column: &str) -> bool {
    let key = source.adds_to.as_ref().is_some_and(|adds| adds.by.value == column);
    let period = source.period.as_ref().is_some_and(|period| period.column().value == column);
    !key && !period
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

/// What a column is needed for.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    Number,
    Date,
    Period,
    Key,
    Any,
}

struct Checks<'a> {
    catalogue: &'a Catalogue,
    files: &'a BTreeMap<SourceId, DataFile>,
    problems: Vec<Diagnostic>,
}

impl Checks<'_> {
    fn source(&mut self, id: &SourceId, source: &Source) {
        let Some(file) = self.files.get(id) else { return };
        if let Some(period) = &source.period {
            self.column(source, file, period.column(), Need::Period);
        }
        if let Some(birth) = &source.age_from {
            self.column(source, file, birth, Need::Date);
            self.age(source, file, birth);
        }
        if let Some(filter) = &source.filter {
            self.expression(filter, Wanted::Filter, &file.schema);
        }
        match source.located_by.as_ref().map(|located| &located.value) {
            Some(LocatedBy::Address(by)) => {
                self.column(source, file, &by.key, Need::Key);
                self.address_source(by);
            }
            Some(LocatedBy::Point(by)) => {
                self.column(source, file, &by.x, Need::Number);
                self.column(source, file, &by.y, Need::Number);
            }
            Some(LocatedBy::Cell(column) | LocatedBy::Area(column)) => {
                self.column(source, file, column, Need::Key)
            }
            None => {}
        }
        if let Some(adds) = &source.adds_to {
            self.column(source, file, &adds.by, Need::Key);
            if let (Some(base), Some(base_file)) =
                (self.catalogue.source(&adds.source), self.files.get(&adds.source.value))
            {
                self.column(base, base_file, &adds.by, Need::Key);
                if period_kind(source).is_some() && period_kind(source) != period_kind(base) {
                    let message = format!("`{id}` and `{}` have periods of different kinds", adds.source);
                    self.problems.push(Diagnostic::error("unlike-periods", message, &adds.source.place));
                }
            }
        }
        self.fixed_columns(id, source, file);
    }

    /// Columns that official lists and benchmarks must have.
    fn fixed_columns(&mut self, id: &SourceId, source: &Source, file: &DataFile) {
        let official: &[&str] = if source.official.is_some() { &["list_date", "category"] } else { &[] };
        let benchmarks: &[&str] =
            if id.as_str() == BENCHMARKS { &["indicator", "place", "value"] } else { &[] };
        for name in official.iter().chain(benchmarks).filter(|name| !file.schema.contains(name)) {
            let message = format!("`{}` has no column `{name}`", source.file);
            let problem = Diagnostic::error("unknown-column", message, &source.file.place)
                .did_you_mean(name, file.schema.iter_names().map(|name| name.as_str()));
            self.problems.push(problem.hint(format!("its columns are {}", listed(&file.schema))));
        }
        for (_, column) in source.official.iter().flat_map(|official| official.values.iter()) {
            self.column(source, file, column, Need::Any);
        }
    }

    fn age(&mut self, source: &Source, file: &DataFile, birth: &At<String>) {
        if file.schema.contains(AGE) {
            let message = format!("`{}` already has a column `{AGE}`", source.file);
            self.problems.push(
                Diagnostic::error("column-taken", message, &birth.place)
                    .hint("`age-from` would give a second one"),
            );
        }
    }

    fn address_source(&mut self, by: &crate::catalogue::source::ByAddress) {
        let Some(addresses) = self.catalogue.source(&by.source) else { return };
        if let Some(file) = self.files.get(&by.source.value) {
            self.column(addresses, file, &by.key, Need::Key);
        }
        let point =
            addresses.located_by.as_ref().is_some_and(|located| matches!(located.value, LocatedBy::Point(_)));
        if !point {
            let message = format!("`{}` has no points", by.source);
            self.problems.push(
                Diagnostic::error("no-points", message, &by.source.place)
                    .hint("a source of addresses is itself `located-by: { point: { x: …, y: …, crs: … } }`"),
            );
        }
    }

    /// Is the column there, and of a type that can serve?
    fn column(&mut self, source: &Source, file: &DataFile, column: &At<String>, need: Need) {
        let Some(dtype) = file.schema.get(&column.value) else {
            let problem = unknown_column(&source.file, column, &file.schema);
            return self.problems.push(problem);
        };
        let text = dtype == &DataType::String;
        let date = matches!(dtype, DataType::Date | DataType::Datetime(..));
        let (fits, expected) = match need {
            Need::Number => (dtype.is_numeric(), "numbers"),
            Need::Date => (date || text, "dates"),
            Need::Period => (date || text || dtype.is_integer(), "a year, a text or a date"),
            Need::Key => (text || dtype.is_integer(), "texts or whole numbers"),
            Need::Any => (true, ""),
        };
        if !fits {
            let message = format!("expected {expected} in `{column}`, found {}", type_words(dtype));
            let problem = Diagnostic::error("wrong-type", message, &column.place);
            let why = file.why_text(column, source.sensitivity).filter(|_| need == Need::Number);
            self.problems.push(why.map_or(problem.clone(), |why| problem.hint(why)));
        }
    }

    fn expression(&mut self, sql: &Sql, wanted: Wanted, schema: &Schema) {
        let place = |offset, len| sql.place_of(offset, len);
        let expression = Expression { text: &sql.text, wanted, place: &place };
        self.problems.extend(check(&expression, schema).err().into_iter().flatten());
    }

    /// Checks all populations; gives the columns that they use, by source.
    fn populations(&mut self) -> BTreeMap<SourceId, BTreeSet<String>> {
        let mut used: BTreeMap<SourceId, BTreeSet<String>> = BTreeMap::new();
        for (id, population) in self.catalogue.populations.iter() {
            let Some(source) = self.catalogue.source_of(&id.value) else { continue };
            let names = used.entry(source.clone()).or_default();
            for sql in [&population.filter, &population.weight, &population.value].into_iter().flatten() {
                names.extend(super::sql::names(&sql.text));
            }
            names.extend(population.sum.as_ref().map(|column| column.value.clone()));
            let schema = self.files.contains_key(source).then(|| scope(self.catalogue, self.files, source));
            if let Some(schema) = schema {
                self.population(source, population, &schema);
            }
        }
        used
    }

    fn population(&mut self, id: &SourceId, population: &Population, schema: &Schema) {
        let wanted = [
            (&population.filter, Wanted::Filter),
            (&population.weight, Wanted::Number),
            (&population.value, Wanted::Number),
        ];
        for (sql, wanted) in wanted {
            if let Some(sql) = sql {
                self.expression(sql, wanted, schema);
            }
        }
        let Some(column) = &population.sum else { return };
        let (Some(source), Some(file)) = (self.catalogue.source(id), self.files.get(id)) else { return };
        match schema.get(&column.value) {
            None => self.problems.push(unknown_column(&source.file, column, schema)),
            Some(dtype) if !dtype.is_numeric() => {
                let message = format!("expected numbers in `{column}`, found {}", type_words(dtype));
                let problem = Diagnostic::error("wrong-type", message, &column.place);
                let why = file.why_text(column, source.sensitivity);
                self.problems.push(why.map_or(problem.clone(), |why| problem.hint(why)));
            }
            Some(_) => {}
        }
    }
}

/// The columns that expressions about a source's rows may use: its own, `age`, and those that other sources add (a name
/// taken already is not added again).
fn scope(catalogue: &Catalogue, files: &BTreeMap<SourceId, DataFile>, id: &SourceId) -> Schema {
    let mut schema = files.get(id).map(|file| file.schema.clone()).unwrap_or_default();
    if catalogue.source(id).is_some_and(|source| source.age_from.is_some()) {
        schema.with_column(AGE.into(), DataType::Int32);
    }
    for (adder, source) in adders(catalogue, id) {
        let columns = files
            .get(adder)
            .map(|file| file.schema.iter_fields().collect::<Vec<Field>>())
            .unwrap_or_default();
        for field in columns.into_iter().filter(|field| adds(source, &field.name)) {
            if !schema.contains(&field.name) {
                schema.with_column(field.name, field.dtype);
            }
        }
    }
    schema
}

fn unknown_column(file: &At<String>, column: &At<String>, schema: &Schema) -> Diagnostic {
    let problem =
        Diagnostic::error("unknown-column", format!("`{file}` has no column `{column}`"), &column.place)
            .did_you_mean(column, schema.iter_names().map(|name| name.as_str()));
    if problem.hints.is_empty() {
        problem.hint(format!("its columns are {}", listed(schema)))
    } else {
        problem
    }
}

/// The columns that a source must be read with for its own sake: the filter's, the period's, the place's, the keys'.
pub(super) fn own_needs(catalogue: &Catalogue, id: &SourceId, source: &Source) -> BTreeSet<String> {
    let mut needs: BTreeSet<String> = source.filter.as_ref().map(|sql| names(&sql.text)).unwrap_or_default();
    needs.extend(source.period.as_ref().map(|period| period.column().value.clone()));
    needs.extend(source.age_from.as_ref().map(|column| column.value.clone()));
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
            .filter_map(|(_, adder)| Some(adder.adds_to.as_ref()?.by.value.clone())),
    );
    let serves = catalogue.sources.iter().filter_map(|(_, other)| match &other.located_by.as_ref()?.value {
        LocatedBy::Address(by) if by.source.value == *id => Some(by.key.value.clone()),
        _ => None,
    });
    needs.extend(serves);
    needs
}
