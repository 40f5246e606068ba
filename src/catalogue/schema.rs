//! The JSON schema of the catalogue, for editors: completion, hover and red lines while typing.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

use super::written::Written;
use crate::ids;

macro_rules! ids_are_texts {
    ($($name:ident)*) => {$(
        impl JsonSchema for ids::$name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                schemars::json_schema!({ "type": "string" })
            }

            fn inline_schema() -> bool {
                true
            }
        }
    )*};
}

ids_are_texts!(
    AreaId LayerId SourceId PopulationId IndicatorId RuleSetId FamilyId CriterionId StatusId InitiativeId PracticeId ToolId ReportId
);

/// The schema of a whole catalogue (JSON Schema, draft 2020-12), as text.
pub fn json() -> String {
    format!("{:#}\n", value())
}

/// The schema as a value, keys sorted.
pub(super) fn value() -> Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Written>();
    let mut value = schema.to_value();
    value["title"] = "The catalogue of kvarter".into();
    without_null(&mut value);
    value.sort_all_objects();
    value
}

/// An optional field is left out, not null: takes `null` out of every choice of types.
fn without_null(value: &mut Value) {
    let is_null = |kind: &Value| *kind == "null" || kind["type"] == "null";
    match value {
        Value::Object(map) => {
            for key in ["anyOf", "type"] {
                let Some(Value::Array(kinds)) = map.get_mut(key) else { continue };
                kinds.retain(|kind| !is_null(kind));
                if let [only] = kinds.as_mut_slice() {
                    match (key, std::mem::take(only)) {
                        ("anyOf", Value::Object(single)) => {
                            map.remove(key);
                            map.extend(single);
                        }
                        (_, single) => drop(map.insert(key.into(), single)),
                    }
                }
            }
            map.values_mut().for_each(without_null);
        }
        Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}
