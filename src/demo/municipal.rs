//! `municipal.csv`: the municipality's own area figures.

use super::key;
use super::scene::{EVERY_YEAR, Figure, Home, Scene, Subject, figure};
use super::settle::Form;
use super::story::{NUMBER, VILLAGES};
use super::tally::{Cell, Layers, Tables};
use super::town::Pool;

/// Local elections.
const ELECTIONS: &[i64] = &[2017, 2021];
/// Surveys of safety.
const SURVEYS: &[i64] = &[2015, 2017, 2019, 2021, 2023];

const OF_RESIDENTS: [Figure<Subject>; 7] = [
    Figure { key: "turnout", years: ELECTIONS, layers: Layers::All, adds: turnout },
    figure("associations", |s| {
        let rate = 0.76 - 0.11 * (s.trouble - 0.8) - if s.age >= 16 { 0.22 } else { 0.0 };
        s.aged(6..25, s.keeps("association", rate.clamp(0.1, 0.95), 3))
    }),
    figure("library", |s| {
        let rate =
            0.34 - 0.008 * since(s.year) - 0.035 * (s.trouble - 0.8) + if s.age < 15 { 0.1 } else { 0.0 };
        Cell::one(s.keeps("library", rate.max(0.08), 2))
    }),
    figure("vandalism", |s| Cell::one(s.draws("vandalism", 0.0042 * s.trouble.powf(1.2)))),
    figure("refugees", |s| {
        // Per thousand of the citizens of other countries; from 2022 those from Ukraine.
        let rate = [120, 150, 130, 100, 80, 65, 50, 165, 180, 170][(s.year - 2015) as usize];
        Cell::one(s.citizenship == "other" && s.keeps("refugee", f64::from(rate) / 1_000.0, 12))
    }),
    figure("homeless", |s| {
        s.aged(18..130, s.keeps("homeless", (0.00125 - 0.00003 * since(s.year)) * s.trouble, 2))
    }),
    Figure { key: "safe", years: SURVEYS, layers: Layers::All, adds: safe },
];

const OF_HOMES: [Figure<Home>; 3] = [
    figure("burglaries", |h| {
        let of_form = if matches!(h.form, Form::Villa | Form::Rural) { 1.3 } else { 0.65 };
        Cell::one(h.draws("burglary", (0.016 - 0.0009 * since(h.year)) * of_form))
    }),
    Figure { key: "broadband", years: EVERY_YEAR, layers: Layers::Villages, adds: broadband },
    Figure { key: "bad-repair", years: EVERY_YEAR, layers: Layers::Villages, adds: bad_repair },
];

/// Counts every figure.
pub fn count(scene: &Scene) -> Tables {
    let mut tables = Tables::new();
    for figure in &OF_RESIDENTS {
        scene.count(&mut tables, figure, |year| &year.residents, |s| s.zone);
    }
    for figure in &OF_HOMES {
        scene.count(&mut tables, figure, |year| &year.homes, |h| h.zone);
    }
    for &year in EVERY_YEAR {
        let mut cells = vec![Cell::default(); scene.place.nowhere() + 1];
        for village in 0..VILLAGES.len() {
            cells[Pool::VILLAGES + village] = plots(village, year);
        }
        scene.spread(&mut tables, "vacant-plots", year, &mut cells, Layers::Villages);
        // Building land in the town, sold out slowly.
        *tables.entry(("vacant-plots", NUMBER, year)).or_default() +=
            Cell { part: 64 - 3 * (year - 2015), whole: 120 };
    }
    tables
}

/// Years since the first.
fn since(year: i64) -> f64 {
    (year - 2015) as f64
}

/// Votes at a local election of those entitled: Danish and Nordic citizens, citizens of the EU, and others after years
/// of residence.
fn turnout(s: &Subject) -> Cell {
    let entitled = s.citizenship != "other" || key::chance(0.65, "entitled", s.seed, 0);
    let of_age = match s.age {
        ..22 => -0.04,
        22..30 => -0.17,
        30..50 => -0.03,
        50..80 => 0.1,
        _ => -0.09,
    };
    let rate = if s.year < 2021 { 0.725 } else { 0.69 } + of_age - 0.1 * (s.trouble - 0.8);
    Cell::of(s.age >= 18 && entitled, s.draws("votes", rate.clamp(0.12, 0.95)))
}

/// Answers to a survey, more of them asked for in estates and villages.
fn safe(s: &Subject) -> Cell {
    let asked = match s.zone {
        zone if zone < Pool::VILLAGES => 0.24,
        zone if zone < Pool::RESTS => 0.3,
        _ => 0.11,
    };
    let feels_safe = (0.94 - 0.065 * (s.trouble - 0.8) + 0.004 * since(s.year)).min(0.97);
    Cell::of(s.age >= 18 && s.draws("survey", asked), s.draws("safe", feels_safe))
}

/// At least 100 Mbit/s at the address: early in the town, late in the country.
fn broadband(h: &Home) -> Cell {
    let (first, yearly) = match h.form {
        Form::Flats | Form::Estate => (0.92, 0.008),
        Form::Terrace | Form::Villa => (0.82, 0.019),
        Form::Rural if h.zone < Pool::RESTS => (0.4, 0.062),
        Form::Rural => (0.3, 0.058),
    };
    Cell::one(key::unit("broadband", h.site, 0) < first + yearly * since(h.year))
}

/// Houses in bad repair: old ones, most in the villages that shrink.
fn bad_repair(h: &Home) -> Cell {
    let village = h.zone.checked_sub(Pool::VILLAGES).and_then(|i| VILLAGES.get(i));
    let shrinks = village.is_some_and(|v| v.residents[8] + 20 < v.residents[0]);
    let rate = match h.built {
        ..1920 => 0.085,
        1920..1950 => 0.05,
        1950..1980 => 0.012,
        _ => 0.002,
    };
    let rate = rate * if shrinks { 1.7 + 0.06 * since(h.year) } else { 1.0 };
    let house = matches!(h.form, Form::Villa | Form::Rural);
    Cell::of(house, key::unit("bad repair", h.seed, 0) < rate)
}

/// Vacant plots of all laid out in a village. In a growing village they are sold, and new ones laid out in 2019.
fn plots(village: usize, year: i64) -> Cell {
    let residents = &VILLAGES[village].residents;
    let grows = residents[8] > residents[0] + 20;
    let new = if grows && year >= 2019 { 18 } else { 0 };
    let whole = 5 + key::below(9, "plots", village as u64, 0) as i64 + new;
    let yearly = if grows { 2.1 } else { 0.25 };
    Cell { part: (whole - (yearly * since(year)) as i64).max(0), whole }
}
