//! The council paper as content, before any form: fields of blocks, from which the PDF, the .docx and the fragments of a case
//! system are written alike.

use crate::words::Rich;

/// A *dagsordenspunkt*.
pub(super) struct Paper {
    /// Its title.
    pub title: String,
    /// Name and value of what stands above the title: case number, committee, date.
    pub meeting: Vec<(String, String)>,
    /// The fields in the order in which councils read them.
    pub fields: Vec<Field>,
}

/// The fields of a *dagsordenspunkt*, named as in the case systems.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum FieldId {
    /// Resumé.
    Summary,
    /// Indstilling.
    Recommendation,
    /// Sagsfremstilling.
    Presentation,
    /// Beslutningskompetence.
    Competence,
    /// Økonomi.
    Economy,
    /// Videre proces.
    Process,
    /// Bilag.
    Annexes,
}

/// One field.
pub(super) struct Field {
    pub id: FieldId,
    pub heading: String,
    pub blocks: Vec<Block>,
}

/// A piece of a field.
pub(super) enum Block {
    /// A heading inside the field.
    Heading(String),
    Paragraph(Rich),
    /// Points 1, 2, 3.
    Numbered(Vec<Rich>),
    Bullets(Vec<Rich>),
    /// The first cell of a row names it.
    Table {
        caption: String,
        head: Vec<String>,
        rows: Vec<Vec<Rich>>,
        note: Option<Rich>,
    },
    /// A drawing by its virtual path, with its width in millimetres.
    Figure {
        path: &'static str,
        title: String,
        alt: String,
        width: f64,
    },
    /// The planner has not written it yet: what is asked for.
    ToBeFilled(String),
}

impl Paper {
    /// The fields that the planner has yet to write.
    pub fn unfilled(&self) -> impl Iterator<Item = FieldId> + '_ {
        let is_empty =
            |field: &&Field| field.blocks.iter().any(|block| matches!(block, Block::ToBeFilled(_)));
        self.fields.iter().filter(is_empty).map(|field| field.id)
    }
}
