//! `populations:` named numerators and denominators, checked once and used by many indicators.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    check::{Checker, Kind},
    spans::At,
    sql::Sql,
    text::Text,
    written::Written,
};
use crate::ids::{LayerId, PopulationId, SourceId};

/// A named set of rows and what is added up over them: the rows themselves, a weight, or a column of numbers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Population {
    /// What it is, in words.
    pub title: Option<Text>,
    /// The source whose rows it takes. Either this or `within`.
    pub from: Option<At<SourceId>>,
    /// The population that it is a part of.
    pub within: Option<At<PopulationId>>,
    /// Only these rows: an SQL expression that is true or false.
    #[serde(rename = "where")]
    pub filter: Option<Sql>,
    /// What each row counts for, between 0 and 1 of a person; without it each row counts 1.
    pub weight: Option<Sql>,
    /// The column of numbers that is added up.
    pub sum: Option<At<String>>,
    /// The SQL expression whose values are added up.
    pub value: Option<Sql>,
    /// The layer to whose areas persons come and go, of a population that moves need.
    #[serde(skip)]
    #[schemars(skip)]
    pub layer: Option<LayerId>,
}

/// Populations.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.populations);
    for (id, population) in written.populations.iter() {
        population.check(id, checker);
    }
}

impl Population {
    /// One population: where its rows come from, and what is added up.
    fn check(&self, id: &At<PopulationId>, checker: &mut Checker) {
        match (&self.from, &self.within) {
            (Some(source), None) => {
                checker.refer(Kind::Source, source.as_str(), &source.place);
                let joins =
                    checker.written.sources.get(&source.value).and_then(|source| source.adds_to.as_ref());
                if let Some(adds) = joins {
                    let hint = format!("its columns join the rows of `{0}`; write `from: {0}`", adds.source);
                    checker.wrong(
                        "no-rows",
                        format!("`{source}` has no rows of its own"),
                        &source.place,
                        hint,
                    );
                }
            }
            (None, Some(outer)) => {
                checker.refer(Kind::Population, outer.as_str(), &outer.place);
                if is_within_itself(&id.value, checker.written) {
                    let hint = "follow `within:` from it; one of them must be `from:` a source";
                    checker.wrong("within-itself", format!("`{id}` lies within itself"), &outer.place, hint);
                }
            }
            (Some(_), Some(outer)) => {
                let hint = "`from` takes the rows of a source, `within` those of a population; keep one";
                checker.wrong(
                    "two-origins",
                    format!("`{id}` has both `from` and `within`"),
                    &outer.place,
                    hint,
                );
            }
            (None, None) => {
                let hint = "add `from: SOURCE` or `within: POPULATION`";
                checker.wrong("missing-field", format!("`{id}` has no rows"), &id.place, hint);
            }
        }
        let sums = [self.sum.is_some(), self.value.is_some(), self.weight.is_some()];
        if sums.into_iter().filter(|given| *given).count() > 1 {
            let hint = "one thing is added up: rows by `weight`, the column `sum`, or the expression `value`";
            checker.wrong("two-sums", format!("`{id}` adds up two things"), &id.place, hint);
        }
    }

    /// What it adds up in place of its rows: the field, and the column or expression.
    pub fn amount(&self) -> Option<(&'static str, &str)> {
        let sum = self.sum.as_ref().map(|column| ("sum", column.value.as_str()));
        let value = self.value.as_ref().map(|sql| ("value", sql.text.trim()));
        let weight = self.weight.as_ref().map(|sql| ("weight", sql.text.trim()));
        sum.or(value).or(weight)
    }

    /// Does it add up numbers rather than rows?
    pub fn has_numbers(&self) -> bool {
        self.sum.is_some() || self.value.is_some()
    }
}

/// Does a chain of `within` lead back to where it began? True for the first of a circle only, so that it is told once.
fn is_within_itself(id: &PopulationId, written: &Written) -> bool {
    let populations = &written.populations;
    let mut at = id;
    for _ in 0..populations.len() {
        match populations.get(at).and_then(|population| population.within.as_ref()) {
            Some(outer) if outer.value == *id => return true,
            Some(outer) if populations.position(&outer.value) < populations.position(id) => return false,
            Some(outer) => at = &outer.value,
            None => return false,
        }
    }
    false
}
