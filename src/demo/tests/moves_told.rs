//! What the story on moves promises, read back from the rows that are written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::super::move_events::{self, YEARS};
use super::super::moves::pool;
use super::super::people::new_year;
use super::super::scene::Scene;
use super::super::society::{self, FIRST, Resident};
use super::super::story::{ESTATES, SNAPSHOTS};
use super::super::story_moves::{MOVES, REHOUSED, UNDOCUMENTED};
use super::super::{registers, town::Pool};
use super::{made, snapshot};
use crate::sources::export::{Column, Values};

/// A person's row of one 1 January, as it is written.
struct Row {
    household: String,
    pool: usize,
    birth: i32,
    moved_in: i32,
}

impl Row {
    /// Aged 18-64 on 1 January: born by that day 18 years before, and after that day 65 years before.
    fn of_age(&self, year: i64) -> bool {
        self.birth <= new_year(year - 18) && self.birth > new_year(year - 65)
    }
}

/// What is written, by person and year.
struct Written {
    residents: BTreeMap<i64, BTreeMap<String, Row>>,
    benefits: BTreeMap<(String, i64), i64>,
    came: BTreeMap<(String, i64), String>,
    left: BTreeMap<(String, i64), String>,
    lettings: BTreeMap<(String, i64), String>,
}

fn texts<'a>(columns: &'a [Column], name: &str) -> &'a [String] {
    match &columns.iter().find(|c| c.name == name).expect("a column").values {
        Values::Text(values) => values,
        _ => panic!("{name} is no text"),
    }
}

fn numbers<'a>(columns: &'a [Column], name: &str) -> &'a [i64] {
    match &columns.iter().find(|c| c.name == name).expect("a column").values {
        Values::Integer(values) => values,
        _ => panic!("{name} is no number"),
    }
}

fn days<'a>(columns: &'a [Column], name: &str) -> &'a [i32] {
    match &columns.iter().find(|c| c.name == name).expect("a column").values {
        Values::Date(values) => values,
        _ => panic!("{name} is no date"),
    }
}

fn keyed<T: Clone>(columns: &[Column], values: &[T]) -> BTreeMap<(String, i64), T> {
    let keys = texts(columns, "person_id").iter().cloned().zip(numbers(columns, "year").iter().copied());
    let rows: BTreeMap<_, _> = keys.zip(values.iter().cloned()).collect();
    assert_eq!(rows.len(), values.len(), "one row a person and year");
    rows
}

fn written() -> &'static Written {
    static WRITTEN: OnceLock<Written> = OnceLock::new();
    WRITTEN.get_or_init(|| {
        let (place, society) = (&made().place, &made().society);
        let [(_, residents), (_, benefits), ..] = registers::all(place, society);
        let scene = Scene::new(place, society);
        let [(_, came), (_, left), (_, lettings)] = move_events::all(&scene, society);
        let mut by_year: BTreeMap<i64, BTreeMap<String, Row>> = BTreeMap::new();
        for (i, id) in texts(&residents, "person_id").iter().enumerate() {
            let address = texts(&residents, "address_id")[i].strip_prefix('A');
            let site = address.map(|n| n.parse::<usize>().expect("a number"));
            let row = Row {
                household: texts(&residents, "household_id")[i].clone(),
                pool: site.map_or(Pool::NOWHERE, |site| place.pools[site]),
                birth: days(&residents, "birth_date")[i],
                moved_in: days(&residents, "moved_in")[i],
            };
            by_year.entry(numbers(&residents, "year")[i]).or_default().insert(id.clone(), row);
        }
        let Values::Real(shares) = &benefits[2].values else { panic!("shares are numbers") };
        let shares: Vec<i64> = shares.iter().map(|share| (share * 100.0).round() as i64).collect();
        Written {
            residents: by_year,
            benefits: keyed(&benefits, &shares),
            came: keyed(&came, texts(&came, "came_from")),
            left: keyed(&left, texts(&left, "left_for")),
            lettings: keyed(&lettings, texts(&lettings, "let_as")),
        }
    })
}

fn of_estate(area: &str, year: i64) -> BTreeMap<&'static str, &'static Row> {
    let here = written().residents[&year].iter().filter(|(_, row)| Some(row.pool) == pool(area));
    here.map(|(id, row)| (id.as_str(), row)).collect()
}

/// Hundredths of a year on benefits of all of them together.
fn sum<'a>(persons: impl Iterator<Item = &'a &'static str>, year: i64) -> i64 {
    persons.filter_map(|id| written().benefits.get(&((*id).to_owned(), year))).sum()
}

