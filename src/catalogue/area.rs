//! `areas:` and `backdrop:`: layers of delimited areas, and the map drawn under them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    check::{Checker, Kind},
    cluster::{self, Cluster},
    dates::Crs,
    spans::{At, Section},
    sql::Sql,
    text::Text,
    twins::Twins,
};
use crate::{
    diagnostics::Diagnostic,
    ids::{AreaId, LayerId},
};

/// A layer of delimited areas. Area ids are unique over all layers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Layer {
    /// The layer's name in the plural, as `Landsbyer`.
    pub title: Text,
    /// What one of its areas is called, as `Landsby`.
    pub kind_name: Option<Text>,
    /// GeoPackage or GeoJSON.
    pub file: At<String>,
    /// The layer's name inside a GeoPackage.
    pub layer: Option<At<String>>,
    /// The column with the area's id.
    pub id: At<String>,
    /// The column with the area's name; without it the id is printed.
    pub name: Option<At<String>>,
    /// A word put before the name, where the column holds a bare number, as `Karré`.
    pub name_prefix: Option<Text>,
    /// The column with a shorter name for figures.
    pub short_name: Option<At<String>>,
    /// The column with the date from which a boundary is valid.
    pub valid_from: Option<At<String>>,
    /// The column with the date to which a boundary is valid.
    pub valid_to: Option<At<String>>,
    /// The coordinate system, where the file does not say it (GeoJSON: EPSG:4326).
    pub crs: Option<At<Crs>>,
    /// `all`: the layer's areas cover the municipality without gaps.
    #[serde(default)]
    pub covers: Covers,
    /// The layer with the same rows counted in smaller or fewer pieces, whose total this layer's total is compared with.
    pub adds_up_to: Option<At<LayerId>>,
    /// Areas that are one area together, in place of what each of them was.
    #[serde(default)]
    pub clusters: Section<AreaId, Cluster>,
    /// How its areas are alike, for the comparator `twins`.
    pub twins: Option<Twins>,
    /// The areas of another layer by other boundaries: no pages of their own, but a status is tried on them.
    pub boundary_of: Option<BoundaryOf>,
}

/// Another version of the boundaries of a layer.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct BoundaryOf {
    /// The layer.
    pub layer: At<LayerId>,
    /// The column with the id of the area there.
    pub id: At<String>,
}

/// How much of the municipality a layer covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Parts of it.
    #[default]
    Parts,
    /// All of it, without gaps or overlaps.
    All,
}

/// A layer of the map under the areas. Public data only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Backdrop {
    /// GeoPackage or GeoJSON.
    pub file: At<String>,
    /// The layer's name inside a GeoPackage.
    pub layer: Option<At<String>>,
    /// The column with the name.
    pub name: Option<At<String>>,
    /// The column with the class: `ring`, `main`, `local` of roads; `slab`, `house` of buildings; `school`, `shop` of points.
    pub class: Option<At<String>>,
    /// The coordinate system, where the file does not say it.
    pub crs: Option<At<Crs>>,
    /// Only these rows.
    #[serde(rename = "where")]
    pub filter: Option<Sql>,
    /// Where its lines meet, when distances are measured along them.
    #[serde(default)]
    pub meet: Meet,
}

/// Where lines meet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Meet {
    /// Where they share a vertex: a bridge does not meet the road under it.
    #[default]
    AtVertices,
    /// Also where they only cross, or one ends on another: roads drawn for a map.
    WhereTheyCross,
}

/// The map layers that the drawing knows, by their key under `backdrop:`.
pub const ROLES: [&str; 10] =
    ["municipality", "sea", "lakes", "green", "town", "railway", "roads", "buildings", "places", "pois"];

