//! A small trend: an area's values over time, its comparator, and a legal limit (54 x 31 mm; the title stands outside).

use std::collections::BTreeSet;

use geo_types::Coord;

use super::{
    DataTable, Figure,
    palette::{self, Theme},
    scale::Scale,
    svg::{Fill, Stroke, Svg},
    trend_labels,
    trend_lines::{self, Series},
};
use crate::{
    compute::State,
    ids::{AreaId, Period, ValueId},
    numbers::{Decimal, Format},
};

/// One value of a series.
#[derive(Clone, Debug)]
pub struct TrendPoint {
    /// Its address, which carries the period.
    pub id: ValueId,
    /// The period as printed on the axis.
    pub label: String,
    /// The value, if it is shown.
    pub value: State<Decimal>,
}

/// Ready words for a trend.
#[derive(Clone, Debug, Default)]
pub struct TrendWords {
    /// The whole alt text.
    pub alt: String,
    /// After the comparator's last value: "resten".
    pub other: String,
    /// After the limit: "grænse".
    pub limit: String,
    /// In the gap of a hidden value: "vises ikke".
    pub hidden: String,
    /// At a break: "ny definition".
    pub broken: String,
    /// Names of the area's and the comparator's line at their left ends, for the first trend of a page.
    pub names: Option<[String; 2]>,
    /// Heads of the table's columns: period, area, comparator.
    pub head: [String; 3],
    /// How its numbers are printed.
    pub format: Format,
}

/// What a trend shows.
pub struct TrendSpec<'a> {
    /// The area it is about.
    pub subject: &'a AreaId,
    /// The area's values, in order of period.
    pub own: &'a [TrendPoint],
    /// The comparator's values, in order of period; may be empty.
    pub other: &'a [TrendPoint],
    /// The legal limit.
    pub limit: Option<Decimal>,
    /// First periods under a new definition: no line is drawn across.
    pub breaks: &'a [Period],
    /// Ready words.
    pub words: &'a TrendWords,
    /// The municipality's colours.
    pub theme: &'a Theme,
}

/// Printed width of a trend, millimetres.
pub const TREND_WIDTH: f64 = 54.0;
/// Printed height of a trend, millimetres.
pub const TREND_HEIGHT: f64 = 31.0;

/// Left and right end of the plot.
pub(super) const PLOT_X: (f64, f64) = (2.8, 37.0);
/// Top of the plot, and its axis.
pub(super) const PLOT_Y: (f64, f64) = (2.2, 26.6);

/// Draws a trend; `None` if no value of the area is shown.
pub fn trend(spec: &TrendSpec) -> Option<Figure> {
    let plot = Plot::new(spec)?;
    let mut svg = Svg::new(TREND_WIDTH, TREND_HEIGHT);
    axis(&mut svg, &plot);
    hatch_hidden(&mut svg, spec, &plot);
    mark_breaks(&mut svg, spec, &plot);
    if let Some(y) = plot.limit {
        let dashed = Stroke::dashed(palette::INK, 0.25, 1.0, 0.8);
        svg.line(Coord { x: PLOT_X.0 - 2.0, y }, Coord { x: PLOT_X.1, y }, dashed);
    }
    let lines = trend_lines::line_geometry((TREND_WIDTH, TREND_HEIGHT), &[&plot.other, &plot.own]);
    svg.embed(Coord { x: 0.0, y: 0.0 }, trend_lines::SCALE, &lines);
    dots(&mut svg, &plot.other, plot.other_end, 0.7);
    dots(&mut svg, &plot.own, plot.own_end, 1.1);
    trend_labels::draw(&mut svg, spec, &plot);
    Some(Figure {
        shows: shown(spec),
        subject: Some(spec.subject.clone()),
        svg: svg.finish(),
        width: TREND_WIDTH,
        height: TREND_HEIGHT,
        alt: spec.words.alt.clone(),
        table: table(spec),
    })
}

