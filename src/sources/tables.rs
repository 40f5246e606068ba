//! What the readers hand to `compute`: one frame per source with the columns the catalogue uses, and where each row lies.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use crate::ids::{LayerId, Period, PopulationId, SourceId};

/// The column that every table with a period carries: [`period_code`] as a 32-bit integer.
pub const PERIOD: &str = "@period";

/// The column that marks the municipality's own rows among rows that name their area.
pub const MUNICIPALITY: &str = "@municipality";

/// The column with the number of a row's household (32-bit, unsigned; null where none is named): the place of its id among
/// all ids of the source, sorted, so that it does not depend on the order of rows.
pub const HOUSEHOLD: &str = "@household";

/// The column with the number of a row's person, made as [`HOUSEHOLD`]; the same in every period.
pub const PERSON: &str = "@person";

/// The column with a row's easting in the catalogue's coordinate system, in metres (null without a point); [`NORTHING`] beside
/// it. Only of sources whose points a method asks for.
pub const EASTING: &str = "@x";

/// The column with a row's northing.
pub const NORTHING: &str = "@y";

/// All tables of a run, by source.
#[derive(Default)]
pub struct Tables {
    /// The tables.
    pub tables: BTreeMap<SourceId, Table>,
}

/// One source's rows.
///
/// Besides the source's own columns (only those that the catalogue uses) the frame has
/// - [`PERIOD`], if the source declares a period,
/// - for every layer a column [`area_column`]: the row's area as its index in `Places::layers`, null when it lies in none (32-bit, unsigned),
/// - [`EASTING`] and [`NORTHING`] (64-bit floating point), if a method asks for the points of its rows,
/// - [`HOUSEHOLD`] and [`PERSON`], if the source declares them,
/// - [`MUNICIPALITY`] (Boolean), if rows find their area by an area key: true where the key is the municipality's number,
/// - for every column in which a hidden mark occurs a column [`hidden_column`] (Boolean): true where the supplier hid it,
/// - `age` (whole years, 32-bit integer), if the source declares `age-from`; null where it cannot be told.
///
/// Official lists and benchmarks that no population takes rows from have all their columns, and numbers of a text file
/// are kept there as text, with a decimal point and the decimals they were written with. Rows whose area key is in no layer
/// are there too, in no area. Its rows are sorted by all columns, so equal rows in any order give equal frames. The rows of
/// other sources stand as in the file: what is made of them are sums of integers, which no order can change.
#[derive(Clone)]
pub struct Table {
    /// The rows.
    pub frame: DataFrame,
    /// Columns that another source added (`adds-to`), with the periods (as [`period_code`]) of this table for which that
    /// source has rows at all: in other periods an empty cell means "not known", not "none".
    pub added: BTreeMap<String, BTreeSet<i32>>,
    /// Populations of this table that count with columns nobody has supplied.
    pub absent: BTreeSet<PopulationId>,
    /// Kind of the period, as an example of it (`Year(0)`, `Quarter(0, 1)`); `None` for a table without time.
    pub period: Option<Period>,
    /// True when rows name their area themselves: rows are aggregates, and areas may not be added to a municipality.
    pub by_area_key: bool,
}

/// The name of the column that says in which area of `layer` a row lies.
pub fn area_column(layer: &LayerId) -> String {
    format!("@{layer}")
}

/// The name of the column that says where the supplier hid `column`.
pub fn hidden_column(column: &str) -> String {
    format!("@hidden:{column}")
}

/// A period as one sortable number: year x 100 + part (0 for a year).
pub fn period_code(period: Period) -> i32 {
    match period {
        Period::Year(y) => i32::from(y) * 100,
        Period::Half(y, p) | Period::Quarter(y, p) | Period::Month(y, p) => i32::from(y) * 100 + i32::from(p),
    }
}

/// The period of the kind of `example` that has this code.
pub fn period_of(code: i32, example: Period) -> Period {
    let (year, part) = ((code / 100) as u16, (code % 100) as u8);
    match example {
        Period::Year(_) => Period::Year(year),
        Period::Half(..) => Period::Half(year, part),
        Period::Quarter(..) => Period::Quarter(year, part),
        Period::Month(..) => Period::Month(year, part),
    }
}
