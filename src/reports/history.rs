//! An area's status list by list: runs of equal years, the criteria met, and the reason of every change in words.

use serde::Serialize;

use super::{
    context::Said,
    law::Law,
    page_status::{status_word, symbol},
    subject::{Subject, shown, whole},
};
use crate::{
    catalogue::{Date, Limit, Rule, RuleSet},
    compute::{Fact, Reason, Standing, State, Status},
    ids::{CriterionId, Period, StatusId},
    words::{Rich, Slots},
};

/// Lists that are told of, the latest.
pub(super) const MOST: usize = 9;

/// What is known of an area on one list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Known<'a> {
    /// Its standing, and whether the authority decided it.
    Is(&'a Standing, bool),
    /// Not shown.
    Hidden,
    /// There is nothing.
    Missing,
}

/// One list.
pub(super) struct Listed<'a> {
    pub year: u16,
    pub known: Known<'a>,
    /// The list's day, where the status is known.
    pub day: Option<Date>,
}

/// Every year from the first of which something is known to the latest list, at most [`MOST`].
pub(super) fn lists<'a>(subject: &Subject<'a>, law: &Law) -> Vec<Listed<'a>> {
    let is_known = |year: &Period| !matches!(law.status(subject, *year), State::Missing(_));
    let years = subject.context.publication.periods(law.family_id.as_str(), &subject.area.id);
    let Some(first) = years.into_iter().find(is_known) else { return Vec::new() };
    let first = first.year().max((law.list.year + 1).saturating_sub(MOST as u16));
    (first..=law.list.year)
        .map(|year| {
            let state = law.status(subject, Period::Year(year));
            Listed { year, day: shown(state.clone()).map(|status| status.list), known: known(state) }
        })
        .collect()
}

fn known(state: State<&Status>) -> Known<'_> {
    match state {
        State::Shown(Status { status: Standing::CannotTell, .. }) | State::Hidden => Known::Hidden,
        State::Shown(status) => Known::Is(&status.status, status.official),
        State::Missing(_) => Known::Missing,
    }
}

/// Neighbouring lists on which the status was the same.
pub(super) fn runs<'l, 'a>(lists: &'l [Listed<'a>]) -> Vec<&'l [Listed<'a>]> {
    lists.chunk_by(|a, b| a.known == b.known).collect()
}

impl Known<'_> {
    /// The mark in the templates; none for a year without anything.
    pub fn symbol(self) -> Option<&'static str> {
        match self {
            Self::Is(standing, official) => Some(symbol(standing, official)),
            Self::Hidden => Some("hidden"),
            Self::Missing => None,
        }
    }

    /// The status as printed in a table.
    pub fn word(self, subject: &Subject, law: &Law) -> Said<String> {
        match self {
            Self::Is(standing, official) => {
                let word = status_word(subject, law, standing)?;
                let own = Slots::new().text("status", &word);
                if official { Ok(word) } else { subject.line("history/own", own) }
            }
            Self::Hidden => subject.fixed("history/hidden"),
            Self::Missing => subject.fixed("history/missing"),
        }
    }

    /// Has a list of that time counted the criteria of this area?
    fn is_counted(self) -> bool {
        matches!(self, Self::Is(Standing::On(_) | Standing::NotListed, _))
    }
}

/// Criteria met on the list of a year, and of how many; the counted status is that of the rule set of the year.
pub(super) fn count(subject: &Subject, law: &Law, list: &Listed) -> Option<(i64, i64)> {
    let year = Period::Year(list.year);
    let of = |status: &StatusId, what: &str| {
        whole(subject.fact(&format!("{}/{status}/{what}", law.family_id), year))
    };
    let latest = law.counted.iter().map(|counted| counted.status);
    let status = latest.chain(law.family.statuses.ids()).find(|status| of(status, "of").is_some())?;
    list.known.is_counted().then_some(())?;
    Some((of(status, "count")?, of(status, "of")?))
}

/// `0 af 4`; a dash where the criteria were not counted or may not be shown.
pub(super) fn count_words(subject: &Subject, count: Option<(i64, i64)>) -> Said<String> {
    match count {
        Some((met, of)) => subject.line("band/count", Slots::new().count("met", met).count("of", of)),
        None => subject.fixed("declaration/none"),
    }
}

