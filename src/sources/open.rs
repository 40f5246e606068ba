//! `open`: every declared file found, every column and expression of the catalogue checked against it. No figure is computed
//! before all of it is right, and all mistakes are found in one run. Sources that are described without a file are checked
//! the same way against the columns they declare.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use polars::prelude::{DataType, Schema};

use super::{
    absent::{self, Absent},
    areas::{self, OpenPlaces},
    data_file::{DataFile, Named},
    files::InputFile,
    spans,
    sql::{Expression, Wanted, check, listed, type_words},
    uses::{AGE, Uses, adders, adds, by_population, is_read_whole, named, period_kind},
};
use crate::{
    catalogue::{
        At, Catalogue, LocatedBy, Population, Source, Sql,
        moves::quotient,
        source::{BENCHMARKS, ByAddress},
    },
    diagnostics::{Diagnostic, Outcome, Severity},
    ids::{PopulationId, SourceId},
};

/// Files found and checked, rows (of Parquet files and GeoPackages) not read yet.
pub struct Opened {
    pub(super) places: OpenPlaces,
    pub(super) sources: BTreeMap<SourceId, OpenSource>,
    inputs: Vec<InputFile>,
    pub(super) absent: BTreeMap<PopulationId, Absent>,
    /// The columns that each population names.
    pub(super) columns: BTreeMap<PopulationId, BTreeSet<String>>,
}

impl Opened {
    /// The populations that cannot be counted yet, with the sources and columns that they wait for.
    pub fn absent(&self) -> &BTreeMap<PopulationId, Absent> {
        &self.absent
    }

    /// All files that the catalogue names, sorted by name, each once.
    pub fn inputs(&self) -> &[InputFile] {
        &self.inputs
    }
}

/// A source whose file is known to have the columns that the catalogue names.
pub(super) struct OpenSource {
    pub file: DataFile,
    pub uses: Uses,
}

/// Finds the files of a catalogue below `folder` and checks every column and expression. Errors: a missing or broken file, a
/// wrong coordinate system, an unknown column, an expression that is not a condition; each at its place in the catalogue.
pub fn open(catalogue: &Catalogue, folder: &Path) -> Outcome<Opened> {
    let mut problems = Vec::new();
    let columns = by_population(catalogue);
    let files = open_files(catalogue, folder, &columns, &mut problems);
    let places = areas::open(catalogue, folder).map_err(|found| problems.extend(found)).ok();
    let mut checks = Checks::new(catalogue, &files, problems);
    for (id, source) in catalogue.sources.iter() {
        checks.source(&id.value, source);
    }
    checks.populations();
    checks.moves();
    let mut problems = checks.problems;
    problems.extend(spans::too_long(catalogue, &files));
    let Some((places, mut inputs)) = places.filter(|_| problems.is_empty()) else { return Err(problems) };
    inputs.extend(files.values().flat_map(|file| file.files.iter().cloned()));
    inputs.sort();
    inputs.dedup();
    let absent = absent::populations(catalogue, &files, &columns);
    let mut uses: Vec<Uses> =
        files.keys().map(|id| Uses::of(catalogue, &files, id, &columns, &absent)).collect();
    let given: Vec<(String, SourceId)> = uses.iter().flat_map(|uses| uses.added.clone()).collect();
    for (id, uses) in files.keys().zip(&mut uses) {
        uses.reads.extend(given.iter().filter(|(_, adder)| adder == id).map(|(column, _)| column.clone()));
    }
    let sources =
        files.into_iter().zip(uses).map(|((id, file), uses)| (id, OpenSource { file, uses })).collect();
    Ok((Opened { places, sources, inputs, absent, columns }, Vec::new()))
}

