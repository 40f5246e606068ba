//! `tools:` what the law lets be done about an area, asks for or forbids: letting rules and duties, dated like the criteria.
//!
//! A tool is tied to statuses, or to none. A status stands for itself and for those that imply it by the rule set of the
//! list: what applies to `udsat` applies to a parallelsamfund and to an omdannelsesområde too, and not to `forebyggelse`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Date, Method, Number, Text,
    check::{Checker, Kind},
    family::check_status,
    spans::At,
};
use crate::{
    diagnostics::{Diagnostic, Place},
    ids::{CriterionId, FamilyId, IndicatorId, PopulationId, StatusId, ToolId},
};

/// A rule of letting, or a duty. A rule whose words changed is two entries.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tool {
    /// What it is called, as `Afvisning af boligsøgende`.
    pub title: Text,
    /// The law and its paragraph, as `Almenboligloven § 51 c`.
    pub law: Text,
    /// Where it applies: to areas with one of these statuses. Without it to every area that a law's lists concern.
    #[serde(default)]
    pub applies: Vec<Applies>,
    /// Whether it must, may or must not be done.
    pub obliges: Obliges,
    /// Whom it obliges or lets act.
    pub who: Who,
    /// What it says, in one plain sentence.
    pub says: Text,
    /// The first day that these words are in force; without it they were before the first list.
    pub from: Option<At<Date>>,
    /// The last day that they are in force.
    pub to: Option<At<Date>>,
    /// The entry before it, where only the words changed: an area is told since when the rule applies, not the words.
    pub replaces: Option<At<ToolId>>,
    /// Tools that leave no room for this one: where one of them applies, it is not printed.
    #[serde(default)]
    pub unless: Vec<At<ToolId>>,
    /// How long it goes on after an area has lost a status.
    pub after_leaving: Option<AfterLeaving>,
    /// What is to be reached by a day.
    pub target: Option<Goal>,
    /// What lettings can do to a criterion: printed with the tool.
    pub what_if: Option<WhatIf>,
    /// Where it was read.
    pub source: String,
    /// It was held against the act or the ministry's text. Else it is printed with a note that it should be looked up.
    #[serde(default)]
    pub checked: bool,
}

/// A status of a family.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Applies {
    /// The family of rule sets.
    pub family: At<FamilyId>,
    /// The status; those that imply it count too.
    pub status: At<StatusId>,
}

/// Whether something must, may or must not be done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Obliges {
    /// It must be done.
    Must,
    /// It must not be done.
    MustNot,
    /// It may be done.
    May,
}

impl Obliges {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::MustNot => "must-not",
            Self::May => "may",
        }
    }
}

/// Who acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The municipal council.
    Council,
    /// The housing organisation.
    HousingOrganisation,
    /// Both of them together.
    Both,
}

impl Who {
    /// The word as the catalogue writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Council => "council",
            Self::HousingOrganisation => "housing-organisation",
            Self::Both => "both",
        }
    }
}

/// How long a tool goes on after an area has lost a status: for good, or until one of the ends named here.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AfterLeaving {
    /// The family of the status.
    pub family: At<FamilyId>,
    /// The status that the area had.
    pub status: At<StatusId>,
    /// It ends after so many lists in a row …
    pub years: Option<At<u8>>,
    /// … on which the area did not have this status.
    pub without: Option<At<StatusId>>,
    /// It ends on this day at the latest.
    pub until: Option<At<Date>>,
    /// Whether it must, may or must not be done then, where that is not as before.
    pub obliges: Option<Obliges>,
    /// What goes on, in one plain sentence.
    pub says: Text,
}

/// What is to be reached by a day.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Goal {
    /// The indicator, a share: its numerator and denominator are printed.
    pub indicator: At<IndicatorId>,
    /// It is reached at this value.
    pub at_most: At<Number>,
    /// The day before which it is to be reached.
    pub by: At<Date>,
}

/// What lettings can do to a criterion that is a share of residents.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WhatIf {
    /// The family of the criterion.
    pub family: At<FamilyId>,
    /// The criterion.
    pub criterion: At<CriterionId>,
    /// The dwellings that are let anew to people from outside the area in a year.
    pub lettings: At<PopulationId>,
    /// All dwellings of the area.
    pub dwellings: At<PopulationId>,
}

impl Tool {
    /// Are these words in force on a day?
    pub fn is_in_force(&self, day: Date) -> bool {
        self.from.as_ref().is_none_or(|from| from.value <= day)
            && self.to.as_ref().is_none_or(|to| day <= to.value)
    }
}

