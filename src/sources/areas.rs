//! `areas:` and `backdrop:` of the catalogue → [`Places`].

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use geo::{Area as _, Validation};
use geo_types::{Geometry, MultiPolygon};
use polars::{prelude::*, sql::sql_expr};

use super::{
    clusters,
    dates::Day,
    features::{Declared, Features, OpenLayer},
    files::InputFile,
    places::{Area, Feature, Places},
    projection::Crs,
    sql::{Expression, Wanted, check},
    text_columns::Marks,
    versions::{self, Version},
};
use crate::{
    catalogue::{At, Backdrop, Catalogue, Comparator, Layer},
    diagnostics::{Diagnostic, Severity},
    ids::{AreaId, LayerId},
};

/// All map layers, found and checked.
pub(super) struct OpenPlaces {
    layers: Vec<(LayerId, OpenLayer)>,
    backdrop: Vec<(String, OpenLayer)>,
    crs: Crs,
}

/// Finds the files and layers and checks the columns named. Gives the files too.
pub(super) fn open(
    catalogue: &Catalogue,
    folder: &Path,
) -> Result<(OpenPlaces, Vec<InputFile>), Vec<Diagnostic>> {
    let about = &catalogue.about.crs;
    let crs = match Crs::from_epsg(about.epsg) {
        Some(crs @ Crs::Utm(_)) => crs,
        _ => {
            let message = format!("expected coordinates in metres, found {}", about.value);
            return Err(vec![
                Diagnostic::error("wrong-crs", message, &about.place)
                    .hint("write EPSG:25832, or EPSG:25833 on Bornholm"),
            ]);
        }
    };
    let mut places = OpenPlaces { layers: Vec::new(), backdrop: Vec::new(), crs };
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    let mut open = |declared: Declared<'_>, named: &[Option<&At<String>>], problems: &mut Vec<Diagnostic>| {
        let (layer, path): (OpenLayer, PathBuf) =
            OpenLayer::open(&declared, folder, crs).map_err(|problem| problems.push(problem)).ok()?;
        inputs.push(InputFile { name: layer.name.clone(), path });
        for column in named.iter().flatten().filter(|column| !layer.columns.contains(&column.value)) {
            let message = format!("`{}` has no column `{column}`", declared.file);
            problems.push(
                Diagnostic::error("unknown-column", message, &column.place)
                    .did_you_mean(column, layer.columns.iter().map(String::as_str)),
            );
        }
        Some(layer)
    };
    for (id, layer) in catalogue.areas.iter() {
        let declared = Declared { file: &layer.file, layer: layer.layer.as_ref(), crs: layer.crs.as_ref() };
        let named = [
            Some(&layer.id),
            layer.name.as_ref(),
            layer.short_name.as_ref(),
            layer.valid_from.as_ref(),
            layer.valid_to.as_ref(),
            layer.boundary_of.as_ref().map(|boundary| &boundary.id),
        ];
        places.layers.extend(open(declared, &named, &mut problems).map(|open| (id.value.clone(), open)));
    }
    for (role, layer) in catalogue.backdrop.iter() {
        let declared = Declared { file: &layer.file, layer: layer.layer.as_ref(), crs: layer.crs.as_ref() };
        let named = [layer.name.as_ref(), layer.class.as_ref()];
        places.backdrop.extend(open(declared, &named, &mut problems).map(|open| (role.value.clone(), open)));
    }
    if problems.is_empty() { Ok((places, inputs)) } else { Err(problems) }
}

