//! `initiatives:`, `events:` and `breaks:` what was done or happened, where and when.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{check::Checker, dates::YearMonth, spans::At, sql::Sql, text::Text};
use crate::ids::{AreaId, IndicatorId, Period};

/// Something the municipality or a housing organisation did.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Initiative {
    /// Its name.
    pub title: Text,
    /// Its kind, as `helhedsplan`.
    pub kind: Text,
    /// Where.
    pub areas: Vec<At<AreaId>>,
    /// The first month.
    pub from: At<YearMonth>,
    /// The last month.
    pub to: Option<At<YearMonth>>,
    /// What it should change.
    #[serde(default)]
    pub aims: Vec<At<IndicatorId>>,
    /// Areas that it is fair to compare with.
    #[serde(default)]
    pub compare_with: Vec<At<AreaId>>,
}

/// What happened to the buildings: what moves mean in those years.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Event {
    /// What happened.
    pub title: Text,
    /// Its kind.
    pub kind: EventKind,
    /// Where.
    pub areas: Vec<At<AreaId>>,
    /// The first month.
    pub from: At<YearMonth>,
    /// The last month.
    pub to: Option<At<YearMonth>>,
    /// The rows of persons who live in the dwellings concerned: an SQL expression over the columns of their source.
    pub dwellings: Option<Sql>,
}

/// What happened to the buildings.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Renovation, with or without rehousing.
    Renovation,
    /// New dwellings.
    NewBuilding,
    /// Demolition.
    Demolition,
    /// A department closed.
    Closed,
}

/// A definition, a boundary or a law changed: no line is drawn across.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Break {
    /// What changed.
    pub title: Text,
    /// The indicators whose series it breaks.
    pub indicators: Vec<At<IndicatorId>>,
    /// The first period after the break, as 2021 or 2021K2.
    pub from: At<String>,
}

/// Initiatives, events and breaks. Whether their areas exist shows when the areas are read.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.initiatives);
    for (id, initiative) in written.initiatives.iter() {
        checker.not_empty(&initiative.areas, "`areas`", &id.place);
        checker.refer_indicators(&initiative.aims);
        check_months(&initiative.from, initiative.to.as_ref(), checker);
        for area in initiative
            .compare_with
            .iter()
            .filter(|area| initiative.areas.iter().any(|a| a.value == area.value))
        {
            let hint = "an area cannot be compared with itself; remove it from `compare-with`";
            checker.wrong(
                "named-twice",
                format!("`{area}` is one of the initiative's areas"),
                &area.place,
                hint,
            );
        }
    }
    checker.ids(&written.events);
    for (id, event) in written.events.iter() {
        checker.not_empty(&event.areas, "`areas`", &id.place);
        check_months(&event.from, event.to.as_ref(), checker);
    }
    checker.ids(&written.breaks);
    for (id, change) in written.breaks.iter() {
        checker.not_empty(&change.indicators, "`indicators`", &id.place);
        checker.refer_indicators(&change.indicators);
        if change.from.parse::<Period>().is_err() {
            let hint = "write it as 2021, 2021H1, 2021K2 or 2021M03";
            checker.wrong(
                "bad-period",
                format!("`{}` is not a period", change.from),
                &change.from.place,
                hint,
            );
        }
    }
}

fn check_months(from: &At<YearMonth>, to: Option<&At<YearMonth>>, checker: &mut Checker) {
    if let Some(to) = to.filter(|to| to.value < from.value) {
        checker.wrong(
            "bad-dates",
            format!("{to} is before {from}"),
            &to.place,
            "the first month comes first",
        );
    }
}
