//! What the demonstration municipality promises, checked on what it writes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use geo::Validation;
use geo_types::{LineString, Polygon};

use super::plane::Point;
use super::scene::Scene;
use super::society::{FIRST, Resident, Society};
use super::story::{DEVELOPMENT_PLAN, DISTRICTS, ESTATES, NUMBER, SNAPSHOTS, UNPLACED, VILLAGES};
use super::town::{Municipality, Pool};
use super::{benchmarks, lists, moves, people, plane, society, statistics, tables, tally, town};
use super::{flis, letting, municipal};

mod figures;
mod moves_told;

struct Made {
    place: Municipality,
    society: Society,
    statistics: Vec<String>,
    tables: tally::Tables,
    figures: [tally::Tables; 3],
    lists: Vec<String>,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let place = town::build();
        let mut society = society::simulate(&place);
        moves::tell(&mut society);
        let mut tables = tables::count(&place, &society);
        let lists = lists::rows(&tables);
        let scene = Scene::new(&place, &society);
        statistics::count(&mut tables, &scene, &society);
        let figures = [flis::count(&scene), letting::count(&scene), municipal::count(&scene)];
        drop(scene);
        Made {
            statistics: tally::rows(&tables, tally::Supplier::Hides),
            lists,
            tables,
            figures,
            place,
            society,
        }
    })
}

fn snapshot(year: i64) -> &'static [Resident] {
    &made().society.snapshots[(year - FIRST) as usize]
}

/// The plan is of an estate that is or was omdannelsesområde; its family dwellings are some of the estate's, and get fewer.
#[test]
fn the_development_plan_is_of_an_omdannelsesomrade_and_under_way() {
    for pair in DEVELOPMENT_PLAN.windows(2) {
        let ((area, year, before, _), (next_area, next_year, after, all)) = (pair[0], pair[1]);
        let estate = ESTATES.iter().find(|estate| estate.id == area).expect("an estate");
        assert!(estate.lists[(year - 2014) as usize] == "omdannelse", "{area} {year}");
        assert!((next_area, next_year) == (area, year + 1) && after < before && before <= estate.dwellings);
        assert!(f64::from(after) / f64::from(all) > 0.4, "the target is open in {next_year}");
    }
}

#[test]
fn districts_tile_the_municipality() {
    let plan = &made().place.plan;
    let whole = plane::area(&plan.municipality);
    let parts: f64 = plan.districts.iter().map(|d| plane::area(&d.ring)).sum();
    assert!((whole - parts).abs() < 1.0, "{whole} {parts}");
    let key = |p: &Point| ((p.x * 10.0) as i64, (p.y * 10.0) as i64);
    let border: BTreeSet<_> = plan.municipality.iter().map(key).collect();
    let mut uses: BTreeMap<(i64, i64), usize> = BTreeMap::new();
    for p in plan.districts.iter().flat_map(|d| &d.ring) {
        *uses.entry(key(p)).or_default() += 1;
    }
    for (p, n) in uses {
        assert!(n > 1 || border.contains(&p), "a vertex of one district alone: {p:?}");
    }
}

#[test]
fn every_area_is_a_valid_polygon() {
    let place = &made().place;
    let surfaces =
        place.plan.districts.iter().chain(&place.plan.lakes).chain(&place.plan.greens).map(|s| &s.ring);
    let outlines = place.neighbourhoods.iter().map(|n| &n.ring);
    let outlines = outlines.chain(&place.estates).chain(&place.villages);
    let outlines = outlines.chain([&place.plan.municipality, &place.plan.sea]);
    for ring in surfaces.chain(outlines) {
        let polygon = Polygon::new(LineString::new(plane::closed(ring)), Vec::new());
        assert!(polygon.is_valid(), "{:?}", polygon.validation_errors());
    }
}

#[test]
fn estates_and_villages_lie_in_one_neighbourhood_and_district_each() {
    let place = &made().place;
    for (pool, ring) in place.estates.iter().chain(&place.villages).enumerate() {
        let around = place.neighbourhood_of(pool).expect("every area lies in a neighbourhood");
        let district = &place.plan.districts[around.district].ring;
        for outline in [&around.ring, district] {
            assert!(ring.iter().all(|&p| plane::inside(outline, p)), "area {pool} in {}", around.name);
        }
    }
}

#[test]
fn residents_are_the_exact_numbers_of_the_story() {
    for (place, year) in SNAPSHOTS.enumerate() {
        let count = |pool| snapshot(year).iter().filter(|r| r.pool == pool).count() as u32;
        for (pool, estate) in ESTATES.iter().enumerate() {
            assert_eq!(count(pool), estate.residents[place], "{} {year}", estate.name);
        }
        for (i, village) in VILLAGES.iter().enumerate() {
            assert_eq!(count(Pool::VILLAGES + i), village.residents[place], "{} {year}", village.name);
        }
        let unplaced = snapshot(year).iter().filter(|r| r.dwelling.is_none()).count() as u32;
        assert_eq!(unplaced, UNPLACED[place]);
    }
}

