//! One order of rows, whatever order the files had, for tables that are read row by row.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::*;

/// The rows sorted by all columns, so that equal sets of rows give equal frames.
pub(super) fn sorted(frame: DataFrame) -> PolarsResult<DataFrame> {
    let keys = frame.columns().iter().map(sort_keys).collect::<PolarsResult<Vec<_>>>()?;
    let compare = |a: &IdxSize, b: &IdxSize| {
        keys.iter()
            .map(|key| key[*a as usize].cmp(&key[*b as usize]))
            .find(|o| o.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    };
    let mut rows: Vec<IdxSize> = (0..frame.height() as IdxSize).collect();
    if rows.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return Ok(frame);
    }
    rows.sort_unstable_by(compare);
    frame.take(&IdxCa::from_vec("row".into(), rows))
}

/// Numbers that order a column's values; nulls first.
fn sort_keys(column: &Column) -> PolarsResult<Vec<u64>> {
    let integer = |n: Option<i64>| n.map_or(0, |n| (n as u64 ^ (1 << 63)).max(1));
    Ok(match column.dtype() {
        DataType::String => {
            let texts = column.str()?;
            let distinct: BTreeSet<&str> = texts.iter().flatten().collect();
            let ranks: BTreeMap<&str, u64> = distinct.into_iter().zip(1..).collect();
            texts.iter().map(|text| text.map_or(0, |text| ranks[text])).collect()
        }
        DataType::Float32 | DataType::Float64 => {
            let numbers = column.cast(&DataType::Float64)?;
            numbers.f64()?.iter().map(|n| n.map_or(0, float_key)).collect()
        }
        _ => {
            let numbers = column.cast(&DataType::Int64)?;
            numbers.i64()?.iter().map(integer).collect()
        }
    })
}

/// Orders floating-point numbers as `f64::total_cmp` does.
fn float_key(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffled_rows_give_the_same_frame() {
        let frame = df!(
            "sex" => [Some("m"), None, Some("k"), Some("m")],
            "weight" => [0.5, -1.0, 2.0, 0.25],
            "age" => [Some(3i64), Some(-4), None, Some(3)],
        )
        .expect("a frame");
        let shuffled = frame.take(&IdxCa::from_vec("row".into(), vec![2, 0, 3, 1])).expect("rows");
        let (a, b) = (sorted(frame).expect("sorted"), sorted(shuffled).expect("sorted"));
        assert!(a.equals_missing(&b), "{a} {b}");
        let weights: Vec<f64> =
            a.column("weight").expect("there").f64().expect("numbers").iter().flatten().collect();
        assert_eq!(weights, [-1.0, 2.0, 0.25, 0.5]);
    }
}
