//! Where names go on a map: beside a symbol, inside a surface, at the end of a leader, or nowhere.
//!
//! Names are placed one after the other, the most important first. A name never touches another name, a symbol or the
//! frame, and leaders never cross; among the places left, the one that covers the fewest lines is taken.

use geo::{BoundingRect, Centroid, Contains};
use geo_types::{Coord, MultiPolygon, Point, Rect};

use super::{
    boxes::{Turned, cross},
    svg::Anchor,
};

/// Least distance of a name from names, symbols and the frame, millimetres.
pub(super) const CLEAR: f64 = 0.8;
/// Longest leader, millimetres.
pub(super) const LONGEST_LEADER: f64 = 25.0;

/// What is wider than this, by half, is a surface, not a symbol: its name stands above or below rather than at a corner.
const SURFACE: f64 = 4.0;
/// Preference among the positions of [`around`].
const SYMBOL_RANKS: [f64; 8] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
const SURFACE_RANKS: [f64; 8] = [2.0, 3.0, 8.0, 8.0, 9.0, 9.0, 0.0, 1.0];

/// Where a name was put.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Spot {
    /// The box of the text.
    pub area: Turned,
    /// How its lines are aligned.
    pub align: Anchor,
    /// A line from the symbol's edge to the text.
    pub leader: Option<(Coord<f64>, Coord<f64>)>,
}

/// What already stands on the map.
pub(super) struct Board {
    frame: Rect<f64>,
    taken: Vec<Turned>,
    leaders: Vec<(Coord<f64>, Coord<f64>)>,
    lines: Vec<(Coord<f64>, Coord<f64>, f64)>,
    wished_free: Vec<(Turned, f64)>,
}

impl Board {
    /// An empty map with this frame.
    pub fn new(frame: Rect<f64>) -> Self {
        let (low, high) = (frame.min(), frame.max());
        let frame = Rect::new((low.x + CLEAR, low.y + CLEAR), (high.x - CLEAR, high.y - CLEAR));
        Self { frame, taken: Vec::new(), leaders: Vec::new(), lines: Vec::new(), wished_free: Vec::new() }
    }

    /// Nothing may stand here.
    pub fn take(&mut self, area: Turned) {
        self.taken.push(area);
    }

    /// A name should not cover this line; each millimetre covered costs `weight`.
    pub fn spare_line(&mut self, points: &[Coord<f64>], weight: f64) {
        self.lines.extend(points.windows(2).map(|pair| (pair[0], pair[1], weight)));
    }

    /// A name should not stand here; touching costs `weight`.
    pub fn spare_box(&mut self, area: Turned, weight: f64) {
        self.wished_free.push((area, weight));
    }

    /// Forgets every [`Self::spare_box`].
    pub fn spare_no_boxes(&mut self) {
        self.wished_free.clear();
    }

    /// The boxes of all names and symbols.
    pub fn taken(&self) -> &[Turned] {
        &self.taken
    }

    /// True if a text may stand here.
    pub fn is_free(&self, area: &Turned) -> bool {
        let grown = area.grown(CLEAR);
        area.is_inside(self.frame)
            && !self.taken.iter().any(|other| other.touches(&grown))
            && !self.leaders.iter().any(|(a, b)| area.grown(CLEAR / 2.0).touches_line(*a, *b))
    }

    /// What a text here would cover.
    pub fn cost(&self, area: &Turned) -> f64 {
        let lines =
            self.lines.iter().filter_map(|(a, b, weight)| Some(weight * (0.5 + area.length_inside(*a, *b)?)));
        let boxes =
            self.wished_free.iter().filter(|(other, _)| other.touches(area)).map(|(_, weight)| weight);
        lines.sum::<f64>() + boxes.sum::<f64>()
    }

    /// Puts a text of this size beside a symbol or surface, at one of eight positions; `None` if all are taken.
    pub fn beside(&mut self, what: Turned, size: (f64, f64), gap: f64) -> Option<Spot> {
        self.beside_for(what, size, gap, f64::MAX)
    }

