//! The built-up area: ground within reach of houses that stand close together, as smooth outlines.

use std::collections::BTreeMap;

use super::plane::{self, Point};

const CELL: f64 = 30.0;
const WIDE: usize = 670;
const HIGH: usize = 590;

type Corner = (usize, usize);

/// Outlines around clusters of points, larger than `least` m²; islands of open ground inside are not cut out.
pub fn outlines(points: &[Point], least: f64) -> Vec<Vec<Point>> {
    let grid = grid(points);
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

/// Ground near a point: everything within 150 m, drawn back by 90 m, so that narrow gaps close.
fn grid(points: &[Point]) -> Vec<bool> {
    let origin = plane::plan((0.0, 0.0));
    let mut seeds = vec![false; WIDE * HIGH];
    for p in points {
        let (x, y) = ((p.x - origin.x) / CELL, (p.y - origin.y) / CELL);
        if (0.0..WIDE as f64).contains(&x) && (0.0..HIGH as f64).contains(&y) {
            seeds[y as usize * WIDE + x as usize] = true;
        }
    }
    let open: Vec<bool> = grown(&seeds, 5).iter().map(|built| !built).collect();
    grown(&open, 3).iter().map(|open| !open).collect()
}

/// Every cell within `reach` cells of a marked one.
fn grown(marked: &[bool], reach: i64) -> Vec<bool> {
    let mut grid = marked.to_vec();
    for place in (0..marked.len()).filter(|&i| marked[i]) {
        let (x, y) = ((place % WIDE) as i64, (place / WIDE) as i64);
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (cx, cy) = (x + dx, y + dy);
                let inside = (0..WIDE as i64).contains(&cx) && (0..HIGH as i64).contains(&cy);
                if inside && dx * dx + dy * dy <= reach * reach {
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
    while let Some(ways) = edges.get_mut(&here) {
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

/// A smooth ring: the middles of the steps, each set to the mean of its neighbours, then every third.
fn round_off(ring: &[Point]) -> Vec<Point> {
    let n = ring.len();
    let middle = |a: Point, b: Point| Point { x: (a.x + b.x) / 2.0, y: (a.y + b.y) / 2.0 };
    let mut ring: Vec<Point> = (0..n).map(|i| middle(ring[i], ring[(i + 1) % n])).collect();
    for _ in 0..3 {
        let around = |i: usize| [0, 1, 2, 3, 4].map(|k| ring[(i + n + k - 2) % n]);
        ring = (0..n).map(|i| plane::middle(&around(i))).collect();
    }
    ring.iter().step_by(3).map(|&p| plane::round(p)).collect()
}
