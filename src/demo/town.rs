//! The whole town: plan, estates, quarters, villages, farms; the built-up area; which area a point lies in.

use super::estates;
use super::ground::Ground;
use super::plan::{self, Class, Plan};
use super::plane::{self, Point};
use super::quarters::{GROUNDS, MIDDLES, QUARTERS};
use super::settle::Town;
use super::story::{DISTRICTS, ESTATES, VILLAGES};
use super::villages;

/// A finished municipality, before anyone has moved in.
pub struct Municipality {
    /// Its plan.
    pub plan: Plan,
    /// Its streets, buildings and addresses.
    pub town: Town,
    /// Outlines of the estates, in the story's order.
    pub estates: Vec<Vec<Point>>,
    /// Outlines of the villages, in the story's order.
    pub villages: Vec<Vec<Point>>,
    /// For each address, the population it belongs to; see [`Pool`].
    pub pools: Vec<usize>,
}

/// A population is one estate, one village, the rest of one district, or the residents without an address.
pub struct Pool;

impl Pool {
    /// First village.
    pub const VILLAGES: usize = ESTATES.len();
    /// First rest of a district.
    pub const RESTS: usize = Self::VILLAGES + VILLAGES.len();
    /// Residents without an address.
    pub const NOWHERE: usize = Self::RESTS + DISTRICTS.len();
    /// How many there are.
    pub const COUNT: usize = Self::NOWHERE + 1;
}

/// Builds the municipality.
pub fn build() -> Municipality {
    let plan = plan::draw();
    let outlines: Vec<_> = GROUNDS.iter().enumerate().map(|(i, g)| estates::outline(i, g)).collect();
    let (taken, closed) = grounds(&plan, &outlines);
    let mut town = Town::new(taken, closed);
    let roads: Vec<_> = plan.roads.iter().map(|r| r.line.clone()).collect();
    for (ground, estate) in GROUNDS.iter().zip(&ESTATES) {
        estates::build(&mut town, ground, estate, &roads);
    }
    for (i, quarter) in QUARTERS.iter().enumerate() {
        town.quarter(i, quarter, &roads);
    }
    let mut village_outlines = Vec::new();
    for (middle, village) in MIDDLES.iter().zip(&VILLAGES) {
        let most = village.residents.iter().copied().max().unwrap_or(0);
        let houses = (f64::from(most) / 2.15 / 0.95).ceil() as usize;
        let points = villages::build(&mut town, &plan, plane::points(middle)[0], village, houses);
        let outline = plane::left_turning(plane::cover(&points, 48.0));
        town.taken.take_ring(&outline);
        village_outlines.push(outline);
    }
    villages::farms(&mut town, &plan);
    let mut made =
        Municipality { plan, town, estates: outlines, villages: village_outlines, pools: Vec::new() };
    made.pools = made.town.sites.iter().map(|site| made.pool_at(site.point)).collect();
    made
}

impl Municipality {
    /// The population a point belongs to.
    fn pool_at(&self, p: Point) -> usize {
        let holds = |rings: &[Vec<Point>]| rings.iter().position(|ring| plane::inside(ring, p));
        if let Some(estate) = holds(&self.estates) {
            return estate;
        }
        if let Some(village) = holds(&self.villages) {
            return Pool::VILLAGES + village;
        }
        let district = self.plan.districts.iter().position(|d| plane::inside(&d.ring, p));
        district.map_or(Pool::NOWHERE, |d| Pool::RESTS + d)
    }

    /// The district a population lies in.
    pub fn district_of(&self, pool: usize) -> Option<usize> {
        if (Pool::RESTS..Pool::NOWHERE).contains(&pool) {
            return Some(pool - Pool::RESTS);
        }
        let outline = if pool < Pool::VILLAGES {
            self.estates.get(pool)?
        } else {
            self.villages.get(pool - Pool::VILLAGES)?
        };
        let middle = plane::middle(outline);
        self.plan.districts.iter().position(|d| plane::inside(&d.ring, middle))
    }
}

/// Where no house may stand, and where no street may run.
fn grounds(plan: &Plan, estates: &[Vec<Point>]) -> (Ground, Ground) {
    let (mut taken, mut closed) = (Ground::free(), Ground::free());
    for surface in plan.lakes.iter().chain(&plan.greens) {
        taken.take_ring(&surface.ring);
        closed.take_ring(&surface.ring);
        taken.take_line(&plane::closed(&surface.ring), 16.0);
        closed.take_line(&plane::closed(&surface.ring), 8.0);
    }
    taken.take_line(&plan.coast, 55.0);
    closed.take_line(&plan.coast, 45.0);
    taken.take_ring(&plan.sea);
    closed.take_ring(&plan.sea);
    taken.take_line(&plan.railway, 42.0);
    closed.take_line(&plan.railway, 24.0);
    for road in &plan.roads {
        let (house, street) = match road.class {
            Class::Ring => (44.0, 26.0),
            Class::Main => (27.0, 5.0),
            Class::Local => (15.0, 5.0),
        };
        taken.take_line(&road.line, house);
        closed.take_line(&road.line, street);
    }
    for outline in estates {
        taken.take_ring(outline);
        closed.take_ring(outline);
        taken.take_line(&plane::closed(outline), 20.0);
        closed.take_line(&plane::closed(outline), 10.0);
    }
    (taken, closed)
}
