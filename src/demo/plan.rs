//! The plan of the municipality: coast, border, roads, railway and the ten districts that tile it.
//!
//! A town founded on the south-west shore of a fjord: harbour and station in the middle, a ring road of the
//! 1960s, main roads out through farmland, a railway from the west that bends south. Points are drawn by hand in
//! hectometres from the south-west corner; the lines through them are smoothed, so that districts, border and
//! roads share their vertices.

use super::chart;
use super::plane::{self, Point};

/// Class of a road.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// The ring road.
    Ring,
    /// A main road out of the town, or between towns.
    Main,
    /// A country lane or a street.
    Local,
}

/// A road of the plan.
pub struct Road {
    /// Its name.
    pub name: &'static str,
    /// Its class.
    pub class: Class,
    /// Its centre line.
    pub line: Vec<Point>,
}

/// A named surface: a district, lake or green area.
pub struct Surface {
    /// Its name.
    pub name: &'static str,
    /// `lake`, `forest`, `park` or empty.
    pub kind: &'static str,
    /// Its outline, counter-clockwise, first point not repeated.
    pub ring: Vec<Point>,
}

/// Everything drawn before the first house is built.
pub struct Plan {
    /// The municipality's outline: land border and coast.
    pub municipality: Vec<Point>,
    /// The shore, from north-west to south-east.
    pub coast: Vec<Point>,
    /// The fjord and the sea, far beyond the municipality's border.
    pub sea: Vec<Point>,
    /// Ring road, main roads and country lanes.
    pub roads: Vec<Road>,
    /// The railway.
    pub railway: Vec<Point>,
    /// Districts, in the order of `story::DISTRICTS`.
    pub districts: Vec<Surface>,
    /// Lakes and the river.
    pub lakes: Vec<Surface>,
    /// Forests and parks.
    pub greens: Vec<Surface>,
}

/// Draws the plan.
pub fn draw() -> Plan {
    let coast = plane::rough(&line(chart::COAST, 70.0), 26.0, "coast");
    let border = plane::rough(&line(chart::BORDER, 110.0), 60.0, "border");
    let railway = line(chart::RAILWAY, 80.0);
    let roads: Vec<Road> = chart::ROADS
        .iter()
        .map(|(name, class, points)| Road { name, class: *class, line: line(points, 50.0) })
        .collect();
    let surface = |name: &'static str, kind, points: &str| Surface {
        name,
        kind,
        ring: plane::left_turning(plane::smooth_ring(&plane::points(points), 40.0)),
    };
    let mut lakes: Vec<Surface> =
        chart::LAKES.iter().map(|(name, points)| surface(name, "lake", points)).collect();
    let river = plane::smooth(&plane::points(chart::RIVER), 60.0);
    lakes.push(Surface {
        name: chart::RIVER_NAME,
        kind: "lake",
        ring: plane::left_turning(plane::band(&river, 16.0)),
    });
    let greens = chart::GREENS.iter().map(|(name, kind, points)| surface(name, kind, points)).collect();
    let named = |name: &str| -> &[Point] {
        match name {
            "coast" => &coast,
            "border" => &border,
            "railway" => &railway,
            road => &roads.iter().find(|r| r.name == road).expect("a corner names a road of the plan").line,
        }
    };
    let districts = chart::DISTRICTS.iter().map(|(name, corners)| district(name, corners, &named)).collect();
    let municipality =
        plane::left_turning(border.iter().chain(coast[1..coast.len() - 1].iter().rev()).copied().collect());
    let far = |i: usize| plane::rough(&line(chart::BEYOND[i], 90.0), 40.0, "beyond");
    let corners = plane::points(chart::BEYOND[1]);
    let (east, north) = (far(0), far(2));
    let shore = coast.iter().chain(&east[1..]).chain(&corners[1..2]).chain(&north[..north.len() - 1]);
    let sea = plane::left_turning(shore.copied().collect());
    Plan { municipality, coast, sea, roads, railway, districts, lakes, greens }
}

fn line(points: &str, step: f64) -> Vec<Point> {
    plane::smooth(&plane::points(points), step)
}

fn district<'a>(name: &'static str, corners: &[&str], named: &impl Fn(&str) -> &'a [Point]) -> Surface {
    let mut ring = Vec::new();
    for (i, from) in corners.iter().enumerate() {
        let part = border_between(from, corners[(i + 1) % corners.len()], named);
        ring.extend_from_slice(&part[..part.len() - 1]);
    }
    Surface { name, kind: "", ring: plane::left_turning(ring) }
}

/// The border from one corner to another. Both neighbours get the same vertices, in opposite order.
fn border_between<'a>(from: &str, to: &str, named: &impl Fn(&str) -> &'a [Point]) -> Vec<Point> {
    let (start, end, on, own) = chart::BORDERS
        .iter()
        .find(|b| (b.0, b.1) == (from, to) || (b.1, b.0) == (from, to))
        .expect("districts meet along borders of the plan");
    let (a, b) = (corner(start, named), corner(end, named));
    let mut points = if on.is_empty() {
        let mut through = vec![a];
        through.extend(plane::points(own));
        through.push(b);
        plane::rough(&plane::smooth(&through, 80.0), 18.0, start)
    } else {
        section(named(on), a, b)
    };
    if (*start, *end) != (from, to) {
        points.reverse();
    }
    points
}

fn corner<'a>(name: &str, named: &impl Fn(&str) -> &'a [Point]) -> Point {
    let (_, point, on) =
        chart::CORNERS.iter().find(|c| c.0 == name).expect("a border ends at a corner of the plan");
    let point = plane::points(point)[0];
    if on.is_empty() { point } else { named(on)[plane::nearest_corner(named(on), point)] }
}

/// The part of a line between its vertices nearest to `a` and `b`, ending exactly there.
fn section(line: &[Point], a: Point, b: Point) -> Vec<Point> {
    let (i, j) = (plane::nearest_corner(line, a), plane::nearest_corner(line, b));
    let mut part = line[i.min(j)..=i.max(j)].to_vec();
    if i > j {
        part.reverse();
    }
    let last = part.len() - 1;
    (part[0], part[last]) = (a, b);
    part
}
