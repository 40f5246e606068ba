//! One source's files as one table: the schema first, the rows of the columns that are used later.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    path::Path,
};

use polars::prelude::*;

use super::{
    cpr, csv,
    files::{self, Format, InputFile},
    geojson, json, parquet, periods,
    tables::hidden_column,
    text_columns::{Marks, TextColumn, cell_words},
};
use crate::{
    catalogue::{At, Sensitivity, Source},
    diagnostics::{Diagnostic, Severity},
    ids::Period,
};

/// A source's files, found, with their schema. The types of a text file show only in all of its rows, so those files are
/// read already.
pub(super) struct DataFile {
    pub files: Vec<InputFile>,
    pub schema: Schema,
    rows: Rows,
    marks: Marks,
    /// Where text stands in a column of numbers: row and text.
    odd: BTreeMap<String, (usize, String)>,
}

enum Rows {
    Parquet,
    Text(DataFrame, Pieces),
}

/// How many rows each file has: from a row of the table to a row of a file.
#[derive(Clone, Default)]
pub(super) struct Pieces(Vec<(String, usize)>);

impl Pieces {
    /// The file, and the row in it counted from 1, of a row of the table counted from 0.
    pub fn row(&self, row: usize) -> (&str, usize) {
        let mut before = 0;
        for (file, rows) in &self.0 {
            if row < before + rows {
                return (file, row - before + 1);
            }
            before += rows;
        }
        ("", row + 1)
    }
}

/// Which of a file's columns the catalogue has a use for.
pub(super) struct Named {
    /// Their names.
    pub names: BTreeSet<String>,
    /// All columns are kept, also those that are not named.
    pub whole: bool,
    /// Numbers of a text file stay text, with the decimals that they were written with.
    pub written: bool,
}

impl Named {
    fn keeps(&self, name: &str) -> bool {
        self.whole || self.names.contains(name)
    }

    /// A row of a person can stand where the names of columns are expected (a file without a header, an object by person), so
    /// names are believed, and may be quoted, only where the catalogue knows one of them.
    fn believe<'a>(
        &self,
        source: &Source,
        file: &InputFile,
        mut names: impl Iterator<Item = &'a str>,
    ) -> Result<(), Diagnostic> {
        if source.sensitivity != Sensitivity::Person || names.any(|name| self.names.contains(name)) {
            return Ok(());
        }
        let message = format!("`{}` has none of the columns that the catalogue names", file.name);
        let expected: Vec<String> = self.names.iter().map(|name| format!("`{name}`")).collect();
        let problem = Diagnostic::new(Severity::Error, "no-known-column", message, source.declared_at());
        Err(problem
            .hint("what stands there is not shown, since it may be a person's: is its first line the names of the columns, and `csv: delimiter:` right?")
            .hint(format!("expected {}", expected.join(", "))))
    }
}

impl DataFile {
    /// Finds a source's files and their schema. All files of a pattern must have the same columns.
    pub fn open(
        source: &Source,
        declared: &At<String>,
        folder: &Path,
        named: &Named,
    ) -> Result<Self, Vec<Diagnostic>> {
        let one = |problem| vec![problem];
        let format = files::format(declared).map_err(one)?;
        let files = files::find(folder, declared).map_err(one)?;
        let marks = Marks { hidden: source.marks.hidden.clone(), missing: source.marks.missing.clone() };
        match format {
            Format::Parquet => Self::open_parquet(source, files, marks, named).map_err(one),
            Format::GeoPackage => Err(one(Diagnostic::error(
                "unknown-format",
                "a source is a table, not a GeoPackage",
                &declared.place,
            )
            .hint("areas and the map's layers are declared under `areas:` and `backdrop:`"))),
            Format::Csv | Format::Json | Format::GeoJson => {
                let text = open_text(source, format, &files)?;
                Self::from_text(source, files, text, marks, named)
            }
        }
    }

    fn open_parquet(
        source: &Source,
        files: Vec<InputFile>,
        marks: Marks,
        named: &Named,
    ) -> Result<Self, Diagnostic> {
        let mut schema: Option<Schema> = None;
        for file in &files {
            File::open(&file.path).map_err(|problem| unreadable(source, file, &problem))?;
            let found = parquet::schema(&file.path).map_err(|problem| broken(source, file, &problem))?;
            named.believe(source, file, found.iter_names().map(|name| name.as_str()))?;
            match &schema {
                Some(first) if *first != found => return Err(unlike(source, &files[0].name, &file.name)),
                _ => schema = Some(found),
            }
        }
        let schema = schema.unwrap_or_default();
        Ok(Self { files, schema, rows: Rows::Parquet, marks, odd: BTreeMap::new() })
    }

