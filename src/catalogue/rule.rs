//! The rules that statuses follow.

use std::{borrow::Cow, collections::BTreeSet, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::{forms::OneOf, rule_set::RuleSet, spans::At};
use crate::ids::StatusId;

/// When a status is given.
#[derive(Clone, Debug)]
pub enum Rule {
    /// A criterion is met, or a status above is given: its id.
    Is(At<String>),
    /// All of them.
    All(Vec<Rule>),
    /// One of them or more.
    Any(Vec<Rule>),
    /// Not this one.
    Not(Box<Rule>),
    /// So many of them or more.
    AtLeast(AtLeast),
    /// A status in so many years in a row, this one included.
    InARow(InARow),
}

/// So many of several rules or more.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AtLeast {
    /// How many.
    pub count: At<u8>,
    /// Of these.
    pub of: Vec<Rule>,
}

/// A status in so many years in a row.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct InARow {
    /// How many years, the list's own included.
    pub years: At<u8>,
    /// The status.
    pub of: At<StatusId>,
}

/// A status and all that it cannot be without: a parallelsamfund is udsat too.
pub fn implied(set: &RuleSet, status: &StatusId) -> BTreeSet<StatusId> {
    let mut all = BTreeSet::from([status.clone()]);
    if let Some(rule) = set.statuses.get(status) {
        for needed in rule.when.needed() {
            // A rule names only statuses above its own, so this ends.
            if set.statuses.contains(needed) && !all.contains(needed) {
                all.extend(implied(set, &StatusId::from(needed)));
            }
        }
    }
    all
}

impl Rule {
    /// What the rule cannot be true without.
    pub fn needed(&self) -> Vec<&str> {
        match self {
            Self::Is(id) => vec![id.as_str()],
            Self::All(rules) => rules.iter().flat_map(Self::needed).collect(),
            Self::InARow(row) => vec![row.of.as_str()],
            Self::Any(_) | Self::Not(_) | Self::AtLeast(_) => Vec::new(),
        }
    }

    /// Every criterion and status that the rule names.
    pub fn names(&self) -> Vec<(&str, &crate::diagnostics::Place)> {
        match self {
            Self::Is(id) => vec![(id.as_str(), &id.place)],
            Self::All(rules) | Self::Any(rules) | Self::AtLeast(AtLeast { of: rules, .. }) => {
                rules.iter().flat_map(Self::names).collect()
            }
            Self::Not(rule) => rule.names(),
            Self::InARow(row) => vec![(row.of.as_str(), &row.of.place)],
        }
    }
}

/// The forms of a rule that are maps.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Form {
    /// All of them.
    All(Vec<Rule>),
    /// One of them or more.
    Any(Vec<Rule>),
    /// Not this one.
    Not(Box<Rule>),
    /// So many of them or more.
    AtLeast(AtLeast),
    /// A status in so many years in a row.
    InARow(InARow),
}

/// What stands in the catalogue: an id or a form.
enum Written {
    Id(String),
    Form(Form),
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the id of a criterion or of a status above, or a rule (`{ all: […] }`)")
            }

            fn visit_str<E: serde::de::Error>(self, id: &str) -> Result<Written, E> {
                Ok(Written::Id(id.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Written, A::Error> {
                OneOf::deserialize(MapAccessDeserializer::new(map)).map(|OneOf(form)| Written::Form(form))
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let At { value, place } = At::<Written>::deserialize(deserializer)?;
        Ok(match value {
            Written::Id(id) => Self::Is(At { value: id, place }),
            Written::Form(Form::All(rules)) => Self::All(rules),
            Written::Form(Form::Any(rules)) => Self::Any(rules),
            Written::Form(Form::Not(rule)) => Self::Not(rule),
            Written::Form(Form::AtLeast(rule)) => Self::AtLeast(rule),
            Written::Form(Form::InARow(rule)) => Self::InARow(rule),
        })
    }
}

impl JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let form = generator.subschema_for::<Form>();
        schemars::json_schema!({
            "description": "the id of a criterion, the id of a status above, or a rule",
            "anyOf": [{ "type": "string" }, form]
        })
    }
}
