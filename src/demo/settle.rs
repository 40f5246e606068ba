//! Streets, buildings and addresses.

use super::ground::Ground;
use super::plane::{self, Point};
use super::quarters::Style;
use super::{key, names};

/// A street of the town.
pub struct Street {
    /// Its name.
    pub name: String,
    /// Its centre line; a street may have several parts.
    pub parts: Vec<Vec<Point>>,
    /// Whether it is one of the plan's roads, and so drawn there.
    pub planned: bool,
    odd: u32,
    even: u32,
}

/// A building.
pub struct Building {
    /// Its outline.
    pub ring: Vec<Point>,
    /// A slab of flats, not a house.
    pub slab: bool,
    /// Outside town and villages.
    pub country: bool,
}

/// What stands at an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// A detached house in a town quarter.
    Villa,
    /// A terraced house.
    Terrace,
    /// A staircase of flats, not almene.
    Flats,
    /// A staircase of an almen estate.
    Estate,
    /// A house in a village or in the country.
    Rural,
}

/// An address: a door with one or more dwellings behind it.
pub struct Site {
    /// Place of its street in `Town::streets`.
    pub street: usize,
    /// House number.
    pub number: u32,
    /// Its point, on a building.
    pub point: Point,
    /// Dwellings behind the door.
    pub dwellings: u32,
    /// What stands there.
    pub form: Form,
    /// Year of building.
    pub built: i64,
}

/// What has been built so far.
pub struct Town {
    /// Streets.
    pub streets: Vec<Street>,
    /// Buildings.
    pub buildings: Vec<Building>,
    /// Addresses.
    pub sites: Vec<Site>,
    /// Ground where no house may stand.
    pub taken: Ground,
    /// Ground where no street may run.
    pub closed: Ground,
    names: Vec<usize>,
}

/// A place for a building along a street.
pub struct Lot {
    /// Middle of the building.
    pub middle: Point,
    /// Direction of the street.
    pub angle: f64,
    /// Left (odd numbers) or right of the street.
    pub left: bool,
}

impl Town {
    /// An empty town on the given ground.
    pub fn new(taken: Ground, closed: Ground) -> Self {
        let names = vec![0; names::COUNT];
        Self { streets: Vec::new(), buildings: Vec::new(), sites: Vec::new(), taken, closed, names }
    }

    /// Adds a street and gives its place.
    pub fn street(&mut self, name: String, line: Vec<Point>, planned: bool) -> usize {
        self.streets.push(Street { name, parts: vec![line], planned, odd: 1, even: 2 });
        self.streets.len() - 1
    }

    /// The next street name of a theme.
    pub fn name(&mut self, theme: usize) -> String {
        names::next(theme, &mut self.names)
    }

    /// Adds an address with the next house number on its side of the street.
    pub fn site(&mut self, street: usize, left: bool, point: Point, dwellings: u32, form: Form, built: i64) {
        let counter = if left { &mut self.streets[street].odd } else { &mut self.streets[street].even };
        let number = *counter;
        *counter += 2;
        self.sites.push(Site { street, number, point: plane::round(point), dwellings, form, built });
    }

    /// Lays out a quarter: streets that bend together, cross streets, buildings on both sides.
    pub fn quarter(
        &mut self,
        which: usize,
        (style, turn, theme, built, outline): &(&Style, f64, usize, i64, &str),
        roads: &[Vec<Point>],
    ) {
        let ring = plane::points(outline);
        let grid = Grid::new(which, style, turn.to_radians(), &ring);
        let mut lines = grid.rows(self, &ring);
        lines.extend(grid.crossings(self, &ring));
        let first = self.streets.len();
        for line in lines {
            let name = self.name(*theme);
            self.taken.take_line(&line, style.offset - 4.0 - style.size.1 / 4.0);
            self.street(name, line, false);
        }
        self.connect(first..self.streets.len(), roads);
        for street in first..self.streets.len() {
            let line = self.streets[street].parts[0].clone();
            let near = |lot: &Lot| plane::inside(&ring, lot.middle);
            for lot in lots(&line, style).into_iter().filter(near) {
                self.build(street, &lot, style, *built);
            }
        }
    }