    /// The same, but `None` also if the cheapest position costs more than `most`.
    pub fn beside_for(&mut self, what: Turned, size: (f64, f64), gap: f64, most: f64) -> Option<Spot> {
        let ranks = if what.half.x > SURFACE { SURFACE_RANKS } else { SYMBOL_RANKS };
        let spots = around(what.bounds(), size, gap).into_iter().enumerate();
        let priced = spots
            .filter(|(_, spot)| self.is_free(&spot.area))
            .map(|(rank, spot)| (0.15 * ranks[rank] + self.cost(&spot.area), spot))
            .filter(|(price, _)| *price <= most);
        let best = cheapest(priced)?;
        self.taken.push(best.area);
        Some(best)
    }

    /// Puts a text of this size at the end of a leader of at most [`LONGEST_LEADER`] from one of these symbols; `None` if
    /// there is no such place. `price` is what a place costs besides the length of the leader and what the text covers.
    pub fn with_leader(
        &mut self,
        symbols: &[Turned],
        size: (f64, f64),
        price: impl Fn(Coord<f64>) -> f64,
    ) -> Option<Spot> {
        let spots =
            symbols.iter().flat_map(|symbol| leader_spots(*symbol, size).map(move |spot| (*symbol, spot)));
        let mut best: Option<(f64, Spot)> = None;
        for (symbol, spot) in spots {
            let Some((from, to)) = spot.leader else { continue };
            let way = to - from;
            let length = way.x.hypot(way.y);
            let least = length + 1.5 * way.y.abs() / length;
            let may_win = best.as_ref().is_none_or(|(lowest, _)| least < *lowest);
            if !may_win || !self.is_free(&spot.area) || self.leader_collides((from, to), symbol) {
                continue;
            }
            let passed = self.wished_free.iter().filter(|(other, _)| other.touches_line(from, to));
            let passed: f64 = passed.map(|(_, weight)| weight * 0.3).sum();
            let sum = least + passed + self.cost(&spot.area) + price(spot.area.centre);
            if best.as_ref().is_none_or(|(lowest, _)| sum < *lowest) {
                best = Some((sum, spot));
            }
        }
        let (_, best) = best?;
        self.leaders.extend(best.leader);
        self.taken.push(best.area);
        Some(best)
    }

    fn leader_collides(&self, leader: (Coord<f64>, Coord<f64>), own: Turned) -> bool {
        self.leaders.iter().any(|other| cross(*other, leader))
            || self
                .taken
                .iter()
                .any(|other| *other != own && other.grown(0.4).touches_line(leader.0, leader.1))
    }

    /// Puts a text of this size inside a surface, `margin` from its edge, as near to its middle as it can; `None` if it does not fit.
    pub fn inside(&mut self, surface: &MultiPolygon<f64>, size: (f64, f64), margin: f64) -> Option<Spot> {
        let best = self.find_inside(surface, size, margin)?;
        self.taken.push(best.area);
        Some(best)
    }

    /// Where [`Self::inside`] would put it.
    pub fn find_inside(&self, surface: &MultiPolygon<f64>, size: (f64, f64), margin: f64) -> Option<Spot> {
        const STEPS: i32 = 28;
        let (bounds, middle) = (surface.bounding_rect()?, surface.centroid()?.0);
        let half = Coord { x: size.0 / 2.0, y: size.1 / 2.0 };
        let at = |low: f64, length: f64, i: i32| low + length * f64::from(i) / f64::from(STEPS);
        let steps = (0..=STEPS).flat_map(|i| (0..=STEPS).map(move |j| (i, j)));
        let mut centres: Vec<(f64, Coord<f64>)> = steps
            .map(|(i, j)| (at(bounds.min().x, bounds.width(), i), at(bounds.min().y, bounds.height(), j)))
            .map(|(x, y)| (0.35 * (x - middle.x).hypot(y - middle.y), Coord { x, y }))
            .collect();
        centres.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut best: Option<(f64, Turned)> = None;
        for (away, centre) in centres {
            if best.as_ref().is_some_and(|(lowest, _)| away >= *lowest) {
                break;
            }
            let area = Turned { centre, half, angle: 0.0 };
            if self.is_free(&area) && covers(surface, &area.grown(margin)) {
                let sum = away + self.cost(&area);
                if best.as_ref().is_none_or(|(lowest, _)| sum < *lowest) {
                    best = Some((sum, area));
                }
            }
        }
        best.map(|(_, area)| Spot { area, align: Anchor::Middle, leader: None })
    }

