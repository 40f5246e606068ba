//! The smaller names on a locator map: points of interest, places, the way to the centre, roads, water and forest.

use std::collections::BTreeMap;

use geo::{Centroid, Contains, Intersects};
use geo_types::{Coord, Geometry, LineString, Point, Rect};

use super::{
    boxes::Turned,
    clip, line_labels,
    locator_names::{DOT, Placer, distance},
    map,
    names::Name,
    palette,
    place_labels::Spot,
    svg::Anchor,
    text::{CAP_HEIGHT, Cut, Style},
};
use crate::sources::Feature;

/// Points of interest in order of importance.
const ORDER: [&str; 4] = ["school", "station", "shop", "bus-stop"];
const BUS_STOP: usize = 3;
/// Bus stops are left out of a map that names fewer points of interest than this.
const LEAST_FOR_BUS_STOPS: usize = 5;
/// So many local roads are named, each at least so long, millimetres.
const MOST_LOCAL: usize = 3;
const LEAST_LOCAL: f64 = 20.0;
/// So many of each kind are named, the nearest that find room.
const MOST_OF_A_KIND: usize = 3;

/// A point of interest: how far away, where on the page, and what.
type Service<'a> = (f64, Coord<f64>, &'a Feature);

impl Placer<'_> {
    /// The nearest of each kind first, then the second nearest of each, and so on.
    pub fn services(&mut self) {
        let mut by_class: BTreeMap<usize, Vec<Service>> = BTreeMap::new();
        let frame = self.scene.base.view.frame(-2.5);
        let centre = self.scene.own.centroid().unwrap_or(Point(frame.center()));
        for feature in self.scene.places.backdrop("pois") {
            let Geometry::Point(at) = feature.geometry else { continue };
            let at = self.scene.base.view.point(at.0);
            let rank = ORDER.iter().position(|class| feature.class.as_deref() == Some(class));
            let wanted = rank != Some(BUS_STOP) || self.spec.services >= LEAST_FOR_BUS_STOPS;
            if wanted && frame.intersects(&Point(at)) {
                let found = by_class.entry(rank.unwrap_or(ORDER.len())).or_default();
                found.push((distance(Point(at), centre), at, feature));
            }
        }
        let mut turns: Vec<(usize, usize, Coord<f64>, &Feature)> = Vec::new();
        for (class, mut found) in by_class {
            found.sort_by(|a, b| a.0.total_cmp(&b.0));
            let in_turn = found.into_iter().enumerate();
            turns.extend(in_turn.map(|(turn, (_, at, feature))| (turn, class, at, feature)));
        }
        turns.sort_by_key(|(turn, class, ..)| (*turn, *class));
        let mut left = self.spec.services;
        let mut named: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, class, at, feature) in turns {
            let of_a_kind = named.entry(class).or_default();
            if left > 0 && *of_a_kind < MOST_OF_A_KIND && self.service(at, feature) {
                left -= 1;
                *of_a_kind += 1;
            }
        }
    }

    /// A dot with its name; neither if there is no room for both.
    fn service(&mut self, at: Coord<f64>, feature: &Feature) -> bool {
        let word = feature.class.as_ref().and_then(|class| self.spec.kinds.get(class));
        let Some(text) = word.or(feature.name.as_ref()).filter(|text| !text.is_empty()) else { return false };
        let dot = Turned::around(at, DOT);
        if !self.board.is_free(&dot) {
            return false;
        }
        let name = Name::new(text, Style::NOTE.fill(palette::INK));
        let Some(spot) = self.board.beside(dot, name.size(), 0.9) else { return false };
        self.board.take(dot);
        self.named.dots.push(at);
        self.put(text, name, Some(spot))
    }

    /// Names of towns, villages, waters and forests, at their points; water and forest also over their surface.
    pub fn places(&mut self, classes: &[&str]) {
        for feature in self.scene.places.backdrop("places") {
            let (Some(text), Some(class)) = (&feature.name, feature.class.as_deref()) else { continue };
            let Geometry::Point(at) = feature.geometry else { continue };
            let at = self.scene.base.view.point(at.0);
            if classes.contains(&class) && text != &self.scene.area.name {
                self.nature_or_town(text, class, at);
            }
        }
    }

    fn nature_or_town(&mut self, text: &str, class: &str, at: Coord<f64>) {
        let (role, fill) = match class {
            "water" => ("water", palette::WATER_TEXT),
            "forest" => ("green", palette::GREEN_TEXT),
            _ => ("", palette::INK),
        };
        let frame = self.scene.base.view.frame(0.0);
        if self.named.has(text) {
            return;
        }
        if role.is_empty() {
            if frame.contains(&Point(at)) {
                let name = Name::new(text, Style::NOTE.fill(fill));
                let spots = around_point(at, name.size());
                if let Some(spot) = self.board.best_of(spots) {
                    self.put(text, name, Some(spot));
                }
            }
            return;
        }
        let name = Name::new(text, Style::NOTE.cut(Cut::Italic).fill(fill));
        let surface = self.scene.base.surface_at(role, at);
        let seen = clip::polygons(frame, &Geometry::from(surface));
        let spot = self.board.inside(&seen, name.size(), 0.3).or_else(|| {
            let reachable = frame.contains(&Point(at));
            reachable.then(|| self.board.best_of(around_point(at, name.size()))).flatten()
        });
        if spot.is_some() {
            self.put(text, name, spot);
        }
    }

    /// "Centrum 1,5 km →" at the frame, when the place lies outside it.
    pub fn way(&mut self) {
        let Some(towards) = self.spec.towards else { return };
        let places = self.scene.places.backdrop("places").iter();
        let Some(Geometry::Point(place)) =
            places.filter(|f| f.name.as_deref() == Some(towards.place)).map(|f| &f.geometry).next()
        else {
            return;
        };
        let view = &self.scene.base.view;
        let (Some(from), to) = (self.scene.own.centroid(), view.point(place.0)) else { return };
        let frame = view.frame(0.0);
        if frame.contains(&Point(to)) {
            return;
        }
        let metres = distance(from, Point(to)) / view.scale;
        let rounded =
            if metres < 1000.0 { (metres / 100.0).round() * 100.0 } else { (metres / 500.0).round() * 500.0 };
        let text = format!("{} {}", towards.word, map::length_label(rounded, self.spec.words));
        let style = Style::NOTE;
        let (text_width, height) = Name::new(&text, style).size();
        let size = (text_width + 4.2, height);
        let Some((_, exit)) = clip::segment(frame, from.0, to) else { return };
        let spots = along_frame(frame, exit, size);
        let Some(spot) = self.board.best_of(spots) else { return };
        let way = (to - from.0) / distance(from, Point(to)).max(1e-9);
        let left = spot.area.centre.x - spot.area.half.x;
        let middle = Coord { x: left + text_width + 2.5, y: spot.area.centre.y + 0.1 * style.em() };
        self.named.arrow = Some((middle - way * 1.3, middle + way * 1.3));
        let half = Coord { x: text_width / 2.0, y: height / 2.0 };
        let centre = Coord { x: left + half.x, y: spot.area.centre.y };
        let text_spot =
            Spot { area: Turned { centre, half, angle: 0.0 }, align: Anchor::Start, leader: None };
        self.put(&text, Name::new(&text, style), Some(text_spot));
    }

    /// Ring and main roads by name, then the railway, then the nearest long local roads if there is room.
    pub fn roads(&mut self) {
        for (role, class, reach) in
            [("roads", Some("ring"), 0.95), ("roads", Some("main"), 0.7), ("railway", None, 0.5)]
        {
            for (text, lines) in self.by_name(role, class) {
                self.road(&text, lines, reach);
            }
        }
        let centre = self.scene.own.centroid().unwrap_or(Point::new(0.0, 0.0));
        let length = |lines: &[LineString<f64>]| {
            lines.iter().flat_map(|line| line.lines()).map(|piece| piece.dx().hypot(piece.dy())).sum::<f64>()
        };
        let away = |lines: &[LineString<f64>]| {
            let points = lines.iter().flat_map(|line| &line.0);
            points.map(|at| distance(Point(*at), centre)).fold(f64::MAX, f64::min)
        };
        let mut local: Vec<_> = self.by_name("roads", Some("local")).into_iter().collect();
        local.retain(|(_, lines)| length(lines) > LEAST_LOCAL);
        local.sort_by(|a, b| away(&a.1).total_cmp(&away(&b.1)));
        let mut left = MOST_LOCAL;
        for (text, lines) in local {
            if left > 0 && self.road(&text, lines, 0.4) {
                left -= 1;
            }
        }
    }

    fn by_name(&self, role: &str, class: Option<&str>) -> BTreeMap<String, Vec<LineString<f64>>> {
        let mut named: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for feature in self.scene.places.backdrop(role) {
            let fits = class.is_none() || feature.class.as_deref() == class;
            if let Some(text) = feature.name.as_ref().filter(|text| fits && !text.is_empty()) {
                named.entry(text.clone()).or_default().extend(self.scene.base.feature_lines(feature));
            }
        }
        named
    }

    fn road(&mut self, text: &str, lines: Vec<LineString<f64>>, reach: f64) -> bool {
        if self.named.has(text) || lines.is_empty() {
            return false;
        }
        let name = Name::new(text, Style::NOTE);
        let (width, height) = name.size();
        let tight = (width, CAP_HEIGHT * Style::NOTE.em() + 0.9);
        let spots = line_labels::places(&line_labels::join(lines), tight, reach);
        let Some(mut spot) = self.board.best_of(spots) else { return false };
        spot.area.half.y = height / 2.0;
        self.put(text, name, Some(spot))
    }
}

