//! The municipality map: statuses as symbols, over one indicator on the surface of every area of a layer or over the bare
//! land, and the report's own area outlined.

use std::collections::{BTreeMap, BTreeSet};

use geo::BoundingRect;
use geo_types::{Coord, Geometry, MultiPolygon, Rect};

use super::{
    DataTable, Figure,
    base_map::{self, BaseMap},
    colour::Rgb,
    map::{self, MapSize, MapWords, View},
    municipality_names,
    palette::{self, Theme},
    scale::class_of,
    svg::{Anchor, Fill, Path, Stroke, Svg},
    symbols::{self, StatusMark},
    text::Style,
};
use crate::{
    compute::State,
    ids::{AreaId, LayerId, ValueId},
    numbers::Decimal,
    sources::{Area, Places},
};

/// What a municipality map shows.
pub struct MunicipalityMapSpec<'a> {
    /// The report's own area, outlined and named; `None` for a map that belongs to all.
    pub subject: Option<&'a AreaId>,
    /// What is coloured; `None` for symbols on the bare land.
    pub surface: Option<SurfaceSpec<'a>>,
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

/// An indicator on the areas of a layer.
#[derive(Clone, Copy)]
pub struct SurfaceSpec<'a> {
    /// The layer whose areas are coloured.
    pub layer: &'a LayerId,
    /// The value of each of its areas; an area without one is drawn as having none.
    pub values: &'a BTreeMap<AreaId, SurfaceValue>,
    /// Limits of the four classes. A value on a limit belongs to the class below.
    pub classes: [Decimal; 3],
    /// The four classes in words ("højst 10", "over 10 til 20", …).
    pub class_words: &'a [String; 4],
    /// After the class key: "pct.".
    pub unit: &'a str,
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

/// Radius of a symbol, and of the white disc under it.
const SYMBOL: f64 = 1.8;
pub(super) const DISC: f64 = 2.3;
/// Free room around the municipality inside the frame.
const MARGIN: f64 = 3.5;

/// Draws the municipality map; `None` if there is nothing to show: no coloured area, and on the bare land no symbol.
pub fn municipality_map(spec: &MunicipalityMapSpec, places: &Places) -> Option<Figure> {
    let scene = Scene::new(spec, places)?;
    let named = municipality_names::place(spec, &scene);
    let view = &scene.base.view;
    let (width, frame_height) = (spec.size.width, spec.size.height);
    let strip = map::strip_height(view, spec.words);
    let height = frame_height + strip + if spec.surface.is_some() { CLASS_KEY } else { 0.0 };
    let mut svg = Svg::new(width, height);
    svg.clipped((0.0, 0.0).into(), (width, frame_height), |svg| {
        draw_ground(svg, &scene);
        draw_own(svg, spec, &scene);
        municipality_names::draw_leaders(svg, &named);
        for (_, at, mark) in &scene.symbols {
            svg.circle(*at, DISC, Fill::Flat(palette::WHITE), None);
            symbols::draw(svg, *mark, *at, SYMBOL);
        }
        municipality_names::draw(svg, &scene, &named);
    });
    let frame = Stroke::solid(palette::MUNI, 0.2);
    svg.rect((0.1, 0.1).into(), (width - 0.2, frame_height - 0.2), Fill::None, Some(frame));
    map::strip(&mut svg, view, spec.words);
    if let Some(surface) = &spec.surface {
        class_key(&mut svg, surface, (&scene, &spec.words.hidden), frame_height + strip);
    }
    Some(Figure {
        shows: shown(spec),
        subject: spec.subject.cloned(),
        svg: svg.finish(),
        width,
        height,
        alt: map::alt_text(spec.words, &named.without_room),
        table: table(spec, places),
    })
}

/// A coloured area in millimetres.
pub(super) struct Surface<'a> {
    pub area: &'a Area,
    pub shape: MultiPolygon<f64>,
    pub class: Class,
}

/// How a surface is filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// One of the four classes.
    Of(usize),
    /// The value is not shown.
    Hidden,
    /// There is no value.
    Missing,
}