/// `2018–2020`; lists are years in a row.
pub(super) fn span(lists: &[Listed]) -> String {
    match lists {
        [first, .., last] => format!("{}–{}", first.year, last.year),
        [only] => only.year.to_string(),
        [] => String::new(),
    }
}

/// Counts of neighbouring years as printed: `0 af 4`, or `0 af 5 (2017), 0 af 4 (2018–2020)`.
pub(super) fn counts_in_words(subject: &Subject, law: &Law, lists: &[Listed]) -> Said<String> {
    let counts: Vec<Option<(i64, i64)>> = lists.iter().map(|list| count(subject, law, list)).collect();
    let mut parts: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    for (at, one) in counts.iter().enumerate() {
        match parts.last_mut() {
            Some((_, range)) if counts[range.start] == *one => range.end = at + 1,
            _ => parts.push((count_words(subject, *one)?, at..at + 1)),
        }
    }
    if let [(only, _)] = parts.as_slice() {
        return Ok(only.clone());
    }
    let with_years = |(text, range): &(String, std::ops::Range<usize>)| {
        format!("{text} ({})", span(&lists[range.clone()]))
    };
    Ok(parts.iter().map(with_years).collect::<Vec<_>>().join(", "))
}

/// Why the status of a year is another than on the list before: each reason in words, first letters small.
pub(super) fn reasons(subject: &Subject, law: &Law, year: Period) -> Said<Vec<String>> {
    let State::Shown(Fact::Reasons(reasons)) = subject.fact(&format!("{}/reasons", law.family_id), year)
    else {
        return Ok(Vec::new());
    };
    let day = shown(law.status(subject, year)).map(|status| status.list);
    let rules = day.and_then(|day| subject.context.catalogue.rule_set_for(law.family_id, day));
    let rules = rules.map_or(law.rules, |(_, rules)| rules);
    let words = reasons.iter().map(|reason| reason_words(subject, law, rules, reason));
    words.filter_map(Result::transpose).collect()
}

fn reason_words(subject: &Subject, law: &Law, rules: &RuleSet, reason: &Reason) -> Said<Option<String>> {
    let residents =
        rules.applies_to.residents.as_ref().map_or(0, |residents| residents.at_least.value.into());
    let limit = Slots::new().count("limit", residents);
    match reason {
        Reason::TooFewResidents => subject.line("reasons/too-few", limit).map(Some),
        Reason::EnoughResidents => subject.line("reasons/enough", limit).map(Some),
        Reason::NowMet(criterion) => criterion_words(subject, law, rules, criterion, "reasons/now-met"),
        Reason::NoLongerMet(criterion) => {
            criterion_words(subject, law, rules, criterion, "reasons/no-longer-met")
        }
        Reason::InARow(years) => {
            let of = rules.statuses.iter().find_map(|(_, rule)| match &rule.when {
                Rule::InARow(row) if row.years.value == *years => Some(&row.of.value),
                _ => None,
            });
            let Some(of) = of else { return Ok(None) };
            let slots = Slots::new().count("years", i64::from(*years));
            let status = law.status_in_sentence(subject.context, of);
            subject.line("reasons/in-a-row", slots.text("status", status)).map(Some)
        }
        Reason::OtherRules(set) => {
            let Some(set) = subject.context.catalogue.rule_sets.get(set) else { return Ok(None) };
            let law = lower_first(subject.context.text(&set.law));
            subject.line("reasons/other-rules", Slots::new().text("law", law)).map(Some)
        }
    }
}

/// A criterion with its limit. The one on origin is not named where the catalogue leaves its row out.
fn criterion_words(
    subject: &Subject,
    law: &Law,
    rules: &RuleSet,
    id: &CriterionId,
    key: &str,
) -> Said<Option<String>> {
    let Some(criterion) = rules.criteria.get(id).filter(|c| law.family.show_origin || !c.origin) else {
        return Ok(None);
    };
    let Some(indicator) = subject.context.catalogue.indicator(&criterion.indicator) else { return Ok(None) };
    let name = criterion.title.as_ref().unwrap_or_else(|| indicator.short_title());
    let limit = subject.with_unit(indicator.unit, criterion.is.number().0)?;
    let compared = subject.line(compare_key(&criterion.is.value), Slots::new().text("limit", limit))?;
    let slots = Slots::new().text("name", lower_first(subject.context.text(name)));
    subject.line(key, slots.text("limit", compared)).map(Some)
}

