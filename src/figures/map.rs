//! What all maps share: their words, the view from metres to millimetres, and the strip below the frame.

use geo_types::{Coord, Rect};

use super::{
    palette,
    scale::round_length,
    svg::{Anchor, Fill, Path, Stroke, Svg},
    text::{self, Cut, Style},
};
use crate::numbers::{Decimal, Format};

/// Ready words for a map.
#[derive(Clone, Debug, Default)]
pub struct MapWords {
    /// The first sentences of the alt text: what the map shows, with its main numbers.
    pub alt: String,
    /// Beside the north arrow: "nord".
    pub north: String,
    /// Unit of a short scale bar: "meter".
    pub metres: String,
    /// Unit of a long scale bar: "km".
    pub kilometres: String,
    /// Where the map comes from, with the month of its data.
    pub source: String,
    /// Where a value is not shown: "vises ikke".
    pub hidden: String,
    /// Added to the alt text when names found no room; `{names}` is replaced by them.
    pub not_named: String,
    /// The same when they are too many to list; `{count}` is replaced.
    pub many_not_named: String,
    /// How its numbers are printed.
    pub format: Format,
}

/// Printed size of a map's frame, millimetres. The strip below comes on top of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MapSize {
    /// Width of the frame.
    pub width: f64,
    /// Height of the frame.
    pub height: f64,
}

/// From metres in the world to millimetres on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct View {
    /// Centre of the frame, metres.
    centre: Coord<f64>,
    /// Printed millimetres a metre.
    pub scale: f64,
    pub size: MapSize,
}

impl View {
    /// A view in which `extent` fills the frame but for a margin of `margin` millimetres on each side, and that is at
    /// least `min_width` metres wide. `lower` moves the extent's centre down by this share of the frame's height.
    pub fn fit(extent: Rect<f64>, size: MapSize, margin: f64, min_width: f64, lower: f64) -> Self {
        let room = (size.width - 2.0 * margin, size.height - 2.0 * margin);
        let fits = (room.0 / extent.width().max(1.0)).min(room.1 / extent.height().max(1.0));
        let scale = fits.min(size.width / min_width.max(1.0));
        let middle = extent.center();
        let centre = Coord { x: middle.x, y: middle.y + lower * size.height / scale };
        Self { centre, scale, size }
    }

    /// The same view, moved over `extent` so that less lies outside it; what was in the middle stays in the inner half.
    pub fn moved_over(self, extent: Rect<f64>) -> Self {
        let window = self.window(0.0);
        let shift = |low: f64, high: f64, from: f64, to: f64| {
            let (most, width) = ((high - low) / 4.0, high - low);
            let wished = if width >= to - from {
                (from + to - low - high) / 2.0
            } else {
                (from - low).max(0.0) + (to - high).min(0.0)
            };
            wished.clamp(-most, most)
        };
        let (low, high) = (window.min(), window.max());
        let x = shift(low.x, high.x, extent.min().x, extent.max().x);
        let y = shift(low.y, high.y, extent.min().y, extent.max().y);
        Self { centre: Coord { x: self.centre.x + x, y: self.centre.y + y }, ..self }
    }

    /// A point on the page.
    pub fn point(&self, at: Coord<f64>) -> Coord<f64> {
        Coord {
            x: self.size.width / 2.0 + (at.x - self.centre.x) * self.scale,
            y: self.size.height / 2.0 - (at.y - self.centre.y) * self.scale,
        }
    }

    /// The frame on the page, widened by `margin` millimetres on each side (narrowed if negative).
    pub fn frame(&self, margin: f64) -> Rect<f64> {
        Rect::new((-margin, -margin), (self.size.width + margin, self.size.height + margin))
    }

    /// The part of the world inside [`Self::frame`].
    pub fn window(&self, margin: f64) -> Rect<f64> {
        let half = Coord {
            x: (self.size.width / 2.0 + margin) / self.scale,
            y: (self.size.height / 2.0 + margin) / self.scale,
        };
        Rect::new(self.centre - half, self.centre + half)
    }
}