/// Tools.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.tools);
    for (id, tool) in written.tools.iter() {
        tool.check_dates(checker);
        for applies in &tool.applies {
            check_in_family(&applies.family, &applies.status, checker);
        }
        if let Some(earlier) = &tool.replaces {
            tool.check_earlier(id, earlier, checker);
        }
        for other in &tool.unless {
            checker.refer(Kind::Tool, other.as_str(), &other.place);
            if other.value == id.value {
                let hint = "a tool leaves room for itself; name another one";
                checker.wrong("circular", format!("`{other}` is this tool"), &other.place, hint);
            }
        }
        if let Some(after) = &tool.after_leaving {
            after.check(checker);
        }
        if let Some(target) = &tool.target {
            checker.refer(Kind::Indicator, target.indicator.as_str(), &target.indicator.place);
            check_share(&target.indicator, &target.indicator.place, checker);
        }
        if let Some(what_if) = &tool.what_if {
            what_if.check(checker);
        }
    }
}

/// A status must be one of its family's.
fn check_in_family(family: &At<FamilyId>, status: &At<StatusId>, checker: &mut Checker) {
    checker.refer(Kind::Family, family.as_str(), &family.place);
    if let Some(declared) = checker.written.families.get(&family.value) {
        check_status(status.as_str(), &status.place, &declared.statuses, checker);
    }
}

/// What has a numerator and a denominator.
fn check_share(id: &IndicatorId, place: &Place, checker: &mut Checker) {
    let method = checker.written.indicators.get(id).map(|indicator| &indicator.method.value);
    if method.is_some_and(|method| !matches!(method, Method::Share(_))) {
        let hint = "name an indicator with `method: { share: … }`";
        checker.wrong("not-a-share", format!("`{id}` is not a share"), place, hint);
    }
}

impl Tool {
    fn check_dates(&self, checker: &mut Checker) {
        if let (Some(from), Some(to)) = (&self.from, &self.to)
            && to.value < from.value
        {
            let hint = "the first day comes first";
            checker.wrong("bad-dates", format!("{to} is before {from}"), &to.place, hint);
        }
    }

    /// The entry whose words it changes ends before it begins.
    fn check_earlier(&self, id: &At<ToolId>, earlier: &At<ToolId>, checker: &mut Checker) {
        checker.refer(Kind::Tool, earlier.as_str(), &earlier.place);
        let Some(before) = checker.written.tools.get(&earlier.value) else { return };
        let ends = before.to.as_ref().map(|to| to.value);
        let begins = self.from.as_ref().map(|from| from.value);
        if ends.zip(begins).is_none_or(|(ends, begins)| begins <= ends) {
            let hint = format!(
                "give `{earlier}` a last day with `to:`, and `{id}` a later first one with `from:`: one day has one wording"
            );
            let message = format!("`{earlier}` does not end before `{id}` begins");
            checker.wrong("bad-dates", message, &earlier.place, hint);
        }
    }
}

impl AfterLeaving {
    fn check(&self, checker: &mut Checker) {
        check_in_family(&self.family, &self.status, checker);
        if let Some(without) = &self.without {
            check_in_family(&self.family, without, checker);
        }
        match (&self.years, &self.without) {
            (Some(years), None) => {
                let hint = "add `without:`, the status that the area must not have in those years";
                checker.wrong("missing-field", "years without what?", &years.place, hint);
            }
            (None, Some(without)) => {
                let hint = "add `years:`, how many in a row";
                checker.wrong("missing-field", "how many years without it?", &without.place, hint);
            }
            (Some(years), Some(_)) if years.value == 0 => {
                let hint = "write 1 or more, or leave `after-leaving` out";
                checker.wrong("bad-number", "no years is no time at all", &years.place, hint);
            }
            _ => {}
        }
    }
}

impl WhatIf {
    fn check(&self, checker: &mut Checker) {
        checker.refer(Kind::Family, self.family.as_str(), &self.family.place);
        for population in [&self.lettings, &self.dwellings] {
            checker.refer(Kind::Population, population.as_str(), &population.place);
        }
        let written = checker.written;
        let of_family = written.rule_sets.iter().filter(|(_, set)| set.family.value == self.family.value);
        let sets: Vec<_> = of_family.map(|(_, set)| set).collect();
        if sets.is_empty() {
            return;
        }
        match sets.iter().rev().find_map(|set| set.criteria.get(&self.criterion.value)) {
            Some(criterion) => check_share(&criterion.indicator, &self.criterion.place, checker),
            None => {
                let known = sets.iter().flat_map(|set| set.criteria.ids()).map(CriterionId::as_str);
                let message = format!("`{}` is not a criterion of `{}`", self.criterion, self.family);
                checker.push(
                    Diagnostic::error("unknown-criterion", message, &self.criterion.place)
                        .did_you_mean(self.criterion.as_str(), known)
                        .hint("criteria are declared under `criteria:` of a rule set of the family"),
                );
            }
        }
    }
}
