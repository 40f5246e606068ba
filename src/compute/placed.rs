//! Where and when the rows of a frame count, and the sums over them.

use std::{cmp::Ordering, collections::BTreeSet};

use polars::prelude::DataFrame;

use super::{
    columns,
    publication::Missing,
    raw::{Cell, Index, Known, Series},
};
use crate::{
    ids::{LayerId, Period},
    sources::{MUNICIPALITY, Table, area_column, period_code, period_of},
};

/// A row that counts in no area of a layer.
const NOWHERE: u32 = u32::MAX;

/// What placing needs to know beside the rows.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Where<'a> {
    pub index: &'a Index,
    /// The layer whose areas cover the municipality.
    pub covering: Option<&'a LayerId>,
    /// The period of a table without one.
    pub undated: Period,
}

/// The place and period of every row of a frame: a table's rows, or atoms of them.
pub(in crate::compute) struct Placed {
    /// Ascending.
    periods: Vec<Period>,
    /// The number of each row's period; `NOWHERE` without one.
    period: Vec<u32>,
    /// For each layer, each row's area as in [`Index`].
    areas: Vec<Vec<u32>>,
    /// Where rows are figures of areas: which of them are the municipality's.
    municipality: Option<Vec<bool>>,
    /// The areas that together are the municipality, if a layer covers it.
    covering: Vec<usize>,
    /// The number of areas.
    width: usize,
}

/// The sums of one population over the rows of one atom: rows of one period that lie in the same area of every layer.
#[derive(Clone, Copy, Default)]
pub(in crate::compute) struct Atom {
    /// Rows with a number.
    pub rows: i64,
    /// Thousandths.
    pub sum: i128,
    /// Millionths.
    pub squares: i128,
    /// There was a row.
    pub seen: bool,
    /// The supplier hid a number.
    pub hidden: bool,
    /// A number is neither there nor hidden.
    pub missing: bool,
    /// Some row of the atom, in the population or not, has a number or a hidden one.
    pub given: bool,
}

/// One population, atom by atom.
pub(in crate::compute) struct Counted {
    pub atoms: Vec<Atom>,
    /// The codes of the periods in which the rows are known; `None`: in all.
    pub known_in: Option<BTreeSet<i32>>,
}

/// The combinations of places that the rows of a frame have, each once.
pub(in crate::compute) struct Patterns {
    /// As in [`super::atoms::Atoms`].
    pub places: Vec<Vec<u32>>,
    /// By row, the numbers of those that it counts in.
    of_row: Vec<Vec<u32>>,
}

/// A sum in the making.
#[derive(Clone, Copy, Default)]
struct Sum {
    cell: Cell,
    seen: bool,
    hidden: bool,
    missing: bool,
}

impl Placed {
    /// The rows of `frame`, which has the columns of `table` that say when and where.
    pub fn new(frame: &DataFrame, table: &Table, places: &Where) -> Self {
        let height = frame.height();
        let codes = columns::periods(frame).zip(table.period);
        let each: Vec<Option<Period>> = match codes {
            Some((codes, kind)) => {
                codes.into_iter().map(|code| code.map(|code| period_of(code, kind))).collect()
            }
            None => vec![Some(places.undated); height],
        };
        let periods: Vec<Period> =
            each.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let number = |period: &Option<Period>| {
            period
                .and_then(|period| periods.binary_search(&period).ok())
                .map_or(NOWHERE, |number| number as u32)
        };
        let period = each.iter().map(number).collect();
        let areas = places.index.layers.iter().map(|(layer, range)| {
            let found = columns::indices(frame, &area_column(layer)).unwrap_or_else(|| vec![None; height]);
            found.into_iter().map(|area| area.map_or(NOWHERE, |area| range.start as u32 + area)).collect()
        });
        let areas = areas.collect();
        let municipality = table
            .by_area_key
            .then(|| columns::flags(frame, MUNICIPALITY).unwrap_or_else(|| vec![false; height]));
        let covering = places.covering.map_or_else(Vec::new, |layer| places.index.layer(layer).collect());
        Self { periods, period, areas, municipality, covering, width: places.index.areas.len() + 1 }
    }

