//! The pyramid: residents by age and sex in per cent of all, the area as bars, the municipality as a stepped line.

use std::collections::BTreeSet;

use geo_types::Coord;

use super::{
    DataTable, Figure,
    palette::{self, Theme},
    svg::{Anchor, Fill, Stroke, Svg},
    text::{Cut, Style},
};
use crate::{
    compute::State,
    ids::{AreaId, ValueId},
};

/// One sex in one age group.
#[derive(Clone, Debug)]
pub struct PyramidSide {
    /// The address of its share.
    pub id: ValueId,
    /// The area's share in per cent of all its residents, if it is shown.
    pub own: State<f64>,
    /// The municipality's, if it is shown.
    pub other: Option<f64>,
    /// Both as printed in the table behind the drawing.
    pub printed: [String; 2],
}

/// An age group.
#[derive(Clone, Debug)]
pub struct PyramidBand {
    /// As printed between the bars: `20–29`.
    pub label: String,
    /// Men, women.
    pub sides: [PyramidSide; 2],
}

/// Ready words.
#[derive(Clone, Debug, Default)]
pub struct PyramidWords {
    /// The whole alt text.
    pub alt: String,
    /// Over the bars: men, women.
    pub sides: [String; 2],
    /// Beside the hatch of a hidden group: "vises ikke".
    pub hidden: String,
    /// The end of the axis, with its unit; the number stands for `#`.
    pub axis_end: String,
    /// Heads of the table's columns: age; men and women in the area, men and women in the municipality.
    pub head: [String; 5],
}

/// What a pyramid shows.
pub struct PyramidSpec<'a> {
    /// The area it is about.
    pub subject: &'a AreaId,
    /// Age groups of one width, the youngest first.
    pub bands: &'a [PyramidBand],
    /// Ready words.
    pub words: &'a PyramidWords,
    /// The municipality's colours.
    pub theme: &'a Theme,
}

/// Printed width, millimetres.
pub const PYRAMID_WIDTH: f64 = 84.0;
/// Printed height, millimetres.
pub const PYRAMID_HEIGHT: f64 = 66.8;

/// Top of the bars, and their height in all: nine bars of 6.
const TOP: f64 = 6.5;
const STACK: f64 = 54.0;
/// Space between two bars.
const APART: f64 = 0.7;
/// Where the bars begin: the gap between them holds the age groups.
const STARTS: [f64; 2] = [35.8, 48.2];
/// Length of the axis; a bar may be longer, to the edge of the drawing.
const AXIS: f64 = 28.2;
/// What the axis can end with, per cent.
const ENDS: [u32; 9] = [2, 4, 8, 12, 16, 20, 30, 60, 100];
/// The hatch of a hidden group, whatever its share.
const SWATCH: (f64, f64) = (6.0, 3.0);

/// Draws a pyramid; `None` if no share of the area is shown.
pub fn pyramid(spec: &PyramidSpec) -> Option<Figure> {
    let shown = || spec.bands.iter().flat_map(|band| &band.sides).filter_map(|side| number(&side.own));
    shown().next()?;
    let others = spec.bands.iter().flat_map(|band| &band.sides).filter_map(|side| side.other);
    let most = shown().chain(others).fold(0.0, f64::max);
    let room = STARTS[0] / AXIS;
    let end = ENDS.into_iter().find(|end| most <= f64::from(*end) * room).unwrap_or(100);
    let plot = Plot { spec, pitch: STACK / spec.bands.len() as f64, scale: AXIS / f64::from(end) };
    let mut svg = Svg::new(PYRAMID_WIDTH, PYRAMID_HEIGHT);
    plot.heads(&mut svg);
    plot.bars(&mut svg);
    plot.municipality(&mut svg);
    plot.hidden(&mut svg);
    plot.axis(&mut svg, end);
    Some(Figure {
        shows: shows(spec),
        subject: Some(spec.subject.clone()),
        svg: svg.finish(),
        width: PYRAMID_WIDTH,
        height: PYRAMID_HEIGHT,
        alt: spec.words.alt.clone(),
        table: table(spec),
    })
}

fn number(state: &State<f64>) -> Option<f64> {
    match state {
        State::Shown(value) => Some(*value),
        _ => None,
    }
}

/// Which way the bars of a side grow.
fn direction(side: usize) -> f64 {
    if side == 0 { -1.0 } else { 1.0 }
}

struct Plot<'a> {
    spec: &'a PyramidSpec<'a>,
    /// Height of an age group, the space under it included.
    pitch: f64,
    /// Millimetres for one per cent.
    scale: f64,
}

