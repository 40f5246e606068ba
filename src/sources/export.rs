//! Writing tables and map layers: the only place where Parquet and GeoPackage files are made.
//!
//! Plain columns and geometries in, files with the same bytes for the same content out.

use std::fs::File;
use std::path::Path;

use geo_types::Geometry;
use geozero::{CoordDimensions, ToWkb};
use polars::prelude::{Column as Frame, DataFrame, DataType, NamedFrom, PolarsError, Series};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};
use rusqlite::Connection;
use rusqlite::types::ToSql;

/// EPSG code of every layer: ETRS89 / UTM zone 32N.
const CRS: i32 = 25_832;
const CRS_NAME: &str = "ETRS89 / UTM zone 32N";
const CRS_WKT: &str = r#"PROJCS["ETRS89 / UTM zone 32N",GEOGCS["ETRS89",DATUM["European_Terrestrial_Reference_System_1989",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6258"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4258"]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","25832"]]"#;
const WGS84_WKT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;
/// Date written as the layers' last change: a clock would change the bytes.
const LAST_CHANGE: &str = "2025-12-01T00:00:00.000Z";

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file system refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The table could not be made or written.
    #[error(transparent)]
    Table(#[from] PolarsError),
    /// The GeoPackage could not be written.
    #[error(transparent)]
    Layers(#[from] rusqlite::Error),
    /// A geometry could not be encoded.
    #[error(transparent)]
    Geometry(#[from] geozero::error::GeozeroError),
}

/// Values of a column of a table.
#[derive(Clone, Debug)]
pub enum Values {
    /// Text.
    Text(Vec<String>),
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Numbers.
    Real(Vec<f64>),
    /// Text, or nothing.
    TextOrNone(Vec<Option<String>>),
    /// True or false.
    Truth(Vec<bool>),
    /// Days since 1 January 1970.
    Date(Vec<i32>),
    /// Days since 1 January 1970, or nothing.
    DateOrNone(Vec<Option<i32>>),
}

/// A named column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its values, one a row.
    pub values: Values,
}

/// Kind of geometry in a layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Points.
    Point,
    /// Lines.
    LineString,
    /// Polygons.
    Polygon,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Point => "POINT",
            Self::LineString => "LINESTRING",
            Self::Polygon => "POLYGON",
        }
    }
}

/// A map layer in EPSG:25832.
pub struct Layer {
    /// Table name.
    pub name: &'static str,
    /// Kind of its geometries.
    pub kind: Kind,
    /// Names of its text columns.
    pub fields: &'static [&'static str],
    /// Features: a geometry and one text for each field.
    pub features: Vec<(Geometry<f64>, Vec<String>)>,
}

/// Writes a table as Parquet (zstd).
///
/// # Errors
/// When the columns differ in length or the file cannot be written.
pub fn write_parquet(path: &Path, columns: &[Column]) -> Result<(), ExportError> {
    let series = columns.iter().map(to_series).collect::<Result<Vec<_>, _>>()?;
    let mut frame = DataFrame::new_infer_height(series.into_iter().map(Frame::from).collect())?;
    ParquetWriter::new(File::create(path)?)
        .with_compression(ParquetCompression::Zstd(None))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(())
}

fn to_series(column: &Column) -> Result<Series, PolarsError> {
    let name = column.name.into();
    match &column.values {
        Values::Text(v) => Ok(Series::new(name, v)),
        Values::Integer(v) => Ok(Series::new(name, v)),
        Values::Real(v) => Ok(Series::new(name, v)),
        Values::TextOrNone(v) => Ok(Series::new(name, v)),
        Values::Truth(v) => Ok(Series::new(name, v)),
        Values::Date(v) => Series::new(name, v).cast(&DataType::Date),
        Values::DateOrNone(v) => Series::new(name, v).cast(&DataType::Date),
    }
}

/// Writes layers as a GeoPackage, version 1.3, replacing the file.
///
/// # Errors
/// When the file cannot be replaced or written.
pub fn write_gpkg(path: &Path, layers: &[Layer]) -> Result<(), ExportError> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let mut file = Connection::open(path)?;
    file.execute_batch(HEADER)?;
    let all = file.transaction()?;
    let system = "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    all.execute(
        system,
        (
            "Undefined Cartesian SRS",
            -1,
            "NONE",
            -1,
            "undefined",
            "undefined Cartesian coordinate reference system",
        ),
    )?;
    all.execute(
        system,
        (
            "Undefined geographic SRS",
            0,
            "NONE",
            0,
            "undefined",
            "undefined geographic coordinate reference system",
        ),
    )?;
    all.execute(system, ("WGS 84 geodetic", 4326, "EPSG", 4326, WGS84_WKT, "longitude and latitude"))?;
    all.execute(system, (CRS_NAME, CRS, "EPSG", CRS, CRS_WKT, "Danish national projection"))?;
    for layer in layers {
        write_layer(&all, layer)?;
    }
    all.commit()?;
    Ok(())
}

