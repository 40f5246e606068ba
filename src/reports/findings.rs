//! Findings: one sentence each, with slots that hold addresses of published values, never numbers.
//!
//! A finding is said only if every slot is shown. Which findings there are and in what order follows from the publication
//! alone, so that the order gives nothing away either.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    comparisons::{Changed, Compared, changed, compared, is_judged, since},
    context::Said,
    history::reasons,
    law::{Law, Row},
    subject::{Subject, is_better, shown},
};
use crate::{
    catalogue::{Indicator, RESIDENTS, Unit},
    compute::{Fact, Standing, State, Verdict, prefixed},
    ids::{IndicatorId, Period, ValueId},
    words::{Rich, Slots},
};

/// Words of a finding at most.
const WORDS: usize = 25;
/// Findings of a column at most, and of all columns together.
const OF_COLUMN: usize = 2;
const IN_ALL: usize = 5;

/// The three columns of page 1.
#[derive(Serialize)]
pub(super) struct Findings {
    pub good: Vec<Rich>,
    pub attention: Vec<Rich>,
    pub changed: Vec<Rich>,
}

/// One sentence about published values.
#[derive(Clone)]
pub(super) struct Finding {
    /// Its text.
    pub text: &'static str,
    /// What is filled in: the name in the text, the value's address.
    pub slots: BTreeMap<&'static str, ValueId>,
    /// Words that are filled in: names from the catalogue and the file of texts, never numbers.
    pub names: BTreeMap<&'static str, String>,
    /// The indicator it is about; one column does not repeat another.
    pub about: IndicatorId,
    /// The unit of its values.
    pub unit: Unit,
}

impl Finding {
    /// The sentence; `None` if one of its values is not shown.
    pub fn say(&self, subject: &Subject) -> Said<Option<Rich>> {
        let mut slots = Slots::new();
        for (name, text) in &self.names {
            slots = slots.text(name, text);
        }
        for (name, id) in &self.slots {
            let State::Shown(fact) = subject.context.publication.get(id) else { return Ok(None) };
            slots = match fact {
                Fact::Count(n) => slots.count(name, *n),
                Fact::Value(value) => slots.text(name, subject.with_unit(self.unit, value.value)?),
                Fact::Distance(distance) => slots.text(name, subject.difference(self.unit, *distance)?),
                Fact::Change(change) => slots.text(name, subject.difference(self.unit, change.difference)?),
                Fact::Status(status) => slots.text(name, standing_in_sentence(subject, &status.status)?),
                _ => return Ok(None),
            };
        }
        subject.say(self.text, slots).map(Some)
    }

    fn new(text: &'static str, about: &IndicatorId, indicator: &Indicator) -> Self {
        Self {
            text,
            slots: BTreeMap::new(),
            names: BTreeMap::new(),
            about: about.clone(),
            unit: indicator.unit,
        }
    }

    fn slot(mut self, name: &'static str, id: ValueId) -> Self {
        self.slots.insert(name, id);
        self
    }

    fn name(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.names.insert(name, text.into());
        self
    }
}

/// A standing as a word inside a sentence.
pub(super) fn standing_in_sentence(subject: &Subject, standing: &Standing) -> Said<String> {
    Ok(match (standing, &subject.law) {
        (Standing::On(status), Some(law)) => law.status_in_sentence(subject.context, status),
        (Standing::NotListed | Standing::On(_), _) => subject.fixed("status/not-listed")?.to_lowercase(),
        (Standing::TooFewResidents, law) => {
            let limit = law.as_ref().and_then(Law::residents).unwrap_or_default();
            subject.line("status/too-few", Slots::new().count("limit", limit))?.to_lowercase()
        }
        (Standing::CannotTell, _) => subject.fixed("status/cannot-tell")?.to_lowercase(),
    })
}

/// What an indicator is called inside a sentence. A clause in it ("voksne, der bor alene") is closed by a comma.
pub(super) fn in_sentence(subject: &Subject, indicator: &Indicator) -> Option<String> {
    let text = subject.context.text(indicator.in_sentence.as_ref()?);
    Some(if text.contains(", ") { format!("{text},") } else { text.to_string() })
}

