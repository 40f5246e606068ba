//! Nothing that is shown says on which side of a limit a hidden figure is.

use crate::small_municipality::{Municipality, Persons, told};

const HEAD: &str = "
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  alone:     { title: Alene, theme: all, method: { share: { part: alone, of: residents } }, unit: percent, higher-is: worse }
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: { from: 2018-12-01 }
    applies-to: { layer: estates";

const CRITERIA: &str = " }
    criteria: { alone: { indicator: alone, is: { at-least: 10 }, years-back: 1 } }
    statuses: { hard: { when: { at-least: { count: 1, of: [alone] } } } }
";

/// Persons of two years, the same in both, with 3,000 in the district.
fn two_years(areas: &[(&'static str, usize, usize)]) -> Vec<Persons<'static>> {
    let areas = areas.iter().copied().chain([("d1", 3000, 300)]);
    areas.flat_map(|(area, all, alone)| [2024, 2025].map(|year| (year, area, all, alone))).collect()
}

#[test]
fn a_small_place_has_a_criterion_of_the_law_only_where_its_numbers_may_be_shown() {
    let publication = Municipality::new(&format!("{HEAD}{CRITERIA}"))
        .persons(&two_years(&[("a", 200, 3), ("b", 200, 30)]))
        .publication();
    // The places have no value of an earlier year of their own.
    assert_eq!(told(&publication, "alone@a@2024"), "missing: TooSmall");
    assert_eq!(told(&publication, "law/alone@b@2025"), "15");
    assert_eq!(told(&publication, "law@b@2025"), "hard, own");
    for hidden in ["alone", "alone/met", "alone/distance", "hard/count", "hard/met", "own"] {
        assert_eq!(told(&publication, &format!("law/{hidden}@a@2025")), "hidden", "{hidden}");
        assert_ne!(told(&publication, &format!("law/{hidden}@b@2025")), "hidden", "{hidden}");
    }
    assert_eq!(told(&publication, "law@a@2025"), "hidden");
    assert_eq!(told(&publication, "law/hangs-on@a@2026"), "hidden");
}

#[test]
fn that_an_area_is_not_too_small_for_a_list_is_hidden_with_its_residents() {
    let law = format!("{HEAD}, residents: {{ at-least: 1000 }}{CRITERIA}").replace(", years-back: 1", "");
    // Three persons live elsewhere, so that the 1,200 would give them away.
    let hiding = [("a", 1200, 200), ("-", 3, 0)];
    let showing = [("a", 1200, 200), ("-", 30, 0)];
    let listed = |areas: &[(&'static str, usize, usize)]| {
        let rows: Vec<Persons> = areas.iter().map(|(area, all, alone)| (2025, *area, *all, *alone)).collect();
        Municipality::new(&law).persons(&rows).lists(&[("2025-12-01", "b", "hard", "")]).publication()
    };
    let publication = listed(&hiding);
    for hidden in [
        "residents",
        "law/residents",
        "law",
        "law/residents/amount/moves-out",
        "law/residents/amount/moves-in",
    ] {
        assert_eq!(told(&publication, &format!("{hidden}@a@2025")), "hidden", "{hidden}");
    }
    let publication = listed(&showing);
    assert_eq!(told(&publication, "law@a@2025"), "NotListed, official");
    assert_eq!(told(&publication, "law/residents/amount/moves-in@a@2025"), "missing: NoData");
    assert!(told(&publication, "law/residents/amount/moves-out@a@2025").contains("Some(201)"));
}

/// Figures of areas have no rows in common: only that the districts cover the municipality says that they make it up.
#[test]
fn a_table_of_areas_without_the_municipality_does_not_give_a_district_away_by_it() {
    let figures = |estate: bool| {
        let share = "{ title: X, theme: all, method: { share: { part: part, of: whole } }, unit: percent, higher-is: worse, compare-with: [municipality] }";
        let rows = [("d1", "3", "400"), ("d2", "40", "900"), ("a", "20", "300")];
        let rows = rows.iter().filter(|(area, ..)| estate || *area != "a");
        let rows: Vec<_> = rows.map(|(area, part, whole)| (2024, *area, "x", *part, *whole)).collect();
        Municipality::new(&format!("indicators:\n  x: {share}\n")).statistics(&rows).publication()
    };
    for publication in [figures(false), figures(true)] {
        assert_eq!(told(&publication, "x@d1@2024"), "hidden");
        let others = ["x@d2@2024", "x@d2@2024~municipality"].map(|id| told(&publication, id));
        assert!(others.contains(&"hidden".to_string()), "3 = 43 − 40: {others:?}");
    }
}