const HEADER: &str = "
PRAGMA journal_mode = OFF;
PRAGMA page_size = 4096;
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
";

fn write_layer(file: &Connection, layer: &Layer) -> Result<(), ExportError> {
    let name = layer.name;
    let fields: String = layer.fields.iter().map(|f| format!(", \"{f}\" TEXT")).collect();
    file.execute_batch(&format!(
        "CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {}{fields})",
        layer.kind.name()
    ))?;
    let (low, high) = extent(layer);
    file.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, '', ?2, ?3, ?4, ?5, ?6, ?7)",
        (name, LAST_CHANGE, low.0, low.1, high.0, high.1, CRS),
    )?;
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        (name, layer.kind.name(), CRS),
    )?;
    let marks = ", ?".repeat(layer.fields.len());
    let mut insert = file.prepare(&format!("INSERT INTO \"{name}\" VALUES (NULL, ?{marks})"))?;
    for (geometry, texts) in &layer.features {
        let blob = geometry.to_gpkg_wkb(CoordDimensions::xy(), Some(CRS), Vec::new())?;
        let mut row: Vec<&dyn ToSql> = vec![&blob];
        row.extend(texts.iter().map(|t| t as &dyn ToSql));
        insert.execute(row.as_slice())?;
    }
    Ok(())
}

/// South-west and north-east corner of everything in a layer.
fn extent(layer: &Layer) -> ((f64, f64), (f64, f64)) {
    use geo::CoordsIter;
    let mut low = (f64::INFINITY, f64::INFINITY);
    let mut high = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for c in layer.features.iter().flat_map(|(g, _)| g.coords_iter()) {
        low = (low.0.min(c.x), low.1.min(c.y));
        high = (high.0.max(c.x), high.1.max(c.y));
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Coord, point};
    use geozero::ToGeo;
    use geozero::wkb::GpkgWkb;

    fn layers() -> Vec<Layer> {
        let feature = (Geometry::from(point!(x: 688_000.5, y: 6_195_000.0)), vec!["Fjordby".to_owned()]);
        vec![Layer { name: "places", kind: Kind::Point, fields: &["name"], features: vec![feature] }]
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
        write_gpkg(&path, &layers())?;
        let file = Connection::open(&path)?;
        let id: i64 = file.query_row("PRAGMA application_id", [], |row| row.get(0))?;
        assert_eq!(id, i64::from(u32::from_be_bytes(*b"GPKG")));
        let crs: i32 = file.query_row("SELECT srs_id FROM gpkg_contents", [], |row| row.get(0))?;
        assert_eq!(crs, CRS);
        let (blob, name): (Vec<u8>, String) =
            file.query_row("SELECT geom, name FROM places", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        assert_eq!(name, "Fjordby");
        assert_eq!(i32::from_le_bytes([blob[4], blob[5], blob[6], blob[7]]), CRS);
        assert_eq!(GpkgWkb(blob).to_geo()?, Geometry::from(point!(x: 688_000.5, y: 6_195_000.0)));
        Ok(std::fs::remove_dir_all(dir)?)
    }

    #[test]
    fn the_extent_of_a_layer_is_that_of_its_features() {
        let (low, high) = extent(&layers()[0]);
        assert_eq!(Coord::from(low), Coord::from(high));
    }

    #[test]
    fn the_same_content_gives_the_same_bytes() -> Result<(), ExportError> {
        let dir = folder("bytes")?;
        let columns = [
            Column { name: "id", values: Values::Text(vec!["a".into(), "b".into()]) },
            Column { name: "day", values: Values::Date(vec![0, 20_089]) },
        ];
        let mut seen = Vec::new();
        for name in ["1", "2"] {
            let (table, map) = (dir.join(name), dir.join(format!("{name}.gpkg")));
            write_parquet(&table, &columns)?;
            write_gpkg(&map, &layers())?;
            seen.push((std::fs::read(table)?, std::fs::read(map)?));
        }
        assert_eq!(seen[0], seen[1]);
        Ok(std::fs::remove_dir_all(dir)?)
    }
}
