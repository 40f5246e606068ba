//! Single rows of one table: placed, and with what each counts for in the measures that are asked for.

use std::{cmp::Ordering, collections::BTreeSet, ops::Range};

use polars::prelude::{
    BooleanType, ChunkedArray, DataFrame, Expr, IdxCa, Int64Type, IntoLazy, NewChunkedArray, PolarsDataType,
    PolarsResult, StaticArray, polars_err,
};

use super::{
    columns,
    placed::{Placed, Where},
    plan::{Measure, Plan, amount, rows},
};

/// The rows of one table.
pub(in crate::compute) struct Rows {
    pub placed: Placed,
    evaluated: DataFrame,
}

/// What every row counts for in one measure.
#[derive(Clone, Copy)]
pub(in crate::compute) struct Values<'a> {
    taken: &'a <BooleanType as PolarsDataType>::Array,
    amounts: Option<&'a <Int64Type as PolarsDataType>::Array>,
}

/// Rows in groups.
pub(in crate::compute) struct Groups {
    rows: Vec<u32>,
    /// Where each group ends.
    ends: Vec<u32>,
}

impl Rows {
    /// Evaluates these measures for every row, in the order of the table.
    pub fn new(plan: &Plan, measures: &BTreeSet<Measure>, places: &Where) -> PolarsResult<Self> {
        let selections: BTreeSet<usize> = measures.iter().map(|measure| measure.rows).collect();
        let amounts: BTreeSet<usize> = measures.iter().filter_map(|measure| measure.amount).collect();
        let mut wanted: Vec<Expr> = selections.into_iter().map(rows).collect();
        wanted.extend(amounts.into_iter().map(amount));
        let frame = &plan.table.frame;
        let mut evaluated = plan.evaluated(frame.clone().lazy())?.select(wanted).collect()?;
        evaluated.rechunk_mut_par();
        Ok(Self { placed: Placed::new(frame, plan.table, places), evaluated })
    }

    /// The rows in the order of these groups, so that what belongs together stands together.
    pub fn in_order(&self, groups: &Groups) -> PolarsResult<Self> {
        let mut evaluated = self.evaluated.take(&IdxCa::from_slice("row".into(), &groups.rows))?;
        evaluated.rechunk_mut_par();
        Ok(Self { placed: self.placed.in_order(&groups.rows), evaluated })
    }

    /// What every row counts for in one of the measures.
    pub fn values(&self, measure: Measure) -> PolarsResult<Values<'_>> {
        let column = |name: String| self.evaluated.column(&name);
        let taken = only(column(format!("@rows:{}", measure.rows))?.bool()?)?;
        let amounts = match measure.amount {
            Some(number) => Some(only(column(format!("@amount:{number}"))?.i64()?)?),
            None => None,
        };
        Ok(Values { taken, amounts })
    }
}

/// The array of a column that is in one piece.
fn only<T: PolarsDataType>(column: &ChunkedArray<T>) -> PolarsResult<&T::Array> {
    column.downcast_iter().next().ok_or_else(|| polars_err!(NoData: "a column without rows"))
}

impl Values<'_> {
    /// Is the row in the population?
    pub fn takes(&self, row: usize) -> bool {
        self.taken.get(row) == Some(true)
    }

    /// Thousandths; `None` for a row that is not taken or has no number.
    pub fn of(&self, row: usize) -> Option<i64> {
        if !self.takes(row) {
            return None;
        }
        self.amounts.map_or(Some(1000), |amounts| amounts.get(row))
    }
}

impl Groups {
    /// Rows with one number together, by number; a row without one is a group of its own.
    pub fn by_number(frame: &DataFrame, column: &str) -> Option<Self> {
        let numbers = columns::indices(frame, column)?;
        let last = numbers.iter().flatten().max().map_or(0, |last| *last as usize + 1);
        let mut ends = vec![0u32; last];
        numbers.iter().flatten().for_each(|number| ends[*number as usize] += 1);
        let mut next = Vec::with_capacity(last);
        let mut end = 0;
        for rows in &mut ends {
            next.push(end);
            end += *rows;
            *rows = end;
        }
        let mut rows = vec![0; numbers.len()];
        for (row, number) in numbers.iter().enumerate() {
            let place = match number {
                Some(number) => &mut next[*number as usize],
                None => {
                    ends.push(end + 1);
                    &mut end
                }
            };
            rows[*place as usize] = row as u32;
            *place += 1;
        }
        Some(Self { rows, ends })
    }

    /// Splits groups so that each lies in one period and in the same areas.
    pub fn within_places(mut self, placed: &Placed) -> Self {
        let mut ends = Vec::with_capacity(self.ends.len());
        let mut from = 0;
        for end in std::mem::take(&mut self.ends) {
            let group = &mut self.rows[from as usize..end as usize];
            group.sort_unstable_by(|a, b| placed.compare(*a as usize, *b as usize).then(a.cmp(b)));
            let splits = group.windows(2).zip(from + 1..).filter_map(|(pair, at)| {
                let same = placed.compare(pair[0] as usize, pair[1] as usize) == Ordering::Equal;
                (!same).then_some(at)
            });
            ends.extend(splits.chain([end]));
            from = end;
        }
        Self { rows: self.rows, ends }
    }

    /// The rows of every group, as the table has them.
    pub fn members(&self) -> impl Iterator<Item = &[u32]> + '_ {
        self.iter().map(|group| &self.rows[group])
    }

    /// The places of every group's rows in [`Rows::in_order`].
    pub fn iter(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut from = 0;
        self.ends.iter().map(move |end| {
            let group = from..*end as usize;
            from = *end as usize;
            group
        })
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::Column;

    use super::*;

    #[test]
    fn rows_of_a_household_stand_together_and_rows_without_one_alone() {
        let column = Column::new("h".into(), [Some(2u32), None, Some(0), Some(2), None]);
        let frame = DataFrame::new(5, vec![column]).expect("a column");
        let groups = Groups::by_number(&frame, "h").expect("numbers");
        let groups = groups.iter().map(|group| &groups.rows[group]);
        let found: Vec<&[u32]> = groups.filter(|group| !group.is_empty()).collect();
        assert_eq!(found, [&[2][..], &[0, 3], &[1], &[4]]);
    }
}
