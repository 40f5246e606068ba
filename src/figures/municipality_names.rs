//! The names on a municipality map: the own area, areas with a status, the coloured areas with their values, the other
//! symbols, water.

use geo::{BoundingRect, Contains};
use geo_types::{Coord, Geometry, MultiPolygon, Point};

use super::{
    boxes::Turned,
    clip,
    map::NAME,
    municipality_map::{Class, DISC, MunicipalityMapSpec, RING, Scene, Surface, own_ring},
    names::Name,
    palette,
    place_labels::{Board, Spot},
    svg::{Fill, Stroke, Svg},
    symbols::StatusMark,
    text::{Cut, Style},
};
use crate::{compute::State, sources::Area};

/// More coloured areas than this are not all named: their values stand in the table.
const MOST_NAMED: usize = 40;

/// Radius of the dot at which a leader from a surface begins.
const ANCHOR: f64 = 0.45;

/// The names that found room, each with its ground, and those that did not.
#[derive(Default)]
pub(super) struct Named {
    names: Vec<(Name, Spot, Ground)>,
    pub without_room: Vec<String>,
}

/// What the halo is the colour of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ground {
    White,
    /// White, at the end of a leader from a surface.
    Leader,
    Surface(Class),
    Map,
}

/// Finds room for all names.
pub(super) fn place(spec: &MunicipalityMapSpec, scene: &Scene) -> Named {
    let mut placer =
        Placer { spec, scene, board: Board::new(scene.base.view.frame(0.0)), named: Named::default() };
    placer.reserve();
    placer.own();
    placer.symbols(StatusMark::is_listed);
    placer.surfaces();
    placer.symbols(|mark| !mark.is_listed());
    placer.water();
    placer.named
}

/// Draws the leaders.
pub(super) fn draw_leaders(svg: &mut Svg, named: &Named) {
    for (spot, from_surface) in named.names.iter().map(|(_, spot, ground)| (spot, *ground == Ground::Leader))
    {
        let Some((from, to)) = spot.leader else { continue };
        svg.line(from, to, Stroke::solid(palette::INK, 0.22));
        if from_surface {
            svg.circle(from, ANCHOR, Fill::Flat(palette::INK), None);
        }
    }
}

/// Writes the names.
pub(super) fn draw(svg: &mut Svg, scene: &Scene, named: &Named) {
    for (name, spot, ground) in &named.names {
        let (colour, halo) = match ground {
            Ground::White | Ground::Leader => (palette::WHITE, 0.9),
            Ground::Surface(class) => (class.ground(), 0.7),
            Ground::Map => (map_colour(scene, spot.area.centre), 0.7),
        };
        name.draw(svg, spot, colour, halo);
    }
}

fn map_colour(scene: &Scene, at: Coord<f64>) -> super::colour::Rgb {
    let water = scene.base.surface_at("water", at).contains(&Point(at));
    if water { palette::WATER } else { palette::OUTSIDE }
}

struct Placer<'a> {
    spec: &'a MunicipalityMapSpec<'a>,
    scene: &'a Scene<'a>,
    board: Board,
    named: Named,
}

impl<'a> Placer<'a> {
    /// Symbols and the own area are taken; roads, and the best places for the coloured areas' names, are to be spared.
    fn reserve(&mut self) {
        for (_, at, _) in &self.scene.symbols {
            self.board.take(Turned::around(*at, DISC));
        }
        let base = &self.scene.base;
        let lines = [("roads", Some("main"), 0.15), ("roads", Some("ring"), 0.15), ("railway", None, 0.3)];
        for (role, class, weight) in lines {
            base.lines(role, class).iter().for_each(|line| self.board.spare_line(&line.0, weight));
        }
        for surface in self.named_surfaces() {
            surface.shape.iter().for_each(|part| self.board.spare_line(&part.exterior().0, 0.12));
        }
        let wish = |surface: &Surface| {
            let form = self.surface_forms(surface).swap_remove(0);
            self.board.find_inside(&surface.shape, form.size(), 0.3).map(|spot| spot.area)
        };
        let wished: Vec<Turned> = self.named_surfaces().iter().filter_map(wish).collect();
        wished.into_iter().for_each(|area| self.board.spare_box(area, 8.0));
    }