impl Plot<'_> {
    /// Top of the bar of a band; the youngest stands lowest.
    fn top(&self, band: usize) -> f64 {
        TOP + (self.spec.bands.len() - 1 - band) as f64 * self.pitch
    }

    fn heads(&self, svg: &mut Svg) {
        let style = Style::NOTE.cut(Cut::Semibold).fill(palette::INK);
        for (side, anchor) in [Anchor::End, Anchor::Start].into_iter().enumerate() {
            svg.text(Coord { x: STARTS[side], y: 3.6 }, anchor, &style, &self.spec.words.sides[side]);
        }
    }

    fn bars(&self, svg: &mut Svg) {
        let label = Style::NOTE.fill(palette::INK);
        for (number_of, band) in self.spec.bands.iter().enumerate() {
            let (top, height) = (self.top(number_of), self.pitch - APART);
            for (side, of) in band.sides.iter().enumerate() {
                let Some(share) = number(&of.own) else { continue };
                let length = share * self.scale;
                let x = if side == 0 { STARTS[0] - length } else { STARTS[1] };
                svg.rect(Coord { x, y: top }, (length, height), Fill::Flat(self.spec.theme.primary), None);
            }
            let middle = Coord { x: PYRAMID_WIDTH / 2.0, y: top + height / 2.0 + 1.0 };
            svg.text(middle, Anchor::Middle, &label, &band.label);
        }
    }

    /// A stepped line on each side, broken where the municipality's share is not shown.
    fn municipality(&self, svg: &mut Svg) {
        for (side, start) in STARTS.into_iter().enumerate() {
            let x = |share: f64| start + direction(side) * share * self.scale;
            let mut runs: Vec<Vec<Coord<f64>>> = vec![Vec::new()];
            for (band, of) in self.spec.bands.iter().enumerate() {
                let run = runs.len() - 1;
                match of.sides[side].other {
                    Some(share) => {
                        let top = self.top(band) - APART / 2.0;
                        let bottom = top + self.pitch;
                        runs[run].extend([bottom, top].map(|y| Coord { x: x(share), y }));
                    }
                    None => runs.push(Vec::new()),
                }
            }
            for run in runs.iter().filter(|run| run.len() > 1) {
                for (colour, width) in [(palette::WHITE, 0.9), (palette::INK, 0.4)] {
                    run.windows(2).for_each(|ends| svg.line(ends[0], ends[1], Stroke::solid(colour, width)));
                }
            }
        }
    }

    /// Hidden groups all look the same.
    fn hidden(&self, svg: &mut Svg) {
        let style = Style::NOTE;
        for (band, of) in self.spec.bands.iter().enumerate() {
            let middle = self.top(band) + (self.pitch - APART) / 2.0;
            for (side, start) in STARTS.into_iter().enumerate() {
                if !matches!(of.sides[side].own, State::Hidden) {
                    continue;
                }
                let corner =
                    Coord { x: if side == 0 { start - SWATCH.0 } else { start }, y: middle - SWATCH.1 / 2.0 };
                let edge = Stroke::solid(palette::INK_3, 0.2);
                svg.rect(corner, SWATCH, Fill::Hatch, Some(edge));
                let at = Coord { x: start + direction(side) * (SWATCH.0 + 1.2), y: middle + 1.0 };
                let anchor = if side == 0 { Anchor::End } else { Anchor::Start };
                svg.text_with_halo(at, anchor, 0.0, &style, (palette::WHITE, 0.9), &self.spec.words.hidden);
            }
        }
    }

    fn axis(&self, svg: &mut Svg, end: u32) {
        let y = TOP + STACK;
        for (side, start) in STARTS.into_iter().enumerate() {
            for share in [0, end / 2, end] {
                let x = start + direction(side) * f64::from(share) * self.scale;
                svg.line(
                    Coord { x, y: y + 0.3 },
                    Coord { x, y: y + 1.3 },
                    Stroke::solid(palette::MUNI, 0.25),
                );
                let text = if share == end && side == 1 {
                    self.spec.words.axis_end.replace('#', &share.to_string())
                } else {
                    share.to_string()
                };
                svg.text(Coord { x, y: y + 5.0 }, Anchor::Middle, &Style::NOTE, &text);
            }
        }
    }
}

fn shows(spec: &PyramidSpec) -> BTreeSet<ValueId> {
    let municipality = AreaId::municipality();
    let sides = spec.bands.iter().flat_map(|band| &band.sides);
    sides
        .flat_map(|side| {
            let own = number(&side.own).map(|_| side.id.clone());
            let other = side.other.map(|_| ValueId { area: municipality.clone(), ..side.id.clone() });
            own.into_iter().chain(other)
        })
        .collect()
}

