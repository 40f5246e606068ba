//! What the law's lists are told by besides status and value: what the next list takes, where it is heading, how fragile that
//! is, and what came of the forecasts made before. All of it rounded or in classes, as it may be published.

use serde::Serialize;

use crate::{
    catalogue::{Amounts, Mechanism},
    ids::{CriterionId, Period, RuleSetId, StatusId},
    numbers::Decimal,
};

/// What the next list takes of a criterion.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Needed {
    /// The next list's year.
    pub list: Period,
    /// The data years that it takes, ascending.
    pub years: Vec<Period>,
    /// The one of them that is still unknown: its value decides.
    pub open: Period,
    /// The value of the open year at which the outcome turns, rounded to the side on which the criterion is not met, and not
    /// met itself. Below 0, or of a share above 100, no value of that year can turn it.
    pub value: Decimal,
    /// Is the criterion met on the latest list?
    pub met: bool,
}

/// A distance to a limit in the criterion's own unit: how many it takes to turn the outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amount {
    /// How many; `None` when they are fewer than five, which is printed as "very close to the limit".
    pub number: Option<i64>,
    /// What is counted.
    pub counts: Amounts,
    /// What it is that so many do.
    pub mechanism: Mechanism,
    /// Is the criterion met, so that they end it? Else they make it met. Of the next list: would it be met if the open year
    /// came out as the year before, from which the number is counted?
    pub met: bool,
}

/// What lettings to people of whom fewer have the trait do to a criterion's share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WhatIf {
    /// The year of all figures.
    pub year: Period,
    /// The share in that single year.
    pub share: Decimal,
    /// Dwellings let anew in the year.
    pub lettings: i64,
    /// Residents of the criterion's age in a dwelling.
    pub per_dwelling: Decimal,
    /// A quarter, half and all of a year's lettings, as far as they differ.
    pub rows: Vec<Lettings>,
    /// After how many years of such lettings the criterion is no longer met, in the order of [`Lettings::shares`]; `None` if
    /// not within ten. Nothing where it is not met now.
    pub years: Option<[Option<u8>; 3]>,
}

/// The share after so many lettings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lettings {
    /// How many.
    pub number: i64,
    /// The share, if those who move in have the trait as often as the residents, half as often, or never.
    pub shares: [Decimal; 3],
}

/// How likely a status is on the next list: the whole legal test, in classes without gaps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outlook {
    /// Under 10 of 100 like cases.
    Unlikely,
    /// 10 to under 33 of 100.
    LessLikely,
    /// 33 to under 67 of 100.
    AboutAsLikely,
    /// From 67 of 100.
    Likely,
}

/// Why an area's status on a list is another than on the list before.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// It fell below the residents that the law asks for.
    TooFewResidents,
    /// It has the residents again that the law asks for.
    EnoughResidents,
    /// A criterion is met that was not.
    NowMet(CriterionId),
    /// A criterion is no longer met.
    NoLongerMet(CriterionId),
    /// It has had the status below for so many years in a row.
    InARow(u8),
    /// The list follows another rule set.
    OtherRules(RuleSetId),
}

/// Something that an area's status hangs on: were it another way, the status would be another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Hinge {
    /// Fewer than five persons (or full-time persons) more or less.
    FewPersons(CriterionId),
    /// The value differs from the limit by decimals only; the ministry's figure holds.
    Decimals(CriterionId),
    /// The vintage of the source before this one.
    EarlierVintage(CriterionId),
    /// Whether years are put together as a mean of shares or pooled.
    Pooling(CriterionId),
    /// Another version of the boundary.
    Boundary,
    /// The number of residents that the law asks for is so near that moves of a year can cross it.
    Residents,
}

/// How forecasts of one criterion or status, made the year before each past list, came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backtest {
    /// Forecasts made, over all areas and lists.
    pub forecasts: i64,
    /// Lists they were made for: the effective number, since the errors of one year share a shock.
    pub lists: i64,
    /// What was forecast.
    pub of: Tested,
}

/// The result of a back-test.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tested {
    /// A criterion's value.
    Value {
        /// Mean absolute error, in the unit of the value.
        error: Decimal,
        /// That of "no change".
        unchanged_error: Decimal,
        /// Does the forecast add half the yearly slope? Else it is the last value.
        slope: bool,
        /// Per cent of the outcomes inside the stated interval.
        inside: Decimal,
        /// What the interval states, per cent.
        stated: Decimal,
    },
    /// A status.
    Status {
        /// The status, or a stricter one.
        status: StatusId,
        /// Mean squared difference between forecast probability and outcome (Brier).
        brier: Decimal,
        /// That of "no change".
        unchanged_brier: Decimal,
        /// Warned (about as likely, or likely) and came.
        hits: i64,
        /// Warned and did not come.
        false_alarms: i64,
        /// Not warned and came.
        misses: i64,
        /// Not warned and did not come.
        rightly_quiet: i64,
    },
}
