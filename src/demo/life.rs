//! One year of lives: deaths, births, children leaving home, couples made and parted, households that move.

use super::key;
use super::people::{Person, Register};
use super::settle::Form;

/// A household looking for a dwelling, and what it moved from.
pub struct Mover {
    /// The household.
    pub household: usize,
    /// What it lived in.
    pub from: Form,
}

/// Lets a year pass; gives the households that look for a new dwelling in the municipality.
pub fn year(register: &mut Register, year: i64) -> Vec<Mover> {
    deaths(register, year);
    births(register, year);
    let mut movers = leave_home(register, year);
    movers.extend(partings(register, year));
    pairings(register, year);
    movers.extend(moves(register, year));
    movers.sort_by_key(|m| key::hash("queue", m.household as u64, year));
    movers
}

fn deaths(register: &mut Register, year: i64) {
    for id in 0..register.persons.len() {
        let person = &register.persons[id];
        if person.household.is_some() && dies(person, id, year) {
            register.part(id);
        }
    }
}

/// Whether a person who lives at the start of a year dies in it.
pub fn dies(person: &Person, id: usize, year: i64) -> bool {
    let sex = if person.woman { 0.82 } else { 1.2 };
    let rate = ((-10.7 + 0.0975 * person.age(year) as f64).exp() * sex).min(0.6);
    key::chance(rate, "death", id as u64, year)
}

fn births(register: &mut Register, year: i64) {
    for id in 0..register.persons.len() {
        let mother = &register.persons[id];
        let Some(household) = mother.household else { continue };
        if !mother.woman || !mother.grown {
            continue;
        }
        let (age, home) = (mother.age(year) as f64, &register.households[household]);
        let children = home.members.iter().filter(|&&m| !register.persons[m].grown).count();
        let peak = if home.couple { 0.17 } else { 0.016 };
        let order = [1.05, 1.15, 0.30, 0.16, 0.08, 0.0][children.min(5)];
        let rate = peak * order * (-((age - 30.5) / 5.2).powi(2) / 2.0).exp();
        if key::chance(rate, "birth", id as u64, year) {
            register.birth(household, id, year);
        }
    }
}

fn form_of(register: &Register, household: usize) -> Form {
    register.households[household].dwelling.map_or(Form::Flats, |d| register.dwellings[d].form)
}

fn leave_home(register: &mut Register, year: i64) -> Vec<Mover> {
    let mut movers = Vec::new();
    for id in 0..register.persons.len() {
        let person = &register.persons[id];
        let (Some(household), false) = (person.household, person.grown) else { continue };
        let rate = match person.age(year) {
            ..18 => 0.0,
            18 => 0.14,
            19 => 0.26,
            20 => 0.36,
            21..=23 => 0.42,
            _ => 0.55,
        };
        if key::chance(rate, "leave home", id as u64, year) {
            let from = form_of(register, household);
            register.part(id);
            if key::chance(0.78, "stay in town", id as u64, year) {
                movers.push(Mover { household: alone(register, id, household), from });
            }
        }
    }
    movers
}

/// A household of one person, who left another.
fn alone(register: &mut Register, person: usize, left: usize) -> usize {
    let (pool, since) = (register.households[left].pool, register.households[left].since);
    let id = register.households.len();
    register.households.push(super::people::Household {
        members: vec![person],
        couple: false,
        dwelling: None,
        pool,
        since,
    });
    register.persons[person].household = Some(id);
    register.persons[person].grown = true;
    id
}

fn partings(register: &mut Register, year: i64) -> Vec<Mover> {
    let mut movers = Vec::new();
    for id in 0..register.households.len() {
        if !register.households[id].couple {
            continue;
        }
        let grown: Vec<usize> =
            register.households[id].members.iter().copied().filter(|&m| register.persons[m].grown).collect();
        register.households[id].couple = grown.len() >= 2;
        let young = grown.iter().any(|&m| register.persons[m].age(year) < 55);
        if grown.len() < 2 || !key::chance(if young { 0.03 } else { 0.006 }, "parting", id as u64, year) {
            continue;
        }
        let mother_stays = key::chance(0.72, "who stays", id as u64, year);
        let goes =
            grown.iter().copied().find(|&m| register.persons[m].woman != mother_stays).unwrap_or(grown[1]);
        register.households[id].couple = false;
        let from = form_of(register, id);
        register.part(goes);
        if key::chance(0.75, "stay in town", goes as u64, year) {
            movers.push(Mover { household: alone(register, goes, id), from });
        }
    }
    movers
}