    /// The coloured areas that are named: all, or none when they are many.
    fn named_surfaces(&self) -> &'a [Surface<'a>] {
        if self.scene.surfaces.len() <= MOST_NAMED { &self.scene.surfaces } else { &[] }
    }

    fn own(&mut self) {
        let Some((area, shape)) = &self.scene.own else { return };
        let coloured = self.spec.surface.is_some_and(|surface| area.layer == *surface.layer);
        if coloured && self.scene.surfaces.len() <= MOST_NAMED {
            return;
        }
        let style = NAME.cut(Cut::Bold).fill(self.spec.theme.primary);
        let around = match (own_ring(self.scene), shape.bounding_rect()) {
            (Some(at), _) => Turned::around(at, RING + 0.4),
            (None, Some(bounds)) => Turned::upright(bounds).grown(0.4),
            (None, None) => return,
        };
        self.beside(area, around, style);
        self.board.take(around);
    }

    fn symbols(&mut self, chosen: fn(StatusMark) -> bool) {
        let own = self.spec.subject;
        for (area, at, mark) in &self.scene.symbols {
            if chosen(*mark) && Some(&area.id) != own {
                self.beside(area, Turned::around(*at, DISC), NAME);
            }
        }
    }

    /// Beside the symbol, else at a leader, else nowhere.
    fn beside(&mut self, area: &Area, symbol: Turned, style: Style) {
        let scene = self.scene;
        let free_ground = |at| price_of_ground(scene, at);
        let forms = Name::forms(&area.short_name, style);
        let first = forms.iter().find_map(|form| {
            let spot = self.board.beside_for(symbol, form.size(), 0.9, 5.0)?;
            Some((form.clone(), spot))
        });
        let found = first.or_else(|| {
            forms.iter().find_map(|form| {
                let spot = self.board.with_leader(&[symbol], form.size(), free_ground)?;
                Some((form.clone(), spot))
            })
        });
        match found {
            Some((form, spot)) => self.named.names.push((form, spot, Ground::White)),
            None => self.named.without_room.push(area.name.clone()),
        }
    }

    fn surfaces(&mut self) {
        self.board.spare_no_boxes();
        if self.scene.surfaces.len() > MOST_NAMED {
            let others =
                self.scene.surfaces.iter().filter(|surface| Some(&surface.area.id) != self.spec.subject);
            self.named.without_room.extend(others.map(|surface| surface.area.name.clone()));
            return;
        }
        let mut left = Vec::new();
        for surface in &self.scene.surfaces {
            let forms = self.surface_forms(surface);
            let inside = forms.into_iter().find_map(|form| {
                let spot = self.board.inside(&surface.shape, form.size(), 0.3)?;
                self.board.spare_box(spot.area.grown(3.0), 4.0);
                Some((form, spot, Ground::Surface(surface.class)))
            });
            match inside {
                Some(found) => self.named.names.push(found),
                None => left.push(surface),
            }
        }
        for surface in left {
            match self.surface_outside(surface) {
                Some(found) => self.named.names.push(found),
                None => self.named.without_room.push(surface.area.name.clone()),
            }
        }
    }

    /// A surface too small for its name: a leader from a free place in it.
    fn surface_outside(&mut self, surface: &Surface) -> Option<(Name, Spot, Ground)> {
        let scene = self.scene;
        let form = self.forms_in(surface, palette::INK).swap_remove(0);
        let anchors = self.anchors(&surface.shape);
        let spot = self.board.with_leader(&anchors, form.size(), |at| price_of_ground(scene, at))?;
        Some((form, spot, Ground::Leader))
    }

    /// Places in a surface at which a leader may begin.
    fn anchors(&self, shape: &MultiPolygon<f64>) -> Vec<Turned> {
        const STEPS: i32 = 7;
        let Some(bounds) = shape.bounding_rect() else { return Vec::new() };
        let at = |low: f64, length: f64, i: i32| low + length * f64::from(i) / f64::from(STEPS);
        let steps = (1..STEPS).flat_map(|i| (1..STEPS).map(move |j| (i, j)));
        steps
            .map(|(i, j)| Coord {
                x: at(bounds.min().x, bounds.width(), i),
                y: at(bounds.min().y, bounds.height(), j),
            })
            .map(|centre| Turned::around(centre, ANCHOR))
            .filter(|anchor| anchor.corners().iter().all(|corner| shape.contains(&Point(*corner))))
            .filter(|anchor| self.board.taken().iter().all(|other| !other.touches(anchor)))
            .collect()
    }

    fn surface_forms(&self, surface: &Surface) -> Vec<Name> {
        self.forms_in(surface, surface.class.text())
    }

    /// Name and value on two lines, on one, and the name broken in two with the value below.
    fn forms_in(&self, surface: &Surface, colour: super::colour::Rgb) -> Vec<Name> {
        let (plain, bold) = (Style::NOTE.fill(colour), Style::NOTE.cut(Cut::Bold).fill(colour));
        let values = self.spec.surface.map(|spec| spec.values);
        let value = match values.and_then(|values| values.get(&surface.area.id)).map(|value| &value.value) {
            Some(State::Shown(value)) => self.spec.words.format.number(*value),
            Some(State::Hidden) => self.spec.words.hidden.clone(),
            Some(State::Missing(_)) | None => "–".to_string(),
        };
        let value_style = if surface.class == Class::Hidden { plain } else { bold };
        let with_value = |name: Name| name.and(value.clone(), value_style);
        Name::forms(&surface.area.short_name, plain).into_iter().map(with_value).collect()
    }

    fn water(&mut self) {
        let frame = self.scene.base.view.frame(0.0);
        let style = Style::NOTE.cut(Cut::Italic).fill(palette::WATER_TEXT);
        for feature in self.scene.places.backdrop("places") {
            let (Some(text), Some("water"), Geometry::Point(at)) =
                (&feature.name, feature.class.as_deref(), &feature.geometry)
            else {
                continue;
            };
            let at = self.scene.base.view.point(at.0);
            let water = self.scene.base.surface_at("water", at);
            let seen = clip::polygons(frame, &Geometry::from(water));
            let name = Name::new(text, style);
            if let Some(spot) = self.board.inside(&seen, name.size(), 0.3) {
                self.named.names.push((name, spot, Ground::Map));
            }
        }
    }
}

/// Water and neighbours' land are free ground; a name on a coloured surface could be taken for its own.
fn price_of_ground(scene: &Scene, at: Coord<f64>) -> f64 {
    let covered = scene.surfaces.iter().any(|surface| surface.shape.contains(&Point(at)));
    if covered { 5.0 } else { 0.0 }
}
