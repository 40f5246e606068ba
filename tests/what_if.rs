//! What lettings can do to a criterion, from tables to what is published. The expected shares are worked by hand: 336 of 800
//! adults in 400 dwellings are without attachment, and 80 dwellings are let anew. A letting moves two adults, 0.84 of them
//! without; 20 lettings to people none of whom are without make 336 - 16.8 = 319.2 of 800, which is 39.9 per cent.

use kvarter::compute::{Fact, Missing, Publication, State};

use crate::small_municipality::{Figure, Municipality, id, told};

const LAW: &str = "
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  share:     { title: Andel, theme: all, method: { share: { part: part, of: whole } }, unit: percent, decimals: 1, higher-is: worse }
  vacated:   { title: Fraflytning, theme: all, method: { share: { part: other-part, of: other-whole } }, unit: percent, decimals: 1, higher-is: neutral }
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: { from: 2018-12-01 }
    applies-to: { layer: estates }
    criteria: { share: { indicator: share, is: { over: 40 }, years-back: 1 } }
    statuses: { hard: { when: share } }
tools:
  letting:
    title: Udlejning
    law: § 60
    obliges: may
    who: both
    says: Det kan aftales.
    FROM
    what-if: { family: law, criterion: share, lettings: other-part, dwellings: other-whole }
    source: https://example.org
";

fn publication(from: &str, figures: &[Figure]) -> Publication {
    let persons = [(2025, "a", 1200, 0), (2025, "b", 250, 0), (2025, "-", 5000, 0)];
    let municipality = Municipality::new(&LAW.replace("FROM", from)).persons(&persons);
    municipality.statistics(figures).publication()
}

/// The figures of 2024: without attachment and all, let anew and all dwellings.
fn figures(
    [part, whole]: [&'static str; 2],
    [lettings, dwellings]: [&'static str; 2],
) -> Vec<Figure<'static>> {
    vec![
        (2024, "a", "x", part, whole),
        (2024, "b", "x", "60", "150"),
        (2024, "9999", "x", "2000", "20000"),
        (2024, "a", "y", lettings, dwellings),
        (2024, "b", "y", "20", "100"),
        (2024, "9999", "y", "1000", "10000"),
    ]
}

#[test]
fn the_table_of_an_estate_is_as_worked_by_hand() {
    let publication = publication("from: 2020-01-01", &figures(["336", "800"], ["80", "400"]));
    let State::Shown(Fact::WhatIf(table)) = publication.get(&id("law/what-if/letting@a@2025")) else {
        panic!("{:?}", publication.get(&id("law/what-if/letting@a@2025")));
    };
    let rows: Vec<String> = table
        .rows
        .iter()
        .map(|row| format!("{}: {}", row.number, row.shares.map(|share| share.to_string()).join(" ")))
        .collect();
    assert_eq!(rows, ["20: 42.0 41.0 39.9", "40: 42.0 39.9 37.8", "80: 42.0 37.8 33.6"]);
    assert_eq!((table.share.to_string(), table.per_dwelling.to_string()), ("42.0".into(), "2.0".into()));
    assert_eq!(table.years, Some([None, Some(1), Some(1)]));
}

#[test]
fn it_is_hidden_with_the_criterion_and_with_the_lettings() {
    for (share, lettings) in [
        (["4", "800"], ["80", "400"]),
        (["797", "800"], ["80", "400"]),
        (["..", "800"], ["80", "400"]),
        (["336", "800"], ["4", "400"]),
        (["336", "800"], ["..", "400"]),
        // The lettings themselves may be shown, but not that only three dwellings were not let.
        (["336", "800"], ["397", "400"]),
    ] {
        let publication = publication("from: 2020-01-01", &figures(share, lettings));
        let found = told(&publication, "law/what-if/letting@a@2025");
        assert_eq!(found, "hidden", "{share:?} {lettings:?}");
    }
}

#[test]
fn there_is_none_for_small_places_and_none_before_the_rule_is_in_force() {
    let figures = figures(["336", "800"], ["80", "400"]);
    let all = publication("from: 2020-01-01", &figures);
    assert_eq!(told(&all, "law/what-if/letting@b@2025"), format!("missing: {:?}", Missing::NoData));
    let later = publication("from: 2025-12-02", &figures);
    assert_eq!(told(&later, "law/what-if/letting@a@2025"), format!("missing: {:?}", Missing::NoData));
}
