//! `practices:` what other municipalities did, under the headings of KL's examples; `barriers:` what stands in the way.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{check::Checker, number::Number, spans::At, text::Text};
use crate::ids::IndicatorId;

/// An example from another municipality.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Practice {
    /// Its name.
    pub title: Text,
    /// The municipality.
    pub municipality: String,
    /// What it is for.
    pub purpose: Option<Text>,
    /// How it is used.
    pub r#use: Option<Text>,
    /// Who does what.
    pub organisation: Option<Text>,
    /// The data behind it.
    pub data: Option<Text>,
    /// What was learnt.
    pub lesson: Option<Text>,
    /// What to consider before copying it.
    pub consider: Option<Text>,
    /// How well its effect is known.
    pub evidence: Evidence,
    /// The indicators it concerns.
    #[serde(default)]
    pub indicators: Vec<At<IndicatorId>>,
    /// Where it may help: all of these hold.
    #[serde(default)]
    pub fits_when: Vec<Condition>,
    /// Where it does not: one of these holds.
    #[serde(default)]
    pub unfit_when: Vec<Condition>,
    /// Where it is described.
    pub source: Option<String>,
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

/// A condition on an indicator.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Condition {
    /// The indicator.
    pub indicator: At<IndicatorId>,
    /// What holds for it.
    pub is: Situation,
}

/// What holds for an indicator in an area.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Situation {
    /// More than.
    Over(At<Number>),
    /// This much or more.
    AtLeast(At<Number>),
    /// Less than.
    Under(At<Number>),
    /// This much or less.
    AtMost(At<Number>),
    /// Within so many points of a limit of the law.
    NearLimit(At<Number>),
    /// Surely risen.
    Rising,
    /// Surely fallen.
    Falling,
}

/// Something that stands in the way of using data.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Barrier {
    /// The barrier.
    pub title: Text,
    /// How one sees it.
    pub sign: Text,
    /// What helps.
    pub remedy: Text,
    /// Who decides.
    pub who_decides: Text,
}

/// Practices and barriers.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.practices);
    checker.ids(&written.barriers);
    for (_, practice) in written.practices.iter() {
        checker.refer_indicators(&practice.indicators);
        checker.refer_indicators(
            practice.fits_when.iter().chain(&practice.unfit_when).map(|when| &when.indicator),
        );
    }
}