    /// Builds on a lot if it is free.
    fn build(&mut self, street: usize, lot: &Lot, style: &Style, built: i64) {
        let (long, wide) = style.size;
        let seed = self.buildings.len() as u64;
        let detached = style.doors == (1, 1);
        let (mut middle, mut angle, mut size) = (lot.middle, lot.angle, (long, wide));
        if detached {
            let jitter = |column: &str, by: f64| key::between(-by, by, column, seed, 0);
            middle = plane::shift(middle, angle, jitter("house along", 3.0), jitter("house back", 2.0));
            angle += jitter("house turn", 0.07);
            if key::chance(0.35, "house across", seed, 0) {
                angle += std::f64::consts::FRAC_PI_2;
            }
            size = (
                long * key::between(0.85, 1.3, "house length", seed, 0),
                wide * key::between(0.9, 1.15, "house width", seed, 0),
            );
        }
        let ends = [-0.5, 0.0, 0.5].map(|t| plane::shift(middle, lot.angle, t * long, 0.0));
        if ends.iter().any(|&p| !self.taken.is_free(p)) {
            return;
        }
        self.taken.take_line(&[ends[0], ends[2]], if detached { 11.0 } else { wide / 2.0 + 9.0 });
        self.buildings.push(Building {
            ring: plane::rectangle(middle, size.0, size.1, angle),
            slab: style.slab,
            country: false,
        });
        let (doors, dwellings) = style.doors;
        let form = match (style.slab, detached) {
            (true, _) => Form::Flats,
            (_, true) => Form::Villa,
            _ => Form::Terrace,
        };
        for door in 0..doors {
            let t = (f64::from(door) + 0.5) / f64::from(doors) - 0.5;
            self.site(street, lot.left, plane::shift(middle, angle, t * long, 0.0), dwellings, form, built);
        }
    }

    /// Joins streets to the roads of the plan: the end that lies nearest, and another far from it.
    pub fn connect(&mut self, streets: std::ops::Range<usize>, roads: &[Vec<Point>]) {
        let mut ends: Vec<(f64, usize, Point, Point)> = Vec::new();
        for street in streets {
            let line = &self.streets[street].parts[0];
            for end in [line[0], line[line.len() - 1]] {
                let reach = |a: &Point, b: &Point| plane::gap(*a, end).total_cmp(&plane::gap(*b, end));
                if let Some(road) = roads.iter().map(|r| plane::nearest_on(r, end)).min_by(reach) {
                    ends.push((plane::gap(road, end), street, end, road));
                }
            }
        }
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut joined: Vec<Point> = Vec::new();
        for (distance, street, end, road) in ends {
            let steps = (distance / 6.0) as usize;
            let at = |i: usize| Point {
                x: end.x + (road.x - end.x) * i as f64 * 6.0 / distance,
                y: end.y + (road.y - end.y) * i as f64 * 6.0 / distance,
            };
            let open =
                (3..steps.saturating_sub(5)).all(|i| self.closed.is_free(at(i)) && self.taken_by_none(at(i)));
            let apart = joined.iter().all(|&p| plane::gap(p, end) > 220.0);
            if (1.0..330.0).contains(&distance) && open && apart && joined.len() < 4 {
                joined.push(end);
                self.taken.take_line(&[end, road], 11.0);
                self.streets[street].parts.push(vec![end, road]);
            }
        }
    }

    /// No building stands within a few metres.
    fn taken_by_none(&self, p: Point) -> bool {
        self.buildings.iter().rev().take(600).all(|b| plane::gap(plane::middle(&b.ring), p) > 14.0)
    }
}

/// Places for buildings on both sides of a line, in walking order.
pub fn lots(line: &[Point], style: &Style) -> Vec<Lot> {
    let length = plane::length(line);
    let mut lots = Vec::new();
    let mut distance = style.lot * 0.6;
    while distance < length - style.lot * 0.3 {
        let (p, angle) = plane::along(line, distance);
        for left in [true, false] {
            let away = if left { style.offset } else { -style.offset };
            lots.push(Lot { middle: plane::shift(p, angle, 0.0, away), angle, left });
        }
        distance += style.lot;
    }
    lots
}

