//! The only integration binary: each further one would link polars and typst again.

mod architecture;
mod catalogue;
mod methods;
mod publication;
mod small_municipality;