#[test]
fn residents_live_where_their_address_lies() {
    let society = &made().society;
    for resident in snapshot(2025) {
        let pool = resident.dwelling.map_or(Pool::NOWHERE, |d| society.register.dwellings[d].pool);
        assert_eq!(pool, resident.pool);
    }
}

#[test]
fn one_village_gains_families_with_children_and_one_loses_them() {
    for (i, village) in VILLAGES.iter().enumerate() {
        for (place, year) in SNAPSHOTS.enumerate() {
            let children = snapshot(year).iter().filter(|r| r.pool == Pool::VILLAGES + i && r.age < 18);
            let families: BTreeSet<_> = children.map(|r| r.household).collect();
            let Some(planted) = village.families else { continue };
            assert_eq!(families.len() as u32, planted[place], "{} {year}", village.name);
        }
    }
}

#[test]
fn a_snapshot_holds_whole_households_and_each_person_once() {
    for year in SNAPSHOTS {
        let persons: BTreeSet<_> = snapshot(year).iter().map(|r| r.person).collect();
        assert_eq!(persons.len(), snapshot(year).len());
        let mut sizes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for r in snapshot(year) {
            let entry = sizes.entry(r.household).or_insert((0, r.household_size));
            entry.0 += 1;
            let born = made().society.register.persons[r.person].birth;
            assert!(born <= r.moved_in && r.moved_in < people::new_year(year), "{year} {}", r.person);
        }
        assert!(sizes.values().all(|(counted, written)| counted == written));
    }
}

#[test]
fn the_population_looks_like_a_danish_municipality() {
    let all = snapshot(2025);
    let part =
        |pick: &dyn Fn(&&Resident) -> bool| 100.0 * all.iter().filter(pick).count() as f64 / all.len() as f64;
    let households = all.iter().map(|r| r.household).collect::<BTreeSet<_>>().len();
    assert!((41_000..43_500).contains(&all.len()), "{}", all.len());
    assert!((2.0..2.25).contains(&(all.len() as f64 / households as f64)));
    assert!((17.0..24.0).contains(&part(&|r| r.age < 18)));
    assert!((16.0..22.0).contains(&part(&|r| r.age >= 65)));
    let moved = |from: usize, to: usize| {
        let here: Vec<_> = all.iter().filter(|r| (from..to).contains(&r.pool)).collect();
        100.0 * here.iter().filter(|r| r.moved_in >= people::new_year(2024)).count() as f64
            / here.len() as f64
    };
    assert!((11.0..16.0).contains(&moved(0, Pool::VILLAGES)));
    assert!((5.0..9.5).contains(&moved(Pool::VILLAGES, Pool::RESTS)));
}

/// Part and whole of a printed cell, parts in thousandths; none where the supplier hides.
fn cell(key: &str, area: &str, year: i64) -> Option<(i128, i128)> {
    let start = format!("{year},{area},{key},");
    let line =
        made().statistics.iter().find_map(|l| l.strip_prefix(&start)).expect("a row for every area and year");
    let (part, whole) = line.split_once(',').expect("two numbers");
    let (units, thousandths) = part.split_once('.').unwrap_or((part, "0"));
    let part = units.parse::<i128>().ok()? * 1_000 + thousandths.parse::<i128>().ok()?;
    Some((part, 1_000 * whole.parse::<i128>().ok()?))
}

/// A fraction, never divided.
#[derive(Clone, Copy)]
struct Ratio(i128, i128);

impl Ratio {
    fn cmp(self, above: i128, below: i128) -> std::cmp::Ordering {
        (self.0 * below).cmp(&(above * self.1))
    }
    fn over(self, percent: i128) -> bool {
        self.cmp(percent, 100).is_gt()
    }
    fn mean(a: (i128, i128), b: (i128, i128)) -> Self {
        Self(a.0 * b.1 + b.0 * a.1, 2 * a.1 * b.1)
    }
}

/// Criteria met, by the limits of a year: those of udsat (with origin before 2018), and those of forebyggelse.
fn met(area: &str, year: i64) -> (usize, usize, Ratio) {
    let at = |key, y| cell(key, area, y).unwrap_or((0, 1));
    let mean = |key| Ratio::mean(at(key, year - 2), at(key, year - 1));
    let one = |key, y| Ratio(at(key, y).0, at(key, y).1);
    let (no_work, convicted, education) =
        (mean("attachment"), mean("convictions"), one("education", year - 1));
    let (kroner, persons) = benchmarks::region_income(year - 1);
    let income = at("income", year - 1);
    let income = Ratio(income.0 * i128::from(persons), income.1 * i128::from(kroner));
    let origin = one("origin", year);
    let wide = |(a, b): (i64, i64)| (i128::from(a), i128::from(b));
    let country = Ratio::mean(
        wide(benchmarks::country_convicted(year - 2)),
        wide(benchmarks::country_convicted(year - 1)),
    );
    let times = |n: i128| convicted.cmp(n * country.0, country.1).is_ge();
    if year < 2018 {
        let five = [
            no_work.over(40),
            convicted.cmp(27, 1_000).is_gt(),
            education.over(50),
            income.cmp(55, 100).is_lt(),
            origin.over(50),
        ];
        return (five.iter().filter(|m| **m).count(), 0, origin);
    }
    let four = [no_work.over(40), times(3), education.over(60), income.cmp(55, 100).is_lt()];
    let mild = [no_work.over(30), times(2), education.over(60), income.cmp(65, 100).is_lt()];
    (four.iter().filter(|m| **m).count(), mild.iter().filter(|m| **m).count(), origin)
}

