//! What uses an indicator: reports, criteria of the law, questions, practices, initiatives.

use std::collections::BTreeSet;

use super::{Kind, Link};
use crate::{
    catalogue::{Catalogue, Limit, RuleSet, Unit},
    ids::{CriterionId, IndicatorId},
    reports::context::{Context, Said},
    words::Slots,
};

/// The indicators that a report, a rule set, a question or an initiative of the catalogue uses.
pub(super) fn used(catalogue: &Catalogue) -> BTreeSet<&IndicatorId> {
    let reports = catalogue.reports.iter().flat_map(|(_, report)| {
        report.indicators.iter().chain(report.map_indicator.as_ref().map(|map| &map.indicator))
    });
    let questions = catalogue.questions.iter().flat_map(|(_, question)| &question.indicators);
    let aims = catalogue.initiatives.iter().flat_map(|(_, initiative)| &initiative.aims);
    let criteria = catalogue.rule_sets.iter().flat_map(|(_, rules)| rules.criteria.iter());
    let criteria = criteria.flat_map(|(_, criterion)| {
        let printed = catalogue.printed_indicator(&criterion.indicator).map(|(id, _)| id);
        std::iter::once(&criterion.indicator.value).chain(printed)
    });
    reports.chain(questions).chain(aims).map(|id| &id.value).chain(criteria).collect()
}

/// The questions that it answers.
pub(super) fn questions(context: &Context, id: &IndicatorId) -> Vec<Link> {
    let questions = context.catalogue.questions.iter();
    questions
        .filter(|(_, question)| question.indicators.iter().any(|other| other.value == *id))
        .map(|(slug, question)| Link::new(Kind::Question, slug, context.text(&question.title)))
        .collect()
}

/// The practices that follow it.
pub(super) fn practices(context: &Context, id: &IndicatorId) -> Vec<Link> {
    let practices = context.catalogue.practices.iter();
    practices
        .filter(|(_, practice)| practice.indicators.iter().any(|other| other.value == *id))
        .filter_map(|(practice, _)| Link::practice(context, practice))
        .collect()
}

/// The titles of the catalogue's reports that print it.
pub(super) fn reports(context: &Context, id: &IndicatorId) -> Vec<String> {
    let reports = context.catalogue.reports.iter().filter(|(_, report)| {
        let map = report.map_indicator.as_ref().is_some_and(|map| map.indicator.value == *id);
        map || report.indicators.iter().any(|other| other.value == *id)
    });
    reports
        .map(|(report, written)| {
            written.title.as_ref().map_or_else(|| report.to_string(), |title| context.text(title).to_string())
        })
        .collect()
}

/// The initiatives that aim at it.
pub(super) fn initiatives(context: &Context, id: &IndicatorId) -> Vec<String> {
    let initiatives = context.catalogue.initiatives.iter();
    initiatives
        .filter(|(_, initiative)| initiative.aims.iter().any(|aim| aim.value == *id))
        .map(|(_, initiative)| context.text(&initiative.title).to_string())
        .collect()
}

/// The limits of the law in force that it is held against, one a status: `Udsat boligområde: over 40 pct.`
pub(super) fn limits(context: &Context, id: &IndicatorId) -> Said<Vec<String>> {
    let mut said = Vec::new();
    for (_, rules) in context.catalogue.rule_sets.iter().filter(|(_, rules)| rules.lists.to.is_none()) {
        for (criterion_id, criterion) in rules.criteria.iter() {
            let printed = context.catalogue.printed_indicator(&criterion.indicator);
            let unit = context.catalogue.indicator(&criterion.indicator).map(|indicator| indicator.unit);
            let is_it = criterion.indicator.value == *id || printed.is_some_and(|(printed, _)| printed == id);
            if let (true, Some(unit)) = (is_it, unit) {
                let limit = limit(context, &criterion.is, unit)?;
                for status in statuses(context, rules, &criterion_id.value) {
                    let slots = Slots::new().text("status", status).text("limit", &limit);
                    said.push(context.words.line("inspiration/limit", &slots)?);
                }
            }
        }
    }
    Ok(said)
}

/// The names of the statuses whose rule names a criterion itself.
fn statuses(context: &Context, rules: &RuleSet, criterion: &CriterionId) -> Vec<String> {
    let Some(family) = context.catalogue.families.get(&rules.family.value) else { return Vec::new() };
    let naming = rules
        .statuses
        .iter()
        .filter(|(_, status)| status.when.names().iter().any(|(name, _)| *name == criterion.as_str()));
    naming
        .filter_map(|(id, _)| family.statuses.get(&id.value))
        .map(|status| context.text(&status.name).to_string())
        .collect()
}

fn limit(context: &Context, limit: &Limit, unit: Unit) -> Said<String> {
    let key = match limit {
        Limit::Over(_) => "limit-over",
        Limit::AtLeast(_) => "limit-at-least",
        Limit::Under(_) => "limit-under",
        Limit::AtMost(_) => "limit-at-most",
    };
    let unit = format!("units/{}", unit.word());
    let n = context.words.line(&unit, &Slots::new().number("n", limit.number().0))?;
    context.words.line(&format!("inspiration/{key}"), &Slots::new().text("n", n))
}
