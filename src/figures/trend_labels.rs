//! The texts of a trend: periods under the axis, last values at the right, names of the lines, notes in gaps.

use geo_types::{Coord, Rect};

use super::{
    boxes::Turned,
    palette,
    svg::{Anchor, Svg},
    text::{ASCENT, CAP_HEIGHT, Cut, DESCENT, Style},
    trend::{PLOT_X, PLOT_Y, Plot, TREND_WIDTH, TrendSpec, break_places},
    trend_lines::spread,
};
use crate::compute::State;

/// Left edge of the labels at the lines' right ends.
const END_LABELS: f64 = PLOT_X.1 + 1.9;
/// Distance of two of them.
const END_GAP: f64 = 3.5;

/// Writes all texts.
pub(super) fn draw(svg: &mut Svg, spec: &TrendSpec, plot: &Plot) {
    let mut board = Board { svg, lines: plot.segments(), taken: Vec::new() };
    periods(&mut board, plot);
    end_labels(&mut board, spec, plot);
    break_notes(&mut board, spec, plot);
    hidden_note(&mut board, spec, plot);
    line_names(&mut board, spec, plot);
}

/// The periods printed under the axis: first, middle and last, or all of three; fewer if they would touch.
pub(super) fn axis_labels(plot: &Plot) -> Vec<(&str, f64)> {
    let label = |i: usize| plot.periods.get(i).map(|(_, label, x)| (label.as_str(), *x));
    let last = plot.periods.len() - 1;
    let chosen: Vec<_> = [0, last / 2, last].into_iter().filter_map(label).collect();
    let mut kept: Vec<(&str, f64)> = Vec::new();
    for (text, x) in [0, 2, 1].into_iter().filter_map(|i| chosen.get(i).copied()) {
        let clear = |other: &(&str, f64)| {
            let room = (Style::NOTE.width(text) + Style::NOTE.width(other.0)) / 2.0 + 1.5;
            (other.1 - x).abs() >= room
        };
        if kept.iter().all(clear) {
            kept.push((text, x));
        }
    }
    kept.sort_by(|a, b| a.1.total_cmp(&b.1));
    kept
}

/// Texts already written, and the lines that others should keep clear of.
struct Board<'a> {
    svg: &'a mut Svg,
    lines: Vec<(Coord<f64>, Coord<f64>)>,
    taken: Vec<Turned>,
}

impl Board<'_> {
    fn write(&mut self, at: Coord<f64>, anchor: Anchor, style: &Style, text: &str) {
        self.taken.push(text_box(at, anchor, style, text));
        self.svg.text(at, anchor, style, text);
    }

    /// Writes the text at the first place where it touches no text and no line; nowhere if there is none.
    fn write_where_free(&mut self, places: &[Coord<f64>], anchor: Anchor, style: &Style, text: &str) {
        let free = |at: &&Coord<f64>| {
            let area = text_box(**at, anchor, style, text);
            let frame = Rect::new((0.0, 0.0), (TREND_WIDTH, PLOT_Y.1));
            let clear = area.grown(0.35);
            area.is_inside(frame)
                && !self.taken.iter().any(|other| other.touches(&clear))
                && !self.lines.iter().any(|(a, b)| clear.touches_line(*a, *b))
        };
        if let Some(at) = places.iter().find(free).copied() {
            self.write(at, anchor, style, text);
        }
    }
}

fn text_box(at: Coord<f64>, anchor: Anchor, style: &Style, text: &str) -> Turned {
    let width = style.width(text);
    let left = match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - width / 2.0,
        Anchor::End => at.x - width,
    };
    let em = style.em();
    Turned::upright(Rect::new((left, at.y - ASCENT * em), (left + width, at.y + DESCENT * em)))
}

fn periods(board: &mut Board, plot: &Plot) {
    for (text, x) in axis_labels(plot) {
        let half = Style::NOTE.width(text) / 2.0;
        let at = Coord { x: x.clamp(half, TREND_WIDTH - half), y: PLOT_Y.1 + 3.6 };
        board.write(at, Anchor::Middle, &Style::NOTE, text);
    }
}

