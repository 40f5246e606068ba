//! What figures tell, over a small municipality and on worked examples: the numbers are read off each method's formula.

use std::collections::{BTreeMap, HashSet};

use super::{
    Data, count, disclose,
    disclose::told::{Counted, Told, Zone},
    indicators, methods,
    publication::State,
    random_tables::{places, rows, table},
    raw::{Raw, Scope},
    small_places::Sizes,
    whole,
};
use crate::{
    catalogue::{Catalogue, load_str},
    ids::{Period, SourceId, ValueId},
    sources::{Account, Tables},
};

const CATALOGUE: &str = "
catalogue: { title: Test, publisher: Test, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  blocks:    { title: Karréer, file: areas.gpkg, layer: blocks, id: id }
  districts: { title: Bydele, file: areas.gpkg, layer: districts, id: id, covers: all }
sources:
  rows: { title: Rækker, file: rows.csv, period: { year: year } }
populations:
  all:     { from: rows }
  young:   { within: all, where: age < 30 }
  young-a: { within: young, where: kind = 'a' }
  kind-a:  { within: all, where: kind = 'a' }
  kind-b:  { within: all, where: kind = 'b' }
  amounts: { within: kind-a, value: amount }
families:
  law: { title: Lov, statuses: { hard: { name: Hård, symbol: full } } }
rule-sets:
  law-2018:
    law: Lov
    family: law
    lists: { from: 2018-12-01 }
    applies-to: { layer: blocks }
    criteria:
      young: { indicator: young, is: { over: 30 }, years-back: 1 }
    statuses:
      hard: { when: { at-least: { count: 1, of: [young] } } }
themes: { all: Alt }
indicators:
  people:   { title: A, theme: all, method: { count: { of: all } }, unit: persons, higher-is: neutral, compare-with: [rest] }
  young:    { title: B, theme: all, method: { share: { part: young-a, of: young, years: { mean-of: 2 } } }, unit: percent, higher-is: worse, compare-with: [rest, rest-of-layer, municipality, last-year] }
  plain:    { title: C, theme: all, method: { share: { part: young, of: all } }, unit: percent, higher-is: worse, compare-with: [rest] }
  relative: { title: D, theme: all, method: { relative: { indicator: plain, to: { area: blocks-1 }, as: percent } }, unit: index, higher-is: neutral }
  moves:    { title: E, theme: all, method: { turnover: { moved-in: kind-a, moved-out: kind-b, of: all, as: net } }, unit: percent, higher-is: neutral }
  apart:    { title: F, theme: all, method: { segregation: { group: young, of: all, over: districts, as: dissimilarity } }, unit: score, higher-is: neutral }
  middle:   { title: G, theme: all, method: { median: { of: amounts } }, unit: kroner, higher-is: neutral }
  mean:     { title: H, theme: all, method: { mean: { of: amounts } }, unit: kroner, higher-is: neutral }
  growth:   { title: I, theme: all, method: { growth: { of: all, over: 3 } }, unit: percent, higher-is: neutral }
  change:   { title: J, theme: all, method: { difference: { indicator: young, over: 3 } }, unit: points, higher-is: neutral }
";

/// A municipality of random rows: four blocks over two districts, seven years.
fn municipality() -> (Catalogue, Raw) {
    let catalogue = load_str("test.yaml", CATALOGUE).unwrap_or_else(|errors| panic!("{errors:#?}")).0;
    let tables = Tables { tables: BTreeMap::from([(SourceId::from("rows"), table(&rows(3, false), false))]) };
    let raw = count::count((&catalogue, &catalogue), &tables, &places())
        .unwrap_or_else(|errors| panic!("{errors:#?}"));
    (catalogue, raw)
}

/// What an indicator tells of a zone in 2021, as text: `population@zone@year`, with the sign of each area.
fn tells(indicator: &str, zone: Zone, years: u8) -> Vec<String> {
    let (catalogue, raw) = municipality();
    let data = Data { catalogue: &catalogue, raw: &raw };
    let method = &catalogue.indicator(&indicator.into()).expect("declared").method;
    let summed = methods::summed(&catalogue, method);
    let all = methods::tells(data, (method, &summed), &zone, Period::Year(2021), years);
    all.iter().map(|told| written(data, told)).collect()
}

fn written(data: Data, told: &Told) -> String {
    let of = match &told.of {
        Counted::Sum(population) => population.to_string(),
        Counted::Rows(population) => format!("rows of {population}"),
        Counted::Every(source) => format!("all of {source}"),
    };
    let municipality = data.raw.index.areas.len() as u32;
    let place = |(area, times): &(u32, i8)| {
        let name = if *area == municipality { "municipality" } else { data.area(*area as usize).as_str() };
        format!("{}{name}", if *times < 0 { "-" } else { "" })
    };
    let zone: Vec<String> = told.zone.places(municipality).iter().map(place).collect();
    format!("{of}@{}@{}", zone.join("+"), told.period)
}

fn block(number: usize) -> Zone {
    Scope::Area(number).into()
}

#[test]
fn a_share_over_two_years_tells_part_and_whole_of_each() {
    let expected =
        ["young@blocks-0@2020", "young@blocks-0@2021", "young-a@blocks-0@2020", "young-a@blocks-0@2021"];
    assert_eq!(tells("young", block(0), 1), expected);
    assert_eq!(tells("young", Zone::Rest(0), 1)[0], "young@-blocks-0+municipality@2020");
}

#[test]
fn a_mean_of_three_years_of_its_own_tells_each_of_them() {
    let found = tells("plain", block(2), 3);
    let years = ["2019", "2020", "2021"];
    let expected = ["all", "young"].iter().flat_map(|of| years.map(|year| format!("{of}@blocks-2@{year}")));
    assert_eq!(found, expected.collect::<Vec<_>>());
}

#[test]
fn what_is_relative_to_an_area_tells_the_value_behind_it_in_both() {
    let expected = ["all@blocks-0@2021", "all@blocks-1@2021", "young@blocks-0@2021", "young@blocks-1@2021"];
    assert_eq!(tells("relative", block(0), 1), expected);
}

#[test]
fn turnover_tells_those_who_move_and_the_population_at_start_and_end() {
    let expected = ["all@blocks-0@2021", "all@blocks-0@2022", "kind-a@blocks-0@2021", "kind-b@blocks-0@2021"];
    assert_eq!(tells("moves", block(0), 1), expected);
}

#[test]
fn segregation_tells_part_and_whole_of_every_area_of_its_layer() {
    let expected =
        ["all@districts-0@2021", "all@districts-1@2021", "young@districts-0@2021", "young@districts-1@2021"];
    assert_eq!(tells("apart", Zone::Municipality, 1), expected);
}

#[test]
fn a_median_tells_how_many_it_is_of_and_a_mean_their_sum_too() {
    assert_eq!(tells("middle", block(1), 1), ["rows of amounts@blocks-1@2021"]);
    assert_eq!(tells("mean", block(1), 1), ["amounts@blocks-1@2021", "rows of amounts@blocks-1@2021"]);
}

#[test]
fn a_change_tells_both_times() {
    assert_eq!(tells("growth", block(1), 1), ["all@blocks-1@2018", "all@blocks-1@2021"]);
    let years: Vec<String> = tells("change", block(1), 1);
    let expected = ["2017", "2018", "2020", "2021"];
    let found =
        ["young", "young-a"].iter().flat_map(|of| expected.map(|year| format!("{of}@blocks-1@{year}")));
    assert_eq!(years, found.collect::<Vec<_>>());
}

#[test]
fn every_shown_figure_that_exposes_numbers_tells_some() {
    let (catalogue, raw) = municipality();
    let data = Data { catalogue: &catalogue, raw: &raw };
    let sizes = Sizes::new(data);
    let all = indicators::all(data, &sizes);
    let (offers, _) = whole::offers(data, &sizes, &Account::default(), &all);
    let exposing: Vec<(ValueId, bool)> = offers
        .iter()
        .filter(|offer| !offer.exposes.is_empty())
        .map(|offer| (offer.id.clone(), !offer.tells.is_empty()))
        .collect();
    let gated = disclose::gate::publish(&offers, &HashSet::new(), |_| true);
    let shown = |id: &ValueId| matches!(gated.facts.get(id), Some(State::Shown(_)));
    let kinds =
        ["people@", "young@", "moves@", "apart@", "mean@", "change@", "law/young@", "used/", "trend/"];
    for kind in kinds {
        let some = exposing.iter().any(|(id, _)| id.to_string().starts_with(kind) && shown(id));
        assert!(some, "no {kind} is shown");
    }
    for (id, tells) in exposing.iter().filter(|(id, _)| shown(id)) {
        assert!(tells, "{id} tells nothing");
    }
}
