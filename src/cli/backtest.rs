//! `kvarter backtest`: what came of the forecasts of past lists.

use clap::Args;

use super::{Inputs, then};
use crate::{
    BuildOptions,
    catalogue::Catalogue,
    compute::{Backtest as Result, ENOUGH_ERRORS, ENOUGH_YEARS, Fact, Publication, State, Tested},
    diagnostics::{At, Diagnostic, Outcome, Severity},
    ids::{AreaId, FamilyId, Period, ValueId},
};

/// Show what came of forecasts of past lists, each made with what was known the year before
#[derive(Args)]
pub struct Backtest {
    #[command(flatten)]
    inputs: Inputs,
    /// One family of rule sets [default: all]
    #[arg(long, value_name = "ID")]
    family: Option<String>,
}

impl Backtest {
    pub(super) fn run(self) -> Outcome<String> {
        let mut warnings = Vec::new();
        let options = BuildOptions {
            catalogue: self.inputs.catalogue.clone(),
            data: self.inputs.data().to_path_buf(),
            ..BuildOptions::default()
        };
        let computed = then(&mut warnings, crate::compute(&options, &|_| ()))?;
        let families = &computed.catalogue.families;
        if let Some(family) = self.family.as_ref().filter(|family| !families.contains(family.as_str())) {
            let message = format!("no family of rule sets is called `{family}`");
            let error = Diagnostic::new(Severity::Error, "unknown-family", message, At::Nowhere);
            let hint = "families of rule sets stand under `families:`";
            return Err(vec![error.did_you_mean(family, families.ids().map(FamilyId::as_str)).hint(hint)]);
        }
        let named = |id: &&FamilyId| self.family.as_deref().is_none_or(|family| family == id.as_str());
        let texts: Vec<String> = families
            .ids()
            .filter(named)
            .map(|family| report(&computed.publication, family, &names(&computed.catalogue, family)))
            .collect();
        if texts.is_empty() {
            return Ok((
                "the catalogue has no rule sets, so there is no list to forecast\n".into(),
                warnings,
            ));
        }
        Ok((texts.join("\n"), warnings))
    }
}

/// The criteria and statuses of a family, as the catalogue writes them.
fn names(catalogue: &Catalogue, family: &FamilyId) -> Vec<String> {
    let criteria =
        catalogue.rule_sets_of(family).flat_map(|(_, set)| set.criteria.ids().map(ToString::to_string));
    let statuses = catalogue.families.get(family).into_iter().flat_map(|family| family.statuses.ids());
    let mut names: Vec<String> = Vec::new();
    for name in criteria.chain(statuses.map(ToString::to_string)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Everything about one family.
fn report(publication: &Publication, family: &FamilyId, names: &[String]) -> String {
    let municipality = AreaId::municipality();
    let years_id = format!("{family}/backtest/years");
    let Some(list) = publication.periods(&years_id, &municipality).last().copied() else {
        return format!("{family}: there is no list to forecast from\n");
    };
    let count = |what: &str| {
        let id = ValueId::own(format!("{family}/backtest/{what}"), &municipality, list);
        match publication.count(&id) {
            State::Shown(count) => count,
            State::Hidden | State::Missing(_) => 0,
        }
    };
    let (years, errors) = (count("years"), count("errors"));
    if years < ENOUGH_YEARS || errors < ENOUGH_ERRORS {
        return format!(
            "{family}: too few years to forecast\n  {ENOUGH_YEARS} years and {ENOUGH_ERRORS} errors are needed, {years} and \
             {errors} are there\n"
        );
    }
    let (lists, areas) = (count("lists"), count("areas"));
    let head = format!(
        "{family}: {lists} lists forecast for {areas} areas, from {errors} errors of {years} years; the list of {list} is the \
         latest\n"
    );
    let results = results(publication, family, list, names);
    format!("{head}\n{}\n{}", table(&CRITERIA, &results, criterion), table(&STATUSES, &results, status))
}

/// The results of a family by criterion or status, those that are shown.
fn results<'a>(
    publication: &'a Publication,
    family: &FamilyId,
    list: Period,
    names: &'a [String],
) -> Vec<(&'a str, &'a Result)> {
    let result = |name: &'a String| {
        let id = ValueId::own(format!("{family}/{name}/backtest"), &AreaId::municipality(), list);
        match publication.get(&id) {
            State::Shown(Fact::Backtest(result)) => Some((name.as_str(), result)),
            _ => None,
        }
    };
    names.iter().filter_map(result).collect()
}

