//! `flis.csv`: children, school and older residents, at the end of the year.

use super::key;
use super::scene::{Figure, Scene, Subject, figure};
use super::tally::{Cell, Tables};

const FIGURES: [Figure<Subject>; 11] = [
    figure("daycare", |s| {
        let at_home = if s.age == 1 { 0.12 } else { 0.034 } * s.trouble.powf(0.6);
        s.aged(1..6, !s.keeps("at home", at_home, 2))
    }),
    figure("preventive", |s| s.aged(0..23, s.keeps("preventive measure", 0.024 * s.trouble.powf(0.9), 2))),
    figure("placements", |s| s.aged(0..23, s.keeps("placement", 0.0065 * s.trouble.powf(1.1), 3))),
    figure("notifications", |s| {
        let rate = (0.048 + 0.0022 * since(s)) * s.trouble.powf(0.85);
        s.aged(0..18, s.draws("notification", rate))
    }),
    figure("exam", |s| if s.age == 16 { Cell { part: mark(s), whole: 1 } } else { Cell::default() }),
    figure("absence", |s| {
        let rate = (0.115 + 0.005 * since(s)) * s.trouble.powf(0.55);
        s.aged(6..17, s.keeps("absence", rate, 2))
    }),
    figure("private-school", |s| s.aged(6..17, s.household_keeps("private school", 0.15 + 0.002 * since(s)))),
    figure("special-teaching", |s| {
        let rate = (0.042 + 0.0015 * since(s)) * s.trouble.powf(0.6);
        s.aged(6..17, s.keeps("special teaching", rate, 5))
    }),
    figure("home-care", |s| {
        let rate = [0.035, 0.125, 0.38][usize::from(s.age >= 75) + usize::from(s.age >= 85)];
        s.aged(65..130, s.keeps("home care", (rate - 0.001 * since(s)) * s.trouble.powf(0.35), 3))
    }),
    figure("language-support", |s| {
        let rate = if s.non_western { 0.42 } else { 0.055 * s.trouble.powf(0.3) };
        s.aged(3..7, s.keeps("language support", rate, 2))
    }),
    figure("leisure-pass", |s| {
        let rate = if s.is_poor() { 0.42 } else { 0.006 * s.trouble };
        s.aged(6..18, s.keeps("leisure pass", rate, 2))
    }),
];

/// Counts every figure.
pub fn count(scene: &Scene) -> Tables {
    let mut tables = Tables::new();
    for figure in &FIGURES {
        scene.count(&mut tables, figure, |year| &year.residents, |s| s.zone);
    }
    tables
}

/// Years since the first.
fn since(s: &Subject) -> f64 {
    (s.year - 2015) as f64
}

/// A pupil's mean mark in the final exams, in tenths.
fn mark(s: &Subject) -> i64 {
    let sex = if s.woman { 0.45 } else { -0.35 };
    let kept = if (2020..=2021).contains(&s.year) { 0.3 } else { 0.0 };
    let mean = 7.35 - 0.85 * (s.trouble - 0.8).max(-0.4) + 0.025 * since(s) + sex + kept;
    let mark = mean + 2.1 * key::normal("mark", s.seed, 0);
    (mark.clamp(0.0, 12.0) * 10.0).round() as i64
}
