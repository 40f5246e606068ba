//! The waterfall: a value before and after, and between them what each step took it up or down.
//!
//! The totals are cut off above their axis, and a white zigzag says so: what is compared are the steps, on one scale.

use geo_types::Coord;

use super::{
    DataTable, Figure,
    palette::{self, Theme},
    scale::Scale,
    svg::{Anchor, Fill, Path, Stroke, Svg},
    text::{Cut, Style},
    waterfall_names::Names,
};
use crate::{
    ids::{AreaId, ValueId},
    numbers::Decimal,
};

/// Whether a step is for the good: the colour. The direction is told by a triangle.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// For the better.
    Better,
    /// For the worse.
    Worse,
    /// Neither.
    Neutral,
}

/// A column of a waterfall: one of the two totals, or a step.
#[derive(Clone, Debug)]
pub struct WaterfallColumn {
    /// What stands under it in bold type.
    pub name: String,
    /// What stands below that, in short lines.
    pub lines: Vec<String>,
    /// The total, or what the step adds.
    pub value: Decimal,
    /// The same as printed.
    pub printed: String,
    /// The colour of a step.
    pub tone: Tone,
}

/// What a waterfall shows.
pub struct WaterfallSpec<'a> {
    /// The area it is about.
    pub subject: &'a AreaId,
    /// The address of the split.
    pub id: ValueId,
    /// The value before.
    pub start: &'a WaterfallColumn,
    /// What lies between, in order. Their values add up to `end` less `start`.
    pub steps: &'a [WaterfallColumn],
    /// The value after.
    pub end: &'a WaterfallColumn,
    /// The whole alt text.
    pub alt: String,
    /// The table behind the drawing.
    pub table: DataTable,
    /// The municipality's colours.
    pub theme: &'a Theme,
}

/// Printed width, millimetres.
pub const WATERFALL_WIDTH: f64 = 174.0;

/// The axis, and where the highest and the lowest level stand: under the lowest one there is room for a number below a step
/// and for the cut of the totals.
const AXIS: f64 = 37.0;
const LEVELS: (f64, f64) = (25.0, 5.6);
/// Width of a column at most, and its part of the room that it has.
const BAR: f64 = 16.0;
const OF_PITCH: f64 = 0.62;
/// Steps are drawn at most so large: that many millimetres for ten units of the last place printed.
const LARGEST: f64 = 9.0;
/// Height of a triangle; a lower step has none, its number has a sign.
const TRIANGLE: f64 = 3.2;
/// A step of nothing is a line.
const THIN: f64 = 0.4;

/// Draws a waterfall.
pub fn waterfall(spec: &WaterfallSpec) -> Figure {
    let plot = Plot::new(spec);
    let names = Names::new(&plot.columns(), plot.pitch);
    let height = names.height(AXIS);
    let mut svg = Svg::new(WATERFALL_WIDTH, height);
    plot.totals(&mut svg);
    plot.steps(&mut svg);
    let line = Stroke::solid(palette::INK_2, 0.25);
    svg.line(Coord { x: 0.0, y: AXIS }, Coord { x: WATERFALL_WIDTH, y: AXIS }, line);
    names.draw(&mut svg, AXIS);
    Figure {
        shows: [spec.id.clone()].into(),
        subject: Some(spec.subject.clone()),
        svg: svg.finish(),
        width: WATERFALL_WIDTH,
        height,
        alt: spec.alt.clone(),
        table: spec.table.clone(),
    }
}

struct Plot<'a> {
    spec: &'a WaterfallSpec<'a>,
    /// The level before each step, and the last one.
    levels: Vec<f64>,
    y: Scale,
    /// Room for a column.
    pitch: f64,
    bar: f64,
}

impl<'a> Plot<'a> {
    fn new(spec: &'a WaterfallSpec<'a>) -> Self {
        let mut levels = vec![spec.start.value.to_f64()];
        for step in spec.steps {
            levels.push(levels[levels.len() - 1] + step.value.to_f64());
        }
        let low = levels.iter().copied().fold(f64::INFINITY, f64::min);
        let high = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Steps that are all small stay small.
        let unit = 10.0_f64.powi(1 - i32::from(spec.start.value.places));
        let least = (LEVELS.0 - LEVELS.1) / LARGEST * unit;
        let y = Scale::new((low, low + (high - low).max(least)), LEVELS);
        let pitch = WATERFALL_WIDTH / (spec.steps.len() + 2) as f64;
        Self { spec, levels, y, pitch, bar: BAR.min(OF_PITCH * pitch) }
    }

