//! Stage 4: `Publication` and places → drawings with alt text and data table.

mod figure;

pub use figure::{DataTable, Figure};
