//! The story on moves, told after the simulation: other persons in the places of some, and benefits brought to the planted
//! sums. Who lives where, how old, in which household and dwelling stays as it was simulated.

use std::collections::{BTreeMap, BTreeSet};

use super::key;
use super::life::dies;
use super::people::new_year;
use super::society::{Benefit, FIRST, Resident, Society};
use super::story::{ESTATES, SNAPSHOTS};
use super::story_moves::{MOVES, Moves, REHOUSED, REPLACED};

/// Benefits by person and year, in hundredths, with the person's place in the register.
type Paid = BTreeMap<(usize, i64), (usize, i64)>;

/// Persons aged 18-64 by what became of them from one 1 January to the next.
#[derive(Default)]
pub struct Flows {
    /// There at the second, not at the first.
    pub moved_in: Vec<usize>,
    /// There at the first, not at the second, and alive.
    pub moved_out: Vec<usize>,
    /// There and of the age at both.
    pub stayed: Vec<usize>,
}

/// The place of an estate in the story.
pub fn pool(area: &str) -> Option<usize> {
    ESTATES.iter().position(|estate| estate.id == area)
}

/// Tells the story: changes identities, dates of moving in and benefits.
pub fn tell(society: &mut Society) {
    let mut telling = Telling::new(society);
    telling.replace();
    telling.rehouse();
    for moves in &MOVES {
        telling.fit(moves);
    }
    telling.end();
}

/// Compares an estate's persons at both ends of a year.
pub fn flows(society: &Society, pool: usize, year: i64) -> Flows {
    let at = |snapshot: i64| -> BTreeMap<usize, &Resident> {
        let all = &society.snapshots[(snapshot - FIRST) as usize];
        all.iter().filter(|r| r.pool == pool).map(|r| (r.id, r)).collect()
    };
    let (before, after) = (at(year), at(year + 1));
    let of_age = |r: &Resident| (18..65).contains(&r.age);
    let mut flows = Flows::default();
    for (&id, _) in after.iter().filter(|(_, r)| of_age(r)) {
        match before.get(&id) {
            None => flows.moved_in.push(id),
            Some(then) if of_age(then) => flows.stayed.push(id),
            Some(_) => {}
        }
    }
    for (&id, then) in before.iter().filter(|(id, r)| of_age(r) && !after.contains_key(id)) {
        if !has_died(society, then, year) {
            flows.moved_out.push(id);
        }
    }
    flows
}

/// Whether a resident of 1 January died in the year. Somebody in another's place does not die the other's death.
pub fn has_died(society: &Society, resident: &Resident, year: i64) -> bool {
    resident.id == resident.person && dies(&society.register.persons[resident.person], resident.person, year)
}

/// The society while the story is told.
struct Telling<'a> {
    society: &'a mut Society,
    paid: Paid,
    next_id: usize,
    next_home: usize,
    /// Persons who came back: they are on benefits as before.
    back: BTreeSet<usize>,
}

impl<'a> Telling<'a> {
    fn new(society: &'a mut Society) -> Self {
        let hundredths = |b: &Benefit| (b.person, (b.share * 100.0).round() as i64);
        let paid = society.benefits.iter().map(|b| ((b.id, b.year), hundredths(b))).collect();
        let (next_id, next_home) = (society.register.persons.len(), society.register.households.len());
        Self { society, paid, next_id, next_home, back: BTreeSet::new() }
    }

    fn at(&self, snapshot: i64) -> &[Resident] {
        &self.society.snapshots[(snapshot - FIRST) as usize]
    }

    fn share(&self, id: usize, year: i64) -> i64 {
        self.paid.get(&(id, year)).map_or(0, |(_, hundredths)| *hundredths)
    }

    /// Households of an estate with the same members in the same dwelling at every one of the snapshots, with the
    /// hundredths of a year on benefits of all members in the year before the first.
    fn settled(&self, pool: usize, snapshots: std::ops::RangeInclusive<i64>) -> BTreeMap<usize, i64> {
        type Held = BTreeMap<usize, (Option<usize>, BTreeSet<usize>)>;
        let (first, last) = (*snapshots.start(), *snapshots.end());
        let held = |snapshot: i64| {
            let mut held = Held::new();
            for r in self.at(snapshot).iter().filter(|r| r.pool == pool) {
                held.entry(r.household).or_insert((r.dwelling, BTreeSet::new())).1.insert(r.person);
            }
            held
        };
        let mut kept = held(first);
        for snapshot in first + 1..=last {
            let then = held(snapshot);
            kept.retain(|household, members| then.get(household) == Some(members));
        }
        let sum = |members: &BTreeSet<usize>| members.iter().map(|&m| self.share(m, first - 1)).sum();
        kept.into_iter().map(|(household, (_, members))| (household, sum(&members))).collect()
    }

    /// Engparken: households on benefits leave oftener than others.
    fn replace(&mut self) {
        let (area, year, households) = REPLACED;
        let Some(pool) = pool(area) else { return };
        let mut all: Vec<_> = self.settled(pool, year..=year + 1).into_iter().collect();
        let order = |&(household, hundredths): &(usize, i64)| {
            key::unit("sold", household as u64, year) - 0.3 * hundredths.min(100) as f64 / 100.0
        };
        all.sort_by(|a, b| order(a).total_cmp(&order(b)));
        for &(household, _) in &all[..households] {
            self.others(household, year + 1, (1, 364), 0.1);
        }
    }

