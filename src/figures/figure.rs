//! What a figure is: a drawing, what it shows, whose it is, its alt text and the table behind it.

use std::collections::BTreeSet;

use crate::ids::{AreaId, ValueId};

/// A finished drawing. It can only be put on a page about [`Figure::subject`].
pub struct Figure {
    /// Every published value that the drawing shows.
    pub shows: BTreeSet<ValueId>,
    /// The area the drawing is about; `None` for one that belongs to all.
    pub subject: Option<AreaId>,
    /// The drawing; its width and height are the printed size in millimetres.
    pub svg: String,
    /// Printed width, millimetres.
    pub width: f64,
    /// Printed height, millimetres.
    pub height: f64,
    /// One or two Danish sentences with the main numbers.
    pub alt: String,
    /// The table behind the drawing.
    pub table: DataTable,
}

/// The numbers behind a drawing, ready to print.
#[derive(Default, Clone, PartialEq, Eq, Debug)]
pub struct DataTable {
    /// Column heads.
    pub head: Vec<String>,
    /// Rows, as wide as the head.
    pub rows: Vec<Vec<String>>,
}
