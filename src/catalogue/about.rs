//! `catalogue:` and `theme:`: whose catalogue it is and how its pages look.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    base::Version,
    check::Checker,
    dates::{Crs, YearMonth},
    spans::At,
    text::{Language, Text},
};

/// Whose catalogue it is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct About {
    /// The version of the base that you have looked at last, as `2026.1`. Its indicators, populations, sources and rules are
    /// taken in; `kvarter list changes` tells what a newer one alters. Without it nothing is taken in.
    pub base: Option<At<Version>>,
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
    /// The terms under which others may use the open results, as `CC BY 4.0`; without it the workbook says to ask.
    pub licence: Option<Text>,
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
    /// The family of the pages' type, from the font files in `templates/fonts/`; without it Source Sans 3.
    pub font: Option<At<String>>,
    /// The name in the page head.
    pub name: Option<Text>,
    /// An SVG file with the logo.
    pub logo: Option<At<String>>,
    /// Whom to ask; printed in the data declaration.
    pub contact: Option<Text>,
}

impl About {
    /// Numbers and coordinate system must be possible ones.
    pub(super) fn check(&self, checker: &mut Checker) {
        if !(100..=9999).contains(&self.municipality.value) {
            let message = format!("`{}` is not a municipality's number", self.municipality);
            checker.wrong(
                "bad-number",
                message,
                &self.municipality.place,
                "it has three digits, as 147 for Frederiksberg",
            );
        }
        if !(1081..=1085).contains(&self.region.value) {
            let message = format!("`{}` is not a region's number", self.region);
            let hint = "1081 Nordjylland, 1082 Midtjylland, 1083 Syddanmark, 1084 Hovedstaden, 1085 Sjælland";
            checker.wrong("bad-number", message, &self.region.place, hint);
        }
        if ![25832, 25833].contains(&self.crs.epsg) {
            let message = format!("`{}` cannot be the maps' coordinate system", self.crs);
            let hint = "distances and areas need metres: use EPSG:25832, or EPSG:25833 on Bornholm";
            checker.wrong("bad-crs", message, &self.crs.place, hint);
        }
    }
}

impl Appearance {
    /// Colours are written in full.
    pub(super) fn check(&self, checker: &mut Checker) {
        for colour in [&self.primary, &self.tint].into_iter().flatten() {
            let digits = colour.strip_prefix('#').unwrap_or_default();
            if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                let message = format!("`{colour}` is not a colour");
                checker.wrong(
                    "bad-colour",
                    message,
                    &colour.place,
                    "write it with six digits and in quotes, as \"#005A78\"",
                );
            }
        }
    }
}
