//! Villages along country lanes, and farms between them.

use super::key;
use super::names::VILLAGE_THEME;
use super::plan::{Class, Plan};
use super::plane::{self, Point};
use super::quarters::{Style, VILLA};
use super::settle::{Building, Form, Lot, Town, lots};
use super::story::Village;

/// Houses stand a little wider apart along a lane than in town.
const LANE: Style = Style { lot: 30.0, offset: 21.0, ..VILLA };

/// A house that may be built: its street, its place along it, and how far out it lies.
struct Candidate {
    street: usize,
    along: usize,
    lot: Lot,
    out: f64,
}

/// Builds a village of `houses` houses, the inner ones first; gives their points.
pub fn build(town: &mut Town, plan: &Plan, middle: Point, village: &Village, houses: usize) -> Vec<Point> {
    let mut candidates = Vec::new();
    let mut lanes = Vec::new();
    for road in &plan.roads {
        let part: Vec<Point> = road.line.iter().copied().filter(|&p| plane::gap(p, middle) < 750.0).collect();
        if plane::distance(&road.line, middle) < 130.0 && part.len() > 2 {
            let street = planned_street(town, road.name, &road.line);
            gather(&mut candidates, street, &part, &LANE, middle, 0.75);
            lanes.push(part);
        }
    }
    for line in side_streets(town, village, &lanes, middle) {
        let name = format!("{} {}", village.name, town.name(VILLAGE_THEME));
        town.taken.take_line(&line, 11.0);
        let street = town.street(name, line.clone(), false);
        gather(&mut candidates, street, &line, &VILLA, middle, 1.0);
    }
    let mut chosen = Vec::new();
    choose(town, &mut chosen, candidates, houses);
    for line in back_lanes(plan, village, &lanes, middle) {
        if chosen.len() < houses {
            let name = format!("{} {}", village.name, town.name(VILLAGE_THEME));
            town.taken.take_line(&line, 11.0);
            let street = town.street(name, line.clone(), false);
            let mut more = Vec::new();
            gather(&mut more, street, &line, &VILLA, middle, 1.0);
            choose(town, &mut chosen, more, houses);
        }
    }
    chosen.sort_by_key(|c| (c.street, c.along));
    chosen.iter().map(|c| raise(town, c, village, houses)).collect()
}

/// Takes the inner lots first, as long as houses are wanted and the ground is free.
fn choose(town: &mut Town, chosen: &mut Vec<Candidate>, mut candidates: Vec<Candidate>, houses: usize) {
    candidates.sort_by(|a, b| a.out.total_cmp(&b.out));
    for candidate in candidates {
        if chosen.len() < houses && town.taken.is_free(candidate.lot.middle) {
            town.taken.take_disc(candidate.lot.middle, 14.0);
            chosen.push(candidate);
        }
    }
}

/// Lanes behind the first one, nearest first, for villages whose side streets have too few lots.
fn back_lanes(plan: &Plan, village: &Village, lanes: &[Vec<Point>], middle: Point) -> Vec<Vec<Point>> {
    let reach = 190.0 + f64::from(village.residents[8]) * 0.5;
    let offsets = [75.0, -75.0, 150.0, -150.0, 225.0, -225.0, 300.0, -300.0];
    let behind = |lane: &Vec<Point>, offset: f64| -> Vec<Point> {
        let moved = lane.windows(2).map(|pair| {
            let angle = (pair[1].y - pair[0].y).atan2(pair[1].x - pair[0].x);
            plane::round(plane::shift(pair[0], angle, 0.0, offset))
        });
        let near = |p: &Point| plane::gap(*p, middle) < reach && plane::inside(&plan.municipality, *p);
        moved.filter(near).collect()
    };
    let lines = offsets.iter().filter_map(|offset| lanes.first().map(|lane| behind(lane, *offset)));
    lines.filter(|line| line.len() > 2).collect()
}

/// The street of a planned road; it is made when its first house is built.
pub fn planned_street(town: &mut Town, name: &str, line: &[Point]) -> usize {
    match town.streets.iter().position(|s| s.planned && s.name == name) {
        Some(street) => street,
        None => town.street(name.to_owned(), line.to_vec(), true),
    }
}

fn gather(to: &mut Vec<Candidate>, street: usize, line: &[Point], style: &Style, middle: Point, weight: f64) {
    for (along, lot) in lots(line, style).into_iter().enumerate() {
        let out = plane::gap(lot.middle, middle) * weight;
        to.push(Candidate { street, along, lot, out });
    }
}

