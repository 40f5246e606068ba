//! What the area figures, the further columns and the neighbourhoods promise.

use std::collections::{BTreeMap, BTreeSet};

use super::super::story::{DISTRICTS, ESTATES, NUMBER, SNAPSHOTS, VILLAGES};
use super::super::{arrivals, plane, services, spells, tally};
use super::{made, snapshot};

fn inner(ids: &[&str], all: &tally::Tables, key: &'static str, year: i64) -> tally::Cell {
    let mut sum = tally::Cell::default();
    for (_, cell) in all.iter().filter(|((k, area, y), _)| *k == key && *y == year && ids.contains(area)) {
        sum += *cell;
    }
    sum
}

#[test]
fn neighbourhoods_tile_their_districts() {
    let place = &made().place;
    for (i, district) in place.plan.districts.iter().enumerate() {
        let parts = place.neighbourhoods.iter().filter(|n| n.district == i);
        let parts: f64 = parts.map(|n| plane::area(&n.ring)).sum();
        assert!((plane::area(&district.ring) - parts).abs() < 1.0, "{}", district.name);
    }
}

#[test]
fn at_least_24_neighbourhoods_have_at_least_300_residents_each_year() {
    let place = &made().place;
    for year in SNAPSHOTS {
        let mut residents: BTreeMap<&str, u32> = place.neighbourhoods.iter().map(|n| (n.id, 0)).collect();
        for resident in snapshot(year) {
            if let Some(n) = place.neighbourhood_of(made().society.zone(place, resident)) {
                *residents.entry(n.id).or_default() += 1;
            }
        }
        assert!(residents.len() >= 24 && residents.values().all(|&n| n >= 300), "{year} {residents:?}");
    }
}

#[test]
fn districts_and_neighbourhoods_add_up_to_the_municipality() {
    let neighbourhoods: Vec<&str> = made().place.neighbourhoods.iter().map(|n| n.id).collect();
    let districts: Vec<&str> = DISTRICTS.iter().map(|d| d.0).collect();
    let at_borders = |key: &str| ["moved-in", "moved-out"].contains(&key) || key.ends_with("er-employment");
    let nowhere = |key: &str| ["attachment", "convictions", "education", "income", "origin"].contains(&key);
    for tables in made().figures.iter().chain([&made().tables]) {
        for (&(key, area, year), &whole) in tables.iter().filter(|((_, area, _), _)| *area == NUMBER) {
            let parts = [&districts, &neighbourhoods].map(|ids| inner(ids, tables, key, year));
            assert!(at_borders(key) || parts[0] == parts[1], "{key} {area} {year}");
            // Some figures have no row for districts; the criteria's tables also count those without an address.
            if parts[0].whole > 0 && !at_borders(key) && !nowhere(key) {
                assert_eq!(parts[0], whole, "{key} {year}");
            }
        }
    }
}

#[test]
fn an_estate_is_part_of_its_neighbourhood_and_district() {
    let place = &made().place;
    for (zone, estate) in ESTATES.iter().enumerate() {
        let around = place.neighbourhood_of(zone).expect("every estate lies in one");
        for tables in made().figures.iter().chain([&made().tables]) {
            for (&(key, _, year), cell) in tables.iter().filter(|((_, area, _), _)| *area == estate.id) {
                for area in [around.id, DISTRICTS[around.district].0] {
                    let Some(larger) = tables.get(&(key, area, year)) else { continue };
                    let moves = key.starts_with("moved") || key.starts_with("mover");
                    assert!(moves || cell.part <= larger.part, "{key} {year} {}", estate.id);
                    assert!(moves || cell.whole <= larger.whole, "{key} {year} {}", estate.id);
                }
            }
        }
    }
}

#[test]
fn net_moves_explain_most_of_the_change_in_the_number_of_adults() {
    // In minus out can differ from the change of the number of adults only by those who turn 18 and those who die.
    for year in 2017..=2024 {
        let adults = |year: i64| {
            let here = snapshot(year).iter().filter(|r| r.age >= 18 && r.dwelling.is_some());
            here.count() as i64
        };
        let part = |key| made().tables[&(key, NUMBER, year)].part;
        let change = adults(year + 1) - adults(year);
        let net = part("moved-in") - part("moved-out");
        assert!((change - net).abs() < 300, "{year}: {change} {net}");
    }
}

