//! Stage 2: declared files → tables, places, and an account of every row.

mod account;
pub mod export;
mod places;
mod tables;

pub use account::{Account, Reason, SourceAccount};
pub use places::{Area, Feature, Places};
pub use tables::{PERIOD, Table, Tables, area_column, hidden_column, period_code, period_of};
mod csv;
mod dates;
mod json;
mod order;
mod periods;
mod projection;
mod sql;
mod text_columns;
