//! Parquet: the schema from the footer, and of the rows only the columns that are used.

use std::{
    fs::File,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use polars::prelude::*;
use polars_io::{SerReader, parquet::read::ParquetReader};

/// Columns and their types.
pub(super) fn schema(path: &Path) -> Result<Schema, String> {
    guarded(|| {
        let mut reader = ParquetReader::new(File::open(path)?);
        Ok(Schema::from_arrow_schema(reader.schema()?.as_ref()))
    })
}

/// All rows of some columns.
pub(super) fn rows(path: &Path, columns: &[String]) -> Result<DataFrame, String> {
    guarded(|| {
        let mut frame =
            ParquetReader::new(File::open(path)?).with_columns(Some(columns.to_vec())).finish()?;
        frame.rechunk_mut();
        Ok(frame)
    })
}

/// The first rows of some columns.
pub(super) fn head(path: &Path, columns: &[String], rows: usize) -> Result<DataFrame, String> {
    guarded(|| {
        ParquetReader::new(File::open(path)?)
            .with_columns(Some(columns.to_vec()))
            .with_slice(Some((0, rows)))
            .finish()
    })
}

/// Damage inside a file's pages is not always an error in the reader, sometimes a panic. For the user both are a broken file.
/// What the reader says of a file of persons is not passed on: it may quote what it could not read.
fn guarded<T>(read: impl FnOnce() -> PolarsResult<T>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(problem)) => Err(problem.to_string().lines().next().unwrap_or_default().to_string()),
        Err(_) => Err("its pages are damaged".into()),
    }
}

#[cfg(test)]
mod tests {
    use polars_io::parquet::write::ParquetWriter;

    use super::*;
    use crate::sources::testing::folder;

    fn bytes() -> Vec<u8> {
        let mut frame =
            df!("year" => [2024i64, 2025], "id" => ["a", "b"], "x" => [1.5, 2.5]).expect("a frame");
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).expect("written");
        bytes
    }

    #[test]
    fn only_the_columns_asked_for_are_read() {
        let folder = folder("parquet");
        folder.write("a.parquet", bytes());
        let path = folder.path().join("a.parquet");
        assert_eq!(schema(&path).expect("a schema").len(), 3);
        let frame = rows(&path, &["x".into(), "year".into()]).expect("rows");
        assert_eq!((frame.width(), frame.height()), (2, 2));
    }

    #[test]
    fn a_damaged_file_is_an_error_wherever_the_damage_is() {
        let folder = folder("damaged");
        let good = bytes();
        let path = folder.path().join("a.parquet");
        for cut in [0, 3, good.len() / 2, good.len() - 1] {
            folder.write("a.parquet", &good[..cut]);
            assert!(schema(&path).is_err(), "cut at {cut}");
        }
        for at in (0..good.len()).step_by(5) {
            // Whatever byte is wrong, the reader answers; it need not notice.
            let mut bad = good.clone();
            bad[at] ^= 0xff;
            folder.write("a.parquet", &bad);
            let _ = schema(&path)
                .map(|schema| rows(&path, &schema.iter_names().map(ToString::to_string).collect::<Vec<_>>()));
        }
    }
}
