//! The page of small trends, sorted by need: what the law counts first, then sure changes, then the order of the table.

use std::{cmp::Ordering, collections::BTreeSet};

use serde::Serialize;

use super::{
    comparisons::widths,
    context::Said,
    drawings::Drawings,
    law::Law,
    leads,
    subject::{Named, Subject, shown},
    theme::Look,
};
use crate::{
    catalogue::{Comparator, Indicator},
    compute::{Fact, State, Verdict},
    figures::{self, Figure, TrendPoint, TrendSpec, TrendWords},
    ids::{AreaId, IndicatorId, Period, ValueId},
    numbers::Decimal,
    words::{Rich, Slots},
};

/// Virtual paths of the drawings; never more than nine on a page.
const PATHS: [&str; 9] = [
    "/trend-1.svg",
    "/trend-2.svg",
    "/trend-3.svg",
    "/trend-4.svg",
    "/trend-5.svg",
    "/trend-6.svg",
    "/trend-7.svg",
    "/trend-8.svg",
    "/trend-9.svg",
];
/// Trends that fit on a page with the municipality map, and below a short table of a place.
const WITH_MAP: usize = 6;
const SHORT_TABLE: usize = 7;
/// Trends that fit below a longer table, or above the data declaration when the table fills its page.
const BELOW_TABLE: usize = 3;
const LONG_TABLE: usize = 8;
/// A line needs so many points.
const POINTS: usize = 3;

/// The page of trends.
#[derive(Serialize)]
pub(super) struct Trends {
    lead: String,
    panels: Vec<Panel>,
    note: Rich,
    /// The numbers behind the lines, for the data declaration.
    #[serde(skip)]
    pub series: Vec<Series>,
}

#[derive(Serialize)]
struct Panel {
    id: String,
    state: &'static str,
    title: String,
    unit: String,
    svg: &'static str,
    width: f64,
    height: f64,
    alt: String,
}

/// The numbers of one line.
pub(super) struct Series {
    pub name: String,
    pub points: Vec<TrendPoint>,
}

/// One indicator over time.
struct Line<'a> {
    id: &'a IndicatorId,
    indicator: &'a Indicator,
    value: ValueId,
    own: Vec<TrendPoint>,
    other: Vec<TrendPoint>,
    limit: Option<Decimal>,
    near: bool,
}

/// The trends of an area; `None` if no indicator has enough shown values.
pub(super) fn trends(subject: &Subject, look: &Look, drawings: &mut Drawings) -> Said<Option<Trends>> {
    let mut lines = subject
        .indicators()
        .into_iter()
        .map(|indicator| line(subject, indicator))
        .collect::<Said<Vec<_>>>()?;
    let mut lines: Vec<Line> = lines.drain(..).flatten().collect();
    lines.sort_by(|a, b| need(subject, a).partial_cmp(&need(subject, b)).unwrap_or(Ordering::Equal));
    lines.truncate(room(subject));
    let (mut panels, mut series) = (Vec::new(), Vec::new());
    for (line, path) in lines.into_iter().zip(PATHS) {
        let words = words(subject, &line, panels.is_empty())?;
        let breaks = breaks(subject, line.id);
        let spec = TrendSpec {
            subject: &subject.area.id,
            own: &line.own,
            other: &line.other,
            limit: line.limit,
            breaks: &breaks,
            words: &words,
            theme: &look.theme,
        };
        let Some(figure) = figures::trend(&spec) else { continue };
        drawings.add(path, &figure)?;
        panels.push(panel(subject, &line, path, figure)?);
        series.extend(line_series(subject, line)?);
    }
    if panels.is_empty() {
        return Ok(None);
    }
    Ok(Some(Trends { lead: leads::trends(subject)?, panels, note: note(subject)?, series }))
}

/// The first periods after a change of what the indicator counts: no line is drawn across.
fn breaks(subject: &Subject, indicator: &IndicatorId) -> Vec<Period> {
    let declared = subject.context.catalogue.breaks.iter().map(|(_, declared)| declared);
    declared
        .filter(|declared| declared.indicators.iter().any(|broken| broken.value == *indicator))
        .filter_map(|declared| declared.from.value.parse().ok())
        .collect()
}

fn room(subject: &Subject) -> usize {
    match (&subject.law, subject.report.map_indicator.is_some()) {
        (Some(_), false) => PATHS.len(),
        (Some(_), true) => WITH_MAP,
        (None, _) if subject.indicators().len() <= SHORT_TABLE => WITH_MAP,
        (None, _) => BELOW_TABLE,
    }
}

