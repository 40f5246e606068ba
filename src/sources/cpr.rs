//! Personal identification numbers have no business in a report generator: columns that look like them are refused.

use polars::prelude::*;

use super::dates::Day;
use crate::{
    catalogue::Source,
    diagnostics::{Diagnostic, Severity},
};

/// Rows looked at.
pub(super) const SAMPLE: usize = 1_000;

/// Do more than nine in ten of the cells look like CPR numbers: ten digits (with or without a hyphen) that begin with a day
/// and a month?
pub(super) fn looks_like<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut alike) = (0, 0);
    for cell in cells.filter(|cell| !cell.is_empty()).take(SAMPLE) {
        all += 1;
        alike += usize::from(is_cpr_like(cell));
    }
    all > 0 && alike * 10 > all * 9
}

/// Ten digits, with or without a hyphen, that begin with a day and a month.
pub(crate) fn is_cpr_like(text: &str) -> bool {
    let digits: String = match text.split_once('-') {
        Some((birth, serial)) if birth.len() == 6 && serial.len() == 4 => format!("{birth}{serial}"),
        Some(_) => return false,
        None => text.to_string(),
    };
    if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let number = |range: std::ops::Range<usize>| digits[range].parse::<u8>().unwrap_or(0);
    // The century is in the serial number; a leap year accepts every day that any century has.
    Day::new(2000, number(2..4), number(0..2)).is_some()
}

/// The columns of a frame that look like it.
pub(super) fn alike(frame: &DataFrame) -> Vec<String> {
    let alike = |column: &&Column| {
        let head = column.head(Some(SAMPLE));
        match head.dtype() {
            DataType::String => head.str().is_ok_and(|texts| looks_like(texts.iter().flatten())),
            DataType::Int64 | DataType::UInt64 => {
                // As a number the leading zero of the first nine days of a month is lost.
                let numbers: Vec<String> = head
                    .cast(&DataType::Int64)
                    .ok()
                    .and_then(|numbers| {
                        Some(numbers.i64().ok()?.iter().flatten().map(|n| format!("{n:010}")).collect())
                    })
                    .unwrap_or_default();
                looks_like(numbers.iter().map(String::as_str))
            }
            _ => false,
        }
    };
    frame.columns().iter().filter(alike).map(|column| column.name().to_string()).collect()
}

/// Refuses a frame with such a column.
pub(super) fn check(frame: &DataFrame, source: &Source, file: &str) -> Result<(), Diagnostic> {
    alike(frame).first().map_or(Ok(()), |column| Err(refused(source, file, column)))
}

/// The refusal.
pub(super) fn refused(source: &Source, file: &str, column: &str) -> Diagnostic {
    // In a file without a header the name is itself such a number.
    let name = Some(column).filter(|column| !is_cpr_like(column));
    let named = name.map_or("a column".into(), |column| format!("column `{column}`"));
    let message = format!("{named} of `{}` looks like CPR numbers", source.file_name());
    Diagnostic::in_data(Severity::Error, "cpr-numbers", message, file, None, name)
        .hint("a report needs to tell persons apart, not to know who they are")
        .hint("replace the numbers with pseudonyms where the file is made, the same in all files that are joined")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_that_begin_with_a_birthday_are_refused() {
        assert!(looks_like(["0101011234", "311299-4321", "2902004567"].into_iter()));
        assert!(!looks_like(["4512011234", "0113011234"].into_iter()));
        assert!(!looks_like(["p-0000123", "p-0000124"].into_iter()));
        assert!(!looks_like(std::iter::empty()));
    }

    #[test]
    fn some_unlucky_numbers_among_others_are_not() {
        let cells: Vec<String> =
            (0..100).map(|i| if i < 90 { "0101011234".into() } else { format!("99{i:08}") }).collect();
        assert!(!looks_like(cells.iter().map(String::as_str)));
    }
}
