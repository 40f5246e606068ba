//! Numbers in place of the ids of households and persons: small, and the same in any order of rows.

use std::hash::Hash;

use polars::prelude::*;

/// The number of every row's id among all ids of the column, sorted (texts as texts, numbers as numbers); null for none.
pub(super) fn numbered(column: &Column, name: &str) -> PolarsResult<Column> {
    let numbers = if column.dtype().is_integer() {
        let ids = column.cast(&DataType::Int64)?;
        ranks(ids.i64()?.iter())
    } else {
        let ids = column.cast(&DataType::String)?;
        ranks(ids.str()?.iter())
    };
    Ok(Column::new(name.into(), numbers))
}

fn ranks<T: Copy + Ord + Hash>(ids: impl ExactSizeIterator<Item = Option<T>>) -> Vec<Option<u32>> {
    let mut first_seen: PlHashMap<T, u32> = PlHashMap::new();
    let seen: Vec<Option<u32>> = ids
        .map(|id| {
            let next = first_seen.len() as u32;
            id.map(|id| *first_seen.entry(id).or_insert(next))
        })
        .collect();
    let mut sorted: Vec<(T, u32)> = first_seen.into_iter().collect();
    sorted.sort_unstable();
    let mut rank = vec![0; sorted.len()];
    for (place, (_, seen)) in sorted.iter().enumerate() {
        rank[*seen as usize] = place as u32;
    }
    seen.into_iter().map(|seen| seen.map(|seen| rank[seen as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(column: &Column) -> Vec<Option<u32>> {
        numbered(column, "n").expect("ids").u32().expect("numbers").iter().collect()
    }

    #[test]
    fn an_id_has_its_place_among_the_sorted_ids() {
        let texts = Column::new("id".into(), [Some("h9"), None, Some("h10"), Some("h9"), Some("a")]);
        assert_eq!(numbers(&texts), [Some(2), None, Some(1), Some(2), Some(0)]);
        let integers = Column::new("id".into(), [9i32, 10, -1, 9]);
        assert_eq!(numbers(&integers), [Some(1), Some(2), Some(0), Some(1)]);
    }
}
