//! The figure of an indicator: a table of areas with their values, a bar and a status each.

use super::{
    Matter, area,
    page::{Bar, Chart, Label, Mark, Part, Zone},
    picture,
};
use crate::{
    reports::{
        context::Said,
        inspiration::{Example, Indicator, Point},
    },
    words::Slots,
};

/// Height of a line of words under the bars, and where in it they stand, in pixels.
const LINE: u32 = 22;
const BASELINE: u32 = 16;

/// A fraction of a bar's width in per cent, with one decimal.
fn percent(at: f64) -> String {
    format!("{:.1}", at * 100.0)
}

/// The table, and under it what the values are and what they are compared with.
pub(super) fn parts(matter: &Matter, indicator: &Indicator, example: &Example) -> Said<Vec<Part>> {
    let mut notes = vec![format!("{} · {}", example.layer, example.note)];
    if let Some((name, value)) =
        example.comparator.as_ref().and_then(|point| Some((&point.name, point.value.as_ref()?)))
    {
        notes.push(matter.line("compared", Slots::new().text("name", name).text("value", value))?);
    }
    if !example.limits.is_empty() {
        notes.push(matter.fixed("limits-key")?);
    }
    let place = |point: &Point| matter.places.iter().find(|place| place.slug == point.slug);
    let points = example.points.iter().map(|point| (point, place(point)));
    let rows = points.clone().map(|(point, place)| row(matter, point, place));
    let labels = labels(matter, example)?;
    let chart = Chart {
        caption: example.alt.clone(),
        area_head: matter.fixed("area")?,
        value_head: indicator.unit.clone(),
        bar_head: matter.fixed("bar")?,
        state_head: points.clone().find_map(|(_, place)| Some(place?.status.as_ref()?.head.clone())),
        rows: rows.collect(),
        zones: example
            .zone
            .iter()
            .map(|[from, to]| Zone { from: percent(*from), width: percent(to - from) })
            .collect(),
        rest: example.comparator.as_ref().and_then(|point| point.at).map(percent),
        limits: example
            .limits
            .iter()
            .map(|limit| Mark { x: percent(limit.at), strict: limit.strict })
            .collect(),
        labels_height: labels.iter().map(|label| label.y).max().unwrap_or_default() + LINE - BASELINE,
        labels,
    };
    Ok(vec![Part::Chart(chart), Part::small([notes.join(". ")])])
}

fn row(matter: &Matter, point: &Point, place: Option<&area::Place>) -> Bar {
    let words = match point.state {
        "shown" => None,
        "hidden" => Some(matter.context.words.labels().get("hidden").cloned().unwrap_or_default()),
        _ => point.reason.clone(),
    };
    let status = place.and_then(|place| place.status.as_ref());
    Bar {
        name: point.name.clone(),
        href: place.map(area::Place::address),
        value: point.number.clone(),
        x: point.at.map(percent),
        words,
        mark: status.and_then(|status| status.mark).map(picture),
        state: status.map(|status| status.words.clone()),
    }
}

/// Limits by their numbers and statuses, each on a line of its own so that no two meet; without any, the ends of the scale.
fn labels(matter: &Matter, example: &Example) -> Said<Vec<Label>> {
    let label = |at: f64, text: String, line: u32, strict: bool| Label {
        x: percent(at),
        text,
        y: LINE * line + BASELINE,
        anchor: if at < 0.25 {
            "start"
        } else if at > 0.75 {
            "end"
        } else {
            "middle"
        },
        strict,
    };
    if example.limits.is_empty() {
        let last = example.ticks.last().filter(|_| example.ticks.len() > 1);
        let ends = example.ticks.first().into_iter().chain(last);
        return Ok(ends.map(|tick| label(tick.at, tick.text.clone(), 0, false)).collect());
    }
    let strict_first = example.limits.iter().rev();
    let limits = (0..).zip(strict_first).map(|(line, limit)| {
        let slots = Slots::new().text("number", &limit.number).text("status", &limit.status);
        Ok(label(limit.at, matter.line("limit-label", slots)?, line, limit.strict))
    });
    limits.collect()
}
