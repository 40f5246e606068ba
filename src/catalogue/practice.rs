//! `practices:` what other municipalities did, under the headings of KL's examples.
//!
//! A practice says where it may help by conditions on what is published of an area. A report prints the conditions that hold as
//! its reasons, so a condition must be one that can be said.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, de::Error};

use super::{
    check::{Checker, Kind},
    condition::Condition,
    dates::YearMonth,
    spans::At,
    text::Text,
    value::Value,
};
use crate::{
    diagnostics::Place,
    ids::{IndicatorId, LayerId, PracticeId},
};

/// An example from another municipality. A heading that its sources do not tell of is left out.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Practice {
    /// Its name.
    pub title: Text,
    /// The municipality, or whoever else did it.
    pub municipality: String,
    /// What it is, in at most two sentences that go on after "Helsingør: ".
    pub brief: Text,
    /// The same in the past tense, for editions after `to`.
    pub brief_after: Option<Text>,
    /// The first year or month.
    pub from: Option<At<When>>,
    /// The last year or month, of what has an end.
    pub to: Option<At<When>>,
    /// The layers whose areas it is for.
    #[serde(default)]
    pub places: Vec<At<LayerId>>,
    /// It is about the municipality as a whole, its areas side by side.
    #[serde(default)]
    pub whole_municipality: bool,
    /// What it is for.
    pub purpose: Option<Text>,
    /// How it is used.
    pub r#use: Option<Text>,
    /// Who does what.
    pub organisation: Option<Text>,
    /// The figures it follows, in the words of its sources.
    pub measures: Option<Text>,
    /// The data behind it.
    pub data: Option<Text>,
    /// What was learnt.
    pub lesson: Option<Text>,
    /// What to consider before copying it, in one or two sentences.
    pub consider: Text,
    /// How well its effect is known.
    pub evidence: Evidence,
    /// The indicators it concerns.
    #[serde(default)]
    pub indicators: Vec<At<IndicatorId>>,
    /// Where it may help: all of these hold. They are printed as the reasons.
    #[serde(default)]
    pub fits_when: Vec<Condition>,
    /// What speaks against it: printed where it holds.
    #[serde(default)]
    pub unfit_when: Vec<Condition>,
    /// What no figure answers, as questions to whoever considers it.
    #[serde(default)]
    pub unjudged: Vec<Text>,
    /// It is no answer to what is seen in one area, so it has no conditions.
    #[serde(default)]
    pub general: bool,
    /// What it was good for, as far as it is told.
    #[serde(default)]
    pub value: Vec<Value>,
    /// Where it is described.
    pub sources: Vec<Reference>,
}

impl Practice {
    /// Had it ended before a month?
    pub fn is_over(&self, edition: YearMonth) -> bool {
        self.to.as_ref().is_some_and(|to| to.value.is_before(edition))
    }

    /// From when to when, as `from 2022-08 to 2026-07`; empty where that is not known.
    pub fn span(&self) -> String {
        let from = self.from.as_ref().map(|from| format!("from {from}"));
        let to = self.to.as_ref().map(|to| format!("to {to}"));
        from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
    }

    /// What it is, told in an edition: in the past tense once it has ended.
    pub fn brief_in(&self, edition: YearMonth) -> &Text {
        self.brief_after.as_ref().filter(|_| self.is_over(edition)).unwrap_or(&self.brief)
    }
}

/// A document that describes a practice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reference {
    /// Its publisher and what it is called or about.
    pub title: At<String>,
    /// Where it is found.
    pub url: Option<At<String>>,
}

/// A year, or a month of a year: `2014`, `2022-08`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct When {
    /// Year.
    pub year: u16,
    /// Month, 1-12.
    pub month: Option<u8>,
}

impl When {
    /// Is it over before a month begins?
    fn is_before(self, month: YearMonth) -> bool {
        (self.year, self.month.unwrap_or(12)) < (month.year, month.month)
    }