#[test]
fn the_planted_moves_are_in_the_written_rows() {
    for m in &MOVES {
        let (year, next) = (m.year, m.year + 1);
        let (then, now) = (of_estate(m.area, year), of_estate(m.area, next));
        let of_age = |rows: &BTreeMap<&'static str, &'static Row>, year| -> BTreeSet<&'static str> {
            rows.iter().filter(|(_, row)| row.of_age(year)).map(|(id, _)| *id).collect()
        };
        let (before, after) = (of_age(&then, year), of_age(&now, next));
        assert_eq!((before.len(), after.len()), m.residents, "{} {year}", m.area);
        assert_eq!((sum(before.iter(), year - 1), sum(after.iter(), year)), m.benefits, "{} {year}", m.area);
        let came: Vec<_> = after.iter().copied().filter(|id| !then.contains_key(id)).collect();
        assert_eq!((came.len(), sum(came.iter(), year)), m.moved_in, "{} {year}", m.area);
        let died = |id: &str| written().left.get(&(id.to_owned(), year)).is_some_and(|w| w == "doed");
        let gone = before.iter().copied().filter(|id| !now.contains_key(id) && !died(id));
        let gone: Vec<_> = gone.collect();
        assert_eq!((gone.len(), sum(gone.iter(), year - 1)), m.moved_out, "{} {year}", m.area);
        let stayed: Vec<_> = before.intersection(&after).collect();
        let sums = (sum(stayed.iter().copied(), year - 1), sum(stayed.iter().copied(), year));
        assert_eq!((stayed.len(), sums), m.stayed, "{} {year}", m.area);
    }
}

/// The reading that the constants must bear: what moving and what those who stayed did to the share, in points, by
/// each flow's sum less the mean share of its persons, over the mean number of residents.
#[test]
fn one_estate_improves_by_moving_and_one_by_those_who_stay() {
    let points = |m: &super::super::story_moves::Moves| {
        let ((n0, n1), (c0, c1)) = (m.residents, m.benefits);
        let (n0, n1) = (n0 as f64, n1 as f64);
        let (start, end) = (c0 as f64 / n0, c1 as f64 / n1);
        let (mean, size) = ((start + end) / 2.0, (n0 + n1) / 2.0);
        let flow = |(persons, sum): (usize, i64)| (sum as f64 - mean * persons as f64) / size;
        let (_, (first, last)) = m.stayed;
        (end - start, flow(m.moved_in) - flow(m.moved_out), (last - first) as f64 / size)
    };
    let [engparken, ved_aen, out, back] = [0, 1, 2, 3].map(|i| points(&MOVES[i]));
    assert!((engparken.0 + 3.0).abs() < 0.3 && engparken.1 < -3.0 && (0.2..0.8).contains(&engparken.2));
    assert!((ved_aen.0 + 3.0).abs() < 0.3 && ved_aen.1.abs() < 0.1 && ved_aen.2 < -2.8);
    assert!(out.0 < -2.0 && back.0 > 2.0 && out.1 < -2.0 && back.1 > 2.0);
    assert!(out.2 == 0.0 && back.2 == 0.0, "nobody who stayed found or lost work");
}

#[test]
fn whoever_is_rehoused_is_away_on_one_1_january_and_back_on_benefits_as_before() {
    let (area, year, households) = REHOUSED;
    let [before, away, after] = [year, year + 1, year + 2].map(|y| of_estate(area, y));
    let back: Vec<_> =
        before.iter().filter(|(id, _)| !away.contains_key(*id) && after.contains_key(*id)).collect();
    let homes: BTreeSet<_> = back.iter().map(|(_, row)| &row.household).collect();
    assert_eq!(homes.len(), households);
    for (id, row) in back {
        let returned = after[id];
        assert!(!written().residents[&(year + 1)].contains_key(*id));
        assert_eq!(returned.household, row.household);
        assert!((new_year(year + 1)..new_year(year + 2)).contains(&returned.moved_in));
        assert_eq!(written().left[&((*id).to_owned(), year)], "fraflytter");
        assert_eq!(written().came[&((*id).to_owned(), year + 1)], "tilflytter");
        if returned.of_age(year + 2) {
            assert_eq!(sum([id].into_iter(), year - 1), sum([id].into_iter(), year + 1));
        }
    }
}

#[test]
fn every_change_of_presence_has_its_event_but_for_the_planted_few() {
    let told: Vec<_> = MOVES.iter().map(|m| m.area).chain(["gronnevang"]).map(pool).collect();
    for year in YEARS {
        let (then, now) = (&written().residents[&year], &written().residents[&(year + 1)]);
        let sides = [
            (now, then, &written().came, UNDOCUMENTED.arrivals),
            (then, now, &written().left, UNDOCUMENTED.departures),
        ];
        for (here, there, events, undocumented) in sides {
            let changed: Vec<_> = here.iter().filter(|(id, _)| !there.contains_key(*id)).collect();
            let without: Vec<_> =
                changed.iter().filter(|(id, _)| !events.contains_key(&((*id).clone(), year))).collect();
            assert_eq!(without.len(), undocumented, "{year}");
            assert!(without.iter().all(|(_, row)| !told.contains(&Some(row.pool))), "{year}");
            let documented = events.keys().filter(|(_, y)| *y == year).count();
            assert_eq!(documented, changed.len() - undocumented, "no event without a change in {year}");
        }
    }
}

