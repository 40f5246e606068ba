//! The ground of a map: the backdrop's layers, cut to the frame, simplified to what the eye can see, and drawn.

use geo::{Area as _, BoundingRect, Contains, Intersects, MapCoords, Simplify};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Rect};

use super::{
    boxes::Turned,
    clip,
    colour::Rgb,
    map::View,
    palette::{self, Theme},
    svg::{Fill, Path, Stroke, Svg},
};
use crate::sources::{Feature, Places};

/// What is drawn outside the frame, millimetres: edges along the cut stay invisible.
const BLEED: f64 = 4.0;
/// How far a simplified line may lie from the true one, millimetres.
const TOLERANCE: f64 = 0.04;
/// Most buildings on one map; the largest are kept.
const MOST_BUILDINGS: usize = 3000;

/// The backdrop in the frame of one map.
pub(super) struct BaseMap<'a> {
    places: &'a Places,
    pub view: View,
    water: MultiPolygon<f64>,
    green: MultiPolygon<f64>,
    town: MultiPolygon<f64>,
}

impl<'a> BaseMap<'a> {
    pub fn new(places: &'a Places, view: View) -> Self {
        let mut map = Self { places, view, water: empty(), green: empty(), town: empty() };
        map.water = MultiPolygon([map.role("sea").0, map.role("lakes").0].concat());
        map.green = map.role("green");
        map.town = map.role("town");
        map
    }

    /// The polygons of a geometry inside the frame, in millimetres.
    pub fn polygons(&self, geometry: &Geometry<f64>) -> MultiPolygon<f64> {
        let cut = clip::polygons(self.view.window(BLEED), geometry);
        cut.map_coords(|at| self.view.point(at)).simplify(TOLERANCE)
    }

    /// The lines of the features of a role inside the frame, in millimetres; only of one class if `class` is given.
    pub fn lines(&self, role: &str, class: Option<&str>) -> Vec<LineString<f64>> {
        let chosen = |feature: &&Feature| class.is_none() || feature.class.as_deref() == class;
        self.places
            .backdrop(role)
            .iter()
            .filter(chosen)
            .flat_map(|feature| self.feature_lines(feature))
            .collect()
    }

    /// The lines of one feature inside the frame, in millimetres.
    pub fn feature_lines(&self, feature: &Feature) -> Vec<LineString<f64>> {
        let cut = clip::lines(self.view.window(BLEED), &feature.geometry);
        cut.map_coords(|at| self.view.point(at)).simplify(TOLERANCE).0
    }

    /// A line inside the frame, in millimetres.
    pub fn line(&self, line: &LineString<f64>) -> Vec<LineString<f64>> {
        let cut = clip::line(self.view.window(BLEED), line).into_iter();
        cut.map(|part| part.map_coords(|at| self.view.point(at)).simplify(TOLERANCE)).collect()
    }

    /// The colour of the ground at a point of the page.
    pub fn ground_at(&self, point: Point<f64>) -> Rgb {
        let grounds =
            [(&self.water, palette::WATER), (&self.green, palette::GREEN), (&self.town, palette::TOWN)];
        let found = grounds.into_iter().find(|(surface, _)| surface.contains(&point));
        found.map_or(palette::LAND, |(_, colour)| colour)
    }

    /// The water or green surface around a point of the page, or all within 6 mm of it; nothing else for other roles.
    pub fn surface_at(&self, role: &str, at: Coord<f64>) -> MultiPolygon<f64> {
        let surface = if role == "water" { &self.water } else { &self.green };
        let (here, near) = (Point(at), Turned::around(at, 6.0).bounds().to_polygon());
        let around: Vec<_> = surface.iter().filter(|part| part.contains(&here)).cloned().collect();
        if around.is_empty() {
            MultiPolygon(surface.iter().filter(|part| part.intersects(&near)).cloned().collect())
        } else {
            MultiPolygon(around)
        }
    }

    /// Draws land, town, green, the verge of local roads, sea and lakes.
    pub fn draw_ground(&self, svg: &mut Svg) {
        let frame = self.view.frame(0.0);
        svg.rect(frame.min(), (frame.width(), frame.height()), Fill::Flat(palette::LAND), None);
        draw_surface(svg, &self.town, palette::TOWN, None);
        draw_surface(svg, &self.green, palette::GREEN, None);
        let verge = path_of(&self.lines("roads", Some("local")));
        svg.path(&verge, Fill::None, Some(Stroke::solid(palette::TOWN, 2.6)));
        draw_surface(svg, &self.water, palette::WATER, Some(Stroke::solid(palette::SHORE, 0.2)));
    }