/// Everything's place on the page.
pub(super) struct Plot {
    /// Periods with a value of the area or the comparator, with their label and place on the axis.
    pub periods: Vec<(Period, String, f64)>,
    pub own: Series,
    pub other: Series,
    /// The last value of each, if it belongs to the last period.
    pub own_end: Option<Coord<f64>>,
    pub other_end: Option<Coord<f64>>,
    pub limit: Option<f64>,
    /// Spans of the axis where the area's value is hidden.
    pub hidden: Vec<(f64, f64)>,
}

impl Plot {
    fn new(spec: &TrendSpec) -> Option<Self> {
        let mut labels: Vec<(Period, String)> =
            spec.own.iter().chain(spec.other).map(|point| (point.id.period, point.label.clone())).collect();
        labels.sort();
        labels.dedup_by_key(|(period, _)| *period);
        let span = (ordinal(labels.first()?.0), ordinal(labels.last()?.0));
        let x = Scale::new(span, PLOT_X);
        let place = |period: Period| x.at(ordinal(period));
        let y = value_scale(spec)?;
        let half_step = (PLOT_X.1 - PLOT_X.0) / (span.1 - span.0).max(1.0) / 2.0;
        let last = labels.last()?.0;
        let end = |points: &[TrendPoint]| {
            let point = points.last().filter(|point| point.id.period == last)?;
            number(&point.value).map(|value| Coord { x: place(last), y: y.at(value) })
        };
        let series =
            |points, colour, width| Series { pieces: pieces(points, spec.breaks, &place, &y), colour, width };
        Some(Self {
            own: series(spec.own, spec.theme.primary, 0.75),
            other: series(spec.other, palette::MUNI, 0.4),
            own_end: end(spec.own),
            other_end: end(spec.other),
            limit: spec.limit.map(|limit| y.at(limit.to_f64())),
            hidden: hidden_runs(spec.own, &place, half_step),
            periods: labels.into_iter().map(|(period, label)| (period, label, place(period))).collect(),
        })
    }

    /// Every straight line of the plot, the limit included.
    pub fn segments(&self) -> Vec<(Coord<f64>, Coord<f64>)> {
        let limit = self.limit.map(|y| (Coord { x: PLOT_X.0, y }, Coord { x: PLOT_X.1, y }));
        self.own.segments().chain(self.other.segments()).chain(limit).collect()
    }
}

/// The place of a period on a line of time, in steps of its kind.
fn ordinal(period: Period) -> f64 {
    let part = match period {
        Period::Year(_) => 1,
        Period::Half(_, part) | Period::Quarter(_, part) | Period::Month(_, part) => part,
    };
    f64::from(period.year()) * f64::from(period.per_year()) + f64::from(part)
}

fn number(value: &State<Decimal>) -> Option<f64> {
    match value {
        State::Shown(value) => Some(value.to_f64()),
        State::Hidden | State::Missing(_) => None,
    }
}

/// From the lowest to the highest value or limit, but never less than a tenth of the highest: small wobbles stay small.
fn value_scale(spec: &TrendSpec) -> Option<Scale> {
    spec.own.iter().find_map(|point| number(&point.value))?;
    let values = spec.own.iter().chain(spec.other).filter_map(|point| number(&point.value));
    let (low, high) = values
        .chain(spec.limit.map(Decimal::to_f64))
        .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let widen = ((low.abs().max(high.abs()) * 0.1 - (high - low)) / 2.0).max(0.0);
    let top = PLOT_Y.0 + if spec.breaks.is_empty() { 1.2 } else { 3.6 };
    Some(Scale::new((low - widen, high + widen), (PLOT_Y.1 - 2.0, top)))
}