    fn columns(&self) -> Vec<&'a WaterfallColumn> {
        let ends = [self.spec.start, self.spec.end];
        ends[..1].iter().copied().chain(self.spec.steps).chain(ends[1..].iter().copied()).collect()
    }

    fn middle(&self, column: usize) -> f64 {
        (column as f64 + 0.5) * self.pitch
    }

    fn totals(&self, svg: &mut Svg) {
        let last = self.spec.steps.len() + 1;
        let totals = [(0, self.spec.start, palette::INK_3), (last, self.spec.end, self.spec.theme.primary)];
        for (column, total, colour) in totals {
            let x = self.middle(column) - self.bar / 2.0;
            let top = self.y.at(self.levels[if column == 0 { 0 } else { self.levels.len() - 1 }]);
            svg.rect(Coord { x, y: top }, (self.bar, AXIS - top), Fill::Flat(colour), None);
            let mut cut = Path::new();
            let along = |part: f64, up: f64| Coord { x: x + part * self.bar, y: AXIS - 3.4 - up };
            cut.line(&[
                along(0.0, 0.3),
                along(0.25, 1.1),
                along(0.55, -0.3),
                along(0.8, 0.8),
                along(1.0, 0.1),
            ]);
            svg.path(&cut, Fill::None, Some(Stroke::solid(palette::WHITE, 0.9)));
            let bold = Style::NOTE.cut(Cut::Bold).fill(palette::WHITE);
            let sizes = [10.0, 9.0, 8.0].map(|size| bold.size(size));
            let style = sizes.iter().find(|style| style.width(&total.printed) <= self.bar - 0.6);
            let style = style.unwrap_or(&sizes[2]);
            svg.text(Coord { x: self.middle(column), y: top + 4.6 }, Anchor::Middle, style, &total.printed);
        }
    }

    fn steps(&self, svg: &mut Svg) {
        for (number, step) in self.spec.steps.iter().enumerate() {
            let (from, to) = (self.y.at(self.levels[number]), self.y.at(self.levels[number + 1]));
            let (middle, top, high) = (self.middle(number + 1), from.min(to), (from - to).abs());
            let (fill, ink) = match step.tone {
                Tone::Worse => (palette::WORSE, palette::WORSE),
                Tone::Better => (palette::BETTER, palette::BETTER),
                Tone::Neutral => (palette::INK_3, palette::INK_2),
            };
            let x = middle - self.bar / 2.0;
            svg.rect(Coord { x, y: top }, (self.bar, high.max(THIN)), Fill::Flat(fill), None);
            let up = step.value.units > 0;
            if high >= TRIANGLE + 1.0 {
                let centre = top + high / 2.0;
                let (base, tip) = (TRIANGLE / 2.0, -TRIANGLE / 2.0);
                let (base, tip) = if up { (base, tip) } else { (-base, -tip) };
                let mut triangle = Path::new();
                let at = |dx: f64, dy: f64| Coord { x: middle + dx, y: centre + dy };
                triangle.ring(&[at(-1.6, base), at(1.6, base), at(0.0, tip)]);
                svg.path(&triangle, Fill::Flat(palette::WHITE), None);
            }
            let style = Style::NOTE.size(10.0).cut(Cut::Bold).fill(ink);
            let y = if step.value.units < 0 { top + high + 4.1 } else { top - 1.4 };
            svg.text(Coord { x: middle, y }, Anchor::Middle, &style, &step.printed);
        }
        for (number, level) in self.levels.iter().enumerate() {
            let (y, half) = (self.y.at(*level), self.bar / 2.0);
            let ends = [self.middle(number) + half, self.middle(number + 1) - half];
            let [from, to] = ends.map(|x| Coord { x, y });
            svg.line(from, to, Stroke::solid(palette::INK_2, 0.2));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{figures::testing::assert_readable, ids::Period};

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).expect("a number")
    }

    fn column(name: &str, value: &str, lines: &[&str]) -> WaterfallColumn {
        let value = number(value);
        let tone = if value.units > 0 { Tone::Worse } else { Tone::Better };
        let lines = lines.iter().map(ToString::to_string).collect();
        WaterfallColumn { name: name.into(), lines, value, printed: value.danish(), tone }
    }

    fn draw(start: &str, steps: &[WaterfallColumn], end: &str) -> Figure {
        let total = |name: &str, value: &str| WaterfallColumn {
            printed: format!("{} pct.", number(value).danish()),
            ..column(name, value, &["333 af 812", "uden tilknytning"])
        };
        let theme = Theme::default();
        waterfall(&WaterfallSpec {
            subject: &"alhojen".into(),
            id: ValueId::own("moves/work", &"alhojen".into(), Period::Year(2025)),
            start: &total("2024", start),
            steps,
            end: &total("2025", end),
            alt: "Andelen faldt.".into(),
            table: DataTable::default(),
            theme: &theme,
        })
    }

    /// The steps of the pattern page: 39.8 + 1.8 + 1.1 − 1.0 − 0.7 = 41.0.
    fn pattern() -> Vec<WaterfallColumn> {
        vec![
            column("Tilflyttere", "1.8", &["118 flyttede ind", "62 uden tilknytning", "(53 pct.)"]),
            column("Fraflyttere", "1.1", &["104 flyttede ud", "33 uden tilknytning", "(32 pct.)"]),
            column("Blev boende", "-1.0", &["38 mistede, 46 fik", "tilknytning"]),
            column("Alder og dødsfald", "-0.7", &["21 kom til, 29 gik ud"]),
        ]
    }

    /// Top and height of every rectangle of a colour.
    fn rects(svg: &str, colour: &str) -> Vec<(f64, f64)> {
        let rects = svg.split("<rect ").skip(1).filter_map(|rest| rest.split_once("/>"));
        let attribute = |rect: &str, name: &str| -> Option<f64> {
            rect.split_once(&format!(" {name}=\""))?.1.split_once('"')?.0.parse().ok()
        };
        let of_colour = rects.filter(|(rect, _)| rect.contains(colour));
        of_colour.filter_map(|(rect, _)| Some((attribute(rect, "y")?, attribute(rect, "height")?))).collect()
    }

    #[test]
    fn the_steps_are_as_high_as_their_points_on_one_scale_and_lead_from_the_start_to_the_end() {
        let figure = draw("39.8", &pattern(), "41.0");
        let (up, down) = (rects(&figure.svg, "#A8421B"), rects(&figure.svg, "#146A74"));
        let heights: Vec<f64> = up.iter().chain(&down).map(|(_, height)| *height).collect();
        // 2.9 points between the lowest level (39.8) and the highest (42.7) over 25 − 5.6 mm.
        let expected = [1.8, 1.1, 1.0, 0.7].map(|points| points * (25.0 - 5.6) / 2.9);
        assert!(heights.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.011), "{heights:?}");
        let start = rects(&figure.svg, "#5A6770")[0].0;
        let end = rects(&figure.svg, &Theme::default().primary.to_string())[0].0;
        assert!((start - (up[0].0 + up[0].1)).abs() < 0.02, "the first step begins at the start");
        assert!((end - (down[1].0 + down[1].1)).abs() < 0.02, "the last step ends at the end");
        assert_readable(&figure);
    }

    #[test]
    fn a_step_of_nothing_is_a_line_and_small_steps_are_not_blown_up() {
        let steps = [column("Tilflyttere", "0.1", &[]), column("Blev boende", "0.0", &[])];
        let figure = draw("20.0", &steps, "20.1");
        assert_eq!(rects(&figure.svg, "#146A74")[0].1, THIN);
        assert!((rects(&figure.svg, "#A8421B")[0].1 - 0.1 * LARGEST).abs() < 0.011);
        assert_readable(&figure);
    }

    #[test]
    fn eight_columns_with_long_names_are_readable() {
        let mut steps = pattern();
        steps.push(column("Rettelser i registret", "0.2", &["5 personer"]));
        steps.push(column("Fraflyttere, alder og dødsfald", "-12.4", &["121 personer"]));
        assert_readable(&draw("39.8", &steps, "28.8"));
    }
}
