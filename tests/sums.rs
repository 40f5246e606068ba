//! Methods on sums: what is built on a hidden number is hidden, across a break there is nothing, and segregation is the
//! municipality's.

use crate::small_municipality::{Figure, Municipality, Persons, id, told};
use kvarter::{
    catalogue::load_str,
    compute::{Fact, Publication, State},
};

/// Indicators about the figures of key `x`.
fn indicators(entries: &str) -> String {
    format!(
        "
indicators:
  share: {{ title: S, theme: all, method: {{ share: {{ part: part, of: whole }} }}, unit: percent, fixed-decimals: 1, higher-is: worse, disclosure: {{ at-least: 10 }} }}
{entries}"
    )
}

/// `part` of 400 in `a`, 100 of 1000 in `b` and `municipality` of 9000 in all, in 2024; five years before 60 of 400 in `a`.
fn figures(part: &'static str, municipality: &'static str) -> Vec<Figure<'static>> {
    vec![
        (2019, "a", "x", "60", "400"),
        (2019, "b", "x", "100", "1000"),
        (2019, "9999", "x", "900", "9000"),
        (2024, "a", "x", part, "400"),
        (2024, "b", "x", "100", "1000"),
        (2024, "9999", "x", municipality, "9000"),
    ]
}

const DIFFERENCE: &str = "  x: { title: X, theme: all, method: { difference: { indicator: share, over: 5 } }, unit: points, fixed-decimals: 1, higher-is: worse, compare-with: [rest, municipality] }\n";

#[test]
fn a_difference_is_as_strict_as_the_indicator_that_changes() {
    let told_with = |part, what: &str| {
        let publication =
            Municipality::new(&indicators(DIFFERENCE)).statistics(&figures(part, "1800")).publication();
        told(&publication, what)
    };
    assert_eq!(told_with("100", "x@a@2024"), "10.0");
    assert_eq!(told_with("100", "x@a@2024~municipality"), "10.0");
    // Nine are enough for the difference's own limit of five, but not for the share's of ten.
    for hidden in ["x@a@2024", "x@a@2024~rest", "verdict/x@a@2024~rest", "verdict/x@a@2024~municipality"] {
        assert_eq!(told_with("9", hidden), "hidden", "{hidden}");
    }
}

#[test]
fn a_change_is_judged_against_the_rest_by_both_years_chance() {
    let verdict = |part| {
        let publication =
            Municipality::new(&indicators(DIFFERENCE)).statistics(&figures(part, "900")).publication();
        told(&publication, "verdict/x@a@2024~rest")
    };
    assert_eq!(verdict("100"), "Higher");
    assert_eq!(verdict("70"), "CannotTell");
}

#[test]
fn a_difference_knows_no_more_of_chance_than_its_indicator() {
    let with = |declared: &str| {
        let share = "share: { title: S, theme: all, method: { share: { part: part, of: whole } }, unit: percent, higher-is: worse";
        let rate = "rate: { title: R, theme: all, method: { rate: { part: part, of: whole, per: 1000 } }, unit: per-1000, higher-is: worse";
        let of = |id: &str, unit: &str| {
            format!(
                "d-{id}: {{ title: D, theme: all, method: {{ difference: {{ indicator: {id}, over: 5 }} }}, unit: {unit}, fixed-decimals: 1, higher-is: worse, compare-with: [rest] }}"
            )
        };
        let entries = format!(
            "{share}{declared} }}\n  {rate} }}\n  {}\n  {}",
            of("share", "points"),
            of("rate", "per-1000")
        );
        Municipality::new(&format!("\nindicators:\n  {entries}\n"))
            .statistics(&figures("100", "900"))
            .publication()
    };
    let width = |publication: &Publication| match publication.get(&id("d-share@a@2024")) {
        State::Shown(Fact::Value(value)) => value.interval.map(|(low, high)| high.units - low.units),
        _ => None,
    };
    let (plain, cautious) = (with(""), with(", chance: { design-effect: 4 }"));
    assert!(width(&cautious) > width(&plain).map(|width| width * 19 / 10), "{:?}", width(&cautious));
    assert_eq!(told(&plain, "verdict/d-share@a@2024~rest"), "Higher");
    assert_eq!(told(&plain, "verdict/d-rate@a@2024~rest"), "NotJudged");
}

