//! What a map file gives: shapes and, beside them, columns of text; from GeoPackage or GeoJSON alike.

use std::path::PathBuf;

use geo::CoordsIter;
use geo_types::{Coord, Geometry};

use super::{
    files::{self, Format},
    geojson, gpkg,
    projection::{Crs, Projection},
    text_columns::TextColumn,
};
use crate::{
    catalogue::{self, At},
    diagnostics::{Diagnostic, Severity},
};

/// Shapes in the order of the file, with their columns.
pub(super) struct Features {
    pub columns: Vec<TextColumn>,
    pub shapes: Vec<Option<Geometry<f64>>>,
}

impl Features {
    /// A column's cells; empty cells are `None`.
    pub fn texts(&self, name: &str) -> Vec<Option<&str>> {
        let column = self.columns.iter().find(|column| column.name == name);
        column.map_or_else(
            || vec![None; self.shapes.len()],
            |column| column.cells().map(|(text, _)| (!text.is_empty()).then_some(text)).collect(),
        )
    }
}

/// A map layer as the catalogue declares it.
pub(super) struct Declared<'a> {
    pub file: &'a At<String>,
    pub layer: Option<&'a At<String>>,
    /// The coordinate system, where the file does not say it.
    pub crs: Option<&'a At<catalogue::Crs>>,
}

/// A map layer whose columns and coordinate system are known.
pub(super) struct OpenLayer {
    /// The file's name as declared.
    pub name: String,
    pub columns: Vec<String>,
    crs: Crs,
    rows: Rows,
}

enum Rows {
    /// Read when they are needed.
    GeoPackage { path: PathBuf, table: gpkg::Table },
    /// Read already: the file had to be read whole for its columns.
    Parsed(Features),
}

impl OpenLayer {
    /// Finds the file and the layer in it, and checks the coordinate system against the catalogue's.
    pub fn open(
        declared: &Declared<'_>,
        folder: &std::path::Path,
        wanted: Crs,
    ) -> Result<(Self, PathBuf), Diagnostic> {
        let broken = |problem: String| {
            Diagnostic::error(
                "broken-file",
                format!("`{}` cannot be read: {problem}", declared.file),
                &declared.file.place,
            )
        };
        let format = files::format(declared.file)?;
        let found = files::find(folder, declared.file)?;
        let [file] = found.as_slice() else {
            return Err(broken("expected one file, not several".into()));
        };
        let said = declared.crs.and_then(|crs| Crs::from_epsg(crs.epsg));
        let open = match format {
            Format::GeoPackage => {
                let table = gpkg::open(&file.path, declared.layer.map(|layer| layer.value.as_str()))
                    .map_err(|problem| problem.at(declared.file, declared.layer))?;
                let crs = table.crs().or(said).filter(|crs| *crs == wanted);
                let crs = crs.ok_or_else(|| wrong_crs(declared, &table.crs_name, wanted))?;
                let columns = table.columns.clone();
                Self {
                    name: file.name.clone(),
                    columns,
                    crs,
                    rows: Rows::GeoPackage { path: file.path.clone(), table },
                }
            }
            Format::GeoJson | Format::Json => {
                let bytes = std::fs::read(&file.path).map_err(|problem| broken(problem.to_string()))?;
                let parsed = geojson::read(&bytes).map_err(broken)?;
                let crs = match &parsed.crs {
                    Some(name) => Crs::parse(name).ok_or_else(|| wrong_crs(declared, name, wanted))?,
                    None => said.unwrap_or(Crs::LonLat),
                };
                let columns = parsed.features.columns.iter().map(|column| column.name.clone()).collect();
                Self { name: file.name.clone(), columns, crs, rows: Rows::Parsed(parsed.features) }
            }
            Format::Parquet | Format::Csv => {
                let problem = format!("`{}` holds no shapes", declared.file);
                return Err(Diagnostic::error("unknown-format", problem, &declared.file.place)
                    .hint("expected .gpkg or .geojson"));
            }
        };
        Ok((open, file.path.clone()))
    }

    /// Reads the shapes and these columns, in metres of the catalogue's coordinate system. Coordinates that cannot lie in
    /// Denmark are an error: they were written in another system, or swapped.
    pub fn read(self, columns: &[&str], wanted: Crs) -> Result<Features, Diagnostic> {
        let mut features = match self.rows {
            Rows::Parsed(features) => features,
            Rows::GeoPackage { path, table } => {
                gpkg::rows(&path, &table, columns).map_err(|(row, problem)| {
                    Diagnostic::in_data(Severity::Error, "broken-file", problem, &self.name, row, None)
                })?
            }
        };
        for (i, shape) in features.shapes.iter().enumerate() {
            let Some(first) = shape.as_ref().and_then(|shape| shape.coords_iter().next()) else { continue };
            if !self.crs.plausible(first) {
                let message = format!("expected coordinates in {}, found {} {}", self.crs, first.x, first.y);
                return Err(Diagnostic::in_data(
                    Severity::Error,
                    "wrong-coordinates",
                    message,
                    &self.name,
                    Some(i + 1),
                    None,
                )
                .hint(if self.crs.plausible(Coord { x: first.y, y: first.x }) {
                    "the two numbers of every point are swapped"
                } else {
                    "the file says the wrong coordinate system, or the place is not in Denmark"
                }));
            }
        }
        let projection = Projection::new(self.crs, wanted);
        features.shapes.iter_mut().flatten().for_each(|shape| projection.geometry(shape));
        Ok(features)
    }
}

fn wrong_crs(declared: &Declared<'_>, found: &str, wanted: Crs) -> Diagnostic {
    let place = &declared.layer.unwrap_or(declared.file).place;
    let file = &declared.file.value;
    Diagnostic::error(
        "wrong-crs",
        format!("expected coordinates in {wanted}, found {found} in `{file}`"),
        place,
    )
    .hint("distances, areas and maps need the metres of `catalogue: crs:`")
    .hint(format!("convert the file: ogr2ogr -f GPKG -t_srs {wanted} converted.gpkg {file}"))
}
