//! "Ændret siden sidst": whose status is another than on the list before, and why; then whose criteria are.

use serde::Serialize;

use super::{
    entry::Entry,
    row::{mark, named},
};
use crate::{
    compute::{Fact, Standing, State},
    ids::{CriterionId, Period},
    reports::{context::Said, findings::standing_in_sentence, history::reasons},
    words::Slots,
};

/// Lines that stand beside the map; more are counted.
const MOST: usize = 6;

/// What is new since the list before.
#[derive(Serialize)]
pub(in crate::reports) struct Changed {
    pub heading: String,
    pub rows: Vec<ChangedRow>,
    pub others: Option<String>,
}

/// One area.
#[derive(Serialize)]
pub(in crate::reports) struct ChangedRow {
    /// The symbol on the list before, where it was another.
    pub from: Option<&'static str>,
    pub to: &'static str,
    pub name: String,
    pub text: String,
}

/// The changes; `None` without a list before.
pub(in crate::reports) fn changed(entries: &[Entry], before: Option<Period>) -> Said<Option<Changed>> {
    let (Some(before), Some(first)) = (before, entries.first()) else { return Ok(None) };
    let (mut rows, mut later) = (Vec::new(), Vec::new());
    for entry in entries {
        if entry.changed(Some(before)) == Some(true) {
            rows.extend(status_row(entry, before)?);
        } else if let Some(row) = criteria_row(entry, before)? {
            later.push(row);
        }
    }
    let of_criteria = later.len();
    rows.append(&mut later);
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    let unchanged = entries.iter().filter(|entry| entry.changed(Some(before)) == Some(false)).count();
    let same = unchanged - of_criteria.min(unchanged);
    let slots =
        Slots::new().count("more", more as i64).count("same", same as i64).flag("all", rows.is_empty());
    let others = first.subject.line("overview/others-unchanged", slots)?;
    let year = Slots::new().text("year", before.to_string());
    Ok(Some(Changed {
        heading: first.subject.line("overview/changed-heading", year)?,
        rows,
        others: (!others.is_empty()).then_some(others),
    }))
}

fn status_row(entry: &Entry, before: Period) -> Said<Option<ChangedRow>> {
    let Some(was) = entry.status_in(before) else { return Ok(None) };
    let reasons = reasons(entry.subject, entry.law, entry.law.year())?;
    let text = if reasons.is_empty() {
        let from = standing_in_sentence(entry.subject, &was.status)?;
        let to = standing_in_sentence(entry.subject, entry.standing())?;
        entry.subject.line("overview/from-to", Slots::new().text("from", from).text("to", to))?
    } else {
        entry.subject.line("overview/why", Slots::new().list("reasons", reasons))?
    };
    Ok(Some(ChangedRow {
        from: Some(mark(Some((&was.status, was.official)))),
        to: mark(Some((entry.standing(), entry.is_official()))),
        name: entry.subject.area.name.clone(),
        text,
    }))
}

/// A sentence with the criteria named; two limits of one indicator are named once.
fn criteria(entry: &Entry, key: &str, criteria: &[&CriterionId]) -> Said<Option<String>> {
    let mut names: Vec<String> = Vec::new();
    for (_, name) in criteria.iter().filter_map(|criterion| named(entry, criterion)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok(None);
    }
    entry.subject.line(key, Slots::new().list("names", names)).map(Some)
}

/// An area with the same status, of which the counted status has other criteria met than on the list before.
fn criteria_row(entry: &Entry, before: Period) -> Said<Option<ChangedRow>> {
    let met = |criterion: &CriterionId, year: Period| match entry.criterion(criterion, "/met", year) {
        State::Shown(Fact::Met(met)) => Some(*met),
        _ => None,
    };
    let (mut new, mut ended) = (Vec::new(), Vec::new());
    for row in entry.law.rows.iter().filter(|row| !row.strict.1.origin) {
        let criterion = row.strict.0;
        match (met(criterion, entry.law.year()), met(criterion, before)) {
            (Some(true), Some(false)) => new.push(criterion),
            (Some(false), Some(true)) => ended.push(criterion),
            _ => {}
        }
    }
    let said: Vec<String> = criteria(entry, "overview/reason-met", &new)?
        .into_iter()
        .chain(criteria(entry, "overview/reason-not-met", &ended)?)
        .collect();
    let listed = !matches!(entry.standing(), Standing::TooFewResidents | Standing::CannotTell);
    Ok((listed && !said.is_empty()).then(|| ChangedRow {
        from: None,
        to: mark(Some((entry.standing(), entry.is_official()))),
        name: entry.subject.area.name.clone(),
        text: said.join(" "),
    }))
}
