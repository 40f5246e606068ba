//! SQL expressions in the catalogue. They are kept as text here: their columns are checked where the data is known.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};

use super::spans::At;
use crate::diagnostics::Place;

/// An SQL expression over the columns of a source, as `age BETWEEN 18 AND 64`.
#[derive(Clone, Debug)]
pub struct Sql {
    /// The expression as YAML gives it.
    pub text: String,
    /// The scalar it was written in.
    pub place: Place,
}

impl Sql {
    /// Where `len` bytes from byte `offset` of the expression stand in the catalogue.
    pub fn place_of(&self, offset: usize, len: usize) -> Place {
        Place { offset: self.place.offset + offset, len, ..self.place.clone() }
    }
}

impl<'de> Deserialize<'de> for Sql {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let At { value, place } = At::<String>::deserialize(deserializer)?;
        Ok(Self { text: value, place })
    }
}

impl JsonSchema for Sql {
    fn schema_name() -> Cow<'static, str> {
        "Sql".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "an SQL expression over the columns of the source, as `age BETWEEN 18 AND 64`"
        })
    }
}
