//! The findings of *Sagsfremstilling*: a bold sentence for an area, and what is known beside it. Which areas have one follows
//! from status, direction and distance, all as published.

use super::{
    super::{
        context::Said,
        findings::standing_in_sentence,
        history::{lower_first, reasons},
        municipality::rank,
        overview::{entry::Entry, nearest::By},
        tools::going_on_of,
    },
    Matter,
    distance::{clause, enters, near_by_criterion, nearest, value},
    moved,
};
use crate::{
    compute::{Standing, State},
    ids::Period,
    words::{Rich, Slots},
};

/// Findings at most, and of one kind as long as others wait.
const MOST: usize = 4;
const OF_A_KIND: usize = 2;
/// Findings that the page prints however long its table is.
const PRINTED: usize = 3;

/// What a finding is about, the most important first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    /// A stricter status is near.
    Nearing,
    /// A stricter status is left, and rules of it go on.
    Left,
    /// The status is new.
    Changed,
    /// The residents are near the number that the law asks for.
    Residents,
    /// The end of a status is near.
    Leaving,
    /// Rules go on after a status.
    Lasting,
}

/// The findings, in the order of what they are about; at least one. The one on moves comes third at the latest: so many a page
/// always prints.
pub(super) fn findings(matter: &Matter) -> Said<Vec<Rich>> {
    let mut found = Vec::new();
    for entry in matter.entries {
        found.extend(finding(entry, matter.before())?);
    }
    found.sort_by_key(|(about, _)| *about);
    let mut seen: Vec<(About, usize)> = Vec::new();
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for (about, said) in found {
        let place = seen.iter().filter(|(known, _)| *known == about).count();
        seen.push((about, place));
        if place < OF_A_KIND { first.push((about, said)) } else { later.push((about, said)) }
    }
    first.append(&mut later);
    let moved = moved::finding(matter)?;
    let most = MOST - usize::from(moved.is_some());
    first.truncate(most);
    first.sort_by_key(|(about, _)| *about);
    let mut said: Vec<Rich> = first.into_iter().map(|(_, said)| said).collect();
    if said.is_empty() {
        said = standing(matter.entries, most)?;
    }
    if let Some(moved) = moved {
        said.insert(said.len().min(PRINTED - 1), moved);
    }
    Ok(said)
}

fn finding(entry: &Entry, before: Option<Period>) -> Said<Option<(About, Rich)>> {
    if let Some(said) = changed(entry, before)? {
        let about = if lasting(entry)?.is_empty() { About::Changed } else { About::Left };
        return Ok(Some((about, said)));
    }
    if let Some((nearest, criterion)) = near_by_criterion(entry)
        && let Some(clause) = clause(entry, &nearest, criterion)?
    {
        let about = if enters(&nearest) { About::Nearing } else { About::Leaving };
        let values = value(entry, criterion, before)?;
        return bold(entry, &clause, values.into_iter().map(Some)).map(|said| Some((about, said)));
    }
    if let Some(said) = residents(entry, "council/residents")? {
        let law = vec![limit_of_residents(entry, "council/under-limit")?];
        return bold(entry, &said, law).map(|said| Some((About::Residents, said)));
    }
    let lasting = lasting(entry)?;
    if lasting.is_empty() {
        return Ok(None);
    }
    let status = standing_in_sentence(entry.subject, entry.standing())?;
    let slots = Slots::new().text("area", &entry.subject.area.name).text("status", status);
    let still = entry.subject.line("council/lasting", slots)?;
    let more: Vec<Option<String>> = lasting.into_iter().map(Some).collect();
    bold(entry, &still, more).map(|said| Some((About::Lasting, said)))
}

/// A clause as a bold sentence, with other sentences after it.
fn bold(entry: &Entry, clause: &str, more: impl IntoIterator<Item = Option<String>>) -> Said<Rich> {
    let more: Vec<String> = more.into_iter().flatten().collect();
    entry.subject.say("council/finding", Slots::new().text("bold", clause).text("more", more.join(" ")))
}