    /// Takes the cheapest of these places that is free.
    pub fn best_of(&mut self, spots: impl IntoIterator<Item = (f64, Turned)>) -> Option<Spot> {
        let priced = spots.into_iter().filter(|(_, area)| self.is_free(area)).map(|(price, area)| {
            (price + self.cost(&area), Spot { area, align: Anchor::Middle, leader: None })
        });
        let best = cheapest(priced)?;
        self.taken.push(best.area);
        Some(best)
    }
}

/// The first of the cheapest, so that the result does not hang on anything but the order of the candidates.
fn cheapest(priced: impl IntoIterator<Item = (f64, Spot)>) -> Option<Spot> {
    priced.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, spot)| spot)
}

/// True if the surface holds the whole box: corners, sides and middle.
fn covers(surface: &MultiPolygon<f64>, area: &Turned) -> bool {
    if !surface.contains(&Point(area.centre)) {
        return false;
    }
    let corners = area.corners();
    let between = |a: Coord<f64>, b: Coord<f64>, share: f64| a + (b - a) * share;
    let mut edge = (0..4).flat_map(|i| {
        let (from, to) = (corners[i], corners[(i + 1) % 4]);
        [0.0, 0.25, 0.5, 0.75].map(|share| between(from, to, share))
    });
    edge.all(|point| surface.contains(&Point(point)))
}

/// The eight positions: right, left, upper right, lower right, lower left, upper left, above, below.
fn around(what: Rect<f64>, (w, h): (f64, f64), gap: f64) -> [Spot; 8] {
    let (centre, half) = (what.center(), Coord { x: what.width() / 2.0, y: what.height() / 2.0 });
    let spot = |x: f64, y: f64, align| {
        let corner = Coord { x: centre.x + x, y: centre.y + y };
        let area = Turned::upright(Rect::new((corner.x, corner.y), (corner.x + w, corner.y + h)));
        Spot { area, align, leader: None }
    };
    let slant = 0.75;
    let (right, left) = (half.x + gap, -half.x - gap - w);
    let (near_right, near_left) = (slant * half.x + 0.3 * gap, -slant * half.x - 0.3 * gap - w);
    let (above, below) = (-half.y - gap * 0.6 - h, half.y + gap * 0.6);
    [
        spot(right, -h / 2.0, Anchor::Start),
        spot(left, -h / 2.0, Anchor::End),
        spot(near_right, above, Anchor::Start),
        spot(near_right, below, Anchor::Start),
        spot(near_left, below, Anchor::End),
        spot(near_left, above, Anchor::End),
        spot(-w / 2.0, above, Anchor::Middle),
        spot(-w / 2.0, below, Anchor::Middle),
    ]
}

/// Texts at the ends of leaders all around a symbol.
fn leader_spots(symbol: Turned, size: (f64, f64)) -> impl Iterator<Item = Spot> {
    const LENGTHS: [f64; 10] = [3.0, 4.5, 6.0, 8.0, 10.0, 12.5, 15.0, 18.0, 21.0, LONGEST_LEADER];
    (0..48).flat_map(move |step| {
        let (sin, cos) = (f64::from(step) * 7.5f64).to_radians().sin_cos();
        LENGTHS.map(|length| leader_spot(symbol, Coord { x: cos, y: sin }, length, size))
    })
}

