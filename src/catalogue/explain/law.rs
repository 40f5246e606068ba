//! What a family of rule sets, a rule set and a tool of the law mean.

use super::{Page, list};
use crate::{
    catalogue::{AfterLeaving, Criterion, Limit, Rule},
    ids::{FamilyId, RuleSetId, ToolId},
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

    pub(super) fn tool(self, id: &ToolId) -> Self {
        let Some(tool) = self.catalogue.tools.get(id) else { return self };
        let (title, law, says) = (self.text(&tool.title), self.text(&tool.law), self.text(&tool.says));
        let statuses = list(tool.applies.iter().map(|at| format!("{}: {}", at.family, at.status)));
        let day = |name: &str, day: Option<String>| day.map(|day| format!("{name} {day}"));
        let from = day("from", tool.from.as_ref().map(ToString::to_string));
        let to = day("to", tool.to.as_ref().map(ToString::to_string));
        let target = tool
            .target
            .as_ref()
            .map(|target| format!("{} at most {} by {}", target.indicator, target.at_most, target.by));
        self.line("title", title)
            .line("law", law)
            .line("obliges", format!("{}, {}", tool.obliges.word(), tool.who.word()))
            .line("applies to", if statuses.is_empty() { "every area".into() } else { statuses })
            .line("says", says)
            .line("in force", list(from.into_iter().chain(to)))
            .line("replaces", tool.replaces.as_ref().map(ToString::to_string).unwrap_or_default())
            .line("not beside", list(tool.unless.iter()))
            .line("goes on", tool.after_leaving.as_ref().map(goes_on).unwrap_or_default())
            .line("target", target.unwrap_or_default())
            .line("source", &tool.source)
            .line("checked", if tool.checked { "yes" } else { "no: look it up in the act" })
    }
}

/// What goes on after a status was lost, and how long.
fn goes_on(after: &AfterLeaving) -> String {
    let years = after.years.as_ref().zip(after.without.as_ref());
    let years = years.map(|(years, without)| format!("until {years} years in a row without {without}"));
    let until = after.until.as_ref().map(|until| format!("at the latest {until}"));
    let ends = list(years.into_iter().chain(until));
    let what = format!("after {} ({})", after.status, after.family);
    if ends.is_empty() { what } else { format!("{what}, {ends}") }
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
