//! Distances in a straight line (luftlinje): to the nearest point of the nearest shape, 0 inside a polygon.

use geo::{BoundingRect, Intersects};
use geo_types::Point;
use rstar::{
    AABB, PointDistance, RTree,
    primitives::{GeomWithData, Rectangle},
};

use super::pieces::{Pieces, Segment};

/// Finds the nearest of some shapes.
pub(super) struct Straight<'a> {
    pieces: &'a Pieces,
    segments: RTree<Segment>,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
}

impl<'a> Straight<'a> {
    pub fn new(pieces: &'a Pieces) -> Self {
        let boxes = pieces.polygons.iter().enumerate().filter_map(|(number, polygon)| {
            let rect = polygon.bounding_rect()?;
            let corners = Rectangle::from_corners(rect.min().into(), rect.max().into());
            Some(GeomWithData::new(corners, number))
        });
        Self {
            pieces,
            segments: RTree::bulk_load(pieces.segments.clone()),
            boxes: RTree::bulk_load(boxes.collect()),
        }
    }

    /// Does a point lie in a polygon or on its border?
    pub fn is_inside(&self, point: [f64; 2]) -> bool {
        let mut near = self.boxes.locate_in_envelope_intersecting(&AABB::from_point(point));
        near.any(|found| self.pieces.polygons[found.data].intersects(&Point::from(point)))
    }

    /// The distance in millimetres; `None` where there is nothing.
    pub fn distance(&self, point: [f64; 2]) -> Option<i64> {
        if self.is_inside(point) {
            return Some(0);
        }
        let nearest = self.segments.nearest_neighbor(&point)?;
        Some((nearest.distance_2(&point).sqrt() * 1000.0).round() as i64)
    }
}

#[cfg(test)]
mod tests {
    use geo_types::{Geometry, line_string, point, polygon};

    use super::*;

    fn distances(shapes: &[Geometry<f64>], points: &[[f64; 2]]) -> Vec<Option<i64>> {
        let pieces = Pieces::of(shapes);
        let straight = Straight::new(&pieces);
        points.iter().map(|point| straight.distance(*point)).collect()
    }

    #[test]
    fn the_distance_is_to_the_nearest_point_of_a_shape() {
        // shapely 2.2, distance().
        let line = line_string![(x: 0.0, y: 0.0), (x: 100.0, y: 0.0), (x: 100.0, y: 50.0)];
        let lake = polygon!(
            exterior: [(x: 200.0, y: 0.0), (x: 300.0, y: 0.0), (x: 300.0, y: 100.0), (x: 200.0, y: 100.0)],
            interiors: [[(x: 240.0, y: 40.0), (x: 260.0, y: 40.0), (x: 260.0, y: 60.0), (x: 240.0, y: 60.0)]],
        );
        let shapes = [point!(x: -30.0, y: 40.0).into(), line.into(), lake.into()];
        let points =
            [[-30.0, 0.0], [50.0, 30.0], [130.0, 90.0], [220.0, 50.0], [250.0, 55.0], [310.0, 110.0]];
        let expected = [30_000, 30_000, 50_000, 0, 5_000, 14_142].map(Some);
        assert_eq!(distances(&shapes, &points), expected);
        assert_eq!(distances(&[], &points[..1]), [None]);
    }
}
