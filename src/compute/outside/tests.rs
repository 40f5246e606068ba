//! Two estates with persons of our own, a public table of them, and a list: what is known is counted by hand.

use polars::prelude::{Column, DataFrame};

use super::*;
use crate::{
    catalogue::{Catalogue, load_str},
    compute::{count::count, raw::Raw},
    editions::{Edition, Number},
    ids::SourceId,
    sources::{Area, MUNICIPALITY, PERIOD, Places, Table, Tables, area_column},
};

const CATALOGUE: &str = "
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  estates: { title: Boligområder, file: areas.geojson, id: id }
sources:
  persons: { title: Personer, file: persons.csv, period: { year: year }, located-by: { point: { x: x, y: y, crs: EPSG:25832 } } }
  table:   { title: Folketal, file: table.csv, period: { year: year }, located-by: { area: area_id }, sensitivity: public }
  lists:   { title: Lister, file: lists.csv, official: { family: law }, located-by: { area: area_id }, sensitivity: public }
populations:
  residents:     { from: persons }
  alone:         { within: residents, where: alone }
  bef-residents: { from: table, sum: people }
known-outside:
  statbank: { title: Folketal i Statistikbanken, publishes: bef-residents, counts: residents, rounded-to: 1 }
themes: { all: Alt }
indicators:
  residents: { title: Beboere, theme: all, method: { count: { of: residents } }, unit: persons, higher-is: neutral }
  alone: { title: Alene, theme: all, method: { share: { part: alone, of: residents, years: { mean-of: 2 } } }, unit: percent, higher-is: worse }
families:
  law: { title: Lov, statuses: { listed: { name: På listen, symbol: full } } }
rule-sets:
  law-2020:
    law: § 1
    family: law
    lists: { from: 2020-12-01 }
    applies-to: { layer: estates }
    criteria:
      alone: { indicator: alone, is: { over: 40 }, years-back: 1 }
    statuses: { listed: { when: alone } }
";

/// A table whose rows lie in the areas numbered; years as they are coded, with a second figure of 0 for the month.
fn table(mut columns: Vec<Column>, areas: &[Option<u32>], years: Option<Vec<i32>>, by_key: bool) -> Table {
    let (rows, period) = (areas.len(), years.is_some().then_some(Period::Year(0)));
    columns.push(Column::new(area_column(&"estates".into()).as_str().into(), areas));
    columns.extend(years.map(|years| {
        Column::new(PERIOD.into(), years.into_iter().map(|year| year * 100).collect::<Vec<_>>())
    }));
    if by_key {
        let all: Vec<bool> = areas.iter().map(Option::is_none).collect();
        columns.push(Column::new(MUNICIPALITY.into(), all));
    }
    let frame = DataFrame::new(rows, columns).expect("columns of one length");
    Table { frame, added: BTreeMap::new(), absent: BTreeSet::new(), period, by_area_key: by_key }
}

