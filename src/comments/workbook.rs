//! `kommentarer.xlsx`: one comment a row of the first sheet. Planners work in Excel; nothing is written back.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};

use super::entry::{Cell, Part, Row};
use crate::diagnostics::{At, Diagnostic, Severity};

/// Reads the rows that have anything in them.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Vec<Row>, Vec<Diagnostic>> {
    let broken = |why: String| {
        let message = format!("the workbook cannot be read: {why}");
        let at = At::File(name.to_string());
        let error = Diagnostic::new(Severity::Error, "comments-unreadable", message, at);
        vec![error.hint("open it in Excel and save it again as `Excel-projektmappe (*.xlsx)`")]
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let sheet = book.sheet_names().first().cloned().ok_or_else(|| broken("it has no sheet".into()))?;
    let cells = book.worksheet_range(&sheet).map_err(|error| broken(error.to_string()))?;
    let sheet = Sheet { name: format!("{name}, sheet `{sheet}`") };
    // Rows and columns are counted as Excel counts them, wherever the filled part of the sheet begins.
    let top = cells.start().map_or(0, |(row, _)| row as usize) + 1;
    let mut rows = (top..).zip(cells.rows());
    let Some((number, head)) = rows.by_ref().find(|(_, row)| !is_empty(row)) else { return Ok(Vec::new()) };
    let columns = sheet.columns(number, head)?;
    Ok(rows.filter(|(_, row)| !is_empty(row)).map(|(number, row)| sheet.row(number, row, columns)).collect())
}

struct Sheet {
    /// File and sheet, as a place names them.
    name: String,
}

impl Sheet {
    fn at(&self, row: usize, part: Option<Part>) -> At {
        At::Data { file: self.name.clone(), row: Some(row), column: part.map(|part| part.word().to_string()) }
    }

    /// Where each part stands in a row, or an error for each that has no column.
    fn columns(&self, row: usize, head: &[Data]) -> Result<[usize; 6], Vec<Diagnostic>> {
        let heads: Vec<String> = head.iter().map(|cell| text(cell).trim().to_lowercase()).collect();
        let mut columns = [0; 6];
        let mut errors = Vec::new();
        for part in Part::ALL {
            match heads.iter().position(|head| head == part.word()) {
                Some(at) => columns[part as usize] = at,
                None => {
                    let message = format!("there is no column `{}`", part.word());
                    let error =
                        Diagnostic::new(Severity::Error, "comment-column", message, self.at(row, None));
                    let error =
                        match crate::diagnostics::nearest(part.word(), heads.iter().map(String::as_str)) {
                            Some(head) if Part::named(head).is_none() && !head.is_empty() => {
                                error.hint(format!("is `{head}` meant? write it as `{}`", part.word()))
                            }
                            _ => error,
                        };
                    errors.push(error.hint("the first row is: område, felt, tekst, rolle, dato, status"));
                }
            }
        }
        if errors.is_empty() { Ok(columns) } else { Err(errors) }
    }

    fn row(&self, number: usize, row: &[Data], columns: [usize; 6]) -> Row {
        let cells = Part::ALL.map(|part| {
            let written = row.get(columns[part as usize]).map(text).unwrap_or_default();
            // In a cell every line break was typed, to begin a paragraph.
            let written = match part {
                Part::Text => paragraphs(&written),
                _ => written,
            };
            Cell { text: written, at: self.at(number, Some(part)) }
        });
        Row { cells, at: self.at(number, Some(Part::Text)) }
    }
}

fn is_empty(row: &[Data]) -> bool {
    row.iter().all(|cell| text(cell).trim().is_empty())
}

fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n\n")
}

/// A cell as text; a date as 2026-01-14.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(date) => date.chars().take(10).collect(),
        cell => cell.as_string().unwrap_or_default(),
    }
}
