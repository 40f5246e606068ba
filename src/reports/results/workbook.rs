//! The workbook: pages of rows under a head that stays in sight, with numbers as numbers.
//!
//! A cell is never empty: what is hidden or missing says so, and what does not concern a row has a mark.

use std::borrow::Cow;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{describe, failed, sheets, table::Table};
use crate::{
    catalogue::{Date, Language},
    diagnostics::Diagnostic,
    numbers::Decimal,
    reports::context::Context,
};

/// The rows of a sheet that Excel can read, without the head.
const ROWS: u32 = if cfg!(test) { 100 } else { 1_048_575 };
/// The most decimals that a number is printed with.
const DECIMALS: usize = 6;
/// Widths of columns, in characters.
pub(super) const NARROW: f64 = 11.0;
pub(super) const MIDDLE: f64 = 20.0;
pub(super) const WIDE: f64 = 38.0;
/// The height of a line, in points.
pub(super) const LINE: f64 = 15.0;
/// A tint and a grey that print well.
const HEAD: Color = Color::RGB(0xE6EDF1);
const QUIET: Color = Color::RGB(0x5A5A5A);

/// A column of a page.
#[derive(Clone)]
pub(super) struct Head {
    pub head: String,
    /// What it holds, for the first sheet.
    pub means: String,
    pub width: f64,
}

/// A cell.
pub(super) enum Entry<'a> {
    Text(Cow<'a, str>),
    /// A number, shown with its own decimals.
    Number(Decimal),
    /// A year: a number without a mark between thousands.
    Year(u16),
    /// A day, sorted and filtered as one.
    Day(Date),
    /// Words in the place of a number.
    Word(Cow<'a, str>),
    /// Nothing that concerns the row.
    Nothing,
}

impl<'a> From<&'a str> for Entry<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.into()) }
    }
}

impl From<String> for Entry<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Text(text.into()) }
    }
}

impl From<Option<Decimal>> for Entry<'_> {
    fn from(number: Option<Decimal>) -> Self {
        number.map_or(Self::Nothing, Self::Number)
    }
}

/// How cells look.
pub(super) struct Look {
    head: Format,
    /// By decimals.
    numbers: Vec<Format>,
    year: Format,
    day: Format,
    word: Format,
    /// The mark of a cell that does not concern its row.
    mark: String,
    pub title: Format,
    pub heading: Format,
    pub term: Format,
    pub prose: Format,
}

impl Look {
    fn new(mark: String, language: Language) -> Self {
        let number = |decimals: usize| match decimals {
            0 => Format::new().set_num_format("#,##0"),
            _ => Format::new().set_num_format(format!("#,##0.{}", "0".repeat(decimals))),
        };
        let top = || Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Self {
            head: top().set_bold().set_background_color(HEAD).set_border_bottom(FormatBorder::Thin),
            numbers: (0..=DECIMALS).map(number).collect(),
            year: Format::new().set_num_format("0"),
            day: Format::new().set_num_format(days(language)).set_align(FormatAlign::Left),
            word: Format::new().set_align(FormatAlign::Right).set_font_color(QUIET),
            mark,
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_font_size(12),
            term: top().set_bold(),
            prose: top(),
        }
    }
}

/// How Excel writes a day in a language, whatever its own is set to.
fn days(language: Language) -> &'static str {
    match language {
        Language::Danish => "[$-406]d. mmmm yyyy",
        Language::English => "[$-809]d mmmm yyyy",
    }
}

/// The lines that a text takes in a column: readers other than Excel do not make room for them by themselves.
pub(super) fn lines_of(text: &str, width: f64) -> u32 {
    // A word that does not fit goes to the next line whole.
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace() {
        let long = word.chars().count();
        if used > 0 && (used + 1 + long) as f64 > width {
            lines += 1;
            used = long;
        } else {
            used += long + usize::from(used > 0);
        }
    }
    lines
}

/// A page under construction: one sheet, or more where it has more rows than a sheet can.
pub(super) struct Page<'l> {
    /// The table that it shows.
    pub of: &'static str,
    pub name: String,
    pub columns: Vec<Head>,
    look: &'l Look,
    sheets: Vec<Worksheet>,
    /// Rows of all sheets.
    pub rows: usize,
    /// The rows of the last sheet.
    last: u32,
}

impl<'l> Page<'l> {
    /// A page without rows.
    pub fn new(
        of: &'static str,
        name: String,
        columns: Vec<Head>,
        look: &'l Look,
    ) -> Result<Self, XlsxError> {
        let mut page = Self { of, name, columns, look, sheets: Vec::new(), rows: 0, last: 0 };
        page.sheet()?;
        Ok(page)
    }

