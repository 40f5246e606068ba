//! The parts of a composite: which indicators may be one.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::{Composite, Typology, check_steps};
use crate::{
    catalogue::{
        At, HigherIs, Indicator, Method, Number,
        check::{Checker, Kind},
        methods::Entry,
        written::Written,
    },
    ids::{IndicatorId, PopulationId},
};

/// An indicator in a composite.
#[derive(Clone, Debug)]
pub struct Part {
    /// The indicator.
    pub indicator: At<IndicatorId>,
    /// How many times it counts.
    pub weight: u8,
    /// Steps of its own.
    pub steps: Option<At<Vec<Number>>>,
    /// Where the weight is written.
    weighed: Option<At<u8>>,
}

/// An indicator in a composite, with what is its own.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[schemars(rename = "Part")]
struct Fields {
    /// The indicator. One that is worse when higher or better when higher, and not a count.
    indicator: At<IndicatorId>,
    /// How many times it counts, from 1 to 10 (default 1).
    weight: Option<At<u8>>,
    /// Steps of its own, for points.
    steps: Option<At<Vec<Number>>>,
}

/// What stands in the catalogue: an id or a map.
enum Either {
    Id(String),
    Fields(Fields),
}

impl<'de> Deserialize<'de> for Either {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdOrMap;

        impl<'de> Visitor<'de> for IdOrMap {
            type Value = Either;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of an indicator, or `{ indicator: …, weight: … }`")
            }

            fn visit_str<E: serde::de::Error>(self, id: &str) -> Result<Either, E> {
                Ok(Either::Id(id.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Either, A::Error> {
                Fields::deserialize(MapAccessDeserializer::new(map)).map(Either::Fields)
            }
        }

        deserializer.deserialize_any(IdOrMap)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let At { value, place } = At::<Either>::deserialize(deserializer)?;
        Ok(match value {
            Either::Id(id) => {
                Self { indicator: At { value: id.into(), place }, weight: 1, steps: None, weighed: None }
            }
            Either::Fields(fields) => Self {
                indicator: fields.indicator,
                weight: fields.weight.as_ref().map_or(1, |weight| weight.value),
                steps: fields.steps,
                weighed: fields.weight,
            },
        })
    }
}

impl JsonSchema for Part {
    fn schema_name() -> Cow<'static, str> {
        "PartOrId".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<Fields>();
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, fields] })
    }

    fn inline_schema() -> bool {
        true
    }
}

/// Every part is an indicator that can be judged, and none tells of origin.
pub(super) fn check(composite: &Composite, entry: &Entry, checker: &mut Checker) {
    let written = checker.written;
    for (number, part) in composite.of.iter().enumerate() {
        let id = &part.indicator;
        checker.refer(Kind::Indicator, id.as_str(), &id.place);
        if composite.of[..number].iter().any(|before| before.indicator.value == id.value) {
            let message = format!("`{id}` is named twice");
            checker.wrong("named-twice", message, &id.place, "to count it twice, write `weight: 2`");
        }
        check_own(composite, part, checker);
        if id.value == entry.id.value {
            checker.wrong("bad-part", format!("`{id}` is a part of itself"), &id.place, "name its parts");
        } else if let Some(indicator) = written.indicators.get(&id.value) {
            check_kind(id, indicator, checker);
            check_years(composite, id, indicator, checker);
        }
        if id.value != entry.id.value && tells_origin(written, &id.value) {
            let message = format!("`{id}` is about origin and cannot be part of a composite");
            let hint = "areas are not put in classes by their residents' origin (see case C-417/23); remove it, and print it beside the classes if the law asks for it";
            checker.wrong("origin-in-composite", message, &id.place, hint);
        }
    }
}

/// A part is worse when it is higher, or better: neither a bare number, nor neutral, nor a composite.
fn check_kind(id: &At<IndicatorId>, indicator: &Indicator, checker: &mut Checker) {
    let (message, hint) = match *indicator.method {
        Method::Composite(_) => {
            (format!("`{id}` is a composite itself"), "name its parts, each of them once")
        }
        Method::Count(_) => {
            (format!("`{id}` is a count"), "a count says how large an area is; name a share or a rate")
        }
        _ if indicator.higher_is == HigherIs::Neutral => (
            format!("`{id}` is neither better nor worse when higher"),
            "every part counts so that high is worse; give the indicator `higher-is: worse` or `better`, or leave it out",
        ),
        _ => return,
    };
    checker.wrong("bad-part", message, &id.place, hint);
}

/// The two ends of a change must not share a year of data.
fn check_years(composite: &Composite, id: &At<IndicatorId>, indicator: &Indicator, checker: &mut Checker) {
    let Typology::StatusDynamics(form) = &composite.form.value else { return };
    let Some(window) = indicator.method.form().years().map(|years| years.count()) else { return };
    if form.years.value < window {
        let message = format!("`{id}` is over {window} years, the dynamics over {}", form.years);
        let hint = format!("a change must not have a year at both its ends; write `years: {window}` or more");
        checker.wrong("bad-number", message, &form.years.place, hint);
    }
}

/// What a part has of its own: weight and steps.
fn check_own(composite: &Composite, part: &Part, checker: &mut Checker) {
    if let Some(weight) = part.weighed.as_ref().filter(|weight| !(1..=10).contains(&weight.value)) {
        let message = format!("an indicator cannot count {weight} times");
        checker.wrong("bad-number", message, &weight.place, "write a number from 1 to 10");
    }
    if let Some(steps) = &part.steps {
        check_steps(steps, checker);
        if matches!(composite.form.value, Typology::StatusDynamics(_)) {
            let hint = "standard deviations are the measure here; remove `steps`";
            checker.wrong("bad-steps", "status and dynamics have no steps", &steps.place, hint);
        }
    }
}

/// Is an indicator about origin: named by a criterion on origin, built on such a one, or counted among the same people?
fn tells_origin(written: &Written, id: &IndicatorId) -> bool {
    let criteria = written.rule_sets.iter().flat_map(|(_, set)| set.criteria.iter());
    let origin: Vec<&IndicatorId> = criteria
        .filter(|(_, criterion)| criterion.origin)
        .map(|(_, criterion)| &criterion.indicator.value)
        .collect();
    let people: Vec<&PopulationId> = origin.iter().filter_map(|id| counted(written, id).next()).collect();
    let tells = |id: &IndicatorId| {
        let mut lie_within = counted(written, id).flat_map(|population| outwards(written, population));
        origin.contains(&id) || lie_within.any(|population| people.contains(&population))
    };
    let built_on = written.indicators.get(id).map(|indicator| indicator.method.form().indicators());
    tells(id) || built_on.into_iter().flatten().any(|other| tells(&other.value))
}

/// The populations that an indicator counts, the numerator first.
fn counted<'a>(written: &'a Written, id: &IndicatorId) -> impl Iterator<Item = &'a PopulationId> {
    let roles = written.indicators.get(id).map(|indicator| indicator.method.form().roles());
    roles.into_iter().flatten().map(|(_, population)| &population.value)
}

/// A population and all that it lies within.
fn outwards<'a>(written: &'a Written, id: &'a PopulationId) -> impl Iterator<Item = &'a PopulationId> {
    let outer =
        |id: &&'a PopulationId| written.populations.get(*id)?.within.as_ref().map(|outer| &outer.value);
    // A circle of `within` is an error of its own; it is left after one round.
    std::iter::successors(Some(id), outer).take(written.populations.len() + 1)
}
