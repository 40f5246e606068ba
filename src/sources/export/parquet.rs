//! Tables as Parquet.

use std::{borrow::Cow, fs::File, io::Write, path::Path};

use polars::prelude::{Column as Frame, DataFrame, DataType, NamedFrom, PolarsError, Series};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

use super::ExportError;

/// Values of a column of a table.
#[derive(Clone, Debug)]
pub enum Values<'a> {
    /// Text.
    Text(Vec<String>),
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Numbers.
    Real(Vec<f64>),
    /// Text, or nothing.
    TextOrNone(Vec<Option<String>>),
    /// Text that is kept elsewhere, or nothing.
    WordOrNone(Vec<Option<&'a str>>),
    /// Whole numbers, or nothing.
    IntegerOrNone(Vec<Option<i64>>),
    /// Numbers, or nothing.
    RealOrNone(Vec<Option<f64>>),
    /// True or false.
    Truth(Vec<bool>),
    /// True, false or nothing.
    TruthOrNone(Vec<Option<bool>>),
    /// Days since 1 January 1970.
    Date(Vec<i32>),
    /// Days since 1 January 1970, or nothing.
    DateOrNone(Vec<Option<i32>>),
}

/// A named column of a table.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its values, one a row.
    pub values: Values<'a>,
}

/// Writes a table as a Parquet file (zstd).
///
/// # Errors
/// When the columns differ in length or the file cannot be written.
pub fn write_parquet(path: &Path, columns: &[Column]) -> Result<(), ExportError> {
    write(File::create(path)?, columns)
}

/// A table as the bytes of a Parquet file.
///
/// # Errors
/// When the columns differ in length.
pub fn parquet(columns: &[Column]) -> Result<Vec<u8>, ExportError> {
    let mut bytes = Vec::new();
    write(&mut bytes, columns)?;
    Ok(bytes)
}

fn write(to: impl Write, columns: &[Column]) -> Result<(), ExportError> {
    let series = columns.iter().map(to_series).collect::<Result<Vec<_>, _>>()?;
    let mut frame = DataFrame::new_infer_height(series.into_iter().map(Frame::from).collect())?;
    ParquetWriter::new(to)
        .with_compression(ParquetCompression::Zstd(None))
        .set_parallel(false)
        .finish(&mut frame)?;
    Ok(())
}

fn to_series(column: &Column) -> Result<Series, PolarsError> {
    let name = (*column.name).into();
    match &column.values {
        Values::Text(v) => Ok(Series::new(name, v)),
        Values::Integer(v) => Ok(Series::new(name, v)),
        Values::Real(v) => Ok(Series::new(name, v)),
        Values::TextOrNone(v) => Ok(Series::new(name, v)),
        Values::WordOrNone(v) => Ok(Series::new(name, v)),
        Values::IntegerOrNone(v) => Ok(Series::new(name, v)),
        Values::RealOrNone(v) => Ok(Series::new(name, v)),
        Values::Truth(v) => Ok(Series::new(name, v)),
        Values::TruthOrNone(v) => Ok(Series::new(name, v)),
        Values::Date(v) => Series::new(name, v).cast(&DataType::Date),
        Values::DateOrNone(v) => Series::new(name, v).cast(&DataType::Date),
    }
}
