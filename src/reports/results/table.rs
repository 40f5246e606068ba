//! A table of the open results, column by column, and as CSV.

use std::{borrow::Cow, fmt::Write};

use crate::{
    numbers::Decimal,
    sources::export::{Column as Plain, Values},
};

/// What a cell holds.
pub(super) enum Cell<'a> {
    Nothing,
    Text(Cow<'a, str>),
    Number(Decimal),
    Whole(i64),
    Truth(bool),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.into()) }
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.into()) }
    }
}

impl From<Option<Decimal>> for Cell<'_> {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

/// The cells of a column.
pub(super) enum Cells<'a> {
    Text(Vec<Option<Cow<'a, str>>>),
    Number(Vec<Option<Decimal>>),
    Whole(Vec<Option<i64>>),
    Truth(Vec<Option<bool>>),
}

impl<'a> Cells<'a> {
    /// Takes in one more cell. What a column cannot hold would be a mistake of the table's maker.
    fn push(&mut self, cell: Cell<'a>) {
        match (self, cell) {
            (Self::Text(cells), Cell::Text(text)) => cells.push(Some(text)),
            (Self::Number(cells), Cell::Number(number)) => cells.push(Some(number)),
            (Self::Whole(cells), Cell::Whole(number)) => cells.push(Some(number)),
            (Self::Truth(cells), Cell::Truth(truth)) => cells.push(Some(truth)),
            (Self::Text(cells), Cell::Nothing) => cells.push(None),
            (Self::Number(cells), Cell::Nothing) => cells.push(None),
            (Self::Whole(cells), Cell::Nothing) => cells.push(None),
            (Self::Truth(cells), Cell::Nothing) => cells.push(None),
            _ => unreachable!("a table's columns hold what its rows have"),
        }
    }

    /// A cell.
    pub fn get(&self, row: usize) -> Cell<'_> {
        match self {
            Self::Text(cells) => cells[row].as_deref().map_or(Cell::Nothing, Cell::from),
            Self::Number(cells) => cells[row].into(),
            Self::Whole(cells) => cells[row].map_or(Cell::Nothing, Cell::Whole),
            Self::Truth(cells) => cells[row].map_or(Cell::Nothing, Cell::Truth),
        }
    }

    /// Writes a cell as CSV has it: nothing for none.
    fn write(&self, row: usize, csv: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self {
            Self::Text(cells) => cells[row].as_deref().map_or(Ok(()), |text| csv.write_str(&quoted(text))),
            Self::Number(cells) => cells[row].map_or(Ok(()), |number| write!(csv, "{number}")),
            Self::Whole(cells) => cells[row].map_or(Ok(()), |number| write!(csv, "{number}")),
            Self::Truth(cells) => cells[row].map_or(Ok(()), |truth| write!(csv, "{truth}")),
        };
    }

    fn values(&self) -> Values<'_> {
        match self {
            Self::Text(cells) => Values::WordOrNone(cells.iter().map(Option::as_deref).collect()),
            Self::Number(cells) => {
                Values::RealOrNone(cells.iter().map(|cell| cell.map(Decimal::to_f64)).collect())
            }
            Self::Whole(cells) => Values::IntegerOrNone(cells.clone()),
            Self::Truth(cells) => Values::TruthOrNone(cells.clone()),
        }
    }
}

/// A column.
pub(super) struct Column<'a> {
    pub name: Cow<'static, str>,
    pub cells: Cells<'a>,
}

impl Column<'_> {
    /// A column of texts.
    pub fn text(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), cells: Cells::Text(Vec::new()) }
    }

    /// A column of numbers.
    pub fn number(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), cells: Cells::Number(Vec::new()) }
    }

    /// A column of whole numbers.
    pub fn whole(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), cells: Cells::Whole(Vec::new()) }
    }

    /// A column of truths.
    pub fn truth(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), cells: Cells::Truth(Vec::new()) }
    }
}

/// A table.
pub(super) struct Table<'a> {
    /// The name of its files.
    pub name: &'static str,
    pub columns: Vec<Column<'a>>,
    rows: usize,
}

impl<'a> Table<'a> {
    /// A table without rows.
    pub fn new(name: &'static str, columns: Vec<Column<'a>>) -> Self {
        Self { name, columns, rows: 0 }
    }

    /// Adds a row with a cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.cells.push(cell);
        }
        self.rows += 1;
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A text of a row; nothing if it has none.
    pub fn text(&self, row: usize, column: &str) -> &str {
        match self.columns.iter().find(|known| known.name == column).map(|column| &column.cells) {
            Some(Cells::Text(cells)) => cells[row].as_deref().unwrap_or_default(),
            _ => "",
        }
    }

    /// As comma-separated text with a head.
    pub fn csv(&self) -> String {
        let head: Vec<&str> = self.columns.iter().map(|column| &*column.name).collect();
        let mut csv = format!("{}\n", head.join(","));
        for row in 0..self.rows {
            for (number, column) in self.columns.iter().enumerate() {
                if number > 0 {
                    csv.push(',');
                }
                column.cells.write(row, &mut csv);
            }
            csv.push('\n');
        }
        csv
    }

    /// As plain columns.
    pub fn columns(&self) -> Vec<Plain<'_>> {
        let plain = self.columns.iter().map(|column| (&*column.name, column.cells.values()));
        plain.map(|(name, values)| Plain { name: name.into(), values }).collect()
    }
}

fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\"")).into()
    } else {
        field.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_written_with_the_decimals_of_its_numbers_and_nothing_for_what_it_lacks() {
        let mut table = Table::new(
            "t",
            vec![Column::text("area"), Column::number("value"), Column::whole("years"), Column::truth("met")],
        );
        let number = |text| Decimal::parse(text).expect("a number");
        table.row(["Vest, \"nord\"".into(), Cell::Number(number("40.0")), Cell::Whole(2), Cell::Truth(true)]);
        table.row(["".into(), None.into(), Cell::Nothing, Cell::Nothing]);
        assert_eq!(table.csv(), "area,value,years,met\n\"Vest, \"\"nord\"\"\",40.0,2,true\n,,,\n");
        assert_eq!((table.rows(), table.text(0, "area"), table.text(1, "area")), (2, "Vest, \"nord\"", ""));
    }
}
