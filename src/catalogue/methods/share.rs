//! `share:` a part of a whole, in per cent.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Entry, Form, Years, check_one_source};
use crate::{
    catalogue::{At, Population, Section, Unit, check::Checker, forms::maybe, source_of},
    ids::PopulationId,
};

/// A part of a whole, in per cent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Share {
    /// The numerator.
    pub part: At<PopulationId>,
    /// The denominator.
    pub of: At<PopulationId>,
    /// Over several years; without it the period alone.
    #[serde(default, deserialize_with = "maybe")]
    pub years: Option<At<Years>>,
}

impl Form for Share {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        vec![("part", &self.part), ("of", &self.of)]
    }

    fn quotients(&self) -> Vec<(&At<PopulationId>, &At<PopulationId>)> {
        vec![(&self.part, &self.of)]
    }

    fn years(&self) -> Option<&At<Years>> {
        self.years.as_ref()
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Percent]
    }

    fn words(&self) -> String {
        format!("share in per cent{}", Years::words(self.years()))
    }
}

impl Share {
    pub(super) fn check(&self, _: &Entry, checker: &mut Checker) {
        check_one_source(&self.part, &self.of, checker);
        check_is_part(&self.part, &self.of, checker);
    }
}

/// A part lies within its whole, or the share is none: it can pass 100 per cent, and its interval is wrong.
fn check_is_part(part: &At<PopulationId>, of: &At<PopulationId>, checker: &mut Checker) {
    let populations = &checker.written.populations;
    let (Some(source), Some(whole)) =
        (source_of(populations, &part.value), source_of(populations, &of.value))
    else {
        return;
    };
    if source != whole || is_part(populations, &part.value, &of.value) {
        return;
    }
    let message = format!("`{part}` is not a part of `{of}`");
    let hint = format!(
        "write `{part}: {{ within: {of}, … }}`, or two populations that `sum:` with the same `where:`; for a number per another number write `rate`"
    );
    checker.wrong("not-a-part", message, &part.place, hint);
}

/// Two populations of one source: does one lie within the other, is the other all rows, or do both add up numbers of the
/// same rows, as `part` and `whole` of a table of figures?
fn is_part(populations: &Section<PopulationId, Population>, part: &PopulationId, of: &PopulationId) -> bool {
    let outwards = |id: &PopulationId| {
        let (mut all, mut next) = (Vec::new(), populations.get_key_value(id));
        while let Some((id, population)) = next.filter(|_| all.len() <= populations.len()) {
            all.push((&id.value, population));
            next = population.within.as_ref().and_then(|outer| populations.get_key_value(&outer.value));
        }
        all
    };
    let conditions = |id: &PopulationId| -> BTreeSet<&str> {
        let filters = outwards(id).into_iter().filter_map(|(_, population)| population.filter.as_ref());
        filters.map(|filter| filter.text.trim()).collect()
    };
    let sums = |id: &PopulationId| populations.get(id).is_some_and(|population| population.has_numbers());
    let whole = conditions(of);
    outwards(part).iter().any(|(id, _)| *id == of)
        || whole.is_empty()
        || sums(part) && sums(of) && whole == conditions(part)
}
