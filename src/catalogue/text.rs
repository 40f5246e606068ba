//! Printed text in the catalogue, plain or per language.

use std::fmt;

use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

/// A language of the reports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, JsonSchema)]
pub enum Language {
    /// Danish.
    #[serde(rename = "da")]
    Danish,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The code: `da`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }
}

/// Any printed text: plain (`title: Boliger`), or per language (`title: { da: Boliger, en: Dwellings }`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// Danish; the plain text when there is only one.
    pub da: String,
    /// English, if given.
    pub en: Option<String>,
}

impl Text {
    /// The text in a language; Danish where no other is given.
    pub fn in_language(&self, language: Language) -> &str {
        match (language, &self.en) {
            (Language::English, Some(en)) => en,
            _ => &self.da,
        }
    }

    /// Is it written in this language? A text that is not said to be of one is taken as Danish.
    pub fn is_in(&self, language: Language) -> bool {
        language == Language::Danish || self.en.is_some()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { da: text.into(), en: None }
    }
}

/// A text per language.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PerLanguage {
    /// Danish.
    da: String,
    /// English.
    en: Option<String>,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or a text per language (`{ da: …, en: … }`)")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Text, E> {
                Ok(text.into())
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
                let PerLanguage { da, en } = PerLanguage::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Text { da, en })
            }
        }

        deserializer.deserialize_any(Either)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let per_language = generator.subschema_for::<PerLanguage>();
        schemars::json_schema!({ "description": "plain, or per language", "anyOf": [{ "type": "string" }, per_language] })
    }
}