/// Reads all map layers.
pub(super) fn read(
    catalogue: &Catalogue,
    open: OpenPlaces,
) -> Result<(Places, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut reading = Reading {
        places: Places::default(),
        taken: BTreeMap::new(),
        versions: Vec::new(),
        problems: Vec::new(),
        catalogue,
    };
    for (id, layer) in open.layers {
        if let Some(declared) = catalogue.areas.get(&id) {
            reading.layer(&id, declared, layer, open.crs);
        }
    }
    for (role, layer) in open.backdrop {
        if let Some(declared) = catalogue.backdrop.get(&role) {
            match backdrop(declared, layer, open.crs) {
                Ok(features) => drop(reading.places.backdrop.insert(role, features)),
                Err(problems) => reading.problems.extend(problems),
            }
        }
    }
    let Reading { mut places, versions, mut problems, .. } = reading;
    match versions::resolve(versions, &places) {
        Ok(found) => places.version_of = found,
        Err(found) => problems.extend(found),
    }
    if problems.iter().any(Diagnostic::is_error) { Err(problems) } else { Ok((places, problems)) }
}

struct Reading<'a> {
    catalogue: &'a Catalogue,
    places: Places,
    /// Where each id was first seen: file and row.
    taken: BTreeMap<AreaId, (String, usize)>,
    /// What the areas of other boundaries are versions of.
    versions: Vec<Version>,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn layer(&mut self, id: &LayerId, declared: &Layer, open: OpenLayer, crs: Crs) {
        let file = open.name.clone();
        let optional = [&declared.name, &declared.short_name, &declared.valid_from, &declared.valid_to];
        let boundary = declared.boundary_of.as_ref();
        let columns: BTreeSet<&str> = std::iter::once(&declared.id)
            .chain(optional.into_iter().flatten())
            .chain(boundary.map(|boundary| &boundary.id))
            .map(|column| column.value.as_str())
            .collect();
        let columns: Vec<&str> = columns.into_iter().collect();
        let features = match open.read(&columns, crs) {
            Ok(features) => features,
            Err(problem) => return self.problems.push(problem),
        };
        let rows = LayerRows::of(declared, &features);
        let mut areas = Vec::new();
        for (i, shape) in features.shapes.iter().enumerate() {
            match self.valid_at_edition(declared, &rows, &file, i) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(problem) => {
                    self.problems.push(problem);
                    continue;
                }
            }
            let area = self.area_id(declared, &rows, &file, i).and_then(|area| {
                let geometry = outline(shape.as_ref()).map_err(|problem| {
                    let message = format!("the outline of `{area}` {problem}");
                    Diagnostic::in_data(Severity::Error, "bad-outline", message, &file, Some(i + 1), None)
                        .hint("rows are placed by their area's outline; mend it: ogr2ogr -makevalid mended.gpkg FILE")
                })?;
                let name = rows.names.as_ref().and_then(|names| names[i]).unwrap_or(area.as_str()).to_string();
                let name = match &declared.name_prefix {
                    Some(prefix) => format!("{} {name}", prefix.in_language(self.catalogue.about.language)),
                    None => name,
                };
                let short_name = rows.short_names.as_ref().and_then(|names| names[i]).unwrap_or(&name).to_string();
                Ok(Area { id: area, layer: id.clone(), name, short_name, geometry })
            });
            match area {
                Ok(area) => {
                    self.versions.extend(rows.version(declared, &area.id, &file, i));
                    areas.push(area);
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        if areas.is_empty() && !self.problems.iter().any(Diagnostic::is_error) {
            let message = format!("layer `{id}` has no areas");
            self.problems.push(Diagnostic::error("no-areas", message, &declared.file.place).hint(
                "without areas no row finds its place; look at the file, and at `valid-from` and `valid-to` if it has them",
            ));
        }
        areas.sort_by(|a, b| a.id.cmp(&b.id));
        self.take(id, declared, areas);
    }

    /// Takes in the areas of a layer, those of clusters as one.
    fn take(&mut self, id: &LayerId, declared: &Layer, areas: Vec<Area>) {
        if declared.boundary_of.is_some() {
            self.places.versions.insert(id.clone(), areas);
            return;
        }
        let (language, is_taken) = (self.catalogue.about.language, |id: &AreaId| self.taken.contains_key(id));
        match clusters::join(id, &declared.clusters, language, areas, &is_taken) {
            Ok((areas, members)) => {
                let joined = declared.clusters.ids().zip(1..);
                self.taken.extend(joined.map(|(area, n)| (area.clone(), (format!("clusters of {id}"), n))));
                self.places.clusters.extend(members);
                self.places.layers.insert(id.clone(), areas);
            }
            Err(problems) => self.problems.extend(problems),
        }
    }

    /// The id of a row: there, of usable characters, not taken.
    fn area_id(
        &mut self,
        declared: &Layer,
        rows: &LayerRows<'_>,
        file: &str,
        i: usize,
    ) -> Result<AreaId, Diagnostic> {
        let error = |code, message: String| {
            Diagnostic::in_data(Severity::Error, code, message, file, Some(i + 1), Some(&declared.id))
        };
        let Some(text) = rows.ids[i] else {
            return Err(error("no-area-id", "an area has no id".into()));
        };
        let id = AreaId::from(text);
        let reserved = [
            AreaId::rest(),
            AreaId::rest_of_layer(),
            AreaId::municipality(),
            AreaId::region(),
            AreaId::country(),
            AreaId::twins(),
            AreaId::chance(),
            Comparator::LastYear.area(),
            Comparator::FiveYearsAgo.area(),
        ];
        if reserved.contains(&id) || id.as_str() == self.catalogue.about.municipality.to_string() {
            return Err(error(
                "reserved-area-id",
                format!("`{id}` cannot be an area's id: it means something else here"),
            ));
        }
        if text.contains(['@', '~', '\\']) || text.chars().any(char::is_control) {
            return Err(error(
                "bad-area-id",
                format!("the id `{id}` has a character that ids cannot have: @ ~ \\"),
            ));
        }
        if let Some((other, row)) = self.taken.get(&id) {
            return Err(error("duplicate-area-id", format!("the area id `{id}` is taken: row {row} of `{other}` has it"))
                .hint("an id stands for one area in results and file names, over all layers")
                .hint("give one of the two another id, or add `valid-from` and `valid-to` if one boundary followed the other"));
        }
        self.taken.insert(id.clone(), (describe(file, declared), i + 1));
        Ok(id)
    }

    /// Is the boundary in this row valid in the month of the edition?
    fn valid_at_edition(
        &self,
        declared: &Layer,
        rows: &LayerRows<'_>,
        file: &str,
        i: usize,
    ) -> Result<bool, Diagnostic> {
        let edition = &self.catalogue.about.edition;
        let edition = Day { year: i32::from(edition.year), month: edition.month, day: 1 };
        let day = |column: &Option<At<String>>, texts: &Option<Vec<Option<&str>>>| {
            let Some(text) = texts.as_ref().and_then(|texts| texts[i]) else { return Ok(None) };
            Day::parse_iso(text).or_else(|| Day::parse_danish(text)).map(Some).ok_or_else(|| {
                let message = format!("expected a date as 2025-12-01, found `{text}`");
                let column = column.as_ref().map(|column| column.value.as_str());
                Diagnostic::in_data(Severity::Error, "not-a-date", message, file, Some(i + 1), column)
            })
        };
        let from = day(&declared.valid_from, &rows.valid_from)?;
        let to = day(&declared.valid_to, &rows.valid_to)?;
        Ok(from.is_none_or(|from| from <= edition) && to.is_none_or(|to| edition <= to))
    }
}

/// The columns of a layer that areas are made from.
struct LayerRows<'a> {
    ids: Vec<Option<&'a str>>,
    names: Option<Vec<Option<&'a str>>>,
    short_names: Option<Vec<Option<&'a str>>>,
    valid_from: Option<Vec<Option<&'a str>>>,
    valid_to: Option<Vec<Option<&'a str>>>,
    version_of: Option<Vec<Option<&'a str>>>,
}

