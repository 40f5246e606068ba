//! Random tables, the same in every run, to hold sums against; a small catalogue to count them with.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{Column, DataFrame};

use crate::{
    catalogue::{Catalogue, load_str},
    ids::{AreaId, Period},
    sources::{Area, HOUSEHOLD, MUNICIPALITY, PERIOD, PERSON, Places, Table, area_column, hidden_column},
};

const CATALOGUE: &str = "
catalogue: { title: Test, publisher: Test, municipality: 9999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
areas:
  blocks:    { title: Karréer, file: areas.gpkg, layer: blocks, id: id }
  districts: { title: Bydele, file: areas.gpkg, layer: districts, id: id, covers: all }
sources:
  rows: { title: Rækker, file: rows.csv, period: { year: year } }
populations:
  all:      { from: rows }
  young:    { within: all, where: age < 30 }
  kind-a:   { within: all, where: kind = 'a' }
  young-a:  { within: young, where: kind = 'a' }
  weighted: { within: young, where: share > 0, weight: share }
  amounts:  { within: kind-a, sum: amount }
  doubled:  { from: rows, value: amount * 2 + 1 }
  nobody:   { from: rows, where: age > 1000 }
themes: { all: Alt }
indicators:
  young:  { title: Unge, theme: all, method: { share: { part: young-a, of: young } }, unit: percent, higher-is: neutral }
  weight: { title: Vægt, theme: all, method: { share: { part: weighted, of: young } }, unit: percent, higher-is: neutral }
  amount: { title: Beløb, theme: all, method: { share: { part: amounts, of: kind-a } }, unit: percent, higher-is: neutral }
";

const YEARS: i32 = 7;
pub(super) const BLOCKS: u32 = 4;
pub(super) const DISTRICTS: u32 = 2;

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u32) -> u32 {
        (self.next() % u64::from(n)) as u32
    }

    /// Nothing, once in `n`.
    fn unless<T>(&mut self, n: u32, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(n) > 0).then(|| value(self))
    }
}

#[derive(Clone)]
pub(super) struct Row {
    pub year: Option<i32>,
    pub block: Option<u32>,
    pub district: Option<u32>,
    pub municipality: bool,
    pub age: Option<i32>,
    pub kind: Option<&'static str>,
    pub share: Option<f64>,
    pub amount: Option<f64>,
    pub hidden: bool,
    pub household: Option<u32>,
    pub person: Option<u32>,
}

/// Random rows; with `by_key` each is the figure of one block, district or the municipality.
pub(super) fn rows(seed: u64, by_key: bool) -> Vec<Row> {
    let dice = &mut Dice(seed);
    let row = |_| {
        let place = dice.below(BLOCKS + DISTRICTS + 2);
        let (block, district) = (dice.below(BLOCKS), dice.below(DISTRICTS));
        let household = dice.below(60);
        let amount = f64::from(dice.below(2_000_000)) / 1000.0 - 300.0;
        Row {
            year: dice.unless(40, |dice| 2018 + dice.below(YEARS as u32) as i32),
            block: if by_key { (place < BLOCKS).then_some(place) } else { dice.unless(4, |_| block) },
            district: if by_key {
                (BLOCKS..BLOCKS + DISTRICTS).contains(&place).then(|| place - BLOCKS)
            } else {
                dice.unless(9, |_| district)
            },
            municipality: place == BLOCKS + DISTRICTS && seed.is_multiple_of(2),
            age: dice.unless(9, |dice| dice.below(60) as i32),
            kind: dice.unless(9, |dice| ["a", "b", "c"][dice.below(3) as usize]),
            share: dice.unless(5, |dice| f64::from(dice.below(9)) / 8.0),
            amount: dice.unless(if by_key { 60 } else { 6 }, |_| amount),
            hidden: by_key && dice.below(60) == 0,
            household: dice.unless(9, |_| household),
            person: dice.unless(9, |dice| dice.below(300)),
        }
    };
    (0..1500).map(row).collect()
}

/// The rows as a table.
pub(super) fn table(rows: &[Row], by_key: bool) -> Table {
    macro_rules! column {
        ($name:expr, $row:ident => $value:expr) => {
            Column::new($name.into(), rows.iter().map(|$row| $value).collect::<Vec<_>>())
        };
    }
    let mut columns = vec![
        column!(PERIOD, row => row.year.map(|year| year * 100)),
        column!(area_column(&"blocks".into()), row => row.block),
        column!(area_column(&"districts".into()), row => row.district),
        column!("age", row => row.age),
        column!("kind", row => row.kind),
        column!("share", row => row.share),
        column!("amount", row => row.amount),
        column!(hidden_column("amount"), row => row.hidden),
    ];
    if by_key {
        columns.push(column!(MUNICIPALITY, row => row.municipality));
    } else {
        columns.push(column!(HOUSEHOLD, row => row.household));
        columns.push(column!(PERSON, row => row.person));
    }
    let frame = DataFrame::new(rows.len(), columns).expect("columns of one length");
    Table {
        frame,
        added: BTreeMap::new(),
        absent: BTreeSet::new(),
        period: Some(Period::Year(0)),
        by_area_key: by_key,
    }
}

/// Blocks and districts.
pub(super) fn places() -> Places {
    let layer = |name: &str, areas: u32| {
        let area = |number: u32| Area {
            id: AreaId::from(format!("{name}-{number}").as_str()),
            layer: name.into(),
            name: String::new(),
            short_name: String::new(),
            geometry: geo_types::MultiPolygon::new(Vec::new()),
        };
        (name.into(), (0..areas).map(area).collect())
    };
    Places {
        layers: BTreeMap::from([layer("blocks", BLOCKS), layer("districts", DISTRICTS)]),
        ..Places::default()
    }
}

/// The catalogue of the random tables.
pub(super) fn catalogue() -> Catalogue {
    load_str("test.yaml", CATALOGUE).unwrap_or_else(|errors| panic!("{errors:#?}")).0
}

/// The rows in another order.
pub(super) fn shuffled(rows: &[Row], seed: u64) -> Vec<Row> {
    let (mut rows, mut dice) = (rows.to_vec(), Dice(seed));
    for last in (1..rows.len()).rev() {
        rows.swap(last, dice.below(last as u32 + 1) as usize);
    }
    rows
}
