//! Where those who moved in came from, and to which of the own areas those went who moved out: the area's row and column of
//! the matrix of moves.

use std::cmp::Reverse;

use serde::Serialize;

use super::{
    super::{context::Said, payload::fraction, subject::Subject},
    Told,
};
use crate::{
    compute::{ORIGINS, State},
    ids::{AreaId, Period, ValueId},
    words::Slots,
};

/// Own areas that have a row of their own, the largest first.
const MOST: usize = 5;

/// A table with shaded cells.
#[derive(Serialize)]
pub(in crate::reports) struct Origins {
    pub heading: String,
    head: [String; 3],
    pub rows: Vec<Row>,
    note: String,
}

/// One place.
#[derive(Serialize)]
pub(in crate::reports) struct Row {
    pub name: String,
    /// From there to the area, and from the area to there.
    pub cells: [Cell; 2],
}

/// A number of persons.
#[derive(Clone, Serialize)]
pub(in crate::reports) struct Cell {
    pub state: &'static str,
    pub text: String,
    /// How dark it is: a fraction of the largest.
    shade: f64,
}

/// A row before it is printed.
struct Found {
    name: String,
    counts: [State<i64>; 2],
}

/// The table; `None` where nothing of it is shown.
pub(super) fn origins(subject: &Subject, told: &Told) -> Said<Option<Origins>> {
    let mut found = areas(subject, told.period)?;
    for origin in ORIGINS {
        let count = count(subject, origin, &subject.area.id, told.period);
        if !matches!(count, State::Missing(_) | State::Shown(0)) {
            let name = subject.fixed(&format!("moves/from-{origin}"))?;
            found.push(Found { name, counts: [count, State::Missing(crate::compute::Missing::NoData)] });
        }
    }
    let shown = |found: &Found| found.counts.iter().filter_map(known).max();
    let Some(most) = found.iter().filter_map(shown).max().filter(|most| *most > 0) else { return Ok(None) };
    let rows = found.into_iter().map(|found| {
        let [from, to] = found.counts;
        Ok(Row { name: found.name, cells: [cell(subject, from, most)?, cell(subject, to, most)?] })
    });
    let slots = || Slots::new().text("area", &subject.named);
    Ok(Some(Origins {
        heading: subject.line("moves/origins-heading", slots())?,
        head: [
            subject.fixed("moves/origins-place")?,
            subject.fixed("moves/origins-from")?,
            subject.fixed("moves/origins-to")?,
        ],
        rows: rows.collect::<Said<Vec<_>>>()?,
        note: subject.line("moves/origins-note", slots().text("period", subject.period(told.period)?))?,
    }))
}

/// The other areas of the layer: the largest by name, those of which nothing is shown in one row.
fn areas(subject: &Subject, period: Period) -> Said<Vec<Found>> {
    let (mut named, mut hidden) = (Vec::new(), 0);
    for area in subject.context.places.layer(subject.layer_id) {
        if area.id == subject.area.id {
            continue;
        }
        let counts = [
            count(subject, area.id.as_str(), &subject.area.id, period),
            count(subject, subject.area.id.as_str(), &area.id, period),
        ];
        match counts.iter().filter_map(known).sum::<i64>() {
            0 if counts.contains(&State::Hidden) => hidden += 1,
            0 => {}
            persons => named.push((persons, Found { name: area.short_name.clone(), counts })),
        }
    }
    named.sort_by_key(|(persons, _)| Reverse(*persons));
    named.truncate(MOST);
    let mut found: Vec<Found> = named.into_iter().map(|(_, found)| found).collect();
    if hidden > 0 {
        let layer = subject.context.text(&subject.layer.title).to_lowercase();
        let name = subject.line("moves/origins-others", Slots::new().text("layer", layer))?;
        found.push(Found { name, counts: [State::Hidden, State::Hidden] });
    }
    Ok(found)
}

fn count(subject: &Subject, origin: &str, area: &AreaId, period: Period) -> State<i64> {
    subject.context.publication.count(&ValueId::own(format!("moves/from/{origin}"), area, period))
}

fn known(count: &State<i64>) -> Option<i64> {
    match count {
        State::Shown(persons) => Some(*persons),
        _ => None,
    }
}

fn cell(subject: &Subject, count: State<i64>, most: i64) -> Said<Cell> {
    Ok(match count {
        State::Shown(persons) => Cell {
            state: "shown",
            text: subject.context.words.format().count(persons),
            shade: fraction(persons as f64 / most as f64),
        },
        State::Hidden => Cell { state: "hidden", text: subject.fixed("moves/hidden-short")?, shade: 0.0 },
        State::Missing(_) => Cell { state: "missing", text: String::new(), shade: 0.0 },
    })
}
