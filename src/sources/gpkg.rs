//! GeoPackage: an SQLite file with shapes as well-known binary.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, OptionalExtension, types::ValueRef};

use super::{
    features::Features,
    projection::Crs,
    text_columns::{Form, TextColumn},
    wkb,
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
    match cell {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(blob) => wkb::read(blob).map_err(|_| "the shape is damaged".to_string()),
        _ => Err("the column of shapes holds something else".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{Geometry, polygon};

    use super::*;
    use crate::sources::{
        export::{Kind, Layer, Package, write_gpkg},
        testing::{Folder, folder},
    };

    fn file(test: &str) -> (Folder, std::path::PathBuf) {
        let square = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
        let feature = (Geometry::from(square), vec!["a".into(), "Æblegården".into()]);
        let layer = |name| Layer::of_texts(name, Kind::Polygon, &["id", "name"], vec![feature.clone()]);
        let package = Package { epsg: 25_832, day: "2025-12-01" };
        let folder = folder(test);
        let path = folder.path().join("areas.gpkg");
        write_gpkg(&path, &package, &[layer("estates"), layer("villages")]).expect("written");
        (folder, path)
    }

    fn change(path: &Path, sql: &str) {
        Connection::open(path).and_then(|file| file.execute_batch(sql)).expect("changed");
    }

    #[test]
    fn shapes_and_columns_of_one_layer_are_read() {
        let (_folder, path) = file("gpkg");
        let table = open(&path, Some("estates")).expect("a layer");
        assert_eq!(table.crs(), Some(Crs::Utm(32)));
        let features = rows(&path, &table, &["name"]).expect("rows");
        assert_eq!(features.texts("name"), [Some("Æblegården")]);
        assert!(matches!(features.shapes[0], Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_))));
    }

    #[test]
    fn the_layer_must_be_named_where_there_are_several_and_must_be_there() {
        let (_folder, path) = file("layers");
        let names = |layer| match open(&path, layer).err().expect("no layer") {
            Problem::NoLayer(names) => names,
            Problem::Broken(problem) => panic!("{problem}"),
        };
        assert_eq!(names(None), ["estates", "villages"]);
        assert_eq!(names(Some("estate")), ["estates", "villages"]);
    }

    #[test]
    fn another_coordinate_system_is_named() {
        let (_folder, path) = file("systems");
        change(&path, "UPDATE gpkg_geometry_columns SET srs_id = 4326");
        assert_eq!(open(&path, Some("estates")).expect("a layer").crs_name, "EPSG:4326");
        change(&path, "UPDATE gpkg_geometry_columns SET srs_id = -1");
        assert_eq!(open(&path, Some("estates")).expect("a layer").crs(), None);
    }

    #[test]
    fn damage_is_an_error_with_its_row() {
        let (folder, path) = file("damage");
        let table = open(&path, Some("estates")).expect("a layer");
        for blob in [
            "X'00'",
            "X'47500001E8640000010300000001000000FFFFFFFF0000'",
            "X'4750'",
            "zeroblob(40)",
            "X'47500001E864000001030000000100000000FFFFFF'",
            "'text'",
        ] {
            change(&path, &format!("UPDATE estates SET {} = {blob}", table.geometry));
            assert_eq!(rows(&path, &table, &[]).err().expect(blob).0, Some(1), "{blob}");
        }
        change(&path, &format!("UPDATE estates SET {} = NULL", table.geometry));
        assert_eq!(rows(&path, &table, &[]).expect("an empty shape").shapes, [None]);
        let good = std::fs::read(&path).expect("bytes");
        folder.write("areas.gpkg", &good[..good.len() / 2]);
        assert!(
            open(&path, Some("estates"))
                .and_then(|table| rows(&path, &table, &[]).map_err(|(_, e)| Problem::Broken(e)))
                .is_err()
        );
        folder.write("areas.gpkg", "not a database, but long enough to look at: ".repeat(100));
        assert!(matches!(open(&path, Some("estates")), Err(Problem::Broken(_))));
    }
}
