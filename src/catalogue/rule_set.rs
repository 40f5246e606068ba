//! `rule-sets:` law as dated data, with its strictness exactly as the law writes it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    RESIDENTS, area,
    check::{Checker, Kind},
    criterion::Criterion,
    dates::{Date, MonthDay},
    family::check_status,
    methods::Method,
    rule::Rule,
    spans::{At, Section},
    text::Text,
};
use crate::{
    diagnostics::{Diagnostic, Place},
    ids::{CriterionId, FamilyId, LayerId, RuleSetId, StatusId},
};

/// A rule set: what one version of a law says.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleSet {
    /// The law and its paragraphs.
    pub law: Text,
    /// The family that it belongs to.
    pub family: At<FamilyId>,
    /// The lists that used it, by their dates; chosen by list date, never by today's.
    pub lists: Lists,
    /// The areas that it can apply to.
    pub applies_to: AppliesTo,
    /// The criteria. Distances and results hang on their ids.
    pub criteria: Section<CriterionId, Criterion>,
    /// When each status is given. A rule names criteria, and statuses above it.
    pub statuses: Section<StatusId, StatusRule>,
}

/// Dates of lists, both included.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Lists {
    /// The first list.
    pub from: At<Date>,
    /// The last list; without it the rule set is in force.
    pub to: Option<At<Date>>,
    /// The day of the year on which lists come, where it is not that of the first one.
    pub published: Option<At<MonthDay>>,
}

impl Lists {
    /// Did the list of this date use the rule set?
    pub fn contain(&self, list: Date) -> bool {
        self.from.value <= list && self.to.as_ref().is_none_or(|to| list <= to.value)
    }

    /// The day of a year's list, if a list of that year used the rule set.
    pub fn day(&self, year: u16) -> Option<Date> {
        let first = self.from.value;
        let (month, day) =
            self.published.as_ref().map_or((first.month, first.day), |day| (day.month, day.day));
        let usual = Date { year, month, day };
        let day = if year == first.year { usual.max(first) } else { usual };
        self.contain(day).then_some(day)
    }
}

/// The areas that a rule set can apply to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AppliesTo {
    /// The layer.
    pub layer: At<LayerId>,
    /// How many residents an area must have.
    pub residents: Option<Residents>,
}

/// A number of residents on 1 January of the list's year.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Residents {
    /// So many or more.
    pub at_least: At<u32>,
}

/// When a status is given.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StatusRule {
    /// The rule.
    pub when: Rule,
    /// The authority leaves an area out of this list when it has that status; both are computed.
    pub published_unless: Option<At<StatusId>>,
}

/// Families and rule sets.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.families);
    for (_, family) in written.families.iter() {
        family.check(checker);
    }
    checker.ids(&written.rule_sets);
    for (i, (id, set)) in written.rule_sets.iter().enumerate() {
        set.check(id, checker);
        for (other, earlier) in written.rule_sets.iter().take(i) {
            if earlier.family.value == set.family.value && earlier.lists.overlap(&set.lists) {
                let message = format!("`{id}` and `{other}` both hold for the list of {}", set.lists.from);
                let hint = "a list follows one rule set; end the earlier one with `to:`";
                checker.wrong("two-rule-sets", message, &set.lists.from.place, hint);
            }
        }
    }
}

impl Lists {
    fn overlap(&self, other: &Self) -> bool {
        self.contain(other.from.value) || other.contain(self.from.value)
    }
}

impl RuleSet {
    /// One rule set: references, dates, and rules that name only what stands above them.
    fn check(&self, id: &At<RuleSetId>, checker: &mut Checker) {
        checker.refer(Kind::Family, self.family.as_str(), &self.family.place);
        area::refer(&self.applies_to.layer, checker);
        if let Some(to) = self.lists.to.as_ref().filter(|to| to.value < self.lists.from.value) {
            checker.wrong(
                "bad-dates",
                format!("{to} is before {}", self.lists.from),
                &to.place,
                "the first list comes first",
            );
        }
        if let Some(residents) = &self.applies_to.residents
            && !checker.knows(Kind::Indicator, RESIDENTS)
        {
            let hint = "declare the indicator `residents: { method: { count: … } }`";
            checker.wrong("no-residents", "residents are not counted", &residents.at_least.place, hint);
        }
        checker.ids(&self.criteria);
        checker.ids(&self.statuses);
        for (_, criterion) in self.criteria.iter() {
            checker.refer(Kind::Indicator, criterion.indicator.as_str(), &criterion.indicator.place);
            self.check_published(criterion, checker);
            criterion.check(checker);
        }
        self.check_words(checker);
        if self.statuses.is_empty() {
            checker.wrong(
                "empty",
                format!("`{id}` gives no status"),
                &id.place,
                "declare one under `statuses:`",
            );
        }
        for (i, (status, rule)) in self.statuses.iter().enumerate() {
            if let Some(family) = checker.written.families.get(&self.family.value) {
                check_status(status.as_str(), &status.place, &family.statuses, checker);
            }
            if self.criteria.contains(status.as_str()) {
                let hint = "rules name both by id; rename the criterion";
                checker.wrong(
                    "declared-twice",
                    format!("`{status}` is a criterion too"),
                    &status.place,
                    hint,
                );
            }
            let above: Vec<&str> = self.statuses.ids().take(i).map(StatusId::as_str).collect();
            self.check_rule(&rule.when, &above, checker);
            if let Some(other) = &rule.published_unless {
                self.check_name(other.as_str(), &other.place, &above, checker);
            }
        }
    }

