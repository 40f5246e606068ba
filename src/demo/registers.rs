//! The registers as a municipality receives them: residents, benefits, addresses, dwellings.

use std::collections::{BTreeMap, BTreeSet};

use super::society::{FIRST, Resident, Society};
use super::story::SNAPSHOTS;
use super::town::Municipality;
use super::{arrivals, spells};
use crate::sources::export::{Column, Values};

/// The files: name and columns.
pub fn all(place: &Municipality, society: &Society) -> [(&'static str, Vec<Column<'static>>); 4] {
    [
        ("residents.parquet", residents(society)),
        ("benefits.parquet", benefits(society)),
        ("addresses.parquet", addresses(place)),
        ("dwellings.parquet", dwellings(society)),
    ]
}

pub(super) fn person_id(person: usize) -> String {
    format!("P{person:06}")
}

fn address_id(site: usize) -> String {
    format!("A{site:05}")
}

/// An address that is in no register: the person is without a fixed one.
fn no_address(household: usize) -> String {
    format!("X{household:05}")
}

pub(super) fn text(name: &'static str, values: Vec<String>) -> Column<'static> {
    Column { name: name.into(), values: Values::Text(values) }
}

pub(super) fn integer(name: &'static str, values: Vec<i64>) -> Column<'static> {
    Column { name: name.into(), values: Values::Integer(values) }
}

/// One row a person and snapshot, sorted by person: rows that repeat lie together and take little room.
fn residents(society: &Society) -> Vec<Column<'static>> {
    let mut rows: Vec<_> = SNAPSHOTS
        .flat_map(|year| society.snapshots[(year - FIRST) as usize].iter().map(move |r| (r.id, year, r)))
        .collect();
    rows.sort_by_key(|&(id, year, _)| (id, year));
    let persons = &society.register.persons;
    let of = |pick: &dyn Fn(&Resident) -> String| rows.iter().map(|(_, _, r)| pick(r)).collect();
    let address = |r: &Resident| {
        let site = r.dwelling.map(|d| society.register.dwellings[d].site);
        site.map_or_else(|| no_address(r.household), address_id)
    };
    let birth = rows.iter().map(|(_, _, r)| persons[r.person].birth).collect();
    let moved_in = rows.iter().map(|(_, _, r)| r.moved_in).collect();
    let oldest = oldest(society);
    let heads = rows.iter().map(|(_, year, r)| oldest[&(*year, r.household)] == r.person).collect();
    let came = arrivals::of(society);
    let arrived = rows.iter().map(|(_, _, r)| came.get(&r.person).copied()).collect();
    vec![
        integer("year", rows.iter().map(|&(_, year, _)| year).collect()),
        text("person_id", of(&|r| person_id(r.id))),
        text("household_id", of(&|r| format!("H{:05}", r.home))),
        text("address_id", of(&address)),
        Column { name: "birth_date".into(), values: Values::Date(birth) },
        text("sex", of(&|r| if persons[r.person].woman { "k" } else { "m" }.to_owned())),
        text("citizenship", of(&|r| persons[r.person].citizenship.to_owned())),
        Column { name: "moved_in".into(), values: Values::Date(moved_in) },
        text("household_type", of(&|r| r.household_type.to_owned())),
        integer("household_size", rows.iter().map(|(_, _, r)| r.household_size as i64).collect()),
        Column { name: "reference_person".into(), values: Values::Truth(heads) },
        Column { name: "arrived".into(), values: Values::DateOrNone(arrived) },
    ]
}

/// The oldest member of each household in each year, of equals the first in the register.
fn oldest(society: &Society) -> BTreeMap<(i64, usize), usize> {
    let mut oldest = BTreeMap::new();
    let persons = &society.register.persons;
    for year in SNAPSHOTS {
        for r in &society.snapshots[(year - FIRST) as usize] {
            let head = oldest.entry((year, r.household)).or_insert(r.person);
            if persons[r.person].birth < persons[*head].birth {
                *head = r.person;
            }
        }
    }
    oldest
}

fn benefits(society: &Society) -> Vec<Column<'static>> {
    let first = SNAPSHOTS.start() - 1;
    let mut rows: Vec<_> = society.benefits.iter().filter(|b| b.year >= first).collect();
    rows.sort_by_key(|b| (b.id, b.year));
    let spells = spells::of(society);
    let long_term = rows.iter().map(|b| spells[&(b.id, b.year)].long_term).collect();
    vec![
        text("person_id", rows.iter().map(|b| person_id(b.id)).collect()),
        integer("year", rows.iter().map(|b| b.year).collect()),
        Column { name: "benefit_share".into(), values: Values::Real(rows.iter().map(|b| b.share).collect()) },
        text("kind", rows.iter().map(|b| spells[&(b.id, b.year)].kind.to_owned()).collect()),
        Column { name: "long_term".into(), values: Values::Truth(long_term) },
    ]
}

fn addresses(place: &Municipality) -> Vec<Column<'static>> {
    let sites = &place.town.sites;
    vec![
        text("address_id", (0..sites.len()).map(address_id).collect()),
        text("street", sites.iter().map(|s| place.town.streets[s.street].name.clone()).collect()),
        text("house_number", sites.iter().map(|s| s.number.to_string()).collect()),
        Column { name: "x".into(), values: Values::Real(sites.iter().map(|s| s.point.x).collect()) },
        Column { name: "y".into(), values: Values::Real(sites.iter().map(|s| s.point.y).collect()) },
    ]
}

/// One row a dwelling and year, from the 1 January after it was built.
fn dwellings(society: &Society) -> Vec<Column<'static>> {
    let all = &society.register.dwellings;
    let rows: Vec<(usize, i64)> = (0..all.len())
        .flat_map(|d| SNAPSHOTS.filter(move |&year| all[d].built < year).map(move |year| (d, year)))
        .collect();
    let lived_in: BTreeSet<(usize, i64)> = SNAPSHOTS
        .flat_map(|year| {
            society.snapshots[(year - FIRST) as usize].iter().filter_map(move |r| Some((r.dwelling?, year)))
        })
        .collect();
    let occupied = rows.iter().map(|row| lived_in.contains(row)).collect();
    let labels =
        rows.iter().map(|&(d, year)| all[d].energy_label(d as u64, year).map(str::to_owned)).collect();
    vec![
        integer("year", rows.iter().map(|&(_, year)| year).collect()),
        text("dwelling_id", rows.iter().map(|(d, _)| format!("D{d:05}")).collect()),
        text("address_id", rows.iter().map(|(d, _)| address_id(all[*d].site)).collect()),
        text("tenure", rows.iter().map(|(d, _)| all[*d].tenure.to_owned()).collect()),
        integer("rooms", rows.iter().map(|(d, _)| all[*d].rooms).collect()),
        integer("floor_area", rows.iter().map(|(d, _)| all[*d].floor_area).collect()),
        integer("year_built", rows.iter().map(|(d, _)| all[*d].built).collect()),
        text("building_type", rows.iter().map(|&(d, _)| all[d].building_type(d as u64).to_owned()).collect()),
        Column { name: "occupied".into(), values: Values::Truth(occupied) },
        text(
            "installations",
            rows.iter().map(|&(d, year)| all[d].installations(d as u64, year).to_owned()).collect(),
        ),
        Column { name: "energy_label".into(), values: Values::TextOrNone(labels) },
    ]
}
