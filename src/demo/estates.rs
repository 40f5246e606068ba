//! Estates: slabs in rows or courts on an outlined ground, with a street of their own.

use std::f64::consts::FRAC_PI_2;

use super::key;
use super::plane::{self, Point};
use super::quarters::Ground;
use super::settle::{Building, Form, Town};
use super::story::Estate;

/// Middle, direction and doors of a slab, in the estate's own directions.
struct Slab {
    u: f64,
    v: f64,
    upright: bool,
}

fn slabs(ground: &Ground) -> Vec<Slab> {
    let ((across, rows), (pu, pv)) = (ground.grid, ground.pitch);
    let mut all = Vec::new();
    for row in 0..rows {
        for place in 0..across {
            let lean = if ground.courts || row % 2 == 0 { 0.0 } else { pu * 0.16 };
            let u = (f64::from(place) - f64::from(across - 1) / 2.0) * pu + lean;
            let v = (f64::from(row) - f64::from(rows - 1) / 2.0) * pv;
            if ground.courts {
                let (half, deep) = (ground.slab / 2.0 + 12.0, ground.slab / 2.0 + 2.0);
                let open = if row % 2 == 0 { 1.0 } else { -1.0 };
                all.push(Slab { u, v: v - open * deep, upright: false });
                all.push(Slab { u: u - half, v: v + open * 9.0, upright: true });
                all.push(Slab { u: u + half, v: v + open * 9.0, upright: true });
            } else {
                let upright = ground.turned > 0 && (place + row * 2) % ground.turned == ground.turned - 1;
                all.push(Slab { u, v, upright });
            }
        }
    }
    all
}

/// Half the length and half the width of the built ground.
fn reach(ground: &Ground) -> (f64, f64) {
    let mut reach: (f64, f64) = (0.0, 0.0);
    for slab in slabs(ground) {
        let (long, wide) = if slab.upright { (7.0, ground.slab / 2.0) } else { (ground.slab / 2.0, 7.0) };
        reach = (reach.0.max(slab.u.abs() + long), reach.1.max(slab.v.abs() + wide));
    }
    reach
}

fn at(ground: &Ground, u: f64, v: f64) -> Point {
    plane::shift(plane::points(ground.middle)[0], ground.turn.to_radians(), u, v)
}

/// The estate's outline: the lots it owned when they were laid out, a little irregular.
pub fn outline(which: usize, ground: &Ground) -> Vec<Point> {
    let (long, wide) = reach(ground);
    let out = |corner: u64| 26.0 + key::between(0.0, 34.0, "estate corner", which as u64 * 16 + corner, 0);
    let corners = [
        (-long - out(0), -wide - out(1)),
        (long * 0.35, -wide - out(2)),
        (long + out(3), -wide - out(4)),
        (long + out(5), wide * 0.3),
        (long + out(6), wide + out(7)),
        (-long * 0.25, wide + out(8)),
        (-long - out(9), wide + out(10)),
    ];
    plane::left_turning(corners.iter().map(|&(u, v)| plane::round(at(ground, u, v))).collect())
}

/// Builds an estate: a street around its slabs, another through it, and every dwelling of the story.
pub fn build(town: &mut Town, ground: &Ground, estate: &Estate, roads: &[Vec<Point>]) {
    let (long, wide) = reach(ground);
    let (a, b) = (long + 13.0, wide + 13.0);
    let around = [(-a, -b), (a, -b), (a, b), (-a, b), (-a, -b)].map(|(u, v)| plane::round(at(ground, u, v)));
    let street = town.street(estate.name.to_owned(), around.to_vec(), false);
    let between = if ground.grid.1.is_multiple_of(2) { 0.0 } else { ground.pitch.1 / 2.0 };
    let through = [(-a, between), (a, between)].map(|(u, v)| plane::round(at(ground, u, v)));
    town.streets[street].parts.push(through.to_vec());
    access(town, street, &around, roads);
    let all = slabs(ground);
    let doors = all.len() as u32 * ground.doors;
    let (each, more) = (estate.dwellings / doors, estate.dwellings % doors);
    let (first, last) = estate.built;
    let mut door = 0;
    for (i, slab) in all.iter().enumerate() {
        let middle = at(ground, slab.u, slab.v);
        let angle = ground.turn.to_radians() + if slab.upright { FRAC_PI_2 } else { 0.0 };
        town.buildings.push(Building {
            ring: plane::rectangle(middle, ground.slab, 11.5, angle),
            slab: true,
            country: false,
        });
        let built = first + (last - first) * i as i64 / all.len() as i64;
        for k in 0..ground.doors {
            let t = (f64::from(k) + 0.5) / f64::from(ground.doors) - 0.5;
            let dwellings = each + u32::from(door < more);
            town.site(
                street,
                i % 2 == 0,
                plane::shift(middle, angle, t * ground.slab, 0.0),
                dwellings,
                Form::Estate,
                built,
            );
            door += 1;
        }
    }
}

/// The estate's way out: from the corner of its street nearest to a road of the plan.
fn access(town: &mut Town, street: usize, around: &[Point], roads: &[Vec<Point>]) {
    let ways = around.iter().flat_map(|&c| roads.iter().map(move |r| (c, plane::nearest_on(r, c))));
    if let Some((corner, road)) = ways.min_by(|a, b| plane::gap(a.0, a.1).total_cmp(&plane::gap(b.0, b.1))) {
        town.taken.take_line(&[corner, road], 14.0);
        town.closed.take_line(&[corner, road], 12.0);
        town.streets[street].parts.push(vec![corner, road]);
    }
}