/// A table that fills its page: the trends of a place then stand above its data declaration.
pub(super) fn is_long_table(subject: &Subject) -> bool {
    subject.indicators().len() > LONG_TABLE
}

/// Criteria met or near, sure changes, the rest; within each by distance to the comparator.
fn need(subject: &Subject, line: &Line) -> (u8, f64) {
    let of_law = subject.law.as_ref().and_then(|law| row_of(law, line.id).map(|row| (law, row)));
    let met = of_law.is_some_and(|(law, row)| law.met(subject, row.strict.0) == Some(true));
    let sure = matches!(
        subject.change(&line.value),
        State::Shown(Fact::Change(change)) if matches!(change.verdict, Verdict::Higher | Verdict::Lower)
    );
    let group = if met || line.near {
        0
    } else if sure {
        1
    } else if line.limit.is_some() {
        2
    } else {
        3
    };
    (group, -widths(subject, &line.value).unwrap_or_default())
}

fn row_of<'l, 'a>(law: &'l Law<'a>, indicator: &IndicatorId) -> Option<&'l super::law::Row<'a>> {
    law.rows.iter().find(|row| row.indicator_id == indicator && !row.strict.1.origin)
}

fn line<'a>(subject: &Subject<'a>, (id, indicator): Named<'a>) -> Said<Option<Line<'a>>> {
    let Some(value) = subject.latest(id).filter(|value| shown(subject.value(value)).is_some()) else {
        return Ok(None);
    };
    let periods = subject.context.publication.periods(id.as_str(), &subject.area.id);
    let periods: Vec<Period> = periods.into_iter().filter(|period| *period <= value.period).collect();
    let own = points(subject, id, &periods, None)?;
    if own.iter().filter(|point| matches!(point.value, State::Shown(_))).count() < POINTS {
        return Ok(None);
    }
    let other = match subject.comparator {
        Some(comparator) => points(subject, id, &periods, Some(comparator.area()))?,
        None => Vec::new(),
    };
    let row = subject.law.as_ref().and_then(|law| Some((law, row_of(law, id)?)));
    let limit = row.and_then(|(law, row)| law.limit(subject, row.strict));
    let near = row.is_some_and(|(law, row)| law.is_near(subject, row));
    Ok(Some(Line { id, indicator, value, own, other, limit, near }))
}

/// Missing values make no point; hidden ones a gap that says so.
fn points(
    subject: &Subject,
    indicator: &IndicatorId,
    periods: &[Period],
    against: Option<AreaId>,
) -> Said<Vec<TrendPoint>> {
    let mut points = Vec::new();
    for period in periods {
        let id = ValueId {
            against: against.clone(),
            ..ValueId::own(indicator.as_str(), &subject.area.id, *period)
        };
        let value = match subject.value(&id) {
            State::Shown(value) => State::Shown(value.value),
            State::Hidden => State::Hidden,
            State::Missing(_) => continue,
        };
        points.push(TrendPoint { id, label: subject.printed(indicator, *period)?, value });
    }
    Ok(points)
}

fn words(subject: &Subject, line: &Line, first: bool) -> Said<TrendWords> {
    let end = |comparator: Option<&Comparator>, form| -> Said<String> {
        comparator.map_or(Ok(String::new()), |comparator| subject.comparator_words(comparator, form))
    };
    let comparator = end(subject.comparator, "")?;
    let area = subject.area.short_name.clone();
    Ok(TrendWords {
        alt: alt(subject, line)?,
        other: end(subject.comparator, "-end")?,
        limit: subject.fixed("trends/limit")?,
        hidden: subject.fixed("trends/hidden")?,
        broken: subject.fixed("trends/break")?,
        names: first.then(|| [area.clone(), comparator.clone()]),
        head: [subject.fixed("trends/head-period")?, area, comparator],
        format: subject.context.words.format(),
    })
}

/// A period as printed, and the value then.
type Dated<'a> = (&'a str, Decimal);

/// The first and the last shown value.
fn ends(points: &[TrendPoint]) -> Option<(Dated<'_>, Dated<'_>)> {
    let mut known = points.iter().filter_map(|point| match point.value {
        State::Shown(value) => Some((point.label.as_str(), value)),
        _ => None,
    });
    let first = known.next()?;
    Some((first, known.next_back().unwrap_or(first)))
}