fn compare_key(limit: &Limit) -> &'static str {
    match limit {
        Limit::Over(_) => "reasons/over",
        Limit::AtLeast(_) => "reasons/at-least",
        Limit::Under(_) => "reasons/under",
        Limit::AtMost(_) => "reasons/at-most",
    }
}

/// A name inside a sentence; an abbreviation keeps its capitals.
pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.as_str().starts_with(char::is_uppercase) {
        return text.to_string();
    }
    first.to_lowercase().chain(letters).collect()
}

/// The table behind the band: one row a run.
#[derive(Serialize)]
pub(super) struct History {
    heading: String,
    rows: Vec<HistoryRow>,
}

#[derive(Serialize)]
struct HistoryRow {
    years: String,
    symbol: Option<&'static str>,
    status: String,
    criteria: String,
    reason: Rich,
}

/// Status year by year, with the reason of every change.
pub(super) fn table(subject: &Subject) -> Said<Option<History>> {
    let Some(law) = &subject.law else { return Ok(None) };
    let lists = lists(subject, law);
    let mut rows = Vec::new();
    for run in runs(&lists) {
        let reasons = reasons(subject, law, Period::Year(run[0].year))?;
        let reason = match reasons.is_empty() {
            true => subject.fixed("declaration/none")?.into(),
            false => subject.say("history/reason", Slots::new().list("reasons", reasons))?,
        };
        rows.push(HistoryRow {
            years: span(run),
            symbol: run[0].known.symbol(),
            status: run[0].known.word(subject, law)?,
            criteria: counts_in_words(subject, law, run)?,
            reason,
        });
    }
    rows.reverse();
    Ok((!rows.is_empty()).then_some(History { heading: subject.fixed("history/heading")?, rows }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{Facts, facts, on};

    fn reason(facts: Facts, reasons: Vec<Reason>) -> Vec<String> {
        let facts = facts.set("abl-61a/reasons@gronnevang@2025", State::Shown(Fact::Reasons(reasons)));
        on(facts, "gronnevang", |subject| {
            let law = subject.law.as_ref().expect("there is a law");
            let said = super::reasons(subject, law, law.year()).expect("the texts fit");
            said.into_iter().map(|reason| reason.replace('\u{a0}', " ")).collect()
        })
    }

    #[test]
    fn an_area_that_shrank_below_the_limit_has_not_improved() {
        assert_eq!(reason(facts(), vec![Reason::TooFewResidents]), ["under 1.000 beboere"]);
        assert_eq!(reason(facts(), vec![Reason::EnoughResidents]), ["igen mindst 1.000 beboere"]);
    }

    #[test]
    fn a_criterion_is_a_reason_with_its_limit() {
        let said =
            reason(facts(), vec![Reason::NowMet("no-work".into()), Reason::NoLongerMet("income".into())]);
        assert_eq!(
            said,
            [
                "uden tilknytning nu over 40 pct.",
                "indkomst i forhold til regionen ikke længere under 55 pct."
            ]
        );
    }

    #[test]
    fn years_in_a_row_and_other_rules_are_reasons() {
        let said = reason(facts(), vec![Reason::InARow(5), Reason::OtherRules("abl-61a-2021".into())]);
        assert_eq!(
            said,
            ["parallelsamfund fem år i træk", "listen følger nye regler (almenboligloven §§ 61 a og 61 b)"]
        );
    }

    #[test]
    fn the_table_has_a_row_for_every_run_the_latest_first() {
        let facts = facts().set(
            "abl-61a/reasons@gronnevang@2024",
            State::Shown(Fact::Reasons(vec![Reason::NowMet("income-65".into())])),
        );
        on(facts, "gronnevang", |subject| {
            let table = table(subject).expect("the texts fit").expect("there is a history");
            let rows: Vec<(String, String)> =
                table.rows.iter().map(|row| (row.years.clone(), row.status.clone())).collect();
            let expected = [("2024–2025", "Forebyggelsesområde"), ("2023", "Ikke på listerne")];
            assert_eq!(rows, expected.map(|(a, b)| (a.to_string(), b.to_string())));
            assert_eq!(table.rows[0].criteria, "0 af 4 (2024), 1 af 4 (2025)");
            let reason = table.rows[0].reason.plain().replace('\u{a0}', " ");
            assert_eq!(reason, "Indkomst i forhold til regionen nu under 65 pct.");
        });
    }
}
