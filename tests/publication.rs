//! What may be published holds whatever the data: totals add up, hidden stays hidden, rules are exact.

use crate::small_municipality::{Figure, Municipality, told};
use kvarter::compute::{Fact, State};

const SHARES: &str = "
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  alone:     { title: Alene, theme: all, method: { share: { part: alone, of: residents } }, unit: percent, higher-is: worse, compare-with: [rest, municipality] }
  share:     { title: Andel, theme: all, method: { share: { part: part, of: whole } }, unit: percent, fixed-decimals: 1, higher-is: worse, compare-with: [rest, municipality, country] }
";

const LAW: &str = "
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: { from: 2018-12-01 }
    applies-to: { layer: estates, residents: { at-least: 1000 } }
    criteria:
      share: { indicator: share, is: { over: 60 }, years-back: 1 }
      alone: { indicator: alone, is: { at-least: 10 } }
    statuses:
      hard:   { when: { at-least: { count: 1, of: [share, alone] } } }
      harder: { when: { in-a-row: { years: 3, of: hard } } }
      soft:   { when: { any: [share, alone] }, published-unless: hard }
";

/// Persons of one year: estates and villages of full size, with a rest in the districts and two without a place.
fn persons(year: i32, alone_in_a: usize) -> Vec<crate::small_municipality::Persons<'static>> {
    vec![
        (year, "a", 1200, alone_in_a),
        (year, "b", 900, 90),
        (year, "c", 1500, 30),
        (year, "v", 400, 40),
        (year, "w", 500, 3),
        (year, "z", 80, 10),
        (year, "d1", 3000, 200),
        (year, "d2", 2000, 100),
        (year, "-", 2, 0),
    ]
}

#[test]
fn areas_that_cover_the_municipality_and_the_unplaced_add_up_to_it() {
    let publication = Municipality::new(SHARES).persons(&persons(2025, 300)).publication();
    let count = |text: &str| told(&publication, text).parse::<i64>().expect(text);
    let districts = count("residents@d1@2025") + count("residents@d2@2025");
    assert_eq!(districts + 2, count("residents@municipality@2025"));
    assert_eq!(count("rows/persons@municipality@2025"), count("residents@municipality@2025"));
}

#[test]
fn a_hidden_value_hides_the_rest_the_verdict_and_the_change() {
    let before = persons(2020, 3);
    let rows = [before, persons(2025, 300)].concat();
    let publication = Municipality::new(SHARES).persons(&rows).publication();
    for hidden in [
        "alone@a@2020",
        "alone@a@2020~rest",
        "verdict/alone@a@2020~rest",
        "verdict/alone@a@2020~municipality",
    ] {
        assert_eq!(told(&publication, hidden), "hidden", "{hidden}");
    }
    assert_eq!(told(&publication, "change/alone@a@2025"), "hidden");
    assert_eq!(told(&publication, "alone@a@2025"), "25.0");
    assert_ne!(told(&publication, "alone@a@2020~municipality"), "hidden");
}

#[test]
fn nobody_and_everybody_are_shown_but_all_save_four_are_hidden() {
    let mut rows = persons(2025, 0);
    rows[1] = (2025, "b", 900, 900);
    rows[2] = (2025, "c", 1500, 1496);
    let publication = Municipality::new(SHARES).persons(&rows).publication();
    assert_eq!(told(&publication, "alone@a@2025"), "0.0");
    assert_eq!(told(&publication, "alone@b@2025"), "100");
    assert_eq!(told(&publication, "alone@c@2025"), "hidden");
}

#[test]
fn small_places_have_counts_only_and_other_villages_are_those_that_are_shown() {
    let publication = Municipality::new(SHARES).persons(&persons(2025, 300)).publication();
    assert_eq!(told(&publication, "residents@z@2025"), "80");
    assert_eq!(told(&publication, "alone@z@2025"), "missing: TooSmall");
    assert_eq!(told(&publication, "alone@z@2025~rest"), "missing: NoData");
    // w has 3 of 500 and is hidden, z is too small: nobody is left to compare v with.
    assert_eq!(told(&publication, "alone@w@2025"), "hidden");
    assert_eq!(told(&publication, "alone@v@2025~rest-of-layer"), "missing: NoData");
    assert_eq!(told(&publication, "alone@w@2025~rest-of-layer"), "hidden");
}