/// The bending grid of a quarter's streets.
struct Grid<'a> {
    style: &'a Style,
    turn: f64,
    seed: u64,
    middle: Point,
    reach: f64,
}

impl<'a> Grid<'a> {
    fn new(which: usize, style: &'a Style, turn: f64, ring: &[Point]) -> Self {
        let middle = plane::middle(ring);
        let reach = ring.iter().map(|&p| plane::gap(p, middle)).fold(0.0, f64::max) + 60.0;
        Self { style, turn, seed: which as u64, middle, reach }
    }

    /// A point of the grid: `u` along the streets, `v` across them, both bent.
    fn at(&self, u: f64, v: f64) -> Point {
        let size = if self.style.slab { 8.0 } else { 30.0 };
        let wave = |name, x: f64| {
            let phase = key::between(0.0, std::f64::consts::TAU, name, self.seed, 0);
            let length = key::between(150.0, 230.0, name, self.seed, 1);
            size * (x / length + phase).sin()
        };
        plane::shift(self.middle, self.turn, u + wave("bend across", v), v + wave("bend along", u))
    }

    fn crossing_at(&self, j: i64) -> f64 {
        let shift = key::between(-0.12, 0.12, "crossing", self.seed * 97 + (j + 50) as u64, 0);
        (j as f64 + 0.5 + shift) * self.style.cross
    }

    /// Streets along the grid. In some cells a street stops before the next crossing: a cul-de-sac.
    fn rows(&self, town: &Town, ring: &[Point]) -> Vec<Vec<Point>> {
        let most = (self.reach / self.style.spacing).ceil() as i64;
        let mut lines = Vec::new();
        for k in -most..=most {
            let stops = |u: f64| {
                let j = (u / self.style.cross - 0.5).floor() as i64;
                let cell = (k + 500) as u64 * 1_000 + (j + 500) as u64 + self.seed * 1_000_000;
                let stop = !self.style.slab && key::chance(0.3, "cul-de-sac", cell, 0);
                stop && self.crossing_at(j + 1) - u < 34.0 && self.crossing_at(j + 1) - u > 0.0
            };
            let open = |u: f64, p: Point| town.closed.is_free(p) && plane::inside(ring, p) && !stops(u);
            let v = k as f64 * self.style.spacing;
            lines.extend(runs(self.reach, |u| self.at(u, v), open));
        }
        lines
    }

    /// Streets across the grid.
    fn crossings(&self, town: &Town, ring: &[Point]) -> Vec<Vec<Point>> {
        let most = (self.reach / self.style.cross).ceil() as i64;
        let wider = |p: Point| plane::inside(ring, p) || plane::distance(&plane::closed(ring), p) < 30.0;
        let mut lines = Vec::new();
        for j in -most..=most {
            let u = self.crossing_at(j);
            lines.extend(runs(self.reach, |v| self.at(u, v), |_, p| town.closed.is_free(p) && wider(p)));
        }
        lines
    }
}

/// The open runs of a curve, at least 70 m long, with a point about every 20 m.
fn runs(reach: f64, curve: impl Fn(f64) -> Point, open: impl Fn(f64, Point) -> bool) -> Vec<Vec<Point>> {
    const STEP: f64 = 5.0;
    let mut lines = Vec::new();
    let mut run: Vec<Point> = Vec::new();
    let steps = (2.0 * reach / STEP) as i64;
    for i in 0..=steps {
        let t = -reach + i as f64 * STEP;
        let p = curve(t);
        let is_open = i < steps && open(t, p);
        if is_open {
            run.push(p);
        } else if !run.is_empty() {
            if run.len() as f64 * STEP >= 70.0 {
                lines.push(thin(&run));
            }
            run.clear();
        }
    }
    lines
}

/// Every fourth point and the last.
fn thin(run: &[Point]) -> Vec<Point> {
    let last = run.len() - 1;
    (0..=last).filter(|i| i % 4 == 0 || *i == last).map(|i| plane::round(run[i])).collect()
}
