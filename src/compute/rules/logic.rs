//! Rules with three outcomes: true, false, and cannot be told (`None`), when a figure is missing.

use std::collections::BTreeMap;

use crate::{
    catalogue::{Family, Rule, RuleSet, rule::InARow},
    compute::publication::Standing,
    ids::StatusId,
};

/// Whether each criterion and status is met; `None` cannot be told.
pub(in crate::compute) type Truths = BTreeMap<String, Option<bool>>;

/// Evaluates the statuses of a rule set in their order, over its criteria. `before` says whether a status was given `n` years
/// earlier.
pub(in crate::compute) fn statuses(
    set: &RuleSet,
    criteria: &Truths,
    before: &dyn Fn(&StatusId, u16) -> Option<bool>,
) -> Truths {
    let mut known = criteria.clone();
    let mut statuses = Truths::new();
    for (id, status) in set.statuses.iter() {
        let truth = evaluate(&status.when, &known, before);
        known.insert(id.to_string(), truth);
        statuses.insert(id.to_string(), truth);
    }
    statuses
}

fn evaluate(rule: &Rule, known: &Truths, before: &dyn Fn(&StatusId, u16) -> Option<bool>) -> Option<bool> {
    let of = |rules: &[Rule]| -> Vec<Option<bool>> {
        rules.iter().map(|rule| evaluate(rule, known, before)).collect()
    };
    match rule {
        Rule::Is(id) => known.get(id.as_str()).copied().flatten(),
        Rule::All(rules) => at_least(rules.len(), &of(rules)),
        Rule::Any(rules) => at_least(1, &of(rules)),
        Rule::AtLeast(rule) => at_least(usize::from(rule.count.value), &of(&rule.of)),
        Rule::Not(rule) => evaluate(rule, known, before).map(|truth| !truth),
        Rule::InARow(InARow { years, of }) => {
            let now = known.get(of.as_str()).copied().flatten();
            let years: Vec<_> = std::iter::once(now)
                .chain((1..u16::from(years.value)).map(|back| before(of, back)))
                .collect();
            at_least(years.len(), &years)
        }
    }
}

/// Are so many of them true? Told as soon as the unknown ones cannot change it.
fn at_least(count: usize, truths: &[Option<bool>]) -> Option<bool> {
    let sure = truths.iter().filter(|truth| **truth == Some(true)).count();
    let open = truths.iter().filter(|truth| truth.is_none()).count();
    if sure >= count {
        Some(true)
    } else if sure + open < count {
        Some(false)
    } else {
        None
    }
}

/// The strictest status that is met and that the list does not leave out.
pub(super) fn standing(family: &Family, set: &RuleSet, truths: &Truths) -> Standing {
    for status in family.statuses.ids().rev() {
        match truths.get(status.as_str()).copied() {
            Some(Some(true)) if is_left_out(set, status, truths) => {}
            Some(Some(true)) => return Standing::On(status.clone()),
            Some(None) => return Standing::CannotTell,
            Some(Some(false)) | None => {}
        }
    }
    Standing::NotListed
}

/// Does the authority leave the area out of this status's list, since it has another?
pub(super) fn is_left_out(set: &RuleSet, status: &StatusId, truths: &Truths) -> bool {
    let unless = set.statuses.get(status).and_then(|rule| rule.published_unless.as_ref());
    unless.is_some_and(|unless| truths.get(unless.as_str()).copied().flatten() == Some(true))
}

/// The criteria that a status counts ("at least 2 of 4"), if it counts any.
pub(super) fn counted<'a>(set: &RuleSet, rule: &'a Rule) -> Vec<&'a str> {
    match rule {
        Rule::AtLeast(rule) => {
            let ids = rule.of.iter().filter_map(|rule| match rule {
                Rule::Is(id) => Some(id.as_str()),
                _ => None,
            });
            ids.filter(|id| set.criteria.contains(*id)).collect()
        }
        Rule::All(rules) | Rule::Any(rules) => {
            rules.iter().map(|rule| counted(set, rule)).find(|ids| !ids.is_empty()).unwrap_or_default()
        }
        Rule::Is(_) | Rule::Not(_) | Rule::InARow(_) => Vec::new(),
    }
}

/// The longest row of years that any rule of the set looks back over.
pub(in crate::compute) fn looks_back(set: &RuleSet) -> u16 {
    fn years(rule: &Rule) -> u16 {
        match rule {
            Rule::InARow(row) => u16::from(row.years.value).saturating_sub(1),
            Rule::All(rules) | Rule::Any(rules) => rules.iter().map(years).max().unwrap_or(0),
            Rule::AtLeast(rule) => rule.of.iter().map(years).max().unwrap_or(0),
            Rule::Not(rule) => years(rule),
            Rule::Is(_) => 0,
        }
    }
    set.statuses.iter().map(|(_, status)| years(&status.when)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_of_four_is_told_as_soon_as_the_unknown_ones_cannot_change_it() {
        let (yes, no, open) = (Some(true), Some(false), None);
        assert_eq!(at_least(2, &[yes, yes, open, open]), yes);
        assert_eq!(at_least(2, &[yes, no, no, open]), open);
        assert_eq!(at_least(2, &[no, no, no, open]), no);
        assert_eq!(at_least(0, &[]), yes);
    }
}
