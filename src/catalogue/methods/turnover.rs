//! `turnover:` how many move, for the number of residents.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form};
use crate::{
    catalogue::{At, Unit, check::Checker},
    ids::PopulationId,
};

/// Those who moved in and out, in per cent of the population in the middle of the year.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Turnover {
    /// Those who moved in during the period, from outside the area.
    pub moved_in: At<PopulationId>,
    /// Those who moved out during the period, to outside the area.
    pub moved_out: At<PopulationId>,
    /// The population at the start of the period; with `mid-year` its mean over the period.
    pub of: At<PopulationId>,
    /// Which of the measures.
    #[serde(rename = "as")]
    pub form: TurnoverForm,
    /// `of` is already the mean over the period. Without it the mean of this period's and the next one's is taken.
    #[serde(default)]
    pub mid_year: bool,
}

/// A measure of moves.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TurnoverForm {
    /// In and out together.
    Gross,
    /// In minus out.
    Net,
    /// In.
    In,
    /// Out.
    Out,
    /// In minus out, in per cent of in and out together.
    Effectiveness,
}

impl Form for Turnover {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("moved-in", &self.moved_in), ("moved-out", &self.moved_out), ("of", &self.of)]
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Percent]
    }

    fn words(&self) -> String {
        let moves = match self.form {
            TurnoverForm::Gross => "moves in and out",
            TurnoverForm::Net => "moves in minus moves out",
            TurnoverForm::In => "moves in",
            TurnoverForm::Out => "moves out",
            TurnoverForm::Effectiveness => {
                return "moves in minus moves out, in per cent of all moves".to_string();
            }
        };
        format!("{moves} in per cent of the mid-year population")
    }
}

impl Turnover {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        if self.moved_in.value == self.moved_out.value {
            let hint = "name those who moved in and those who moved out; they are two populations";
            let message = format!("`{}` both moved in and out", self.moved_out);
            checker.wrong("named-twice", message, &self.moved_out.place, hint);
        }
    }
}