impl<'a> LayerRows<'a> {
    fn of(declared: &Layer, features: &'a Features) -> Self {
        let texts = |column: &Option<At<String>>| column.as_ref().map(|column| features.texts(column));
        Self {
            ids: features.texts(&declared.id),
            names: texts(&declared.name),
            short_names: texts(&declared.short_name),
            valid_from: texts(&declared.valid_from),
            valid_to: texts(&declared.valid_to),
            version_of: declared.boundary_of.as_ref().map(|boundary| features.texts(&boundary.id)),
        }
    }

    /// What the area in a row is another version of, in a layer of such.
    fn version(&self, declared: &Layer, area: &AreaId, file: &str, i: usize) -> Option<Version> {
        let boundary = declared.boundary_of.as_ref()?;
        Some(Version {
            area: area.clone(),
            of: self.version_of.as_ref().and_then(|of| of[i]).map(str::to_string),
            layer: boundary.layer.value.clone(),
            file: file.to_string(),
            row: i + 1,
            column: boundary.id.value.clone(),
        })
    }
}

fn describe(file: &str, declared: &Layer) -> String {
    declared.layer.as_ref().map_or_else(|| file.to_string(), |layer| format!("{file}, layer {layer}"))
}

/// The outline of an area, or what is wrong with it.
fn outline(shape: Option<&Geometry<f64>>) -> Result<MultiPolygon<f64>, String> {
    let outline = match shape {
        None => return Err("is empty".into()),
        Some(Geometry::Polygon(polygon)) => MultiPolygon(vec![polygon.clone()]),
        Some(Geometry::MultiPolygon(polygons)) => polygons.clone(),
        Some(_) => return Err("is not a polygon".into()),
    };
    for polygon in &outline {
        polygon.check_validation().map_err(|problem| format!("is not valid: {problem}"))?;
    }
    if outline.unsigned_area() > 0.0 { Ok(outline) } else { Err("is empty".into()) }
}

