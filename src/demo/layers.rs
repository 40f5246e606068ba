//! `areas.gpkg`: the areas and the map's backdrop.

use geo_types::{Geometry, LineString, Point as GeoPoint, Polygon};

use super::built_up;
use super::plan::{Class, Surface};
use super::plane::{self, Point};
use super::story::{DISTRICTS, ESTATES, MUNICIPALITY, VILLAGES};
use super::town::Municipality;
use super::{chart, quarters::MIDDLES};
use crate::sources::export::{Kind, Layer};

/// Every layer of the file.
pub fn all(place: &Municipality) -> Vec<Layer> {
    let mut layers = areas(place);
    layers.extend(backdrop(place));
    layers
}

fn ring(ring: &[Point]) -> Geometry<f64> {
    Polygon::new(LineString::new(plane::closed(ring)), Vec::new()).into()
}

fn line(points: &[Point]) -> Geometry<f64> {
    LineString::new(points.to_vec()).into()
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn areas(place: &Municipality) -> Vec<Layer> {
    const FIELDS: &[&str] = &["area_id", "name"];
    let layer = |name, features| Layer::of_texts(name, Kind::Polygon, FIELDS, features);
    let estates =
        ESTATES.iter().zip(&place.estates).map(|(e, r)| (ring(r), texts(&[e.id, e.name]))).collect();
    let villages =
        VILLAGES.iter().zip(&place.villages).map(|(v, r)| (ring(r), texts(&[v.id, v.name]))).collect();
    let districts = DISTRICTS
        .iter()
        .zip(&place.plan.districts)
        .map(|(d, surface)| (ring(&surface.ring), texts(&[d.0, d.1])))
        .collect();
    let neighbourhoods =
        place.neighbourhoods.iter().map(|n| (ring(&n.ring), texts(&[n.id, n.name]))).collect();
    vec![
        layer("estates", estates),
        layer("villages", villages),
        layer("districts", districts),
        layer("neighbourhoods", neighbourhoods),
    ]
}

fn backdrop(place: &Municipality) -> Vec<Layer> {
    let plan = &place.plan;
    let surfaces = |all: &[Surface]| all.iter().map(|s| (ring(&s.ring), texts(&[s.name, s.kind]))).collect();
    let polygons =
        |name, fields: &[&'static str], features| Layer::of_texts(name, Kind::Polygon, fields, features);
    let buildings = place.town.buildings.iter();
    vec![
        polygons("municipality", &["name"], vec![(ring(&plan.municipality), texts(&[MUNICIPALITY]))]),
        polygons("sea", &["name"], vec![(ring(&plan.sea), texts(&["Fjorden"]))]),
        polygons("lakes", &["name", "kind"], surfaces(&plan.lakes)),
        polygons("green", &["name", "kind"], surfaces(&plan.greens)),
        polygons("town", &["name"], town(place)),
        Layer::of_texts(
            "railway",
            Kind::LineString,
            &["name"],
            vec![(line(&plan.railway), texts(&["Banen"]))],
        ),
        Layer::of_texts("roads", Kind::LineString, &["name", "class"], roads(place)),
        polygons(
            "buildings",
            &["kind"],
            buildings.map(|b| (ring(&b.ring), texts(&[if b.slab { "slab" } else { "house" }]))).collect(),
        ),
        Layer::of_texts("places", Kind::Point, &["name", "kind"], places(place)),
        Layer::of_texts(
            "pois",
            Kind::Point,
            &["name", "kind"],
            points_of_interest(place)
                .iter()
                .map(|(at, name, kind)| (point(*at), texts(&[name, kind])))
                .collect(),
        ),
    ]
}

/// The built-up area: all buildings but those in the country.
fn town(place: &Municipality) -> Vec<(Geometry<f64>, Vec<String>)> {
    let built = place.town.buildings.iter().filter(|b| !b.country);
    let mut points: Vec<Point> = built.map(|b| plane::middle(&b.ring)).collect();
    points.extend(place.estates.iter().flatten());
    built_up::outlines(&points, 40_000.0).iter().map(|r| (ring(r), texts(&[""]))).collect()
}

fn roads(place: &Municipality) -> Vec<(Geometry<f64>, Vec<String>)> {
    let planned = place.plan.roads.iter().map(|road| {
        let class = match road.class {
            Class::Ring => "ring",
            Class::Main => "main",
            Class::Local => "local",
        };
        (line(&road.line), texts(&[road.name, class]))
    });
    let streets = place.town.streets.iter().filter(|s| !s.planned);
    let streets = streets.flat_map(|s| s.parts.iter().map(|part| (line(part), texts(&[&s.name, "local"]))));
    planned.chain(streets).collect()
}

fn point(p: Point) -> Geometry<f64> {
    GeoPoint::from(p).into()
}

fn places(place: &Municipality) -> Vec<(Geometry<f64>, Vec<String>)> {
    let at = |xy: &str| point(plane::points(xy)[0]);
    let mut places = vec![
        (at("105.8,96.4"), texts(&[MUNICIPALITY, "town"])),
        (at("118,112"), texts(&["Fjorden", "water"])),
    ];
    places.extend(MIDDLES.iter().zip(&VILLAGES).map(|(xy, v)| (at(xy), texts(&[v.name, "village"]))));
    let middle = |r: &[Point]| point(plane::round(plane::middle(r)));
    for lake in place.plan.lakes.iter().filter(|l| l.name != chart::RIVER_NAME) {
        places.push((middle(&lake.ring), texts(&[lake.name, "water"])));
    }
    for green in &place.plan.greens {
        places.push((middle(&green.ring), texts(&[green.name, "forest"])));
    }
    places
}

/// The map's points of interest: where, name, kind.
pub fn points_of_interest(place: &Municipality) -> Vec<(Point, String, &'static str)> {
    let drawn = chart::POIS.iter();
    let mut pois: Vec<_> =
        drawn.map(|(xy, name, kind)| (plane::points(xy)[0], (*name).to_owned(), *kind)).collect();
    for road in place.plan.roads.iter().filter(|r| r.class != Class::Ring) {
        let pace = if road.class == Class::Main { 900.0 } else { 1_400.0 };
        let stops = (plane::length(&road.line) / pace) as usize;
        for stop in 1..stops {
            let at = plane::round(plane::along(&road.line, stop as f64 * pace).0);
            if plane::inside(&place.plan.municipality, at) {
                pois.push((at, road.name.to_owned(), "bus-stop"));
            }
        }
    }
    for ((estate, outline), stop) in ESTATES.iter().zip(&place.estates).zip(1..) {
        pois.push((outline[stop % outline.len()], estate.name.to_owned(), "bus-stop"));
    }
    pois
}