    /// A limit is published with a list of this rule set, and only where it moves from list to list.
    fn check_published(&self, criterion: &Criterion, checker: &mut Checker) {
        let indicator = checker.written.indicators.get(&criterion.indicator.value);
        let moves = indicator.is_none_or(|indicator| {
            matches!(&indicator.method.value, Method::Relative(method) if method.to.benchmark.is_some())
        });
        for (date, _) in criterion.published.iter() {
            if !self.lists.contain(date.value) {
                let message = format!("no list of {date} used this rule set");
                checker.wrong(
                    "bad-dates",
                    message,
                    &date.place,
                    "write the date of the list it was published with",
                );
            } else if !moves {
                let hint =
                    "the limit is the number under `is:`; only one in times a benchmark is published anew";
                checker.wrong("fixed-limit", "this limit does not move from list to list", &date.place, hint);
            }
        }
    }

    /// A word of a list must mean one status of its rule set.
    fn check_words(&self, checker: &mut Checker) {
        let Some(family) = checker.written.families.get(&self.family.value) else { return };
        let given = || family.statuses.iter().filter(|(id, _)| self.statuses.contains(&id.value));
        for (id, word) in
            given().flat_map(|(id, status)| status.also_called.iter().map(move |word| (id, word)))
        {
            let small = word.to_lowercase();
            let other = given().find(|(other, status)| {
                other.value != id.value && (other.as_str() == small || status.is_called(&small))
            });
            if let Some((other, _)) = other {
                let message = format!("`{word}` can mean both `{id}` and `{other}`");
                let hint = "a list of this rule set could not be read; keep the word at one of them";
                checker.wrong("two-statuses", message, &word.place, hint);
            }
        }
    }

    /// A rule with something in it, all of it known here.
    fn check_rule(&self, rule: &Rule, above: &[&str], checker: &mut Checker) {
        match rule {
            Rule::Is(id) => self.check_name(id, &id.place, above, checker),
            Rule::Not(rule) => self.check_rule(rule, above, checker),
            Rule::InARow(row) => {
                self.check_name(row.of.as_str(), &row.of.place, above, checker);
                if row.years.value < 2 {
                    checker.wrong(
                        "bad-number",
                        "years in a row are two or more",
                        &row.years.place,
                        "write 2 or more",
                    );
                }
            }
            Rule::AtLeast(some) => {
                if some.count.value == 0 || usize::from(some.count.value) > some.of.len() {
                    let message = format!("{} of {} can never be told apart", some.count, some.of.len());
                    let hint = format!("write a count from 1 to {}", some.of.len());
                    checker.wrong("bad-number", message, &some.count.place, hint);
                }
                some.of.iter().for_each(|rule| self.check_rule(rule, above, checker));
            }
            Rule::All(rules) | Rule::Any(rules) => {
                rules.iter().for_each(|rule| self.check_rule(rule, above, checker));
            }
        }
    }

    /// A name in a rule is a criterion of this rule set or a status above.
    fn check_name(&self, id: &str, place: &Place, above: &[&str], checker: &mut Checker) {
        if self.criteria.contains(id) || above.contains(&id) {
            return;
        }
        let error = if self.statuses.contains(id) {
            Diagnostic::error("status-below", format!("`{id}` is not above this status"), place)
                .hint("a rule names only statuses above it, so that no rule goes in a circle; move it up")
        } else {
            let known = self.criteria.ids().map(CriterionId::as_str).chain(above.iter().copied());
            Diagnostic::error(
                "unknown-criterion",
                format!("`{id}` is neither a criterion nor a status above"),
                place,
            )
            .did_you_mean(id, known)
            .hint("criteria are declared under `criteria:` of the same rule set")
        };
        checker.push(error);
    }
}
