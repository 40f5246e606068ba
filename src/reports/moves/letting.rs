//! How dwellings were let, beside what the law allows of it.

use serde::Serialize;

use super::{
    super::{context::Said, subject::Subject},
    Told,
};
use crate::{
    compute::{Fact, State},
    numbers::Decimal,
    words::Slots,
};

/// The table.
#[derive(Serialize)]
pub(in crate::reports) struct Letting {
    pub heading: String,
    head: [String; 5],
    pub rows: Vec<Row>,
    pub note: String,
}

/// One way of letting.
#[derive(Serialize)]
pub(in crate::reports) struct Row {
    state: &'static str,
    name: String,
    /// Households, per cent of all, the law's limit, and what those who moved in so contributed; empty where there is none.
    pub cells: [String; 4],
    /// More than the law's limit.
    pub over: bool,
}

/// The table; `None` where no way is shown.
pub(super) fn letting(subject: &Subject, told: &Told) -> Said<Option<Letting>> {
    let Some(declared) = &told.moves.letting else { return Ok(None) };
    let (mut rows, mut all) = (Vec::new(), None);
    for (kind, way) in declared.kinds.iter() {
        let id = told.address(subject, &format!("moves/letting/{kind}"));
        let name = subject.context.text(&way.title).to_string();
        match subject.context.publication.get(&id) {
            State::Shown(Fact::Letting(found)) => {
                all = Some(found.all);
                let limit = found.at_most.map(|limit| at_most(subject, limit)).transpose()?;
                let over = found.at_most.is_some_and(|limit| found.share.to_f64() > limit.to_f64());
                let share = subject.context.words.number(found.share);
                let households = subject.context.words.format().count(found.households);
                let points = found.moved_in.map(|(_, points)| subject.context.words.format().signed(points));
                rows.push(Row {
                    state: "shown",
                    name,
                    cells: [households, share, limit.unwrap_or_default(), points.unwrap_or_default()],
                    over,
                });
            }
            State::Hidden => {
                let limit = way.at_most.as_ref().map(|limit| at_most(subject, limit.value.0)).transpose()?;
                let hidden = subject.fixed("moves/hidden-short")?;
                let cells = [hidden, String::new(), limit.unwrap_or_default(), String::new()];
                rows.push(Row { state: "hidden", name, cells, over: false });
            }
            _ => {}
        }
    }
    let Some(all) = all else { return Ok(None) };
    let heads = ["way", "households", "share", "limit", "points"]
        .map(|head| subject.fixed(&format!("moves/letting-{head}")));
    let [way, households, share, limit, points] = heads;
    let over = rows.iter().find(|row| row.over);
    let heading = match over {
        Some(row) => subject.line("moves/letting-over", Slots::new().text("name", &row.name))?,
        None => subject.fixed("moves/letting-heading")?,
    };
    let slots = Slots::new().count("all", all).text("until", subject.period(told.period.shift(-1))?);
    Ok(Some(Letting {
        heading,
        head: [way?, households?, share?, limit?, points?],
        note: subject.line("moves/letting-note", slots)?,
        rows,
    }))
}

fn at_most(subject: &Subject, limit: Decimal) -> Said<String> {
    subject.line("moves/letting-at-most", Slots::new().number("limit", limit))
}
