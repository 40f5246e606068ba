//! The methods on single rows against worked examples: `methods/NAME.csv`, with the source of each expected value.

use crate::{
    methods::{Example, examples},
    small_municipality::{Municipality, id, told},
};
use kvarter::compute::{Fact, State};

/// Runs every example as the area `a` in 2024. Limits drawn at random are as near as the file says to those of very many draws.
fn check(text: &str, method: &str, unit: &str) {
    for example in examples(text) {
        let source = example.get("source");
        let method = method.replace("AT", example.get("at"));
        let catalogue = format!(
            "
indicators:
  x: {{ title: X, theme: all, method: {{ {method} }}, unit: {unit}, decimals: 4, higher-is: worse }}
"
        );
        let publication = Municipality::new(&catalogue).singles(&rows(&example)).publication();
        assert_eq!(told(&publication, "x@a@2024"), example.get("value"), "{source}");
        let State::Shown(Fact::Value(value)) = publication.get(&id("x@a@2024")) else { continue };
        let Some((low, high)) = value.interval else { panic!("no interval: {source}") };
        let expected = |name| example.get(name).parse::<f64>().ok();
        let Some(tolerance) = expected("tolerance") else { continue };
        for (found, name) in [(low, "lower"), (high, "upper")] {
            let near = expected(name).is_some_and(|limit| (found.to_f64() - limit).abs() <= tolerance);
            assert!(near, "{name} is {found}: {source}");
        }
    }
}

/// The rows of an example, all in the area `a`, and a hundred elsewhere that change nothing.
fn rows(example: &Example) -> Vec<(&'static str, f64, Option<u32>, bool)> {
    let cells = |name| example.get(name).split(' ').filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
    let (values, households, ended) = (cells("values"), cells("households"), cells("ended"));
    let row = |(number, value): (usize, &&str)| {
        let household = households.get(number).and_then(|household| household.parse().ok());
        ("a", value.parse().expect("a number"), household, ended.get(number) == Some(&"1"))
    };
    values.iter().enumerate().map(row).chain([("v", 1e6, None, true); 100]).collect()
}

#[test]
fn a_median_is_its_worked_examples() {
    check(include_str!("methods/median.csv"), "median: { of: numbers }", "square-metres");
}

#[test]
fn a_quantile_is_its_worked_examples() {
    check(include_str!("methods/quantile.csv"), "quantile: { of: numbers, at: AT }", "square-metres");
}

#[test]
fn a_mean_of_single_rows_is_its_worked_examples() {
    let text = include_str!("methods/mean-of-rows.csv");
    check(text, "mean: { of: numbers }", "square-metres");
    check(text, "mean: { of: numbers, over: singles }", "square-metres");
}

#[test]
fn a_length_of_residence_is_its_worked_examples() {
    let text = include_str!("methods/length-of-residence.csv");
    check(text, "length-of-residence: { of: numbers, ended: ended }", "years");
}

#[test]
fn neither_the_order_of_rows_nor_the_other_areas_change_an_interval() {
    let tail = "
indicators:
  x: { title: X, theme: all, method: { median: { of: numbers } }, unit: years, decimals: 4, higher-is: worse, compare-with: [rest] }
";
    let text = include_str!("methods/median.csv");
    let example = examples(text).into_iter().nth(1).expect("an example with households");
    let rows: Vec<_> = rows(&example).into_iter().filter(|row| row.0 == "a").collect();
    let elsewhere = |n: usize| (0..n).map(|row| ("v", row as f64, Some(row as u32 + 50), false));
    let publish = |mut rows: Vec<_>, turned: bool| {
        if turned {
            rows.reverse();
            rows.rotate_left(17);
        }
        Municipality::new(tail).singles(&rows).publication()
    };
    let interval = |publication: &kvarter::compute::Publication| match publication.get(&id("x@a@2024")) {
        State::Shown(Fact::Value(value)) => value.interval,
        _ => None,
    };
    let first = publish(rows.iter().copied().chain(elsewhere(40)).collect(), false);
    assert!(interval(&first).is_some());
    assert_eq!(
        interval(&first),
        interval(&publish(rows.iter().copied().chain(elsewhere(40)).collect(), true))
    );
    assert_eq!(
        interval(&first),
        interval(&publish(rows.iter().copied().chain(elsewhere(90)).collect(), false))
    );
    assert_eq!(told(&first, "x@a@2024~rest"), "19.5000");
    assert_eq!(told(&first, "verdict/x@a@2024~rest"), "Higher");
}
