//! GeoJSON: features with properties. Longitude first, whatever the coordinate system is called.

use geojson::{FeatureCollection, GeoJson, JsonValue};

use super::{
    features::Features,
    text_columns::{Form, TextColumn},
};

/// A parsed file.
pub(super) struct Parsed {
    /// The name in the old `crs` member, which many programs still write.
    pub crs: Option<String>,
    pub features: Features,
}

/// Reads a whole file.
pub(super) fn read(bytes: &[u8]) -> Result<Parsed, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_string())?;
    let parsed: GeoJson = text.trim_start_matches('\u{feff}').parse().map_err(problem)?;
    let GeoJson::FeatureCollection(collection) = parsed else {
        return Err("expected a `FeatureCollection`".into());
    };
    let crs = crs_name(&collection);
    let mut names: Vec<String> = Vec::new();
    for key in collection.features.iter().flat_map(|feature| feature.properties.iter().flat_map(|p| p.keys()))
    {
        if !names.contains(key) {
            names.push(key.clone());
        }
    }
    names.sort();
    let mut columns: Vec<TextColumn> = names.iter().map(|name| TextColumn::new(name)).collect();
    let mut shapes = Vec::with_capacity(collection.features.len());
    for (i, feature) in collection.features.into_iter().enumerate() {
        for column in &mut columns {
            push(column, feature.properties.as_ref().and_then(|properties| properties.get(&column.name)));
        }
        let shape =
            feature.geometry.map(|geometry| geo_types::Geometry::try_from(geometry.value)).transpose();
        shapes.push(shape.map_err(|error| format!("row {}: {error}", i + 1))?);
    }
    Ok(Parsed { crs, features: Features { columns, shapes } })
}

fn problem(error: geojson::Error) -> String {
    match error {
        geojson::Error::MalformedJson(error) => {
            format!("not valid JSON at line {}, column {}", error.line(), error.column())
        }
        error => error.to_string().lines().next().unwrap_or_default().to_string(),
    }
}

fn crs_name(collection: &FeatureCollection) -> Option<String> {
    let crs = collection.foreign_members.as_ref()?.get("crs")?;
    crs.get("properties")?.get("name")?.as_str().map(str::to_string)
}

fn push(column: &mut TextColumn, value: Option<&JsonValue>) {
    match value {
        None | Some(JsonValue::Null | JsonValue::Array(_) | JsonValue::Object(_)) => {
            column.push("", Form::Empty)
        }
        Some(JsonValue::String(text)) => column.push(text, Form::Text),
        Some(JsonValue::Number(number)) => column.push(&number.to_string(), Form::Number),
        Some(JsonValue::Bool(truth)) => column.push(&truth.to_string(), Form::Truth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_properties_and_the_coordinate_system_are_read() {
        let parsed = read(
            br#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
            "features": [{"type": "Feature", "properties": {"id": "1620", "n": 5},
                          "geometry": {"type": "Point", "coordinates": [12.5, 55.6]}},
                         {"type": "Feature", "properties": null, "geometry": null}]}"#,
        )
        .expect("good");
        assert_eq!(parsed.crs.as_deref(), Some("urn:ogc:def:crs:OGC:1.3:CRS84"));
        assert_eq!(parsed.features.texts("id"), [Some("1620"), None]);
        assert_eq!(parsed.features.texts("n"), [Some("5"), None]);
        assert_eq!(parsed.features.shapes, [Some(geo_types::Point::new(12.5, 55.6).into()), None]);
    }

    #[test]
    fn a_broken_file_is_an_error_with_its_line() {
        for text in [
            "{\"type\": \"FeatureCollection\", \"features\": [",
            "[]",
            "{}",
            "{\"type\": \"Point\", \"coordinates\": [1, 2]}",
        ] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        let ring = r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[["a"]]]}}]}"#;
        assert!(read(ring.as_bytes()).is_err());
    }
}