/// The files of all sources that have one.
fn open_files(
    catalogue: &Catalogue,
    folder: &Path,
    columns: &BTreeMap<PopulationId, BTreeSet<String>>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<SourceId, DataFile> {
    let mut files = BTreeMap::new();
    for (id, source) in catalogue.sources.iter() {
        let Some(declared) = &source.file else { continue };
        let counted =
            catalogue.populations.ids().any(|population| catalogue.source_of(population) == Some(&id.value));
        let whole = is_read_whole(&id.value, source);
        let named =
            Named { names: named(catalogue, &id.value, source, columns), whole, written: whole && !counted };
        match DataFile::open(source, declared, folder, &named) {
            Ok(file) => drop(files.insert(id.value.clone(), file)),
            Err(found) => problems.extend(found),
        }
    }
    files
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
    /// The columns of every file, or those that a source without one declares. A broken file has none.
    schemas: BTreeMap<SourceId, Schema>,
    problems: Vec<Diagnostic>,
}

impl<'a> Checks<'a> {
    fn new(
        catalogue: &'a Catalogue,
        files: &'a BTreeMap<SourceId, DataFile>,
        problems: Vec<Diagnostic>,
    ) -> Self {
        let schema = |id: &SourceId, source: &Source| match (&source.file, files.get(id)) {
            (None, _) => Some(absent::declared(source)),
            (Some(_), file) => file.map(|file| file.schema.clone()),
        };
        let schemas = catalogue
            .sources
            .iter()
            .filter_map(|(id, source)| Some((id.value.clone(), schema(id, source)?)))
            .collect();
        Self { catalogue, files, schemas, problems }
    }

    fn source(&mut self, id: &SourceId, source: &Source) {
        let Some(schema) = self.schemas.get(id).cloned() else { return };
        if let Some(period) = &source.period {
            self.column(id, source, period.column(), Need::Period);
        }
        if let Some(birth) = &source.age_from {
            self.column(id, source, birth, Need::Date);
            self.age(source, &schema, birth);
        }
        if let Some(filter) = &source.filter {
            self.expression(filter, Wanted::Filter, &schema);
        }
        match source.located_by.as_ref().map(|located| &located.value) {
            Some(LocatedBy::Address(by)) => {
                self.column(id, source, &by.key, Need::Key);
                self.address_source(id, source, by);
            }
            Some(LocatedBy::Point(by)) => {
                self.column(id, source, &by.x, Need::Number);
                self.column(id, source, &by.y, Need::Number);
            }
            Some(LocatedBy::Cell(column) | LocatedBy::Area(column)) => {
                self.column(id, source, column, Need::Key)
            }
            None => {}
        }
        for column in [&source.household, &source.person].into_iter().flatten() {
            self.column(id, source, column, Need::Key);
        }
        if let Some(adds) = &source.adds_to {
            self.column(id, source, &adds.by, Need::Key);
            if let Some(base) = self.catalogue.source(&adds.source) {
                self.column(&adds.source, base, &adds.by, Need::Key);
                if period_kind(source).is_some() && period_kind(source) != period_kind(base) {
                    let message = format!("`{id}` and `{}` have periods of different kinds", adds.source);
                    self.problems.push(Diagnostic::error("unlike-periods", message, &adds.source.place));
                }
            }
        }
        self.fixed_columns(id, source, &schema);
    }

    /// Columns that official lists and benchmarks must have.
    fn fixed_columns(&mut self, id: &SourceId, source: &Source, schema: &Schema) {
        let official: &[&str] = if source.official.is_some() { &["list_date", "category"] } else { &[] };
        let benchmarks: &[&str] =
            if id.as_str() == BENCHMARKS { &["indicator", "place", "value"] } else { &[] };
        for name in official.iter().chain(benchmarks).filter(|name| !schema.contains(name)) {
            let message = format!("{} no column `{name}`", has(source));
            let problem = Diagnostic::new(Severity::Error, "unknown-column", message, source.declared_at())
                .did_you_mean(name, schema.iter_names().map(|name| name.as_str()));
            self.problems.push(problem.hint(format!("its columns are {}", listed(schema))));
        }
        if let Some(official) = &source.official {
            let values = official.values.iter().map(|(_, column)| column);
            for column in values.chain(official.limits.iter().map(|(_, column)| column)) {
                self.column(id, source, column, Need::Any);
            }
        }
    }

    fn age(&mut self, source: &Source, schema: &Schema, birth: &At<String>) {
        if schema.contains(AGE) {
            let message = format!("`{}` already has a column `{AGE}`", source.file_name());
            self.problems.push(
                Diagnostic::error("column-taken", message, &birth.place)
                    .hint("`age-from` would give a second one"),
            );
        }
    }

    fn address_source(&mut self, id: &SourceId, source: &Source, by: &ByAddress) {
        let Some(addresses) = self.catalogue.source(&by.source) else { return };
        self.column(&by.source, addresses, &by.key, Need::Key);
        if source.file.is_some() && addresses.file.is_none() {
            let message = format!("the rows of `{id}` cannot be placed: `{}` has no file", by.source);
            self.problems.push(
                Diagnostic::error("no-points", message, &by.source.place)
                    .hint(format!("declare `{}` in your own catalogue, with `file: …`", by.source)),
            );
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
    fn column(&mut self, id: &SourceId, source: &Source, column: &At<String>, need: Need) {
        let Some(schema) = self.schemas.get(id) else { return };
        let Some(dtype) = schema.get(&column.value) else {
            return self.problems.push(unknown_column(source, column, schema));
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
            let why = self.why_text(id, source, column).filter(|_| need == Need::Number);
            self.problems.push(why.map_or(problem.clone(), |why| problem.hint(why)));
        }
    }

    /// Why a column of a file holds text, where numbers were expected.
    fn why_text(&self, id: &SourceId, source: &Source, column: &str) -> Option<String> {
        self.files.get(id).and_then(|file| file.why_text(column, source.sensitivity))
    }

    fn expression(&mut self, sql: &Sql, wanted: Wanted, schema: &Schema) {
        let place = |offset, len| sql.place_of(offset, len);
        let expression = Expression { text: &sql.text, wanted, place: &place };
        self.problems.extend(check(&expression, schema).err().into_iter().flatten());
    }

    /// Checks all populations.
    fn populations(&mut self) {
        for (id, population) in self.catalogue.populations.iter() {
            let Some(source) = self.catalogue.source_of(&id.value) else { continue };
            if self.schemas.contains_key(source) {
                self.population(source, population, &scope(self.catalogue, &self.schemas, source));
            }
        }
    }

    /// What moves are followed by: columns of where persons came from and went, of lettings and of dwellings.
    fn moves(&mut self) {
        for (_, moves) in self.catalogue.moves.iter() {
            if let Some(table) = &moves.table {
                let Some(source) = self.catalogue.source(&table.source) else { continue };
                self.column(&table.source, source, &table.flow, Need::Key);
                self.column(&table.source, source, &table.persons, Need::Number);
                self.column(&table.source, source, &table.cases, Need::Number);
                continue;
            }
            let whole = quotient(&self.catalogue.indicators, &moves.indicator.value).map(|(_, whole)| whole);
            let Some(id) = whole.and_then(|whole| self.catalogue.source_of(whole)) else { continue };
            let Some(source) = self.catalogue.source(id).filter(|_| self.schemas.contains_key(id)) else {
                continue;
            };
            let schema = scope(self.catalogue, &self.schemas, id);
            let came = source.came_from.as_ref().map(|came| &came.column);
            let left = source.left_for.as_ref().map(|left| &left.column);
            let letting = moves.letting.as_ref().map(|letting| &letting.column);
            for column in [came, left, letting].into_iter().flatten() {
                if !schema.contains(&column.value) {
                    self.problems.push(unknown_column(source, column, &schema));
                }
            }
            for event in moves.without.iter().filter_map(|event| self.catalogue.events.get(&event.value)) {
                if let Some(dwellings) = &event.dwellings {
                    self.expression(dwellings, Wanted::Filter, &schema);
                }
            }
        }
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
        let Some(source) = self.catalogue.source(id) else { return };
        match schema.get(&column.value) {
            None => self.problems.push(unknown_column(source, column, schema)),
            Some(dtype) if !dtype.is_numeric() => {
                let message = format!("expected numbers in `{column}`, found {}", type_words(dtype));
                let problem = Diagnostic::error("wrong-type", message, &column.place);
                let why = self.why_text(id, source, column);
                self.problems.push(why.map_or(problem.clone(), |why| problem.hint(why)));
            }
            Some(_) => {}
        }
    }
}

/// The columns that expressions about a source's rows may use: its own, `age`, those that other sources add (a name taken
/// already is not added again), and those that are declared and not supplied yet.
fn scope(catalogue: &Catalogue, schemas: &BTreeMap<SourceId, Schema>, id: &SourceId) -> Schema {
    let mut schema = schemas.get(id).cloned().unwrap_or_default();
    let add = |schema: &mut Schema, from: Schema, source: &Source, adds_to: bool| {
        for (name, dtype) in from {
            if !schema.contains(&name) && (!adds_to || adds(source, &name)) {
                schema.with_column(name, dtype);
            }
        }
    };
    let Some(source) = catalogue.source(id) else { return schema };
    if source.age_from.is_some() {
        schema.with_column(AGE.into(), DataType::Int32);
    }
    let adders = adders(catalogue, id);
    for (adder, adding) in &adders {
        add(&mut schema, schemas.get(*adder).cloned().unwrap_or_default(), adding, true);
    }
    add(&mut schema, absent::declared(source), source, false);
    for (_, adding) in &adders {
        add(&mut schema, absent::declared(adding), adding, true);
    }
    schema
}

/// `file.csv` has …, or what stands for it in a source without a file.
fn has(source: &Source) -> String {
    source.file.as_ref().map_or("`columns:` has".into(), |file| format!("`{file}` has"))
}

fn unknown_column(source: &Source, column: &At<String>, schema: &Schema) -> Diagnostic {
    let message = format!("{} no column `{column}`", has(source));
    let problem = Diagnostic::error("unknown-column", message, &column.place)
        .did_you_mean(column, schema.iter_names().map(|name| name.as_str()));
    if problem.hints.is_empty() {
        problem.hint(format!("its columns are {}", listed(schema)))
    } else {
        problem
    }
}
