//! Map layers as a GeoPackage, version 1.3.

use std::{borrow::Cow, path::Path};

use geo_types::Geometry;
use geozero::{CoordDimensions, ToWkb};
use rusqlite::{
    Connection,
    types::{Null, ToSql},
};

use super::{ExportError, reference::references};

/// Kind of geometry in a layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Points.
    Point,
    /// Lines.
    LineString,
    /// Polygons.
    Polygon,
    /// Areas of one or more polygons.
    MultiPolygon,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Point => "POINT",
            Self::LineString => "LINESTRING",
            Self::Polygon => "POLYGON",
            Self::MultiPolygon => "MULTIPOLYGON",
        }
    }
}

/// What a field of a layer holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Text.
    Text,
    /// Numbers.
    Real,
}

impl Holds {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Real => "DOUBLE",
        }
    }
}

/// A field of a layer.
pub struct Field {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub holds: Holds,
    /// What readers call it; no two of a layer are alike.
    pub title: Option<String>,
}

/// What a feature has in a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Nothing.
    None,
    /// Text.
    Text(String),
    /// A number.
    Real(f64),
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        match self {
            Self::None => Null.to_sql(),
            Self::Text(text) => text.to_sql(),
            Self::Real(number) => number.to_sql(),
        }
    }
}

/// A map layer.
pub struct Layer {
    /// Table name.
    pub name: Cow<'static, str>,
    /// What it is, in words.
    pub title: String,
    /// Kind of its geometries.
    pub kind: Kind,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Features: a geometry and one cell for each field.
    pub features: Vec<(Geometry<f64>, Vec<Cell>)>,
}

impl Layer {
    /// A layer with nothing but texts.
    pub fn of_texts(
        name: &'static str,
        kind: Kind,
        fields: &[&'static str],
        features: Vec<(Geometry<f64>, Vec<String>)>,
    ) -> Self {
        let field = |name: &&'static str| Field { name: (*name).into(), holds: Holds::Text, title: None };
        let features = features
            .into_iter()
            .map(|(geometry, texts)| (geometry, texts.into_iter().map(Cell::Text).collect()));
        Self {
            name: name.into(),
            title: String::new(),
            kind,
            fields: fields.iter().map(field).collect(),
            features: features.collect(),
        }
    }
}

/// What all layers of a file have in common.
pub struct Package<'a> {
    /// Their coordinate system: 25832, or 25833.
    pub epsg: i32,
    /// The day of their last change, as `2025-12-01`: a clock would change the bytes.
    pub day: &'a str,
}

/// Writes layers as a GeoPackage, replacing the file.
///
/// # Errors
/// When the file cannot be replaced or written.
pub fn write_gpkg(path: &Path, package: &Package, layers: &[Layer]) -> Result<(), ExportError> {
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let mut file = Connection::open(path)?;
    file.execute_batch(HEADER)?;
    let all = file.transaction()?;
    for reference in references(package.epsg) {
        all.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, ?6)", reference)?;
    }
    for layer in layers {
        write_layer(&all, package, layer)?;
    }
    if layers.iter().flat_map(|layer| &layer.fields).any(|field| field.title.is_some()) {
        all.execute_batch(TITLES)?;
        layers.iter().try_for_each(|layer| write_titles(&all, layer))?;
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

/// The extension `gpkg_schema`: what readers call a field. QGIS and GDAL show it beside the name.
const TITLES: &str = "
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
  min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec130/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec130/#extension_schema', 'read-write');
";

/// A name between double quotes.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn write_layer(file: &Connection, package: &Package, layer: &Layer) -> Result<(), ExportError> {
    let name = &*layer.name;
    let field = |field: &Field| format!(", {} {}", quoted(&field.name), field.holds.name());
    let fields: String = layer.fields.iter().map(field).collect();
    file.execute_batch(&format!(
        "CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {}{fields})",
        quoted(name),
        layer.kind.name()
    ))?;
    let (low, high) = extent(layer).unzip();
    let changed = format!("{}T00:00:00.000Z", package.day);
    file.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            name,
            &layer.title,
            changed,
            low.map(|low| low.0),
            low.map(|low| low.1),
            high.map(|high| high.0),
            high.map(|high| high.1),
            package.epsg,
        ),
    )?;
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        (name, layer.kind.name(), package.epsg),
    )?;
    let marks = ", ?".repeat(layer.fields.len());
    let mut insert = file.prepare(&format!("INSERT INTO {} VALUES (NULL, ?{marks})", quoted(name)))?;
    for (geometry, cells) in &layer.features {
        let blob = geometry.to_gpkg_wkb(CoordDimensions::xy(), Some(package.epsg), Vec::new())?;
        let mut row: Vec<&dyn ToSql> = vec![&blob];
        row.extend(cells.iter().map(|cell| cell as &dyn ToSql));
        insert.execute(row.as_slice())?;
    }
    Ok(())
}

fn write_titles(file: &Connection, layer: &Layer) -> Result<(), ExportError> {
    let mut insert =
        file.prepare("INSERT INTO gpkg_data_columns VALUES (?1, ?2, ?3, ?3, NULL, NULL, NULL)")?;
    for field in &layer.fields {
        if let Some(title) = &field.title {
            insert.execute((&*layer.name, &*field.name, title))?;
        }
    }
    Ok(())
}

/// South-west and north-east corner of everything in a layer; nothing of one without features.
pub(super) fn extent(layer: &Layer) -> Option<((f64, f64), (f64, f64))> {
    use geo::CoordsIter;
    let points = layer.features.iter().flat_map(|(geometry, _)| geometry.coords_iter());
    points.fold(None, |found, c| {
        let (low, high) = found.unwrap_or(((c.x, c.y), (c.x, c.y)));
        Some(((low.0.min(c.x), low.1.min(c.y)), (high.0.max(c.x), high.1.max(c.y))))
    })
}
