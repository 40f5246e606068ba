//! Boxes around texts and symbols, turned or upright: do they touch one another, or a line.

use geo_types::{Coord, Rect};

/// A rectangle on the page, millimetres, turned by an angle around its centre.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Turned {
    /// Its centre.
    pub centre: Coord<f64>,
    /// Half its width and half its height.
    pub half: Coord<f64>,
    /// Degrees clockwise, as in SVG.
    pub angle: f64,
}

impl Turned {
    /// An upright rectangle.
    pub fn upright(rect: Rect<f64>) -> Self {
        let half = Coord { x: rect.width() / 2.0, y: rect.height() / 2.0 };
        Self { centre: rect.center(), half, angle: 0.0 }
    }

    /// The upright square around a disc.
    pub fn around(centre: Coord<f64>, radius: f64) -> Self {
        Self { centre, half: Coord { x: radius, y: radius }, angle: 0.0 }
    }

    /// The same, wider by `margin` on each side.
    pub fn grown(self, margin: f64) -> Self {
        Self { half: Coord { x: self.half.x + margin, y: self.half.y + margin }, ..self }
    }

    /// Its corners, in order around it.
    pub fn corners(&self) -> [Coord<f64>; 4] {
        [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
            .map(|(x, y)| self.centre + self.turn(Coord { x: x * self.half.x, y: y * self.half.y }))
    }

    /// The upright rectangle around it.
    pub fn bounds(&self) -> Rect<f64> {
        let corners = self.corners();
        let reach = |pick: fn(&Coord<f64>) -> f64| {
            let values = corners.iter().map(pick);
            values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let (x, y) = (reach(|c| c.x), reach(|c| c.y));
        Rect::new((x.0, y.0), (x.1, y.1))
    }

    /// True if the two have a point in common (separating axes).
    pub fn touches(&self, other: &Self) -> bool {
        let apart =
            (self.centre - other.centre, self.half.x.hypot(self.half.y) + other.half.x.hypot(other.half.y));
        if apart.0.x.hypot(apart.0.y) > apart.1 {
            return false;
        }
        let (mine, theirs) = (self.corners(), other.corners());
        [self.angle, self.angle + 90.0, other.angle, other.angle + 90.0].iter().all(|angle| {
            let (sin, cos) = angle.to_radians().sin_cos();
            let span = |corners: &[Coord<f64>; 4]| {
                let along = corners.map(|c| c.x * cos + c.y * sin);
                along.into_iter().fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
            };
            let (a, b) = (span(&mine), span(&theirs));
            a.0 <= b.1 && b.0 <= a.1
        })
    }

    /// True if the straight line from `a` to `b` has a point in common with the box.
    pub fn touches_line(&self, a: Coord<f64>, b: Coord<f64>) -> bool {
        self.length_inside(a, b).is_some()
    }

    /// How much of the straight line from `a` to `b` lies in the box; `None` if it passes outside.
    pub fn length_inside(&self, a: Coord<f64>, b: Coord<f64>) -> Option<f64> {
        let (centre, reach) = (self.centre, self.half.x + self.half.y);
        if a.x.min(b.x) > centre.x + reach
            || a.x.max(b.x) < centre.x - reach
            || a.y.min(b.y) > centre.y + reach
            || a.y.max(b.y) < centre.y - reach
        {
            return None;
        }
        let back = Self { angle: -self.angle, ..*self };
        let (from, to) = (back.turn(a - self.centre), back.turn(b - self.centre));
        let half = Rect::new((-self.half.x, -self.half.y), (self.half.x, self.half.y));
        super::clip::segment(half, from, to).map(|(from, to)| (to.x - from.x).hypot(to.y - from.y))
    }

    /// True if the whole box lies in the rectangle.
    pub fn is_inside(&self, rect: Rect<f64>) -> bool {
        self.corners()
            .iter()
            .all(|c| c.x >= rect.min().x && c.x <= rect.max().x && c.y >= rect.min().y && c.y <= rect.max().y)
    }

    fn turn(&self, v: Coord<f64>) -> Coord<f64> {
        if self.angle == 0.0 {
            return v;
        }
        let (sin, cos) = self.angle.to_radians().sin_cos();
        Coord { x: v.x * cos - v.y * sin, y: v.x * sin + v.y * cos }
    }
}

/// True if two straight lines cross.
pub fn cross(a: (Coord<f64>, Coord<f64>), b: (Coord<f64>, Coord<f64>)) -> bool {
    let side =
        |p: Coord<f64>, q: Coord<f64>, r: Coord<f64>| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    side(a.0, a.1, b.0) * side(a.0, a.1, b.1) < 0.0 && side(b.0, b.1, a.0) * side(b.0, b.1, a.1) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64, angle: f64) -> Turned {
        Turned { centre: Coord { x, y }, half: Coord { x: 10.0, y: 1.0 }, angle }
    }

    #[test]
    fn a_turned_box_touches_only_what_it_really_covers() {
        let slanted = at(0.0, 0.0, 45.0);
        assert!(slanted.touches(&at(7.0, 7.0, 0.0)));
        assert!(!slanted.touches(&Turned::around(Coord { x: 6.0, y: -6.0 }, 3.0)), "only the bounds overlap");
        assert!(slanted.touches_line(Coord { x: 0.0, y: 5.0 }, Coord { x: 5.0, y: 0.0 }));
        assert!(!slanted.touches_line(Coord { x: 6.0, y: -6.0 }, Coord { x: 9.0, y: 3.0 }));
    }

    #[test]
    fn a_box_is_inside_the_frame_only_with_all_corners() {
        let frame = Rect::new((-10.5, -5.0), (10.5, 5.0));
        assert!(at(0.0, 0.0, 0.0).is_inside(frame));
        assert!(!at(0.0, 0.0, 45.0).is_inside(frame));
    }

    #[test]
    fn lines_that_share_an_end_do_not_cross() {
        let [a, b, c, d] = [(0.0, 0.0), (4.0, 4.0), (0.0, 4.0), (4.0, 0.0)].map(Coord::from);
        assert!(cross((a, b), (c, d)));
        assert!(!cross((a, b), (a, d)));
    }
}
