//! Plane geometry for the town plan: lines, rings, rectangles. Metres, EPSG:25832, rounded to 0.1 m.

use geo_types::Coord;

use super::key;

/// A point in metres.
pub type Point = Coord<f64>;

/// South-west corner of the plan in EPSG:25832; the plan's own units are hectometres from here.
const CORNER: Point = Coord { x: 676_000.0, y: 6_188_000.0 };

/// A point of the plan, given in hectometres from its south-west corner.
pub fn plan((x, y): (f64, f64)) -> Point {
    round(Coord { x: CORNER.x + x * 100.0, y: CORNER.y + y * 100.0 })
}

/// Points of the plan, written `x,y x,y` in hectometres.
pub fn points(text: &str) -> Vec<Point> {
    let number = |s: &str| s.parse::<f64>().expect("the plan is written in numbers");
    text.split_whitespace()
        .filter_map(|pair| pair.split_once(','))
        .map(|(x, y)| plan((number(x), number(y))))
        .collect()
}

/// To 0.1 m, the precision of everything that is written.
pub fn round(p: Point) -> Point {
    Coord { x: (p.x * 10.0).round() / 10.0, y: (p.y * 10.0).round() / 10.0 }
}

/// Distance between two points.
pub fn gap(a: Point, b: Point) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// `p` moved by `along` in direction `angle` (radians, counter-clockwise from east) and `left` to the left of it.
pub fn shift(p: Point, angle: f64, along: f64, left: f64) -> Point {
    let (s, c) = angle.sin_cos();
    Coord { x: p.x + along * c - left * s, y: p.y + along * s + left * c }
}

/// A smooth line through the given points (Catmull-Rom), with a point about every `step` metres.
pub fn smooth(points: &[Point], step: f64) -> Vec<Point> {
    let at = |i: isize| points[i.clamp(0, points.len() as isize - 1) as usize];
    let mut line = vec![points[0]];
    for i in 0..points.len() as isize - 1 {
        let (a, b, c, d) = (at(i - 1), at(i), at(i + 1), at(i + 2));
        let parts = (gap(b, c) / step).ceil().max(1.0) as usize;
        for k in 1..=parts {
            let t = k as f64 / parts as f64;
            let spline = |a: f64, b: f64, c: f64, d: f64| {
                let (m, n) = ((c - a) / 2.0, (d - b) / 2.0);
                let (t2, t3) = (t * t, t * t * t);
                (2.0 * t3 - 3.0 * t2 + 1.0) * b
                    + (t3 - 2.0 * t2 + t) * m
                    + (3.0 * t2 - 2.0 * t3) * c
                    + (t3 - t2) * n
            };
            line.push(round(Coord { x: spline(a.x, b.x, c.x, d.x), y: spline(a.y, b.y, c.y, d.y) }));
        }
    }
    line.dedup();
    line
}

/// A smooth closed ring through the given points; the first point is not repeated.
pub fn smooth_ring(points: &[Point], step: f64) -> Vec<Point> {
    let n = points.len();
    let around: Vec<Point> = (0..n + 3).map(|i| points[(i + n - 1) % n]).collect();
    let line = smooth(&around, step);
    let start = line.iter().position(|&p| p == points[0]).unwrap_or(0);
    let end = line.iter().rposition(|&p| p == points[0]).unwrap_or(line.len());
    line[start..end].to_vec()
}

/// A line as nature or an old parish border draws it: the inner points moved sideways by up to `size` metres.
pub fn rough(line: &[Point], size: f64, name: &str) -> Vec<Point> {
    let last = line.len() - 1;
    let wave = |i: usize, length: usize| {
        let (from, part) = (i / length, (i % length) as f64 / length as f64);
        let end = |k: usize| key::between(-1.0, 1.0, name, (k * 64 + length) as u64, 0);
        end(from) + (end(from + 1) - end(from)) * part * part * (3.0 - 2.0 * part)
    };
    (0..=last)
        .map(|i| {
            if i == 0 || i == last {
                return line[i];
            }
            let fade = (i.min(last - i) as f64 / 5.0).min(1.0);
            let sideways = size * fade * (0.6 * wave(i, 7) + 0.3 * wave(i, 3) + 0.15 * wave(i, 1));
            round(shift(line[i], direction(line, i), 0.0, sideways))
        })
        .collect()
}

/// Direction of a line at its point `i`.
fn direction(line: &[Point], i: usize) -> f64 {
    let (a, b) = (line[i.saturating_sub(1)], line[(i + 1).min(line.len() - 1)]);
    (b.y - a.y).atan2(b.x - a.x)
}

/// Length of a line.
pub fn length(line: &[Point]) -> f64 {
    line.windows(2).map(|w| gap(w[0], w[1])).sum()
}

