//! `indicators:` what is measured, and how it is printed; `themes:` their headings.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{forms::form, method::Method, number::Number, spans::At, text::Text};
use crate::numbers::Decimal;

/// An indicator.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Indicator {
    /// Its name.
    pub title: Text,
    /// Its name in tight places.
    pub short: Option<Text>,
    /// What it is called inside a sentence, as `andelen uden tilknytning`.
    pub in_sentence: Option<Text>,
    /// The small line under the name: who is counted, and over which years, as `18–64 år, gennemsnit af to år`.
    pub population: Option<Text>,
    /// The theme it stands under.
    pub theme: At<String>,
    /// The question it answers.
    pub question: Option<Text>,
    /// How it is computed.
    #[serde(deserialize_with = "form")]
    pub method: At<Method>,
    /// The unit of its values.
    pub unit: Unit,
    /// Decimals that are printed whatever the base, as the law or the ministry prints them; without it the base decides.
    pub decimals: Option<At<u8>>,
    /// Whether a higher value is worse, better or neither.
    pub higher_is: HigherIs,
    /// The difference, in points of the unit, below which it is not worth a word (default 2).
    #[serde(default = "two")]
    pub matters: Number,
    /// What it is compared with, in the order printed.
    #[serde(default)]
    pub compare_with: Vec<At<Comparator>>,
    /// Three limits that make four classes on the map.
    pub classes: Option<At<Vec<At<Number>>>>,
    /// When its values are hidden.
    #[serde(default)]
    pub disclosure: Disclosure,
    /// A caution printed with it.
    pub read_with_care: Option<Text>,
    /// The definition in the data declaration.
    pub definition: Option<Text>,
    /// Families of rule sets, or texts and addresses of what it builds on.
    #[serde(default)]
    pub references: Vec<At<String>>,
    /// The year shown on axes.
    #[serde(default)]
    pub data_year: DataYear,
}

/// The default of `matters`.
fn two() -> Number {
    Number(Decimal::whole(2))
}

/// A unit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Per cent; a difference is in points.
    Percent,
    /// A bare number.
    Count,
    /// Persons.
    Persons,
    /// Dwellings.
    Dwellings,
    /// Danish kroner.
    Kroner,
    /// Square metres.
    SquareMetres,
    /// Years.
    Years,
    /// A quotient.
    Ratio,
    /// So many times another value.
    Times,
    /// Another value is 100.
    Index,
    /// Per 100.
    #[serde(rename = "per-100")]
    Per100,
    /// Per 1,000.
    #[serde(rename = "per-1000")]
    Per1000,
    /// Per 10,000.
    #[serde(rename = "per-10000")]
    Per10000,
}

/// Whether a higher value is worse, better or neither.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HigherIs {
    /// Worse.
    Worse,
    /// Better.
    Better,
    /// Neither.
    Neutral,
}

/// What an area is compared with.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
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
}

impl Comparator {
    /// The id under which its values are published.
    pub fn area(self) -> crate::ids::AreaId {
        use crate::ids::AreaId;
        match self {
            Self::Rest => AreaId::rest(),
            Self::RestOfLayer => AreaId::rest_of_layer(),
            Self::Municipality => AreaId::municipality(),
            Self::Region => AreaId::region(),
            Self::Country => AreaId::country(),
        }
    }
}

/// When values are hidden.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Disclosure {
    /// The smallest number that is shown (default 5); numbers from 1 to below it are hidden.
    pub at_least: u32,
}

impl Default for Disclosure {
    fn default() -> Self {
        Self { at_least: 5 }
    }
}

/// The year shown on axes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DataYear {
    /// The year of the data (of several, the last).
    #[default]
    Data,
    /// The year of the list that uses it; for indicators of a rule set.
    List,
}

impl Indicator {
    /// The name for tight places.
    pub fn short_title(&self) -> &Text {
        self.short.as_ref().unwrap_or(&self.title)
    }
}
