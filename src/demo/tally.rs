//! Area figures: counted in the smallest areas, added up to every layer, printed as their supplier prints them.

use std::collections::BTreeMap;

use super::story::{DISTRICTS, ESTATES, NUMBER, VILLAGES};
use super::town::{Municipality, Pool};

/// One cell. Parts are thousandths of a full-time person for `attachment`, tenths of a mark for `exam`, else persons,
/// dwellings or kroner.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Cell {
    /// Part.
    pub part: i64,
    /// Whole: persons or dwellings.
    pub whole: i64,
}

impl Cell {
    /// One of the whole, in the part or not.
    pub fn one(part: bool) -> Self {
        Self { part: i64::from(part), whole: 1 }
    }

    /// One of the whole if it is of the group.
    pub fn of(group: bool, part: bool) -> Self {
        if group { Self::one(part) } else { Self::default() }
    }
}

impl std::ops::AddAssign for Cell {
    fn add_assign(&mut self, other: Self) {
        self.part += other.part;
        self.whole += other.whole;
    }
}

/// Cells by key, area id and year; the municipality under its number.
pub type Tables = BTreeMap<(&'static str, &'static str, i64), Cell>;

/// The areas that a table has rows for, beside the municipality.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layers {
    /// Every area.
    All,
    /// Estates alone.
    Estates,
    /// Villages alone.
    Villages,
}

/// The areas that a zone lies in, the municipality left out.
pub fn areas(place: &Municipality, zone: usize, layers: Layers) -> impl Iterator<Item = &'static str> {
    let estate = ESTATES.get(zone).map(|e| e.id).filter(|_| layers != Layers::Villages);
    let village = zone.checked_sub(Pool::VILLAGES).and_then(|i| VILLAGES.get(i)).map(|v| v.id);
    let village = village.filter(|_| layers != Layers::Estates);
    let neighbourhood = place.neighbourhood_of(zone).filter(|_| layers == Layers::All);
    let around = neighbourhood.map(|n| [n.id, DISTRICTS[n.district].0]);
    estate.into_iter().chain(village).chain(around.into_iter().flatten())
}

/// Adds the cells of the zones (the last one: nowhere) up to the areas.
pub fn spread(
    tables: &mut Tables,
    place: &Municipality,
    (key, year): (&'static str, i64),
    cells: &[Cell],
    layers: Layers,
) {
    for (zone, &cell) in cells.iter().enumerate() {
        for area in areas(place, zone, layers).chain([NUMBER]) {
            *tables.entry((key, area, year)).or_default() += cell;
        }
    }
}

/// How a supplier prints its figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Supplier {
    /// Danmarks Statistik: nothing under 20 persons, no part or remainder of 1-4.
    Hides,
    /// Everything, since the receiver may see persons.
    PrintsAll,
}

/// The file, sorted by year, area and key.
pub fn rows(tables: &Tables, supplier: Supplier) -> Vec<String> {
    let mut rows = vec!["year,area_id,key,part,whole".to_owned()];
    let mut lines: Vec<_> =
        tables.iter().map(|(&(key, area, year), &cell)| (year, area, key, cell)).collect();
    lines.sort_by_key(|l| (l.0, l.1, l.2));
    for (year, area, key, cell) in lines {
        let (part, whole) = match supplier {
            Supplier::Hides => print(key, cell),
            Supplier::PrintsAll => (number(key, cell.part), cell.whole.to_string()),
        };
        rows.push(format!("{year},{area},{key},{part},{whole}"));
    }
    rows
}

/// A cell with the supplier's `..`.
fn print(key: &str, cell: Cell) -> (String, String) {
    const HIDDEN: &str = "..";
    if cell.whole < 20 {
        return (HIDDEN.to_owned(), HIDDEN.to_owned());
    }
    let few = |n: i64| (1..5).contains(&n);
    let hides = match key {
        "attachment" => (1..5_000).contains(&cell.part),
        "income" => false,
        _ => few(cell.part) || few(cell.whole - cell.part),
    };
    let part = if hides { HIDDEN.to_owned() } else { number(key, cell.part) };
    (part, cell.whole.to_string())
}

/// A part with its decimals.
fn number(key: &str, part: i64) -> String {
    match key {
        "attachment" => format!("{}.{:03}", part / 1_000, part % 1_000),
        "exam" => format!("{}.{}", part / 10, part % 10),
        _ => part.to_string(),
    }
}