fn table(spec: &PyramidSpec) -> DataTable {
    let row = |band: &PyramidBand| {
        let [men, women] = &band.sides;
        let cells = [&men.printed[0], &women.printed[0], &men.printed[1], &women.printed[1]];
        std::iter::once(&band.label).chain(cells).cloned().collect()
    };
    DataTable { head: spec.words.head.to_vec(), rows: spec.bands.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{figures::testing::assert_readable, ids::Period};

    /// Men and women of Gronnevang by ten-year groups, in thousandths of all residents: made up, together 1,000.
    const MEN: [u32; 9] = [68, 83, 81, 75, 73, 61, 37, 19, 7];
    const WOMEN: [u32; 9] = [65, 78, 85, 72, 70, 60, 36, 20, 10];

    fn side(sex: &str, band: usize, own: State<f64>) -> PyramidSide {
        let id = ValueId::own(format!("{sex}-{band}"), &"alhojen".into(), Period::Year(2025));
        PyramidSide { id, own, other: Some(5.5), printed: ["–".into(), "5,5".into()] }
    }

    fn bands() -> Vec<PyramidBand> {
        let share = |thousandths: u32| State::Shown(f64::from(thousandths) / 10.0);
        (0..9)
            .map(|band| PyramidBand {
                label: format!("{}–{}", band * 10, band * 10 + 9),
                sides: [side("men", band, share(MEN[band])), side("women", band, share(WOMEN[band]))],
            })
            .collect()
    }

    fn draw(bands: &[PyramidBand]) -> Option<Figure> {
        let words = PyramidWords {
            alt: "Alhojen efter alder og køn.".into(),
            sides: ["Mænd".into(), "Kvinder".into()],
            hidden: "vises ikke".into(),
            axis_end: "# pct.".into(),
            head: ["Alder", "Mænd", "Kvinder", "Mænd", "Kvinder"].map(Into::into),
        };
        let theme = Theme::default();
        pyramid(&PyramidSpec { subject: &"alhojen".into(), bands, words: &words, theme: &theme })
    }

    /// The widths of all bars in the area's colour.
    fn bars(svg: &str) -> Vec<f64> {
        let colour = Theme::default().primary.to_string();
        let rects =
            svg.split("<rect ").skip(1).filter_map(|rest| rest.split_once("/>").map(|(rect, _)| rect));
        let width = |rect: &str| rect.split_once("width=\"")?.1.split_once('"')?.0.parse().ok();
        rects.filter(|rect| rect.contains(&colour)).filter_map(width).collect()
    }

    #[test]
    fn the_bars_add_up_to_everybody_as_drawn() {
        let figure = draw(&bands()).expect("shares are shown");
        let bars = bars(&figure.svg);
        assert_eq!(bars.len(), 18);
        // The largest share is 8.5 per cent, so the axis ends at 8 and one per cent is 28.2 / 8 mm; each bar is written to a
        // hundredth of a millimetre.
        let all: f64 = bars.iter().sum::<f64>() / (28.2 / 8.0);
        assert!((all - 100.0).abs() < 0.05, "{all}");
        assert_readable(&figure);
    }

    #[test]
    fn a_hidden_group_is_hatched_alike_whatever_it_is_and_has_no_number() {
        let hidden_at = |band: usize| {
            let mut bands = bands();
            bands[band].sides[0].own = State::Hidden;
            draw(&bands).expect("the others are shown")
        };
        let (young, old) = (hidden_at(1), hidden_at(8));
        for figure in [&young, &old] {
            assert_eq!(bars(&figure.svg).len(), 17);
            assert_eq!(figure.svg.matches("url(#hatch)").count(), 1);
            assert!(figure.svg.contains("vises ikke"));
            assert_eq!(figure.shows.len(), 17 + 18);
            assert_readable(figure);
        }
        let swatch = |figure: &Figure| {
            let rects = figure.svg.split("<rect ").skip(1);
            let hatched = rects.filter(|rect| rect.contains("url(#hatch)"));
            hatched
                .filter_map(|rect| Some(rect.split_once("width=\"")?.1.split_once('"')?.0.to_string()))
                .collect()
        };
        let (one, other): (Vec<String>, Vec<String>) = (swatch(&young), swatch(&old));
        assert_eq!(one, other);
    }

    #[test]
    fn without_any_group_that_is_shown_there_is_no_pyramid() {
        let mut bands = bands();
        bands.iter_mut().flat_map(|band| &mut band.sides).for_each(|side| side.own = State::Hidden);
        assert!(draw(&bands).is_none());
    }

    #[test]
    fn broad_groups_of_a_small_place_fill_the_same_height_and_widen_the_axis() {
        let share = |percent: f64| State::Shown(percent);
        let bands: Vec<PyramidBand> = [12.0, 11.0, 13.0, 10.0, 4.0]
            .into_iter()
            .enumerate()
            .map(|(band, percent)| PyramidBand {
                label: format!("{}–{}", band * 20, band * 20 + 19),
                sides: [side("men", band, share(percent)), side("women", band, share(percent))],
            })
            .collect();
        let figure = draw(&bands).expect("shares are shown");
        assert_eq!(figure.height, PYRAMID_HEIGHT);
        assert!(figure.svg.contains(">12 pct.</text>"), "13 per cent fits beyond an axis to 12");
        let all: f64 = bars(&figure.svg).iter().sum::<f64>() / (28.2 / 12.0);
        assert!((all - 100.0).abs() < 0.05, "{all}");
        assert_readable(&figure);
    }
}
