//! The only integration binary: each further one would link polars and typst again.

mod adds_up;
mod architecture;
mod audit;
mod bad_input;
mod catalogue;
mod chance;
mod demonstration;
mod disclosure;
mod distances;
mod docs;
mod editions;
mod forecast;
mod hangs_on;
mod hidden_figures;
mod law;
mod methods;
mod next_list;
mod official_only;
mod own_catalogue;
mod publication;
mod single_rows;
mod small_municipality;
mod sums;
mod support;
mod typology;
mod what_if;
