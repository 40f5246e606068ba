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
    uses::{AGE, Uses, adders, adds, period_kind},
};
use crate::{
    catalogue::{At, Catalogue, LocatedBy, Population, Source, Sql, source::BENCHMARKS},
    diagnostics::{Diagnostic, Outcome},
    ids::SourceId,
};

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

    /// The columns that are read of each source, sorted: for its period and place, as keys, and for figures. Nothing else of
    /// a file is kept.
    pub fn columns(&self) -> BTreeMap<SourceId, Vec<String>> {
        self.sources
            .iter()
            .map(|(id, open)| (id.clone(), open.uses.reads.iter().cloned().collect()))
            .collect()
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
    let mut uses: Vec<Uses> = files.keys().map(|id| Uses::of(catalogue, &files, id, &used)).collect();
    let given: Vec<(String, SourceId)> = uses.iter().flat_map(|uses| uses.added.clone()).collect();
    for (id, uses) in files.keys().zip(&mut uses) {
        uses.reads.extend(given.iter().filter(|(_, adder)| adder == id).map(|(column, _)| column.clone()));
    }
    let sources =
        files.into_iter().zip(uses).map(|((id, file), uses)| (id, OpenSource { file, uses })).collect();
    Ok((Opened { places, sources, inputs }, Vec::new()))
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
        for column in [&source.household, &source.person].into_iter().flatten() {
            self.column(source, file, column, Need::Key);
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
            let columns = used.entry(source.clone()).or_default();
            for sql in [&population.filter, &population.weight, &population.value].into_iter().flatten() {
                columns.extend(names(&sql.text));
            }
            columns.extend(population.sum.as_ref().map(|column| column.value.clone()));
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
