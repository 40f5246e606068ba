//! `diversity:` how evenly people are spread over groups.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form};
use crate::{
    catalogue::{At, Unit, check::Checker},
    ids::PopulationId,
};

/// How evenly people are spread over groups: 0 when all belong to one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Diversity {
    /// The groups: everybody in one of them and nobody in two.
    pub among: At<Vec<At<PopulationId>>>,
    /// Which measure.
    #[serde(rename = "as")]
    pub form: DiversityForm,
}

/// A measure of diversity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DiversityForm {
    /// Shannon's entropy, where 100 means that all groups are as large.
    Entropy,
    /// The chance in per cent that two people are of different groups.
    Simpson,
}

impl Form for Diversity {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        self.among.iter().map(|group| ("group", group)).collect()
    }

    fn base(&self) -> Option<&At<PopulationId>> {
        None
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Score]
    }

    fn words(&self) -> String {
        let measure = match self.form {
            DiversityForm::Entropy => "entropy in per cent of the largest possible",
            DiversityForm::Simpson => "chance in per cent that two are of different groups",
        };
        format!("{measure}, {} groups", self.among.len())
    }
}

impl Diversity {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        if self.among.len() < 2 {
            let hint = "diversity is between groups; name all of them, as `among: [danish, other]`";
            checker.wrong("too-few-groups", "fewer than two groups", &self.among.place, hint);
        }
        for (i, group) in self.among.iter().enumerate() {
            if self.among[..i].iter().any(|before| before.value == group.value) {
                let message = format!("`{group}` is named twice");
                checker.wrong("named-twice", message, &group.place, "remove one of the two");
            }
        }
    }
}
