//! What the share would be if those who move in were others: a worked sum with the area's own turnover, and no forecast.

use serde::Serialize;

use super::{
    super::{context::Said, subject::Subject},
    Told,
};
use crate::{
    compute::{Fact, Replaced, State},
    words::{Rich, Slots},
};

/// The table with what it takes for granted.
#[derive(Serialize)]
pub(in crate::reports) struct WhatIf {
    pub heading: String,
    head: Vec<String>,
    pub rows: Vec<Row>,
    pub assumptions: Rich,
}

/// Those who move in as they are, or as supposed.
#[derive(Serialize)]
pub(in crate::reports) struct Row {
    name: String,
    pub cells: Vec<Cell>,
}

/// The share after some years, and where chance puts it.
#[derive(Serialize)]
pub(in crate::reports) struct Cell {
    pub value: String,
    interval: Option<String>,
}

/// One thing supposed, as it is shown.
struct Scenario<'a> {
    title: &'a str,
    found: &'a Replaced,
}

/// The table; `None` where no scenario is shown.
pub(super) fn what_if(subject: &Subject, told: &Told) -> Said<Option<WhatIf>> {
    let mut scenarios: Vec<Scenario> = Vec::new();
    for (name, supposed) in told.moves.what_if.iter() {
        let id = told.address(subject, &format!("moves/what-if/{}/{name}", told.id));
        if let State::Shown(Fact::Replaced(found)) = subject.context.publication.get(&id) {
            scenarios.push(Scenario { title: subject.context.text(&supposed.title), found });
        }
    }
    let Some(first) = scenarios.first() else { return Ok(None) };
    let years: Vec<u8> = first.found.after.iter().map(|(years, ..)| *years).collect();
    let mut head = vec![subject.fixed("moves/what-if-who")?];
    for n in &years {
        head.push(subject.line("moves/what-if-after", Slots::new().count("n", i64::from(*n)))?);
    }
    let number = |value| subject.context.words.number(value);
    let as_now =
        first.found.after.iter().map(|(_, as_now, ..)| Cell { value: number(*as_now), interval: None });
    let mut rows = vec![Row { name: subject.fixed("moves/what-if-now")?, cells: as_now.collect() }];
    for scenario in &scenarios {
        let after = &scenario.found.after;
        if !years.iter().eq(after.iter().map(|(years, ..)| years)) {
            continue;
        }
        let mut cells = Vec::new();
        for (_, _, supposed, (low, high)) in after {
            let slots = Slots::new().number("low", *low).number("high", *high);
            let interval = Some(subject.line("moves/what-if-interval", slots)?);
            cells.push(Cell { value: number(*supposed), interval });
        }
        let name = subject.line("moves/what-if-name", Slots::new().text("title", scenario.title))?;
        rows.push(Row { name, cells });
    }
    Ok(Some(WhatIf {
        heading: subject.line("moves/what-if-heading", Slots::new().text("name", told.name(subject)))?,
        head,
        rows,
        assumptions: assumptions(subject, told, &scenarios)?,
    }))
}

/// Whom the sums suppose to move in, and how many.
fn assumptions(subject: &Subject, told: &Told, scenarios: &[Scenario]) -> Said<Rich> {
    let with_unit = |value| subject.with_unit(told.indicator.unit, value);
    let mut supposed = Vec::new();
    for scenario in scenarios {
        let slots = Slots::new()
            .text("title", super::lower_first(scenario.title))
            .text("share", with_unit(scenario.found.moved_in.1)?);
        supposed.push(subject.line("moves/what-if-supposed", slots)?);
    }
    let Some(Scenario { found, .. }) = scenarios.first() else { return Ok(Rich::default()) };
    let slots = Slots::new()
        .text("state", told.state(subject))
        .text("was", with_unit(found.moved_in.0)?)
        .count("persons", found.persons)
        .count("years", i64::from(found.years))
        .list("supposed", supposed);
    subject.say("moves/what-if-assumptions", slots)
}
