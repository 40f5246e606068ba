//! The areas as GeoJSON.

use serde_json::{Map, Value as Json, json};

use super::fields::{Held, held};
use crate::{reports::context::Context, sources::Area};

/// Decimals of coordinates, metres: a centimetre.
const CENTIMETRES: f64 = 100.0;

/// Every outline, with the latest published value of each indicator and the status. In the catalogue's
/// metric coordinates, which the file names.
pub(super) fn geojson(context: &Context) -> String {
    let mut features = String::new();
    for area in context.places.layers.values().flatten() {
        if !features.is_empty() {
            features.push_str(",\n");
        }
        let feature = json!({ "type": "Feature", "id": area.id.as_str(), "properties": properties(context, area), "geometry": geometry(area) });
        features.push_str(&feature.to_string());
    }
    let crs = context.catalogue.about.crs.to_string().replace(':', "::");
    let crs = json!({ "type": "name", "properties": { "name": format!("urn:ogc:def:crs:{crs}") } });
    format!("{{\"type\":\"FeatureCollection\",\"crs\":{crs},\"features\":[\n{features}\n]}}\n")
}

fn properties(context: &Context, area: &Area) -> Json {
    let held = held(context, area, &|_| true).into_iter();
    let of = |held| match held {
        Held::Text(text) => text.into(),
        Held::Areas(areas) => areas.into(),
        Held::Number(number) => number.map_or(Json::Null, |number| json!(number.to_f64())),
    };
    Json::Object(held.map(|field| (field.name, of(field.held))).collect::<Map<_, _>>())
}

fn geometry(area: &Area) -> Json {
    let point = |c: &geo_types::Coord<f64>| {
        json!([(c.x * CENTIMETRES).round() / CENTIMETRES, (c.y * CENTIMETRES).round() / CENTIMETRES])
    };
    let ring = |line: &geo_types::LineString<f64>| Json::Array(line.0.iter().map(point).collect());
    let polygon = |polygon: &geo_types::Polygon<f64>| {
        Json::Array(std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect())
    };
    json!({ "type": "MultiPolygon", "coordinates": area.geometry.0.iter().map(polygon).collect::<Vec<_>>() })
}