/// Single grown-ups of about the same age find one another; the smaller household moves in with the larger.
fn pairings(register: &mut Register, year: i64) {
    let mut seekers: Vec<(i64, u64, usize)> = Vec::new();
    for id in 0..register.households.len() {
        let home = &register.households[id];
        let grown: Vec<usize> = home.members.iter().copied().filter(|&m| register.persons[m].grown).collect();
        if home.dwelling.is_none() || home.couple || grown.len() != 1 {
            continue;
        }
        let age = register.persons[grown[0]].age(year);
        let rate = match age {
            ..22 => 0.07,
            22..=35 => 0.13,
            36..=50 => 0.06,
            51..=65 => 0.02,
            _ => 0.0,
        };
        if key::chance(rate, "pairing", id as u64, year) {
            seekers.push((age / 6, key::hash("meeting", id as u64, year), id));
        }
    }
    seekers.sort_unstable();
    let head = |r: &Register, h: usize| r.households[h].members.iter().copied().find(|&m| r.persons[m].grown);
    let mut i = 0;
    while i + 1 < seekers.len() {
        let (a, b) = (seekers[i].2, seekers[i + 1].2);
        let differ = match (head(register, a), head(register, b)) {
            (Some(x), Some(y)) => register.persons[x].woman != register.persons[y].woman,
            _ => false,
        };
        let small = register.households[a].members.len() + register.households[b].members.len() <= 5;
        if differ && small {
            let keep_a = register.households[a].members.len() >= register.households[b].members.len();
            let (host, guest) = if keep_a { (a, b) } else { (b, a) };
            join(register, host, guest, year);
            i += 2;
        } else {
            i += 1;
        }
    }
}

fn join(register: &mut Register, host: usize, guest: usize, year: i64) {
    register.unhouse(guest);
    let day = super::people::some_day(year, "moving day", guest as u64);
    for member in std::mem::take(&mut register.households[guest].members) {
        register.persons[member].household = Some(host);
        register.persons[member].moved_in = day.max(register.persons[member].birth);
        register.households[host].members.push(member);
    }
    register.households[host].couple = true;
}

/// Households that give up their dwelling; about half look for another in the municipality.
fn moves(register: &mut Register, year: i64) -> Vec<Mover> {
    let mut movers = Vec::new();
    for id in 0..register.households.len() {
        let home = &register.households[id];
        let Some(dwelling) = home.dwelling else { continue };
        let form = register.dwellings[dwelling].form;
        let oldest = home.members.iter().map(|&m| register.persons[m].age(year)).max().unwrap_or(0);
        let rented = matches!(register.dwellings[dwelling].tenure, "private-rent");
        let yearly = match form {
            Form::Estate => 0.105,
            Form::Flats => 0.17,
            Form::Terrace => 0.085,
            Form::Villa | Form::Rural if rented => 0.15,
            Form::Villa => 0.045,
            Form::Rural => 0.042,
        };
        let of_age = match oldest {
            ..25 => 1.9,
            25..=34 => 1.5,
            35..=49 => 1.0,
            50..=64 => 0.65,
            _ => 0.4,
        };
        let settled = if year - home.since < 2 { 1.15 } else { 0.95 };
        if key::chance(yearly * of_age * settled, "move", id as u64, year) {
            if key::chance(0.55, "stay in town", id as u64 + 1_000_000, year) {
                register.unhouse(id);
                movers.push(Mover { household: id, from: form });
            } else {
                register.leave(id);
            }
        }
    }
    movers
}
