//! Columns of a text file: cells as written, then marks taken out, then one type for the whole column.
//!
//! The type is judged by every cell, not by a sample, so that it does not depend on the order of rows. A number with a leading
//! zero is a code and stays text.

use polars::prelude::*;

use super::{dates::Day, sql::type_words};

/// How a cell was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// Nothing there.
    Empty,
    /// Characters whose meaning the format does not give (CSV).
    Bare,
    /// Surely text (JSON).
    Text,
    /// Surely a number (JSON).
    Number,
    /// Surely true or false (JSON).
    Truth,
}

/// One column's cells, end to end in one string.
pub(super) struct TextColumn {
    pub name: String,
    text: String,
    ends: Vec<usize>,
    forms: Vec<Form>,
}

/// The marks a supplier writes in place of a number.
#[derive(Clone, Default, Debug)]
pub(super) struct Marks {
    /// Hidden by the supplier: `..`.
    pub hidden: Vec<String>,
    /// Not there at all. An empty cell always is.
    pub missing: Vec<String>,
}

impl Marks {
    /// Is this text a mark for a cell hidden by the supplier?
    pub fn hides(&self, text: &str) -> bool {
        self.hidden.iter().any(|mark| mark == text)
    }

    /// Is this text a mark for nothing?
    pub fn misses(&self, text: &str) -> bool {
        text.is_empty() || self.missing.iter().any(|mark| mark == text)
    }
}

/// A column with its type, and where the supplier hid its cells.
pub(super) struct Typed {
    pub column: Column,
    /// True where hidden; `None` when no cell is.
    pub hidden: Option<Vec<bool>>,
    /// The first cell that keeps a column that is otherwise numbers from being numbers: its row (from 1) and text.
    pub odd: Option<(usize, String)>,
}

impl TextColumn {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_string(), text: String::new(), ends: Vec::new(), forms: Vec::new() }
    }

    /// Adds a cell.
    pub fn push(&mut self, text: &str, form: Form) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.forms.push(if text.is_empty() { Form::Empty } else { form });
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cells with their forms.
    pub fn cells(&self) -> impl Iterator<Item = (&str, Form)> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).zip(&self.forms).map(|((start, end), form)| (&self.text[*start..*end], *form))
    }

    /// Adds the cells of another column.
    pub fn append(&mut self, other: &Self) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| end + shift));
        self.forms.extend(&other.forms);
    }

    /// The numbers with the decimals they were written with, as text with a decimal point; `None` if no cell is a number.
    pub fn as_written(&self, marks: &Marks, comma: bool) -> Option<Column> {
        let texts: Vec<Option<String>> = self
            .cells()
            .map(|(text, _)| {
                float(text, comma).filter(|_| !marks.hides(text) && !marks.misses(text))?;
                Some(if comma { text.replace('.', "").replace(',', ".") } else { text.to_string() })
            })
            .collect();
        texts.iter().any(Option::is_some).then(|| Column::new(self.name.as_str().into(), texts))
    }

    /// Takes out the marks and finds the type. `comma` is true when the decimal mark is a comma.
    pub fn typed(&self, marks: &Marks, comma: bool) -> PolarsResult<Typed> {
        let mut hidden = vec![false; self.len()];
        let cells: Vec<Option<(&str, Form)>> = self
            .cells()
            .enumerate()
            .map(|(row, (text, form))| {
                hidden[row] = marks.hides(text);
                let nothing = form == Form::Empty || hidden[row] || marks.misses(text);
                (!nothing).then_some((text, form))
            })
            .collect();
        let kind = Kind::of(cells.iter().flatten().copied(), comma);
        let odd = matches!(kind, Kind::Text).then(|| odd_cell(&cells, comma)).flatten();
        let column = kind.column(&self.name, &cells, comma)?;
        Ok(Typed { column, hidden: hidden.contains(&true).then_some(hidden), odd })
    }
}

/// The first cell that is no number, if the column has numbers too.
fn odd_cell(cells: &[Option<(&str, Form)>], comma: bool) -> Option<(usize, String)> {
    let number = |(text, form): (&str, Form)| form != Form::Text && float(text, comma).is_some();
    let any = cells.iter().flatten().any(|cell| number(*cell));
    let odd = cells.iter().position(|cell| cell.is_some_and(|cell| !number(cell)))?;
    let (text, _) = cells[odd]?;
    any.then(|| (odd + 1, text.to_string()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Nothing,
    Integer,
    Float,
    IsoDate,
    DanishDate,
    Truth,
    Text,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Integer, Self::Float, Self::IsoDate, Self::DanishDate, Self::Truth];

    /// The first kind that all cells can be read as.
    fn of<'a>(cells: impl Iterator<Item = (&'a str, Form)>, comma: bool) -> Self {
        let mut possible = Self::ALL.to_vec();
        let mut any = false;
        for (text, form) in cells {
            any = true;
            possible.retain(|kind| kind.fits(text, form, comma));
            if possible.is_empty() {
                return Self::Text;
            }
        }
        if any { possible[0] } else { Self::Nothing }
    }

    fn fits(self, text: &str, form: Form, comma: bool) -> bool {
        match (self, form) {
            (Self::Integer, Form::Bare | Form::Number) => integer(text).is_some(),
            (Self::Float, Form::Bare | Form::Number) => float(text, comma).is_some(),
            (Self::IsoDate, Form::Bare | Form::Text) => Day::parse_iso(text).is_some(),
            (Self::DanishDate, Form::Bare | Form::Text) => Day::parse_danish(text).is_some(),
            (Self::Truth, Form::Bare | Form::Truth) => truth(text).is_some(),
            _ => false,
        }
    }

    fn column(self, name: &str, cells: &[Option<(&str, Form)>], comma: bool) -> PolarsResult<Column> {
        let texts = || cells.iter().map(|cell| cell.map(|(text, _)| text));
        let days = |parse: fn(&str) -> Option<Day>| -> PolarsResult<Series> {
            let days: Vec<Option<i32>> = texts().map(|t| t.and_then(parse).map(Day::to_epoch)).collect();
            Series::new(name.into(), days).cast(&DataType::Date)
        };
        let series = match self {
            Self::Integer => {
                Series::new(name.into(), texts().map(|t| t.and_then(integer)).collect::<Vec<_>>())
            }
            Self::Float => {
                Series::new(name.into(), texts().map(|t| t.and_then(|t| float(t, comma))).collect::<Vec<_>>())
            }
            Self::IsoDate => days(Day::parse_iso)?,
            Self::DanishDate => days(Day::parse_danish)?,
            Self::Truth => Series::new(name.into(), texts().map(|t| t.and_then(truth)).collect::<Vec<_>>()),
            Self::Text | Self::Nothing => Series::new(name.into(), texts().collect::<Vec<Option<&str>>>()),
        };
        Ok(series.into_column())
    }
}

