//! Moving in: every population is brought to its exact number of residents, and two villages to their exact
//! number of families with children.

use super::key;
use super::life::Mover;
use super::people::{Draw, KINDS, Kind, Register, kinds};
use super::settle::Form;

/// What a population must hold on the next 1 January.
pub struct Target {
    /// Its number; see `town::Pool`.
    pub pool: usize,
    /// Residents.
    pub residents: usize,
    /// Households with a child under 18, where the story says so.
    pub families: Option<usize>,
}

/// One population being filled for the 1 January after `year`.
pub struct Filling<'a> {
    register: &'a mut Register,
    movers: &'a mut Vec<Mover>,
    year: i64,
    settled: bool,
    target: &'a Target,
    households: Vec<usize>,
    vacant: Vec<usize>,
}

impl<'a> Filling<'a> {
    /// Looks at a population: who lives there, which dwellings are vacant. `settled` on the first day.
    pub fn new(
        register: &'a mut Register,
        movers: &'a mut Vec<Mover>,
        (year, settled): (i64, bool),
        target: &'a Target,
    ) -> Self {
        let mut households = Vec::new();
        let mut vacant = Vec::new();
        if target.pool == super::town::Pool::NOWHERE {
            let here = |&h: &usize| {
                register.households[h].pool == target.pool && register.households[h].dwelling.is_none()
            };
            households = (0..register.households.len()).filter(here).collect();
            households.retain(|&h| !register.households[h].members.is_empty());
        }
        for (place, dwelling) in register.dwellings.iter().enumerate() {
            match register.homes[place] {
                _ if dwelling.pool != target.pool => {}
                Some(household) => households.push(household),
                None if dwelling.built <= year => vacant.push(place),
                None => {}
            }
        }
        households.sort_by_key(|&h| key::hash("out", h as u64, year));
        vacant.sort_by_key(|&d| key::hash("vacant", d as u64, year));
        Self { register, movers, year, settled, target, households, vacant }
    }

    /// Fills the population exactly.
    pub fn fill(mut self) {
        if let Some(families) = self.target.families {
            self.fit_families(families);
        }
        self.shrink();
        while self.need() > 0 {
            let need = self.need() as usize;
            let kind = self.kind(need);
            self.move_in(need, kind);
        }
    }

    fn residents(&self) -> usize {
        self.households.iter().map(|&h| self.register.households[h].members.len()).sum()
    }

    fn need(&self) -> i64 {
        self.target.residents as i64 - self.residents() as i64
    }

    fn is_family(&self, household: usize) -> bool {
        let members = &self.register.households[household].members;
        members.iter().any(|&m| self.register.persons[m].age(self.year + 1) < 18)
    }

    fn fit_families(&mut self, wanted: usize) {
        let mut families = self.households.iter().filter(|&&h| self.is_family(h)).count();
        while families > wanted {
            let Some(place) = self.households.iter().position(|&h| self.is_family(h)) else { break };
            self.move_out(place);
            families -= 1;
        }
        for _ in families..wanted {
            let alone = key::chance(0.2, "kind", self.register.households.len() as u64, self.year);
            self.move_in(5, if alone { Kind::SingleParent } else { Kind::Family });
        }
    }

    /// Households move out while there are too many residents: the first that fit, without children where the
    /// number of families is given.
    fn shrink(&mut self) {
        while self.need() < 0 {
            let over = -self.need() as usize;
            let childless = self.target.families.is_some();
            let fits = |&h: &usize| {
                self.register.households[h].members.len() <= over && !(childless && self.is_family(h))
            };
            let place = self.households.iter().position(fits).unwrap_or(0);
            self.move_out(place);
        }
    }

    fn move_out(&mut self, place: usize) {
        let household = self.households.remove(place);
        if let Some(dwelling) = self.register.households[household].dwelling {
            self.vacant.push(dwelling);
        }
        self.register.leave(household);
    }

    /// The kind of the next household: drawn, but bent so that the vacant dwellings suffice and some stay vacant.
    fn kind(&self, need: usize) -> Kind {
        let seed = self.register.households.len() as u64;
        if self.target.pool == super::town::Pool::NOWHERE || need == 1 {
            return Kind::Single;
        }
        let all = self.households.len() + self.vacant.len();
        let usable = self.vacant.len().saturating_sub(all * 3 / 100).max(1);
        let size = need as f64 / usable as f64;
        let form = self.vacant.last().map_or(Form::Flats, |&d| self.register.dwellings[d].form);
        let mut weights = kinds(form);
        let bend = (size / 2.1).clamp(0.3, 3.0).powf(1.6);
        weights[0] /= bend;
        weights[2] *= bend;
        weights[3] *= bend;
        if self.target.families.is_some() {
            (weights[2], weights[3]) = (0.0, 0.0);
            weights[1] *= bend;
        }
        if need < 4 {
            weights[3] = 0.0;
        }
        if need < 3 {
            (weights[2], weights[4]) = (0.0, 0.0);
        }
        KINDS[key::weighted(&weights, "kind", seed, self.year)]
    }

    fn move_in(&mut self, most: usize, kind: Kind) {
        let dwelling = self.vacant.pop();
        if dwelling.is_none() && self.target.pool != super::town::Pool::NOWHERE {
            self.lodge();
            return;
        }
        let form = dwelling.map_or(Form::Flats, |d| self.register.dwellings[d].form);
        let found = if self.settled || dwelling.is_none() { None } else { self.mover(most, kind, form) };
        let household = found.unwrap_or_else(|| {
            let (pool, year, settled) = (self.target.pool, self.year, self.settled);
            self.register.create(&Draw { pool, form, kind, most, year, settled })
        });
        self.register.households[household].pool = self.target.pool;
        if let Some(dwelling) = dwelling {
            if self.settled {
                let h = &mut self.register.households[household];
                h.dwelling = Some(dwelling);
                self.register.homes[dwelling] = Some(household);
            } else {
                self.register.house(household, dwelling, self.year);
            }
        }
        self.households.push(household);
    }

    /// Every dwelling is taken: a young person moves in with those who have most room.
    fn lodge(&mut self) {
        let size = |h: &&usize| self.register.households[**h].members.len();
        if let Some(&host) = self.households.iter().min_by_key(size) {
            self.register.lodger(host, self.year);
        }
    }

    /// A household of this kind that looks for a dwelling in the municipality and accepts this one.
    fn mover(&mut self, most: usize, kind: Kind, form: Form) -> Option<usize> {
        let place = self.movers.iter().take(160).position(|m| {
            let size = self.register.households[m.household].members.len();
            let right = match kind {
                Kind::Single => size == 1,
                Kind::Couple | Kind::Shared => size == 2 && !self.is_family(m.household),
                Kind::SingleParent | Kind::Family => size >= 2 && self.is_family(m.household),
            };
            let accepts = acceptance(m.from, form);
            right
                && size <= most
                && key::chance(
                    accepts,
                    "accept",
                    m.household as u64,
                    self.target.pool as i64 * 10_000 + self.year,
                )
        })?;
        Some(self.movers.remove(place).household)
    }
}

/// How willingly a household that lived in one form of dwelling takes another.
fn acceptance(from: Form, to: Form) -> f64 {
    match (from, to) {
        (Form::Estate, Form::Estate) => 0.16,
        (Form::Estate, Form::Flats) => 0.08,
        (Form::Estate, _) => 0.04,
        (Form::Flats, Form::Estate) => 0.05,
        (Form::Flats, _) => 0.14,
        (Form::Terrace, Form::Estate) => 0.03,
        (Form::Villa | Form::Rural, Form::Estate) => 0.015,
        _ => 0.12,
    }
}
