//! The lines of a trend: plotters draws them, in whole numbers, so at 40 units to a printed millimetre.

use geo_types::Coord;
use plotters::{
    prelude::{IntoDrawingArea, PathElement, SVGBackend},
    style::{RGBColor, ShapeStyle},
};

use super::colour::Rgb;

const UNITS: f64 = 40.0;

/// One line, in pieces: a piece ends where a value is not shown, missing, or defined anew.
pub(super) struct Series {
    pub pieces: Vec<Vec<Coord<f64>>>,
    pub colour: Rgb,
    /// Millimetres.
    pub width: f64,
}

impl Series {
    /// All straight lines of the series.
    pub fn segments(&self) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + '_ {
        self.pieces.iter().flat_map(|piece| piece.windows(2).map(|pair| (pair[0], pair[1])))
    }

    /// Points that no line reaches.
    pub fn lone_points(&self) -> impl Iterator<Item = Coord<f64>> + '_ {
        self.pieces.iter().filter(|piece| piece.len() == 1).map(|piece| piece[0])
    }
}

/// The lines of all series as SVG elements, to be drawn at 1/40 of their size.
pub(super) fn line_geometry(size: (f64, f64), series: &[&Series]) -> String {
    let mut text = String::new();
    {
        let pixels = |length: f64| (length * UNITS).ceil() as u32;
        let area = SVGBackend::with_string(&mut text, (pixels(size.0), pixels(size.1))).into_drawing_area();
        for series in series {
            let Rgb(r, g, b) = series.colour;
            let style =
                ShapeStyle::from(RGBColor(r, g, b)).stroke_width((series.width * UNITS).round() as u32);
            for piece in series.pieces.iter().filter(|piece| piece.len() > 1) {
                let points: Vec<(i32, i32)> = piece.iter().map(whole).collect();
                area.draw(&PathElement::new(points, style)).expect("writing to memory cannot fail");
            }
        }
        area.present().expect("writing to memory cannot fail");
    }
    let inner = text.find("<polyline").map_or("", |from| &text[from..]);
    inner.trim_end().trim_end_matches("</svg>").replace(['\n', '\r'], "")
}

/// The factor that brings [`line_geometry`] to millimetres.
pub(super) const SCALE: f64 = 1.0 / UNITS;

fn whole(point: &Coord<f64>) -> (i32, i32) {
    ((point.x * UNITS).round() as i32, (point.y * UNITS).round() as i32)
}

/// Moves positions apart so that neighbours keep `gap`, all stay between `low` and `high` if there is room, the order
/// is kept, and each stays near its wish.
pub(super) fn spread(wishes: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]));
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for index in &order {
        groups.push((wishes[*index].clamp(low, high), 1));
        while let [.., (above, n), (below, m)] = groups[..] {
            if below - above >= gap * (n + m) as f64 / 2.0 {
                break;
            }
            let centre = (above * n as f64 + below * m as f64) / (n + m) as f64;
            let reach = gap * (n + m - 1) as f64 / 2.0;
            let kept = centre.min(high - reach).max(low + reach);
            groups.truncate(groups.len() - 2);
            groups.push((kept, n + m));
        }
    }
    let mut places = vec![0.0; wishes.len()];
    let mut order = order.into_iter();
    for (centre, count) in groups {
        let top = centre - gap * (count - 1) as f64 / 2.0;
        for (i, index) in order.by_ref().take(count).enumerate() {
            places[index] = top + gap * i as f64;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_pushed_apart_in_order_and_stay_inside() {
        assert_eq!(spread(&[10.0, 5.0], 3.5, 0.0, 20.0), [10.0, 5.0]);
        assert_eq!(spread(&[10.0, 9.0], 3.0, 0.0, 20.0), [11.0, 8.0]);
        assert_eq!(spread(&[0.0, 0.5, 1.0], 3.0, 0.0, 20.0), [0.0, 3.0, 6.0]);
        let tight = spread(&[4.0, 4.0, 7.5], 3.5, 0.0, 20.0);
        assert!(tight.windows(2).all(|pair| pair[1] - pair[0] >= 3.5 - 1e-9), "{tight:?}");
    }

    #[test]
    fn each_piece_becomes_one_polyline_and_a_lone_point_none() {
        let point = |x: f64| Coord { x, y: 1.0 };
        let series = Series {
            pieces: vec![vec![point(1.0), point(2.0)], vec![point(4.0)], vec![point(6.0), point(7.0)]],
            colour: Rgb::hex(0x005A78),
            width: 0.75,
        };
        let elements = line_geometry((54.0, 31.0), &[&series]);
        assert_eq!(elements.matches("<polyline").count(), 2);
        assert!(elements.contains("stroke-width=\"30\"") && elements.contains("40,40 80,40"));
        assert!(!elements.contains("svg>"));
        assert_eq!(series.lone_points().count(), 1);
    }
}
