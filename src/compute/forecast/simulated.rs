//! Forecasts of made-up areas whose truth is known: random walks with a shock that all areas share each year.

use std::collections::BTreeMap;

use super::{
    errors::Past,
    series::{Series, tests::share},
};
use crate::compute::random::Stream;

/// Areas of 400 to 2,000 people: each year moves all of them by a shared shock and each by its own, larger in smaller ones.
fn panel(seed: u32, areas: usize, years: usize) -> Vec<Vec<Series>> {
    let mut stream = Stream::of(&["panel", &seed.to_string()]);
    let shocks: Vec<f64> = (0..years).map(|_| 0.4 * stream.normal()).collect();
    let area = |number: usize| {
        let people = 400 + 1600 * number / areas;
        let spread = 100.0 * (0.4_f64 * 0.6 / people as f64).sqrt() / 2.0;
        let mut value = 30.0 + 20.0 * number as f64 / areas as f64;
        let mut walk = Vec::new();
        for shock in &shocks {
            value += shock + spread * stream.normal();
            walk.push(format!("{value:.3}"));
        }
        let values: Vec<&str> = walk.iter().map(String::as_str).collect();
        vec![share(&values, people as i128, 2)]
    };
    (0..areas).map(area).collect()
}

#[test]
fn the_80_per_cent_interval_holds_80_per_cent_of_random_walks_with_a_shared_shock() {
    let (mut years, panels) = (Vec::new(), 60);
    for seed in 0..panels {
        let past = Past::new(&panel(seed, 20, 14), 2029);
        let pool = past.pool();
        let radii = pool.radii(0, &past.tested);
        let mut by_list: BTreeMap<i32, (f64, f64)> = BTreeMap::new();
        for case in past.tested() {
            let (inside, all) = by_list.entry(case.list).or_default();
            *inside += f64::from(u8::from(case.figures[0].is_inside(past.slopes[0], radii[&case.list])));
            *all += 1.0;
        }
        years.extend(by_list.values().map(|(inside, all)| inside / all));
    }
    let n = years.len() as f64;
    let mean = years.iter().sum::<f64>() / n;
    let error = (years.iter().map(|year| (year - mean).powi(2)).sum::<f64>() / (n - 1.0) / n).sqrt();
    assert!(n > 500.0 && error < 0.02, "{n} years, standard error {error}");
    assert!(
        (mean - 0.8).abs() < 2.0 * error,
        "{mean} of the outcomes are inside, with a standard error of {error}"
    );
}
