//! What stands under the columns of a waterfall: names in bold type, lines below them, each in the room of its column.

use geo_types::Coord;

use super::{
    palette,
    svg::{Anchor, Svg},
    text::{Cut, Style, wrap},
    waterfall::WaterfallColumn,
};

/// Between the texts of two columns.
const APART: f64 = 1.4;
/// From the axis to the first baseline; from line to line of a name and of what stands below; under the last line.
const FIRST: f64 = 4.6;
const NAME_LINE: f64 = 4.2;
const LINE: f64 = 3.7;
const FOOT: f64 = 1.2;

/// The words of all columns, broken into lines.
pub(super) struct Names {
    style: Style,
    names: Vec<Vec<String>>,
    lines: Vec<Vec<String>>,
    pitch: f64,
}

impl Names {
    /// Names are as large as the text of the page where all fit on one line, else as the text of figures.
    pub fn new(columns: &[&WaterfallColumn], pitch: f64) -> Self {
        let room = pitch - APART;
        let bold = Style::NOTE.cut(Cut::Semibold).fill(palette::INK);
        let large = bold.size(10.0);
        let fits = columns.iter().all(|column| large.width(&column.name) <= room);
        let style = if fits { large } else { bold };
        let broken = |text: &String, style: &Style| wrap(text, style, room);
        let names = columns.iter().map(|column| broken(&column.name, &style)).collect();
        let lines = columns
            .iter()
            .map(|column| column.lines.iter().flat_map(|line| broken(line, &Style::NOTE)).collect());
        Self { style, names, lines: lines.collect(), pitch }
    }

    /// Lines of the longest name.
    fn name_lines(&self) -> usize {
        self.names.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// The height of a drawing with this axis.
    pub fn height(&self, axis: f64) -> f64 {
        let lines = self.lines.iter().map(Vec::len).max().unwrap_or_default();
        let names = self.name_lines().saturating_sub(1) as f64 * NAME_LINE;
        // Rounded, so that the same words give the same bytes.
        ((axis + FIRST + names + lines as f64 * LINE + FOOT) * 100.0).round() / 100.0
    }

    /// Writes them under the axis.
    pub fn draw(&self, svg: &mut Svg, axis: f64) {
        let below = axis + FIRST + self.name_lines().saturating_sub(1) as f64 * NAME_LINE;
        for (column, (names, lines)) in self.names.iter().zip(&self.lines).enumerate() {
            let x = (column as f64 + 0.5) * self.pitch;
            for (number, name) in names.iter().enumerate() {
                let y = axis + FIRST + number as f64 * NAME_LINE;
                svg.text(Coord { x, y }, Anchor::Middle, &self.style, name);
            }
            for (number, line) in lines.iter().enumerate() {
                let y = below + (number + 1) as f64 * LINE;
                svg.text(Coord { x, y }, Anchor::Middle, &Style::NOTE, line);
            }
        }
    }
}
