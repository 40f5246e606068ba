//! Writing tables and map layers: the only place where Parquet and GeoPackage files are made.
//!
//! Plain columns and geometries in, files with the same bytes for the same content out.

mod gpkg;
mod parquet;
mod reference;
#[cfg(test)]
mod tests;

use polars::prelude::PolarsError;

pub use gpkg::{Cell, Field, Holds, Kind, Layer, Package, write_gpkg};
pub use parquet::{Column, Values, parquet, write_parquet};

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file system refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The table could not be made or written.
    #[error(transparent)]
    Table(#[from] PolarsError),
    /// The GeoPackage could not be written.
    #[error(transparent)]
    Layers(#[from] rusqlite::Error),
    /// A geometry could not be encoded.
    #[error(transparent)]
    Geometry(#[from] geozero::error::GeozeroError),
}