    /// The same of some rows, in their order.
    pub fn in_order(&self, rows: &[u32]) -> Self {
        let numbers = |all: &Vec<u32>| rows.iter().map(|row| all[*row as usize]).collect();
        let flags = |all: &Vec<bool>| rows.iter().map(|row| all[*row as usize]).collect();
        Self {
            periods: self.periods.clone(),
            period: numbers(&self.period),
            areas: self.areas.iter().map(numbers).collect(),
            municipality: self.municipality.as_ref().map(flags),
            covering: self.covering.clone(),
            width: self.width,
        }
    }

    /// The periods, ascending.
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.period.len()
    }

    /// The area of a layer, by the layer's number, in which a row counts.
    pub fn area_in(&self, layer: usize, row: usize) -> Option<u32> {
        let area = self.areas[layer][row];
        (area != NOWHERE).then_some(area)
    }

    /// The number of areas; the municipality counts under it.
    pub fn municipality(&self) -> usize {
        self.width - 1
    }

    /// The number of a row's period, if it has one.
    pub fn period(&self, row: usize) -> Option<usize> {
        (self.period[row] != NOWHERE).then_some(self.period[row] as usize)
    }

    /// Where a row counts: its area in every layer, as in [`Index`], and the municipality.
    pub fn places(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        let areas = self.areas.iter().map(move |areas| areas[row]).filter(|area| *area != NOWHERE);
        let municipality = self.municipality.as_ref().is_none_or(|municipality| municipality[row]);
        areas.map(|area| area as usize).chain(municipality.then_some(self.width - 1))
    }

    /// Where both of two rows count.
    pub fn places_of_both(&self, a: usize, b: usize) -> impl Iterator<Item = usize> + '_ {
        let areas = self.areas.iter().filter(move |areas| areas[a] == areas[b] && areas[a] != NOWHERE);
        let both = |municipality: &Vec<bool>| municipality[a] && municipality[b];
        let municipality = self.municipality.as_ref().is_none_or(both);
        areas.map(move |areas| areas[a] as usize).chain(municipality.then_some(self.width - 1))
    }

    /// An order of rows in which those of one period and place stand together.
    pub fn compare(&self, a: usize, b: usize) -> Ordering {
        let areas = self.areas.iter().map(|areas| areas[a].cmp(&areas[b]));
        areas.fold(self.period[a].cmp(&self.period[b]), Ordering::then)
    }

    /// The sums of a population by period and area. Where rows are persons or dwellings, an area without rows has none of
    /// them (0); where rows are figures of areas, it has no figure.
    pub fn series(&self, counted: &Counted) -> Series {
        let (sums, filled) = self.sums(counted, self.width, |row| self.places(row));
        self.finish(&sums, &filled)
    }

    /// The combinations of places that rows of any period have. Figures of areas have one place each.
    pub fn patterns(&self) -> Patterns {
        let of_row = |row: usize| -> Vec<Vec<u32>> {
            let places = self.places(row).map(|place| place as u32);
            match (self.period(row), &self.municipality) {
                (None, _) => Vec::new(),
                (_, None) => vec![places.collect()],
                (_, Some(_)) => places.map(|place| vec![place]).collect(),
            }
        };
        let rows: Vec<Vec<Vec<u32>>> = (0..self.period.len()).map(of_row).collect();
        let places: BTreeSet<&Vec<u32>> = rows.iter().flatten().collect();
        let places: Vec<Vec<u32>> = places.into_iter().cloned().collect();
        let number = |pattern: &Vec<u32>| places.partition_point(|other| other < pattern) as u32;
        let of_row = rows.iter().map(|patterns| patterns.iter().map(number).collect()).collect();
        Patterns { places, of_row }
    }

    /// The sums of a population by period (all that there are) and combination of places; no data in periods for which there
    /// is nothing.
    pub fn by_pattern(&self, counted: &Counted, patterns: &Patterns) -> Vec<Known<Cell>> {
        let width = patterns.places.len();
        let of_row = |row: usize| patterns.of_row[row].iter().map(|pattern| *pattern as usize);
        let (sums, filled) = self.sums(counted, width, of_row);
        let by_key = self.municipality.is_some();
        let cell = |(at, sum): (usize, &Sum)| {
            if filled[at / width] { sum.known(by_key) } else { Known::Missing(Missing::NoData) }
        };
        sums.iter().enumerate().map(cell).collect()
    }

    /// The sums of a population by period and by one of `width` places, and the periods for which there is something.
    fn sums<P: Iterator<Item = usize>>(
        &self,
        counted: &Counted,
        width: usize,
        places: impl Fn(usize) -> P,
    ) -> (Vec<Sum>, Vec<bool>) {
        let mut sums = vec![Sum::default(); self.periods.len() * width];
        let mut filled = vec![false; self.periods.len()];
        for (row, atom) in counted.atoms.iter().enumerate() {
            let Some(period) = self.period(row) else { continue };
            filled[period] |= atom.given;
            if atom.seen {
                places(row).for_each(|place| sums[period * width + place].add(atom));
            }
        }
        if let Some(known) = &counted.known_in {
            for (filled, period) in filled.iter_mut().zip(&self.periods) {
                *filled &= known.contains(&period_code(*period));
            }
        }
        (sums, filled)
    }

    /// Leaves out the periods for which there is nothing, and adds up the municipality where no row gives it.
    fn finish(&self, sums: &[Sum], filled: &[bool]) -> Series {
        let by_key = self.municipality.is_some();
        let (mut periods, mut cells) = (Vec::new(), Vec::new());
        for (number, period) in self.periods.iter().enumerate() {
            let sums = &sums[number * self.width..(number + 1) * self.width];
            if !filled[number] || (by_key && sums.iter().all(|sum| !sum.seen)) {
                continue;
            }
            periods.push(*period);
            let first = cells.len();
            cells.extend(sums.iter().map(|sum| sum.known(by_key)));
            if by_key && !sums[self.width - 1].seen {
                cells[first + self.width - 1] = self.added_up(sums);
            }
        }
        Series { periods, cells }
    }

    /// The municipality as the sum of the areas that cover it: known only if every figure is shown.
    fn added_up(&self, sums: &[Sum]) -> Known<Cell> {
        let found = || self.covering.iter().map(|area| &sums[*area]).filter(|sum| sum.seen);
        if found().next().is_none() {
            return Known::Missing(Missing::NoData);
        }
        found().fold(Known::Is(Cell::default()), |all, sum| {
            all.and_then(|all| sum.known(true).map(|cell| all.plus(cell)))
        })
    }
}

impl Atom {
    /// So many rows, each of which counts one.
    pub fn of_rows(rows: i64) -> Self {
        let number = i128::from(rows);
        Self {
            rows,
            sum: number * 1000,
            squares: number * 1_000_000,
            seen: rows > 0,
            given: true,
            ..Self::default()
        }
    }
}

impl Sum {
    fn add(&mut self, atom: &Atom) {
        self.cell = self.cell.plus(Cell { sum: atom.sum, squares: atom.squares, rows: atom.rows });
        self.seen |= atom.seen;
        self.hidden |= atom.hidden;
        self.missing |= atom.missing;
    }

    /// A person's row without a number is left out, as in SQL; an area's figure without a number is no figure.
    fn known(&self, by_key: bool) -> Known<Cell> {
        if self.hidden {
            Known::Withheld
        } else if by_key && (self.missing || !self.seen) {
            Known::Missing(Missing::NoData)
        } else {
            Known::Is(self.cell)
        }
    }
}
