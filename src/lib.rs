//! kvarter: reports for boligsocial monitorering, from one YAML catalogue.

pub mod diagnostics;
pub mod ids;
pub mod numbers;
pub mod templates;
pub mod words;

pub mod catalogue;
pub mod compute;
pub mod figures;
pub mod reports;
pub mod sources;
pub mod demo;