    fn from_text(
        source: &Source,
        files: Vec<InputFile>,
        text: TextTable,
        marks: Marks,
        named: &Named,
    ) -> Result<Self, Vec<Diagnostic>> {
        let TextTable { columns: all, comma, pieces } = text;
        let mut problems = Vec::new();
        named
            .believe(source, &files[0], all.iter().map(|column| column.name.as_str()))
            .map_err(|problem| vec![problem])?;
        let (mut odd, mut columns, mut schema) = (BTreeMap::new(), Vec::new(), Schema::default());
        for column in &all {
            if cpr::looks_like(column.cells().map(|(text, _)| text)) {
                problems.push(cpr::refused(source, &files[0].name, &column.name));
                continue;
            }
            if !named.keeps(&column.name) {
                schema.with_column(column.name.as_str().into(), DataType::String);
                continue;
            }
            let typed = column
                .typed(&marks, comma)
                .map_err(|problem| vec![broken(source, &files[0], &problem.to_string())])?;
            odd.extend(typed.odd.map(|odd| (column.name.clone(), odd)));
            columns
                .extend(typed.hidden.map(|hidden| Column::new(hidden_column(&column.name).into(), hidden)));
            let text = named.written.then(|| column.as_written(&marks, comma)).flatten();
            let cells = text.filter(|_| typed.column.dtype().is_numeric()).unwrap_or(typed.column);
            schema.with_column(column.name.as_str().into(), cells.dtype().clone());
            columns.push(cells);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let frame = DataFrame::new_infer_height(columns)
            .map_err(|problem| vec![broken(source, &files[0], &problem.to_string())])?;
        Ok(Self { files, schema, rows: Rows::Text(frame, pieces), marks, odd })
    }

    /// A hint for a column of text where numbers were expected: the first row that is not one.
    pub fn why_text(&self, column: &str, sensitivity: Sensitivity) -> Option<String> {
        let (row, text) = self.odd.get(column)?;
        let Rows::Text(_, pieces) = &self.rows else { return None };
        let (file, row) = pieces.row(row - 1);
        let found = match sensitivity {
            Sensitivity::Aggregate | Sensitivity::Public if !cpr::is_cpr_like(text) => format!("`{text}`"),
            _ => cell_words(text).to_string(),
        };
        Some(format!(
            "row {row} of `{file}` holds {found}; if the supplier writes it in place of a number, declare it under `marks: hidden:` or `missing:`"
        ))
    }

    /// The periods that the rows of a column lie in, as codes; nothing if they cannot be read, which reading will tell.
    pub fn periods(&self, column: &str, kind: Period) -> BTreeSet<i32> {
        let codes = |frame: &DataFrame| -> Option<BTreeSet<i32>> {
            let codes = periods::of_column(frame.column(column).ok()?, kind).ok()?;
            Some(codes.into_iter().flatten().collect())
        };
        match &self.rows {
            Rows::Text(frame, _) => codes(frame).unwrap_or_default(),
            Rows::Parquet => {
                let read = |file: &InputFile| parquet::rows(&file.path, &[column.to_string()]).ok();
                self.files.iter().filter_map(read).filter_map(|frame| codes(&frame)).flatten().collect()
            }
        }
    }

    /// Which of these columns look like CPR numbers. A text file with one was refused when it was opened.
    pub fn cpr_like(&self, columns: &BTreeSet<String>) -> Vec<String> {
        let Rows::Parquet = &self.rows else { return Vec::new() };
        let wanted: Vec<String> = columns.iter().cloned().collect();
        let heads = self.files.iter().filter_map(|file| parquet::head(&file.path, &wanted, cpr::SAMPLE).ok());
        let alike: BTreeSet<String> = heads.flat_map(|head| cpr::alike(&head)).collect();
        alike.into_iter().collect()
    }

    /// All rows of these columns, marks taken out.
    pub fn load(
        self,
        source: &Source,
        columns: &BTreeSet<String>,
    ) -> Result<(DataFrame, Pieces), Diagnostic> {
        let failed = |problem: PolarsError| {
            broken(source, &self.files[0], problem.to_string().lines().next().unwrap_or_default())
        };
        let (frame, pieces) = match self.rows {
            Rows::Text(frame, pieces) => {
                let wanted: Vec<String> = columns
                    .iter()
                    .flat_map(|name| [name.clone(), hidden_column(name)])
                    .filter(|name| frame.get_column_index(name).is_some())
                    .collect();
                (frame.select(wanted).map_err(failed)?, pieces)
            }
            Rows::Parquet => {
                let wanted: Vec<String> = columns.iter().cloned().collect();
                let mut pieces = Pieces::default();
                let mut all: Option<DataFrame> = None;
                for file in &self.files {
                    let frame = parquet::rows(&file.path, &wanted)
                        .map_err(|problem| broken(source, file, &problem))?;
                    pieces.0.push((file.name.clone(), frame.height()));
                    all = Some(match all {
                        Some(before) => before.vstack(&frame).map_err(failed)?,
                        None => frame,
                    });
                }
                let frame = all.unwrap_or_default();
                cpr::check(&frame, source, &self.files[0].name)?;
                (take_out_marks(frame, &self.marks).map_err(failed)?, pieces)
            }
        };
        Ok((frame, pieces))
    }
}

/// The rows of all of a source's text files.
struct TextTable {
    columns: Vec<TextColumn>,
    comma: bool,
    pieces: Pieces,
}

fn open_text(source: &Source, format: Format, files: &[InputFile]) -> Result<TextTable, Vec<Diagnostic>> {
    let mut table = TextTable { columns: Vec::new(), comma: false, pieces: Pieces::default() };
    for file in files {
        let (columns, comma) = read_text(source, format, file).map_err(|problem| vec![problem])?;
        table.comma |= comma;
        table.pieces.0.push((file.name.clone(), columns.first().map_or(0, TextColumn::len)));
        if table.columns.is_empty() {
            table.columns = columns;
            continue;
        }
        if !table.columns.iter().map(|column| &column.name).eq(columns.iter().map(|column| &column.name)) {
            return Err(vec![unlike(source, &files[0].name, &file.name)]);
        }
        table.columns.iter_mut().zip(&columns).for_each(|(all, columns)| all.append(columns));
    }
    Ok(table)
}

/// A text file's columns, and whether its decimal mark is a comma.
fn read_text(
    source: &Source,
    format: Format,
    file: &InputFile,
) -> Result<(Vec<TextColumn>, bool), Diagnostic> {
    let bytes = std::fs::read(&file.path).map_err(|problem| unreadable(source, file, &problem))?;
    let read = match format {
        Format::Json => json::read(&bytes).map(|columns| (columns, false)),
        Format::GeoJson => {
            return geojson::read(&bytes)
                .map(|parsed| (parsed.features.columns, false))
                .map_err(|problem| broken(source, file, &problem));
        }
        _ => {
            // What is declared as the default is also what is looked for when nothing is declared.
            let dialect = csv::Dialect {
                delimiter: (source.csv.delimiter != ',').then_some(source.csv.delimiter),
                comma: (source.csv.decimal == ',').then_some(true),
            };
            csv::read(&bytes, dialect).map(|csv| (csv.columns, csv.comma))
        }
    };
    read.map_err(|problem| {
        let quoted = problem.name.filter(|_| source.sensitivity != Sensitivity::Person);
        let diagnostic = Diagnostic::in_data(
            Severity::Error,
            "broken-file",
            quoted.map_or(problem.message.clone(), |name| format!("{}: `{name}`", problem.message)),
            &file.name,
            problem.row,
            None,
        );
        problem.hint.map_or(diagnostic.clone(), |hint| diagnostic.hint(hint))
    })
}

/// A file whose contents cannot be read. What a reader says of them may quote them, so it is told for sources without persons
/// only.
fn broken(source: &Source, file: &InputFile, problem: &str) -> Diagnostic {
    let told = match source.sensitivity {
        Sensitivity::Person => String::new(),
        Sensitivity::Aggregate | Sensitivity::Public => format!(": {problem}"),
    };
    let message = format!("`{}` cannot be read{told}", file.name);
    Diagnostic::new(Severity::Error, "broken-file", message, source.declared_at())
        .hint("the file is damaged, or not what its name says; fetch it again from the supplier")
}

/// A file that the system does not let be read.
fn unreadable(source: &Source, file: &InputFile, problem: &std::io::Error) -> Diagnostic {
    let message = format!("`{}` cannot be opened: {problem}", file.name);
    Diagnostic::new(Severity::Error, "broken-file", message, source.declared_at())
}

fn unlike(source: &Source, first: &str, other: &str) -> Diagnostic {
    let message = format!("`{other}` has other columns than `{first}`");
    Diagnostic::new(Severity::Error, "unlike-files", message, source.declared_at())
        .hint("all files that a pattern finds are read as one table")
}

/// In columns of text, marks become empty cells; where the supplier hid a cell a column says so.
fn take_out_marks(mut frame: DataFrame, marks: &Marks) -> PolarsResult<DataFrame> {
    if marks.hidden.is_empty() && marks.missing.is_empty() {
        return Ok(frame);
    }
    for column in frame.columns().to_vec() {
        let Ok(texts) = column.str() else { continue };
        let hidden: Vec<bool> = texts.iter().map(|text| text.is_some_and(|text| marks.hides(text))).collect();
        let kept: Vec<Option<&str>> =
            texts.iter().map(|text| text.filter(|text| !marks.hides(text) && !marks.misses(text))).collect();
        if hidden.contains(&true) {
            frame.with_column(Column::new(hidden_column(column.name()).into(), hidden))?;
        }
        frame.with_column(Column::new(column.name().clone(), kept))?;
    }
    Ok(frame)
}
