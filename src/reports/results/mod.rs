//! Open results: exactly what was published and nothing else, as tables and as map layers.
//!
//! Each table ([`table`]) is written as CSV and as Parquet and stands on a sheet of the workbook, where the rows of the values
//! are laid wide ([`workbook`]). The areas are written as GeoJSON and as GeoPackage with the same fields ([`fields`]).

mod classes;
mod describe;
mod fields;
mod geopackage;
mod lettings;
mod moves;
mod outlines;
mod sheets;
mod status;
mod table;
mod terms;
mod values;
mod wide;
mod workbook;

use std::{collections::BTreeMap, io};

use rayon::prelude::*;

use super::{context::Context, manifest::cannot, output::Beside};
use crate::{
    compute::{Fact, Missing, Standing, State, Status, Verdict, prefixed},
    diagnostics::Diagnostic,
    ids::{AreaId, LayerId, ValueId},
    sources::export::parquet,
};
use table::Table;

/// What a municipality's own rules give, while they are for its own use.
const INTERNAL: &str = "internal/own-rules.csv";
/// The workbook.
const WORKBOOK: &str = "results.xlsx";
/// The map layers.
const LAYERS: &str = "areas.gpkg";

/// A file of the results.
#[derive(Clone, Copy)]
enum File<'t, 'a> {
    Csv(&'t Table<'a>),
    Parquet(&'t Table<'a>),
    Workbook,
    GeoJson,
    GeoPackage,
}

/// Writes the results into `folder` of a run, side by side: all areas, whatever reports were asked for.
pub(super) fn write(context: &Context, beside: &Beside, folder: &str) -> Result<(), Vec<Diagnostic>> {
    let tables = tables(context);
    let of_table = |table| [File::Csv(table), File::Parquet(table)];
    // The slowest first.
    let mut files = vec![File::Workbook];
    files.extend(tables.iter().flat_map(of_table));
    files.extend([File::GeoPackage, File::GeoJson]);
    let made: Vec<Result<(), Diagnostic>> =
        files.par_iter().with_max_len(1).map(|file| file.write(context, &tables, beside, folder)).collect();
    let mut errors: Vec<Diagnostic> = made.into_iter().filter_map(Result::err).collect();
    if let Some(own) = status::own_rules(context) {
        errors.extend(beside.write(&format!("{folder}{INTERNAL}"), own.csv().as_bytes()).err());
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The tables that everybody may have.
fn tables<'a>(context: &'a Context) -> Vec<Table<'a>> {
    let mut tables = vec![values::values(context), status::status(context)];
    if classes::any(context) {
        tables.extend([classes::classes(context), classes::correlations(context)]);
    }
    if moves::any(context) {
        tables.extend([moves::moves(context), moves::between(context)]);
    }
    if lettings::any(context) {
        tables.push(lettings::lettings(context));
    }
    tables
}

impl File<'_, '_> {
    fn write(
        self,
        context: &Context,
        tables: &[Table],
        beside: &Beside,
        folder: &str,
    ) -> Result<(), Diagnostic> {
        let path = |name: &str| format!("{folder}results/{name}");
        match self {
            Self::Csv(table) => beside.write(&path(&format!("{}.csv", table.name)), table.csv().as_bytes()),
            Self::Parquet(table) => {
                let path = path(&format!("{}.parquet", table.name));
                let bytes = parquet(&table.columns()).map_err(|error| failed(&path, error))?;
                beside.write(&path, &bytes)
            }
            Self::Workbook => {
                let path = path(WORKBOOK);
                beside.write(&path, &workbook::workbook(context, tables, &path)?)
            }
            Self::GeoJson => beside.write(&path("areas.geojson"), outlines::geojson(context).as_bytes()),
            Self::GeoPackage => {
                let path = path(LAYERS);
                beside.make(&path, |file| geopackage::write(context, file).map_err(io::Error::other))
            }
        }
    }
}

/// A library could not make a file.
fn failed(path: &str, error: impl std::error::Error + Send + Sync + 'static) -> Diagnostic {
    cannot("write", path, &io::Error::other(error))
}

/// A status as files write it; our own computation says so.
fn standing(status: &Status) -> String {
    let word = match &status.status {
        Standing::On(status) => status.to_string(),
        Standing::NotListed => "not-listed".to_string(),
        Standing::TooFewResidents => "too-few-residents".to_string(),
        Standing::CannotTell => "cannot-tell".to_string(),
    };
    if status.official { word } else { format!("{word} (own)") }
}

/// The layer of each area.
fn layers<'a>(context: &Context<'a>) -> BTreeMap<&'a AreaId, &'a LayerId> {
    context.places.layers.values().flatten().map(|area| (&area.id, &area.layer)).collect()
}

/// How a value stands to its comparator.
fn verdict(context: &Context, id: &ValueId) -> Option<&'static str> {
    match context.publication.get(&prefixed("verdict", id)) {
        State::Shown(Fact::Verdict(verdict)) => Some(match verdict {
            Verdict::Higher => "higher",
            Verdict::Lower => "lower",
            Verdict::CannotTell => "cannot-tell",
            Verdict::NotJudged => "not-judged",
        }),
        _ => None,
    }
}

/// Why a value is missing. A hidden one has no reason.
fn reason(state: &State<Fact>) -> &'static str {
    match state {
        State::Missing(Missing::NoData) => "no-data",
        State::Missing(Missing::EmptyBase) => "empty-base",
        State::Missing(Missing::TooSmall) => "too-small",
        State::Missing(Missing::Break) => "break",
        State::Missing(Missing::NoBenchmark) => "no-benchmark",
        State::Missing(Missing::NotReached) => "not-reached",
        State::Missing(Missing::TooFewAreas) => "too-few-areas",
        State::Missing(Missing::TooFewYears) => "too-few-years",
        State::Missing(Missing::FewFoundAgain) => "few-found-again",
        State::Shown(_) | State::Hidden => "",
    }
}
