//! The only integration binary: each further one would link polars and typst again.

mod adds_up;
mod architecture;
mod audit;
mod bad_input;
mod catalogue;
mod chance;
mod demonstration;
mod distances;
mod docs;
mod methods;
mod own_catalogue;
mod publication;
mod single_rows;
mod small_municipality;
mod sums;
mod support;
mod typology;
