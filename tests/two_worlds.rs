//! Two municipalities that differ only in what is hidden are printed alike, to the last byte: pages, open results, the manifest (but
//! for the hashes of what was read), names of files and warnings.
//!
//! Every pair trades a hidden number for another, one for each way that it could show through. What would show is made sure of by
//! a third and a fourth build in which nothing is protected: there the facts named must differ.

pub mod built;
mod project;

use std::collections::BTreeSet;

use kvarter::Computed;

use built::Built;
use project::{Figure, World};

/// The ids of the facts that are not the same in two worlds.
fn differing(one: &Computed, other: &Computed) -> Vec<String> {
    let facts = |computed: &Computed| -> BTreeSet<(String, String)> {
        computed.publication.facts().map(|(id, state)| (id.to_string(), format!("{state:?}"))).collect()
    };
    let (one, other) = (facts(one), facts(other));
    one.symmetric_difference(&other).map(|(id, _)| id.clone()).collect()
}

/// Both worlds are printed alike, and would not be if nothing were protected: not the facts named, each by the beginning and the
/// end of its id.
fn assert_alike(one: &World, other: &World, would_show: &[(&str, &str)]) {
    let differing = differing(&one.unprotected().computed(), &other.unprotected().computed());
    for (start, end) in would_show {
        let shows = differing.iter().any(|id| id.starts_with(start) && id.ends_with(end));
        assert!(shows, "`{start}…{end}` is the same in both worlds anyway; not the same are {differing:#?}");
    }
    assert_built_alike(&one.built(), &other.built());
}

