//! `questions:` the problem first: what a planner asks, which indicators answer, which practices help.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    check::{Checker, Kind},
    spans::At,
    text::Text,
};
use crate::ids::{IndicatorId, PracticeId};

/// A question.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub title: Text,
    /// The indicators that answer it.
    #[serde(default)]
    pub indicators: Vec<At<IndicatorId>>,
    /// Practices that help.
    #[serde(default)]
    pub practices: Vec<At<PracticeId>>,
}

/// Questions.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.questions);
    for (_, question) in written.questions.iter() {
        checker.refer_indicators(&question.indicators);
        for practice in &question.practices {
            checker.refer(Kind::Practice, practice.as_str(), &practice.place);
        }
    }
}
