//! The locator map: where an area lies, in its real surroundings.

use std::collections::BTreeMap;

use super::{
    Figure,
    map::{MapSize, MapWords},
    palette::Theme,
};
use crate::{
    ids::{AreaId, LayerId},
    sources::Places,
};

/// What a locator map shows.
pub struct LocatorSpec<'a> {
    /// The area it is about.
    pub subject: &'a AreaId,
    /// Layers whose other areas are outlined and named (the subject's own layer as a rule).
    pub neighbours: &'a [LayerId],
    /// The layer whose borders are dotted and whose names stand in capitals.
    pub districts: Option<&'a LayerId>,
    /// The frame: 72 x 100 beside limit rows, 114 wide for a village.
    pub size: MapSize,
    /// At most so many points of interest are named: 2 beside limit rows, 12 on a village's map of services.
    pub services: usize,
    /// Names of kinds of points of interest without a name of their own: `bus-stop` → "busstop".
    pub kinds: &'a BTreeMap<String, String>,
    /// A place outside the frame to point at ("Centrum", and the feature of role `places` that is meant).
    pub towards: Option<Towards<'a>>,
    /// Ready words.
    pub words: &'a MapWords,
    /// Heads of the table's two columns: place, and whether its name stands on the map; then the words for yes and no.
    pub head: [&'a str; 4],
    /// The municipality's colours.
    pub theme: &'a Theme,
}

/// The place that a note at the frame points at.
#[derive(Clone, Copy, Debug)]
pub struct Towards<'a> {
    /// The name of the feature among the backdrop's `places`.
    pub place: &'a str,
    /// The word printed: "Centrum".
    pub word: &'a str,
}

/// Draws the locator map of an area; `None` if the area is unknown or has no surface.
pub fn locator(spec: &LocatorSpec, places: &Places) -> Option<Figure> {
    let _ = (spec, places);
    None
}