/// The text on its point, or a little above or below it.
fn around_point(at: Coord<f64>, (w, h): (f64, f64)) -> Vec<(f64, Turned)> {
    let half = Coord { x: w / 2.0, y: h / 2.0 };
    let shifts = [(0.0, 0.0), (0.0, -3.0), (0.0, 3.0), (4.0, 0.0), (-4.0, 0.0), (0.0, -6.0), (0.0, 6.0)];
    let shifted = |(rank, (x, y)): (usize, (f64, f64))| {
        (0.4 * rank as f64, Turned { centre: Coord { x: at.x + x, y: at.y + y }, half, angle: 0.0 })
    };
    shifts.into_iter().enumerate().map(shifted).collect()
}

/// Places just inside the frame, dearer the further they are from `exit`.
fn along_frame(frame: Rect<f64>, exit: Coord<f64>, (w, h): (f64, f64)) -> Vec<(f64, Turned)> {
    const INSET: f64 = 1.0;
    let half = Coord { x: w / 2.0, y: h / 2.0 };
    let (low, high) = (frame.min(), frame.max());
    let x = (low.x + half.x + INSET, high.x - half.x - INSET);
    let y = (low.y + half.y + INSET, high.y - half.y - INSET);
    let horizontal = (exit.y - low.y).abs() < 0.01 || (exit.y - high.y).abs() < 0.01;
    (-12..=12)
        .map(|step| {
            let shift = 2.5 * f64::from(step);
            let wished = if horizontal {
                Coord { x: exit.x + shift, y: exit.y }
            } else {
                Coord { x: exit.x, y: exit.y + shift }
            };
            let centre = Coord { x: wished.x.clamp(x.0, x.1.max(x.0)), y: wished.y.clamp(y.0, y.1.max(y.0)) };
            (0.25 * shift.abs(), Turned { centre, half, angle: 0.0 })
        })
        .collect()
}
