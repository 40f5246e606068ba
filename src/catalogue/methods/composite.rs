//! `composite:` several indicators put together to classes of areas; always published with its parts.

mod parts;

use schemars::JsonSchema;
use serde::Deserialize;

pub use parts::Part;

use super::{Entry, Form, check_circle};
use crate::{
    catalogue::{
        At, HigherIs, Method, Number, RESIDENTS, Unit,
        check::{Checker, Kind},
        forms::form,
    },
    ids::{IndicatorId, LayerId, PopulationId},
};

/// Residents below which no area is put in a class.
pub const FEWEST_RESIDENTS: u32 = 300;

/// Several indicators put together to classes of the areas of a layer. Each counts so that high is worse.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Composite {
    /// Two indicators or more: ids, or `{ indicator: …, weight: 2 }`.
    pub of: At<Vec<Part>>,
    /// The layer whose areas are seen beside one another.
    pub layer: At<LayerId>,
    /// The residents that an area must have to be put in a class (default 300, and never fewer).
    pub min_residents: Option<At<u32>>,
    /// How they become classes.
    #[serde(rename = "as", deserialize_with = "form")]
    pub form: At<Typology>,
}

/// How several indicators become classes of areas.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Typology {
    /// Where an area stands among the areas and where it is going, as Berlin's Monitoring Soziale Stadtentwicklung: four
    /// classes of status and three of dynamics. Needs 20 areas.
    StatusDynamics(StatusDynamics),
    /// Points for the distance from the municipality, as Aarhus: four classes by the sum. For any number of areas.
    Points(Points),
}

/// Status and dynamics.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StatusDynamics {
    /// Over how many years the dynamics are.
    pub years: At<u8>,
    /// The year whose means and standard deviations hold for all years, so that a change that all areas have in common is
    /// seen. Without it each year has its own, and areas move only past one another.
    pub fixed: Option<At<u16>>,
}

/// Points and classes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Points {
    /// From where the distance is measured.
    pub from: PointsFrom,
    /// Rising distances in the unit of the indicator: a value that is worse by at least the first gives one point, by at
    /// least the second two points, and so on. An indicator can have steps of its own.
    pub steps: At<Vec<Number>>,
    /// Three rising sums of points, at which the second, third and fourth class begin.
    pub classes: At<Vec<u32>>,
}

/// What an area's distance is measured from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PointsFrom {
    /// The whole municipality.
    Municipality,
    /// The municipality without the area.
    Rest,
}

impl Composite {
    /// The residents that an area must have.
    pub fn residents(&self) -> u32 {
        self.min_residents.as_ref().map_or(FEWEST_RESIDENTS, |least| least.value)
    }
}

impl Form for Composite {
    fn roles(&self) -> Vec<(&'static str, &At<PopulationId>)> {
        Vec::new()
    }

    fn indicators(&self) -> Vec<&At<IndicatorId>> {
        self.of.iter().map(|part| &part.indicator).collect()
    }

    fn units(&self) -> Vec<Unit> {
        vec![Unit::Score]
    }

    fn words(&self) -> String {
        let weight =
            |part: &Part| if part.weight == 1 { String::new() } else { format!(" x {}", part.weight) };
        let parts: Vec<String> =
            self.of.iter().map(|part| format!("`{}`{}", part.indicator, weight(part))).collect();
        let (parts, layer, residents) = (parts.join(", "), &self.layer, self.residents());
        let areas = format!("of the areas of `{layer}` with {residents} residents or more");
        match &self.form.value {
            Typology::StatusDynamics(form) => {
                let fixed =
                    form.fixed.as_ref().map(|year| format!(", by the means and deviations of {year}"));
                let (years, fixed) = (&form.years, fixed.unwrap_or_default());
                format!("status and dynamics over {years} years {areas}, sum of z-scores of {parts}{fixed}")
            }
            Typology::Points(form) => {
                let from = match form.from {
                    PointsFrom::Municipality => "the municipality",
                    PointsFrom::Rest => "the rest of the municipality",
                };
                let steps: Vec<String> = form.steps.iter().map(ToString::to_string).collect();
                let classes: Vec<String> = form.classes.iter().map(ToString::to_string).collect();
                let (steps, classes) = (steps.join(", "), classes.join(", "));
                format!(
                    "points {areas}, one for each step worse than {from} ({steps}) in {parts}; classes from {classes} points"
                )
            }
        }
    }
}