fn assert_built_alike(one: &Built, other: &Built) {
    let differences = one.differences(other);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The figures of an area in the latest year.
fn now(area: &'static str, key: &'static str, part: &'static str, whole: &'static str) -> Figure {
    (2024, area, key, part, whole)
}

/// Two areas of the same size trade three for two.
fn traded(key: &'static str, whole: &'static str, numbers: [&'static str; 2]) -> [World; 2] {
    let [a, b] = numbers;
    [[a, b], [b, a]].map(|[a, b]| World::new().with(&[now("e01", key, a, whole), now("e02", key, b, whole)]))
}

#[test]
fn an_area_is_not_told_by_its_place_among_others_by_colour_or_by_the_words_about_it() {
    // 4 and 1 of 70 are 5.7 and 1.4 per cent: two classes of the map, either side of other areas, and one of them is surely lower
    // than the rest.
    let [one, other] = traded("x", "70", ["4", "1"]);
    let would_show = [
        ("x@e01@2024", ""),
        ("verdict/x@e01@2024", "~rest"),
        ("verdict/x@e02@2024", "~last-year"),
        ("change/x@e01@2024", ""),
    ];
    assert_alike(&one, &other, &would_show);
}

#[test]
fn an_area_with_all_but_few_is_not_told_either() {
    let [one, other] = traded("x", "300", ["297", "296"]);
    assert_alike(&one, &other, &[("x@e01@2024", ""), ("x@e02@2024", "")]);
}

/// Where everything but `x` is decided: `two` is not met, and `z` is.
fn decided() -> Vec<Figure> {
    let of = |area| {
        [(2023, area, "y", "6", "200"), (2024, area, "y", "6", "200"), (2024, area, "z", "100", "200")]
    };
    [of("e01"), of("e02")].concat()
}

#[test]
fn a_criterion_that_is_hidden_is_not_told_by_status_count_distance_outlook_or_page() {
    // The limit is 98.8: 297 of 300 are over it, 296 are not.
    let [one, other] = traded("x", "300", ["297", "296"]).map(|world| world.with(&decided()).judged());
    let would_show = [
        ("law@e01@2025", ""),
        ("law/own@e01@2025", ""),
        ("law/x/met@e01@2025", ""),
        ("law/hard/count@e01@2025", ""),
        ("law/x/distance@e01@2025", ""),
        ("law/hard/outlook@e01@2025", ""),
        ("law/reasons@e01@2025", ""),
        ("law/hangs-on@e01@2025", ""),
    ];
    assert_alike(&one, &other, &would_show);
}

#[test]
fn where_a_list_is_known_no_warning_tells_that_ours_would_be_another() {
    let lists = [("2025-12-01", "e01", "hard"), ("2025-12-01", "e03", "hard")];
    let [one, other] = traded("x", "300", ["297", "296"]).map(|world| world.with(&decided()).listed(&lists));
    assert_alike(&one, &other, &[("law/own@e01@2025", "")]);
}

#[test]
fn no_warning_tells_how_hidden_years_are_put_together() {
    // The mean of 4 of 40 and 36 of 400 is 9.5 per cent, of both together 9.1: the limit is 9.3. With 2 of 40 it is met neither way.
    let world = |e01: &'static str, e02: &'static str| {
        let years = |area, before| [(2023, area, "y", before, "40"), (2024, area, "y", "36", "400")];
        World::new().with(&[years("e01", e01), years("e02", e02)].concat()).judged()
    };
    let would_show = [("two@e01@2024", ""), ("law/two/met@e01@2025", "")];
    assert_alike(&world("4", "2"), &world("2", "4"), &would_show);
}

#[test]
fn a_hidden_year_is_not_told_by_a_trend_a_change_a_mean_or_the_axis_of_a_chart() {
    // All but 4 of 40, and 4 of 40.
    let world = |a: &'static str, b: &'static str| {
        World::new().with(&[(2021, "e01", "x", a, "40"), (2021, "e02", "x", b, "40")])
    };
    let would_show = [("x@e01@2021", ""), ("trend/x@e01@2024", ""), ("two-x@e01@2022", "")];
    assert_alike(&world("36", "4"), &world("4", "36"), &would_show);
}

#[test]
fn neither_twins_nor_the_rest_of_the_layer_nor_spread_nor_classes_count_what_is_hidden() {
    let world = |a: &'static str, b: &'static str| {
        let of = |area, x, z, whole| [now(area, "x", x, "40"), now(area, "z", z, whole)];
        World::new().with(&[of("e01", a, a, "60"), of("e02", b, a, "90")].concat())
    };
    let would_show = [
        ("twins@", "@2024"),
        ("x@", "@2024~twins"),
        ("x@e05@2024", "~rest-of-layer"),
        ("overdispersion/x/estates@municipality@2024", ""),
        ("classes@e05@2024", ""),
        ("z@e05@2024", "~rest-of-layer"),
    ];
    assert_alike(&world("4", "1"), &world("1", "3"), &would_show);
}

#[test]
fn segregation_is_not_told_of_areas_of_which_one_is_hidden() {
    let world = |a: &'static str, b: &'static str| {
        World::new().with(&[now("e01", "z", a, "40"), now("e02", "z", b, "400")])
    };
    assert_alike(&world("3", "2"), &world("2", "3"), &[("isolation@municipality@2024", "")]);
}

#[test]
fn decimals_do_not_tell_the_size_of_a_hidden_base() {
    // Of fewer than a thousand a share has no decimal. Another figure is of more people in both worlds.
    let world = |a: &'static str, b: &'static str| {
        let of = |area, whole| [now(area, "x", "3", whole), now(area, "z", "300", "3000")];
        World::new().with(&[of("e01", a), of("e02", b)].concat())
    };
    assert_alike(&world("999", "1001"), &world("1001", "999"), &[("x@e01@2023", "")]);
}

#[test]
fn nobody_knows_whether_the_supplier_or_a_rule_hid_a_number_nor_which_rule() {
    let world = |part: &'static str, whole: &'static str| World::new().with(&[now("e01", "x", part, whole)]);
    let few = world("3", "29").built();
    for (part, whole) in [("..", "29"), ("29", "29"), ("26", "29"), ("..", ".."), ("2", "4")] {
        assert_built_alike(&few, &world(part, whole).built());
    }
    assert!(!few.differences(&world("9", "29").built()).is_empty(), "nothing is ever shown");
}

#[test]
fn how_many_persons_have_no_place_is_told() {
    let few = World::new().persons(2, 13).built();
    assert!(!few.differences(&World::new().persons(3, 12).built()).is_empty(), "it is no trait of theirs");
}