#[test]
fn the_born_are_new_the_dead_are_old_and_citizens_of_other_countries_come_and_go_oftener() {
    let society = &made().society;
    let foreign: BTreeSet<String> = society
        .snapshots
        .iter()
        .flatten()
        .filter(|r| society.register.persons[r.person].citizenship != "dk")
        .map(|r| format!("P{:06}", r.id))
        .collect();
    let share = |events: &BTreeMap<(String, i64), String>, word: &str, of_foreign: bool| {
        let group = events.iter().filter(|((id, _), _)| foreign.contains(id) == of_foreign);
        let (some, all) = group.fold((0, 0), |(n, all), (_, w)| (n + usize::from(w == word), all + 1));
        some as f64 / all as f64
    };
    for (events, word) in [(&written().came, "indrejse"), (&written().left, "udrejse")] {
        assert!(share(events, word, true) > 4.0 * share(events, word, false), "{word}");
    }
    for ((id, year), word) in &written().came {
        let row = &written().residents[&(year + 1)][id];
        assert!(word != "foedt" || row.birth >= new_year(*year), "{id} {year}");
    }
    let dead = written().left.iter().filter(|(_, word)| *word == "doed");
    let (old, all) = dead.fold((0, 0), |(old, all), ((id, year), _)| {
        let row = &written().residents[year][id];
        (old + usize::from(row.birth < new_year(year - 65)), all + 1)
    });
    assert!(4 * old > 3 * all, "{old} of {all}");
}

#[test]
fn households_are_let_alike_and_the_municipality_assigns_at_most_every_fourth_dwelling_and_none_on_the_list()
{
    for year in YEARS {
        let (then, now) = (&written().residents[&year], &written().residents[&(year + 1)]);
        let mut ways: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        for ((id, _), word) in written().lettings.iter().filter(|((_, y), _)| *y == year) {
            let row = &now[id];
            let known = ways.entry(&row.household).or_insert((word, row.pool));
            assert_eq!(known.0, word, "{id} {year}");
        }
        for (pool, estate) in ESTATES.iter().enumerate() {
            let homes = |rows: &'static BTreeMap<String, Row>| -> BTreeSet<&str> {
                rows.values().filter(|r| r.pool == pool).map(|r| r.household.as_str()).collect()
            };
            let vacated = homes(then).difference(&homes(now)).count();
            let let_as = |way: &str| ways.values().filter(|(w, p)| (*w, *p) == (way, pool)).count();
            let (assigned, flexible) = (let_as("assigned"), let_as("flexible"));
            assert!(4 * assigned <= vacated, "{} {year}: {assigned} of {vacated}", estate.id);
            if !estate.lists[(year - 1 - 2014) as usize].is_empty() {
                assert_eq!(assigned, 0, "{} {year}", estate.id);
                assert!(5 * flexible > vacated, "{} {year}: {flexible} of {vacated}", estate.id);
            }
        }
    }
}

/// All of a resident but who it is and since when.
fn kept(r: &Resident) -> (usize, usize, Option<usize>, usize, i64, &'static str, usize) {
    (r.person, r.household, r.dwelling, r.pool, r.age, r.household_type, r.household_size)
}

#[test]
fn the_story_on_moves_changes_nothing_else() {
    let raw = society::simulate(&made().place);
    let story: BTreeSet<_> = MOVES.iter().filter_map(|m| pool(m.area)).collect();
    for year in SNAPSHOTS {
        let before = &raw.snapshots[(year - FIRST) as usize];
        assert!(before.iter().map(kept).eq(snapshot(year).iter().map(kept)), "{year}");
        for (a, b) in before.iter().zip(snapshot(year)) {
            let same = (a.id, a.home, a.moved_in) == (b.id, b.home, b.moved_in);
            assert!(same || story.contains(&b.pool) && year >= 2024, "{year} {}", a.person);
        }
    }
    // Benefits of all who live elsewhere, or are in no register of the next 1 January.
    let elsewhere = |society: &society::Society| -> BTreeMap<(usize, i64), i64> {
        let mut of_story = BTreeSet::new();
        for year in SNAPSHOTS {
            let all = &society.snapshots[(year - FIRST) as usize];
            of_story.extend(all.iter().filter(|r| story.contains(&r.pool)).map(|r| (r.id, year - 1)));
        }
        let rows = society.benefits.iter().filter(|b| !of_story.contains(&(b.id, b.year)));
        rows.map(|b| ((b.id, b.year), (b.share * 100.0).round() as i64)).collect()
    };
    assert_eq!(elsewhere(&raw), elsewhere(&made().society));
}