fn pieces(
    points: &[TrendPoint],
    breaks: &[Period],
    place: &impl Fn(Period) -> f64,
    y: &Scale,
) -> Vec<Vec<Coord<f64>>> {
    let mut pieces: Vec<Vec<Coord<f64>>> = vec![Vec::new()];
    let mut before: Option<Period> = None;
    for point in points {
        let period = point.id.period;
        let gap = before.is_some_and(|before| before.shift(1) != period) || breaks.contains(&period);
        if gap {
            pieces.push(Vec::new());
        }
        before = Some(period);
        match (number(&point.value), pieces.last_mut()) {
            (Some(value), Some(piece)) => piece.push(Coord { x: place(period), y: y.at(value) }),
            _ => pieces.push(Vec::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn hidden_runs(points: &[TrendPoint], place: &impl Fn(Period) -> f64, half_step: f64) -> Vec<(f64, f64)> {
    points
        .chunk_by(|a, b| (a.value == State::Hidden) == (b.value == State::Hidden))
        .filter(|run| run[0].value == State::Hidden)
        .map(|run| (place(run[0].id.period) - half_step, place(run[run.len() - 1].id.period) + half_step))
        .map(|(from, to)| (from.max(PLOT_X.0 - 2.0), to.min(PLOT_X.1)))
        .collect()
}

fn axis(svg: &mut Svg, plot: &Plot) {
    let line = Stroke::solid(palette::MUNI, 0.25);
    let y = PLOT_Y.1;
    svg.line(Coord { x: PLOT_X.0 - 2.0, y }, Coord { x: PLOT_X.1 + 0.6, y }, line);
    for (_, x) in trend_labels::axis_labels(plot) {
        svg.line(Coord { x, y }, Coord { x, y: y + 0.8 }, line);
    }
}

fn hatch_hidden(svg: &mut Svg, spec: &TrendSpec, plot: &Plot) {
    debug_assert!(plot.hidden.is_empty() || spec.own.iter().any(|point| point.value == State::Hidden));
    for (from, to) in &plot.hidden {
        let corner = Coord { x: *from, y: PLOT_Y.1 - 2.2 };
        svg.rect(corner, (to - from, 2.2), Fill::Hatch, Some(Stroke::solid(palette::INK_3, 0.15)));
    }
}

fn mark_breaks(svg: &mut Svg, spec: &TrendSpec, plot: &Plot) {
    for x in break_places(spec, plot) {
        let dashed = Stroke::dashed(palette::INK_3, 0.25, 0.6, 0.6);
        svg.line(Coord { x, y: 0.4 }, Coord { x, y: PLOT_Y.1 }, dashed);
    }
}

/// Where the definition changes: half-way between the last period before and the first after.
pub(super) fn break_places(spec: &TrendSpec, plot: &Plot) -> Vec<f64> {
    let between = |pair: &[(Period, String, f64)]| {
        spec.breaks.contains(&pair[1].0).then(|| (pair[0].2 + pair[1].2) / 2.0)
    };
    plot.periods.windows(2).filter_map(between).collect()
}

fn dots(svg: &mut Svg, series: &Series, end: Option<Coord<f64>>, radius: f64) {
    let fill = Fill::Flat(series.colour);
    for point in series.lone_points() {
        svg.circle(point, radius.min(0.7), fill, None);
    }
    if let Some(end) = end {
        let outline = (radius > 1.0).then_some(Stroke::solid(palette::WHITE, 0.35));
        svg.circle(end, radius, fill, outline);
    }
}

fn shown(spec: &TrendSpec) -> BTreeSet<ValueId> {
    let points = spec.own.iter().chain(spec.other);
    points.filter(|point| number(&point.value).is_some()).map(|point| point.id.clone()).collect()
}

fn table(spec: &TrendSpec) -> DataTable {
    let print = |points: &[TrendPoint], period: Period| {
        let point = points.iter().find(|point| point.id.period == period);
        match point.map(|point| &point.value) {
            Some(State::Shown(value)) => spec.words.format.number(*value),
            Some(State::Hidden) => spec.words.hidden.clone(),
            Some(State::Missing(_)) | None => "–".to_string(),
        }
    };
    let mut periods: Vec<(Period, &String)> =
        spec.own.iter().chain(spec.other).map(|point| (point.id.period, &point.label)).collect();
    periods.sort();
    periods.dedup_by_key(|(period, _)| *period);
    let columns = if spec.other.is_empty() { 2 } else { 3 };
    let row = |(period, label): &(Period, &String)| {
        let mut row = vec![label.to_string(), print(spec.own, *period), print(spec.other, *period)];
        row.truncate(columns);
        row
    };
    DataTable { head: spec.words.head[..columns].to_vec(), rows: periods.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::testing;

    fn points(values: &[&str], from: u16) -> Vec<TrendPoint> {
        let point = |(period, text): (u16, &&str)| TrendPoint {
            id: ValueId::own("no-work", &"alhojen".into(), Period::Year(period)),
            label: period.to_string(),
            value: Decimal::parse(text).map_or(State::Hidden, State::Shown),
        };
        (from..).zip(values).map(point).collect()
    }

    fn draw(own: &[&str], other: &[&str], limit: Option<&str>, breaks: &[Period]) -> Option<Figure> {
        let words = TrendWords {
            alt: "Udvikling.".into(),
            other: "resten".into(),
            limit: "grænse".into(),
            hidden: "vises ikke".into(),
            broken: "ny definition".into(),
            names: Some(["Alhojen".into(), "resten af kommunen".into()]),
            head: ["År".into(), "Alhojen".into(), "Resten".into()],
            format: Format::Danish,
        };
        let (own, mut other) = (points(own, 2017), points(other, 2017));
        other.iter_mut().for_each(|point| point.id = point.id.against(AreaId::rest()));
        let limit = limit.and_then(Decimal::parse);
        trend(&TrendSpec {
            subject: &"alhojen".into(),
            own: &own,
            other: &other,
            limit,
            breaks,
            words: &words,
            theme: &Theme::default(),
        })
    }

    const OWN: [&str; 9] = ["35.3", "35.0", "35.2", "35.8", "36.9", "37.8", "38.6", "39.6", "40.4"];
    const OTHER: [&str; 9] = ["18.5", "18.3", "18.2", "18.6", "19.0", "18.7", "18.5", "18.4", "18.4"];

    #[test]
    fn every_text_can_be_read_also_where_lines_end_close_together() {
        for (own, other, limit) in [
            (OWN, OTHER, Some("40")),
            (OWN, OWN, Some("40.4")),
            (OTHER, OWN, None),
            (OTHER, OTHER, Some("18")),
        ] {
            testing::assert_readable(&draw(&own, &other, limit, &[]).expect("values are shown"));
        }
    }

    #[test]
    fn a_hidden_year_is_a_gap_with_a_hatch_and_nothing_of_it_is_told() {
        let mut own = OWN;
        own[3] = "x";
        let figure = draw(&own, &OTHER, None, &[]).expect("values are shown");
        testing::assert_readable(&figure);
        assert_eq!(figure.svg.matches("<polyline").count(), 3);
        assert_eq!(figure.svg.matches(">vises ikke<").count(), 1);
        assert!(figure.svg.contains("url(#hatch)"));
        assert!(figure.table.rows.contains(&vec!["2020".into(), "vises ikke".into(), "18,6".into()]));
    }

    #[test]
    fn the_end_is_not_marked_when_the_last_value_is_hidden() {
        let mut own = OWN;
        own[8] = "x";
        let figure = draw(&own, &OTHER, None, &[]).expect("values are shown");
        assert!(!figure.svg.contains(">39,6<"), "an older value must not look like the latest");
        assert_eq!(figure.shows.len(), 8 + 9);
    }

    #[test]
    fn no_line_crosses_a_change_of_definition() {
        let figure = draw(&OWN, &OTHER, None, &[Period::Year(2019)]).expect("values are shown");
        testing::assert_readable(&figure);
        assert_eq!(figure.svg.matches("<polyline").count(), 4);
        assert!(figure.svg.contains(">ny definition<"));
    }

    #[test]
    fn a_trend_without_any_shown_value_is_not_drawn() {
        assert!(draw(&["x", "x"], &OTHER[..2], None, &[]).is_none());
    }

    #[test]
    fn a_short_series_has_all_its_periods_on_the_axis() {
        let figure = draw(&OWN[..3], &OTHER[..3], None, &[]).expect("values are shown");
        for year in ["2017", "2018", "2019"] {
            assert!(figure.svg.contains(&format!(">{year}<")));
        }
    }
}
