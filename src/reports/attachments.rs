//! The table behind every figure, attached to the PDF of its report as one CSV file a figure.
//!
//! A file holds what the figure shows, cell for cell as printed: semicolons between cells and a byte order mark, so that a
//! Danish spreadsheet opens it with a double click.

use serde::Serialize;

use super::{context::Said, drawings::Drawings, plan::slug};
use crate::{
    figures::DataTable,
    ids::AreaId,
    words::{Slots, Words},
};

/// Tells a spreadsheet that the file is UTF-8.
const MARK: char = '\u{feff}';

/// One attached file.
#[derive(Serialize)]
pub(super) struct Attachment {
    name: String,
    description: String,
    /// The kind of file, where it is not CSV.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    text: String,
}

impl Attachment {
    /// A file of entries of the catalogue.
    pub fn yaml(name: String, description: String, text: String) -> Self {
        Self { name, description, kind: Some("application/yaml"), text }
    }
}

/// The files of a report: one for every drawing with a table behind it, in the order of their virtual paths.
pub(super) fn attachments(words: &Words, drawings: &Drawings) -> Said<Vec<Attachment>> {
    let with_table = drawings.tables().filter(|(_, table, _)| !table.rows.is_empty());
    (1..)
        .zip(with_table)
        .map(|(place, (path, table, alt))| {
            Ok(Attachment {
                name: name(words, drawings.subject(), path, place)?,
                description: words.line("attachments/description", &Slots::new().text("alt", alt))?,
                kind: None,
                text: csv(table),
            })
        })
        .collect()
}

/// The file's name: the area it is about, and what the figure is.
fn name(words: &Words, area: Option<&AreaId>, path: &str, place: i64) -> Said<String> {
    let drawing = path.trim_start_matches('/').trim_end_matches(".svg");
    let (kind, number) = match drawing.rsplit_once('-').map(|(kind, number)| (kind, number.parse())) {
        Some((kind, Ok(number))) => (kind, number),
        _ => (drawing, place),
    };
    let figure = match kind {
        "map" => words.line("attachments/file-map", &Slots::new())?,
        "municipality" => words.line("attachments/file-municipality", &Slots::new())?,
        "trend" => words.line("attachments/file-trend", &Slots::new().count("n", number))?,
        _ => words.line("attachments/file-figure", &Slots::new().count("n", place))?,
    };
    let area = area.map_or(String::new(), |area| format!("{}-", slug(area.as_str())));
    Ok(format!("{area}{}.csv", slug(&figure)))
}

fn csv(table: &DataTable) -> String {
    let mut text = String::from(MARK);
    for row in std::iter::once(&table.head).chain(&table.rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_string()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{figures::Figure, words::tests::danish};

    fn table(rows: &[&[&str]]) -> DataTable {
        let cells = |row: &&[&str]| row.iter().map(ToString::to_string).collect();
        DataTable {
            head: vec!["År".into(), "Området; alle".into()], rows: rows.iter().map(cells).collect()
        }
    }

    fn drawings(paths: &[&'static str], rows: &[&[&str]]) -> Drawings {
        let area = AreaId::from("Grønnevang");
        let mut drawings = Drawings::new(Some(&area));
        for path in paths {
            let figure = Figure {
                shows: BTreeSet::new(),
                subject: Some(area.clone()),
                svg: String::new(),
                width: 1.0,
                height: 1.0,
                alt: "Andelen er 40,4 pct.".into(),
                table: table(rows),
            };
            drawings.add(path, &figure).expect("it is about the area");
        }
        drawings
    }

    #[test]
    fn every_figure_with_numbers_has_a_file_named_after_the_area_and_the_figure() {
        let drawings = drawings(&["/map.svg", "/pyramid.svg", "/trend-3.svg"], &[&["2024", "40,4"]]);
        let files = attachments(&danish(), &drawings).expect("the texts are there");
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["groennevang-kort.csv", "groennevang-figur-2.csv", "groennevang-udvikling-3.csv"]);
        assert!(files[0].description.ends_with("Andelen er 40,4\u{a0}pct."), "{}", files[0].description);
        assert_eq!(files[0].text, "\u{feff}År;\"Området; alle\"\r\n2024;40,4\r\n");
    }

    #[test]
    fn a_figure_without_numbers_has_no_file() {
        let files = attachments(&danish(), &drawings(&["/map.svg"], &[])).expect("the texts are there");
        assert!(files.is_empty());
    }
}
