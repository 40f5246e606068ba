//! `areas:` and `backdrop:`: layers of delimited areas, and the map drawn under them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{dates::Crs, spans::At, sql::Sql, text::Text};

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
}

/// The map layers that the drawing knows, by their key under `backdrop:`.
pub const ROLES: [&str; 10] =
    ["municipality", "sea", "lakes", "green", "town", "railway", "roads", "buildings", "places", "pois"];
