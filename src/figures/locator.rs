//! The locator map: where an area lies, in its real surroundings. Also the wide map of a village and its services.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Area as _, BoundingRect};
use geo_types::{LineString, MultiPolygon, Rect};

use super::{
    DataTable, Figure,
    base_map::{self, BaseMap},
    borders, clip,
    locator_names::{self, Named},
    map::{self, MapSize, MapWords, View},
    palette::{self, Theme},
    svg::{Fill, Stroke, Svg},
};
use crate::{
    ids::{AreaId, LayerId},
    sources::{Area, Places},
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
    /// The window is at least so many metres wide: 2,000 as a rule, less in a dense town.
    pub least_width: f64,
    /// At most so many points of interest are named: 2 beside limit rows, 12 on a village's map of services. Below 5 no
    /// bus stops are named, and never more than 3 of a kind.
    pub services: usize,
    /// What to call points of interest by their class, those of a class with no name of their own to print: `bus-stop` →
    /// "busstop". A class that is not here is called by the name of the point.
    pub kinds: &'a BTreeMap<String, String>,
    /// A place to point at when it lies outside the frame.
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

/// The area's box fills this part of the frame at most.
const WINDOW: f64 = 3.4;

/// Draws the locator map of an area; `None` if the area is unknown or has no surface. It shows no values.
pub fn locator(spec: &LocatorSpec, places: &Places) -> Option<Figure> {
    let area = places.area(spec.subject)?;
    let bounds = area.geometry.bounding_rect()?;
    let (centre, half) = (bounds.center(), (bounds.width() * WINDOW / 2.0, bounds.height() * WINDOW / 2.0));
    let extent = Rect::new((centre.x - half.0, centre.y - half.1), (centre.x + half.0, centre.y + half.1));
    let mut view = View::fit(extent, spec.size, 0.0, spec.least_width, 0.05);
    if base_map::is_bare(places) {
        view = view.moved_over(places.extent()?);
    }
    let scene = Scene::new(spec, places, area, view);
    let named = locator_names::place(spec, &scene);
    let (width, frame_height) = (spec.size.width, spec.size.height);
    let strip = map::strip_height(&scene.base.view, spec.words);
    let mut svg = Svg::new(width, frame_height + strip);
    svg.clipped((0.0, 0.0).into(), (width, frame_height), |svg| {
        draw_scene(svg, spec, &scene, &named);
        locator_names::draw(svg, &scene, &named, spec.theme);
    });
    let frame = Stroke::solid(palette::MUNI, 0.2);
    svg.rect((0.1, 0.1).into(), (width - 0.2, frame_height - 0.2), Fill::None, Some(frame));
    map::strip(&mut svg, &scene.base.view, spec.words);
    Some(Figure {
        shows: BTreeSet::new(),
        subject: Some(spec.subject.clone()),
        svg: svg.finish(),
        width,
        height: frame_height + strip,
        alt: map::alt_text(spec.words, &named.without_room),
        table: table(spec, &named),
    })
}

/// What lies in the frame, in millimetres.
pub(super) struct Scene<'a> {
    pub base: BaseMap<'a>,
    pub places: &'a Places,
    pub area: &'a Area,
    pub own: MultiPolygon<f64>,
    /// Other areas of which at least a little is seen.
    pub others: Vec<(&'a Area, MultiPolygon<f64>)>,
    pub districts: Vec<(&'a Area, MultiPolygon<f64>)>,
    /// Borders between districts.
    pub borders: Vec<LineString<f64>>,
}

impl<'a> Scene<'a> {
    fn new(spec: &LocatorSpec<'a>, places: &'a Places, area: &'a Area, view: View) -> Self {
        let base = BaseMap::new(places, view);
        let own = base.polygons(&area.geometry.clone().into());
        let seen = |layer: &LayerId| -> Vec<(&'a Area, MultiPolygon<f64>)> {
            let inside = view.frame(0.0);
            let others = places.layer(layer).iter().filter(|other| other.id != area.id);
            others
                .map(|other| (other, base.polygons(&other.geometry.clone().into())))
                .filter(|(_, shape)| clip::polygons(inside, &shape.clone().into()).unsigned_area() > 3.0)
                .collect()
        };
        let districts = spec.districts.filter(|layer| **layer != area.layer);
        let borders = districts.map(|layer| borders::shared(places.layer(layer))).unwrap_or_default();
        Self {
            places,
            area,
            own,
            others: spec.neighbours.iter().flat_map(seen).collect(),
            districts: districts.map(seen).unwrap_or_default(),
            borders: borders.iter().flat_map(|line| base.line(line)).collect(),
            base,
        }
    }
}

fn draw_scene(svg: &mut Svg, spec: &LocatorSpec, scene: &Scene, named: &Named) {
    let (base, theme) = (&scene.base, spec.theme);
    base.draw_ground(svg);
    if base_map::is_bare(scene.places) {
        for (_, shape) in &scene.others {
            base_map::draw_surface(svg, shape, palette::TOWN, None);
        }
    }
    base_map::draw_surface(svg, &scene.own, theme.tint, None);
    base.draw_ways(svg);
    base.draw_buildings(svg, &scene.own, &named.boxes(), theme);
    let borders = base_map::path_of(&scene.borders);
    svg.path(&borders, Fill::None, Some(Stroke::dashed(palette::BORDER, 0.5, 0.0, 1.15)));
    let other = if base_map::is_bare(scene.places) {
        Stroke::solid(palette::BORDER, 0.25)
    } else {
        Stroke::solid(palette::INK_2, 0.35)
    };
    for (_, shape) in &scene.others {
        base_map::draw_outline(svg, shape, 0.9, other);
    }
    base_map::draw_outline(svg, &scene.own, 1.5, Stroke::solid(theme.primary, 0.75));
}

fn table(spec: &LocatorSpec, named: &Named) -> DataTable {
    let [place, on_map, yes, no] = spec.head.map(str::to_string);
    let with = named.names().map(|name| vec![name, yes.clone()]);
    let without = named.without_room.iter().map(|name| vec![name.clone(), no.clone()]);
    DataTable { head: vec![place, on_map], rows: with.chain(without).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::testing;

    fn draw(places: &Places, subject: &str, services: usize) -> Option<Figure> {
        let (words, kinds) =
            (testing::words(), BTreeMap::from([("bus-stop".to_string(), "busstop".to_string())]));
        let spec = LocatorSpec {
            subject: &subject.into(),
            neighbours: &["estates".into()],
            districts: Some(&"districts".into()),
            size: MapSize { width: 72.0, height: 100.0 },
            least_width: 2000.0,
            services,
            kinds: &kinds,
            towards: Some(Towards { place: "Byen", word: "Centrum" }),
            words: &words,
            head: ["Sted", "Navn på kortet", "ja", "nej"],
            theme: &Theme::default(),
        };
        locator(&spec, places)
    }

    #[test]
    fn every_name_on_the_map_can_be_read() {
        let places = testing::town();
        for (subject, services) in [("alhojen", 2), ("birkehojen", 12), ("cederhojen", 12)] {
            let figure = draw(&places, subject, services).expect("the area exists");
            testing::assert_readable(&figure);
            assert_eq!((figure.width, figure.subject), (72.0, Some(subject.into())));
        }
    }

    #[test]
    fn the_area_its_neighbour_and_what_surrounds_them_are_named() {
        let figure = draw(&testing::town(), "alhojen", 12).expect("the area exists");
        let names: Vec<String> = testing::texts(&figure.svg).into_iter().map(|(text, _)| text).collect();
        for name in ["Alhojen", "Birkehojen", "Hovedvejen", "Søen", "Skolen", "busstop", "SYD", "nord"] {
            assert!(names.iter().any(|text| text == name), "`{name}` is missing in {names:?}");
        }
        assert!(names.iter().any(|text| text.starts_with("Centrum 5,5")), "{names:?}");
        assert!(figure.table.rows.contains(&vec!["Birkehojen".into(), "ja".into()]));
    }

    #[test]
    fn a_map_with_few_services_names_no_bus_stop() {
        let figure = draw(&testing::town(), "alhojen", 2).expect("the area exists");
        assert!(!figure.svg.contains("busstop") && figure.svg.contains("Skolen"));
    }

    #[test]
    fn a_map_of_areas_alone_shows_and_names_them() {
        let mut places = testing::town();
        places.backdrop.clear();
        let figure = draw(&places, "alhojen", 2).expect("the area exists");
        testing::assert_readable(&figure);
        assert!(figure.svg.contains(">Alhojen<"));
    }

    #[test]
    fn an_unknown_area_has_no_map() {
        assert!(draw(&testing::town(), "nowhere", 2).is_none());
    }
}