/// Baseline of the first line of a strip, millimetres below the frame.
const FIRST_LINE: f64 = 5.1;
/// Distance of lines in a strip.
const LINE: f64 = 4.1;

/// Height of [`strip`] below the frame.
pub(super) fn strip_height(view: &View, words: &MapWords) -> f64 {
    FIRST_LINE + 1.2 + LINE * (source_lines(&words.source, Bar::new(view, words).room).len() - 1) as f64
}

/// The scale bar of a strip.
struct Bar {
    from: f64,
    to: f64,
    label: String,
    /// What is left for the source to its right.
    room: f64,
}

impl Bar {
    fn new(view: &View, words: &MapWords) -> Self {
        let from = 3.6 + Style::NOTE.width(&words.north) + 3.2;
        let length = round_length(view.scale, 12.5, 25.0);
        let to = from + length * view.scale;
        let label = length_label(length, words);
        let room = view.size.width - (to + 1.4 + Style::NOTE.width(&label) + 2.2);
        Self { from, to, label, room }
    }
}

/// Draws north arrow, scale bar and source below the frame. The source takes a second line if it has no room in the first.
pub(super) fn strip(svg: &mut Svg, view: &View, words: &MapWords) {
    let y = view.size.height + FIRST_LINE;
    north_arrow(svg, Coord { x: 1.6, y });
    svg.text(Coord { x: 3.6, y }, Anchor::Start, &Style::NOTE, &words.north);
    let Bar { from, to, label, room } = Bar::new(view, words);
    let bar = [(from, y - 2.0), (from, y - 0.8), (to, y - 0.8), (to, y - 2.0)].map(Coord::from);
    let mut path = Path::new();
    path.line(&bar);
    svg.path(&path, Fill::None, Some(Stroke::solid(palette::INK, 0.3)));
    svg.text(Coord { x: to + 1.4, y }, Anchor::Start, &Style::NOTE, &label);
    for (i, line) in source_lines(&words.source, room).iter().enumerate() {
        let at = Coord { x: view.size.width, y: y + LINE * i as f64 };
        svg.text(at, Anchor::End, &Style::NOTE, line);
    }
}

/// The source on one line if there is room, else as much as fits and the rest below.
fn source_lines(source: &str, room: f64) -> Vec<String> {
    if Style::NOTE.width(source) <= room {
        return vec![source.to_string()];
    }
    let first = text::wrap(source, &Style::NOTE, room).swap_remove(0);
    if Style::NOTE.width(&first) > room {
        return vec![String::new(), source.to_string()];
    }
    let rest = source[first.len()..].trim_start().to_string();
    vec![first, rest]
}

/// A distance as printed: whole metres below a kilometre, else kilometres with at most one decimal.
pub(super) fn length_label(metres: f64, words: &MapWords) -> String {
    let (value, unit) =
        if metres < 1000.0 { (metres.round(), &words.metres) } else { (metres / 1000.0, &words.kilometres) };
    let places = u8::from((value - value.round()).abs() > 0.049);
    let number =
        Decimal::from_f64(value, places).map(|number| words.format.number(number)).unwrap_or_default();
    format!("{number}{}{unit}", crate::numbers::NO_BREAK)
}

fn north_arrow(svg: &mut Svg, at: Coord<f64>) {
    let point = |x: f64, y: f64| Coord { x: at.x + x, y: at.y + y };
    let mut whole = Path::new();
    whole.ring(&[point(0.0, -3.9), point(1.25, 0.2), point(0.0, -0.75), point(-1.25, 0.2)]);
    svg.path(&whole, Fill::Flat(palette::WHITE), Some(Stroke::solid(palette::INK, 0.25)));
    let mut half = Path::new();
    half.ring(&[point(0.0, -3.9), point(1.25, 0.2), point(0.0, -0.75)]);
    svg.path(&half, Fill::Flat(palette::INK), None);
}

