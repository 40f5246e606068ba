//! Stage 2: declared files → tables, places, and an account of every row.
//!
//! [`open()`] finds the files, reads schemas and checks every column and expression of the catalogue; [`read()`] reads the rows.

mod absent;
mod account;
mod areas;
mod clusters;
mod cpr;
mod csv;
mod data_file;
mod dates;
pub mod export;
mod features;
mod files;
mod geojson;
mod gpkg;
mod join;
mod json;
mod keys;
mod locate;
mod numbered;
mod open;
mod order;
mod parquet;
mod periods;
mod place;
mod places;
mod projection;
mod read;
mod reading;
mod spans;
mod sql;
mod tables;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text_columns;
mod uses;
mod versions;
mod wkb;

pub use absent::Absent;
pub use account::{Account, Reason, SourceAccount};
pub(crate) use cpr::is_cpr_like;
pub use files::{InputFile, inputs};
pub use open::{Opened, open};
pub use places::{Area, Feature, Places};
pub use read::read;
pub use reading::{Reading, Use};
pub use tables::{
    EASTING, HOUSEHOLD, MUNICIPALITY, NORTHING, PERIOD, PERSON, Table, Tables, area_column, hidden_column,
    period_code, period_of,
};
pub use uses::AGE;

use std::path::Path;

use crate::{catalogue::Catalogue, diagnostics::Outcome};

/// The areas and the backdrop alone, without any table. Errors: as [`open()`] and [`read()`] give them for geometry.
pub fn places(catalogue: &Catalogue, folder: &Path) -> Outcome<Places> {
    let (opened, _) = areas::open(catalogue, folder)?;
    areas::read(catalogue, opened)
}
