//! `segregation:` how unevenly a group lives over the areas of a layer.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, check_one_source};
use crate::{
    catalogue::{
        At, Unit,
        check::{Checker, Kind},
    },
    ids::{LayerId, PopulationId},
};

/// How unevenly a group lives over the areas of a layer, from 0 to 100. The municipality alone has this value; beside it stands
/// the level that chance alone would give, as the comparator `chance`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Segregation {
    /// The group.
    pub group: At<PopulationId>,
    /// Everybody, the group among them.
    pub of: At<PopulationId>,
    /// The layer of areas. Its size and number of areas decide the value, so values over two layers cannot be compared.
    pub over: At<LayerId>,
    /// Which measure.
    #[serde(rename = "as")]
    pub form: SegregationForm,
}

/// A measure of segregation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SegregationForm {
    /// The part of the group, in per cent, that would have to move for all areas to be alike.
    Dissimilarity,
    /// The group's share, in per cent, in the area where its usual member lives.
    Isolation,
    /// How much less mixed the areas are than the whole (Theil's information index).
    Entropy,
}

impl Form for Segregation {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("group", &self.group), ("of", &self.of)]
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Score]
    }

    fn words(&self) -> String {
        let measure = match self.form {
            SegregationForm::Dissimilarity => "dissimilarity",
            SegregationForm::Isolation => "isolation",
            SegregationForm::Entropy => "information index",
        };
        format!("{measure} over `{}`, from 0 to 100", self.over)
    }
}

impl Segregation {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_one_source(&self.group, &self.of, checker);
        checker.refer(Kind::Layer, self.over.as_str(), &self.over.place);
        if self.group.value == self.of.value {
            let hint = "`group` is a part of `of`; everybody together is spread like everybody";
            checker.wrong("named-twice", format!("`{}` is named twice", self.of), &self.of.place, hint);
        }
    }
}