    /// Birkelunden: stairs are emptied one after another, those with most on benefits first, and let to others meanwhile.
    fn rehouse(&mut self) {
        let (area, year, households) = REHOUSED;
        let Some(pool) = pool(area) else { return };
        let site = |household: usize| {
            let dwelling = self.at(year).iter().find(|r| r.household == household).and_then(|r| r.dwelling);
            dwelling.map(|d| self.society.register.dwellings[d].site)
        };
        let mut stairs: BTreeMap<Option<usize>, (i64, Vec<usize>)> = BTreeMap::new();
        for (household, hundredths) in self.settled(pool, year..=year + 2) {
            let stair = stairs.entry(site(household)).or_default();
            stair.0 += hundredths;
            stair.1.push(household);
        }
        let mut stairs: Vec<_> = stairs.into_values().collect();
        stairs.sort_by_key(|stair| -stair.0);
        let chosen: Vec<usize> = stairs.into_iter().flat_map(|s| s.1).take(households).collect();
        for household in chosen {
            self.others(household, year + 1, (60, 330), 0.05);
            self.back(household, year + 2, (60, 272));
        }
    }

    /// Puts others in the place of a household at a snapshot: they came in the year before, on a day between the two,
    /// and some of those of working age are on benefits.
    fn others(&mut self, household: usize, snapshot: i64, days: (i32, i32), on_benefits: f64) {
        let (year, home) = (snapshot - 1, self.next_home);
        let day = day(year, days, home);
        self.next_home += 1;
        let rows = &mut self.society.snapshots[(snapshot - FIRST) as usize];
        for r in rows.iter_mut().filter(|r| r.household == household) {
            self.paid.remove(&(r.id, year));
            (r.id, r.home, r.moved_in) = (self.next_id, home, day);
            if (18..65).contains(&r.age)
                && key::chance(on_benefits, "newcomer on benefits", r.id as u64, year)
            {
                self.paid.insert((r.id, year), (r.person, some_share(r.id, year)));
            }
            self.next_id += 1;
        }
    }

    /// A household is back at a snapshot, since a day in the year before, on benefits as in the year before it left.
    fn back(&mut self, household: usize, snapshot: i64, days: (i32, i32)) {
        let day = day(snapshot - 1, days, household);
        let rows = &mut self.society.snapshots[(snapshot - FIRST) as usize];
        for r in rows.iter_mut().filter(|r| r.household == household) {
            r.moved_in = day;
            self.back.insert(r.id);
            let left_with = self.paid.get(&(r.id, snapshot - 3)).copied();
            if let Some(paid) = left_with.filter(|_| r.age < 65) {
                self.paid.insert((r.id, snapshot - 1), paid);
            } else {
                self.paid.remove(&(r.id, snapshot - 1));
            }
        }
    }

    /// Brings the benefits of those who moved and stayed to the planted sums.
    fn fit(&mut self, moves: &Moves) {
        let Some(pool) = pool(moves.area) else { return };
        let flows = flows(self.society, pool, moves.year);
        let (before, after) = (moves.year - 1, moves.year);
        self.bring(pool, &flows.moved_out, before, moves.moved_out.1);
        self.bring(pool, &flows.moved_in, after, moves.moved_in.1);
        let (_, (first, last)) = moves.stayed;
        self.bring(pool, &flows.stayed, before, first);
        self.bring(pool, &flows.stayed, after, last);
    }

    /// Brings the benefits of persons in a year to a sum of hundredths: as few rows as need be are made or ended, those of
    /// long spells last. Who came back, and who later lives in another area keeps what they had, since the kind of benefit hangs on it.
    fn bring(&mut self, pool: usize, persons: &[usize], year: i64, sum: i64) {
        let mut over = persons.iter().map(|&id| self.share(id, year)).sum::<i64>() - sum;
        let later: BTreeSet<usize> = (year + 2..=*SNAPSHOTS.end())
            .flat_map(|snapshot| self.at(snapshot).iter().filter(|r| r.pool != pool).map(|r| r.id))
            .collect();
        let places: BTreeMap<usize, usize> = self.at(year + 1).iter().map(|r| (r.id, r.person)).collect();
        let is_open = |id: &usize| !later.contains(id) && !self.back.contains(id);
        let mut open: Vec<usize> = persons.iter().copied().filter(is_open).collect();
        let long = |id: usize| self.share(id, year - 1) > 0 && self.share(id, year - 2) > 0;
        open.sort_by_cached_key(|&id| (long(id), key::hash("benefits of the story", id as u64, year)));
        for id in open {
            let had = self.share(id, year);
            let has = match over {
                0 => break,
                1.. => had - over.min(had),
                _ if had > 0 => continue,
                _ => some_share(id, year).min(-over),
            };
            over += has - had;
            let person = places.get(&id).copied().unwrap_or(id);
            self.paid.insert((id, year), (person, has));
        }
    }

    /// Writes the benefits back.
    fn end(self) {
        let rows = self.paid.into_iter().filter(|(_, (_, hundredths))| *hundredths > 0);
        self.society.benefits = rows
            .map(|((id, year), (person, hundredths))| Benefit {
                person,
                id,
                year,
                share: hundredths as f64 / 100.0,
            })
            .collect();
    }
}

/// A share of a year, in hundredths.
fn some_share(id: usize, year: i64) -> i64 {
    if key::chance(0.45, "whole year", id as u64, year) {
        return 100;
    }
    key::between(20.0, 95.0, "share", id as u64, year).round() as i64
}

/// A day of a year, the same for a whole household.
fn day(year: i64, (from, to): (i32, i32), home: usize) -> i32 {
    new_year(year)
        + from
        + key::below((to - from) as usize, "moving day of the story", home as u64, year) as i32
}