    /// Does it begin after another one has ended?
    fn is_after(self, other: Self) -> bool {
        (self.year, self.month.unwrap_or(1)) > (other.year, other.month.unwrap_or(12))
    }
}

impl FromStr for When {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() == 4
            && let Ok(year) = text.parse()
        {
            return Ok(Self { year, month: None });
        }
        let month: YearMonth = text.parse().map_err(|_| "expected a year as 2014 or a month as 2022-08")?;
        Ok(Self { year: month.year, month: Some(month.month) })
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            Some(month) => write!(f, "{:04}-{month:02}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|expected| D::Error::custom(format!("{expected}, found `{text}`")))
    }
}

impl JsonSchema for When {
    fn schema_name() -> Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2})?$", "examples": ["2022-08"] })
    }

    fn inline_schema() -> bool {
        true
    }
}

/// How well an effect is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Described.
    Described,
    /// Followed with figures.
    Followed,
    /// Measured against a comparison.
    Measured,
}

impl Evidence {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Described => "described",
            Self::Followed => "followed",
            Self::Measured => "measured",
        }
    }
}

/// Practices.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.practices);
    for (id, practice) in written.practices.iter() {
        checker.refer_indicators(&practice.indicators);
        for layer in &practice.places {
            checker.refer(Kind::Layer, layer.as_str(), &layer.place);
        }
        practice.check_months(id, checker);
        check_references(&practice.sources, &id.place, checker);
        practice.value.iter().for_each(|value| value.check(checker));
        practice.check_generality(id, checker);
        for condition in practice.fits_when.iter().chain(&practice.unfit_when) {
            condition.check(checker);
        }
    }
}

impl Practice {
    /// What ends is told in the past tense afterwards.
    fn check_months(&self, id: &At<PracticeId>, checker: &mut Checker) {
        if let (Some(from), Some(to)) = (&self.from, &self.to)
            && from.value.is_after(to.value)
        {
            let message = format!("{to} is before {from}");
            checker.wrong("bad-dates", message, &to.place, "`to` is the last year or month");
        }
        match (&self.to, &self.brief_after) {
            (Some(to), None) => {
                let hint = "add `brief-after: …`: `brief` in the past tense, for editions after its end";
                checker.wrong("missing-field", format!("`{id}` ends"), &to.place, hint);
            }
            (None, Some(_)) => {
                let hint = "add `to: …`, its last year or month, or remove `brief-after`";
                checker.wrong("missing-field", format!("`{id}` has no end"), &id.place, hint);
            }
            _ => {}
        }
    }

    /// It is general, or it says by figures where it fits.
    fn check_generality(&self, id: &At<PracticeId>, checker: &mut Checker) {
        let (message, hint) = if self.general {
            if self.fits_when.is_empty() && self.unfit_when.is_empty() {
                return;
            }
            (
                "is general and has conditions",
                "a general one fits no single area: remove `general` or the conditions",
            )
        } else if self.fits_when.is_empty() {
            (
                "does not say where it fits",
                "add `fits-when: […]`, or `general: true` if it answers to no single area",
            )
        } else if self.places.is_empty() {
            (
                "does not say for which areas it is",
                "add `places: [estates]`, the layers whose areas it may fit",
            )
        } else {
            return;
        };
        checker.wrong("where-it-fits", format!("`{id}` {message}"), &id.place, hint);
    }
}

/// Documents with names, and addresses that are some.
pub(super) fn check_references(sources: &[Reference], entry: &Place, checker: &mut Checker) {
    checker.not_empty(sources, "`sources`", entry);
    for source in sources {
        if source.title.trim().is_empty() {
            let hint = "name the publisher and the document, as `Helsingør Kommune, aftale om udlejning`";
            checker.wrong("missing-field", "the source has no title", &source.title.place, hint);
        }
        if let Some(url) = source.url.as_ref().filter(|url| !is_web_address(url)) {
            let hint = "write it as `https://…`; leave it out where the document has none";
            checker.wrong("bad-url", format!("`{url}` is not an address"), &url.place, hint);
        }
    }
}

pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.contains(char::is_whitespace))
}
