//! Further ordered tables of `statistics.csv`: work, education and income of the residents, and their moves.

use super::key;
use super::life::dies;
use super::scene::{EVERY_YEAR, Figure, Scene, Subject, figure};
use super::society::{FIRST, Society};
use super::tally::{Cell, Layers, Tables};

/// Counted at the end of the year.
const FIGURES: [Figure<Subject>; 10] = [
    figure("employment", |s| s.aged(18..65, s.works())),
    figure("neet", |s| s.aged(18..30, !s.works() && !s.studies())),
    figure("youth-education", |s| {
        let rate = (0.165 - 0.003 * (s.year - 2015) as f64) * s.trouble.powf(0.75);
        s.aged(24..25, key::chance(rate.min(0.6), "no youth education", s.seed, 0))
    }),
    figure("low-income", |s| Cell::one(s.is_poor())),
    figure("low-income-children", |s| s.aged(0..18, s.is_poor())),
    figure("vocational", |s| {
        let only_general = key::chance(0.12, "general education only", s.seed, 0);
        s.aged(30..60, !s.basic_education && !only_general)
    }),
    figure("charged-youth", |s| {
        let sex = if s.woman { 0.35 } else { 1.65 };
        s.aged(15..25, s.draws("charged", 0.026 * s.trouble.powf(0.8) * sex))
    }),
    figure("mover-employment", |s| Cell::of((18..65).contains(&s.age) && s.is_newcomer(), s.works())),
    figure("stayer-employment", |s| Cell::of((18..65).contains(&s.age) && !s.is_newcomer(), s.works())),
    figure("moved-in", |s| Cell { part: i64::from(s.age >= 18 && s.is_newcomer()), whole: 0 }),
];

/// Adds the tables to those of the criteria.
pub fn count(tables: &mut Tables, scene: &Scene, society: &Society) {
    for figure in &FIGURES {
        scene.count(tables, figure, |year| &year.residents, |s| s.zone);
    }
    for &year in EVERY_YEAR {
        moves(tables, scene, society, year);
    }
}

/// Those who moved out of each zone alive, aged 18 and over at the end of the year, and the residents of that age in
/// the middle of the year: the mean of both ends, halves upwards. A move within a zone counts neither in nor out.
fn moves(tables: &mut Tables, scene: &Scene, society: &Society, year: i64) {
    let place = scene.place;
    let mut cells = vec![Cell::default(); place.nowhere() + 1];
    let mut both_ends = vec![0; cells.len()];
    let mut now = std::collections::BTreeMap::new();
    for s in &scene.year(year).residents {
        now.insert(s.seed as usize, s.zone);
        both_ends[s.zone] += i64::from(s.age >= 18);
    }
    for resident in &society.snapshots[(year - FIRST) as usize] {
        let zone = society.zone(place, resident);
        both_ends[zone] += i64::from(resident.age >= 18);
        let stays = now.get(&resident.person) == Some(&zone);
        let person = &society.register.persons[resident.person];
        if resident.age >= 17 && !stays && !dies(person, resident.person, year) {
            cells[zone].part += 1;
        }
    }
    let mut middle: Vec<Cell> =
        both_ends.iter().map(|both| Cell { part: 0, whole: (both + 1) / 2 }).collect();
    for (cell, middle) in cells.iter_mut().zip(&middle) {
        *cell += *middle;
    }
    scene.spread(tables, "moved-out", year, &mut cells, Layers::All);
    scene.spread(tables, "moved-in", year, &mut middle, Layers::All);
}
