//! `difference:` by how much another indicator has changed.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Method, check_circle, check_over};
use crate::{
    catalogue::{
        At, Unit,
        check::{Checker, Kind},
    },
    ids::{IndicatorId, PopulationId},
};

/// By how much another indicator's value has changed over some years.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Difference {
    /// The indicator: any but a count, whose change is `growth`. A change of per cent is in `points`, of others in their unit.
    pub indicator: At<IndicatorId>,
    /// Over how many years.
    pub over: At<u8>,
}

impl Form for Difference {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        Vec::new()
    }

    fn indicators(&self) -> Vec<&At<IndicatorId>> {
        vec![&self.indicator]
    }

    fn over(&self) -> Option<u8> {
        Some(self.over.value)
    }

    fn words(&self) -> String {
        format!("value minus the value {} years before", self.over)
    }
}

impl Difference {
    pub(super) fn check(&self, entry: &Entry, checker: &mut Checker) {
        check_over(&self.over, checker);
        checker.refer(Kind::Indicator, self.indicator.as_str(), &self.indicator.place);
        if check_circle(&[&self.indicator], entry, checker) {
            return;
        }
        let Some(found) = checker.written.indicators.get(&self.indicator.value) else { return };
        let (id, place) = (&self.indicator, &self.indicator.place);
        match found.method.value {
            Method::Count(_) => {
                let hint = "write `growth: { of: …, over: … }` with the population that it counts";
                checker.wrong("bad-difference", format!("`{id}` is a count"), place, hint);
            }
            Method::Growth(_) | Method::Difference(_) => {
                let hint = "name an indicator that says how things are, not how they change";
                checker.wrong("bad-difference", format!("`{id}` is a change already"), place, hint);
            }
            _ => {}
        }
        let unit = if found.unit == Unit::Percent { Unit::Points } else { found.unit };
        if entry.unit != unit {
            let message = format!("the method does not give a value in `{}`", entry.unit.word());
            let hint = format!("write `unit: {}`, since `{id}` is in `{}`", unit.word(), found.unit.word());
            checker.wrong("bad-unit", message, entry.place, hint);
        }
    }
}