impl Class {
    fn fill(self) -> Fill {
        match self {
            Self::Hidden => Fill::Hatch,
            Self::Of(_) | Self::Missing => Fill::Flat(self.ground()),
        }
    }

    /// The colour behind a text.
    pub fn ground(self) -> Rgb {
        match self {
            Self::Of(class) => palette::CLASSES[class],
            Self::Hidden => palette::WHITE,
            Self::Missing => palette::FILL,
        }
    }

    /// The colour of a text.
    pub fn text(self) -> Rgb {
        match self {
            Self::Of(class) => palette::CLASS_TEXT[class],
            Self::Hidden | Self::Missing => palette::INK,
        }
    }
}

/// What lies in the frame, in millimetres.
pub(super) struct Scene<'a> {
    pub base: BaseMap<'a>,
    pub surfaces: Vec<Surface<'a>>,
    /// The own area, and its shape.
    pub own: Option<(&'a Area, MultiPolygon<f64>)>,
    pub symbols: Vec<(&'a Area, Coord<f64>, StatusMark)>,
    pub places: &'a Places,
}

impl<'a> Scene<'a> {
    fn new(spec: &MunicipalityMapSpec, places: &'a Places) -> Option<Self> {
        let areas = spec.surface.map_or(&[][..], |surface| places.layer(surface.layer));
        let marked = spec.symbols.keys().filter_map(|id| places.area(id));
        let extent = match spec.surface {
            Some(_) => areas.iter().filter_map(|area| area.geometry.bounding_rect()).reduce(around),
            None => marked
                .filter_map(|area| area.geometry.bounding_rect())
                .reduce(around)
                .map(|marked| land(places).into_iter().fold(marked, around)),
        }?;
        let base = BaseMap::new(places, View::fit(extent, spec.size, MARGIN, 0.0, 0.0));
        let shape = |area: &Area| base.polygons(&Geometry::from(area.geometry.clone()));
        let surfaces = areas
            .iter()
            .map(|area| Surface { area, shape: shape(area), class: class(spec, &area.id) })
            .filter(|surface| !surface.shape.0.is_empty())
            .collect();
        let own = spec.subject.and_then(|id| places.area(id)).map(|area| (area, shape(area)));
        let symbols = spec.symbols.iter().filter_map(|(id, symbol)| {
            let area = places.area(id)?;
            let middle = area.geometry.bounding_rect()?.center();
            Some((area, base.view.point(middle), symbol.mark))
        });
        let symbols = symbols.collect();
        Some(Self { surfaces, own, symbols, places, base })
    }
}

fn class(spec: &MunicipalityMapSpec, area: &AreaId) -> Class {
    match spec.surface.and_then(|surface| surface.values.get(area)).map(|value| &value.value) {
        Some(State::Shown(value)) => {
            Class::Of(spec.surface.map_or(0, |surface| class_of(*value, &surface.classes)))
        }
        Some(State::Hidden) => Class::Hidden,
        Some(State::Missing(_)) | None => Class::Missing,
    }
}

/// The bounds of the municipality's land.
fn land(places: &Places) -> Option<Rect<f64>> {
    let parts = places.backdrop("municipality").iter();
    parts.filter_map(|feature| feature.geometry.bounding_rect()).reduce(around)
}

fn around(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        (a.min().x.min(b.min().x), a.min().y.min(b.min().y)),
        (a.max().x.max(b.max().x), a.max().y.max(b.max().y)),
    )
}

