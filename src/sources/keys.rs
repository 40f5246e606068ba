//! Keys by which rows of two tables find each other: whole numbers where both have them, else texts.

use polars::prelude::*;

use super::read::keys;

/// A column of keys and the row of each.
pub(super) enum Index {
    Integers(PlHashMap<i64, u32>),
    Texts(PlHashMap<PlSmallStr, u32>),
}

/// A column of whole numbers; `None` for any other type.
pub(super) fn integers(frame: &DataFrame, name: &str) -> PolarsResult<Option<Int64Chunked>> {
    let column = frame.column(name)?;
    if !column.dtype().is_integer() {
        return Ok(None);
    }
    Ok(Some(column.cast(&DataType::Int64)?.i64()?.clone()))
}

impl Index {
    /// The first row of every key. `again` hears of a row whose key an earlier row has, with that row.
    pub fn new<E>(
        frame: &DataFrame,
        name: &str,
        mut again: impl FnMut(usize, usize) -> Result<(), E>,
    ) -> PolarsResult<Result<Self, E>> {
        let mut enter =
            |first: u32, row: usize| if first as usize == row { Ok(()) } else { again(first as usize, row) };
        if let Some(numbers) = integers(frame, name)? {
            let mut index = PlHashMap::with_capacity(numbers.len());
            for (row, key) in numbers.iter().enumerate() {
                let Some(key) = key else { continue };
                if let Err(problem) = enter(*index.entry(key).or_insert(row as u32), row) {
                    return Ok(Err(problem));
                }
            }
            return Ok(Ok(Self::Integers(index)));
        }
        let texts = keys(frame, name)?;
        let mut index = PlHashMap::with_capacity(texts.len());
        for (row, key) in texts.iter().enumerate() {
            let Some(key) = key else { continue };
            if let Err(problem) = enter(*index.entry(PlSmallStr::from(key)).or_insert(row as u32), row) {
                return Ok(Err(problem));
            }
        }
        Ok(Ok(Self::Texts(index)))
    }

    /// The row of every key of another table's column.
    pub fn look_up(&self, frame: &DataFrame, name: &str) -> PolarsResult<Vec<Option<u32>>> {
        let numbers = integers(frame, name)?;
        Ok(match (self, numbers) {
            (Self::Integers(index), Some(numbers)) => {
                numbers.iter().map(|key| index.get(&key?).copied()).collect()
            }
            (Self::Integers(index), None) => {
                let number = |key: &str| key.parse().ok().filter(|number: &i64| number.to_string() == key);
                keys(frame, name)?.iter().map(|key| index.get(&number(key?)?).copied()).collect()
            }
            (Self::Texts(index), _) => {
                keys(frame, name)?.iter().map(|key| index.get(key?).copied()).collect()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_find_each_other() {
        let numbers = df!("key" => [Some(7i32), Some(10), None, Some(7)]).expect("a frame");
        let texts = df!("key" => [Some("10"), Some("07"), Some("7"), None]).expect("a frame");
        let index = |frame: &DataFrame| {
            Index::new(frame, "key", |_, _| Ok::<(), ()>(()))
                .expect("keys")
                .unwrap_or_else(|()| panic!("twice"))
        };
        let found = |frame: &DataFrame, by: &DataFrame| index(frame).look_up(by, "key").expect("keys");
        assert_eq!(found(&numbers, &texts), [Some(1), None, Some(0), None]);
        assert_eq!(found(&texts, &numbers), [Some(2), Some(0), None, Some(2)]);
        assert_eq!(found(&numbers, &numbers), [Some(0), Some(1), None, Some(0)]);
        let twice = Index::new(&numbers, "key", |first, row| Err((first, row)));
        assert_eq!(twice.expect("keys").err(), Some((0, 3)));
    }
}
