//! Eleven snapshots of the register, 1 January 2015 to 2025.

use super::fill::{Filling, Target};
use super::key;
use super::life;
use super::people::{Register, level};
use super::story::{DISTRICTS, ESTATES, SNAPSHOTS, UNPLACED, VILLAGES};
use super::town::{Municipality, Pool};
use super::{homes, settle::Form};

/// First snapshot: two years before the first that is written, so that moves and ages have settled.
pub const FIRST: i64 = 2015;

/// One resident on one 1 January.
pub struct Resident {
    /// Place in the register: of whom age and traits are.
    pub person: usize,
    /// Household.
    pub household: usize,
    /// The person as suppliers know it: another one where the story on moves put somebody in this one's place.
    pub id: usize,
    /// The household as suppliers know it.
    pub home: usize,
    /// Its dwelling; none without a known address.
    pub dwelling: Option<usize>,
    /// Its population.
    pub pool: usize,
    /// Age in whole years.
    pub age: i64,
    /// Date of moving in.
    pub moved_in: i32,
    /// Household type.
    pub household_type: &'static str,
    /// Household size.
    pub household_size: usize,
}

/// A person's benefits in a year.
pub struct Benefit {
    /// Place in the register.
    pub person: usize,
    /// The person as suppliers know it.
    pub id: usize,
    /// Year.
    pub year: i64,
    /// Share of the year.
    pub share: f64,
}

/// What the simulation gives.
pub struct Society {
    /// Persons and dwellings.
    pub register: Register,
    /// Residents by snapshot, from [`FIRST`]; sorted by person.
    pub snapshots: Vec<Vec<Resident>>,
    /// Benefits.
    pub benefits: Vec<Benefit>,
}

impl Society {
    /// The zone a resident lives in.
    pub fn zone(&self, place: &Municipality, resident: &Resident) -> usize {
        resident.dwelling.map_or(place.nowhere(), |d| place.zones[self.register.dwellings[d].site])
    }
}

/// Simulates the municipality.
pub fn simulate(place: &Municipality) -> Society {
    let dwellings = homes::furnish(&place.town.sites, &place.pools);
    let homes = vec![None; dwellings.len()];
    let mut register = Register { persons: Vec::new(), households: Vec::new(), dwellings, homes };
    let mut snapshots = Vec::new();
    let mut benefits = Vec::new();
    for snapshot in FIRST..=*SNAPSHOTS.end() {
        let year = snapshot - 1;
        let begin = snapshot == FIRST;
        let before: Vec<Option<usize>> = register.persons.iter().map(|p| p.household).collect();
        let mut movers = if begin { Vec::new() } else { life::year(&mut register, year) };
        for pool in order(year) {
            let target = target(&register, pool, snapshot);
            Filling::new(&mut register, &mut movers, (year, begin), &target).fill();
        }
        for mover in movers {
            register.leave(mover.household);
        }
        benefits.extend(pay(&mut register, year, &before));
        snapshots.push(count(&register, snapshot));
    }
    Society { register, snapshots, benefits }
}

/// The populations in an order of their own each year, so that none always has the first choice.
fn order(year: i64) -> Vec<usize> {
    let mut pools: Vec<usize> = (0..Pool::COUNT).collect();
    pools.sort_by_key(|&p| key::hash("order", p as u64, year));
    pools
}

fn target(register: &Register, pool: usize, snapshot: i64) -> Target {
    let place = (snapshot - SNAPSHOTS.start()).clamp(0, 8) as usize;
    let (residents, families) = if pool < Pool::VILLAGES {
        (ESTATES[pool].residents[place] as usize, None)
    } else if pool < Pool::RESTS {
        let village = &VILLAGES[pool - Pool::VILLAGES];
        (village.residents[place] as usize, village.families.map(|f| f[place] as usize))
    } else if pool < Pool::NOWHERE {
        (rest(register, pool, snapshot), None)
    } else {
        (UNPLACED[place] as usize, None)
    };
    Target { pool, residents, families }
}

/// Residents of a district outside estates and villages: what its dwellings usually hold, slightly growing.
fn rest(register: &Register, pool: usize, snapshot: i64) -> usize {
    let held: f64 = register
        .dwellings
        .iter()
        .filter(|d| d.pool == pool && d.built < snapshot)
        .map(|d| match d.form {
            Form::Flats => 1.5,
            Form::Terrace => 1.84,
            Form::Estate | Form::Villa | Form::Rural => 2.25,
        })
        .sum();
    let growth = 1.0 + 0.002 * (snapshot - 2020) as f64;
    let name = DISTRICTS[pool - Pool::RESTS].0;
    (held * 0.965 * growth + key::between(-6.0, 6.0, name, 0, snapshot)).round() as usize
}

/// Pays benefits for a year. Being on them lasts: most who were stay. Those who died or moved out during the
/// year are seldom in the extract, but some are: they match no resident.
fn pay(register: &mut Register, year: i64, before: &[Option<usize>]) -> Vec<Benefit> {
    let mut paid = Vec::new();
    for id in 0..register.persons.len() {
        let (seed, person) = (id as u64, &register.persons[id]);
        let age = person.age(year + 1);
        let gone = person.household.is_none();
        if gone && !(before.get(id).copied().flatten().is_some() && key::chance(0.04, "late", seed, year)) {
            continue;
        }
        let pool =
            person.household.or(before.get(id).copied().flatten()).map(|h| register.households[h].pool);
        let benefit = if (18..67).contains(&age) {
            let last = before.get(id).map(|_| person.benefit);
            benefit(last, level(pool.unwrap_or(Pool::NOWHERE), year), seed, year)
        } else {
            0.0
        };
        register.persons[id].benefit = benefit;
        if benefit > 0.0 {
            paid.push(Benefit { person: id, id, year, share: benefit });
        }
    }
    paid
}

/// Share of the year on benefits, in hundredths. `last` is the year before, unknown for those who have just come.
fn benefit(last: Option<f64>, level: f64, seed: u64, year: i64) -> f64 {
    const LEAVE: f64 = 0.30;
    let on = (0.077 * level.powf(1.12)).min(0.6);
    let (gets, whole) = match last {
        Some(share) if share > 0.0 => (1.0 - LEAVE, 0.62),
        Some(_) => (on * LEAVE / (1.0 - on), 0.2),
        None => (on, 0.5),
    };
    if !key::chance(gets, "on benefits", seed, year) {
        return 0.0;
    }
    let whole = key::chance(whole, "whole year", seed, year);
    let share = if whole { 1.0 } else { key::between(0.08, 0.95, "share", seed, year) };
    (share * 100.0).round() / 100.0
}

fn count(register: &Register, snapshot: i64) -> Vec<Resident> {
    let mut residents = Vec::new();
    for (id, home) in register.households.iter().enumerate() {
        let age = |m: usize| register.persons[m].age(snapshot);
        let is_child = |m: usize| !register.persons[m].grown && age(m) < 25;
        let children = home.members.iter().filter(|&&m| is_child(m)).count();
        let grown = home.members.len() - children;
        let household_type = match (grown, children) {
            (1, 0) => "single",
            (1, _) => "single-parent",
            (2, 0) if home.couple => "couple",
            (2, _) if home.couple => "couple-children",
            _ => "other",
        };
        for &person in &home.members {
            residents.push(Resident {
                person,
                household: id,
                id: person,
                home: id,
                dwelling: home.dwelling,
                pool: home.pool,
                age: age(person),
                moved_in: register.persons[person].moved_in,
                household_type,
                household_size: home.members.len(),
            });
        }
    }
    residents.sort_by_key(|r| r.person);
    residents
}
