//! A short SVG writer. Lengths are millimetres; coordinates are written to a hundredth of one.

use std::fmt::Write;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::{
    colour::Rgb,
    palette,
    text::{Cut, Style},
};

/// What a shape is filled with.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fill {
    /// Nothing.
    None,
    /// One colour.
    Flat(Rgb),
    /// White with 45 degree hatching: a value that is not shown.
    Hatch,
}

/// A line around or along a shape.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stroke {
    /// Colour.
    pub colour: Rgb,
    /// Width.
    pub width: f64,
    /// Length of dash and gap; a dash of 0 with round ends is a row of dots.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(colour: Rgb, width: f64) -> Self {
        Self { colour, width, dash: None }
    }

    /// A dashed line.
    pub const fn dashed(colour: Rgb, width: f64, dash: f64, gap: f64) -> Self {
        Self { colour, width, dash: Some((dash, gap)) }
    }
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// A drawing under way.
pub struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    /// An empty drawing of this printed size.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    /// Draws a path; nothing if it has no points.
    pub fn path(&mut self, path: &Path, fill: Fill, stroke: Option<Stroke>) {
        if path.data.is_empty() {
            return;
        }
        let _ = write!(self.body, r#"<path d="{}""#, path.data);
        self.paint(fill, stroke);
        self.body.push_str("/>");
    }

    /// Draws a circle.
    pub fn circle(&mut self, centre: Coord<f64>, radius: f64, fill: Fill, stroke: Option<Stroke>) {
        let (x, y, r) = (number(centre.x), number(centre.y), number(radius));
        let _ = write!(self.body, r#"<circle cx="{x}" cy="{y}" r="{r}""#);
        self.paint(fill, stroke);
        self.body.push_str("/>");
    }

    /// Draws an upright rectangle.
    pub fn rect(&mut self, corner: Coord<f64>, size: (f64, f64), fill: Fill, stroke: Option<Stroke>) {
        let (x, y, w, h) = (number(corner.x), number(corner.y), number(size.0), number(size.1));
        let _ = write!(self.body, r#"<rect x="{x}" y="{y}" width="{w}" height="{h}""#);
        self.paint(fill, stroke);
        self.body.push_str("/>");
    }

    /// Draws a straight line.
    pub fn line(&mut self, from: Coord<f64>, to: Coord<f64>, stroke: Stroke) {
        let mut path = Path::new();
        path.line(&[from, to]);
        self.path(&path, Fill::None, Some(stroke));
    }

    /// Writes a text with its baseline at `at`.
    pub fn text(&mut self, at: Coord<f64>, anchor: Anchor, style: &Style, text: &str) {
        self.set_text(at, anchor, 0.0, style, None, text);
    }

    /// Writes a text, turned by `angle` degrees clockwise around `at`, over a halo of this colour and stroke width. The halo is a
    /// text of its own: a stroke painted with the letters would eat into the letter before.
    pub fn text_with_halo(
        &mut self,
        at: Coord<f64>,
        anchor: Anchor,
        angle: f64,
        style: &Style,
        halo: (Rgb, f64),
        text: &str,
    ) {
        self.set_text(at, anchor, angle, style, Some(halo), text);
        self.set_text(at, anchor, angle, style, None, text);
    }

    /// Draws inside a rectangle only.
    pub fn clipped(&mut self, corner: Coord<f64>, size: (f64, f64), draw: impl FnOnce(&mut Self)) {
        let (x, y, w, h) = (number(corner.x), number(corner.y), number(size.0), number(size.1));
        let _ = write!(
            self.body,
            r#"<clipPath id="frame"><rect x="{x}" y="{y}" width="{w}" height="{h}"/></clipPath><g clip-path="url(#frame)">"#
        );
        draw(self);
        self.body.push_str("</g>");
    }

    /// Embeds finished SVG elements, scaled and moved.
    pub fn embed(&mut self, at: Coord<f64>, scale: f64, elements: &str) {
        let (x, y) = (number(at.x), number(at.y));
        let _ = write!(
            self.body,
            r#"<g transform="translate({x} {y}) scale({scale})" stroke-linejoin="round" stroke-linecap="round">{elements}</g>"#
        );
    }

    /// The finished document.
    pub fn finish(self) -> String {
        let (w, h) = (number(self.width), number(self.height));
        let hatch = if self.body.contains("url(#hatch)") { hatch() } else { String::new() };
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}mm" height="{h}mm" viewBox="0 0 {w} {h}" font-family="'Source Sans 3'" stroke-linejoin="round">{hatch}{}</svg>"#,
            self.body
        )
    }

    fn paint(&mut self, fill: Fill, stroke: Option<Stroke>) {
        let _ = match fill {
            Fill::None => write!(self.body, r#" fill="none""#),
            Fill::Flat(colour) => write!(self.body, r#" fill="{colour}""#),
            Fill::Hatch => write!(self.body, r#" fill="url(#hatch)""#),
        };
        let Some(Stroke { colour, width, dash }) = stroke else { return };
        let _ = write!(self.body, r#" stroke="{colour}" stroke-width="{}""#, number(width));
        match dash {
            Some((dash, gap)) => {
                let _ = write!(self.body, r#" stroke-dasharray="{} {}""#, number(dash), number(gap));
                if dash == 0.0 {
                    self.body.push_str(r#" stroke-linecap="round""#);
                }
            }
            None if fill == Fill::None => self.body.push_str(r#" stroke-linecap="round""#),
            None => {}
        }
    }

    fn set_text(
        &mut self,
        at: Coord<f64>,
        anchor: Anchor,
        angle: f64,
        style: &Style,
        halo: Option<(Rgb, f64)>,
        text: &str,
    ) {
        let (x, y, size) = (number(at.x), number(at.y), number(style.em()));
        let _ = write!(self.body, r#"<text x="{x}" y="{y}" font-size="{size}""#);
        self.body.push_str(match style.cut {
            Cut::Regular => "",
            Cut::Italic => r#" font-style="italic""#,
            Cut::Semibold => r#" font-weight="600""#,
            Cut::Bold => r#" font-weight="700""#,
        });
        self.body.push_str(match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        });
        if style.spacing != 0.0 {
            let _ = write!(self.body, r#" letter-spacing="{}""#, number(style.spacing));
        }
        if angle != 0.0 {
            let _ = write!(self.body, r#" transform="rotate({} {x} {y})""#, number(angle));
        }
        let _ = match halo {
            Some((colour, width)) => {
                write!(self.body, r#" fill="{colour}" stroke="{colour}" stroke-width="{}""#, number(width))
            }
            None => write!(self.body, r#" fill="{}""#, style.fill),
        };
        let _ = write!(self.body, ">{}</text>", escape(text));
    }
}

/// The outline of a shape, under way. Points after the first are written as steps, which keeps maps small.
pub struct Path {
    data: String,
}

impl Path {
    /// A path without points.
    pub const fn new() -> Self {
        Self { data: String::new() }
    }

    /// Adds an open line.
    pub fn line(&mut self, points: &[Coord<f64>]) {
        self.run(points, false);
    }

    /// Adds a closed ring; the closing point may be given or not.
    pub fn ring(&mut self, points: &[Coord<f64>]) {
        let open = match points {
            [first, rest @ .., last] if first == last && !rest.is_empty() => &points[..points.len() - 1],
            _ => points,
        };
        self.run(open, true);
    }

    /// Adds a line.
    pub fn line_string(&mut self, line: &LineString<f64>) {
        self.line(&line.0);
    }

    /// Adds a polygon with its holes.
    pub fn polygon(&mut self, polygon: &Polygon<f64>) {
        self.ring(&polygon.exterior().0);
        polygon.interiors().iter().for_each(|hole| self.ring(&hole.0));
    }

    /// Adds every polygon.
    pub fn multi_polygon(&mut self, polygons: &MultiPolygon<f64>) {
        polygons.iter().for_each(|polygon| self.polygon(polygon));
    }

    /// Adds half a circle, the left one.
    pub fn left_half_disc(&mut self, centre: Coord<f64>, radius: f64) {
        let (x, r) = (number(centre.x), number(radius));
        let (top, bottom) = (number(centre.y - radius), number(centre.y + radius));
        let _ = write!(self.data, "M{x} {top}A{r} {r} 0 0 0 {x} {bottom}Z");
    }

    fn run(&mut self, points: &[Coord<f64>], closed: bool) {
        let hundredths =
            |point: &Coord<f64>| ((point.x * 100.0).round() as i64, (point.y * 100.0).round() as i64);
        let mut rounded: Vec<(i64, i64)> = points.iter().map(hundredths).collect();
        rounded.dedup();
        let [first, rest @ ..] = &rounded[..] else { return };
        if rest.is_empty() || (closed && rest.len() < 2) {
            return;
        }
        let _ = write!(self.data, "M{} {}l", hundredth(first.0), hundredth(first.1));
        let mut last = *first;
        for (i, point) in rest.iter().enumerate() {
            let gap = if i == 0 { "" } else { " " };
            let _ = write!(self.data, "{gap}{} {}", hundredth(point.0 - last.0), hundredth(point.1 - last.1));
            last = *point;
        }
        if closed {
            self.data.push('Z');
        }
    }
}

/// Text as it may stand in XML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn hatch() -> String {
    format!(
        concat!(
            r#"<pattern id="hatch" width="1.2" height="1.2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
            r#"<rect width="1.2" height="1.2" fill="{}"/><rect width="0.28" height="1.2" fill="{}"/></pattern>"#
        ),
        palette::WHITE,
        palette::INK_3
    )
}

fn number(value: f64) -> String {
    hundredth((value * 100.0).round() as i64)
}

/// A number of hundredths as short as SVG allows: `-.5`, `12`, `3.07`.
fn hundredth(value: i64) -> String {
    let (whole, part) = (value.abs() / 100, value.abs() % 100);
    let mut out = String::from(if value < 0 { "-" } else { "" });
    if whole > 0 || part == 0 {
        let _ = write!(out, "{whole}");
    }
    if part > 0 {
        let _ = write!(out, ".{part:02}");
        if part % 10 == 0 {
            out.pop();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_short_as_they_can_be() {
        let cases =
            [(0.0, "0"), (-0.5, "-.5"), (12.0, "12"), (3.07, "3.07"), (-10.25, "-10.25"), (0.004, "0")];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn steps_add_up_to_the_rounded_points() {
        let mut path = Path::new();
        path.line(&[(0.004, 0.0).into(), (0.014, 0.0).into(), (10.0, -0.5).into()]);
        assert_eq!(path.data, "M0 0l.01 0 9.99 -.5");
    }

    #[test]
    fn a_shape_smaller_than_a_hundredth_of_a_millimetre_is_not_drawn() {
        let mut svg = Svg::new(10.0, 10.0);
        let mut path = Path::new();
        path.ring(&[(1.0, 1.0).into(), (1.001, 1.0).into(), (1.001, 1.001).into()]);
        svg.path(&path, Fill::Flat(palette::INK), None);
        assert!(!svg.finish().contains("<path"));
    }

    #[test]
    fn text_is_escaped_and_its_halo_comes_first() {
        let mut svg = Svg::new(10.0, 10.0);
        let at = (5.0, 5.0).into();
        svg.text_with_halo(at, Anchor::Middle, 0.0, &Style::NOTE, (palette::LAND, 0.7), "A & <B>");
        let svg = svg.finish();
        assert_eq!(svg.matches("A &amp; &lt;B&gt;").count(), 2);
        assert!(svg.find("stroke-width=\".7\"") < svg.rfind("<text"));
    }
}
