//! `registers:` where data come from, told once for all indicators that take them: how to get at them, how old they are, how
//! long it takes to begin.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Catalogue, Indicator,
    check::{Checker, Kind},
    spans::At,
    text::Text,
};
use crate::ids::SourceId;

/// A register, or another place that data come from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Register {
    /// Its name.
    pub title: Text,
    /// The sources whose tables are taken from it.
    #[serde(default)]
    pub sources: Vec<At<SourceId>>,
    /// What a municipality must have, in words.
    pub needs: Option<Text>,
    /// Who gives access, and how.
    pub access: Option<Text>,
    /// How old its figures are.
    pub delay: Option<Text>,
    /// How long it takes to begin, for whoever has the access.
    pub hours: Option<Text>,
    /// Everyday words by which it is looked for.
    #[serde(default)]
    pub search_words: Vec<Text>,
}

/// Registers: their sources are declared.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.registers);
    for (_, register) in written.registers.iter() {
        for source in &register.sources {
            checker.refer(Kind::Source, source.as_str(), &source.place);
        }
    }
}

impl Catalogue {
    /// The registers that an indicator's sources are taken from, in the order declared.
    pub fn registers_of<'c>(&'c self, indicator: &Indicator) -> Vec<(&'c At<String>, &'c Register)> {
        let sources: BTreeSet<&SourceId> = self.needs(indicator).into_keys().collect();
        let takes = |register: &Register| register.sources.iter().any(|id| sources.contains(&id.value));
        self.registers.iter().filter(|(_, register)| takes(register)).collect()
    }
}
