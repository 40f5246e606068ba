//! Events of moves as a municipality extracts them: who came and from where, who left and for where, and how the
//! almene dwellings they moved into were let.

use std::collections::{BTreeMap, BTreeSet};

use super::letting::{Way, way};
use super::moves::{has_died, pool};
use super::people::new_year;
use super::registers::{integer, person_id, text};
use super::scene::{Home, Scene};
use super::society::{FIRST, Resident, Society};
use super::story::ESTATES;
use super::story_moves::{MOVES, UNDOCUMENTED};
use super::{arrivals, key};
use crate::sources::export::Column;

/// Years of the events: between its 1 January and the next.
pub const YEARS: std::ops::RangeInclusive<i64> = 2017..=2024;

/// What happened to a person in a year.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Event {
    /// The person as suppliers know it.
    pub id: usize,
    /// Year.
    pub year: i64,
    /// What.
    pub word: &'static str,
}

/// The files: name and columns.
pub fn all(scene: &Scene, society: &Society) -> [(&'static str, Vec<Column<'static>>); 3] {
    [
        ("arrivals.parquet", columns("came_from", came(society))),
        ("departures.parquet", columns("left_for", left(society))),
        ("lettings.parquet", columns("let_as", lettings(scene, society))),
    ]
}

fn columns(name: &'static str, mut events: Vec<Event>) -> Vec<Column<'static>> {
    events.sort();
    vec![
        text("person_id", events.iter().map(|e| person_id(e.id)).collect()),
        integer("year", events.iter().map(|e| e.year).collect()),
        text(name, events.iter().map(|e| e.word.to_owned()).collect()),
    ]
}

fn at(society: &Society, snapshot: i64) -> &[Resident] {
    &society.snapshots[(snapshot - FIRST) as usize]
}

fn ids(society: &Society, snapshot: i64) -> BTreeSet<usize> {
    at(society, snapshot).iter().map(|r| r.id).collect()
}

/// Everybody who is in the register of the next 1 January and not in this one: `foedt`, `indrejse` (from abroad) or
/// `tilflytter` (from another municipality).
pub fn came(society: &Society) -> Vec<Event> {
    let first_day = arrivals::of(society);
    let mut events = Vec::new();
    for year in YEARS {
        let (before, earlier) = (ids(society, year), ids(society, year - 1));
        let here = |r: &&Resident| before.contains(&r.id);
        let kept: BTreeSet<usize> = at(society, year + 1).iter().filter(here).map(|r| r.home).collect();
        let word = |r: &Resident| {
            let person = &society.register.persons[r.person];
            let arrived = first_day
                .get(&r.person)
                .is_some_and(|day| (new_year(year)..new_year(year + 1)).contains(day) && *day > person.birth);
            let back = person.citizenship == "dk" && key::chance(0.02, "from abroad", r.home as u64, year);
            match () {
                () if earlier.contains(&r.id) => "tilflytter",
                () if person.birth >= new_year(year) && kept.contains(&r.home) => "foedt",
                () if arrived || back => "indrejse",
                () => "tilflytter",
            }
        };
        let new = at(society, year + 1).iter().filter(|r| !before.contains(&r.id));
        let rows = new.map(|r| (r, word(r))).collect();
        events.extend(documented(rows, year, "foedt", UNDOCUMENTED.arrivals));
    }
    events
}

/// Everybody who is in the register of a 1 January and not in the next: `doed`, `udrejse` (abroad) or `fraflytter` (to
/// another municipality).
pub fn left(society: &Society) -> Vec<Event> {
    let mut events = Vec::new();
    for year in YEARS {
        let after = ids(society, year + 1);
        let later = if year < *YEARS.end() { ids(society, year + 2) } else { BTreeSet::new() };
        let word = |r: &Resident| {
            let abroad = match society.register.persons[r.person].citizenship {
                "eu" => 0.28,
                "other" => 0.14,
                _ => 0.03,
            };
            match () {
                () if has_died(society, r, year) => "doed",
                () if later.contains(&r.id) => "fraflytter",
                () if key::chance(abroad, "to abroad", r.home as u64, year) => "udrejse",
                () => "fraflytter",
            }
        };
        let gone = at(society, year).iter().filter(|r| !after.contains(&r.id));
        let rows = gone.map(|r| (r, word(r))).collect();
        events.extend(documented(rows, year, "doed", UNDOCUMENTED.departures));
    }
    events
}

/// The events of a year without those that no document tells of: some persons who lived alone, outside the estates whose
/// moves are told of; births and deaths are always documented.
fn documented(
    rows: Vec<(&Resident, &'static str)>,
    year: i64,
    always: &str,
    undocumented: usize,
) -> Vec<Event> {
    let told: Vec<_> = MOVES.iter().map(|m| m.area).chain(["gronnevang"]).filter_map(pool).collect();
    let may = |(r, word): &&(&Resident, &'static str)| {
        r.household_size == 1 && *word != always && !told.contains(&r.pool)
    };
    let mut alone: Vec<usize> = rows.iter().filter(may).map(|(r, _)| r.id).collect();
    alone.sort_by_key(|&id| key::hash("undocumented", id as u64, year));
    alone.truncate(undocumented);
    let known = rows.into_iter().filter(|(r, _)| !alone.contains(&r.id));
    known.map(|(r, word)| Event { id: r.id, year, word }).collect()
}

/// How the almene dwellings that a household took over were let, told of each of its members. Who moved in with a tenant,
/// or was born to one, has none.
pub fn lettings(scene: &Scene, society: &Society) -> Vec<Event> {
    let mut events = Vec::new();
    for year in YEARS {
        let words = ways(&scene.year(year).homes, year);
        let lived = |snapshot| -> BTreeMap<usize, Option<usize>> {
            at(society, snapshot).iter().map(|r| (r.id, r.dwelling)).collect()
        };
        let (before, earlier) = (lived(year), lived(year - 1));
        for r in at(society, year + 1) {
            let Some(&word) = r.dwelling.and_then(|d| words.get(&d)) else { continue };
            let back = earlier.get(&r.id) == Some(&r.dwelling);
            if before.get(&r.id) != Some(&r.dwelling) {
                events.push(Event { id: r.id, year, word: if back { "exchange" } else { word } });
            }
        }
    }
    events
}

/// The way of each letting by dwelling. The municipality gets at most every fourth dwelling whose household left the zone; in
/// an estate on the list of the last 1 December it assigns none, and agrees on flexible letting instead.
fn ways(homes: &[Home], year: i64) -> BTreeMap<usize, &'static str> {
    let mut vacated: BTreeMap<usize, usize> = BTreeMap::new();
    for home in homes.iter().filter(|h| h.almen && h.moved_away) {
        *vacated.entry(home.zone).or_default() += 1;
    }
    let mut let_homes: Vec<&Home> = homes.iter().filter(|h| h.almen && h.is_let()).collect();
    let_homes.sort_by_key(|h| key::hash("assigned first", h.seed, year));
    let mut assigned: BTreeMap<usize, usize> = BTreeMap::new();
    let mut word = |h: &Home| {
        let listed = ESTATES.get(h.zone).is_some_and(|e| !e.lists[(year - 1 - 2014) as usize].is_empty());
        match way(h) {
            Way::Assigned if listed => "flexible",
            Way::Assigned => {
                let so_far = assigned.entry(h.zone).or_default();
                if (*so_far + 1) * 4 > vacated.get(&h.zone).copied().unwrap_or(0) {
                    return "waiting-list";
                }
                *so_far += 1;
                "assigned"
            }
            Way::Flexible => "flexible",
            Way::Internal if key::chance(0.3, "exchange", h.seed, year) => "exchange",
            Way::External | Way::Internal => "waiting-list",
        }
    };
    let_homes.iter().map(|h| (h.seed as usize, word(h))).collect()
}
