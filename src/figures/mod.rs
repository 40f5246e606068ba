//! Stage 4: `Publication` and places → drawings with alt text and data table.

pub mod colour;
pub mod palette;
pub mod symbols;

mod base_map;
mod borders;
mod boxes;
mod clip;
mod cover_map;
mod figure;
mod line_labels;
mod locator;
mod locator_details;
mod locator_names;
mod map;
mod municipality_map;
mod municipality_names;
mod names;
mod place_labels;
mod pyramid;
mod scale;
mod svg;
#[cfg(test)]
mod testing;
mod text;
mod trend;
mod trend_labels;
mod trend_lines;
mod waterfall;
mod waterfall_names;

pub use cover_map::{CoverSpec, cover_map};
pub use figure::{DataTable, Figure};
pub use locator::{LocatorSpec, Towards, locator};
pub use map::{MapSize, MapWords};
pub use municipality_map::{MapSymbol, MunicipalityMapSpec, SurfaceSpec, SurfaceValue, municipality_map};
pub use palette::Theme;
pub use pyramid::{PyramidBand, PyramidSide, PyramidSpec, PyramidWords, pyramid};
pub use symbols::StatusMark;
pub use trend::{TREND_HEIGHT, TREND_WIDTH, TrendPoint, TrendSpec, TrendWords, trend};
pub use waterfall::{Tone, WaterfallColumn, WaterfallSpec, waterfall};
