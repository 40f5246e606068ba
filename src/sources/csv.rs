//! CSV, read by hand: a wrong row is named exactly, marks are seen before types are guessed, and the files that Danish
//! suppliers write (byte order mark, Windows-1252, semicolons, decimal commas) are read as they are.

use std::{borrow::Cow, collections::BTreeSet};

use super::text_columns::{Form, TextColumn};

/// What is wrong with a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub message: String,
    /// The name of a column that it is about: of a file of persons it may be a value, and is not told.
    pub name: Option<String>,
    /// Row, counted from 1, header not counted.
    pub row: Option<usize>,
    pub hint: Option<&'static str>,
}

/// How a file is written; what is `None` is found from the file.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Dialect {
    pub delimiter: Option<char>,
    pub comma: Option<bool>,
}

/// A file's columns, and whether its decimal mark is a comma.
pub(super) struct Csv {
    pub columns: Vec<TextColumn>,
    pub comma: bool,
}

/// Reads a whole file.
pub(super) fn read(bytes: &[u8], dialect: Dialect) -> Result<Csv, Broken> {
    let text = decode(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let header = text.lines().next().unwrap_or_default();
    let delimiter = dialect.delimiter.unwrap_or_else(|| detect_delimiter(header));
    let mut records = Records { text, delimiter, at: 0 };
    let mut fields = Vec::new();
    if !records.next(&mut fields).map_err(|()| unclosed(None))? || header.trim().is_empty() {
        return Err(Broken {
            message: "the file is empty".into(),
            name: None,
            row: None,
            hint: Some("expected a line with column names"),
        });
    }
    let mut columns: Vec<TextColumn> = fields.iter().map(|name| TextColumn::new(name.trim())).collect();
    if let Some(name) = duplicate(&columns) {
        let name = Some(name.to_string());
        return Err(Broken { message: "two columns have one name".into(), name, row: None, hint: None });
    }
    for row in 1.. {
        if !records.next(&mut fields).map_err(|()| unclosed(Some(row)))? {
            break;
        }
        if fields.len() != columns.len() {
            let (expected, found) = (columns.len(), fields.len());
            return Err(Broken {
                message: format!("expected {expected} fields as in the header, found {found}"),
                name: None,
                row: Some(row),
                hint: Some("a field with the delimiter or a line break in it stands in double quotes"),
            });
        }
        for (column, field) in columns.iter_mut().zip(&fields) {
            column.push(field.trim(), Form::Bare);
        }
    }
    let comma = dialect.comma.unwrap_or_else(|| delimiter != ',' && has_decimal_commas(&columns));
    columns.retain(|column| !column.name.is_empty());
    Ok(Csv { columns, comma })
}

fn unclosed(row: Option<usize>) -> Broken {
    Broken {
        message: "a double quote is not closed".into(),
        name: None,
        row,
        hint: Some("a quote inside a field is written twice: \"\""),
    }
}

/// A name that two columns have; columns without a name are left out anyway.
fn duplicate(columns: &[TextColumn]) -> Option<&str> {
    let mut names = BTreeSet::new();
    let mut named = columns.iter().map(|column| column.name.as_str()).filter(|name| !name.is_empty());
    named.find(|name| !names.insert(*name))
}

/// UTF-8, or else Windows-1252, as Excel saves in Denmark.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes
            .iter()
            .map(|byte| {
                if (0x80..0xa0).contains(byte) { HIGH[usize::from(*byte) - 0x80] } else { char::from(*byte) }
            })
            .collect::<String>()
            .into(),
    }
}

/// The delimiter that the header has most of.
fn detect_delimiter(header: &str) -> char {
    let mut quoted = false;
    let mut counts = [(';', 0), (',', 0), ('\t', 0), ('|', 0)];
    for c in header.chars() {
        quoted ^= c == '"';
        counts.iter_mut().filter(|(mark, _)| *mark == c && !quoted).for_each(|(_, count)| *count += 1);
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .filter(|(_, count)| *count > 0)
        .map_or(',', |(mark, _)| *mark)
}

fn has_decimal_commas(columns: &[TextColumn]) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let comma = |text: &str| {
        let text = text.trim_start_matches('-');
        text.split_once(',').is_some_and(|(whole, part)| digits(&whole.replace('.', "")) && digits(part))
    };
    columns.iter().flat_map(TextColumn::cells).any(|(text, _)| comma(text))
}

