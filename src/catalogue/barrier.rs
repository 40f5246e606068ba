//! `barriers:` what stands in the way of using data, how it is seen, what helps, and who decides.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    check::{Checker, Kind},
    practice::{Reference, check_references},
    spans::At,
    text::Text,
};
use crate::ids::PracticeId;

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
    /// Practices that met it.
    #[serde(default)]
    pub met_by: Vec<At<PracticeId>>,
    /// Where it is told.
    pub sources: Vec<Reference>,
}

/// Barriers: their practices are declared, and somebody has told of each.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.barriers);
    for (id, barrier) in written.barriers.iter() {
        for practice in &barrier.met_by {
            checker.refer(Kind::Practice, practice.as_str(), &practice.place);
        }
        check_references(&barrier.sources, &id.place, checker);
    }
}
