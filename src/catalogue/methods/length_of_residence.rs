//! `length-of-residence:` how long people stay, of whom many still live there.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, check_single_rows};
use crate::{
    catalogue::{At, Unit, check::Checker},
    ids::PopulationId,
};

/// How long people stay: the median length of residence, with those who still live there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LengthOfResidence {
    /// Stays, with `value:` their length in years, until they ended or until now.
    pub of: At<PopulationId>,
    /// Those of them that ended: a population within `of`.
    pub ended: At<PopulationId>,
}

impl Form for LengthOfResidence {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("ended", &self.ended), ("of", &self.of)]
    }

    fn lists(&self) -> Vec<(&At<PopulationId>, Option<&At<PopulationId>>)> {
        vec![(&self.of, Some(&self.ended))]
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Years]
    }

    fn words(&self) -> String {
        "median length of residence (Kaplan-Meier)".to_string()
    }
}

impl LengthOfResidence {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_single_rows(&self.of, checker);
        let populations = &checker.written.populations;
        let mut outer = populations.get(&self.ended.value);
        for _ in 0..populations.len() {
            match outer.and_then(|population| population.within.as_ref()) {
                Some(within) if within.value == self.of.value => return,
                Some(within) => outer = populations.get(&within.value),
                None => break,
            }
        }
        if populations.get(&self.ended.value).is_some() && populations.get(&self.of.value).is_some() {
            let message = format!("`{}` does not lie within `{}`", self.ended, self.of);
            let hint =
                format!("give it `within: {}` and a `where:` that is true for stays that ended", self.of);
            checker.wrong("not-within", message, &self.ended.place, hint);
        }
    }
}
