//! `adds-to`: columns of one source join the rows of another, by a key and by period.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::Hash,
};

use polars::prelude::*;

use super::{
    keys::integers,
    read::{Loaded, keys},
    tables::{period_code, period_of},
};
use crate::{
    catalogue::{Source, source::JoinPeriod},
    diagnostics::{Diagnostic, Severity},
    ids::Period,
};

/// Columns that join a base, and what became of the rows they come from.
pub(super) struct Joined {
    pub columns: Vec<Column>,
    /// Periods of the base for which the adding source has rows.
    pub periods: BTreeSet<i32>,
    /// Rows of the adding source without a partner, by its own period.
    pub alone: BTreeMap<Option<i32>, u64>,
}

/// The period of the base that a row of the adding source joins.
fn joins(code: Option<i32>, kind: Option<Period>, which: JoinPeriod) -> Option<i32> {
    let (code, kind) = (code?, kind?);
    Some(match which {
        JoinPeriod::Same => code,
        JoinPeriod::Next => period_code(period_of(code, kind).shift(1)),
    })
}

/// Looks up every row of the base among the rows of the adding source. Two rows of the adding source with one key in one
/// period are an error: either could be meant, and joining both would count a person twice.
pub(super) fn join(
    base: &Loaded,
    adder: &Loaded,
    source: &Source,
    columns: &[String],
) -> Result<Joined, Diagnostic> {
    let Some(adds) = &source.adds_to else {
        return Ok(Joined { columns: vec![], periods: BTreeSet::new(), alone: BTreeMap::new() });
    };
    let failed = |_: PolarsError| {
        Diagnostic::error(
            "unjoinable",
            format!("`{}` cannot be joined by `{}`", source.file_name(), adds.by),
            &adds.by.place,
        )
    };
    let periods: Vec<Option<i32>> =
        adder.periods.iter().map(|code| joins(*code, adder.kind, adds.period)).collect();
    let numbers = |rows: &Loaded| integers(&rows.frame, &adds.by).map_err(failed);
    let texts = |rows: &Loaded| keys(&rows.frame, &adds.by).map_err(failed);
    let found = match (numbers(base)?, numbers(adder)?) {
        (Some(of_base), Some(of_adder)) => partners(base, adder, of_base.iter(), of_adder.iter(), &periods),
        _ => partners(base, adder, texts(base)?.iter(), texts(adder)?.iter(), &periods),
    };
    let found = found.map_err(|(first, row)| twice(adder, &adds.by, first, row))?;
    let mut met = vec![false; adder.frame.height()];
    found.iter().flatten().for_each(|row| met[*row as usize] = true);
    let joined: BTreeSet<i32> =
        if adder.kind.is_none() { &base.periods } else { &periods }.iter().flatten().copied().collect();
    let mut alone = BTreeMap::new();
    for (row, _) in met.iter().enumerate().filter(|(_, met)| !**met) {
        *alone.entry(adder.periods[row]).or_default() += 1;
    }
    let found: IdxCa = found.into_iter().collect();
    let take = |name: &String| adder.frame.column(name).and_then(|column| column.take(&found));
    let columns = columns.iter().map(take).collect::<PolarsResult<_>>().map_err(failed)?;
    Ok(Joined { columns, periods: joined, alone })
}

/// For every row of the base the row of the adding source with its key, in its period; or two rows of the adding source
/// that could both be meant.
fn partners<K: Copy + Eq + Hash>(
    base: &Loaded,
    adder: &Loaded,
    of_base: impl Iterator<Item = Option<K>>,
    of_adder: impl Iterator<Item = Option<K>>,
    periods: &[Option<i32>],
) -> Result<Vec<Option<IdxSize>>, (usize, usize)> {
    let mut index: PlHashMap<(K, Option<i32>), IdxSize> = PlHashMap::with_capacity(periods.len());
    for (row, (key, period)) in of_adder.zip(periods).enumerate() {
        let Some(key) = key else { continue };
        if let Some(first) = index.insert((key, *period), row as IdxSize) {
            return Err((first as usize, row));
        }
    }
    let timeless = adder.kind.is_none();
    let partner = |(key, period): (Option<K>, &Option<i32>)| {
        index.get(&(key?, if timeless { None } else { *period })).copied()
    };
    Ok(of_base.zip(&base.periods).map(partner).collect())
}

fn twice(adder: &Loaded, key: &str, first: usize, second: usize) -> Diagnostic {
    let ((first_file, first), (file, second)) = (adder.file_row(first), adder.file_row(second));
    let message = format!("the same `{key}` and period as in row {first} of `{first_file}`");
    Diagnostic::in_data(Severity::Error, "duplicate-key", message, file, Some(second), Some(key))
        .hint("joining both rows would count twice")
        .hint("add up the rows of one key and period before the file is delivered")
}
