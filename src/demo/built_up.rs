//! The built-up area: ground within reach of houses that stand close together, as smooth outlines.

use std::collections::BTreeMap;

use super::plane::{self, Point};

const CELL: f64 = 30.0;
const WIDE: usize = 670;
const HIGH: usize = 590;

type Corner = (usize, usize);

/// Outlines around clusters of points, larger than `least` m²; islands of open ground inside are not cut out.
pub fn outlines(points: &[Point], reach: f64, least: f64) -> Vec<Vec<Point>> {
    let grid = grid(points, reach);
    let at = |x: usize, y: usize| x < WIDE && y < HIGH && grid[y * WIDE + x];
    // Every edge between built and open ground, from corner to corner, built ground to the left.
    let mut edges: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    let mut edge = |from: Corner, to: Corner| edges.entry(from).or_default().push(to);
    for y in 1..HIGH - 1 {
        for x in 1..WIDE - 1 {
            if !at(x, y) {
                continue;
            }
            if !at(x, y - 1) {
                edge((x, y), (x + 1, y));
            }
            if !at(x + 1, y) {
                edge((x + 1, y), (x + 1, y + 1));
            }
            if !at(x, y + 1) {
                edge((x + 1, y + 1), (x, y + 1));
            }
            if !at(x - 1, y) {
                edge((x, y + 1), (x, y));
            }
        }
    }
    let mut outlines = Vec::new();
    while let Some((&start, _)) = edges.first_key_value() {
        let ring = walk(&mut edges, start);
        let ring: Vec<Point> = ring.iter().map(|&(x, y)| corner(x, y)).collect();
        if plane::area(&ring) > least {
            outlines.push(round_off(&ring));
        }
    }
    outlines
}

fn corner(x: usize, y: usize) -> Point {
    plane::plan((x as f64 * CELL / 100.0, y as f64 * CELL / 100.0))
}

fn grid(points: &[Point], reach: f64) -> Vec<bool> {
    let origin = plane::plan((0.0, 0.0));
    let mut grid = vec![false; WIDE * HIGH];
    let around = (reach / CELL).ceil() as i64;
    for p in points {
        let (x, y) = (((p.x - origin.x) / CELL) as i64, ((p.y - origin.y) / CELL) as i64);
        for dy in -around..=around {
            for dx in -around..=around {
                let (cx, cy) = (x + dx, y + dy);
                let near = (dx * dx + dy * dy) as f64 * CELL * CELL <= reach * reach;
                if near && (1..WIDE as i64 - 1).contains(&cx) && (1..HIGH as i64 - 1).contains(&cy) {
                    grid[cy as usize * WIDE + cx as usize] = true;
                }
            }
        }
    }
    grid
}

/// Takes one closed walk out of the edges. Where two cells touch at a corner, the walk turns left, which keeps
/// them apart.
fn walk(edges: &mut BTreeMap<Corner, Vec<Corner>>, start: Corner) -> Vec<Corner> {
    let mut ring = vec![start];
    let mut came = (0_i64, 0_i64);
    let mut here = start;
    loop {
        let Some(ways) = edges.get_mut(&here) else { break };
        let step = |to: &Corner| (to.0 as i64 - here.0 as i64, to.1 as i64 - here.1 as i64);
        let left = ways.iter().position(|to| came.0 * step(to).1 - came.1 * step(to).0 > 0).unwrap_or(0);
        let next = ways.swap_remove(left);
        if ways.is_empty() {
            edges.remove(&here);
        }
        came = (next.0 as i64 - here.0 as i64, next.1 as i64 - here.1 as i64);
        if next == start {
            break;
        }
        ring.push(next);
        here = next;
    }
    ring
}

/// Cuts corners twice (Chaikin 1974) and leaves out points on straight lines.
fn round_off(ring: &[Point]) -> Vec<Point> {
    let mut ring = ring.to_vec();
    for _ in 0..2 {
        let n = ring.len();
        let cut = |a: Point, b: Point, t: f64| Point { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
        ring = (0..n)
            .flat_map(|i| {
                let (a, b) = (ring[i], ring[(i + 1) % n]);
                [cut(a, b, 0.25), cut(a, b, 0.75)]
            })
            .collect();
    }
    let n = ring.len();
    let bends = |i: &usize| {
        let (a, b, c) = (ring[(i + n - 1) % n], ring[*i], ring[(i + 1) % n]);
        ((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x)).abs() > 1.0
    };
    (0..n).filter(bends).map(|i| plane::round(ring[i])).collect()
}
