//! The tables behind the statutory criteria, counted per area and year from the persons' hidden traits, then set to
//! the planted counts of the story.

use super::benchmarks::region_income;
use super::key;
use super::people::{Person, level};
use super::society::{FIRST, Resident, Society};
use super::story::{AS_PRINTED, AT_THE_LIMIT, ESTATES, TABLES};
use super::tally::{Cell, Layers, Tables, spread};
use super::town::Municipality;

/// Keys of the tables.
pub const KEYS: [&str; 5] = ["attachment", "convictions", "education", "income", "origin"];

/// Counts every table.
pub fn count(place: &Municipality, society: &Society) -> Tables {
    let mut tables = Tables::new();
    for key in KEYS {
        for year in *TABLES.start()..=*TABLES.end() + i64::from(key == "origin") {
            // Origin is counted on 1 January of its year; the others are told at the end of theirs.
            let snapshot = if key == "origin" { year } else { year + 1 };
            let residents = &society.snapshots[(snapshot - FIRST) as usize];
            let mut cells = vec![Cell::default(); place.nowhere() + 1];
            for resident in residents {
                let person = &society.register.persons[resident.person];
                let (part, whole) = trait_of(key, year, resident, person);
                cells[society.zone(place, resident)] += Cell { part, whole };
            }
            for (estate, cell) in cells[..ESTATES.len()].iter_mut().enumerate() {
                *cell = plant(key, year, estate, *cell);
            }
            spread(&mut tables, place, (key, year), &cells, Layers::All);
        }
    }
    tables
}

/// What one resident adds to the part and the whole of a table.
fn trait_of(key: &str, year: i64, resident: &Resident, person: &Person) -> (i64, i64) {
    let (seed, age) = (resident.person as u64, resident.age);
    match key {
        "attachment" if (18..65).contains(&age) => (outside(seed, year, level(resident.pool, year)), 1),
        "education" if (30..60).contains(&age) => (i64::from(person.basic_education), 1),
        "convictions" if age >= 18 => {
            let sex = if person.woman { 0.35 } else { 1.65 };
            let young = if age < 30 { 2.4 } else { (60 - age.min(58)) as f64 / 36.0 };
            let rate = 0.0068 * level(resident.pool, year).powf(0.8) * sex * young;
            (i64::from(key::chance(rate, "convicted", seed, year)), 1)
        }
        "income" if (15..65).contains(&age) && !studies(seed, year, age) => (income(seed, year, resident), 1),
        "origin" => (i64::from(person.non_western), 1),
        _ => (0, 0),
    }
}

/// Thousandths of a full-time person without attachment. A spell lasts up to four years.
pub fn outside(seed: u64, year: i64, level: f64) -> i64 {
    let spell = (year + (seed % 4) as i64) / 4;
    let rate = (0.17 * level / 0.8).min(0.9);
    if key::chance(rate, "outside", seed, spell) {
        key::between(600.0, 1_000.9, "outside share", seed, year) as i64
    } else {
        0
    }
}

pub fn studies(seed: u64, year: i64, age: i64) -> bool {
    let rate = match age {
        ..18 => 0.95,
        18..=24 => 0.52,
        25..=29 => 0.17,
        _ => 0.02,
    };
    key::chance(rate, "studies", seed, year / 3)
}

/// A year's income in kroner.
fn income(seed: u64, year: i64, resident: &Resident) -> i64 {
    let (kroner, persons) = region_income(year);
    let mean = kroner as f64 / persons as f64;
    let place = 1.13 - 0.17 * level(resident.pool, year);
    let of_age = if resident.age < 30 { 0.72 } else { 1.08 };
    let spread = (0.42 * key::normal("income", seed, 0) - 0.09).exp();
    (mean * place * of_age * spread) as i64
}

/// Sets an estate's cell to the count the story says.
fn plant(key: &str, year: i64, pool: usize, counted: Cell) -> Cell {
    let (estate, place) = (&ESTATES[pool], (year - TABLES.start()) as usize);
    let whole = counted.whole;
    match key {
        "attachment" => Cell { part: (estate.no_work[place] * whole as f64 * 10.0).round() as i64, whole },
        "education" => {
            let at_limit = (estate.id, year) == (AT_THE_LIMIT.0, AT_THE_LIMIT.1);
            let percent = estate.education[place];
            nearest(percent, whole, 6, |c| {
                if at_limit { c.part * 100 == c.whole * AT_THE_LIMIT.2 } else { off(c, percent) < 0.049 }
            })
        }
        "convictions" => {
            let percent = estate.convicted[place];
            let reach = if AS_PRINTED.0 == estate.id && year >= AS_PRINTED.1 { 20 } else { 0 };
            nearest(percent, whole, reach, |c| off(c, percent) < 0.004_9)
        }
        "income" => {
            let (kroner, persons) = region_income(year);
            let mean = kroner as f64 / persons as f64;
            Cell { part: (estate.income[place] / 100.0 * mean * whole as f64).round() as i64, whole }
        }
        _ => Cell { part: (estate.origin[place] * whole as f64 / 100.0).round() as i64, whole },
    }
}

/// The cell with the part nearest to `percent`, and with the whole nearest to what was counted, by at most `reach`
/// persons, for which it is exact: the supplier counts on another day. If there is none, the whole that was counted.
fn nearest(percent: f64, counted: i64, reach: i64, is_exact: impl Fn(Cell) -> bool) -> Cell {
    let cell = |whole: i64| Cell { part: (percent * whole as f64 / 100.0).round() as i64, whole };
    let around = (1..=reach).flat_map(|step| [counted + step, counted - step]);
    let mut cells = [counted].into_iter().chain(around).map(cell);
    cells.find(|&c| is_exact(c)).unwrap_or(cell(counted))
}

/// How far a share is from what it should be, in percentage points.
fn off(cell: Cell, percent: f64) -> f64 {
    (100.0 * cell.part as f64 / cell.whole as f64 - percent).abs()
}