/// A whole number; not one with leading zeros, which is a code.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let code = digits.len() > 1 && digits.starts_with('0');
    let plain = !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|b| b.is_ascii_digit());
    (plain && !code).then(|| text.parse().ok())?
}

/// A number with the file's decimal mark; with a comma, points may group thousands.
fn float(text: &str, comma: bool) -> Option<f64> {
    if !comma {
        return plain_float(text);
    }
    let (whole, part) = text.split_once(',').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let mut groups = whole.trim_start_matches('-').split('.');
    let first =
        groups.next().is_some_and(|first| !first.is_empty() && (first.len() <= 3 || !whole.contains('.')));
    if !first || groups.any(|group| group.len() != 3) {
        return None;
    }
    let whole = whole.replace('.', "");
    plain_float(&part.map_or(whole.clone(), |part| format!("{whole}.{part}")))
}

fn plain_float(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'));
    (number && !code).then(|| text.parse().ok())?
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "TRUE" | "True" => Some(true),
        "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

/// In words what a cell holds, for messages about sources whose values may not be printed.
pub(super) fn cell_words(text: &str) -> &'static str {
    let dtype = match Kind::of(std::iter::once((text, Form::Bare)), false) {
        Kind::Integer | Kind::Float if text.starts_with('-') => return "a negative number",
        Kind::Integer | Kind::Float => DataType::Float64,
        Kind::IsoDate | Kind::DanishDate => DataType::Date,
        Kind::Truth => DataType::Boolean,
        Kind::Text | Kind::Nothing => DataType::String,
    };
    type_words(&dtype)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(cells: &[&str], marks: &Marks, comma: bool) -> Typed {
        let mut column = TextColumn::new("c");
        cells.iter().for_each(|cell| column.push(cell, Form::Bare));
        column.typed(marks, comma).expect("a column")
    }

    fn dtype(cells: &[&str]) -> DataType {
        typed(cells, &Marks::default(), false).column.dtype().clone()
    }

    #[test]
    fn one_type_fits_every_cell() {
        assert_eq!(dtype(&["1", "", "-20"]), DataType::Int64);
        assert_eq!(dtype(&["1", "2.50"]), DataType::Float64);
        assert_eq!(dtype(&["2025-12-01", ""]), DataType::Date);
        assert_eq!(dtype(&["01-12-2025"]), DataType::Date);
        assert_eq!(dtype(&["1", "x"]), DataType::String);
        assert_eq!(dtype(&["", ""]), DataType::String);
    }

    #[test]
    fn a_number_with_a_leading_zero_is_a_code() {
        assert_eq!(dtype(&["0101", "1620"]), DataType::String);
        assert_eq!(dtype(&["0", "0.5"]), DataType::Float64);
    }

    #[test]
    fn marks_are_taken_out_before_the_type_is_found_and_hidden_is_not_missing() {
        let marks = Marks { hidden: vec!["..".into()], missing: vec!["-".into()] };
        let column = typed(&["1.5", "..", "-", ""], &marks, false);
        assert_eq!(column.column.dtype(), &DataType::Float64);
        assert_eq!(column.column.null_count(), 3);
        assert_eq!(column.hidden, Some(vec![false, true, false, false]));
    }

    #[test]
    fn danish_numbers_have_a_comma_and_points_between_thousands() {
        let column = typed(&["1.234,5", "-0,25", "12"], &Marks::default(), true).column;
        let numbers: Vec<f64> = column.f64().expect("numbers").iter().flatten().collect();
        assert_eq!(numbers, [1234.5, -0.25, 12.0]);
        assert_eq!(typed(&["1.2,5"], &Marks::default(), true).column.dtype(), &DataType::String);
    }

    #[test]
    fn the_cell_that_spoils_a_column_of_numbers_is_known_by_its_row() {
        let column = typed(&["1", "2", "<5", "x"], &Marks::default(), false);
        assert_eq!(column.odd, Some((3, "<5".into())));
        assert_eq!(typed(&["a", "b"], &Marks::default(), false).odd, None);
    }

    #[test]
    fn text_in_a_format_with_types_stays_text() {
        let mut column = TextColumn::new("id");
        column.push("1620", Form::Text);
        assert_eq!(column.typed(&Marks::default(), false).expect("typed").column.dtype(), &DataType::String);
    }
}