const CRITERIA: [&str; 7] =
    ["criterion", "forecasts", "error", "of no change", "forecast by", "inside", "standard error"];
const STATUSES: [&str; 9] = [
    "status or stricter",
    "forecasts",
    "Brier",
    "of no change",
    "warned, came",
    "warned, did not",
    "not warned, came",
    "not warned, did not",
    "called right",
];

/// The row of a criterion. The errors of one year share a shock, so the standard error counts years.
fn criterion(name: &str, result: &Result) -> Option<Vec<String>> {
    let Tested::Value { error, unchanged_error, slope, inside, stated } = &result.of else { return None };
    let share = stated.to_f64() / 100.0;
    let standard_error = 100.0 * (share * (1.0 - share) / result.lists as f64).sqrt();
    Some(vec![
        name.to_string(),
        result.forecasts.to_string(),
        error.to_string(),
        unchanged_error.to_string(),
        if *slope { "half the slope" } else { "no change" }.to_string(),
        format!("{inside} % of {stated} %"),
        format!("{standard_error:.0} points"),
    ])
}

fn status(name: &str, result: &Result) -> Option<Vec<String>> {
    let Tested::Status { brier, unchanged_brier, hits, false_alarms, misses, rightly_quiet, .. } = &result.of
    else {
        return None;
    };
    let numbers = [hits, false_alarms, misses, rightly_quiet].map(ToString::to_string);
    let right = format!("{} of {}", hits + rightly_quiet, result.forecasts);
    let first =
        [name.to_string(), result.forecasts.to_string(), brier.to_string(), unchanged_brier.to_string()];
    Some(first.into_iter().chain(numbers).chain([right]).collect())
}

/// A table of those results that `row` makes a row of. Columns are as wide as they need.
fn table(
    head: &[&str],
    results: &[(&str, &Result)],
    row: impl Fn(&str, &Result) -> Option<Vec<String>>,
) -> String {
    let head = head.iter().map(ToString::to_string).collect();
    let rows = results.iter().filter_map(|(name, result)| row(name, result));
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::numbers::Decimal;

    fn publication(facts: Vec<(&str, Fact)>) -> Publication {
        let id = |what: &str| ValueId::own(what, &AreaId::municipality(), Period::Year(2025));
        let facts = facts.into_iter().map(|(what, fact)| (id(what), State::Shown(fact)));
        Publication::of(facts.collect::<BTreeMap<_, _>>())
    }

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or(Decimal::whole(0))
    }

    #[test]
    fn a_short_history_is_refused_with_what_is_missing() {
        let facts = vec![("law/backtest/years", Fact::Count(3)), ("law/backtest/errors", Fact::Count(12))];
        let text = report(&publication(facts), &"law".into(), &[]);
        let expected =
            "law: too few years to forecast\n  6 years and 30 errors are needed, 3 and 12 are there\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_table_counts_years_in_its_standard_error_and_says_how_often_a_status_was_called_right() {
        let value = Tested::Value {
            error: decimal("0.41"),
            unchanged_error: decimal("0.44"),
            slope: true,
            inside: decimal("83"),
            stated: decimal("80"),
        };
        let status = Tested::Status {
            status: "udsat".into(),
            brier: decimal("0.021"),
            unchanged_brier: decimal("0.042"),
            hits: 10,
            false_alarms: 2,
            misses: 1,
            rightly_quiet: 35,
        };
        let tested = |of| Fact::Backtest(Result { forecasts: 48, lists: 6, of });
        let text = report(
            &publication(vec![
                ("law/backtest/years", Fact::Count(8)),
                ("law/backtest/errors", Fact::Count(64)),
                ("law/backtest/lists", Fact::Count(6)),
                ("law/backtest/areas", Fact::Count(8)),
                ("law/no-work/backtest", tested(value)),
                ("law/udsat/backtest", tested(status)),
            ]),
            &"law".into(),
            &["no-work".to_string(), "udsat".to_string()],
        );
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "law: 6 lists forecast for 8 areas, from 64 errors of 8 years; the list of 2025 is the latest"
        );
        // √(0.8 · 0.2 / 6) is 0.163.
        let row: Vec<&str> = lines[3].split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(row, ["no-work", "48", "0.41", "0.44", "half the slope", "83 % of 80 %", "16 points"]);
        let row: Vec<&str> = lines[6].split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(row, ["udsat", "48", "0.021", "0.042", "10", "2", "1", "35", "45 of 48"]);
    }
}
