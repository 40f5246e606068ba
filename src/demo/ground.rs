//! Ground that is already taken: a raster of 4 m cells over the municipality.

use super::plane::{self, Point};

const CELL: f64 = 4.0;
const WIDE: usize = 5_000;
const HIGH: usize = 4_400;

/// The raster. A cell is taken or free.
#[derive(Clone)]
pub struct Ground {
    taken: Vec<bool>,
}

impl Ground {
    /// Nothing is taken.
    pub fn free() -> Self {
        Self { taken: vec![false; WIDE * HIGH] }
    }

    fn cell(p: Point) -> (isize, isize) {
        let corner = plane::plan((0.0, 0.0));
        (((p.x - corner.x) / CELL).floor() as isize, ((p.y - corner.y) / CELL).floor() as isize)
    }

    fn place(x: isize, y: isize) -> Option<usize> {
        let fits = (0..WIDE as isize).contains(&x) && (0..HIGH as isize).contains(&y);
        fits.then(|| y as usize * WIDE + x as usize)
    }

    /// Whether a point is free; outside the raster nothing is.
    pub fn is_free(&self, p: Point) -> bool {
        let (x, y) = Self::cell(p);
        Self::place(x, y).is_some_and(|i| !self.taken[i])
    }

    /// Takes everything within `radius` of a point.
    pub fn take_disc(&mut self, p: Point, radius: f64) {
        let (x, y) = Self::cell(p);
        let reach = (radius / CELL).ceil() as isize;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                if (dx * dx + dy * dy) as f64 * CELL * CELL <= radius * radius
                    && let Some(i) = Self::place(x + dx, y + dy)
                {
                    self.taken[i] = true;
                }
            }
        }
    }

    /// Takes everything within `radius` of a line.
    pub fn take_line(&mut self, line: &[Point], radius: f64) {
        for w in line.windows(2) {
            let steps = (plane::gap(w[0], w[1]) / CELL).ceil().max(1.0);
            for i in 0..=steps as usize {
                let t = i as f64 / steps;
                let p = Point { x: w[0].x + t * (w[1].x - w[0].x), y: w[0].y + t * (w[1].y - w[0].y) };
                self.take_disc(p, radius);
            }
        }
    }

    /// Takes every cell whose middle is inside a ring, row by row.
    pub fn take_ring(&mut self, ring: &[Point]) {
        let corner = plane::plan((0.0, 0.0));
        for y in 0..HIGH {
            let north = corner.y + (y as f64 + 0.5) * CELL;
            let mut crossings: Vec<f64> = (0..ring.len())
                .map(|i| (ring[i], ring[(i + 1) % ring.len()]))
                .filter(|(a, b)| (a.y > north) != (b.y > north))
                .map(|(a, b)| (b.x - a.x) * (north - a.y) / (b.y - a.y) + a.x - corner.x)
                .collect();
            crossings.sort_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                let from = (pair[0] / CELL - 0.5).ceil().clamp(0.0, WIDE as f64) as usize;
                let to = (pair[1] / CELL - 0.5).ceil().clamp(0.0, WIDE as f64) as usize;
                self.taken[y * WIDE + from..y * WIDE + to.max(from)].fill(true);
            }
        }
    }
}
