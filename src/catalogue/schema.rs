//! The JSON schema of the catalogue, for editors: completion, hover and red lines while typing.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::ids;

macro_rules! ids_are_kebab_case {
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

ids_are_kebab_case!(
    AreaId LayerId SourceId PopulationId IndicatorId RuleSetId FamilyId CriterionId StatusId InitiativeId PracticeId ReportId
);
