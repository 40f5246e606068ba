//! Rules that protect single persons, from the catalogue to what is published. Expected values are counted by hand.

use crate::small_municipality::{Figure, Municipality, Single, id, told};
use kvarter::compute::State;

/// A share of area figures, with more fields of the entry.
fn share(more: &str) -> String {
    format!(
        "
indicators:
  residents: {{ title: Beboere, theme: all, method: {{ count: {{ of: residents }} }}, unit: persons, higher-is: neutral }}
  share: {{ title: Andel, theme: all, method: {{ share: {{ part: part, of: whole }} }}, unit: percent, compare-with: [rest], {more} }}
"
    )
}

/// An indicator of persons' incomes.
fn income(method: &str, unit: &str) -> String {
    format!(
        "\nindicators:\n  x: {{ title: X, theme: all, method: {{ {method} }}, unit: {unit}, higher-is: better, compare-with: [rest] }}\n"
    )
}

/// The figures of areas in 2024, with a large municipality around them.
fn figures(areas: &[(&'static str, &'static str, &'static str)]) -> Vec<Figure<'static>> {
    let areas = areas.iter().map(|(area, part, whole)| (2024, *area, "x", *part, *whole));
    areas.chain([(2024, "9999", "x", "9000", "50000")]).collect()
}

/// What is published of an area's share, with these fields of the entry.
fn published(more: &str, part: &'static str, whole: &'static str) -> String {
    let publication =
        Municipality::new(&share(more)).statistics(&figures(&[("a", part, whole)])).publication();
    told(&publication, "share@a@2024")
}

/// So many persons of area `a` with an income of 100 each, in households of so many, and the other incomes of one person each.
/// Elsewhere in the municipality 200 live alone.
fn incomes(persons: u32, household: u32, others: &[f64]) -> Vec<Single<'static>> {
    let rows = (0..persons).map(|person| ("a", 100.0, Some(person / household), false));
    let others = others.iter().zip(500..).map(|(income, household)| ("a", *income, Some(household), false));
    let elsewhere = (0..200).map(|person| ("c", 100.0, Some(1000 + person), false));
    rows.chain(others).chain(elsewhere).collect()
}

/// What is published of an indicator of incomes.
fn of_incomes(method: &str, unit: &str, rows: &[Single]) -> String {
    told(&Municipality::new(&income(method, unit)).incomes(rows).publication(), "x@a@2024")
}

#[test]
fn hidden_looks_the_same_whatever_the_reason() {
    // Too few, too few others, everybody of a small group, too small a whole, and hidden by the supplier.
    let areas =
        [("a", "3", "300"), ("b", "297", "300"), ("c", "25", "25"), ("v", "0", "4"), ("w", "..", "300")];
    let publication =
        Municipality::new(&share("higher-is: worse")).statistics(&figures(&areas)).publication();
    for (area, ..) in areas {
        for what in ["share@AREA@2024", "share@AREA@2024~rest", "verdict/share@AREA@2024~rest"] {
            let hidden = what.replace("AREA", area);
            assert!(*publication.get(&id(&hidden)) == State::Hidden, "{hidden}");
        }
    }
    assert_eq!(told(&publication, "share@municipality@2024"), "18.0");
}

#[test]
fn everybody_of_a_small_group_is_hidden_and_of_a_large_one_shown() {
    assert_eq!(published("higher-is: worse", "29", "29"), "hidden");
    assert_eq!(published("higher-is: worse", "30", "30"), "100");
    assert_eq!(published("higher-is: worse, disclosure: { group: 100 }", "99", "99"), "hidden");
}

#[test]
fn nobody_is_hidden_in_a_small_group_where_a_higher_share_is_better() {
    assert_eq!(published("higher-is: worse", "0", "29"), "0");
    assert_eq!(published("higher-is: better", "0", "29"), "hidden");
    assert_eq!(published("higher-is: better", "0", "30"), "0");
    assert_eq!(published("higher-is: worse, disclosure: { zero: sensitive }", "0", "29"), "hidden");
    assert_eq!(published("higher-is: better, disclosure: { zero: harmless }", "0", "29"), "0");
}

#[test]
fn a_stricter_contract_wins_over_a_looser_indicator_and_a_looser_one_does_not() {
    let with = |contract: &str, rule: &str, part| {
        let entry = share(&format!("higher-is: worse, disclosure: {{ {rule} }}"));
        let municipality = Municipality::under_contract(contract, &entry);
        told(&municipality.statistics(&figures(&[("a", part, "300")])).publication(), "share@a@2024")
    };
    assert_eq!(with("at-least: 12", "at-least: 5", "11"), "hidden");
    assert_eq!(with("at-least: 12", "at-least: 5", "289"), "hidden");
    assert_eq!(with("at-least: 12", "at-least: 5", "12"), "4");
    assert_eq!(with("at-least: 3", "at-least: 10", "9"), "hidden");
    assert_eq!(with("residents: 0", "at-least: 3", "3"), "1");
    assert_eq!(with("complement: true", "complement: false", "298"), "hidden");
    assert_eq!(with("residents: 0", "complement: false", "298"), "99");
}

#[test]
fn the_law_s_own_areas_are_the_exception_that_is_declared_and_no_contract_makes_it() {
    let law = "
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: { from: 2018-12-01 }
    applies-to: { layer: estates, residents: { at-least: 1000 } }
    criteria: { share: { indicator: share, is: { over: 60 }, years-back: 1 } }
    statuses: { hard: { when: share } }
";
    let entry = share("higher-is: worse, decimals: 2, disclosure: { at-least: 10, statutory: 5 }");
    let persons = [(2025, "a", 1200, 0), (2025, "b", 900, 0), (2025, "v", 1200, 0)];
    let areas = [("a", "7", "800"), ("b", "7", "600"), ("v", "7", "800")];
    let publish = |contract: &str| {
        let municipality = Municipality::under_contract(contract, &format!("{entry}{law}"));
        municipality.persons(&persons).statistics(&figures(&areas)).publication()
    };
    let publication = publish("at-least: 5");
    assert_eq!(told(&publication, "share@a@2024"), "0.88");
    assert_eq!(told(&publication, "law/share@a@2025"), "0.88");
    // Too few residents for the law, and a place that it is not about.
    assert_eq!(told(&publication, "share@b@2024"), "hidden");
    assert_eq!(told(&publication, "share@v@2024"), "hidden");
    let publication = publish("at-least: 8");
    for hidden in ["share@a@2024", "law/share@a@2025", "law/share/met@a@2025", "law@a@2025"] {
        assert_eq!(told(&publication, hidden), "hidden", "{hidden}");
    }
}

#[test]
fn an_area_without_the_residents_that_a_rule_asks_for_has_no_value() {
    let entry = share("higher-is: worse, disclosure: { residents: 1000 }");
    let areas = [("a", "70", "800"), ("b", "70", "800")];
    let persons = [(2025, "a", 1000, 0), (2025, "b", 999, 0)];
    let publication = Municipality::new(&entry).persons(&persons).statistics(&figures(&areas)).publication();
    assert_eq!(told(&publication, "share@a@2024"), "9");
    assert_eq!(told(&publication, "share@b@2024"), "missing: TooSmall");
    assert_eq!(told(&publication, "residents@b@2025"), "999");
}

#[test]
fn a_mean_that_one_income_makes_is_hidden_however_it_is_written() {
    // Without the two largest 39 x 100 remain: under a tenth of 100,000, and over a tenth of 30,000.
    let dominated = incomes(40, 2, &[100_000.0]);
    let even = incomes(40, 2, &[30_000.0]);
    for (method, unit, value) in [
        ("mean: { of: incomes }", "kroner", "829"),
        ("mean: { of: incomes, over: earners }", "kroner", "829"),
        ("ratio: { part: incomes, of: earners }", "ratio", "829.3"),
        ("count: { of: incomes }", "kroner", "34000"),
    ] {
        assert_eq!(of_incomes(method, unit, &dominated), "hidden", "{method}");
        assert_eq!(of_incomes(method, unit, &even), value, "{method}");
    }
    // Divided by a number of another source.
    let entry = income("mean: { of: incomes, over: whole }", "kroner");
    let over = |rows: &[Single]| {
        let municipality = Municipality::new(&entry).incomes(rows).statistics(&figures(&[("a", "0", "40")]));
        told(&municipality.publication(), "x@a@2024")
    };
    assert_eq!((over(&dominated), over(&even)), ("hidden".to_string(), "850".to_string()));
    // A loss counts by its size.
    assert_eq!(of_incomes("mean: { of: incomes }", "kroner", &incomes(40, 2, &[-100_000.0])), "hidden");
    // The number in the middle tells nothing of the largest.
    assert_eq!(of_incomes("median: { of: incomes }", "kroner", &dominated), "100");
}

#[test]
fn a_mean_takes_thirty_persons_in_twenty_households() {
    let mean =
        |persons, household| of_incomes("mean: { of: incomes }", "kroner", &incomes(persons, household, &[]));
    assert_eq!(mean(29, 1), "hidden");
    assert_eq!(mean(30, 1), "100");
    assert_eq!(mean(38, 2), "hidden");
    assert_eq!(mean(40, 2), "100");
    let figures = |whole| {
        let entry = income("mean: { of: part, over: whole }", "kroner");
        told(
            &Municipality::new(&entry).statistics(&figures(&[("a", "6000", whole)])).publication(),
            "x@a@2024",
        )
    };
    assert_eq!((figures("29"), figures("30")), ("hidden".to_string(), "200".to_string()));
}

#[test]
fn a_share_has_a_decimal_from_a_thousand_and_a_value_of_the_law_has_those_of_the_ministry() {
    assert_eq!(published("higher-is: worse, decimals: 1", "413", "999"), "41");
    assert_eq!(published("higher-is: worse, decimals: 1", "413", "1000"), "41.3");
    assert_eq!(published("higher-is: worse, decimals: 0", "413", "1000"), "41");
    assert_eq!(published("higher-is: worse, fixed-decimals: 1", "413", "999"), "41.3");
}
