//! `catalogue:` and `theme:`: whose catalogue it is and how its pages look.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    dates::{Crs, YearMonth},
    spans::At,
    text::{Language, Text},
};

/// Whose catalogue it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct About {
    /// The title of the monitoring.
    pub title: Text,
    /// Who publishes it.
    pub publisher: Text,
    /// The municipality's number, as 147. It is also the area key of the municipality's own rows.
    pub municipality: At<u16>,
    /// The region's number, as 1084: its rows among the benchmarks.
    pub region: At<u16>,
    /// The language of the reports.
    pub language: Language,
    /// The coordinate system of all maps and distances, in metres: EPSG:25832, or EPSG:25833 on Bornholm.
    pub crs: At<Crs>,
    /// Year and month that date the pages and the PDF files; there is no clock.
    pub edition: At<YearMonth>,
}

/// How the pages look. Without it they have the program's own colour.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Appearance {
    /// The municipality's colour, as `"#005A78"`: dark enough for small text, and far from the colours of the statuses.
    pub primary: Option<At<String>>,
    /// A light tint of it.
    pub tint: Option<At<String>>,
    /// The name in the page head.
    pub name: Option<Text>,
    /// An SVG file with the logo.
    pub logo: Option<At<String>>,
    /// Whom to ask; printed in the data declaration.
    pub contact: Option<Text>,
}
