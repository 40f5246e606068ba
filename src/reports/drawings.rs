//! The drawings of one report, and all that its template is given. A drawing of another area is refused here, whatever made it.

use std::{collections::BTreeMap, fmt};

use crate::{
    diagnostics::{At, Diagnostic, Severity},
    figures::{DataTable, Figure},
    ids::AreaId,
};

/// What the template of one report is given: the payload as JSON, and the drawings.
pub(super) struct Contents {
    pub data: Vec<u8>,
    pub drawings: Drawings,
}

/// A drawing of one area was about to be put on the page of another, or on a page that is about none.
#[derive(Debug, PartialEq, Eq)]
pub struct WrongArea {
    /// The area that the page is about, if it is about one.
    pub page: Option<AreaId>,
    /// The area that the drawing is about.
    pub drawing: AreaId,
}

impl fmt::Display for WrongArea {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a drawing of {:?} was refused on a page about ", self.drawing)?;
        match &self.page {
            Some(page) => write!(f, "{page:?}"),
            None => f.write_str("no single area"),
        }
    }
}

impl std::error::Error for WrongArea {}

impl From<WrongArea> for Diagnostic {
    fn from(wrong: WrongArea) -> Self {
        Self::new(Severity::Error, "wrong-area", wrong.to_string(), At::Nowhere).hint(
            "this is a fault in the program: a page shows one area and nothing else, or belongs to none",
        )
    }
}

/// The drawings of one report by virtual path, all of its area or of none.
pub(super) struct Drawings {
    subject: Option<AreaId>,
    svgs: BTreeMap<&'static str, String>,
    /// The table behind each, with its alt text.
    tables: BTreeMap<&'static str, (DataTable, String)>,
}

impl Drawings {
    /// No drawings yet, of a report about one area or about none.
    pub fn new(subject: Option<&AreaId>) -> Self {
        Self { subject: subject.cloned(), svgs: BTreeMap::new(), tables: BTreeMap::new() }
    }

    /// Takes a drawing in under a path, unless it is about another area.
    pub fn add(&mut self, path: &'static str, figure: &Figure) -> Result<(), WrongArea> {
        match &figure.subject {
            Some(drawing) if Some(drawing) != self.subject.as_ref() => {
                Err(WrongArea { page: self.subject.clone(), drawing: drawing.clone() })
            }
            _ => {
                self.svgs.insert(path, figure.svg.clone());
                self.tables.insert(path, (figure.table.clone(), figure.alt.clone()));
                Ok(())
            }
        }
    }

    /// The area that the report is about.
    pub fn subject(&self) -> Option<&AreaId> {
        self.subject.as_ref()
    }

    /// The table behind every drawing and its alt text, by virtual path.
    pub fn tables(&self) -> impl Iterator<Item = (&'static str, &DataTable, &str)> {
        self.tables.iter().map(|(path, (table, alt))| (*path, table, alt.as_str()))
    }

    /// The drawings by virtual path.
    pub fn into_files(self) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
        self.svgs.into_iter().map(|(path, svg)| (path, svg.into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_drawing_of_another_area_is_refused() {
        let drawing = |subject: Option<&str>| Figure {
            shows: BTreeSet::new(),
            subject: subject.map(AreaId::from),
            svg: String::new(),
            width: 1.0,
            height: 1.0,
            alt: String::new(),
            table: DataTable::default(),
        };
        let mut drawings = Drawings::new(Some(&AreaId::from("gronnevang")));
        let wrong = WrongArea { page: Some(AreaId::from("gronnevang")), drawing: AreaId::from("nabo") };
        assert_eq!(drawings.add("/map.svg", &drawing(Some("nabo"))), Err(wrong));
        assert!(drawings.svgs.is_empty());
        assert_eq!(drawings.add("/map.svg", &drawing(Some("gronnevang"))), Ok(()));
        assert_eq!(drawings.add("/key.svg", &drawing(None)), Ok(()));
        let mut of_none = Drawings::new(None);
        let wrong = WrongArea { page: None, drawing: AreaId::from("nabo") };
        assert_eq!(of_none.add("/map.svg", &drawing(Some("nabo"))), Err(wrong));
        assert_eq!(of_none.add("/map.svg", &drawing(None)), Ok(()));
    }
}
