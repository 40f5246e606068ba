//! Coordinate reference systems: what files come in, and the way into the catalogue's metric one.

use std::fmt;

use geo::MapCoordsInPlace;
use geo_types::{Coord, Geometry};
use geodesy::prelude::*;

/// A coordinate reference system that Danish files come in. ETRS89 and WGS 84 are the same here (to less than a metre).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Crs {
    /// ETRS89 / UTM zone 32 or 33, metres: EPSG:25832, EPSG:25833.
    Utm(u8),
    /// Longitude and latitude in degrees, longitude first: CRS84, EPSG:4326, EPSG:4258.
    LonLat,
}

impl Crs {
    /// Reads `EPSG:25832` and the forms that files use, `urn:ogc:def:crs:EPSG::25832`, `urn:ogc:def:crs:OGC:1.3:CRS84`.
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.rsplit([':', '/']).next()?.trim();
        match code.to_ascii_uppercase().as_str() {
            "25832" => Some(Self::Utm(32)),
            "25833" => Some(Self::Utm(33)),
            "4326" | "4258" | "CRS84" => Some(Self::LonLat),
            _ => None,
        }
    }

    /// The system with this EPSG number, if it is one that is read.
    pub fn from_epsg(number: u32) -> Option<Self> {
        Self::parse(&number.to_string())
    }

    /// Can this be a place in Denmark? A generous box, for finding swapped or mistaken coordinates.
    pub fn plausible(self, point: Coord<f64>) -> bool {
        let ((west, east), (south, north)) = match self {
            Self::Utm(32) => ((400_000.0, 920_000.0), (6_000_000.0, 6_450_000.0)),
            Self::Utm(_) => ((0.0, 550_000.0), (6_000_000.0, 6_450_000.0)),
            Self::LonLat => ((7.0, 16.0), (54.0, 58.5)),
        };
        (west..=east).contains(&point.x) && (south..=north).contains(&point.y)
    }
}

impl fmt::Display for Crs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utm(zone) => write!(f, "EPSG:258{zone}"),
            Self::LonLat => f.write_str("longitude and latitude (EPSG:4326)"),
        }
    }
}

/// The way from one reference system to another.
pub(super) struct Projection {
    context: Minimal,
    /// The operations in order, and whether each runs forwards (to metres).
    steps: Vec<(OpHandle, bool)>,
    from: Crs,
}

impl Projection {
    /// Prepares the way; `to` is the catalogue's metric system or any other.
    pub fn new(from: Crs, to: Crs) -> Self {
        let mut context = Minimal::new();
        let mut steps = Vec::new();
        if from != to {
            for (crs, forwards) in [(from, false), (to, true)] {
                if let Crs::Utm(zone) = crs {
                    let handle = context
                        .op(&format!("utm zone={zone} ellps=GRS80"))
                        .expect("the definition is one of two that are known to be right");
                    steps.push((handle, forwards));
                }
            }
        }
        Self { context, steps, from }
    }

    /// Moves points, in place. A point without finite coordinates stays so.
    pub fn points(&self, points: &mut [Coord<f64>]) {
        if self.steps.is_empty() {
            return;
        }
        let lon_lat = self.from == Crs::LonLat;
        let mut data: Vec<Coor2D> = points
            .iter()
            .map(|p| if lon_lat { Coor2D::geo(p.y, p.x) } else { Coor2D::raw(p.x, p.y) })
            .collect();
        for (handle, forwards) in &self.steps {
            let direction = if *forwards { Fwd } else { Inv };
            // A point that cannot be projected comes back as not-a-number, so the count of successes is not needed.
            let _ = self.context.apply(*handle, direction, &mut data);
        }
        let to_lon_lat = self.steps.len() == 1 && !lon_lat;
        for (point, moved) in points.iter_mut().zip(&data) {
            let (x, y) = (moved[0], moved[1]);
            *point = if to_lon_lat { Coord { x: x.to_degrees(), y: y.to_degrees() } } else { Coord { x, y } };
        }
    }

    /// Moves a geometry.
    pub fn geometry(&self, geometry: &mut Geometry<f64>) {
        if !self.steps.is_empty() {
            geometry.map_coords_in_place(|coord| {
                let mut points = [coord];
                self.points(&mut points);
                points[0]
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longitude, latitude, easting, northing of three addresses as Danmarks Adressers Web API gave them in 2014
    /// (ETRS89 / UTM 32, given to the centimetre; © DAR, Klimadatastyrelsen).
    const DAWA: [[f64; 4]; 3] = [
        [12.5582458296225, 55.6720594006065, 723743.16, 6175322.16],
        [12.5610912697286, 55.6708378041398, 723928.98, 6175195.49],
        [8.53959543878291, 55.0972751504817, 470620.0, 6105713.0],
    ];

    #[test]
    fn longitude_and_latitude_become_the_official_utm_coordinates_to_a_centimetre() {
        let projection = Projection::new(Crs::LonLat, Crs::Utm(32));
        for [x, y, east, north] in DAWA {
            let mut points = [Coord { x, y }];
            projection.points(&mut points);
            let off = ((points[0].x - east).powi(2) + (points[0].y - north).powi(2)).sqrt();
            assert!(off < 0.01, "{points:?} is {off} m from {east} {north}");
        }
    }

    #[test]
    fn there_and_back_again_is_the_same_point() {
        let (there, back) =
            (Projection::new(Crs::LonLat, Crs::Utm(33)), Projection::new(Crs::Utm(33), Crs::LonLat));
        for [x, y, ..] in DAWA {
            let mut points = [Coord { x, y }];
            there.points(&mut points);
            back.points(&mut points);
            assert!((points[0].x - x).abs() < 1e-9 && (points[0].y - y).abs() < 1e-9, "{points:?}");
        }
    }

    #[test]
    fn swapped_or_foreign_coordinates_are_not_plausible() {
        assert!(Crs::LonLat.plausible(Coord { x: 12.5, y: 55.6 }));
        assert!(!Crs::LonLat.plausible(Coord { x: 55.6, y: 12.5 }));
        assert!(!Crs::Utm(32).plausible(Coord { x: 12.5, y: 55.6 }));
    }

    #[test]
    fn a_reference_system_is_known_by_its_code_in_whatever_form() {
        assert_eq!(Crs::parse("urn:ogc:def:crs:EPSG::25832"), Some(Crs::Utm(32)));
        assert_eq!(Crs::parse("urn:ogc:def:crs:OGC:1.3:CRS84"), Some(Crs::LonLat));
        assert_eq!(Crs::parse("EPSG:3857"), None);
    }
}
