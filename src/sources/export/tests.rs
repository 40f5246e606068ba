//! What is written can be read back, and twice the same.

use geo_types::{Geometry, point};
use geozero::{ToGeo, wkb::GpkgWkb};
use rusqlite::Connection;

use super::{gpkg::extent, *};

const PACKAGE: Package = Package { epsg: 25_832, day: "2025-12-01" };

fn layers() -> Vec<Layer> {
    let feature = (Geometry::from(point!(x: 688_000.5, y: 6_195_000.0)), vec!["Fjordby".to_owned()]);
    vec![Layer::of_texts("places", Kind::Point, &["name"], vec![feature])]
}

/// A new folder for one test.
fn folder(name: &str) -> std::io::Result<std::path::PathBuf> {
    let dir = std::env::temp_dir().join(format!("kvarter-export-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    Ok(dir)
}

#[test]
fn a_geopackage_says_what_it_is_and_gives_back_its_features() -> Result<(), ExportError> {
    let dir = folder("features")?;
    let path = dir.join("a.gpkg");
    write_gpkg(&path, &PACKAGE, &layers())?;
    let file = Connection::open(&path)?;
    let id: i64 = file.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    assert_eq!(id, i64::from(u32::from_be_bytes(*b"GPKG")));
    let crs: i32 = file.query_row("SELECT srs_id FROM gpkg_contents", [], |row| row.get(0))?;
    assert_eq!(crs, PACKAGE.epsg);
    let (blob, name): (Vec<u8>, String) =
        file.query_row("SELECT geom, name FROM places", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    assert_eq!(name, "Fjordby");
    assert_eq!(i32::from_le_bytes([blob[4], blob[5], blob[6], blob[7]]), PACKAGE.epsg);
    assert_eq!(GpkgWkb(blob).to_geo()?, Geometry::from(point!(x: 688_000.5, y: 6_195_000.0)));
    Ok(std::fs::remove_dir_all(dir)?)
}

#[test]
fn the_extent_of_a_layer_is_that_of_its_features() {
    assert_eq!(extent(&layers()[0]), Some(((688_000.5, 6_195_000.0), (688_000.5, 6_195_000.0))));
    assert_eq!(extent(&Layer::of_texts("none", Kind::Point, &[], Vec::new())), None);
}

#[test]
fn the_same_content_gives_the_same_bytes() -> Result<(), ExportError> {
    let dir = folder("bytes")?;
    let columns = [
        Column { name: "id".into(), values: Values::Text(vec!["a".into(), "b".into()]) },
        Column { name: "day".into(), values: Values::Date(vec![0, 20_089]) },
    ];
    let mut seen = Vec::new();
    for name in ["1", "2"] {
        let (table, map) = (dir.join(name), dir.join(format!("{name}.gpkg")));
        write_parquet(&table, &columns)?;
        write_gpkg(&map, &PACKAGE, &layers())?;
        seen.push((std::fs::read(table)?, std::fs::read(map)?));
    }
    assert_eq!(seen[0], seen[1]);
    Ok(std::fs::remove_dir_all(dir)?)
}
#[test]
fn a_field_of_a_geopackage_keeps_numbers_nothing_and_what_readers_call_it() -> Result<(), ExportError> {
    let dir = folder("fields")?;
    let path = dir.join("a.gpkg");
    let field = |name: &'static str, holds| Field {
        name: name.into(),
        holds,
        title: Some(format!("Title of {name}")),
    };
    let at = |cells| (Geometry::from(point!(x: 1.0, y: 2.0)), cells);
    let layer = Layer {
        name: "small \"homes\"".into(),
        title: "Small homes".into(),
        kind: Kind::Point,
        fields: vec![field("no-work", Holds::Real), field("no-work/state", Holds::Text)],
        features: vec![
            at(vec![Cell::Real(24.1), Cell::Text("shown".into())]),
            at(vec![Cell::None, Cell::Text("hidden".into())]),
        ],
    };
    write_gpkg(&path, &PACKAGE, &[layer])?;
    let file = Connection::open(&path)?;
    let mut rows =
        file.prepare(r#"SELECT "no-work", "no-work/state" FROM "small ""homes""" ORDER BY fid"#)?;
    let rows: Vec<(Option<f64>, String)> =
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    assert_eq!(rows, [(Some(24.1), "shown".to_string()), (None, "hidden".to_string())]);
    let called: String = file.query_row(
        "SELECT name FROM gpkg_data_columns WHERE column_name = 'no-work/state'",
        [],
        |row| row.get(0),
    )?;
    assert_eq!(called, "Title of no-work/state");
    Ok(std::fs::remove_dir_all(dir)?)
}
