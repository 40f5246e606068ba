//! What an area's status hangs on, and how many criteria lie between it and another: worked examples, and the demonstration.

use std::{fs, path::PathBuf};

use crate::{
    next_list::{MOVES, law, residents, two_years},
    small_municipality::{Figure, Municipality, id, told},
    support::new_folder,
};
use kvarter::{
    BuildOptions,
    compute::{Fact, Publication, State},
};

/// What the status of `a` hangs on.
fn hangs_on(publication: &Publication) -> String {
    hinges(publication, "law/hangs-on@a@2025")
}

fn hinges(publication: &Publication, text: &str) -> String {
    match publication.get(&id(text)) {
        State::Shown(Fact::HangsOn(hinges)) => format!("{hinges:?}"),
        _ => told(publication, text),
    }
}

/// A rule set of `one`, `other` and `alone`, two of which make the status.
fn two_of_three() -> String {
    let criteria = [
        &format!("one: {{ indicator: one, is: {{ over: 40 }}, years-back: 1, {MOVES} }}"),
        "other: { indicator: other, is: { over: 60 }, years-back: 1 }",
        "alone: { indicator: alone, is: { at-least: 1 } }",
    ];
    law(&criteria, 2, "one, other, alone")
}

/// So many residents of `a`, 30 of them alone, with these figures.
fn test_of_two(figures: &[Figure], number: usize) -> Municipality {
    Municipality::new(&two_of_three()).persons(&residents(number)).statistics(figures)
}

/// Figures of both keys; `other` has 100 of 300 in 2023.
fn both(one: [(&'static str, &'static str); 2], other: (&'static str, &'static str)) -> Vec<Figure<'static>> {
    let year = |year, (part, whole)| [(year, "a", "y", part, whole), (year, "9999", "y", "1500", "9000")];
    [two_years(one[0], one[1]), year(2023, ("100", "300")).to_vec(), year(2024, other).to_vec()].concat()
}

#[test]
fn a_status_hangs_on_few_persons_only_where_the_whole_test_turns_on_them() {
    // 168 of 410 is four over 40 per cent; `alone` is met, `other` is not.
    let publication = test_of_two(&both([("168", "410"); 2], ("100", "300")), 1200).publication();
    assert_eq!(told(&publication, "law@a@2025"), "hard, own");
    assert_eq!(hangs_on(&publication), "[FewPersons(`one`)]");
    // With a third criterion met nothing turns on it; with many more persons neither.
    for (one, other) in [(("168", "410"), ("200", "300")), (("190", "410"), ("100", "300"))] {
        let publication = test_of_two(&both([one; 2], other), 1200).publication();
        assert_eq!(hangs_on(&publication), "[]", "{one:?} {other:?}");
    }
}

#[test]
fn a_status_hangs_on_decimals_on_the_year_before_and_on_residents_near_the_limit() {
    // 60.03 per cent prints as 60.0; the year before it was 33.3.
    let publication = test_of_two(&both([("100", "410"); 2], ("1801", "3000")), 1200).publication();
    assert_eq!(told(&publication, "law/other/distance@a@2025"), "0.0");
    assert_eq!(hangs_on(&publication), "[Decimals(`other`), EarlierVintage(`other`)]");
    for (number, expected) in [(1050, "[Residents]"), (1051, "[]"), (950, "[Residents]"), (949, "[]")] {
        let publication = test_of_two(&both([("190", "410"); 2], ("100", "300")), number).publication();
        assert_eq!(hangs_on(&publication), expected, "{number}");
    }
    // Without enough criteria the number of residents decides nothing.
    let publication = test_of_two(&both([("100", "410"); 2], ("100", "300")), 1006).publication();
    assert_eq!(hangs_on(&publication), "[]");
}

#[test]
fn a_status_hangs_on_how_years_are_put_together() {
    // 50 of 100 and 280 of 900: the mean of the shares is 40.6, together they are 33.0 per cent.
    let criterion = "two: { indicator: two, is: { over: 40 }, years-back: 1 }";
    let publication = Municipality::new(&law(&[criterion], 1, "two"))
        .persons(&residents(1200))
        .statistics(&two_years(("50", "100"), ("280", "900")))
        .publication();
    assert_eq!(hangs_on(&publication), "[Pooling(`two`)]");
}

