//! Cutting geometry to a window (Liang-Barsky for lines, Sutherland-Hodgman for polygons).

use geo::{BoundingRect, Orient, orient::Direction};
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPolygon, Polygon, Rect};

/// The part of a straight line inside the window.
pub fn segment(window: Rect<f64>, a: Coord<f64>, b: Coord<f64>) -> Option<(Coord<f64>, Coord<f64>)> {
    let step = b - a;
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    let limits = [
        (-step.x, a.x - window.min().x),
        (step.x, window.max().x - a.x),
        (-step.y, a.y - window.min().y),
        (step.y, window.max().y - a.y),
    ];
    for (slope, room) in limits {
        if slope == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if slope < 0.0 {
            enter = enter.max(room / slope);
        } else {
            leave = leave.min(room / slope);
        }
    }
    (enter <= leave).then(|| (a + step * enter, a + step * leave))
}

/// The parts of a line inside the window.
pub fn line(window: Rect<f64>, line: &LineString<f64>) -> Vec<LineString<f64>> {
    let mut parts: Vec<LineString<f64>> = Vec::new();
    for piece in line.lines() {
        let Some((from, to)) = segment(window, piece.start, piece.end) else { continue };
        match parts.last_mut() {
            Some(part) if part.0.last() == Some(&from) => part.0.push(to),
            _ => parts.push(LineString(vec![from, to])),
        }
    }
    parts
}

/// The part of a polygon inside the window, with its outside counterclockwise and its holes clockwise. Where a polygon
/// leaves and enters again, the parts stay joined along the window's edge: choose a window larger than the frame.
pub fn polygon(window: Rect<f64>, polygon: &Polygon<f64>) -> Option<Polygon<f64>> {
    let outside = ring(window, polygon.exterior())?;
    let holes = polygon.interiors().iter().filter_map(|hole| ring(window, hole)).collect();
    Some(Polygon::new(outside, holes).orient(Direction::Default))
}

/// Every polygon of a geometry inside the window. Points and lines give none.
pub fn polygons(window: Rect<f64>, geometry: &Geometry<f64>) -> MultiPolygon<f64> {
    let mut found = Vec::new();
    each_polygon(geometry, &mut |part| {
        if part.bounding_rect().is_some_and(|bounds| meet(window, bounds)) {
            found.extend(polygon(window, part));
        }
    });
    MultiPolygon(found)
}

/// Every line of a geometry inside the window. Points and polygons give none.
pub fn lines(window: Rect<f64>, geometry: &Geometry<f64>) -> MultiLineString<f64> {
    let mut found = Vec::new();
    each_line(geometry, &mut |part| {
        if part.bounding_rect().is_some_and(|bounds| meet(window, bounds)) {
            found.extend(line(window, part));
        }
    });
    MultiLineString(found)
}

/// True if two rectangles have a point in common.
pub fn meet(a: Rect<f64>, b: Rect<f64>) -> bool {
    a.min().x <= b.max().x && b.min().x <= a.max().x && a.min().y <= b.max().y && b.min().y <= a.max().y
}

fn each_polygon(geometry: &Geometry<f64>, with: &mut dyn FnMut(&Polygon<f64>)) {
    match geometry {
        Geometry::Polygon(polygon) => with(polygon),
        Geometry::MultiPolygon(polygons) => polygons.iter().for_each(with),
        Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| each_polygon(part, with)),
        _ => {}
    }
}

fn each_line(geometry: &Geometry<f64>, with: &mut dyn FnMut(&LineString<f64>)) {
    match geometry {
        Geometry::LineString(line) => with(line),
        Geometry::MultiLineString(lines) => lines.iter().for_each(with),
        Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| each_line(part, with)),
        _ => {}
    }
}

fn ring(window: Rect<f64>, ring: &LineString<f64>) -> Option<LineString<f64>> {
    let (low, high) = (window.min(), window.max());
    let mut points: Vec<Coord<f64>> = ring.0.clone();
    points.pop();
    points = cut(points, |p| p.x - low.x);
    points = cut(points, |p| high.x - p.x);
    points = cut(points, |p| p.y - low.y);
    points = cut(points, |p| high.y - p.y);
    if points.len() < 3 {
        return None;
    }
    let mut ring = LineString(points);
    ring.close();
    Some(ring)
}

/// Keeps the side of one edge where `inside` is not negative.
fn cut(points: Vec<Coord<f64>>, inside: impl Fn(&Coord<f64>) -> f64) -> Vec<Coord<f64>> {
    let mut kept = Vec::with_capacity(points.len() + 4);
    for (i, point) in points.iter().enumerate() {
        let before = &points[(i + points.len() - 1) % points.len()];
        let (was, is) = (inside(before), inside(point));
        if (was < 0.0) != (is < 0.0) {
            kept.push(*before + (*point - *before) * (was / (was - is)));
        }
        if is >= 0.0 {
            kept.push(*point);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, polygon};

    fn window() -> Rect<f64> {
        Rect::new((0.0, 0.0), (10.0, 10.0))
    }

    #[test]
    fn a_line_that_leaves_and_returns_becomes_two_lines() {
        let wave = LineString::from(vec![(-2.0, 5.0), (2.0, 5.0), (5.0, 15.0), (8.0, 5.0), (12.0, 5.0)]);
        let parts = line(window(), &wave);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].0.first(), Some(&Coord { x: 0.0, y: 5.0 }));
        assert_eq!(parts[1].0.last(), Some(&Coord { x: 10.0, y: 5.0 }));
    }

    #[test]
    fn a_polygon_larger_than_the_window_becomes_the_window() {
        let large = polygon![(x: -5.0, y: -5.0), (x: 20.0, y: -5.0), (x: 20.0, y: 20.0), (x: -5.0, y: 20.0)];
        assert_eq!(polygon(window(), &large).map(|cut| cut.unsigned_area()), Some(100.0));
    }

    #[test]
    fn a_hole_stays_a_hole_after_cutting() {
        let holed = polygon!(
            exterior: [(x: 5.0, y: 1.0), (x: 15.0, y: 1.0), (x: 15.0, y: 9.0), (x: 5.0, y: 9.0)],
            interiors: [[(x: 8.0, y: 4.0), (x: 12.0, y: 4.0), (x: 12.0, y: 6.0), (x: 8.0, y: 6.0)]],
        );
        assert_eq!(polygon(window(), &holed).map(|cut| cut.unsigned_area()), Some(5.0 * 8.0 - 2.0 * 2.0));
    }

    #[test]
    fn what_lies_outside_is_gone() {
        let outside = polygon![(x: 11.0, y: 0.0), (x: 12.0, y: 0.0), (x: 12.0, y: 1.0)];
        assert!(polygons(window(), &outside.into()).0.is_empty());
        assert!(segment(window(), Coord { x: -3.0, y: 8.0 }, Coord { x: 1.0, y: 14.0 }).is_none());
    }
}
