//! `gap:` how far two shares are apart.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Share, Years};
use crate::{
    catalogue::{At, Unit, check::Checker},
    ids::PopulationId,
};

/// The first share minus the second, in points. They may be of different people, as women and men.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Gap {
    /// The first share.
    pub between: Share,
    /// The second share, over the same years.
    pub and: Share,
}

impl Form for Gap {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![
            ("between part", &self.between.part),
            ("between of", &self.between.of),
            ("and part", &self.and.part),
            ("and of", &self.and.of),
        ]
    }

    fn quotients(&self) -> Vec<(&At<PopulationId>, &At<PopulationId>)> {
        [self.between.quotients(), self.and.quotients()].concat()
    }

    fn years(&self) -> Option<&At<Years>> {
        self.between.years.as_ref()
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Points]
    }

    fn words(&self) -> String {
        format!("first share minus second{}", Years::words(self.years()))
    }
}

impl Gap {
    pub(super) fn check(&self, entry: &Entry, checker: &mut Checker) {
        self.between.check(entry, checker);
        self.and.check(entry, checker);
        let (first, second) = (Years::words(self.years()), Years::words(self.and.years.as_ref()));
        if first != second {
            let hint = "write the same `years` in `between` and `and`, or in neither";
            checker.wrong("bad-gap", "the two shares are over different years", entry.place, hint);
        }
        if self.between.part.value == self.and.part.value && self.between.of.value == self.and.of.value {
            let hint = "the gap of a share to itself is always 0; name another share";
            checker.wrong("bad-gap", "the two shares are the same", &self.and.part.place, hint);
        }
    }
}
