//! Persons followed from one period to the next, row by row: one pass over the rows of each person gives every row the flow by
//! which it came into its period and the one by which it leaves it.
//!
//! A person who has two rows in one period, or none of its own, is not linked: it could be either row.

use std::collections::BTreeSet;

use polars::prelude::{
    BooleanChunked, Column, Int64Chunked, IntoColumn, NewChunkedArray, PolarsResult, UInt32Chunked,
};
use rayon::prelude::*;

use super::{
    Flow,
    lens::{Asked, Lens},
    outside::Outside,
    populations::{self, code},
};
use crate::compute::{
    placed::Placed,
    single::{Groups, Values},
};

/// No row.
const NONE: u32 = u32::MAX;

/// The rows of the same person in the period before and in the one after.
pub(super) struct Linked {
    before: Vec<u32>,
    after: Vec<u32>,
    /// Rows that cannot be linked, since there is another of the same person in the period.
    twice: Vec<bool>,
    /// For each period, whether the one before and the one after are there.
    has_before: Vec<bool>,
    has_after: Vec<bool>,
}

impl Linked {
    /// Links rows placed in periods; `persons`: the rows of each person.
    pub fn new(placed: &Placed, persons: &Groups) -> Self {
        let (periods, rows) = (placed.periods(), placed.rows());
        let next =
            |number: usize| periods.get(number + 1).is_some_and(|next| *next == periods[number].shift(1));
        let has_after: Vec<bool> = (0..periods.len()).map(next).collect();
        let has_before: Vec<bool> = (0..periods.len()).map(|number| number > 0 && next(number - 1)).collect();
        let (mut before, mut after, mut twice) = (vec![NONE; rows], vec![NONE; rows], vec![false; rows]);
        let mut times: Vec<(usize, u32)> = Vec::new();
        for person in persons.members() {
            times.clear();
            times.extend(person.iter().filter_map(|row| Some((placed.period(*row as usize)?, *row))));
            times.sort_unstable();
            let is_twice = |at: usize| {
                let same = |other: Option<&(usize, u32)>| other.is_some_and(|other| other.0 == times[at].0);
                same(times.get(at + 1)) || (at > 0 && same(times.get(at - 1)))
            };
            for at in 0..times.len() {
                twice[times[at].1 as usize] = is_twice(at);
            }
            for pair in times.windows(2) {
                let ((then, a), (now, b)) = (pair[0], pair[1]);
                if now == then + 1 && has_after[then] && !twice[a as usize] && !twice[b as usize] {
                    (after[a as usize], before[b as usize]) = (b, a);
                }
            }
        }
        Self { before, after, twice, has_before, has_after }
    }

    /// Of each period, how many of a hundred persons were there in the period before too, or have a documented origin, and how many of the
    /// period before are there still, or have a documented destination: the lower of both, rounded down. `None` where there is
    /// no period before.
    pub fn found(&self, placed: &Placed, outside: &Outside) -> Vec<Option<i64>> {
        let mut came = vec![(0i64, 0i64); self.has_before.len()];
        let mut went = came.clone();
        for row in 0..self.before.len() {
            let Some(period) = placed.period(row) else { continue };
            came[period].0 += i64::from(self.before[row] != NONE || outside.origin(row).is_some());
            came[period].1 += 1;
            went[period].0 += i64::from(self.after[row] != NONE || outside.destination(row).is_some());
            went[period].1 += 1;
        }
        let share = |(found, all): (i64, i64)| found * 100 / all.max(1);
        let of =
            |period: usize| self.has_before[period].then(|| share(came[period]).min(share(went[period - 1])));
        (0..came.len()).map(of).collect()
    }

    /// The periods that have one before, or one after.
    pub fn known(&self, after: bool) -> impl Iterator<Item = usize> + '_ {
        let flags = if after { &self.has_after } else { &self.has_before };
        flags.iter().enumerate().filter(|(_, known)| **known).map(|(period, _)| period)
    }

    fn before(&self, row: usize) -> Option<usize> {
        (self.before[row] != NONE).then_some(self.before[row] as usize)
    }

    fn after(&self, row: usize) -> Option<usize> {
        (self.after[row] != NONE).then_some(self.after[row] as usize)
    }
}

/// The rows of a lens.
pub(super) struct Seen<'a> {
    pub placed: &'a Placed,
    /// The number of the lens' layer.
    pub layer: usize,
    /// The population; all rows without one.
    pub whole: Option<Values<'a>>,
    /// Rows that are in no area here.
    pub excluded: Option<&'a [bool]>,
}

