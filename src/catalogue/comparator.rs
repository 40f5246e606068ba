//! `compare-with:` what an area is compared with: a word, or another area as `{ area: gronnevang }`.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::forms::OneOf;
use crate::ids::AreaId;

/// What an area is compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Comparator {
    /// The municipality without the area.
    Rest,
    /// The other areas of the layer.
    RestOfLayer,
    /// The whole municipality.
    Municipality,
    /// The region, from the benchmarks.
    Region,
    /// The country, from the benchmarks.
    Country,
    /// The areas of its layer that it is most like, by the layer's `twins`.
    Twins,
    /// The area itself a year before.
    LastYear,
    /// The area itself five years before.
    FiveYearsAgo,
    /// Another area.
    Area(AreaId),
}

/// The comparators that are one word, in the order of [`NAMES`].
const WORDS: [Comparator; 8] = [
    Comparator::Rest,
    Comparator::RestOfLayer,
    Comparator::Municipality,
    Comparator::Region,
    Comparator::Country,
    Comparator::Twins,
    Comparator::LastYear,
    Comparator::FiveYearsAgo,
];

/// Their words.
const NAMES: [&str; WORDS.len()] =
    ["rest", "rest-of-layer", "municipality", "region", "country", "twins", "last-year", "five-years-ago"];

/// The comparators that are maps.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Form {
    /// Another area: its id.
    Area(AreaId),
}

impl Comparator {
    /// The id under which its values are published: its word, or the id of the area.
    pub fn area(&self) -> AreaId {
        match self {
            Self::Area(area) => area.clone(),
            _ => self.word().into(),
        }
    }

    /// The word as the catalogue writes it; `area` for another area.
    pub fn word(&self) -> &'static str {
        WORDS.iter().position(|word| word == self).map_or("area", |number| NAMES[number])
    }
}

impl<'de> Deserialize<'de> for Comparator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Comparator;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a comparator as `rest`, or `{ area: ID }`")
            }

            fn visit_str<E: Error>(self, written: &str) -> Result<Comparator, E> {
                let known = NAMES.iter().position(|name| *name == written);
                known.map(|number| WORDS[number].clone()).ok_or_else(|| E::unknown_variant(written, &NAMES))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Comparator, A::Error> {
                OneOf::deserialize(MapAccessDeserializer::new(map))
                    .map(|OneOf(Form::Area(area))| Comparator::Area(area))
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Comparator {
    fn schema_name() -> Cow<'static, str> {
        "Comparator".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let form = generator.subschema_for::<Form>();
        schemars::json_schema!({
            "description": "what an area is compared with: a word, or another area",
            "anyOf": [{ "type": "string", "enum": NAMES }, form]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_the_id_of_its_values_and_an_area_is_its_own() {
        for (name, comparator) in NAMES.into_iter().zip(WORDS) {
            assert_eq!(comparator.area().as_str(), name);
        }
        assert_eq!(Comparator::Area("kaer".into()).area().as_str(), "kaer");
        assert_eq!(Comparator::Area("kaer".into()).word(), "area");
    }
}