/// The findings of an area, at most five; `None` where nothing is published but a handful of counts.
pub(super) fn findings(subject: &Subject) -> Said<Option<Findings>> {
    let Some(comparator) = subject.comparator.filter(|_| is_judged(subject)) else { return Ok(None) };
    let (compared, changed) = (compared(subject), changed(subject));
    let better = compared.iter().filter(|c| is_better(c.indicator.higher_is, c.verdict) == Some(true));
    let worse = compared.iter().filter(|c| is_better(c.indicator.higher_is, c.verdict) == Some(false));
    let improved =
        changed.iter().filter(|c| is_better(c.indicator.higher_is, c.change.verdict) == Some(true));
    let place = subject.comparator_words(comparator, "-in")?;
    let comparison = |c: &Compared| comparison(subject, c, &place);
    let mut column = Column { subject, said: Vec::new(), left: IN_ALL };
    let attention: Vec<Finding> = criteria(subject).into_iter().chain(worse.filter_map(comparison)).collect();
    let attention = column.fill(attention, OF_COLUMN)?;
    let before = column.said.len();
    let good: Vec<Finding> =
        better.filter_map(comparison).chain(improved.filter_map(|c| change(subject, c))).collect();
    let good = column.fill(good, OF_COLUMN)?;
    // A value that needs attention may also have changed; a change that is good news is told once.
    column.said.drain(..before);
    let status = status_change(subject)?;
    let criteria = criteria_change(subject).filter(|_| status.is_empty());
    let other: Vec<Finding> =
        status.into_iter().chain(criteria).chain(changed.iter().filter_map(|c| change(subject, c))).collect();
    let since = since(subject);
    let told = changed.iter().any(|c| column.said.contains(c.indicator_id));
    let changed = column.fill(other, OF_COLUMN)?;
    let or = |said: Vec<Rich>, key: &str, slots: Slots| -> Said<Vec<Rich>> {
        Ok(if said.is_empty() { vec![subject.say(key, slots)?] } else { said })
    };
    let nothing = match since {
        Some(_) if told => ("findings/no-other-change", Slots::new()),
        Some(since) => ("findings/no-change", Slots::new().text("since", subject.period(since)?)),
        None => ("findings/no-change-at-all", Slots::new()),
    };
    Ok(Some(Findings {
        good: or(good, "findings/no-good", Slots::new().text("comparator_in", &place))?,
        attention: or(attention, "findings/no-attention", Slots::new().text("comparator_in", &place))?,
        changed: or(changed, nothing.0, nothing.1)?,
    }))
}

/// Says findings until a column is full, each indicator once on the page.
struct Column<'a> {
    subject: &'a Subject<'a>,
    said: Vec<IndicatorId>,
    left: usize,
}

impl Column<'_> {
    fn fill(&mut self, findings: Vec<Finding>, room: usize) -> Said<Vec<Rich>> {
        let mut out = Vec::new();
        for finding in findings {
            if out.len() == room.min(self.left) {
                break;
            }
            if self.said.contains(&finding.about) {
                continue;
            }
            if let Some(said) = finding.say(self.subject)?.filter(|said| said.word_count() <= WORDS) {
                out.push(said);
                self.said.push(finding.about);
            }
        }
        self.left -= out.len();
        Ok(out)
    }
}

/// Criteria that are met, then those that are near; value and limit, no verdict and no persons.
fn criteria(subject: &Subject) -> Vec<Finding> {
    let Some(law) = &subject.law else { return Vec::new() };
    let rows = || law.rows.iter().filter(|row| !row.strict.1.origin);
    let met = rows().filter(|row| law.met(subject, row.strict.0) == Some(true));
    let near = rows().filter(|row| law.is_near(subject, row));
    met.filter_map(|row| criterion(subject, law, row, true))
        .chain(near.filter_map(|row| criterion(subject, law, row, false)))
        .collect()
}

fn criterion(subject: &Subject, law: &Law, row: &Row, met: bool) -> Option<Finding> {
    let limit = law.distance(subject, row)?;
    let text = match (met, row.strict.1.is.is_upper(), limit.distance.is_some_and(|d| d.units > 0)) {
        _ if limit.distance.is_some_and(|d| d.units == 0) => "findings/at-limit",
        (true, true, _) => "findings/met-above",
        (true, false, _) => "findings/met-below",
        (false, _, true) => "findings/near-above",
        (false, _, false) => "findings/near-below",
    };
    let at = |about| law.criterion(subject, row.strict.0, about, law.year());
    let finding = Finding::new(text, row.indicator_id, row.indicator)
        .name("what", in_sentence(subject, row.indicator)?)
        .name("limit", subject.with_unit(row.indicator.unit, limit.limit).ok()?)
        .slot("value", at(""));
    Some(if text.starts_with("findings/near") { finding.slot("distance", at("/distance")) } else { finding })
}

fn comparison(subject: &Subject, compared: &Compared, place: &str) -> Option<Finding> {
    let other = compared.id.against(subject.comparator?.area());
    Some(
        Finding::new("findings/compared", compared.indicator_id, compared.indicator)
            .name("what", in_sentence(subject, compared.indicator)?)
            .name("comparator_in", place)
            .slot("value", compared.id.clone())
            .slot("other", other),
    )
}

fn change(subject: &Subject, changed: &Changed) -> Option<Finding> {
    let text = if changed.change.verdict == Verdict::Higher { "findings/risen" } else { "findings/fallen" };
    Some(
        Finding::new(text, changed.indicator_id, changed.indicator)
            .name("what", in_sentence(subject, changed.indicator)?)
            .name("since", subject.printed(changed.indicator_id, changed.change.since).ok()?)
            .slot("change", prefixed("change", &changed.id))
            .slot("value", changed.id.clone()),
    )
}