impl Composite {
    pub(super) fn check(&self, entry: &Entry, checker: &mut Checker) {
        checker.refer(Kind::Layer, self.layer.as_str(), &self.layer.place);
        if self.of.len() < 2 {
            let hint = "name two or more; one indicator is its own index";
            checker.wrong("too-few-parts", "a composite has two parts or more", &self.of.place, hint);
        }
        parts::check(self, entry, checker);
        let others: Vec<_> =
            self.indicators().into_iter().filter(|part| part.value != entry.id.value).collect();
        check_circle(&others, entry, checker);
        self.check_residents(checker);
        self.check_use(entry, checker);
        match &self.form.value {
            Typology::StatusDynamics(form) => form.check(checker),
            Typology::Points(form) => form.check(checker),
        }
    }

    fn check_residents(&self, checker: &mut Checker) {
        let Some(least) = &self.min_residents else { return };
        if least.value < FEWEST_RESIDENTS {
            let message = format!("an area with {least} residents is too small for a class");
            let hint = format!(
                "write {FEWEST_RESIDENTS} or more; in smaller places a class follows from a few persons"
            );
            checker.wrong("bad-number", message, &least.place, hint);
        } else if !checker.knows(Kind::Indicator, RESIDENTS) {
            let hint = "declare the indicator `residents: { method: { count: … } }`";
            checker.wrong("no-residents", "residents are not counted", &least.place, hint);
        }
    }

    /// The index itself: high is worse, it has nothing to be compared with, and no rule hangs on it.
    fn check_use(&self, entry: &Entry, checker: &mut Checker) {
        let written = checker.written;
        if let Some(indicator) = written.indicators.get(&entry.id.value) {
            if indicator.higher_is != HigherIs::Worse {
                let hint = "every part counts so that high is worse; write `higher-is: worse`";
                checker.wrong("bad-direction", "a high index is worse", entry.place, hint);
            }
            if let Some(comparator) = indicator.compare_with.first() {
                let hint = "an index says where an area stands among the areas; remove `compare-with`";
                checker.wrong("bad-comparator", "a composite is not compared", &comparator.place, hint);
            }
        }
        let composes = |method: &Method| matches!(method, Method::Composite(_));
        for (id, other) in written.indicators.iter().filter(|(_, other)| !composes(&other.method)) {
            for part in other.method.form().indicators().iter().filter(|part| part.value == entry.id.value) {
                let message = format!("`{id}` cannot be built on the composite `{part}`");
                let hint = "its value depends on the other areas; build on its parts";
                checker.wrong("bad-part", message, &part.place, hint);
            }
        }
        for (_, criterion) in written.rule_sets.iter().flat_map(|(_, set)| set.criteria.iter()) {
            if criterion.indicator.value == entry.id.value {
                let message = format!("no criterion can be set on the composite `{}`", entry.id);
                let hint = "its value depends on the other areas; set criteria on its parts";
                checker.wrong("bad-criterion", message, &criterion.indicator.place, hint);
            }
        }
    }
}

impl StatusDynamics {
    fn check(&self, checker: &mut Checker) {
        if !(1..=10).contains(&self.years.value) {
            let message = format!("dynamics cannot be over {} years", self.years);
            checker.wrong("bad-number", message, &self.years.place, "write a number from 1 to 10");
        }
        if let Some(year) = self.fixed.as_ref().filter(|year| !(1970..2100).contains(&year.value)) {
            let message = format!("`{year}` is not a year of the data");
            checker.wrong("bad-number", message, &year.place, "write a year, as 2020");
        }
    }
}

impl Points {
    fn check(&self, checker: &mut Checker) {
        check_steps(&self.steps, checker);
        if self.classes.len() != 3
            || self.classes.first() == Some(&0)
            || !self.classes.is_sorted_by(|a, b| a < b)
        {
            let hint = "four classes have three limits between them; write them as [3, 6, 9]";
            checker.wrong(
                "bad-classes",
                "classes are three rising sums of points",
                &self.classes.place,
                hint,
            );
        }
    }
}

/// Steps are rising distances above 0.
fn check_steps(steps: &At<Vec<Number>>, checker: &mut Checker) {
    let positive = steps.first().is_some_and(|first| first.units > 0);
    if !positive || !steps.is_sorted_by(|a, b| a.to_f64() < b.to_f64()) {
        let hint = "each step is one more point; write them as [2, 5, 10]";
        checker.wrong("bad-steps", "steps are rising distances above 0", &steps.place, hint);
    }
}
