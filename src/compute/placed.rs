//! Where and when each row of a table counts, and the sums over it.

use std::collections::BTreeSet;

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

/// The place and period of every row of one table.
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

/// The rows of a population.
pub(in crate::compute) struct Rows<'a> {
    pub taken: Vec<bool>,
    /// Thousandths of what each row counts for; `None`: each row counts one.
    pub numbers: Option<&'a [Option<i64>]>,
    /// Where the supplier hid the number; may be empty.
    pub hidden: &'a [bool],
    /// The numbers are weights of persons.
    pub weights: bool,
    /// The codes of the periods in which the rows are known; `None`: in all.
    pub known_in: Option<BTreeSet<i32>>,
}

/// A sum in the making.
#[derive(Clone, Copy, Default)]
struct Sum {
    cell: Cell,
    /// There was a row.
    seen: bool,
    hidden: bool,
    missing: bool,
}

impl Placed {
    /// `undated`: the period of a table without one.
    pub fn new(table: &Table, index: &Index, covering: Option<&LayerId>, undated: Period) -> Self {
        let height = table.frame.height();
        let codes = columns::periods(&table.frame).zip(table.period);
        let each: Vec<Option<Period>> = match codes {
            Some((codes, kind)) => {
                codes.into_iter().map(|code| code.map(|code| period_of(code, kind))).collect()
            }
            None => vec![Some(undated); height],
        };
        let mut periods: Vec<Period> = each.iter().flatten().copied().collect();
        periods.sort_unstable();
        periods.dedup();
        let number = |period: &Option<Period>| {
            period
                .and_then(|period| periods.binary_search(&period).ok())
                .map_or(NOWHERE, |number| number as u32)
        };
        let period = each.iter().map(number).collect();
        let areas = index.layers.iter().map(|(layer, range)| {
            let found =
                columns::indices(&table.frame, &area_column(layer)).unwrap_or_else(|| vec![None; height]);
            found.into_iter().map(|area| area.map_or(NOWHERE, |area| range.start as u32 + area)).collect()
        });
        let areas = areas.collect();
        let municipality = table
            .by_area_key
            .then(|| columns::flags(&table.frame, MUNICIPALITY).unwrap_or_else(|| vec![false; height]));
        let covering = covering.map_or_else(Vec::new, |layer| index.layer(layer).collect());
        Self { periods, period, areas, municipality, covering, width: index.areas.len() + 1 }
    }

    /// Every row of the table.
    pub fn all(&self) -> Rows<'static> {
        Rows {
            taken: vec![true; self.period.len()],
            numbers: None,
            hidden: &[],
            weights: false,
            known_in: None,
        }
    }

    /// The sums of a population by period and area. Where rows are persons or dwellings, an area without rows has none of
    /// them (0); where rows are figures of areas, it has no figure.
    pub fn series(&self, rows: &Rows) -> Series {
        let mut sums = vec![Sum::default(); self.periods.len() * self.width];
        let mut filled = vec![rows.numbers.is_none(); self.periods.len()];
        for (row, taken) in rows.taken.iter().enumerate() {
            let period = self.period[row] as usize;
            if self.period[row] == NOWHERE {
                continue;
            }
            let number = rows.numbers.map_or(Some(1000), |numbers| numbers[row]);
            let hidden = rows.hidden.get(row) == Some(&true);
            filled[period] |= number.is_some() || hidden;
            if !taken {
                continue;
            }
            let base = period * self.width;
            let mut add = |place: usize| sums[base + place].add(number, hidden, rows);
            for areas in &self.areas {
                if areas[row] != NOWHERE {
                    add(areas[row] as usize);
                }
            }
            if self.municipality.as_ref().is_none_or(|municipality| municipality[row]) {
                add(self.width - 1);
            }
        }
        if let Some(known) = &rows.known_in {
            for (filled, period) in filled.iter_mut().zip(&self.periods) {
                *filled &= known.contains(&period_code(*period));
            }
        }
        self.finish(&sums, &filled)
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

impl Sum {
    fn add(&mut self, number: Option<i64>, hidden: bool, rows: &Rows) {
        self.seen = true;
        self.hidden |= hidden;
        match number {
            Some(number) => {
                let number = i128::from(number);
                self.cell.rows += 1;
                self.cell.sum += number;
                // Sums of ordered tables have no squares: a person counts at most one, so the sum is as high as they can be.
                self.cell.squares += if rows.weights { number * number } else { number * 1000 };
            }
            None => self.missing |= !hidden,
        }
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
