//! Shapes taken apart: straight segments (a point is one without length), and polygons for what lies inside them.

use geo_types::{Coord, Geometry, LineString, Polygon};
use rstar::{AABB, PointDistance, RTreeObject};

/// A straight piece of a shape or of a road.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub from: [f64; 2],
    pub to: [f64; 2],
    /// Its number, where it has one.
    pub number: u32,
}

/// What a set of shapes is made of.
#[derive(Default)]
pub(super) struct Pieces {
    /// Points, lines and the borders of polygons.
    pub segments: Vec<Segment>,
    pub polygons: Vec<Polygon<f64>>,
}

impl Segment {
    /// How far along it is nearest to a point, from 0 at its beginning to 1 at its end.
    pub fn nearest(&self, [x, y]: [f64; 2]) -> f64 {
        let (dx, dy) = (self.to[0] - self.from[0], self.to[1] - self.from[1]);
        let square = dx * dx + dy * dy;
        if square == 0.0 {
            return 0.0;
        }
        (((x - self.from[0]) * dx + (y - self.from[1]) * dy) / square).clamp(0.0, 1.0)
    }

    /// The point so far along it.
    pub fn at(&self, share: f64) -> [f64; 2] {
        let along = |axis: usize| self.from[axis] + share * (self.to[axis] - self.from[axis]);
        [along(0), along(1)]
    }

    /// The box around it, widened by so many metres.
    pub fn around(&self, metres: f64) -> AABB<[f64; 2]> {
        let corner = |axis: usize, sign: f64| {
            let (from, to) = (self.from[axis] * sign, self.to[axis] * sign);
            (from.max(to) + metres) * sign
        };
        AABB::from_corners([corner(0, -1.0), corner(1, -1.0)], [corner(0, 1.0), corner(1, 1.0)])
    }

    pub fn length(&self) -> f64 {
        (self.to[0] - self.from[0]).hypot(self.to[1] - self.from[1])
    }
}

impl RTreeObject for Segment {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.from, self.to)
    }
}

impl PointDistance for Segment {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        let [x, y] = self.at(self.nearest(*point));
        (x - point[0]).powi(2) + (y - point[1]).powi(2)
    }
}

impl Pieces {
    /// Takes shapes apart.
    pub fn of<'g>(shapes: impl IntoIterator<Item = &'g Geometry<f64>>) -> Self {
        let mut pieces = Self::default();
        shapes.into_iter().for_each(|shape| pieces.add(shape));
        pieces
    }

    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    fn add(&mut self, shape: &Geometry<f64>) {
        match shape {
            Geometry::Point(point) => self.add_segment(point.0, point.0),
            Geometry::MultiPoint(points) => {
                points.iter().for_each(|point| self.add_segment(point.0, point.0))
            }
            Geometry::Line(line) => self.add_segment(line.start, line.end),
            Geometry::LineString(line) => self.add_line(line),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.add_line(line)),
            Geometry::Polygon(polygon) => self.add_polygon(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|polygon| self.add_polygon(polygon)),
            Geometry::GeometryCollection(shapes) => shapes.iter().for_each(|shape| self.add(shape)),
            Geometry::Rect(rect) => self.add_polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.add_polygon(&triangle.to_polygon()),
        }
    }

    fn add_segment(&mut self, from: Coord<f64>, to: Coord<f64>) {
        let number = self.segments.len() as u32;
        self.segments.push(Segment { from: from.into(), to: to.into(), number });
    }

    fn add_line(&mut self, line: &LineString<f64>) {
        line.lines().for_each(|line| self.add_segment(line.start, line.end));
    }

    fn add_polygon(&mut self, polygon: &Polygon<f64>) {
        self.add_line(polygon.exterior());
        polygon.interiors().iter().for_each(|hole| self.add_line(hole));
        self.polygons.push(polygon.clone());
    }
}