    /// Draws roads and railway. All casings come first, so that crossings stay open.
    pub fn draw_ways(&self, svg: &mut Svg) {
        let classes = [
            ("local", palette::LOCAL_CASING, 0.62, 0.42),
            ("main", palette::MAIN_CASING, 1.25, 0.95),
            ("ring", palette::RING_CASING, 1.75, 1.35),
        ];
        let roads = classes.map(|(class, ..)| path_of(&self.lines("roads", Some(class))));
        for (road, (_, casing, width, _)) in roads.iter().zip(classes) {
            svg.path(road, Fill::None, Some(Stroke::solid(casing, width)));
        }
        for (road, (.., width)) in roads.iter().zip(classes) {
            svg.path(road, Fill::None, Some(Stroke::solid(palette::WHITE, width)));
        }
        let rails = path_of(&self.lines("railway", None));
        svg.path(&rails, Fill::None, Some(Stroke::solid(palette::RAIL, 0.55)));
        svg.path(&rails, Fill::None, Some(Stroke::dashed(palette::WHITE, 0.3, 1.1, 1.1)));
    }

    /// Draws buildings: the area's own in its colour, the others by class. Those within 1.5 mm of a name are left out.
    pub fn draw_buildings(&self, svg: &mut Svg, own: &MultiPolygon<f64>, names: &[Turned], theme: &Theme) {
        let names: Vec<Turned> = names.iter().map(|name| name.grown(1.5)).collect();
        let mut buildings = self.buildings();
        buildings.sort_by(|a, b| b.area.total_cmp(&a.area));
        buildings.truncate(MOST_BUILDINGS);
        let [mut house, mut slab, mut mine] = [const { Path::new() }; 3];
        for building in buildings {
            let bounds = Turned::upright(building.bounds);
            if names.iter().any(|name| name.touches(&bounds)) {
                continue;
            }
            let path = match (own.contains(&Point(bounds.centre)), building.is_slab) {
                (true, _) => &mut mine,
                (false, true) => &mut slab,
                (false, false) => &mut house,
            };
            path.multi_polygon(&building.shape);
        }
        svg.path(&house, Fill::Flat(palette::BUILDING), None);
        svg.path(&slab, Fill::Flat(palette::SLAB), None);
        svg.path(&mine, Fill::Flat(theme.primary), None);
    }

    fn buildings(&self) -> Vec<Building> {
        let features = self.places.backdrop("buildings").iter();
        features
            .filter_map(|feature| {
                let shape = self.polygons(&feature.geometry);
                let bounds = shape.bounding_rect()?;
                let is_slab = feature.class.as_deref() == Some("slab");
                Some(Building { area: shape.unsigned_area(), bounds, shape, is_slab })
            })
            .collect()
    }

    /// The polygons of a role inside the frame, in millimetres.
    pub fn role(&self, role: &str) -> MultiPolygon<f64> {
        let features = self.places.backdrop(role).iter();
        MultiPolygon(features.flat_map(|feature| self.polygons(&feature.geometry).0).collect())
    }
}

/// True if the backdrop has neither roads nor buildings: the areas themselves then make the map.
pub(super) fn is_bare(places: &Places) -> bool {
    places.backdrop("roads").is_empty() && places.backdrop("buildings").is_empty()
}

struct Building {
    shape: MultiPolygon<f64>,
    bounds: Rect<f64>,
    area: f64,
    is_slab: bool,
}

/// Draws polygons in one colour.
pub(super) fn draw_surface(svg: &mut Svg, surface: &MultiPolygon<f64>, colour: Rgb, stroke: Option<Stroke>) {
    let mut path = Path::new();
    path.multi_polygon(surface);
    svg.path(&path, Fill::Flat(colour), stroke);
}

/// Draws a white line under a coloured one around polygons.
pub(super) fn draw_outline(svg: &mut Svg, surface: &MultiPolygon<f64>, halo: f64, line: Stroke) {
    let mut path = Path::new();
    path.multi_polygon(surface);
    svg.path(&path, Fill::None, Some(Stroke::solid(palette::WHITE, halo)));
    svg.path(&path, Fill::None, Some(line));
}

/// One path of all lines.
pub(super) fn path_of(lines: &[LineString<f64>]) -> Path {
    let mut path = Path::new();
    lines.iter().for_each(|line| path.line_string(line));
    path
}

fn empty() -> MultiPolygon<f64> {
    MultiPolygon(Vec::new())
}