fn alt(subject: &Subject, line: &Line) -> Said<String> {
    let Some((first, last)) = ends(&line.own) else { return Ok(String::new()) };
    let value = |value: Decimal| subject.with_unit(line.indicator.unit, value);
    let mut slots = Slots::new()
        .text("name", subject.context.text(line.indicator.short_title()))
        .text("area", &subject.area.name)
        .text("first", value(first.1)?)
        .text("first_period", first.0)
        .text("last", value(last.1)?)
        .text("last_period", last.0);
    if let (Some((_, other)), Some(comparator)) = (ends(&line.other), subject.comparator) {
        let comparator = subject.comparator_words(comparator, "")?;
        slots =
            slots.text("comparator", comparator).text("other", value(other.1)?).text("other_period", other.0);
    }
    if let Some(limit) = line.limit {
        slots = slots.text("limit", value(limit)?);
    }
    subject.line("trends/alt", slots)
}

fn panel(subject: &Subject, line: &Line, svg: &'static str, figure: Figure) -> Said<Panel> {
    let head = subject.fixed(&format!("unit-heads/{}", line.indicator.unit.word()))?;
    let population = line.indicator.population.as_ref().map_or("", |text| subject.context.text(text));
    Ok(Panel {
        id: format!("{}@{}", line.id, subject.area.id),
        state: "shown",
        title: title(subject, line)?,
        unit: subject.line("trends/unit", Slots::new().text("unit", head).text("population", population))?,
        svg,
        width: figure.width,
        height: figure.height,
        alt: figure.alt,
    })
}

/// The finding of a trend, from the verdict on its change; where that is not sure from the one on its five years. A change
/// that is not judged has no word for it.
fn title(subject: &Subject, line: &Line) -> Said<String> {
    let slots = || Slots::new().text("name", subject.context.text(line.indicator.short_title()));
    let State::Shown(Fact::Change(change)) = subject.change(&line.value) else {
        return subject.line("trends/plain", slots());
    };
    let since = subject.printed(line.id, change.since)?;
    let trend = subject.context.publication.trend(&line.value).map(|trend| trend.verdict);
    match change.verdict {
        Verdict::Higher => subject.line("trends/risen", slots().text("since", since)),
        Verdict::Lower => subject.line("trends/fallen", slots().text("since", since)),
        Verdict::CannotTell if trend == Some(Verdict::Higher) => subject.line("trends/rising", slots()),
        Verdict::CannotTell if trend == Some(Verdict::Lower) => subject.line("trends/falling", slots()),
        Verdict::CannotTell if line.near => subject.line("trends/near-limit", slots()),
        Verdict::CannotTell => subject.line("trends/no-sure-change", slots()),
        Verdict::NotJudged => subject.line("trends/plain", slots()),
    }
}

fn note(subject: &Subject) -> Said<Rich> {
    let comparator =
        subject.comparator.map(|comparator| subject.comparator_words(comparator, "")).transpose()?;
    let counted = subject.law.as_ref().and_then(|law| {
        law.counted.as_ref().map(|counted| law.status_in_sentence(subject.context, counted.status))
    });
    let slots = Slots::new()
        .text("area", &subject.area.short_name)
        .text("comparator", comparator.unwrap_or_default())
        .flag("limits", counted.is_some())
        .text("status", counted.unwrap_or_default());
    subject.say("trends/note", slots)
}

fn line_series(subject: &Subject, line: Line) -> Said<Vec<Series>> {
    let name = subject.context.text(line.indicator.short_title()).to_string();
    let mut series = vec![Series { name, points: line.own }];
    if let (Some(comparator), false) = (subject.comparator, line.other.is_empty()) {
        let comparator = subject.comparator_words(comparator, "")?;
        let name =
            subject.line("declaration/series-comparator", Slots::new().text("comparator", comparator))?;
        series.push(Series { name, points: line.other });
    }
    Ok(series)
}

/// The labels of all points, in order of their periods as printed.
pub(super) fn labels(series: &[Series]) -> Vec<String> {
    let labels: BTreeSet<(Period, &str)> = series
        .iter()
        .flat_map(|series| &series.points)
        .map(|point| (point.id.period, point.label.as_str()))
        .collect();
    let mut seen = BTreeSet::new();
    labels.into_iter().filter(|(_, label)| seen.insert(*label)).map(|(_, label)| label.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::fixture::{facts, on};

    #[test]
    fn the_line_of_attachment_breaks_with_the_data_of_2025_and_other_lines_do_not() {
        on(facts(), "gronnevang", |subject| {
            assert_eq!(breaks(subject, &"no-work".into()), [Period::Year(2025)]);
            assert_eq!(breaks(subject, &"basic-education".into()), []);
        });
    }
}
