//! The values of single rows, sorted, area by area: what a median, a bootstrap over households or a length of residence needs.

use std::borrow::Cow;

use polars::prelude::{DataFrame, PolarsResult};

use super::{
    columns,
    plan::Measure,
    publication::Missing,
    raw::{Known, Scope},
    single::Rows,
};
use crate::{ids::Period, sources::HOUSEHOLD};

/// The household of a row whose source names none: each such row is a household of its own.
pub(in crate::compute) const ALONE: u32 = u32::MAX;

/// One row of a population.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::compute) struct Item {
    /// Thousandths.
    pub value: i64,
    /// The number of its household (the place of the household's id among all of the source, sorted), or [`ALONE`].
    pub household: u32,
    /// It is also in the second population.
    pub also: bool,
}

/// The rows of one population over all areas and periods.
pub(in crate::compute) struct Lists {
    /// Ascending.
    periods: Vec<Period>,
    /// By period, then by area, the municipality last; each sorted.
    cells: Vec<Vec<Item>>,
}

impl Lists {
    /// The rows that a measure takes (those without a number are left out, as in SQL); `also` is the second population.
    pub fn of(rows: &Rows, frame: &DataFrame, of: Measure, also: Option<Measure>) -> PolarsResult<Self> {
        let values = rows.values(of)?;
        let also = match also {
            Some(measure) => Some(rows.values(measure)?),
            None => None,
        };
        let households = columns::indices(frame, HOUSEHOLD);
        let item = |row: usize| {
            Some(Item {
                value: values.of(row)?,
                household: households.as_ref().and_then(|all| all[row]).unwrap_or(ALONE),
                also: also.is_some_and(|also| also.of(row).is_some()),
            })
        };
        Ok(Self::new(rows, frame.height(), item))
    }

    /// Lists of whatever `item` makes of a row of the table.
    pub fn new(rows: &Rows, height: usize, item: impl Fn(usize) -> Option<Item>) -> Self {
        let placed = &rows.placed;
        let width = placed.municipality() + 1;
        let mut cells = vec![Vec::new(); placed.periods().len() * width];
        for row in 0..height {
            let Some((period, item)) = placed.period(row).zip(item(row)) else { continue };
            placed.places(row).for_each(|place| cells[period * width + place].push(item));
        }
        cells.iter_mut().for_each(|cell| cell.sort_unstable());
        Self { periods: placed.periods().to_vec(), cells }
    }

    /// The rows of a scope, sorted by value, then household.
    pub fn cell(&self, scope: Scope, period: Period) -> Known<Cow<'_, [Item]>> {
        let Ok(row) = self.periods.binary_search(&period) else {
            return Known::Missing(Missing::NoData);
        };
        let width = self.cells.len() / self.periods.len();
        let cells = &self.cells[row * width..(row + 1) * width];
        Known::Is(match scope {
            Scope::Area(area) => Cow::Borrowed(&cells[area]),
            Scope::Municipality => Cow::Borrowed(&cells[width - 1]),
            Scope::Rest(area) => Cow::Owned(without(&cells[width - 1], &cells[area])),
            Scope::Sum(areas) => {
                let mut all: Vec<Item> = areas.iter().flat_map(|area| &cells[*area]).copied().collect();
                all.sort_unstable();
                Cow::Owned(all)
            }
        })
    }
}

/// All items but one of each in `some`; both sorted.
fn without(all: &[Item], some: &[Item]) -> Vec<Item> {
    let mut some = some.iter().peekable();
    all.iter().filter(|item| some.next_if(|next| next == item).is_none()).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_keeps_what_is_there_more_often_than_in_the_area() {
        let item = |value: i64| Item { value, household: ALONE, also: false };
        let all = [1, 2, 2, 2, 5].map(item);
        assert_eq!(without(&all, &[2, 2, 5].map(item)), [1, 2].map(item));
        assert_eq!(without(&all, &[]), all);
    }
}