/// A new status on the latest list: with the reason, and without it in case that is too long.
fn status_change(subject: &Subject) -> Said<Vec<Finding>> {
    let (Some(law), Some(plain)) = (&subject.law, changed_status(subject)) else { return Ok(Vec::new()) };
    let reasons = reasons(subject, law, law.year())?;
    if reasons.is_empty() {
        return Ok(vec![plain]);
    }
    let mut because = Finding { text: "findings/status-changed-because", ..plain.clone() };
    because.names.insert("reasons", reasons.join(", "));
    Ok(vec![because, plain])
}

fn changed_status(subject: &Subject) -> Option<Finding> {
    let law = subject.law.as_ref()?;
    let before = Period::Year(law.list.year - 1);
    let (old, new) = (shown(law.status(subject, before))?, shown(law.status(subject, law.year()))?);
    let listed = |standing: &Standing| !matches!(standing, Standing::CannotTell);
    if old.status == new.status || !listed(&old.status) || !listed(&new.status) {
        return None;
    }
    let about = RESIDENTS.into();
    let indicator = law.rows.first()?.indicator;
    let id = |year| ValueId::own(law.family_id.as_str(), &subject.area.id, year);
    Some(
        Finding::new("findings/status-changed", &about, indicator)
            .slot("before", id(before))
            .slot("status", id(law.year())),
    )
}

/// More or fewer criteria met than on the list before. The law compares without chance, so this needs no interval.
fn criteria_change(subject: &Subject) -> Option<Finding> {
    let law = subject.law.as_ref()?;
    let before = Period::Year(law.list.year - 1);
    let (old, new) = (law.count(subject, before)?, law.count(subject, law.year())?);
    let indicator = law.rows.first()?.indicator;
    let finding = Finding::new("findings/criteria-changed", &RESIDENTS.into(), indicator)
        .slot("before", law.count_id(subject, before)?)
        .slot("now", law.count_id(subject, law.year())?)
        .name("year", before.to_string());
    (old != new).then_some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{facts, on};

    fn said(column: &[Rich]) -> Vec<String> {
        column.iter().map(|said| said.plain().replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn criteria_are_said_with_value_and_limit_and_changes_with_their_size() {
        on(facts(), "gronnevang", |subject| {
            let findings = findings(subject).expect("the texts fit").expect("there are findings");
            let ends = |column: &[Rich], ends: &[&str]| {
                let said = said(column);
                assert!(
                    said.len() == ends.len() && said.iter().zip(ends).all(|(s, e)| s.ends_with(e)),
                    "{said:?}"
                );
            };
            let limit = " er 58,2 pct. Det er 1,8 procentpoint under grænsen på 60 pct.";
            ends(&findings.attention, &[" er 40,4 pct. Det er over grænsen på 40 pct.", limit]);
            ends(&findings.good, &[" er 71,4 pct. mod 56,0 pct. i resten af kommunen."]);
            ends(&findings.changed, &[" Nu er det ét.", " steget med 5,1 procentpoint til 40,4 pct."]);
        });
    }

    #[test]
    fn a_finding_with_a_hidden_slot_is_not_said() {
        let hidden = facts().set("abl-61a/no-work@gronnevang@2025", State::Hidden);
        on(hidden, "gronnevang", |subject| {
            let findings = findings(subject).expect("the texts fit").expect("there are findings");
            assert!(
                said(&findings.attention).iter().all(|said| !said.contains("tilknytning")),
                "{:?}",
                findings.attention
            );
        });
    }

    #[test]
    fn a_new_status_is_told_with_its_reason() {
        let facts = facts().status("gronnevang", 2024, Standing::TooFewResidents).set(
            "abl-61a/reasons@gronnevang@2025",
            State::Shown(Fact::Reasons(vec![crate::compute::Reason::EnoughResidents])),
        );
        on(facts, "gronnevang", |subject| {
            let findings = findings(subject).expect("the texts fit").expect("there are findings");
            assert_eq!(
                said(&findings.changed)[0],
                "Status er ændret fra under 1.000 beboere til forebyggelsesområde: igen mindst 1.000 beboere."
            );
        });
    }

    #[test]
    fn a_village_is_compared_with_the_other_villages_and_a_neutral_difference_is_neither_good_nor_bad() {
        on(facts(), "kaer", |subject| {
            let findings = findings(subject).expect("the texts fit").expect("there are findings");
            assert_eq!(said(&findings.good), ["Ingen tal er sikkert bedre end i de andre landsbyer."]);
            assert_eq!(
                said(&findings.attention),
                ["Ingen tal er sikkert dårligere end i de andre landsbyer."]
            );
            assert_eq!(
                said(&findings.changed),
                ["Siden 2020 er andelen af børn og unge faldet med 6 procentpoint til 14 pct."]
            );
        });
    }

    #[test]
    fn a_page_has_at_most_five_findings_of_at_most_25_words() {
        for area in ["gronnevang", "nabo", "kaer"] {
            on(facts(), area, |subject| {
                let Findings { good, attention, changed } =
                    findings(subject).expect("the texts fit").expect("there are findings");
                let all = [good, attention, changed].concat();
                assert!(all.len() <= IN_ALL && all.iter().all(|said| said.word_count() <= WORDS), "{all:?}");
            });
        }
    }
}
