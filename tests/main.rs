//! The only integration binary: each further one would link polars and typst again.

mod adds_up;
mod architecture;
mod bad_input;
mod catalogue;
mod chance;
mod demonstration;
mod disclosure;
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