/// A layer of the map under the areas. Empty shapes are left out: nothing is counted by them.
fn backdrop(declared: &Backdrop, open: OpenLayer, crs: Crs) -> Result<Vec<Feature>, Vec<Diagnostic>> {
    let all = open.columns.clone();
    let mut columns: Vec<&str> =
        [&declared.name, &declared.class].into_iter().flatten().map(|column| column.value.as_str()).collect();
    if declared.filter.is_some() {
        columns = all.iter().map(String::as_str).collect();
    }
    columns.sort_unstable();
    columns.dedup();
    let features = open.read(&columns, crs).map_err(|problem| vec![problem])?;
    let keep = kept(declared, &features)?;
    let of = |column: &Option<At<String>>| column.as_ref().map(|column| features.texts(column));
    let (names, classes) = (of(&declared.name), of(&declared.class));
    let text = |texts: &Option<Vec<Option<&str>>>, i: usize| {
        texts.as_ref().and_then(|texts| texts[i]).map(str::to_string)
    };
    let shapes = features.shapes.iter().enumerate().filter(|(i, _)| keep[*i]);
    Ok(shapes
        .filter_map(|(i, shape)| Some((i, shape.clone()?)))
        .map(|(i, geometry)| Feature { geometry, name: text(&names, i), class: text(&classes, i) })
        .collect())
}

/// Which rows the layer's `where:` keeps.
fn kept(declared: &Backdrop, features: &Features) -> Result<Vec<bool>, Vec<Diagnostic>> {
    let Some(filter) = &declared.filter else { return Ok(vec![true; features.shapes.len()]) };
    let failed = |problem: PolarsError| {
        vec![Diagnostic::error("wrong-expression", problem.to_string(), &filter.place)]
    };
    let columns = features
        .columns
        .iter()
        .map(|column| column.typed(&Marks::default(), false).map(|typed| typed.column));
    let frame = DataFrame::new(features.shapes.len(), columns.collect::<PolarsResult<_>>().map_err(failed)?)
        .map_err(failed)?;
    let place = |offset, len| filter.place_of(offset, len);
    check(&Expression { text: &filter.text, wanted: Wanted::Filter, place: &place }, frame.schema())?;
    let mask = sql_expr(&filter.text)
        .and_then(|expr| frame.lazy().select([expr.alias("keep")]).collect())
        .map_err(failed)?;
    let mask = mask.column("keep").and_then(|column| column.bool()).map_err(failed)?;
    Ok(mask.iter().map(|keep| keep == Some(true)).collect())
}