/// In each of 2022 to 2024 three persons in `a`, one of them alone, and two in `b`. The public table has 2024 and 2030. The list
/// of 2024 has `a`.
fn counted() -> (Catalogue, Raw) {
    let (catalogue, _) = load_str("a.yaml", CATALOGUE).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let (mut years, mut areas, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    for year in 2022..=2024 {
        years.extend([year; 5]);
        areas.extend([Some(0), Some(0), Some(0), Some(1), Some(1)]);
        alone.extend([true, false, false, false, false]);
    }
    let persons = table(vec![Column::new("alone".into(), alone)], &areas, Some(years), false);
    let people = vec![Column::new("people".into(), vec![3.0, 5.0, 9.0])];
    let public = table(people, &[Some(0), None, Some(1)], Some(vec![2024, 2024, 2030]), true);
    let listed =
        ["list_date", "category", "alone", "residents"].into_iter().zip(["2024-12-01", "", "33.3", "3"]);
    let listed = listed.map(|(name, cell)| Column::new(name.into(), vec![cell])).collect();
    let lists = table(listed, &[Some(0)], None, true);
    let named = [("persons", persons), ("table", public), ("lists", lists)];
    let tables = named.into_iter().map(|(id, table)| (SourceId::from(id), table)).collect();
    let area = |id: &str| Area {
        id: id.into(),
        layer: "estates".into(),
        name: id.into(),
        short_name: id.into(),
        geometry: geo_types::MultiPolygon::new(Vec::new()),
    };
    let layers = BTreeMap::from([("estates".into(), vec![area("a"), area("b")])]);
    let places = Places { layers, ..Places::default() };
    let raw = count(&catalogue, &Tables { tables }, &places).unwrap_or_else(|errors| panic!("{errors:#?}"));
    (catalogue, raw)
}

/// What is known, as text: what, where, when, value in thousandths and rounding.
fn said(ledger: &Ledger, from: &dyn Fn(&From) -> bool) -> Vec<String> {
    let (catalogue, raw) = counted();
    let known = known(Data { catalogue: &catalogue, raw: &raw }, ledger);
    let of = |of: &Counted| match of {
        Counted::Sum(id) => format!("sum of {id}"),
        Counted::Rows(id) => format!("rows of {id}"),
        Counted::Every(id) => format!("all of {id}"),
    };
    let areas = &raw.index.areas;
    let zone = |zone: &Zone| match zone {
        Zone::Area(area) => areas[*area as usize].to_string(),
        Zone::Municipality => "all".into(),
        Zone::Rest(area) => format!("all but {}", areas[*area as usize]),
        Zone::Areas(_) | Zone::Without(..) => {
            let places = zone.places(areas.len() as u32).into_iter();
            places.map(|(area, n)| format!("{n:+}{}", areas[area as usize])).collect()
        }
    };
    let known = known.iter().filter(|outside| from(&outside.from));
    known
        .map(|Outside { told, value, rounded_to, .. }| {
            let value = value.map_or("ours".into(), |value| value.to_string());
            format!("{} in {} {}: {value} to {rounded_to}", of(&told.of), zone(&told.zone), told.period)
        })
        .collect()
}

#[test]
fn a_declared_table_tells_our_number_in_the_areas_and_years_that_both_have() {
    let known = said(&Ledger::default(), &|from| matches!(from, From::Declared(id) if id == "statbank"));
    assert_eq!(
        known,
        ["sum of residents in a 2024: 3000 to 1000", "sum of residents in all 2024: 5000 to 1000"]
    );
}

#[test]
fn a_list_tells_the_numbers_of_each_criterion_in_every_year_that_it_takes() {
    // The mean of 2022 and 2023, on the list of 2024; and the residents published with it.
    let known =
        said(&Ledger::default(), &|from| matches!(from, From::List(family) if family.as_str() == "law"));
    assert_eq!(
        known,
        [
            "sum of alone in a 2022: ours to 1",
            "sum of alone in a 2023: ours to 1",
            "sum of residents in a 2022: ours to 1",
            "sum of residents in a 2023: ours to 1",
            "sum of residents in a 2024: 3000 to 1",
        ]
    );
}

#[test]
fn an_edition_tells_each_of_its_numbers_where_it_told_it() {
    let number = |zone: &[(&str, i64)], thousandths| Number {
        of: editions::Counted::Sum("alone".into()),
        zone: zone.iter().map(|(area, times)| (AreaId::from(*area), *times)).collect(),
        period: Period::Year(2023),
        thousandths,
    };
    let numbers = vec![
        number(&[("a", 1)], 1000),
        number(&[("municipality", 1)], 1250),
        number(&[("b", -1), ("municipality", 1)], 1000),
        number(&[("a", 1), ("b", -1)], 1000),
        number(&[("elsewhere", 1)], 7000),
    ];
    let edition = Edition { numbers, ..Edition::default() };
    let ledger = Ledger { editions: BTreeMap::from([("2024-1".to_string(), edition)]) };
    let known = said(&ledger, &|from| matches!(from, From::Edition(name) if name == "2024-1"));
    assert_eq!(
        known,
        [
            "sum of alone in a 2023: 1000 to 1",
            "sum of alone in all 2023: 1250 to 1",
            "sum of alone in all but b 2023: 1000 to 1",
            "sum of alone in +1a-1b 2023: 1000 to 1",
        ]
    );
}
