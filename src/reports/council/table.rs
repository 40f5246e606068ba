//! The table of areas: the rows of the overview, with the direction as an arrow and a word.

use serde::Serialize;

use super::{
    super::{
        context::Said,
        overview::{
            self, Head,
            entry::{Entry, Towards},
            map::KeyEntry,
            row::{self, Cell, StatusCell},
        },
        subject::shown,
    },
    Matter,
    distance::{enters, nearest},
};
use crate::{
    ids::ValueId,
    words::{Rich, Slots},
};

/// The table, with a closing row for the areas that have none of their own.
#[derive(Serialize)]
pub(super) struct Table {
    pub heading: String,
    pub head: Head,
    pub rows: Vec<Row>,
    pub others: Option<String>,
    pub note: Rich,
}

/// The rows of all areas.
#[derive(Serialize)]
pub(super) struct Full {
    pub name: String,
    pub lead: String,
    pub rows: Vec<Row>,
}

/// One area.
#[derive(Serialize)]
pub(super) struct Row {
    pub id: ValueId,
    pub name: String,
    pub residents: Option<String>,
    pub status: StatusCell,
    pub distance: Cell,
    pub direction: Option<Direction>,
    pub outlook: Option<Cell>,
}

/// Towards the stricter list or away from it.
#[derive(Serialize)]
pub(super) struct Direction {
    #[serde(flatten)]
    pub cell: Cell,
    pub arrow: Option<&'static str>,
}

/// The table, the full one where it leaves areas out, and the key of the symbols.
pub(super) fn table(matter: &Matter) -> Said<(Table, Option<Full>, Vec<KeyEntry>)> {
    let (table, annex) = overview::table(matter.context, matter.entries, matter.lists)?;
    let full = annex.map(|annex| -> Said<Full> {
        Ok(Full {
            name: matter.line("council/annex-name", Slots::new().count("n", 1))?,
            lead: annex.lead,
            rows: rows(matter, annex.rows)?,
        })
    });
    let arrows = table.rows.iter().any(|row| row.direction.as_ref().is_some_and(|cell| cell.word.is_some()));
    let note = if arrows {
        table.note.then(matter.context.words.say("council/note-arrow", &Slots::new())?)
    } else {
        table.note
    };
    let shown = Table {
        heading: table.heading,
        head: table.head,
        rows: rows(matter, table.rows)?,
        others: table.others,
        note,
    };
    Ok((shown, full.transpose()?, table.key))
}

fn rows(matter: &Matter, rows: Vec<row::Row>) -> Said<Vec<Row>> {
    let of = |row: row::Row| {
        let entry = matter.entries.iter().find(|entry| entry.id() == row.id);
        let direction = row.direction.map(|cell| match entry {
            Some(entry) => direction(matter, entry, cell),
            None => Ok(Direction { cell, arrow: None }),
        });
        Ok(Row {
            id: row.id,
            name: row.name,
            residents: row.residents,
            status: row.status,
            distance: row.distance,
            direction: direction.transpose()?,
            outlook: row.outlook,
        })
    };
    rows.into_iter().map(of).collect()
}

/// Seen from the list that is stricter than where the area stands: of an area that may leave a list, nearer to the limit is
/// away from it.
fn direction(matter: &Matter, entry: &Entry, mut cell: Cell) -> Said<Direction> {
    let (Some(moved), Some(nearest)) = (shown(entry.moved(matter.before())), nearest(entry)) else {
        return Ok(Direction { cell, arrow: None });
    };
    let (enters, more) = (enters(&nearest), moved.by.units > 0);
    let (arrow, key) = match (moved.towards, enters) {
        (Towards::Barely | Towards::Unchanged, _) => ("→", None),
        (Towards::Closer, true) => ("↑", Some("council/closer")),
        (Towards::Further, true) => ("↓", Some("council/further")),
        (Towards::Closer, false) => ("↓", None),
        (Towards::Further, false) => ("↑", None),
        (Towards::Crossed, _) if is_towards(entry, &nearest, more) => ("↑", None),
        (Towards::Crossed, _) => ("↓", None),
    };
    if let Some(key) = key {
        cell.word = Some(matter.fixed(key)?);
    }
    Ok(Direction { cell, arrow: Some(arrow) })
}

/// Does a higher number bring the area towards the stricter list?
fn is_towards(entry: &Entry, nearest: &overview::nearest::Nearest, more: bool) -> bool {
    match nearest.by {
        overview::nearest::By::Residents(_) => more,
        overview::nearest::By::Criterion(criterion) => {
            entry.law.rules.criteria.get(criterion).is_some_and(|declared| declared.is.is_upper() == more)
        }
    }
}
