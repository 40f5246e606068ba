//! The finding at the head of each page, made by rule. A lead names what stands out and never counts indicators: correlated
//! indicators are not votes. (The criteria of the law are counted: the law does.)

use super::{
    comparisons::{Changed, changed, compared, is_judged, since},
    context::Said,
    findings::{in_sentence, standing_in_sentence},
    law::Law,
    subject::{Subject, is_better, shown},
};
use crate::{
    catalogue::HigherIs,
    compute::{Standing, Verdict},
    ids::Period,
    words::Slots,
};

/// Letters of a lead at most: three lines beside the status card.
const LONGEST: usize = 92;
/// Letters of a lead on one line over the full width.
const ONE_LINE: usize = 72;

/// The lead of page 1.
pub(super) fn front(subject: &Subject) -> Said<String> {
    match &subject.law {
        Some(law) => statutory(subject, law),
        None => place(subject),
    }
}

fn area(subject: &Subject) -> Slots {
    Slots::new().text("area", &subject.named)
}

/// An estate: a new status first, then the criteria met.
fn statutory(subject: &Subject, law: &Law) -> Said<String> {
    let Some(now) = shown(law.status(subject, law.year())) else {
        return subject.line("leads/unknown", area(subject));
    };
    let before = shown(law.status(subject, Period::Year(law.list.year - 1)));
    match (&now.status, before.map(|status| &status.status)) {
        (Standing::TooFewResidents, _) => {
            subject.line("leads/too-few", area(subject).count("limit", law.residents().unwrap_or_default()))
        }
        (Standing::CannotTell, _) => subject.line("leads/unknown", area(subject)),
        (Standing::NotListed, Some(Standing::On(_))) => subject.line("leads/left", area(subject)),
        (Standing::On(_), Some(Standing::NotListed | Standing::TooFewResidents)) => {
            let status = standing_in_sentence(subject, &now.status)?;
            subject.line("leads/became", area(subject).text("status", status))
        }
        (Standing::On(new), Some(old @ Standing::On(before))) if before != new => {
            let (before, status) =
                (standing_in_sentence(subject, old)?, standing_in_sentence(subject, &now.status)?);
            subject.line("leads/moved", area(subject).text("before", before).text("status", status))
        }
        _ => criteria(subject, law),
    }
}

fn criteria(subject: &Subject, law: &Law) -> Said<String> {
    let (Some(counted), Some(met)) = (&law.counted, law.count(subject, law.year())) else {
        return known_status(subject, law);
    };
    let near = law.rows.iter().any(|row| !row.strict.1.origin && law.is_near(subject, row));
    let last = law.count(subject, Period::Year(law.list.year - 1));
    let slots = area(subject)
        .count("of", counted.of)
        .count("met", met)
        .flag("near", near)
        .flag("changed", last.is_some_and(|last| last != met))
        .text("status", law.status_in_sentence(subject.context, counted.status));
    subject.line(if met == 0 { "leads/no-criteria" } else { "leads/criteria" }, slots)
}

/// An area of which the status is known and the criteria are not all.
fn known_status(subject: &Subject, law: &Law) -> Said<String> {
    match shown(law.status(subject, law.year())).map(|status| &status.status) {
        Some(Standing::NotListed) => subject.line("leads/not-listed", area(subject)),
        Some(standing @ Standing::On(_)) => {
            let status = standing_in_sentence(subject, standing)?;
            subject.line("leads/status", area(subject).text("status", status))
        }
        _ => subject.line("leads/unknown", area(subject)),
    }
}

/// A place without a law: what changed most, else what differs most.
fn place(subject: &Subject) -> Said<String> {
    if let Some(lead) = changes(subject, &changed(subject), LONGEST)? {
        return Ok(lead);
    }
    let Some(comparator) = subject.comparator else { return subject.line("leads/too-small", area(subject)) };
    if !is_judged(subject) {
        return subject.line("leads/too-small", area(subject));
    }
    let mut differing = compared(subject);
    differing.sort_by_key(|c| c.indicator.higher_is == HigherIs::Neutral);
    let differing = differing.into_iter().find_map(|c| Some((in_sentence(subject, c.indicator)?, c.verdict)));
    let Some((what, verdict)) = differing else {
        let comparator = subject.comparator_words(comparator, "")?;
        return subject.line("leads/alike", Slots::new().text("comparator", comparator));
    };
    let word = subject.fixed(if verdict == Verdict::Higher { "table/higher" } else { "table/lower" })?;
    let comparator = subject.comparator_words(comparator, "-in")?;
    subject.line(
        "leads/compared",
        Slots::new().text("what", what).text("word", word).text("comparator_in", comparator),
    )
}

/// One or two sure changes in a sentence of so many letters; `None` if there is no sure change.
fn changes(subject: &Subject, changed: &[Changed], longest: usize) -> Said<Option<String>> {
    let mut changed: Vec<&Changed> = changed.iter().collect();
    changed.sort_by_key(|c| c.indicator.higher_is == HigherIs::Neutral);
    let mut spoken = changed.into_iter().filter_map(|c| Some((c, in_sentence(subject, c.indicator)?)));
    let Some((first, what)) = spoken.next() else { return Ok(None) };
    let word = |c: &Changed| {
        subject.fixed(if c.change.verdict == Verdict::Higher { "table/risen" } else { "table/fallen" })
    };
    let printed = |c: &Changed| subject.context.overview.printed_period(c.indicator_id, c.change.since);
    let slots = || -> Said<Slots> {
        Ok(Slots::new()
            .text("what", &what)
            .text("word", word(first)?)
            .text("since", subject.printed(first.indicator_id, first.change.since)?))
    };
    if let Some((second, other)) = spoken.find(|(c, _)| printed(c) == printed(first)) {
        let both = slots()?.text("other", other).text("other_word", word(second)?);
        let lead = subject.line("leads/two-changes", both)?;
        if lead.chars().count() <= longest {
            return Ok(Some(lead));
        }
    }
    subject.line("leads/change", slots()?).map(Some)
}

/// The lead of the value table: the theme that lies farthest from the comparator.
pub(super) fn table(subject: &Subject) -> Said<String> {
    if subject.law.is_some()
        && subject.printed_indicators().iter().all(|(id, _)| subject.latest(id).is_none())
    {
        return subject.line("leads/lists-only", area(subject));
    }
    let judged = subject.comparator.filter(|_| is_judged(subject));
    let Some(comparator) = judged else { return subject.line("leads/too-small", area(subject)) };
    let comparator = subject.comparator_words(comparator, "")?;
    let found = compared(subject);
    let worse = found.iter().find(|c| is_better(c.indicator.higher_is, c.verdict) == Some(false));
    let (key, theme) = match worse.or(found.first()) {
        None => return subject.line("leads/alike", Slots::new().text("comparator", comparator)),
        Some(c) => (
            if worse.is_some() { "leads/theme-worse" } else { "leads/theme-better" },
            &c.indicator.theme.value,
        ),
    };
    let title = subject
        .context
        .catalogue
        .themes
        .get(theme)
        .map_or(theme.as_str(), |title| subject.context.text(title));
    subject.line(key, Slots::new().text("theme", title).text("comparator", comparator))
}

/// The lead of the page of trends.
pub(super) fn trends(subject: &Subject) -> Said<String> {
    if let Some(lead) = changes(subject, &changed(subject), ONE_LINE)? {
        return Ok(lead);
    }
    match since(subject) {
        Some(since) => subject.line("leads/no-change", Slots::new().text("since", subject.period(since)?)),
        None => subject.fixed("leads/trends"),
    }
}