impl Seen<'_> {
    fn area(&self, row: usize) -> Option<u32> {
        let is_excluded = self.excluded.is_some_and(|excluded| excluded[row]);
        self.placed.area_in(self.layer, row).filter(|_| !is_excluded)
    }

    fn takes(&self, row: usize) -> bool {
        self.whole.is_none_or(|whole| whole.of(row).is_some())
    }

    /// The flow by which a row came into its period.
    fn came(&self, linked: &Linked, outside: &Outside, row: usize) -> Option<Flow> {
        self.placed.period(row).filter(|period| linked.has_before[*period])?;
        let area = self.area(row).filter(|_| self.takes(row))?;
        Some(match linked.before(row) {
            _ if linked.twice[row] => Flow::RegisterIn,
            None => outside.came(row),
            Some(before) if self.area(before) != Some(area) => Flow::InMunicipality,
            Some(before) if !self.takes(before) => Flow::Entered,
            Some(_) => Flow::Same,
        })
    }

    /// The flow by which it leaves it.
    fn goes(&self, linked: &Linked, outside: &Outside, row: usize) -> Option<Flow> {
        self.placed.period(row).filter(|period| linked.has_after[*period])?;
        let area = self.area(row).filter(|_| self.takes(row))?;
        Some(match linked.after(row) {
            _ if linked.twice[row] => Flow::RegisterOut,
            None => outside.went(row),
            Some(after) if self.area(after) != Some(area) => Flow::OutMunicipality,
            Some(after) if !self.takes(after) => Flow::Left,
            Some(_) => Flow::Same,
        })
    }
}

/// The columns of a lens: flows, and for each part that is split what stayers gained.
pub(super) fn columns(
    (lens, asked): (&Lens, &Asked),
    seen: &Seen,
    (linked, outside): (&Linked, &Outside),
    parts: &[Values],
) -> Vec<Column> {
    let rows = 0..seen.placed.rows();
    let number = |flow: Option<Flow>| flow.map_or(0, code);
    let came: Vec<u32> =
        rows.clone().into_par_iter().map(|row| number(seen.came(linked, outside, row))).collect();
    let goes: Vec<u32> =
        rows.clone().into_par_iter().map(|row| number(seen.goes(linked, outside, row))).collect();
    let gains = asked.splits.iter().zip(parts).map(|(part, values)| {
        let gain = |row: usize| {
            let before = linked.before(row).filter(|_| came[row] == code(Flow::Same));
            before.map_or(0, |before| values.of(row).unwrap_or(0) - values.of(before).unwrap_or(0))
        };
        let gains: Vec<i64> = rows.clone().into_par_iter().map(gain).collect();
        Int64Chunked::from_vec(populations::gain(lens, part).into(), gains).into_column()
    });
    let gains: Vec<Column> = gains.collect();
    let came = UInt32Chunked::from_vec(populations::came(lens).into(), came).into_column();
    let goes = UInt32Chunked::from_vec(populations::goes(lens).into(), goes).into_column();
    [came, goes].into_iter().chain(gains).collect()
}

/// From which area of a layer each row of the rest of the municipality came.
pub(super) fn origins(seen: &Seen, linked: &Linked, outside: &Outside, name: String, areas: u32) -> Column {
    let origin = |row: usize| {
        let before = linked.before(row)?;
        let moved = seen.came(linked, outside, row) == Some(Flow::InMunicipality);
        moved.then(|| seen.area(before).unwrap_or(areas))
    };
    let all: Vec<Option<u32>> = (0..seen.placed.rows()).into_par_iter().map(origin).collect();
    Column::new(name.into(), all)
}

/// One row of each household, and whether nobody of it lives in the area in the next period.
pub(super) fn households(
    seen: &Seen,
    linked: &Linked,
    households: &Groups,
    names: [String; 2],
) -> PolarsResult<[Column; 2]> {
    let rows = seen.placed.rows();
    let (mut first, mut vacated) = (vec![false; rows], vec![false; rows]);
    for household in households.members() {
        let Some(head) = household.iter().min().map(|row| *row as usize) else { continue };
        let Some(period) = seen.placed.period(head).filter(|_| seen.area(head).is_some()) else { continue };
        let stays = |row: &u32| {
            let after = linked.after(*row as usize);
            after.is_some_and(|after| seen.area(after) == seen.area(*row as usize))
        };
        first[head] = true;
        vacated[head] = linked.has_after[period] && !household.iter().any(stays);
    }
    let [one, other] = names;
    Ok([
        BooleanChunked::from_slice(one.into(), &first).into_column(),
        BooleanChunked::from_slice(other.into(), &vacated).into_column(),
    ])
}

/// One row of each household of whose rows `let_to` is true for any.
pub(super) fn lettings(placed: &Placed, households: &Groups, let_to: &[bool]) -> Column {
    let mut first = vec![false; placed.rows()];
    for household in households.members() {
        if let Some(head) = household.iter().filter(|row| let_to[**row as usize]).min() {
            first[*head as usize] = true;
        }
    }
    BooleanChunked::from_slice(populations::LET.into(), &first).into_column()
}

/// The codes of periods, as a table's added columns name them.
pub(super) fn codes(placed: &Placed, periods: impl Iterator<Item = usize>) -> BTreeSet<i32> {
    periods.map(|period| crate::sources::period_code(placed.periods()[period])).collect()
}
