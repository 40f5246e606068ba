//! What a family of rule sets and a rule set mean.

use super::{Page, list};
use crate::{
    catalogue::{Criterion, Limit, Rule},
    ids::{FamilyId, RuleSetId},
};

impl Page<'_> {
    pub(super) fn family(mut self, id: &FamilyId) -> Self {
        let Some(family) = self.catalogue.families.get(id) else { return self };
        let title = self.text(&family.title);
        self = self.line("title", title);
        for (status, words) in family.statuses.iter() {
            let name = self.text(&words.name);
            self = self.line("status", format!("{status}: {name}"));
        }
        let sets = list(self.catalogue.rule_sets_of(id).map(|(set, _)| set));
        self.line("rule sets", sets)
    }

    pub(super) fn rule_set(mut self, id: &RuleSetId) -> Self {
        let Some(set) = self.catalogue.rule_sets.get(id) else { return self };
        let law = self.text(&set.law);
        let until = set.lists.to.as_ref().map_or("in force".into(), |to| format!("to {to}"));
        self = self.line("law", law).line("lists", format!("from {}, {until}", set.lists.from));
        let residents = set.applies_to.residents.as_ref();
        let residents =
            residents.map(|r| format!(" with at least {} residents", r.at_least)).unwrap_or_default();
        self = self.line("applies to", format!("{}{residents}", set.applies_to.layer));
        for (criterion, rule) in set.criteria.iter() {
            let text = format!(
                "{criterion}: {} {}, {} years back",
                rule.indicator,
                limit(&rule.is),
                rule.years_back
            );
            self = self.line("criterion", format!("{text}{}", moved(rule)));
        }
        for (status, rule) in set.statuses.iter() {
            let unless = rule.published_unless.as_ref().map(|other| format!("; not published if {other}"));
            self =
                self.line("status", format!("{status}: {}{}", when(&rule.when), unless.unwrap_or_default()));
        }
        self
    }
}

/// What can move a criterion, and what a distance is counted in.
fn moved(criterion: &Criterion) -> String {
    let words: Vec<&str> = criterion.mechanisms.iter().map(|mechanism| mechanism.word()).collect();
    if words.is_empty() {
        return String::new();
    }
    format!("; moved by {}, counted in {}", words.join(", "), criterion.counts.word())
}

/// A limit in words.
pub(super) fn limit(limit: &Limit) -> String {
    let words = match limit {
        Limit::Over(_) => "over",
        Limit::AtLeast(_) => "at least",
        Limit::Under(_) => "under",
        Limit::AtMost(_) => "at most",
    };
    format!("{words} {}", limit.number())
}

/// A rule in words.
fn when(rule: &Rule) -> String {
    let each = |rules: &[Rule], between: &str| rules.iter().map(when).collect::<Vec<_>>().join(between);
    match rule {
        Rule::Is(id) => id.to_string(),
        Rule::All(rules) => format!("({})", each(rules, " and ")),
        Rule::Any(rules) => format!("({})", each(rules, " or ")),
        Rule::Not(rule) => format!("not {}", when(rule)),
        Rule::AtLeast(some) => format!("at least {} of ({})", some.count, each(&some.of, ", ")),
        Rule::InARow(row) => format!("{} in {} years in a row", row.of, row.years),
    }
}