/// The point `distance` along a line, and the direction there.
pub fn along(line: &[Point], distance: f64) -> (Point, f64) {
    let mut left = distance;
    for w in line.windows(2) {
        let d = gap(w[0], w[1]);
        if left <= d && d > 0.0 {
            let angle = (w[1].y - w[0].y).atan2(w[1].x - w[0].x);
            return (shift(w[0], angle, left, 0.0), angle);
        }
        left -= d;
    }
    (line[line.len() - 1], direction(line, line.len() - 1))
}

/// Distance from a point to a line.
pub fn distance(line: &[Point], p: Point) -> f64 {
    line.windows(2).map(|w| gap(foot(w[0], w[1], p), p)).fold(f64::INFINITY, f64::min)
}

/// The point of a line nearest to `p`.
pub fn nearest_on(line: &[Point], p: Point) -> Point {
    let feet = line.windows(2).map(|w| foot(w[0], w[1], p));
    round(feet.min_by(|a, b| gap(*a, p).total_cmp(&gap(*b, p))).unwrap_or(line[0]))
}

/// The place of the point of a line nearest to `p`.
pub fn nearest_corner(line: &[Point], p: Point) -> usize {
    (0..line.len()).min_by(|&i, &j| gap(line[i], p).total_cmp(&gap(line[j], p))).unwrap_or(0)
}

/// The point of a segment nearest to `p`.
fn foot(a: Point, b: Point, p: Point) -> Point {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    let along = (p.x - a.x) * dx + (p.y - a.y) * dy;
    let t = if squared == 0.0 { 0.0 } else { (along / squared).clamp(0.0, 1.0) };
    Coord { x: a.x + t * dx, y: a.y + t * dy }
}

/// Whether a ring (first point not repeated, or repeated) holds a point.
pub fn inside(ring: &[Point], p: Point) -> bool {
    let mut is_in = false;
    let mut b = ring[ring.len() - 1];
    for &a in ring {
        if (a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x {
            is_in = !is_in;
        }
        b = a;
    }
    is_in
}

/// Signed area of a ring in m²: positive when it runs counter-clockwise.
pub fn area(ring: &[Point]) -> f64 {
    let o = ring[0];
    let cross = |a: Point, b: Point| (a.x - o.x) * (b.y - o.y) - (b.x - o.x) * (a.y - o.y);
    (0..ring.len()).map(|i| cross(ring[i], ring[(i + 1) % ring.len()])).sum::<f64>() / 2.0
}

/// A ring, turned so that it runs counter-clockwise.
pub fn left_turning(mut ring: Vec<Point>) -> Vec<Point> {
    if area(&ring) < 0.0 {
        ring.reverse();
    }
    ring
}

/// A ring's outline as a closed line.
pub fn closed(ring: &[Point]) -> Vec<Point> {
    let mut line = ring.to_vec();
    line.push(ring[0]);
    line
}

/// A rotated rectangle around `centre`.
pub fn rectangle(centre: Point, long: f64, wide: f64, angle: f64) -> Vec<Point> {
    [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
        .iter()
        .map(|(u, v)| round(shift(centre, angle, u * long, v * wide)))
        .collect()
}

/// A band of the given width around a line, as a ring: a river.
pub fn band(line: &[Point], width: f64) -> Vec<Point> {
    let side = |s: f64| {
        (0..line.len()).map(move |i| round(shift(line[i], direction(line, i), 0.0, s * width / 2.0)))
    };
    side(-1.0).chain(side(1.0).rev()).collect()
}

/// The middle of a ring's points.
pub fn middle(ring: &[Point]) -> Point {
    let n = ring.len().max(1) as f64;
    Coord { x: ring.iter().map(|p| p.x).sum::<f64>() / n, y: ring.iter().map(|p| p.y).sum::<f64>() / n }
}

/// A ring around a set of points as seen from their middle, `margin` outside them.
pub fn cover(points: &[Point], margin: f64) -> Vec<Point> {
    const RAYS: usize = 36;
    let middle = middle(points);
    let mut reach = [margin * 1.5; RAYS];
    for &p in points {
        let turn = (p.y - middle.y).atan2(p.x - middle.x) / std::f64::consts::TAU * RAYS as f64;
        for step in 0..=1 {
            let ray = (turn.floor() + f64::from(step)).rem_euclid(RAYS as f64) as usize;
            reach[ray] = reach[ray].max(gap(middle, p) + margin);
        }
    }
    let wide: Vec<f64> = (0..RAYS)
        .map(|i| reach[i].max(0.92 * reach[(i + 1) % RAYS].max(reach[(i + RAYS - 1) % RAYS])))
        .collect();
    let corner = |i: usize| {
        let around = |k: usize| wide[(i + RAYS + k - 2) % RAYS];
        let even = (around(0) + 2.0 * around(1) + 3.0 * around(2) + 2.0 * around(3) + around(4)) / 9.0;
        round(shift(middle, i as f64 / RAYS as f64 * std::f64::consts::TAU, even.max(reach[i]), 0.0))
    };
    let corners: Vec<Point> = (0..RAYS).map(corner).collect();
    smooth_ring(&corners, 40.0)
}