#[test]
fn across_a_break_there_is_no_difference_and_no_growth() {
    let growth = "  y: { title: Y, theme: all, method: { growth: { of: whole, over: 5 } }, unit: percent, fixed-decimals: 1, higher-is: neutral }\n";
    let entries = |from: &str| {
        let breaks = format!("breaks: {{ new: {{ title: N, indicators: [share, y], from: '{from}' }} }}\n");
        indicators(&format!("{DIFFERENCE}{growth}{breaks}"))
    };
    let told_with = |from: &str, what: &str| {
        told(&Municipality::new(&entries(from)).statistics(&figures("100", "1800")).publication(), what)
    };
    for what in ["x@a@2024", "x@municipality@2024", "y@a@2024"] {
        assert_eq!(told_with("2020", what), "missing: Break", "{what}");
        assert_eq!(told_with("2024", what), "missing: Break", "{what}");
    }
    assert_eq!(told_with("2019", "x@a@2024"), "10.0");
    assert_eq!(told_with("2025", "y@a@2024"), "0.0");
}

#[test]
fn growth_of_one_to_four_persons_is_hidden_also_where_it_is_the_rests() {
    let entry = "
indicators:
  x: { title: X, theme: all, method: { growth: { of: residents, over: 1 } }, unit: percent, fixed-decimals: 1, higher-is: neutral, compare-with: [rest] }
";
    let told_with = |a: usize, b: usize| {
        let rows: [Persons; 4] =
            [(2023, "a", 400, 0), (2023, "b", 800, 0), (2024, "a", a, 0), (2024, "b", b, 0)];
        told(&Municipality::new(entry).persons(&rows).publication(), "x@a@2024")
    };
    assert_eq!(told_with(440, 800), "10.0");
    assert_eq!(told_with(404, 800), "hidden");
    assert_eq!(told_with(440, 803), "hidden");
}

#[test]
fn a_value_relative_to_a_hidden_one_is_hidden() {
    let entry = |to: &str| {
        let (method, rest) = ("relative: { indicator: share, to:", "as: times }");
        indicators(&format!(
            "  x: {{ title: X, theme: all, method: {{ {method} {{ {to} }}, {rest} }}, unit: times, fixed-decimals: 2, higher-is: worse }}\n"
        ))
    };
    let told_with = |to: &str, part, all| {
        told(&Municipality::new(&entry(to)).statistics(&figures(part, all)).publication(), "x@a@2024")
    };
    assert_eq!(told_with("municipality: {}", "100", "900"), "2.50");
    assert_eq!(told_with("area: b", "100", "900"), "2.50");
    assert_eq!(told_with("municipality: {}", "100", ".."), "hidden");
    assert_eq!(told_with("area: b", "9", "900"), "hidden");
}

#[test]
fn an_area_that_is_in_no_layer_is_an_error_at_its_place() {
    let entry = "  x: { title: X, theme: all, method: { relative: { indicator: share, to: { area: bb }, as: times } }, unit: times, higher-is: worse }\n";
    let errors = Municipality::new(&indicators(entry)).statistics(&figures("100", "900")).errors();
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].code, errors[0].message.as_str()), ("unknown-area", "`bb` is not an area"));
}

#[test]
fn the_rest_of_the_municipality_is_as_dense_as_what_is_left_of_its_people_and_ground() {
    let entry = "
indicators:
  x: { title: X, theme: all, method: { density: { of: residents, per: hectare } }, unit: per-hectare, fixed-decimals: 1, higher-is: neutral, compare-with: [rest, municipality] }
";
    let publication = Municipality::new(entry)
        .persons(&[(2024, "a", 400, 0), (2024, "d1", 600, 0), (2024, "d2", 1000, 0)])
        .ground("a", 20_000.0)
        .ground("d1", 100_000.0)
        .ground("d2", 400_000.0)
        .publication();
    assert_eq!(told(&publication, "x@a@2024"), "200.0");
    assert_eq!(told(&publication, "x@a@2024~municipality"), "40.0");
    assert_eq!(told(&publication, "x@a@2024~rest"), "33.3");
}

