//! How far it is to the nearest service of each kind, in a straight line from the middle of an area. Public geometry only.

use geo::Centroid;
use geo_types::Point;

use super::{context::Said, subject::Subject};
use crate::{
    numbers::Decimal,
    sources::{Area, Places},
    words::Slots,
};

/// The kinds of points of interest that are services, in the order printed.
const KINDS: [&str; 5] = ["shop", "school", "daycare", "station", "bus-stop"];
/// Shorter ways are printed in metres.
const KILOMETRE: f64 = 1000.0;

/// Kind and metres of the nearest service, for each kind that the municipality has.
pub(super) fn nearest(places: &Places, area: &Area) -> Vec<(&'static str, f64)> {
    let Some(middle) = area.geometry.centroid() else { return Vec::new() };
    let of_kind = |kind: &str| {
        let points = places.backdrop("pois").iter().filter(|point| point.class.as_deref() == Some(kind));
        points
            .filter_map(|point| point.geometry.centroid())
            .map(|point| distance(middle, point))
            .min_by(f64::total_cmp)
    };
    KINDS.into_iter().filter_map(|kind| Some((kind, of_kind(kind)?))).collect()
}

pub(super) fn distance(a: Point<f64>, b: Point<f64>) -> f64 {
    (a.x() - b.x()).hypot(a.y() - b.y())
}

/// `350 m`, `3,4 km`.
pub(super) fn printed(subject: &Subject, metres: f64) -> Said<String> {
    let print = |key: &str, value: f64, places: u8| {
        subject.line(
            key,
            Slots::new().number("n", Decimal::from_f64(value, places).unwrap_or(Decimal::whole(0))),
        )
    };
    if metres < KILOMETRE {
        print("facts/metres", (metres / 50.0).round() * 50.0, 0)
    } else {
        print("facts/kilometres", metres / KILOMETRE, 1)
    }
}