/// Groups of ten years from 300 residents, of twenty below, none below 100: once, and for the areas of a report.
#[test]
fn parts_of_a_figure_are_told_for_the_latest_period_of_places_of_their_size_with_a_report() {
    let parts = "
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  broad:  { title: Bred, theme: all, method: { share: { part: alone, of: residents } }, unit: percent, higher-is: neutral, part-of: { figure: ages, places: small } }
  narrow: { title: Smal, theme: all, method: { share: { part: alone, of: residents } }, unit: percent, higher-is: neutral, part-of: { figure: ages, places: large } }
  both:   { title: Begge, theme: all, method: { share: { part: alone, of: residents } }, unit: percent, higher-is: neutral, part-of: { figure: ages } }
reports:
  status: { title: Status, template: area-status.typ, one-per: [villages], indicators: [residents] }
";
    let of = |year| {
        [
            ("a", 1200, 240),
            ("v", 500, 100),
            ("w", 150, 30),
            ("z", 80, 16),
            ("d1", 3000, 200),
            ("d2", 2000, 100),
        ]
        .map(|(area, all, alone)| (year, area, all, alone))
    };
    let publication = Municipality::new(parts).persons(&[of(2024), of(2025)].concat()).publication();
    let small = "missing: TooSmall";
    for (indicator, [large, village, hamlet, estate]) in [
        ("narrow", ["20", small, small, small]),
        ("broad", [small, "20", small, small]),
        ("both", ["20", "20", small, small]),
    ] {
        let of = |area: &str| told(&publication, &format!("{indicator}@{area}@2025"));
        assert_eq!([of("v"), of("w"), of("z"), of("a")], [large, village, hamlet, estate], "{indicator}");
        assert_eq!(told(&publication, &format!("{indicator}@v@2024")), "missing: NoData");
    }
}

/// A source of areas' figures has its residents added up, not row by row.
#[test]
fn the_number_of_residents_is_told_of_every_place_however_it_is_counted() {
    let rules = "
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: whole } }, unit: persons, higher-is: neutral }
  part:      { title: Del, theme: all, method: { count: { of: part } }, unit: persons, higher-is: neutral }
";
    let figures = [(2023, "a", "x", "20", "60"), (2024, "a", "x", "21", "61"), (2024, "b", "x", "40", "150")];
    let publication = Municipality::new(rules).statistics(&figures).publication();
    assert_eq!(told(&publication, "residents@a@2023"), "60");
    assert_eq!(told(&publication, "residents@a@2024"), "61");
    assert_eq!(told(&publication, "residents@b@2024"), "150");
    assert_eq!(told(&publication, "part@a@2024"), "missing: TooSmall");
}

/// The figures of one year; the municipality is the row 9999.
fn figures(year: i32, a: (&'static str, &'static str)) -> Vec<Figure<'static>> {
    vec![
        (year, "a", "x", a.0, a.1),
        (year, "b", "x", "..", "50"),
        (year, "c", "x", "100", "1000"),
        (year, "9999", "x", "1500", "9000"),
    ]
}

#[test]
fn what_the_supplier_hid_is_not_rebuilt_from_totals() {
    let publication = Municipality::new(SHARES)
        .persons(&persons(2024, 300))
        .statistics(&figures(2024, ("180", "300")))
        .publication();
    for hidden in ["share@b@2024", "share@b@2024~rest", "verdict/share@b@2024~rest"] {
        assert_eq!(told(&publication, hidden), "hidden");
    }
    let mut districts = vec![(2024, "d1", "x", "500", "4000"), (2024, "d2", "x", "..", "5000")];
    let publication = Municipality::new(SHARES).statistics(&districts).publication();
    assert_eq!(told(&publication, "share@municipality@2024"), "hidden");
    districts[1].3 = "1000";
    let publication = Municipality::new(SHARES).statistics(&districts).publication();
    assert_eq!(told(&publication, "share@municipality@2024"), "16.7");
}

#[test]
fn sixty_of_a_hundred_is_not_over_sixty_and_one_more_is() {
    let law = format!("{SHARES}{LAW}");
    for (part, met) in [("180", "false"), ("180.001", "true"), ("181", "true")] {
        let publication = Municipality::new(&law)
            .persons(&persons(2025, 30))
            .statistics(&figures(2024, (part, "300")))
            .publication();
        assert_eq!(told(&publication, "law/share/met@a@2025"), met, "{part} of 300");
        assert_eq!(told(&publication, "law/share@a@2025"), if part == "181" { "60.3" } else { "60.0" });
        assert_eq!(told(&publication, "law/alone/met@a@2025"), "false");
    }
}