#[test]
fn segregation_is_the_municipalitys_with_its_level_under_chance_beside_it() {
    let entry = "
indicators:
  x: { title: X, theme: all, method: { segregation: { group: part, of: whole, over: units, as: dissimilarity } }, unit: score, fixed-decimals: 1, higher-is: worse, compare-with: [rest] }
";
    let figures = |first: &'static str| -> Vec<Figure<'static>> {
        [
            ("u1", first, "100"),
            ("u2", "30", "120"),
            ("u3", "10", "90"),
            ("u4", "20", "200"),
            ("u5", "5", "150"),
        ]
        .map(|(area, part, whole)| (2024, area, "x", part, whole))
        .to_vec()
    };
    let publication = Municipality::new(entry).statistics(&figures("60")).publication();
    assert_eq!(told(&publication, "x@municipality@2024"), "47.7");
    // The exact expectation is 7.7934 (scipy 1.17.1, stats.hypergeom).
    assert_eq!(told(&publication, "x@municipality@2024~chance"), "7.8");
    assert_eq!(told(&publication, "verdict/x@municipality@2024~chance"), "NotJudged");
    let mut own = publication.facts().filter(|(id, _)| id.what.ends_with('x'));
    assert!(own.all(|(id, _)| id.area.as_str() == "municipality"));

    let publication = Municipality::new(entry).statistics(&figures("3")).publication();
    for hidden in ["x@municipality@2024", "x@municipality@2024~chance", "verdict/x@municipality@2024~chance"]
    {
        assert_eq!(told(&publication, hidden), "hidden", "{hidden}");
    }
}

#[test]
fn no_number_of_one_to_four_is_behind_a_shown_gap_turnover_or_diversity() {
    let entries = "
indicators:
  gap: { title: X, theme: all, method: { gap: { between: { part: part, of: whole }, and: { part: other-part, of: other-whole } } }, unit: points, higher-is: worse }
  net: { title: X, theme: all, method: { turnover: { moved-in: part, moved-out: other-part, of: whole, as: net, mid-year: true } }, unit: percent, higher-is: worse }
  mix: { title: X, theme: all, method: { diversity: { among: [part, whole, other-part], as: simpson } }, unit: score, higher-is: worse }
";
    for few in ["1", "2", "3", "4"] {
        for place in 0..2 {
            let mut rows = vec![(2024, "a", "x", "60", "400"), (2024, "a", "y", "80", "300")];
            rows[place].3 = few;
            let publication = Municipality::new(entries).statistics(&rows).publication();
            for id in ["gap@a@2024", "net@a@2024", "mix@a@2024"] {
                assert_eq!(told(&publication, id), "hidden", "{id} with {few}");
            }
        }
    }
    let rows = [(2024, "a", "x", "60", "400"), (2024, "a", "y", "80", "300")];
    let publication = Municipality::new(entries).statistics(&rows).publication();
    assert!(publication.facts().all(|(_, state)| !matches!(state, State::Hidden)));
    assert!(publication.facts().any(|(_, state)| matches!(state, State::Shown(Fact::Value(_)))));
}

#[test]
fn todays_way_to_write_a_benchmark_stays_valid() {
    let catalogue = "
catalogue: { title: T, publisher: P, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
sources:
  statistics: { title: S, file: s.csv, period: { year: year } }
  benchmarks: { title: B, file: b.csv, period: { year: period } }
populations: { part: { from: statistics, sum: part }, whole: { from: statistics, sum: whole } }
themes: { all: Alt }
indicators:
  x: { title: X, theme: all, method: { relative: { part: part, of: whole, to: { benchmark: b, place: region }, as: percent } }, unit: index, higher-is: worse }
";
    assert!(load_str("t.yaml", catalogue).is_ok());
}