fn end_labels(board: &mut Board, spec: &TrendSpec, plot: &Plot) {
    let last = |points: &[super::trend::TrendPoint]| match points.last().map(|point| &point.value) {
        Some(State::Shown(value)) => spec.words.format.number(*value),
        _ => String::new(),
    };
    let mut labels: Vec<(f64, String, &str, Style)> = Vec::new();
    if let Some(end) = plot.own_end {
        labels.push((end.y, last(spec.own), "", Style::NOTE.cut(Cut::Bold).fill(spec.theme.primary)));
    }
    if let (Some(y), Some(limit)) = (plot.limit, spec.limit) {
        labels.push((
            y,
            spec.words.format.number(limit),
            &spec.words.limit,
            Style::NOTE.cut(Cut::Semibold).fill(palette::INK),
        ));
    }
    if let Some(end) = plot.other_end {
        labels.push((end.y, last(spec.other), &spec.words.other, Style::NOTE.cut(Cut::Bold)));
    }
    let wishes: Vec<f64> = labels.iter().map(|label| label.0).collect();
    for (y, (_, value, word, style)) in spread(&wishes, END_GAP, PLOT_Y.0, PLOT_Y.1 + 0.6).iter().zip(labels)
    {
        let baseline = y + CAP_HEIGHT * style.em() / 2.0;
        board.write(Coord { x: END_LABELS, y: baseline }, Anchor::Start, &style, &value);
        let (from, word_style) = (END_LABELS + style.width(&value) + 0.7, style.cut(Cut::Regular));
        if !word.is_empty() && from + word_style.width(word) <= TREND_WIDTH {
            board.write(Coord { x: from, y: baseline }, Anchor::Start, &word_style, word);
        }
    }
}

fn break_notes(board: &mut Board, spec: &TrendSpec, plot: &Plot) {
    for x in break_places(spec, plot) {
        let width = Style::NOTE.width(&spec.words.broken);
        let right = [Coord { x: x + 0.8, y: 2.3 }];
        let left = [Coord { x: x - 0.8 - width, y: 2.3 }];
        board.write_where_free(
            if x + width < TREND_WIDTH - 1.0 { &right } else { &left },
            Anchor::Start,
            &Style::NOTE,
            &spec.words.broken,
        );
    }
}

/// "vises ikke", once, in the widest gap: at the height of the line, else where it is free.
fn hidden_note(board: &mut Board, spec: &TrendSpec, plot: &Plot) {
    let widest = plot.hidden.iter().max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let Some((from, to)) = widest else { return };
    let half = Style::NOTE.width(&spec.words.hidden) / 2.0;
    let x = ((from + to) / 2.0).clamp(half, PLOT_X.1 + 1.0 - half);
    let near = |point: &Coord<f64>| point.x >= from - 6.0 && point.x <= to + 6.0;
    let around: Vec<f64> = plot.own.pieces.iter().flatten().filter(|p| near(p)).map(|p| p.y).collect();
    let middle = if around.is_empty() { 14.0 } else { around.iter().sum::<f64>() / around.len() as f64 };
    let mut places: Vec<Coord<f64>> = (0..50)
        .map(|i| PLOT_Y.0 + 2.0 + 0.4 * f64::from(i))
        .filter(|y| *y < PLOT_Y.1 - 2.9)
        .map(|y| Coord { x, y })
        .collect();
    places.sort_by(|a, b| (a.y - middle - 1.0).abs().total_cmp(&(b.y - middle - 1.0).abs()));
    board.write_where_free(&places, Anchor::Middle, &Style::NOTE, &spec.words.hidden);
}

fn line_names(board: &mut Board, spec: &TrendSpec, plot: &Plot) {
    let Some([own, other]) = &spec.words.names else { return };
    let primary = Style::NOTE.cut(Cut::Bold).fill(spec.theme.primary);
    for (series, name, style) in [(&plot.own, own, primary), (&plot.other, other, Style::NOTE)] {
        let points: Vec<Coord<f64>> = series.pieces.iter().flatten().copied().collect();
        let places: Vec<Coord<f64>> = points
            .iter()
            .flat_map(|p| [3.2, -1.3, 4.0, -2.1, 5.0, -3.0].map(|dy| Coord { x: p.x, y: p.y + dy }))
            .filter(|at| at.x + style.width(name) <= PLOT_X.1 + 1.0 && at.y < PLOT_Y.1 - 0.5)
            .collect();
        board.write_where_free(&places, Anchor::Start, &style, name);
    }
}