    /// Begins a sheet.
    fn sheet(&mut self) -> Result<(), XlsxError> {
        let mut sheet = Worksheet::new();
        let number = self.sheets.len() + 1;
        sheet.set_name(if number == 1 { self.name.clone() } else { format!("{} {number}", self.name) })?;
        for (column, head) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, &head.head, &self.look.head)?;
            sheet.set_column_width(column, head.width)?;
        }
        let high = self.columns.iter().map(|head| lines_of(&head.head, head.width)).max().unwrap_or(1);
        sheet.set_row_height(0, LINE * f64::from(high))?;
        sheet.set_freeze_panes(1, 1)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        self.last = 0;
        self.sheets.push(sheet);
        Ok(())
    }

    /// Adds a row with a cell for each column.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Entry<'a>>) -> Result<(), XlsxError> {
        if self.last == ROWS {
            self.sheet()?;
        }
        self.last += 1;
        self.rows += 1;
        let (row, look) = (self.last, self.look);
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Entry::Text(text) => sheet.write_string(row, column, &*text)?,
                Entry::Word(word) => sheet.write_string_with_format(row, column, &*word, &look.word)?,
                Entry::Nothing => sheet.write_string_with_format(row, column, &look.mark, &look.word)?,
                Entry::Year(year) => sheet.write_number_with_format(row, column, year, &look.year)?,
                Entry::Day(day) => {
                    let day = ExcelDateTime::from_ymd(day.year, day.month, day.day)?;
                    sheet.write_datetime_with_format(row, column, &day, &look.day)?
                }
                Entry::Number(number) => {
                    let format = &look.numbers[usize::from(number.places).min(DECIMALS)];
                    sheet.write_number_with_format(row, column, number.to_f64(), format)?
                }
            };
        }
        Ok(())
    }

    /// The sheets, with a filter on every column.
    fn finish(mut self) -> Result<Vec<Worksheet>, XlsxError> {
        let columns = u16::try_from(self.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
        let sheets = self.sheets.len();
        for (number, sheet) in self.sheets.iter_mut().enumerate() {
            let rows = if number + 1 == sheets { self.last } else { ROWS };
            sheet.autofilter(0, 0, rows, columns)?;
        }
        Ok(self.sheets)
    }
}

/// The workbook as the bytes of an Excel file, the same for the same content: its date is the edition's.
pub(super) fn workbook(context: &Context, tables: &[Table], path: &str) -> Result<Vec<u8>, Diagnostic> {
    let mark = context.words.labels().get("missing-mark").cloned().unwrap_or_default();
    let look = Look::new(mark, context.language);
    let pages = sheets::pages(context, tables, &look, path)?;
    let first = describe::sheet(context, &pages, tables, &look, path)?;
    finish(context, first, pages).map_err(|error| failed(path, error))
}

fn finish(context: &Context, first: Worksheet, pages: Vec<Page>) -> Result<Vec<u8>, XlsxError> {
    let about = &context.catalogue.about;
    let edition = about.edition.value;
    let properties = DocProperties::new()
        .set_title(context.text(&about.title))
        .set_company(context.text(&about.publisher))
        .set_creation_datetime(&ExcelDateTime::from_ymd(edition.year, edition.month, 1)?);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties);
    workbook.push_worksheet(first);
    for page in pages {
        for sheet in page.finish()? {
            workbook.push_worksheet(sheet);
        }
    }
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_as_long_as_its_column_and_breaks_between_words() {
        assert_eq!(lines_of("Værdi", NARROW), 1);
        assert_eq!(lines_of("Bidrag: Forebyggende foranstaltninger", 20.0), 2);
        assert_eq!(lines_of("Bidrag: Forebyggende foranstaltninger", 12.0), 3);
    }

    #[test]
    fn a_page_with_more_rows_than_a_sheet_can_hold_goes_on_on_another_with_the_same_head()
    -> Result<(), XlsxError> {
        let look = Look::new("–".into(), Language::Danish);
        let head = Head { head: "Tal".into(), means: "Et tal.".into(), width: NARROW };
        let mut page = Page::new("values", "Værdier".into(), vec![head], &look)?;
        for row in 0..205 {
            page.row([Entry::Number(Decimal::whole(row))])?;
        }
        assert_eq!(page.rows, 205);
        let names: Vec<String> = page.finish()?.iter().map(Worksheet::name).collect();
        assert_eq!(names, ["Værdier", "Værdier 2", "Værdier 3"]);
        Ok(())
    }
}
