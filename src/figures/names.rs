//! A name on a map: one or two lines of text, how much room they take, and how they are written over a halo.

use geo_types::Coord;

use super::{
    colour::Rgb,
    place_labels::Spot,
    svg::{Anchor, Svg},
    text::{self, ASCENT, DESCENT, Style},
};

/// Distance of two lines of a name, in ems: 3.4 mm at 8 pt.
const PITCH: f64 = 1.205;

/// A text to be placed.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Name {
    lines: Vec<(String, Style)>,
}

impl Name {
    /// A name on one line.
    pub fn new(text: impl Into<String>, style: Style) -> Self {
        Self { lines: vec![(text.into(), style)] }
    }

    /// The same with a line more.
    pub fn and(mut self, text: impl Into<String>, style: Style) -> Self {
        self.lines.push((text.into(), style));
        self
    }

    /// The forms to be tried in order: on one line; broken in two at a space, a slash or a hyphen, if it can be.
    pub fn forms(text: &str, style: Style) -> Vec<Self> {
        let broken = text::break_in_two(text, &style).map(|[a, b]| Self::new(a, style).and(b, style));
        std::iter::once(Self::new(text, style)).chain(broken).collect()
    }

    /// Width and height, millimetres.
    pub fn size(&self) -> (f64, f64) {
        let width = self.lines.iter().map(|(text, style)| style.width(text)).fold(0.0, f64::max);
        let em = self.em();
        let pitch = (self.lines.len() - 1) as f64 * PITCH * em;
        (width, (ASCENT + DESCENT) * em + pitch)
    }

    /// Writes the name at its spot over a halo in the colour of the ground.
    pub fn draw(&self, svg: &mut Svg, spot: &Spot, ground: Rgb, halo: f64) {
        let area = &spot.area;
        let (sin, cos) = area.angle.to_radians().sin_cos();
        let across = match spot.align {
            Anchor::Start => -area.half.x,
            Anchor::Middle => 0.0,
            Anchor::End => area.half.x,
        };
        for (i, (text, style)) in self.lines.iter().enumerate() {
            let down = -area.half.y + ASCENT * self.em() + i as f64 * PITCH * self.em();
            let at = Coord {
                x: area.centre.x + across * cos - down * sin,
                y: area.centre.y + across * sin + down * cos,
            };
            svg.text_with_halo(at, spot.align, area.angle, style, (ground, halo), text);
        }
    }

    fn em(&self) -> f64 {
        self.lines.iter().map(|(_, style)| style.em()).fold(0.0, f64::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_two_lines_is_narrower_and_higher_than_on_one() {
        let forms = Name::forms("Stationsbakken/Gamle Torv Nordøst", Style::NOTE);
        let [one, two] = &forms[..] else { panic!("expected two forms, found {}", forms.len()) };
        assert!(two.size().0 < one.size().0);
        assert!((two.size().1 - one.size().1 - 3.4).abs() < 0.01);
        assert_eq!(Name::forms("Grønnevang", Style::NOTE).len(), 1);
    }
}
