//! `chance:` what an indicator says of how far chance can move its values, where the data do not tell.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    check::Checker, indicator::Indicator, methods::Method, number::Number, spans::At, written::Written,
};
use crate::{diagnostics::Place, ids::PopulationId};

/// How far chance can move a value, where the data do not tell.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Chance {
    /// How many times larger the variance is than if persons were drawn one by one: people who live together are alike.
    /// From 1 (as if one by one) to 10. Not used where the source names households: then it is measured.
    pub design_effect: Option<At<Number>>,
    /// The numerator of a rate counts events that happen by themselves, as reports of burglary: then chance moves it as it
    /// moves a Poisson number. Without it a rate is not judged.
    pub events: bool,
}

impl Chance {
    /// An effect that can be one, and events only where a method counts them.
    pub(super) fn check(&self, indicator: &Indicator, checker: &mut Checker) {
        if let Some(effect) = self.design_effect.as_ref().filter(|e| !(1.0..=10.0).contains(&e.to_f64())) {
            let hint = "1 is no effect; 1.5 is cautious for figures about members of households";
            checker.wrong("bad-number", format!("`{effect}` is not a design effect"), &effect.place, hint);
        }
        if self.events {
            check_events(&indicator.method, checker);
        }
    }
}

/// Events are counted one by one, by a rate.
fn check_events(method: &At<Method>, checker: &mut Checker) {
    let place: &Place = &method.place;
    match &method.value {
        Method::Rate(rate) if rate.per.value <= 1 => {
            let hint =
                "a ratio of two numbers has no chance of its own; remove `events`, or write `per: 1000`";
            checker.wrong("no-events", "`events` are counted per 100 or 1,000", place, hint);
        }
        Method::Rate(rate) if is_weighted(&rate.part.value, checker.written) => {
            let hint = "events are whole; take a population without `weight:`, or remove `events`";
            checker.wrong("no-events", format!("`{}` is weighted", rate.part), place, hint);
        }
        Method::Rate(_) => {}
        _ => {
            let hint = "only a `rate` counts events; remove `events` from `chance:`";
            checker.wrong("no-events", "this method counts no events", place, hint);
        }
    }
}

/// Has the population, or one that it lies within, a weight?
fn is_weighted(id: &PopulationId, written: &Written) -> bool {
    let mut at = written.populations.get(id);
    for _ in 0..=written.populations.len() {
        let Some(population) = at else { return false };
        if population.weight.is_some() {
            return true;
        }
        at = population.within.as_ref().and_then(|outer| written.populations.get(&outer.value));
    }
    false
}

#[cfg(test)]
mod tests {
    const HEAD: &str = "\
catalogue: { title: T, publisher: P, municipality: 999, region: 1084, language: da, crs: EPSG:25832, edition: 2026-11 }
sources:
  persons: { title: F, file: f.csv, period: { year: year }, located-by: { area: area_id } }
populations:
  all:   { from: persons }
  heavy: { from: persons, weight: part }
  some:  { within: heavy, where: age > 9 }
themes: { labour: Arbejde }
indicators:
";

    /// The codes of what is wrong with an indicator of this method and chance.
    fn found(method: &str, unit: &str, chance: &str) -> Vec<&'static str> {
        let entry = format!(
            "  x: {{ title: A, theme: labour, method: {method}, unit: {unit}, higher-is: worse, chance: {chance} }}\n"
        );
        match crate::catalogue::load_str("a.yaml", &format!("{HEAD}{entry}")) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|error| error.code).collect(),
        }
    }

    #[test]
    fn events_are_those_of_a_rate_without_weights() {
        let rate = |part: &str, per: u32| format!("{{ rate: {{ part: {part}, of: all, per: {per} }} }}");
        assert_eq!(found(&rate("all", 1000), "per-1000", "{ events: true }"), [""; 0]);
        assert_eq!(found(&rate("some", 1000), "per-1000", "{ events: true }"), ["no-events"]);
        assert_eq!(found(&rate("all", 1), "ratio", "{ events: true }"), ["no-events"]);
        assert_eq!(found("{ count: { of: all } }", "count", "{ events: true }"), ["no-events"]);
    }

    #[test]
    fn a_design_effect_lies_from_one_to_ten() {
        let share = "{ share: { part: some, of: all } }";
        assert_eq!(found(share, "percent", "{ design-effect: 1.5 }"), [""; 0]);
        assert_eq!(found(share, "percent", "{ design-effect: 0.5 }"), ["bad-number"]);
    }
}