#[test]
fn a_hidden_criterion_hides_its_distance_the_count_and_our_own_status() {
    let law = format!("{SHARES}{LAW}");
    let publication = Municipality::new(&law)
        .persons(&persons(2025, 300))
        .statistics(&figures(2024, ("297", "300")))
        .publication();
    for hidden in
        ["law/share@a@2025", "law/share/met@a@2025", "law/share/distance@a@2025", "law/hard/count@a@2025"]
    {
        assert_eq!(told(&publication, hidden), "hidden", "{hidden}");
    }
    assert_eq!(told(&publication, "law@a@2025"), "hidden");
    assert_eq!(told(&publication, "law/own@a@2025"), "hidden");
    assert_eq!(told(&publication, "law/share/limit@a@2025"), "60");
}

/// Three lists with data, and the official ones of `lists`.
fn three_years(
    lists: &[(&str, &str, &str, &str)],
) -> (kvarter::compute::Publication, Vec<kvarter::diagnostics::Diagnostic>) {
    let years = [2023, 2024, 2025];
    let persons: Vec<_> = years.iter().flat_map(|year| persons(*year, 30)).collect();
    let figures: Vec<_> = years.iter().flat_map(|year| figures(year - 1, ("200", "300"))).collect();
    let municipality = Municipality::new(&format!("{SHARES}{LAW}")).persons(&persons).statistics(&figures);
    if lists.is_empty() { municipality.compute() } else { municipality.lists(lists).compute() }
}

#[test]
fn a_status_in_a_row_counts_this_year_and_those_before() {
    let (publication, _) = three_years(&[]);
    assert_eq!(told(&publication, "law@a@2023"), "CannotTell, own");
    assert_eq!(told(&publication, "law@a@2024"), "CannotTell, own");
    assert_eq!(told(&publication, "law@a@2025"), "harder, own");
    assert_eq!(told(&publication, "law/soft/met@a@2025"), "true");
    assert_eq!(told(&publication, "law/hard/count@a@2025"), "1");
    assert_eq!(told(&publication, "law/hard/of@a@2025"), "2");
    assert_eq!(told(&publication, "law@b@2025"), "TooFewResidents, own");
}

#[test]
fn lists_before_the_law_count_in_a_row_but_are_not_called_by_its_names() {
    let lists = [("2016-12-01", "a", "listed", "70.0"), ("2017-12-01", "a", "listed", "70.0")];
    let persons: Vec<_> = persons(2018, 30);
    let publication = Municipality::new(&format!("{SHARES}{LAW}"))
        .persons(&persons)
        .statistics(&figures(2017, ("200", "300")))
        .lists(&lists)
        .publication();
    assert_eq!(told(&publication, "law@a@2017"), "listed, official");
    assert_eq!(told(&publication, "law@a@2018"), "harder, own");
    assert_eq!(told(&publication, "law@c@2017"), "NotListed, official");
}

#[test]
fn the_official_status_and_value_win_and_what_differs_is_said_without_numbers() {
    let (publication, notices) =
        three_years(&[("2025-12-01", "a", "soft", "58.0"), ("2025-12-01", "c", "soft", "10.00")]);
    assert_eq!(told(&publication, "law@a@2025"), "soft, official");
    assert_eq!(told(&publication, "law/own@a@2025"), "harder, own");
    assert_eq!(told(&publication, "law/share@a@2025"), "58.0");
    assert_eq!(told(&publication, "law/share/own@a@2025"), "66.7");
    assert_eq!(told(&publication, "law/share/distance@a@2025"), "-2.0");
    assert_eq!(told(&publication, "law/share/met@a@2025"), "false");
    assert_eq!(told(&publication, "law@b@2025"), "TooFewResidents, official");
    let text: Vec<String> = notices.iter().map(ToString::to_string).collect();
    assert!(text.iter().any(|notice| notice.contains("`law` of `a`")), "{text:#?}");
    assert!(text.iter().any(|notice| notice.contains("`law/share` of `a`")), "{text:#?}");
    let without_year = text.join("").replace("2025", "");
    assert!(!without_year.contains(|c: char| c.is_ascii_digit()), "{text:#?}");
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let rows: Vec<_> = [persons(2020, 250), persons(2025, 300)].concat();
    let turned: Vec<_> = rows.iter().rev().copied().collect();
    let figures = [figures(2019, ("171.25", "410")), figures(2024, ("166.375", "406"))].concat();
    let back: Vec<_> = figures.iter().rev().copied().collect();
    let law = format!("{SHARES}{LAW}");
    let one = Municipality::new(&law).persons(&rows).statistics(&figures).publication();
    let other = Municipality::new(&law).persons(&turned).statistics(&back).publication();
    assert!(one.facts().eq(other.facts()));
}

