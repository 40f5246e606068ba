//! Conditions on what is published of an area: `fits-when` and `unfit-when` of a practice.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    RESIDENTS,
    check::{Checker, Kind},
    family::check_status,
    number::Number,
    spans::At,
};
use crate::ids::{FamilyId, IndicatorId, StatusId};

/// In place of a status: the area is not on the list.
pub const NOT_LISTED: &str = "not-listed";
/// In place of a status: the area has fewer residents than the lists take.
pub const TOO_FEW_RESIDENTS: &str = "too-few-residents";

/// Something that holds in an area, or not.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// What holds for an indicator.
    Indicator(OnIndicator),
    /// The area's status on the latest list.
    Status(OnStatus),
}

/// A condition on an indicator: `{ id: no-work, is: { near-limit: 5 } }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OnIndicator {
    /// The indicator.
    pub id: At<IndicatorId>,
    /// What holds for it.
    pub is: Situation,
}

/// A condition on the status: `{ family: abl-61a, any-of: [udsat] }`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OnStatus {
    /// The family of rule sets.
    pub family: At<FamilyId>,
    /// One of its statuses, each for itself; or `not-listed` or `too-few-residents`.
    pub any_of: Vec<At<StatusId>>,
}

/// What holds for an indicator in an area.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Situation {
    /// More than.
    Over(At<Number>),
    /// This much or more.
    AtLeast(At<Number>),
    /// Less than.
    Under(At<Number>),
    /// This much or less.
    AtMost(At<Number>),
    /// Within so many points of a limit of the law, on either side.
    NearLimit(At<Number>),
    /// Surely risen.
    Rising,
    /// Surely fallen.
    Falling,
    /// Surely higher than what the area is compared with.
    Higher,
    /// Surely lower than what the area is compared with.
    Lower,
}

impl fmt::Display for Situation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over(limit) => write!(f, "over {limit}"),
            Self::AtLeast(limit) => write!(f, "at least {limit}"),
            Self::Under(limit) => write!(f, "under {limit}"),
            Self::AtMost(limit) => write!(f, "at most {limit}"),
            Self::NearLimit(points) => write!(f, "within {points} points of a limit of the law"),
            Self::Rising => f.write_str("surely rising"),
            Self::Falling => f.write_str("surely falling"),
            Self::Higher => f.write_str("surely higher than where it is compared"),
            Self::Lower => f.write_str("surely lower than where it is compared"),
        }
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Indicator(on) => write!(f, "{} {}", on.id, on.is),
            Self::Status(on) => {
                let statuses: Vec<&str> = on.any_of.iter().map(|status| status.as_str()).collect();
                write!(f, "{} is {}", on.family, statuses.join(" or "))
            }
        }
    }
}

impl Condition {
    pub(super) fn check(&self, checker: &mut Checker) {
        match self {
            Self::Indicator(on) => on.check(checker),
            Self::Status(on) => on.check(checker),
        }
    }
}

impl OnIndicator {
    fn check(&self, checker: &mut Checker) {
        checker.refer_indicators([&self.id]);
        let written = checker.written;
        let Some(indicator) = written.indicators.get(&self.id.value) else { return };
        if self.id.as_str() == RESIDENTS {
            return self.check_residents(checker);
        }
        if indicator.in_sentence.is_none() {
            let message = format!("`{}` cannot be said in a sentence", self.id);
            let hint =
                "a condition is printed as a reason: give the indicator `in-sentence`, or take another one";
            checker.wrong("not-sayable", message, &self.id.place, hint);
        }
        if let Situation::NearLimit(points) = &self.is {
            check_near(&self.id, points, checker);
        }
    }

    /// Residents are held against a number only: the limit is printed, and never how many live there.
    fn check_residents(&self, checker: &mut Checker) {
        let number = matches!(
            self.is,
            Situation::Over(_) | Situation::AtLeast(_) | Situation::Under(_) | Situation::AtMost(_)
        );
        if !number {
            let hint = "write `is: { at-least: 300 }`, or `over`, `under`, `at-most`";
            checker.wrong("bad-condition", "residents are held against a number", &self.id.place, hint);
        }
    }
}

/// A limit of the law is one that a criterion names, and nearness is more than nothing.
fn check_near(id: &At<IndicatorId>, points: &At<Number>, checker: &mut Checker) {
    let sets = checker.written.rule_sets.iter().flat_map(|(_, set)| set.criteria.iter());
    let mut named = sets.map(|(_, criterion)| &criterion.indicator.value);
    if !named.any(|named| *named == id.value) {
        let hint = "name the indicator of a criterion, or write `is: { over: … }`";
        checker.wrong("no-limit", format!("no law has a limit for `{id}`"), &id.place, hint);
    }
    if points.units <= 0 {
        let hint = "write how far from the limit, in the indicator's unit, as `near-limit: 5`";
        checker.wrong("bad-number", format!("`{points}` is no distance"), &points.place, hint);
    }
}

impl OnStatus {
    fn check(&self, checker: &mut Checker) {
        checker.refer(Kind::Family, self.family.as_str(), &self.family.place);
        checker.not_empty(&self.any_of, "`any-of`", &self.family.place);
        let written = checker.written;
        let Some(family) = written.families.get(&self.family.value) else { return };
        for status in self.any_of.iter().filter(|s| ![NOT_LISTED, TOO_FEW_RESIDENTS].contains(&s.as_str())) {
            check_status(status.as_str(), &status.place, &family.statuses, checker);
        }
    }
}