/// Walks over records as RFC 4180 has them.
struct Records<'a> {
    text: &'a str,
    delimiter: char,
    at: usize,
}

impl<'a> Records<'a> {
    /// The fields of the next record; `Ok(false)` at the end, `Err` when a quote is never closed. Empty lines at the end of the file are no records.
    fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> Result<bool, ()> {
        fields.clear();
        if self.text[self.at..].trim_matches(['\r', '\n']).is_empty() {
            return Ok(false);
        }
        loop {
            let rest = &self.text[self.at..];
            let field = if rest.starts_with('"') { self.quoted(rest)? } else { self.bare(rest) };
            fields.push(field);
            let rest = &self.text[self.at..];
            if let Some(after) = rest.strip_prefix(self.delimiter) {
                self.at = self.text.len() - after.len();
            } else {
                let after = rest.strip_prefix('\r').unwrap_or(rest);
                let after = after.strip_prefix('\n').unwrap_or(after);
                self.at = self.text.len() - after.len();
                return Ok(true);
            }
        }
    }

    fn bare(&mut self, rest: &'a str) -> Cow<'a, str> {
        let end = rest.find([self.delimiter, '\n', '\r']).unwrap_or(rest.len());
        self.at += end;
        rest[..end].into()
    }

    fn quoted(&mut self, rest: &'a str) -> Result<Cow<'a, str>, ()> {
        let mut from = 1;
        loop {
            let quote = from + rest[from..].find('"').ok_or(())?;
            if rest[quote + 1..].starts_with('"') {
                from = quote + 2;
                continue;
            }
            let inside = &rest[1..quote];
            // Characters between the closing quote and the delimiter belong to the field, as spreadsheets have it.
            let tail = &rest[quote + 1..];
            let end = tail.find([self.delimiter, '\n', '\r']).unwrap_or(tail.len());
            self.at += quote + 1 + end;
            let whole = format!("{}{}", inside.replace("\"\"", "\""), &tail[..end]);
            return Ok(if inside.contains('"') || end > 0 { whole.into() } else { inside.into() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &[u8]) -> Vec<(String, Vec<String>)> {
        let csv = read(text, Dialect::default()).expect("a good file");
        let texts = |column: &TextColumn| column.cells().map(|(text, _)| text.to_string()).collect();
        csv.columns.iter().map(|column| (column.name.clone(), texts(column))).collect()
    }

    #[test]
    fn quotes_line_breaks_and_semicolons_are_read_as_written() {
        let read =
            cells("\u{feff}navn;note\r\n\"Nord; Syd\";\"en\nto \"\"tre\"\"\"\r\nØst;\r\n\r\n".as_bytes());
        assert_eq!(read[0], ("navn".into(), vec!["Nord; Syd".into(), "Øst".into()]));
        assert_eq!(read[1], ("note".into(), vec!["en\nto \"tre\"".into(), String::new()]));
    }

    #[test]
    fn windows_1252_is_read_when_the_file_is_not_utf_8() {
        assert_eq!(cells(b"by\nK\xf8ge \x80\n")[0].1, ["Køge €"]);
    }

    #[test]
    fn a_row_with_too_few_or_too_many_fields_is_named() {
        let broken = |text: &str| read(text.as_bytes(), Dialect::default()).err().map(|broken| broken.row);
        assert_eq!(broken("a,b\n1,2\n3\n"), Some(Some(2)));
        assert_eq!(broken("a,b\n\"x\ny\",2\n3,4,5\n"), Some(Some(2)));
        assert_eq!(broken("a,b\n1,2\n\n3,4\n"), Some(Some(2)));
        assert_eq!(broken("a,b\n1,\"2\n3,4\n"), Some(Some(1)));
        assert_eq!(broken(""), Some(None));
        assert_eq!(broken("a,a\n1,2\n"), Some(None));
    }

    #[test]
    fn the_decimal_mark_is_a_comma_where_numbers_have_one() {
        let comma = |text: &str| read(text.as_bytes(), Dialect::default()).expect("good").comma;
        assert!(comma("a;b\n1.000,5;x\n"));
        assert!(!comma("a;b\n1000.5;x\n"));
        assert!(!comma("a,b\n1000.5,x\n"));
    }
}
