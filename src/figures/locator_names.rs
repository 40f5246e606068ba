//! The names on a locator map, the most important first: the area, other areas, districts, points of interest, places,
//! the way to the centre, roads, water and forest.

use geo::{BoundingRect, Centroid, Contains};
use geo_types::{Coord, Geometry, MultiPolygon, Point};

use super::{
    base_map,
    boxes::Turned,
    clip,
    locator::{LocatorSpec, Scene},
    map::NAME,
    names::Name,
    palette::{self, Theme},
    place_labels::{Board, Spot},
    svg::{Fill, Path, Stroke, Svg},
    text::{Cut, Style},
};

/// Radius of the free room around the square of a point of interest.
pub(super) const DOT: f64 = 0.9;

/// What it costs a name to stand in the own area or close to it.
const OWN: f64 = 6.0;

/// The names that found room, and those that did not.
#[derive(Default)]
pub(super) struct Named {
    names: Vec<(String, Name, Spot)>,
    pub dots: Vec<Coord<f64>>,
    pub arrow: Option<(Coord<f64>, Coord<f64>)>,
    pub without_room: Vec<String>,
}

impl Named {
    /// The boxes of all names and dots.
    pub fn boxes(&self) -> Vec<Turned> {
        let dots = self.dots.iter().map(|at| Turned::around(*at, DOT - 1.0));
        self.names.iter().map(|(.., spot)| spot.area).chain(dots).collect()
    }

    /// What stands on the map, in order of importance.
    pub fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.names.iter().map(|(text, ..)| text.clone())
    }

    /// True if the name stands on the map already, or found no room.
    pub fn has(&self, text: &str) -> bool {
        self.names.iter().any(|(name, ..)| name == text) || self.without_room.iter().any(|name| name == text)
    }
}

/// Finds room for all names.
pub(super) fn place(spec: &LocatorSpec, scene: &Scene) -> Named {
    let mut placer =
        Placer { spec, scene, board: Board::new(scene.base.view.frame(0.0)), named: Named::default() };
    placer.spare_lines();
    placer.own();
    placer.other_areas();
    placer.districts();
    placer.services();
    placer.close_own();
    placer.places(&["town", "village"]);
    placer.way();
    placer.roads();
    placer.places(&["water", "forest"]);
    placer.named
}

/// Writes the names and draws the dots and leaders that belong to them.
pub(super) fn draw(svg: &mut Svg, scene: &Scene, named: &Named, theme: &Theme) {
    for leader in named.names.iter().filter_map(|(.., spot)| spot.leader) {
        svg.line(leader.0, leader.1, Stroke::solid(palette::INK, 0.22));
    }
    for dot in &named.dots {
        let corner = Coord { x: dot.x - DOT, y: dot.y - DOT };
        let outline = Stroke::solid(palette::WHITE, 0.3);
        svg.rect(corner, (2.0 * DOT, 2.0 * DOT), Fill::Flat(palette::INK), Some(outline));
    }
    for (_, name, spot) in &named.names {
        let centre = Point(spot.area.centre);
        let own = scene.own.contains(&centre);
        let ground = if own { theme.tint } else { scene.base.ground_at(centre) };
        name.draw(svg, spot, ground, 0.9);
    }
    if let Some((from, to)) = named.arrow {
        draw_arrow(svg, from, to);
    }
}

fn draw_arrow(svg: &mut Svg, from: Coord<f64>, to: Coord<f64>) {
    let way = (to - from) / (to.x - from.x).hypot(to.y - from.y);
    let across = Coord { x: -way.y, y: way.x };
    let mut path = Path::new();
    path.line(&[from, to]);
    path.line(&[to - way * 0.9 + across * 0.7, to, to - way * 0.9 - across * 0.7]);
    svg.path(&path, Fill::None, Some(Stroke::solid(palette::INK_2, 0.3)));
}

/// Names being placed.
pub(super) struct Placer<'a> {
    pub spec: &'a LocatorSpec<'a>,
    pub scene: &'a Scene<'a>,
    pub board: Board,
    pub named: Named,
}