#[test]
fn what_a_status_hangs_on_is_hidden_with_any_value_that_it_is_told_from() {
    let publication = test_of_two(&both([("168", "410"); 2], ("297", "300")), 1200).publication();
    assert_eq!(told(&publication, "law/other@a@2025"), "hidden");
    assert_eq!(hangs_on(&publication), "hidden");
    assert_eq!(told(&publication, "law/hard/criteria-between@a@2025"), "hidden");
}

#[test]
fn another_boundary_is_tried_on_the_status_and_nothing_else_is_told_of_it() {
    let figures = both([("190", "410"); 2], ("100", "300"));
    let law = two_of_three();
    let trial = |part: &'static str, residents_there: usize, alone: usize| {
        let earlier = [(2024, "a-1", "x", part, "400"), (2024, "a-1", "y", "90", "290")];
        let persons = [residents(1200), vec![(2025, "a-1", residents_there, alone)]].concat();
        let figures = [figures.clone(), earlier.to_vec()].concat();
        Municipality::new(&law).version("a-1", "a").persons(&persons).statistics(&figures).publication()
    };
    assert_eq!(hangs_on(&trial("180", 1100, 30)), "[]");
    assert_eq!(hangs_on(&trial("150", 1100, 30)), "[Boundary]");
    assert_eq!(hangs_on(&trial("180", 900, 30)), "[Boundary]");
    // Too few of anything there, and nothing is said; hidden by the supplier, and it cannot be tried.
    assert_eq!(hangs_on(&trial("150", 1100, 3)), "hidden");
    assert_eq!(hangs_on(&trial("..", 1100, 30)), "[]");
    let publication = trial("150", 1100, 30);
    let of_version = |text: &str| text.contains("a-1") || text.contains("earlier");
    assert!(publication.facts().all(|(id, _)| !of_version(&id.to_string())));
}

#[test]
fn in_the_demonstration_statuses_hang_on_what_the_story_plants() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let catalogue = new_folder("next-list").join("indicators.yaml");
    let text = [include_str!("next_list/indicators.yaml"), include_str!("../indicators/law.yaml")].concat();
    fs::write(&catalogue, text).expect("writable");
    let options = BuildOptions { catalogue, data: root, ..BuildOptions::default() };
    let (computed, _) = kvarter::compute(&options, &|_| ()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let publication = computed.publication;
    let of = |area: &str| hinges(&publication, &format!("abl-61a/hangs-on@{area}@2025"));
    // Education at 60 per cent exactly, beside convictions: one person more, and it is udsat.
    assert_eq!(of("humlebjerg"), "[FewPersons(`education`), Decimals(`education`)]");
    // 1,006 residents.
    assert_eq!(of("birkelunden"), "[Residents]");
    // Over 40 per cent without attachment by little, but that alone is one criterion of four; none of two is near its limit.
    assert_eq!(of("gronnevang"), "[]");
    assert_eq!(of("tranehaven"), "[]");
    let met = |area: &str, what: &str| told(&publication, &format!("abl-61a/{what}@{area}@2025"));
    assert_eq!(met("humlebjerg", "udsat/criteria-between"), "1");
    assert_eq!(met("tranehaven", "udsat/criteria-between"), "1");
    assert_eq!(met("gronnevang", "udsat/criteria-between"), "1");
}

#[test]
fn so_many_criteria_lie_between_an_area_and_another_status() {
    for (other, between) in [("100", "1"), ("200", "2")] {
        let publication = test_of_two(&both([("171", "410"); 2], (other, "300")), 1200).publication();
        assert_eq!(told(&publication, "law/hard/criteria-between@a@2025"), between);
    }
    let publication = test_of_two(&both([("100", "410"); 2], ("100", "300")), 1200).publication();
    assert_eq!(told(&publication, "law@a@2025"), "NotListed, own");
    assert_eq!(told(&publication, "law/hard/criteria-between@a@2025"), "1");
}
