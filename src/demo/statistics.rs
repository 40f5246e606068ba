//! Further ordered tables of `statistics.csv`: work, education and income of the residents, and their moves.

use std::collections::BTreeMap;

use super::key;
use super::life::dies;
use super::scene::{EVERY_YEAR, Figure, Scene, Subject, figure};
use super::society::{FIRST, Society};
use super::story::NUMBER;
use super::tally::{Cell, Layers, Tables, areas};

/// Counted at the end of the year.
const FIGURES: [Figure<Subject>; 7] = [
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

/// Moves over the border of each area, of those aged 18 and over at the end of the year: a move between two areas is out
/// of the one and into the other, and neither for an area that holds both. The whole is the residents of that age in the
/// middle of the year, the mean of both ends. Those who came and those who stayed are asked about work.
fn moves(tables: &mut Tables, scene: &Scene, society: &Society, year: i64) {
    let (place, nowhere) = (scene.place, scene.place.nowhere());
    let around = |zone: usize| areas(place, zone, Layers::All).chain([NUMBER]);
    let mut add = |key, area, cell| *tables.entry((key, area, year)).or_default() += cell;
    let mut both_ends: BTreeMap<&'static str, i64> = BTreeMap::new();
    let mut now = BTreeMap::new();
    for s in &scene.year(year).residents {
        now.insert(s.id, s.zone);
        if s.age < 18 || s.zone == nowhere {
            continue;
        }
        let before: Vec<_> = s.before.into_iter().flat_map(around).collect();
        let in_age = s.age < 65;
        for area in around(s.zone) {
            let came = !before.contains(&area);
            add("moved-in", area, Cell { part: i64::from(came), whole: 0 });
            add("mover-employment", area, Cell::of(in_age && came, s.works()));
            add("stayer-employment", area, Cell::of(in_age && !came, s.works()));
            *both_ends.entry(area).or_default() += 1;
        }
    }
    for resident in &society.snapshots[(year - FIRST) as usize] {
        let zone = society.zone(place, resident);
        if resident.age < 17 || zone == nowhere {
            continue;
        }
        let lives = !dies(&society.register.persons[resident.person], resident.person, year);
        let after: Vec<_> = now.get(&resident.id).copied().into_iter().flat_map(around).collect();
        for area in around(zone) {
            add("moved-out", area, Cell { part: i64::from(lives && !after.contains(&area)), whole: 0 });
            *both_ends.entry(area).or_default() += i64::from(resident.age >= 18);
        }
    }
    for (area, both) in both_ends {
        for key in ["moved-in", "moved-out"] {
            add(key, area, Cell { part: 0, whole: (both + 1) / 2 });
        }
    }
}