impl Placer<'_> {
    fn spare_lines(&mut self) {
        let base = &self.scene.base;
        let roads = [("ring", 0.6), ("main", 0.5), ("local", 0.12)];
        let roads = roads.map(|(class, weight)| (base.lines("roads", Some(class)), weight));
        let others = [(base.lines("railway", None), 0.5), (self.scene.borders.clone(), 0.35)];
        for (lines, weight) in roads.into_iter().chain(others) {
            lines.iter().for_each(|line| self.board.spare_line(&line.0, weight));
        }
        let areas = self.scene.others.iter().map(|(_, shape)| (shape, 1.2)).chain([(&self.scene.own, 2.0)]);
        for (shape, weight) in areas {
            shape.iter().for_each(|part| self.board.spare_line(&part.exterior().0, weight));
        }
        for (role, weight) in [("sea", 1.0), ("lakes", 1.0), ("green", 0.4)] {
            for feature in self.scene.places.backdrop(role) {
                let surfaces = base.polygons(&feature.geometry);
                surfaces.iter().for_each(|part| self.board.spare_line(&part.exterior().0, weight));
            }
        }
    }

    /// Notes where a name was put; true if it was.
    pub fn put(&mut self, text: &str, name: Name, spot: Option<Spot>) -> bool {
        match spot {
            Some(spot) => self.named.names.push((text.to_string(), name, spot)),
            None => self.named.without_room.push(text.to_string()),
        }
        spot.is_some()
    }

    /// Inside the area if it fits, else beside it, before it is broken in two.
    fn own(&mut self) {
        let area = self.scene.area;
        let style = NAME.size(10.0).cut(Cut::Bold).fill(self.spec.theme.primary);
        let Some(bounds) = self.scene.own.bounding_rect() else { return };
        let mut forms = Name::forms(&area.name, style);
        if area.short_name != area.name {
            forms.extend(Name::forms(&area.short_name, style));
        }
        let around = Turned::upright(bounds);
        let found = forms.into_iter().find_map(|form| {
            let inside = self.board.inside(&self.scene.own, form.size(), 0.9);
            let spot = inside.or_else(|| self.board.beside(around, form.size(), 1.6))?;
            Some((form, spot))
        });
        let (form, spot) = match found {
            Some((form, spot)) => (form, Some(spot)),
            None => (Name::new(&area.name, style), None),
        };
        self.put(&area.name, form, spot);
        self.board.spare_box(around.grown(2.5), OWN);
    }

    /// Only the area's own name and its services stand in it.
    fn close_own(&mut self) {
        if let Some(bounds) = self.scene.own.bounding_rect() {
            self.board.take(Turned::upright(bounds));
        }
    }

    fn other_areas(&mut self) {
        let scene = self.scene;
        let frame = scene.base.view.frame(0.0);
        let seen = |shape: &MultiPolygon<f64>| clip::polygons(frame, &Geometry::from(shape.clone()));
        let middle = Point(frame.center());
        let mut others: Vec<_> = scene.others.iter().map(|(area, shape)| (*area, seen(shape))).collect();
        others.sort_by(|a, b| {
            let away =
                |shape: &MultiPolygon<f64>| shape.centroid().map_or(f64::MAX, |at| distance(at, middle));
            away(&a.1).total_cmp(&away(&b.1)).then_with(|| a.0.id.cmp(&b.0.id))
        });
        let crowded = base_map::is_bare(scene.places);
        if !crowded {
            for bounds in others.iter().filter_map(|(_, shape)| shape.bounding_rect()) {
                self.board.spare_box(Turned::upright(bounds), 3.0);
            }
        }
        for (area, shape) in &others {
            let Some(bounds) = shape.bounding_rect() else { continue };
            let style = if crowded { Style::NOTE } else { NAME };
            let forms = Name::forms(&area.short_name, style);
            let spots = forms.into_iter().find_map(|form| {
                let spot = if crowded {
                    self.board.inside(shape, form.size(), 0.3)
                } else {
                    self.board.beside(Turned::upright(bounds), form.size(), 1.3)
                };
                spot.map(|spot| (form, spot))
            });
            match spots {
                Some((form, spot)) => self.put(&area.name, form, Some(spot)),
                None => self.put(&area.name, Name::new(&area.name, style), None),
            };
        }
    }

    fn districts(&mut self) {
        let frame = self.scene.base.view.frame(0.0);
        let style = Style { size: 7.5, cut: Cut::Semibold, fill: palette::INK_2, spacing: 0.25 };
        for (area, shape) in &self.scene.districts {
            let seen = clip::polygons(frame, &Geometry::from(shape.clone()));
            let found = Name::forms(&area.short_name.to_uppercase(), style)
                .into_iter()
                .find_map(|form| self.board.inside(&seen, form.size(), 0.3).map(|spot| (form, spot)));
            if let Some((form, spot)) = found {
                self.put(&area.name, form, Some(spot));
            }
        }
    }
}

/// Distance of two points.
pub(super) fn distance(a: Point<f64>, b: Point<f64>) -> f64 {
    (a.x() - b.x()).hypot(a.y() - b.y())
}