/// A new status, its reason, and what goes on of the old one.
fn changed(entry: &Entry, before: Option<Period>) -> Said<Option<Rich>> {
    let (Some(before), Some(true)) = (before, entry.changed(before)) else { return Ok(None) };
    let Some(was) = entry.status_in(before) else { return Ok(None) };
    let subject = entry.subject;
    let (from, to) =
        (standing_in_sentence(subject, &was.status)?, standing_in_sentence(subject, entry.standing())?);
    let slots = Slots::new().text("area", &subject.area.name).text("from", from).text("to", to);
    let milder = rank(entry.law, &was.status) < rank(entry.law, entry.standing());
    let key = match (&was.status, entry.standing()) {
        (Standing::On(_), Standing::On(_)) if milder => "council/no-longer-but",
        (Standing::On(_), Standing::NotListed) => "council/no-longer-listed",
        (Standing::On(_), Standing::TooFewResidents) => "council/no-longer-too-few",
        (_, Standing::On(_)) => "council/became",
        _ => "council/went",
    };
    let clause = subject.line(key, slots)?;
    let mut more = Vec::new();
    let reasons = reasons(subject, entry.law, entry.law.year())?;
    if !reasons.is_empty() {
        more.push(Some(subject.line("council/because", Slots::new().list("reasons", reasons))?));
    }
    more.extend(lasting(entry)?.into_iter().map(Some));
    more.push(residents(entry, "council/residents-brief")?);
    bold(entry, &clause, more).map(Some)
}

/// What goes on after a stricter status: first what must still be done, then the rules that end one day.
fn lasting(entry: &Entry) -> Said<Vec<String>> {
    let subject = entry.subject;
    let going_on = going_on_of(subject);
    let mut said = Vec::new();
    for rule in going_on.iter().filter(|rule| !rule.ends) {
        said.push(subject.line("council/goes-on", Slots::new().text("says", rule.says))?);
    }
    let ending: Vec<_> = going_on.iter().filter(|rule| rule.ends).collect();
    if !ending.is_empty() {
        let mut slots = Slots::new().list("names", ending.iter().map(|rule| lower_first(rule.name)));
        if let Some(until) = ending.iter().filter_map(|rule| rule.until).max() {
            slots = slots.text("until", subject.context.words.date(until.year, until.month, until.day));
        }
        said.push(subject.line("council/goes-on-until", slots)?);
    }
    Ok(said)
}

/// Residents near the number that the law asks for.
fn residents(entry: &Entry, key: &str) -> Said<Option<String>> {
    let near = nearest(entry).is_some_and(|nearest| matches!(nearest.by, By::Residents(_)));
    if near { limit_of_residents(entry, key) } else { Ok(None) }
}

fn limit_of_residents(entry: &Entry, key: &str) -> Said<Option<String>> {
    let (Some(n), Some(limit)) = (entry.residents(entry.law.year()), entry.law.residents()) else {
        return Ok(None);
    };
    let slots = Slots::new().text("area", &entry.subject.area.name).count("n", n).count("limit", limit);
    entry.subject.line(key, slots).map(Some)
}

/// Where nothing is near or new: who is on which list, or that nobody is.
fn standing(entries: &[Entry], most: usize) -> Said<Vec<Rich>> {
    let listed = entries.iter().filter(|entry| matches!(entry.standing(), Standing::On(_)));
    let mut said = Vec::new();
    for entry in listed.take(most) {
        let subject = entry.subject;
        let status = standing_in_sentence(subject, entry.standing())?;
        let slots = Slots::new().text("area", &subject.area.name).text("status", status);
        let clause = subject.line("council/is", slots)?;
        let count = entry.law.count(subject, entry.law.year()).zip(entry.law.counted.as_ref());
        let met = count.map(|(met, counted)| {
            subject.line("council/met", Slots::new().count("met", met).count("of", counted.of))
        });
        said.push(bold(entry, &clause, [met.transpose()?])?);
    }
    if let (true, Some(first)) = (said.is_empty(), entries.first()) {
        let untold = entries
            .iter()
            .any(|entry| *entry.standing() == Standing::CannotTell || matches!(entry.nearest, State::Hidden));
        let key = if untold { "council/none-told" } else { "council/none-near" };
        said.push(first.subject.say(key, Slots::new().count("areas", entries.len() as i64))?);
    }
    Ok(said)
}
