//! Periods and ages: from a column of numbers, text or dates to one sortable number a row.

use polars::prelude::*;

use super::{dates::Day, tables::period_code};
use crate::ids::Period;

/// The period that a text names, of the kind of `kind`: `2024`, `2024K3`, `2024M09`, `2024-09`, or any date in it.
pub(super) fn from_text(text: &str, kind: Period) -> Option<Period> {
    let text = text.trim();
    if let Some(day) = Day::parse_iso(text).or_else(|| Day::parse_danish(text)) {
        return from_day(day, kind);
    }
    if let Ok(period) = text.parse::<Period>() {
        return same_kind(period, kind).then_some(period);
    }
    let (year, part) = text.split_once('-')?;
    match kind {
        Period::Month(..) => from_parts(year.parse().ok()?, part.parse().ok()?, kind),
        _ => None,
    }
}

/// The period that a number names: the year, or year and part in one number (`20243` the third quarter, `202409` September).
pub(super) fn from_number(number: i64, kind: Period) -> Option<Period> {
    match kind {
        Period::Year(_) => from_parts(number, 1, kind),
        Period::Half(..) | Period::Quarter(..) => from_parts(number / 10, number % 10, kind),
        Period::Month(..) => from_parts(number / 100, number % 100, kind),
    }
}

/// The period of the given kind in which a day lies.
pub(super) fn from_day(day: Day, kind: Period) -> Option<Period> {
    let part = (i64::from(day.month) - 1) * i64::from(kind.per_year()) / 12 + 1;
    from_parts(i64::from(day.year), part, kind)
}

fn from_parts(year: i64, part: i64, kind: Period) -> Option<Period> {
    if !(1800..=2200).contains(&year) || !(1..=i64::from(kind.per_year())).contains(&part) {
        return None;
    }
    let (year, part) = (year as u16, part as u8);
    Some(match kind {
        Period::Year(_) => Period::Year(year),
        Period::Half(..) => Period::Half(year, part),
        Period::Quarter(..) => Period::Quarter(year, part),
        Period::Month(..) => Period::Month(year, part),
    })
}

fn same_kind(a: Period, b: Period) -> bool {
    std::mem::discriminant(&a) == std::mem::discriminant(&b)
}

/// The first day of a period.
pub(super) fn first_day(period: Period) -> Day {
    let month = match period {
        Period::Year(_) => 1,
        Period::Half(_, part) => (part - 1) * 6 + 1,
        Period::Quarter(_, part) => (part - 1) * 3 + 1,
        Period::Month(_, part) => part,
    };
    Day { year: i32::from(period.year()), month, day: 1 }
}

/// The period of every row as [`period_code`]; `None` where the column holds none.
pub(super) fn of_column(column: &Column, kind: Period) -> PolarsResult<Vec<Option<i32>>> {
    let code = |period: Option<Period>| period.map(period_code);
    Ok(match column.dtype() {
        DataType::String => column.str()?.iter().map(|t| code(t.and_then(|t| from_text(t, kind)))).collect(),
        DataType::Date | DataType::Datetime(..) => {
            days(column)?.into_iter().map(|day| code(day.and_then(|day| from_day(day, kind)))).collect()
        }
        _ => {
            let numbers = column.cast(&DataType::Int64)?;
            numbers.i64()?.iter().map(|n| code(n.and_then(|n| from_number(n, kind)))).collect()
        }
    })
}

/// The day of every row of a column of dates, times or text.
pub(super) fn days(column: &Column) -> PolarsResult<Vec<Option<Day>>> {
    if column.dtype() == &DataType::String {
        let parse = |text: &str| Day::parse_iso(text).or_else(|| Day::parse_danish(text));
        return Ok(column.str()?.iter().map(|text| text.and_then(parse)).collect());
    }
    let dates = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
    Ok(dates.i32()?.iter().map(|days| days.map(Day::from_epoch)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: Period = Period::Quarter(0, 1);
    const MONTH: Period = Period::Month(0, 1);

    #[test]
    fn a_period_is_read_from_number_text_or_date() {
        assert_eq!(from_number(2024, Period::Year(0)), Some(Period::Year(2024)));
        assert_eq!(from_number(20243, QUARTER), Some(Period::Quarter(2024, 3)));
        assert_eq!(from_number(202409, MONTH), Some(Period::Month(2024, 9)));
        assert_eq!(from_text("2024K3", QUARTER), Some(Period::Quarter(2024, 3)));
        assert_eq!(from_text("2024-09", MONTH), Some(Period::Month(2024, 9)));
        assert_eq!(from_text("2012-10-02", QUARTER), Some(Period::Quarter(2012, 4)));
        assert_eq!(from_text("30-06-2024", Period::Half(0, 1)), Some(Period::Half(2024, 1)));
        assert_eq!(from_text("01-07-2024", Period::Half(0, 1)), Some(Period::Half(2024, 2)));
    }

    #[test]
    fn what_is_no_period_of_the_kind_is_none() {
        assert_eq!(from_text("2024K5", QUARTER), None);
        assert_eq!(from_text("2024M01", QUARTER), None);
        assert_eq!(from_text("2024", QUARTER), None);
        assert_eq!(from_number(202413, MONTH), None);
        assert_eq!(from_number(24, Period::Year(0)), None);
    }
}