/// The status by the law of the list's date; `row` are the years in a row as parallelsamfund before.
fn status(area: &str, year: i64, residents: u32, row: &mut usize) -> &'static str {
    let (strict, mild, origin) = met(area, year);
    let (udsat, parallel) = match year {
        _ if residents < 1_000 => (false, false),
        2017 => (false, strict >= 3),
        _ => (strict >= 2, strict >= 2 && origin.over(50)),
    };
    *row = if parallel { *row + 1 } else { 0 };
    match (parallel, udsat) {
        (true, _) if year == 2017 => "listed",
        (true, _) if *row >= 5 => "omdannelse",
        (true, _) => "parallelsamfund",
        (_, true) => "udsat",
        _ if year >= 2021 && residents >= 1_000 && mild >= 2 && origin.over(30) => "forebyggelse",
        _ => "",
    }
}

#[test]
fn the_official_lists_are_what_the_law_gives_on_the_tables() {
    for estate in &ESTATES {
        let mut row = usize::from(estate.lists[2] == "listed");
        for (place, year) in (2017..=2025).enumerate() {
            let found = status(estate.id, year, estate.residents[place], &mut row);
            assert_eq!(found, estate.lists[place + 3], "{} {year}", estate.name);
        }
    }
}

#[test]
fn gronnevang_meets_one_criterion_of_four_in_2025() {
    let line = |date: &str, area: &str| {
        let start = format!("{date},{area},");
        made().lists.iter().find_map(|l| l.strip_prefix(&start)).map(str::to_owned)
    };
    assert_eq!(
        line("2025-12-01", "gronnevang").as_deref(),
        Some("forebyggelse,1284,40.4,1.77,58.2,57.6,46.3,2.22,1.48")
    );
    assert_eq!(met("gronnevang", 2025).0, 1);
    assert_eq!(
        line("2024-12-01", "gronnevang").map(|l| l[..22].to_owned()).as_deref(),
        Some("forebyggelse,1281,39.2")
    );
    assert_eq!(line("2024-12-01", "birkelunden"), None);
}

#[test]
fn humlebjerg_is_kept_off_the_list_by_a_strict_limit_alone() {
    let (part, whole) = cell("education", "humlebjerg", 2024).expect("shown");
    assert_eq!(part * 100, whole * 60);
    assert_eq!(met("humlebjerg", 2025).0, 1);
}

#[test]
fn three_times_the_national_share_of_convicted_prints_as_the_published_limits() {
    for (list, limit) in [(2018, "1.98"), (2019, "2.03"), (2020, "2.27"), (2023, "2.35"), (2025, "2.22")] {
        let share = |year| {
            let (part, whole) = benchmarks::country_convicted(year);
            100.0 * part as f64 / whole as f64
        };
        assert_eq!(format!("{:.2}", 3.0 * (share(list - 2) + share(list - 1)) / 2.0), limit, "{list}");
        let mut of_list = made().lists.iter().filter(|row| row.starts_with(&format!("{list}-12-01")));
        assert!(of_list.all(|row| row.split(',').nth(9) == Some(limit)), "{list}");
    }
}

#[test]
fn the_supplier_prints_no_small_count_and_every_area_has_every_row() {
    let areas = ESTATES.len() + VILLAGES.len() + DISTRICTS.len() + made().place.neighbourhoods.len() + 1;
    assert_eq!(made().statistics.len() - 1, areas * (15 * 10 + 11));
    let mut hidden = 0;
    for line in &made().statistics[1..] {
        let fields: Vec<&str> = line.split(',').collect();
        hidden += usize::from(fields[3] == "..");
        if let (Ok(part), Ok(whole)) = (fields[3].parse::<f64>(), fields[4].parse::<f64>()) {
            assert!(part == 0.0 || part >= 5.0, "{line}");
            assert!(fields[2] == "income" || whole - part >= 5.0 || whole == part, "{line}");
        }
    }
    assert!(hidden > 20, "{hidden}");
    assert!(made().statistics.iter().any(|l| l.starts_with(&format!("2025,{NUMBER},origin,"))));
}

#[test]
fn no_area_bears_the_name_of_a_real_listed_one() {
    const REAL: [&str; 12] = [
        "Gellerupparken",
        "Vollsmose",
        "Mjølnerparken",
        "Tingbjerg",
        "Bispehaven",
        "Agervang",
        "Finlandsparken",
        "Ringparken",
        "Askerød",
        "Gadehavegård",
        "Ellekonebakken",
        "Lindholm",
    ];
    let names = ESTATES.iter().map(|e| e.name);
    for name in names.chain(made().place.neighbourhoods.iter().map(|n| n.name)) {
        assert!(!REAL.contains(&name), "{name}");
    }
}
