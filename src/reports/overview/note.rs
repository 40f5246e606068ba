//! The note under the overview table: what its words mean, which years the next list takes, and where it comes from.

use std::collections::BTreeMap;

use super::{
    entry::{Entry, Move, Towards},
    nearest::{By, Nearest},
    row::{Columns, named},
};
use crate::{
    compute::{Fact, Missing, Standing, State},
    ids::Period,
    reports::context::Said,
    words::{Rich, Slots},
};

/// The note.
pub(in crate::reports) fn note(entries: &[Entry], before: Option<Period>, columns: Columns) -> Said<Rich> {
    let Some(first) = entries.first() else { return Ok(Rich::default()) };
    let subject = first.subject;
    let say = |key: &str| subject.say(key, Slots::new());
    let mut note = Rich::default();
    if columns.outlook {
        note = note.then(say("overview/note-outlook")?);
    } else if entries.iter().any(|entry| matches!(entry.outlook().1, State::Missing(Missing::TooFewYears))) {
        note = note.then(say("overview/note-no-outlook")?);
    }
    let barely =
        |entry: &Entry| matches!(entry.moved(before), State::Shown(Move { towards: Towards::Barely, .. }));
    if columns.direction && entries.iter().any(barely) {
        note = note.then(say("overview/note-barely")?);
    }
    let years = next_years(entries)?;
    if !years.is_empty() {
        note = note.then(subject.say("overview/note-next", Slots::new().list("years", years))?);
    }
    let by_criteria = entries
        .iter()
        .any(|entry| matches!(&entry.nearest, State::Shown(Nearest { by: By::Criterion(_), .. })));
    if let Some(counted) = first.law.counted.as_ref().filter(|_| by_criteria) {
        let status = first.law.status_in_sentence(subject.context, counted.status);
        note = note.then(subject.say("overview/note-list", Slots::new().text("status", status))?);
    }
    let told =
        entries.iter().filter(|entry| matches!(entry.standing(), Standing::On(_) | Standing::NotListed));
    let (mut official, mut own) = (false, false);
    told.for_each(|entry| if entry.is_official() { official = true } else { own = true });
    if own {
        note = note.then(say("overview/note-own")?);
    }
    if let Some((_, source)) = subject.context.catalogue.official(first.law.family_id).filter(|_| official) {
        let provider = subject.context.text(source.provider.as_ref().unwrap_or(&source.title));
        note = note.then(subject.say("overview/note-source", Slots::new().text("provider", provider))?);
    }
    Ok(note)
}

/// The years of data that the next list takes, by criterion; limits of one indicator take the same.
fn next_years(entries: &[Entry]) -> Said<Vec<String>> {
    let mut years: BTreeMap<usize, (String, Vec<Period>)> = BTreeMap::new();
    for entry in entries {
        for (place, row) in entry.law.rows.iter().enumerate().filter(|(_, row)| !row.strict.1.origin) {
            let fact = entry.criterion(row.strict.0, "/next", entry.law.year());
            let (State::Shown(Fact::Needed(needed)), Some((_, name))) = (fact, named(entry, row.strict.0))
            else {
                continue;
            };
            years.entry(place).or_insert_with(|| (name, needed.years.clone()));
        }
    }
    let Some(first) = entries.first() else { return Ok(Vec::new()) };
    let said = years.into_values().map(|(name, years)| {
        let years = years.iter().map(ToString::to_string);
        first.subject.line("overview/note-years", Slots::new().text("name", name).list("years", years))
    });
    said.collect()
}
