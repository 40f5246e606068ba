//! The whole town: plan, estates, quarters, villages, farms; the built-up area; which area a point lies in.

use super::estates;
use super::ground::Ground;
use super::neighbourhoods::{self, Neighbourhood};
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
    /// The neighbourhoods.
    pub neighbourhoods: Vec<Neighbourhood>,
    /// For each address, the population it belongs to; see [`Pool`].
    pub pools: Vec<usize>,
    /// For each address, its zone: the smallest area that figures are counted in. Estates and villages as in
    /// [`Pool`], then the rests of the neighbourhoods, last nowhere.
    pub zones: Vec<usize>,
    /// For each estate and village, the place of its neighbourhood.
    around: Vec<usize>,
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
    let mut made = Municipality {
        neighbourhoods: neighbourhoods::divide(&plan.districts),
        plan,
        town,
        estates: outlines,
        villages: village_outlines,
        pools: Vec::new(),
        zones: Vec::new(),
        around: Vec::new(),
    };
    made.pools = made.town.sites.iter().map(|site| made.pool_at(site.point)).collect();
    let outlines = made.estates.iter().chain(&made.villages);
    made.around = outlines.filter_map(|ring| made.neighbourhood_at(plane::middle(ring))).collect();
    made.zones = made.town.sites.iter().zip(&made.pools).map(|(s, &p)| made.zone_at(s.point, p)).collect();
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

    fn neighbourhood_at(&self, p: Point) -> Option<usize> {
        self.neighbourhoods.iter().position(|n| plane::inside(&n.ring, p))
    }

    fn zone_at(&self, p: Point, pool: usize) -> usize {
        if pool < Pool::RESTS {
            return pool;
        }
        self.neighbourhood_at(p).map_or(self.nowhere(), |n| Pool::RESTS + n)
    }

    /// The zone of those without an address.
    pub fn nowhere(&self) -> usize {
        Pool::RESTS + self.neighbourhoods.len()
    }

    /// The neighbourhood that a zone lies in.
    pub fn neighbourhood_of(&self, zone: usize) -> Option<&Neighbourhood> {
        let rest = zone.checked_sub(Pool::RESTS);
        self.neighbourhoods.get(rest.or_else(|| self.around.get(zone).copied())?)
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