/// Layers and backdrop.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.areas);
    let mut covering = None;
    for (id, layer) in written.areas.iter() {
        check_file(&layer.file, layer.layer.is_some(), checker);
        check_crs(layer.crs.as_ref(), checker);
        if let Some(total) = &layer.adds_up_to {
            checker.refer(Kind::Layer, total.as_str(), &total.place);
        }
        cluster::check(&layer.clusters, checker);
        if let Some(twins) = &layer.twins {
            twins.check(checker);
        }
        if let Some(boundary) = &layer.boundary_of {
            boundary.check(id, layer, checker);
        }
        if layer.covers == Covers::All && covering.replace(&id.value).is_some() {
            let hint = "the municipality's total is the sum of one layer; keep `covers: all` on the one with the best figures";
            checker.wrong(
                "two-covering-layers",
                format!("`{id}` is a second layer that covers all"),
                &id.place,
                hint,
            );
        }
    }
    for (role, layer) in written.backdrop.iter() {
        check_file(&layer.file, layer.layer.is_some(), checker);
        check_crs(layer.crs.as_ref(), checker);
        if !ROLES.contains(&role.as_str()) {
            let message = format!("the map has no layer `{role}`");
            checker.push(
                Diagnostic::error("unknown-map-layer", message, &role.place)
                    .did_you_mean(role, ROLES)
                    .hint(format!("the drawing knows {}", ROLES.join(", "))),
            );
        }
    }
}

impl BoundaryOf {
    /// Versions are of a layer that is none itself, and do nothing but be tried.
    fn check(&self, id: &At<LayerId>, layer: &Layer, checker: &mut Checker) {
        checker.refer(Kind::Layer, self.layer.as_str(), &self.layer.place);
        let of = checker.written.areas.get(&self.layer.value);
        if of.is_some_and(|of| of.boundary_of.is_some()) {
            let message = format!("`{}` is another version of boundaries itself", self.layer);
            let hint = "name the layer whose areas have reports and lists";
            checker.wrong("bad-boundary", message, &self.layer.place, hint);
        }
        if layer.covers == Covers::All
            || !layer.clusters.is_empty()
            || layer.twins.is_some()
            || layer.adds_up_to.is_some()
        {
            let message = format!("`{id}` has figures of its own");
            let hint = "other boundaries are only tried on a status; remove `covers`, `clusters`, `twins` and `adds-up-to`";
            checker.wrong("bad-boundary", message, &id.place, hint);
        }
    }
}

/// A layer of areas that have figures of their own: not another version of a layer's boundaries.
pub(super) fn refer(layer: &At<LayerId>, checker: &mut Checker) {
    checker.refer(Kind::Layer, layer.as_str(), &layer.place);
    let boundary = checker.written.areas.get(&layer.value).and_then(|declared| declared.boundary_of.as_ref());
    if let Some(boundary) = boundary {
        let message = format!("`{layer}` is only another version of the boundaries of `{}`", boundary.layer);
        let hint = format!("it has no pages, maps or lists; write `{}`", boundary.layer);
        checker.wrong("bad-boundary", message, &layer.place, hint);
    }
}

/// A file of areas is one that the readers know, and a GeoPackage has named layers.
fn check_file(file: &At<String>, has_layer: bool, checker: &mut Checker) {
    match file.rsplit('.').next() {
        Some("gpkg") if !has_layer => {
            let hint = "a GeoPackage can hold many layers; add `layer: …`";
            checker.wrong("missing-field", format!("`{file}` needs the name of a layer"), &file.place, hint);
        }
        Some("gpkg") => {}
        Some(json) if json.ends_with("json") => {}
        _ => {
            let hint = "areas are read from GeoPackage (`.gpkg`) and GeoJSON (`.json`, or its own ending)";
            checker.wrong("unknown-format", format!("areas cannot be read from `{file}`"), &file.place, hint);
        }
    }
}

/// Coordinate systems that can be turned into the catalogue's.
pub(super) fn check_crs(crs: Option<&At<Crs>>, checker: &mut Checker) {
    if let Some(crs) = crs.filter(|crs| ![25832, 25833, 4326, 4258].contains(&crs.epsg)) {
        let hint =
            "known: EPSG:25832 and EPSG:25833 (metres), EPSG:4326 and EPSG:4258 (longitude and latitude)";
        checker.wrong("bad-crs", format!("`{crs}` is not a known coordinate system"), &crs.place, hint);
    }
}
