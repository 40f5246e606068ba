//! `official:` a table of an authority's decisions.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    check::{Checker, Kind},
    family::MadeBy,
    spans::{At, Section},
};
use crate::{
    diagnostics::Diagnostic,
    ids::{CriterionId, FamilyId, IndicatorId},
};

/// A table of an authority's decisions: columns `list_date`, `category` (empty or `not-listed` for an area that was judged and is
/// not on the list), the area's key, and published values, among them `residents`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Official {
    /// The family of rule sets that it decides on.
    pub family: At<FamilyId>,
    /// The column with the published value of an indicator, where it is not the indicator's id with `_` for `-`.
    #[serde(default)]
    pub values: Section<IndicatorId, At<String>>,
    /// The column with a limit that moves from list to list, as it was published with the list.
    #[serde(default)]
    pub limits: Section<CriterionId, At<String>>,
}

impl Official {
    /// The column that would hold the published value of an indicator.
    pub fn column(&self, indicator: &IndicatorId) -> String {
        let declared = self.values.get(indicator).map(|column| column.value.clone());
        declared.unwrap_or_else(|| indicator.as_str().replace('-', "_"))
    }

    /// References, and that nobody but an authority decides.
    pub(super) fn check(&self, checker: &mut Checker) {
        let written = checker.written;
        checker.refer(Kind::Family, self.family.as_str(), &self.family.place);
        let family = written.families.get(&self.family.value);
        if family.is_some_and(|family| family.made_by == MadeBy::Municipality) {
            let message = format!("`{}` is the municipality's own and has no official list", self.family);
            let hint = "an authority decides on the law's families only; remove `official:`";
            checker.wrong("own-and-official", message, &self.family.place, hint);
        }
        for (indicator, _) in self.values.iter() {
            checker.refer(Kind::Indicator, indicator.as_str(), &indicator.place);
        }
        let sets = written.rule_sets.iter().filter(|(_, set)| set.family.value == self.family.value);
        let known: Vec<&str> =
            sets.flat_map(|(_, set)| set.criteria.ids().map(CriterionId::as_str)).collect();
        for (criterion, _) in self.limits.iter().filter(|(id, _)| !known.contains(&id.as_str())) {
            let message = format!("`{criterion}` is not a criterion of `{}`", self.family);
            let error = Diagnostic::error("unknown-criterion", message, &criterion.place);
            checker.push(error.did_you_mean(criterion.as_str(), known.iter().copied()));
        }
    }
}
