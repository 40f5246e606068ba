//! GeoPackage: an SQLite file with shapes as well-known binary.

use std::path::Path;

use geozero::{ToGeo, wkb::GpkgWkb};
use rusqlite::{Connection, OpenFlags, OptionalExtension, types::ValueRef};

use super::{
    features::Features,
    projection::Crs,
    text_columns::{Form, TextColumn},
};
use crate::{
    catalogue::At,
    diagnostics::{Diagnostic, nearest},
};

/// One layer of a file.
pub(super) struct Table {
    name: String,
    geometry: String,
    /// The integer key that keeps the order of rows; views have none.
    key: Option<String>,
    /// The other columns.
    pub columns: Vec<String>,
    /// The coordinate system, as the file has it: `EPSG:25832`, or `an unknown system`.
    pub crs_name: String,
}

impl Table {
    /// The coordinate system, if it is one that is read.
    pub fn crs(&self) -> Option<Crs> {
        Crs::parse(&self.crs_name)
    }
}

/// Why a layer could not be opened.
#[derive(Debug)]
pub(super) enum Problem {
    /// The file is no GeoPackage, or a broken one.
    Broken(String),
    /// There is no layer of this name; these there are.
    NoLayer(Vec<String>),
}

impl Problem {
    /// The diagnostic, at the layer's name or else the file's.
    pub fn at(self, file: &At<String>, layer: Option<&At<String>>) -> Diagnostic {
        match (self, layer) {
            (Self::Broken(problem), _) => {
                Diagnostic::error("broken-file", format!("`{file}` cannot be read: {problem}"), &file.place)
            }
            (Self::NoLayer(names), Some(layer)) => {
                let problem = Diagnostic::error(
                    "unknown-layer",
                    format!("`{file}` has no layer `{layer}`"),
                    &layer.place,
                );
                match nearest(layer, names.iter().map(String::as_str)) {
                    Some(name) => problem.hint(format!("did you mean `{name}`?")),
                    None => problem.hint(format!("its layers are {}", names.join(", "))),
                }
            }
            (Self::NoLayer(names), None) => Diagnostic::error(
                "unknown-layer",
                format!("`{file}` has {} layers", names.len()),
                &file.place,
            )
            .hint(format!("say which with `layer:`; its layers are {}", names.join(", "))),
        }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

/// Finds a layer, by name or because it is the only one, and its columns.
pub(super) fn open(path: &Path, layer: Option<&str>) -> Result<Table, Problem> {
    let connection = connect(path)?;
    let names: Vec<String> = connection
        .prepare("SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY table_name")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let name = match layer {
        Some(layer) => names.iter().find(|name| *name == layer),
        None => Some(&names).filter(|names| names.len() == 1).and_then(|names| names.first()),
    };
    let Some(name) = name.cloned() else { return Err(Problem::NoLayer(names)) };
    let (geometry, srs): (String, i64) = connection.query_row(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1",
        [&name],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let system: Option<(String, i64)> = connection
        .query_row(
            "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [srs],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let crs_name = match system {
        Some((organization, id)) if id > 0 => format!("{}:{id}", organization.to_uppercase()),
        _ => "an unknown system".to_string(),
    };
    let mut statement = connection.prepare("SELECT name, pk FROM pragma_table_info(?1)")?;
    let all: Vec<(String, i64)> =
        statement.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let key = all.iter().find(|(_, key)| *key == 1).map(|(name, _)| name.clone());
    let columns = all.into_iter().map(|(name, _)| name).filter(|name| *name != geometry).collect();
    Ok(Table { name, geometry, key, columns, crs_name })
}

/// Reads a layer's shapes and some of its columns. An error gives the row, counted from 1.
pub(super) fn rows(
    path: &Path,
    table: &Table,
    columns: &[&str],
) -> Result<Features, (Option<usize>, String)> {
    let names: Vec<String> =
        std::iter::once(table.geometry.as_str()).chain(columns.iter().copied()).map(quoted).collect();
    let order = table.key.as_ref().map_or_else(String::new, |key| format!(" ORDER BY {}", quoted(key)));
    let select = format!("SELECT {} FROM {}{order}", names.join(", "), quoted(&table.name));
    let mut features =
        Features { columns: columns.iter().map(|name| TextColumn::new(name)).collect(), shapes: Vec::new() };
    let whole = |error: rusqlite::Error| (None, error.to_string());
    let connection = connect(path).map_err(whole)?;
    let mut statement = connection.prepare(&select).map_err(whole)?;
    let mut found = statement.query([]).map_err(whole)?;
    loop {
        let at = Some(features.shapes.len() + 1);
        let Some(row) = found.next().map_err(|error| (at, error.to_string()))? else { return Ok(features) };
        let cell = |i: usize| row.get_ref(i).map_err(|error| (at, error.to_string()));
        features.shapes.push(shape(cell(0)?).map_err(|problem| (at, problem))?);
        for (i, column) in features.columns.iter_mut().enumerate() {
            match cell(i + 1)? {
                ValueRef::Null | ValueRef::Blob(_) => column.push("", Form::Empty),
                ValueRef::Integer(number) => column.push(&number.to_string(), Form::Number),
                ValueRef::Real(number) => column.push(&number.to_string(), Form::Number),
                ValueRef::Text(text) => column.push(&String::from_utf8_lossy(text), Form::Text),
            }
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn shape(cell: ValueRef<'_>) -> Result<Option<geo_types::Geometry<f64>>, String> {
    /// Bit of the flags that says the shape is empty.
    const EMPTY: u8 = 0b1_0000;
    match cell {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(blob) if blob.len() > 3 && blob[3] & EMPTY != 0 => Ok(None),
        ValueRef::Blob(blob) => {
            GpkgWkb(blob).to_geo().map(Some).map_err(|_| "the shape is damaged".to_string())
        }
        _ => Err("the column of shapes holds something else".to_string()),
    }
}
