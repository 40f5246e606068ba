//! `known-outside:` what others publish of the same people.
//!
//! Whoever reads a report is taken to know the public tables too: a hidden number must not follow from both together.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    LocatedBy, Method, Unit,
    check::{Checker, Kind},
    source_of,
    spans::At,
    text::Text,
    written::Written,
};
use crate::ids::PopulationId;

/// A number that others publish for areas or for the municipality, and that is one of ours: everybody is taken to know it, to
/// its rounding, in every area and period that their table has. StatBank, Landsbyggefonden and open data are declared so;
/// official lists (`official:` of a source) are known without it: of each criterion published for an area, the numbers of
/// the indicator that decides the criterion, over the years that it takes, and the residents published with them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KnownOutside {
    /// What is published, and by whom.
    pub title: Text,
    /// The population that adds up their numbers: `sum:` or `value:` of a source located by area.
    pub publishes: At<PopulationId>,
    /// The population of ours that counts the same people, of another source.
    pub counts: At<PopulationId>,
    /// Their numbers are rounded to the nearest multiple of this; without it they are published as they are.
    pub rounded_to: Option<At<u32>>,
}

/// Everything declared as known outside.
pub(super) fn check(checker: &mut Checker) {
    let written = checker.written;
    checker.ids(&written.known_outside);
    for (id, known) in written.known_outside.iter() {
        known.check(id, checker);
    }
}

impl KnownOutside {
    /// How their numbers are rounded, in words.
    pub fn rounding(&self) -> String {
        self.rounded_to.as_ref().map_or("not rounded".into(), |to| format!("rounded to {}", to.value))
    }

    /// Both populations exist, theirs adds up figures of areas, and they are two counts of one thing.
    fn check(&self, id: &At<String>, checker: &mut Checker) {
        let (written, publishes, counts) = (checker.written, &self.publishes, &self.counts);
        checker.refer(Kind::Population, publishes.as_str(), &publishes.place);
        checker.refer(Kind::Population, counts.as_str(), &counts.place);
        if let Some(rounded) = self.rounded_to.as_ref().filter(|rounded| rounded.value == 0) {
            let hint = "write 10 for tens; leave it out where numbers are published as they are";
            checker.wrong("bad-rounding", format!("`{id}` is rounded to 0"), &rounded.place, hint);
        }
        let theirs = source_of(&written.populations, &publishes.value);
        let source = theirs.and_then(|source| written.sources.get(source));
        if let (Some(theirs), Some(source)) = (theirs, source) {
            let by_area = matches!(source.located_by.as_deref(), Some(LocatedBy::Area(_)));
            if !by_area {
                let message = format!("`{publishes}` is of `{theirs}`, whose rows have no key of an area");
                let hint = "what others publish is a table of areas' figures; give its source `located-by: { area: COLUMN }`";
                checker.wrong("not-by-area", message, &publishes.place, hint);
            } else if !adds_up(written, &publishes.value) {
                let message = format!("`{publishes}` counts the rows of a table of areas, not people");
                let hint = format!("add `sum: COLUMN` to the population `{publishes}`");
                checker.wrong("counts-rows", message, &publishes.place, hint);
            }
        }
        if theirs.is_some() && theirs == source_of(&written.populations, &counts.value) {
            let message = format!("`{publishes}` and `{counts}` are of the same source");
            let hint = "`counts` is what our own figures are made from; name a population of another source";
            checker.wrong("same-source", message, &counts.place, hint);
        }
        let (theirs, ours) = (units(written, &publishes.value), units(written, &counts.value));
        if let (Some(their), Some(our)) = (theirs.first(), ours.first())
            && theirs.is_disjoint(&ours)
        {
            let message = format!("`{publishes}` is in {their} and `{counts}` in {our}");
            let hint = "both are one number, counted twice; name the population of ours in the same unit";
            checker.wrong("other-unit", message, &counts.place, hint);
        }
    }
}

/// Does a population add up a column, itself or as a part of one that does?
fn adds_up(written: &Written, id: &PopulationId) -> bool {
    let mut at = written.populations.get(id);
    for _ in 0..=written.populations.len() {
        match at {
            Some(population) if population.amount().is_some() => return true,
            Some(population) => {
                at = population.within.as_ref().and_then(|outer| written.populations.get(&outer.value));
            }
            None => return false,
        }
    }
    false
}

/// The units that indicators have a population's own number in: a count of it, or a mean of it. A bare number fits any.
fn units(written: &Written, id: &PopulationId) -> BTreeSet<&'static str> {
    let counted = written.indicators.iter().filter(|(_, indicator)| match &*indicator.method {
        Method::Count(count) => count.of.value == *id,
        Method::Mean(mean) => mean.of.value == *id,
        _ => false,
    });
    let units = counted.map(|(_, indicator)| indicator.unit);
    units.filter(|unit| *unit != Unit::Count).map(Unit::word).collect()
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{explain, load_str};

    const CATALOGUE: &str = "
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2025-12 }
sources:
  persons:  { title: Beboere, file: persons.csv, period: { year: year } }
  statbank: { title: Folketal, file: statbank.csv, period: { year: year }, located-by: { area: area_id } }
populations:
  residents: { from: persons }
  people:    { from: statbank, sum: people }
  adults:    { within: people, where: age >= 18 }
known-outside:
  all:    { title: Folketal, publishes: people, counts: residents, rounded-to: 10 }
  grown:  { title: Voksne, publishes: adults, counts: residents }
";

    #[test]
    fn what_is_known_outside_is_explained_by_its_own_id_and_by_that_of_our_population() {
        let (catalogue, _) = load_str("a.yaml", CATALOGUE).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let text = explain(&catalogue, "all").expect("it is declared");
        for words in
            ["known outside, a.yaml:11:3", "people = sum of people over rows of statbank", "rounded to 10"]
        {
            assert!(text.contains(words), "{words}\n{text}");
        }
        let text = explain(&catalogue, "grown").expect("it is declared");
        assert!(text.contains("not rounded"), "{text}");
        let text = explain(&catalogue, "residents").expect("it is a population");
        assert!(text.contains("known outside  all, grown"), "{text}");
    }
}