fn draw_ground(svg: &mut Svg, scene: &Scene) {
    let base = &scene.base;
    let frame = base.view.frame(0.0);
    svg.rect(frame.min(), (frame.width(), frame.height()), Fill::Flat(palette::OUTSIDE), None);
    base_map::draw_surface(svg, &base.role("sea"), palette::WATER, None);
    if scene.surfaces.is_empty() {
        base_map::draw_surface(svg, &base.role("municipality"), palette::LAND, None);
        base_map::draw_surface(svg, &base.role("town"), palette::TOWN, None);
        base_map::draw_surface(svg, &base.role("lakes"), palette::WATER, None);
    }
    let between = Stroke::solid(palette::WHITE, if scene.surfaces.len() > 40 { 0.3 } else { 0.5 });
    for surface in &scene.surfaces {
        let mut path = Path::new();
        path.multi_polygon(&surface.shape);
        svg.path(&path, surface.class.fill(), Some(between));
    }
    let bare = scene.surfaces.is_empty();
    let road = if bare { palette::LOCAL_CASING } else { palette::WHITE };
    let roads = [base.lines("roads", Some("main")), base.lines("roads", Some("ring"))].concat();
    svg.path(&base_map::path_of(&roads), Fill::None, Some(Stroke::solid(road, 0.55)));
    let rails = base_map::path_of(&base.lines("railway", None));
    svg.path(&rails, Fill::None, Some(Stroke::solid(palette::RAIL, 0.4)));
    svg.path(&rails, Fill::None, Some(Stroke::dashed(palette::WHITE, 0.22, 0.9, 0.9)));
    let mut border = Path::new();
    border.multi_polygon(&base.role("municipality"));
    svg.path(&border, Fill::None, Some(Stroke::solid(palette::INK_2, 0.35)));
}

/// The own area's outline, or a ring around an area too small to be seen.
fn draw_own(svg: &mut Svg, spec: &MunicipalityMapSpec, scene: &Scene) {
    let Some((area, shape)) = &scene.own else { return };
    let line = Stroke::solid(spec.theme.primary, 0.75);
    if spec.surface.is_none_or(|surface| area.layer != *surface.layer) {
        base_map::draw_surface(svg, shape, spec.theme.tint, None);
    }
    match own_ring(scene) {
        Some(at) => {
            svg.circle(at, RING, Fill::None, Some(Stroke::solid(palette::WHITE, 1.5)));
            svg.circle(at, RING, Fill::None, Some(line));
        }
        None => base_map::draw_outline(svg, shape, 1.5, line),
    }
}

/// Radius of the ring around an own area that is smaller than it.
pub(super) const RING: f64 = 3.4;

/// Where the ring around the own area is drawn, if it is so small.
pub(super) fn own_ring(scene: &Scene) -> Option<Coord<f64>> {
    let bounds = scene.own.as_ref()?.1.bounding_rect()?;
    (bounds.width().max(bounds.height()) < 2.0 * RING).then(|| bounds.center())
}

/// Height of the class key under the strip.
const CLASS_KEY: f64 = 5.9;

fn class_key(svg: &mut Svg, spec: &SurfaceSpec, (scene, hidden): (&Scene, &str), top: f64) {
    const SWATCH: (f64, f64) = (4.6, 3.0);
    let outline = Some(Stroke::solid(palette::INK_2, 0.15));
    let y = top + 3.4;
    let mut x = 0.1;
    let mut entry = |svg: &mut Svg, fill: Fill, word: &str| {
        svg.rect(Coord { x, y: y - 2.5 }, SWATCH, fill, outline);
        svg.text(Coord { x: x + SWATCH.0 + 1.0, y }, Anchor::Start, &Style::NOTE, word);
        x += SWATCH.0 + 1.0 + Style::NOTE.width(word) + 3.6;
    };
    for (i, word) in spec.class_words.iter().enumerate() {
        let last = if i == 3 { format!("{word} {}", spec.unit) } else { word.clone() };
        entry(svg, Fill::Flat(palette::CLASSES[i]), last.trim_end());
    }
    if scene.surfaces.iter().any(|surface| surface.class == Class::Hidden) {
        entry(svg, Fill::Hatch, hidden);
    }
}

fn shown(spec: &MunicipalityMapSpec) -> BTreeSet<ValueId> {
    let values = spec.surface.iter().flat_map(|surface| surface.values.values());
    let values = values.filter(|value| matches!(value.value, State::Shown(_))).map(|value| &value.id);
    values.chain(spec.symbols.values().map(|symbol| &symbol.id)).cloned().collect()
}