#[test]
fn movers_and_stayers_are_all_of_those_in_working_age() {
    for (&(_, area, year), movers) in
        made().tables.iter().filter(|((key, _, _), _)| *key == "mover-employment")
    {
        let [stayers, all] = ["stayer-employment", "employment"].map(|key| made().tables[&(key, area, year)]);
        assert_eq!(movers.whole + stayers.whole, all.whole, "{area} {year}");
        assert_eq!(movers.part + stayers.part, all.part, "{area} {year}");
    }
}

#[test]
fn trouble_shows_in_the_figures_of_the_listed_estates() {
    let share = |key: &'static str, area: &'static str| {
        let tables = made().figures.iter().chain([&made().tables]);
        let cells = tables.flat_map(|t| t.iter()).filter(|((k, a, _), _)| *k == key && *a == area);
        let (part, whole) = cells.fold((0, 0), |(p, w), (_, c)| (p + c.part, w + c.whole));
        part as f64 / whole as f64
    };
    for key in
        ["neet", "low-income", "low-income-children", "charged-youth", "notifications", "absence", "arrears"]
    {
        assert!(share(key, "engparken") > share(key, NUMBER), "{key}");
    }
    for key in ["employment", "vocational", "exam", "turnout", "associations", "safe", "daycare"] {
        assert!(share(key, "engparken") < share(key, NUMBER), "{key}");
    }
    let gap = |area| share("mover-employment", area) - share("stayer-employment", area);
    assert!(gap("engparken") > 0.0 && gap("gronnevang") < 0.0);
    assert!(share("bad-repair", "hvidkilde") > share("bad-repair", "kaerby"));
}

#[test]
fn who_is_no_danish_citizen_came_after_birth_and_before_the_first_known_address() {
    let society = &made().society;
    let came = arrivals::of(society);
    for resident in society.snapshots.iter().flatten() {
        let person = &society.register.persons[resident.person];
        let arrived = came.get(&resident.person);
        assert_eq!(arrived.is_none(), person.citizenship == "dk");
        assert!(arrived.is_none_or(|&day| (person.birth..=resident.moved_in).contains(&day)));
    }
}

#[test]
fn long_term_benefits_are_two_whole_years() {
    let society = &made().society;
    let share: BTreeMap<(usize, i64), f64> =
        society.benefits.iter().map(|b| ((b.person, b.year), b.share)).collect();
    let whole = |person, year| share.get(&(person, year)).is_some_and(|&share| share >= 1.0);
    let mut kinds = BTreeSet::new();
    for (&(person, year), spell) in &spells::of(society) {
        assert_eq!(spell.long_term, whole(person, year) && whole(person, year - 1), "{person} {year}");
        kinds.insert(spell.kind);
    }
    assert_eq!(kinds.len(), 4);
}

#[test]
fn services_lie_in_the_municipality_and_have_every_kind() {
    let place = &made().place;
    let rows = services::rows(place);
    let mut kinds = BTreeSet::new();
    for row in &rows[1..] {
        let fields: Vec<&str> = row.split(',').collect();
        let [x, y] = [fields[3], fields[4]].map(|n| n.parse().expect("metres"));
        assert!(plane::inside(&place.plan.municipality, plane::Point { x, y }), "{row}");
        kinds.insert(fields[1]);
    }
    assert_eq!(
        Vec::from_iter(kinds),
        ["club", "daycare", "doctor", "grocery", "library", "school", "station", "stop"]
    );
}

#[test]
fn ids_of_areas_are_unique_over_all_layers() {
    let mut seen = BTreeSet::new();
    let villages = VILLAGES.iter().map(|v| v.id);
    let ids = ESTATES.iter().map(|e| e.id).chain(villages).chain(DISTRICTS.iter().map(|d| d.0));
    for id in ids.chain(made().place.neighbourhoods.iter().map(|n| n.id)) {
        assert!(seen.insert(id), "{id}");
    }
}
