//! Reading whole columns of a small table, whatever type the reader gave them.

use polars::prelude::{DataFrame, DataType};

use crate::{numbers::Decimal, sources::PERIOD};

/// A column as text; `None` for a column that is not there.
pub(in crate::compute) fn texts(frame: &DataFrame, name: &str) -> Option<Vec<Option<String>>> {
    let column = frame.column(name).ok()?.cast(&DataType::String).ok()?;
    let texts = column.str().ok()?;
    Some(texts.iter().map(|text| text.map(str::to_string)).collect())
}

/// A column of numbers as the decimals they were written as; text that is no number is `None`.
pub(in crate::compute) fn decimals(frame: &DataFrame, name: &str) -> Option<Vec<Option<Decimal>>> {
    let column = frame.column(name).ok()?;
    if column.dtype() == &DataType::String {
        return Some(texts(frame, name)?.iter().map(|text| Decimal::parse(text.as_ref()?)).collect());
    }
    let numbers = column.cast(&DataType::Float64).ok()?;
    let numbers = numbers.f64().ok()?;
    Some(numbers.iter().map(|number| Decimal::parse(&number?.to_string())).collect())
}

/// The column of period codes.
pub(in crate::compute) fn periods(frame: &DataFrame) -> Option<Vec<Option<i32>>> {
    let column = frame.column(PERIOD).ok()?.cast(&DataType::Int32).ok()?;
    Some(column.i32().ok()?.iter().collect())
}

/// A column of row numbers into a layer's areas.
pub(in crate::compute) fn indices(frame: &DataFrame, name: &str) -> Option<Vec<Option<u32>>> {
    let column = frame.column(name).ok()?.cast(&DataType::UInt32).ok()?;
    Some(column.u32().ok()?.iter().collect())
}

/// A Boolean column; nothing is false.
pub(in crate::compute) fn flags(frame: &DataFrame, name: &str) -> Option<Vec<bool>> {
    let column = frame.column(name).ok()?;
    Some(column.bool().ok()?.iter().map(|flag| flag == Some(true)).collect())
}