fn table(spec: &MunicipalityMapSpec, places: &Places) -> DataTable {
    let name = |id: &AreaId| places.area(id).map_or_else(|| id.to_string(), |area| area.name.clone());
    let print = |value: &State<Decimal>| match value {
        State::Shown(value) => spec.words.format.number(*value),
        State::Hidden => spec.words.hidden.clone(),
        State::Missing(_) => "–".to_string(),
    };
    let values = spec.surface.iter().flat_map(|surface| surface.values.iter());
    let values = values.map(|(id, value)| vec![name(id), print(&value.value), String::new()]);
    let statuses = spec.symbols.iter().map(|(id, symbol)| vec![name(id), String::new(), symbol.word.clone()]);
    DataTable { head: spec.head.map(str::to_string).to_vec(), rows: values.chain(statuses).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compute::Missing, figures::testing, ids::Period};

    fn draw(subject: Option<&AreaId>) -> Figure {
        let places = testing::town();
        let id = |what: &str, area: &str| ValueId::own(what, &area.into(), Period::Year(2025));
        let shown = |text: &str| Decimal::parse(text).map_or(State::Hidden, State::Shown);
        let values = [
            ("nord", shown("41.7")),
            ("ost", shown("10.0")),
            ("syd", State::Hidden),
            ("vest", State::Missing(Missing::EmptyBase)),
        ];
        let values =
            values.map(|(area, value)| (area.into(), SurfaceValue { id: id("no-work", area), value }));
        let marks = [("alhojen", StatusMark::Udsat), ("cederhojen", StatusMark::NotListed)];
        let symbols = marks.map(|(area, mark)| {
            (area.into(), MapSymbol { mark, id: id("abl-61a", area), word: format!("{area}-status") })
        });
        let words = testing::words();
        let spec = MunicipalityMapSpec {
            subject,
            surface: Some(SurfaceSpec {
                layer: &"districts".into(),
                values: &values.into(),
                classes: [10, 20, 30].map(Decimal::whole),
                class_words: &["højst 10", "over 10 til 20", "over 20 til 30", "over 30"].map(String::from),
                unit: "pct.",
            }),
            symbols: &symbols.into(),
            size: MapSize { width: 120.0, height: 100.0 },
            words: &words,
            head: ["Område", "Andel", "Status"],
            theme: &Theme::default(),
        };
        municipality_map(&spec, &places).expect("the layer has areas")
    }

    #[test]
    fn every_name_and_value_on_the_map_can_be_read() {
        testing::assert_readable(&draw(None));
        testing::assert_readable(&draw(Some(&"birkehojen".into())));
        testing::assert_readable(&draw(Some(&"nord".into())));
    }

    #[test]
    fn a_hidden_value_is_hatched_and_called_so_and_its_id_is_not_among_the_shown() {
        let figure = draw(None);
        assert!(figure.svg.contains("url(#hatch)") && figure.svg.contains(">vises ikke<"));
        assert!(figure.shows.iter().all(|id| id.area.as_str() != "syd" && id.area.as_str() != "vest"));
        assert_eq!(figure.shows.len(), 4);
        assert!(figure.table.rows.contains(&vec!["Syd".into(), "vises ikke".into(), String::new()]));
        assert!(figure.table.rows.contains(&vec!["Vest".into(), "–".into(), String::new()]));
    }

    #[test]
    fn a_value_on_a_limit_has_the_colour_of_the_class_below() {
        let figure = draw(None);
        let surfaces = figure.svg.matches(&palette::CLASSES[0].to_string()).count();
        let second = figure.svg.matches(&palette::CLASSES[1].to_string()).count();
        assert!(surfaces > 1 && second == 1, "only the key has the second class");
    }

    #[test]
    fn the_own_area_is_named_in_its_colour_and_owns_the_figure() {
        let own = AreaId::from("birkehojen");
        let figure = draw(Some(&own));
        assert_eq!(figure.subject, Some(own));
        let primary = Theme::default().primary;
        assert!(figure.svg.contains(&format!("fill=\"{primary}\">Birkehojen<")));
        assert!(draw(None).subject.is_none());
    }
}