#[test]
fn a_difference_needs_an_interval_that_excludes_the_comparator_and_a_size_that_matters() {
    let mut rows = persons(2025, 300);
    rows[2] = (2025, "c", 1500, 110);
    let marks = [("share", "country", 2024, "17.5", "", "")];
    let publication = Municipality::new(SHARES)
        .persons(&rows)
        .statistics(&figures(2024, ("180", "300")))
        .benchmarks(&marks)
        .publication();
    assert_eq!(told(&publication, "verdict/alone@a@2025~rest"), "Higher");
    assert_eq!(told(&publication, "verdict/alone@c@2025~rest"), "CannotTell");
    assert_eq!(told(&publication, "share@c@2024~country"), "17.5");
    assert_eq!(told(&publication, "verdict/share@c@2024~country"), "Lower");
    assert_eq!(told(&publication, "share@c@2024~rest"), "17.5");
}

#[test]
fn a_count_of_one_to_four_is_never_published() {
    let publication = Municipality::new(SHARES).persons(&persons(2025, 300)).publication();
    for (id, state) in publication.facts() {
        if let State::Shown(Fact::Count(count)) = state {
            assert!(!(1..5).contains(count), "{id}");
        }
        if let State::Shown(Fact::Value(value)) = state
            && let (Some(part), Some(whole)) = (value.part, value.whole)
        {
            let few = |number: f64| number > 0.0 && number < 5.0;
            assert!(!few(part.to_f64()) && !few(whole.to_f64() - part.to_f64()), "{id}");
        }
    }
    assert_eq!(told(&publication, "residents@municipality@2025"), "9582");
}

#[test]
fn an_area_that_we_find_listed_and_the_list_lacks_is_told_of() {
    let (publication, notices) = three_years(&[("2025-12-01", "c", "soft", "10.00")]);
    assert_eq!(told(&publication, "law@a@2025"), "NotListed, official");
    assert!(
        notices.iter().any(|notice| notice.code == "own-differs" && notice.message.contains("`law` of `a`"))
    );
}

#[test]
fn beside_a_limit_known_only_as_published_our_own_outcome_is_told_where_its_decimals_decide_nothing() {
    let law = format!(
        "{SHARES}  times: {{ title: Gange, theme: all, method: {{ relative: {{ indicator: share, to: {{ benchmark: share, place: country }}, as: times }} }}, unit: times, higher-is: worse }}
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: {{ from: 2018-12-01 }}
    applies-to: {{ layer: estates }}
    criteria: {{ times: {{ indicator: times, is: {{ at-least: 3 }}, years-back: 1, published: {{ 2025-12-01: 60.0 }} }} }}
    statuses: {{ hard: {{ when: times }} }}
"
    );
    let met = |part: &'static str, marks: &[crate::small_municipality::Mark]| {
        let publication = Municipality::new(&law)
            .persons(&persons(2025, 30))
            .statistics(&figures(2024, (part, "300")))
            .benchmarks(marks)
            .publication();
        [told(&publication, "law/times/met@a@2025"), told(&publication, "law/times/limit@a@2025")]
    };
    assert_eq!(met("181", &[]), ["true", "60.0"]);
    assert_eq!(met("179", &[]), ["false", "60.0"]);
    assert_eq!(met("180", &[]), ["missing: NoBenchmark", "60.0"]);
    // Exact benchmarks come before the published number.
    assert_eq!(met("180", &[("share", "country", 2024, "", "200", "1000")]), ["true", "60.0"]);
    assert_eq!(met("180", &[("share", "country", 2024, "", "2001", "10000")]), ["false", "60.0"]);
}