/// A text at the end of a leader that starts at the symbol's edge and ends a little before the text's nearest side.
fn leader_spot(symbol: Turned, way: Coord<f64>, length: f64, (w, h): (f64, f64)) -> Spot {
    let radius = symbol.half.x;
    let from = symbol.centre + way * radius;
    let to = symbol.centre + way * (radius + length);
    let gap = 0.7;
    let sideways = way.x.abs() > 0.35;
    let (centre, align) = match (sideways, way.x > 0.0, way.y > 0.0) {
        (true, true, _) => (Coord { x: to.x + gap + w / 2.0, y: to.y }, Anchor::Start),
        (true, false, _) => (Coord { x: to.x - gap - w / 2.0, y: to.y }, Anchor::End),
        (false, _, true) => (Coord { x: to.x, y: to.y + gap + h / 2.0 }, Anchor::Middle),
        (false, _, false) => (Coord { x: to.x, y: to.y - gap - h / 2.0 }, Anchor::Middle),
    };
    let area = Turned { centre, half: Coord { x: w / 2.0, y: h / 2.0 }, angle: 0.0 };
    Spot { area, align, leader: Some((from, to)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    fn frame() -> Rect<f64> {
        Rect::new((0.0, 0.0), (60.0, 50.0))
    }

    /// A crowd of symbols, closer together than their names are wide.
    fn crowd() -> (Board, Vec<Turned>) {
        let mut board = Board::new(frame());
        let symbols: Vec<Turned> = (0..16)
            .map(|i| {
                let (x, y) = (f64::from(i % 4), f64::from(i / 4));
                Turned::around(Coord { x: 12.0 + 9.0 * x + 2.0 * y, y: 12.0 + 7.0 * y }, 2.3)
            })
            .collect();
        symbols.iter().for_each(|symbol| board.take(*symbol));
        (board, symbols)
    }

    fn place_all(board: &mut Board, symbols: &[Turned]) -> Vec<Spot> {
        let size = (14.0, 2.7);
        symbols
            .iter()
            .filter_map(|symbol| {
                board.beside(*symbol, size, 1.0).or_else(|| board.with_leader(&[*symbol], size, |_| 0.0))
            })
            .collect()
    }

    #[test]
    fn in_a_crowd_no_name_touches_a_name_a_symbol_or_the_frame() {
        let (mut board, symbols) = crowd();
        let spots = place_all(&mut board, &symbols);
        assert!(spots.len() >= 8, "only {} of 16 placed", spots.len());
        for (i, spot) in spots.iter().enumerate() {
            assert!(spot.area.is_inside(frame()));
            assert!(spots[i + 1..].iter().all(|other| !other.area.touches(&spot.area)));
            assert!(symbols.iter().all(|symbol| !symbol.touches(&spot.area)));
        }
    }

    #[test]
    fn leaders_do_not_cross_one_another_names_or_symbols_and_are_no_longer_than_25_mm() {
        let (mut board, symbols) = crowd();
        let spots = place_all(&mut board, &symbols);
        let leaders: Vec<_> = spots.iter().filter_map(|spot| spot.leader).collect();
        assert!(!leaders.is_empty());
        for (i, leader) in leaders.iter().enumerate() {
            let (from, to) = *leader;
            assert!((to.x - from.x).hypot(to.y - from.y) <= LONGEST_LEADER + 1e-9);
            assert!(leaders[i + 1..].iter().all(|other| !cross(*leader, *other)));
            assert!(spots.iter().all(|spot| !spot.area.touches_line(from, to)));
        }
    }

    #[test]
    fn a_name_without_any_room_is_dropped() {
        let mut board = Board::new(Rect::new((0.0, 0.0), (20.0, 20.0)));
        let symbol = Turned::around(Coord { x: 10.0, y: 10.0 }, 2.0);
        board.take(symbol);
        assert!(board.beside(symbol, (30.0, 3.0), 1.0).is_none());
        assert!(board.with_leader(&[symbol], (30.0, 3.0), |_| 0.0).is_none());
        assert_eq!(board.taken().len(), 1);
    }

    #[test]
    fn a_name_inside_a_surface_lies_wholly_in_it() {
        let mut board = Board::new(frame());
        let bent = polygon![
            (x: 5.0, y: 5.0), (x: 40.0, y: 5.0), (x: 40.0, y: 11.0), (x: 12.0, y: 11.0), (x: 12.0, y: 40.0), (x: 5.0, y: 40.0)
        ];
        let surface = MultiPolygon(vec![bent]);
        let spot = board.inside(&surface, (14.0, 2.7), 0.3).map(|spot| spot.area);
        assert!(spot.is_some_and(|area| covers(&surface, &area)));
        assert!(board.inside(&surface, (38.0, 2.7), 0.3).is_none());
    }

    #[test]
    fn of_free_places_the_one_that_covers_no_line_is_taken() {
        let mut board = Board::new(frame());
        let symbol = Turned::around(Coord { x: 30.0, y: 25.0 }, 2.0);
        board.spare_line(&[Coord { x: 40.0, y: 0.0 }, Coord { x: 40.0, y: 50.0 }], 1.0);
        let spot = board.beside(symbol, (14.0, 2.7), 1.0);
        assert_eq!(spot.map(|spot| spot.align), Some(Anchor::End));
    }
}
