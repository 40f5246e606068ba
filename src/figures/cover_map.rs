//! The map of a cover: the municipality in line only, filling a frame that is bled off.

use geo::{BoundingRect, Centroid};
use geo_types::{Geometry, Rect};

use super::{
    DataTable, Figure,
    base_map::{self, BaseMap},
    colour::Rgb,
    map::{MapSize, View},
    palette::{self, Theme},
    svg::{Fill, Path, Stroke, Svg},
};
use crate::{ids::LayerId, sources::Places};

/// Sea and lakes.
const WATER: Rgb = Rgb::hex(0xB8D6E4);
/// Roads and railway.
const WAY: Rgb = Rgb::hex(0x9AB7C4);
/// How much of the municipality's width the frame shows: what lies at its borders is cut, so that the town is seen.
const SHARE: f64 = 0.72;
/// Areas smaller than this, in millimetres, are a dot.
const DOT: f64 = 2.4;

/// What a cover shows.
pub struct CoverSpec<'a> {
    /// The layer whose borders are drawn, if one covers the municipality.
    pub borders: Option<&'a LayerId>,
    /// The layers whose areas are filled.
    pub filled: &'a [&'a LayerId],
    /// The frame.
    pub size: MapSize,
    /// In words.
    pub alt: &'a str,
    /// The municipality's colours.
    pub theme: &'a Theme,
}

/// Draws the cover; `None` if there is neither land nor any area.
pub fn cover_map(spec: &CoverSpec, places: &Places) -> Option<Figure> {
    let land = places.backdrop("municipality").iter().filter_map(|feature| feature.geometry.bounding_rect());
    let areas = places.layers.values().flatten().filter_map(|area| area.geometry.bounding_rect());
    let extent = land.reduce(around).or_else(|| areas.reduce(around))?;
    let base = BaseMap::new(places, View::fit(inner(extent, spec.size), spec.size, 0.0, 0.0, 0.0));
    let mut svg = Svg::new(spec.size.width, spec.size.height);
    svg.clipped((0.0, 0.0).into(), (spec.size.width, spec.size.height), |svg| draw(svg, spec, &base, places));
    Some(Figure {
        shows: Default::default(),
        subject: None,
        svg: svg.finish(),
        width: spec.size.width,
        height: spec.size.height,
        alt: spec.alt.to_string(),
        table: DataTable::default(),
    })
}

fn draw(svg: &mut Svg, spec: &CoverSpec, base: &BaseMap, places: &Places) {
    let frame = base.view.frame(0.0);
    svg.rect(frame.min(), (frame.width(), frame.height()), Fill::Flat(palette::WHITE), None);
    let line = Stroke::solid(spec.theme.primary, 0.4);
    base_map::draw_surface(svg, &base.role("sea"), WATER, None);
    base_map::draw_surface(svg, &base.role("lakes"), WATER, None);
    let roads = [base.lines("roads", Some("main")), base.lines("roads", Some("ring"))].concat();
    svg.path(&base_map::path_of(&roads), Fill::None, Some(Stroke::solid(WAY, 0.45)));
    let rails = base_map::path_of(&base.lines("railway", None));
    svg.path(&rails, Fill::None, Some(Stroke::dashed(palette::INK_3, 0.35, 1.8, 1.2)));
    for area in spec.borders.map(|layer| places.layer(layer)).into_iter().flatten() {
        let mut path = Path::new();
        path.multi_polygon(&base.polygons(&Geometry::from(area.geometry.clone())));
        svg.path(&path, Fill::None, Some(line));
    }
    let mut border = Path::new();
    border.multi_polygon(&base.role("municipality"));
    svg.path(&border, Fill::None, Some(line));
    for area in spec.filled.iter().flat_map(|layer| places.layer(layer)) {
        let shape = base.polygons(&Geometry::from(area.geometry.clone()));
        let Some(bounds) = shape.bounding_rect() else { continue };
        match shape.centroid().filter(|_| bounds.width().max(bounds.height()) < DOT) {
            Some(middle) => svg.circle(middle.into(), DOT / 2.0, Fill::Flat(spec.theme.primary), None),
            None => base_map::draw_surface(svg, &shape, spec.theme.primary, None),
        }
    }
}

/// The middle part of an extent, of the frame's form.
fn inner(extent: Rect<f64>, size: MapSize) -> Rect<f64> {
    let (middle, form) = (extent.center(), size.width / size.height);
    let wide = (extent.width() * SHARE).min(extent.height() * SHARE * form);
    let (x, y) = (wide / 2.0, wide / form / 2.0);
    Rect::new((middle.x - x, middle.y - y), (middle.x + x, middle.y + y))
}

fn around(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
        (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::testing;

    fn draw(places: &Places) -> Option<Figure> {
        let (districts, estates) = (LayerId::from("districts"), LayerId::from("estates"));
        let spec = CoverSpec {
            borders: Some(&districts),
            filled: &[&estates],
            size: MapSize { width: 210.0, height: 147.0 },
            alt: "Kort",
            theme: &Theme::default(),
        };
        cover_map(&spec, places)
    }

    #[test]
    fn a_cover_is_the_municipality_in_line_and_has_no_name_value_or_own_area() {
        let figure = draw(&testing::town()).expect("there is a town");
        assert_eq!((figure.width, figure.height, figure.alt.as_str()), (210.0, 147.0, "Kort"));
        assert!(figure.shows.is_empty() && figure.subject.is_none() && figure.table.rows.is_empty());
        assert!(testing::texts(&figure.svg).is_empty() && figure.svg.contains("<path"));
    }

    #[test]
    fn without_land_and_areas_there_is_no_map() {
        assert!(draw(&Places::default()).is_none());
    }
}