/// The alt text: its lead, and the names that found no room on the map.
pub(super) fn alt_text(words: &MapWords, not_named: &[String]) -> String {
    const MOST_LISTED: usize = 12;
    let rest = match not_named.len() {
        0 => return words.alt.clone(),
        1..=MOST_LISTED => words.not_named.replace("{names}", &not_named.join(", ")),
        count => words.many_not_named.replace("{count}", &words.format.count(count as i64)),
    };
    format!("{} {rest}", words.alt)
}

/// A name in 8 pt semibold `ink`.
pub(super) const NAME: Style = Style::NOTE.cut(Cut::Semibold).fill(palette::INK);

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: MapSize = MapSize { width: 72.0, height: 100.0 };

    #[test]
    fn a_view_keeps_the_extent_inside_the_frame_and_north_up() {
        let extent = Rect::new((1000.0, 2000.0), (1400.0, 2900.0));
        let view = View::fit(extent, SIZE, 5.0, 0.0, 0.0);
        let (low, high) = (view.point(extent.min()), view.point(extent.max()));
        assert!((low.y - 95.0).abs() < 1e-9 && (high.y - 5.0).abs() < 1e-9);
        assert!(low.x >= 5.0 && high.x <= 67.0);
        assert!(view.window(0.0).width() > 400.0);
    }

    #[test]
    fn a_scale_bar_has_the_decimal_mark_of_the_language() {
        let mut words = crate::figures::testing::words();
        assert_eq!(length_label(1500.0, &words), "1,5\u{a0}km");
        words.format = Format::English;
        assert_eq!(length_label(1500.0, &words), "1.5\u{a0}km");
    }

    #[test]
    fn a_small_area_is_shown_in_a_window_of_the_least_width() {
        let view = View::fit(Rect::new((0.0, 0.0), (10.0, 10.0)), SIZE, 5.0, 2000.0, 0.1);
        assert!((view.window(0.0).width() - 2000.0).abs() < 1e-6);
        assert!((view.point(Coord { x: 5.0, y: 5.0 }).y - 60.0).abs() < 1e-9);
    }

    #[test]
    fn a_view_at_the_edge_is_moved_inwards_but_keeps_its_middle_in_the_inner_half() {
        let extent = Rect::new((0.0, 0.0), (9000.0, 9000.0));
        let corner = Rect::new((0.0, 0.0), (10.0, 10.0));
        let view = View::fit(corner, SIZE, 5.0, 2000.0, 0.0).moved_over(extent);
        let (at, window) = (view.point(corner.center()), view.window(0.0));
        assert!((at.x - 18.0).abs() < 0.01 && (at.y - 75.0).abs() < 0.01, "{at:?}");
        assert!(window.min().x > -510.0);
    }

    #[test]
    fn lengths_are_printed_in_metres_below_a_kilometre() {
        let words = MapWords { metres: "meter".into(), kilometres: "km".into(), ..MapWords::default() };
        let cases = [(500.0, "500\u{a0}meter"), (1000.0, "1\u{a0}km"), (1500.0, "1,5\u{a0}km")];
        for (metres, label) in cases {
            assert_eq!(length_label(metres, &words), label);
        }
    }

    #[test]
    fn a_source_without_room_moves_to_the_second_line_whole_or_in_part() {
        assert_eq!(source_lines("Kort: GeoDanmark", 5.0), ["", "Kort: GeoDanmark"]);
        assert_eq!(source_lines("Kort: GeoDanmark", 8.0), ["Kort:", "GeoDanmark"]);
        assert_eq!(source_lines("Kort: GeoDanmark", 80.0), ["Kort: GeoDanmark"]);
    }

    #[test]
    fn names_without_room_are_listed_or_counted_in_the_alt_text() {
        let words = MapWords {
            alt: "Kort.".into(),
            not_named: "Uden navn: {names}.".into(),
            many_not_named: "{count} uden navn.".into(),
            ..MapWords::default()
        };
        assert_eq!(alt_text(&words, &[]), "Kort.");
        assert_eq!(alt_text(&words, &["A".into(), "B".into()]), "Kort. Uden navn: A, B.");
        assert_eq!(alt_text(&words, &vec![String::new(); 40]), "Kort. 40 uden navn.");
    }
}
