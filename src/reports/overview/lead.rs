//! The finding at the head of the overview, made by rule: how many areas are on which list, and whose status has changed.

use super::entry::Entry;
use crate::{
    compute::Standing,
    ids::{Period, StatusId},
    reports::{context::Said, findings::standing_in_sentence},
    words::Slots,
};

/// Changes named in the finding at most.
const NAMED: usize = 2;
/// Letters of the finding at most: three lines over the full width.
const LONGEST: usize = 215;

/// The finding.
pub(in crate::reports) fn lead(entries: &[Entry], before: Option<Period>) -> Said<String> {
    let Some(first) = entries.first() else { return Ok(String::new()) };
    let subject = first.subject;
    let official = entries.iter().all(Entry::is_official);
    let counted = counts(entries)?;
    let slots = Slots::new().count("areas", entries.len() as i64).flag("official", official);
    let said = if counted.is_empty() {
        subject.line("overview/lead-none", slots)?
    } else {
        subject.line("overview/lead", slots.list("counted", counted))?
    };
    let untold = entries.iter().filter(|entry| *entry.standing() == Standing::CannotTell).count();
    let mut sentences = vec![said];
    if untold > 0 {
        sentences.push(subject.line("overview/lead-untold", Slots::new().count("n", untold as i64))?);
    }
    if let Some(before) = before {
        let changed: Vec<&Entry> =
            entries.iter().filter(|entry| entry.changed(Some(before)) == Some(true)).collect();
        let named = named(&changed, before)?;
        let length: usize = sentences.iter().map(|sentence| sentence.chars().count() + 1).sum();
        let count = subject.line(
            "overview/lead-changed",
            Slots::new().count("n", changed.len() as i64).text("year", before.to_string()),
        )?;
        let fits = named.as_ref().is_some_and(|named| length + named.chars().count() <= LONGEST);
        sentences.push(named.filter(|_| fits).unwrap_or(count));
    }
    Ok(sentences.join(" "))
}

/// "Ét udsat boligområde", "fire forebyggelsesområder": strictest first; only what is shown is counted.
pub(in crate::reports) fn counts(entries: &[Entry]) -> Said<Vec<String>> {
    let mut counted: Vec<(&Entry, &StatusId, i64)> = Vec::new();
    for entry in entries {
        let Standing::On(status) = entry.standing() else { continue };
        match counted.iter_mut().find(|(_, known, _)| *known == status) {
            Some((_, _, n)) => *n += 1,
            None => counted.push((entry, status, 1)),
        }
    }
    let said = counted.into_iter().map(|(entry, status, n)| {
        let slots = Slots::new().count("n", n);
        match status.as_str() {
            known @ ("forebyggelse" | "udsat" | "parallelsamfund" | "omdannelse") => {
                entry.subject.line(&format!("overview/count-{known}"), slots)
            }
            _ => {
                let name = entry.law.status_in_sentence(entry.subject.context, status);
                entry.subject.line("overview/count-other", slots.text("status", name))
            }
        }
    });
    said.collect()
}

/// One or two changes by name; `None` if there are none or more.
fn named(changed: &[&Entry], before: Period) -> Said<Option<String>> {
    if changed.is_empty() || changed.len() > NAMED {
        return Ok(None);
    }
    let mut said = Vec::new();
    for entry in changed {
        let Some(was) = entry.status_in(before) else { return Ok(None) };
        let area = || Slots::new().text("area", &entry.subject.area.name);
        said.push(match (&was.status, entry.standing()) {
            (Standing::On(_), Standing::NotListed | Standing::TooFewResidents) => {
                entry.subject.line("overview/lead-left", area())?
            }
            (Standing::NotListed | Standing::TooFewResidents, to @ Standing::On(_)) => {
                let to = standing_in_sentence(entry.subject, to)?;
                entry.subject.line("overview/lead-became", area().text("to", to))?
            }
            (from, to) => {
                let (from, to) =
                    (standing_in_sentence(entry.subject, from)?, standing_in_sentence(entry.subject, to)?);
                entry.subject.line("overview/lead-moved", area().text("from", from).text("to", to))?
            }
        });
    }
    let [first, rest @ ..] = said.as_slice() else { return Ok(None) };
    let slots = Slots::new().text("first", first);
    let slots = match rest.first() {
        Some(second) => slots.text("second", second),
        None => slots,
    };
    changed[0].subject.line("overview/lead-both", slots).map(Some)
}
