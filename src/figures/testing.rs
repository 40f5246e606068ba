//! For tests: the boxes of all texts in a drawing, and a small invented town.

use geo::polygon;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon, Rect};

use super::{
    Figure, MapWords,
    boxes::Turned,
    text::{CAP_HEIGHT, Cut, POINT, Style},
};
use crate::sources::{Area, Feature, Places};

/// Every text of the drawing with its box, halos left out. The box holds capitals and lower case without descenders: that
/// is what the eye sees as touching.
pub(super) fn texts(svg: &str) -> Vec<(String, Turned)> {
    let elements =
        svg.split("<text ").skip(1).filter_map(|rest| rest.split_once("</text>")).map(|(text, _)| text);
    elements.filter(|text| !text.contains("stroke-width")).filter_map(text_box).collect()
}

fn text_box(element: &str) -> Option<(String, Turned)> {
    let (attributes, text) = element.split_once('>')?;
    let get = |name: &str| {
        let (_, rest) = attributes.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    };
    let number = |name| get(name).and_then(|value: &str| value.parse::<f64>().ok());
    let cut = match (get("font-weight"), get("font-style")) {
        (Some("700"), _) => Cut::Bold,
        (Some("600"), _) => Cut::Semibold,
        (_, Some("italic")) => Cut::Italic,
        _ => Cut::Regular,
    };
    let spacing = number("letter-spacing").unwrap_or_default();
    let style = Style { size: number("font-size")? / POINT, cut, spacing, ..Style::NOTE };
    let angle =
        get("transform").and_then(|turn| turn.trim_start_matches("rotate(").split(' ').next()?.parse().ok());
    let angle: f64 = angle.unwrap_or_default();
    let half = Coord { x: style.width(text) / 2.0, y: CAP_HEIGHT * style.em() / 2.0 };
    let along = match get("text-anchor") {
        Some("middle") => 0.0,
        Some("end") => -half.x,
        _ => half.x,
    };
    let (sin, cos) = angle.to_radians().sin_cos();
    let (x, y) = (number("x")?, number("y")?);
    let centre = Coord { x: x + along * cos + half.y * sin, y: y + along * sin - half.y * cos };
    Some((text.to_string(), Turned { centre, half, angle }))
}

/// Asserts that no two texts touch, none leaves the drawing and none is smaller than 7.5 pt.
pub(super) fn assert_readable(figure: &Figure) {
    let texts = texts(&figure.svg);
    let page = Rect::new((-0.05, -0.05), (figure.width + 0.05, figure.height + 0.05));
    for (i, (text, area)) in texts.iter().enumerate() {
        assert!(area.is_inside(page), "`{text}` leaves the drawing");
        assert!(area.half.y * 2.0 >= 7.45 * POINT * CAP_HEIGHT, "`{text}` is too small");
        for (other, other_area) in &texts[i + 1..] {
            assert!(!area.touches(other_area), "`{text}` touches `{other}`");
        }
    }
}

/// The words of a map.
pub(super) fn words() -> MapWords {
    MapWords {
        alt: "Kort.".into(),
        north: "nord".into(),
        metres: "meter".into(),
        kilometres: "km".into(),
        source: "Kort: GeoDanmark, Klimadatastyrelsen og kommunerne, december\u{a0}2025".into(),
        hidden: "vises ikke".into(),
        not_named: "Uden plads: {names}.".into(),
        many_not_named: "{count} uden plads.".into(),
        format: Default::default(),
    }
}

/// Four districts of 4 x 4 km, three estates in them, and a little of every backdrop layer.
pub(super) fn town() -> Places {
    let mut places = Places::default();
    let districts = [("nord", 0.0, 4e3), ("ost", 4e3, 4e3), ("syd", 0.0, 0.0), ("vest", 4e3, 0.0)];
    let districts = districts.map(|(id, x, y)| area("districts", id, square(x, y, 4e3, 4e3)));
    places.layers.insert("districts".into(), districts.into());
    let estates = [("alhojen", 1.9e3, 1.9e3), ("birkehojen", 2.4e3, 2.2e3), ("cederhojen", 5e3, 5e3)];
    let estates = estates.map(|(id, x, y)| area("estates", id, square(x, y, 260.0, 220.0)));
    places.layers.insert("estates".into(), estates.into());
    let line = |points: &[(f64, f64)]| Geometry::from(LineString::from(points.to_vec()));
    let point = |x: f64, y: f64| Geometry::from(Point::new(x, y));
    let layers = [
        ("sea", vec![feature(square(0.0, 7.5e3, 8e3, 2e3).into(), "", "")]),
        ("lakes", vec![feature(square(1.2e3, 2.6e3, 500.0, 300.0).into(), "", "")]),
        ("green", vec![feature(square(2.6e3, 1.2e3, 600.0, 500.0).into(), "", "")]),
        ("railway", vec![feature(line(&[(0.0, 1.5e3), (8e3, 1.7e3)]), "Banen", "")]),
        (
            "roads",
            vec![
                feature(line(&[(0.0, 2.4e3), (8e3, 2.6e3)]), "Hovedvejen", "main"),
                feature(line(&[(2.3e3, 0.0), (2.3e3, 8e3)]), "Ringvejen", "ring"),
                feature(line(&[(1.2e3, 1.8e3), (2.2e3, 1.8e3)]), "Stien", "local"),
            ],
        ),
        ("buildings", vec![feature(square(1.95e3, 1.95e3, 60.0, 12.0).into(), "", "slab")]),
        ("municipality", vec![feature(square(0.0, 0.0, 8e3, 8e3).into(), "", "")]),
        (
            "places",
            vec![
                feature(point(6e3, 6e3), "Byen", "town"),
                feature(point(4e3, 8.2e3), "Fjorden", "water"),
                feature(point(1.4e3, 2.7e3), "Søen", "water"),
                feature(point(2.8e3, 1.4e3), "Lunden", "forest"),
            ],
        ),
        (
            "pois",
            vec![
                feature(point(1.6e3, 2.2e3), "Skolen", "school"),
                feature(point(2.1e3, 1.6e3), "Station", "station"),
                feature(point(1.5e3, 1.2e3), "Stop", "bus-stop"),
            ],
        ),
    ];
    places.backdrop.extend(layers.map(|(role, features)| (role.to_string(), features)));
    places
}

fn square(x: f64, y: f64, w: f64, h: f64) -> Polygon<f64> {
    polygon![(x: x, y: y), (x: x + w, y: y), (x: x + w, y: y + h), (x: x, y: y + h)]
}

fn area(layer: &str, id: &str, shape: Polygon<f64>) -> Area {
    let name: String = id[..1].to_uppercase() + &id[1..];
    Area {
        id: id.into(),
        layer: layer.into(),
        short_name: name.clone(),
        name,
        geometry: MultiPolygon(vec![shape]),
    }
}

fn feature(geometry: Geometry<f64>, name: &str, class: &str) -> Feature {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_string());
    Feature { geometry, name: text(name), class: text(class) }
}