/// Side streets leave the lanes at both sides, about every 110 m.
fn side_streets(town: &mut Town, village: &Village, lanes: &[Vec<Point>], middle: Point) -> Vec<Vec<Point>> {
    let mut lines = Vec::new();
    let reach = 170.0 + f64::from(village.residents[8]) * 0.5;
    for (i, lane) in lanes.iter().enumerate() {
        let mut distance = 45.0;
        while distance < plane::length(lane) {
            let seed = (i * 1_000) as u64 + distance as u64 + u64::from(village.residents[0]) * 10_000;
            let (start, angle) = plane::along(lane, distance);
            let side = if key::chance(0.5, "side", seed, 0) { 1.0 } else { -1.0 };
            let turn = angle
                + side * (std::f64::consts::FRAC_PI_2 + key::between(-0.25, 0.25, "side turn", seed, 0));
            let length = key::between(130.0, 330.0, "side length", seed, 0);
            let bend = key::between(-45.0, 45.0, "side bend", seed, 0);
            let through = [
                start,
                plane::shift(start, turn, length * 0.55, bend * 0.2),
                plane::shift(start, turn, length, bend),
            ];
            let line = plane::smooth(&through.map(plane::round), 25.0);
            let open = line[2..].iter().all(|&p| town.closed.is_free(p) && plane::gap(p, middle) < reach);
            if open && plane::gap(start, middle) < reach * 0.9 {
                town.closed.take_line(&line[1..], 42.0);
                lines.push(line);
            }
            distance += 58.0;
        }
    }
    lines
}

/// Builds a house; the outermost tenth of a growing village is new.
fn raise(town: &mut Town, c: &Candidate, village: &Village, houses: usize) -> Point {
    let seed = town.buildings.len() as u64;
    let angle = c.lot.angle + key::between(-0.12, 0.12, "house turn", seed, 0);
    let long = key::between(12.0, 18.0, "house size", seed, 0);
    town.buildings.push(Building {
        ring: plane::rectangle(c.lot.middle, long, 9.0, angle),
        slab: false,
        country: false,
    });
    let grows = village.residents[8] > village.residents[0] + 20;
    let built = if grows && c.out > newest_from(houses) {
        2014 + key::below(8, "new house", seed, 0) as i64
    } else {
        1880 + key::below(110, "old house", seed, 0) as i64
    };
    town.site(c.street, c.lot.left, c.lot.middle, 1, Form::Rural, built);
    c.lot.middle
}

fn newest_from(houses: usize) -> f64 {
    (houses as f64 * 700.0 / std::f64::consts::PI).sqrt() * 1.05
}

/// Farms and single houses along the roads outside the town.
pub fn farms(town: &mut Town, plan: &Plan) {
    let station = plane::plan((105.6, 92.0));
    for (i, road) in plan.roads.iter().enumerate() {
        if road.class == Class::Ring {
            continue;
        }
        let mut distance = 60.0;
        while distance < plane::length(&road.line) {
            let seed = (i * 100_000) as u64 + distance as u64;
            let (p, angle) = plane::along(&road.line, distance);
            distance += key::between(30.0, 86.0, "farm gap", seed, 0);
            let left = key::chance(0.5, "farm side", seed, 0);
            let away = key::between(26.0, 60.0, "farm away", seed, 0)
                + key::unit("farm far", seed, 0).powi(4) * 260.0;
            let yard = plane::shift(p, angle, 0.0, if left { away } else { -away });
            let free = town.taken.is_free(yard) && plane::inside(&plan.municipality, yard);
            if free && plane::gap(yard, station) > 2_700.0 {
                let street = planned_street(town, road.name, &road.line);
                farm(town, street, left, yard, angle, seed);
            }
        }
    }
}

fn farm(town: &mut Town, street: usize, left: bool, yard: Point, angle: f64, seed: u64) {
    town.taken.take_disc(yard, 36.0);
    town.buildings.push(Building {
        ring: plane::rectangle(yard, 16.0, 9.0, angle),
        slab: false,
        country: true,
    });
    if key::chance(0.45, "barn", seed, 0) {
        for (along, away, turn) in [(24.0, 14.0, 1.57), (4.0, 32.0, 0.0)] {
            let middle = plane::shift(yard, angle, along, if left { away } else { -away });
            town.buildings.push(Building {
                ring: plane::rectangle(middle, 30.0, 12.0, angle + turn),
                slab: false,
                country: true,
            });
        }
    }
    town.site(street, left, yard, 1, Form::Rural, 1870 + key::below(110, "farm built", seed, 0) as i64);
}
